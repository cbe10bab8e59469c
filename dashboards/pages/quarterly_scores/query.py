"""What the address of the quarterly scores asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address
from dashboards.components.chosen_unit import unit_and_group
from dashboards.components.page_list import SCORES
from dashboards.results.reading import Reading
from data.zone.periods import Quarter


@dataclass(frozen=True, slots=True)
class ScoresQuery:
    """What the address asks for."""

    quarter: Quarter
    group: str
    unit: str | None

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"period": self.quarter, "group": self.group, "unit": self.unit}
        return SCORES.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> ScoresQuery:
    """What a query asks for; what it leaves open or writes wrongly is the latest quarter due, the first group, the first unit."""
    try:
        quarter = Quarter.parse(address.text(query.get("period")) or "")
    except ValueError:
        quarter = reading.latest_due_quarter
    unit, group = unit_and_group(query, reading)
    return ScoresQuery(quarter=quarter, group=group, unit=unit)
