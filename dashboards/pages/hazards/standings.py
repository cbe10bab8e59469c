"""The hazards by unit that told of them, by sector and by responsible level: who has most overdue first; a name lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dash.development.base_component import Component

from dashboards.components import address, part_standings
from dashboards.components.exports import Written
from dashboards.components.part_standings import PartChoice, PartColumn, PartLine, PartWords
from dashboards.components.standings import with_exports
from dashboards.method.hazards import GradedFigures
from dashboards.pages.hazards import phrases
from dashboards.pages.hazards.query import HazardsSeen
from dashboards.results.hazard_list import level_key
from data.language import gettext as _

PartOfHazards = Literal["unit", "sector", "level"]
EXPORTS: dict[PartOfHazards, str] = {
    "unit": "hazards-by-unit",
    "sector": "hazards-by-sector",
    "level": "hazards-by-level",
}
"""What the three are called among the exports."""


def part_said(part: PartOfHazards) -> str:
    """What the parts are called."""
    return {"unit": _("Unit"), "sector": _("Sector"), "level": _("Responsible level")}[part]


def words(part: PartOfHazards) -> PartWords:
    """What the columns are called."""
    return PartWords(
        part=part_said(part),
        share=_("Share crossed off"),
        done=_("Crossed off"),
        of=_("On record"),
        left=_("Still open"),
        usual=_("Most overdue first"),
        back=_("Back to most overdue first"),
    )


def columns() -> list[PartColumn]:
    """What else is told of each."""
    return [PartColumn("overdue", _("Overdue")), PartColumn("on_time", _("In time"), Written.SHARE)]


def lines(seen: HazardsSeen, part: PartOfHazards) -> list[PartLine]:
    """Those with most overdue first, then with most open; without those that have no hazard."""
    found = [_line(seen, *one, place) for place, one in enumerate(_parts(seen, part)) if seen.of(one[-1]).found]
    return sorted(found, key=lambda one: (-int(one.more["overdue"] or 0), -one.left, one.place))


def without_any(seen: HazardsSeen) -> str:
    """Of which units none is on record; nothing where there is no such unit."""
    names = [name for _code, name, _confirmed, found in _parts(seen, "unit") if not seen.of(found).found]
    return _("None on record of: %(units)s.", units=_(", ").join(names)) if names else ""


def _parts(seen: HazardsSeen, part: PartOfHazards) -> Iterator[tuple[str, str, bool, GradedFigures]]:
    """Code, name, whether the zone confirmed it, and figures: units in the zone's order."""
    report, zone = seen.report, seen.zone
    if part == "unit":
        for code, found in report.units.items():
            yield code, zone.unit_by_code[code].short_name, zone.unit_by_code[code].confirmed, found
    elif part == "sector":
        for code, name in zone.sectors.items():
            if code in report.sectors:
                yield code, name, True, report.sectors[code]
    else:
        for level, found in sorted(report.levels.items(), key=lambda one: (one[0] is None, one[0] or "")):
            yield level_key(level), phrases.level(level), True, found


def _line(
    seen: HazardsSeen, code: str, name: str, confirmed: bool, found: GradedFigures, place: int
) -> PartLine:  # unpacked from a part
    one = seen.of(found)
    more = {"overdue": one.overdue, "on_time": one.on_time_rate}
    return PartLine(code, name, one.crossed_off, one.found, place, confirmed, more)


def standing(seen: HazardsSeen, part: PartOfHazards, *, identity: str) -> Component:
    """The lines with the way to take them along."""
    others: dict[str, None] = {key: None for key in EXPORTS if key != part}
    choice = PartChoice(
        part,
        lambda code: seen.asked.link(**{**others, part: code, "via": "table"}) + "#hazards",
        lambda code: {**others, part: code},
    )
    made = part_standings.table(lines(seen, part), words(part), choice, columns(), identity=identity)
    query = address.query(day=seen.asked.day, grade=seen.asked.grade)
    return with_exports(made, export=EXPORTS[part], query=query, identity=identity)
