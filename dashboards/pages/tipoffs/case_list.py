"""The cases in the list's own form, for phones, paper and browsers without a grid; of nobody's cases but the reader's own or all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.pager import pager
from dashboards.results.names import case_state
from dashboards.results.tipoff_list import cell_of
from dashboards.results.tipoffs import TipoffTold
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.zone import Zone

PAGE_SIZE = 10
TONES = {
    "overdue": ("bad", "!"), "open": ("calm", "…"), "unpaid": ("warn", "◷"), "settled": ("good", "✓"),
}  # fmt: skip


def table(
    shown: list[TipoffTold], sources: Mapping[tuple[int, int], ToldRow], zone: Zone, *, identity: str
) -> Component:
    """These cases."""
    heads = [
        parts.head(_("Number of the case")),
        parts.head(_("Object"), _("Type of case")),
        parts.head(_("Handled by"), _("Sector")),
        parts.head(_("Received on")),
        parts.head(_("State")),
        parts.head(_("Settled on")),
        parts.head(_("Substantiated")),
        parts.head(_("Rewards (yuan)"), name="num"),
        parts.head(_("Paid on")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, sources[one.submission, one.row], zone) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: TipoffTold, source: ToldRow, zone: Zone) -> Component:
    told = one.told
    sector = None if one.sector is None else html.Small(zone.sectors[one.sector])
    return html.Tr(
        [
            parts.cell(_("Number of the case"), one.number, name="wide number"),
            parts.cell(_("Object"), html.Div(one.object), html.Small(told.type), name="wide"),
            parts.cell(_("Handled by"), html.Div(zone.unit_by_code[one.unit].short_name), sector),
            parts.cell(_("Received on"), numbers.day(told.received_on), name="day"),
            parts.cell(_("State"), _tag(one)),
            parts.cell(_("Settled on"), numbers.day(told.closed_on), name="day"),
            parts.cell(_("Substantiated"), _("yes") if told.substantiated else numbers.NONE),
            parts.cell(_("Rewards (yuan)"), numbers.yuan(told.reward_yuan), name="num"),
            parts.cell(_("Paid on"), numbers.day(told.paid_on), name="day"),
            parts.cell(_("Where it stands"), told_source.in_list(source, cell_of(source)), name="sources"),
        ]
    )


def _tag(one: TipoffTold) -> Component:
    tone, symbol = TONES[one.state]
    return parts.tag(state_said(one), tone, symbol=symbol)


def state_said(one: TipoffTold) -> str:
    """How a case stands, and how old it is while it is open."""
    said = case_state(one.state)
    return said if one.open_days is None else _("%(state)s, %(n)s days", state=said, n=numbers.count(one.open_days))


def pages(page: int, total: int, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which cases are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _(
            "cases of tip-offs %(first)s–%(last)s of %(total)s", first=first, last=last, total=numbers.count(total)
        )

    return pager(page, PAGE_SIZE, total, said=said, link=link, label=_("Pages of tip-offs"), identity=identity)
