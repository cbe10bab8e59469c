"""What a unit still has to close in the running month: its cases that fall due in it, first those that fall due first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboards.results import cases
from dashboards.results.cases import OpenCase
from dashboards.results.reading import Reading, kept
from data.zone.periods import Month

MOST = 8


@dataclass(frozen=True, slots=True)
class OpenCases:
    """The first of a unit's cases that fall due in the running month and are still open; ``total`` counts all of them."""

    month: Month
    today: date
    total: int
    cases: tuple[OpenCase, ...]


@kept
def fetch(reading: Reading, unit: str) -> OpenCases:
    """Those of today; none where the scope does not see the unit."""
    month = reading.present_month
    return OpenCases(month, reading.today, *cases.fetch_open(reading, unit, month, MOST))
