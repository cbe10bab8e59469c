"""Puts cells that come one after the other, with places and repetitions, into the rows of a sheet, within the limits."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from etl.reading.limits import (
    MOST_CELLS,
    MOST_ELEMENTS,
    MOST_LAID_OUT,
    MOST_MERGED,
    MOST_ROWS,
    MOST_SHEETS,
    Unreadable,
    is_beyond,
    is_stray,
)
from etl.reading.sheets import Cell, Merged, Sheet, letters


@dataclass(slots=True)
class Allowance:
    """What is left of the limits for the whole workbook."""

    cells: int = MOST_CELLS
    laid_out: int = MOST_LAID_OUT
    elements: int = MOST_ELEMENTS
    merged: int = MOST_MERGED
    sheets: int = MOST_SHEETS

    def count_element(self) -> None:
        """One more row or cell that is written out, filled or not."""
        self.elements -= 1
        if self.elements < 0:
            raise Unreadable("too_large")


class Grid:
    """One sheet as it grows. Rows that repeat are one list; nobody changes a row of a sheet in place."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        self.name = name
        self._allowance = allowance
        self._row, self._times = 0, 1
        self._cells: dict[int, Cell] = {}
        self._rows: dict[int, list[Cell]] = {}
        self._merged: list[Merged] = []
        self._broken: dict[str, str] = {}
        self.hidden = False
        self._hidden_rows: set[int] = set()
        allowance.sheets -= 1
        if allowance.sheets < 0:
            raise Unreadable("too_large")

    @property
    def row(self) -> int:
        """The row to which the next cell belongs, counted from 0."""
        return self._row

    def begin_row(self, row: int, times: int = 1, *, hidden: bool = False) -> None:
        """The cells that follow are in this row, counted from 0, which stands ``times`` times."""
        self._allowance.count_element()
        if hidden:
            self._hidden_rows.update(range(row, min(row + times, MOST_ROWS)))
        self._row, self._times = row, times
        self._cells = {}

    def put(self, column: int, cell: Cell, times: int = 1) -> None:
        """A cell of the row, ``times`` times side by side. Beyond the limits a blank is nothing; else Unreadable."""
        last = column + times - 1
        if is_beyond(self._row + self._times - 1, last):
            if isinstance(cell, str) and not cell.strip():
                return
            raise Unreadable("too_large")
        for place in range(column, last + 1):
            self._cells[place] = cell

    def end_row(self) -> None:
        """The row is complete."""
        if not self._cells:
            return
        last = max(self._cells)
        if len(self._cells) == 1 and is_stray(self._row, last):
            return
        self._spend(last + 1)
        line = [self._cells.get(column, "") for column in range(last + 1)]
        for number in range(self._row, self._row + self._times):
            self._rows[number] = line

    def put_broken(self, column: int, error: str, times: int = 1) -> None:
        """A cell of the row with an error value, or "" for a formula without a result."""
        if is_beyond(self._row + self._times - 1, column + times - 1):
            raise Unreadable("too_large")
        self._spend(self._times * times)
        for number in range(self._row, self._row + self._times):
            for place in range(column, column + times):
                self._broken[f"{letters(place)}{number + 1}"] = error

    def merge(self, column: int, rows: int, columns: int) -> None:
        """A cell of the row that stands for several."""
        if is_beyond(self._row, column):
            return
        self._allowance.merged -= 1
        if self._allowance.merged < 0:
            raise Unreadable("too_large")
        self._merged.append(((self._row, column), (self._row + rows - 1, column + columns - 1)))

    def _spend(self, cells: int) -> None:
        self._allowance.cells -= cells
        if self._allowance.cells < 0:
            raise Unreadable("too_large")

    def sheet(self) -> Sheet:
        """The rectangle from A1 to the last row and column with a cell."""
        width = max((len(line) for line in self._rows.values()), default=0)
        height = max(self._rows, default=-1) + 1
        blank = [""] * width
        rows = [self._rows.get(number, blank) for number in range(height)]
        rows += blanks_down_to_broken(len(rows), width, self._broken)
        self._allowance.laid_out -= width * len(rows)
        if self._allowance.laid_out < 0:
            raise Unreadable("too_large")
        sheet = Sheet.of_ragged(self.name, rows)
        sheet.merged, sheet.broken = within(self._merged, len(rows), width), self._broken
        sheet.hidden = self.hidden
        sheet.hidden_rows = frozenset(row for row in self._hidden_rows if row < len(rows))
        return sheet


def blanks_down_to_broken(height: int, width: int, broken: dict[str, str]) -> list[list[Cell]]:
    """Blank rows to stand below a sheet's last one, down to broken cells that lie there: they were meant to be filled."""
    lowest = max((int(cell.lstrip(ascii_uppercase)) for cell in broken), default=0)
    return [[""] * width] * (lowest - height) if height else []


def within(merged: list[Merged], height: int, width: int) -> list[Merged]:
    """Merged cells, cut off where the sheet ends; Unreadable where they overlap, which no office program leaves so."""
    area = height * width
    kept = [((top, left), (min(bottom, height - 1), right)) for (top, left), (bottom, right) in merged if top < height]
    if sum(bottom - top + 1 for (top, _), (bottom, _) in kept if bottom > top) > area:
        raise Unreadable("not_a_workbook")
    return kept
