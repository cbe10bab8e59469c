"""Periods, the zone's calendar and its one clock (METHOD, conventions)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.clock import Clock
from data.zone.periods import Calendar, Month, Period, Quarter, Year, frequency, months_of, parse_period

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(SHANGHAI)
FROM_26TH = Calendar(SHANGHAI, month_starts_on=26)
months = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "period", "every"),
    [
        ("2022-05", Month(2022, 5), "month"),
        ("2022-12", Month(2022, 12), "month"),
        ("2022Q2", Quarter(2022, 2), "quarter"),
        ("2022", Year(2022), "year"),
    ],
)
def test_periods_are_written_in_one_way(text: str, period: Period, every: str) -> None:
    """A month, a quarter and a year are read from their writing, print as it, and know how often they come."""
    assert (parse_period(text), str(period), frequency(period)) == (period, text, every)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-5",
        "2022-13",
        "2022-00",
        "2022Q5",
        "2022Q0",
        "22-05",
        "2022-05-01",
        " 2022",
        "2022q2",
        "２０２２",
        "2022\n",
    ],
)
def test_anything_else_is_no_period(text: str) -> None:
    """What is no period is refused, not guessed."""
    with pytest.raises(ValueError, match="period"):
        parse_period(text)


@pytest.mark.parametrize("text", ["2022", "2022Q2"])
def test_month_is_asked_for(text: str) -> None:
    """Where a month is needed a year or a quarter will not do."""
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@given(months, st.integers(-400, 400))
def test_months_are_counted_across_years(month: Month, steps: int) -> None:
    """Going some months on and back again ends where it began; later months are greater."""
    there = month.plus(steps)
    assert there.plus(-steps) == month
    assert (there > month) == (steps > 0)
    assert 1 <= there.month <= 12


def test_months_of_a_period() -> None:
    """A quarter has its three months, a year its twelve, a month itself."""
    assert [str(month) for month in months_of(Quarter(2022, 4))] == ["2022-10", "2022-11", "2022-12"]
    assert [month.month for month in months_of(Year(2022))] == list(range(1, 13))
    assert months_of(Month(2022, 5)) == (Month(2022, 5),)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Month(2022, 2), date(2022, 2, 1), date(2022, 2, 28)),
        (Month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Month(2022, 12), date(2022, 12, 1), date(2022, 12, 31)),
        (Quarter(2022, 2), date(2022, 4, 1), date(2022, 6, 30)),
        (Year(2022), date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_days_of_a_period(period: Period, first: date, last: date) -> None:
    """As shipped a statistical month is the calendar month."""
    assert (CALENDAR.first_day(period), CALENDAR.last_day(period)) == (first, last)


def test_month_from_the_26th_to_the_25th() -> None:
    """A zone may count its months from another day: then May ends on the 25th, and the year in December."""
    assert (FROM_26TH.first_day(Month(2022, 5)), FROM_26TH.last_day(Month(2022, 5))) == (
        date(2022, 4, 26),
        date(2022, 5, 25),
    )
    assert (FROM_26TH.first_day(Year(2022)), FROM_26TH.last_day(Year(2022))) == (date(2021, 12, 26), date(2022, 12, 25))
    assert FROM_26TH.month_of(date(2022, 5, 25)) == Month(2022, 5)
    assert FROM_26TH.month_of(date(2022, 5, 26)) == Month(2022, 6)
    assert FROM_26TH.month_of(date(2022, 12, 26)) == Month(2023, 1)


@given(st.integers(1, 31), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_exactly_one_month(starts_on: int, day: date) -> None:
    """Whatever day the months begin on, they follow each other without a gap, and each day is in the one it is said to be in."""
    calendar = Calendar(SHANGHAI, starts_on)
    month = calendar.month_of(day)
    assert calendar.first_day(month) <= day <= calendar.last_day(month)
    assert calendar.first_day(month.plus(1)) == calendar.last_day(month) + timedelta(days=1)


def test_days_are_zone_days() -> None:
    """A day ends at midnight in the zone: late evening in London is the next day there."""
    assert CALENDAR.end_of(date(2022, 6, 5)) == datetime(2022, 6, 5, 16, tzinfo=UTC)
    assert CALENDAR.day_of(datetime(2022, 6, 5, 15, 59, 59, tzinfo=UTC)) == date(2022, 6, 5)
    assert CALENDAR.day_of(datetime(2022, 6, 5, 16, tzinfo=UTC)) == date(2022, 6, 6)


def test_fixed_day_is_today() -> None:
    """With the day fixed, today and now are on it; else today is the zone's day of now."""
    fixed = Clock(CALENDAR, date(2022, 10, 8))
    assert fixed.today() == date(2022, 10, 8)
    assert CALENDAR.day_of(fixed.now()) == date(2022, 10, 8)
    before, running, after = datetime.now(UTC), Clock(CALENDAR).now(), datetime.now(UTC)
    assert before <= running <= after


@pytest.mark.parametrize(
    ("rectify_by", "due"),
    [
        (date(2022, 5, 3), date(2022, 5, 13)),
        (date(2022, 8, 1), date(2022, 8, 11)),
        (date(2022, 8, 2), date(2022, 8, 11)),
        (date(2032, 5, 3), date(2022, 8, 11)),
    ],
)
def test_far_deadline_hides_no_case(rectify_by: date, due: date) -> None:
    """A case falls due with its grace, and at the latest 100 days after the inspection of 3 May."""
    assert Calendar(ZoneInfo("Asia/Shanghai")).due_day(rectify_by, date(2022, 5, 3)) == due
