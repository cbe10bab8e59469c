"""A chart that answers a question: the question as its heading, the answer as a sentence under it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from dashboards.components import chart, parts


def picture(
    question: str,
    figure: go.Figure,
    *,
    identity: str,
    said: str,
    facts: Sequence[str] = (),
    notes: Sequence[str] = (),
    name: str = "",
    grouped: bool = False,
    via: str = "",
) -> Component:
    """One picture as a card; without data the figure itself says why, and nothing is said twice.

    ``facts`` are what else it shows, for who cannot see it; ``notes`` how it is to be read; ``grouped``: whether it
    stands among others under a heading of theirs; ``via`` is said to be where a mark of it was chosen.
    """
    heading = html.H3 if grouped else html.H2
    drawn = chart.graph(identity, figure, says=" ".join([question, said, *facts]), via=via)
    return html.Section(
        [
            heading(question, className="card-heading"),
            html.P(said if figure.data else None, className="picture-answer", id=f"{identity}-answer"),
            drawn,
            *(html.P(note, className="note") for note in notes),
        ],
        className=f"panel picture {name}".strip(),
    )


def pictures(heading: str, *shown: Component, identity: str) -> Component:
    """Some pictures under a heading of their own."""
    return html.Section(
        [html.H2(heading, className="pictures-heading"), html.Div(list(shown), className="pictures")],
        id=identity,
        **parts.attributes(aria_label=heading),
    )
