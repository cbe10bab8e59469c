"""What is chosen on the page, as chips: a town or a sector."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.pages.inspection_coverage.query import CoverageSeen
from data.language import gettext as _


def chips(seen: CoverageSeen) -> Iterator[Chip]:
    """Town and sector, each with the way without it."""
    asked, zone = seen.asked, seen.result.zone
    via = _("the list") if asked.via else ""
    if asked.unit is not None:
        yield Chip(zone.unit_by_code[asked.unit].short_name, via, asked.link(unit=None))
    if asked.sector is not None:
        yield Chip(_("sector %(name)s", name=zone.sectors[asked.sector]), via, asked.link(sector=None))
