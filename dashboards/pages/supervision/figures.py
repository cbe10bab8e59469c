"""Supervision, the drawing: what became of the findings that were ordered in each month of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.theme import drawn
from dashboards.method.supervision import FindingOutcome
from dashboards.pages.supervision.query import SupervisionSeen
from dashboards.results import supervision_list
from dashboards.results.names import finding_outcome
from data.language import gettext as _

HEIGHT, ABOVE, BELOW, LEFT, RIGHT = 300, 40, 28, 34, 12
LOOKS: Mapping[FindingOutcome, Mapping[str, Any]] = {
    "answered": {"color": drawn("accent")},
    "late": {"color": drawn("teal")},
    "waiting": {
        "color": drawn("muted"),
        "pattern": {"shape": "/", "fillmode": "overlay", "fgopacity": 0.35, "solidity": 0.25},
    },
    "overdue": {
        "color": drawn("bad"),
        "pattern": {"shape": "x", "fillmode": "overlay", "fgopacity": 0.35, "solidity": 0.25},
    },
}
"""From the foot of a column up; what is not answered is hatched, so that it is told apart without colours too."""
MonthCounts = Sequence[tuple[int, Counter[FindingOutcome]]]


def by_month(seen: SupervisionSeen) -> MonthCounts:
    """The months of the day's year up to it, by number, with what became of the findings ordered in each; 0 are the years before."""
    day = seen.asked.day
    counts: dict[int, Counter[FindingOutcome]] = {number: Counter() for number in range(day.month + 1)}
    for ordered_on, outcome, number in supervision_list.outcomes_by_day(seen.whole_part.of(seen.report), day):
        counts[ordered_on.month if ordered_on.year == day.year else 0][outcome] += number
    return [(number, counted) for number, counted in counts.items() if number or counted]


def outcomes_of_months(months: MonthCounts, *, without: str) -> go.Figure:
    """A column a month, what was answered at its foot; ``without``: why there is none."""
    if not any(counted for _number, counted in months):
        return drawing.nothing(without)
    return drawing.figure(
        [_trace(outcome, months) for outcome in LOOKS],
        height=HEIGHT,
        barmode="stack",
        bargap=0.35,
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal",
            "itemclick": False, "itemdoubleclick": False,
        },
        xaxis=axis(
            tickvals=list(range(len(months))), ticktext=[plain(_month_said(number)) for number, _c in months], showgrid=False
        ),
        yaxis=axis(tick0=0, dtick=_step(months), rangemode="tozero"),
    )  # fmt: skip


def _step(months: MonthCounts) -> int:
    """Whole findings, and not more than about six ticks."""
    most = max(counted.total() for _number, counted in months)
    return next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most <= 6 * step), 1000)


def _month_said(number: int) -> str:
    return numbers.month(number) if number else _("earlier")


def _trace(outcome: FindingOutcome, months: MonthCounts) -> Trace:
    counts = [counted[outcome] for _number, counted in months]
    return {
        "type": "bar",
        "name": plain(finding_outcome(outcome)),
        "x": list(range(len(months))),
        "y": counts,
        "marker": dict(LOOKS[outcome]),
        "text": [str(number) if number else "" for number in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "hovertext": [plain(_said(number, counted)) for number, counted in months],
        **SAID,
    }


def _said(number: int, counted: Counter[FindingOutcome]) -> str:
    """A column as a sentence."""
    whole = {"month": _month_said(number), "n": numbers.count(counted.total())}
    if not counted:
        return _("%(month)s: no finding.", month=whole["month"])
    stands = _(", ").join(
        _("%(kind)s %(n)s", kind=finding_outcome(one), n=numbers.count(counted[one])) for one in LOOKS if counted[one]
    )
    return _("%(month)s: %(n)s findings, %(stands)s.", **whole, stands=stands)


def facts(months: MonthCounts) -> list[str]:
    """Every column, in words."""
    return [_said(number, counted) for number, counted in months]


def answer(months: MonthCounts) -> str:
    """How many of all were answered, how many of these after their deadline, and how many are awaited still."""
    every: Counter[FindingOutcome] = sum((counted for _number, counted in months), Counter())
    return _(
        "Of %(n)s findings %(answered)s were answered, %(late)s of these late; %(open)s are unanswered, %(overdue)s of these overdue.",
        n=numbers.count(every.total()), answered=numbers.count(every["answered"] + every["late"]), late=numbers.count(every["late"]),
        open=numbers.count(every["waiting"] + every["overdue"]), overdue=numbers.count(every["overdue"]),
    )  # fmt: skip


def notes() -> list[str]:
    """How the columns are to be read."""
    return [
        _(
            "A column has the findings that were ordered in the month, as they stand on the day. Answered within the deadline are also those that have "
            "none, or whose deadline is still to come; the share of answers in time is of those alone that have fallen due."
        )
    ]
