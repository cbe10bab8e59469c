"""Disasters one by one, the latest first: whether they were warned of, what they cost, who was helped, and the cell that told of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.pager import pager
from dashboards.method.disasters import DisasterTold
from dashboards.pages.disasters import phrases
from dashboards.results.disaster_list import cell_of_disaster, place_of
from dashboards.results.disasters import DisastersReport
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _

PAGE_SIZE = 10


def table(
    shown: list[DisasterTold], sources: Mapping[tuple[int, int], ToldRow], report: DisastersReport, *, identity: str
) -> Component:
    """These disasters."""
    heads = [
        parts.head(_("Happened at")),
        parts.head(_("Type of disaster")),
        parts.head(_("Town")),
        parts.head(_("Warned of before")),
        parts.head(_("The dead and the missing")),
        parts.head(_("Moved out of danger"), name="num"),
        parts.head(_("Helped"), _("of those in need"), name="num"),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, sources[place_of(one)], report) for one in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: DisasterTold, source: ToldRow, report: DisastersReport) -> Component:
    zone = report.zone
    at = numbers.NONE if one.happened_at is None else numbers.instant(one.happened_at, zone)
    helped = f"{numbers.count(one.helped)} / {numbers.count(one.in_need)}" if one.in_need else numbers.NONE
    return html.Tr(
        [
            parts.cell(_("Happened at"), at, name="day"),
            parts.cell(_("Type of disaster"), one.type),
            parts.cell(_("Town"), zone.unit_by_code[one.territory].short_name),
            parts.cell(_("Warned of before"), warned_said(one)),
            parts.cell(
                _("The dead and the missing"),
                phrases.deaths(one.dead, one.missing) or _("none"),
                _responsible(one, report),
            ),
            parts.cell(_("Moved out of danger"), numbers.count(one.moved), name="num"),
            parts.cell(_("Helped"), helped, name="num"),
            parts.cell(
                _("Where it stands"), told_source.in_list(source, cell_of_disaster(one, source)), name="sources"
            ),
        ]
    )


def warned_said(one: DisasterTold) -> str:
    """How long before it was warned of, or that it was not."""
    before = phrases.ahead(one)
    return _("not warned of") if before is None else _("%(time)s before", time=phrases.duration(before))


def responsible_said(one: DisasterTold, report: DisastersReport) -> str:
    """Whether someone is responsible, and whether the goal is broken by it; nothing else."""
    if (one.unit, one.number_key) in report.mass:
        return _("mass disaster, someone is responsible")
    return _("someone is responsible") if one.responsible else ""


def _responsible(one: DisasterTold, report: DisastersReport) -> Component | None:
    said = responsible_said(one, report)
    return html.Div(parts.tag(said, "warn", symbol="■")) if said else None


def pages(page: int, total: int, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which disasters are shown, and the way to the others."""

    def said(first: int, last: int) -> str:
        return _("disasters %(first)s–%(last)s of %(total)s", first=first, last=last, total=numbers.count(total))

    return pager(page, PAGE_SIZE, total, said=said, link=link, label=_("Pages of disasters"), identity=identity)
