"""The work plan, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, asked_day, parts
from dashboards.components.asked import levels, part
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.grid import export_links
from dashboards.components.page_list import WORK_PLAN, register_page
from dashboards.components.picture import picture
from dashboards.method.work_plan import ItemStanding
from dashboards.pages.work_plan import (
    articles,
    editing,
    export,
    item_list,
    item_whole,
    key_figures,
    message,
    notes,
    soon,
    timeline,
    units,
)
from dashboards.pages.work_plan.chosen import chips, said_of
from dashboards.pages.work_plan.query import PlanSeen, look
from dashboards.results import plan_items
from dashboards.results.plan_items import ItemsNarrowed
from dashboards.results.reading import Reading
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

DAY, MESSAGE, FIGURES, TIMELINE, UNITS, ITEMS, SOON, LATE, RULES, CHIPS, EDITING = (
    f"work-plan-{part}"
    for part in ("day", "message", "figures", "timeline", "units", "items", "soon", "late", "rules", "chips", "editing")
)
TOP, CHOSEN, OF_DAY, OF_UNITS, OF_FIGURES, OF_TIMELINE, OF_SOON, OF_LIST, OF_ITEM, OF_EDITING, BASIS = (
    f"work-plan-{part}-part"
    for part in ("top", "chosen", "day", "units", "figures", "timeline", "soon", "list", "item", "editing", "basis")
)
LEVELS = (("period", "day"), ("article", "unit", "state"), ("item",))


register_page(WORK_PLAN, __name__)


@page_of(WORK_PLAN, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the day once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(WORK_PLAN, *LEVELS),
            part(TOP, _top(seen)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(OF_DAY, *_of_day(seen)),
            part(OF_FIGURES, *_figures(seen)),
            part(OF_SOON, *_soon(seen)),
            part(OF_TIMELINE, *_timeline(seen)),
            part(OF_UNITS, *_units(seen)),
            part(OF_ITEM, *_item(seen, reading)),
            part(OF_LIST, *_items(seen)),
            part(OF_EDITING, *editing.part(seen, reading, identity=EDITING)),
            part(BASIS, *_basis(seen)),
        ],
        className="page",
    )


@follows(WORK_PLAN, 0, TOP, OF_DAY, OF_EDITING, BASIS)
def of_another_day(query: Query, reading: Reading) -> Sequence[Any]:
    """The day, the main message, how its year's plan is edited, and what all rests on."""
    seen = look(query, reading)
    return _top(seen), _of_day(seen), editing.part(seen, reading, identity=EDITING), _basis(seen)


@follows(WORK_PLAN, 1, OF_FIGURES, OF_SOON, OF_TIMELINE, OF_UNITS)
def of_another_part(query: Query, reading: Reading) -> Sequence[Any]:
    """How due days stand, what is due, the time axis and the units, of what is chosen."""
    seen = look(query, reading)
    return _figures(seen), _soon(seen), _timeline(seen), _units(seen)


@follows(WORK_PLAN, 2, CHOSEN, OF_LIST, OF_ITEM)
def of_another_item(query: Query, reading: Reading) -> Sequence[Any]:
    """The items, the one that is looked at whole, and the line of what is chosen."""
    seen = look(query, reading)
    return _chosen(seen), _items(seen), _item(seen, reading)


def _top(seen: PlanSeen) -> Component:
    return asked_day.top(WORK_PLAN.title, DAY, seen.asked.day, seen.today)


def _chosen(seen: PlanSeen) -> Component:
    return chip_line(asked_day.as_of(seen.asked.day), list(chips(seen)), identity=CHIPS)


def _of_day(seen: PlanSeen) -> list[Component]:
    amiss = asked_day.notice(seen.asked.asked_day)
    if seen.report is None:
        return [*amiss, parts.key_message(seen.why, tone="first", id=MESSAGE)]
    said = parts.key_message(message.main_message(seen.report), tone="first", id=MESSAGE)
    sample = [] if seen.report.plan.confirmed else [parts.key_message(_not_confirmed(), tone="calm")]
    return [*amiss, said, *sample]


