"""In which unit a column's amounts are meant, and which cell says so: its heading, one over it, or a line above the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from etl.heading_names import (
    TEN_THOUSANDS,
    YUAN,
    header_name,
    in_ten_thousands,
    is_money,
    money_alone,
    money_of_upper,
    money_within,
)
from etl.kinds.declaration import Column
from etl.reading.sheets import Sheet, letters

if TYPE_CHECKING:
    from etl.header import Found


class Money(NamedTuple):
    """The unit in which a column's amounts are meant, and the cell that says so; None where our own form's holds."""

    unit: str
    cell: str | None


_NOTES_WITHIN = 12
"""Rows at a sheet's end in which a note under the table stands."""


def money_of(found: Found, column: Column, measure: str | None) -> Money:
    """The unit of a column's amounts: its heading's, that of a heading over it, one above or under the table, our own form's."""
    position = found.columns[column.key]
    if is_money(measure):
        return Money(measure or YUAN, found.header_cell(position))
    row = found.header_row(position)
    for above in range(row - 1, -1, -1):
        within = above >= found.header_top
        cell = _covering(found.sheet, above, position, spread=within)
        text = header_name(found.sheet.columns[cell][above])
        unit = money_of_upper(text) if above >= found.header_top - 1 else money_within(text)
        if unit is not None:
            return Money(unit, f"{letters(cell)}{above + 1}")
    return _above(found) or _under(found) or Money(TEN_THOUSANDS if in_ten_thousands(column) else YUAN, None)


def _above(found: Found) -> Money | None:
    """The unit that a line above the table says, or one among the headings that speaks of 单位."""
    for above in range(found.header_bottom, -1, -1):
        outside = above < found.header_top
        for cell in range(len(found.sheet.columns)):
            text = header_name(found.sheet.columns[cell][above])
            if outside or "单位" in text:
                unit = money_within(text) or (money_alone(text) if outside else None)
                if unit is not None:
                    return Money(unit, f"{letters(cell)}{above + 1}")
    return None


def _under(found: Found) -> Money | None:
    """The unit that a note under the table says: a row with nothing else."""
    columns = found.sheet.columns
    rows = len(columns[0]) if columns else 0
    for row in range(max(found.header_bottom + 1, rows - _NOTES_WITHIN), rows):
        filled = [
            (cell, text) for cell, column in enumerate(columns) if (text := header_name(column[row])) or column[row]
        ]
        if len(filled) == 1:
            cell, text = filled[0]
            unit = money_within(text)
            if unit is not None:
                return Money(unit, f"{letters(cell)}{row + 1}")
    return None


def _covering(sheet: Sheet, row: int, position: int, *, spread: bool) -> int:
    """The column of the cell in whose span a position of a row lies, as headings span what is below them."""
    in_row = [one for one in sheet.merged if one[0][0] <= row <= one[1][0] and one[1][1] > one[0][1]]
    for (_, left), (_, right) in in_row:
        if left <= position <= right:
            return left
    if spread and not in_row:
        while position and not header_name(sheet.columns[position][row]):
            position -= 1
    return position
