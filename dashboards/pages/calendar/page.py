"""The calendar, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import calendar_words, numbers, parts
from dashboards.components.asked import choosing, levels, part, part_further_down
from dashboards.components.page_list import CALENDAR, register_page
from dashboards.pages.calendar import agenda, duties, event_card, event_form, message, month_grid, speakers
from dashboards.pages.calendar.query import CalendarSeen, look, months, read
from dashboards.results.calendar import KINDS
from dashboards.results.reading import Reading
from dashboards.web.calendar_routes import file_link
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _
from data.zone.periods import Month

PERIOD, MESSAGE, KIND, GRID, AGENDA, EVENT, NEW, SPEAKERS, DUTIES = (
    f"calendar-{part}"
    for part in ("period", "message", "kinds", "sheet", "agenda", "event", "new", "speakers", "duties")
)
TOP, OF_KINDS, OF_EVENT, OF_SHEET, OF_AGENDA, OF_SPEAKERS, OF_NEW, OF_DUTIES = (
    f"calendar-{part}-part" for part in ("top", "kinds", "event", "sheet", "agenda", "speakers", "new", "duties")
)
LEVELS = (("period", "month"), ("kind",), ("event", "new", "quarter", "unit", "enterprise"))


register_page(CALENDAR, __name__)


@page_of(CALENDAR, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the year once, then draw the month from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(CALENDAR, *LEVELS),
            part(TOP, *_top(seen)),
            part(OF_EVENT, *event_card.card(seen, reading, identity=EVENT)),
            part(OF_SPEAKERS, *speakers.card(seen, identity=SPEAKERS)),
            html.Section(
                [
                    part(OF_KINDS, *_kinds(seen)),
                    part(OF_SHEET, *month_grid.sheet(seen, identity=GRID)),
                ],
                className="panel month-panel",
            ),
            part(OF_NEW, *_new(seen)),
            html.Section([part(OF_AGENDA, *_agenda(seen))], className="panel", id="agenda"),
            part_further_down(CALENDAR, 0, OF_DUTIES),
        ],
        className="page",
    )  # fmt: skip


@follows(CALENDAR, 0, TOP, OF_SPEAKERS)
def of_another_month(query: Query, reading: Reading) -> Sequence[Any]:
    """The month, the main message, and who still has to speak."""
    seen = look(query, reading)
    return _top(seen), speakers.card(seen, identity=SPEAKERS)


@follows(CALENDAR, 0, OF_DUTIES, later=True)
def of_another_year(query: Query, reading: Reading) -> Sequence[Any]:
    """The duties of the year's leaders; they come last."""
    return (duties.card(read(query, reading), reading, identity=DUTIES),)


@follows(CALENDAR, 1, OF_KINDS, OF_SHEET, OF_AGENDA)
def of_another_kind(query: Query, reading: Reading) -> Sequence[Any]:
    """The entries of the month that are of the kind."""
    seen = look(query, reading)
    return _kinds(seen), month_grid.sheet(seen, identity=GRID), _agenda(seen)


@follows(CALENDAR, 2, OF_EVENT, OF_NEW)
def of_another_event(query: Query, reading: Reading) -> Sequence[Any]:
    """The event that the address names, and the form for a new one."""
    seen = look(query, reading)
    return event_card.card(seen, reading, identity=EVENT), _new(seen)


def _top(seen: CalendarSeen) -> list[Component]:
    """Title and month, the ways to the months beside it; what is amiss with the address; the main message."""
    month, (first, last) = seen.asked.month, months(seen.today)
    years = range(first.year, last.year + 1)
    near = [Month(year, number) for year in years for number in range(1, 13) if abs(year - month.year) <= 1]
    options = [(str(one), numbers.period(one)) for one in near]
    picker = parts.chooser(PERIOD, _("Month"), options, str(month), chooses="period", drops="month event new quarter unit enterprise")  # fmt: skip
    before = [_turn(seen, month.plus(-1), _("← month before"))] if month > first else []
    after = [_turn(seen, month.plus(1), _("next month →"))] if month < last else []
    present = Month.of(seen.today)
    back = [] if month == present else [_turn(seen, present, _("this month"))]
    file = html.A(_("Year %(year)s as .ics", year=month.year), href=file_link(month.year, seen.asked.kind), className="export-link")  # fmt: skip
    head = html.Div([html.H1(CALENDAR.title), *before, picker, *after, *back, file], className="page-top")
    amiss = []
    if seen.asked.amiss:
        said = _("The calendar goes from %(first)s to %(last)s. What is shown is %(month)s.",
                 first=numbers.period(first), last=numbers.period(last), month=numbers.period(month))  # fmt: skip
        amiss = [parts.key_message(said, tone="warn")]
    return [head, *amiss, parts.key_message(message.main_message(seen), tone="first", id=MESSAGE)]


def _turn(seen: CalendarSeen, month: Month, words: str) -> Component:
    changes = {"period": str(month), "month": None, "event": None, "new": None, "quarter": None, "unit": None, "enterprise": None}  # fmt: skip
    return choosing(words, seen.asked.link(period=month), changes, className="month-turn")


def _kinds(seen: CalendarSeen) -> list[Component]:
    """The kinds that the month has, each with how many; the chosen one can be let go."""
    counted = Counter(one.kind for one in seen.of_month)
    chosen = seen.asked.kind
    kinds = [code for code in KINDS if counted[code] or code == chosen]
    every = _chip(seen, None, _("all kinds (calendar)"), len(seen.of_month))
    links = [every, *(_chip(seen, code, calendar_words.kind(code), counted[code]) for code in kinds)]
    return [html.Nav(links, className="kind-chips", id=KIND, **parts.attributes(aria_label=_("Kinds of entries")))]


def _chip(seen: CalendarSeen, code: str | None, words: str, n: int) -> Component:
    here = code == seen.asked.kind
    said = [words, " ", html.B(numbers.count(n))]
    marked = parts.attributes(aria_current="true") if here else {}
    return choosing(said, seen.asked.link(kind=code), {"kind": code}, className="kind-chip" + (" here" if here else ""), **marked)  # fmt: skip


def _agenda(seen: CalendarSeen) -> list[Component]:
    """The month day by day, under the kind that is chosen."""
    kind = seen.asked.kind
    said = _("Day by day") if kind is None else _("Day by day: %(kind)s", kind=calendar_words.kind(kind))
    return [html.H2(said, className="card-heading"), agenda.days(seen, identity=AGENDA)]


def _new(seen: CalendarSeen) -> list[Component]:
    """The form for a new event, to the office; open where the address asks for one."""
    if not seen.decides:
        return []
    form = event_form.adding(seen, identity=NEW)
    opened = html.Details([html.Summary(_("Add an event")), form], open=seen.asked.new is not None, className="by-hand")
    return [parts.card(None, opened, id="new", name="by-hand")]
