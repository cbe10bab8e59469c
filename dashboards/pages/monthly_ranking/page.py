"""Monthly ranking, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash import Input, Output, State, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, chart, grid, numbers, parts, words
from dashboards.components.exports import offer
from dashboards.components.friendly import friendly
from dashboards.components.page_list import RANKING, SUBMISSIONS, register_page
from dashboards.components.standings import with_exports
from dashboards.pages.monthly_ranking import case_grid, case_list, export, figures, notes, unit
from dashboards.pages.monthly_ranking.breakdown import steps
from dashboards.pages.monthly_ranking.comparison import comparison
from dashboards.pages.monthly_ranking.message import main_message
from dashboards.pages.monthly_ranking.query import RankingQuery, read
from dashboards.pages.monthly_ranking.table import ranked_table
from dashboards.results import cases, ranking
from dashboards.results.reading import Reading
from dashboards.web.context import current
from data.language import gettext as _
from data.zone.zone import GROUPS, Zone

ADDRESS, PERIOD, GROUP, MESSAGE, TABLE, BARS = (
    f"monthly-ranking-{part}" for part in ("address", "period", "group", "message", "table", "bars")
)
WATERFALL, COMPARED, MEASURE, CASES, PAGER, RULES, RULE, GRID = (
    f"monthly-ranking-{part}"
    for part in ("waterfall", "compared", "measure", "cases", "pager", "rules", "rule", "grid")
)


register_page(RANKING, __name__)


@friendly
def layout(**query: Any) -> Component:
    """Fetch the month once, then draw everything from it."""
    with current().reading() as reading:
        return _page(query, reading)


def _page(query: Mapping[str, Any], reading: Reading) -> Component:
    zone, own = reading.zone, reading.scope.unit
    asked = read(query, reading)
    month = ranking.fetch(reading, asked.month, compare_with=asked.compare)
    group = month.group(asked.group)
    row = next((row for row in group.rows if row.unit.code == asked.unit), next(iter(group.rows), None))
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh="callback-nav"),
            _top(asked, reading),
            parts.key_message(main_message(month, group, zone), tone="first", id=MESSAGE),
            notes.rule_line(month, identity=RULE),
            *([parts.own_only(zone.unit_by_code[own].name)] if own else []),
            *_ranked(month, group, asked, zone, row),
            *([] if row is None else _taken_apart(month, group, row, asked, zone)),
            *([] if row is None else [_cases(row, asked, reading)]),
            parts.card(None, notes.basis_line(month), notes.explanation(month.scheme, identity=RULES)),
        ],
        className="page",
    )


def _top(asked: RankingQuery, reading: Reading) -> Component:
    months = sorted({*reading.months, asked.month}, reverse=True)
    options = [(str(month), numbers.period(month)) for month in months]
    picker = parts.chooser(PERIOD, _("Month"), options, str(asked.month))
    items = [(words.group(name), asked.link(group=name, unit=None), name == asked.group) for name in GROUPS]
    groups = parts.tabs(items, label=_("Group"), identity=GROUP) if reading.scope.sees_all else None
    return html.Div([html.H1(RANKING.title), picker, groups], className="page-top")


def _ranked(
    month: ranking.Ranking, group: ranking.RankedGroup, asked: RankingQuery, zone: Zone, row: ranking.RankedRow | None
) -> list[Component]:
    chosen = None if row is None else row.unit.code
    table = ranked_table(group, zone=zone, chosen=chosen, link=lambda code: asked.link(unit=code) + "#unit", name=TABLE)
    table = with_exports(
        table, export="ranking", query=address.query(period=asked.month, group=asked.group), identity=TABLE
    )
    bars = chart.graph(
        BARS, figures.ranking_bars(group=group, chosen=chosen), says=_("Scores of the group, best on top")
    )
    send = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=asked.month))
    unsent = all(one.filing is None for one in group.rows)
    hint = parts.empty(_("No ledger of this month has been accepted from this group."), " ", send) if unsent else None
    if month.own_only:
        return [parts.card(_("The unit's figures"), hint, html.Div(table, className="table-frame"))]
    return [
        parts.card(_("Ranked table"), hint, html.Div(table, className="table-frame")),
        parts.card(_("Scores"), bars),
    ]


def _taken_apart(
    month: ranking.Ranking, group: ranking.RankedGroup, row: ranking.RankedRow, asked: RankingQuery, zone: Zone
) -> list[Component]:
    taken = steps(row.figures, month.scheme)
    drawn = figures.score_waterfall(steps=taken, score=row.figures.score)
    waterfall = chart.graph(WATERFALL, drawn, says=_("How the score comes about, from 0 to the score"))
    scored = row.figures.score is not None
    details = [unit.points_table(row, month.scheme)] if scored else []
    heading = _("%(unit)s: the score taken apart", unit=row.unit.short_name)
    left = html.Div([waterfall, unit.sum_sentence(row, taken) if scored else None])
    link = _year_link(row, asked)
    right = html.Div([*details, comparison(month, row, link=link, identity=COMPARED)])
    return [
        parts.card(
            heading, unit.standing(month, group, row, zone), html.Div([left, right], className="two-columns"), id="unit"
        )
    ]


def _year_link(row: ranking.RankedRow, asked: RankingQuery) -> Callable[[int], str]:
    """The address that compares the unit with another year; last year needs no saying."""
    last_year = asked.month.year - 1
    return lambda year: asked.link(unit=row.unit.code, compare=None if year == last_year else year) + "#unit"


def _cases(row: ranking.RankedRow, asked: RankingQuery, reading: Reading) -> Component:
    found = _found(row, asked, asked.page, reading)
    if found.total and not found.cases:
        found = _found(row, asked, (found.total - 1) // found.size, reading)
    link = asked.link
    return parts.card(
        _("%(unit)s: the cases behind a figure", unit=row.unit.short_name),
        case_list.measure_tabs(
            asked.measure, link=lambda one: link(unit=row.unit.code, measure=one) + "#cases", identity=MEASURE
        ),
        case_grid.in_place_of(
            [
                html.Div(
                    case_list.case_table(found, month_ends=reading.zone.calendar.last_day(asked.month), identity=CASES),
                    className="table-frame",
                ),
                case_list.pager(found, link=lambda n: link(unit=row.unit.code, page=n) + "#cases", identity=PAGER),
            ],
            found, asked, row.unit, identity=GRID,
        ),
        id="cases",
    )  # fmt: skip


def _found(row: ranking.RankedRow, asked: RankingQuery, page: int, reading: Reading) -> cases.CasePage:
    return cases.fetch(reading, row.unit.code, asked.month, asked.measure, page=page, size=case_list.PAGE_SIZE)


@callback(Output(ADDRESS, "href"), Input(PERIOD, "value"), State(ADDRESS, "search"), prevent_initial_call=True)
def choose_month(period: str, search: str) -> str:
    """Another month: the same address with another period."""
    return RANKING.path + address.changed(search, period=period, page=None)


grid.comes_to_its_place(GRID)
offer("ranking", export.ranking)
offer(case_grid.EXPORT, export.behind)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_cases(request: Any) -> dict[str, Any]:
    """The rows that the grid of cases asks for."""
    with current().reading() as reading:
        return case_grid.rows(request, reading)
