"""A figure is rounded the same on a page and in a document: half up, as scores are (METHOD)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import numbers
from dashboards.meeting import tables
from dashboards.meeting.day_fields import plain_number
from dashboards.meeting.rounding import percent
from dashboards.meeting.scores_apart import weakest
from dashboards.meeting.scores_fields import WEAK_BELOW
from data.language import LANGUAGES, speaking

COUNTS = st.integers(0, 2000)


@pytest.mark.parametrize(
    ("points", "said"),
    [("26.405", "26.41"), ("3.125", "3.13"), ("0.005", "0.01"), ("82.5", "82.50"), ("-0.375", "-0.38")],
)
def test_points_end_half_up(points: str, said: str) -> None:
    """Of a number that lies between two the one further from 0."""
    exact = Decimal(points)
    assert numbers.points(exact).replace(numbers.MINUS, "-") == said
    assert numbers.signed(exact)[1:] == said.lstrip("-")
    assert tables.points(exact) == tables.points(float(exact)) == said


@pytest.mark.parametrize(("value", "said"), [(16.25, "16.3"), (0.05, "0.1"), (3.0, "3"), (2.75, "2.8")])
def test_a_decimal_of_a_day_is_the_same_on_page_and_paper(value: float, said: str) -> None:
    """Minutes between steps, months to zero, enterprises a week."""
    assert plain_number(value) == said
    with speaking(LANGUAGES[0]):
        assert numbers.tenths(Fraction(str(value))) == said


@given(COUNTS, st.integers(1, 2000))
def test_a_share_is_the_same_on_pages_and_in_documents(part: int, whole: int) -> None:
    """Whatever was counted: a page has the exact share, a document the number of the JSON; the whole of it has no decimal there."""
    page = numbers.percent(Fraction(part, whole))
    assert percent(Fraction(part, whole)) == percent(part / whole) == page
    assert tables.share(part / whole) == page.replace(".0%", "%")


@given(COUNTS, st.integers(1, 12))
def test_points_are_the_same_on_pages_and_in_documents(hundredths: int, months: int) -> None:
    """Such as a mean of months."""
    mean = hundredths / 100 / months
    assert tables.points(mean) == numbers.points(Decimal(str(mean)))


def test_four_fifths_of_a_measure_are_not_weak() -> None:
    """Only what is below them is named, though 0.8 as a floating number is a little more than that."""
    marks = [
        {"name": "甲", "score": 8.0, "review": 8.0, "full": 10.0},
        {"name": "乙", "score": 9.0, "review": 9.0, "full": 10.0},
    ]
    assert weakest({"measures": marks}, WEAK_BELOW) == []
    assert weakest({"measures": [{**marks[0], "score": 7.99}, marks[1]]}, WEAK_BELOW) == ["甲"]
