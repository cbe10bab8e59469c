"""A day on which figures of the work plan are asked, with what its figures are made of, each read once (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import Connection

from dashboards.method.work_plan import Figure
from dashboards.results.day_reports import DayAsked
from dashboards.results.reading import Reading
from data.intake.calendar_events import Speech
from data.rollup.in_force import submissions_in_force
from data.zone.periods import Month
from data.zone.zone import Zone

Found = TypeVar("Found")


Speeches = Callable[[Connection, str, datetime], Collection[Speech]]
"""(connection, the zone's code, instant) → the speeches that were recorded before it."""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A due day of the plan, or the day T of its report: what had happened by then, as it was known by the day that is asked for.

    ``report``: that of T, None for T itself. ``speeches``: where those that were held are recorded.
    """

    reading: Reading
    asked: DayAsked
    speeches: Speeches
    report: PlanDay | None = None
    _found: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.reading.zone

    @property
    def day(self) -> date:
        """The day."""
        return self.asked.as_of

    @property
    def month(self) -> Month:
        """The month in which it lies: ledgers of later ones are not seen."""
        return self.asked.month

    @property
    def bound(self) -> datetime:
        """The instant from which on nothing is known."""
        return self.asked.bound

    @property
    def by_its_end(self) -> datetime:
        """The same of what is done in the system, and so happens at an instant of its own: what came after the day is no part of it."""
        return min(self.bound, self.zone.calendar.end_of(self.day))

    @property
    def of_report(self) -> PlanDay:
        """The day T, of what is read at one go for all days up to it."""
        return self.report or self

    def on(self, day: date) -> PlanDay:
        """Another day, up to T, as known by the same."""
        asked = replace(self.asked, as_of=day, month=self.zone.calendar.month_of(day))
        return PlanDay(self.reading, asked, self.speeches, self.of_report)

    def once(self, read: Callable[[PlanDay], Found]) -> Found:
        """What a function finds of the day; whoever asks for the same is given it."""
        if read not in self._found:
            self._found[read] = read(self)
        found: Found = self._found[read]
        return found

    def has_ledgers(self, kind: str) -> bool:
        """Whether any workbook of a monthly kind is known of a month up to the day's."""
        connection, last = self.reading.connection, str(self.month)
        return bool(submissions_in_force(connection, self.zone.code, kind, known_by=self.bound, last=last))


Source = Callable[[PlanDay], Figure | None]
"""What a source was on a day; None where nothing of the kind is on record."""
Sources = Mapping[str, Source]
SourcesOfSectors = Mapping[str, Callable[[str], Source]]
"""One of ``FIGURES_OF_SECTORS`` → what makes its source of a sector, by any name of the sector; of the same name the same."""


def count(number: int) -> Figure:
    """A count."""
    return Figure(Fraction(number))


def share(part: int, whole: int) -> Figure:
    """A rate."""
    return Figure(Fraction(part), Fraction(whole))
