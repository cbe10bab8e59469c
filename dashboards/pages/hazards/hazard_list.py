"""The hazards in the list's own form, for phones, paper and browsers without a grid: some on a page, each with the cell that told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.lights import HAZARD_TONES
from dashboards.components.pager import pager
from dashboards.method.hazards import Hazard, state
from dashboards.pages.hazards import phrases
from dashboards.results.hazard_list import crossed_off_by, days_overdue, grade
from dashboards.results.hazard_texts import HazardTexts
from dashboards.results.names import hazard_state
from dashboards.results.told_rows import ToldRow
from dashboards.results.told_texts import RowKey
from data.language import gettext as _
from data.zone.zone import Zone

PAGE_SIZE = 10


def cell_of(one: Hazard, source: ToldRow, day: date) -> str:
    """The cell to look at: of an open one its deadline, of one crossed off that day."""
    key = "rectify_by" if crossed_off_by(one, day) is None else "crossed_off_on"
    return source.cells.get(key, source.cells.get("number", str(source.row)))


def table(
    shown: list[Hazard], texts: Mapping[RowKey, HazardTexts], sources: Mapping[RowKey, ToldRow], day: date, zone: Zone, *, identity: str
) -> Component:  # fmt: skip
    """These hazards."""
    heads = [
        parts.head(_("Number of the hazard")), parts.head(_("Enterprise of the hazard"), _("Description of the hazard")),
        parts.head(_("Unit that told of it")), parts.head(_("Sector")), parts.head(_("Grade of the hazard"), _("Responsible level")),
        parts.head(_("Found on")), parts.head(_("Deadline of rectification")), parts.head(_("State")), parts.head(_("Where it stands")),
    ]  # fmt: skip
    body = [_row(one, texts[_key(one)], sources[_key(one)], day, zone) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _key(one: Hazard) -> RowKey:
    return one.submission, one.row


def _row(one: Hazard, texts: HazardTexts, source: ToldRow, day: date, zone: Zone) -> Component:
    tone, symbol = HAZARD_TONES[state(one, day)]
    return html.Tr(
        [
            parts.cell(_("Number of the hazard"), texts.number),
            parts.cell(_("Enterprise of the hazard"), html.Div(texts.enterprise), html.Small(texts.description), name="wide"),
            parts.cell(_("Unit that told of it"), zone.unit_by_code[one.unit].short_name),
            parts.cell(_("Sector"), zone.sectors[one.sector]),
            parts.cell(_("Grade of the hazard"), html.Div(grade(one)), html.Small(phrases.level(one.level))),
            parts.cell(_("Found on"), numbers.day(one.found_on), name="day"),
            parts.cell(_("Deadline of rectification"), numbers.day(one.rectify_by), name="day"),
            parts.cell(_("State"), parts.tag(hazard_state(state(one, day)), tone, symbol=symbol), _days(one, day)),
            parts.cell(_("Where it stands"), told_source.in_list(source, cell_of(one, source, day)), name="sources"),
        ]
    )  # fmt: skip


def _days(one: Hazard, day: date) -> Component | None:
    """Under the state how long it is overdue, or when it was crossed off."""
    late, crossed_off = days_overdue(one, day), crossed_off_by(one, day)
    if late is not None:
        return html.Small(phrases.days(late))
    return None if crossed_off is None else html.Small(numbers.day(crossed_off))


def pages(
    page: int, size: int, total: int, *, link: Callable[[int], str], label: str, identity: str
) -> Component | None:
    """Which hazards are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("hazards %(first)s–%(last)s of %(total)s", first=first, last=last, total=numbers.count(total))

    return pager(page, size, total, said=said, link=link, label=label, identity=identity)
