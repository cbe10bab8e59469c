"""A workbook rebuilt from the values that were read, for formats that openpyxl does not know."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.harmless import harmless
from etl.reading.sheets import Shown
from etl.reading.workbook import Sheet, Workbook
from etl.template.sheet_layout import width_of

_LOOKED_AT = 200
_NUMBER_OR_NOTHING = re.compile(r"\s*(?:[+-]?[\d,.]+%?|-+)\s*")
_NARROWEST, _WIDEST = 9, 50


def rebuilt(book: Workbook) -> openpyxl.Workbook:
    """The same sheets with the same values at the same cells, merged alike, in columns as wide as what stands in them."""
    copy = openpyxl.Workbook()
    copy.remove(copy.worksheets[0])
    for sheet in book.sheets:
        target: Worksheet = copy.create_sheet(sheet.name)
        if sheet.name.startswith("_"):
            target.sheet_state = "hidden"
        for number, row in enumerate(sheet.rows(), start=1):
            for position, value in enumerate(row, start=1):
                if value not in ("", None):
                    put_text_or_value(at(target, number, position), value.text if isinstance(value, Shown) else value)
        for (top, left), (bottom, right) in sheet.merged:
            target.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for position, width in enumerate(_widths(sheet), start=1):
            target.column_dimensions[get_column_letter(position)].width = width
    return copy


def make_harmless(book: openpyxl.Workbook) -> None:
    """Texts of the sender's that look like formulas, in a workbook that goes out again; formulas stay formulas."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():  # noqa: SLF001  # rows would be filled up to the farthest cell
            if not isinstance(cell, MergedCell) and cell.data_type == "s" and _could_run(str(cell.value)):
                put_text_or_value(cell, str(cell.value))


def at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, which is no hidden part of a merged one."""
    return cast("Cell", sheet.cell(row, column))


def put_text_or_value(cell: Cell, value: Any) -> None:
    """A value as it is; a text stays a text whatever it begins with, without the characters that XML cannot hold."""
    if isinstance(value, str):
        runs = _could_run(value)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", harmless(value) if runs else value)
        cell.data_type = "s"
        cell.quotePrefix = runs
    else:
        cell.value = value


def _could_run(text: str) -> bool:
    """Whether a program could take it for a formula; a number with a sign and the dashes of an empty cell are none."""
    return harmless(text) != text and _NUMBER_OR_NOTHING.fullmatch(text) is None


def _widths(sheet: Sheet) -> list[float]:
    first = range(min(_LOOKED_AT, sheet.height))
    columns = [column.select(first) for column in sheet.columns]
    return [min(max((_width(cell) for cell in column), default=0) + 2, _WIDEST) for column in columns]


def _width(cell: Any) -> int:
    if isinstance(cell, date):
        return len("2022-05-12")
    return max(_NARROWEST, width_of(f"{cell:g}" if isinstance(cell, float) else str(cell)))
