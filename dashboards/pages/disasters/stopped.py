"""Where warnings stopped, and how many were answered late; each leads to those warnings."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.kind_rows import KindRow, kind_table
from dashboards.method.warning_steps import WARNING_STATES
from dashboards.pages.disasters.chosen import kind_said
from dashboards.pages.disasters.query import DisastersSeen
from dashboards.results import disaster_list
from dashboards.results.disaster_list import IN_TIME, SLOW
from data.language import gettext as _


def table(seen: DisastersSeen, *, identity: str) -> Component:
    """How many warnings of the unit and the type got how far."""
    shown = seen.of_unit_and_type
    every = len(shown.state)
    if not every:
        return parts.empty(_("No warning of this kind was given by the day, so none can have stopped."))
    found = disaster_list.counts(shown)
    rows = [_row(seen, kind, kind_said(kind, seen.report.scheme), found[kind], every) for kind in WARNING_STATES]
    called = every - found["not_called"]
    if called:
        answers = ((kind, kind_said(kind, seen.report.scheme)) for kind in (IN_TIME, SLOW))
        rows += [_row(seen, kind, parts.behind(said, _("of the calls")), found[kind], called) for kind, said in answers]
    return kind_table(rows, that=_("Warnings that are"), things=_("Warnings"), via="steps", identity=identity)


def _row(seen: DisastersSeen, kind: str, said: str, number: int, of: int) -> KindRow:
    link = seen.asked.link(state=kind, via="steps") + "#warnings"
    return KindRow(kind, said, number, of, link, seen.asked.state == kind)
