"""Pictures that answer a question: what they draw adds up, what they say is true of any data, and every mark says what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any, cast

import plotly.graph_objects as go
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboards.components import drawing, point_labels
from dashboards.components.marks import mark
from dashboards.components.point_labels import WIDTHS, LabelledPoint
from dashboards.pages.casualty_targets import timeline
from dashboards.pages.monthly_ranking import (
    chain_of_cases,
    days_of_inspections,
    moves_of_month,
    much_and_little,
    places_over_year,
)
from dashboards.pages.quarterly_scores import weakest_measures
from dashboards.results.case_chain import ENDS, CaseChain
from dashboards.results.fatal_accidents import FatalAccidents
from dashboards.results.found_rates import FoundRate, FoundRates, median
from dashboards.results.inspection_days import DayCount, InspectionDays, MonthDays
from dashboards.results.places import MonthPlace, PlacesOfYear, UnitPlaces, moves
from dashboards.results.weak_measures import MeasureMark, UnitMarks, WeakMeasures
from data.language import speak
from data.zone.periods import Month, Quarter, Year
from data.zone.schemes import Measure
from data.zone.zone import Unit, Zone
from tests.unit.test_casualty_targets_page import accident

MAY = Month(2022, 5)
TRACES = {"bar", "heatmap", "scatter"}
"""The kinds of traces that pictures are made of: each further one is more to send to every browser."""
KEYS = {"unit", "period", "sector", "measure", "day", "accident"}


def unit(name: str, *, may_penalise: bool = True) -> Unit:
    """A unit known by one letter."""
    return Unit(name, f"{name}办事处", name, "town", may_penalise, False, True, None, None)


NAMES = "甲乙丙丁"
UNITS = [unit(name) for name in NAMES]


def marks_of(figure: go.Figure) -> Iterator[tuple[Any, dict[str, str]]]:
    """Every mark's place in its trace's data and what it stands for; traces that repeat others have none.

    Plotly checks the figure: whoever makes it does not.
    """
    go.Figure(figure.to_plotly_json())
    for trace in figure.data:
        assert trace.type in TRACES
        if trace.hoverinfo == "skip":
            assert trace.customdata is None
            continue
        data = trace.z if trace.type == "heatmap" else trace.x
        assert len(trace.customdata) == len(data)
        for value, said in zip(data, trace.customdata, strict=True):
            cells = [(value, said)] if trace.type != "heatmap" else zip(value, said, strict=True)
            for one, stands_for in cells:
                if stands_for is not None:
                    assert stands_for.keys() <= KEYS
                    yield one, stands_for


def hovered(figure: go.Figure) -> list[str]:
    """What is said under the pointer."""
    told: list[str] = []
    for trace in figure.data:
        for text in trace.hovertext if trace.hovertext is not None else ():
            told += [text] if isinstance(text, str) else [one for one in text if one]
    return told


def words_on(figure: go.Figure) -> str:
    """The words that stand on a figure without data."""
    assert not figure.data
    return str(figure.layout.annotations[0].text).replace("<br>", "")


def test_a_mark_says_what_it_stands_for_as_addresses_do() -> None:
    """Parts of which the mark is none are left out; all others are texts."""
    assert mark(unit="youting", period=MAY, measure=3) == {"unit": "youting", "period": "2022-05", "measure": "3"}
    assert mark(sector="road", day=date(2022, 5, 1)) == {"sector": "road", "day": "2022-05-01"}


# Places over the year, and what moved


def year_of(*ranks: list[int | None], rule_changed: bool = False, scores: Any = None) -> PlacesOfYear:
    """The places of 甲, 乙, … in as many months up to May."""
    count = len(ranks[0]) if ranks else 0
    months = tuple(MAY.plus(back + 1 - count) for back in range(count))
    every = tuple(
        UnitPlaces(
            UNITS[at],
            tuple(
                MonthPlace(month, rank, len(ranks), None if rank is None else (scores or _score)(rank), ())
                for month, rank in zip(months, own, strict=True)
            ),
        )
        for at, own in enumerate(ranks)
    )
    return PlacesOfYear("town", months, every, rule_changed)


def _score(rank: int) -> Decimal:
    return Decimal(100 - rank)


RANKS = st.integers(1, 12).flatmap(
    lambda months: st.lists(
        st.lists(st.none() | st.integers(1, 4), min_size=months, max_size=months), min_size=1, max_size=4
    )
)


@given(ranks=RANKS)
def test_bump_chart_draws_the_places_of_the_ranking(ranks: list[list[int | None]]) -> None:
    """Each unit's line has its places, and gaps where it has none; the chosen unit's is drawn last and thickest."""
    year = year_of(*ranks)
    figure = places_over_year.figure(year=year, chosen="甲")
    if not year.ranks_anybody:
        assert words_on(figure) == places_over_year.message(year=year, chosen="甲")
        return
    lines = {trace.customdata[0]["unit"]: list(trace.y) for trace in figure.data}
    assert lines == {UNITS[at].code: own for at, own in enumerate(ranks) if any(own)}
    assert [said["period"] for _x, said in marks_of(figure)] == [str(month) for month in year.months] * len(lines)
    if "甲" in lines:
        assert figure.data[-1].customdata[0]["unit"] == "甲"
        assert figure.data[-1].line.width == max(trace.line.width for trace in figure.data)
    names = [note.text for note in figure.layout.annotations]
    assert len(names) == len(ranks)


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ([], "近12个月还没有台账被接受"),
        ([[None, None], [None, None]], "没有单位有名次"),
        ([[None, None], [1, 2]], "甲在这2个月里都没有名次。 居首次数最多：乙（2个月中1个月）。"),
        ([[2]], "甲只有一个月有名次：2022年5月第2名。"),
        (
            [[1, 1, 1], [2, None, 2]],
            "甲从2022年3月到2022年5月有名次的3个月都是第1名。 居首次数最多：甲（3个月中3个月）。",
        ),
        (
            [[3, 1, 2], [1, 2, 1]],
            "甲从2022年3月的第3名到2022年5月的第2名，其间最好第1名、最低第3名。 居首次数最多：乙（3个月中2个月）。",
        ),
        (
            [[1, 2], [2, 1]],
            "甲从2022年4月的第1名到2022年5月的第2名，其间最好第1名、最低第2名。 居首次数最多：甲、乙（2个月中1个月）。",
        ),
    ],
)
def test_sentence_on_places_is_true_of(ranks: list[list[int | None]], said: str) -> None:
    """No month, one month, nobody ranked, no change, ties: the sentence fits."""
    assert said in places_over_year.message(year=year_of(*ranks), chosen="甲")


def test_a_month_in_which_nobody_has_a_place_yet_is_no_column() -> None:
    """The present month ends the chart only once somebody is ranked in it; a gap between stays."""
    year = year_of([1, None, 2, None], [2, None, None, None])
    assert [str(month) for month in year.until_ranked.months] == ["2022-02", "2022-03", "2022-04"]
    assert [[place.rank for place in one.places] for one in year.until_ranked.units] == [[1, None, 2], [2, None, None]]
    assert "3个月中1个月" in places_over_year.message(year=year.until_ranked, chosen="甲")


def test_a_place_without_a_score_is_an_open_circle_and_leads_nothing() -> None:
    """Who did not report has a place after all others; where nobody reported nobody was first."""
    year = year_of([1, 1], [1, 1], scores=lambda _rank: None)
    figure = places_over_year.figure(year=year, chosen="甲")
    assert {symbol for trace in figure.data for symbol in trace.marker.symbol} == {"circle-open"}
    assert "居首" not in places_over_year.message(year=year, chosen="甲")
    assert places_over_year.notes(year)


def test_months_carry_their_year_where_one_begins() -> None:
    """The year stands under January, and under the first month where January does not follow soon."""
    turn = [Month(2021, 11).plus(at) for at in range(4)]
    assert places_over_year.month_ticks(turn) == ["11", "12", "1<br>2022年", "2"]
    spring = [Month(2022, 3), Month(2022, 4)]
    assert places_over_year.month_ticks(spring) == ["3<br>2022年", "4"]
    assert places_over_year.month_ticks([Month(2021, 8).plus(at) for at in range(6)])[::5] == [
        "8<br>2021年",
        "1<br>2022年",
    ]


SCORES = st.lists(st.tuples(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2)), min_size=1, max_size=4)


def moved(*scores: tuple[Decimal | None, Decimal | None], rule_changed: bool = False) -> PlacesOfYear:
    """Units with the scores of two months."""
    two = (MAY.plus(-1), MAY)
    units = tuple(
        UnitPlaces(UNITS[at], tuple(MonthPlace(month, 1, 1, score, ()) for month, score in zip(two, own, strict=True)))
        for at, own in enumerate(scores)
    )
    return PlacesOfYear("town", two, units, rule_changed)


@given(scores=SCORES)
def test_slopes_lead_from_score_to_score(scores: list[tuple[Decimal, Decimal]]) -> None:
    """A line a unit, from the score then to the score now; risen, fallen and same add up; no two names lie on each other."""
    year = moved(*scores)
    figure = moves_of_month.figure(year=year, chosen="甲")
    drawn = {trace.customdata[0]["unit"]: tuple(trace.y) for trace in figure.data}
    assert drawn == {UNITS[at].code: (float(then), float(now)) for at, (then, now) in enumerate(scores)}
    assert [said["period"] for _x, said in marks_of(figure)] == ["2022-04", "2022-05"] * len(scores)
    up, down = (sum(sign * (now - then) > 0 for then, now in scores) for sign in (1, -1))
    assert f"{len(scores)}家中，{up}家上升、{down}家下降、{len(scores) - up - down}家不变。" in moves_of_month.message(
        year
    )
    for side in ("right", "left"):
        heights = sorted(note.yshift for note in figure.layout.annotations if note.xanchor == side)
        assert len(heights) == len(scores)
        assert all(above - below >= moves_of_month.LINE - 1e-6 for below, above in pairwise(heights))


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (year_of([1]), "没有更早一个月的记录"),
        (moved((Decimal(80), Decimal(90)), rule_changed=True), "计分规则不同"),
        (moved((Decimal(80), None), (None, Decimal(90))), "本组没有单位在2022年4月和2022年5月都有得分"),
    ],
)
def test_two_months_that_cannot_be_compared_say_why(year: PlacesOfYear, said: str) -> None:
    """No month before, another rule, no unit with both: a sentence stands on the chart."""
    assert moves(year) == []
    assert said in words_on(moves_of_month.figure(year=year, chosen="甲"))


def test_largest_moves_are_named_with_all_that_tie() -> None:
    """Two that rose by as much are both named; who has one score alone is told as left out."""
    year = moved((Decimal(80), Decimal(85)), (Decimal(60), Decimal(65)), (Decimal(70), Decimal(70)), (None, Decimal(1)))
    said = moves_of_month.message(year)
    assert said == "两个月都有得分的3家中，2家上升、0家下降、1家不变。 上升最多：甲、乙（+5.00分）。 没有单位下降。"
    assert moves_of_month.left_out(year) == ["未画出（两个月中有一个月没有得分）：丁。"]


# Who inspects much and finds little


def found(*counts: tuple[int, int]) -> FoundRates:
    """Units with (inspections, those with problems), most first."""
    units = [FoundRate(UNITS[at], *count) for at, count in enumerate(counts)]
    units.sort(key=lambda one: -one.inspections)
    many, rates = [Fraction(one.inspections) for one in units], [one.rate for one in units]
    return FoundRates(MAY, "town", tuple(units), (), median(many), median(rates))


COUNTS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=4
)


@given(counts=COUNTS)
def test_much_and_little_is_beyond_both_medians(counts: list[tuple[int, int]]) -> None:
    """At least half of the units lie on either side of each median, and whoever is named lies beyond both."""
    result = found(*counts)
    many = [one.inspections for one in result.units]
    assert result.median_inspections is not None
    assert 2 * sum(one <= result.median_inspections for one in many) >= len(many)
    assert 2 * sum(one >= result.median_inspections for one in many) >= len(many)
    figure = much_and_little.figure(found=result, chosen="甲")
    drawn = {
        said["unit"]: (x, symbol)
        for (x, said), symbol in zip(marks_of(figure), figure.data[0].marker.symbol, strict=True)
    }
    odd = {one.unit.code for one in result.much_and_little}
    assert drawn == {
        one.unit.code: (one.inspections, "diamond" if one.unit.code in odd else "circle") for one in result.units
    }
    said = much_and_little.message(result)
    assert len(counts) == 1 or all(
        (one.unit.short_name + "（" in said) == (one.unit.code in odd) for one in result.units
    )
    assert all(
        f"检查{one.inspections}家次，其中{one.problem_inspections}家次发现问题" in "".join(hovered(figure))
        for one in result.units
    )


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (FoundRates(MAY, "town", (), tuple(UNITS), None, None), "2022年5月：本组没有检查记录"),
        (found((5, 0)), "只有甲有检查（5家次，0家次发现问题）"),
        (found((5, 0), (5, 0), (5, 0)), "没有单位查得多又查出少"),
        (found((40, 2), (10, 5), (20, 12)), "低于中位数）：甲（检查40家次，2家次发现问题，5.0%）。"),
    ],
)
def test_sentence_on_much_and_little_is_true_of(result: FoundRates, said: str) -> None:
    """Nobody, one unit, all alike, and one that inspects much and finds little."""
    assert said in much_and_little.message(result)


POINTS = st.lists(
    st.tuples(st.floats(0, 1, allow_nan=False), st.floats(0, 1, allow_nan=False), st.sampled_from(["龙滩子街道", "双路街道", "消防"])),
    max_size=9,
)  # fmt: skip


@given(points=POINTS)
def test_words_beside_points_do_not_lie_on_each_other(points: list[tuple[float, float, str]]) -> None:
    """Whatever the points: at every width a label lies on no other label, on no other point, and inside the chart."""
    given_points = [LabelledPoint(*one) for one in points]
    sides = point_labels.sides(given_points, height=260)
    for width in WIDTHS:
        boxes = [
            (at, point_labels._label(one, side, width, 260))
            for at, (one, side) in enumerate(zip(given_points, sides, strict=True))
            if side is not None
        ]
        assert not any(point_labels._overlap(one, other) for (_a, one), (_b, other) in combinations(boxes, 2))
        assert all(point_labels._inside(box, width, 260) for _at, box in boxes)
        dots = [(at, point_labels._mark(one, width, 260)) for at, one in enumerate(given_points)]
        assert not any(point_labels._overlap(box, dot) for at, box in boxes for other, dot in dots if at != other)


def test_a_label_stands_at_another_side_where_its_own_is_taken() -> None:
    """One point alone is named at its right; at the right end at its left; and a point always keeps the first choice."""
    assert point_labels.sides([LabelledPoint(0.4, 0.5, "甲")], height=260) == ["middle right"]
    assert point_labels.sides([LabelledPoint(0.99, 0.5, "甲乙丙")], height=260) == ["middle left"]


# The chain of cases

FLOWS = st.dictionaries(st.tuples(st.booleans(), st.sampled_from(ENDS)), st.integers(1, 50))


def chain(flow: Any, calm: int = 3, *, months: int = 5, may_penalise: bool = True) -> CaseChain:
    """甲's cases of January to May."""
    return CaseChain(unit("甲", may_penalise=may_penalise), MAY, months, calm, flow)


