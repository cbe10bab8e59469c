"""Casualty targets, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, grid, lights, numbers, parts, published
from dashboards.components.asked import left_out, levels, part, stands
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.grid import export_links
from dashboards.components.page_list import CASUALTIES, SUBMISSIONS, register_page
from dashboards.components.picture import picture
from dashboards.components.standings import with_exports
from dashboards.method.casualties import deaths_of
from dashboards.pages.casualty_targets import (
    accident_grid,
    accident_list,
    as_published,
    curve,
    export,
    goals,
    key_figures,
    kinds_of_accident,
    message,
    notes,
    one_accident,
    standings,
    timeline,
)
from dashboards.pages.casualty_targets.accident_grid import AccidentsShown
from dashboards.pages.casualty_targets.chosen import chips
from dashboards.pages.casualty_targets.query import CasualtiesQuery, CasualtiesSeen, look
from dashboards.pages.casualty_targets.scope_view import lacking_after, whole_year_known
from dashboards.results import fatal_accidents
from dashboards.results.accident_list import of_type
from dashboards.results.casualties import Casualties
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _
from data.zone.zone import Zone

PERIOD, DAY, MESSAGE, LIGHT, FIGURES, GOALS = (
    f"casualty-targets-{part}" for part in ("period", "day", "message", "light", "figures", "goals")
)
SCOPE, CURVE, UNITS, SECTORS, TYPES, ACCIDENTS, CLOSURE, RULES, TIMELINE, CHIPS = (
    f"casualty-targets-{part}"
    for part in ("scope", "curve", "units", "sectors", "types", "accidents", "closure", "rules", "timeline", "chips")
)
TOP, CHOSEN, OF_DAY, OF_SCOPE, STANDINGS, OF_ACCIDENT, OF_LIST, KINDS = (
    f"casualty-targets-{part}-part"
    for part in ("top", "chosen", "day", "scope", "standings", "accident", "list", "kinds")
)
GRID = "casualty-targets-grid"
LEVELS = (("period", "as_of", "published"), ("type",), ("unit", "sector"), ("accident",))


register_page(CASUALTIES, __name__)


@page_of(CASUALTIES, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the year once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(CASUALTIES, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen, reading.zone)),
            part(OF_SCOPE, *_of_scope(seen)),
            part(STANDINGS, *_standings(seen)),
            part(OF_ACCIDENT, *_of_accident(seen)),
            _accidents(seen),
            part(KINDS, *_kinds(seen)),
        ],
        className="page",
    )


@follows(CASUALTIES, 0, TOP, OF_DAY, STANDINGS, KINDS)
def of_another_day(query: Query, reading: Reading) -> Sequence[Any]:
    """Everything but the curve, the list of accidents and the one chosen."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen, reading.zone), _standings(seen), _kinds(seen)


@follows(CASUALTIES, 1, OF_LIST, grid.list_place(GRID), grid.question_place(GRID))
def of_another_type(query: Query, reading: Reading) -> Sequence[Any]:
    """The list of accidents."""
    shown = _list_of(look(query, reading), with_grid=stands(query, GRID))
    return shown.head, shown.listed, shown.question


@follows(CASUALTIES, 2, OF_SCOPE)
def of_another_scope(query: Query, reading: Reading) -> Sequence[Any]:
    """The curve of the zone, a unit or a sector."""
    return (_of_scope(look(query, reading)),)


@follows(CASUALTIES, 3, CHOSEN, OF_ACCIDENT)
def of_another_accident(query: Query, reading: Reading) -> Sequence[Any]:
    """The record of one accident, and the line of what is chosen."""
    seen = look(query, reading)
    return _chosen(seen), _of_accident(seen)


def _top(seen: CasualtiesSeen) -> Component:
    options = [(str(year), _("the year %(year)s", year=year)) for year in seen.years]
    picker = parts.chooser(
        PERIOD, _("Year"), options, str(seen.result.year), chooses="period", drops="as_of accident published"
    )
    return html.Div([html.H1(CASUALTIES.title), picker, _day(seen)], className="page-top")


def _day(seen: CasualtiesSeen) -> Component:
    """The day to look at, by the browser's own calendar, within the year and not after today."""
    year = seen.result.year.year
    first, last = date(year, 1, 1), min(date(year, 12, 31), seen.today)
    return asked_day.field(
        DAY, seen.result.as_of, max(first, last), key="as_of", first=first, drops="published", disabled=not seen.known
    )


