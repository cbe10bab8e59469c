"""Months, quarters and years as the work plan counts them, and the zone's calendar that gives them days (METHOD, conventions)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import total_ordering
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A statistical month; written ``2022-05``."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2022-05``; ValueError for anything else."""
        period = parse_period(text)
        if isinstance(period, Month):
            return period
        raise ValueError(f"not a month: {text!r}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The calendar month of a day."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter; written ``2022Q2``."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read ``2022Q2``; ValueError for anything else."""
        period = parse_period(text)
        if isinstance(period, Quarter):
            return period
        raise ValueError(f"not a quarter: {text!r}")

    @classmethod
    def of(cls, month: Month) -> Quarter:
        """The quarter that a month belongs to."""
        return cls(month.year, (month.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.quarter}"


@dataclass(frozen=True, slots=True)
@total_ordering
class Year:
    """A year; written ``2022``."""

    year: int

    def __lt__(self, other: Year) -> bool:
        return self.year < other.year

    def __str__(self) -> str:
        return f"{self.year:04d}"


Period = Month | Quarter | Year

_PERIOD = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4]))?")


def parse_period(text: str) -> Period:
    """Read ``2022-05``, ``2022Q2`` or ``2022``; ValueError for anything else."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    year = int(match["year"])
    if match["month"]:
        return Month(year, int(match["month"]))
    return Quarter(year, int(match["quarter"])) if match["quarter"] else Year(year)


def frequency(period: Period) -> str:
    """``month``, ``quarter`` or ``year``."""
    return type(period).__name__.lower()


FARTHEST_DUE = timedelta(days=100)
"""A far deadline hides no case: so long after its inspection it falls due at the latest (METHOD 2)."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a zone counts its days: time zone, first day of its statistical month, days of grace after a deadline.

    ``month_starts_on`` = 26 makes May run from 26 April to 25 May; 1 is the calendar month.
    """

    timezone: ZoneInfo
    month_starts_on: int = 1
    grace_days: int = 10

    def due_day(self, rectify_by: date, inspected_on: date) -> date:
        """When a case falls due: its deadline and the grace, however far the deadline, at most 100 days after the inspection."""
        return min(rectify_by + timedelta(days=self.grace_days), inspected_on + FARTHEST_DUE)

    def first_day(self, period: Period) -> date:
        """First day of the period."""
        month = _first_month(period)
        if self.month_starts_on == 1:
            return date(month.year, month.month, 1)
        before = month.plus(-1)
        return date(before.year, before.month, min(self.month_starts_on, monthrange(before.year, before.month)[1]))

    def last_day(self, period: Period) -> date:
        """Last day of the period."""
        return self.first_day(_last_month(period).plus(1)) - timedelta(days=1)

    def month_of(self, day: date) -> Month:
        """The statistical month that a day belongs to."""
        month = Month.of(day)
        if self.month_starts_on == 1:
            return month
        return month if day <= self.last_day(month) else month.plus(1)

    def end_of(self, day: date) -> datetime:
        """The first instant after a zone day, in UTC."""
        return datetime.combine(day + timedelta(days=1), time(), self.timezone).astimezone(UTC)

    def day_of(self, instant: datetime) -> date:
        """The zone day of an instant."""
        return instant.astimezone(self.timezone).date()


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of that month."""
    then = Month.of(day).plus(-months)
    return date(then.year, then.month, min(day.day, monthrange(then.year, then.month)[1]))


def _first_month(period: Period) -> Month:
    match period:
        case Month():
            return period
        case Quarter():
            return Month(period.year, period.quarter * 3 - 2)
        case Year():
            return Month(period.year, 1)


def _last_month(period: Period) -> Month:
    match period:
        case Month():
            return period
        case Quarter():
            return Month(period.year, period.quarter * 3)
        case Year():
            return Month(period.year, 12)


def months_of(period: Period) -> tuple[Month, ...]:
    """The months that make up a period, in order."""
    first, last = _first_month(period), _last_month(period)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(first.plus(step) for step in range(count))


def following(period: Period) -> Period:
    """The period of the same kind that comes next."""
    match period:
        case Month():
            return period.plus(1)
        case Quarter():
            return Quarter.of(_last_month(period).plus(1))
        case Year():
            return Year(period.year + 1)


def in_year(period: Period, year: int) -> Period:
    """The same month, quarter or year of another year."""
    match period:
        case Month():
            return Month(year, period.month)
        case Quarter():
            return Quarter(year, period.quarter)
        case Year():
            return Year(year)
