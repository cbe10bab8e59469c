"""Units × months: every monthly score of the year, the number in its cell, the colour only beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, corrections, numbers, parts, words
from dashboards.components.heat import level
from dashboards.components.page_list import OVERVIEW
from dashboards.components.ranking_words import flag_words
from dashboards.components.rule import rule_in_force
from dashboards.pages.overview import ways
from dashboards.results.overview import Overview
from dashboards.results.ranking import RankedRow, shown_flags
from data.language import gettext as _
from data.zone.periods import Month
from data.zone.schemes import Grades

WITHOUT_SCORE = ("refused", "set_aside", "not_reported", "awaited", "nothing_planned", "zero_enforcement")


def heat_map(result: Overview, *, identity: str) -> Component:
    """One row a unit, grouped; one column a month; each cell leads to the score taken apart."""
    grades = result.quarters[-1].scheme.grades
    heads = [parts.head(_("Unit")), *(_head(month, result.month) for month in result.months)]
    body: list[Component] = []
    filed = {month for group in result.ranking.groups for row in group.rows for month in _filed(row)}
    for group in result.ranking.groups:
        if group.rows:
            wide = len(result.months) + 1
            name = dcc.Link(words.group(group.group), href=ways.ranking(result.month, group=group.group))
            body.append(html.Tr(html.Th(name, colSpan=wide, scope="rowgroup"), className="group"))
        body += [_row(row, result, grades, filed) for row in group.rows]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table overview-heat", id=identity
    )
    frame = html.Div(table, className="table-frame", **parts.attributes(data_scrolls=""))
    return html.Div([_legend(grades), frame, html.P(rule_in_force(result.ranking.scheme), className="note")])


def _head(month: Month, shown: Month) -> Component:
    """A month, leading to its own overview; the one that is shown leads nowhere."""
    name = numbers.month(month.month)
    title = _("Overview of %(month)s", month=numbers.period(month))
    link = name if month == shown else dcc.Link(name, href=OVERVIEW.path + address.query(period=month), title=title)
    return html.Th(link, scope="col", title=numbers.period(month), className="num")


def _row(row: RankedRow, result: Overview, grades: Grades, filed: Collection[Month]) -> Component:
    cells = [_cell(row, month, result, grades, begun=month in filed) for month in result.months]
    name = dcc.Link(row.unit.short_name, href=ways.unit(result.month, row.unit))
    stays = parts.attributes(data_floats="")  # on a phone it stands still while the months run past it
    return html.Tr([html.Th(name, scope="row", title=row.unit.name, **stays), *cells])


def _filed(row: RankedRow) -> set[Month]:
    return {month for month, one in row.of_months.items() if one.indicators is not None}


def _cell(row: RankedRow, month: Month, result: Overview, grades: Grades, *, begun: bool) -> Component:
    one = row.of_months.get(month)
    if one is None or not begun:
        return html.Td(numbers.NONE, className="num heat-empty")
    last = row.undone_in.get(month)
    flags = shown_flags(one.flags, last)
    href = ways.unit(month, row.unit)
    said = _("%(unit)s, %(month)s: %(flags)s", unit=row.unit.short_name, month=numbers.period(month),
             flags=_(", ").join(flag_words(flag, last, result.zone) for flag in flags) or _("no flags"))  # fmt: skip
    tone = "none" if one.score is None else level(one.score, grades)
    moved = row.corrections.get(month)
    if moved is None:
        return html.Td(dcc.Link(_words(one.score, flags), href=href, title=said), className=f"num cell-{tone}")
    mark = html.Small(corrections.short(one, moved), className="corrected")
    title = _("%(said)s. %(more)s", said=said, more=corrections.sentence(one, moved, result.zone))
    link = dcc.Link([_words(one.score, flags), mark], href=href, title=title)
    return html.Td(link, className=f"num cell-{tone}")


def _words(score: Decimal | None, flags: Sequence[str]) -> str:
    if score is not None:
        return numbers.points(score)
    return next((words.short_flag(flag) for flag in WITHOUT_SCORE if flag in flags), numbers.NONE)


def _legend(grades: Grades) -> Component:
    best, good, passed = (numbers.decimal(bound) for bound in (grades.excellent, grades.good, grades.passed))
    steps = [
        ("excellent", _("%(bound)s and above", bound=best)),
        ("good", _("%(bound)s and above", bound=good)),
        ("passed", _("%(bound)s and above", bound=passed)),
        ("failed", _("below %(bound)s", bound=passed)),
    ]
    keys = [html.Span(said, className=f"heat-step cell-{name}") for name, said in steps]
    hint = html.Span(_("Each score leads to what it is made of."))
    return html.P([html.Span(_("The higher the better:")), *keys, hint], className="overview-legend")
