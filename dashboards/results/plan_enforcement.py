"""Figures of the work plan that inspections and the monthly ranking give (METHOD sections 2 and 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dashboards.method.casualties import same_day_last_year
from dashboards.method.work_plan import Figure
from dashboards.results import ranking_basis
from dashboards.results.plan_day import PlanDay, Source, Sources, count, share
from dashboards.results.plan_denominators import PlanDenominators
from dashboards.results.ranking_basis import Basis, known_sums
from data.intake.filing import filings
from data.intake.publications import published_periods
from data.schema.enforcement import Sums
from data.zone.periods import Month, Year, months_of
from data.zone.zone import GROUPS

PUBLISHED_FROM = 3
"""The month from which on the plan, adopted in March, wants rankings published."""


def _months_over(on: PlanDay, year: int, day: date) -> list[Month]:
    return [month for month in months_of(Year(year)) if on.zone.calendar.last_day(month) <= day]


def _of_due_cases(part: Callable[[Sums], int], whole: Callable[[Sums], int]) -> Source:
    """A rate of the due cases of all units, in the months of the year that are over."""

    def figure(on: PlanDay) -> Figure | None:
        months = set(map(str, _months_over(on, on.day.year, on.day)))
        if not months or not on.has_ledgers("enforcement"):
            return None
        sums = known_sums(on.reading, on.of_report.month, on.bound)
        own = [one for (_unit, month), one in sums.items() if month in months]
        return share(sum(map(part, own)), sum(map(whole, own)))

    return figure


def _to_last_year(on: PlanDay) -> Figure | None:
    """Both spans end with the day, or with the month before where last year's running one is known as a sum alone."""
    now, before = on.day, same_day_last_year(on.day)
    running = on.zone.calendar.month_of(before)
    sums = _sums_alone(on, before.year)
    if any(month == str(running) for _unit, month in sums) and on.zone.calendar.last_day(running) > before:
        over = _months_over(on, before.year, before)
        if not over:
            return None
        before = on.zone.calendar.last_day(over[-1])
        now = on.zone.calendar.last_day(Month(now.year, over[-1].month))
    over_then = set(map(str, _months_over(on, before.year, before)))
    known = PlanDenominators(on.reading, on.bound)
    then = sum(known.inspections(before).values())
    then += sum(number for (_unit, month), number in sums.items() if month in over_then)
    if not then:
        return None
    return share(sum(known.inspections(now).values()), then)


def _sums_alone(on: PlanDay, year: int) -> Mapping[tuple[str, str], int]:
    """(unit, month) → inspections, of months of a year whose ledger was never filed and that stand in the baseline."""
    months = months_of(Year(year))
    filed = filings(on.reading.connection, on.zone, "enforcement", months, on.bound)
    known = on.reading.once(ranking_basis.baseline, on.bound)
    return {
        key: row.inspections
        for key, row in known.items()
        if key not in filed and row.inspections is not None and key[1] in set(map(str, months))
    }


def _published_months(on: PlanDay) -> Figure:
    periods = published_periods(on.reading.connection, on.zone.code, "ranking", on.by_its_end)
    wanted = {str(month) for month in months_of(Year(on.day.year)) if month.month >= PUBLISHED_FROM}
    return count(len(wanted.intersection(periods)))


def _last_due(on: PlanDay, day: date) -> Month:
    """The last month whose deadline had passed on a day."""
    month = on.zone.calendar.month_of(day)
    while on.zone.due_day("enforcement", month, known_by=on.bound) >= day:
        month = month.plus(-1)
    return month


def _basis(on: PlanDay) -> Basis:
    """The rankings of all months of which any day of the year up to T asks, read at one go."""
    month, last = _last_due(on, date(on.day.year, 1, 1)), _last_due(on, on.day)
    months = [month]
    while months[-1] < last:
        months.append(months[-1].plus(1))
    asked = on.asked
    return ranking_basis.read(
        on.reading, tuple(months), known_by=asked.known_by, as_of=min(asked.as_of, asked.known_by)
    )


def _flagged(flag: str) -> Source:
    """How many units carry a flag in the last month whose deadline has passed; None where nobody has filed anything of it."""

    def figure(on: PlanDay) -> Figure | None:
        month, basis = _last_due(on, on.day), on.of_report.once(_basis)
        if str(month) not in basis.months_told:
            return None
        return count(sum(flag in one.flags for group in GROUPS for one in basis.ranked[month, group]))

    return figure


OF_ENFORCEMENT: Sources = {
    "ranking.closed_loop_rate": _of_due_cases(lambda one: one.closed_cases, lambda one: one.due_cases),
    "ranking.rectification_rate": _of_due_cases(lambda one: one.rectified_hazards, lambda one: one.due_hazards),
    "ranking.inspections_to_last_year": _to_last_year,
    "ranking.published_months": _published_months,
    "ranking.zero_enforcement_units": _flagged("zero_enforcement"),
    "ranking.no_problem_found_units": _flagged("no_problem_found"),
}
