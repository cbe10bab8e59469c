"""Small parts of pages: cards, tags, sentences in place of empty boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.language import gettext as _

Children = str | Component | Sequence[str | Component | None]


def card(title: Children | None, *content: Component | str | None, name: str = "", **options: Any) -> Component:
    """A titled section of a page."""
    heading = None if title is None else html.H2(title, className="card-heading")
    return html.Section([heading, *content], className=f"panel {name}".strip(), **options)


def tag(word: str, tone: str = "calm", *, title: str = "", symbol: str = "") -> Component:
    """A word in a coloured pill; the colour only repeats what word and symbol say."""
    shown = [html.Span(symbol, className="symbol", **{"aria-hidden": "true"}), word] if symbol else word
    return html.Span(shown, className=f"pill pill-{tone}", title=title or None)


def illustrative() -> Component:
    """The mark of what the zone has not confirmed."""
    return html.Span(_("sample"), className="sample-mark", title=_("Not confirmed by the zone: an illustrative unit."))


def empty(*sentence: Any) -> Component:
    """A sentence where there is nothing to show: why, and what to do."""
    return html.P(list(sentence), className="empty-note", role="status")


def key_message(*sentences: Any, tone: str = "calm") -> Component:
    """The page's main message, before anything else."""
    return html.P(list(sentences), className=f"key-message key-{tone}", role="status")


def cell(label: str, *content: Any, name: str = "", **options: Any) -> Component:
    """A cell of a table that becomes a labelled line on a phone."""
    return html.Td(list(content), className=name or None, **{"data-label": label}, **options)


def head(label: str, note: str = "", *, name: str = "", title: str = "") -> Component:
    """A column's head, with a small second line."""
    small = html.Small(note) if note else None
    return html.Th([label, small], className=name or None, title=title or None, scope="col")


def chooser(identity: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    """A choice of (value, words); the browser's own list, so that keyboard and phone have it as they know it."""
    select = dbc.Select(id=identity, options=[{"label": said, "value": one} for one, said in options], value=value)
    return html.Label([html.Span(label), select], className="chooser")


def tabs(items: Sequence[tuple[str, str, bool]], *, label: str, identity: str) -> Component:
    """Links as tabs: (words, address, whether it is the present one)."""
    links = [
        dcc.Link(words, href=href, className="tab-link active" if here else "tab-link", **_present(here))
        for words, href, here in items
    ]
    return html.Nav(links, className="tab-row", id=identity, **{"aria-label": label})


def _present(here: bool) -> dict[str, Any]:
    return {"title": _("shown now")} if here else {}
