"""The calendar of a year as a file that other calendars read (.ics, RFC 5545): what whoever asks may see, in the zone's time.

Each entry keeps its UID as long as it is the same thing, so that a file read in again moves it and makes no second one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from dashboards.components import calendar_words, numbers
from dashboards.results.calendar import YearCalendar
from dashboards.results.calendar_days import CalendarEntry, OwnEvent
from data.language import gettext as _
from data.zone.periods import Year
from data.zone.zone import Zone

MEDIA = "text/calendar"


def calendar_file(found: YearCalendar, kind: str | None = None) -> bytes:
    """The year's entries, or those of one kind; the same bytes as long as they say the same on one day."""
    zone = found.zone
    as_of = datetime.combine(found.today, time(), zone.calendar.timezone)
    name = _("%(zone)s: calendar of the work-safety committee, %(year)s", zone=zone.name, year=numbers.period(Year(found.year)))  # fmt: skip
    calendar = Calendar()
    for key, value in (
        ("prodid", "-//supervision//calendar//ZH"), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("x-wr-calname", name), ("x-wr-timezone", str(zone.calendar.timezone)),
    ):  # fmt: skip
        calendar.add(key, value)
    for event in _events(found.entries, zone, as_of, kind):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _events(entries: Iterable[CalendarEntry], zone: Zone, as_of: datetime, kind: str | None) -> Iterable[Event]:
    return (_event(one, zone, as_of) for one in entries if kind in {None, one.kind})


def _event(one: CalendarEntry, zone: Zone, as_of: datetime) -> Event:
    symbol, word, _tone = calendar_words.state(one)
    event = Event()
    event.add("uid", f"{one.key}@{zone.code}.supervision")
    event.add("dtstamp", as_of.astimezone(UTC))
    _add_days(event, one, zone)
    event.add("summary", calendar_words.title(one, zone))
    event.add("categories", [calendar_words.kind(one.kind)])
    event.add("description", "\n".join([f"{symbol} {word}", *calendar_words.details(one, zone)]))
    event.add("status", "CANCELLED" if one.state == "cancelled" else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if one.starts_at is None else "OPAQUE")
    if isinstance(one.about, OwnEvent):
        event.add("sequence", one.about.event.version)
        event.add("last-modified", one.about.event.at)
        if one.about.event.content.place:
            event.add("location", one.about.event.content.place)
    return event


def _add_days(event: Event, one: CalendarEntry, zone: Zone) -> None:
    """A time of one day as a moment in the zone's time; everything else as whole days, which end before the day behind them."""
    if one.starts_at is not None and one.day == one.until:
        event.add("dtstart", datetime.combine(one.day, one.starts_at, zone.calendar.timezone))
        return
    event.add("dtstart", one.day)
    event.add("dtend", one.until + timedelta(days=1))
