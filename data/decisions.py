"""Decisions of the office: each is a line of the journal first, then a row with its audit entry, in one transaction.

A decision that was journalled but not written (the power failed in between) is written by whoever decides or loads
next; until then ``data doctor`` points it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from data.archive import Archive, Entry
from data.audit import record
from data.inbox import database_name
from data.language import gettext as _
from data.periods import Quarter
from data.schema.quarterly import veto_decision
from data.store import database_errors, reader, write_transaction

VETO = "decide_veto"
LONGEST_REASON = 500


class Undecidable(ValueError):
    """A decision that cannot be taken as asked; the text says why."""


def decide_veto(
    url: str,
    archive: Archive,
    zone: str,
    *,
    quarter: Quarter,
    unit: str,
    confirmed: bool,
    grounds: Sequence[str],
    reason: str,
    actor: str,
    at: datetime,
) -> None:
    """Confirm or dismiss a proposed veto on these grounds; Undecidable without a reason or without grounds."""
    said = reason.strip()
    if not said:
        raise Undecidable(_("A decision on a veto needs a reason."))
    if not grounds:
        raise Undecidable(_("No veto is proposed for this unit in this quarter."))
    with archive.loading():
        with database_errors(), reader(url).connect() as connection:
            database = database_name(connection, zone)
        told = {"period": str(quarter), "unit": unit, "confirmed": confirmed, "grounds": list(grounds)}
        archive.append(at.isoformat(), database, VETO, {**told, "reason": said[:LONGEST_REASON], "actor": actor})
        with write_transaction(url) as connection:
            write_missing(connection, archive, zone)


def missing(connection: Connection, archive: Archive, zone: str) -> list[Entry]:
    """Decisions of the journal that have no row yet."""
    table = veto_decision.c
    last = connection.execute(select(func.max(table.entry)).where(table.zone == zone)).scalar() or 0
    database = database_name(connection, zone)
    return [one for one in archive.entries_after(last) if one.act == VETO and one.database == database]


def write_missing(connection: Connection, archive: Archive, zone: str) -> None:
    """Write what was decided and has no row yet, each with its audit entry. Only who holds ``archive.loading()`` may."""
    for entry in missing(connection, archive, zone):
        told, at = entry.data, datetime.fromisoformat(entry.at)
        connection.execute(insert(veto_decision).values(zone=zone, entry=entry.number, at=at, **told))
        decided = "veto confirmed" if told["confirmed"] else "veto dismissed"
        detail = {"grounds": told["grounds"], "reason": told["reason"]}
        subject = f"{told['unit']} {told['period']}"
        record(connection, zone, at, told["actor"], decided, subject, detail, journal=archive.last_hash())


def veto_decisions(connection: Connection, zone: str, quarter: Quarter, known_by: datetime) -> Iterator[Any]:
    """The decisions on vetoes of a quarter taken before an instant, in order."""
    table = veto_decision.c
    yield from connection.execute(
        select(veto_decision)
        .where(table.zone == zone, table.period == str(quarter), table.at < known_by)
        .order_by(table.entry)
    )
