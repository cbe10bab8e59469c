"""Quarterly scores, drawings only: a result in, one figure out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from dashboards.components import numbers, words
from dashboards.components.chart import plain, sentence
from dashboards.pages.quarterly_scores.breakdown import Difference, Step
from dashboards.results.scores import ScoredRow
from data.language import gettext as _

ROW_HEIGHT = 42
FRAME_HEIGHT = 44
BAR_WIDTH = 0.56
ROOM_FOR_WORDS = 150
"""Where the axis ends: behind a bar of 100 there must be room for its words, on a phone too."""


def step_name(key: str) -> str:
    """What a step of the waterfall is called."""
    names = {
        "reweighting": _("Re-weighting"),
        "rounding": _("Rounding"),
        "bonus": _("Bonus"),
        "deduction": _("Deducted"),
        "not_below_zero": _("Not below 0"),
        "not_above_hundred": _("Not above 100"),
    }
    return names.get(key) or words.component(key)


def score_waterfall(*, steps: Sequence[Step], score: Decimal | None) -> go.Figure:
    """From 0 to the score: points gained out of each weight, re-weighting, bonus, deduction."""
    if score is None or not steps:
        return sentence(_("No score this quarter, so there is nothing to take apart."))
    bars = go.Waterfall(
        orientation="h",
        y=list(range(len(steps) + 1)),
        x=[*(float(step.amount) for step in steps), float(score)],
        measure=[*("relative" for _step in steps), "total"],
        text=[*(f" {_amount(step)}" for step in steps), f" <b>{numbers.points(score)}</b>"],
        textposition="outside",
        textfont={"size": 13},
        cliponaxis=False,
        constraintext="none",
        width=BAR_WIDTH,
        hoverinfo="skip",
    )
    score_label = _("Score")
    labels = [*(f"{plain(step_name(step.key))} " for step in steps), f"<b>{score_label}</b> "]
    figure = _lying(go.Figure(bars), labels)
    figure.update_xaxes(range=[0, ROOM_FOR_WORDS], tickvals=[0, 20, 40, 60, 80, 100], showgrid=False, ticks="outside")
    return figure


def _amount(step: Step) -> str:
    if step.of is None:
        return numbers.signed(step.amount)
    return f"{numbers.points(step.amount)} / {numbers.decimal(step.of)}"


def _lying(figure: go.Figure, labels: Sequence[str]) -> go.Figure:
    figure.update_layout(height=FRAME_HEIGHT + ROW_HEIGHT * len(labels), barmode="overlay")
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(labels))), ticktext=labels, showgrid=False, fixedrange=True
    )
    return figure


def differences(*, compared: Sequence[tuple[ScoredRow, Difference]]) -> go.Figure:
    """Own less review, one bar a unit: to the right who thinks too well of itself, to the left who is too modest."""
    if not compared:
        return sentence(_("No unit of the group has marks both of its own and of the review yet."))
    figure = go.Figure()
    for proud in (True, False):
        side = [(at, one) for at, (_row, one) in enumerate(compared) if (one.points > 0) == proud]
        figure.add_bar(
            orientation="h",
            y=[at for at, _one in side],
            x=[float(one.points) for _at, one in side],
            text=[f" {numbers.signed(one.points)} " for _at, one in side],
            textposition="outside",
            textfont={"size": 13},
            cliponaxis=False,
            constraintext="none",
            width=BAR_WIDTH,
            hoverinfo="skip",
        )
    _lying(figure, [f"{plain(row.unit.short_name)} " for row, _one in compared])
    reach = 1.7 * max([1.0, *(abs(float(one.points)) for _row, one in compared)])
    figure.update_xaxes(range=[-reach, reach], zeroline=True, zerolinewidth=2, showgrid=False, showticklabels=False)
    figure.update_layout(margin={"t": 30})
    for x, words_shown in ((0.02, _("← too modest")), (0.98, _("too proud →"))):
        figure.add_annotation(text=plain(words_shown), x=x, y=1, yshift=24, xref="paper", yref="paper", yanchor="top",
                              xanchor="left" if x < 0.5 else "right", showarrow=False, font={"size": 12})  # fmt: skip
    return figure
