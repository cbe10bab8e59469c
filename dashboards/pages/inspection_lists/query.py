"""What the address of the lists asks for, and how its links are made.

``month=2022-06`` is a month; the menu takes the ``period`` along from other pages, which says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.asked_period import AskedPeriod
from dashboards.components.page_list import INSPECTION_LISTS
from dashboards.results import lists_of_month
from dashboards.results.lists_of_month import ListsOfMonth, OnList
from dashboards.results.reading import Reading
from data.zone.periods import Month
from data.zone.zone import Unit


@dataclass(frozen=True, slots=True)
class ListsSeen:
    """What an address shows: the month as it is written, its lists (None where it can have none), and the unit whose list is shown."""

    written: AskedPeriod[Month]
    unit: Unit
    found: ListsOfMonth | None

    @property
    def month(self) -> Month:
        """The month that is shown."""
        return self.written.period

    @property
    def own_list(self) -> tuple[OnList, ...]:
        """The list of the unit."""
        return () if self.found is None else self.found.lists.get(self.unit.code, ())

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"period": self.month, "unit": self.unit.code}
        return INSPECTION_LISTS.path + address.query(**{**now, **changes})


def look(query: Mapping[str, Any], reading: Reading) -> ListsSeen:
    """Fetch what an address asks for; of no unit that there is, the first that has a list. Who sees one unit alone asks for nothing else."""
    asked = address.text(query.get("month")) or address.text(query.get("period"))
    written = asked_period.coming_month(asked, reading)
    shown = written.amiss in {None, "no_period"}
    found = lists_of_month.fetch(reading, written.period) if shown else None
    units = reading.zone.unit_by_code
    wanted = reading.scope.unit or address.text(query.get("unit")) or ""
    first = next((unit for unit in reading.zone.units if found and found.lists.get(unit.code)), reading.zone.units[0])
    return ListsSeen(written, units.get(wanted, first), found)
