"""The charts of workbooks: they draw the cells of their sheet, stay charts in WPS, and say the same as often as they are read.

``drawn`` and ``told`` belong together: what the first writes the second expects in a workbook that somebody holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import isfinite
from typing import Any

from dashboards.method.frozen import as_in_a_cell
from dashboards.results.cell_places import address, cell_text
from dashboards.results.exported import Exported
from dashboards.results.further_sheet import FurtherSheet, SheetChart

FACE = "宋体"
"""Named in every text: what libraries name of themselves domestic systems have not."""
_SIZE, _SMALL, _TITLE_SIZE = 10, 8, 12
_COLOURS = ("1F3864", "7F7F7F")
_GREY, _LIGHT = "7F7F7F", "D9D9D9"
_BAR, _THINNEST, _LEAST, _MOST, _LINE = 28, 15, 200, 740, 320
"""Pixels: a bar with what is between it and the next, the same of bars in letters that can just be read, the least height, the most
that a page takes, and the height of a line chart.
"""
_ROUND, _WIDEST = 70, 860
_GAP, _WIDE_GAP, _FEW = 60, 150, 6


def height(chart: SheetChart) -> int:
    """Of a chart, in pixels."""
    return _LINE if chart.kind == "line" else max(_LEAST, _ROUND + _bar_height(chart) * chart.rows)


def _bar_height(chart: SheetChart) -> int:
    return max(_THINNEST, min(_BAR, (_MOST - _ROUND) // chart.rows))


def drawn(book: Any, of: FurtherSheet, chart: SheetChart, head_row: int, width: int) -> Any:
    """The chart of a sheet's table, to be put on it; it is no wider than so many pixels."""
    bars = chart.kind == "bars"
    made = book.add_chart({"type": "bar" if bars else "line"})
    made._write_a_latin = lambda attributes: _faces(made, attributes)  # noqa: SLF001  # no option reaches East Asian letters
    first, last = head_row + 1, head_row + chart.rows
    small = bars and _bar_height(chart) < _BAR
    font = {"name": FACE, "size": _SMALL if small else _SIZE}
    for colour, column in zip(_COLOURS, chart.values, strict=False):
        made.add_series(
            {
                "name": [of.name, head_row, column],
                "name_data": [of.table.fields[column].words],
                "categories": [of.name, first, chart.names, last, chart.names],
                "categories_data": _names(of.table, chart),
                "values": [of.name, first, column, last, column],
                "values_data": _values(of.table, chart, column),
                **(_bar(chart, colour, font) if bars else {"line": {"color": f"#{colour}", "width": 2.25}}),
            }
        )
    made.set_title({"name": chart.title, "name_font": {**font, "size": _TITLE_SIZE, "bold": True}})
    made.set_legend({"none": True} if len(chart.values) == 1 else {"position": "top", "font": font})
    grid = {"visible": not bars, "line": {"color": f"#{_LIGHT}"}}
    names = {"num_font": font, "reverse": bars, "line": {"color": f"#{_GREY}"}}
    values = {"num_font": font, "min": 0, "num_format": _format(chart), "major_gridlines": grid, "visible": not bars}
    made.set_x_axis(values if bars else names)
    made.set_y_axis(names if bars else values)
    made.set_size({"width": min(width, _WIDEST), "height": height(chart)})
    return made


def _bar(chart: SheetChart, colour: str, font: Any) -> dict[str, Any]:
    return {
        "fill": {"color": f"#{colour}"},
        "gap": _WIDE_GAP if chart.rows < _FEW else _GAP,
        "data_labels": {"value": True, "num_format": _format(chart), "font": font, "position": "outside_end"},
    }


def _format(chart: SheetChart) -> str:
    return "0" if chart.decimals == 0 else f"0.{'0' * chart.decimals}"


def _faces(made: Any, attributes: Any) -> None:
    """One face for Latin and East Asian letters."""
    for slot in ("a:latin", "a:ea"):
        made._xml_empty_tag(slot, attributes)  # noqa: SLF001


def _names(table: Exported, chart: SheetChart) -> list[str]:
    return [cell_text(str(row[chart.names])) for row in _rows(table, chart)]


def _values(table: Exported, chart: SheetChart, column: int) -> list[float]:
    return [as_in_a_cell(float(row[column])) for row in _rows(table, chart)]


def _rows(table: Exported, chart: SheetChart) -> list[Sequence[Any]]:
    return list(islice(table.rows, chart.rows))


def told(of: FurtherSheet, chart: SheetChart, head_row: int) -> list[str]:
    """What is read of the chart in a workbook, a line each, in the order in which it stands there (``etl.reading.sheet_charts``)."""
    lines = [chart.title, "barChart" if chart.kind == "bars" else "lineChart"]
    first, last = head_row + 1, head_row + chart.rows
    names = [f"{place}={_read(name)}" for place, name in enumerate(_names(of.table, chart))]
    for column in chart.values:
        values = [f"{place}={value:.10g}" for place, value in enumerate(_values(of.table, chart, column))]
        head = address(head_row, column)
        lines += [f"{of.name}!{head}", f"0={of.table.fields[column].words}"]
        lines += [f"{of.name}!{address(first, chart.names)}:{address(last, chart.names)}", *names]
        lines += [f"{of.name}!{address(first, column)}:{address(last, column)}", *values]
    return [*lines, "min=0"]


def _read(name: str) -> str:
    """A name as the reader of charts tells it: one that is a number in one way of writing it."""
    try:
        value = float(name)
    except ValueError:
        return name
    return f"{value:.10g}" if isfinite(value) else name
