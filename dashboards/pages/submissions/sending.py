"""The form that takes workbooks in: drop them or choose them, many at once. assets/upload.js sends them to /upload."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.web.intake_routes import LONGEST_NOTE
from data.language import gettext as _
from data.people.scope import Scope
from data.schema import STORED_KINDS
from data.zone.periods import Period
from data.zone.zone import Zone

DROP, PROGRESS, KIND, UNIT, FOR_PERIOD, NOTE, STRAIGHT = (
    f"submissions-{part}" for part in ("drop", "progress", "kind", "unit", "for-period", "note", "straight")
)


def send_form(zone: Zone, periods: Sequence[Period], scope: Scope) -> Component:
    """The drop area, the file button, and the choices for workbooks that do not say what they are; only for who sends."""
    if not scope.files:
        return parts.empty(_("This account sends no workbooks; only units and the office do."))
    progress = html.P(id=PROGRESS, role="status", className="progress-line")
    straight = dbc.Checkbox(
        id=STRAIGHT, value=False, label=_("File at once what has no error, without a look at the changes")
    )
    return html.Div([_drop_area(), progress, straight, _note(), _choices(zone, periods, scope)])


def _drop_area() -> Component:
    spoken = parts.attributes(
        data_upload_to="/upload",
        data_sending=_("sending {name}: {percent}%"),
        data_received=_("received {n} files"),
        data_none=_("no file was received"),
        data_unreadable=_(
            "The browser could not read or send this file. Close it in WPS or Excel, then send it again."
        ),
    )
    return html.Div(
        [
            html.P(_("Drop workbooks here, one or many"), className="drop-title"),
            html.Button(_("Choose files"), className="btn btn-primary", type="button", **parts.attributes(data_choose_files="")),
            html.P(_("Excel, WPS, ODS, tables of web pages or CSV, up to 20 MiB each; kind, unit and period are read from the workbook."),
                   className="note"),
        ],
        id=DROP,
        className="drop-area",
        **spoken,
    )  # fmt: skip


def _choices(zone: Zone, periods: Sequence[Period], scope: Scope) -> Component:
    """What may be chosen: of a unit's account its own name and the kinds that it files."""
    as_written = [("", _("as the workbook says"))]
    sending = [unit for unit in zone.units if scope.files_for(unit.code)]
    kinds = [
        (kind, words.kind(kind))
        for kind in STORED_KINDS
        if (scope.files_for_all or not zone.only_office_files(kind))
        and any(zone.deadline(kind, unit) is not None for unit in sending)
    ]
    units = [(unit.code, unit.short_name) for unit in sending]
    spoken = [(str(period), numbers.period(period)) for period in periods]
    fields = [
        parts.chooser(KIND, _("Kind"), as_written + kinds, ""),
        parts.chooser(UNIT, _("Unit"), as_written + units, ""),
        parts.chooser(FOR_PERIOD, _("Period"), as_written + spoken, ""),
    ]
    summary = html.Summary(_("The workbook does not say kind, unit or period? Choose here"))
    return html.Details([summary, html.Div(fields, className="choice-grid")])


def _note() -> Component:
    note = dcc.Input(id=NOTE, type="text", maxLength=LONGEST_NOTE, className="form-control", value="")
    return html.Label(
        [html.Span(_("Note to the office (if any; before you choose the files)")), note], className="note-field"
    )
