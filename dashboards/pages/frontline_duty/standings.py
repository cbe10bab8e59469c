"""A batch by town and by sector: who has come how far, furthest behind first; a name lists its enterprises."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import address, part_standings
from dashboards.components.part_standings import PartChoice, PartWords
from dashboards.components.standings import with_exports
from dashboards.pages.frontline_duty.message import sectors, towns
from dashboards.pages.frontline_duty.query import FrontlineSeen
from data.language import gettext as _

TOWNS, SECTORS = "frontline-by-town", "frontline-by-sector"
"""What the two are called among the exports."""


def said(part: str) -> PartWords:
    """What the columns are called."""
    return PartWords(
        part=part,
        share=_("Coverage"),
        done=_("Complete"),
        of=_("Enterprises listed"),
        left=_("Still lacking"),
        usual=_("Furthest behind first"),
        back=_("Back to furthest behind first"),
    )


def by_town(seen: FrontlineSeen, *, identity: str) -> Component:
    """The towns."""
    choice = PartChoice(
        "unit",
        lambda code: seen.asked.link(town=code, sector=None, via="table") + "#enterprises",
        lambda code: {"town": code, "sector": None},
    )
    lines = part_standings.furthest_behind_first(towns(seen.report, seen.batch))
    made = part_standings.table(lines, said(_("Town")), choice, identity=identity)
    return with_exports(made, export=TOWNS, query=_query(seen), identity=identity)


def by_sector(seen: FrontlineSeen, *, identity: str) -> Component:
    """The sectors."""
    choice = PartChoice(
        "sector",
        lambda code: seen.asked.link(sector=code, town=None, via="table") + "#enterprises",
        lambda code: {"sector": code, "town": None},
    )
    lines = part_standings.furthest_behind_first(sectors(seen.report, seen.batch))
    made = part_standings.table(lines, said(_("Sector")), choice, identity=identity)
    return with_exports(made, export=SECTORS, query=_query(seen), identity=identity)


def _query(seen: FrontlineSeen) -> str:
    return address.query(day=seen.asked.day, batch=seen.batch.batch)
