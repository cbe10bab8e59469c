"""The areas of work, one tile each: the figure that counts, what is behind it, and the way to its page as of the same day."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers
from dashboards.components.page_list import DISASTERS, FRONTLINE, HAZARDS, SUPERVISION, TIPOFFS, WORK_PLAN, Page
from dashboards.results import plan_items
from dashboards.results.areas import Areas
from dashboards.results.names import batch
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _


def area_tiles(areas: Areas, plan: PlanReport | None, *, identity: str) -> Component:
    """The plan's items, front-line duty, hazards, supervision, tip-offs, warnings."""
    shown = [
        _plan(areas, plan),
        _frontline(areas),
        _hazards(areas),
        _supervision(areas),
        _tipoffs(areas),
        _disasters(areas),
    ]
    return html.Dl(shown, className="overview-tiles of-areas", id=identity)


def _tile(page: Page, areas: Areas, value: str, unit: str, *notes: str, bad: bool = False) -> Component:
    href = page.path + address.query(day=areas.day)
    figure = html.Dd([html.B(value), html.Span(unit, className="tile-unit")], className="tile-value")
    small = [html.Dd(note, className=f"tile-note {'tone-bad' if bad and not place else ''}".strip())
             for place, note in enumerate(note for note in notes if note)]  # fmt: skip
    name = html.Dt(dcc.Link(page.title, href=href, className="leads-on"))
    return html.Div([name, figure, *small], className="overview-tile", id=f"overview-{page.name}")


def _plan(areas: Areas, plan: PlanReport | None) -> Component:
    """Due days of the plan that were kept in time, of those that have passed or were reached."""
    if plan is None:
        return _tile(WORK_PLAN, areas, numbers.NONE, "", _("no work plan of the year is known"))
    counted = plan_items.counts(plan.standing.items)
    past = counted["done"] + counted["late"] + counted["overdue"]
    late = _("%(n)s overdue", n=counted["overdue"]) if counted["overdue"] else _("nothing of it is overdue")
    soon = _("%(n)s fall due within 30 days", n=counted["due"])
    return _tile(WORK_PLAN, areas, f"{counted['done']} / {past}", _("due days kept in time (unit)"), late, soon,
                 bad=bool(counted["overdue"]))  # fmt: skip


def _frontline(areas: Areas) -> Component:
    """The batch that falls due next, or the last one."""
    every = areas.frontline.batches
    one = next((each for each in every if each.due >= areas.day), every[-1])
    if not one.coverage.enterprises:
        return _tile(FRONTLINE, areas, numbers.NONE, "", _("no enterprise of this batch is in the register"))
    due = _("%(batch)s, due %(day)s", batch=batch(one.batch), day=numbers.spoken_day(one.due))
    share = numbers.percent(one.coverage.share)
    return _tile(
        FRONTLINE, areas, f"{one.coverage.complete} / {one.coverage.enterprises}", _("enterprises (unit)"), share, due
    )


def _hazards(areas: Areas) -> Component:
    one = areas.hazards.whole
    if not one.all.found:
        return _tile(HAZARDS, areas, numbers.NONE, "", _("no hazard is on record"))
    overdue = _("%(n)s of them overdue, %(major)s of these major", n=one.all.overdue, major=one.major.overdue)
    crossed = _("crossed off %(n)s of %(of)s", n=one.all.crossed_off, of=one.all.found)
    return _tile(HAZARDS, areas, numbers.count(one.all.open), _("hazards open (unit)"), overdue, crossed,
                 bad=bool(one.all.overdue))  # fmt: skip


def _supervision(areas: Areas) -> Component:
    one = areas.supervision.whole
    if not one.ordered:
        return _tile(SUPERVISION, areas, numbers.NONE, "", _("no finding is on record"))
    late = _("%(n)s overdue and unanswered", n=one.overdue) if one.overdue else _("No answer is overdue.")
    rate = numbers.percent(one.in_time_rate)
    return _tile(SUPERVISION, areas, f"{one.answered_in_time} / {one.due}", _("answered in time (unit)"), late, rate,
                 bad=bool(one.overdue))  # fmt: skip


def _tipoffs(areas: Areas) -> Component:
    types = areas.tipoffs.types.values()
    received, closed, overdue = (sum(getattr(one, key) for one in types) for key in ("received", "closed", "overdue"))
    if not received:
        return _tile(TIPOFFS, areas, numbers.NONE, "", _("no case is on record"))
    late = _("%(n)s overdue", n=overdue) if overdue else _("nothing of it is overdue")
    return _tile(TIPOFFS, areas, f"{closed} / {received}", _("cases closed (unit)"), late, bad=bool(overdue))


def _disasters(areas: Areas) -> Component:
    one = areas.disasters.standing
    if not one.whole.warnings:
        return _tile(DISASTERS, areas, numbers.NONE, "", _("no warning is on record"))
    median = "" if one.median_minutes is None else _(
        "from call to answer %(n)s minutes, median", n=numbers.tenths(one.median_minutes))  # fmt: skip
    rate = numbers.percent(one.closed_loop_rate)
    return _tile(
        DISASTERS, areas, f"{one.whole.fed_back} / {one.whole.warnings}", _("warnings fed back (unit)"), rate, median
    )
