"""What the address of 通报与材料 asks for: the year, a publication by its line, a report to be published. And the addresses of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.components import address, asked_period
from dashboards.components.asked_period import AskedPeriod
from dashboards.components.page_list import PUBLICATIONS
from dashboards.results.reading import Reading
from data.zone.periods import Month, Period, Quarter, Year

REPORT_OF: Mapping[type[Period], str] = {Month: "ranking", Quarter: "scores", Year: "casualties"}
"""What of a period is published."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``written``: the year, and what is amiss with how it was asked for; ``entry``: the publication to be read; ``publish``: the
    period whose report is to be published, casualties as of a ``day``.
    """

    written: AskedPeriod[Year]
    entry: int | None
    publish: Period | None
    day: date | None

    @property
    def year(self) -> int:
        """The year that is shown."""
        return self.written.period.year


def read(query: Mapping[str, Any], reading: Reading) -> Asked:
    """What is asked for; of nonsense the present year."""
    return Asked(
        _year(address.text(query.get("period")), Year(reading.today.year)),
        address.number(query.get("entry")),
        asked_period.read(address.text(query.get("publish"))),
        _day(address.text(query.get("day"))),
    )


def _year(text: str | None, present: Year) -> AskedPeriod[Year]:
    period = asked_period.read(text)
    if period is None:
        return AskedPeriod(present, "no_period" if text else None, present)
    year = Year(period.year)
    return AskedPeriod(year, "not_begun" if year > present else None, present)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def link(period: Period, entry: int) -> str:
    """The address that shows one publication."""
    return PUBLICATIONS.path + address.query(period=period, entry=entry) + "#one"


def publishing(period: Period, day: str = "") -> str:
    """The address at which a report is looked at before it is published."""
    return PUBLICATIONS.path + address.query(period=period, publish=period, day=day or None) + "#publish"
