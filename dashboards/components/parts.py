"""Small parts of pages: cards, tags, sentences in place of empty boxes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.language import gettext as _

Children = str | Component | Sequence[str | Component | None]


def attributes(**named: str) -> dict[str, Any]:
    """HTML attributes that Python cannot spell: ``aria_label="…"`` becomes ``aria-label``."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def card(title: Children | None, *content: Component | str | None, name: str = "", **options: Any) -> Component:
    """A titled section of a page."""
    heading = None if title is None else html.H2(title, className="card-heading")
    return html.Section([heading, *content], className=f"panel {name}".strip(), **options)


def tag(word: str, tone: str = "calm", *, title: str = "", symbol: str = "") -> Component:
    """A word in a coloured pill; the colour only repeats what word and symbol say."""
    mark = html.Span(symbol, className="symbol", **attributes(aria_hidden="true")) if symbol else None
    return html.Span([mark, word], className=f"pill pill-{tone}", title=title or None)


def illustrative(why: str = "") -> Component:
    """The mark of what the zone has not confirmed: a unit, if nothing else is said."""
    title = why or _("Not confirmed by the zone: an illustrative unit.")
    return html.Span(_("sample"), className="sample-mark", title=title)


def empty(*sentence: Any) -> Component:
    """A sentence where there is nothing to show: why, and what to do."""
    return html.P(list(sentence), className="empty-note", role="status")


def key_message(*sentences: Any, tone: str = "calm", **options: Any) -> Component:
    """The page's main message, before anything else."""
    return html.P(list(sentences), className=f"key-message key-{tone}", role="status", **options)


def sentences(*said: str) -> str:
    """Sentences one behind the other: with a blank between them in English, with none in Chinese."""
    return reduce(lambda one, next_one: _("%(one)s %(next)s", one=one, next=next_one), (one for one in said if one))


def behind(words: str, note: str) -> str:
    """Words, and a note in brackets behind them."""
    return _("%(words)s (%(note)s)", words=words, note=note)


def own_only(unit: str) -> Component:
    """What a unit's account is told wherever others' figures would stand."""
    return empty(
        _("You see the figures of %(unit)s alone: places and other units' figures follow with publication.", unit=unit)
    )


def cell(label: str, *content: Any, name: str = "", **options: Any) -> Component:
    """A cell of a table that becomes a labelled line on a phone."""
    return html.Td(list(content), className=name or None, **attributes(data_label=label), **options)


def head(label: str, note: str = "", *, name: str = "", title: str = "") -> Component:
    """A column's head, with a small second line."""
    small = html.Small(note) if note else None
    return html.Th([label, small], className=name or None, title=title or None, scope="col")


def chooser(
    identity: str, label: str, options: Sequence[tuple[str, str]], value: str, *, chooses: str = "", drops: str = ""
) -> Component:
    """A choice of (value, words); the browser's own list, so that keyboard and phone have it as they know it.

    ``chooses`` is the key of the address that it changes, if any, ``drops`` are keys that then say nothing any more. Of several
    keys in ``chooses`` a value says which it is: ``unit=youting``, or none of them.
    """
    select = dbc.Select(id=identity, options=[{"label": said, "value": one} for one, said in options], value=value)
    return html.Label([html.Span(label), select], className="chooser", **(choice(chooses, drops) if chooses else {}))


def choice(chooses: str, drops: str = "") -> dict[str, Any]:
    """What tells the script ``31_address.js`` that a list or a field in here chooses."""
    return attributes(data_chooses=chooses, data_drops=drops)


def tabs(items: Sequence[tuple[str, str, bool]], *, label: str, identity: str) -> Component:
    """Links as tabs: (words, address, whether it is the present one)."""
    links = [
        dcc.Link(words, href=href, className="tab-link active" if here else "tab-link", **_present(here))
        for words, href, here in items
    ]
    return html.Nav(links, className="tab-row", id=identity, **attributes(aria_label=label))


def _present(here: bool) -> dict[str, Any]:
    return {"title": _("shown now")} if here else {}
