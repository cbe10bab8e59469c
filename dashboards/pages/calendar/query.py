"""What the address of the calendar asks for, and how its links are made.

``month=2022-10`` is a month; the menu takes the ``period`` along from other pages, which says the same.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.page_list import CALENDAR
from dashboards.results import calendar
from dashboards.results.calendar import KINDS, YearCalendar
from dashboards.results.calendar_days import CalendarEntry, OwnEvent
from dashboards.results.reading import Reading
from data.intake.calendar_events import CalendarEvent
from data.schema.calendar_events import KINDS as EVENT_KINDS
from data.zone.periods import Month, months_of
from data.zone.zone import Zone

YEARS_BACK, YEARS_AHEAD = 10, 1
"""So far the calendar can be turned from the present year."""


@dataclass(frozen=True, slots=True)
class CalendarQuery:
    """What the address asks for: a month, a kind of entries, an event by its number; ``new``: the kind of event to be added.

    ``amiss``: the month of the address was not taken. ``quarter``, ``unit`` and ``enterprise`` fill the form for a new one.
    """

    month: Month
    amiss: bool
    kind: str | None
    event: int | None
    new: str | None
    quarter: str
    unit: str
    enterprise: str

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed; an event and a form are let go."""
        return CALENDAR.path + address.query(**{"period": self.month, "kind": self.kind, **changes})


@dataclass(frozen=True, slots=True)
class CalendarSeen:
    """What an address shows: the calendar of the month's year."""

    asked: CalendarQuery
    found: YearCalendar
    decides: bool

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.found.zone

    @property
    def today(self) -> date:
        """The present day."""
        return self.found.today

    @property
    def first(self) -> date:
        """The month's first day."""
        return date(self.asked.month.year, self.asked.month.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(days=monthrange(self.first.year, self.first.month)[1] - 1)

    @property
    def of_month(self) -> list[CalendarEntry]:
        """The entries of the month, whatever their kind."""
        return [one for one in self.found.entries if one.day <= self.last and one.until >= self.first]

    @property
    def shown(self) -> list[CalendarEntry]:
        """Those of the kind that is chosen."""
        return [one for one in self.of_month if self.asked.kind in {None, one.kind}]

    @property
    def event(self) -> tuple[CalendarEntry, CalendarEvent] | None:
        """The event that the address names, as its reader may know it; None where there is none in the year."""
        for one in self.found.entries:
            if isinstance(one.about, OwnEvent) and one.about.event.number == self.asked.event:
                return one, one.about.event
        return None


def months(today: date) -> tuple[Month, Month]:
    """The first and the last month that can be asked for."""
    return Month(today.year - YEARS_BACK, 1), Month(today.year + YEARS_AHEAD, 12)


def read(query: Mapping[str, Any], reading: Reading) -> CalendarQuery:
    """What a query asks for; what it leaves open or writes wrongly is the present month, and all entries."""
    written = address.text(query.get("month")) or address.text(query.get("period"))
    month = _month(written, reading.today)
    kind, new = (address.text(query.get(key)) for key in ("kind", "new"))
    quarter, unit, enterprise = (address.text(query.get(key)) or "" for key in ("quarter", "unit", "enterprise"))
    return CalendarQuery(
        month=month or Month.of(reading.today),
        amiss=written is not None and month is None,
        kind=kind if kind in KINDS else None,
        event=address.number(query.get("event")),
        new=new if new in EVENT_KINDS else None,
        quarter=quarter,
        unit=unit,
        enterprise=enterprise,
    )


def _month(written: str | None, today: date) -> Month | None:
    """The month that is written; of a quarter or a year the last that has begun, else its first."""
    asked = asked_period.read(written)
    if asked is None:
        return None
    within = months_of(asked)
    begun = [one for one in within if one <= Month.of(today)]
    found = begun[-1] if begun else within[0]
    first, last = months(today)
    return found if first <= found <= last else None


def look(query: Mapping[str, Any], reading: Reading) -> CalendarSeen:
    """Fetch what an address asks for."""
    asked = read(query, reading)
    return CalendarSeen(asked, calendar.fetch(reading, asked.month.year), reading.scope.decides)
