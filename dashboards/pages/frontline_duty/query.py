"""What the address of front-line duty asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.components import address, asked_day
from dashboards.components.asked_day import AskedDay
from dashboards.components.page_list import FRONTLINE
from dashboards.method.frontline import BATCHES, Batch, BatchStanding
from dashboards.results import frontline, frontline_months
from dashboards.results.frontline import FrontlineReport
from dashboards.results.frontline_list import KINDS_OF_DUTY, Narrowing
from dashboards.results.frontline_months import FrontlineMonths
from dashboards.results.reading import Reading
from data.zone.periods import Year
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class FrontlineQuery:
    """What the address asks for; ``batch`` is None where it leaves that open, ``state`` one of ``KINDS_OF_DUTY``."""

    asked_day: AskedDay
    batch: Batch | None
    town: str | None
    sector: str | None
    state: str | None
    page: int = 0
    via: str = ""

    @property
    def day(self) -> date:
        """As of which day the page is."""
        return self.asked_day.day

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {
            "day": self.asked_day.in_links,
            "batch": self.batch,
            "town": self.town,
            "sector": self.sector,
            "state": self.state,
        }
        return FRONTLINE.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> FrontlineQuery:
    """What a query asks for; what it leaves open or writes wrongly is today, the batch due next, all enterprises of it."""
    zone = reading.zone
    batch, state = address.text(query.get("batch")), address.text(query.get("state"))
    town, sector = address.text(query.get("town")), address.text(query.get("sector"))
    return FrontlineQuery(
        asked_day=asked_day.read(query, reading),
        batch=batch if batch in BATCHES else None,
        town=town if town in zone.unit_by_code and reading.scope.sees_all else None,
        sector=sector if sector in zone.sectors else None,
        state=state if state in KINDS_OF_DUTY else None,
        page=address.number(query.get("page")) or 0,
        via=address.text(query.get("via")) or "",
    )


@dataclass(frozen=True, slots=True)
class FrontlineSeen:
    """What an address shows: the report as of its day, the year up to it, and the batch that is looked at."""

    asked: FrontlineQuery
    report: FrontlineReport
    months: FrontlineMonths
    batch: BatchStanding
    today: date

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.report.zone

    @property
    def known(self) -> bool:
        """Whether there is any enterprise to tell of."""
        return len(self.report.duties) > 0

    @property
    def narrowing(self) -> Narrowing:
        """Which enterprises are listed."""
        return Narrowing(self.batch.batch, self.asked.town, self.asked.sector, self.asked.state)


def look(query: Mapping[str, Any], reading: Reading) -> FrontlineSeen:
    """Fetch what an address asks for."""
    asked = read(query, reading)
    report = frontline.fetch(reading, Year(asked.day.year), as_of=asked.day)
    months = frontline_months.fetch(reading, Year(asked.day.year), as_of=asked.day)
    batch = next((one for one in report.batches if one.batch == asked.batch), report.due_next)
    return FrontlineSeen(asked, report, months, batch, reading.today)
