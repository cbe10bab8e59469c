"""What of plotly.js the product draws with: its own build holds these kinds of traces and no others.

A kind that is missing there is drawn as a line, without any error: ``dashboards.components.chart.graph`` takes no other.
"""

from __future__ import annotations

import plotly.graph_objects as go

TRACES = ("bar", "heatmap", "scatter", "waterfall")
"""In the words of plotly.js. Who draws with another kind enters it here, and ``make setup`` builds it in."""


class NotBuiltIn(ValueError):
    """A figure has a kind of trace that the product's plotly.js does not know: a mistake in the program."""


def checked(figure: go.Figure) -> go.Figure:
    """The same figure; NotBuiltIn where plotly.js would draw something else than was meant."""
    others = sorted({trace.type for trace in figure.data} - set(TRACES))
    if others:
        raise NotBuiltIn(f"{', '.join(others)}: not in dashboards.components.traces.TRACES")
    return figure
