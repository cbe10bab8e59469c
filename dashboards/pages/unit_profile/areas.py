"""The areas of work of one unit: its hazards, findings, open cases, enterprises' documents, warnings, and its items of the plan."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, key_figures, numbers, parts, plan_words
from dashboards.components.key_figures import key_figure
from dashboards.components.page_list import DISASTERS, FRONTLINE, HAZARDS, RANKING, SUPERVISION, WORK_PLAN
from dashboards.results import plan_items, plan_names
from dashboards.results.cases import OpenCase
from dashboards.results.names import batch
from dashboards.results.unit_profile import UnitAreas, UnitProfile
from data.language import gettext as _
from data.zone.zone import Unit

MOST_ITEMS = 10


def tiles(unit: Unit, one: UnitAreas, *, identity: str) -> Component:
    """A figure an area, each leading to its page."""
    shown = [
        *_plan(unit, one), *_hazards(unit, one), *_findings(unit, one), *_cases(unit, one), *_duty(unit, one), *_warnings(unit, one),
    ]  # fmt: skip
    return key_figures.key_figures(shown, identity=identity)


def _leads(words: str, path: str, **asked: object) -> Component:
    return dcc.Link(words, href=path + address.query(**asked), className="leads-on")


def _plan(unit: Unit, one: UnitAreas) -> list[Component]:
    if one.plan is None:
        return []
    counted = plan_items.counts(one.items)
    past = counted["done"] + counted["late"] + counted["overdue"]
    kept = (
        _("%(n)s of %(of)s due days kept in time", n=counted["done"], of=past)
        if past
        else _("nothing has fallen due yet")
    )
    soon = _("%(n)s fall due within 30 days", n=counted["due"]) if counted["due"] else ""
    name = _leads(_("Items of the plan overdue"), WORK_PLAN.path, day=one.day, unit=unit.code)
    return [
        key_figure(
            name,
            numbers.count(counted["overdue"]),
            kept,
            soon,
            tone="bad" if counted["overdue"] else "",
            name="figure-first",
        )
    ]


def _hazards(unit: Unit, one: UnitAreas) -> list[Component]:
    figures = one.hazards
    name = _leads(_("Hazards overdue"), HAZARDS.path, day=one.day, unit=unit.code)
    if figures is None or not figures.all.found:
        return [key_figure(name, numbers.NONE, _("no hazard is on record"))]
    open_now = _("%(n)s open, %(major)s of these major", n=figures.all.open, major=figures.major.open)
    crossed = _("crossed off %(n)s of %(of)s", n=figures.all.crossed_off, of=figures.all.found)
    return [
        key_figure(
            name, numbers.count(figures.all.overdue), open_now, crossed, tone="bad" if figures.all.overdue else ""
        )
    ]


def _findings(unit: Unit, one: UnitAreas) -> list[Component]:
    figures = one.findings
    name = _leads(_("Findings overdue and unanswered"), SUPERVISION.path, day=one.day, unit=unit.code)
    if figures is None or not figures.ordered:
        return [key_figure(name, numbers.NONE, _("no finding is on record"))]
    rate = _("%(n)s of %(of)s answered in time", n=figures.answered_in_time, of=figures.due)
    return [key_figure(name, numbers.count(figures.overdue), rate, tone="bad" if figures.overdue else "")]


def _cases(unit: Unit, one: UnitAreas) -> list[Component]:
    name = _leads(_("Cases not closed in time"), RANKING.path, unit=unit.code, measure="due_cases")
    still = _("%(n)s cases open in all", n=numbers.count(one.cases.total))
    today = "" if one.cases.day == one.day else _("as of %(day)s", day=numbers.spoken_day(one.cases.day))
    return [key_figure(name, numbers.count(one.cases.overdue), still, today, tone="bad" if one.cases.overdue else "")]


def _duty(unit: Unit, one: UnitAreas) -> list[Component]:
    if not one.duty:
        return []
    code, due, coverage = next((each for each in one.duty if each[1] >= one.day), one.duty[-1])
    name = _leads(_("Documents complete"), FRONTLINE.path, day=one.day, town=unit.code, batch=code)
    of = _("%(n)s of %(of)s enterprises on its territory", n=coverage.complete, of=coverage.enterprises)
    until = _("%(batch)s, due %(day)s", batch=batch(code), day=numbers.spoken_day(due))
    return [key_figure(name, numbers.percent(coverage.share), of, until)]


def _warnings(unit: Unit, one: UnitAreas) -> list[Component]:
    called = one.warnings
    if called is None or not called.warnings:
        return []
    name = _leads(_("Warnings fed back"), DISASTERS.path, day=one.day, unit=unit.code)
    return [key_figure(name, f"{called.fed_back} / {called.warnings}", _("%(n)s answered", n=called.answered))]


def items(unit: Unit, one: UnitAreas, *, identity: str) -> Component:
    """The unit's items that are overdue or fall due within 30 days, the earliest first."""
    if one.plan is None:
        return parts.empty(_("No work plan of the year is known."))
    found = plan_items.pairs(one.items, "overdue", "due")
    if not found:
        return parts.empty(_("Nothing is overdue, and nothing falls due within 30 days."))
    heads = [parts.head(_("Due on")), parts.head(_("Item")), parts.head(_("How far")), parts.head(_("State"))]
    body = [
        html.Tr(
            [
                parts.cell(_("Due on"), numbers.day_of_year(pair.due.day), name="day"),
                parts.cell(_("Item"), dcc.Link(f"{plan_names.item_number(pair.one.item.number)} {pair.one.item.title}",
                                               href=WORK_PLAN.path + address.query(day=one.day, unit=unit.code, item=pair.one.item.number) + "#item"), name="wide"),
                parts.cell(_("How far"), plan_words.standing(pair.one.item, pair.one)),
                parts.cell(_("State"), plan_words.tag(pair.due.state)),
            ]
        )
        for pair in found[:MOST_ITEMS]
    ]  # fmt: skip
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table plan-soon", id=identity)
    left = len(found) - MOST_ITEMS
    if left <= 0:
        return made
    more = dcc.Link(
        _("and %(n)s more", n=left),
        href=WORK_PLAN.path + address.query(day=one.day, unit=unit.code, state="overdue") + "#items",
    )
    return html.Div([made, html.P(more, className="note")])


def cases(one: UnitAreas, *, identity: str) -> Component:
    """The cases that are still open, first those that fell due first."""
    found = one.cases
    if not found.total:
        return parts.empty(_("No case with a due day is open."))
    heads = [parts.head(_("Due on")), parts.head(_("Enterprise")), parts.head(_("Number of the document"))]
    body = [_case(case, late=case.due_on < found.day) for case in found.cases]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)
    left = found.total - len(found.cases)
    more = [html.P(_("and %(n)s more", n=left), className="note")] if left > 0 else []
    return html.Div([html.Div(made, className="table-frame"), *more])


def _case(case: OpenCase, *, late: bool) -> Component:
    day: list[Component | str] = [numbers.day(case.due_on), " "]
    if late:
        day.append(parts.tag(_("item overdue"), "bad", symbol="✗"))
    return html.Tr(
        [
            parts.cell(_("Due on"), day, name="day"),
            parts.cell(_("Enterprise"), case.enterprise),
            parts.cell(_("Number of the document"), case.number, name="number"),
        ]
    )


def basis(one: UnitProfile) -> str:
    """As of which day all of it is."""
    return _("Months and quarters as known today; deaths as of %(day)s.", day=numbers.spoken_day(one.day))
