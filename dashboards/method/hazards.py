"""Hazards as of a day: found, crossed off, overdue, how old, and when there would be none left (METHOD section 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from dashboards.method.columns import (
    Coded,
    Flags,
    Numbers,
    Places,
    SameByValue,
    Value,
    coded,
    counts_by_part,
    counts_until,
    day_numbers,
    medians_by_part,
)
from data.zone.periods import Month

AGES: tuple[tuple[str, int | None], ...] = (("0-30", 30), ("31-90", 90), ("91-180", 180), ("over_180", None))
"""The bands of age, each with its last day."""
FALL_OVER_MONTHS = 3
HazardState = Literal["overdue", "within", "late", "in_time"]
HAZARD_STATES: tuple[HazardState, ...] = ("overdue", "within", "late", "in_time")
"""Open past the deadline or within it, crossed off after it or by it."""


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


@dataclass(frozen=True, slots=True, eq=False)
class HazardColumns(SameByValue):
    """Hazards column by column, each by the row that counts of it."""

    unit: Coded[str]
    sector: Coded[str]
    level: Coded[str | None]
    major: Flags
    found_on: Numbers
    rectify_by: Numbers
    crossed_off_on: Numbers

    def __len__(self) -> int:
        return len(self.major)

    def at(self, places: Places | Flags) -> HazardColumns:
        """The same of some of them."""
        return HazardColumns(
            self.unit.at(places),
            self.sector.at(places),
            self.level.at(places),
            self.major[places],
            self.found_on[places],
            self.rectify_by[places],
            self.crossed_off_on[places],
        )

    def found_by(self, day: date) -> Flags:
        """Which had been found on a day."""
        return self.found_on <= day.toordinal()

    def open_on(self, day: date) -> Flags:
        """Which were not crossed off on a day."""
        return self.crossed_off_on > day.toordinal()


def columns_of(hazards: Iterable[Hazard]) -> HazardColumns:
    """Some hazards column by column."""
    rows = list(hazards)
    return HazardColumns(
        unit=coded(one.unit for one in rows),
        sector=coded(one.sector for one in rows),
        level=coded(one.level for one in rows),
        major=np.array([one.major for one in rows], dtype=bool),
        found_on=day_numbers(one.found_on for one in rows),
        rectify_by=day_numbers(one.rectify_by for one in rows),
        crossed_off_on=day_numbers(one.crossed_off_on for one in rows),
    )


@dataclass(frozen=True, slots=True, eq=False)
class HazardStandings:
    """How hazards that had been found by a day stand on it; ``counted`` are the flags of which figures are the numbers, ``age`` is in days.

    ``overdue_for`` is in days, of those overdue.
    """

    counted: Mapping[str, Flags]
    age: Numbers
    overdue_for: Numbers

    def at(self, wanted: Flags) -> HazardStandings:
        """The same of some of them."""
        some = {name: flags[wanted] for name, flags in self.counted.items()}
        return HazardStandings(some, self.age[wanted], self.overdue_for[wanted])


class GradedStandings(NamedTuple):
    """How all of them stand, and the major ones alone; ``is_major``: which these are."""

    all: HazardStandings
    major: HazardStandings
    is_major: Flags


@dataclass(frozen=True, slots=True)
class HazardFigures:
    """What some hazards come to; the rates and the median age are None where there is nothing to divide or to order.

    ``longest_overdue``: for how many days the longest overdue is, 0 where none is.
    """

    found: int
    found_this_year: int
    carried_over: int
    crossed_off: int
    overdue: int
    due: int
    on_time: int
    longest_overdue: int
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


def standings(found: HazardColumns, day: date, year_began: date) -> GradedStandings:
    """How hazards that had been found by a day stand on it; the deadline's own day is not overdue yet."""
    now, began = day.toordinal(), year_began.toordinal()
    crossed_off, due = ~found.open_on(day), found.rectify_by <= now
    this_year = found.found_on >= began
    counted = {
        "found_this_year": this_year,
        "carried_over": ~this_year & (found.crossed_off_on >= began),
        "crossed_off": crossed_off,
        "overdue": ~crossed_off & (found.rectify_by < now),
        "due": due,
        "on_time": due & (found.crossed_off_on <= found.rectify_by),
    }
    every = HazardStandings(counted, now - found.found_on, now - found.rectify_by)
    return GradedStandings(every, every.at(found.major), found.major)


def state(one: Hazard, day: date) -> HazardState:
    """How a hazard that had been found by a day stands against its deadline, in a word."""
    if one.crossed_off_on is not None and one.crossed_off_on <= day:
        return "in_time" if one.crossed_off_on <= one.rectify_by else "late"
    return "overdue" if one.rectify_by < day else "within"


