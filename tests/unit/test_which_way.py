"""Which way a figure moves a unit's score, all other figures as they are: METHOD section 2 says it of each, and no more holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from dashboards.method.ranking import rank_group, score_unit
from data.indicators.unit_month import State, UnitMonth
from data.schema.enforcement import Sums
from data.zone.schemes import RankingScheme
from tests.unit.test_chance_method import SCHEME, groups, schemes, unit_months

Changed = Callable[[UnitMonth], UnitMonth | None]
"""A unit's month with one figure better by one; None where there is no room for it."""


def _sums(one: UnitMonth, **figures: int) -> UnitMonth:
    return replace(one, sums=replace(one.sums, **figures))


BETTER: dict[str, Changed] = {
    "a due case more closed in time": lambda one: (
        _sums(one, closed_cases=one.sums.closed_cases + 1) if one.sums.closed_cases < one.sums.due_cases else None
    ),
    "a hazard more rectified": lambda one: (
        _sums(one, rectified_hazards=one.sums.rectified_hazards + 1)
        if one.sums.rectified_hazards < one.sums.due_hazards
        else None
    ),
    "a penalty more, of as many inspections with problems": lambda one: _sums(one, penalties=one.sums.penalties + 1),
    "in time": lambda one: replace(one, timeliness=Fraction(1)),
    "a plan less by one, and still a plan": lambda one: (
        replace(one, plan=one.plan - 1) if (one.plan or 0) > 1 else None
    ),
    "a major hazard less overdue": lambda one: (
        replace(one, overdue_major=one.overdue_major - 1) if one.overdue_major else None
    ),
}


@pytest.mark.parametrize("what", BETTER)
@given(one=unit_months("u0"), scheme=schemes)
def test_what_is_better_never_lowers_a_score(what: str, one: UnitMonth, scheme: RankingScheme) -> None:
    """Whatever the other figures are, and by both shipped schemes."""
    better = None if one.state is not State.REPORTED else BETTER[what](one)
    if better is None:
        return
    before, after = score_unit(one, scheme).score, score_unit(better, scheme).score
    assert (before is None) is (after is None)
    assert before is None or after is None or before <= after


@pytest.mark.parametrize("what", BETTER)
@given(units=groups, scheme=schemes)
def test_what_is_better_never_costs_a_place(what: str, units: tuple[UnitMonth, ...], scheme: RankingScheme) -> None:
    """The unit that does better stands no worse in its group, and none of the others better than before."""
    if not units or units[0].state is not State.REPORTED:
        return
    better = BETTER[what](units[0])
    if better is None:
        return
    before = {one.unit: one.rank for one in rank_group(units, scheme)}
    after = {one.unit: one.rank for one in rank_group([better, *units[1:]], scheme)}
    first = units[0].unit
    assert (before[first] or 0) >= (after[first] or 0)
    assert all((before[unit] or 0) <= (rank or 0) for unit, rank in after.items() if unit != first)


def _unit(**figures: int) -> UnitMonth:
    sums = Sums(**{"inspections": 10, "problem_inspections": 5, "penalties": 2, **figures})
    return UnitMonth("u", "u", may_penalise=True, state=State.REPORTED, sums=sums, plan=20, timeliness=Fraction(1))


@pytest.mark.parametrize(
    ("figures", "more", "way"),
    [
        ({"problem_inspections": 0, "penalties": 0}, {"inspections": 11}, "up"),
        ({}, {"inspections": 11, "problem_inspections": 5}, "down"),
        ({"penalties": 5}, {"problem_inspections": 6}, "up"),
        ({"penalties": 1, "problem_inspections": 6}, {"problem_inspections": 7}, "down"),
    ],
)
def test_of_inspections_and_findings_neither_way_holds(figures: dict[str, int], more: dict[str, int], way: str) -> None:
    """An inspection without a finding, and a finding without a penalty, may raise a score and may lower it."""
    before, after = score_unit(_unit(**figures), SCHEME).score, score_unit(_unit(**{**figures, **more}), SCHEME).score
    assert before is not None
    assert after is not None
    assert (after > before) is (way == "up")
    assert (after < before) is (way == "down")