@given(flow=FLOWS, calm=st.integers(0, 50), may_penalise=st.booleans())
def test_parts_of_the_chain_add_up(flow: Any, calm: int, may_penalise: bool) -> None:
    """All cases are inspected, and what found a problem comes to every later step; bars of a step follow one another."""
    one = chain(flow, calm, may_penalise=may_penalise)
    assume(one.inspections)
    steps = chain_of_cases.steps(one)
    assert steps[0].cases == one.inspections == calm + sum(flow.values())
    assert {step.cases for step in steps[1:]} == ({one.with_problems} if flow else set())
    figure = chain_of_cases.figure(one)
    for row, step in enumerate(steps):
        bars = [trace for trace in figure.data if trace.y[0] == row]
        assert [trace.x[0] for trace in bars] == [part.cases for part in step.parts]
        ends = [trace.base[0] + trace.x[0] for trace in bars]
        assert [trace.base[0] for trace in bars] == [0, *ends[:-1]]
        assert ends[-1] == step.cases
    for loss in chain_of_cases.losses(one):
        assert 0 <= loss.lost <= loss.of
    assert ("处罚决定" in chain_of_cases.message(one)) == (may_penalise and bool(one.with_problems))
    assert all(said["unit"] == "甲" and said["period"] == "2022-05" for _x, said in marks_of(figure))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (chain({}, 0, months=0), "还没有台账被接受，没有案件可跟踪"),
        (chain({}, 0), "台账中没有检查"),
        (chain({}, 7), "甲，2022年1月至2022年5月：检查7家次，其中0家次发现问题。"),
        (chain({(True, "passed"): 4}, 0), "各环节都没有缺口。"),
        (chain({(False, "not_due"): 4}, 0, may_penalise=False), "其中4家次发现问题。 还没有案件到期。"),
        (chain({(False, "passed"): 3, (True, "never"): 1}), "这4件中没有处罚决定的3件（75.0%）。 已到期的4件中，未复查或复查不合格1件（25.0%）。 缺口最大的环节：处罚决定。"),
        (chain({(True, "never"): 3, (False, "passed"): 1}), "缺口最大的环节：复查。"),
        (chain({(False, "never"): 2, (True, "passed"): 2}), "两个环节的缺口比例相同。"),
    ],
)  # fmt: skip
def test_sentence_on_the_chain_is_true_of(one: CaseChain, said: str) -> None:
    """No ledger, no inspection, no problem, nothing lost, nothing due, each weakest step, a tie."""
    assert said in chain_of_cases.message(one)


