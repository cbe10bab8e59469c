"""Warnings and disasters, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, grid, parts
from dashboards.components.asked import left_out, levels, part, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.page_list import DISASTERS, SUBMISSIONS, register_page
from dashboards.components.pager import in_pages, page_shown
from dashboards.components.picture import picture
from dashboards.pages.disasters import (
    disaster_table,
    export,
    figures,
    history,
    key_figures,
    message,
    notes,
    standings,
    stopped,
    warning_grid,
    warning_list,
)
from dashboards.pages.disasters.chosen import chips, narrowed, whose
from dashboards.pages.disasters.query import DisastersSeen, look
from dashboards.pages.disasters.warning_grid import WarningsShown
from dashboards.results import disaster_history, disaster_list, disasters
from dashboards.results.disasters import FoundDisasters
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

DAY, MESSAGE, FIGURES, GOAL, MINUTES, STOPPED, UNITS, TYPES, LIST, PAGER, STRUCK, STRUCK_PAGER, TOLD_PAGER, RULES, CHIPS = (
    f"disasters-{part}"
    for part in (
        "day", "message", "figures", "goal", "minutes", "stopped", "units", "types", "warnings", "pager", "struck", "struck-pager",
        "told-pager", "rules", "chips",
    )
)  # fmt: skip
TOP, CHOSEN, OF_DAY, OF_UNITS, OF_TYPES, OF_MINUTES, OF_STEPS, OF_LIST, OF_STRUCK, OF_TOLD, BASIS = (
    f"disasters-{part}-part"
    for part in ("top", "chosen", "day", "units", "types", "minutes", "steps", "list", "struck", "told", "basis")
)
GRID = "disasters-grid"
LEVELS = (("period", "day"), ("unit", "type"), ("state", "page"), ("at", "told"))


register_page(DISASTERS, __name__)


@page_of(DISASTERS, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the day once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(DISASTERS, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen)),
            html.Div(
                [
                    html.Div([part(OF_MINUTES, *_minutes(seen)), part(OF_UNITS, *_units(seen))]),
                    html.Div([part(OF_STEPS, *_steps(seen)), part(OF_TYPES, *_types(seen))]),
                ],
                className="two-columns",
            ),
            _warnings(seen, reading),
            html.Section(part(OF_STRUCK, *_struck(seen, reading)), className="panel", id="struck"),
            part(OF_TOLD, *_told_again(seen, reading)),
            part(BASIS, *_basis(seen)),
        ],
        className="page",
    )


@follows(DISASTERS, 0, TOP, OF_DAY, OF_UNITS, BASIS)
def of_another_day(query: Query, reading: Reading) -> Sequence[Any]:
    """The day, the main message, the key figures, the towns, and what all rests on."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen), _units(seen), _basis(seen)


@follows(DISASTERS, 1, OF_MINUTES, OF_TYPES)
def of_others(query: Query, reading: Reading) -> Sequence[Any]:
    """The answers of the unit and the type that are chosen, and the types."""
    seen = look(query, reading)
    return _minutes(seen), _types(seen)


@follows(DISASTERS, 2, CHOSEN, OF_STEPS, OF_LIST, grid.list_place(GRID), grid.question_place(GRID))
def of_other_warnings(query: Query, reading: Reading) -> Sequence[Any]:
    """Where they stopped, the list of warnings, and the line of what is chosen."""
    seen = look(query, reading)
    shown = _list_of(seen, reading, with_grid=stands(query, GRID))
    return _chosen(seen), _steps(seen), shown.head, shown.listed, shown.question


@follows(DISASTERS, 3, OF_STRUCK, OF_TOLD)
def of_other_disasters(query: Query, reading: Reading) -> Sequence[Any]:
    """The disasters of the unit and the type that are chosen, and what was told of more than once."""
    seen = look(query, reading)
    return _struck(seen, reading), _told_again(seen, reading)


def _top(seen: DisastersSeen) -> Component:
    return asked_day.top(DISASTERS.title, DAY, seen.asked.day, seen.today)


def _chosen(seen: DisastersSeen) -> Component:
    return chip_line(asked_day.as_of(seen.asked.day), chips(seen), identity=CHIPS)


def _of_day(seen: DisastersSeen) -> list[Component]:
    report = seen.report
    amiss = asked_day.notice(seen.asked.asked_day)
    goal = key_figures.goal(seen, identity=GOAL)
    if not seen.known:
        said = parts.key_message(message.nothing_known(seen), tone="first", id=MESSAGE)
        return [*amiss, said, *_send(seen), parts.card(None, goal)]
    said = parts.key_message(message.main_message(report), tone="first", id=MESSAGE)
    old = message.ledgers_said(report)
    warned = [parts.key_message(old, tone="warn")] if old else []
    return [*amiss, said, *warned, parts.card(None, key_figures.tiles(report, identity=FIGURES), goal)]


def _send(seen: DisastersSeen) -> list[Component]:
    """What to do where no ledger is known."""
    if seen.report.filed:
        return []
    there = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=seen.report.asked.month))
    why = _("Towns and the office send their ledger of warnings and disasters every month, also where there was none.")
    return [parts.empty(why, " ", there)]


def _minutes(seen: DisastersSeen) -> list[Component]:
    if not seen.known:
        return []
    shown, limit = seen.of_unit_and_type, seen.report.scheme.answer_minutes
    figure = figures.minutes_to_answer(shown, limit)
    heading = _of(_("How soon were calls answered?"), whose(seen))
    return [
        picture(
            heading,
            figure,
            identity=MINUTES,
            said=figures.answer(shown, limit),
            facts=figures.facts(shown, limit),
            notes=figures.notes() if figure.data else [],
            via="minutes",
        )
    ]


