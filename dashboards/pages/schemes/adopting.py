"""What the administrator decides on a draft: it is adopted with a reason, and knowing what is published already."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import parts, scheme_words
from dashboards.results.schemes import DraftLooked
from dashboards.web.token import token_field
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.people.scope import Scope


def adoption(looked: DraftLooked, scope: Scope, *, identity: str) -> Component:
    """The form to adopt; why it cannot be, or who can, where there is none."""
    heading = html.H3(_("Adopt it"))
    if looked.why_not is not None:
        return html.Div([heading, parts.empty(looked.why_not)])
    said = [html.P(one) for one in (_when(looked), scheme_words.overtaken(looked.moved)) if one]
    if not scope.administers:
        who = _("An administrator adopts it, here, with a reason. The draft is kept until then.")
        return html.Div([heading, *said, html.P(who, className="note")])
    known = [dcc.Input(type="hidden", name="known", value=str(one)) for one in looked.moved]
    fields = [
        token_field(),
        dcc.Input(type="hidden", name="draft", value=str(looked.draft.number)),
        *known,
        *([_aware()] if looked.moved else []),
        html.Label(scheme_words.why_asked(), htmlFor="schemes-reason"),
        html.Textarea(id="schemes-reason", name="reason", maxLength=LONGEST_REASON, required="required", rows=3, className="form-control"),
        html.Button(_("Adopt this version"), type="submit", className="btn btn-primary"),
    ]  # fmt: skip
    form = html.Form(fields, method="post", action="/schemes/adopt", className="scheme-adopt", id=identity)
    return html.Div([heading, *said, form])


def _when(looked: DraftLooked) -> str:
    one = looked.draft.scheme
    if looked.until is None:
        return _(
            "It would hold from %(begin)s on; before that every figure stays as it is.", begin=scheme_words.begins(one)
        )
    return _("It would hold from %(begin)s until %(day)s, when the next version follows; before that every figure stays as it is.",
             begin=scheme_words.begins(one), day=looked.until.isoformat())  # fmt: skip


def _aware() -> Component:
    box: Component = dbc.Checkbox(id="schemes-aware", name="aware", label=scheme_words.aware(), value=False)
    return box
