"""What the system knows of the plan's items, so that nobody types it: figures of METHOD by name, as of a day (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.method.work_plan import Figure
from dashboards.results.day_reports import DayAsked
from dashboards.results.reading import Reading


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Figures by the name of their source, as they were known by the day of what is asked."""

    reading: Reading
    asked: DayAsked

    def __call__(self, source: str, day: date) -> Figure | None:
        """What a source was on a day; None where nothing is on record of it yet."""
        return SOURCES[source](self, day)


SOURCES: Mapping[str, Callable[[PlanFigures, date], Figure | None]] = {}
