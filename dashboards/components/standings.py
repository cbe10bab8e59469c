"""Standings that sort by every heading: in the browser, without a request, by what each cell carries; and the same order in files.

Sorted otherwise, the place in the table of a unit is still the method's; a line says by what it is sorted, and leads back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.exports import order_said
from dashboards.components.grid import export_links
from dashboards.results.record_list import Unasked
from data.language import gettext as _

Amount = int | float | Decimal | Fraction | None
Row = TypeVar("Row")
Order = Callable[[Row], Amount]
"""What a row is sorted by in a column; None comes last either way."""


def head(
    key: str, label: str, note: str = "", *, name: str = "", title: str = "", up: bool = False, named: bool = False
) -> Component:
    """A column's head that sorts by the column: the greatest first, or with ``up`` the least; ``named``: it holds names."""
    words = (
        {"data_down": order_said(down=True, named=True), "data_up": order_said(down=False, named=True)} if named else {}
    )
    first = "up" if up else "down"
    button = html.Button(
        label, type="button", className="sort-head", **parts.attributes(data_sort=key, data_first=first, **words)
    )
    small = html.Small(note) if note else None
    return html.Th([button, small], className=name or None, title=title or None, scope="col")


def by(value: Amount) -> dict[str, Any]:
    """What a cell is sorted by, as an attribute of it."""
    return {} if value is None else {"data-value": repr(float(value))}


def table(heads: Sequence[Component], rows: Sequence[Component], *, name: str, identity: str, usual: str) -> Component:
    """A standing; ``usual`` says in which order it stands unsorted, to lead back there."""
    for place, row in enumerate(rows):
        setattr(row, "data-place", str(place))
    words = parts.attributes(
        data_says=_("Sorted by “{heading}”, {order}"), data_up=order_said(down=False), data_down=order_said(down=True)
    )
    back = html.Button(usual, type="button", className="sort-back")
    line = html.Caption([html.Span(role="status"), " ", back], className="sorted-line", hidden=True, **words)
    return html.Table(
        [line, html.Thead(html.Tr(list(heads))), html.Tbody(list(rows))],
        className=f"data-table sorts {name}".strip(),
        id=identity,
    )


def with_exports(table: Component, *, export: str, query: str, identity: str) -> Component:
    """The standing with the way to take it along, in the order in which it stands."""
    line = html.Div(export_links(export, query), className="export-line", **parts.attributes(data_table=identity))
    return html.Div([table, line])


def in_order(rows: Iterable[Row], order: Order[Row] | None, *, down: bool) -> list[Row]:
    """Rows as the browser sorts them: what has no value comes last, equals stay as they were."""
    found = list(rows)
    if order is None:
        return found
    known = sorted(
        (row for row in found if order(row) is not None), key=lambda row: float(order(row) or 0), reverse=down
    )
    return known + [row for row in found if order(row) is None]


def order_asked(
    asked: Mapping[str, str], orders: Mapping[str, Order[Row]]
) -> tuple[str | None, Order[Row] | None, bool]:
    """By which column an address sorts, None for the usual order, and whether from the greatest; Unasked for a strange one."""
    key = asked.get("sort")
    if key is None:
        return None, None, False
    if key not in orders:
        raise Unasked(key)
    return key, orders[key], asked.get("down") == "1"
