"""The one way a figure gets on a page: template of the reader's theme, Chinese mode bar, a text for who cannot see it."""

from __future__ import annotations

import html as markup
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dashboards.components import parts, theme
from data.language import gettext as _
from data.language import language


def current_theme() -> str:
    """The theme that the reader's browser remembers."""
    return theme.known(request.cookies.get(theme.COOKIE) if has_request_context() else None)


def graph(identity: str, figure: go.Figure, *, says: str, via: str = "") -> Component:
    """A chart on the page; ``says`` is what it shows, for screen readers.

    A mark whose ``customdata`` is ``{key: value}`` leads in place to the address with these keys; ``via`` is then said
    to be where it was chosen.
    """
    figure.update_layout(template=theme.template(current_theme()))
    drawn = dcc.Graph(id=identity, figure=figure, config=config(), responsive=True, style={"height": _height(figure)})
    return html.Div(drawn, className="chart", role="figure", **parts.attributes(aria_label=says, data_via=via))


def _height(figure: go.Figure) -> str:
    return f"{figure.layout.height or 360}px"


def config() -> Any:  # Dash's own type for it is not to be imported
    """Mode bar and number formats in the reader's language; the only tool is to keep the picture."""
    words = {
        "Download plot as a PNG": _("Save the chart as a picture"),
        "Download plot as a png": _("Save the chart as a picture"),
        "Download plot": _("Save the chart as a picture"),
        "Taking snapshot - this may take a few seconds": _("Making the picture …"),
        "Snapshot succeeded": _("The picture is saved"),
    }
    name = language().replace("_", "-")
    return {
        "locale": name,
        "locales": {name: {"dictionary": words, "format": {}}},
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"scale": 2},
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
    }


def plain(text: str) -> str:
    """Text from a workbook as Plotly may show it: Plotly renders some HTML, so there must be none in it."""
    return markup.escape(text, quote=False)


def sentence(words: str, *, height: int = 160) -> go.Figure:
    """A chart that has nothing to draw says why, and what to do."""
    figure = go.Figure(layout={"height": height, "xaxis": {"visible": False}, "yaxis": {"visible": False}})
    figure.add_annotation(text=plain(words), showarrow=False, x=0.5, y=0.5, xref="paper", yref="paper")
    return figure
