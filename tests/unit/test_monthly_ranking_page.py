"""The monthly ranking's page, its pure parts: who may be praised, why a rate is missing, what a rate per thousand rests on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest
from dash.development.base_component import Component

from dashboards.method.ranking import RankedUnit
from dashboards.pages.monthly_ranking import figures, message, table
from dashboards.results.ranking import RankedGroup, RankedRow, RankedScore
from data.indicators.declaration import Number
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.indicators.unit_month import State, UnitMonth
from data.zone.periods import Month
from data.zone.zone import Unit

MAY = Month(2022, 5)
NOTHING_DEFINED: Mapping[str, Number | None] = dict.fromkeys(
    ("inspections", "hazards", "major_hazards", *(rate.key for rate in table.RATES))
)


def row(
    name: str, rank: int, score: str, *flags: str, before: tuple[int, str] | None = None, may_penalise: bool = True,
    **indicators: Any,
) -> RankedRow:  # fmt: skip
    """One ranked unit, with its place and score of last month."""
    figures = RankedUnit(
        name, name, rank, 4, Decimal(score), flags, {**NOTHING_DEFINED, **indicators}, {}, {}, Decimal(100)
    )
    previous = None if before is None else RankedScore(MAY, before[0], Decimal(before[1]))
    unit = Unit(name, f"{name}办事处", name, "town", may_penalise, False, True, None, None)
    counts = UnitMonth(name, name, may_penalise, State.REPORTED)
    return RankedRow(figures, counts, unit, None, previous, (), None, None, {})


def text(shown: list[Component | str]) -> list[str]:
    """What is read, piece by piece."""
    return [str(one if isinstance(one, str) else one.children) for one in shown if getattr(one, "children", one)]


def test_who_rose_by_a_better_score_is_named() -> None:
    """The unit that gained most places and points stands in the sentence."""
    rows = [
        row("甲", 1, "95", before=(3, "80")),
        row("乙", 2, "90", before=(1, "92")),
        row("丙", 3, "70", before=(4, "69")),
    ]
    assert message._risen(rows) == ["比上月上升最多：甲（升2名）"]


@pytest.mark.parametrize(
    "risen",
    [
        row("甲", 1, "79", before=(3, "80")),
        row("甲", 1, "80", before=(3, "80")),
        row("甲", 1, "95", "zero_penalty", before=(3, "80")),
        row("甲", 1, "95", "overdue_major", before=(3, "80")),
        row("甲", 1, "95", "no_problem_found", before=(3, "80")),
        row("甲", 1, "95"),
    ],
)
def test_nobody_is_praised_for_anothers_failure_or_with_a_blemish(risen: RankedRow) -> None:
    """A place gained while the own score fell, or with 零处罚, 逾期重大隐患, 查不出问题, is shown and not praised."""
    assert message._risen([risen, row("乙", 2, "50", before=(1, "92"))]) == []


def test_first_with_zero_penalties_is_said_to_be_so() -> None:
    """Who leads without having penalised anybody is named together with that."""
    assert message._first([row("甲", 1, "95", "zero_penalty")]) == "甲第1名（95.00分），其中零处罚：甲"
    assert message._first([row("甲", 1, "95")]) == "甲第1名（95.00分）"


@pytest.mark.parametrize(
    ("may_penalise", "key", "why"),
    [
        (False, "penalty_rate", "无处罚权（未受委托）"),
        (True, "penalty_rate", "未查出问题"),
        (True, "completion", "未下达计划"),
        (True, "problem_rate", "未检查"),
        (True, "closed_loop_rate", "无应闭环"),
        (True, "rectification_rate", "无应闭环"),
    ],
)
def test_a_missing_rate_says_why(may_penalise: bool, key: str, why: str) -> None:
    """A dash alone could be anything: whose denominator is 0, or who has no power to penalise, reads it there."""
    assert text(table.rate_parts(row("甲", 1, "95", may_penalise=may_penalise), INDICATOR_BY_KEY[key])) == ["—", why]


def test_a_rate_per_thousand_shows_its_base() -> None:
    """1,571 hazards per thousand inspections of 28 inspections are 44."""
    shown = table._per_thousand(row("甲", 1, "95", inspections=28, hazards=44, major_hazards=1))
    assert text(shown) == ["1,571", "44处/28家次", "重大 36"]


def test_bars_of_a_group_are_what_plotly_takes() -> None:
    """The figure is put together without Plotly's check; the chosen unit's bar is the one that is lifted."""
    drawn = figures.ranking_bars(
        group=RankedGroup("town", (row("甲", 1, "95", "late"), row("乙", 2, "90"))), chosen="乙"
    )
    assert go.Figure(drawn.to_plotly_json()).to_plotly_json() == drawn.to_plotly_json()
    assert drawn.data[0].selectedpoints == (1,)
