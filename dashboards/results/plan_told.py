"""A year's plan as it was known, what units told of its items, and the milestones that count in the quarterly scores (METHOD 5.8 and 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import Connection, select

from dashboards.method import work_plan as method
from dashboards.method.work_plan import TaskRow
from dashboards.results.plan_denominators import PlanDenominators
from dashboards.results.reading import Reading
from data.rollup.in_force import in_ledgers, periods_in_force
from data.schema.tasks import task_progress
from data.store import listed
from data.zone.periods import Quarter
from data.zone.work_plan import WorkPlan, plan_of
from data.zone.zone import Zone


def plan_known(connection: Connection, zone: Zone, year: int, bound: datetime) -> WorkPlan | None:
    """The year's plan as it was known before an instant."""
    return plan_of(connection, zone.code, year, bound)


def rows_until(reading: Reading, day: date, bound: datetime) -> tuple[TaskRow, ...]:
    """What was told of the items of a day's year, in workbooks of quarters up to the day's, in order."""
    last = Quarter.of(reading.zone.calendar.month_of(day))
    return tuple(row for row in reading.once(_rows_of_year, last.year, bound) if row.quarter <= last)


def _rows_of_year(connection: Connection, zone: Zone, year: int, bound: datetime) -> tuple[TaskRow, ...]:
    own = task_progress.c
    workbooks = periods_in_force(
        connection, zone.code, "tasks", known_by=bound, first=str(Quarter(year, 1)), last=str(Quarter(year, 4))
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


def milestones(
    reading: Reading, quarters: Iterable[Quarter], bound: datetime
) -> dict[Quarter, Mapping[str, Fraction | None]]:
    """Quarter → unit → ``milestones`` of METHOD section 3, as known by an instant; None throughout without a plan of its year."""
    zone, denominators = reading.zone, PlanDenominators(reading, bound)
    found: dict[Quarter, Mapping[str, Fraction | None]] = {}
    for quarter in quarters:
        plan = reading.once(plan_known, quarter.year, bound)
        first, last = zone.calendar.first_day(quarter), zone.calendar.last_day(quarter)
        found[quarter] = (
            dict.fromkeys(zone.unit_by_code)
            if plan is None
            else method.milestones(plan, zone, rows_until(reading, last, bound), denominators, first, last)
        )
    return found
