"""What the monthly ranking says of how sure places are: nobody is named by chance, and nothing is advised that METHOD forbids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go
import pytest
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.draws import PlaceChance, Reliability
from dashboards.method.funnel import funnel
from dashboards.method.named import NamedUnits, named_of
from dashboards.method.ranking import RankedUnit, rank_group
from dashboards.method.rates import Share
from dashboards.method.rescored import Lift
from dashboards.method.weights import KeptPlace
from dashboards.pages.monthly_ranking import beyond_chance, by_sector, message, still_open, sureness, table, unit
from dashboards.pages.overview import tiles
from dashboards.results import chance, group_funnel, ranking_printed
from dashboards.results.cases import OpenCase
from dashboards.results.chance import GroupChance, RowChance
from dashboards.results.group_funnel import GroupFunnel
from dashboards.results.lowest import at, lowest, with_score
from dashboards.results.open_cases import OpenCases
from dashboards.results.ranking import RankedGroup, RankedRow
from dashboards.results.sectors import SectorMonth, Sectors
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.indicators.unit_month import State, UnitMonth
from data.schema.enforcement import Sums
from data.schema.enforcement_sector import SectorSums
from data.zone.periods import Month
from data.zone.schemes import RankingScheme, shipped
from data.zone.zone import Unit

MAY = Month(2022, 5)
SCHEME = next(one for _text, one in shipped() if isinstance(one, RankingScheme))


def unit_of(name: str) -> Unit:
    """A unit known by one letter."""
    return Unit(name, f"{name}办事处", name, "town", True, False, True, None, None)


def row(
    name: str, rank: int, *flags: str, place: tuple[int, int, float, float] | None = None, **known: Any
) -> RankedRow:
    """A ranked unit with 100 less its place; ``place``: its interval and its chances of being first and last."""
    figures = RankedUnit(name, name, rank, 4, Decimal(100 - rank), flags, {}, {}, {}, Decimal(100))
    sure = RowChance(place=None if place is None else PlaceChance(*place), **known)
    return RankedRow(
        figures, UnitMonth(name, name, True, State.REPORTED), unit_of(name), None, None, (), None, None, {}, chance=sure
    )


def group(*rows: RankedRow, rankability: float | None = 0.9) -> RankedGroup:
    """A group whose order bears so much."""
    return RankedGroup("town", rows, GroupChance(Reliability(6, 3, rankability), {}))


def said(*parts: Any) -> str:
    """All words of some components."""
    found = ""
    for one in parts:
        if isinstance(one, Component):
            inside = getattr(one, "children", None)
            found += said(*(inside if isinstance(inside, list | tuple) else [inside]))
        elif isinstance(one, str | int):
            found += str(one)
        elif isinstance(one, list | tuple):
            found += said(*one)
    return found


# Who is named last


@pytest.mark.parametrize(
    ("rows", "named", "sure"),
    [
        ([row("甲", 1, place=(1, 2, 0.9, 0.0)), row("乙", 2, place=(2, 2, 0.1, 0.8))], "乙", True),
        ([row("甲", 1, place=(1, 2, 0.7, 0.21)), row("乙", 2, place=(1, 2, 0.3, 0.79))], "甲乙", False),
        ([row("甲", 1, place=(1, 1, 1, 0)), row("乙", 2, place=(2, 3, 0, 0.4)), row("丙", 3, place=(2, 3, 0, 0.6))], "乙丙", False),
        ([row("甲", 1, place=(1, 1, 1, 0)), row("乙", 2, "thin_basis", place=(2, 3, 0, 0.4)), row("丙", 3, place=(2, 3, 0, 0.6))],
         "", True),
        ([row("甲", 1, place=(1, 2, 0.6, 0.3)), row("乙", 2, place=(1, 2, 0.3, 0.3)), row("丙", 3, place=(2, 3, 0.1, 0.6))], "", True),
        ([row("甲", 1, place=(1, 1, 1, 0)), row("乙", 2, place=(2, 2, 0, 1)), row("丙", 2, place=(2, 2, 0, 1))], "乙丙", True),
    ],
)  # fmt: skip
def test_last_is_named_alone_only_who_is_likely_to_be(rows: list[RankedRow], named: str, *, sure: bool) -> None:
    """From a probability of 0.8 on; else all whose interval reaches the last place, none of them over a thin basis.

    Where these are fewer than two nobody is named, and it is said why.
    """
    found = lowest(group(*rows))
    assert ("".join(one.unit.short_name for one in found.rows), found.sure) == (named, sure)
    text = message._last(found)
    assert ("末位不能只点一家" in text) is not sure
    assert ("谁居末把握不足" in text, "谁居末把握不足" in tiles.not_named(found.why)) == (not named, not named)
    assert all(one.unit.short_name in text for one in found.rows)


def test_overview_names_nobody_last_alone_by_chance() -> None:
    """The tile says beside the names that none of them is to be named alone, and no score."""
    rows = [row("甲", 1, place=(1, 2, 0.7, 0.21)), row("乙", 2, place=(1, 2, 0.3, 0.79))]
    result: Any = type("Result", (), {"month": MAY})()
    text = said(tiles._last_of("town", lowest(group(*rows)), result))
    assert text == "镇街组 甲、乙 都可能居末，不能只点一家"


# The sentence on top


def test_where_the_order_bears_too_little_groups_are_told_and_no_places() -> None:
    """Who may be first and cannot be last stands ahead, who may be last and cannot be first behind, the rest between."""
    rows = [row("甲", 1, place=(1, 2, 0.8, 0)), row("乙", 2, place=(1, 4, 0.2, 0.2)), row("丙", 3, place=(2, 3, 0, 0)),
            row("丁", 4, place=(3, 4, 0, 0.8))]  # fmt: skip
    assert message._places(group(*rows, rankability=0.49), rows) == [
        "名次分不开，只能分档", "靠前：甲", "居中：乙、丙", "靠后：丁",
    ]  # fmt: skip
    places = message._places(group(*rows, rankability=0.5), rows)
    assert places[0].startswith("甲第1名")
    assert places[1].startswith("末位：丁")


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([(1, 2, 0.8, 0.04), (1, 3, 0.2, 0.36), (2, 3, 0, 0.6)], ["靠前：甲", "末位不能只点一家，可能居末的有：乙、丙"]),
        ([(1, 3, 0.8, 0), *[(1, 4, 0.1, 0.3)] * 3], ["靠前：甲", "末位不能只点一家，可能居末的有：乙、丙、丁"]),
        ([(1, 2, 0.8, 0), (2, 3, 0.1, 0), (2, 4, 0, 0.5), (3, 4, 0, 0.5)], ["靠前：甲", "居中：乙", "靠后：丙、丁"]),
        ([(1, 2, 0.8, 0.04), (1, 2, 0.2, 0.3), (2, 3, 0, 0.6)], ["靠前：甲、乙", "谁居末把握不足，不作末位点名"]),
        ([(1, 3, 0.8, 0.2), (1, 3, 0.1, 0), (1, 3, 0.1, 0.8)], ["靠后：丙"]),
    ],
)  # fmt: skip
def test_who_may_be_last_is_told_as_on_the_overview(
    places: list[tuple[int, int, float, float]], told: list[str]
) -> None:
    """All of them, also who may as well be first; between stands somebody only where others stand before and behind."""
    rows = [row(name, at + 1, place=place) for at, (name, place) in enumerate(zip("甲乙丙丁", places, strict=False))]
    assert message._places(group(*rows, rankability=0.4), rows) == ["名次分不开，只能分档", *told]


@st.composite
def drawn_groups(draw: st.DrawFn) -> RankedGroup:
    """Groups of every kind of interval, likelihood, tie and basis, whatever their order bears."""
    of = draw(st.integers(1, 6))
    ranks = sorted(draw(st.lists(st.integers(1, of), min_size=of, max_size=of)))
    rows = []
    for name, rank in zip("甲乙丙丁戊己", ranks, strict=False):
        low, high = sorted(draw(st.tuples(st.integers(1, of), st.integers(1, of))))
        flags = ["thin_basis"] if draw(st.booleans()) else []
        rows.append(row(name, rank, *flags, place=(low, high, 0.0, draw(st.sampled_from([0.0, 0.3, 0.79, 0.8, 1.0])))))
    return group(*rows, rankability=draw(st.sampled_from([0.2, 0.9])))


@given(of=drawn_groups())
def test_no_sentence_puts_one_unit_last_that_is_not_likely_to_be(of: RankedGroup) -> None:
    """Who is told to be last or behind alone is so with 0.8 at least; who may be last is never told without the others."""
    likely = {one.unit.short_name for one in of.rows if one.chance.place is not None and one.chance.place.last >= 0.8}
    behind = [part.partition("：")[2] for part in message._places(of, of.rows)
              if part.startswith(("末位", "并列末位", "靠后"))]  # fmt: skip
    named = [set(part.partition("（")[0].split("、")) for part in behind]
    assert all(len(units) > 1 or units <= likely for units in named)
    found = lowest(of)
    assert all(units == {one.unit.short_name for one in found.rows} for units in named)
    assert found.sure or len(found.rows) > 1
    assert bool(found.rows) is (found.why is None)


@given(of=drawn_groups())
def test_law_a_publication_names_whom_the_live_ranking_names(of: RankedGroup) -> None:
    """The same group live and as it is printed: the same units first, last and possibly last, but none where places bear too little."""
    no_correction: Any = None
    printed = {
        "reliability": ranking_printed._reliability(of),
        "rows": [ranking_printed._row_as_dict(one, no_correction) for one in of.rows],
    }
    found, poor = lowest(of), message.poor(of)
    codes = tuple(one.figures.unit for one in found.rows)
    first = tuple(one.figures.unit for one in at(with_score(of), best=True))
    last, may_be_last = (codes, ()) if found.sure else ((), codes)
    assert named_of(printed) == (NamedUnits() if poor else NamedUnits(first, last, may_be_last))


def test_where_nobody_is_told_from_anybody_that_is_said() -> None:
    """All intervals from first to last: no order at all."""
    rows = [row("甲", 1, place=(1, 2, 0.5, 0.5)), row("乙", 2, place=(1, 2, 0.5, 0.5))]
    assert message._places(group(*rows, rankability=0.0), rows) == ["2家得分接近，名次分不开，不宜论先后"]


def test_first_who_is_not_told_from_the_next_is_said_to_be_so() -> None:
    """Praise for one place by chance would be none."""
    assert message._first([row("甲", 1, told_apart=False)]) == "甲第1名（99.00分），与下一名分不出先后"
    assert message._first([row("甲", 1, told_apart=True)]) == "甲第1名（99.00分）"


@given(rankability=st.none() | st.floats(0, 1))
def test_line_above_the_table_says_how_much_the_order_bears(rankability: float | None) -> None:
    """Pairs, neighbours and 区分度; below a half it is said to be poor; without two scored units there is no line."""
    rows = (row("甲", 1, told_apart=True), row("乙", 2, told_apart=False), row("丙", 3))
    line = sureness.reliability_line(group(*rows, rankability=rankability), identity="x")
    text = said(line)
    assert "两两相比6对，分得出先后的3对；相邻2对中分得出的1对" in text
    assert ("区分度" in text) is (rankability is not None)
    assert ("偏低，只宜分档看" in text) is (rankability is not None and rankability < 0.5)
    assert sureness.reliability_line(RankedGroup("town", rows, None), identity="x") is None
    nothing = RankedGroup("town", rows[:1], GroupChance(Reliability(0, 0, None), {}))
    assert sureness.reliability_line(nothing, identity="x") is None


# The table


def test_table_says_what_lies_between_neighbours() -> None:
    """Cases and whether they are told apart; a dash where there is no next, or no number of cases would do."""
    assert said(*sureness.to_next_below(row("甲", 1, told_apart=False, margin=2))) == "差2件分不出"
    assert said(*sureness.to_next_below(row("甲", 1, told_apart=True, margin=None))) == "—分得出"
    assert said(*sureness.to_next_below(row("甲", 4))) == "—"


def test_place_stands_with_its_interval() -> None:
    """第3（2–5）; one number where chance moves it nowhere."""
    assert sureness.place_said(row("甲", 3, place=(2, 5, 0, 0))) == "3（2–5）"
    assert sureness.place_said(row("甲", 3, place=(3, 3, 0, 0))) == "3（3）"
    assert sureness.place_said(row("甲", 3)) == "3"


def test_a_share_of_few_cases_is_said_to_be_one() -> None:
    """Fewer than five below it; completion is a share of a plan and none of cases."""
    sums = Sums(inspections=4, problem_inspections=4, hazards=4, due_cases=5, closed_cases=1, due_hazards=9)
    one = replace(
        row("甲", 1), counts=UnitMonth("甲", "甲", may_penalise=True, state=State.REPORTED, sums=sums, plan=2)
    )
    few = {
        key: table.rests_on_few(one, INDICATOR_BY_KEY[key])
        for key in ("problem_rate", "closed_loop_rate", "completion")
    }
    assert few == {"problem_rate": True, "closed_loop_rate": False, "completion": False}


def test_places_by_one_indicator_that_lie_far_apart_are_marked() -> None:
    """More than half the group: of four, three places."""
    keys = {"closed_loop_rate": 1, "problem_rate": 4, "inspections": 2}
    assert sureness.keys_differ(row("甲", 2, single_keys=keys))
    assert not sureness.keys_differ(row("甲", 2, single_keys={**keys, "problem_rate": 3}))
    assert not sureness.keys_differ(row("甲", 2))


def test_half_the_group_is_half_of_all_that_are_ranked() -> None:
    """The place of who lies last by cases closed in time and leads by findings: three places of the four scored are marked,
    also with one who did not report and is ranked behind them, and no more with two.
    """
    sums = [
        Sums(inspections=4, problem_inspections=4 - one, hazards=4, due_cases=4, closed_cases=one, penalties=2, due_hazards=4)
        for one in range(4)
    ]  # fmt: skip
    four = [UnitMonth(f"u{at}", f"u{at}", False, State.REPORTED, sums=one, plan=4) for at, one in enumerate(sums)]
    marked = []
    for silent in range(4):
        units = [*four, *(UnitMonth(f"v{at}", f"v{at}", False, State.NOT_REPORTED) for at in range(silent))]
        ranked = rank_group(units, SCHEME)
        chances = chance.of_group(ranked, {one.unit: one for one in units}, SCHEME, "2022-05", "town").units
        first = next(one for one in ranked if one.unit == "u0")
        assert first.of == 4 + silent
        marked.append(sureness.keys_differ(replace(row("u0", 1), figures=first, chance=chances["u0"])))
    assert marked == [True, True, False, False]


# One unit


def test_what_would_have_lifted_is_said_with_score_and_place() -> None:
    """多闭环2件应闭环案件：73.50 → 79.75 分，第3 → 第2."""
    one = replace(row("甲", 3), figures=replace(row("甲", 3).figures, score=Decimal("73.50")))
    closed = Lift("closed_loop_rate", 2, Decimal("79.75"), 2)
    assert sureness.lift_said(closed, one) == "多闭环2件应闭环案件：73.50 → 79.75分，第3 → 第2。"
    planned = sureness.lift_said(replace(closed, indicator="completion"), one)
    assert planned == "多完成2家次计划内检查：73.50 → 79.75分，第3 → 第2。"


def test_how_firm_a_place_is_is_told_of_who_has_one_and_may_see_it() -> None:
    """Place, neighbours, what would have lifted it, weights and single keys; of a unit's own account nothing."""
    rows = [
        row("甲", 1, place=(1, 2, 0.7, 0.0), told_apart=False, margin=1, to_next=()),
        row("乙", 2, place=(1, 3, 0.3, 0.0), told_apart=True, margin=None, to_next=(), weights=KeptPlace(0.61, 1.0),
            single_keys={"closed_loop_rate": 2, "problem_rate": 1, "inspections": 2}),
        row("丙", 3, place=(3, 3, 0.0, 1.0), to_next=()),
    ]  # fmt: skip
    text = said(sureness.of_unit(group(*rows), rows[1]))
    for part in ("第2（1–3）名；居首的可能性30%，居末的可能性不到1%。", "甲在乙之前分不出先后；前者少闭环1件，或后者多闭环1件，先后就会对调。",
                 "乙在丙之前分得出先后；应闭环案件无论闭环多少，先后都不会对调。", "名次不变的占61%", "问题发现率第1名",
                 "单靠多闭环应闭环案件或多完成计划内检查，都不能更靠前。", "不是各单位同时成立", "不宜比较"):  # fmt: skip
        assert part in text, text
    assert sureness.of_unit(RankedGroup("town", tuple(rows), None), row("丁", 4)) is None
    assert "怎样本可更靠前：" not in said(sureness.of_unit(group(*rows), rows[0]))


