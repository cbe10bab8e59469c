"""What was not taken as data → light grey cells and tabs, so that a sender sees it where it stands.

Grey is never alone: a comment at the first cell and a row of 问题清单 say what it was taken for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from etl.reading.limits import MOST_COLUMNS
from etl.template.colours import GREY

_MOST_CELLS = 5_000
"""That are coloured at one place: it is there to be seen, and a far longer one is seen by its beginning."""


def grey(book: Workbook, left_out: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Cell | None]]:
    """Colour what was left out (sheet, first, last, column, header_row) where it has no colour; each with its first cell."""
    for one in left_out:
        sheet = book[one["sheet"]] if one["sheet"] in book.sheetnames else None
        if not isinstance(sheet, Worksheet):
            yield one, None
            continue
        cells = list(islice(_cells(sheet, one), _MOST_CELLS))
        if one["first"] is None and one["column"] is None:
            _grey_tab(sheet)
        else:
            for cell in cells:
                if cell.fill.fill_type is None:
                    cell.fill = PatternFill("solid", fgColor=GREY)
        yield one, cells[0] if cells else None


def _cells(sheet: Worksheet, one: Mapping[str, Any]) -> Iterator[Cell]:
    """The filled cells of rows, of a column from its header on, or the first one of a whole sheet."""
    columns = range(1, min(sheet.max_column, MOST_COLUMNS) + 1)
    rows = range(one["first"] or 1, min(one["last"] or sheet.max_row, sheet.max_row) + 1)
    if one["column"] is not None:
        columns = range(number := column_index_from_string(one["column"]), number + 1)
        rows = range(one["header_row"], sheet.max_row + 1)
    found = (sheet._cells.get((row, column)) for row in rows for column in columns)  # noqa: SLF001  # asking for a cell makes it
    there = (cell for cell in found if cell is not None and not isinstance(cell, MergedCell) and cell.value is not None)
    return islice(there, 1) if one["first"] is None and one["column"] is None else there


def _grey_tab(sheet: Worksheet) -> None:
    if sheet.sheet_properties.tabColor is None:
        sheet.sheet_properties.tabColor = GREY


def take_back(sheet: Worksheet) -> None:
    """A tab that an earlier time made grey has no colour again."""
    colour = sheet.sheet_properties.tabColor
    if colour is not None and colour.rgb == GREY:
        sheet.sheet_properties.tabColor = None
