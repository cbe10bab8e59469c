"""Wrong passwords, counted by the name that was tried, and the lock that follows.

Names without an account are counted like all others: who is told "locked" learns nothing about who has an account.
A name is kept as its hash alone, for people type passwords into the wrong box.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from data.schema.accounts import sign_in_failure as table


@dataclass(frozen=True, slots=True)
class Lock:
    """So many failures, none older than ``period`` before the next, lock a name for that long."""

    attempts: int
    period: timedelta


def locked_until(connection: Connection, zone: str, name: str, at: datetime) -> datetime | None:
    """The end of the lock on a name; None if it is not locked."""
    statement = select(table.c.locked_until).where(*_of(zone, name))
    until: datetime | None = connection.execute(statement).scalar()
    return until if until is not None and until > at else None


def count_failure(connection: Connection, zone: str, name: str, at: datetime, lock: Lock) -> datetime | None:
    """Count a failure; returns the end of the lock that it brings about. What is old is forgotten, for all names."""
    connection.execute(delete(table).where(table.c.zone == zone, table.c.last_at <= at - lock.period))
    before = connection.execute(select(table.c.failures).where(*_of(zone, name))).scalar()
    failures = (before or 0) + 1
    until = at + lock.period if failures >= lock.attempts else None
    values = {"failures": failures, "last_at": at, "locked_until": until}
    if before is None:
        connection.execute(insert(table).values(zone=zone, key=_key(name), **values))
    else:
        connection.execute(update(table).where(*_of(zone, name)).values(**values))
    return until


def forget(connection: Connection, zone: str, name: str) -> None:
    """The right password, or a reset, makes good all failures before it."""
    connection.execute(delete(table).where(*_of(zone, name)))


def _of(zone: str, name: str) -> tuple[ColumnElement[bool], ...]:
    return (table.c.zone == zone, table.c.key == _key(name))


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
