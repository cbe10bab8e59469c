"""What is late on a day and whose it is: every kind of overdue thing with the units that owe it, each as its own page counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dashboards.results import plan_items
from dashboards.results.areas import Areas
from dashboards.results.work_plan import PlanReport

LateKind = Literal["plan", "major_hazards", "other_hazards", "findings", "tipoffs"]


@dataclass(frozen=True, slots=True)
class LateThings:
    """Things of a kind that are late: how many, and how many of them each unit owes, who owes most first.

    Of the plan's items one due day may be owed by several units; ``of_the_system`` are owed by none in particular.
    """

    kind: LateKind
    number: int
    units: tuple[tuple[str, int], ...]
    of_the_system: int = 0


def late_things(areas: Areas, plan: PlanReport | None) -> list[LateThings]:
    """Every kind of which anything is late, in the order in which a meeting asks for it."""
    return [one for one in _every(areas, plan) if one.number]


def _every(areas: Areas, plan: PlanReport | None) -> Iterator[LateThings]:
    if plan is not None:
        pairs = plan_items.pairs(plan.standing.items, "overdue")
        owed = Counter(unit for pair in pairs for unit in pair.behind)
        yield LateThings("plan", len(pairs), _most_first(owed, areas), sum(not pair.one.units for pair in pairs))
    figures = areas.hazards.units
    major = Counter({unit: one.major.overdue for unit, one in figures.items()})
    other = Counter({unit: one.all.overdue - one.major.overdue for unit, one in figures.items()})
    yield LateThings("major_hazards", major.total(), _most_first(major, areas))
    yield LateThings("other_hazards", other.total(), _most_first(other, areas))
    findings = Counter({unit: one.overdue for unit, one in areas.supervision.units.items()})
    yield LateThings("findings", findings.total(), _most_first(findings, areas))
    cases = Counter({unit: one.overdue for unit, one in areas.tipoffs.units.items()})
    yield LateThings("tipoffs", cases.total(), _most_first(cases, areas))


def _most_first(owed: Counter[str], areas: Areas) -> tuple[tuple[str, int], ...]:
    places = {unit.code: place for place, unit in enumerate(areas.hazards.zone.units)}
    there = [(unit, number) for unit, number in owed.items() if number]
    return tuple(sorted(there, key=lambda one: (-one[1], places[one[0]])))
