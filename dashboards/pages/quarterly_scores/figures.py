"""Quarterly scores, drawings only: a result in, one figure out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from dashboards.components import numbers, words
from dashboards.components.chart import plain
from dashboards.components.drawing import Trace, nothing
from dashboards.components.horizontal_bars import WITH_WORDS, laid, waterfall
from dashboards.components.marks import mark
from dashboards.method.steps import Step
from dashboards.pages.quarterly_scores.breakdown import MarkGap
from dashboards.results.scores import ScoredRow
from data.language import gettext as _


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
        return nothing(
            _(
                "No score this quarter, so there is nothing to take apart; why stands above, and what is lacking is to be sent."
            )
        )
    return waterfall(steps=steps, score=score, name=step_name)


def differences(*, compared: Sequence[tuple[ScoredRow, MarkGap]]) -> go.Figure:
    """Own less review, one bar a unit: to the right who thinks too well of itself, to the left who is too modest."""
    if not compared:
        return nothing(_("No unit of the group has marks both of its own and of the review yet."))
    labels = [f"{plain(row.unit.short_name)} " for row, _one in compared]
    reach = 1.7 * max([1.0, *(abs(float(one.points)) for _row, one in compared)])
    axis = {
        "range": [-reach, reach],
        "zeroline": True,
        "zerolinewidth": 2,
        "showgrid": False,
        "showticklabels": False,
    }
    ends = [_end(0.02, _("← too modest")), _end(0.98, _("too proud →"))]
    sides = [_side(compared, proud=proud) for proud in (True, False)]
    return laid(sides, labels, xaxis=axis, margin={"t": 30, "b": 8}, barmode="overlay", annotations=ends)


def _side(compared: Sequence[tuple[ScoredRow, MarkGap]], *, proud: bool) -> Trace:
    """The bars to one side, each on the line of its unit."""
    side = [(at, one) for at, (_row, one) in enumerate(compared) if (one.points > 0) == proud]
    return {
        "type": "bar",
        "y": [at for at, _one in side],
        "x": [float(one.points) for _at, one in side],
        "text": [f" {numbers.signed(one.points)} " for _at, one in side],
        "customdata": [mark(unit=compared[at][0].unit.code) for at, _one in side],
        "hovertext": [plain(said(*compared[at])) for at, _one in side],
        **WITH_WORDS,
    }


def _end(x: float, words_shown: str) -> dict[str, Any]:
    """What one end of the axis means."""
    where = {"x": x, "y": 1, "yshift": 24, "xref": "paper", "yref": "paper", "yanchor": "top"}
    anchor = "left" if x < 0.5 else "right"
    return {"text": plain(words_shown), "showarrow": False, "font": {"size": 12}, "xanchor": anchor, **where}


def said(row: ScoredRow, one: MarkGap) -> str:
    """The bar as a sentence: both sums, then what lies between them."""
    told = {"unit": row.unit.name, "own": numbers.decimal(one.own), "review": numbers.decimal(one.review)}
    if one.points == 0:
        return _("%(unit)s marked itself %(own)s, the review %(review)s: the same.", **told)
    apart = numbers.decimal(abs(one.points))
    if one.points > 0:
        return _(
            "%(unit)s marked itself %(own)s, the review %(review)s: %(apart)s points more than the review.",
            apart=apart,
            **told,
        )
    return _(
        "%(unit)s marked itself %(own)s, the review %(review)s: %(apart)s points less than the review.",
        apart=apart,
        **told,
    )
