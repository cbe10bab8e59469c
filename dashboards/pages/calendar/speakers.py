"""Who by a published quarter has to speak last and has not spoken yet; to the office the way to write it into the calendar."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, calendar_words, numbers, parts
from dashboards.components.page_list import CALENDAR, SCORES
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.results.calendar import AwaitedSpeech
from data.language import gettext as _
from data.zone.periods import Month


def card(seen: CalendarSeen, *, identity: str) -> list[Component]:
    """The speeches that are awaited; nothing where none is."""
    if not seen.found.awaited:
        return []
    items = [html.Li(_line(one, seen)) for one in seen.found.awaited]
    return [parts.card(_("Speeches still awaited"), html.Ul(items, className="awaited-speeches", id=identity))]


def _line(one: AwaitedSpeech, seen: CalendarSeen) -> list[Component | str]:
    who = html.B(one.name if one.unit is None else one.unit.short_name)
    quarter = dcc.Link(numbers.period(one.quarter), href=SCORES.path + address.query(period=one.quarter))
    why = html.Small(f"({calendar_words.reasons(one.reasons)})")
    return [who, " ", quarter, " ", why, " ", *_planned(one, seen)]


def _planned(one: AwaitedSpeech, seen: CalendarSeen) -> list[Component | str]:
    if one.planned is not None:
        day, number = one.planned.content.day, one.planned.number
        there = CALENDAR.path + address.query(period=Month.of(day), event=number) + "#event"
        tone = "warn" if day < seen.today else "calm"
        return [parts.tag(_("planned for %(day)s", day=numbers.day_of_year(day)), tone), " ", dcc.Link(_("Look at it"), href=there)]  # fmt: skip
    if not seen.decides:
        return [parts.tag(_("not in the calendar yet"), "warn", symbol="!")]
    unit = None if one.unit is None else one.unit.code
    form = seen.asked.link(new="speech", quarter=one.quarter, unit=unit, enterprise=one.enterprise) + "#new"
    return [parts.tag(_("not in the calendar yet"), "warn", symbol="!"), " ", dcc.Link(_("Write it into the calendar"), href=form)]  # fmt: skip
