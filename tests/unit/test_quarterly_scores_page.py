"""The quarterly scores' page, its pure parts: the sum that closes, self against review, colours, who may be blamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.heat import level
from dashboards.method.scores import MeasureScore, MonthOfQuarter, ScoredUnit, UnitQuarter, rank_group, score_unit
from dashboards.pages.quarterly_scores import figures, state
from dashboards.pages.quarterly_scores.breakdown import difference, steps
from dashboards.pages.quarterly_scores.heat import means
from dashboards.pages.quarterly_scores.message import main_message
from dashboards.pages.quarterly_scores.unit import components_table
from dashboards.results.scores import ScoredGroup, ScoredRow, Scores, Speaker
from data.zone.periods import Month as CalendarMonth
from data.zone.periods import Quarter
from data.zone.schemes import ScoresScheme, shipped
from data.zone.zone import Unit

SCHEME = next(scheme for _text, scheme in shipped() if isinstance(scheme, ScoresScheme))
DEADLINE = date(2022, 10, 5)
MARKS = st.decimals(0, 10, places=1)


def _quarter(own: Decimal | None = Decimal(8), **changes: Any) -> UnitQuarter:
    marks = None if own is None else dict.fromkeys(range(1, 11), own)
    return replace(UnitQuarter(unit="a", name="甲", own=marks, reviewed={}), **changes)


@given(
    own=MARKS,
    months=st.lists(st.decimals(0, 100, places=2), max_size=3),
    milestones=st.none() | st.fractions(0, 100, max_denominator=7),
    bonus=st.decimals(0, 9, places=1),
    deduction=st.decimals(0, 120, places=1),
)
def test_steps_add_up_to_the_score_as_printed(
    own: Decimal, months: list[Decimal], milestones: Fraction | None, bonus: Decimal, deduction: Decimal
) -> None:
    """Whatever is defined, added or taken off, the printed amounts sum to the printed score."""
    told = tuple(MonthOfQuarter(f"2022-0{7 + at}", score, reported=True) for at, score in enumerate(months))
    one = score_unit(_quarter(own, months=told, milestones=milestones, bonus=bonus, deduction=deduction), SCHEME)
    assert sum((step.amount for step in steps(one, SCHEME)), Decimal(0)) == one.score


def test_weight_of_an_undefined_component_is_a_step_of_its_own() -> None:
    """Without milestones the rest is shared out and called so; with all three components there is no such step."""
    months = (MonthOfQuarter("2022-07", Decimal(90), reported=True),)
    shared = steps(score_unit(_quarter(months=months), SCHEME), SCHEME)
    whole = steps(score_unit(_quarter(months=months, milestones=Fraction(100)), SCHEME), SCHEME)
    assert [step.key for step in shared] == ["ten_measures", "enforcement", "reweighting"]
    assert [step.key for step in whole] == ["ten_measures", "enforcement", "milestones"]


def test_without_a_score_there_are_no_steps() -> None:
    """Who filed nothing has nothing to take apart."""
    assert steps(score_unit(_quarter(None), SCHEME), SCHEME) == []


@pytest.mark.parametrize(
    ("bonus", "deduction", "last"),
    [(Decimal(5), Decimal(0), "not_above_hundred"), (Decimal(0), Decimal(120), "not_below_zero")],
)
def test_what_keeps_the_score_in_its_bounds_is_said(bonus: Decimal, deduction: Decimal, last: str) -> None:
    """A score held at 100 or at 0 says by how much."""
    found = steps(score_unit(_quarter(Decimal(10), bonus=bonus, deduction=deduction), SCHEME), SCHEME)
    assert found[-1].key == last


def _part(number: int, own: str | None, review: str | None) -> MeasureScore:
    told = own if review is None else review
    marks = [None if text is None else Decimal(text) for text in (own, review)]
    return MeasureScore(number, f"措施{number}", Decimal(10), marks[0], marks[1], Decimal(told or 0))


def test_self_and_review_are_compared_only_where_both_are() -> None:
    """A measure without a review, or without an own mark, says nothing of pride; the widest gap is named."""
    found = difference([_part(1, "9", "8.5"), _part(2, "9", "7"), _part(3, "10", None), _part(4, None, "3")])
    assert found is not None
    assert (found.points, found.compared, found.widest.number) == (Decimal("2.5"), 2, 2)
    assert difference([_part(1, "9", None)]) is None


def test_bars_of_pride_and_modesty_are_what_plotly_takes() -> None:
    """To each side those of one kind, each on the line of its unit; the figure is put together without Plotly's check."""
    compared = [
        (_row(score_unit(_quarter(unit=code), SCHEME), unit), gap)
        for code, unit, own in zip("ab", UNITS, ("9", "5"), strict=False)
        if (gap := difference([_part(1, own, "7")])) is not None
    ]
    drawn = figures.differences(compared=compared)
    assert go.Figure(drawn.to_plotly_json()).to_plotly_json() == drawn.to_plotly_json()
    assert [(side.y, side.x) for side in drawn.data] == [((0,), (2.0,)), ((1,), (-2.0,))]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("1", "excellent"),
        ("0.9", "excellent"),
        ("0.899", "good"),
        ("0.8", "good"),
        ("0.6", "passed"),
        ("0.59", "failed"),
    ],
)
def test_a_mark_is_coloured_by_the_scheme_s_own_grades(share: str, said: str) -> None:
    """Bounds belong to the better grade, as in the grades themselves."""
    assert level(Fraction(share) * 100, SCHEME.grades) == said


