"""What is chosen on the page of casualty targets, as chips: the unit or the sector whose curve is drawn, a type, an accident."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components import numbers
from dashboards.components.chips import Chip
from dashboards.pages.casualty_targets.query import CasualtiesQuery
from dashboards.results import accident_list
from dashboards.results.casualties import Casualties
from data.language import gettext as _


def chips(asked: CasualtiesQuery, result: Casualties) -> list[Chip]:
    """The choice beyond year and day; the scope of an account that sees one unit alone is no choice."""
    scope = [] if result.own_unit is not None else list(_scope(asked, result))
    return [*scope, *_type(asked), *_accident(asked, result), *_published(asked)]


def _published(asked: CasualtiesQuery) -> Iterator[Chip]:
    if asked.published is not None:
        yield Chip(_("publication %(n)s", n=asked.published), "", asked.link(published=None))


def _accident(asked: CasualtiesQuery, result: Casualties) -> Iterator[Chip]:
    row = None if asked.accident is None else accident_list.one(result, asked.accident)
    if row is not None:
        words = _("accident of %(day)s, %(enterprise)s", day=numbers.day_of_year(row.accident.happened_on),
                  enterprise=row.accident.enterprise)  # fmt: skip
        yield Chip(words, vias().get(asked.via, ""), asked.link(accident=None))


def _type(asked: CasualtiesQuery) -> Iterator[Chip]:
    if asked.type is not None:
        via = _("accidents by type") if asked.via == "types" else ""
        yield Chip(_("accidents of the type %(name)s", name=asked.type), via, asked.link(type=None))


def vias() -> dict[str, str]:
    """Where an accident can be chosen: key → words."""
    return {
        "curve": _("deaths in the year, added up"),
        "timeline": _("where and when people died"),
        "list": _("list of accidents"),
    }


def _scope(asked: CasualtiesQuery, result: Casualties) -> Iterator[Chip]:
    via = _("the list") if asked.via == "table" else ""
    for one in result.units:
        if one.unit.code == asked.unit:
            yield Chip(one.unit.short_name, via, asked.link(unit=None))
    for sector in result.sectors:
        if sector.sector == asked.sector:
            yield Chip(_("sector %(name)s", name=sector.name), via, asked.link(sector=None))
