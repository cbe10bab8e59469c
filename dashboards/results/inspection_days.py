"""On which days a unit inspects: its year's inspections day by day, so that weeks without any and rushes at the end are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select

from dashboards.results.frames import NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from dashboards.results.reading import Reading, kept
from data.indicators.declaration import number_of
from data.rollup.in_force import in_ledgers, periods_in_force
from data.schema.enforcement import inspection
from data.store import listed
from data.zone.periods import Month
from data.zone.zone import Unit, Zone

if TYPE_CHECKING:
    from pandas import DataFrame

LAST_DAYS = 5
"""So many days of a month are its end."""
LAYOUT = FrameLayout(
    (UNIT, PERIOD, FrameColumn("day", "datetime64[s]", "", "day of the inspections")),
    (
        NAME,
        FrameColumn("inspections", "Int64", "inspections", "inspections of the day"),
        FrameColumn("problem_inspections", "Int64", "inspections", "those of them that found a hazard"),
    ),
)


@dataclass(frozen=True, slots=True)
class DayCount:
    """The inspections of one day, and how many of them found a problem."""

    inspections: int
    problem_inspections: int


@dataclass(frozen=True, slots=True)
class MonthDays:
    """One statistical month up to ``last_day`` (today while it runs): its days with inspections, in order; ``filed``: a ledger counts."""

    month: Month
    first_day: date
    last_day: date
    complete: bool
    filed: bool
    days: Mapping[date, DayCount]

    @property
    def inspections(self) -> int:
        """Inspections of the month."""
        return sum(one.inspections for one in self.days.values())

    @property
    def at_the_end(self) -> int:
        """Inspections of the month's last days; none of a month that still runs."""
        if not self.complete:
            return 0
        since = self.last_day - timedelta(days=LAST_DAYS - 1)
        return sum(one.inspections for day, one in self.days.items() if day >= since)

    @property
    def longest_gap(self) -> tuple[date, date] | None:
        """The first and last of the most days in a row without an inspection; None where there is no such day."""
        edges = [self.first_day - timedelta(days=1), *self.days, self.last_day + timedelta(days=1)]
        gaps = [(before + timedelta(days=1), after - timedelta(days=1)) for before, after in pairwise(edges)]
        free = [gap for gap in gaps if gap[0] <= gap[1]]
        return max(free, key=lambda gap: ((gap[1] - gap[0]), -gap[0].toordinal()), default=None)


@dataclass(frozen=True, slots=True)
class InspectionDays:
    """One unit's year up to a month, month by month."""

    unit: Unit
    months: tuple[MonthDays, ...]

    @property
    def filed(self) -> list[MonthDays]:
        """The months of which a ledger counts."""
        return [one for one in self.months if one.filed]

    def frame(self) -> DataFrame:
        """One row a day with inspections (``LAYOUT``); other days of a month that was filed had none."""
        return LAYOUT.frame(
            {
                "unit": self.unit.code, "period": str(month.month), "day": day, "name": self.unit.short_name,
                "inspections": one.inspections, "problem_inspections": one.problem_inspections,
            }
            for month in self.months
            for day, one in month.days.items()
        )  # fmt: skip


@kept
def fetch(reading: Reading, unit: str, month: Month) -> InspectionDays | None:
    """The unit's days from January to the month, as known today; None where the scope does not see the unit."""
    zone = reading.zone
    found = zone.unit_by_code.get(unit)
    if found is None or not reading.scope.sees(unit):
        return None
    bound = zone.calendar.end_of(reading.today)
    ledgers = reading.once(ledgers_of_year, unit, month, bound)
    asked = {"zone": zone.code, "ledgers": listed(ledgers)}
    days: dict[str, dict[date, DayCount]] = defaultdict(dict)
    for row in reading.connection.execute(_by_day(), asked):
        days[row.period][row.inspected_on] = DayCount(row.inspections, row.problem_inspections)
    months = [Month(month.year, number) for number in range(1, month.month + 1)]
    filed = set(ledgers.values())
    return InspectionDays(
        found, tuple(_month(zone, one, reading.today, days[str(one)], filed=str(one) in filed) for one in months)
    )


def ledgers_of_year(connection: Connection, zone: Zone, unit: str, month: Month, bound: datetime) -> Mapping[int, str]:
    """The unit's ledgers in force of a year up to a month, as known before an instant: submission → month."""
    first = str(Month(month.year, 1))
    return periods_in_force(
        connection, zone.code, "enforcement", unit=unit, known_by=bound, first=first, last=str(month)
    )


@cache
def _by_day() -> Select[Any]:
    own = inspection.c
    return (
        select(
            own.period,
            own.inspected_on,
            func.count().label("inspections"),
            number_of(own.hazards > 0).label("problem_inspections"),
        )
        .where(in_ledgers(inspection))
        .group_by(own.period, own.inspected_on)
        .order_by(own.inspected_on)
    )


def _month(zone: Zone, month: Month, today: date, days: Mapping[date, DayCount], *, filed: bool) -> MonthDays:
    first, last = zone.calendar.first_day(month), zone.calendar.last_day(month)
    seen = max(first, min(last, today), *days) if days else max(first, min(last, today))
    return MonthDays(month, first, seen, today >= last, filed, days)
