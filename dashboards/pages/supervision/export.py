"""What supervision lets its readers take along besides the list of findings: the figures by unit and by method, as they are sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.components import figure_standings
from dashboards.components.exports import Exported, NothingToExport, as_it_stands, scope_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import SUPERVISION
from dashboards.pages.supervision import standings
from dashboards.pages.supervision.query import SupervisionSeen, look
from dashboards.pages.supervision.standings import SupervisionLine
from dashboards.results.reading import Reading
from data.language import gettext as _


def units(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The units; they are not for an account of one of them."""
    seen = look(asked, reading)
    if seen.report.own_unit is not None:
        raise NothingToExport
    return _exported(asked, seen, reading, standings.units(seen.report), _("By unit"), _("Supervised unit"))


def methods(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The methods; of a unit's account those of its own findings."""
    seen = look(asked, reading)
    return _exported(asked, seen, reading, standings.methods(seen.report), _("By method"), _("Method of supervision"))


def _exported(
    asked: Mapping[str, str],
    seen: SupervisionSeen,
    reading: Reading,
    lines: Sequence[SupervisionLine],
    by: str,
    of: str,
) -> Exported:
    return figure_standings.exported(
        asked,
        lines,
        standings.columns(),
        standings.said(of),
        title=f"{SUPERVISION.title} {by}",
        named=seen.asked.day.isoformat(),
        said=[*as_it_stands(reading, seen.asked.day), scope_said(reading)],
    )
