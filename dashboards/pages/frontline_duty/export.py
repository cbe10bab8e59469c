"""What front-line duty lets its readers take along besides the list of enterprises: a batch by town and by sector, as they are sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.components import part_standings
from dashboards.components.exports import Exported, NothingToExport, as_it_stands, scope_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import FRONTLINE
from dashboards.components.part_standings import PartLine
from dashboards.pages.frontline_duty import message, standings
from dashboards.pages.frontline_duty.query import FrontlineSeen, look
from dashboards.results.names import batch
from dashboards.results.reading import Reading
from data.language import gettext as _


def towns(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The towns; they are not for an account of one unit."""
    seen = look(asked, reading)
    if seen.report.own_unit is not None:
        raise NothingToExport
    return _exported(asked, seen, reading, message.towns(seen.report, seen.batch), _("By town"), _("Town"))


def sectors(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The sectors; of a unit's account those of its own enterprises."""
    seen = look(asked, reading)
    return _exported(asked, seen, reading, message.sectors(seen.report, seen.batch), _("By sector"), _("Sector"))


def _exported(
    asked: Mapping[str, str], seen: FrontlineSeen, reading: Reading, lines: Sequence[PartLine], by: str, part: str
) -> Exported:
    title = f"{FRONTLINE.title} {batch(seen.batch.batch)} {by}"
    return part_standings.exported(
        asked,
        part_standings.furthest_behind_first(lines),
        standings.said(part),
        name=f"{title} {seen.asked.day.isoformat()}".replace(" ", "-"),
        title=title,
        said=[*as_it_stands(reading, seen.asked.day), scope_said(reading)],
    )
