"""Tip-offs, sanctions and crackdowns, the page: a function of its address, so that a link shows what its sender saw and no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, grid, parts
from dashboards.components.asked import left_out, levels, part, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.page_list import SUBMISSIONS, TIPOFFS, register_page
from dashboards.components.pager import in_pages, page_shown
from dashboards.pages.tipoffs import cards, case_grid, case_list, export, message, notes, standings, steps
from dashboards.pages.tipoffs.chosen import chips, whose
from dashboards.pages.tipoffs.query import TipoffsSeen, look
from dashboards.results import tipoff_list, tipoffs
from dashboards.results.reading import Reading
from dashboards.results.tipoffs import FoundCases
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

DAY, MESSAGE, CARDS, STEPS, TYPES, UNITS, LIST, PAGER, RULES, CHIPS = (
    f"tipoffs-{part}"
    for part in ("day", "message", "cards", "steps", "types", "units", "cases", "pager", "rules", "chips")
)
TOP, CHOSEN, OF_DAY, OF_CARDS, OF_TYPES, OF_STEPS, OF_UNITS, OF_LIST, BASIS = (
    f"tipoffs-{part}-part" for part in ("top", "chosen", "day", "cards", "types", "steps", "units", "list", "basis")
)
GRID = "tipoffs-grid"
LEVELS = (("period", "day"), ("type",), ("unit", "state", "page"))


register_page(TIPOFFS, __name__)


@page_of(TIPOFFS, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the day once, then draw everything from it."""
    seen = look(query, reading)
    columns = [part(OF_STEPS, *_steps(seen)), part(OF_UNITS, *_units(seen))]
    return html.Div(
        [
            levels(TIPOFFS, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen)),
            part(OF_CARDS, *_cards(seen)),
            html.Div(columns, className="two-columns"),
            part(OF_TYPES, *_types(seen)),
            _cases(seen, reading),
            part(BASIS, *_basis(seen)),
        ],
        className="page",
    )


@follows(TIPOFFS, 0, TOP, OF_DAY, OF_UNITS, BASIS)
def of_another_day(query: Query, reading: Reading) -> Sequence[Any]:
    """The day, the main message, the units, and what all rests on."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen), _units(seen), _basis(seen)


@follows(TIPOFFS, 1, OF_CARDS, OF_TYPES)
def of_another_type(query: Query, reading: Reading) -> Sequence[Any]:
    """The types, the chosen one in front."""
    seen = look(query, reading)
    return _cards(seen), _types(seen)


@follows(TIPOFFS, 2, CHOSEN, OF_STEPS, OF_LIST, grid.list_place(GRID), grid.question_place(GRID))
def of_other_cases(query: Query, reading: Reading) -> Sequence[Any]:
    """The steps, the list of cases, and the line of what is chosen."""
    seen = look(query, reading)
    found = seen.narrowing.of(seen.report)
    listed = [left_out()] if stands(query, GRID) and found is not None and len(found) else _listed(seen, reading, found)
    return _chosen(seen), _steps(seen), _list_head(seen), listed, _question(seen, found)


def _top(seen: TipoffsSeen) -> Component:
    return asked_day.top(TIPOFFS.title, DAY, seen.asked.day, seen.today)


def _chosen(seen: TipoffsSeen) -> Component:
    return chip_line(asked_day.as_of(seen.asked.day), list(chips(seen)), identity=CHIPS)


def _of_day(seen: TipoffsSeen) -> list[Component]:
    report = seen.report
    amiss = asked_day.notice(seen.asked.asked_day)
    if seen.known:
        return [*amiss, parts.key_message(message.main_message(report), tone="first", id=MESSAGE)]
    there = dcc.Link(
        _("Go to submissions"), href=SUBMISSIONS.path + address.query(period=seen.asked.day.strftime("%Y-%m"))
    )
    why = _("Units send this ledger in months in which something changed.")
    said = parts.key_message(message.nothing_known(report), tone="first", id=MESSAGE)
    return [*amiss, said, parts.empty(why, " ", there)]


def _cards(seen: TipoffsSeen) -> list[Component]:
    return [cards.cards(seen, identity=CARDS)] if seen.known else []


def _types(seen: TipoffsSeen) -> list[Component]:
    return [parts.card(_("By type"), standings.by_type(seen, identity=TYPES))] if seen.known else []


def _steps(seen: TipoffsSeen) -> list[Component]:
    if not seen.known:
        return []
    lifted = {} if seen.asked.unit is None else parts.attributes(data_chosen_unit=seen.asked.unit)
    heading = _("%(type)s: from receipt to payment", type=seen.type)
    if not seen.report.types[seen.type].received:
        return [parts.card(heading, parts.empty(_("None up to this day.")), **lifted)]
    return [parts.card(heading, steps.table(seen, identity=STEPS), **lifted)]


def _units(seen: TipoffsSeen) -> list[Component]:
    """The units; to a unit's account that it sees its own cases alone."""
    if not seen.known:
        return []
    own = seen.report.own_unit
    if own is not None:
        return [parts.empty(_("You see the cases that %(unit)s handles alone, and no others.", unit=own.name))]
    return [parts.card(_("By the unit that handles them"), standings.by_unit(seen, identity=UNITS))]


