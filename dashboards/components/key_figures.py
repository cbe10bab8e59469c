"""A key figure: what it is, its value, and what it is compared to or made of, small beneath."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component


def key_figure(label: str | Component, value: str, *notes: str, tone: str = "", name: str = "") -> Component:
    """One of them; notes that are empty are left out."""
    small = [html.Dd(note, className="figure-note") for note in notes if note]
    shown = html.Dd(value, className=f"figure-value {f'tone-{tone}' if tone else ''}".strip())
    return html.Div([html.Dt(label), shown, *small], className=f"figure {name}".strip())


def key_figures(shown: Sequence[Component], *, identity: str) -> Component:
    """Some of them side by side."""
    return html.Dl(list(shown), className="casualty-figures", id=identity)
