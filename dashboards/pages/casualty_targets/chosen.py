"""What is chosen on the page of casualty targets, as chips: the unit or the sector whose curve is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.pages.casualty_targets.query import CasualtiesQuery
from dashboards.results.casualties import Casualties
from data.language import gettext as _


def chips(asked: CasualtiesQuery, result: Casualties) -> list[Chip]:
    """The choice beyond year and day; none for an account that sees one unit alone."""
    return [] if result.own_unit is not None else list(_scope(asked, result))


def _scope(asked: CasualtiesQuery, result: Casualties) -> Iterator[Chip]:
    names = {"table": _("the list"), "timeline": _("the timeline of accidents")}
    via = names.get(asked.via or "", "")
    for one in result.units:
        if one.unit.code == asked.unit:
            yield Chip(one.unit.short_name, via, asked.link(unit=None))
    for sector in result.sectors:
        if sector.sector == asked.sector:
            yield Chip(_("sector %(name)s", name=sector.name), via, asked.link(sector=None))
