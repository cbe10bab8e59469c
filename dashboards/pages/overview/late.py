"""What is late and whose it is: a line a kind, with the units that owe most, each leading to what it owes."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.components.page_list import HAZARDS, SUPERVISION, TIPOFFS, WORK_PLAN, Page
from dashboards.results.areas import Areas
from dashboards.results.what_is_late import LateKind, LateThings, late_things
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _
from data.zone.zone import Zone

MOST_UNITS = 6
_LEADS: dict[LateKind, tuple[Page, dict[str, str], str]] = {
    "plan": (WORK_PLAN, {"state": "overdue"}, "#items"),
    "major_hazards": (HAZARDS, {"grade": "major", "state": "overdue"}, "#hazards"),
    "other_hazards": (HAZARDS, {"state": "overdue"}, "#hazards"),
    "findings": (SUPERVISION, {"state": "overdue"}, "#findings"),
    "tipoffs": (TIPOFFS, {"state": "overdue"}, "#cases"),
}


def card(areas: Areas, plan: PlanReport | None, *, identity: str) -> Component:
    """The whole; a sentence where nothing is late."""
    found = late_things(areas, plan)
    heading = _("What is late, and whose it is, up to %(day)s", day=numbers.spoken_day(areas.day))
    if not found:
        return parts.card(heading, parts.empty(_("Nothing is late in any area of work.")), id=identity)
    heads = [parts.head(_("What is late")), parts.head(_("Late"), name="num"), parts.head(_("Units that owe it"))]
    body = [_row(one, areas) for one in found]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table overview-late")
    return parts.card(heading, made, id=identity)


def _row(one: LateThings, areas: Areas) -> Component:
    name = dcc.Link(_said(one.kind), href=_link(one.kind, areas), className="leads-on")
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(html.B(numbers.count(one.number), className="tone-bad"), className="num"),
            html.Td(_units(one, areas)),
        ]
    )


def _link(kind: LateKind, areas: Areas, unit: str | None = None) -> str:
    page, asked, place = _LEADS[kind]
    return page.path + address.query(day=areas.day, unit=unit, **asked) + place


def _said(kind: LateKind) -> str:
    names: dict[LateKind, str] = {
        "plan": _("due days of key tasks"),
        "major_hazards": _("major hazards not crossed off"),
        "other_hazards": _("other hazards not crossed off"),
        "findings": _("findings of supervision not answered"),
        "tipoffs": _("tip-offs, sanctions and crackdowns not closed"),
    }
    return names[kind]


def _units(one: LateThings, areas: Areas) -> list[Component | str]:
    zone: Zone = areas.hazards.zone
    shown: list[Component | str] = []
    for unit, number in one.units[:MOST_UNITS]:
        words = f"{zone.unit_by_code[unit].short_name} {numbers.count(number)}"
        shown += [_(", "), dcc.Link(words, href=_link(one.kind, areas, unit))]
    left = len(one.units) - MOST_UNITS
    if left > 0:
        shown.append(_(", and %(n)s more units", n=left))
    if one.of_the_system:
        shown += [_(", "), _("by the system's own figures %(n)s", n=one.of_the_system)]
    return shown[1:] if shown and shown[0] == _(", ") else shown or [numbers.NONE]
