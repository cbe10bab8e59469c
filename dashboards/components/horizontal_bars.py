"""Horizontal bars, one a line with its words behind it; and a score taken apart as such bars, from 0 to the score."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from html import unescape
from math import ceil
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from dashboards.components import numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import Trace, figure
from dashboards.method.steps import Step
from data.language import gettext as _

BAR_WIDTH = 0.56
WITH_WORDS: Mapping[str, Any] = {
    "textposition": "outside",
    "textfont": {"size": 13},
    "cliponaxis": False,
    "constraintext": "none",
    "width": BAR_WIDTH,
    "hovertemplate": "%{hovertext}<extra></extra>",
}
"""How bars look that have their words behind them; each gives its ``hovertext``, a whole sentence."""
_ROW_HEIGHT = 42
_FRAME_HEIGHT = 44
_EDGE, _ROOM_FOR_TICKS = 10, 36
"""Pixels beside labels, and below the bars for ticks and their numbers."""
_HELD: Mapping[str, Any] = {"fixedrange": True, "ticklabeloverflow": "allow"}
"""An axis on which nothing is zoomed, and whose labels all have room: they need not be measured one by one."""
_TAG = re.compile("<[^>]*>")
_ROOM_FOR_WORDS = 150
"""Where the axis ends: behind a bar of 100 there must be room for its words, on a phone too."""
TO_HUNDRED: Mapping[str, Any] = {
    "range": [0, _ROOM_FOR_WORDS],
    "tickvals": [0, 25, 50, 75, 100],
    "showgrid": False,
    "ticks": "outside",
}
"""An axis from 0 to 100, with room for words behind the longest bar."""


def laid(
    traces: Sequence[Trace],
    labels: Sequence[str],
    *,
    xaxis: Mapping[str, Any],
    margin: Mapping[str, int] = MappingProxyType({}),
    **layout: Any,
) -> go.Figure:
    """Bars, one a line and as high as there are lines, the first on top, each with its label.

    There is room for labels and ticks from the start: where Plotly finds too little it draws everything a second time.
    """
    return figure(
        [{"orientation": "h", **one} for one in traces],
        height=_FRAME_HEIGHT + _ROW_HEIGHT * len(labels),
        margin={"l": ceil(_EDGE + max(map(_width, labels), default=0)), "b": _ROOM_FOR_TICKS, **margin},
        xaxis={**_HELD, "tickangle": 0, **xaxis},
        yaxis={
            **_HELD,
            "autorange": "reversed",
            "tickvals": list(range(len(labels))),
            "ticktext": list(labels),
            "showgrid": False,
        },
        **layout,
    )


def _width(label: str) -> float:
    """About how many pixels a label takes."""
    return sum(map(_letter_width, unescape(_TAG.sub("", label))))


def _letter_width(letter: str) -> float:
    return 14.0 if ord(letter) > 0x2E80 else 4.0 if letter == " " else 7.4


def waterfall(
    *,
    steps: Sequence[Step],
    score: Decimal,
    name: Callable[[str], str],
    leads_to: Callable[[str], Mapping[str, str]] = lambda _key: {},
) -> go.Figure:
    """From 0 to the score, a bar a step; ``name`` is what a step is called, ``leads_to`` what a click on it chooses."""
    bars = {
        "type": "waterfall",
        "y": list(range(len(steps) + 1)),
        "x": [*(float(step.amount) for step in steps), float(score)],
        "measure": [*("relative" for _step in steps), "total"],
        "customdata": [*(leads_to(step.key) for step in steps), {}],
        "text": [*(f" {_amount(step)}" for step in steps), f" <b>{numbers.points(score)}</b>"],
        "hovertext": [*(plain(_said(step, name(step.key))) for step in steps), plain(sum_said(score))],
        **WITH_WORDS,
    }
    whole = _("Score")
    labels = [*(f"{plain(name(step.key))} " for step in steps), f"<b>{whole}</b> "]
    return laid([bars], labels, xaxis=TO_HUNDRED)


def _amount(step: Step) -> str:
    """What is gained, out of how much where there is a most; what is taken or added, with its sign."""
    if step.of is None:
        return numbers.signed(step.amount)
    return f"{numbers.points(step.amount)} / {numbers.decimal(step.of)}"


def _said(step: Step, name: str) -> str:
    """A step as a sentence, its points before their share."""
    if step.of is None:
        return _("%(step)s: %(points)s points.", step=name, points=numbers.signed(step.amount))
    share = numbers.percent(Fraction(step.amount) / Fraction(step.of)) if step.of else numbers.NONE
    return _("%(step)s: %(points)s of %(of)s points (%(share)s).", step=name, points=numbers.points(step.amount),
             of=numbers.decimal(step.of), share=share)  # fmt: skip


def sum_said(score: Decimal) -> str:
    """What all steps come to, as a sentence."""
    return _("Together: a score of %(points)s points.", points=numbers.points(score))
