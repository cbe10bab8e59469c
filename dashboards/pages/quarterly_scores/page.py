"""Quarterly scores, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Input, Output, State, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, chart, numbers, parts, words
from dashboards.components.exports import offer
from dashboards.components.friendly import friendly
from dashboards.components.page_list import SCORES, SUBMISSIONS, register_page
from dashboards.components.standings import with_exports
from dashboards.pages.quarterly_scores import export, figures, notes, unit
from dashboards.pages.quarterly_scores.breakdown import steps
from dashboards.pages.quarterly_scores.comparison import comparison
from dashboards.pages.quarterly_scores.heat import heat_map
from dashboards.pages.quarterly_scores.measures import measures_table, source
from dashboards.pages.quarterly_scores.message import main_message
from dashboards.pages.quarterly_scores.query import ScoresQuery, read
from dashboards.pages.quarterly_scores.speakers import speakers
from dashboards.pages.quarterly_scores.table import ranked_table
from dashboards.pages.quarterly_scores.veto import veto_part
from dashboards.pages.quarterly_scores.year import year_table
from dashboards.results import scores
from dashboards.results.reading import Reading
from dashboards.web.context import current
from data.language import gettext as _
from data.zone.periods import Quarter
from data.zone.zone import GROUPS, Zone

ADDRESS, PERIOD, GROUP, MESSAGE, TABLE, HEAT, DIFFERENCES, COMPARED = (
    f"quarterly-scores-{part}"
    for part in ("address", "period", "group", "message", "table", "heat", "differences", "compared")
)
WATERFALL, MEASURES, FORM, DECIDED, SPEAKERS, YEAR, RULES = (
    f"quarterly-scores-{part}" for part in ("waterfall", "measures", "form", "decided", "speakers", "year", "rules")
)


register_page(SCORES, __name__)


@friendly
def layout(**query: Any) -> Component:
    """Fetch the quarter once, then draw everything from it; the year's other quarters stand beside."""
    with current().reading() as reading:
        return _page(query, reading)


def _page(query: Mapping[str, Any], reading: Reading) -> Component:
    zone, own = reading.zone, reading.scope.unit
    asked = read(query, reading)
    year = _year(asked.quarter, reading)
    result = year[asked.quarter]
    group = result.group(asked.group)
    row = next((row for row in group.rows if row.unit.code == asked.unit), next(iter(group.rows), None))
    speaking = speakers(result, link=_unit_link(asked, zone), identity=SPEAKERS)
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh="callback-nav"),
            _top(asked, reading),
            parts.key_message(main_message(result, group), tone="first", id=MESSAGE),
            *([parts.own_only(zone.unit_by_code[own].name)] if own else []),
            *_ranked(result, group, asked, zone, row),
            *([] if row is None else _taken_apart(result, row)),
            *_speakers(result, speaking),
            _quarters(year, asked),
            parts.card(None, notes.basis_line(result), notes.explanation(result.scheme, identity=RULES)),
        ],
        className="page",
    )


def _speakers(result: scores.Scores, speaking: list[Component]) -> list[Component]:
    """Who speaks last; a unit's account is told only where it is one of them."""
    if result.own_only and not result.speakers:
        return []
    heading = (
        _("The unit speaks at the next safety meeting")
        if result.own_only
        else _("Speaking last at the next safety meeting (all groups)")
    )
    return [parts.card(heading, *speaking, id="speakers")]


def _year(chosen: Quarter, reading: Reading) -> dict[Quarter, scores.Scores]:
    """The chosen quarter, and the others of its year that have begun, as they stand."""
    first_day, year = reading.zone.calendar.first_day, [Quarter(chosen.year, number) for number in range(1, 5)]
    begun = [quarter for quarter in year if quarter == chosen or first_day(quarter) <= reading.today]
    return dict(zip(begun, scores.fetch_each(reading, begun), strict=True))


def _unit_link(asked: ScoresQuery, zone: Zone) -> Any:
    return lambda code: asked.link(unit=code, group=zone.unit_by_code[code].group) + "#unit"


