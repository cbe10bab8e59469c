"""Inspection coverage, the page: who was not inspected this year, and who repeatedly; a function of its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, grid, numbers, parts, standings
from dashboards.components.asked import levels, part
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.page_list import COVERAGE, SUBMISSIONS, register_page
from dashboards.pages.inspection_coverage import lists, message, parts_table
from dashboards.pages.inspection_coverage.chosen import chips
from dashboards.pages.inspection_coverage.query import CoverageSeen, look
from dashboards.pages.inspection_coverage.words import called, rule
from dashboards.results import inspection_coverage
from dashboards.results.inspection_coverage import LISTS
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

MESSAGE, TABS, TOWNS, SECTORS, CHIPS = (
    f"inspection-coverage-{part}" for part in ("message", "tabs", "towns", "sectors", "chips")
)
CHOSEN, PARTS, OF_LIST = (f"inspection-coverage-{part}-part" for part in ("chosen", "parts", "list"))
GRIDS = {which: f"inspection-coverage-{which}-grid" for which in LISTS}
LEVELS = (("list", "unit", "sector"),)


register_page(COVERAGE, __name__)


@page_of(COVERAGE, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Look once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(COVERAGE, *LEVELS),
            html.Div(html.H1(COVERAGE.title), className="page-top"),
            *_top(seen),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(PARTS, *_parts(seen)),
            part(OF_LIST, *_list(seen, reading)),
            parts.card(None, _basis(seen)),
        ],
        className="page",
    )


@follows(COVERAGE, 0, CHOSEN, PARTS, OF_LIST)
def of_another_list(query: Query, reading: Reading) -> Sequence[Any]:
    """The list, and towns and sectors with the chosen one marked."""
    seen = look(query, reading)
    return _chosen(seen), _parts(seen), _list(seen, reading)


def _top(seen: CoverageSeen) -> list[Component]:
    result = seen.result
    if not result.all.whole.enterprises:
        there = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=result.as_of.year))
        return [parts.key_message(message.no_register(result), " ", there, tone="first", id=MESSAGE)]
    own = result.own_unit
    alone = [] if own is None else [
        parts.empty(_("You see the enterprises that concern %(unit)s, and what %(unit)s itself inspected: others' inspections are not "
                      "counted here.", unit=own.name))
    ]  # fmt: skip
    return [parts.key_message(message.main_message(result), tone="first", id=MESSAGE), *alone]


def _chosen(seen: CoverageSeen) -> Component:
    of = _("as of %(day)s", day=numbers.spoken_day(seen.result.as_of))
    return chip_line(f"{of} · {called(seen.asked.which)}", list(chips(seen)), identity=CHIPS)


def _parts(seen: CoverageSeen) -> list[Component]:
    result = seen.result
    if not result.all.whole.enterprises:
        return []
    towns = parts_table.table(parts_table.towns(result), _("Town"), seen, kind="unit", identity=TOWNS)
    sectors = parts_table.table(parts_table.sectors(result), _("Sector"), seen, kind="sector", identity=SECTORS)
    left = standings.with_exports(towns, export=parts_table.TOWNS, query="", identity=TOWNS)
    right = standings.with_exports(sectors, export=parts_table.SECTORS, query="", identity=SECTORS)
    return [
        html.Div(
            [
                parts.card(_("By territory"), html.Div(left, className="table-frame")),
                parts.card(_("By sector"), html.Div(right, className="table-frame")),
            ],
            className="two-columns",
        )
    ]


def _list(seen: CoverageSeen, reading: Reading) -> list[Component]:
    if not seen.result.all.whole.enterprises:
        return []
    which = seen.asked.which
    items = [
        (
            f"{called(one)} {numbers.count(seen.result.number(inspection_coverage.wanted_of(one)))}",
            seen.asked.link(list=one),
            one == which,
        )
        for one in LISTS
    ]
    order = {
        "never": _("Enterprises of high risk first, then those that nobody has seen for longest."),
        "repeated": _("Who was inspected last first; shown are the latest inspections that lie too near together."),
    }[which]
    tabs = parts.tabs(items, label=_("Which list"), identity=TABS)
    listed = lists.record_list_of(seen, reading, identity=GRIDS[which])
    note = html.P(order, className="note before-table")
    return [html.Section([tabs, note, listed], className="panel", id="enterprises")]


def _basis(seen: CoverageSeen) -> Component:
    facts = [
        _("Shown, never scored."),
        rule(seen.result),
        _("Enterprises by credit code: an inspection whose row has none counts for nobody here."),
        _("Scheme: %(title)s, version %(version)s", title=seen.result.scheme.title, version=seen.result.scheme.version),
    ]
    return html.P([html.Span(fact) for fact in facts], className="basis-line")


for _grid in GRIDS.values():
    grid.comes_to_its_place(_grid)
offer(parts_table.TOWNS, parts_table.export_towns)
offer(parts_table.SECTORS, parts_table.export_sectors)
offer(lists.EXPORTS["never"], lists.export_never)
offer(lists.EXPORTS["repeated"], lists.export_repeated)


@callback(Output(GRIDS["never"], "getRowsResponse"), Input(GRIDS["never"], "getRowsRequest"), prevent_initial_call=True)
def more_not_inspected(request: Any) -> dict[str, Any]:
    """The rows that the grid of those not inspected asks for."""
    with current().reading() as reading:
        return lists.rows(request, reading)


@callback(
    Output(GRIDS["repeated"], "getRowsResponse"), Input(GRIDS["repeated"], "getRowsRequest"), prevent_initial_call=True
)
def more_inspected_repeatedly(request: Any) -> dict[str, Any]:
    """The rows that the grid of those inspected repeatedly asks for."""
    with current().reading() as reading:
        return lists.rows(request, reading)
