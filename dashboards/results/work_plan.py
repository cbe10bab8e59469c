"""The year's work plan as of a day, article by article and item by item, as pages, command and documents take it (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from dashboards.method import work_plan as method
from dashboards.method.work_plan import Due, Figures, ItemStanding, PlanFinding, PlanStanding, UnitStanding
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.plan_denominators import PlanDenominators
from dashboards.results.plan_figures import PlanFigures
from dashboards.results.plan_told import plan_known, rows_until
from dashboards.results.reading import Reading, kept
from data.language import gettext as _
from data.zone.periods import Period, Quarter, Year
from data.zone.work_plan import WorkPlan
from data.zone.zone import Unit, Zone


class NoPlan(Exception):
    """No plan is known of the year that was asked for; the text says so."""


@dataclass(frozen=True, slots=True)
class PlanReport:
    """The plan of a day's year as it stands on the day; of a unit's account (``own_unit``) the items that it files, as it stands with them.

    ``latest``: the last quarter of which anything was told, by whom the reader sees; None without any.
    """

    zone: Zone
    asked: DayAsked
    plan: WorkPlan
    standing: PlanStanding
    own_unit: Unit | None
    latest: Quarter | None


@kept
def fetch(reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None) -> PlanReport:
    """The plan as of a day of the period; NoPlan where the year has none."""
    zone, scope, asked = reading.zone, reading.scope, day_asked(reading, period, as_of, known_by)
    plan = reading.once(plan_known, asked.as_of.year, asked.bound)
    if plan is None:
        raise NoPlan(_("No work plan of %(year)s is known: the office adds it.", year=asked.as_of.year))
    rows = rows_until(reading, asked.as_of, asked.bound)
    figures: Figures | None = PlanFigures(reading, asked) if scope.sees_all else None
    standing = method.standing(plan, zone, rows, PlanDenominators(reading, asked.bound), asked.as_of, figures)
    seen = [row for row in rows if scope.sees(row.unit)]
    return PlanReport(
        zone=zone,
        asked=asked,
        plan=plan,
        standing=standing if scope.sees_all else _narrowed(plan, standing, scope.unit or ""),
        own_unit=None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
        latest=max((row.quarter for row in seen), default=None),
    )


def of_day(reading: Reading, day: date) -> PlanReport | None:
    """The plan of a day's year as of the day; None in a year without one."""
    try:
        return fetch(reading, Year(day.year), as_of=day)
    except NoPlan:
        return None


def _narrowed(plan: WorkPlan, standing: PlanStanding, unit: str) -> PlanStanding:
    """The items that a unit files, as it stands with them alone."""
    items = [method.of_one_unit(one, unit) for one in standing.items]
    own = tuple(one for one in items if one is not None)
    return replace(
        standing,
        items=own,
        findings=tuple(one for one in standing.findings if one.unit == unit),
        articles=method.articles(plan, own),
    )


def as_dict(result: PlanReport) -> dict[str, Any]:
    """The report as CONTRACT prints it, ratios unrounded."""
    standing = result.standing
    return {
        **result.asked.head("plan"),
        "items": [_item_as_dict(one) for one in standing.items],
        "findings": [_finding_as_dict(one) for one in standing.findings],
        "articles": [
            {"article": one.article, "title": one.title, "items": one.items,
             **{state: one.counts[state] for state in ("done", "late", "due", "overdue", "upcoming")}}
            for one in standing.articles
        ],
    }  # fmt: skip


def _item_as_dict(one: ItemStanding) -> dict[str, Any]:
    return {
        "number": one.item.number,
        "title": one.item.title,
        "article": one.item.article,
        "unit_of_measure": one.item.unit_of_measure,
        "source": one.item.source,
        "target": plain(one.target),
        "numerator": plain(one.numerator),
        "denominator": plain(one.denominator),
        "progress": _share(one.progress),
        "dues": _dues(one.dues),
        "units": [_unit_as_dict(unit) for unit in one.units],
    }


def _unit_as_dict(one: UnitStanding) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "numerator": plain(one.numerator),
        "denominator": plain(one.denominator),
        "progress": _share(one.progress),
        "dues": _dues(one.dues),
    }


def _share(progress: Fraction | None) -> float | None:
    return None if progress is None else float(progress)


def _dues(dues: Sequence[Due]) -> list[dict[str, Any]]:
    return [{"due": one.day.isoformat(), "state": one.state} for one in dues]


def _finding_as_dict(one: PlanFinding) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "number": one.number,
        "object": one.object,
        "told": plain(one.told),
        "target": plain(one.target),
    }
