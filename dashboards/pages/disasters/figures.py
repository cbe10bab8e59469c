"""The drawing: how many minutes from a call to its answer, with the limit marked, and how many calls nobody answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, axis
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.method.warning_steps import WarningColumns, answered_within
from dashboards.results import disaster_list
from dashboards.results.disaster_list import IN_TIME, SLOW
from data.language import gettext as _

HEIGHT, ABOVE, BELOW, LEFT, RIGHT = 260, 40, 52, 12, 12
"""Pixels: the whole, above and below the bars, and beside them."""


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """Calls that were answered within a span of minutes: its words, how many, and as what they are listed."""

    label: str
    said: str
    number: int
    kind: str


def bars(shown: WarningColumns, limit: int) -> list[AnswerBar]:
    """Up to a third, two thirds and all of the limit, to twice and four times it, beyond; then what was not answered."""
    ends = sorted({-(-limit // 3), -(-2 * limit // 3), limit, 2 * limit, 4 * limit})
    counts = answered_within(shown, ends)
    spans = [(0, ends[0]), *pairwise(ends)]
    made = [
        AnswerBar(
            f"{low}–{high}",
            _span_said(low, high, n),
            n,
            IN_TIME if high <= limit else SLOW,
        )
        for (low, high), n in zip(spans, counts, strict=False)
    ]
    most, unanswered = ends[-1], disaster_list.counts(shown)["not_answered"]
    above = _("above %(n)s minutes: %(calls)s calls.", n=most, calls=numbers.count(counts[-1]))
    none = _("not answered: %(calls)s calls.", calls=numbers.count(unanswered))
    return [
        *made,
        AnswerBar(f"{most}+", above, counts[-1], SLOW),
        AnswerBar(_("no answer"), none, unanswered, "not_answered"),
    ]


def _span_said(low: int, high: int, n: int) -> str:
    calls = numbers.count(n)
    if low:
        return _("above %(low)s up to %(high)s minutes: %(calls)s calls.", low=low, high=high, calls=calls)
    return _("up to %(high)s minutes: %(calls)s calls.", high=high, calls=calls)


def minutes_to_answer(shown: WarningColumns, limit: int) -> go.Figure:
    """A bar a span, the limit as a line between those in time and the others; each bar lists its warnings."""
    told = bars(shown, limit)
    if not any(one.number for one in told):
        return drawing.nothing(_("No warning was called through by the day, so there is no answer to wait for."))
    within = sum(one.kind == IN_TIME for one in told) - 0.5
    most = max(one.number for one in told)
    return drawing.figure(
        [_bars(told)],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        bargap=0.28,
        shapes=[_limit_line(within)],
        annotations=[_limit_words(within, limit)],
        xaxis=axis(
            range=[-0.5, len(told) - 0.5],
            tickvals=list(range(len(told))),
            ticktext=[plain(one.label).replace(" ", "<br>") for one in told],
            tickfont={"size": 12},
            title={"text": plain(_("From call to answer (minutes)")), "font": {"size": 12}, "standoff": 4},
            showgrid=False,
        ),
        yaxis=axis(range=[0, most * 1.16], visible=False),
    )


def _bars(told: Sequence[AnswerBar]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(range(len(told))),
        "y": [one.number for one in told],
        "text": [numbers.count(one.number) for one in told],
        "textposition": "outside",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "marker": {
            "color": [drawn("accent") if one.kind == IN_TIME else drawn("muted") for one in told],
            "pattern": {
                "shape": ["/" if one.kind == "not_answered" else "" for one in told],
                "fillmode": "replace",
                "size": 6,
            },
        },
        "hovertext": [plain(one.said) for one in told],
        "customdata": [mark(state=one.kind) if one.number else {} for one in told],
        **SAID,
    }


def _limit_line(at: float) -> dict[str, Any]:
    line = {"color": drawn("teal"), "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _limit_words(at: float, limit: int) -> dict[str, Any]:
    return {"text": plain(_("%(n)s minutes", n=limit)), "x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center",
            "showarrow": False, "font": {"size": 12}}  # fmt: skip


def answer(shown: WarningColumns, limit: int) -> str:
    """What the bars say: how many in time, how many later, how many not at all."""
    told = bars(shown, limit)
    in_time, slow, none = (
        numbers.count(sum(one.number for one in told if one.kind == kind)) for kind in (IN_TIME, SLOW, "not_answered")
    )
    calls = numbers.count(sum(one.number for one in told))
    return _("Of %(calls)s calls %(in_time)s were answered within %(limit)s minutes, %(slow)s later, %(none)s not at all.", calls=calls,
             in_time=in_time, limit=limit, slow=slow, none=none)  # fmt: skip


def facts(shown: WarningColumns, limit: int) -> list[str]:
    """Every bar in words."""
    return [one.said for one in bars(shown, limit)]


def notes() -> list[str]:
    """How the bars are to be read."""
    return [_("Blue: in time; grey: later; hatched: no answer. A click on a bar lists its warnings.")]
