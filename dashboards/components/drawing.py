"""Figures put together from plain descriptions, without Plotly's check of every value: it takes ten times as long as all else.

Tests check them instead: ``tests/unit/test_pictures.py`` gives each kind of figure to Plotly's own check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.components.chart import plain
from dashboards.components.point_labels import text_width

Trace = Mapping[str, Any]
"""A trace as plotly.js takes it, with its ``type``."""
LINE, LETTERS = 290, 20
"""Pixels of a line of a sentence in place of a chart, and how many letters of the widest it takes."""
CLAUSE = re.compile(r"[^，。；：、,;:. ]+[，。；：、,;:. ]*|.")
SAID: Trace = {"hovertemplate": "%{hovertext}<extra></extra>"}
"""Of a trace whose ``hovertext`` are whole sentences."""


def figure(traces: Sequence[Trace], **layout: Any) -> go.Figure:
    """A figure of these traces; what is under the pointer is a single mark."""
    return go.Figure(data=[dict(one) for one in traces], layout={"hovermode": "closest", **layout}, _validate=False)


def nothing(words: str) -> go.Figure:
    """A figure without data: a sentence that says why and what to do, in lines that a phone has room for."""
    lines = _lines(words)
    said = {
        "text": "<br>".join(map(plain, lines)),
        "showarrow": False,
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
    }
    axes = axis(visible=False)
    return figure([], height=70 + 20 * len(lines), xaxis=axes, yaxis=axes, annotations=[said])


def _lines(words: str) -> list[str]:
    """Words in lines that end with a clause, or where a clause is longer than a line anywhere in it."""
    clauses = [one for clause in CLAUSE.findall(words) for one in _pieces(clause)]
    lines = [""]
    for one in clauses:
        if text_width(lines[-1] + one.rstrip()) > LINE and lines[-1]:
            lines.append("")
        lines[-1] += one
    return [line.strip() for line in lines]


def _pieces(clause: str) -> list[str]:
    if text_width(clause) <= LINE:
        return [clause]
    return [clause[at : at + LETTERS] for at in range(0, len(clause), LETTERS)]


def axis(**look: Any) -> dict[str, Any]:
    """An axis that stands still, as wide as its margin, without ticks and a line at zero; its words are never turned."""
    return {"fixedrange": True, "zeroline": False, "automargin": False, "ticks": "", "tickangle": 0, **look}
