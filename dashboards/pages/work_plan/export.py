"""What the work plan lets its readers take along: the items as they are listed, and each unit's due days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboards.components import plan_words
from dashboards.components.exports import Exported, Field, NothingToExport, Written, as_it_stands, scope_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import WORK_PLAN
from dashboards.method.work_plan import ItemStanding
from dashboards.pages.work_plan.chosen import said_of
from dashboards.pages.work_plan.query import look
from dashboards.results import plan_items, plan_names
from dashboards.results.reading import Reading
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _

ITEMS = "work-plan-items"


def items(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """A line for each item, unit and due day, of what is chosen."""
    seen = look(asked, reading)
    report = seen.report
    if report is None:
        raise NothingToExport
    found = plan_items.of(report, seen.narrowing)
    return Exported(
        name=f"{WORK_PLAN.title}-{seen.asked.day.isoformat()}",
        title=f"{WORK_PLAN.title} {said_of(seen)}",
        said=[*as_it_stands(reading, seen.asked.day), scope_said(reading)],
        fields=[
            Field(_("Item")), Field(_("Article")), Field(_("What is asked")), Field(_("Unit")), Field(_("How far"), Written.SHARE), Field(_("Numerator")),
            Field(_("Denominator")), Field(_("Unit of measure")), Field(_("Due on"), Written.DAY), Field(_("State")),
        ],
        rows=[line for one in found for line in _lines(report, one)],
    )  # fmt: skip


def _lines(report: PlanReport, one: ItemStanding) -> Iterator[list[Any]]:
    """The zone's lines first, then each unit's."""
    item = one.item
    whose: list[tuple[str, Any]] = [(_("Zone") if report.own_unit is None else report.own_unit.short_name, one)]
    if report.own_unit is None:
        whose += [(report.zone.unit_by_code[unit.unit].short_name, unit) for unit in one.units]
    for name, standing in whose:
        far = [
            standing.progress, plan_words.amount(standing.numerator), plan_words.amount(standing.denominator), item.unit_of_measure,
        ]  # fmt: skip
        about = [plan_names.item_number(item.number), plan_names.article(item.article), item.title, name, *far]
        if not standing.dues:
            yield [*about, None, ""]
        for due in standing.dues:
            yield [*about, due.day, "" if due.state is None else plan_words.state(due.state)]
