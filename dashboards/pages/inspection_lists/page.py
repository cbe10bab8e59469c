"""Whom to inspect next, the page: a function of its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import asked_period, numbers, parts
from dashboards.components.asked import levels, part, part_further_down
from dashboards.components.page_list import INSPECTION_LISTS, SUBMISSIONS, register_page
from dashboards.pages.inspection_lists import issuing, message, unit_list, worth
from dashboards.pages.inspection_lists.query import ListsSeen, look
from dashboards.results import lists_worth
from dashboards.results.reading import Reading
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.intake import issued_lists
from data.language import gettext as _
from data.zone.periods import Month

PERIOD, UNIT, MESSAGE, LIST, JOINT, ISSUE, JUDGE, WORTH = (
    f"inspection-lists-{part}" for part in ("period", "unit", "message", "list", "joint", "issue", "judge", "worth")
)
TOP, OF_UNIT, RULE, PAST = (f"inspection-lists-{part}-part" for part in ("top", "unit", "rule", "past"))
LEVELS = (("period", "month", "unit"),)


register_page(INSPECTION_LISTS, __name__)


@page_of(INSPECTION_LISTS, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch the month once, then draw everything from it; what past lists were worth is asked for by itself."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(INSPECTION_LISTS, *LEVELS),
            part(TOP, _top(seen, reading)),
            part(OF_UNIT, *_of_unit(seen, reading)),
            part(RULE, *_rule(seen, reading)),
            part_further_down(INSPECTION_LISTS, 0, PAST),
        ],
        className="page",
    )


@follows(INSPECTION_LISTS, 0, TOP, OF_UNIT, RULE)
def of_another_unit_or_month(query: Query, reading: Reading) -> Sequence[Any]:
    """The lists of the month, the unit's, and the rule worked out for it."""
    seen = look(query, reading)
    return _top(seen, reading), _of_unit(seen, reading), _rule(seen, reading)


@follows(INSPECTION_LISTS, 0, PAST, later=True)
def of_another_unit_in_the_past(query: Query, reading: Reading) -> Sequence[Any]:
    """What past lists were worth, all and the unit's; it comes last."""
    seen, past = look(query, reading), lists_worth.fetch(reading)
    return ([worth.card(seen, past, sees_all=reading.scope.sees_all, identity=WORTH)],)


def _top(seen: ListsSeen, reading: Reading) -> Component:
    present = reading.present_month
    issued = map(Month.parse, issued_lists.months_issued(reading.connection, reading.zone.code))
    months = sorted({*reading.months, *issued, present, present.plus(1), seen.month}, reverse=True)
    options = [(str(month), numbers.period(month)) for month in months]
    month = parts.chooser(PERIOD, _("Month"), options, str(seen.month), chooses="period", drops="month")
    units = [(unit.code, unit.short_name) for unit in reading.zone.units]
    unit = parts.chooser(UNIT, _("Unit"), units, seen.unit.code, chooses="unit")
    return html.Div(
        [html.H1(INSPECTION_LISTS.title), month, *([unit] if reading.scope.sees_all else [])], className="page-top"
    )


def _of_unit(seen: ListsSeen, reading: Reading) -> list[Component]:
    scope, found = reading.scope, seen.found
    amiss = asked_period.notice(seen.written, INSPECTION_LISTS)
    if found is None:
        return amiss
    own = None if scope.sees_all else scope.unit
    if not found.enterprises and found.issue is None:
        send = dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path)
        whose = _("%(subject)s: ", subject=seen.unit.name) if own else ""
        return [*amiss, parts.key_message(whose, message.nothing(found), " ", send, tone="first", id=MESSAGE)]
    mark = parts.attributes(data_printed_mark=message.printed_mark(found))
    return [
        *amiss,
        parts.key_message(message.main_message(seen, found, own), tone="first", id=MESSAGE, **mark),
        unit_list.card(seen, found, sees_all=scope.sees_all, identity=LIST),
        unit_list.joint_card(seen, found, identity=JOINT),
        issuing.card(seen, found, decides=scope.decides, identity=ISSUE),
    ]


def _rule(seen: ListsSeen, reading: Reading) -> list[Component]:
    if seen.found is None:
        return []
    return [issuing.rule_card(seen, seen.found, own=not reading.scope.sees_all, identity=JUDGE)]
