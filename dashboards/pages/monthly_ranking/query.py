"""What the address of the monthly ranking asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address
from dashboards.components.chosen_unit import unit_and_group
from dashboards.components.page_list import RANKING
from dashboards.pages.monthly_ranking.case_list import measure_of
from dashboards.results.reading import Reading
from data.zone.periods import Month

FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class RankingQuery:
    """What the address asks for."""

    month: Month
    group: str
    unit: str | None
    measure: str
    page: int
    compare: int | None = None

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"period": self.month, "group": self.group, "unit": self.unit, "measure": self.measure,
               "compare": self.compare}  # fmt: skip
        return RANKING.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> RankingQuery:
    """What a query asks for; what it leaves open or writes wrongly is the latest month due, the first group, the first unit."""
    try:
        month = Month.parse(address.text(query.get("period")) or "")
    except ValueError:
        month = reading.latest_due_month
    unit, group = unit_and_group(query, reading)
    return RankingQuery(
        month=month,
        group=group,
        unit=unit,
        measure=measure_of(address.text(query.get("measure"))),
        page=address.number(query.get("page")) or 0,
        compare=_earlier_year(address.number(query.get("compare")), month),
    )


def _earlier_year(year: int | None, month: Month) -> int | None:
    """The year to compare with; None for last year, which is compared with unasked, and for what is no earlier year."""
    return year if year is not None and FIRST_YEAR <= year < month.year - 1 else None
