"""What the address of the work plan asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.components import address, asked_day
from dashboards.components.asked_day import AskedDay
from dashboards.components.page_list import WORK_PLAN
from dashboards.method.work_plan import DueState
from dashboards.results import work_plan
from dashboards.results.plan_items import STATES, ItemsNarrowed
from dashboards.results.reading import Reading
from dashboards.results.work_plan import NoPlan, PlanReport
from data.zone.periods import Year
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """What the address asks for; ``item`` is the one that is looked at whole."""

    asked_day: AskedDay
    article: str | None
    unit: str | None
    state: DueState | None
    item: str | None
    via: str = ""

    @property
    def day(self) -> date:
        """As of which day the page is."""
        return self.asked_day.day

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {
            "day": self.asked_day.in_links, "article": self.article, "unit": self.unit, "state": self.state, "item": self.item,
        }  # fmt: skip
        return WORK_PLAN.path + address.query(**{**now, **changes})


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """What an address shows: the plan as of its day; ``report`` is None in a year without a plan, ``why`` then says so."""

    asked: PlanQuery
    report: PlanReport | None
    why: str
    zone: Zone
    today: date

    @property
    def narrowing(self) -> ItemsNarrowed:
        """Which items are listed."""
        return ItemsNarrowed(self.asked.article, self.asked.unit, self.asked.state)


def look(query: Mapping[str, Any], reading: Reading) -> PlanSeen:
    """Fetch what an address asks for; what it leaves open or writes wrongly is today, and all items."""
    day = asked_day.read(query, reading)
    report, why = None, ""
    try:
        report = work_plan.fetch(reading, Year(day.day.year), as_of=day.day)
    except NoPlan as error:
        why = str(error)
    article, unit, state, item = (address.text(query.get(key)) for key in ("article", "unit", "state", "item"))
    plan = None if report is None else report.plan
    asked = PlanQuery(
        asked_day=day,
        article=article if plan is not None and article in plan.articles else None,
        unit=unit if unit in reading.zone.unit_by_code and reading.scope.sees_all else None,
        state=next((one for one in STATES if one == state), None),
        item=item if plan is not None and item in plan.item_by_number else None,
        via=address.text(query.get("via")) or "",
    )
    return PlanSeen(asked, report, why, reading.zone, reading.today)
