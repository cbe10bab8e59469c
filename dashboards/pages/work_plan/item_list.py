"""The items as a list: what is asked, how far it has come, and how each due day stands; an item leads to all that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, plan_words
from dashboards.components.asked import choosing
from dashboards.components.part_standings import share_bar
from dashboards.method.work_plan import Due, ItemStanding
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_names
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _

MOST_DUES = 4
"""So many due days of an item are shown by themselves; of more those that matter now."""


def table(seen: PlanSeen, report: PlanReport, shown: Sequence[ItemStanding], *, identity: str) -> Component:
    """These items, one a line."""
    heads = [
        parts.head(_("Item"), name="plan-number"), parts.head(_("What is asked")), parts.head(_("Filed by")),
        parts.head(_("How far")), parts.head(_("Target")), parts.head(_("Due days")),
    ]  # fmt: skip
    body = [_row(seen, report, one) for one in shown]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases plan-items", id=identity
    )


def _row(seen: PlanSeen, report: PlanReport, one: ItemStanding) -> Component:
    item = one.item
    link = choosing(
        item.title, seen.asked.link(item=item.number) + "#item", {"item": item.number}, className="kind-link"
    )
    progress = (
        []
        if one.progress is None
        else [share_bar(one.progress), html.Span(numbers.percent(one.progress), className="share")]
    )
    return html.Tr(
        [
            parts.cell(_("Item"), plan_names.item_number(item.number), name="plan-number"),
            parts.cell(_("What is asked"), link, html.Small(item.sentence, className="plan-sentence"), name="wide"),
            parts.cell(_("Filed by"), plan_words.filed_by(one.item, report.plan, report.zone)),
            parts.cell(
                _("How far"),
                html.Div(progress, className="plan-progress") if progress else None,
                html.Small(plan_words.standing(item, one)),
                name="bar-cell",
            ),
            parts.cell(_("Target"), plan_words.target(item, one.target)),
            parts.cell(_("Due days"), *dues(one.dues), name="plan-dues"),
        ],
        className="chosen" if item.number == seen.asked.item else None,
    )


def dues(every: Sequence[Due]) -> list[Component]:
    """The due days with their states; of many the last that was kept, all that are behind, and the next."""
    if not every:
        return [html.Small(_("followed, never due"))]
    shown = list(every) if len(every) <= MOST_DUES else _of_interest(every)
    left = len(every) - len(shown)
    more: list[Component] = [html.Small(_("and %(n)s more", n=left))] if left else []
    return [*map(_due, shown), *more]


def _due(one: Due) -> Component:
    return html.Div([html.Span(numbers.day_of_year(one.day), className="plan-day"), plan_words.tag(one.state)])


def _of_interest(every: Sequence[Due]) -> list[Due]:
    behind = [one for one in every if one.state in {"overdue", "due"}]
    ahead = [one for one in every if one.state == "upcoming"][:1]
    settled = [one for one in every if one.state in {"done", "late"}][-1:]
    return sorted([*settled, *behind[-(MOST_DUES - 1) :], *ahead], key=lambda one: one.day)
