"""One event of the office's own: all that its reader may know of it; to the office what can be done with it, and its versions."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import calendar_words, numbers, parts
from dashboards.pages.calendar import event_form
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.pages.calendar.ways import of_event
from dashboards.results import calendar
from dashboards.results.calendar_days import CalendarEntry
from dashboards.results.reading import Reading
from data.intake.calendar_events import CalendarEvent
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT


def card(seen: CalendarSeen, reading: Reading, *, identity: str) -> list[Component]:
    """The event that the address names; nothing where it names none, a sentence where there is none of the number."""
    if seen.asked.event is None:
        return []
    if seen.event is None:
        said = _("There is no such event in the calendar of %(year)s.", year=seen.found.year)
        return [parts.card(_("One event"), parts.empty(said), id="event")]
    entry, event = seen.event
    symbol, word, tone = calendar_words.state(entry)
    away = dcc.Link(_("Close"), href=seen.asked.link(), className="detail by-hand")
    said = calendar_words.title(entry, seen.zone)
    heading: list[str | Component | None] = [said, " ", parts.tag(word, tone, symbol=symbol), away]
    made = [_facts(entry, event, seen), *_way(event), *_acts(event, seen, identity), *_versions(event, reading)]
    return [parts.card(heading, *made, id="event")]


def _facts(entry: CalendarEntry, event: CalendarEvent, seen: CalendarSeen) -> Component:
    content = event.content
    told: list[tuple[str, str]] = [
        (_("Kind of event"), calendar_words.kind(content.kind)),
        (_("When"), calendar_words.when(entry)),
    ]
    if content.place:
        told.append((_("place (where)"), content.place))
    if content.quarter is not None:
        told.append((_("Quarter spoken of"), numbers.period(content.quarter)))
    who = content.enterprise or _(", ").join(seen.zone.unit_by_code[code].name for code in content.units)
    told.append((_("Concerns"), who or _("all units")))
    if event.held_on is not None:
        told.append((_("Took place on"), numbers.spoken_day(event.held_on)))
    if content.note:
        told.append((_("Note"), content.note))
    if event.cancelled:
        told.append((_("Why it is cancelled"), event.reason))
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in told], className="facts")


def _way(event: CalendarEvent) -> list[Component]:
    way = of_event(event)
    return [] if way is None else [html.P(dcc.Link(_("What belongs to it"), href=way))]


def _acts(event: CalendarEvent, seen: CalendarSeen, identity: str) -> list[Component]:
    """To the office, of what is not cancelled."""
    if not seen.decides or event.cancelled:
        return []
    begun = event.content.day <= seen.today
    return [
        *([event_form.holding(event, seen, identity=f"{identity}-hold")] if begun else []),
        html.Details([html.Summary(_("Change the event")), event_form.changing(event, seen, identity=f"{identity}-change")], className="by-hand"),
        html.Details([html.Summary(_("Cancel the event")), event_form.cancelling(event, identity=f"{identity}-cancel")], className="by-hand"),
    ]  # fmt: skip


def _versions(event: CalendarEvent, reading: Reading) -> list[Component]:
    """Who wrote it when, version by version, to the office."""
    if not reading.scope.decides:
        return []
    every = calendar.versions(reading, event.number)
    lines = [html.Li(_version(before, one, reading)) for before, one in zip([None, *every], every, strict=False)]
    return [html.Details([html.Summary(_("Versions (%(n)s)", n=len(every))), html.Ul(lines)])]


def _version(before: CalendarEvent | None, one: CalendarEvent, reading: Reading) -> str:
    who = _("the office") if one.actor == OFFICE_ACCOUNT else one.actor
    told = {"moment": numbers.instant(one.at, reading.zone), "who": who, "what": _what(before, one)}
    return _("%(moment)s, %(who)s: %(what)s", **told)


def _what(before: CalendarEvent | None, one: CalendarEvent) -> str:
    """What became another with a version."""
    if before is None:
        return _("added (event)")
    if one.cancelled:
        return _("cancelled: %(reason)s", reason=one.reason)
    if one.held_on != before.held_on:
        return _("took place on %(day)s", day=numbers.spoken_day(one.held_on))
    return _("changed: %(fields)s", fields=_(", ").join(_changed(before, one)))


def _changed(before: CalendarEvent, one: CalendarEvent) -> Sequence[str]:
    words = {
        "kind": _("Kind of event"), "day": _("Day"), "last_day": _("last day"), "starts_at": _("time of the day"), "title": _("Title"),
        "place": _("place (where)"), "units": _("units (which)"), "period": _("Quarter spoken of"), "enterprise": _("enterprise"), "note": _("Note"),
    }  # fmt: skip
    then, now = before.content.as_told(), one.content.as_told()
    return [word for name, word in words.items() if then[name] != now[name]]
