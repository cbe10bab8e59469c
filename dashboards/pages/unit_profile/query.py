"""Which unit and which month the address asks for; who sees one unit alone is shown no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.asked_period import AskedPeriod
from dashboards.components.page_list import UNIT_PROFILE
from dashboards.results.reading import Reading
from data.zone.periods import Month
from data.zone.zone import Unit


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """The month and the unit; ``units`` are those that can be chosen."""

    written: AskedPeriod[Month]
    unit: Unit
    units: tuple[Unit, ...]

    @property
    def month(self) -> Month:
        """The month that is shown."""
        return self.written.period

    @property
    def link(self) -> str:
        """The address of what is shown."""
        return UNIT_PROFILE.path + address.query(unit=self.unit.code, period=self.month)


def read(query: Mapping[str, Any], reading: Reading) -> UnitQuery:
    """What a query asks for; the first unit of the zone where it names none that may be seen."""
    zone, written = reading.zone, asked_period.month(address.text(query.get("period")), reading)
    units = tuple(unit for unit in zone.units_of(written.period) if reading.scope.sees(unit.code))
    asked = address.text(query.get("unit"))
    chosen = next((unit for unit in units if unit.code == asked), units[0] if units else zone.office)
    return UnitQuery(written, chosen, units)