def _chosen(seen: CasualtiesSeen) -> Component:
    of = _("as of %(day)s", day=numbers.spoken_day(seen.result.as_of))
    return chip_line(of, chips(seen.asked, seen.result), identity=CHIPS)


def _of_day(seen: CasualtiesSeen, zone: Zone) -> list[Component]:
    result, own = seen.result, seen.result.own_unit
    state, moved = as_published.state(seen, zone), as_published.moved(seen, zone)
    if seen.frozen is not None:
        return [*state, *as_published.cards(seen.frozen, zone, chosen="" if own is None else own.code), *moved]
    if not seen.known:
        return [*state, *_unfit(result, seen.asked), *_unknown(result, seen.today)]
    light = html.Span(lights.light(result.total.light), id=LIGHT)
    return [
        parts.key_message(message.main_message(result), " ", light, tone="first", id=MESSAGE),
        *state,
        *_warnings(result, seen.asked, seen.today),
        *_of_own(seen, zone),
        parts.card(_("Goals of the plan"), goals.goal_list(result, identity=GOALS), name="goals-card"),
        parts.card(_("Key figures (fewer deaths are better)"), key_figures.tiles(result, identity=FIGURES)),
        *moved,
    ]


def _of_own(seen: CasualtiesSeen, zone: Zone) -> list[Component]:
    """To a unit's account: that it sees itself alone, or what is published of all."""
    own, latest = seen.result.own_unit, seen.state.latest
    if own is None:
        return []
    return [parts.own_only(own.name)] if latest is None else as_published.cards(latest, zone, chosen=own.code)


def _of_scope(seen: CasualtiesSeen) -> list[Component]:
    return [curve.card(seen.result, seen.asked, scope=SCOPE, chart_identity=CURVE)] if seen.live else []


def _standings(seen: CasualtiesSeen) -> list[Component]:
    return [*_tables(seen.result, seen.asked), _timeline(seen.result)] if seen.live else []


def _of_accident(seen: CasualtiesSeen) -> list[Component]:
    return one_accident.record(seen.result, seen.asked, identity="accident") if seen.live else []


def _unknown(result: Casualties, today: date) -> list[Component]:
    year = result.year.year
    before = None
    if whole_year_known(result, year - 1):
        before = deaths_of(one for one in result.record.accidents if one.happened_on.year == year - 1)
    words = [message.nothing_known(result, today), message.what_is_known(result, before)]
    return [parts.key_message(" ".join(words).strip(), tone="first", id=MESSAGE), parts.empty(*_send(result))]


def _send(result: Casualties) -> list[Component | str]:
    link = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=result.year))
    return [_("The office sends the accident ledger every month; a month without accidents is a ledger without rows."),
            " ", link]  # fmt: skip


def _unfit(result: Casualties, asked: CasualtiesQuery) -> list[Component]:
    return [] if asked.unfit is None else [parts.key_message(message.unfit_day(asked.unfit, result), tone="warn")]


def _warnings(result: Casualties, asked: CasualtiesQuery, today: date) -> list[Component]:
    found = _unfit(result, asked)
    last = lacking_after(result, today)
    if last is not None:
        words = _("Only the ledger up to %(period)s has come so far; accidents after it are not known yet.",
                  period=numbers.period(last))  # fmt: skip
        link = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=last.plus(1)))
        found.append(parts.key_message(words, " ", link, tone="warn"))
    return found


def _tables(result: Casualties, asked: CasualtiesQuery) -> list[Component]:
    once = _("The zone's figure is not the sum of the units: an accident counts once for its territory and once for "
             "its supervising department.")  # fmt: skip
    units = standings.standings_table(
        standings.by_unit(result), result, head=_("Unit"), kind="unit", chosen=asked.unit, identity=UNITS,
        link=lambda code: asked.link(unit=code, sector=None, via="table"),
    )  # fmt: skip
    sectors = standings.standings_table(
        standings.by_sector(result), result, head=_("Sector"), kind="sector", chosen=asked.sector, identity=SECTORS,
        link=lambda code: asked.link(sector=code, unit=None, via="table"),
    )  # fmt: skip
    query = address.query(period=result.year, as_of=result.as_of)
    units = with_exports(units, export="casualties-by-unit", query=query, identity=UNITS)
    sectors = with_exports(sectors, export="casualties-by-sector", query=query, identity=SECTORS)
    if result.own_unit is not None:
        return [parts.card(_("The unit's figures"), units)]
    return [
        parts.card(_("By unit"), html.P(once, className="note before-table"), units),
        parts.card(_("By sector"), sectors),
    ]