def test_the_question_how_sure_leads_somewhere_whichever_unit_is_chosen() -> None:
    """Of who has no score, too: there stands that it has none, and what may be concluded of the others."""
    rows = (row("甲", 1, place=(1, 2, 0.7, 0.3)), row("乙", 2, place=(1, 2, 0.3, 0.7)), row("丙", 3, "not_reported"))
    of = group(*rows)
    asked = sureness.reliability_line(of, identity="x")
    assert asked is not None
    (target,) = [one.href for one in asked.children if hasattr(one, "href")]
    for one in rows:
        answer = sureness.of_unit(of, one)
        assert answer is not None
        assert f"#{answer.id}" == target
    assert "丙本月没有得分" in said(sureness.of_unit(of, rows[2]))


def test_an_indicator_says_what_it_lacks_and_of_penalties_and_findings_never_a_number() -> None:
    """Points are told of each; cases of what a unit closes, rectifies or has planned, never beyond the target."""
    sums = Sums(inspections=8, problem_inspections=1, hazards=3, penalties=0, due_cases=6, closed_cases=4, due_hazards=9,
                rectified_hazards=9)  # fmt: skip
    counts = UnitMonth("甲", "甲", may_penalise=True, state=State.REPORTED, sums=sums, plan=10, timeliness=Fraction(1))
    (figures,) = rank_group([counts], SCHEME)
    one = replace(row("甲", 1), figures=figures, counts=counts)
    told = {key: unit._lacking_cases(one, INDICATOR_BY_KEY[key], part) for key, part in SCHEME.indicators.items()}
    assert told == {"completion": "差2", "problem_rate": "", "penalty_rate": "", "closed_loop_rate": "差2",
                    "rectification_rate": "", "timeliness": ""}  # fmt: skip
    lacks = {
        key: unit._lacking_points(figures.points[key] or Fraction(0), part) for key, part in SCHEME.indicators.items()
    }
    assert lacks["penalty_rate"] == "差20.00"
    assert lacks["rectification_rate"] == ""


