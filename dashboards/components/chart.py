"""The one way a figure gets on a page: in the reader's theme and language, with a text for who cannot see it, and to be kept."""

from __future__ import annotations

import html as markup
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dashboards.components import parts, theme
from dashboards.components.traces import checked
from data.language import gettext as _
from data.language import language

PICTURES: Mapping[str, str] = {"png": "PNG", "svg": "SVG"}
"""Format of a picture → as people say it. assets/36_pictures.js makes them."""
ZOOM = ("zoom2d", "pan2d", "resetScale2d")


def current_theme() -> str:
    """The theme that the reader's browser remembers."""
    return theme.known(request.cookies.get(theme.COOKIE) if has_request_context() else None)


def graph(identity: str, figure: go.Figure, *, says: str, message: str = "", via: str = "") -> Component:
    """A chart on the page; NotBuiltIn where the browser could not draw it.

    For who cannot see it ``says`` tells what it shows and ``message`` what follows from it. Plotly's own texts are kept from
    screen readers, which would read them without their places; but for a chart with tools, which must be reached.

    A mark with ``customdata`` (marks.py) leads in place to what it names; ``via`` is then said to be where it was chosen.
    """
    ready = dressed(figure)
    drawn = dcc.Graph(
        id=identity,
        figure=ready,
        config=config(zooms=zooms(ready)),
        responsive=True,
        style={"height": _height(ready)},
    )
    drawing = {} if zooms(ready) else parts.attributes(aria_hidden="true")
    told = message if ready.data else " ".join(one.text for one in ready.layout.annotations)
    return html.Div(
        [html.Div(drawn, **drawing), *([_by_keyboard(ready), _to_keep()] if ready.data else [])],
        className="chart",
        role="figure",
        **parts.attributes(
            aria_label=_alternative(says, told),
            data_via=via,
            data_not_drawn=_("This chart was not drawn yet when the page was printed."),
        ),
    )


def _alternative(says: str, told: str) -> str:
    """A chart in words; a picture's question has its answer with it already."""
    message = markup.unescape(told.replace("<br>", " "))
    if message.replace(" ", "") in says.replace(" ", ""):
        return says
    return _("%(chart)s: %(message)s", chart=says, message=message)


def dressed(figure: go.Figure) -> go.Figure:
    """The figure as it may go to the browser, also as the answer of a callback: checked, in the reader's theme.

    A zoom outlives the next choice as long as its axis still means the same: days do when deaths reach higher. The theme is set
    without Plotly's check of every value of it, which takes longer than the rest.
    """
    axes = [figure.layout.xaxis.range, figure.layout.yaxis.range]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        axis.uirevision = str(axis.range or axes)
    made = checked(figure).to_dict()
    made["layout"] |= {
        "template": theme.as_sent(current_theme()),
        "uirevision": str(axes),
        "dragmode": figure.layout.dragmode or False,
    }
    return go.Figure(made, _validate=False)


def zooms(figure: go.Figure) -> bool:
    """Whether there is something to zoom: marks on an axis that its figure does not hold fast."""
    axes = [*figure.select_xaxes(), *figure.select_yaxes()]
    return bool(figure.data) and (len(axes) < 2 or not all(axis.fixedrange for axis in axes))


def _by_keyboard(figure: go.Figure) -> Component | None:
    """Where the keyboard walks through the marks that the pointer would touch; assets/32_keyboard.js fills it."""
    if not any(trace.hovertext for trace in figure.data):
        return None
    says = _("Marks of the chart: arrow keys lead from one to the next, Enter chooses")
    hint = _("Arrow keys: next mark · Enter: choose")
    if zooms(figure):
        says = _(
            "Marks of the chart: arrow keys lead from one to the next, Enter chooses, + and - zoom, 0 shows all again"
        )
        hint = _("Arrow keys: next mark · Enter: choose · + −: zoom · 0: all")
    return html.Div(
        className="chart-marks", role="listbox", tabIndex=0, **parts.attributes(aria_label=says, data_hint=hint)
    )


def _to_keep() -> Component:
    """The buttons that keep the chart as a picture; keyboard and finger reach them, which they do not with Plotly's own."""
    buttons = []
    for form, said in PICTURES.items():
        what = _("Save the chart as a picture (%(format)s)", format=said)
        buttons.append(
            html.Button(
                said, title=what, className="keep-button", **parts.attributes(data_picture=form, aria_label=what)
            )
        )
    source = parts.attributes(data_source=_("Source: {who}; as shown on {day}"))
    return html.Div([html.Span(_("Save picture")), *buttons], className="chart-keep", **source)


def _height(figure: go.Figure) -> str:
    """As the figure has it; more of it on large screens (assets/29_large_screens.css)."""
    return f"calc({figure.layout.height or 360}px * var(--large, 1))"


def config(*, zooms: bool = False) -> Any:  # Dash's own type for it is not to be imported
    """Number formats and tools in the reader's language; tools only where there is something to zoom."""
    words = {
        "Zoom": _("Zoom: draw a box"),
        "Pan": _("Move"),
        "Reset axes": _("Show all again"),
    }
    name = language().replace("_", "-")
    return {
        "locale": name,
        "locales": {name: {"dictionary": words, "format": {}}},
        "displaylogo": False,
        "displayModeBar": zooms,
        "modeBarButtons": [list(ZOOM)] if zooms else False,
        "scrollZoom": False,
        "doubleClick": "reset" if zooms else False,
        "showTips": False,
    }


def plain(text: str) -> str:
    """Text from a workbook as Plotly may show it: Plotly renders some HTML, so there must be none in it."""
    return markup.escape(text, quote=False)