def test_chain_without_cases_says_why_on_the_chart() -> None:
    """An empty chart is a sentence."""
    assert words_on(chain_of_cases.figure(chain({}, 0, months=0))) == chain_of_cases.message(chain({}, 0, months=0))


# Days

DAYS = st.dictionaries(
    st.integers(0, 30), st.integers(1, 40).flatmap(lambda n: st.builds(DayCount, st.just(n), st.integers(0, n)))
)


def month_of(days: Any, month: Month = MAY, *, filed: bool = True) -> MonthDays:
    """A month that is over, with inspections so many days after its first."""
    first = date(month.year, month.month, 1)
    last = date(month.plus(1).year, month.plus(1).month, 1) - timedelta(days=1)
    own = {
        first + timedelta(days=after): one
        for after, one in sorted(days.items())
        if first + timedelta(days=after) <= last
    }
    return MonthDays(month, first, last, True, filed, own)


@given(months=st.lists(DAYS, min_size=1, max_size=5))
def test_calendar_days_add_up_to_the_months(months: list[Any]) -> None:
    """The cells of a row are its month's days and add up to its inspections; the longest gap has none in it and is the longest."""
    shown = InspectionDays(UNITS[0], tuple(month_of(days, Month(2022, at + 1)) for at, days in enumerate(months)))
    figure = days_of_inspections.figure(shown)
    if not any(one.inspections for one in shown.months):
        assert words_on(figure) == days_of_inspections.message(shown)
        return
    for one, row in zip(shown.months, figure.data[0].z, strict=True):
        assert sum(n or 0 for n in row) == one.inspections
        assert sum(n is not None for n in row) == (one.last_day - one.first_day).days + 1
        assert one.at_the_end <= one.inspections
        gap = one.longest_gap
        free = [
            one.first_day + timedelta(days=at) not in one.days for at in range((one.last_day - one.first_day).days + 1)
        ]
        assert (0 if gap is None else days_of_inspections.days_in(gap)) == _longest_run(free)
    days = [said["day"] for _z, said in marks_of(figure)]
    assert days == [day.isoformat() for one in shown.months for day in one.days]


