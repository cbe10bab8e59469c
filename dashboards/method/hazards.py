"""Hazards as of a day: found, crossed off, overdue, how old, and when there would be none left (METHOD section 5.3)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from operator import attrgetter
from statistics import median
from typing import Literal, NamedTuple, TypeVar

from data.zone.periods import Month

AGES: tuple[tuple[str, int | None], ...] = (("0-30", 30), ("31-90", 90), ("91-180", 180), ("over_180", None))
"""The bands of age, each with its last day."""
FALL_OVER_MONTHS = 3
HazardState = Literal["overdue", "within", "late", "in_time"]
HAZARD_STATES: tuple[HazardState, ...] = ("overdue", "within", "late", "in_time")
"""Open past the deadline or within it, crossed off after it or by it."""
_ROW = attrgetter("row")
Part = TypeVar("Part", bound=Hashable)


class Hazard(NamedTuple):
    """A hazard as one row of a ledger told of it; with the unit its number names it."""

    unit: str
    number_key: str
    row: int
    found_on: date
    rectify_by: date
    crossed_off_on: date | None
    major: bool
    sector: str
    level: str | None
    credit_code: str | None
    submission: int


@dataclass(frozen=True, slots=True)
class HazardLedger:
    """A ledger of a period; ``submission`` is the workbook's number."""

    period: str
    received_at: datetime
    submission: int
    rows: Sequence[Hazard]


class HazardStanding(NamedTuple):
    """How a hazard stands on a day; ``age`` in days of an open one."""

    major: bool
    this_year: bool
    carried_over: bool
    crossed_off: bool
    overdue: bool
    due: bool
    on_time: bool
    age: int | None


@dataclass(frozen=True, slots=True)
class HazardFigures:
    """What some hazards come to; the rates and the median age are None where there is nothing to divide or to order."""

    found: int
    found_this_year: int
    carried_over: int
    crossed_off: int
    overdue: int
    due: int
    on_time: int
    median_age: Fraction | None
    ages: Mapping[str, int]

    @property
    def open(self) -> int:
        """Those not crossed off."""
        return self.found - self.crossed_off

    @property
    def on_time_rate(self) -> Fraction | None:
        """The share crossed off by their deadline, of those whose deadline has come."""
        return Fraction(self.on_time, self.due) if self.due else None

    @property
    def crossed_off_rate(self) -> Fraction | None:
        """The share crossed off, of those found."""
        return Fraction(self.crossed_off, self.found) if self.found else None


@dataclass(frozen=True, slots=True)
class GradedFigures:
    """The same of all hazards, and of the major ones alone."""

    all: HazardFigures
    major: HazardFigures


class BurnDownPoint(NamedTuple):
    """What was found and crossed off up to a month's end, since the record began."""

    month: Month
    found: int
    crossed_off: int

    @property
    def open(self) -> int:
        """What was left then."""
        return self.found - self.crossed_off


class Unreconciled(NamedTuple):
    """A month of a unit in which its inspections count other major hazards (``ledger``) than its ledger of hazards holds."""

    month: Month
    unit: str
    ledger: int
    hazards: int


def counting(ledgers: Iterable[HazardLedger]) -> list[Hazard]:
    """The row that counts of each hazard: of the latest period, then of the later received workbook, then the later row."""
    last: dict[tuple[str, str], Hazard] = {}
    for ledger in sorted(ledgers, key=lambda one: (one.period, one.received_at, one.submission)):
        last |= {(row.unit, row.number_key): row for row in sorted(ledger.rows, key=_ROW)}
    return list(last.values())


def found_by(hazards: Iterable[Hazard], day: date) -> list[Hazard]:
    """Those that had been found on a day."""
    return [one for one in hazards if one.found_on <= day]


def standing(one: Hazard, day: date, year_began: date) -> HazardStanding:
    """How a hazard that had been found by a day stands on it; the deadline's own day is not overdue yet."""
    found_on, rectify_by, crossed_off_on = one.found_on, one.rectify_by, one.crossed_off_on
    crossed_off = crossed_off_on is not None and crossed_off_on <= day
    due = rectify_by <= day
    return HazardStanding(
        one.major,
        found_on >= year_began,
        found_on < year_began and (crossed_off_on is None or crossed_off_on >= year_began),
        crossed_off,
        not crossed_off and rectify_by < day,
        due,
        due and crossed_off_on is not None and crossed_off_on <= rectify_by,
        None if crossed_off else (day - found_on).days,
    )


