"""What past lists were worth: each month as it was issued, beside the same enterprises in two other orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import list_words, numbers, parts
from dashboards.pages.inspection_lists.query import ListsSeen
from dashboards.results.lists_worth import ListsCompared, ListsWorth, MonthJudged
from data.language import gettext as _


def card(seen: ListsSeen, worth: ListsWorth, *, sees_all: bool, identity: str) -> Component:
    """All lists together, and the chosen unit's; without a past issue a sentence."""
    heading = _("What past lists were worth")
    if not worth.months:
        return parts.card(heading, parts.empty(_("No issued lists are of a month that is over: then they are judged here by the inspections that followed.")), id="worth")  # fmt: skip
    unit = seen.unit
    of_unit = _rows(unit.short_name, worth.months, lambda month: month.units.get(unit.code))
    rows = [*(_rows(_("All units together"), worth.months, lambda month: month.whole) if sees_all else []), *of_unit]
    top = [parts.head(_("Month")), parts.head(_("Inspected of the list")), *(parts.head(head, name="num") for head in list_words.heads()[1:])]  # fmt: skip
    table = html.Table(
        [html.Thead(html.Tr(top)), html.Tbody(rows)], className="data-table small-table worth-list", id=identity
    )
    note = _("The large number is that of the list as issued, beneath it longest not seen first, and by chance on average. Inspections keep the days on which they were; the list says alone in which order its enterprises would have been seen on them.")  # fmt: skip
    return parts.card(
        heading,
        html.P(_said(worth.months, None if sees_all else unit.code)),
        html.Div(table, className="table-frame"),
        html.P(parts.sentences(list_words.only_inspected(), note), className="note"),
        id="worth",
    )


def _said(months: Sequence[MonthJudged], own: str | None) -> str:
    """The last month that can be judged in a sentence."""
    judged = [(month, month.whole if own is None else month.units.get(own)) for month in months]
    month, one = next(
        ((month, one) for month, one in judged if one is not None and one.orders.listed.found), (None, None)
    )
    if month is None or one is None:
        return _("Nothing was found yet at enterprises of past lists: there is nothing to judge their order by.")
    return _(
        "%(month)s: by the order of the lists findings would have been met %(when)s on average; longest not seen first: %(longest)s, by chance: %(chance)s.",
        month=numbers.period(month.month), when=list_words.earlier(one.orders.listed.days_earlier),
        longest=list_words.earlier(one.orders.longest_not_seen.days_earlier), chance=list_words.earlier(one.orders.by_chance.days_earlier),
    )  # fmt: skip


def _rows(
    name: str, months: Sequence[MonthJudged], of: Callable[[MonthJudged], ListsCompared | None]
) -> list[Component]:
    found = [(month, one) for month in months if (one := of(month)) is not None]
    head = html.Tr(html.Th(name, colSpan=5, scope="colgroup"), className="group")
    if not found:
        none = html.Tr(html.Td(_("The unit had no list in these months."), colSpan=5))
        return [head, none]
    return [head, *(html.Tr(_row(month, one)) for month, one in found)]


def _row(month: MonthJudged, one: ListsCompared) -> list[Component]:
    counted = _("%(judged)s of %(listed)s, %(found)s with findings", judged=one.orders.listed.judged, listed=one.rows, found=one.orders.listed.found)  # fmt: skip
    orders = zip(*(list_words.cells(each) for each in one.orders), strict=True)
    heads = list_words.heads()[1:]
    return [
        parts.cell(_("Month"), numbers.period(month.month), name="day"),
        parts.cell(_("Inspected of the list"), counted),
        *(
            parts.cell(
                head,
                html.B(listed),
                html.Small(_("longest not seen %(longest)s · chance %(chance)s", longest=longest, chance=chance))
                if one.orders.listed.found
                else None,
                name="num",
            )
            for head, (listed, longest, chance) in zip(heads, orders, strict=True)
        ),
    ]
