"""Where and when people died in a year: its fatal accidents, day by day and sector by sector."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboards.method.casualties import Accident
from dashboards.results.casualties import Casualties
from dashboards.results.frames import PERIOD, FrameColumn, FrameLayout
from data.zone.periods import Year
from data.zone.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

LAYOUT = FrameLayout(
    (
        FrameColumn("unit", "string", "", "code of the unit on whose territory it happened"),
        PERIOD,
        FrameColumn("accident", "string", "", "number of the accident"),
    ),
    (
        FrameColumn("happened_on", "datetime64[s]", "", "day"),
        FrameColumn("sector", "string", "", "code of the sector"),
        FrameColumn("sector_name", "string", "", "its name"),
        FrameColumn("department", "string", "", "code of the supervising department; missing where none is named"),
        FrameColumn("type", "string", "", "type of accident (GB 6441)"),
        FrameColumn("accident_class", "string", "", "一般, 较大, 重大 or 特别重大"),
        FrameColumn("deaths", "Int64", "persons", "dead and missing"),
        FrameColumn("missing", "Int64", "persons", "the missing among them"),
        FrameColumn("counted", "boolean", "", "whether it counts against the cap"),
    ),
)


@dataclass(frozen=True, slots=True)
class FatalAccidents:
    """The fatal accidents of a year up to a day that its reader may see, in order of day; ``known``: any ledger of the year is."""

    zone: Zone
    year: Year
    as_of: date
    accidents: tuple[Accident, ...]
    known: bool

    @property
    def counted(self) -> list[Accident]:
        """Those that count against the cap."""
        return [one for one in self.accidents if one.counted]

    @property
    def sectors(self) -> list[str]:
        """The sectors in which people died, most deaths first; else in the zone's order."""
        deaths = deaths_by_sector(self.accidents)
        return sorted(deaths, key=lambda code: (-deaths[code], list(self.zone.sectors).index(code)))

    def frame(self) -> DataFrame:
        """One row an accident (``LAYOUT``)."""
        alike = ("happened_on", "sector", "department", "type", "accident_class", "deaths", "missing", "counted")
        return LAYOUT.frame(
            {
                **{name: getattr(one, name) for name in alike},
                "unit": one.territory,
                "period": str(self.year),
                "accident": one.number,
                "sector_name": self.zone.sectors[one.sector],
            }
            for one in self.accidents
        )


def deaths_by_sector(accidents: Sequence[Accident]) -> Counter[str]:
    """Sector → persons."""
    found: Counter[str] = Counter()
    for one in accidents:
        found[one.sector] += one.deaths
    return found


def of_year(result: Casualties) -> FatalAccidents:
    """The fatal accidents among those of the year's casualties."""
    fatal = [row.accident for row in result.accidents if row.accident.fatal]
    in_order = tuple(sorted(fatal, key=lambda one: (one.happened_on, one.number)))
    known = any(month.year == result.year.year for month in result.ledgers)
    return FatalAccidents(result.zone, result.year, result.as_of, in_order, known)
