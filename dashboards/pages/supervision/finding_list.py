"""The findings in the list's own form, for phones, paper and browsers without a grid: some on a page, each with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.pager import pager
from dashboards.results.names import finding_outcome
from dashboards.results.supervision import FindingTold
from dashboards.results.supervision_list import cell_of
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.zone import Zone

PAGE_SIZE = 10
TONES = {
    "overdue": ("bad", "!"), "waiting": ("calm", "…"), "late": ("warn", "◷"), "answered": ("good", "✓"),
}  # fmt: skip


def table(
    shown: list[FindingTold], sources: Mapping[tuple[int, int], ToldRow], zone: Zone, *, words: bool, identity: str
) -> Component:
    """These findings; ``words``: whether their own words are for their reader."""
    heads = [
        parts.head(_("Number of the finding")),
        parts.head(_("Supervised unit"), _("Method of supervision")),
        *([parts.head(_("Finding"))] if words else []),
        parts.head(_("Ordered on")),
        parts.head(_("Deadline")),
        parts.head(_("State")),
        parts.head(_("Answered on")),
        parts.head(_("Exposed")),
        parts.head(_("Crossed off on")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, sources[one.submission, one.row], zone, words=words) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: FindingTold, source: ToldRow, zone: Zone, *, words: bool) -> Component:
    told = one.told
    return html.Tr(
        [
            parts.cell(_("Number of the finding"), one.number, name="wide number"),
            parts.cell(
                _("Supervised unit"),
                html.Div(zone.unit_by_code[told.supervised].short_name),
                html.Small(told.method),
            ),
            *([parts.cell(_("Finding"), one.words, name="wide")] if words else []),
            parts.cell(_("Ordered on"), numbers.day(told.ordered_on), name="day"),
            parts.cell(_("Deadline"), numbers.day(told.due_on), name="day"),
            parts.cell(_("State"), tag(one)),
            parts.cell(_("Answered on"), numbers.day(told.answered_on), name="day"),
            parts.cell(_("Exposed"), _("yes") if told.exposed else numbers.NONE),
            parts.cell(_("Crossed off on"), numbers.day(told.closed_on), name="day"),
            parts.cell(_("Where it stands"), told_source.in_list(source, cell_of(one, source)), name="sources"),
        ]
    )


def tag(one: FindingTold) -> Component:
    """What became of it, and for how many days it is overdue."""
    tone, symbol = TONES[one.outcome]
    return parts.tag(state_said(one), tone, symbol=symbol)


def state_said(one: FindingTold) -> str:
    """The same in words."""
    if one.overdue is None:
        return finding_outcome(one.outcome)
    return _("overdue for %(n)s days", n=numbers.count(one.overdue))


def pages(page: int, total: int, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which findings are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("findings %(first)s–%(last)s of %(total)s", first=first, last=last, total=numbers.count(total))

    return pager(page, PAGE_SIZE, total, said=said, link=link, label=_("Pages of findings"), identity=identity)
