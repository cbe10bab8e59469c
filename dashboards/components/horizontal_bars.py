"""Horizontal bars, one a line with its words behind it; and a score taken apart as such bars, from 0 to the score."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from dashboards.components import numbers
from dashboards.components.chart import plain
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
_HUNDRED = [0, 25, 50, 75, 100]
_ROOM_FOR_WORDS = 150
"""Where the axis ends: behind a bar of 100 there must be room for its words, on a phone too."""


def lay(figure: go.Figure, labels: Sequence[str]) -> go.Figure:
    """As high as it has lines, the first on top, each with its label."""
    figure.update_layout(height=_FRAME_HEIGHT + _ROW_HEIGHT * len(labels))
    figure.update_xaxes(fixedrange=True, tickangle=0)
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(labels))), ticktext=labels, showgrid=False, fixedrange=True
    )
    return figure


def to_hundred(figure: go.Figure) -> go.Figure:
    """An axis from 0 to 100, with room for words behind the longest bar."""
    figure.update_xaxes(range=[0, _ROOM_FOR_WORDS], tickvals=_HUNDRED, showgrid=False, ticks="outside")
    return figure


def waterfall(
    *,
    steps: Sequence[Step],
    score: Decimal,
    name: Callable[[str], str],
    leads_to: Callable[[str], Mapping[str, str]] = lambda _key: {},
) -> go.Figure:
    """From 0 to the score, a bar a step; ``name`` is what a step is called, ``leads_to`` what a click on it chooses."""
    bars = go.Waterfall(
        orientation="h",
        y=list(range(len(steps) + 1)),
        x=[*(float(step.amount) for step in steps), float(score)],
        measure=[*("relative" for _step in steps), "total"],
        customdata=[*(leads_to(step.key) for step in steps), {}],
        text=[*(f" {_amount(step)}" for step in steps), f" <b>{numbers.points(score)}</b>"],
        hovertext=[*(plain(_said(step, name(step.key))) for step in steps), plain(sum_said(score))],
        **WITH_WORDS,
    )
    whole = _("Score")
    labels = [*(f"{plain(name(step.key))} " for step in steps), f"<b>{whole}</b> "]
    return to_hundred(lay(go.Figure(bars), labels))


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
