"""What the address of the warnings asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboards.components import address, asked_day
from dashboards.components.asked_day import AskedDay
from dashboards.components.page_list import DISASTERS
from dashboards.method.warning_steps import WarningColumns
from dashboards.results import disasters
from dashboards.results.disaster_list import KINDS_OF_WARNING, WarningsWanted
from dashboards.results.disasters import DisastersReport, YearsDisasters
from dashboards.results.reading import Reading
from data.zone.periods import Year
from data.zone.zone import Zone

LONGEST_TYPE = 30
"""Letters of a type by which warnings are chosen: who writes longer ones writes sentences."""


@dataclass(frozen=True, slots=True)
class DisastersQuery:
    """What the address asks for; ``unit`` told of the warnings, ``state`` is one of ``KINDS_OF_WARNING``, ``at`` a page of disasters,
    ``told`` one of what was told of more than once.
    """

    asked_day: AskedDay
    unit: str | None
    type: str | None
    state: str | None
    page: int = 0
    at: int = 0
    told: int = 0
    via: str = ""

    @property
    def day(self) -> date:
        """As of which day the page is."""
        return self.asked_day.day

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        now = {"day": self.asked_day.in_links, "unit": self.unit, "type": self.type, "state": self.state}
        return DISASTERS.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> DisastersQuery:
    """What a query asks for; what it leaves open or writes wrongly is today, and all warnings."""
    unit, state = address.text(query.get("unit")), address.text(query.get("state"))
    type_ = address.text(query.get("type")) or ""
    return DisastersQuery(
        asked_day=asked_day.read(query, reading),
        unit=unit if unit in reading.zone.unit_by_code and reading.scope.sees_all else None,
        type=type_ if 0 < len(type_) <= LONGEST_TYPE else None,
        state=state if state in KINDS_OF_WARNING else None,
        page=address.number(query.get("page")) or 0,
        at=address.number(query.get("at")) or 0,
        told=address.number(query.get("told")) or 0,
        via=address.text(query.get("via")) or "",
    )


@dataclass(frozen=True, slots=True)
class DisastersSeen:
    """What an address shows: the report as of its day, and what the year's goal rests on."""

    asked: DisastersQuery
    report: DisastersReport
    year: YearsDisasters
    today: date

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.report.zone

    @property
    def known(self) -> bool:
        """Whether there is any warning or disaster to tell of."""
        return len(self.report.warnings) > 0 or len(self.report.struck) > 0

    @property
    def narrowing(self) -> WarningsWanted:
        """Which warnings are listed."""
        return WarningsWanted(self.asked.unit, self.asked.type, self.asked.state)

    @property
    def of_unit_and_type(self) -> WarningColumns:
        """How far the warnings of the unit and the type that are chosen got."""
        return self.report.steps(replace(self.narrowing, kind=None).of(self.report))


def look(query: Mapping[str, Any], reading: Reading) -> DisastersSeen:
    """Fetch what an address asks for; a type of which nothing is told is none."""
    asked = read(query, reading)
    report = disasters.fetch(reading, Year(asked.day.year), as_of=asked.day)
    year = disasters.of_the_year(reading, asked.day, report.asked.bound)
    types = {*report.warnings.columns.type.present, *report.struck.columns.type.present}
    return DisastersSeen(asked if asked.type in types else replace(asked, type=None), report, year, reading.today)
