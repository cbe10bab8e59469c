"""As of which day, and as known by which, a report of what stands is asked: those that are never published (METHOD section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboards.results.reading import Reading
from data.zone.periods import Month, Period
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class DayAsked:
    """A report's period, the day T as of which it is told, and the day by whose end things were known."""

    period: Period
    as_of: date
    known_by: date
    month: Month
    bound: datetime

    def head(self, report: str) -> dict[str, Any]:
        """Where such a report begins."""
        return {
            "report": report,
            "period": str(self.period),
            "as_of": self.as_of.isoformat(),
            "known_by": self.known_by.isoformat(),
        }


def day_asked(reading: Reading, period: Period, as_of: date | None, known_by: date | None) -> DayAsked:
    """T is the day asked for, else the period's last day, or today if that is earlier; ``month`` is the one in which it lies."""
    calendar = reading.zone.calendar
    day = as_of or min(calendar.last_day(period), reading.today)
    known = known_by or reading.today
    return DayAsked(period, day, known, calendar.month_of(day), calendar.end_of(known))


def months_over(zone: Zone, day: date) -> list[Month]:
    """The months of a day's year that are over on it, in order."""
    months = (Month(day.year, number) for number in range(1, 13))
    return [month for month in months if zone.calendar.last_day(month) <= day]
