"""What the address of the page asks for: which of the two lists, and the town or sector whose enterprises alone are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address
from dashboards.components.page_list import COVERAGE
from dashboards.results import inspection_coverage
from dashboards.results.inspection_coverage import LISTS, InspectionCoverage, Which
from dashboards.results.reading import Reading
from dashboards.results.register_today import RegisterPart


@dataclass(frozen=True, slots=True)
class CoverageQuery:
    """``unit`` is a town; ``via`` where town or sector was chosen."""

    which: Which
    unit: str | None
    sector: str | None
    via: str = ""

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        return COVERAGE.path + address.query(**{**self.choices, **changes})

    @property
    def choices(self) -> dict[str, object]:
        """The keys of the address that say what is shown."""
        return {"list": self.which, "unit": self.unit, "sector": self.sector}

    @property
    def wanted(self) -> RegisterPart:
        """Which enterprises are shown."""
        return inspection_coverage.wanted_of(self.which, self.unit, self.sector)


@dataclass(frozen=True, slots=True)
class CoverageSeen:
    """What an address shows."""

    asked: CoverageQuery
    result: InspectionCoverage


def look(query: Mapping[str, Any], reading: Reading) -> CoverageSeen:
    """Fetch what an address asks for; a town or sector without an enterprise is no choice."""
    result = inspection_coverage.fetch(reading)
    asked, unit, sector = (address.text(query.get(key)) for key in ("list", "unit", "sector"))
    return CoverageSeen(
        CoverageQuery(
            which=next((one for one in LISTS if one == asked), LISTS[0]),
            unit=unit if unit in result.towns else None,
            sector=sector if sector in result.sectors else None,
            via=address.text(query.get("via")) or "",
        ),
        result,
    )