def _of(heading: str, named: list[str]) -> str:
    """A heading, with what alone it is of."""
    return parts.behind(heading, _(", ").join(named)) if named else heading


def _steps(seen: DisastersSeen) -> list[Component]:
    if not seen.known:
        return []
    lifted = {} if seen.asked.unit is None else {"data_chosen_unit": seen.asked.unit}
    heading = _of(_("Where did warnings stop?"), whose(seen))
    return [parts.card(heading, stopped.table(seen, identity=STOPPED), **parts.attributes(**lifted))]


def _units(seen: DisastersSeen) -> list[Component]:
    """The towns; to a unit's account that it sees what it told of itself alone."""
    if not seen.known:
        return []
    own = seen.report.own_unit
    if own is not None:
        return [
            parts.empty(
                _("You see the warnings and disasters that %(unit)s told of itself, and no others.", unit=own.name)
            )
        ]
    return [parts.card(_("By unit that told of them"), standings.of_units(seen, identity=UNITS))]


def _types(seen: DisastersSeen) -> list[Component]:
    if not len(seen.report.warnings):
        return []
    return [parts.card(_("By type"), standings.by_types(seen, identity=TYPES))]


def _warnings(seen: DisastersSeen, reading: Reading) -> Component:
    """The warnings: the grid that stands in it outlives the choice of others."""
    shown = _list_of(seen, reading)
    listed = warning_grid.record_list_of(shown, identity=GRID)
    return html.Section([part(OF_LIST, *shown.head), listed], className="panel", id="warnings")


def _list_of(seen: DisastersSeen, reading: Reading, *, with_grid: bool = False) -> WarningsShown:
    """The warnings that are wanted; ``with_grid``: the grid stands in the list's place, and asks for its rows."""
    found = seen.narrowing.of(seen.report)
    heading = _of(_("Warnings, step by step"), narrowed(seen))
    return WarningsShown(
        head=[html.H2(heading, className="card-heading")],
        listed=[left_out()] if with_grid and len(found) else _listed(seen, reading, found),
        question=warning_grid.question_of(seen, len(found), identity=GRID),
    )


def _listed(seen: DisastersSeen, reading: Reading, found: FoundDisasters) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid."""
    if not len(seen.report.warnings):
        none = _("No warning by this day is told of in the ledgers.")
        return [parts.empty(none if seen.report.filed else _("No ledger tells of any."))]
    if not len(found):
        return [parts.empty(_("No warning fits what is chosen. Let a choice go above."))]
    size = warning_list.PAGE_SIZE
    page = page_shown(seen.asked.page, size, len(found))
    shown = disasters.ways(reading, seen.report, found.part(page, size))
    sources = disaster_list.sources(reading, (one.told for one in shown))
    table = warning_list.table(shown, sources, seen.report, identity=LIST)
    pages = warning_list.pages(page, len(found), link=lambda n: seen.asked.link(page=n) + "#warnings", identity=PAGER)
    query = address.query(**warning_grid.about(seen))
    return in_pages(table, pages, export=warning_grid.EXPORT, query=query)


def _struck(seen: DisastersSeen, reading: Reading) -> list[Component | None]:
    """Disasters one by one, whether they were warned of or not."""
    heading = html.H2(_of(_("Disasters one by one"), whose(seen)), className="card-heading")
    found = seen.narrowing.disasters_of(seen.report)
    if not len(found):
        none = _("The ledgers tell of no disaster by this day.") if seen.report.filed else _("No ledger tells of any.")
        fits = _("No disaster fits what is chosen. Let a choice go above.")
        return [heading, parts.empty(fits if len(seen.report.struck) else none)]
    size = disaster_table.PAGE_SIZE
    page = page_shown(seen.asked.at, size, len(found))
    shown = disasters.rows(reading, found.part(page, size))
    table = disaster_table.table(shown, disaster_list.sources(reading, shown), seen.report, identity=STRUCK)
    pages = disaster_table.pages(
        page,
        len(found),
        link=lambda n: seen.asked.link(at=n, told=seen.asked.told or None) + "#struck",
        identity=STRUCK_PAGER,
    )
    query = address.query(day=seen.asked.day, unit=seen.asked.unit, type=seen.asked.type)
    return [heading, *in_pages(table, pages, export=export.EXPORT, query=query)]


def _told_again(seen: DisastersSeen, reading: Reading) -> list[Component]:
    """Of which several ledgers told, with every row of them; the last alone counts above."""
    found = disaster_history.of(reading, seen.report, seen.narrowing)
    if not found:
        return []
    size = history.PAGE_SIZE
    page = page_shown(seen.asked.told, size, len(found))
    told = disaster_history.fetch(reading, seen.report, found[page * size : (page + 1) * size])
    heading = _of(_("Told of more than once"), narrowed(seen))
    note = _("Of each the last row counts, whole; what ledgers told of it before stands here.")
    cards = history.one_by_one(told, seen.report, reading.scope)
    pages = history.pages(
        page, len(found), link=lambda n: seen.asked.link(told=n, at=seen.asked.at or None) + "#told", identity=TOLD_PAGER
    )  # fmt: skip
    return [parts.card(heading, html.P(note, className="note before-table"), cards, pages, id="told")]


def _basis(seen: DisastersSeen) -> list[Component]:
    return [parts.card(None, notes.basis_line(seen.report), notes.explanation(seen.report, identity=RULES))]


grid.comes_to_its_place(GRID)
offer(standings.UNITS, export.units)
offer(standings.TYPES, export.types)
offer(warning_grid.EXPORT, warning_grid.export)
offer(export.EXPORT, export.disasters)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_warnings(request: Any) -> dict[str, Any]:
    """The rows that the grid of warnings asks for."""
    with current().reading() as reading:
        return warning_grid.rows(request, reading)
