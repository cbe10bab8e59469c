"""What a clerk writes once for several rows: merged cells down a column, and 同上."""

from __future__ import annotations

from data.zone.normal import compact
from etl.reading.sheets import Sheet, SheetColumn

_DITTO = frozenset(map(compact, ("同上", "上同", "〃", "々", '"', "″", "''", "“", "”")))
_LONGEST_DITTO = 8
"""With the blanks, and the characters that nobody sees, within it."""


def with_repeated(column: SheetColumn) -> SheetColumn:
    """The column with the cell above in place of 同上 and its like; in the first row that is blank."""
    short = (cell for cell in column.cells if cell.__class__ is str and len(cell) <= _LONGEST_DITTO)
    return column.repeated({cell for cell in short if compact(cell) in _DITTO})


def merged_filled(sheet: Sheet, first: int) -> tuple[list[SheetColumn], set[int]]:
    """The sheet's columns, with the value of a merged cell in every row that it spans (first column only).

    And the rows from ``first`` on that hold such a value: what a clerk wrote there is on the sheet's own columns.
    """
    columns = list(sheet.columns)
    covered: set[int] = set()
    for (top, left), (bottom, _) in sheet.merged:
        if top >= first and bottom > top and top < sheet.height and left < len(columns):
            if columns[left] is sheet.columns[left]:
                columns[left] = columns[left].select(range(sheet.height))
            codes, below = columns[left].codes, range(top + 1, min(bottom + 1, sheet.height))
            for number in below:
                codes[number] = codes[top]
            covered.update(below)
    return columns, covered
