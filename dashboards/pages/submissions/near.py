"""A heading that is near one of our columns: asked as a question with two answers, each one click."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.results.headers import UnderstoodTable, UnknownHeader
from dashboards.web.token import token_field
from dashboards.web.workbook_routes import NOT_OURS
from data.language import gettext as _


def answer_form(number: int, *, identity: str) -> Component:
    """The form that the answers' buttons belong to: each sends its own heading alone, whatever else is chosen."""
    return html.Form([token_field()], method="post", action=f"/match/{number}", id=identity)


def with_answers(field: Component, table: UnderstoodTable, header: UnknownHeader, *, form: str) -> Component:
    """The choice of a heading's column; where one is near, with the two answers to "is it this one?" below."""
    title = next((one.title for one in table.missing if one.key == header.near), None)
    if header.near is None or title is None:
        return field
    name = f"{table.key}.{header.letters}"
    look = "btn btn-sm btn-outline-primary"
    yes = html.Button(_("It is the column “%(column)s”", column=title), type="submit", name=name, value=header.near,
                      form=form, className=look)  # fmt: skip
    no = html.Button(_("No, leave it out"), type="submit", name=name, value=NOT_OURS, form=form, className=look)
    return html.Div([field, html.Div([yes, no], className="near-answers")])
