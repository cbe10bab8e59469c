"""What a scheme says, and what one says otherwise than another, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import scheme_words
from dashboards.method.scheme_difference import Change, values
from data.language import gettext as _
from data.zone.schemes import Scheme


def value_table(one: Scheme, *, identity: str) -> Component:
    """Every value with its unit and what it rests on."""
    rows = []
    for at, value in values(one).items():
        if at == "title":
            continue
        said = scheme_words.said(at)
        label: list[Component | str] = [said.label, html.Small(said.rests_on)] if said.rests_on else [said.label]
        shown: list[Component | str] = [scheme_words.value(at, value), " ", html.Small(said.unit)]
        rows.append(html.Tr([html.Th(label, scope="row"), html.Td(shown)]))
    return html.Table(html.Tbody(rows), className="data-table scheme-values", id=identity)


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
