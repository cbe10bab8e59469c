"""Supervision as of a day, for the zone, by supervised unit and by method, as pages, command and documents take it; and each finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.method import supervision as method
from dashboards.method.supervision import OUTCOMES, Finding, FindingOutcome, SupervisionStanding
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.hiding import Viewpoint
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_things import told_things
from data.rollup.in_force import periods_in_force
from data.schema.supervision import METHODS, supervision_finding
from data.zone.periods import Month, Period
from data.zone.zone import Unit, Zone

_BESIDE = ("submission", "row", "period", "number", "finding")
"""What is read of a finding beside what counts: where it was told last, how it is called, and in which words."""


@dataclass(frozen=True, slots=True)
class FindingTold:
    """A finding as its reader may know it, and where its last ledger tells of it; ``words`` are None to who may not read them.

    ``overdue``: for how many days, None where it is not.
    """

    told: Finding
    outcome: FindingOutcome
    overdue: int | None
    closed: bool
    number: str
    words: str | None
    submission: int
    row: int


@dataclass(frozen=True, slots=True)
class SupervisionReport:
    """What was found and what became of it: in all, by unit in the zone's order, by method; and each finding, what is overdue first.

    ``own_unit``: whose findings alone it is of, for an account of that unit; None: all. ``latest``: the month of the last ledger,
    for a unit's account of those that tell of it; None without any. ``reads_words``: whether the findings' own words may be read.
    """

    zone: Zone
    asked: DayAsked
    whole: SupervisionStanding
    units: Mapping[str, SupervisionStanding]
    methods: Mapping[str, SupervisionStanding]
    findings: tuple[FindingTold, ...]
    own_unit: Unit | None
    latest: Month | None
    reads_words: bool


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> SupervisionReport:
    """Supervision as of a day of the period: each unit that there was on the day or was supervised.

    For a unit's account of the findings in that unit, and of nothing else.
    """
    zone, scope, asked = reading.zone, reading.scope, day_asked(reading, period, as_of, known_by)
    day, counted = asked.as_of, len(Finding._fields)
    rows = told_things(
        reading.connection,
        zone,
        "supervision",
        supervision_finding,
        asked,
        ["number_key"],
        (*Finding._fields, *_BESIDE),
    )
    seen = [(Finding(*row[:counted]), row[counted:]) for row in rows if scope.sees(Finding(*row[:counted]).supervised)]
    findings = [one for one, _beside in seen]
    supervised = {one.supervised for one in findings}
    listed = [
        unit.code
        for unit in zone.units
        if scope.sees(unit.code) and (unit.lives_in(day, day) or unit.code in supervised)
    ]
    of_unit: dict[str, list[Finding]] = {code: [] for code in listed}
    of_method: dict[str, list[Finding]] = {one: [] for one in METHODS}
    for one in findings:
        of_unit[one.supervised].append(one)
        of_method[one.method].append(one)
    return SupervisionReport(
        zone=zone,
        asked=asked,
        whole=method.standing(findings, day),
        units={code: method.standing(own, day) for code, own in of_unit.items()},
        methods={name: method.standing(own, day) for name, own in of_method.items()},
        findings=_in_order(_told(one, beside, reading, day) for one, beside in seen if one.ordered_on <= day),
        own_unit=None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
        latest=_latest(reading, asked, [beside for _one, beside in seen]),
        reads_words=scope.sees_names(scope.unit),
    )


def _told(one: Finding, beside: Sequence[Any], reading: Reading, day: date) -> FindingTold:
    submission, row, _period, number, words = beside
    names = reading.scope.sees_names(one.supervised)
    return FindingTold(
        told=one,
        outcome=method.outcome(one, day),
        overdue=method.days_overdue(one, day),
        closed=method.is_closed(one, day),
        number=Viewpoint(names).document(number),
        words=words if names else None,
        submission=submission,
        row=row,
    )


def _in_order(findings: Iterable[FindingTold]) -> tuple[FindingTold, ...]:
    """What is overdue longest first, then what is due next, last what was answered; of the same the last ordered first."""
    outcomes = {one: place for place, one in enumerate(OUTCOMES)}

    def place(one: FindingTold) -> tuple[int, date, int]:
        due = one.told.due_on if one.outcome in {"overdue", "waiting"} else None
        return outcomes[one.outcome], due or date.max, -one.told.ordered_on.toordinal()

    return tuple(sorted(sorted(findings, key=lambda one: one.number), key=place))


def _latest(reading: Reading, asked: DayAsked, seen: Sequence[Sequence[Any]]) -> Month | None:
    if reading.scope.sees_all:
        periods: Iterable[str] = periods_in_force(
            reading.connection, reading.zone.code, "supervision", known_by=asked.bound, last=str(asked.month)
        ).values()
    else:
        periods = {beside[2] for beside in seen}
    return max(map(Month.parse, periods), default=None)


def as_dict(result: SupervisionReport) -> dict[str, Any]:
    """The report as CONTRACT prints it, the rate unrounded."""
    return {
        **result.asked.head("supervision"),
        "zone": _standing_as_dict(result.whole),
        "units": [{"unit": code, **_standing_as_dict(one)} for code, one in result.units.items()],
        "methods": [{"method": name, **_standing_as_dict(one)} for name, one in result.methods.items()],
    }


def _standing_as_dict(one: SupervisionStanding) -> dict[str, Any]:
    return {
        "ordered": one.ordered,
        "answered": one.answered,
        "due": one.due,
        "answered_in_time": one.answered_in_time,
        "in_time_rate": plain(one.in_time_rate),
        "overdue": one.overdue,
        "exposed": one.exposed,
        "closed": one.closed,
    }
