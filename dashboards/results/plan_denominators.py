"""What the plan's ratios are divided by: the register and the inspections on a day, never what happened to be reported (METHOD section 5.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from sqlalchemy import Connection, func, select

from dashboards.method.register_columns import NOBODY
from dashboards.results.lists_read import ListsRead, lists_read, registers
from dashboards.results.ranking_basis import known_sums
from dashboards.results.reading import Reading
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.enforcement import Sums, inspection
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
    department: Mapping[str, int]
    sectors: Mapping[str, int]
    high_risk: int


@dataclass(frozen=True, slots=True)
class PlanDenominators:
    """Denominators by name, as they were known by an instant."""

    reading: Reading
    bound: datetime
    _counted: dict[date, RegisterCounts] = field(default_factory=dict, repr=False, compare=False)
    _inspected: dict[date, Mapping[str, int]] = field(default_factory=dict, repr=False, compare=False)
    _sums: dict[int, Mapping[tuple[str, str], Sums]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, name: str, unit: str, day: date) -> int:
        """How many there are on a day, of the unit where they are a unit's."""
        if name == INSPECTIONS:
            return self.inspections(day).get(unit, 0)
        counts = self._register(day)
        if name == HIGH_RISK:
            return counts.high_risk
        sector = denominator_of_sector(name)
        if sector is not None:
            return counts.sectors.get(self.reading.zone.sector_names[compact(sector)], 0)
        of_unit: Mapping[str, int] = getattr(counts, OF_UNITS[name])
        return of_unit.get(unit, 0)

    def _register(self, day: date) -> RegisterCounts:
        if day not in self._counted:
            lists = self.reading.once(registers, day.year, self.bound)
            self._counted[day] = _counts(self.reading.once(lists_read, lists), day)
        return self._counted[day]

    def inspections(self, day: date) -> Mapping[str, int]:
        """Unit → its inspections from 1 January to a day: of months that are over from their sums, of the one that runs from its rows."""
        if day not in self._inspected:
            calendar, running = self.reading.zone.calendar, self.reading.zone.calendar.month_of(day)
            over = {str(month) for month in months_of(Year(day.year)) if calendar.last_day(month) <= day}
            counted: Counter[str] = Counter()
            for (unit, at), one in self._sums_of(day.year).items():
                if at in over:
                    counted[unit] += one.inspections
            if str(running) not in over:
                counted.update(self.reading.once(_inspections_of_month, running, day, self.bound))
            self._inspected[day] = counted
        return self._inspected[day]

    def _sums_of(self, year: int) -> Mapping[tuple[str, str], Sums]:
        if year not in self._sums:
            self._sums[year] = known_sums(self.reading, Month(year, 12), self.bound)
        return self._sums[year]


def _counts(known: ListsRead, day: date) -> RegisterCounts:
    places = known.on(day)
    own, units = known.listed.at(places), len(known.units)
    of_units = (np.bincount(which[which != NOBODY], minlength=units) for which in (own.territory, own.department))
    territory, department = (dict(zip(known.units, counted.tolist(), strict=True)) for counted in of_units)
    of_sectors = np.bincount(own.sector.codes, minlength=len(own.sector.names)).tolist()
    return RegisterCounts(
        territory,
        department,
        dict(zip(own.sector.names, of_sectors, strict=True)),
        int(np.count_nonzero(known.lists.flags("high_risk", places))),
    )


def _inspections_of_month(
    connection: Connection, zone: Zone, month: Month, day: date, bound: datetime
) -> dict[str, int]:
    own = inspection.c
    ledgers = submissions_in_force(
        connection, zone.code, "enforcement", known_by=bound, first=str(month), last=str(month)
    )
    counted = select(own.unit, func.count()).where(in_ledgers(inspection), own.inspected_on <= day).group_by(own.unit)
    return dict(map(tuple, connection.execute(counted, {"zone": zone.code, "ledgers": listed(ledgers)})))
