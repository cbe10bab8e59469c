"""In which unit a column's amounts are meant, and which cell says so: its heading, one over it, or a line above the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from etl.reading.sheets import Sheet, letters
from etl.table.declaration import Column
from etl.table.headings.names import (
    TEN_THOUSANDS,
    YUAN,
    header_name,
    in_ten_thousands,
    is_money,
    money_alone,
    money_of_upper,
    money_within,
)

if TYPE_CHECKING:
    from etl.table.headings.header import Found


class MoneyUnit(NamedTuple):
    """The unit in which a column's amounts are meant, and the cell that says so; None where our own form's holds."""

    unit: str
    cell: str | None


def money_of(found: Found, column: Column, measure: str | None) -> MoneyUnit:
    """The unit of a column's amounts: the one alone below its heading, its heading's, that of a heading over it, one above
    the table, our own form's.
    """
    position = found.columns[column.key]
    below = found.header_bottom + 1
    if below < found.sheet.height:
        unit = money_alone(found.sheet.columns[position][below])
        if unit is not None:
            return MoneyUnit(unit, f"{letters(position)}{below + 1}")
    if is_money(measure):
        return MoneyUnit(measure or YUAN, found.header_cell(position))
    row = found.header_row(position)
    for above in range(row - 1, -1, -1):
        within = above >= found.header_top
        cell = _covering(found.sheet, above, position, spread=within)
        text = header_name(found.sheet.columns[cell][above])
        unit = money_of_upper(text) if above >= found.header_top - 1 else money_within(text)
        if unit is not None:
            return MoneyUnit(unit, f"{letters(cell)}{above + 1}")
    return _above(found) or MoneyUnit(TEN_THOUSANDS if in_ten_thousands(column) else YUAN, None)


def _above(found: Found) -> MoneyUnit | None:
    """The unit that a line above the table says, or one among the headings that speaks of 单位."""
    for above in range(found.header_bottom, -1, -1):
        outside = above < found.header_top
        for cell in range(len(found.sheet.columns)):
            text = header_name(found.sheet.columns[cell][above])
            if outside or "单位" in text:
                unit = money_within(text) or (money_alone(text) if outside else None)
                if unit is not None:
                    return MoneyUnit(unit, f"{letters(cell)}{above + 1}")
    return None


def unit_said_below(found: Found, key: str, notes: Iterable[int]) -> MoneyUnit | None:
    """The unit of a column's amounts that a remark below the header says (rows counted from 1), where nothing else says one."""
    if found.money[key].cell is not None:
        return None
    for row in notes:
        for at, column in enumerate(found.sheet.columns):
            text = header_name(column[row - 1])
            unit = money_within(text) if text else None
            if unit is not None:
                return MoneyUnit(unit, f"{letters(at)}{row}")
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