def test_open_cases_of_the_running_month_begin_with_those_that_fall_due() -> None:
    """Each with its due day, what is past it marked, and how many more there are."""
    today = date(2022, 5, 20)
    cases = tuple(OpenCase(f"{day}号", f"{day}厂", today.replace(day=day)) for day in (19, 20))
    text = said(still_open.list_of(OpenCases(MAY, today, 5, cases)))
    assert text.startswith("2022年5月到期、尚未闭环的案件：5件")
    assert text.count("已过到期日") == 1
    assert text.index("2022-05-19") < text.index("2022-05-20")
    assert "另有3件到期更晚" in text
    assert "没有未闭环的" in said(still_open.list_of(OpenCases(MAY, today, 0, ())))


# The funnel


def funnel_of(shares: Sequence[Share], names: str = "甲乙丙丁戊己庚辛") -> GroupFunnel:
    """The problem rate of some units."""
    units = dict(zip(names, shares, strict=False))
    rows = tuple(row(name, at + 1) for at, name in enumerate(units))
    found = funnel(units)
    of = RankedGroup(
        "town", rows, GroupChance(Reliability(0, 0, None), {}, {} if found is None else {"problem_rate": found})
    )
    ranking: Any = type("Ranking", (), {"month": MAY})()
    return group_funnel.of_rate(ranking, of, "problem_rate")


