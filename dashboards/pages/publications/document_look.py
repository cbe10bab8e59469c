"""The documents of one publication: looked at as pages, and the number under which its bulletin goes out."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.meeting.document_settings import LONGEST_NUMBER
from dashboards.meeting.stationery import settings_of_issue
from dashboards.results.publication_list import Issue
from dashboards.results.reading import Reading
from dashboards.web.preview_routes import FORMS, link
from dashboards.web.token import token_field
from data.intake.publications import Publication
from data.intake.stationery import number_of
from data.language import gettext as _


def links(issue: Issue) -> Component:
    """The way to each document as pages."""
    ways = [html.A(form.upper(), href=link(issue.entry, form), className="detail published-file") for form in FORMS]
    return html.P([html.Span(_("Look at it as pages: ")), *ways])


def number(issue: Issue, content: Publication, reading: Reading) -> list[Component]:
    """The document number, and to the office the field for it; nothing where the bulletin has no red head."""
    if not settings_of_issue(reading, content).red_head:
        return []
    told = number_of(reading.connection, reading.zone.code, issue.entry)
    if not reading.scope.decides:
        return [html.P([_("Document number: "), html.B(told or _("none yet"))])]
    identity = f"number-{issue.entry}"
    field = dcc.Input(id=identity, name="number", value=told, maxLength=LONGEST_NUMBER, placeholder="安委办〔2022〕3号", className="form-control", autoComplete="off")  # fmt: skip
    button = html.Button(_("Keep the number"), type="submit", className="btn btn-sm btn-outline-primary")
    form = html.Form(
        [token_field(), html.Label(_("Document number: "), htmlFor=identity), field, button],
        method="post", action=f"/published/{issue.entry}/number", className="number-form by-hand",
    )  # fmt: skip
    return [form]
