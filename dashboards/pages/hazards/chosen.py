"""What is chosen on the page of hazards, as chips and in words: a unit, a sector, a level, how they stand, how old they are."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components.chips import Chip
from dashboards.pages.hazards import phrases
from dashboards.pages.hazards.query import GradeAsked, HazardsSeen
from dashboards.results.names import hazard_band, hazard_state
from data.language import gettext as _


def grade_said(grade: GradeAsked) -> str:
    """All grades, or the major hazards alone."""
    return _("major hazards alone") if grade == "major" else _("all hazards")


def chips(seen: HazardsSeen) -> list[Chip]:
    """The choice beyond the day and the grade."""
    asked = seen.asked
    ways = {"table": _("the list"), "figures": _("the key figures"), "ages": _("the ages")}
    return [
        Chip(words, ways.get(asked.via, "") if last else "", asked.link(**{key: None}))
        for key, words, last in _choices(seen)
    ]


def narrowed(seen: HazardsSeen) -> list[str]:
    """The same in words."""
    return [words for _key, words, _last in _choices(seen)]


def _choices(seen: HazardsSeen) -> Iterator[tuple[str, str, bool]]:
    """Key of the address, words, and whether ``via`` tells where such a thing was chosen."""
    asked, zone = seen.asked, seen.zone
    of_part = asked.via == "table"
    if asked.unit is not None:
        yield "unit", zone.unit_by_code[asked.unit].short_name, of_part
    if asked.sector is not None:
        yield "sector", _("sector %(name)s", name=zone.sectors[asked.sector]), of_part
    for level in seen.level:
        yield "level", _("level %(name)s", name=phrases.level(level)), of_part
    if asked.state is not None:
        yield "state", hazard_state(asked.state), not of_part
    if asked.age is not None:
        yield "age", _("open for %(band)s", band=hazard_band(asked.age)), not of_part
