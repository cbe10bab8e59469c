"""Front-line duty, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, grid, parts
from dashboards.components.asked import left_out, levels, part, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.page_list import FRONTLINE, SUBMISSIONS, register_page
from dashboards.components.pager import in_pages, page_shown
from dashboards.components.picture import picture
from dashboards.pages.frontline_duty import (
    batches,
    documents,
    enterprise_grid,
    enterprise_list,
    export,
    figures,
    message,
    notes,
    standings,
)
from dashboards.pages.frontline_duty.chosen import chips, kind_said
from dashboards.pages.frontline_duty.enterprise_grid import EnterprisesShown
from dashboards.pages.frontline_duty.query import FrontlineSeen, look
from dashboards.results import frontline_list
from dashboards.results.frontline import ListedDuties
from dashboards.results.names import batch as batch_name
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

DAY, MESSAGE, BATCHES, CURVE, TOWNS, SECTORS, DOCUMENTS, LIST, PAGER, RULES, CHIPS = (
    f"frontline-duty-{part}"
    for part in (
        "day",
        "message",
        "batches",
        "curve",
        "towns",
        "sectors",
        "documents",
        "enterprises",
        "pager",
        "rules",
        "chips",
    )
)
TOP, CHOSEN, OF_DAY, OF_BATCH, OF_TOWNS, OF_SECTORS, LACKING, OF_LIST, BASIS = (
    f"frontline-duty-{part}-part"
    for part in ("top", "chosen", "day", "batch", "towns", "sectors", "lacking", "list", "basis")
)
GRID = "frontline-duty-grid"
LEVELS = (("period", "day"), ("batch",), ("town", "sector"), ("state", "page"))


register_page(FRONTLINE, __name__)


@page_of(FRONTLINE, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the day once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(FRONTLINE, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen)),
            part(OF_BATCH, *_of_batch(seen)),
            html.Div(
                [
                    html.Div([part(OF_TOWNS, *_towns(seen)), part(LACKING, *_lacking(seen))]),
                    part(OF_SECTORS, *_sectors(seen)),
                ],
                className="two-columns",
            ),
            _enterprises(seen, reading),
            part(BASIS, *_basis(seen)),
        ],
        className="page",
    )


@follows(FRONTLINE, 0, TOP, OF_DAY, BASIS)
def of_another_day(query: Query, reading: Reading) -> Sequence[Any]:
    """The day, the main message, and what all rests on."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen), _basis(seen)


@follows(FRONTLINE, 1, OF_BATCH, OF_TOWNS, OF_SECTORS)
def of_another_batch(query: Query, reading: Reading) -> Sequence[Any]:
    """The batches, the chosen one in front, and that one by town and sector."""
    seen = look(query, reading)
    return _of_batch(seen), _towns(seen), _sectors(seen)


@follows(FRONTLINE, 3, CHOSEN, LACKING, OF_LIST, grid.list_place(GRID), grid.question_place(GRID))
def of_other_enterprises(query: Query, reading: Reading) -> Sequence[Any]:
    """What lacks, the list of enterprises, and the line of what is chosen."""
    seen = look(query, reading)
    shown = _list_of(seen, reading, with_grid=stands(query, GRID))
    return _chosen(seen), _lacking(seen), shown.head, shown.listed, shown.question


def _top(seen: FrontlineSeen) -> Component:
    return asked_day.top(FRONTLINE.title, DAY, seen.asked.day, seen.today)


def _chosen(seen: FrontlineSeen) -> Component:
    return chip_line(asked_day.as_of(seen.asked.day), chips(seen), identity=CHIPS)


def _of_day(seen: FrontlineSeen) -> list[Component]:
    report = seen.report
    amiss = asked_day.notice(seen.asked.asked_day)
    if not seen.known:
        return [*amiss, parts.key_message(message.nothing_known(report), tone="first", id=MESSAGE), *_send(seen)]
    said = parts.key_message(message.main_message(report, seen.months), tone="first", id=MESSAGE)
    old = message.ledgers_said(report)
    return [*amiss, said, *([parts.key_message(old, tone="warn")] if old else [])]


def _send(seen: FrontlineSeen) -> list[Component]:
    """What to do where nothing is known."""
    if seen.report.any_list:
        return []
    there = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=seen.asked.day.year))
    why = _("Towns and departments send their lists of enterprises once a year, and again whenever something changed.")
    return [parts.empty(why, " ", there)]


