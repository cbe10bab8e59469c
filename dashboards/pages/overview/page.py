"""The overview, the first page: what a leader must know in ten seconds, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, asked_period, numbers, parts
from dashboards.components.asked import levels, part, part_further_down
from dashboards.components.page_list import OVERVIEW, SUBMISSIONS, register_page
from dashboards.pages.overview import late, published
from dashboards.pages.overview.areas import area_tiles
from dashboards.pages.overview.goals import goal_list
from dashboards.pages.overview.heat import heat_map
from dashboards.pages.overview.matters import matter_list
from dashboards.pages.overview.message import main_message
from dashboards.pages.overview.tiles import tiles
from dashboards.results import areas, overview, work_plan
from dashboards.results.overview import Matter, Overview
from dashboards.results.reading import Reading
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _
from data.zone.periods import Month

PERIOD, MESSAGE, TILES, GOALS, DECISIONS, MATTERS, HEAT, TOP, OF_MONTH, PUBLISHED, FURTHER, AREAS, LATE = (
    f"overview-{part}"
    for part in (
        "period",
        "message",
        "tiles",
        "goals",
        "decisions",
        "matters",
        "heat",
        "top-part",
        "month-part",
        "published",
        "further-part",
        "areas",
        "late",
    )
)

LEVELS = (("period",),)

register_page(OVERVIEW, __name__)


@page_of(OVERVIEW, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch once, then draw everything from it."""
    top, of_month = _parts(query, reading)
    return html.Div(
        [
            levels(OVERVIEW, *LEVELS),
            part(TOP, top),
            part(OF_MONTH, *of_month),
            part_further_down(OVERVIEW, 0, FURTHER),
        ],
        className="page overview",
    )


@follows(OVERVIEW, 0, TOP, OF_MONTH)
def of_another_month(query: Query, reading: Reading) -> Sequence[Any]:
    """The same of another month."""
    return _parts(query, reading)


@follows(OVERVIEW, 0, FURTHER, later=True)
def further_of_another_month(query: Query, reading: Reading) -> Sequence[Any]:
    """How the months of the year went, and the areas of work: they come after what must be decided."""
    written = asked_period.month(address.text(query.get("period")), reading)
    if written.amiss == "not_begun":
        return [None]
    found = areas.fetch(reading, written.period)
    plan = work_plan.of_day(reading, found.day)
    heading = _("Areas of work, up to %(day)s", day=numbers.spoken_day(found.day))
    return [
        [
            parts.card(
                _("Monthly scores of the year"), heat_map(overview.fetch(reading, written.period), identity=HEAT)
            ),
            late.card(found, plan, identity=LATE),
            parts.card(heading, area_tiles(found, plan, identity=AREAS)),
        ]
    ]


def _parts(query: Mapping[str, Any], reading: Reading) -> tuple[Component, list[Component | None]]:
    written = asked_period.month(address.text(query.get("period")), reading)
    top = _top(written.period, reading.months)
    if written.amiss == "not_begun":
        return top, [*asked_period.notice(written, OVERVIEW)]
    return top, [*asked_period.notice(written, OVERVIEW), *_of_month(overview.fetch(reading, written.period), reading)]


def _of_month(result: Overview, reading: Reading) -> list[Component | None]:
    unit = reading.scope.unit
    goals = parts.card(_("The year's four goals"), goal_list(result, identity=GOALS))
    decide = None if unit else _matters(_("To be decided first"), result.decisions, result, DECISIONS)
    act = _matters(_("To be dealt with"), result.actions, result, MATTERS)
    first, then = (decide, act) if decide is not None else (act, None)
    return [
        parts.key_message(main_message(result), tone="first", id=MESSAGE),
        parts.own_only(reading.zone.unit_by_code[unit].name) if unit else None,
        _nothing_yet(result),
        html.Div([first, goals], className="overview-columns"),
        tiles(result, identity=TILES),
        published.lines(result, reading, identity=PUBLISHED),
        then,
    ]


def _matters(heading: str, matters: Sequence[Matter], result: Overview, identity: str) -> Component:
    none = _("Nothing of this month waits for it.")
    return parts.card(heading, matter_list(matters, result, none=none, identity=identity))


def _top(month: Month, months: list[Month]) -> Component:
    options = [(str(one), numbers.period(one)) for one in sorted({*months, month}, reverse=True)]
    return html.Div(
        [html.H1(OVERVIEW.title), parts.chooser(PERIOD, _("Month"), options, str(month), chooses="period")],
        className="page-top",
    )


def _nothing_yet(result: Overview) -> Component | None:
    if any(report.filing for report in result.ledgers):
        return None
    send = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=result.month))
    return parts.empty(_("No ledger of this month has been accepted yet."), " ", send)
