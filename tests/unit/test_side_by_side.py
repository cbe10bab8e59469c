"""Side by side: differences of points add up to the difference of the scores, turn with the sides, and are said truly."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import numbers
from dashboards.method.ranking import rank_group
from dashboards.method.steps import REWEIGHTING
from dashboards.pages.side_by_side import export, figures, message, table
from dashboards.results.ranking import RankedRow
from dashboards.results.side_by_side import LAYOUT, Side, SideBySide
from data.indicators.enforcement import COMPLETION, FINES, INDICATORS, INSPECTIONS, TIMELINESS
from data.indicators.unit_month import UnitMonth
from data.schema.enforcement import Sums
from data.zone.periods import Month
from data.zone.schemes import RankingScheme
from data.zone.zone import Unit, Zone
from tests.unit.test_ranking_method import AWAITED, PERFECT, SCHEME, SILENT, SINCE_2025, month

MAY = Month(2022, 5)
COUNTS = st.integers(0, 12)
ZONE = cast("Zone", SimpleNamespace())
"""No sentence here has a moment in it."""


@st.composite
def unit_months(draw: st.DrawFn) -> UnitMonth:
    """Any month that can be: sums that fit each other, with and without a plan, power, cases due, a ledger."""
    inspections = draw(COUNTS)
    problems = draw(st.integers(0, inspections))
    due = draw(COUNTS)
    hazards = draw(st.integers(due, 3 * due))
    sums = Sums(
        inspections=inspections, enterprises=inspections, problem_inspections=problems, hazards=problems,
        penalties=draw(st.integers(0, problems + 2)), fines_yuan=Decimal(draw(COUNTS)), due_cases=due,
        closed_cases=draw(st.integers(0, due)), due_hazards=hazards, rectified_hazards=draw(st.integers(0, hazards)),
    )  # fmt: skip
    reported = replace(
        PERFECT, may_penalise=draw(st.booleans()), sums=sums, plan=draw(st.none() | COUNTS),
        timeliness=draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])), overdue_major=draw(st.integers(0, 6)),
    )  # fmt: skip
    return draw(st.sampled_from([reported, reported, reported, SILENT, AWAITED]))


def side(one: UnitMonth, when: Month = MAY, scheme: RankingScheme = SCHEME, *, group: str = "town") -> Side:
    """A unit in a month, ranked alone."""
    unit = Unit(one.unit, f"{one.name}办事处", one.name, group, one.may_penalise, False, True, None, None)
    (ranked,) = rank_group([one], scheme)
    return Side(unit, when, scheme, RankedRow(ranked, one, unit, None, None, (), None, None, {}))


def both(left: UnitMonth, right: UnitMonth, *, scheme: RankingScheme = SCHEME) -> SideBySide:
    """Two months of one unit, May beside April."""
    return SideBySide(side(left), side(right, MAY.plus(-1), scheme), own_only=False)


def said(shown: SideBySide) -> str:
    return message.main_message(shown, ZONE)


@given(unit_months(), unit_months())
def test_differences_of_points_add_up_to_that_of_the_scores(left: UnitMonth, right: UnitMonth) -> None:
    """By step, by cause and in the picture, to the cent; without two scores there is nothing to add."""
    shown = both(left, right)
    if shown.left.score is None or shown.right.score is None:
        assert (shown.difference, shown.causes) == (None, ())
        return
    assert shown.difference == shown.left.score - shown.right.score
    keys = {**shown.left.steps, **shown.right.steps}
    assert sum((shown.points_difference(key) or 0 for key in keys), Decimal(0)) == shown.difference
    assert sum((one.amount for one in shown.causes), Decimal(0)) == shown.difference
    drawn = figures.difference_bars(shown)
    for bars in drawn.data:
        *parts, together = bars.x
        assert sum(parts) == pytest.approx(float(shown.difference))
        assert together == pytest.approx(float(shown.difference))


@given(unit_months(), unit_months())
def test_swapping_the_sides_turns_every_difference(left: UnitMonth, right: UnitMonth) -> None:
    """Values, points and causes change their sign and nothing else."""
    one = both(left, right)
    other = SideBySide(one.right, one.left, own_only=False)
    for indicator in INDICATORS:
        ours, theirs = one.value_difference(indicator.key), other.value_difference(indicator.key)
        assert (ours is None and theirs is None) or ours == -(theirs or 0)
    assert {cause.key: cause.amount for cause in one.causes} == {cause.key: -cause.amount for cause in other.causes}
    assert (one.difference is None) or one.difference == -(other.difference or 0)


@given(unit_months(), unit_months())
def test_message_names_the_largest_differences(left: UnitMonth, right: UnitMonth) -> None:
    """Nothing that it leaves out makes more than what it names, and what it names stands there in points."""
    shown = both(left, right)
    named = message.largest(shown.causes)
    rest = [one for one in shown.causes if one not in named]
    assert all(abs(one.amount) <= min(abs(other.amount) for other in named) for one in rest if one.amount)
    text = said(shown)
    assert all(f"{numbers.signed(one.amount)}分" in text for one in named)


def test_one_indicator_makes_all_of_the_difference() -> None:
    """Then the sentence says so, and how much higher the first is."""
    shown = both(month(), month(closed_cases=2))
    assert said(shown) == "甲：2022年5月100.00分，2022年4月87.50分，前者高12.50分；分差全部来自三部曲闭环率 +12.50分。"


def test_the_same_month_twice_over() -> None:
    """Equal scores by equal points are said to be so, and nothing is drawn."""
    shown = both(month(), month())
    assert said(shown) == "甲：2022年5月100.00分，2022年4月100.00分，得分相同；两边各项得分都相同。"
    assert not figures.difference_bars(shown).data


def test_what_scores_on_one_side_alone_is_one_cause_with_the_weight_shared_out() -> None:
    """A unit without the power to penalise is not said to lose the 20 points that the others share."""
    shown = both(month(), month(may_penalise=False, closed_cases=2))
    by_key = {one.key: one for one in shown.causes}
    assert "penalty_rate" not in by_key
    assert by_key[REWEIGHTING].uneven == ("penalty_rate",)
    assert by_key[REWEIGHTING].amount == Decimal("3.12")
    assert "仅一方计分的处罚率" in said(shown)
    assert "仅一方计分：处罚率" in " ".join(message.notes(shown))


@pytest.mark.parametrize(("one", "words"), [(SILENT, "本月没有通过的台账"), (AWAITED, "尚未报送，报送期限未过")])
def test_a_side_without_a_score_says_why(one: UnitMonth, words: str) -> None:
    """未报 and 待报 are sentences with their month; figures of the other side stay."""
    shown = both(month(), one)
    assert words in said(shown)
    assert "2022年4月" in said(shown)
    assert "没有得分差距可比" in said(shown)
    assert shown.left.value("inspections") == 10


def test_zero_enforcement_says_that_the_score_is_none_of_the_points() -> None:
    """A score of 0 whatever the points is said to be that."""
    shown = both(month(), month(inspections=0, problem_inspections=0, penalties=0))
    assert said(shown).endswith("2022年4月未检查一家，属零执法，不论各项得分，总分为0。")


def test_a_unit_that_was_none_of_the_zones_then() -> None:
    """It has no figures and is no unit that did not report."""
    left = side(month())
    shown = SideBySide(left, replace(left, month=MAY.plus(-1), row=None), own_only=False)
    assert "当月不在本区单位名册内" in said(shown)
    assert shown.right.value("inspections") is None


def test_points_by_different_rules_are_not_compared() -> None:
    """The figures are; the sentence and the picture say so."""
    shown = both(month(), month(inspections=8), scheme=SINCE_2025)
    assert (shown.difference, shown.points_difference("closed_loop_rate")) == (None, None)
    assert "计分规则不同" in said(shown)
    assert shown.value_difference("inspections") == 2
    assert not figures.difference_bars(shown).data


def test_places_are_not_compared_across_groups() -> None:
    """Two units of different groups are compared by points, and the page says what that leaves out."""
    other = replace(month(closed_cases=2), unit="b", name="乙")
    shown = SideBySide(side(month()), side(other, group="department"), own_only=False)
    assert said(shown).startswith("2022年5月：甲100.00分，乙87.50分")
    assert "名次不跨组比较" in message.notes(shown)[0]


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        (COMPLETION, Fraction(1, 8), "+12.5个百分点"),
        (COMPLETION, Fraction(-2, 3), "−66.7个百分点"),
        (COMPLETION, None, "—"),
        (INSPECTIONS, -3, "−3"),
        (INSPECTIONS, 0, "0"),
        (FINES, Decimal("-12000"), "−12,000"),
        (TIMELINESS, Fraction(1, 2), "+0.50"),
    ],
)
def test_a_difference_is_written_as_what_it_is_of(key: Any, value: Any, shown: str) -> None:
    """Of rates in percentage points, of counts as counts, of money as money."""
    assert table.difference(key, value) == shown


@given(unit_months(), unit_months())
def test_the_file_has_a_value_for_every_heading(left: UnitMonth, right: UnitMonth) -> None:
    """Rows are as wide as their heads, and no points stand twice."""
    shown = both(left, right)
    fields = export._fields(shown)
    rows = [
        *(export._indicator(shown, one) for one in INDICATORS),
        *(export._step(shown, key) for key in export._steps(shown)),
    ]
    assert {len(row) for row in rows} == {len(fields)}
    if shown.difference is not None:
        assert sum((row[-1] or Decimal(0) for row in rows), Decimal(0)) == shown.difference
    assert len(shown.frame()) == 2 * len(INDICATORS)
    assert list(shown.frame().index.names) == [one.name for one in LAYOUT.index]


def test_plotly_takes_the_picture_and_every_bar_is_a_sentence() -> None:
    """Marks name the figure whose cases they lead to; what is under the pointer has points before anything else."""
    shown = both(month(), month(closed_cases=2, penalties=0))
    drawn = figures.difference_bars(shown)
    go.Figure(drawn.to_plotly_json())
    (bars,) = drawn.data
    assert {mark["measure"] for mark in bars.customdata if mark} == {"due_cases", "penalties", "problem_inspections"}
    assert all(re.search(r"相差[+−]\d+\.\d\d分。$", text) for text in bars.hovertext)
