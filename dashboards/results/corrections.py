"""What moved after a month's deadline: which ledgers of a unit came or went since, and what would count without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from data.intake.filing import Filing, counts_from, filings
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
    it. ``sums`` are those of the unit up to the month as if nothing else had come or gone.
    """

    last_at: datetime
    known: bool
    first: Ledger | None
    sums: Recomputed


def ledgers(connection: Connection, zone: Zone, until: datetime, kind: str = "enforcement") -> dict[str, list[Ledger]]:
    """Unit → every ledger, or workbook of another kind, accepted and known before a moment (exclusive)."""
    table = submission.c
    told = (table.submission, table.unit, table.period, table.version, table.received_at, table.uploaded_at,
            table.returned_at)  # fmt: skip
    wanted = (table.zone == zone.code, table.kind == kind, table.status == "accepted")
    found: dict[str, list[Ledger]] = {}
    for row in connection.execute(select(*told).where(*wanted, table.received_at < until)):
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
    connection: Connection,
    zone: Zone,
    known: Mapping[str, Sequence[Ledger]],
    months: Iterable[Month],
    deadline_of: Callable[[str, Month], date],
) -> dict[tuple[str, Month], Later]:
    """(unit, month) → what came or went after the unit's deadline of the month and may have moved it."""
    moved = {}
    for month in months:
        period = str(month)
        for unit, of_unit in known.items():
            deadline = zone.calendar.end_of(deadline_of(unit, month))
            one = _moved([ledger for ledger in of_unit if ledger.period <= period], period, deadline)
            if one is not None:
                moved[unit, month] = one
    sums = _sums_of_each(connection, zone, {key: one.alone for key, one in moved.items()})
    return {key: Later(one.last_at, one.known, one.first, sums[key]) for key, one in moved.items()}


@dataclass(frozen=True, slots=True)
class AtDeadline:
    """A month as it was known of all units at the end of a day: what was filed, and the sums up to the month."""

    filed: Mapping[tuple[str, str], Filing]
    sums: Recomputed


def at_deadline(
    connection: Connection, zone: Zone, known: Mapping[str, Sequence[Ledger]], month: Month, day: date
) -> AtDeadline:
    """What was known at the end of a day, from the ledgers that counted then."""
    moment = zone.calendar.end_of(day)
    counted = [one for of_unit in known.values() for one in counting(of_unit, moment).values()]
    sums = sums_of(connection, zone, {one.submission: one.period for one in counted if one.period <= str(month)})
    return AtDeadline(filings(connection, zone, "enforcement", [month], moment), sums)


class _Moved(NamedTuple):
    """When the last ledger came or went after a deadline, and the ledgers ``alone`` that would count without those."""

    last_at: datetime
    known: bool
    first: Ledger | None
    alone: frozenset[Ledger]


def _moved(of_unit: Sequence[Ledger], month: str, deadline: datetime) -> _Moved | None:
    then = counting(of_unit, deadline)
    of_month = [one for one in of_unit if one.period == month and one.received_at >= deadline]
    first = None if month in then else min(of_month, key=lambda one: (one.received_at, one.version), default=None)
    came = [one.received_at for one in of_unit if one.received_at >= deadline and one is not first]
    went = [one.returned_at for one in of_unit if one.returned_at is not None and one.returned_at >= deadline]
    if not came and not went:
        return None
    alone = frozenset([*then.values(), *([] if first is None else [first])])
    return _Moved(max(came + went), month in then, first, alone)


def _sums_of_each(
    connection: Connection, zone: Zone, wanted: Mapping[tuple[str, Month], frozenset[Ledger]]
) -> dict[tuple[str, Month], Recomputed]:
    """(unit, month) → the sums up to the month, from these ledgers of the unit.

    Units are added up together, for none tells of another's cases, and so is a month with an earlier one of which it
    has the same ledgers: sums never depend on later ones. So there are as many turns as one unit's months differ in.
    """
    turns: list[dict[str, Month]] = []
    turn_of: dict[tuple[str, Month], int] = {}
    for unit, month in sorted(wanted):
        goes_on = (
            unit not in turn or _up_to(turn[unit], wanted[unit, month]) == wanted[unit, turn[unit]] for turn in turns
        )
        number = next((number for number, fits in enumerate(goes_on) if fits), len(turns))
        if number == len(turns):
            turns.append({})
        turns[number][unit] = month
        turn_of[unit, month] = number
    ledgers_of = [[ledger for key in turn.items() for ledger in wanted[key]] for turn in turns]
    sums = [sums_of(connection, zone, {one.submission: one.period for one in turn}) for turn in ledgers_of]
    return {key: sums[number] for key, number in turn_of.items()}


def _up_to(month: Month, of_unit: Iterable[Ledger]) -> frozenset[Ledger]:
    return frozenset(one for one in of_unit if one.period <= str(month))