def _longest_run(free: Iterable[bool]) -> int:
    longest = run = 0
    for one in free:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def test_three_weeks_without_and_forty_on_the_last_day_are_said() -> None:
    """The message that the picture was made for."""
    month = month_of({0: DayCount(2, 1), 22: DayCount(3, 0), 30: DayCount(40, 9)})
    april = month_of({28: DayCount(5, 5)}, MAY.plus(-1))
    said = days_of_inspections.message(InspectionDays(UNITS[0], (april, month)))
    assert said == (
        "甲，2022年5月：检查45家次，分布在3天，最多的一天40家次（5月31日）。 最长连续21天没有检查（5月2日至5月22日）。"
        " 已结束的2个月共检查50家次，其中45家次在月末5天（90.0%）。"
    )
    figure = days_of_inspections.figure(InspectionDays(UNITS[0], (april, month)))
    assert "21天没有检查" in [note.text for note in figure.layout.annotations]
    assert "2022年5月31日（星期二），甲：检查40家次，其中9家次发现问题。" in hovered(figure)


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((month_of({}, filed=False),), "当年到2022年5月还没有台账被接受"),
        ((month_of({}),), "甲，2022年5月：台账中没有检查。"),
        ((month_of({3: DayCount(1, 0)}, MAY.plus(-1)), month_of({}, filed=False)), "甲，2022年5月：还没有台账被接受。"),
        ((month_of({3: DayCount(2, 0), 9: DayCount(2, 1)}),), "最多的一天2家次（5月4日等2天）"),
        ((month_of({at: DayCount(1, 0) for at in range(31)}),), "分布在31天，最多的一天1家次（5月1日等31天）。"),
    ],
)  # fmt: skip
def test_sentence_on_days_is_true_of(months: tuple[MonthDays, ...], said: str) -> None:
    """No ledger, a ledger without inspections, a month that has none yet, ties, every day."""
    assert said in days_of_inspections.message(InspectionDays(UNITS[0], months))


