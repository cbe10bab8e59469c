"""Casualty targets, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, dcc, html, no_update
from dash.development.base_component import Component

from dashboards.components import address, lights, numbers, parts
from dashboards.components.exports import offer
from dashboards.components.friendly import friendly
from dashboards.components.grid import export_links
from dashboards.components.page_list import CASUALTIES, SUBMISSIONS, register_page
from dashboards.components.standings import with_exports
from dashboards.method.casualties import deaths_of
from dashboards.pages.casualty_targets import (
    accident_list,
    curve,
    export,
    goals,
    key_figures,
    kinds_of_accident,
    message,
    notes,
    standings,
)
from dashboards.pages.casualty_targets.query import CasualtiesQuery, read
from dashboards.pages.casualty_targets.scope_view import lacking_after, latest_ledger, whole_year_known
from dashboards.results import casualties
from dashboards.results.casualties import Casualties
from dashboards.results.reading import Reading
from dashboards.web.context import current
from data.language import gettext as _

ADDRESS, PERIOD, DAY, MESSAGE, LIGHT, FIGURES, GOALS = (
    f"casualty-targets-{part}" for part in ("address", "period", "day", "message", "light", "figures", "goals")
)
SCOPE, CURVE, UNITS, SECTORS, TYPES, ACCIDENTS, CLOSURE, RULES = (
    f"casualty-targets-{part}"
    for part in ("scope", "curve", "units", "sectors", "types", "accidents", "closure", "rules")
)
PAUSE_IN_TYPING = 900
"""Milliseconds: a date is typed figure by figure, and only the whole is a day."""


register_page(CASUALTIES, __name__)


@friendly
def layout(**query: Any) -> Component:
    """Fetch the year once, then draw everything from it."""
    with current().reading() as reading:
        return _page(query, reading)


def _page(query: Mapping[str, Any], reading: Reading) -> Component:
    today = reading.today
    asked = read(query, reading.zone, today)
    result = casualties.fetch(reading, asked.year, as_of=asked.day)
    years = sorted({*casualties.years(reading), today.year, asked.year.year}, reverse=True)
    known = latest_ledger(result, asked.year.year) is not None
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh="callback-nav"),
            _top(result, years, today, known=known),
            *(_known(result, asked, today) if known else _unknown(result, today)),
            parts.card(None, notes.basis_line(result), notes.explanation(result, identity=RULES) if known else None),
        ],
        className="page",
    )


def _top(result: Casualties, years: Sequence[int], today: date, *, known: bool) -> Component:
    options = [(str(year), _("the year %(year)s", year=year)) for year in years]
    picker = parts.chooser(PERIOD, _("Year"), options, str(result.year))
    return html.Div([html.H1(CASUALTIES.title), picker, _day(result, today, known=known)], className="page-top")


def _day(result: Casualties, today: date, *, known: bool) -> Component:
    """The day to look at, by the browser's own calendar, within the year and not after today."""
    first, last = date(result.year.year, 1, 1), min(date(result.year.year, 12, 31), today)
    picker = dbc.Input(
        id=DAY, type="date", value=result.as_of.isoformat(), min=first.isoformat(), max=max(first, last).isoformat(),
        debounce=PAUSE_IN_TYPING, disabled=not known,
    )  # fmt: skip
    return html.Label([html.Span(_("As of")), picker], className="as-of")


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


def _known(result: Casualties, asked: CasualtiesQuery, today: date) -> list[Component]:
    light = html.Span(lights.light(result.total.light), id=LIGHT)
    return [
        parts.key_message(message.main_message(result), " ", light, tone="first", id=MESSAGE),
        *_warnings(result, asked, today),
        *([] if result.own_unit is None else [parts.own_only(result.own_unit.name)]),
        parts.card(_("Goals of the plan"), goals.goal_list(result, identity=GOALS), name="goals-card"),
        parts.card(_("Key figures (fewer deaths are better)"), key_figures.tiles(result, identity=FIGURES)),
        curve.card(result, asked, scope=SCOPE, chart_identity=CURVE),
        *_tables(result, asked),
        _accidents(result),
        _kinds(result),
    ]


def _warnings(result: Casualties, asked: CasualtiesQuery, today: date) -> list[Component]:
    found = [] if asked.unfit is None else [parts.key_message(message.unfit_day(asked.unfit, result), tone="warn")]
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
        standings.by_unit(result), result, head=_("Unit"), chosen=asked.unit, identity=UNITS,
        link=lambda code: asked.link(unit=code, sector=None),
    )  # fmt: skip
    sectors = standings.standings_table(
        standings.by_sector(result), result, head=_("Sector"), chosen=asked.sector, identity=SECTORS,
        link=lambda code: asked.link(sector=code, unit=None),
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


def _accidents(result: Casualties) -> Component:
    appraisal = _("Reports are due by the scheme's days; time of technical appraisal is apart and not counted.")
    return parts.card(
        _("Every accident and its follow-up"),
        html.P([accident_list.summary(result), " ", html.Strong(accident_list.overdue_reports(result)), " ", appraisal],
               className="note before-table"),
        html.Div(accident_list.accident_table(result, identity=ACCIDENTS), className="table-frame"),
        html.Div(export_links("accidents", address.query(period=result.year, as_of=result.as_of)), className="export-line"),
        id="accidents",
    )  # fmt: skip


def _kinds(result: Casualties) -> Component:
    left_out = _("Accidents that do not count or were struck off are left out here.")
    left = parts.card(_("By accident type (GB 6441)"), kinds_of_accident.type_table(result, identity=TYPES),
                      html.P(left_out, className="note"))  # fmt: skip
    right = parts.card(_("Near closure"), kinds_of_accident.near_closure(result, identity=CLOSURE),
                       kinds_of_accident.near_closure_note(result))  # fmt: skip
    return html.Div([left, right], className="two-columns narrow-left")


offer("casualties-by-unit", export.units)
offer("casualties-by-sector", export.sectors)
offer("accidents", export.accidents)


@callback(Output(ADDRESS, "href"), Input(PERIOD, "value"), Input(DAY, "value"), State(ADDRESS, "search"),
          State(DAY, "min"), State(DAY, "max"), prevent_initial_call=True)  # fmt: skip
def choose_day(period: str, day: str | None, search: str, first: str | None, last: str | None) -> Any:
    """Another year, from its end or today; or another day of the year, once it is typed in full."""
    if not first or not last or period != first[:4]:
        return CASUALTIES.path + address.changed(search, period=period, as_of=None)
    if day is None or not first <= day <= last:
        return no_update
    return CASUALTIES.path + address.changed(search, period=period, as_of=day)


@callback(Output(ADDRESS, "href", allow_duplicate=True), Input(SCOPE, "value"), State(ADDRESS, "search"),
          prevent_initial_call=True)  # fmt: skip
def choose_scope(scope: str | None, search: str) -> str:
    """Another curve: the same address with a unit (``unit=youting``), a sector or neither."""
    kind, _sign, code = (scope or "").partition("=")
    chosen = {"unit": None, "sector": None, **({kind: code} if code else {})}
    return CASUALTIES.path + address.changed(search, **chosen) + "#curve"
