"""Supervision, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, grid, parts
from dashboards.components.asked import left_out, levels, part, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.page_list import SUBMISSIONS, SUPERVISION, register_page
from dashboards.components.pager import in_pages, page_shown
from dashboards.components.picture import picture
from dashboards.pages.supervision import (
    export,
    figures,
    finding_grid,
    finding_list,
    key_figures,
    message,
    notes,
    standings,
)
from dashboards.pages.supervision.chosen import chips, kind_said, said_of
from dashboards.pages.supervision.query import SupervisionSeen, look
from dashboards.results import supervision, supervision_list
from dashboards.results.reading import Reading
from dashboards.results.supervision import FoundFindings
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

DAY, MESSAGE, TILES, MONTHS, UNITS, METHODS, KINDS, LIST, PAGER, RULES, CHIPS = (
    f"supervision-{part}"
    for part in ("day", "message", "figures", "months", "units", "methods", "kinds", "findings", "pager", "rules", "chips")
)  # fmt: skip
TOP, CHOSEN, OF_DAY, OF_MONTHS, OF_METHODS, OF_UNITS, OF_KINDS, OF_LIST, BASIS = (
    f"supervision-{part}-part"
    for part in ("top", "chosen", "day", "months", "methods", "units", "kinds", "list", "basis")
)
GRID = "supervision-grid"
LEVELS = (("period", "day"), ("unit", "method"), ("state", "page"))


register_page(SUPERVISION, __name__)


@page_of(SUPERVISION, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the day once, then draw everything from it."""
    seen = look(query, reading)
    columns = [html.Div([part(OF_MONTHS, *_months(seen))]), html.Div([part(OF_KINDS, *_kinds(seen))])]
    return html.Div(
        [
            levels(SUPERVISION, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen)),
            html.Div(columns, className="two-columns"),
            part(OF_UNITS, *_units(seen)),
            part(OF_METHODS, *_methods(seen)),
            _findings(seen, reading),
            part(BASIS, *_basis(seen)),
        ],
        className="page",
    )


@follows(SUPERVISION, 0, TOP, OF_DAY, OF_UNITS, BASIS)
def of_another_day(query: Query, reading: Reading) -> Sequence[Any]:
    """The day, the main message, the units, and what all rests on."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen), _units(seen), _basis(seen)


@follows(SUPERVISION, 1, OF_MONTHS, OF_METHODS)
def of_another_part(query: Query, reading: Reading) -> Sequence[Any]:
    """The months of the unit and the method that are chosen, and the methods."""
    seen = look(query, reading)
    return _months(seen), _methods(seen)


@follows(SUPERVISION, 2, CHOSEN, OF_KINDS, OF_LIST, grid.list_place(GRID), grid.question_place(GRID))
def of_other_findings(query: Query, reading: Reading) -> Sequence[Any]:
    """How findings stand, the list of them, and the line of what is chosen."""
    seen = look(query, reading)
    found = seen.narrowing.of(seen.report)
    listed = [left_out()] if stands(query, GRID) and len(found) else _listed(seen, reading, found)
    return _chosen(seen), _kinds(seen), _list_head(seen), listed, _question(seen, found)


def _top(seen: SupervisionSeen) -> Component:
    return asked_day.top(SUPERVISION.title, DAY, seen.asked.day, seen.today)


def _chosen(seen: SupervisionSeen) -> Component:
    return chip_line(asked_day.as_of(seen.asked.day), list(chips(seen)), identity=CHIPS)


def _of_day(seen: SupervisionSeen) -> list[Component]:
    report = seen.report
    amiss = asked_day.notice(seen.asked.asked_day)
    if not seen.known:
        return [*amiss, parts.key_message(message.nothing_known(report), tone="first", id=MESSAGE), *_send(seen)]
    said = parts.key_message(message.main_message(report), tone="first", id=MESSAGE)
    old = message.ledgers_said(report)
    late = [parts.key_message(old, tone="warn")] if old else []
    return [*amiss, said, *late, parts.card(None, key_figures.tiles(report, identity=TILES))]


def _send(seen: SupervisionSeen) -> list[Component]:
    """What to do where no ledger is known: the office sends them."""
    if seen.report.latest is not None or seen.report.own_unit is not None:
        return []
    there = dcc.Link(
        _("Go to submissions"), href=SUBMISSIONS.path + address.query(period=seen.asked.day.strftime("%Y-%m"))
    )
    return [parts.empty(_("The committee's office sends its ledger of supervision every month."), " ", there)]


def _months(seen: SupervisionSeen) -> list[Component]:
    if not seen.known:
        return []
    months = figures.by_month(seen)
    without = _("No finding fits what is chosen. Let a choice go above.")
    drawn = picture(
        _("What became of the findings of each month? %(of)s", of=said_of(seen)),
        figures.outcomes_of_months(months, without=without),
        identity=MONTHS,
        said=figures.answer(months),
        facts=figures.facts(months),
        notes=figures.notes(),
    )
    return [drawn]


def _kinds(seen: SupervisionSeen) -> list[Component]:
    if not seen.known:
        return []
    lifted = {} if seen.asked.unit is None else parts.attributes(data_chosen_unit=seen.asked.unit)
    heading = _("How the findings stand: %(of)s", of=said_of(seen))
    return [parts.card(heading, key_figures.kinds(seen, identity=KINDS), **lifted)]


def _units(seen: SupervisionSeen) -> list[Component]:
    """The units; to a unit's account that it sees its own findings alone."""
    if not seen.known:
        return []
    own = seen.report.own_unit
    if own is not None:
        return [parts.empty(_("You see the findings in %(unit)s alone, and no others.", unit=own.name))]
    quiet = standings.quiet(seen.report)
    rest = html.P(quiet, className="note") if quiet else None
    return [parts.card(_("By supervised unit"), standings.by_unit(seen, identity=UNITS), rest)]