def state(one: Hazard, day: date) -> HazardState:
    """How a hazard that had been found by a day stands against its deadline, in a word."""
    if one.crossed_off_on is not None and one.crossed_off_on <= day:
        return "in_time" if one.crossed_off_on <= one.rectify_by else "late"
    return "overdue" if one.rectify_by < day else "within"


def is_open(one: Hazard, day: date) -> bool:
    """Whether it was not crossed off on a day."""
    return one.crossed_off_on is None or one.crossed_off_on > day


def band(one: Hazard, day: date) -> str | None:
    """The band of an open hazard's age; None of one that is crossed off."""
    if not is_open(one, day):
        return None
    age = (day - one.found_on).days
    return next(name for name, last in AGES if last is None or age <= last)


def by_part(
    hazards: Iterable[Hazard], standings: Iterable[HazardStanding], part: Callable[[Hazard], Part]
) -> dict[Part, GradedFigures]:
    """The figures of each part into which hazards fall, by what tells the part of one; ``standings`` are theirs, in order."""
    counted: dict[Part, Counter[HazardStanding]] = {}
    for (name, stands), number in Counter(zip(map(part, hazards), standings, strict=True)).items():
        counted.setdefault(name, Counter())[stands] = number
    return {name: graded(parts) for name, parts in counted.items()}


def graded(counted: Mapping[HazardStanding, int]) -> GradedFigures:
    """What so many hazards of each standing come to."""
    major = {stands: number for stands, number in counted.items() if stands.major}
    return GradedFigures(_figures(counted), _figures(major))


def _figures(counted: Mapping[HazardStanding, int]) -> HazardFigures:
    def sum_of(holds: Callable[[HazardStanding], bool]) -> int:
        return sum(number for stands, number in counted.items() if holds(stands))

    ages = sorted(stands.age for stands, number in counted.items() if stands.age is not None for _ in range(number))
    return HazardFigures(
        found=sum(counted.values()),
        found_this_year=sum_of(attrgetter("this_year")),
        carried_over=sum_of(attrgetter("carried_over")),
        crossed_off=sum_of(attrgetter("crossed_off")),
        overdue=sum_of(attrgetter("overdue")),
        due=sum_of(attrgetter("due")),
        on_time=sum_of(attrgetter("on_time")),
        median_age=Fraction(median(ages)) if ages else None,
        ages=_bands(ages),
    )


def _bands(ages: Sequence[int]) -> dict[str, int]:
    """How many of these ages, in order, lie in each band."""
    upto = [len(ages) if last is None else bisect_right(ages, last) for _, last in AGES]
    return {name: end - start for (name, _), start, end in zip(AGES, [0, *upto], upto, strict=False)}


def burn_down(hazards: Sequence[Hazard], ends: Sequence[tuple[Month, date]]) -> list[BurnDownPoint]:
    """What had been found and crossed off at the end of each of some months."""
    found = sorted(one.found_on for one in hazards)
    crossed_off = sorted(one.crossed_off_on for one in hazards if one.crossed_off_on is not None)
    return [BurnDownPoint(month, bisect_right(found, end), bisect_right(crossed_off, end)) for month, end in ends]


def months_to_zero(open_now: int, ends: Sequence[BurnDownPoint]) -> Fraction | None:
    """In how many months none would be open if they fell as they did in the last three whole ones; None where they did not fall.

    ``ends`` are those of the last whole month and of the three before it, in order.
    """
    fall = ends[-1 - FALL_OVER_MONTHS].open - ends[-1].open
    return Fraction(open_now * FALL_OVER_MONTHS, fall) if fall > 0 else None


def reconciled(
    told_in_inspections: Mapping[tuple[Month, str], int], on_record: Iterable[tuple[Month, str]]
) -> list[Unreconciled]:
    """Months of units in which two ledgers count other major hazards, in no order; of what is missing there are 0.

    ``on_record`` names month and unit of every major hazard.
    """
    kept = Counter(on_record)
    return [
        Unreconciled(month, unit, told_in_inspections.get((month, unit), 0), kept[month, unit])
        for month, unit in told_in_inspections.keys() | kept.keys()
        if told_in_inspections.get((month, unit), 0) != kept[month, unit]
    ]
