"""The form in which the office writes an event, new or as it is to be from now on; and the short ones: held, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import calendar_words, numbers
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.web.calendar_routes import EVENTS, UNIT
from dashboards.web.token import token_field_of_a_kept_part
from data.intake.calendar_events import LONGEST_PLACE, LONGEST_TITLE, SPEECH, CalendarEvent, EventContent
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.schema.calendar_events import KINDS
from data.zone.periods import Quarter


@dataclass(frozen=True, slots=True)
class EventFields:
    """What stands in the form's fields when it is shown."""

    kind: str = KINDS[0]
    day: str = ""
    last_day: str = ""
    starts_at: str = ""
    title: str = ""
    place: str = ""
    units: tuple[str, ...] = ()
    quarter: str = ""
    enterprise: str = ""
    note: str = ""


def _of(content: EventContent) -> EventFields:
    told = content.as_told()
    return EventFields(
        told["kind"], told["day"], told["last_day"], told["starts_at"], told["title"], told["place"], content.units,
        told["period"], told["enterprise"], told["note"],
    )  # fmt: skip


def _new(seen: CalendarSeen) -> EventFields:
    """A new event on the next day of the month that is not past; a speech with whom the address names, on the next meeting."""
    asked, meeting = seen.asked, seen.found.next_meeting
    day = max(seen.first, min(seen.today, seen.last))
    if asked.new != SPEECH:
        return EventFields(kind=asked.new or KINDS[0], day=day.isoformat())
    there = meeting.day if meeting is not None else day
    units = (asked.unit,) if asked.unit in seen.zone.unit_by_code else ()
    return EventFields(SPEECH, there.isoformat(), title=_("Speaking last"), units=units, quarter=asked.quarter, enterprise=asked.enterprise)  # fmt: skip


def adding(seen: CalendarSeen, *, identity: str) -> Component:
    """The form for a new event."""
    held = _field("held_on", _("Took place already, on"), type="date", value="", max=seen.today.isoformat())
    fields = _fields(_new(seen), seen, identity)
    return _form(EVENTS, [*fields, held], _("Add it"), identity=identity)


def changing(event: CalendarEvent, seen: CalendarSeen, *, identity: str) -> Component:
    """The form in which an event is put right."""
    fields = [_version(event), *_fields(_of(event.content), seen, identity)]
    return _form(f"{EVENTS}/{event.number}/change", fields, _("Change it"), identity=identity)


def holding(event: CalendarEvent, seen: CalendarSeen, *, identity: str) -> Component:
    """The form that records that it took place."""
    day = (event.held_on or min(event.content.day, seen.today)).isoformat()
    words = _("Spoken on") if event.content.kind == SPEECH else _("Took place on")
    field = _field("held_on", words, type="date", value=day, max=seen.today.isoformat(), required=True)
    button = _("Record as spoken") if event.content.kind == SPEECH else _("Record as held")
    return _form(f"{EVENTS}/{event.number}/hold", [_version(event), field], button, identity=identity, name="one-line")


def cancelling(event: CalendarEvent, *, identity: str) -> Component:
    """The form that cancels it."""
    field = _field("reason", _("Why it is cancelled"), type="text", value="", maxlength=LONGEST_REASON, required=True)
    return _form(f"{EVENTS}/{event.number}/cancel", [_version(event), field], _("Cancel it"), identity=identity, name="one-line")  # fmt: skip


def _version(event: CalendarEvent) -> Component:
    return dcc.Input(type="hidden", name="seen", value=str(event.version))


def _form(
    action: str, fields: Sequence[Component | None], button: str, *, identity: str, name: str = "event-form"
) -> Component:
    send = html.Button(button, type="submit", className="btn btn-sm btn-outline-primary")
    return html.Form(
        [token_field_of_a_kept_part(), *fields, send],
        method="post", action=action, id=identity, className=f"{name} by-hand",
    )  # fmt: skip


def _fields(filled: EventFields, seen: CalendarSeen, identity: str) -> list[Component]:
    kinds = [(code, calendar_words.kind(code)) for code in KINDS]
    public = _("Whoever it concerns reads title and place: write no names of people there. The note is for the office, and for the unit that an event of one unit concerns.")  # fmt: skip
    return [
        html.Div(
            [
                _select("kind", _("Kind of event"), kinds, filled.kind),
                _field("title", _("Title"), type="text", value=filled.title, maxlength=LONGEST_TITLE, required=True),
                _field("day", _("Day"), type="date", value=filled.day, required=True),
                _field("starts_at", _("Time, if there is one"), type="time", value=filled.starts_at),
                _field("last_day", _("Last day, if there are several"), type="date", value=filled.last_day),
                _field("place", _("place (where)"), type="text", value=filled.place, maxlength=LONGEST_PLACE),
            ],
            className="choice-grid",
        ),
        _units(filled, seen, identity),
        html.Fieldset(
            [
                html.Legend(_("Only of a speech")),
                html.Div(
                    [
                        _select("quarter", _("Quarter spoken of"), _quarters(seen.today, filled.quarter), filled.quarter),
                        _field("enterprise", _("Enterprise that speaks, in place of a unit"), type="text", value=filled.enterprise, maxlength=LONGEST_TITLE),
                    ],
                    className="choice-grid",
                ),
            ],
            className="of-a-speech",
        ),
        _field("note", _("Note"), type="text", value=filled.note, maxlength=LONGEST_REASON),
        html.P(public, className="note"),
    ]  # fmt: skip


def _units(filled: EventFields, seen: CalendarSeen, identity: str) -> Component:
    boxes = [
        dbc.Checkbox(id=f"{identity}-{unit.code}", name=UNIT + unit.code, label=unit.short_name, value=unit.code in filled.units)
        for unit in seen.zone.units
    ]  # fmt: skip
    return html.Fieldset([html.Legend(_("Units that it concerns; none means all")), html.Div(boxes, className="unit-boxes")])  # fmt: skip


def _quarters(today: date, chosen: str) -> list[tuple[str, str]]:
    """None, and the quarters of this year and the last, the latest first."""
    every = [Quarter(year, number) for year in (today.year, today.year - 1) for number in (4, 3, 2, 1)]
    told = [(str(one), numbers.period(one)) for one in every]
    known = chosen in {"", *(value for value, _words in told)}
    return [("", _("none (quarter)")), *told, *([] if known else [(chosen, chosen)])]


def _select(name: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    choices = [{"label": said, "value": one} for one, said in options]
    return html.Label([html.Span(label), dbc.Select(name=name, options=choices, value=value)], className="chooser")


def _field(name: str, label: str, **options: object) -> Component:
    return html.Label([html.Span(label), dbc.Input(name=name, autocomplete="off", **options)], className="chooser")
