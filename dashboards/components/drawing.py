"""Figures put together from plain descriptions, without Plotly's check of every value: it takes ten times as long as all else.

Tests check them instead: ``tests/unit/test_pictures.py`` gives each kind of figure to Plotly's own check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

Trace = Mapping[str, Any]
"""A trace as plotly.js takes it, with its ``type``."""
SAID: Trace = {"hovertemplate": "%{hovertext}<extra></extra>"}
"""Of a trace whose ``hovertext`` are whole sentences."""


def figure(traces: Sequence[Trace], **layout: Any) -> go.Figure:
    """A figure of these traces; what is under the pointer is a single mark."""
    return go.Figure(data=[dict(one) for one in traces], layout={"hovermode": "closest", **layout}, _validate=False)


def axis(**look: Any) -> dict[str, Any]:
    """An axis that stands still, as wide as its margin, without a line at zero."""
    return {"fixedrange": True, "zeroline": False, "automargin": False, **look}