def _cases(seen: TipoffsSeen, reading: Reading) -> Component:
    """The cases: the grid that stands in it outlives the choice of others."""
    found = seen.narrowing.of(seen.report)
    listed = grid.record_list(
        _listed(seen, reading, found),
        case_grid.headings(),
        _question(seen, found),
        identity=GRID,
        export=case_grid.EXPORT,
    )
    return html.Section([part(OF_LIST, *_list_head(seen)), listed], className="panel", id="cases")


def _question(seen: TipoffsSeen, found: FoundCases | None) -> Component:
    return case_grid.question_of(seen, 0 if found is None else len(found), identity=GRID)


def _list_head(seen: TipoffsSeen) -> list[Component]:
    of = _(", ").join(whose(seen)) or _("all cases")
    heading = _("Case by case") if seen.report.cases is None else _("Case by case: %(of)s", of=of)
    return [html.H2(heading, className="card-heading")]


def _listed(seen: TipoffsSeen, reading: Reading, found: FoundCases | None) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid; for who reads no case why there is no list."""
    if found is None:
        why = _(
            "Single cases are for the office and the unit that handles them alone, so that nobody who told of something is known. You see how many there are."
        )
        return [parts.empty(why)]
    if not seen.known:
        return [parts.empty(_("There is no list as long as no case is known."))]
    if not len(found):
        return [parts.empty(_("No case fits what is chosen. Let a choice go above."))]
    size = case_list.PAGE_SIZE
    page = page_shown(seen.asked.page, size, len(found))
    shown = tipoffs.rows(reading, found.part(page, size), seen.report)
    table = case_list.table(shown, tipoff_list.sources(reading, shown), seen.report.zone, identity=LIST)
    pages = case_list.pages(page, len(found), link=lambda n: seen.asked.link(page=n) + "#cases", identity=PAGER)
    query = address.query(**case_grid.about(seen))
    return in_pages(table, pages, export=case_grid.EXPORT, query=query)


def _basis(seen: TipoffsSeen) -> list[Component]:
    rules = notes.explanation(seen.report, identity=RULES) if seen.known else None
    return [parts.card(None, notes.basis_line(seen.report), rules)]


grid.comes_to_its_place(GRID)
offer(standings.TYPES, export.types)
offer(standings.UNITS, export.units)
offer(case_grid.EXPORT, case_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_cases(request: Any) -> dict[str, Any]:
    """The rows that the grid of cases asks for."""
    with current().reading() as reading:
        return case_grid.rows(request, reading)
