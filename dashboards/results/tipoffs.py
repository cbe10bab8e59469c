"""Tip-offs, sanctions and crackdowns as of a day, by type, as pages, command and documents take it: counts and sums for who sees all units.

Single cases are in it for the office, and for a unit's account its own: of all others nobody learns more than how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.method import tipoffs as method
from dashboards.method.tipoffs import CASE_STATES, CaseState, Tipoff, TipoffsStanding
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_things import told_things
from data.schema.tipoffs import TYPES, tipoff
from data.zone.periods import Period
from data.zone.schemes import TipoffsScheme, tipoffs_scheme
from data.zone.zone import Unit, Zone

_BESIDE = ("submission", "row", "number", "object", "sector")
"""What is read of a case beside what counts: where it was told last, how it is called, on whom it is."""


@dataclass(frozen=True, slots=True)
class TipoffTold:
    """A case, for who may read it; ``open_days``: how old it is, None once it is closed."""

    unit: str
    told: Tipoff
    state: CaseState
    open_days: int | None
    closed: bool
    paid: bool
    number: str
    object: str
    sector: str | None
    submission: int
    row: int


@dataclass(frozen=True, slots=True)
class TipoffsReport:
    """How the cases stand, by type in the order of the types, and by the unit that handles them.

    ``cases``: those that may be read one by one, what is overdue first; None to who reads none. ``own_unit``: whose cases alone
    it is of, for an account of that unit; None: all.
    """

    zone: Zone
    asked: DayAsked
    scheme: TipoffsScheme
    types: Mapping[str, TipoffsStanding]
    units: Mapping[str, TipoffsStanding]
    cases: tuple[TipoffTold, ...] | None
    own_unit: Unit | None

    @property
    def received(self) -> int:
        """Cases of all types."""
        return sum(one.received for one in self.types.values())


@kept
def fetch(
    reading: Reading,
    period: Period,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    by: TipoffsScheme | None = None,
) -> TipoffsReport:
    """The cases as of a day of the period: of all units, for a unit's account of its own.

    ``by``: another scheme than the one in force, to see what it would say.
    """
    connection, zone, scope = reading.connection, reading.zone, reading.scope
    asked = day_asked(reading, period, as_of, known_by)
    day = asked.as_of
    scheme = by or tipoffs_scheme(connection, zone.code, day, asked.bound)
    fields = ("unit", *Tipoff._fields, *_BESIDE)
    rows = [
        row
        for row in told_things(connection, zone, "tipoffs", tipoff, asked, ["unit", "number_key"], fields)
        if scope.sees(row[0])
    ]
    told = [(row[0], Tipoff(*row[1 : 1 + len(Tipoff._fields)])) for row in rows]
    of_type: dict[str, list[Tipoff]] = {one: [] for one in TYPES}
    of_unit: dict[str, list[Tipoff]] = {}
    for unit, case in told:
        of_type[case.type].append(case)
        of_unit.setdefault(unit, []).append(case)
    cases = (
        _told(unit, case, row[1 + len(Tipoff._fields) :], day, scheme)
        for (unit, case), row in zip(told, rows, strict=True)
        if case.received_on <= day and scope.sees_names(unit)
    )
    return TipoffsReport(
        zone=zone,
        asked=asked,
        scheme=scheme,
        types={name: method.standing(own, day, scheme) for name, own in of_type.items()},
        units={
            unit.code: method.standing(of_unit[unit.code], day, scheme) for unit in zone.units if unit.code in of_unit
        },
        cases=_in_order(cases) if scope.sees_names(scope.unit) else None,
        own_unit=None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
    )


def _told(unit: str, case: Tipoff, beside: Sequence[Any], day: date, scheme: TipoffsScheme) -> TipoffTold:
    submission, row, number, whom, sector = beside
    age = case.days_open(day)
    return TipoffTold(
        unit=unit, told=case, state=case.state(day, scheme), open_days=age, closed=age is None, paid=case.is_paid(day),
        number=number, object=whom, sector=sector, submission=submission, row=row,
    )  # fmt: skip


def _in_order(cases: Iterable[TipoffTold]) -> tuple[TipoffTold, ...]:
    """What is overdue first, then what is open, the oldest before; then what is to be paid, and what was received last."""
    states = {one: place for place, one in enumerate(CASE_STATES)}

    def place(one: TipoffTold) -> tuple[int, int, str, str]:
        received = one.told.received_on.toordinal()
        return states[one.state], -received if one.closed else received, one.unit, one.number

    return tuple(sorted(cases, key=place))


def as_dict(result: TipoffsReport) -> dict[str, Any]:
    """The report as CONTRACT prints it, rates unrounded."""
    return {
        **result.asked.head("tipoffs"),
        "types": [{"type": name, **_standing_as_dict(one)} for name, one in result.types.items()],
    }


def _standing_as_dict(one: TipoffsStanding) -> dict[str, Any]:
    return {
        "received": one.received,
        "closed": one.closed,
        "substantiated": one.substantiated,
        "rewarded": one.rewarded,
        "paid": one.paid,
        "payment_rate": plain(one.payment_rate),
        "reward_yuan": plain(one.reward_yuan),
        "paid_yuan": plain(one.paid_yuan),
        "median_days": plain(one.median_days),
        "overdue": one.overdue,
    }
