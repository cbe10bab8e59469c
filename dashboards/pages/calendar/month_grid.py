"""The month as a sheet of the calendar, weeks from Monday on; what lasts long stands above it. For wide screens and paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component

from dashboards.components import calendar_words, numbers, parts
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.pages.calendar.ways import anchor, leads
from dashboards.results.calendar_days import CalendarEntry, OwnEvent
from data.language import gettext as _

MOST_OF_A_DAY = 4
LONG = timedelta(days=7)
"""What lasts longer would stand on every day, and hide the rest."""
WEEK = 7


def sheet(seen: CalendarSeen, *, identity: str) -> list[Component]:
    """The strip of what lasts long, and the weeks."""
    lasting = [one for one in seen.shown if one.until - one.day >= LONG]
    others = [one for one in seen.shown if one not in lasting]
    head = html.Tr([html.Th(day, scope="col") for day in calendar_words.weekdays()])
    weeks = [html.Tr([_cell(day, others, seen) for day in week]) for week in _weeks(seen.first, seen.last)]
    table = html.Table([html.Thead(head), html.Tbody(weeks)], className="month-grid", id=identity)
    return [*_strip(lasting, seen), table]


def _strip(lasting: Sequence[CalendarEntry], seen: CalendarSeen) -> list[Component]:
    if not lasting:
        return []
    return [html.Ul([html.Li([_link(one, seen), " ", html.Small(calendar_words.when(one))]) for one in lasting], className="month-strip")]  # fmt: skip


def _weeks(first: date, last: date) -> list[list[date]]:
    """The weeks that have a day of the month, whole."""
    begin = first - timedelta(days=first.weekday())
    return [
        [begin + timedelta(days=WEEK * week + day) for day in range(WEEK)]
        for week in range(((last - begin).days // WEEK) + 1)
    ]


def _cell(day: date, entries: Sequence[CalendarEntry], seen: CalendarSeen) -> Component:
    if not seen.first <= day <= seen.last:
        return html.Td(html.Span(str(day.day), className="month-day"), className="other-month")
    of_day = [one for one in entries if one.day <= day <= one.until]
    shown = of_day if len(of_day) <= MOST_OF_A_DAY else of_day[: MOST_OF_A_DAY - 1]
    more = len(of_day) - len(shown)
    listed = [html.Li(_link(one, seen)) for one in shown]
    if more:
        words = _("%(n)s more", n=more)
        listed.append(html.Li(html.A(words, href=f"#{anchor(of_day[len(shown)])}", className="month-more")))
    today = day == seen.today
    number = html.Span(str(day.day), className="month-day", title=numbers.spoken_day(day))
    return html.Td(
        [number, html.Ul(listed) if listed else None],
        className="today" if today else None,
        **(parts.attributes(aria_current="date") if today else {}),
    )


def _link(one: CalendarEntry, seen: CalendarSeen) -> Component:
    """An entry in a line, its whole sentence under the pointer."""
    symbol, word, tone = calendar_words.state(one)
    title = calendar_words.title(one, seen.zone)
    at = [] if one.starts_at is None else [html.Span(f"{one.starts_at:%H:%M}", className="month-time")]
    mark = html.Span(symbol, className="symbol", **parts.attributes(aria_label=word))
    return html.A(
        [mark, *at, html.Span(title, className="month-words")],
        href=leads(one, seen),
        className=f"month-entry tone-{tone}-entry {'own-event' if isinstance(one.about, OwnEvent) else ''} state-{one.state}".strip(),
        title=parts.sentences(_("%(kind)s: %(title)s", kind=calendar_words.kind(one.kind), title=title), f"({word})"),
    )  # fmt: skip
