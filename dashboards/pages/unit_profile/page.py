"""A unit's profile, the page: a function of its address, ``?unit=`` the unit, ``?period=`` the month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import asked_period, numbers, parts
from dashboards.components.asked import levels, part, part_further_down
from dashboards.components.page_list import UNIT_PROFILE, register_page
from dashboards.pages.unit_profile import areas, assessed, message, unfiled
from dashboards.pages.unit_profile.query import UnitQuery, read
from dashboards.results import unit_profile
from dashboards.results.reading import Reading
from dashboards.results.unit_profile import UnitProfile
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

UNIT, PERIOD, MESSAGE, MONTHS, QUARTERS, DEATHS, UNFILED, FIGURES, ITEMS, CASES = (
    f"unit-profile-{part}"
    for part in ("unit", "period", "message", "months", "quarters", "deaths", "unfiled", "figures", "items", "cases")
)
TOP, ASSESSED, OF_AREAS = (f"unit-profile-{part}-part" for part in ("top", "assessed", "areas"))
LEVELS = (("period", "unit"),)


register_page(UNIT_PROFILE, __name__)


@page_of(UNIT_PROFILE, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """What is assessed first; the areas of work follow."""
    top, shown = _parts(query, reading)
    return html.Div(
        [
            levels(UNIT_PROFILE, *LEVELS),
            part(TOP, top),
            part(ASSESSED, *shown),
            part_further_down(UNIT_PROFILE, 0, OF_AREAS),
        ],
        className="page unit-profile",
    )


@follows(UNIT_PROFILE, 0, TOP, ASSESSED)
def of_another_unit(query: Query, reading: Reading) -> Sequence[Any]:
    """Another unit or month."""
    return _parts(query, reading)


@follows(UNIT_PROFILE, 0, OF_AREAS, later=True)
def of_its_areas(query: Query, reading: Reading) -> Sequence[Any]:
    """The areas of work; they come after what is assessed."""
    asked = read(query, reading)
    if asked.written.amiss == "not_begun":
        return [None]
    found = unit_profile.fetch_areas(reading, asked.unit, asked.month)
    heading = _("Areas of work, up to %(day)s", day=numbers.spoken_day(found.day))
    return [
        [
            parts.card(heading, areas.tiles(asked.unit, found, identity=FIGURES)),
            parts.card(
                _("Items of the plan that are overdue or due within 30 days"),
                areas.items(asked.unit, found, identity=ITEMS),
            ),
            parts.card(
                _("Cases that are still open on %(day)s", day=numbers.spoken_day(found.cases.day)),
                areas.cases(found, identity=CASES),
            ),
        ]
    ]


def _parts(query: Mapping[str, Any], reading: Reading) -> tuple[Component, list[Component | None]]:
    asked = read(query, reading)
    top = _top(asked, reading)
    notice = asked_period.notice(asked.written, UNIT_PROFILE)
    if asked.written.amiss == "not_begun":
        return top, [*notice]
    return top, [*notice, *_assessed(unit_profile.fetch(reading, asked.unit, asked.month))]


def _top(asked: UnitQuery, reading: Reading) -> Component:
    months = [(str(one), numbers.period(one)) for one in sorted({*reading.months, asked.month}, reverse=True)]
    units = [(unit.code, unit.name) for unit in asked.units]
    return html.Div(
        [
            html.H1(UNIT_PROFILE.title),
            parts.chooser(UNIT, _("Unit"), units, asked.unit.code, chooses="unit"),
            parts.chooser(PERIOD, _("Month"), months, str(asked.month), chooses="period"),
        ],
        className="page-top",
    )


def _assessed(one: UnitProfile) -> list[Component | None]:
    mark = None if one.unit.confirmed else parts.illustrative()
    return [
        html.H2([one.unit.name, " ", mark], className="unit-name"),
        parts.key_message(message.main_message(one), tone="first", id=MESSAGE),
        parts.card(_("Monthly enforcement ranking of the year"), assessed.months(one, identity=MONTHS)),
        parts.card(_("Quarterly scores of the year"), assessed.quarters(one, identity=QUARTERS)),
        html.Div(
            [
                parts.card(_("Deaths and accidents"), assessed.deaths(one, identity=DEATHS)),
                parts.card(_("Workbooks missing or late"), unfiled.listed(one, identity=UNFILED)),
            ],
            className="two-columns",
        ),
        html.P(areas.basis(one), className="note"),
    ]
