"""What moved after a month's deadline: which ledgers of a unit came or went since, and what would count without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from data.intake.filing import counts_from
from data.rollup.enforcement import Recomputed, sums_of
from data.schema.intake import submission
from data.zone.periods import Month
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class Correction:
    """A score or place that a unit's own ledgers moved after the deadline: when the last of them came, and what was known then."""

    received_at: datetime
    score_before: Decimal | None
    rank_before: int | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One accepted ledger: ``received_at`` and ``returned_at`` say from when to when it was known to count."""

    submission: int
    unit: str
    period: str
    version: int
    received_at: datetime
    counted_at: datetime
    returned_at: datetime | None

    def counts_at(self, moment: datetime) -> bool:
        """Whether it had been received before a moment and not returned."""
        return self.received_at < moment and (self.returned_at is None or self.returned_at >= moment)


@dataclass(frozen=True, slots=True)
class Later:
    """What of a unit came or went after a month's deadline, its first ledger of the month apart.

    ``known``: whether a ledger of the month counted at the deadline; else ``first`` is the one that came first after
    it. ``sums`` are those of the unit as if nothing else had come or gone.
    """

    last_at: datetime
    known: bool
    first: Ledger | None
    sums: Recomputed


def ledgers(connection: Connection, zone: Zone, until: datetime) -> dict[str, list[Ledger]]:
    """Unit → every ledger accepted and known before a moment (exclusive)."""
    table = submission.c
    wanted = (table.zone == zone.code, table.kind == "enforcement", table.status == "accepted")
    found: dict[str, list[Ledger]] = {}
    for row in connection.execute(select(submission).where(*wanted, table.received_at < until)):
        found.setdefault(row.unit, []).append(_ledger(row, until))
    return found


def _ledger(row: Any, until: datetime) -> Ledger:
    returned = row.returned_at if row.returned_at is not None and row.returned_at < until else None
    return Ledger(row.submission, row.unit, row.period, row.version, row.received_at, counts_from(row), returned)


def counting(of_unit: Iterable[Ledger], moment: datetime) -> dict[str, Ledger]:
    """Period → the ledger that counted at a moment: the last version that had come and was not returned."""
    found: dict[str, Ledger] = {}
    for one in sorted(of_unit, key=lambda ledger: ledger.version):
        if one.counts_at(moment):
            found[one.period] = one
    return found


def later(
    connection: Connection, zone: Zone, known: Mapping[str, Sequence[Ledger]], months: Iterable[Month]
) -> dict[tuple[str, Month], Later]:
    """(unit, month) → what came or went after the month's deadline and may have moved the unit."""
    found = {}
    for month in months:
        deadline = zone.calendar.end_of(zone.due_day("enforcement", month))
        for unit, of_unit in known.items():
            moved = _later(connection, zone, [one for one in of_unit if one.period <= str(month)], str(month), deadline)
            if moved is not None:
                found[unit, month] = moved
    return found


def _later(
    connection: Connection, zone: Zone, of_unit: Sequence[Ledger], month: str, deadline: datetime
) -> Later | None:
    then = counting(of_unit, deadline)
    of_month = [one for one in of_unit if one.period == month and one.received_at >= deadline]
    first = None if month in then else min(of_month, key=lambda one: (one.received_at, one.version), default=None)
    came = [one.received_at for one in of_unit if one.received_at >= deadline and one is not first]
    went = [one.returned_at for one in of_unit if one.returned_at is not None and one.returned_at >= deadline]
    if not came and not went:
        return None
    alone = [*then.values(), *([] if first is None else [first])]
    sums = sums_of(connection, zone, {one.submission: one.period for one in alone})
    return Later(max(came + went), month in then, first, sums)
