"""Wrong passwords, counted by the name that was tried and by where from, and the locks that follow.

A stranger's wrong passwords must not lock out the person: a lock is of a name *and* a place, a network address or a
browser that signed in before. What many addresses try together has a limit of its own, which holds browsers up that
never signed in, and those alone. Names without an account are counted like all others: who is told "locked" learns
nothing about who has an account. Names and places are kept as hashes alone, for people type passwords into the wrong box.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import ColumnElement, Connection, Integer, and_, cast, delete, func, insert, or_, select, update

from data.schema.accounts import sign_in_failure as table

LONGEST_LOCK = timedelta(days=1)
REMEMBERED = timedelta(days=1)
"""After a lock's end: who goes on guessing then is locked for twice as long."""
MOST_ROWS = 50_000
"""However many names are tried from however many places; what failed longest ago is forgotten first."""
_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Lock:
    """So many failures, none older than ``period`` before the next, lock a name at one place for that long, then for
    twice as long at each further one; ``over_all`` of them from whatever places that are unknown lock it for such.
    """

    attempts: int
    period: timedelta
    over_all: int


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """A browser that signed in with an account before, while the account was of this generation."""

    browser: str
    generation: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a password comes from: a network address, and what the browser shows of having signed in before."""

    address: str = ""
    known: KnownBrowser | None = None

    def holds_for(self, generation: int | None) -> Origin:
        """The same without a browser that is known from another generation of the account, or of no account."""
        return self if self.known is not None and self.known.generation == generation else Origin(self.address)


@dataclass(frozen=True, slots=True)
class Attack:
    """Wrong passwords for a name lately: from how many places, and the end of the longest lock that they brought about."""

    places: int
    until: datetime


def place(address: str | None) -> str:
    """A network address as locks know it: of IPv6 the network of 64 bits, for one machine has all of its addresses."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "elsewhere"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((int(found), _PREFIX), strict=False))
    return str(found)


def locked_until(connection: Connection, zone: str, name: str, origin: Origin, at: datetime) -> datetime | None:
    """The end of the lock on a name for who comes from there; None if it is not locked for them."""
    keys = [key for key, _whole in _keys(name, origin)]
    locks = select(func.max(table.c.locked_until)).where(table.c.zone == zone, table.c.key.in_(keys))
    until: datetime | None = connection.execute(locks).scalar()
    return until if until is not None and until > at else None


def count_failure(
    connection: Connection, zone: str, name: str, origin: Origin, at: datetime, lock: Lock
) -> datetime | None:
    """Count a failure; returns the end of the lock that it brings about. What is old is forgotten, for all names."""
    connection.execute(delete(table).where(table.c.zone == zone, _is_old(at, lock)))
    ends = [
        end
        for key, whole in _keys(name, origin)
        if (end := _counted(connection, zone, name, key, at, lock, whole=whole)) is not None
    ]
    return max(ends, default=None)


def _counted(
    connection: Connection, zone: str, name: str, key: str, at: datetime, lock: Lock, *, whole: bool
) -> datetime | None:
    this = (table.c.zone == zone, table.c.key == key)
    before: int | None = connection.execute(select(table.c.failures).where(*this)).scalar()
    failures = (before or 0) + 1
    until = _end(failures, at, lock, whole=whole)
    values = {"failures": failures, "last_at": at, "locked_until": until}
    if before is None:
        connection.execute(insert(table).values(zone=zone, key=key, name=_hash(name), whole=whole, **values))
        _bound(connection, zone)
    else:
        connection.execute(update(table).where(*this).values(**values))
    return until


def _end(failures: int, at: datetime, lock: Lock, *, whole: bool) -> datetime | None:
    if whole:
        return at + lock.period if failures % lock.over_all == 0 else None
    if failures < lock.attempts:
        return None
    doublings = min(failures - lock.attempts, 16)
    longer: timedelta = lock.period * 2**doublings
    return at + max(min(longer, LONGEST_LOCK), lock.period)


def _is_old(at: datetime, lock: Lock) -> ColumnElement[bool]:
    never_locked = and_(table.c.locked_until.is_(None), table.c.last_at <= at - lock.period)
    return or_(never_locked, table.c.locked_until <= at - REMEMBERED)


def _bound(connection: Connection, zone: str) -> None:
    number = connection.execute(select(func.count()).select_from(table).where(table.c.zone == zone)).scalar_one()
    if number > MOST_ROWS:
        oldest = select(table.c.key).where(table.c.zone == zone).order_by(table.c.last_at).limit(number - MOST_ROWS)
        connection.execute(delete(table).where(table.c.zone == zone, table.c.key.in_(oldest)))


def forget(connection: Connection, zone: str, name: str, origin: Origin | None = None) -> int:
    """The right password makes good all failures before it from there; a reset or an unlocking (no ``origin``) all there are.

    Returns how many rows there were.
    """
    these = table.c.name == _hash(name)
    if origin is not None:
        these = table.c.key.in_([key for key, whole in _keys(name, origin) if not whole])
    return connection.execute(delete(table).where(table.c.zone == zone, these)).rowcount


def attacks(connection: Connection, zone: str, names: Iterable[str], at: datetime) -> Mapping[str, Attack]:
    """The names, among these, that are locked for anybody at present."""
    hashes = {_hash(name): name for name in names}
    locked = func.max(table.c.locked_until)
    statement = (
        select(table.c.name, func.sum(1 - cast(table.c.whole, Integer)).label("places"), locked.label("until"))
        .where(table.c.zone == zone)
        .group_by(table.c.name)
        .having(locked > at)
    )
    return {
        hashes[row.name]: Attack(row.places, row.until) for row in connection.execute(statement) if row.name in hashes
    }


def _keys(name: str, origin: Origin) -> list[tuple[str, bool]]:
    """(key, whether it stands for all unknown places together) of the rows that count for who comes from there."""
    if origin.known is not None:
        return [(_hash(f"{name}\n browser {origin.known.browser}"), False)]
    return [(_hash(f"{name}\n address {origin.address}"), False), (_hash(f"{name}\n"), True)]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
