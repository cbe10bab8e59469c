"""What the address of tip-offs asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.components import address, asked_day
from dashboards.components.asked_day import AskedDay
from dashboards.components.page_list import TIPOFFS
from dashboards.results import tipoffs
from dashboards.results.reading import Reading
from dashboards.results.tipoff_list import KINDS_OF_CASE, CasesNarrowed
from dashboards.results.tipoffs import TipoffsReport
from data.schema.tipoffs import TYPES
from data.zone.periods import Year


@dataclass(frozen=True, slots=True)
class TipoffsQuery:
    """What the address asks for; ``state`` is one of ``KINDS_OF_CASE``."""

    asked_day: AskedDay
    type: str | None
    unit: str | None
    state: str | None
    page: int = 0
    via: str = ""

    @property
    def day(self) -> date:
        """As of which day the page is."""
        return self.asked_day.day

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"day": self.asked_day.in_links, "type": self.type, "unit": self.unit, "state": self.state}
        return TIPOFFS.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> TipoffsQuery:
    """What a query asks for; what it leaves open or writes wrongly is today, and all cases.

    Who reads no single case chooses none.
    """
    scope = reading.scope
    reads = scope.sees_names(scope.unit)
    of, unit, state = (address.text(query.get(key)) for key in ("type", "unit", "state"))
    return TipoffsQuery(
        asked_day=asked_day.read(query, reading),
        type=of if of in TYPES else None,
        unit=unit if unit in reading.zone.unit_by_code and reads and scope.sees_all else None,
        state=state if state in KINDS_OF_CASE and reads else None,
        page=address.number(query.get("page")) or 0,
        via=address.text(query.get("via")) or "",
    )


@dataclass(frozen=True, slots=True)
class TipoffsSeen:
    """What an address shows: the report as of its day."""

    asked: TipoffsQuery
    report: TipoffsReport
    today: date

    @property
    def known(self) -> bool:
        """Whether there is any case to tell of."""
        return bool(self.report.received)

    @property
    def type(self) -> str:
        """The type whose steps are shown: that of tip-offs, if no other is chosen."""
        return self.asked.type or TYPES[0]

    @property
    def narrowing(self) -> CasesNarrowed:
        """Which cases are listed."""
        return CasesNarrowed(self.asked.type, self.asked.unit, self.asked.state)


def look(query: Mapping[str, Any], reading: Reading) -> TipoffsSeen:
    """Fetch what an address asks for."""
    asked = read(query, reading)
    report = tipoffs.fetch(reading, Year(asked.day.year), as_of=asked.day)
    return TipoffsSeen(asked, report, reading.today)
