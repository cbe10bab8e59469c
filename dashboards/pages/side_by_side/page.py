"""Side by side, the page: what makes the difference of two scores; a function of its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, asked_period, numbers, parts
from dashboards.components.asked import levels, part
from dashboards.components.chips import chip_line
from dashboards.components.exports import offer
from dashboards.components.grid import export_links
from dashboards.components.page_list import SIDE_BY_SIDE, register_page
from dashboards.components.picture import picture
from dashboards.components.rule import rule_in_force
from dashboards.pages.side_by_side import export, figures, message
from dashboards.pages.side_by_side.behind import cases_behind
from dashboards.pages.side_by_side.chosen import chips
from dashboards.pages.side_by_side.query import SidesSeen, look
from dashboards.pages.side_by_side.sides import both_sides
from dashboards.pages.side_by_side.state import state_line
from dashboards.pages.side_by_side.table import counts_table, points_table
from dashboards.pages.side_by_side.words import whole
from dashboards.results.reading import Reading
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _

PERIOD, UNIT, WITH_MONTH, WITH_UNIT, MESSAGE, CHIPS = (
    f"side-by-side-{part}" for part in ("period", "unit", "with-month", "with-unit", "message", "chips")
)
TABLE, COUNTS, DIFFERENCE = (f"side-by-side-{part}" for part in ("table", "counts", "difference"))
TOP, SIDES, CHOSEN, INDICATORS, PICTURE, CASES = (
    f"side-by-side-{part}-part" for part in ("top", "sides", "chosen", "indicators", "picture", "cases")
)
LEVELS = (("period", "unit", "with_month", "with_unit"), ("measure",))
EXPORT = "side-by-side"
NONE = "none"


register_page(SIDE_BY_SIDE, __name__)


@page_of(SIDE_BY_SIDE, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Fetch both sides once, then draw everything from them."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(SIDE_BY_SIDE, *LEVELS),
            part(TOP, _top(seen, reading)),
            html.Div(part(CHOSEN, _chosen(seen)), className="pinned sticky-top"),
            part(SIDES, *_sides(seen, reading)),
            part(INDICATORS, _indicators(seen)),
            part(PICTURE, *_picture(seen)),
            part(CASES, _cases(seen)),
        ],
        className="page",
    )


@follows(SIDE_BY_SIDE, 0, TOP, SIDES, PICTURE)
def of_other_sides(query: Query, reading: Reading) -> Sequence[Any]:
    """What is compared, and the difference in a sentence and a picture."""
    seen = look(query, reading)
    return _top(seen, reading), _sides(seen, reading), _picture(seen)


@follows(SIDE_BY_SIDE, 1, CHOSEN, INDICATORS, CASES)
def of_another_figure(query: Query, reading: Reading) -> Sequence[Any]:
    """The table with the chosen figure, where its cases are, and the line of what is chosen."""
    seen = look(query, reading)
    return _chosen(seen), _indicators(seen), _cases(seen)


def _top(seen: SidesSeen, reading: Reading) -> Component:
    asked = seen.asked
    shown = sorted({*reading.months, asked.month, asked.with_month or asked.month}, reverse=True)
    months = [(str(month), numbers.period(month)) for month in shown]
    units = [(unit.code, unit.short_name) for unit in reading.zone.units]
    unit = parts.chooser(UNIT, _("Unit"), _without(units, asked.with_unit), asked.unit, chooses="unit")
    with_unit = _beside(WITH_UNIT, _("or beside unit"), "with_unit", _without(units, asked.unit), asked.with_unit)
    lists = [
        parts.chooser(PERIOD, _("Month"), _without(months, asked.with_month), str(asked.month), chooses="period"),
        _beside(WITH_MONTH, _("Beside month"), "with_month", _without(months, asked.month), asked.with_month),
    ]
    lists = [unit, *lists, with_unit] if reading.scope.sees_all else lists
    return html.Div([html.H1(SIDE_BY_SIDE.title), *lists], className="page-top sides-top")


def _without(options: Sequence[tuple[str, str]], other: object) -> list[tuple[str, str]]:
    """What can be chosen beside another choice: nothing is compared with itself."""
    return [one for one in options if one[0] != str(other)]


def _beside(identity: str, label: str, key: str, options: Sequence[tuple[str, str]], value: object) -> Component:
    """The list of months or of units to compare with; one choice lets go of the other."""
    told = [(f"{key}={one}", said) for one, said in options]
    none = [] if value is not None else [(NONE, numbers.NONE)]
    chosen = NONE if value is None else f"{key}={value}"
    return parts.chooser(identity, label, [*none, *told], chosen, chooses="with_month with_unit")


def _chosen(seen: SidesSeen) -> Component:
    both = seen.both
    of = _("%(left)s beside %(right)s", left=whole(both.left), right=whole(both.right))
    return chip_line(of, chips(seen.asked, both), identity=CHIPS)


def _sides(seen: SidesSeen, reading: Reading) -> list[Component]:
    both, own = seen.both, reading.scope.unit
    return [
        *asked_period.notice(seen.written, SIDE_BY_SIDE),
        state_line(both, reading),
        parts.key_message(message.main_message(both, reading.zone), tone="first", id=MESSAGE),
        *([parts.own_only(reading.zone.unit_by_code[own].name)] if own else []),
        both_sides(both, reading.zone, swap=seen.asked.swapped()),
        *(html.P(note, className="note") for note in message.notes(both)),
    ]


def _indicators(seen: SidesSeen) -> Component:
    asked, both = seen.asked, seen.both
    table = points_table(
        both, chosen=asked.measure, link=lambda one: asked.link(measure=one) + "#cases", identity=TABLE
    )
    files = html.Div(
        export_links(EXPORT, address.query(**asked.choices)), className="export-line", id="indicators-export"
    )
    return parts.card(_("Indicator by indicator"), html.Div(table, className="table-frame"), files)


def _picture(seen: SidesSeen) -> list[Component]:
    both = seen.both
    shown = picture(
        _("Where does the difference come from?"),
        figures.difference_bars(both),
        identity=DIFFERENCE,
        said=figures.answer(both),
        facts=[figures.said(one, both) for one in figures.drawn_causes(both)],
        notes=figures.alike(both),
        via="difference",
    )
    counts = parts.card(_("The counts behind"), counts_table(both, identity=COUNTS))
    rules = dict.fromkeys(rule_in_force(side.scheme) for side in (both.left, both.right))
    return [
        html.Div([shown, counts], className="two-columns"),
        html.P(" ".join(rules), className="note rule-line"),
    ]


def _cases(seen: SidesSeen) -> Component:
    return cases_behind(seen.both, seen.asked.measure)


offer(EXPORT, export.differences)
