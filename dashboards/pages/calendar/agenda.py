"""The month day by day: each entry with what stands beneath it and the way to its page. On a phone it is the calendar."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import calendar_words, parts
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.pages.calendar.ways import anchor, leads
from dashboards.results.calendar_days import CalendarEntry, PlanDue
from data.language import gettext as _

AT_ONCE = 3
"""So many lines stand beneath an entry; the rest is a click away."""


def days(seen: CalendarSeen, *, identity: str) -> Component:
    """The days that have entries; what began before the month stands on its first day."""
    shown = seen.shown
    if not shown:
        return parts.empty(_nothing(seen))
    made = [
        html.Section(
            [html.H3(_day(day, seen)), html.Ul([_entry(one, seen) for one in entries])],
            className="agenda-day" + (" today" if day == seen.today else ""),
        )
        for day, entries in groupby(shown, key=lambda one: max(one.day, seen.first))
    ]
    return html.Div(made, className="agenda", id=identity)


def _nothing(seen: CalendarSeen) -> str:
    if seen.asked.kind is None:
        return _("Nothing stands in the calendar of this month.")
    return _("Nothing of this kind stands in the calendar of this month. Let the choice go above.")


def _day(day: date, seen: CalendarSeen) -> list[Component | str]:
    said = calendar_words.day(day)
    return [said, " ", parts.tag(_("today"))] if day == seen.today else [said]


def _entry(one: CalendarEntry, seen: CalendarSeen) -> Component:
    symbol, word, tone = calendar_words.state(one)
    at = [] if one.starts_at is None else [html.B(f"{one.starts_at:%H:%M} ")]
    lasts = [] if one.until == one.day else [html.Small(calendar_words.when(one))]
    title = dcc.Link(calendar_words.title(one, seen.zone), href=leads(one, seen), className="agenda-title")
    return html.Li(
        [
            html.Div([*at, title, " ", parts.tag(word, tone, symbol=symbol), " ", html.Small(calendar_words.kind(one.kind), className="agenda-kind"), " ", *lasts]),
            *_beneath(one, seen),
        ],
        id=anchor(one), className=f"agenda-entry state-{one.state}",
    )  # fmt: skip


def _beneath(one: CalendarEntry, seen: CalendarSeen) -> list[Component]:
    said = lines(one, seen)
    first, rest = said[:AT_ONCE], said[AT_ONCE:]
    shown = [html.P(line, className="agenda-line") for line in first]
    if not rest:
        return list(shown)
    more = html.Details(
        [html.Summary(_("%(n)s more", n=len(rest))), *(html.P(line, className="agenda-line") for line in rest)]
    )
    return [*shown, more]


def lines(one: CalendarEntry, seen: CalendarSeen) -> list[str]:
    """What stands beneath an entry; of the plan's items those first of which units are behind."""
    if isinstance(one.about, PlanDue):
        items = sorted(one.about.items, key=lambda item: item.state not in {"overdue", "due"})
        return [calendar_words.item(item) for item in items]
    return calendar_words.details(one, seen.zone)
