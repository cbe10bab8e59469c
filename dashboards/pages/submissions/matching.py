"""Headers of a unit's own form: which of our columns each one is, said once by hand and remembered."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.pages.submissions.near import answer_form, with_answers
from dashboards.results.headers import RememberedHeader, UnderstoodTable, UnknownHeader
from dashboards.web.token import token_field
from dashboards.web.workbook_routes import NONE, NOT_OURS
from data.language import gettext as _

MOST_FIELDS = 40
"""Headers that can be matched at a time, the probable ones first: no office's form has more columns of its own."""


def match_form(number: int, tables: Sequence[UnderstoodTable], *, identity: str) -> list[Component]:
    """A choice for each unknown header, with the probable column chosen beforehand."""
    if not tables:
        return []
    said = _(
        "These headers are not ours. Say which column each one is: it is remembered for this unit and table, and the "
        "workbook is checked again at once."
    )
    unknown = [(table, header) for table in tables for header in table.unknown]
    unknown.sort(key=lambda one: one[1].near is None)
    answers = f"{identity}-answers"
    fields = [
        with_answers(_field(table, header), table, header, form=answers) for table, header in unknown[:MOST_FIELDS]
    ]
    button = html.Button(_("Remember and check again"), type="submit", className="btn btn-primary")
    form = html.Form(
        [token_field(), html.Div(fields, className="match-grid"), _others(len(unknown) - len(fields)), button],
        method="post", action=f"/match/{number}", id=identity,
    )  # fmt: skip
    heading = html.H3(_("Headers that are not known"))
    return [heading, html.P(said, className="note"), form, answer_form(number, identity=answers)]


def _others(number: int) -> Component | None:
    if number < 1:
        return None
    said = _("%(n)s more headers are not known. Delete columns that are not ours and send it again.", n=number)
    return html.P(said, className="note")


def _field(table: UnderstoodTable, header: UnknownHeader) -> Component:
    options = [
        {"label": _("leave it unused"), "value": NONE},
        {"label": _("none of our columns (remember it)"), "value": NOT_OURS},
    ]
    options += [
        {
            "label": _("%(column)s (required)", column=one.title) if one.key in table.required else one.title,
            "value": one.key,
        }
        for one in sorted(table.missing, key=lambda one: one.key not in table.required)
    ]
    name = [html.Span(header.written, className="header-name"), html.Small(f"{table.sheet} {header.letters}")]
    select = dbc.Select(name=f"{table.key}.{header.letters}", options=options, value=header.near or NONE)
    return html.Label([html.Span(name), select], className="match-field")


def remembered(number: int, said: Sequence[RememberedHeader], *, identity: str) -> list[Component]:
    """What holds for this unit and kind, each with the way to take it back."""
    if not said:
        return []
    items = [html.Li([_meaning(one), " ", _forget(number, one)]) for one in said]
    summary = html.Summary(_("Remembered headers (%(n)s)", n=len(said)))
    return [html.Details([summary, html.Ul(items, className="remembered")], id=identity)]


def _meaning(one: RememberedHeader) -> str:
    if not one.column.key:
        return _("“%(header)s” is none of our columns", header=one.written)
    return _("“%(header)s” is %(column)s", header=one.written, column=one.column.title)


def _forget(number: int, one: RememberedHeader) -> Component:
    fields = [
        dcc.Input(type="hidden", name=name, value=value)
        for name, value in (("table", one.table), ("header", one.header))
    ]
    button = html.Button(_("Take it back"), type="submit", className="btn btn-sm btn-outline-primary")
    return html.Form([token_field(), *fields, button], method="post", action=f"/forget-header/{number}")
