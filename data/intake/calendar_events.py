"""The dated events of the committee's year as rows: planned, changed, held and cancelled, each act a version; none is ever deleted.

And who holds the posts on which the year's plan lays duties: the names stand beside the plan, never in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, insert, or_, select

from data.intake.archive import Entry
from data.intake.audit import Act
from data.language import gettext as _
from data.schema.calendar_events import KINDS, calendar_event, leader_name
from data.schema.zone import unit
from data.zone.normal import compact
from data.zone.periods import Quarter
from data.zone.work_plan import plan_of

ADD, CHANGE, HOLD, CANCEL = "add_event", "change_event", "hold_event", "cancel_event"
NAME_LEADER = "name_leader"
SPEECH, INTERVIEW = "speech", "interview"
LONGEST = timedelta(days=366)
"""What lasts longer is a slip in the year."""
LONGEST_TITLE, LONGEST_PLACE, LONGEST_NOTE = 100, 100, 2_000
_KEPT = (
    "event", "replaces", "kind", "day", "last_day", "starts_at", "title", "place", "units", "period", "enterprise", "note",
    "held_on", "cancelled", "reason", "actor",
)  # fmt: skip
ROWS: Mapping[str, tuple[Table, Mapping[str, str]]] = MappingProxyType(
    {
        **{act: (calendar_event, {one: one for one in _KEPT}) for act in (ADD, CHANGE, HOLD, CANCEL)},
        NAME_LEADER: (leader_name, {one: one for one in ("year", "post", "person", "actor")}),
    }
)
"""What is told in an act's line, by the column of the table that keeps it."""


