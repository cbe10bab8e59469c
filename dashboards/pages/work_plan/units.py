"""Units × articles: in each cell what is furthest behind, and how many due days of how many were kept; a cell leads to its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, plan_words
from dashboards.components.asked import choosing
from dashboards.method.work_plan import FURTHEST_BEHIND, DueState
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_items, plan_names
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _


def table(seen: PlanSeen, report: PlanReport, *, identity: str) -> Component:
    """The units in the zone's order over the articles of which any unit files an item."""
    found = plan_items.by_unit(report)
    articles = [one for one in report.plan.articles if any(found[unit].get(one) for unit in found)]
    heads = [
        parts.head(_("Unit")),
        parts.head(_("Overdue"), name="num"),
        *(_head(seen, report, one) for one in articles),
    ]
    body = [_row(seen, report, unit, found[unit], articles) for unit in found]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table plan-units", id=identity)
    return html.Div([_legend(), html.Div(made, className="table-frame", **parts.attributes(data_scrolls=""))])


def _legend() -> Component:
    keys = [
        html.Span([html.B(symbol), plan_words.state(state)], className=f"plan-{state}")
        for state, (_t, symbol) in plan_words.TONES.items()
    ]
    return html.P(keys, className="plan-legend")


def _head(seen: PlanSeen, report: PlanReport, article: str) -> Component:
    short = _short(article)
    link = choosing(
        short, seen.asked.link(article=article, item=None, via="units") + "#items", {"article": article, "item": None}
    )
    return html.Th(
        link, scope="col", title=f"{plan_names.article(article)} {report.plan.articles[article]}", className="num"
    )


def _short(article: str) -> str:
    """What a narrow column is called."""
    if article == "goals":
        return _("Goals")
    return _("S%(n)s", n=article.removeprefix("safeguards.")) if article.startswith("safeguards.") else article


def _row(
    seen: PlanSeen, report: PlanReport, unit: str, own: Mapping[str, Counter[DueState]], articles: list[str]
) -> Component:
    one = report.zone.unit_by_code[unit]
    late = sum(counted["overdue"] for counted in own.values())
    changes = {"unit": unit, "item": None}
    name: Component | str = one.short_name
    if report.own_unit is None:
        name = choosing(
            name,
            seen.asked.link(**changes, via="units") + "#items",
            changes,
            className="unit-link",
            **parts.attributes(data_via="units"),
        )
    mark = None if one.confirmed else parts.illustrative()
    cells = [_cell(seen, report, unit, article, own.get(article, Counter())) for article in articles]
    lifted = parts.attributes(data_unit=unit)
    overdue = html.Td(html.Strong(numbers.count(late)) if late else "0", className="num")
    return html.Tr(
        [html.Th([name, mark], scope="row"), overdue, *cells],
        className="chosen" if unit == seen.asked.unit else None,
        **lifted,
    )


def _cell(seen: PlanSeen, report: PlanReport, unit: str, article: str, counted: Counter[DueState]) -> Component:
    if not counted:
        return html.Td(className="plan-cell")
    state = next(one for one in FURTHEST_BEHIND if counted[one])
    kept = counted["done"] + counted["late"]
    symbol = plan_words.TONES[state][1]
    said = _(
        "%(unit)s, %(article)s: %(counted)s", unit=report.zone.unit_by_code[unit].short_name, article=plan_names.article(article),
        counted=plan_words.counted(counted),
    )  # fmt: skip
    changes: dict[str, str | None] = {"article": article, "item": None}
    if report.own_unit is None:
        changes["unit"] = unit
    words = [html.B(symbol), f"{kept}/{counted.total()}"]
    link = choosing(
        words,
        seen.asked.link(**changes, via="units") + "#items",
        changes,
        title=said,
        **parts.attributes(aria_label=said, data_via="units"),
    )
    return html.Td(link, className=f"plan-cell plan-{state}")
