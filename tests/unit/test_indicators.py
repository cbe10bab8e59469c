"""Indicators are declared once: what a declaration says by a key agrees with what it says by a typed attribute."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from data.indicators.declaration import Indicator, Ratio, Sum
from data.indicators.enforcement import INDICATOR_BY_KEY, INDICATORS
from data.indicators.unit_month import State, UnitMonth
from data.language import gettext
from data.schema.enforcement import FIELDS, Sums, enforcement_month, inspection
from data.zone.schemes import SCORED, TIE_KEYS
from etl.kinds.enforcement.columns import FOLLOW_UPS, LEDGER

NOTHING = UnitMonth("u", "某单位", may_penalise=True, state=State.REPORTED)
SUMS = [one for one in INDICATORS if isinstance(one.made_of, Sum)]
RATIOS = [one for one in INDICATORS if isinstance(one.made_of, Ratio)]


def key(one: Indicator) -> str:
    return one.key


def with_sum(name: str, value: Any) -> UnitMonth:
    return replace(NOTHING, sums=replace(NOTHING.sums, **{name: value}))


def test_keys_are_unique() -> None:
    """No indicator takes another's key."""
    assert len(INDICATOR_BY_KEY) == len(INDICATORS)


def test_sums_are_the_columns_of_the_rollup() -> None:
    """Every sum has its column in the rollup, in the same order, and every other column is part of the key."""
    assert tuple(column.name for column in enforcement_month.columns if not column.primary_key) == FIELDS


@pytest.mark.parametrize("one", [one for one in SUMS if one.key in FIELDS], ids=key)
def test_sum_is_read_where_it_is_kept(one: Indicator) -> None:
    """The figure of an indicator is the rollup's sum of its key, and no other."""
    assert one.value(with_sum(one.key, 7)) == 7
    assert [name for name in FIELDS if one.value(with_sum(name, 7)) == 7] == [one.key]


@pytest.mark.parametrize("one", SUMS, ids=key)
def test_sum_of_rows_is_kept(one: Indicator) -> None:
    """What is added up of a ledger's rows has a place in the rollup."""
    assert isinstance(one.made_of, Sum)
    assert one.made_of.rows is None or one.key in FIELDS
    assert one.value(NOTHING) == 0


@pytest.mark.parametrize("one", RATIOS, ids=key)
def test_ratio_without_a_denominator_is_undefined_and_says_why(one: Indicator) -> None:
    """Never 0 or 100 %: a dash with its reason in Chinese."""
    assert isinstance(one.made_of, Ratio)
    assert one.value(NOTHING) is None
    assert gettext(one.made_of.why_undefined(NOTHING)) not in {"", one.made_of.why_undefined(NOTHING)}


def test_ratio_asks_for_a_power_where_it_says_so() -> None:
    """The same counts are a rate for who may penalise, and none for who may not, who reads that."""
    rate = INDICATOR_BY_KEY["penalty_rate"]
    able = replace(NOTHING, sums=Sums(problem_inspections=4, penalties=1))
    unable = replace(able, may_penalise=False)
    assert isinstance(rate.made_of, Ratio)
    assert (rate.value(able), rate.value(unable)) == (Fraction(1, 4), None)
    assert gettext(rate.made_of.why_undefined(unable)) == "无处罚权（未受委托）"


@pytest.mark.parametrize("one", [one for one in INDICATORS if one.cases is not None], ids=key)
def test_cells_to_look_at_are_columns_of_the_ledger(one: Indicator) -> None:
    """A case is shown at a cell that the clerk has; its number is the last resort, for every row has one."""
    assert one.cases is not None
    assert set(one.cases.shows) <= {column.key for table in (LEDGER, FOLLOW_UPS) for column in table.columns}
    assert one.cases.shows[-1] == "number"


def test_what_may_score_is_declared() -> None:
    """Schemes may weight METHOD's six rates and order ties by its four keys; counts, and fines of all, are no score."""
    assert {*SCORED} == {
        "completion", "problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate", "timeliness",
    }  # fmt: skip
    assert {*TIE_KEYS} == {"closed_loop_rate", "problem_rate", "penalty_rate", "inspections"}


def test_every_scored_indicator_says_how_it_is_made() -> None:
    """A place in the ranking rests on nothing that the page does not explain, in Chinese."""
    for one in INDICATORS:
        assert not one.scored or gettext(one.meaning) != one.meaning
        assert gettext(one.name) != one.name


def test_conditions_are_of_the_ledger_alone() -> None:
    """What is added up of rows looks at the table of inspections and at nothing else."""
    for one in SUMS:
        rows = one.made_of.rows if isinstance(one.made_of, Sum) else None
        assert rows is None or {table.name for table in rows._from_objects} <= {inspection.name}
