"""The two lists as grids and as files, and in a form of their own for phones, paper and browsers without a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, grid, numbers, parts, told_source
from dashboards.components.enterprise_link import profile_of
from dashboards.components.exports import Exported, Field, Written, as_it_stands, refuse_too_many, scope_said
from dashboards.components.grid import Heading, export_links, rows_as_told
from dashboards.components.grid_request import Told, read_request
from dashboards.components.page_list import COVERAGE
from dashboards.pages.inspection_coverage.message import nothing_listed
from dashboards.pages.inspection_coverage.query import CoverageSeen, look
from dashboards.pages.inspection_coverage.words import called, last_seen, risk_words, rule, why
from dashboards.results import inspection_coverage
from dashboards.results.inspection_coverage import InspectionCoverage, RepeatedRun, Which
from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE, Holds
from dashboards.results.register_today import RegisteredToday
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.zone import Zone

EXPORTS: Mapping[Which, str] = {"never": "not-inspected", "repeated": "inspected-repeatedly"}
MOST_LISTED = 30
"""Rows of the list's own form: the grid and the export have all."""


def headings(which: Which) -> list[Heading]:
    """The columns, as they stand before anybody moves them."""
    run = [Heading("why", _("Why"), width=185), Heading("run", _("The inspections"), width=340, drawn="RecordLinks")]
    return [
        Heading(
            "enterprise", _("Name of the enterprise"), Holds.TEXT, 335 if which == "never" else 225, drawn="RecordLinks"
        ),
        *(run if which == "repeated" else []),
        Heading("territory", _("Town"), Holds.CHOICE, 105),
        Heading("sector", _("Sector"), Holds.CHOICE, 110),
        Heading("high_risk", _("Risk"), Holds.CHOICE, 105, drawn="RecordTag"),
        Heading("last_on", _("Last inspected on"), Holds.DAY, 130),
        Heading("department", _("Supervising department"), Holds.CHOICE, 110, shown=which == "never"),
        Heading("credit_code", _("unified credit code"), Holds.TEXT, 185, shown=which == "never"),
        Heading("sources", _("Where it stands"), width=150, drawn="RecordLinks", at_the_end=True),
    ]


def record_list_of(seen: CoverageSeen, reading: Reading, *, identity: str) -> Component:
    """One of the lists, and the grid that takes its place."""
    which = seen.asked.which
    total = seen.result.number(seen.asked.wanted)
    asked = seen.asked.choices if total else None
    question = grid.question(asked, identity=identity, says=called(which))
    return grid.record_list(
        _listed(seen, reading, total), headings(which), question, identity=identity, export=EXPORTS[which]
    )


def _listed(seen: CoverageSeen, reading: Reading, total: int) -> list[Component | None]:
    result, which = seen.result, seen.asked.which
    if not total:
        narrowed = seen.asked.unit is not None or seen.asked.sector is not None
        return [parts.empty(nothing_listed(result, never=which == "never", narrowed=narrowed))]
    shown = inspection_coverage.first(reading, result, seen.asked.wanted, MOST_LISTED)
    more = [] if total <= MOST_LISTED else [
        html.P(_("The first %(n)s of %(all)s; the export has all.", n=MOST_LISTED, all=numbers.count(total)), className="note")
    ]  # fmt: skip
    files = html.Div(export_links(EXPORTS[which], address.query(**seen.asked.choices)), className="export-line")
    return [html.Div(_table(seen, reading, shown), className="table-frame"), *more, files]


def _table(seen: CoverageSeen, reading: Reading, shown: Sequence[RegisteredToday]) -> Component:
    which = seen.asked.which
    places, runs = _behind(seen, reading, shown)
    heads = [
        parts.head(_("Name of the enterprise"), _("unified credit code")),
        parts.head(_("Town"), _("Supervising department")),
        parts.head(_("Sector")),
        parts.head(_("Risk")),
        parts.head(_("Last inspected on")),
        *([parts.head(_("The inspections"))] if which == "repeated" else []),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, places[one.credit_code], runs.get(one.credit_code), seen.result, which) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id="coverage-list")


def _behind(
    seen: CoverageSeen, reading: Reading, shown: Sequence[RegisteredToday]
) -> tuple[Mapping[str, ToldRow], Mapping[str, RepeatedRun]]:
    """Where the register has these enterprises, and the inspections that make those inspected repeatedly."""
    places = inspection_coverage.list_places(reading, shown)
    if seen.asked.which == "never":
        return places, {}
    return places, inspection_coverage.runs(reading, seen.result, [one.credit_code for one in shown])


