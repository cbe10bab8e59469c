"""The committee's year in days: its own events, and what is due or was done by itself, as whoever asks may know it.

A unit's account is told what concerns it and what concerns everybody; of a round of supervision only once it was held, for who
knows of it before is not found as he is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from dashboards.results import calendar_days
from dashboards.results.calendar_days import CalendarEntry, EntryState, OwnEvent
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept
from data.intake import calendar_events, publications
from data.intake.calendar_events import SPEECH, CalendarEvent
from data.people.scope import Scope
from data.schema.calendar_events import KINDS as EVENT_KINDS
from data.zone.normal import compact
from data.zone.periods import Quarter
from data.zone.zone import Unit, Zone

KINDS = (*EVENT_KINDS, *calendar_days.KINDS)
"""What entries are chosen by: the committee's own events, then what follows from the rest."""
SUPERVISION = "supervision"
GENERAL = frozenset({"meeting", "hearing"})
"""Where units speak last."""


@dataclass(frozen=True, slots=True)
class AwaitedSpeech:
    """Who by a published quarter has to speak last and has not: a unit, or an enterprise by name; ``reasons`` as published.

    ``planned``: the speech, where it is in the calendar already.
    """

    quarter: Quarter
    unit: Unit | None
    enterprise: str | None
    reasons: tuple[str, ...]
    planned: CalendarEvent | None

    @property
    def name(self) -> str:
        """Who it is."""
        return self.enterprise or "" if self.unit is None else self.unit.name


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """A year's entries in the order of their days, and who still has to speak last by quarters published up to its end.

    ``own_unit``: whose account it is of, where it is one unit's; None: all.
    """

    zone: Zone
    year: int
    today: date
    entries: tuple[CalendarEntry, ...]
    awaited: tuple[AwaitedSpeech, ...]
    own_unit: Unit | None

    @property
    def next_meeting(self) -> CalendarEntry | None:
        """The next meeting of all that is planned."""
        return next((one for one in self.entries if self._is_ahead(one)), None)

    def _is_ahead(self, one: CalendarEntry) -> bool:
        about = one.about
        general = isinstance(about, OwnEvent) and about.event.content.kind in GENERAL
        return general and not one.units and one.state == "to_come" and one.until >= self.today


@kept
def fetch(reading: Reading, year: int) -> YearCalendar:
    """The calendar of a year, as it stands today."""
    scope, zone = reading.scope, reading.zone
    events = calendar_events.events(reading.connection, zone.code)
    own = [_entry(_as_read(one, scope), reading.today) for one in events if is_told(one, scope)]
    every = [one for one in (*own, *calendar_days.of_year(reading, year)) if one.day.year <= year <= one.until.year]
    return YearCalendar(
        zone=zone,
        year=year,
        today=reading.today,
        entries=tuple(sorted(every, key=_place)),
        awaited=tuple(_awaited(reading, year, events)),
        own_unit=None if scope.sees_all else zone.unit_by_code.get(scope.unit or ""),
    )


def versions(reading: Reading, number: int) -> list[CalendarEvent]:
    """Every version of an event that the reader is told of, as he may read it; none of one that he is not told of."""
    every = calendar_events.versions(reading.connection, reading.zone.code, number)
    return [_as_read(one, reading.scope) for one in every if is_told(every[-1], reading.scope)]


def _place(one: CalendarEntry) -> tuple[date, bool, time, int, str]:
    """Day by day: the committee's own first, by their times, then what follows from the rest."""
    return one.day, not isinstance(one.about, OwnEvent), one.starts_at or time(), KINDS.index(one.kind), one.key


def is_told(event: CalendarEvent, scope: Scope) -> bool:
    """Whether an account is told of an event at all."""
    if scope.sees_all:
        return True
    content = event.content
    if content.kind == SUPERVISION and event.held_on is None:
        return False
    if content.units:
        return any(scope.sees(unit) for unit in content.units)
    return not content.enterprise


def _as_read(event: CalendarEvent, scope: Scope) -> CalendarEvent:
    """Notes and reasons are for the office and the one unit that an event concerns: people may be named in them."""
    units = event.content.units
    names = scope.decides or (len(units) == 1 and scope.sees_names(units[0]))
    reader = Viewpoint(names)
    content = replace(event.content, note=reader.words(event.content.note))
    return replace(event, content=content, reason=reader.words(event.reason), actor=Viewpoint(scope.decides).account(event.actor))  # fmt: skip


def _entry(event: CalendarEvent, today: date) -> CalendarEntry:
    """An event on the day on which it took place, else on those for which it is planned."""
    content, held = event.content, event.held_on
    moved = held is not None and not content.day <= held <= content.until
    first, last = (held, held) if held is not None and moved else (content.day, content.until)
    return CalendarEntry(
        key=f"event-{event.number}",
        kind=content.kind,
        day=first,
        until=last,
        state=_state(event, today),
        about=OwnEvent(event),
        units=content.units,
        starts_at=None if moved else content.starts_at,
    )


def _state(event: CalendarEvent, today: date) -> EntryState:
    if event.cancelled:
        return "cancelled"
    if event.held_on is not None:
        return "done"
    return "to_come" if event.content.until >= today else "open"


def _awaited(reading: Reading, year: int, events: Iterable[CalendarEvent]) -> Iterator[AwaitedSpeech]:
    """Who was named in the last revision of each published quarter and has not spoken; to a unit's account itself alone."""
    zone, scope = reading.zone, reading.scope
    quarters = [Quarter(year - 1, 4), *(Quarter(year, number) for number in range(1, 5))]
    bound = zone.calendar.end_of(reading.today)
    published = publications.latest_of(reading.connection, zone.code, "scores", [str(one) for one in quarters], bound)
    speeches = {_speaker(one): one for one in events if one.content.kind == SPEECH and not one.cancelled}
    for period, one in sorted(published.items()):
        for speaker in one.content["last_speakers"]:
            code, enterprise = speaker.get("unit"), speaker.get("enterprise")
            planned = speeches.get((period, code or "", compact(enterprise or "")))
            seen = scope.sees_all if code is None else scope.sees(code)
            if seen and (planned is None or planned.held_on is None):
                unit = None if code is None else zone.unit_by_code[code]
                yield AwaitedSpeech(Quarter.parse(period), unit, enterprise, tuple(speaker["reasons"]), planned)


def _speaker(event: CalendarEvent) -> tuple[str, str, str]:
    content = event.content
    return str(content.quarter), next(iter(content.units), ""), compact(content.enterprise)
