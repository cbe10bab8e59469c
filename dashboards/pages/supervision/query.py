"""What the address of supervision asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.components import address, asked_day
from dashboards.components.asked_day import AskedDay
from dashboards.components.page_list import SUPERVISION
from dashboards.results import supervision
from dashboards.results.reading import Reading
from dashboards.results.supervision import SupervisionReport
from dashboards.results.supervision_list import KINDS_OF_FINDING, FindingsNarrowed
from data.schema.supervision import METHODS
from data.zone.periods import Year
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class SupervisionQuery:
    """What the address asks for; ``state`` is one of ``KINDS_OF_FINDING``."""

    asked_day: AskedDay
    unit: str | None
    method: str | None
    state: str | None
    page: int = 0
    via: str = ""

    @property
    def day(self) -> date:
        """As of which day the page is."""
        return self.asked_day.day

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"day": self.asked_day.in_links, "unit": self.unit, "method": self.method, "state": self.state}
        return SUPERVISION.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> SupervisionQuery:
    """What a query asks for; what it leaves open or writes wrongly is today, and all findings."""
    unit, method, state = (address.text(query.get(key)) for key in ("unit", "method", "state"))
    return SupervisionQuery(
        asked_day=asked_day.read(query, reading),
        unit=unit if unit in reading.zone.unit_by_code and reading.scope.sees_all else None,
        method=method if method in METHODS else None,
        state=state if state in KINDS_OF_FINDING else None,
        page=address.number(query.get("page")) or 0,
        via=address.text(query.get("via")) or "",
    )


@dataclass(frozen=True, slots=True)
class SupervisionSeen:
    """What an address shows: the report as of its day."""

    asked: SupervisionQuery
    report: SupervisionReport
    today: date

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.report.zone

    @property
    def known(self) -> bool:
        """Whether there is any finding to tell of."""
        return len(self.report.findings) > 0

    @property
    def narrowing(self) -> FindingsNarrowed:
        """Which findings are listed."""
        return FindingsNarrowed(self.asked.unit, self.asked.method, self.asked.state)

    @property
    def whole_part(self) -> FindingsNarrowed:
        """The findings of unit and method, whatever became of them."""
        return FindingsNarrowed(self.asked.unit, self.asked.method)


def look(query: Mapping[str, Any], reading: Reading) -> SupervisionSeen:
    """Fetch what an address asks for."""
    asked = read(query, reading)
    report = supervision.fetch(reading, Year(asked.day.year), as_of=asked.day)
    return SupervisionSeen(asked, report, reading.today)
