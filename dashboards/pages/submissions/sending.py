"""The form that takes workbooks in: drop them or choose them, many at once. assets/upload.js sends them to /upload."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, words
from data.language import gettext as _
from data.periods import Month
from data.schema import STORED_KINDS
from data.zone import Zone

DROP, PROGRESS, KIND, UNIT, FOR_PERIOD, NOTE = (
    f"submissions-{part}" for part in ("drop", "progress", "kind", "unit", "for-period", "note")
)


def send_form(zone: Zone, months: list[Month]) -> Component:
    """The drop area, the file button, and the choices for workbooks that do not say what they are."""
    return html.Div([_drop_area(), html.P(id=PROGRESS, role="status", className="progress-line"), _choices(zone, months)])


def _drop_area() -> Component:
    spoken = {
        "data-upload-to": "/upload",
        "data-sending": _("sending {name}: {percent}%"),
        "data-received": _("received {n} files"),
        "data-none": _("no file was received"),
        "data-unreadable": _("The browser could not read or send this file. Close it in WPS or Excel, then send it again."),
    }
    return html.Div(
        [
            html.P(_("Drop workbooks here, one or many"), className="drop-title"),
            html.Button(_("Choose files"), className="btn btn-primary", type="button", **{"data-choose-files": ""}),
            html.P(_("Excel, WPS or ODS, up to 20 MiB each; kind, unit and period are read from the workbook."),
                   className="note"),
        ],
        id=DROP,
        className="drop-area",
        **spoken,
    )  # fmt: skip


def _choices(zone: Zone, months: list[Month]) -> Component:
    as_written = [{"label": _("as the workbook says"), "value": ""}]
    kinds = [{"label": words.kind(kind), "value": kind} for kind in STORED_KINDS]
    units = [{"label": unit.short_name, "value": unit.code} for unit in zone.units]
    years = sorted({month.year for month in months}, reverse=True)
    periods = [{"label": numbers.period(month), "value": str(month)} for month in months]
    periods += [{"label": _("the year %(year)s", year=year), "value": str(year)} for year in years]
    fields = [
        _field(_("Kind"), KIND, as_written + kinds),
        _field(_("Unit"), UNIT, as_written + units),
        _field(_("Period"), FOR_PERIOD, as_written + periods),
        html.Label([_("Note"), dcc.Input(id=NOTE, type="text", maxLength=500, className="form-control", value="")]),
    ]
    summary = html.Summary(_("The workbook does not say kind, unit or period? Choose here"))
    return html.Details([summary, html.Div(fields, className="choice-grid")])


def _field(label: str, identity: str, options: list[dict[str, str]]) -> Component:
    return html.Label([label, dbc.Select(id=identity, options=options, value="")])
