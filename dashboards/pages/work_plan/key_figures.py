"""How the due days of the plan stand: each state with its number, leading to the items that have one in it."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import key_figures, numbers, parts, plan_words
from dashboards.components.asked import choosing
from dashboards.components.key_figures import key_figure
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_items
from dashboards.results.plan_items import ItemsNarrowed
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _


def tiles(seen: PlanSeen, report: PlanReport, *, identity: str) -> Component:
    """What is furthest behind first; of the article and the unit that are chosen."""
    items = plan_items.of(report, ItemsNarrowed(seen.asked.article, seen.asked.unit))
    counts = plan_items.counts(items)
    of = _("of %(n)s due days", n=numbers.count(counts.total()))
    shown = [
        key_figure(
            choosing(
                plan_words.state(one), seen.asked.link(state=one, item=None, via="figures") + "#items",
                {"state": one, "item": None}, className="leads-on", **parts.attributes(data_via="figures"),
            ),
            numbers.count(counts[one]),
            of if place == 0 else "",
            tone="bad" if one == "overdue" and counts[one] else "",
            name="figure-first" if place == 0 else "",
        )
        for place, one in enumerate(plan_words.TONES)
    ]  # fmt: skip
    return key_figures.key_figures(shown, identity=identity)
