"""What the page of tip-offs lets its readers take along besides the cases: the figures by type and by unit, as they are sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.components import figure_standings
from dashboards.components.exports import Exported, NothingToExport, as_it_stands, scope_said
from dashboards.components.figure_standings import FiguresSaid
from dashboards.components.grid_request import Told
from dashboards.components.page_list import TIPOFFS
from dashboards.pages.tipoffs import standings
from dashboards.pages.tipoffs.query import TipoffsSeen, look
from dashboards.pages.tipoffs.standings import Columns, TipoffsLine
from dashboards.results.reading import Reading
from data.language import gettext as _


def types(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The types; of a unit's account those of its own cases."""
    seen = look(asked, reading)
    lines = standings.types(seen.report)
    return _exported(asked, seen, reading, lines, standings.of_types(), standings.said_of_types(), _("By type"))


def units(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The units; they are not for an account of one of them."""
    seen = look(asked, reading)
    if seen.report.own_unit is not None:
        raise NothingToExport
    lines = standings.units(seen.report)
    return _exported(asked, seen, reading, lines, standings.of_units(), standings.said_of_units(), _("By unit"))


def _exported(
    asked: Mapping[str, str],
    seen: TipoffsSeen,
    reading: Reading,
    lines: Sequence[TipoffsLine],
    columns: Columns,
    words: FiguresSaid,
    by: str,
) -> Exported:
    return figure_standings.exported(
        asked,
        lines,
        columns,
        words,
        title=f"{TIPOFFS.title} {by}",
        named=seen.asked.day.isoformat(),
        said=[*as_it_stands(reading, seen.asked.day), scope_said(reading)],
    )
