"""What a version of a work plan has otherwise than the one before it, item by item and field by field (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from data.zone.plan_cells import cells_of
from data.zone.plan_text import PARTS
from data.zone.work_plan import WorkPlan
from data.zone.zone import Zone


class PlanChange(NamedTuple):
    """One change. ``part``: ``items``, ``clauses`` …; ``which``: an item's number, an article; ``field``: of an item that both have.

    ``before`` is None of what was added, ``after`` of what was removed; of an item its title.
    """

    part: str
    which: str
    field: str
    before: str | None
    after: str | None


def changes(before: WorkPlan | None, after: WorkPlan, zone: Zone) -> list[PlanChange]:
    """All that is changed, items first; of a year's first plan every item is added."""
    return [*_items(before, after, zone), *_parts(before, after)]


def _items(before: WorkPlan | None, after: WorkPlan, zone: Zone) -> Iterator[PlanChange]:
    was = {} if before is None else before.item_by_number
    for number, item in after.item_by_number.items():
        if number not in was:
            yield PlanChange("items", number, "", None, item.title)
            continue
        now = cells_of(item, zone)
        for name, told in cells_of(was[number], zone).items():
            if told != now[name]:
                yield PlanChange("items", number, name, told, now[name])
    for number, item in was.items():
        if number not in after.item_by_number:
            yield PlanChange("items", number, "", item.title, None)


def _parts(before: WorkPlan | None, after: WorkPlan) -> Iterator[PlanChange]:
    """All of a plan that is none of its items."""
    then, now = ({} if before is None else _texts(before)), _texts(after)
    for part, which in dict.fromkeys([*then, *now]):
        pair = then.get((part, which)), now.get((part, which))
        if pair[0] != pair[1]:
            yield PlanChange(part, which, "", *pair)


def _texts(plan: WorkPlan) -> Mapping[tuple[str, str], str]:
    confirmed = "是" if plan.confirmed else "否"
    alone = {
        "plan": plan.plan,
        "number": plan.number,
        "adopted_on": plan.adopted_on.isoformat(),
        "confirmed": confirmed,
    }
    lists = {"leaders": "；".join(plan.leaders), "no_duty": "；".join(plan.no_duty)}
    return {
        **{(part, ""): text for part, text in (alone | lists).items() if part in PARTS and text},
        **{("articles", article): title for article, title in plan.articles.items()},
        **{("clauses", one.clause): "；".join(one.items) for one in plan.clauses},
    }
