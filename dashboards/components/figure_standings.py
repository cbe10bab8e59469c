"""A standing of declared figures: one thing a line, sorted by any heading, shares with their bars; and the same as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, standings
from dashboards.components.asked import choosing
from dashboards.components.exports import Exported, Field, Written, sorted_said
from dashboards.components.part_standings import PartChoice, share_bar

Figures = TypeVar("Figures")


@dataclass(frozen=True, slots=True)
class FiguresLine(Generic[Figures]):
    """Whose figures these are: a code, a name, and the place in the zone's own order."""

    code: str
    name: str
    place: int
    figures: Figures
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class FigureColumn(Generic[Figures]):
    """A figure of each line; ``up``: whether the least comes first at the first click, ``stands_out``: whether what is not 0 is bold."""

    key: str
    words: str
    value: Callable[[Figures], int | Decimal | Fraction | None]
    written: Written = Written.COUNT
    up: bool = False
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class FiguresSaid:
    """What the lines are, how they stand before anybody sorts them, and the words that lead back to that."""

    of: str
    order: str
    back: str


def _orders(columns: Sequence[FigureColumn[Figures]]) -> dict[str, standings.Order[FiguresLine[Figures]]]:
    def of(column: FigureColumn[Figures]) -> standings.Order[FiguresLine[Figures]]:
        return lambda line: column.value(line.figures)

    return {"name": lambda line: line.place, **{one.key: of(one) for one in columns}}


def table(
    lines: Sequence[FiguresLine[Figures]],
    columns: Sequence[FigureColumn[Figures]],
    said: FiguresSaid,
    choice: PartChoice | None,
    *,
    identity: str,
    chosen: str | None = None,
) -> Component:
    """The lines as they stand; without ``choice`` their names choose nothing. ``chosen`` is the line that is."""
    heads = [
        standings.head("name", said.of, up=True, named=True),
        *(standings.head(one.key, one.words, name="" if one.written is Written.SHARE else "num", up=one.up) for one in columns),
    ]  # fmt: skip
    orders = _orders(columns)
    rows = [_row(line, columns, said, choice, orders, chosen=line.code == chosen) for line in lines]
    made = standings.table(heads, rows, name="standings figure-standings", identity=identity, usual=said.back)
    return html.Div(made, className="table-frame")


def _row(
    line: FiguresLine[Figures],
    columns: Sequence[FigureColumn[Figures]],
    said: FiguresSaid,
    choice: PartChoice | None,
    orders: Mapping[str, standings.Order[FiguresLine[Figures]]],
    *,
    chosen: bool,
) -> Component:
    mark = None if line.confirmed else parts.illustrative()
    lifted = {} if choice is None else parts.attributes(**{f"data_{choice.kind}": line.code})
    cells = [
        parts.cell(one.words, *_shown(one, line.figures), name="bar-cell" if one.written is Written.SHARE else "num",
                   **standings.by(orders[one.key](line)))
        for one in columns
    ]  # fmt: skip
    name = parts.cell(said.of, _name(line, choice), mark, name="standing-name", **standings.by(line.place))
    return html.Tr([name, *cells], className="chosen" if chosen else None, **lifted)


def _name(line: FiguresLine[Figures], choice: PartChoice | None) -> Component | str:
    if choice is None:
        return line.name
    via = parts.attributes(data_via="table")
    return choosing(line.name, choice.link(line.code), choice.changes(line.code), className="unit-link", **via)


def _shown(column: FigureColumn[Figures], figures: Figures) -> list[Component | str]:
    value = column.value(figures)
    if column.written is Written.SHARE:
        share = None if value is None else Fraction(value)
        return [share_bar(share), html.Span(numbers.percent(share), className="share")]
    text = amount_said(value)
    return [html.Strong(text) if column.stands_out and value else text]


def amount_said(value: int | Decimal | Fraction | None) -> str:
    """A count, a sum or a median, without idle zeros."""
    if value is None or isinstance(value, int):
        return numbers.count(value)
    return numbers.tenths(value) if isinstance(value, Fraction) else numbers.yuan(value)


def exported(
    asked: Mapping[str, str],
    lines: Sequence[FiguresLine[Figures]],
    columns: Sequence[FigureColumn[Figures]],
    words: FiguresSaid,
    *,
    title: str,
    named: str,
    said: Sequence[str],
) -> Exported:
    """The lines as a file, in the order in which they are seen; Unasked for a strange one. ``named``: what the file's name ends with."""
    key, order, down = standings.order_asked(asked, _orders(columns))
    headings = {"name": words.of, **{one.key: one.words for one in columns}}
    way = sorted_said(headings[key], down=down, named=key == "name") if key else words.order
    return Exported(
        name=f"{title} {named}".replace(" ", "-"),
        title=title,
        said=[*said, way],
        fields=[Field(words.of), *(Field(one.words, one.written) for one in columns)],
        rows=[_written(line, columns) for line in standings.in_order(lines, order, down=down)],
    )


def _written(line: FiguresLine[Figures], columns: Sequence[FigureColumn[Figures]]) -> list[Any]:
    return [line.name, *(one.value(line.figures) for one in columns)]