def _methods(seen: SupervisionSeen) -> list[Component]:
    return [parts.card(_("By method"), standings.by_method(seen, identity=METHODS))] if seen.known else []


def _findings(seen: SupervisionSeen, reading: Reading) -> Component:
    """The findings: the grid that stands in it outlives the choice of others."""
    found = seen.narrowing.of(seen.report)
    listed = grid.record_list(
        _listed(seen, reading, found),
        finding_grid.headings(words=seen.report.reads_words),
        _question(seen, found),
        identity=GRID,
        export=finding_grid.EXPORT,
    )
    return html.Section([part(OF_LIST, *_list_head(seen)), listed], className="panel", id="findings")


def _question(seen: SupervisionSeen, found: FoundFindings) -> Component:
    return finding_grid.question_of(seen, len(found), identity=GRID)


def _list_head(seen: SupervisionSeen) -> list[Component | None]:
    kind = [] if seen.asked.state is None else [kind_said(seen.asked.state)]
    heading = html.H2(_("Findings: %(of)s", of=_(", ").join([said_of(seen), *kind])), className="card-heading")
    why = _("What each finding says is for the office and the supervised unit alone, for people may be named in it.")
    return [heading, None if seen.report.reads_words or not seen.known else html.P(why, className="note")]


def _listed(seen: SupervisionSeen, reading: Reading, found: FoundFindings) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid."""
    if not seen.known:
        return [parts.empty(_("There is no list as long as no finding is known."))]
    if not len(found):
        return [parts.empty(_("No finding fits what is chosen. Let a choice go above."))]
    size = finding_list.PAGE_SIZE
    page = page_shown(seen.asked.page, size, len(found))
    shown = supervision.rows(reading, found.part(page, size), seen.report.asked.as_of)
    table = finding_list.table(
        shown, supervision_list.sources(reading, shown), seen.zone, words=seen.report.reads_words, identity=LIST
    )
    pages = finding_list.pages(page, len(found), link=lambda n: seen.asked.link(page=n) + "#findings", identity=PAGER)
    query = address.query(**finding_grid.about(seen))
    return in_pages(table, pages, export=finding_grid.EXPORT, query=query)


def _basis(seen: SupervisionSeen) -> list[Component]:
    asked = seen.report.asked
    rules = notes.explanation(identity=RULES) if seen.known else None
    return [parts.card(None, asked_day.basis(asked.as_of, asked.known_by), rules)]


grid.comes_to_its_place(GRID)
offer(standings.UNITS, export.units)
offer(standings.METHODS, export.methods)
offer(finding_grid.EXPORT, finding_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_findings(request: Any) -> dict[str, Any]:
    """The rows that the grid of findings asks for."""
    with current().reading() as reading:
        return finding_grid.rows(request, reading)