def _row(
    one: RegisteredToday, place: ToldRow, run: RepeatedRun | None, result: InspectionCoverage, which: Which
) -> Component:
    values = _values(one, result.zone)
    risk = parts.tag(risk_words()["yes"], "warn", symbol="▲") if one.high_risk else numbers.NONE
    inspections = [] if run is None else [html.Div(why(run)), *(
        html.Div([numbers.day(each.on), " ", each.unit.short_name, " ", told_source.in_list(each.place, each.place.cell("enterprise"))], className="run")
        for each in run.inspections
    )]  # fmt: skip
    return html.Tr(
        [
            parts.cell(_("Name of the enterprise"), dcc.Link(one.name, href=profile_of(one.credit_code), className="profile-link"),
                       html.Div(html.Small(one.credit_code)), name="wide"),
            parts.cell(_("Town"), html.Div(values["territory"]), html.Small(values["department"] or numbers.NONE)),
            parts.cell(_("Sector"), values["sector"]),
            parts.cell(_("Risk"), risk),
            parts.cell(_("Last inspected on"), last_seen(one.last_on, result.own_unit), name="day"),
            *([parts.cell(_("The inspections"), *inspections, name="wide")] if which == "repeated" else []),
            parts.cell(_("Where it stands"), told_source.in_list(place, place.cell("name")), name="sources"),
        ]
    )  # fmt: skip


def rows(request: Any, reading: Reading) -> dict[str, Any]:
    """The rows that a grid asks for; Unasked for what no grid of ours asks."""
    asked, wanted = read_request(request)
    seen = look(asked, reading)
    total, found = inspection_coverage.rows(reading, seen.result, seen.asked.wanted, wanted, risk_words())
    places, runs = _behind(seen, reading, found)
    return rows_as_told(
        [_grid_row(one, places[one.credit_code], runs.get(one.credit_code), seen.result) for one in found], total
    )


def _grid_row(
    one: RegisteredToday, place: ToldRow, run: RepeatedRun | None, result: InspectionCoverage
) -> dict[str, Any]:
    risk = {"text": risk_words()["yes"], "tone": "warn", "symbol": "▲"} if one.high_risk else None
    told = [] if run is None else [
        {**told_source.in_grid(each.place, each.place.cell("enterprise")), "text": f"{numbers.day(each.on)} {each.unit.short_name}"}
        for each in run.inspections
    ]  # fmt: skip
    return {
        **{key: value or numbers.NONE for key, value in _values(one, result.zone).items()},
        "id": one.credit_code,
        "enterprise": [{"text": one.name, "href": profile_of(one.credit_code), "title": _("open its profile")}],
        "high_risk": risk,
        "last_on": last_seen(one.last_on, result.own_unit),
        "why": "" if run is None else why(run),
        "run": told,
        "sources": [told_source.in_grid(place, place.cell("name"))],
    }


def _values(one: RegisteredToday, zone: Zone) -> dict[str, str | None]:
    units = zone.unit_by_code
    return {
        "enterprise": one.name,
        "credit_code": one.credit_code,
        "territory": units[one.territory].short_name,
        "sector": zone.sectors[one.sector],
        "department": None if one.department is None else units[one.department].short_name,
    }


def export_never(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """Those not inspected this year that the grid shows."""
    return _exported({**asked, "list": "never"}, told, reading)


def export_repeated(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    """Those inspected repeatedly that the grid shows, with the inspections."""
    return _exported({**asked, "list": "repeated"}, told, reading)


def _exported(asked: Mapping[str, str], told: Told, reading: Reading) -> Exported:
    seen = look(asked, reading)
    which, zone = seen.asked.which, seen.result.zone
    columns = grid.columns_asked(headings(which), told.columns)
    total, found = inspection_coverage.rows(reading, seen.result, seen.asked.wanted, told.wanted, risk_words())
    refuse_too_many(total)
    if told.chosen:
        found = [one for one in found if one.credit_code in told.chosen]
    title = f"{COVERAGE.title} {called(which)}"
    narrowed = [
        *([] if seen.asked.unit is None else [zone.unit_by_code[seen.asked.unit].short_name]),
        *([] if seen.asked.sector is None else [zone.sectors[seen.asked.sector]]),
    ]
    return Exported(
        name=f"{title} {seen.result.as_of.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            *as_it_stands(reading),
            scope_said(reading),
            rule(seen.result),
            *narrowed,
            *grid.said(headings(which), told),
        ],
        fields=[Field(one.words, Written.DAY if one.key == "last_on" else Written.TEXT) for one in columns],
        rows=_written(found, [one.key for one in columns], seen, reading),
    )


def _written(
    found: Sequence[RegisteredToday], keys: Sequence[str], seen: CoverageSeen, reading: Reading
) -> list[list[Any]]:
    """All rows, what stands behind them looked up some at a time."""
    made = []
    for start in range(0, len(found), MOST_AT_ONCE):
        some = found[start : start + MOST_AT_ONCE]
        places, runs = _behind(seen, reading, some)
        for one in some:
            place, run = places[one.credit_code], runs.get(one.credit_code)
            values: dict[str, Any] = {
                **_values(one, seen.result.zone),
                "high_risk": risk_words()["yes" if one.high_risk else "no"],
                "last_on": one.last_on,
                "why": "" if run is None else why(run),
                "run": "" if run is None else _("; ").join(
                    f"{numbers.day(each.on)} {each.unit.short_name} {told_source.in_file(each.place, each.place.cell('enterprise'))}"
                    for each in run.inspections
                ),
                "sources": told_source.in_file(place, place.cell("name")),
            }  # fmt: skip
            made.append([values[key] for key in keys])
    return made
