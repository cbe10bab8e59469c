"""The sheet of a month: whole weeks from Monday on, every day of the month once."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest

from dashboards.pages.calendar.month_grid import _weeks


@pytest.mark.parametrize(
    ("year", "month", "weeks"), [(2021, 2, 4), (2022, 10, 6), (2022, 6, 5), (2024, 2, 5), (2022, 1, 6)]
)
def test_a_month_is_whole_weeks_from_monday_on(year: int, month: int, weeks: int) -> None:
    """Four to six of them, with nothing left out and nothing twice."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    found = _weeks(first, last)
    assert len(found) == weeks
    assert all([day.weekday() for day in week] == list(range(7)) for week in found)
    days = [day for week in found for day in week]
    assert len(set(days)) == len(days)
    assert [day for day in days if first <= day <= last] == [date(year, month, n) for n in range(1, last.day + 1)]
    assert found[0][0] <= first
    assert found[-1][-1] >= last
