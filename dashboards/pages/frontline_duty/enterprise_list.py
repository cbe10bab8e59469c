"""The enterprises in the list's own form, for phones, paper and browsers without a grid: some on a page, each with the cell that told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.pager import pager
from dashboards.results.frontline import EnterpriseDuty
from dashboards.results.frontline_list import cell_of, completed_on, lacking_said
from dashboards.results.names import duty_state
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.zone import Zone

PAGE_SIZE = 10
TONES = {
    "silent": ("warn", "?"), "lacking": ("bad", "✗"), "to_come": ("calm", "…"), "complete": ("good", "✓"),
}  # fmt: skip


def table(shown: list[EnterpriseDuty], sources: Mapping[str, ToldRow], zone: Zone, *, identity: str) -> Component:
    """These enterprises."""
    heads = [
        parts.head(_("Enterprise of the register"), _("unified credit code")),
        parts.head(_("Town")),
        parts.head(_("Sector")),
        parts.head(_("State")),
        parts.head(_("Lacks")),
        parts.head(_("Complete since")),
        parts.head(_("Told by")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, sources[one.listed.credit_code], zone) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: EnterpriseDuty, source: ToldRow, zone: Zone) -> Component:
    units = zone.unit_by_code
    tone, symbol = TONES[one.state]
    told_by = numbers.NONE if one.unit is None else units[one.unit].short_name
    return html.Tr(
        [
            parts.cell(
                _("Enterprise of the register"),
                html.Div(one.listed.name),
                html.Small(one.listed.credit_code),
                name="wide",
            ),
            parts.cell(_("Town"), units[one.listed.territory].short_name),
            parts.cell(_("Sector"), zone.sectors[one.listed.sector]),
            parts.cell(_("State"), parts.tag(duty_state(one.state), tone, symbol=symbol)),
            parts.cell(_("Lacks"), lacking_said(one) or numbers.NONE, name="wide"),
            parts.cell(_("Complete since"), numbers.day(completed_on(one)), name="day"),
            parts.cell(_("Told by"), told_by),
            parts.cell(_("Where it stands"), told_source.in_list(source, cell_of(one, source)), name="sources"),
        ]
    )


def pages(page: int, total: int, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which enterprises are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("enterprises %(first)s–%(last)s of %(total)s", first=first, last=last, total=numbers.count(total))

    return pager(page, PAGE_SIZE, total, said=said, link=link, label=_("Pages of enterprises"), identity=identity)
