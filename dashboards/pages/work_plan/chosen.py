"""What is chosen on the page of the work plan, as chips: an article, a unit, a state, an item."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components import plan_words
from dashboards.components.chips import Chip
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_names
from data.language import gettext as _


def chips(seen: PlanSeen) -> Iterator[Chip]:
    """The choice beyond the day."""
    asked = seen.asked
    via = {"units": _("units and articles"), "figures": _("how due days stand")}.get(asked.via, "")
    if asked.article is not None:
        yield Chip(plan_names.article(asked.article), via, asked.link(article=None))
    if asked.unit is not None:
        yield Chip(seen.zone.unit_by_code[asked.unit].short_name, via, asked.link(unit=None))
    if asked.state is not None:
        yield Chip(plan_words.state(asked.state), via, asked.link(state=None))
    if asked.item is not None:
        yield Chip(plan_names.item_number(asked.item), "", asked.link(item=None))


def said_of(seen: PlanSeen) -> str:
    """The same in a heading; all items where nothing is chosen."""
    asked = seen.asked
    named = [
        *([] if asked.article is None or seen.report is None else [f"{plan_names.article(asked.article)} {seen.report.plan.articles[asked.article]}"]),
        *([] if asked.unit is None else [seen.zone.unit_by_code[asked.unit].short_name]),
        *([] if asked.state is None else [plan_words.state(asked.state)]),
    ]  # fmt: skip
    return _(", ").join(named) or _("all items")
