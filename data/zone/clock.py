"""The one clock: every 'today' and 'now' of the product comes from here, so that a day can be fixed (SUPERVISION_TODAY)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from data.zone.periods import Calendar


@dataclass(frozen=True, slots=True)
class Clock:
    """Zone days and instants; with ``fixed_today`` the day stands still while the time of day goes on."""

    calendar: Calendar
    fixed_today: date | None = None

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        present = datetime.now(self.calendar.timezone)
        if self.fixed_today is not None:
            present = datetime.combine(self.fixed_today, present.timetz())
        return present.astimezone(UTC)

    def today(self) -> date:
        """The zone day of now."""
        return self.fixed_today or self.calendar.day_of(self.now())
