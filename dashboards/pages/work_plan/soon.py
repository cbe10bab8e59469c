"""What falls due in the next 30 days and what is overdue, the earliest day first, with the units that are behind."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.method.work_plan import DueState
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_items, plan_names
from dashboards.results.plan_items import DuePair, ItemsNarrowed
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _

MOST = 12
MOST_UNITS = 4


def table(seen: PlanSeen, report: PlanReport, state: DueState, *, identity: str) -> Component:
    """The first of them, each leading to its item; how many there are besides."""
    found = plan_items.pairs(plan_items.of(report, ItemsNarrowed(seen.asked.article, seen.asked.unit)), state)
    if not found:
        none = {"due": _("Nothing falls due within 30 days."), "overdue": _("Nothing is overdue.")}
        return parts.empty(none[state])
    heads = [parts.head(_("Due on")), parts.head(_("Item")), parts.head(_("Units that are behind"))]
    body = [_row(seen, report, pair) for pair in found[:MOST]]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table plan-soon", id=identity)
    left = len(found) - MOST
    if left <= 0:
        return made
    changes = {"state": state, "item": None}
    more = choosing(_("and %(n)s more", n=left), seen.asked.link(**changes) + "#items", changes, className="kind-link")
    return html.Div([made, html.P(more, className="note")])


def _row(seen: PlanSeen, report: PlanReport, pair: DuePair) -> Component:
    item = pair.one.item
    days = (report.asked.as_of - pair.due.day).days
    far = _("%(n)s days ago", n=days) if days > 0 else _("today") if not days else _("in %(n)s days", n=-days)
    link = choosing(
        item.title, seen.asked.link(item=item.number) + "#item", {"item": item.number}, className="kind-link"
    )
    return html.Tr(
        [
            parts.cell(_("Due on"), html.Div(numbers.day_of_year(pair.due.day)), html.Small(far), name="day"),
            parts.cell(
                _("Item"),
                html.Span(plan_names.item_number(item.number), className="plan-number"),
                " ",
                link,
                name="wide",
            ),
            parts.cell(_("Units that are behind"), behind(report, pair)),
        ]
    )


def behind(report: PlanReport, pair: DuePair) -> str:
    """The units by name; of all that file it, that it is all."""
    if not pair.one.units:
        return _("from the system")
    if len(pair.behind) == len(pair.one.units) > 1:
        return _("all %(n)s units that file it", n=len(pair.behind))
    names = [report.zone.unit_by_code[code].short_name for code in pair.behind]
    told = _(", ").join(names[:MOST_UNITS])
    return told if len(names) <= MOST_UNITS else _("%(names)s and others, %(n)s units", names=told, n=len(names))