# The weakest measure

MEASURES = tuple(Measure(number=number, name=f"措施{number}", full=Decimal(10)) for number in (1, 2, 3))


def marked(*marks: list[int]) -> WeakMeasures:
    """Units with three marks each."""
    units = tuple(
        UnitMarks(UNITS[at], tuple(MeasureMark(one.number, one.name, Decimal(score), one.full)
                                   for one, score in zip(MEASURES, own, strict=True)))
        for at, own in enumerate(marks)
    )  # fmt: skip
    return WeakMeasures(Quarter(2022, 2), "town", MEASURES, units, ())


@given(marks=st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=1, max_size=4))
def test_every_units_weakest_measures_are_framed(marks: list[list[int]]) -> None:
    """As many frames and bold numbers as weakest cells, none where all are equal; rows begin with the weakest mean; cells say their unit."""
    result = marked(*marks)
    figure = weakest_measures.figure(marks=result)
    weakest = sum(own.count(min(own)) for own in marks if len(set(own)) > 1)
    assert len(figure.layout.shapes) == weakest
    assert sum("<b>" in text for text in figure.data[1].text) == weakest
    means = [result.means[one.number] for one in weakest_measures.in_order(result)]
    assert means == sorted(means)
    cells = {(said["unit"], said["measure"]): lacking for lacking, said in marks_of(go.Figure(figure.data[0]))}
    assert cells == pytest.approx({
        (UNITS[at].code, str(number + 1)): 100 - 10 * mark_of for at, own in enumerate(marks) for number, mark_of in enumerate(own)
    })  # fmt: skip
    assert list(marks_of(figure))
    assert weakest_measures.message(result).startswith("2022年第2季度：")


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (marked(), "本组还没有单位有评分"),
        (marked([5, 5, 5], [0, 0, 0]), "各项得分率都相同，没有弱项"),
        (marked([5, 6, 7], [5, 9, 9]), "最常见的弱项是第1项“措施1”（2家中2家：甲、乙）。"),
        (marked([5, 6, 7]), "最常见的弱项是第1项“措施1”（1家中1家：甲）。"),
        (marked([5, 6, 7], [9, 1, 9]), "各单位的弱项各不相同：第1项“措施1”（甲）；第2项“措施2”（乙）。"),
        (marked([5, 5, 7], [5, 9, 9]), "最常见的弱项是第1项“措施1”（2家中2家：甲、乙）。"),
    ],
)
def test_sentence_on_weak_measures_is_true_of(result: WeakMeasures, said: str) -> None:
    """Nobody marked, all equal, one unit, all elsewhere, ties within a unit."""
    assert said in weakest_measures.message(result)


