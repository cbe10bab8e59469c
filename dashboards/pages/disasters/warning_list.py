"""The warnings in the list's own form, for phones, paper and browsers without a grid: each a line of steps, with the cell that told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.pager import pager
from dashboards.components.step_line import step_line
from dashboards.method.warning_steps import WarningWay
from dashboards.pages.disasters import phrases
from dashboards.results.disaster_list import cell_of, place_of
from dashboards.results.disasters import DisastersReport
from dashboards.results.names import warning_state
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _

PAGE_SIZE = 10
TONES = {
    "not_called": ("bad", "✗"), "not_answered": ("bad", "✗"), "not_fed_back": ("warn", "…"), "closed": ("good", "✓"),
}  # fmt: skip


def table(
    shown: list[WarningWay], sources: Mapping[tuple[int, int], ToldRow], report: DisastersReport, *, identity: str
) -> Component:
    """These warnings."""
    heads = [
        parts.head(_("Type of disaster")),
        parts.head(_("Town")),
        parts.head(_("State")),
        parts.head(_("Step by step")),
        parts.head(_("Measures taken")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, sources[place_of(one.told)], report) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: WarningWay, source: ToldRow, report: DisastersReport) -> Component:
    zone = report.zone
    tone, symbol = TONES[one.state]
    steps = step_line(phrases.shown_steps(one, zone, report.scheme))
    return html.Tr(
        [
            parts.cell(_("Type of disaster"), one.told.type),
            parts.cell(_("Town"), zone.unit_by_code[one.told.territory].short_name),
            parts.cell(_("State"), parts.tag(warning_state(one.state), tone, symbol=symbol)),
            parts.cell(_("Step by step"), steps, name="wide way"),
            parts.cell(_("Measures taken"), one.told.measures or numbers.NONE),
            parts.cell(_("Where it stands"), told_source.in_list(source, cell_of(one, source)), name="sources"),
        ]
    )


def pages(page: int, total: int, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which warnings are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("warnings %(first)s–%(last)s of %(total)s", first=first, last=last, total=numbers.count(total))

    return pager(page, PAGE_SIZE, total, said=said, link=link, label=_("Pages of warnings"), identity=identity)
