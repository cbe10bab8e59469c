"""The edges of what stands of hazards (METHOD section 5.3), each by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from dashboards.method import hazards
from dashboards.method.hazards import BurnDownPoint, GradedFigures, Hazard, Unreconciled
from data.zone.periods import Month

T = date(2022, 6, 15)
NEW_YEAR = date(2022, 1, 1)
DAY = timedelta(days=1)


def told(number: str = "1", **more: Any) -> Hazard:
    """A hazard found on 1 June, due at the month's end, still open; ``more`` is what it has otherwise."""
    usual = Hazard("longtanzi", number, 2, date(2022, 6, 1), date(2022, 6, 30), None, False, "gas", None, None, 1)
    return usual._replace(**more)


def figures(*rows: Hazard) -> GradedFigures:
    """What these come to on T."""
    found = hazards.columns_of(rows)
    return hazards.graded(hazards.standings(found, T, NEW_YEAR))


@pytest.mark.parametrize(
    ("deadline", "crossed_off", "overdue", "due", "on_time"),
    [
        (T + DAY, None, 0, 0, 0),
        (T, None, 0, 1, 0),
        (T - DAY, None, 1, 1, 0),
        (T - DAY, T - DAY, 0, 1, 1),
        (T - DAY, T, 0, 1, 0),
        (T - DAY, T + DAY, 1, 1, 0),
        (T, T + DAY, 0, 1, 0),
        (T + DAY, T, 0, 0, 0),
    ],
)
def test_deadline_and_crossing_off(
    deadline: date, crossed_off: date | None, overdue: int, due: int, on_time: int
) -> None:
    """On its last day nothing is overdue yet; what is crossed off later was open on the day."""
    found = figures(told(rectify_by=deadline, crossed_off_on=crossed_off)).all
    assert (found.overdue, found.due, found.on_time) == (overdue, due, on_time)
    assert found.crossed_off == (crossed_off is not None and crossed_off <= T)
    assert found.on_time_rate == (on_time if due else None)


@pytest.mark.parametrize(
    ("found_on", "crossed_off", "this_year", "carried_over"),
    [
        (NEW_YEAR, None, 1, 0),
        (NEW_YEAR - DAY, None, 0, 1),
        (NEW_YEAR - DAY, NEW_YEAR, 0, 1),
        (NEW_YEAR - DAY, NEW_YEAR - DAY, 0, 0),
    ],
)
def test_years_turn(found_on: date, crossed_off: date | None, this_year: int, carried_over: int) -> None:
    """What was crossed off on new year's day was carried over into the year; on its eve it was not."""
    found = figures(told(found_on=found_on, crossed_off_on=crossed_off)).all
    assert (found.found, found.found_this_year, found.carried_over) == (1, this_year, carried_over)


@pytest.mark.parametrize(
    ("ages", "bands", "median"),
    [
        ([0, 30], [2, 0, 0, 0], 15),
        ([31, 90, 91], [0, 2, 1, 0], 90),
        ([180, 181], [0, 0, 1, 1], Fraction(361, 2)),
        ([], [0, 0, 0, 0], None),
    ],
)
def test_ages(ages: list[int], bands: list[int], median: Fraction | None) -> None:
    """Each band with its last day; of an even number the mean of the middle two; those crossed off have no age."""
    rows = [told(str(age), found_on=T - timedelta(days=age)) for age in ages]
    found = figures(*rows, told("x", found_on=T - 9 * DAY, crossed_off_on=T)).all
    assert list(found.ages.values()) == bands
    assert found.median_age == median


def test_parts_and_grades() -> None:
    """Major ones are counted among all and alone; a level that is not told is one of its own; nothing found divides nothing."""
    rows = [told("1", major=True, level="企业级"), told("2", crossed_off_on=T), told("3")]
    found = hazards.columns_of(rows)
    parts = hazards.by_part(hazards.standings(found, T, NEW_YEAR), found.level)
    assert {level: (one.all.found, one.major.open) for level, one in parts.items()} == {"企业级": (1, 1), None: (2, 0)}
    assert (parts[None].all.crossed_off_rate, parts[None].major.crossed_off_rate) == (Fraction(1, 2), None)


def test_burn_down_and_months_to_zero() -> None:
    """Months' ends count what happened on them; two fewer in three months leave three for four and a half."""
    march, june = Month(2022, 3), Month(2022, 6)
    end = date(2022, 3, 31)
    rows = [told("1", found_on=end, crossed_off_on=end), told("2", found_on=end, crossed_off_on=end + DAY)]
    assert hazards.burn_down(hazards.columns_of(rows), [(march, end)]) == [BurnDownPoint(march, 2, 1)]

    def ends(*still_open: int) -> list[BurnDownPoint]:
        return [
            BurnDownPoint(june.plus(back), number, 0) for back, number in zip(range(-4, 1), still_open, strict=True)
        ]

    assert hazards.months_to_zero(3, ends(1, 5, 9, 9, 3)) == Fraction(9, 2)
    assert hazards.months_to_zero(0, ends(1, 5, 9, 9, 3)) == 0
    assert hazards.months_to_zero(3, ends(9, 3, 9, 9, 3)) is None


def test_reconciliation_names_what_differs_alone() -> None:
    """What either ledger has and the other has not, or otherwise, is named; what both count alike, or neither, is not."""
    may, june = Month(2022, 5), Month(2022, 6)
    inspected = {(may, "fire"): 2, (june, "fire"): 1, (may, "economy"): 0}
    assert sorted(hazards.reconciled(inspected, Counter([(may, "fire"), (may, "longtanzi"), (june, "fire")]))) == [
        Unreconciled(may, "fire", 2, 1),
        Unreconciled(may, "longtanzi", 0, 1),
    ]
