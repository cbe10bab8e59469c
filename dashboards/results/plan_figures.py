"""What the system knows of the plan's items, so that nobody types it: figures of METHOD by name, as of a day (METHOD section 5.8).

What each name is stands in the head of ``data/reference/work_plan_2022.yaml``. On a due day a figure is what the report of its own
would be as of that day, known by the same day as the plan's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dashboards.method.work_plan import Figure
from dashboards.results.day_reports import DayAsked
from dashboards.results.plan_accidents import OF_ACCIDENTS
from dashboards.results.plan_day import PlanDay, Sources, Speeches
from dashboards.results.plan_enforcement import OF_ENFORCEMENT
from dashboards.results.plan_ledgers import OF_LEDGERS
from dashboards.results.plan_quarters import OF_QUARTERS
from dashboards.results.plan_register import OF_REGISTER
from dashboards.results.reading import Reading
from data.intake import calendar_events

SOURCES: Sources = {**OF_ACCIDENTS, **OF_REGISTER, **OF_LEDGERS, **OF_ENFORCEMENT, **OF_QUARTERS}


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Figures by the name of their source, as they were known by the day of what is asked; for who sees all units.

    ``speeches``: where speeches that were held (末位发言) are recorded.
    """

    reading: Reading
    asked: DayAsked
    speeches: Speeches = calendar_events.speeches
    _days: dict[date, PlanDay] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, source: str, day: date) -> Figure | None:
        """What a source was on a day, up to the day of what is asked; None where nothing is on record of it yet."""
        return self._on(day).once(SOURCES[source])

    def _on(self, day: date) -> PlanDay:
        whole = self._days.setdefault(self.asked.as_of, PlanDay(self.reading, self.asked, self.speeches))
        return whole if day == whole.day else self._days.setdefault(day, whole.on(day))
