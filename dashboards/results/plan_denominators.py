"""What the plan's ratios are divided by: the register and the inspections on a day, never what happened to be reported (METHOD section 5.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from dashboards.method.register import register_on
from dashboards.results import register
from dashboards.results.ranking_basis import known_sums
from dashboards.results.reading import Reading
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.enforcement import inspection
from data.store import listed
from data.zone.normal import compact
from data.zone.periods import Month, Year, months_of
from data.zone.plan_sources import denominator_of_sector
from data.zone.zone import Zone

INSPECTIONS = "enforcement.inspections"
OF_UNITS = {"register.territory": "territory", "register.department": "department"}
HIGH_RISK = "register.high_risk"


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """How many enterprises of the register there are on a day, by unit and by sector (codes), and how many of high risk."""

    territory: Mapping[str, int]
    department: Mapping[str | None, int]
    sectors: Mapping[str, int]
    high_risk: int


@dataclass(frozen=True, slots=True)
class PlanDenominators:
    """Denominators by name, as they were known by an instant."""

    reading: Reading
    bound: datetime

    def __call__(self, name: str, unit: str, day: date) -> int:
        """How many there are on a day, of the unit where they are a unit's."""
        if name == INSPECTIONS:
            return inspections_until(self.reading, day, self.bound).get(unit, 0)
        counts = self.reading.once(register_counts, day, self.bound)
        if name == HIGH_RISK:
            return counts.high_risk
        sector = denominator_of_sector(name)
        if sector is not None:
            return counts.sectors.get(self.reading.zone.sector_names[compact(sector)], 0)
        of_unit: Mapping[str, int] = getattr(counts, OF_UNITS[name])
        return of_unit.get(unit, 0)


def register_counts(connection: Connection, zone: Zone, day: date, bound: datetime) -> RegisterCounts:
    """The register on a day, counted."""
    own = register_on(register.lists(connection, zone, day.year, bound), day).enterprises.values()
    return RegisterCounts(
        Counter(one.territory for one in own),
        Counter(one.department for one in own),
        Counter(one.sector for one in own),
        sum(one.high_risk for one in own),
    )


def inspections_until(reading: Reading, day: date, bound: datetime) -> Mapping[str, int]:
    """Unit → its inspections from 1 January to a day: of months that are over from their sums, of the one that runs from its rows."""
    calendar, running = reading.zone.calendar, reading.zone.calendar.month_of(day)
    counted: Counter[str] = Counter()
    sums = known_sums(reading, running, bound)
    over = {str(month) for month in months_of(Year(day.year)) if calendar.last_day(month) <= day}
    for (unit, at), one in sums.items():
        if at in over:
            counted[unit] += one.inspections
    if str(running) not in over:
        counted.update(reading.once(_inspections_of_month, running, day, bound))
    return counted


def _inspections_of_month(
    connection: Connection, zone: Zone, month: Month, day: date, bound: datetime
) -> dict[str, int]:
    own = inspection.c
    ledgers = submissions_in_force(
        connection, zone.code, "enforcement", known_by=bound, first=str(month), last=str(month)
    )
    counted = select(own.unit, func.count()).where(in_ledgers(inspection), own.inspected_on <= day).group_by(own.unit)
    return dict(map(tuple, connection.execute(counted, {"zone": zone.code, "ledgers": listed(ledgers)})))
