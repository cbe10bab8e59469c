"""The articles one a line: how many items each has, and how their due days stand; an article lists its items."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, plan_words
from dashboards.components.asked import choosing
from dashboards.method.work_plan import ArticleStanding
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_names
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _


def table(seen: PlanSeen, report: PlanReport, *, identity: str) -> Component:
    """Every article of which there is an item for the reader, in the plan's order."""
    heads = [
        parts.head(_("Article")), parts.head(_("Items"), name="num"),
        *(parts.head(plan_words.state(state), name="num") for state in plan_words.TONES),
    ]  # fmt: skip
    body = [_row(seen, one) for one in report.standing.articles if one.items]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)],
        className="data-table standings figure-standings plan-articles",
        id=identity,
    )


def _row(seen: PlanSeen, one: ArticleStanding) -> Component:
    changes = {"article": one.article, "item": None}
    number = html.Span(plan_names.article(one.article), className="plan-number")
    link = choosing(one.title, seen.asked.link(**changes) + "#items", changes, className="kind-link")
    cells = [
        parts.cell(plan_words.state(state), _count(one.counts[state], behind=state == "overdue"), name="num")
        for state in plan_words.TONES
    ]
    return html.Tr(
        [
            parts.cell(_("Article"), number, " ", link, name="standing-name"),
            parts.cell(_("Items"), numbers.count(one.items), name="num"),
            *cells,
        ]
    )


def _count(number: int, *, behind: bool) -> Component | str:
    if not number:
        return numbers.NONE
    return html.Strong(numbers.count(number), className="tone-bad") if behind else numbers.count(number)