@dataclass(frozen=True, slots=True)
class EventContent:
    """What an event is. ``last_day``: the last of several days; ``units``: whom it concerns by code, none: everybody.

    Of a speech ``quarter`` and who spoke: the one unit of ``units``, or an ``enterprise``.
    """

    kind: str
    day: date
    title: str
    last_day: date | None = None
    starts_at: time | None = None
    place: str = ""
    units: tuple[str, ...] = ()
    quarter: Quarter | None = None
    enterprise: str = ""
    note: str = ""

    @property
    def until(self) -> date:
        """Its last day."""
        return self.last_day or self.day

    def as_told(self) -> dict[str, Any]:
        """As its line in the journal tells it."""
        return {
            "kind": self.kind,
            "day": self.day.isoformat(),
            "last_day": _written(self.last_day),
            "starts_at": "" if self.starts_at is None else f"{self.starts_at:%H:%M}",
            "title": self.title,
            "place": self.place,
            "units": list(self.units),
            "period": "" if self.quarter is None else str(self.quarter),
            "enterprise": self.enterprise,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event as its last version has it; ``number`` is the line that added it, ``version`` that of the last one.

    ``held_on`` is None until it took place; ``reason``: why it is cancelled.
    """

    number: int
    version: int
    content: EventContent
    held_on: date | None
    cancelled: bool
    reason: str
    actor: str
    at: datetime

    def as_told(self) -> dict[str, Any]:
        """All of its last version, but who acted and which versions it names."""
        return {
            **self.content.as_told(),
            "held_on": _written(self.held_on),
            "cancelled": self.cancelled,
            "reason": self.reason,
        }


class Speech(NamedTuple):
    """A speech that was held: of which quarter, by which unit (its code) or enterprise, and on which day."""

    quarter: Quarter
    unit: str | None
    enterprise: str | None
    held_on: date


def _written(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def write_addition(connection: Connection, zone: str, entry: Entry) -> Act:
    """The first version of an event."""
    return _act("event added", entry, _write(connection, zone, entry))


def write_change(connection: Connection, zone: str, entry: Entry) -> Act:
    """What it is from now on."""
    return _act("event changed", entry, _write(connection, zone, entry))


def write_holding(connection: Connection, zone: str, entry: Entry) -> Act:
    """That it took place."""
    told = _write(connection, zone, entry)
    return _act("event held", entry, told, held_on=told["held_on"])


def write_cancellation(connection: Connection, zone: str, entry: Entry) -> Act:
    """That it does not take place."""
    told = _write(connection, zone, entry)
    return _act("event cancelled", entry, told, reason=told["reason"])


def write_name(connection: Connection, zone: str, entry: Entry) -> Act:
    """Who holds a post; the audit log says that it was told, not who."""
    told = _write(connection, zone, entry)
    return Act("leader named", f"{told['year']} {told['post']}", {"named": bool(told["person"])})


def _act(action: str, entry: Entry, told: Mapping[str, Any], **more: str) -> Act:
    return Act(action, f"event {told['event'] or entry.number}", {"on": told["day"], **more})


WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = MappingProxyType(
    {
        ADD: write_addition,
        CHANGE: write_change,
        HOLD: write_holding,
        CANCEL: write_cancellation,
        NAME_LEADER: write_name,
    }
)


def _write(connection: Connection, zone: str, entry: Entry) -> Mapping[str, Any]:
    table, names = ROWS[entry.act]
    kept = {column: entry.data[name] for column, name in names.items()}
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(table).values(zone=zone, entry=entry.number, at=at, **kept))
    return entry.data


def impossible(connection: Connection, zone: str, act: str, told: Mapping[str, Any]) -> str | None:
    """Why an act cannot be done as things stand; None where it can."""
    if act == NAME_LEADER:
        return _no_name(connection, zone, told)
    every = events(connection, zone)
    found = next((one for one in every if one.number == told["event"]), None)
    if act != ADD:
        why_not = _no_version(found, told)
        if why_not is not None or act == CANCEL:
            return why_not
    return _unfit(connection, zone, told) or _twice(every, told)


def _no_version(found: CalendarEvent | None, told: Mapping[str, Any]) -> str | None:
    if found is None:
        return _("There is no such event.")
    if found.cancelled:
        return _("This event is cancelled. Add another one.")
    if found.version != told["replaces"]:
        return _("This event was changed since the page was opened. Read it again, then decide.")
    if found.as_told() == {name: told[name] for name in found.as_told()}:
        return _("Nothing of it is changed.")
    return None


def _unfit(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    """What of an event does not go together."""
    first, last = date.fromisoformat(told["day"]), told["last_day"]
    if told["kind"] not in KINDS:
        return _("There is no such kind of event: %(value)s", value=told["kind"][:40])
    if not told["title"]:
        return _("Say in a few words what the event is.")
    if last and not first < date.fromisoformat(last) <= first + LONGEST:
        return _("The last day lies behind the first one, by a year at most.")
    there = set(connection.execute(select(unit.c.unit).where(unit.c.zone == zone)).scalars())
    strange = [code for code in told["units"] if code not in there]
    if strange:
        return _("There is no such unit: %(value)s", value=strange[0][:40])
    if told["kind"] == INTERVIEW and not told["units"]:
        return _("Say which unit is interviewed.")
    if told["kind"] == SPEECH and not (told["period"] and len(told["units"]) + bool(told["enterprise"]) == 1):
        return _("A speech is of one quarter, and of one unit or one enterprise.")
    if told["kind"] != SPEECH and (told["period"] or told["enterprise"]):
        return _("Only a speech is of a quarter, or of an enterprise.")
    return None


def _twice(every: Iterable[CalendarEvent], told: Mapping[str, Any]) -> str | None:
    """A speech that is in the calendar already: it would count twice."""
    if told["kind"] != SPEECH:
        return None
    this = told["period"], tuple(told["units"]), compact(told["enterprise"])
    others = [one for one in every if one.number != told["event"] and not one.cancelled]
    if any(_spoken(one.content) == this for one in others if one.content.kind == SPEECH):
        return _("This speech is in the calendar already.")
    return None


def _spoken(content: EventContent) -> tuple[str, tuple[str, ...], str]:
    return str(content.quarter), content.units, compact(content.enterprise)


def _no_name(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    plan = plan_of(connection, zone, told["year"])
    if plan is None or told["post"] not in plan.leaders:
        return _("The year's plan does not name this post.")
    if told["person"] == leaders(connection, zone, told["year"]).get(told["post"], ""):
        return _("Nothing of it is changed.")
    return None


def events(connection: Connection, zone: str, known_by: datetime | None = None) -> list[CalendarEvent]:
    """Every event as its last version has it, of those written before an instant, cancelled ones too, in the order of their days."""
    table = calendar_event.c
    known = [] if known_by is None else [table.at < known_by]
    rows = connection.execute(select(calendar_event).where(table.zone == zone, *known).order_by(table.entry))
    last = {row.event or row.entry: row for row in rows}
    found = (_event(number, row) for number, row in last.items())
    return sorted(found, key=lambda one: (one.content.day, one.content.starts_at or time(), one.number))


def versions(connection: Connection, zone: str, number: int) -> list[CalendarEvent]:
    """Every version of an event, the first first."""
    table = calendar_event.c
    of = table.zone == zone, or_(table.event == number, table.entry == number)
    rows = connection.execute(select(calendar_event).where(*of).order_by(table.entry))
    return [_event(number, row) for row in rows]


def _event(number: int, row: Row[Any]) -> CalendarEvent:
    content = EventContent(
        kind=row.kind,
        day=date.fromisoformat(row.day),
        title=row.title,
        last_day=_day(row.last_day),
        starts_at=time.fromisoformat(row.starts_at) if row.starts_at else None,
        place=row.place,
        units=tuple(row.units),
        quarter=Quarter.parse(row.period) if row.period else None,
        enterprise=row.enterprise,
        note=row.note,
    )
    return CalendarEvent(number, row.entry, content, _day(row.held_on), row.cancelled, row.reason, row.actor, row.at)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def event(connection: Connection, zone: str, number: int) -> CalendarEvent | None:
    """The event that a line added; None where that is none."""
    return next((one for one in events(connection, zone) if one.number == number), None)


def speeches(connection: Connection, zone: str, known_by: datetime | None = None) -> list[Speech]:
    """The speeches that were held (末位发言), as known by an instant, in the order of their days."""
    found = [
        Speech(one.content.quarter, next(iter(one.content.units), None), one.content.enterprise or None, one.held_on)
        for one in events(connection, zone, known_by)
        if one.content.kind == SPEECH and not one.cancelled and one.held_on is not None and one.content.quarter is not None
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.held_on)


def leaders(connection: Connection, zone: str, year: int) -> dict[str, str]:
    """Post of a year's plan → who holds it, of those that somebody is named for. Names of people: for the office alone."""
    table = leader_name.c
    of = table.zone == zone, table.year == year
    rows = connection.execute(select(table.post, table.person).where(*of).order_by(table.entry))
    return {post: person for post, person in {row.post: row.person for row in rows}.items() if person}
