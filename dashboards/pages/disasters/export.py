"""What the page of warnings lets its readers take along besides the list of warnings: by town, by type, and the disasters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.components import numbers, part_standings, told_source
from dashboards.components.exports import (
    Exported,
    Field,
    NothingToExport,
    Written,
    as_it_stands,
    refuse_too_many,
    scope_said,
)
from dashboards.components.grid_request import Told
from dashboards.components.page_list import DISASTERS
from dashboards.components.part_standings import PartLine
from dashboards.method.disasters import DisasterTold
from dashboards.pages.disasters import message, standings
from dashboards.pages.disasters.chosen import whose
from dashboards.pages.disasters.disaster_table import responsible_said, warned_said
from dashboards.pages.disasters.query import DisastersSeen, look
from dashboards.results import disaster_list
from dashboards.results import disasters as results
from dashboards.results.disaster_list import cell_of_disaster, number_of, place_of
from dashboards.results.reading import Reading
from data.language import gettext as _

EXPORT = "disasters"


def units(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The units that told of warnings; they are not for an account of one of them."""
    seen = look(asked, reading)
    if seen.report.own_unit is not None:
        raise NothingToExport
    return _standing(
        asked, seen, reading, message.by_unit(seen.report), _("By unit that told of them"), _("Unit that told of it")
    )


def types(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The types; of a unit's account those of its own warnings."""
    seen = look(asked, reading)
    return _standing(asked, seen, reading, message.by_type_lines(seen.report), _("By type"), _("Type of disaster"))


def _standing(
    asked: Mapping[str, str], seen: DisastersSeen, reading: Reading, lines: Sequence[PartLine], by: str, part: str
) -> Exported:
    title = f"{DISASTERS.title} {by}"
    return part_standings.exported(
        asked,
        part_standings.furthest_behind_first(lines),
        standings.said(part),
        standings.further(),
        name=_name(title, seen),
        title=title,
        said=_said(seen, reading),
    )


def disasters(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The disasters of the unit and the type that are chosen, the latest first."""
    seen = look(asked, reading)
    listed = seen.narrowing.disasters_of(seen.report)
    refuse_too_many(len(listed))
    found = results.rows(reading, listed)
    sources = disaster_list.sources(reading, found)
    title = " ".join([DISASTERS.title, _("list of disasters")])
    return Exported(
        name=_name(title, seen),
        title=title,
        said=[*_said(seen, reading), *whose(seen), _("The latest first")],
        fields=[Field(heading, written) for heading, written in _columns()],
        rows=[[*_values(one, seen, reading), told_source.in_file(sources[place_of(one)], cell_of_disaster(one, sources[place_of(one)]))]
              for one in found],
    )  # fmt: skip


def _name(title: str, seen: DisastersSeen) -> str:
    return f"{title} {seen.asked.day.isoformat()}".replace(" ", "-")


def _said(seen: DisastersSeen, reading: Reading) -> list[str]:
    return [*as_it_stands(reading, seen.asked.day), scope_said(reading)]


def _columns() -> list[tuple[str, Written]]:
    return [
        (_("Happened at"), Written.TEXT), (_("Type of disaster"), Written.TEXT), (_("Town"), Written.TEXT), (_("Told by"), Written.TEXT),
        (_("Number in the ledger"), Written.TEXT), (_("Warned of before"), Written.TEXT), (_("Lost their lives"), Written.COUNT),
        (_("Missing"), Written.COUNT), (_("Responsible"), Written.TEXT), (_("Moved out of danger"), Written.COUNT),
        (_("In need of help"), Written.COUNT), (_("Helped"), Written.COUNT), (_("Where it stands"), Written.TEXT),
    ]  # fmt: skip


def _values(one: DisasterTold, seen: DisastersSeen, reading: Reading) -> list[Any]:
    units_ = seen.zone.unit_by_code
    at = numbers.NONE if one.happened_at is None else numbers.instant(one.happened_at, seen.zone)
    return [
        at, one.type, units_[one.territory].short_name, units_[one.unit].short_name, number_of(one, reading.scope), warned_said(one),
        one.dead, one.missing, responsible_said(one, seen.report) or None, one.moved, one.in_need, one.helped,
    ]  # fmt: skip