def _timeline(result: Casualties) -> Component:
    shown = fatal_accidents.of_year(result)
    return picture(
        _("Where and when did people die?"),
        timeline.figure(shown=shown),
        identity=TIMELINE,
        said=timeline.message(shown),
        facts=timeline.facts(shown),
        notes=timeline.notes(shown),
        via="timeline",
    )


def _accidents(seen: CasualtiesSeen) -> Component:
    """The accidents: the grid that stands in it outlives the choice of another year or type."""
    shown = _list_of(seen)
    listed = accident_grid.record_list_of(shown, identity=GRID)
    return html.Section([part(OF_LIST, *shown.head), listed], className="panel", id="accidents")


def _list_of(seen: CasualtiesSeen, *, with_grid: bool = False) -> AccidentsShown:
    """The accidents of the type that is chosen; ``with_grid``: the grid stands in the list's place, and asks for its rows."""
    asked, result = seen.asked, of_type(seen.result, seen.asked.type)
    if seen.frozen is not None:
        apart = parts.empty(_("The list of accidents goes with the live figures; it is no part of the publication."))
        return AccidentsShown([], [apart], grid.question(None, identity=GRID, says=""))
    return AccidentsShown(
        head=_above_accidents(asked, result, known=seen.known),
        listed=[left_out()] if with_grid and result.accidents else _accident_list(seen, result),
        question=accident_grid.question_of(asked, result, identity=GRID),
    )


def _above_accidents(asked: CasualtiesQuery, result: Casualties, *, known: bool) -> list[Component]:
    heading = _("Every accident and its follow-up")
    if asked.type is not None:
        heading = _("Every accident of the type %(name)s and its follow-up", name=asked.type)
    said: list[Component | str] = [
        accident_list.summary(result),
        " ",
        html.Strong(accident_list.overdue_reports(result)),
        " ",
        _("Reports are due by the scheme's days; time of technical appraisal is apart and not counted."),
    ]
    note = [html.P(said, className="note before-table")] if known else []
    return [html.H2(heading, className="card-heading"), *note]


def _accident_list(seen: CasualtiesSeen, result: Casualties) -> list[Component | None]:
    """The form for phones, paper and browsers without a grid."""
    if not seen.known:
        return [parts.empty(_("There is no list as long as no accident ledger of the year has come."))]
    table = accident_list.accident_table(
        result, link=lambda number: seen.asked.link(accident=number), identity=ACCIDENTS
    )
    query = address.query(**accident_grid.about(seen.asked, result))
    line = html.Div(export_links(accident_grid.EXPORT, query), className="export-line")
    return [html.Div(table, className="table-frame"), line]


def _kinds(seen: CasualtiesSeen) -> list[Component]:
    result = seen.result
    if seen.frozen is not None:
        return [parts.card(None, published.basis(seen.frozen))]
    rules = notes.explanation(result, identity=RULES) if seen.known else None
    return [*(_by_kind(seen) if seen.known else []), parts.card(None, notes.basis_line(result), rules)]


def _by_kind(seen: CasualtiesSeen) -> list[Component]:
    result = seen.result
    left_out_of_it = _("Accidents that do not count or were struck off are left out here.")
    table = kinds_of_accident.type_table(result, link=lambda name: seen.asked.link(type=name), identity=TYPES)
    left = parts.card(_("By accident type (GB 6441)"), table, html.P(left_out_of_it, className="note"))
    right = parts.card(_("Near closure"), kinds_of_accident.near_closure(result, identity=CLOSURE),
                       kinds_of_accident.near_closure_note(result))  # fmt: skip
    return [html.Div([left, right], className="two-columns narrow-left")]


grid.comes_to_its_place(GRID)
offer("casualties-by-unit", export.units)
offer("casualties-by-sector", export.sectors)
offer(accident_grid.EXPORT, accident_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_accidents(request: Any) -> dict[str, Any]:
    """The rows that the grid of accidents asks for."""
    with current().reading() as reading:
        return accident_grid.rows(request, reading)