def is_open(one: Hazard, day: date) -> bool:
    """Whether it was not crossed off on a day."""
    return one.crossed_off_on is None or one.crossed_off_on > day


def states(found: HazardColumns, day: date) -> Numbers:
    """The same of many: places among ``HAZARD_STATES``."""
    now = day.toordinal()
    if_open = np.where(found.rectify_by < now, HAZARD_STATES.index("overdue"), HAZARD_STATES.index("within"))
    in_time = found.crossed_off_on <= found.rectify_by
    if_crossed_off = np.where(in_time, HAZARD_STATES.index("in_time"), HAZARD_STATES.index("late"))
    return np.where(found.open_on(day), if_open, if_crossed_off).astype(np.int32)


def bands(ages: Numbers) -> Numbers:
    """In which band of ``AGES`` each of some ages lies."""
    lasts = np.array([last for _name, last in AGES if last is not None])
    return np.searchsorted(lasts, ages).astype(np.int32)


def by_part(stand: GradedStandings, part: Coded[Value]) -> dict[Value, GradedFigures]:
    """The figures of each part into which hazards fall, that has any; ``stand`` are theirs."""
    both = [_figures(part, stand.all), _figures(part.at(stand.is_major), stand.major)]
    return {
        name: GradedFigures(every, major) for name, every, major in zip(part.names, *both, strict=True) if every.found
    }


def graded(stand: GradedStandings) -> GradedFigures:
    """What all of them come to."""
    whole = Coded(np.zeros(len(stand.is_major), dtype=np.int32), ("",))
    return by_part(stand, whole).get("", NONE)


def _figures(part: Coded[Value], stand: HazardStandings) -> list[HazardFigures]:
    """The figures of each part."""
    codes, parts = part.codes, len(part.names)
    counts = counts_by_part(codes, parts, list(stand.counted.values()))
    found = np.bincount(codes, minlength=parts)
    still_open, overdue = np.flatnonzero(~stand.counted["crossed_off"]), np.flatnonzero(stand.counted["overdue"])
    of_open, ages = codes[still_open], stand.age[still_open]
    longest = np.zeros(parts, dtype=np.int64)
    np.maximum.at(longest, codes[overdue], stand.overdue_for[overdue])
    in_bands = np.bincount(of_open * len(AGES) + bands(ages), minlength=parts * len(AGES)).reshape(parts, len(AGES))
    medians = medians_by_part(of_open, parts, ages)
    return [
        HazardFigures(
            found=int(found[at]),
            **dict(zip(stand.counted, counts[at].tolist(), strict=True)),
            longest_overdue=int(longest[at]),
            median_age=medians[at],
            ages={name: number for (name, _last), number in zip(AGES, in_bands[at].tolist(), strict=True)},
        )
        for at in range(parts)
    ]


_NOTHING = HazardFigures(0, 0, 0, 0, 0, 0, 0, 0, None, {name: 0 for name, _last in AGES})
NONE = GradedFigures(_NOTHING, _NOTHING)
"""What no hazard comes to."""


def burn_down(found: HazardColumns, ends: Sequence[tuple[Month, date]]) -> list[BurnDownPoint]:
    """What had been found and crossed off at the end of each of some months, which are in order."""
    days = [end for _month, end in ends]
    counted = zip(counts_until(found.found_on, days), counts_until(found.crossed_off_on, days), strict=True)
    return [BurnDownPoint(month, *numbers) for (month, _end), numbers in zip(ends, counted, strict=True)]


def months_to_zero(open_now: int, ends: Sequence[BurnDownPoint]) -> Fraction | None:
    """In how many months none would be open if they fell as they did in the last three whole ones; None where they did not fall.

    ``ends`` are those of the last whole month and of the three before it, in order.
    """
    fall = ends[-1 - FALL_OVER_MONTHS].open - ends[-1].open
    return Fraction(open_now * FALL_OVER_MONTHS, fall) if fall > 0 else None


def reconciled(
    told_in_inspections: Mapping[tuple[Month, str], int], on_record: Mapping[tuple[Month, str], int]
) -> list[Unreconciled]:
    """Months of units in which two ledgers count other major hazards, in no order; of what is missing there are 0."""
    return [
        Unreconciled(*at, told_in_inspections.get(at, 0), on_record.get(at, 0))
        for at in told_in_inspections.keys() | on_record.keys()
        if told_in_inspections.get(at, 0) != on_record.get(at, 0)
    ]