def _of_batch(seen: FrontlineSeen) -> list[Component]:
    if not seen.known:
        return []
    report, months, chosen = seen.report, seen.months, seen.batch
    curve = picture(
        _("How far has each batch come, month by month?"),
        figures.coverage_of_the_year(report, months, chosen.batch),
        identity=CURVE,
        said=figures.answer(chosen, months),
        facts=figures.facts(report, months, chosen.batch),
        notes=figures.notes(chosen),
        via="curve",
    )
    return [batches.cards(report, months, seen.asked, chosen, identity=BATCHES), curve]


def _towns(seen: FrontlineSeen) -> list[Component]:
    """The towns; to a unit's account that it sees its own enterprises alone."""
    if not seen.known:
        return []
    own = seen.report.own_unit
    if own is not None:
        return [
            parts.empty(
                _(
                    "You see the enterprises of %(unit)s alone: those that lie there or that it supervises.",
                    unit=own.name,
                )
            )
        ]
    heading = _("By town: %(batch)s", batch=batch_name(seen.batch.batch))
    return [parts.card(heading, standings.by_town(seen, identity=TOWNS))]


def _sectors(seen: FrontlineSeen) -> list[Component]:
    if not seen.known:
        return []
    heading = _("By sector: %(batch)s", batch=batch_name(seen.batch.batch))
    return [parts.card(heading, standings.by_sector(seen, identity=SECTORS))]


def _enterprises(seen: FrontlineSeen, reading: Reading) -> Component:
    """The enterprises: the grid that stands in it outlives the choice of others."""
    shown = _list_of(seen, reading)
    listed = enterprise_grid.record_list_of(shown, identity=GRID)
    return html.Section([part(OF_LIST, *shown.head), listed], className="panel", id="enterprises")


def _lacking(seen: FrontlineSeen) -> list[Component]:
    if not seen.known:
        return []
    table = documents.table(seen, documents.of_batch(seen), identity=DOCUMENTS)
    lifted = {} if seen.asked.town is None else {"data_chosen_unit": seen.asked.town}
    lifted |= {} if seen.asked.sector is None else {"data_chosen_sector": seen.asked.sector}
    return [parts.card(_("What lacks: %(of)s", of=_whose(seen)), table, **parts.attributes(**lifted))]


def _whose(seen: FrontlineSeen) -> str:
    """The batch, and the town or sector that is chosen."""
    asked, zone = seen.asked, seen.zone
    named = [batch_name(seen.batch.batch)]
    named += [] if asked.town is None else [zone.unit_by_code[asked.town].short_name]
    named += [] if asked.sector is None else [zone.sectors[asked.sector]]
    return _(", ").join(named)


def _list_of(seen: FrontlineSeen, reading: Reading, *, with_grid: bool = False) -> EnterprisesShown:
    """The enterprises that are wanted; ``with_grid``: the grid stands in the list's place, and asks for its rows."""
    found = seen.narrowing.of(seen.report)
    kind = [] if seen.asked.state is None else [kind_said(seen.asked.state)]
    heading = _("Enterprises: %(of)s", of=_(", ").join([_whose(seen), *kind]))
    return EnterprisesShown(
        head=[html.H2(heading, className="card-heading")],
        listed=[left_out()] if with_grid and len(found) else _listed(seen, reading, found),
        question=enterprise_grid.question_of(seen, len(found), identity=GRID),
    )


def _listed(seen: FrontlineSeen, reading: Reading, found: ListedDuties) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid."""
    if not seen.known:
        return [parts.empty(_("There is no list as long as no enterprise is in the register."))]
    if not len(found):
        return [parts.empty(_("No enterprise fits what is chosen. Let a choice go above."))]
    size = enterprise_list.PAGE_SIZE
    page = page_shown(seen.asked.page, size, len(found))
    shown = found.in_order(page * size, (page + 1) * size).rows
    table = enterprise_list.table(shown, frontline_list.sources(reading, shown), seen.zone, identity=LIST)
    pages = enterprise_list.pages(
        page, len(found), link=lambda n: seen.asked.link(page=n) + "#enterprises", identity=PAGER
    )
    query = address.query(**enterprise_grid.about(seen))
    return in_pages(table, pages, export=enterprise_grid.EXPORT, query=query)


def _basis(seen: FrontlineSeen) -> list[Component]:
    rules = notes.explanation(identity=RULES) if seen.known else None
    return [parts.card(None, notes.basis_line(seen.report), rules)]


grid.comes_to_its_place(GRID)
offer(standings.TOWNS, export.towns)
offer(standings.SECTORS, export.sectors)
offer(enterprise_grid.EXPORT, enterprise_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_enterprises(request: Any) -> dict[str, Any]:
    """The rows that the grid of enterprises asks for."""
    with current().reading() as reading:
        return enterprise_grid.rows(request, reading)
