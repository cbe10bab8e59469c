"""Supervision as of a day, for the zone, by supervised unit and by method, as pages, command and documents take it; and each finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection

from dashboards.method import supervision as method
from dashboards.method.columns import NEVER, Flags, Places, SameByValue, day_of, last_of_each, places_of_page
from dashboards.method.supervision import OUTCOMES, Finding, FindingColumns, FindingOutcome, SupervisionStanding
from dashboards.results import told_texts
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.hiding import Viewpoint
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_columns import ToldColumns, ledgers_read
from data.people.scope import Scope
from data.schema.supervision import METHODS, supervision_finding
from data.zone.periods import Month, Period
from data.zone.zone import Unit, Zone


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


@dataclass(frozen=True, slots=True, eq=False)
class FoundFindings(SameByValue):
    """Findings in an order, column by column; ``places`` are those of their rows in ``told``."""

    told: ToldColumns
    places: Places
    columns: FindingColumns

    def __len__(self) -> int:
        return len(self.places)

    def at(self, wanted: Places | Flags) -> FoundFindings:
        """Some of them, by their places in this order."""
        return FoundFindings(self.told, self.places[wanted], self.columns.at(wanted))

    def part(self, page: int, size: int) -> FoundFindings:
        """Those on a page, of so many each."""
        return self.at(places_of_page(page, size, len(self)))


class LongestOverdue(NamedTuple):
    """For how many days a finding is overdue that is overdue longest, and in which units there is such a one."""

    days: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupervisionReport:
    """What was found and what became of it: in all, by unit in the zone's order, by method; and each finding, what is overdue first.

    ``longest``: None where none is overdue. ``own_unit``: whose findings alone it is of, for an account of that unit; None: all.
    ``latest``: the month of the last ledger, for a unit's account of those that tell of it; None without any. ``reads_words``: whether
    the findings' own words may be read.
    """

    zone: Zone
    asked: DayAsked
    whole: SupervisionStanding
    units: Mapping[str, SupervisionStanding]
    methods: Mapping[str, SupervisionStanding]
    findings: FoundFindings
    longest: LongestOverdue | None
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
    day = asked.as_of
    known = reading.once(_counting, asked.month, asked.bound)
    seen = known.at(known.columns.supervised.among(filter(scope.sees, known.columns.supervised.names)))
    ordered = seen.at(seen.columns.ordered_by(day))
    ordered = ordered.at(_in_order(ordered.columns, day))
    columns = ordered.columns
    of_units = method.by_part(columns, columns.supervised, day)
    of_methods = method.by_part(columns, columns.method, day)
    supervised = set(seen.columns.supervised.values())
    return SupervisionReport(
        zone=zone,
        asked=asked,
        whole=method.standing(columns, day),
        units={
            unit.code: of_units.get(unit.code, method.NONE)
            for unit in zone.units
            if scope.sees(unit.code) and (unit.lives_in(day, day) or unit.code in supervised)
        },
        methods={name: of_methods.get(name, method.NONE) for name in METHODS},
        findings=ordered,
        longest=_longest(columns, day),
        own_unit=None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
        latest=_latest(reading, seen),
        reads_words=scope.sees_names(scope.unit),
    )


def _counting(connection: Connection, zone: Zone, last: Month, bound: datetime) -> FoundFindings:
    """Each finding as ledgers up to a month told of it last, in order of rows: its number is the zone's."""
    told = ledgers_read(connection, zone, "supervision", last, bound, ("number_key",))
    places = last_of_each(("", keys) for keys in told.texts_of("number_key"))
    columns = FindingColumns(
        ordered_on=told.numbers("ordered_on", places),
        method=told.coded("method", places),
        supervised=told.coded("supervised", places),
        due_on=told.numbers("due_on", places),
        answered_on=told.numbers("answered_on", places),
        exposed=told.flags("exposed", places),
        closed_on=told.numbers("closed_on", places),
    )
    return FoundFindings(told, places, columns)


def _in_order(ordered: FindingColumns, day: date) -> Places:
    """What is overdue longest first, then what is due next, last what was answered; of the same the last ordered first, then as it was told."""
    outcomes = method.outcomes(ordered, day)
    unanswered = np.isin(outcomes, [OUTCOMES.index("overdue"), OUTCOMES.index("waiting")])
    return np.lexsort((-ordered.ordered_on, np.where(unanswered, ordered.due_on, NEVER), outcomes))


def _longest(ordered: FindingColumns, day: date) -> LongestOverdue | None:
    overdue = np.flatnonzero(method.outcomes(ordered, day) == OUTCOMES.index("overdue"))
    if not len(overdue):
        return None
    first = ordered.due_on[overdue].min()
    late = ordered.supervised.at(overdue[ordered.due_on[overdue] == first])
    return LongestOverdue(day.toordinal() - int(first), tuple(dict.fromkeys(late.values())))


def _latest(reading: Reading, seen: FoundFindings) -> Month | None:
    if reading.scope.sees_all:
        periods: Iterable[str] = (book.period for book in seen.told.books)
    else:
        periods = (seen.told.books[at].period for at in np.unique(seen.told.book[seen.places]).tolist())
    return max(map(Month.parse, periods), default=None)


def rows(reading: Reading, found: FoundFindings, day: date) -> list[FindingTold]:
    """Some findings one by one, as they stand on a day and as their reader may know them."""
    told, own, scope = found.told, found.columns, reading.scope
    keys = told.row_keys(found.places)
    written = told_texts.of_rows(reading, supervision_finding, ("number", "finding"), keys)
    days = [map(day_of, one.tolist()) for one in (own.due_on, own.answered_on, own.closed_on)]
    findings = map(
        Finding, map(date.fromordinal, own.ordered_on.tolist()), own.method.values(), own.supervised.values(), days[0], days[1],
        own.exposed.tolist(), days[2],
    )  # fmt: skip
    return [_told(one, written[key], scope, day, key) for one, key in zip(findings, keys, strict=True)]


def _told(one: Finding, written: Any, scope: Scope, day: date, key: tuple[int, int]) -> FindingTold:
    names = scope.sees_names(one.supervised)
    return FindingTold(
        told=one,
        outcome=method.outcome(one, day),
        overdue=method.days_overdue(one, day),
        closed=method.is_closed(one, day),
        number=Viewpoint(names).document(written.number),
        words=written.finding if names else None,
        submission=key[0],
        row=key[1],
    )


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