def test_group_without_marks_says_why_on_the_chart() -> None:
    """An empty chart is a sentence that says what to do."""
    assert "自评或评审表被接受后" in words_on(weakest_measures.figure(marks=marked()))


# Where and when people died

ZONE = cast("Zone", SimpleNamespace(
    sectors={"road": "道路交通", "mining": "非煤矿山"}, unit_by_code={"youting": SimpleNamespace(short_name="邮亭镇")}
))  # fmt: skip
DEATHS = st.lists(
    st.tuples(st.integers(0, 364), st.integers(1, 12), st.booleans(), st.sampled_from(["road", "mining"])), max_size=8
)


def died(*told: tuple[int, int, bool, str], known: bool = True) -> FatalAccidents:
    """Fatal accidents so many days after New Year: deaths, whether they count, sector."""
    first = date(2022, 1, 1)
    rows = [
        accident(first + timedelta(days=after), deaths, marked=counted, sector=sector, number=str(at))
        for at, (after, deaths, counted, sector) in enumerate(told)
    ]
    rows.sort(key=lambda one: one.happened_on)
    return FatalAccidents(ZONE, Year(2022), date(2022, 12, 31), tuple(rows), known)


@given(told=DEATHS)
def test_every_accident_is_drawn_with_its_persons(told: list[tuple[int, int, bool, str]]) -> None:
    """One mark an accident at its day, the number of persons in it, larger for more; hollow where it does not count."""
    shown = died(*told)
    figure = timeline.figure(shown=shown)
    if not told:
        assert "没有亡人事故" in words_on(figure)
        return
    (points,) = figure.data
    assert [text.strip("</b>") for text in points.text] == [str(one.deaths) for one in shown.accidents]
    assert list(points.x) == [one.happened_on.isoformat() for one in shown.accidents]
    assert [symbol == "circle" for symbol in points.marker.symbol] == [one.counted for one in shown.accidents]
    order = sorted(zip((one.deaths for one in shown.accidents), points.marker.size, strict=True))
    assert [size for _n, size in order] == sorted(size for _n, size in order)
    assert [said["accident"] for _x, said in marks_of(figure)] == [one.number for one in shown.accidents]
    total = sum(deaths for _after, deaths, counted, _sector in told if counted)
    said = timeline.message(shown)
    assert (f"死亡{total}人。" in said) == bool(shown.counted)
    assert ("不计入指标" in said) == (len(shown.counted) < len(told))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (died(known=False), "到2022年12月31日为止，当年还没有事故台账被接受，情况不明"),
        (died(), "截至2022年12月31日，当年的台账中没有亡人事故。"),
        (died((3, 2, False, "road")), "没有计入指标的亡人事故。 另有1起、死亡2人，不计入指标。"),
        (died((3, 1, True, "road")), "截至2022年12月31日，亡人事故1起，死亡1人。"),
        (died((3, 1, True, "road"), (40, 1, True, "mining")), "死亡最多的行业：道路交通、非煤矿山（各1人）。 死亡最多的月份：1月、2月（各1人）。"),
        (died((3, 1, True, "road"), (40, 2, True, "mining")), "死亡最多的行业：非煤矿山（2人）。 死亡最多的月份：2月（2人）。"),
    ],
)  # fmt: skip
def test_sentence_on_deaths_is_true_of(shown: FatalAccidents, said: str) -> None:
    """Nothing known, nobody, none that counts, one, ties."""
    assert said in timeline.message(shown)


