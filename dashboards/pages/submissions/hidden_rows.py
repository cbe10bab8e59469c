"""Rows that a sheet hides: they count unless their sender says otherwise, which is kept with the workbook."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.results.dossier import Dossier
from dashboards.web.token import token_field
from data.language import gettext as _


def choice(dossier: Dossier, *, identity: str) -> list[Component]:
    """To the sender's side, of a workbook with hidden rows that waits or counts: leave them out, or count them."""
    sent = dossier.sent
    counts = sent.sends and dossier.in_force is not None and dossier.in_force.number == sent.number
    if not (sent.again or counts) or not (sent.has_hidden_rows or sent.without_hidden):
        return []
    if sent.without_hidden:
        said, verb = _("Hidden rows are left out, as chosen."), _("Count hidden rows too, and check again")
    else:
        said, verb = _("Hidden or filtered rows were counted."), _("Leave hidden rows out, and check again")
    told = dcc.Input(type="hidden", name="without_hidden", value="with" if sent.without_hidden else "without")
    button = html.Button(verb, type="submit", className="btn btn-sm btn-outline-primary")
    form = html.Form([token_field(), told, button], method="post", action=f"/check-again/{sent.number}")
    return [html.Div([html.Span(said), form], className="hidden-rows", id=identity)]
