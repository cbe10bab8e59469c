"""The month by sector as METHOD section 2 words it: every unit's cases, each asked anew what became of it."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from .ranking import Case, Ledger, Unit, due_day, in_force, month_of, normal, passed, record_of

SectorOf = Callable[[int, Case], str]


def sectors(
    units: Sequence[Unit], ledgers: Sequence[Ledger], period: str, sector_of: SectorOf
) -> dict[str, dict[str, Any]]:
    """Name of the sector → its figures, of those that have any case."""
    found: dict[str, dict[str, Any]] = {}
    for unit in units:
        for sector, figure, number in _told_of(unit, ledgers, period, sector_of):
            found.setdefault(sector, dict.fromkeys(FIGURES, 0))[figure] += number
    for one in found.values():
        one["problem_rate"] = _share(one["problem_inspections"], one["inspections"])
        one["closed_loop_rate"] = _share(one["closed_cases"], one["due_cases"])
    return found


FIGURES = ("inspections", "problem_inspections", "hazards", "major_hazards", "penalties", "due_cases", "closed_cases")


def _share(upper: int, lower: int) -> float | None:
    return float(Fraction(upper, lower)) if lower else None


def _told_of(unit: Unit, ledgers: Sequence[Ledger], period: str, sector_of: SectorOf) -> Iterable[tuple[str, str, int]]:
    """(sector, figure, number) of one unit's cases; each decision with the case that told of it first."""
    record = record_of(ledgers, unit.code, period)
    sector: dict[str, str] = {}
    for month in sorted({ledger.period for ledger in ledgers if ledger.period <= period}):
        for ledger in in_force(ledgers, unit.code, month):
            sector |= {normal(case.number): sector_of(index, case) for index, case in enumerate(ledger.cases)}
    for case in (telling.row for telling in record if telling.row is not None):
        mine = sector[normal(case.number)]
        if month_of(case.inspected_on) == period:
            yield mine, "inspections", 1
            yield mine, "problem_inspections", int(case.hazards >= 1)
            yield mine, "hazards", case.hazards
            yield mine, "major_hazards", case.major_hazards
        if case.hazards >= 1 and month_of(due_day(case)) == period:
            yield mine, "due_cases", 1
            yield mine, "closed_cases", int(passed(record, case, due_day(case)))
    yield from ((sector[case], "penalties", 1) for case in _first_told(record, period))


def _first_told(record: Sequence[Any], period: str) -> Iterable[str]:
    """The cases by which decisions were told for the first time, where that was in the month."""
    penalised: set[str] = set()
    last: dict[str, str] = {}
    first: dict[str, tuple[str, str]] = {}
    for telling in record:
        if telling.penalised:
            penalised.add(telling.case)
        if telling.case in penalised and telling.decision is not None:
            last[telling.case] = normal(telling.decision)
        if telling.case in penalised and telling.case in last:
            first.setdefault(last[telling.case], (telling.period, telling.case))
    return [case for month, case in first.values() if month == period]
