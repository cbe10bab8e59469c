"""The plan on a time axis: an article a line, its due days over the year, each drawn as it stands; the day looked at as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers, plan_words
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.method.work_plan import FURTHEST_BEHIND, DueState, ItemStanding
from dashboards.results import plan_items, plan_names
from data.language import gettext as _
from data.zone.work_plan import WorkPlan

LINE, ABOVE, BELOW, LEFT, RIGHT = 25, 62, 30, 92, 18
LOOKS: Mapping[DueState, Mapping[str, Any]] = {
    "overdue": {"symbol": "x", "color": drawn("bad"), "size": 11},
    "due": {"symbol": "triangle-up", "color": drawn("accent"), "size": 12},
    "upcoming": {"symbol": "circle-open", "color": drawn("muted"), "size": 10, "line": {"width": 2}},
    "late": {"symbol": "diamond", "color": drawn("teal"), "size": 11},
    "done": {"symbol": "circle", "color": drawn("teal"), "size": 10},
}
"""Each state has a shape of its own, so that it is told apart without colours too."""
QUARTERS = (3, 6, 9, 12)
Marks = Mapping[tuple[str, date], Counter[DueState]]


def figure(plan: WorkPlan, items: Sequence[ItemStanding], day: date, *, without: str) -> go.Figure:
    """A mark for each article and due day, drawn as what is furthest behind there; ``without``: why there is none."""
    found = plan_items.by_article(items)
    articles = [one for one in plan.articles if any(article == one for article, _day in found)]
    if not articles:
        return drawing.nothing(without)
    heights = {article: len(articles) - place for place, article in enumerate(articles)}
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    return drawing.figure(
        [_trace(state, plan, found, heights) for state in LOOKS],
        height=ABOVE + BELOW + LINE * len(articles),
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal",
            "itemclick": False, "itemdoubleclick": False,
        },
        shapes=[_present(day)] if first <= day <= last else [],
        xaxis=axis(
            type="date", range=[f"{plan.year}-01-01", f"{plan.year + 1}-01-08"],
            tickvals=[_end(plan.year, month).isoformat() for month in QUARTERS],
            ticktext=[numbers.day_of_year(_end(plan.year, month)) for month in QUARTERS], showgrid=False,
        ),
        yaxis=axis(
            range=[0.4, len(articles) + 0.6], tickvals=list(heights.values()),
            ticktext=[plain(plan_names.article(one)) for one in heights],
        ),
    )  # fmt: skip


def _end(year: int, month: int) -> date:
    return date(year, month, 31 if month in {3, 12} else 30)


def _trace(state: DueState, plan: WorkPlan, found: Marks, heights: Mapping[str, int]) -> Trace:
    there = {key: counted for key, counted in found.items() if _furthest(counted) == state}
    return {
        "type": "scatter",
        "name": plain(plan_words.state(state)),
        "x": [day.isoformat() for _article, day in there],
        "y": [heights[article] for article, _day in there],
        "mode": "markers",
        "marker": dict(LOOKS[state]),
        "cliponaxis": False,
        "hovertext": [plain(said(plan, article, day, counted)) for (article, day), counted in there.items()],
        "customdata": [mark(article=article) for article, _day in there],
        **SAID,
    }


def _furthest(counted: Counter[DueState]) -> DueState:
    return next(state for state in FURTHEST_BEHIND if counted[state])


def _present(day: date) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1,
        "line": {"color": drawn("muted"), "width": 1.5, "dash": "dash"},
    }  # fmt: skip


def said(plan: WorkPlan, article: str, day: date, counted: Counter[DueState]) -> str:
    """A mark as a sentence."""
    return _(
        "%(article)s %(title)s, due on %(day)s: %(counted)s.", article=plan_names.article(article), title=plan.articles[article],
        day=numbers.spoken_day(day), counted=plan_words.counted(counted),
    )  # fmt: skip


def facts(plan: WorkPlan, items: Sequence[ItemStanding]) -> list[str]:
    """Every mark, in words."""
    return [said(plan, article, day, counted) for (article, day), counted in plan_items.by_article(items).items()]


def answer(plan: WorkPlan, items: Sequence[ItemStanding]) -> str:
    """Which articles have something overdue; else that none has."""
    late = [
        one for one in plan.articles
        if any(due.state == "overdue" for each in items if each.item.article == one for due in each.dues)
    ]  # fmt: skip
    if not late:
        return _("No article has anything overdue.")
    names = _(", ").join(map(plan_names.article, late))
    return _(
        "%(n)s of %(of)s articles and safeguards have something overdue: %(names)s.",
        n=len(late),
        of=len(plan.articles),
        names=names,
    )