shares = st.integers(1, 40).flatmap(lambda of: st.integers(0, of).map(lambda count: Share(count, of)))


@given(counted=st.lists(shares, max_size=8), chosen=st.sampled_from(["甲", None]))
def test_funnel_draws_each_unit_where_it_is_and_marks_who_lies_outside(
    counted: list[Share], chosen: str | None
) -> None:
    """Under five units a sentence stands instead; a diamond is outside the limits, and the sentence names whom it marks."""
    found = funnel_of(counted)
    drawn = beyond_chance.figure(found=found, chosen=chosen)
    go.Figure(drawn.to_plotly_json())
    if len(counted) < 5:
        assert not drawn.data
        assert "不足5家" in beyond_chance.message(found)
        return
    points = drawn.data[-1]
    shown = {
        one["unit"]: (x, round(y, 9), symbol)
        for one, x, y, symbol in zip(points.customdata, points.x, points.y, points.marker.symbol, strict=True)
    }
    assert shown == {
        name: (
            one.of,
            round(100 * one.count / one.of, 9),
            "diamond" if name in {out.unit.code for out in found.outside} else "circle",
        )
        for name, one in zip("甲乙丙丁戊己庚辛", counted, strict=False)
    }
    text = beyond_chance.message(found)
    assert all(out.unit.short_name in text for out in found.outside)
    assert ("没有单位的高低超出偶然范围" in text) is (not found.outside)
    assert all(line.hoverinfo == "skip" for line in drawn.data[:-1])