def _not_confirmed() -> str:
    return _(
        "Numbers that the plan itself does not name, posts and who files what are illustrative until the office confirms them."
    )


def _figures(seen: PlanSeen) -> list[Component]:
    if seen.report is None:
        return []
    heading = _("How due days stand: %(of)s", of=_said(seen))
    return [parts.card(heading, key_figures.tiles(seen, seen.report, identity=FIGURES))]


def _said(seen: PlanSeen) -> str:
    """What is chosen of article and unit."""
    return said_of(PlanSeen(replace(seen.asked, state=None), seen.report, seen.why, seen.zone, seen.today))


def _soon(seen: PlanSeen) -> list[Component]:
    if seen.report is None:
        return []
    cards = [
        parts.card(_("Overdue"), soon.table(seen, seen.report, "overdue", identity=LATE)),
        parts.card(_("Due within 30 days"), soon.table(seen, seen.report, "due", identity=SOON)),
    ]
    return [html.Div(cards, className="two-columns")]


def _timeline(seen: PlanSeen) -> list[Component]:
    if seen.report is None:
        return []
    plan = seen.report.plan
    items = plan_items.of(seen.report, ItemsNarrowed(None, seen.asked.unit))
    drawn = picture(
        _("Where does the plan stand over the year?"),
        timeline.figure(plan, items, seen.asked.day, without=_("No item of the plan is filed by this unit.")),
        identity=TIMELINE,
        said=timeline.answer(plan, items),
        facts=timeline.facts(plan, items),
        notes=[
            _(
                "A mark is all that falls due of an article on one day, drawn as what is furthest behind there. Dashed: the day looked at."
            )
        ],
        via="timeline",
    )
    return [drawn]


def _units(seen: PlanSeen) -> list[Component]:
    if seen.report is None:
        return []
    return [parts.card(_("Units and articles"), units.table(seen, seen.report, identity=UNITS))]


def _items(seen: PlanSeen) -> list[Component]:
    if seen.report is None:
        return []
    if seen.narrowing == ItemsNarrowed():
        every = html.Div(articles.table(seen, seen.report, identity=ITEMS), className="table-frame")
        heading = html.H2(_("Articles and their items"), className="card-heading")
        return [html.Section([heading, every, _files(seen)], className="panel", id="items")]
    shown: list[ItemStanding] = plan_items.of(seen.report, seen.narrowing)
    heading = html.H2(_("Items: %(of)s", of=said_of(seen)), className="card-heading")
    if not shown:
        return [
            html.Section(
                [heading, parts.empty(_("No item fits what is chosen. Let a choice go above."))],
                className="panel",
                id="items",
            )
        ]
    made = html.Div(item_list.table(seen, seen.report, shown, identity=ITEMS), className="table-frame")
    return [html.Section([heading, made, _files(seen)], className="panel", id="items")]


def _files(seen: PlanSeen) -> Component:
    query = address.query(day=seen.asked.day, article=seen.asked.article, unit=seen.asked.unit, state=seen.asked.state)
    return html.Div(export_links(export.ITEMS, query), className="export-line")


def _item(seen: PlanSeen, reading: Reading) -> list[Component]:
    if seen.report is None or seen.asked.item is None:
        return []
    one = next((one for one in seen.report.standing.items if one.item.number == seen.asked.item), None)
    if one is None:
        return [parts.card(None, parts.empty(_("This item is not filed by your unit.")), id="item")]
    change = editing.of_item(seen, reading)
    return [item_whole.whole(seen, seen.report, one, reading, identity="item"), *([] if change is None else [change])]


def _basis(seen: PlanSeen) -> list[Component]:
    if seen.report is None:
        return []
    asked = seen.report.asked
    return [parts.card(None, asked_day.basis(asked.as_of, asked.known_by), notes.explanation(identity=RULES))]


offer(export.ITEMS, export.items)
