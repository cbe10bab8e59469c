"""A unit's list, in its order, and where several should go together."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.pages.inspection_lists import phrases
from dashboards.pages.inspection_lists.query import ListsSeen
from dashboards.results.lists_of_month import Joint, ListsOfMonth, OnList
from dashboards.web.list_routes import workbook_link
from data.language import gettext as _

JOINT_AT_ONCE = 10
MOST_JOINT = 50
"""So many are shown; where units are often in the same places there may be as many as all lists have rows."""


def card(seen: ListsSeen, found: ListsOfMonth, *, sees_all: bool, identity: str) -> Component:
    """The chosen unit's list, with the ways to take it along."""
    heading = _("%(unit)s: whom to inspect in %(month)s", unit=seen.unit.short_name, month=numbers.period(found.month))
    if not seen.own_list:
        none = _("%(unit)s has no list: no enterprise of the register lies there or is supervised by it.", unit=seen.unit.name)  # fmt: skip
        return parts.card(heading, parts.empty(none), id="list")
    ways = [(_("This list (xlsx)"), seen.unit.code), *([(_("All lists (xlsx)"), None)] if sees_all else [])]
    links = [html.A(said, href=workbook_link(found.month, unit), className="export-link") for said, unit in ways]
    note = _(
        "A suggestion by what was found before and how long nobody was there. Where nothing is found, nothing is held against "
        "anybody; whom to inspect is the unit's decision."
    )
    table = html.Div(_table(seen.own_list, found, identity), className="table-frame")
    return parts.card(heading, table, html.P(note, className="note"), html.Div(links, className="export-line"), id="list")  # fmt: skip


def _table(listed: Sequence[OnList], found: ListsOfMonth, identity: str) -> Component:
    heads = [
        parts.head(_("No.")),
        parts.head(_("Enterprise on the list")),
        parts.head(_("Why")),
        parts.head(_("Findings possible"), _("bar: interval; line: expected")),
        parts.head(_("Last inspected")),
        parts.head(_("Week suggested")),
        parts.head(_("Together with")),
    ]
    rows = [html.Tr(_row(one, found)) for one in listed]
    table = [html.Thead(html.Tr(heads)), html.Tbody(rows)]
    return html.Table(table, className="data-table small-table inspection-list", id=identity)


def _row(one: OnList, found: ListsOfMonth) -> list[Component]:
    together = phrases.units(one.together_with, found)
    return [
        parts.cell(_("No."), str(one.place), name="place"),
        parts.cell(_("Enterprise on the list"), *_enterprise(one, found), name="enterprise"),
        parts.cell(_("Why"), phrases.why(one, found), name=f"why ground-{one.ground}"),
        parts.cell(_("Findings possible"), _bar(one), html.Span(numbers.chance(one.mean)), name="expected"),
        parts.cell(_("Last inspected"), numbers.day(one.last_on) if one.last_on else _("never inspected"), name="day"),
        parts.cell(_("Week suggested"), phrases.week(one.week), name="day week"),
        parts.cell(_("Together with"), together or numbers.NONE, name="together" if together else "together blank"),
    ]


def _enterprise(one: OnList, found: ListsOfMonth) -> list[Component]:
    code = html.Small(f"{one.credit_code} · {found.zone.sectors[one.sector]}")
    return [html.B(one.name), code]


def _bar(one: OnList) -> Component:
    """The interval as a band, what is expected as a line in it; the number stands beside."""
    band = {"left": f"{one.low * 100:.1f}%", "width": f"{(one.high - one.low) * 100:.1f}%"}
    said = f"{numbers.chance(one.low)}–{numbers.chance(one.high)}"
    return html.Span(
        [html.Span(className="band", style=band), html.Span(className="middle", style={"left": f"{one.mean * 100:.1f}%"})],
        className="interval-bar", title=said, **parts.attributes(aria_hidden="true"),
    )  # fmt: skip


def joint_card(seen: ListsSeen, found: ListsOfMonth, *, identity: str) -> Component:
    """综合查一次: which enterprise, which units, which week."""
    joint = found.joint
    heading = _("Joint inspections: once for all")
    if not joint:
        return parts.card(heading, parts.empty(_("No enterprise stands on several lists, and none was inspected by another unit lately.")))  # fmt: skip
    said = _(
        "%(n)s enterprises stand on several lists, or were inspected by another unit within %(days)s days: go together, in one week.",
        n=len(joint), days=found.scheme.lately_days,
    )  # fmt: skip
    first, rest = joint[:JOINT_AT_ONCE], joint[JOINT_AT_ONCE:MOST_JOINT]
    shown: list[Component] = [html.P(said), _joint_table(first, seen, found, identity)]
    if rest:
        left = len(joint) > MOST_JOINT
        words = _("The next %(n)s", n=len(rest)) if left else _("The other %(n)s", n=len(rest))
        where = [html.P(_("All of them stand in the file, in the column “Together with”."), className="note")] * left
        summary = html.Summary(words)
        shown.append(html.Details([summary, _joint_table(rest, seen, found, f"{identity}-rest"), *where]))
    return parts.card(heading, *shown, id="joint")


def _joint_table(joint: Sequence[Joint], seen: ListsSeen, found: ListsOfMonth, identity: str) -> Component:
    heads = (_("Week suggested"), _("Enterprise on the list"), _("Units that should go together"))
    rows = [
        html.Tr(
            [
                parts.cell(heads[0], phrases.week(one.one.week), name="day"),
                parts.cell(heads[1], one.one.name, " ", html.Small(one.one.credit_code), name="enterprise"),
                parts.cell(heads[2], *_units(one, seen, found), name="together"),
            ]
        )
        for one in joint
    ]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    return html.Table(table, className="data-table small-table joint-list", id=identity)


def _units(joint: Joint, seen: ListsSeen, found: ListsOfMonth) -> list[Component | str]:
    """The units, those that have a list as the way to it."""
    shown: list[Component | str] = []
    for code in joint.units:
        name = found.zone.unit_by_code[code].short_name
        leads = code in found.lists and code != seen.unit.code
        shown += [_(", ")] if shown else []
        shown.append(dcc.Link(name, href=seen.link(unit=code) + "#list") if leads else name)
    return shown
