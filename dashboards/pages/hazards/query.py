"""What the address of the hazards asks for, and how its links are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dashboards.components import address, asked_day
from dashboards.components.asked_day import AskedDay
from dashboards.components.page_list import HAZARDS
from dashboards.method.hazards import GradedFigures, HazardFigures
from dashboards.results import hazards
from dashboards.results.hazard_list import BANDS, KINDS_OF_HAZARD, HazardsChosen, level_key
from dashboards.results.hazards import BurnDown, HazardsReport
from dashboards.results.reading import Reading
from data.zone.periods import Year
from data.zone.zone import Zone

GradeAsked = Literal["all", "major"]
GRADES_ASKED: tuple[GradeAsked, ...] = ("all", "major")


@dataclass(frozen=True, slots=True)
class HazardsQuery:
    """What the address asks for; ``level`` as of ``level_key``, ``state`` one of ``KINDS_OF_HAZARD``, ``age`` one of ``BANDS``.

    ``page`` is that of the list, ``majors`` that of the major hazards one by one, ``lowered`` that of those that are none any more.
    """

    asked_day: AskedDay
    grade: GradeAsked
    unit: str | None
    sector: str | None
    level: str | None
    state: str | None
    age: str | None
    page: int = 0
    majors: int = 0
    lowered: int = 0
    via: str = ""

    @property
    def day(self) -> date:
        """As of which day the page is."""
        return self.asked_day.day

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        grade = None if self.grade == "all" else self.grade
        now = {"day": self.asked_day.in_links, "grade": grade, "unit": self.unit, "sector": self.sector, "level": self.level,
               "state": self.state, "age": self.age}  # fmt: skip
        return HAZARDS.path + address.query(**{**now, **changes})


def read(query: Mapping[str, Any], reading: Reading) -> HazardsQuery:
    """What a query asks for; what it leaves open or writes wrongly is today, all grades, all hazards."""
    zone = reading.zone
    unit, sector = address.text(query.get("unit")), address.text(query.get("sector"))
    state, age = address.text(query.get("state")), address.text(query.get("age"))
    return HazardsQuery(
        asked_day=asked_day.read(query, reading),
        grade="major" if address.text(query.get("grade")) == "major" else "all",
        unit=unit if unit in zone.unit_by_code and reading.scope.sees_all else None,
        sector=sector if sector in zone.sectors else None,
        level=address.text(query.get("level")),
        state=state if state in KINDS_OF_HAZARD else None,
        age=age if age in BANDS else None,
        page=address.number(query.get("page")) or 0,
        majors=address.number(query.get("majors")) or 0,
        lowered=address.number(query.get("lowered")) or 0,
        via=address.text(query.get("via")) or "",
    )


@dataclass(frozen=True, slots=True)
class HazardsSeen:
    """What an address shows: the report as of its day, of all grades or of the major hazards alone."""

    asked: HazardsQuery
    report: HazardsReport
    today: date

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.report.zone

    @property
    def known(self) -> bool:
        """Whether there is any hazard to tell of."""
        return len(self.report.found) > 0

    @property
    def major(self) -> bool:
        """Whether the major hazards alone are looked at."""
        return self.asked.grade == "major"

    def of(self, graded: GradedFigures) -> HazardFigures:
        """The figures of the grade that is looked at."""
        return graded.major if self.major else graded.all

    @property
    def figures(self) -> HazardFigures:
        """The same of all that whoever asks sees."""
        return self.of(self.report.whole)

    @property
    def burn_down(self) -> BurnDown:
        """The year up to the day."""
        return self.report.burn_down_of_major if self.major else self.report.burn_down

    @property
    def level(self) -> tuple[str | None, ...]:
        """The level that the address names, as ledgers call it; empty where it names none of theirs."""
        return tuple(one for one in self.report.levels if level_key(one) == self.asked.level)

    @property
    def chosen(self) -> HazardsChosen:
        """Which hazards are listed."""
        asked = self.asked
        level = asked.level if self.level else None
        return HazardsChosen(self.major, asked.unit, asked.sector, level, asked.state, asked.age)


def look(query: Mapping[str, Any], reading: Reading) -> HazardsSeen:
    """Fetch what an address asks for."""
    asked = read(query, reading)
    report = hazards.fetch(reading, Year(asked.day.year), as_of=asked.day)
    return HazardsSeen(asked, report, reading.today)
