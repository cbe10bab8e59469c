"""What an address asks for by its period: the same span of time on every page, or a sentence that says why it is another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import asked_period
from dashboards.components.asked_period import sentence
from data.zone.periods import Month, Period, Quarter, Year, months_of

READING: Any = SimpleNamespace(
    latest_due_month=Month(2022, 9), present_month=Month(2022, 10), months=[Month(2022, n) for n in range(1, 10)],
    latest_due_quarter=Quarter(2022, 3), present_quarter=Quarter(2022, 4), quarters=[Quarter(2022, 2), Quarter(2022, 3)],
)  # fmt: skip
"""8 October: September is due, October runs."""


@pytest.mark.parametrize(
    ("text", "month", "amiss"),
    [
        (None, Month(2022, 9), None),
        ("2022-08", Month(2022, 8), None),
        ("2022Q3", Month(2022, 9), None),
        ("2022Q1", Month(2022, 3), None),
        ("2022Q4", Month(2022, 10), None),
        ("2022", Month(2022, 9), None),
        ("2021", Month(2021, 12), "before_the_record"),
        ("2022-10", Month(2022, 10), None),
        ("2022-11", Month(2022, 11), "not_begun"),
        ("2023Q1", Month(2023, 1), "not_begun"),
        ("2022-13", Month(2022, 9), "no_period"),
        ("nonsense", Month(2022, 9), "no_period"),
    ],
)
def test_a_month_is_asked_for_in_any_way(text: str | None, month: Month, amiss: str | None) -> None:
    """Of a quarter or a year it is the last month that is due; what cannot be shown is not taken silently for another."""
    found = asked_period.month(text, READING)
    assert (found.period, found.amiss) == (month, amiss)


@pytest.mark.parametrize(
    ("text", "quarter", "amiss"),
    [
        (None, Quarter(2022, 3), None),
        ("2022-08", Quarter(2022, 3), None),
        ("2022-10", Quarter(2022, 4), None),
        ("2022", Quarter(2022, 3), None),
        ("2022Q1", Quarter(2022, 1), "before_the_record"),
        ("2023-02", Quarter(2023, 1), "not_begun"),
        ("2022Q5", Quarter(2022, 3), "no_period"),
    ],
)
def test_a_quarter_is_asked_for_in_any_way(text: str | None, quarter: Quarter, amiss: str | None) -> None:
    """Of a month it is the one that the month lies in."""
    found = asked_period.quarter(text, READING)
    assert (found.period, found.amiss) == (quarter, amiss)


PERIODS = st.one_of(
    st.builds(Month, st.integers(1900, 2099), st.integers(1, 12)),
    st.builds(Quarter, st.integers(1900, 2099), st.integers(1, 4)),
    st.builds(Year, st.integers(1900, 2099)),
)


@given(period=PERIODS)
def test_what_is_shown_has_a_month_in_common_with_what_was_asked(period: Period) -> None:
    """Whatever period is written: month and quarter that are shown for it overlap with it."""
    asked = set(months_of(period))
    assert asked_period.month(str(period), READING).period in asked
    assert asked & set(months_of(asked_period.quarter(str(period), READING).period))
    assert asked_period.any_period(str(period), READING).period == period


@given(text=st.text(min_size=1))
def test_what_is_no_period_is_answered_by_a_sentence(text: str) -> None:
    """Whatever else is written is said to be none, with the period that is shown instead, and is not repeated."""
    if asked_period.read(text) is None:
        for ask in (asked_period.month, asked_period.quarter, asked_period.any_period):
            said = sentence(ask(text, READING))  # type: ignore[operator]  # of a month, a quarter, or any of them
            assert said is not None
            assert "2022年" in said


def test_what_has_not_begun_says_so_and_when_the_record_begins() -> None:
    """The sentence names the period that was asked for."""
    assert sentence(asked_period.month("2023-03", READING)) == "2023年3月尚未开始，还没有可显示的数据。"
    assert "2022年1月" in (sentence(asked_period.month("2021-11", READING)) or "")
    assert sentence(asked_period.month("2022-08", READING)) is None
