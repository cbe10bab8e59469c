"""A month's sums by sector (METHOD section 2, by sector): over the cases of all units, as the ledgers up to the month tell.

Each case, and each decision, counts in one sector, so that all sectors together are all units together: a decision in
that of the case by which it was first told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, and_, bindparam, func, select

from data.indicators.declaration import number_of, total_of
from data.rollup.enforcement import closed_later, due, tellings
from data.rollup.in_force import in_ledgers
from data.schema.enforcement import inspection
from data.store import among, listed
from data.zone.periods import Month


@dataclass(frozen=True, slots=True)
class SectorSums:
    """The sums of one sector and month: cases, hazards, decisions."""

    inspections: int = 0
    problem_inspections: int = 0
    hazards: int = 0
    major_hazards: int = 0
    penalties: int = 0
    due_cases: int = 0
    closed_cases: int = 0


def sums_by_sector(
    connection: Connection, zone: str, month: Month, periods: Mapping[int, str]
) -> dict[str, SectorSums]:
    """Code of a sector → its sums, of those that have any case; ``periods`` are the ledgers that count, each with its month."""
    until = [submission for submission, period in periods.items() if period <= str(month)]
    own = [submission for submission in until if periods[submission] == str(month)]
    asked = {"zone": zone, "ledgers": listed(until), "since": str(month), "month": str(month)}
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for statement, ledgers in (
        (_inspected(), own),
        (due("sector"), until),
        (closed_later("sector"), until),
        (_penalised(), until),
    ):
        for row in connection.execute(statement, {**asked, "ledgers": listed(ledgers)}).mappings():
            if row["month"] == str(month):
                for name in SectorSums.__dataclass_fields__.keys() & row.keys():
                    totals[row["sector"]][name] += row[name]
    return {sector: SectorSums(**total) for sector, total in totals.items()}


@cache
def _inspected() -> Select[Any]:
    """What the month's own rows add up to."""
    own = inspection.c
    return (
        select(
            own.sector,
            func.min(own.period).label("month"),
            func.count().label("inspections"),
            number_of(own.hazards > 0).label("problem_inspections"),
            total_of(own.hazards).label("hazards"),
            total_of(own.major_hazards).label("major_hazards"),
        )
        .where(in_ledgers(inspection))
        .group_by(own.sector)
    )


@cache
def _penalised() -> Select[Any]:
    """Decisions that the ledger of the month is the first to report, in the sector of the case of which it told first."""
    told, own = tellings().c, inspection.c
    place = func.row_number().over(
        partition_by=(told.unit, told.decision_key), order_by=(told.period, told.sheet, told.row)
    )
    first = select(told.unit, told.number_key, told.period.label("month"), place.label("place")).cte("first").c
    of_case = and_(own.unit == first.unit, own.number_key == first.number_key)
    # Added to 0, the ledgers do not lead SQLite to go through all of their cases.
    counts = and_(own.zone == bindparam("zone", type_=String), among(own.submission + 0, "ledgers"))
    return (
        select(own.sector, first.month, func.count().label("penalties"))
        .where(first.place == 1, first.month == bindparam("month", type_=String), of_case, counts)
        .group_by(own.sector, first.month)
    )
