"""Where a row of a list stands in its workbook, as grids, lists and files say it: sheet and cell, a link to the original for who may open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, original
from dashboards.results.record_list import MOST_AT_ONCE
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.periods import parse_period

Row = TypeVar("Row")
Key = TypeVar("Key")


def in_grid(source: ToldRow, cell: str) -> dict[str, str]:
    """A link of a grid's row; its words alone where the original may not be opened."""
    text = f"{source.sheet} {cell}"
    if not source.opens:
        return {"text": text, "title": _period(source)}
    name = original.name(source.file_name, opens=True)
    return {"text": text, "title": f"{name} · {why(source)}", "href": original.address(source.submission)}


def in_list(source: ToldRow, cell: str) -> Component:
    """Workbook → sheet → cell, a link to the original workbook where it may be opened."""
    name = original.name(source.file_name, opens=source.opens)
    said = [html.Span(name, className="file"), html.Span(f" · {source.sheet} · "), html.B(cell)]
    return original.link(said, source.submission, opens=source.opens, title=why(source), className="source")


def in_file(source: ToldRow, cell: str) -> str:
    """The same as a text."""
    name = original.name(source.file_name, opens=source.opens)
    return f"{_period(source)} {name} {source.sheet} {cell}"


def why(source: ToldRow) -> str:
    """Which row of which period's workbook a link opens."""
    return _("%(period)s, row %(row)s: download the original workbook", row=source.row, period=_period(source))


def _period(source: ToldRow) -> str:
    return numbers.period(parse_period(source.period))


def as_text(value: Any) -> str:
    """A value as a cell of a grid shows it."""
    if isinstance(value, Decimal):
        return numbers.yuan(value)
    return numbers.NONE if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def written(
    rows: Sequence[Row],
    keys: Sequence[str],
    values: Callable[[Row], Mapping[str, Any]],
    sources: Callable[[Sequence[Row]], Mapping[Key, ToldRow]],
    place: Callable[[Row, Mapping[Key, ToldRow]], str],
) -> Iterator[list[Any]]:
    """The columns ``keys`` of each row of a file, ``sources`` being where they stand: looked up some at a time, if it is asked for."""
    for start in range(0, len(rows), MOST_AT_ONCE):
        some = rows[start : start + MOST_AT_ONCE]
        found = sources(some) if "sources" in keys else None
        for one in some:
            told = values(one) if found is None else {**values(one), "sources": place(one, found)}
            yield [told[key] for key in keys]
