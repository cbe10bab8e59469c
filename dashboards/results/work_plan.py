"""The year's work plan as of a day, article by article and item by item, as pages, command and documents take it (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, select

from dashboards.method import work_plan as method
from dashboards.method.work_plan import Due, Figures, ItemStanding, PlanFinding, PlanStanding, TaskRow, UnitStanding
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.plan_denominators import PlanDenominators
from dashboards.results.plan_figures import PlanFigures
from dashboards.results.reading import Reading, kept
from data.language import gettext as _
from data.rollup.in_force import in_ledgers, periods_in_force
from data.schema.tasks import task_progress
from data.store import listed
from data.zone.periods import Period, Quarter
from data.zone.work_plan import WorkPlan, plan_of
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


def plan_known(connection: Connection, zone: Zone, year: int, bound: datetime) -> WorkPlan | None:
    """The year's plan as it was known before an instant."""
    return plan_of(connection, zone.code, year, bound)


def rows_until(reading: Reading, day: date, bound: datetime) -> tuple[TaskRow, ...]:
    """What was told of the items of a day's year, in workbooks of quarters up to the day's, in order."""
    return reading.once(_rows, Quarter.of(reading.zone.calendar.month_of(day)), bound)


def _rows(connection: Connection, zone: Zone, last: Quarter, bound: datetime) -> tuple[TaskRow, ...]:
    own = task_progress.c
    workbooks = periods_in_force(
        connection, zone.code, "tasks", known_by=bound, first=str(Quarter(last.year, 1)), last=str(last)
    )
    rows = connection.execute(
        select(task_progress).where(in_ledgers(task_progress)).order_by(own.period, own.submission, own.row),
        {"zone": zone.code, "ledgers": listed(workbooks)},
    )
    return tuple(
        TaskRow(
            unit=row.unit,
            item=row.item,
            object=row.object_key,
            written=row.object,
            expected=Fraction(row.expected),
            done=Fraction(row.done),
            evidence=row.completed_on or zone.calendar.last_day(Quarter.parse(row.period)),
            quarter=Quarter.parse(row.period),
            submission=row.submission,
            row=row.row,
        )
        for row in rows
    )


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


def milestones(
    reading: Reading, quarters: Iterable[Quarter], bound: datetime
) -> dict[Quarter, Mapping[str, Fraction | None]]:
    """Quarter → unit → ``milestones`` of METHOD section 3, as known by an instant; None throughout without a plan of its year."""
    zone = reading.zone
    found: dict[Quarter, Mapping[str, Fraction | None]] = {}
    for quarter in quarters:
        plan = reading.once(plan_known, quarter.year, bound)
        first, last = zone.calendar.first_day(quarter), zone.calendar.last_day(quarter)
        found[quarter] = (
            dict.fromkeys(zone.unit_by_code)
            if plan is None
            else method.milestones(
                plan, zone, rows_until(reading, last, bound), PlanDenominators(reading, bound), first, last
            )
        )
    return found


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
