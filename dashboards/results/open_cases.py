"""What a unit still has to close in the running month: its cases that fall due in it, first those that fall due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.results import cases
from dashboards.results.cases import Case, states
from dashboards.results.reading import Reading, kept
from dashboards.results.record_list import RowCondition, RowsWanted
from data.indicators.enforcement import DUE_CASES
from data.zone.periods import Month

MOST = 8


@dataclass(frozen=True, slots=True)
class OpenCases:
    """The first of a unit's cases that fall due in the running month and are not closed; ``total`` counts all of them."""

    month: Month
    today: date
    total: int
    cases: Sequence[Case]


@kept
def fetch(reading: Reading, unit: str) -> OpenCases:
    """Those of today; none where the scope does not see the unit."""
    month = reading.present_month
    open_ones = RowCondition("state", "notEqual", (states()["closed"],))
    wanted = RowsWanted(0, MOST, sort=(("due_on", False),), conditions=(open_ones,))
    found = cases.fetch_rows(reading, unit, month, DUE_CASES.key, wanted)
    return OpenCases(month, reading.today, found.total, found.cases)
