"""The committee's calendar over HTTP: the office adds events, changes them, records that they took place, cancels them; a year as a file.

Plain forms, each checked as if its sender were hostile.
"""

from __future__ import annotations

from datetime import date, time

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, calendar_file
from dashboards.components.page_list import CALENDAR
from dashboards.results import calendar
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.file_names import handed_out
from dashboards.web.notice import answer
from dashboards.web.reason import in_one_line
from data.intake import calendar_events
from data.intake.calendar_decisions import add_event, cancel_event, change_event, hold_event, name_leader
from data.intake.calendar_events import SPEECH, CalendarEvent, EventContent
from data.intake.deciding import Taken
from data.language import gettext as _
from data.zone.periods import Month, Quarter

EVENTS, LEADERS = "/calendar/events", "/calendar/leaders"
UNIT = "unit-"
"""How the field of a unit begins, before its code."""
YEARS = range(2000, 2100)


def _said(sentence: str, status: int) -> Response:
    return answer(sentence, status, heading=_("Not done"), way=CALENDAR.path, way_words=CALENDAR.title)


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule("/calendar/<int:year>.ics", "calendar-file", _decided(file))
    server.add_url_rule(EVENTS, "add-event", _decided(add), methods=["POST"])
    server.add_url_rule(f"{EVENTS}/<int:number>/change", "change-event", _decided(change), methods=["POST"])
    server.add_url_rule(f"{EVENTS}/<int:number>/hold", "hold-event", _decided(hold), methods=["POST"])
    server.add_url_rule(f"{EVENTS}/<int:number>/cancel", "cancel-event", _decided(cancel), methods=["POST"])
    server.add_url_rule(LEADERS, "name-leader", _decided(leader), methods=["POST"])


def file_link(year: int, kind: str | None) -> str:
    """The address of a year as a file for other calendars; of one kind, where one is chosen."""
    return f"/calendar/{year}.ics" + (address.query(kind=kind) if kind else "")


def file(year: int) -> AnyResponse:
    """The year as .ics: no more of it than the page shows."""
    if year not in YEARS:
        raise NotThere(_("There is no such period: %(value)s", value=year))
    kind = request.args.get("kind")
    with current().reading() as reading:
        found = calendar.fetch(reading, year)
        made = calendar_file.calendar_file(found, kind if kind in calendar.KINDS else None)
    name = _("calendar %(year)s", year=year)
    return handed_out(Response(made, content_type=f"{calendar_file.MEDIA}; charset=utf-8"), f"{name}.ics", ("ics",))


def add() -> AnyResponse:
    """A new event of the form."""
    _office_alone()
    content = _content()
    taken = add_event(desk(), content, _day("held_on"))
    return _done(taken, taken.number, content.day)


def change(number: int) -> AnyResponse:
    """What an event is from now on, as the form has it."""
    _office_alone()
    content = _content()
    return _done(change_event(desk(), number, _seen(), content), number, content.day)


def hold(number: int) -> AnyResponse:
    """It took place on the day of the form."""
    _office_alone()
    day = _day("held_on")
    if day is None:
        raise ValueError(_("Say on which day it took place."))
    return _done(hold_event(desk(), number, _seen(), day), number, day)


def cancel(number: int) -> AnyResponse:
    """It does not take place."""
    _office_alone()
    day = _event(number).content.day
    return _done(cancel_event(desk(), number, _seen(), in_one_line(request.form.get("reason", ""))), number, day)


def leader() -> AnyResponse:
    """Who holds a post of the year's plan."""
    _office_alone()
    told = request.form.get("year", "")
    if not (told.isascii() and told.isdigit() and int(told) in YEARS):
        raise ValueError(_("There is no such period: %(value)s", value=told[:40]))
    taken = name_leader(desk(), int(told), request.form.get("post", ""), in_one_line(request.form.get("person", "")))
    way = CALENDAR.path + "#duties"
    return waits(way, CALENDAR.title) if taken.queued else redirect(way, 303)


def _office_alone() -> None:
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office writes into the calendar."))


def _event(number: int) -> CalendarEvent:
    with current().reading() as reading:
        found = calendar_events.event(reading.connection, reading.zone.code, number)
    if found is None:
        raise NotThere(_("There is no such event."))
    return found


def _seen() -> int:
    """The version that the form was made of; of nonsense one that there is not."""
    told = request.form.get("seen", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def _content() -> EventContent:
    """What the form says of an event; what is a speech's alone is left out of any other."""
    day = _day("day")
    if day is None:
        raise ValueError(_("Say on which day it is."))
    kind = request.form.get("kind", "")
    speech = kind == SPEECH
    return EventContent(
        kind=kind,
        day=day,
        title=in_one_line(request.form.get("title", "")),
        last_day=_day("last_day"),
        starts_at=_time(),
        place=in_one_line(request.form.get("place", "")),
        units=tuple(name.removeprefix(UNIT) for name in request.form if name.startswith(UNIT)),
        quarter=_quarter() if speech else None,
        enterprise=in_one_line(request.form.get("enterprise", "")) if speech else "",
        note=in_one_line(request.form.get("note", "")),
    )


def _day(name: str) -> date | None:
    told = request.form.get(name, "").strip()
    try:
        day = date.fromisoformat(told) if told else None
    except ValueError as error:
        raise ValueError(_("There is no such day: %(value)s", value=told[:40])) from error
    if day is not None and day.year not in YEARS:
        raise ValueError(_("There is no such day: %(value)s", value=told[:40]))
    return day


def _time() -> time | None:
    told = request.form.get("starts_at", "").strip()
    try:
        return time.fromisoformat(told).replace(second=0, microsecond=0, tzinfo=None) if told else None
    except ValueError as error:
        raise ValueError(_("There is no such time: %(value)s", value=told[:40])) from error


def _quarter() -> Quarter:
    told = request.form.get("quarter", "")
    try:
        return Quarter.parse(told)
    except ValueError as error:
        raise ValueError(_("A speech is of one quarter, and of one unit or one enterprise.")) from error


def _done(taken: Taken, number: int, day: date) -> AnyResponse:
    way = CALENDAR.path + address.query(period=Month.of(day), event=number) + "#event"
    return waits(way, CALENDAR.title) if taken.queued else redirect(way, 303)
