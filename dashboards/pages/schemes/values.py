"""What a scheme says, and what one says otherwise than another, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, scheme_fields, scheme_words
from dashboards.components.scheme_fields import FormField, FormSection, Row
from dashboards.method.scheme_difference import Change
from data.language import gettext as _
from data.zone.schemes import Scheme


def value_table(one: Scheme, *, identity: str) -> Component:
    """Every value with its unit and what it rests on, in the sections of the form over it."""
    shown = [_section(section) for section in scheme_fields.sections(one, {})]
    return html.Div(shown, className="scheme-values", id=identity)


def _section(one: FormSection) -> Component:
    heads = (
        [html.Thead(html.Tr([html.Th(""), *(parts.head(head, name="num") for head in one.heads)]))] if one.heads else []
    )
    rows = [html.Tr(_row(row)) for row in one.rows if any(field.value for field in row.fields)]
    note = [html.P(one.note, className="note")] if one.note and not one.heads else []
    table = html.Table([*heads, html.Tbody(rows)], className="data-table")
    return html.Section([html.H3(one.title), *note, table])


def _row(one: Row) -> list[Component]:
    label: list[Component | str] = [one.label, html.Small(one.note)] if one.note else [one.label]
    return [html.Th(label, scope="row"), *(html.Td(_shown(field), className=_aligned(field)) for field in one.fields)]


def _aligned(one: FormField) -> str | None:
    return None if one.kind == "text" else "num"


def _shown(one: FormField) -> list[Component | str]:
    value = dict(one.choices).get(one.value, one.value) or numbers.NONE
    return [value, " ", html.Small(one.unit)] if one.unit else [value]


def change_list(changes: Sequence[Change], **options: Any) -> Component:
    """One line a value that is otherwise."""
    if not changes:
        return html.P(_("No value is otherwise."), className="note", **options)
    return html.Ul([html.Li(_change(one)) for one in changes], className="scheme-changes", **options)


def _change(one: Change) -> str:
    label = scheme_words.said(one.at).label
    before, after = (scheme_words.value(one.at, value) for value in (one.before, one.after))
    return _("%(what)s: %(before)s → %(after)s", what=label, before=before, after=after)


def summary(title: str, changes: Sequence[Change]) -> Component:
    """The changes of a version, folded."""
    if not changes:
        return html.Span(_("nothing"))
    return html.Details([html.Summary(title), change_list(changes)])
