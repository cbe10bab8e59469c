"""The accidents of an enterprise, each the way to its record among the casualty targets."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, words
from dashboards.components.page_list import CASUALTIES
from dashboards.method.casualties import Accident
from dashboards.results.enterprise_profile import EnterpriseProfile
from data.language import gettext as _
from data.zone.accident_class import spoken


def table(profile: EnterpriseProfile, *, identity: str) -> Component:
    """A row an accident; a sentence where none is known."""
    if not profile.accidents:
        return parts.empty(
            _(
                "No accident of an enterprise of this name is on record. Accident ledgers give names alone, no credit codes."
            )
        )
    heads = [
        parts.head(_("Happened on")),
        parts.head(_("Accident number")),
        parts.head(_("Type and class")),
        parts.head(_("Deaths, the missing among them"), name="num"),
        parts.head(_("Seriously injured"), name="num"),
        parts.head(_("State")),
    ]
    body = [_row(one) for one in profile.accidents]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)


def _row(one: Accident) -> Component:
    where = address.query(period=one.happened_on.year, accident=one.number)
    counts = parts.tag(_("counts"), "good", symbol="✓") if one.counted else parts.tag(_("does not count"), symbol="✗")
    return html.Tr(
        [
            html.Td(numbers.day(one.happened_on), className="day"),
            html.Th(dcc.Link(one.number, href=f"{CASUALTIES.path}{where}#accident"), scope="row"),
            html.Td([html.Div(one.type), html.Small(spoken(one.accident_class))]),
            html.Td(numbers.count(one.deaths), className="num"),
            html.Td(numbers.count(one.serious_injuries), className="num"),
            html.Td([counts, " ", html.Small(words.accident_state(one.status))]),
        ]
    )
