"""The forms that change accounts: plain ones, so that they work without a script and answer with a page."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import words
from dashboards.web.token import token_field
from data.language import gettext as _
from data.people.accounts import LONGEST_NAME, Account
from data.people.scope import Role
from data.zone.zone import Zone

NO_UNIT = "-"
"""An empty value would be shown as a blank."""


def button_form(action: str, verb: str, **hidden: str) -> Component:
    """One button that sends what it stands for."""
    fields = [dcc.Input(type="hidden", name=name, value=value) for name, value in hidden.items()]
    button = html.Button(verb, type="submit", className="btn btn-sm btn-outline-primary")
    return html.Form([token_field(), *fields, button], method="post", action=action)


def role_form(account: Account, zone: Zone) -> Component:
    """Another role, or another unit."""
    fields = [
        token_field(),
        dcc.Input(type="hidden", name="account", value=account.name),
        _labelled(_("Role"), _roles(account.role)),
        _labelled(_("Unit (for units)"), _units(zone, account.unit)),
        html.Button(_("Change role"), type="submit", className="btn btn-sm btn-outline-primary"),
    ]
    return html.Form(fields, method="post", action="/accounts/role", className="role-form")


def new_account_form(zone: Zone, *, identity: str) -> Component:
    """Name, person, role and unit; the one-time password comes with the answer."""
    fields = [
        token_field(),
        _labelled(_("Account"), _text("name", autocomplete="off")),
        _labelled(_("Person"), _text("display_name", autocomplete="off")),
        _labelled(_("Role"), _roles(Role.UNIT)),
        _labelled(_("Unit (for units)"), _units(zone, None)),
        html.Button(_("Make the account"), type="submit", className="btn btn-primary"),
    ]
    note = html.P(_("The answer shows a one-time password, once. Many accounts at a time: python -m data users import."),
                  className="note")  # fmt: skip
    form = html.Form(fields, method="post", action="/accounts/add", className="account-form", id=identity)
    return html.Div([form, note])


def _labelled(label: str, field: Component) -> Component:
    return html.Label([html.Span(label), field], className="field")


def _text(name: str, **options: Any) -> Component:
    field: Component = dbc.Input(type="text", name=name, required=True, maxlength=LONGEST_NAME, **options)
    return field


def _roles(chosen: Role) -> Component:
    options = [{"label": words.role(role), "value": role.value} for role in Role]
    field: Component = dbc.Select(name="role", options=options, value=chosen.value)
    return field


def _units(zone: Zone, chosen: str | None) -> Component:
    options = [
        {"label": _("none"), "value": NO_UNIT},
        *({"label": one.short_name, "value": one.code} for one in zone.units),
    ]
    field: Component = dbc.Select(name="unit", options=options, value=chosen or NO_UNIT)
    return field
