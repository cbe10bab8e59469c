"""What a version of a year's work plan would change: in the plan, and in the milestones of the year's quarters (METHOD sections 5.8 and 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.method import work_plan as method
from dashboards.results.plan_denominators import PlanDenominators
from dashboards.results.plan_told import rows_until
from dashboards.results.reading import Reading
from data.intake import plan_decisions, publications
from data.zone.periods import Quarter
from data.zone.plan_changes import PlanChange, changes
from data.zone.work_plan import WorkPlan
from data.zone.zone import Unit


@dataclass(frozen=True, slots=True)
class MilestonesMoved:
    """A quarter of which some units' milestones move: of each how many fell due and were done before and after.

    ``published``: its scores are; they stay as they were published, and the live ones are told as overtaking them.
    """

    quarter: Quarter
    units: Mapping[Unit, tuple[tuple[int, int], tuple[int, int]]]
    published: bool


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """A plan that is looked at beside the version that holds (``seen``; 0: the year has none)."""

    plan: WorkPlan
    seen: int
    changes: tuple[PlanChange, ...]
    moved: tuple[MilestonesMoved, ...]


def fetch(reading: Reading, plan: WorkPlan) -> PlanChanged:
    """What adopting a plan would change, as things stand."""
    there = plan_decisions.versions(reading.connection, reading.zone.code, plan.year)
    before = there[-1].plan if there else None
    return PlanChanged(
        plan, len(there), tuple(changes(before, plan, reading.zone)), tuple(_moved(reading, before, plan))
    )


def _moved(reading: Reading, before: WorkPlan | None, after: WorkPlan) -> list[MilestonesMoved]:
    found = []
    for number in (1, 2, 3, 4):
        quarter = Quarter(after.year, number)
        then, now = (_milestones(reading, plan, quarter) for plan in (before, after))
        units = {
            unit: (then.get(unit.code, (0, 0)), now.get(unit.code, (0, 0)))
            for unit in reading.zone.units
            if then.get(unit.code, (0, 0)) != now.get(unit.code, (0, 0))
        }
        if units:
            published = publications.revisions(reading.connection, reading.zone.code, "scores", str(quarter))
            found.append(MilestonesMoved(quarter, units, bool(published)))
    return found


def _milestones(reading: Reading, plan: WorkPlan | None, quarter: Quarter) -> dict[str, tuple[int, int]]:
    """Unit → its milestones of a quarter: how many fall due, and are done."""
    if plan is None:
        return {}
    calendar = reading.zone.calendar
    first, last, bound = calendar.first_day(quarter), calendar.last_day(quarter), calendar.end_of(reading.today)
    due = method.milestones_due(
        plan, reading.zone, rows_until(reading, last, bound), PlanDenominators(reading, bound), first, last
    )
    whole, done = Counter(one.unit for one in due), Counter(one.unit for one in due if one.due.state == "done")
    return {unit: (whole[unit], done[unit]) for unit in whole}