def test_accidents_near_each_other_in_one_sector_stand_apart() -> None:
    """Two of one week are drawn one above the other; of two sectors, or of two months, each in the middle of its row."""
    one = accident(date(2022, 5, 1), 1)
    assert timeline.apart([one, replace(one, happened_on=date(2022, 5, 4))]) == [0.0, -0.24]
    assert timeline.apart([one, replace(one, sector="road")]) == [0.0, 0.0]
    assert timeline.apart([one, replace(one, happened_on=date(2022, 7, 4))]) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("截至2021年1月3日，当年的台账中没有亡人事故。", ["截至2021年1月3日，", "当年的台账中没有亡人事故。"]),
        ("甲" * 45, ["甲" * 20, "甲" * 20, "甲" * 5]),
        ("No ledger has been accepted, send one.", ["No ledger has been accepted, send", "one."]),
    ],
)
def test_sentence_in_place_of_a_chart_fits_a_phone(said: str, lines: list[str]) -> None:
    """It is broken after a clause where there is one, and anywhere where there is none; nothing of it gets lost."""
    assert str(drawing.nothing(said).layout.annotations[0].text).split("<br>") == lines


def test_every_picture_speaks_english() -> None:
    """The same figures and sentences without a Chinese word but names of units, sectors and what people wrote."""
    speak("en")
    days = InspectionDays(
        unit("A"), (month_of({3: DayCount(2, 1)}, MAY.plus(-1)), month_of({9: DayCount(2, 1), 30: DayCount(1, 0)}))
    )
    one = replace(chain({(True, "passed"): 4, (False, "never"): 2}), unit=unit("A"))
    told = [
        places_over_year.message(year=year_of([1, 2], [2, 1]), chosen="甲"),
        moves_of_month.message(moved((Decimal(80), Decimal(90)), (Decimal(70), Decimal(60)))),
        much_and_little.message(found((40, 2), (10, 5), (20, 12))),
        *(chain_of_cases.message(one), *chain_of_cases.facts(one), *chain_of_cases.notes(one)),
        *(days_of_inspections.message(days), *days_of_inspections.notes(days)),
        *(weakest_measures.message(marked([5, 6, 7])), *weakest_measures.notes(marked([5, 6, 7]))),
        timeline.message(died((3, 1, True, "road"), (40, 2, False, "mining"))),
    ]
    for figure in (chain_of_cases.figure(one), days_of_inspections.figure(days)):
        told += [*hovered(figure), *(note.text for note in figure.layout.annotations)]
    ours = [re.sub(r"[甲乙丙丁]|措施\d|道路交通|A办事处", "", text) for text in told]
    assert [text for text in ours if re.search(r"[\u4e00-\u9fff%]\(|[\u4e00-\u9fff]", text)] == []
