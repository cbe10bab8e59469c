"""A way in steps as one line: what was done when, how long after the step before, what took long and what lacks.

No colour tells anything alone: what took long is said so and marked, of what lacks that it lacks. The grids draw the same of
``as_told`` (``assets/37_grid_functions.js``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts

Tone = Literal["done", "slow", "lacking"]
SYMBOLS: dict[Tone, str] = {"done": "●", "slow": "▲", "lacking": "✗"}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step: its name, the time since the one before (empty of the first), when it was; all in words. ``whole`` says all of it."""

    name: str
    gap: str
    at: str
    tone: Tone
    whole: str


def step_line(steps: Sequence[ShownStep]) -> Component:
    """The steps one after the other."""
    return html.Ol([_step(one) for one in steps], className="way-line")


def _step(one: ShownStep) -> Component:
    gap = html.Span(one.gap, className="way-gap") if one.gap else None
    symbol = html.Span(SYMBOLS[one.tone], className="way-symbol", **parts.attributes(aria_hidden="true"))
    named = html.Span([symbol, one.name], className="way-name")
    at = html.Small(one.at, className="way-at") if one.at else None
    return html.Li(
        [gap, html.Span([named, at], className="way-stop")], className=f"way-step way-{one.tone}", title=one.whole
    )


def as_told(steps: Sequence[ShownStep]) -> list[dict[str, str]]:
    """The same as a grid is told it."""
    return [
        {
            "name": one.name,
            "gap": one.gap,
            "moment": one.at,
            "tone": one.tone,
            "symbol": SYMBOLS[one.tone],
            "title": one.whole,
        }
        for one in steps
    ]
