"""通报与材料, the page: what was published and whether it still stands, when what can be published, and whether a document is true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import asked_period, numbers, parts
from dashboards.components.friendly import friendly
from dashboards.components.page_list import PUBLICATIONS, register_page
from dashboards.pages.publications import (
    calendar,
    listed,
    material_card,
    one,
    papers_card,
    publish_form,
    verify_form,
    wordings_card,
)
from dashboards.pages.publications.message import main_message, next_message
from dashboards.pages.publications.query import Asked, publishing, read
from dashboards.results import publication_calendar, publication_list
from dashboards.results.publication_list import PublishedReport
from dashboards.results.reading import Reading
from dashboards.web.context import current
from data.language import gettext as _
from data.zone.periods import Year

PERIOD, MESSAGE, NEXT, LIST, MATERIAL, PAPERS, WORDINGS, CALENDAR, FORM, VERIFY = (
    f"publications-{part}"
    for part in ("period", "message", "next", "list", "material", "papers", "wordings", "calendar", "publish", "verify")
)

register_page(PUBLICATIONS, __name__)


@friendly
def layout(**query: Any) -> Component:
    """The year's publications, for everybody; who opened a draft before is read of the audit log, so the page is not kept."""
    with current().reading() as reading:
        return _page(read(query, reading), reading)


def _page(asked: Asked, reading: Reading) -> Component:
    found = publication_list.of_year(reading, asked.year)
    lines = publication_calendar.of_year(reading, asked.year)
    coming = next_message(lines, found, reading.today)
    listing = listed.list_of(found, asked.year, asked.entry, reading.zone, identity=LIST)
    dates = calendar.calendar_of(lines, found, reading, identity=CALENDAR)
    return html.Div(
        [
            _top(asked.year, reading),
            *asked_period.notice(asked.written, PUBLICATIONS),
            parts.key_message(main_message(asked.year, found), tone="first", id=MESSAGE),
            *([parts.key_message(coming, id=NEXT)] if coming else []),
            *publish_form.card(asked, reading, identity=FORM),
            *_one(asked.entry, found, reading),
            parts.card(
                _("Published in %(year)s", year=asked.year), html.Div(listing, className="table-frame"), id="list"
            ),
            material_card.card(found, asked.year, reading, identity=MATERIAL),
            *papers_card.card(found, asked.year, reading, identity=PAPERS),
            *wordings_card.card(reading, identity=WORDINGS),
            html.Div(
                [
                    parts.card(_("Calendar of publication"), *dates, *_casualties(asked.year, reading), id="calendar"),
                    parts.card(
                        _("Is a document true?"), verify_form.form(identity=VERIFY), id="verify", name="by-hand"
                    ),
                ],
                className="two-columns wide-left",
            ),
        ],
        className="page",
    )


def _top(year: int, reading: Reading) -> Component:
    years = sorted({*publication_list.years(reading), reading.today.year, year}, reverse=True)
    options = [(str(one), numbers.period(Year(one))) for one in years]
    picker = parts.chooser(PERIOD, _("Year"), options, str(year), chooses="period", drops="entry publish day")
    return html.Div([html.H1(PUBLICATIONS.title), picker], className="page-top")


def _one(entry: int | None, found: Sequence[PublishedReport], reading: Reading) -> list[Component]:
    """The publication that the address names."""
    if entry is None:
        return []
    for report in found:
        for issue in report.issues:
            content = publication_list.one(reading, entry) if issue.entry == entry else None
            if content is not None:
                opened = publication_list.opened_before(reading, report, issue)
                return [one.card(report, issue, content, opened, reading)]
    said = parts.empty(_("There is no such publication in this year."))
    return [parts.card(_("One publication"), said, id="one")]


def _casualties(year: int, reading: Reading) -> list[Component]:
    """Casualties are published as of any day: to the office, the two that it mostly wants."""
    if not reading.scope.decides or year != reading.today.year:
        return []
    today, period = reading.today, Year(year)
    last = reading.zone.calendar.first_day(reading.present_month) - timedelta(days=1)
    days = [day for day in (last, today) if day.year == year]
    links = [
        dcc.Link(_("up to %(day)s", day=numbers.spoken_day(day)), href=publishing(period, day.isoformat()), className="btn btn-sm btn-outline-primary")
        for day in days
    ]  # fmt: skip
    return [
        html.P([_("Casualty targets are published as of a day: "), *links], className="casualties-to-publish by-hand")
    ]