def test_overdispersion_is_said_in_words() -> None:
    """Where units differ more than chance explains the limits are wider, and a sentence says by how much."""
    wide = beyond_chance.notes(funnel_of([Share(0, 20), Share(20, 20)] * 3))
    assert any("过度离散" in note for note in wide)
    assert not any("过度离散" in note for note in beyond_chance.notes(funnel_of([Share(10, 20)] * 6)))


def test_another_rate_by_which_somebody_lies_outside_is_named_too() -> None:
    """Who looks at one rate is told of the others."""
    calm = funnel_of([Share(10, 20)] * 6)
    loud = replace(funnel_of([Share(32, 40), *[Share(20, 40)] * 7]), rate="penalty_rate")
    assert loud.outside
    assert "处罚率也有：甲（32/40）" in beyond_chance.message(calm, [loud])


# Sectors


class _Zone:
    sectors = {"gas": "城镇燃气", "power": "电力", "other": "其他"}  # noqa: RUF012  # read only


def _sectors(*rows: tuple[str, int, int, int], idle: tuple[str, ...] = ()) -> Sectors:
    made = [
        SectorMonth(code, _Zone.sectors[code], SectorSums(inspections=inspections, due_cases=due, closed_cases=closed))
        for code, inspections, due, closed in rows
    ]
    return Sectors(MAY, tuple(made), idle)


def test_key_sectors_that_nobody_inspected_are_named() -> None:
    """And who closed the smallest share; a sector without any case is in no row, and is named beneath."""
    zone: Any = _Zone()
    found = _sectors(("gas", 4, 4, 4), ("other", 9, 8, 6), ("power", 0, 0, 0), idle=("power",))
    assert by_sector.message(found, zone) == (
        "方案列出的重点行业领域中无人检查的：电力；闭环率最低：其他（应闭环8件，已闭环6件）。"
    )
    text = said(by_sector.sector_table(found, identity="x"))
    assert "没有案件的：电力。" in text
    assert by_sector.message(_sectors(("gas", 4, 4, 4)), zone) == "方案列出的重点行业领域都有检查。"


def test_chance_of_nothing_is_no_chance_at_all() -> None:
    """A group of whom nobody has a score has no pairs, and nothing is drawn."""
    silent = UnitMonth("甲", "甲", may_penalise=True, state=State.NOT_REPORTED)
    found = chance.of_group(rank_group([silent], SCHEME), {"甲": silent}, SCHEME, "2022-05", "town")
    assert found.reliability == Reliability(0, 0, None)
    assert found.units["甲"] == RowChance()
