"""The cell of a workbook that told of something: as a link on a page, as a grid takes it, and in words for a file."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, original
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.zone.periods import parse_period


def shown(told: ToldRow, cell: str) -> Component:
    """Workbook → sheet → cell, a link to the original workbook where it may be opened."""
    name = original.name(told.file_name, opens=told.opens)
    said = [html.Span(name, className="file"), html.Span(f" · {told.sheet} · "), html.B(cell)]
    return original.link(said, told.submission, opens=told.opens, title=why(told), className="source")


def why(told: ToldRow) -> str:
    """Which row of which period's workbook a link opens."""
    return _("%(period)s, row %(row)s: download the original workbook", row=told.row,
             period=numbers.period(parse_period(told.period)))  # fmt: skip


def of_grid(told: ToldRow, cell: str) -> dict[str, str]:
    """Sheet and cell; the words of a link to the original where it may be opened."""
    text = f"{told.sheet} {cell}"
    if not told.opens:
        return {"text": text, "title": numbers.period(parse_period(told.period))}
    name = original.name(told.file_name, opens=True)
    return {"text": text, "title": f"{name} · {why(told)}", "href": original.address(told.submission)}


def in_words(told: ToldRow, cell: str) -> str:
    """Period, workbook, sheet and cell."""
    name = original.name(told.file_name, opens=told.opens)
    return f"{numbers.period(parse_period(told.period))} {name} {told.sheet} {cell}"


def value_shown(value: date | str | int | None) -> str:
    """A value as a cell of a grid shows it."""
    return numbers.NONE if value is None else value.isoformat() if isinstance(value, date) else str(value)