UNITS = [
    Unit(code, name, name, "town", may_penalise=True, office=False, confirmed=True, valid_from=None, valid_to=None)
    for code, name in (("a", "甲街道"), ("b", "乙街道"), ("c", "丙镇"))
]


def _row(one: ScoredUnit, unit: Unit) -> ScoredRow:
    return ScoredRow(one, unit, None, (), (), (), {}, ())


def _scores(quarters: list[UnitQuarter], as_of: date, speakers: tuple[Speaker, ...] = ()) -> Scores:
    ranked = rank_group(quarters, SCHEME)
    by_code = {unit.code: unit for unit in UNITS}
    group = ScoredGroup("town", tuple(_row(one, by_code[one.unit]) for one in ranked))
    zone: Any = SimpleNamespace(calendar=SimpleNamespace(last_day=lambda _quarter: date(2022, 9, 30)))
    return Scores(
        zone, Quarter(2022, 3), as_of, as_of, SCHEME, (group,), speakers, DEADLINE, date(2022, 10, 15), reviewed=False
    )


BLAME = (
    Speaker("c", None, "丙镇", ("not_reported",)),
    Speaker("b", None, "乙街道", ("lowest", "many_accidents")),
    Speaker(None, "某企业", "某企业", ("many_accidents",)),
)
FILED = [_quarter(Decimal(9), unit="a"), _quarter(Decimal(5), unit="b"), _quarter(None, unit="c")]


@pytest.mark.parametrize(
    ("milestones", "said"),
    [
        (None, ["÷ 70 × 100", "没有该单位本季度到期的节点任务", "没有可计分的月份"]),
        (Fraction(0), ["÷ 80 × 100", "没有可计分的月份"]),
    ],
)
def test_whose_weight_is_shared_out_is_said_with_why(milestones: Fraction | None, said: list[str]) -> None:
    """What falls due nowhere is not scored and says so; nothing reached of what fell due is 0 and takes its weight."""
    result = _scores([_quarter(Decimal(9), unit="a", milestones=milestones)], DEADLINE)
    notes = str(components_table(result, result.groups[0].rows[0]).children[2:])
    assert [one for one in said if one not in notes] == []
    assert ("没有该单位本季度到期的节点任务" in notes) == (milestones is None)


@pytest.mark.parametrize("as_of", [date(2022, 9, 1), DEADLINE])
def test_before_the_deadline_nobody_is_blamed(as_of: date) -> None:
    """Who has not filed is awaited, nobody is lowest, and only facts make anyone speak."""
    result = _scores(FILED, as_of, BLAME)
    said = main_message(result, result.groups[0])
    assert "未报" not in said
    assert "最低" not in said
    assert "2022年10月5日" in said
    assert [(one.name, one.reasons) for one in result.named_speakers] == [
        ("乙街道", ("many_accidents",)),
        ("某企业", ("many_accidents",)),
    ]
    assert [state.flags(result, row) for row in result.groups[0].rows][-1] == ("awaited",)
    assert ("尚未结束" in said) == (as_of == date(2022, 9, 1))


def test_after_the_deadline_first_last_grades_and_who_is_missing_are_named() -> None:
    """The day after, the message says it all."""
    result = _scores(FILED, DEADLINE + timedelta(days=1), BLAME)
    said = main_message(result, result.groups[0])
    for part in (
        "甲街道第 1（90.00 分）",
        "乙街道得分最低（50.00 分）",
        "优秀 1 个",
        "不合格 1 个",
        "丙镇未报自评",
        "企业某企业",
    ):
        assert part in said


def test_a_vetoed_unit_is_named_as_such_and_not_as_lowest() -> None:
    """Its place at the end comes of the veto; the lowest is the lowest of the others."""
    quarters = [
        _quarter(Decimal(9), unit="a"),
        _quarter(Decimal(8), unit="b"),
        _quarter(Decimal(7), unit="c", veto="瞒报"),
    ]
    result = _scores(quarters, date(2022, 11, 1))
    said = main_message(result, result.groups[0])
    assert "乙街道得分最低（80.00 分）" in said
    assert "丙镇被一票否决" in said
    assert "否决 1 个" in said


def test_mean_of_the_group_leaves_out_who_has_no_marks() -> None:
    """A unit that filed nothing does not pull the group's mean to 0; without any marks there is no mean."""
    rows = _scores(FILED, date(2022, 11, 1)).groups[0].rows
    assert means(rows, SCHEME)[1] == Decimal("7.00")
    assert means([row for row in rows if row.unit.code == "c"], SCHEME) == {}


def test_quarter_of_a_month() -> None:
    """January to March is the first quarter, October to December the fourth."""
    found = [Quarter.of(CalendarMonth(2022, month)).quarter for month in range(1, 13)]
    assert found == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
