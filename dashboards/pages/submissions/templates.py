"""Workbooks to fill in: for each kind that the account may send, one for its unit and the chosen period."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from data.language import gettext as _
from data.people.scope import Scope
from data.schema import STORED_KINDS
from data.zone.periods import Period, frequency
from data.zone.zone import Unit, Zone


def template_list(zone: Zone, period: Period, scope: Scope) -> Component | None:
    """A button a kind; who sends for many units chooses the unit beside it."""
    if not scope.files:
        return None
    offered = [(kind, units) for kind in STORED_KINDS if (units := _units(zone, kind, period, scope))]
    said = _(
        "Filled in, such a workbook needs no choice of kind, unit or period. For another period choose it at the top."
    )
    if not offered:
        return parts.empty(
            _("Nothing is filed for %(period)s. Choose another period at the top.", period=numbers.period(period))
        )
    forms = [_form(kind, units, period) for kind, units in offered]
    return html.Div([html.P(said, className="note"), html.Div(forms, className="templates")])


def _units(zone: Zone, kind: str, period: Period, scope: Scope) -> list[Unit]:
    """The units for which the account may send the kind for the period."""
    if zone.only_office_files(kind) and not scope.files_for_all:
        return []
    found = []
    for unit in zone.units_of(period):
        deadline = zone.deadline(kind, unit)
        if deadline is not None and deadline.every == frequency(period) and scope.files_for(unit.code):
            found.append(unit)
    return found


def _form(kind: str, units: list[Unit], period: Period) -> Component:
    """A plain form: the answer is the file."""
    fields = [
        dcc.Input(type="hidden", name=name, value=value) for name, value in (("kind", kind), ("period", str(period)))
    ]
    unit = _one_unit(units[0]) if len(units) == 1 else _choice_of(units)
    button = html.Button(_("Download"), type="submit", className="btn btn-sm btn-outline-primary")
    return html.Form(
        [html.Span(words.kind(kind), className="template-kind"), *fields, unit, button],
        method="get",
        action="/template",
    )


def _one_unit(unit: Unit) -> Component:
    return dcc.Input(type="hidden", name="unit", value=unit.code)


def _choice_of(units: list[Unit]) -> Component:
    options = [{"label": one.short_name, "value": one.code} for one in units]
    select = dbc.Select(name="unit", options=options, value=units[0].code, size="sm")
    return html.Label([html.Span(_("Unit"), className="visually-hidden"), select])
