"""Warnings by who told of them and by type: how many were called through, answered and fed back, furthest behind first."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, numbers, part_standings
from dashboards.components.part_standings import PartChoice, PartColumn, PartWords
from dashboards.components.standings import with_exports
from dashboards.method.warning_steps import by_type
from dashboards.pages.disasters.message import MOST_TYPES, by_type_lines, by_unit
from dashboards.pages.disasters.query import DisastersSeen
from data.language import gettext as _

UNITS, TYPES = "disasters-by-unit", "disasters-by-type"
"""What the two are called among the exports."""


def said(part: str) -> PartWords:
    """What the columns are called."""
    return PartWords(
        part=part,
        share=_("Share fed back"),
        done=_("Fed back"),
        of=_("Warnings"),
        left=_("Not fed back"),
        usual=_("Furthest behind first"),
        back=_("Back to furthest behind first"),
    )


def further() -> list[PartColumn]:
    """The steps between."""
    return [
        PartColumn("called", _("Called through"), on_a_phone=False),
        PartColumn("answered", _("Answered"), on_a_phone=False),
    ]


def of_units(seen: DisastersSeen, *, identity: str) -> Component:
    """The units that told of warnings, wherever these were."""
    choice = PartChoice(
        "unit", lambda code: seen.asked.link(unit=code, via="table") + "#warnings", lambda code: {"unit": code}
    )
    lines = part_standings.furthest_behind_first(by_unit(seen.report))
    made = part_standings.table(lines, said(_("Unit that told of it")), choice, further(), identity=identity)
    return with_exports(made, export=UNITS, query=_query(seen), identity=identity)


def by_types(seen: DisastersSeen, *, identity: str) -> Component:
    """The types of which there were most, and how many others there are."""
    choice = PartChoice(
        "type",
        lambda name: seen.asked.link(type=name, via="table") + "#warnings",
        lambda name: {"type": name},
        seen.asked.type,
    )
    lines = by_type_lines(seen.report)
    first = part_standings.furthest_behind_first(lines[:MOST_TYPES])
    made = part_standings.table(first, said(_("Type of disaster")), choice, further(), identity=identity)
    others = len(by_type(seen.report.warnings.columns, seen.report.end)) - len(first)
    more = _("%(n)s further types are found in the list and in the file.", n=numbers.count(others)) if others else None
    shown = with_exports(made, export=TYPES, query=_query(seen), identity=identity)
    return html.Div([shown, html.P(more, className="note") if more else None])


def _query(seen: DisastersSeen) -> str:
    return address.query(day=seen.asked.day)
