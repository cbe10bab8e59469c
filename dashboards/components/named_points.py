"""Units as named points over an axis in percent: who the reader looks for gets its name first, a diamond is what the chart is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.point_labels import LabelledPoint, sides
from dashboards.components.theme import drawn

_PERCENT = [0, 25, 50, 75, 100]
LOWEST, HIGHEST = -6, 108
"""The axis of the rate in percent, with room for points at its ends."""


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A unit at a number of something and a rate (0 to 1); ``odd`` is drawn as a diamond, ``said`` when one points at it."""

    code: str
    name: str
    number: int
    rate: Fraction
    odd: bool
    said: str
    leads_to: Mapping[str, str]


def percent(rate: Fraction) -> float:
    """A rate as the axis has it."""
    return float(100 * rate)


def percent_axis() -> dict[str, Any]:
    """The axis on which rates stand."""
    return axis(range=[LOWEST, HIGHEST], tickvals=_PERCENT, ticktext=[f"{share}%" for share in _PERCENT])


def trace(points: Sequence[NamedPoint], *, chosen: str | None, most: float, height: float) -> Trace:
    """The points over ``most`` of the number and a plot of ``height`` pixels."""
    ordered = sorted(points, key=lambda one: (one.code != chosen, not one.odd))
    where = [
        LabelledPoint(one.number / most, (percent(one.rate) - LOWEST) / (HIGHEST - LOWEST), one.name) for one in ordered
    ]
    at = sides(where, height=height)
    front = [one.code == chosen for one in ordered]
    return {
        "type": "scatter",
        "x": [one.number for one in ordered],
        "y": [percent(one.rate) for one in ordered],
        "mode": "markers+text",
        "text": [_label(one.name, side, bold=bold) for one, side, bold in zip(ordered, at, front, strict=True)],
        "textposition": [side or "middle right" for side in at],
        "textfont": {"size": 13},
        "marker": {
            "size": [14 if bold else 11 for bold in front],
            "color": [
                drawn("accent" if bold else "bad" if one.odd else "muted")
                for one, bold in zip(ordered, front, strict=True)
            ],
            "symbol": ["diamond" if one.odd else "circle" for one in ordered],
        },
        "cliponaxis": False,
        "hovertext": [plain(one.said) for one in ordered],
        "customdata": [dict(one.leads_to) for one in ordered],
        **SAID,
    }  # fmt: skip


def _label(name: str, side: str | None, *, bold: bool) -> str:
    """A unit's name, where there is room for it; hovering tells it everywhere."""
    if side is None:
        return ""
    return f"<b>{plain(name)}</b>" if bold else plain(name)
