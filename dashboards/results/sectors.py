"""A month by sector, as page, command and frame take it: which sectors were looked after, and which of the plan's nobody inspected.

Beside it the same by way of inspecting (检查方式), for the page alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from dashboards.results import report_frames
from dashboards.results.reading import Reading, kept_before_it_is_narrowed
from data.rollup import sectors as rollup
from data.rollup.in_force import moved_later
from data.schema.enforcement_sector import SectorSums
from data.zone.periods import Month

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class SectorMonth:
    """The sums and rates of a sector, or a way of inspecting, over all units' cases; shown, never scored."""

    code: str
    name: str
    sums: SectorSums

    @property
    def problem_rate(self) -> Fraction | None:
        """Inspections with problems ÷ inspections."""
        return _share(self.sums.problem_inspections, self.sums.inspections)

    @property
    def closed_loop_rate(self) -> Fraction | None:
        """Closed by the due day ÷ cases due in the month."""
        return _share(self.sums.closed_cases, self.sums.due_cases)


def _share(upper: int, lower: int) -> Fraction | None:
    return Fraction(upper, lower) if lower else None


@dataclass(frozen=True, slots=True)
class Sectors:
    """All sectors of the zone, by closed-loop rate, the best first; ``without_inspection``: of the plan's key sectors, by code.

    ``methods``: the month by way of inspecting, most inspections first; without a name what no ledger tells it of.
    """

    month: Month
    rows: tuple[SectorMonth, ...]
    without_inspection: tuple[str, ...]
    methods: tuple[SectorMonth, ...] = ()

    def frame(self) -> DataFrame:
        """One row a sector (``report_frames.SECTORS``)."""
        return report_frames.sectors(self)


def fetch(reading: Reading, month: Month, *, known_by: date | None = None) -> Sectors | None:
    """The month by sector, as known by the end of a day (default: today); None for who does not see all units, for these are totals of all."""
    return _read(reading, month, known_by=known_by or reading.today) if reading.scope.sees_all else None


@kept_before_it_is_narrowed
def _read(reading: Reading, month: Month, *, known_by: date) -> Sectors:
    zone, connection = reading.zone, reading.connection
    bound = zone.calendar.end_of(known_by)
    if reading.once(moved_later, "enforcement", bound):
        sums = rollup.recompute(connection, zone, known_by=bound)
    else:
        sums = rollup.kept(connection, zone, month)
    found = rollup.of_all_units(sums, month)
    rows = [SectorMonth(code, name, found.get(code, SectorSums())) for code, name in zone.sectors.items()]
    ways = rollup.of_all_units(sums, month, by=rollup.METHOD)
    inspected = {row.code for row in rows if row.sums.inspections}
    return Sectors(
        month=month,
        rows=tuple(sorted(rows, key=lambda row: (row.closed_loop_rate is None, -(row.closed_loop_rate or 0)))),
        without_inspection=tuple(code for code in zone.key_sectors if code not in inspected),
        methods=tuple(
            SectorMonth(name, name, ways[name])
            for name in sorted(ways, key=lambda name: (-ways[name].inspections, name))
        ),
    )