def _top(asked: ScoresQuery, reading: Reading) -> Component:
    quarters = sorted({*reading.quarters, reading.present_quarter, asked.quarter}, reverse=True)
    options = [(str(quarter), numbers.period(quarter)) for quarter in quarters]
    picker = parts.chooser(PERIOD, _("Quarter"), options, str(asked.quarter))
    items = [(words.group(name), asked.link(group=name, unit=None), name == asked.group) for name in GROUPS]
    groups = parts.tabs(items, label=_("Group"), identity=GROUP) if reading.scope.sees_all else None
    return html.Div([html.H1(SCORES.title), picker, groups], className="page-top")


def _ranked(
    result: scores.Scores, group: scores.ScoredGroup, asked: ScoresQuery, zone: Zone, row: scores.ScoredRow | None
) -> list[Component]:
    link = _unit_link(asked, zone)
    table = ranked_table(result, group, chosen=None if row is None else row.unit.code, link=link, name=TABLE)
    table = with_exports(
        table, export="scores", query=address.query(period=asked.quarter, group=asked.group), identity=TABLE
    )
    marked = any(one.figures.components["ten_measures"] is not None for one in group.rows)
    if not marked:
        return [parts.card(_("Ranked table"), _nothing_filed(asked), html.Div(table, className="table-frame"))]
    if result.own_only:
        return [parts.card(_("The unit's figures"), html.Div(table, className="table-frame"))]
    heat = heat_map(result, group, link=link, name=HEAT)
    heading = html.Span([_("Marks by measure"), *notes.illustrative(result.scheme)])
    against = comparison(group, link=link, chart_id=DIFFERENCES, table_id=COMPARED)
    return [
        parts.card(_("Ranked table"), html.Div(table, className="table-frame")),
        parts.card([heading], heat),
        parts.card(_("Self against review"), against),
    ]


def _nothing_filed(asked: ScoresQuery) -> Component:
    send = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=asked.quarter))
    return parts.empty(_("No self-assessment or review of this quarter has been accepted from this group."), " ", send)


def _taken_apart(result: scores.Scores, row: scores.ScoredRow) -> list[Component]:
    taken = steps(row.figures, result.scheme)
    drawn = figures.score_waterfall(steps=taken, score=row.figures.score)
    waterfall = chart.graph(WATERFALL, drawn, says=_("How the score comes about, from 0 to the score"))
    left = html.Div([waterfall, unit.sum_sentence(row, taken) if taken else None, unit.extras(row)])
    right = html.Div([unit.components_table(result, row), unit.months_line(result, row)])
    heading = _("%(unit)s: the score taken apart", unit=row.unit.short_name)
    veto = veto_part(result, row, form_id=FORM, decided_id=DECIDED)
    apart = html.Div([left, right], className="two-columns")
    card = parts.card(heading, unit.standing(result, row), veto, apart, id="unit")
    if row.figures.components["ten_measures"] is None:
        return [card]
    named: list[Component | str] = [
        _("%(unit)s: measure by measure", unit=row.unit.short_name),
        *notes.illustrative(result.scheme),
    ]
    table = html.Div(measures_table(row, identity=MEASURES), className="table-frame")
    return [card, parts.card(named, table, source(row, result.zone), id="measures")]


def _quarters(year: Mapping[Quarter, scores.Scores], asked: ScoresQuery) -> Component:
    quarters = {one: year.get(one) for one in (Quarter(asked.quarter.year, number) for number in range(1, 5))}
    heading = _("The year %(year)s, quarter by quarter", year=asked.quarter.year)
    return parts.card(heading, html.Div(year_table(quarters, asked, identity=YEAR), className="table-frame"), id="year")


offer("scores", export.scores)


@callback(Output(ADDRESS, "href"), Input(PERIOD, "value"), State(ADDRESS, "search"), prevent_initial_call=True)
def choose_quarter(period: str, search: str) -> str:
    """Another quarter: the same address with another period."""
    return SCORES.path + address.changed(search, period=period)
