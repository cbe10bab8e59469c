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
from dashboards.results.plan_day import PlanDay, Source, Sources, SourcesOfSectors, Speeches
from dashboards.results.plan_enforcement import OF_ENFORCEMENT
from dashboards.results.plan_ledgers import OF_LEDGERS, OF_LEDGERS_BY_SECTOR
from dashboards.results.plan_quarters import OF_QUARTERS
from dashboards.results.plan_register import OF_REGISTER, OF_REGISTER_BY_SECTOR
from dashboards.results.reading import Reading
from data.intake import calendar_events
from data.zone.plan_sources import figure_of_sector

SOURCES: Sources = {**OF_ACCIDENTS, **OF_REGISTER, **OF_LEDGERS, **OF_ENFORCEMENT, **OF_QUARTERS}

BY_SECTOR: SourcesOfSectors = {**OF_REGISTER_BY_SECTOR, **OF_LEDGERS_BY_SECTOR}


def source_called(name: str) -> Source:
    """The source that a plan names; LookupError for a name that no plan may have."""
    if name in SOURCES:
        return SOURCES[name]
    of_sector = figure_of_sector(name)
    if of_sector is None:
        raise LookupError(name)
    figure, sector = of_sector
    return BY_SECTOR[figure](sector)


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
        return self._on(day).once(source_called(source))

    def _on(self, day: date) -> PlanDay:
        whole = self._days.setdefault(self.asked.as_of, PlanDay(self.reading, self.asked, self.speeches))
        return whole if day == whole.day else self._days.setdefault(day, whole.on(day))
