"""Where the cells of a web page's tables stand, laid out as one sheet: spans, tables within cells, one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from etl.reading.grid import Allowance
from etl.reading.limits import MOST_COLUMNS, MOST_ROWS, Unreadable
from etl.reading.sheets import Cell, Merged

_NOTHING: list[Cell] = []
"""A row without a cell; nobody writes into it."""
_UNCOVERED = [-1] * MOST_COLUMNS
"""Of every column, down to which row a cell covers it; never changed in place."""


@dataclass(slots=True)
class LaidOut:
    """Rows of unequal length, the merged cells among them, and those that are not shown."""

    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """The length of the longest row."""
        return max(map(len, self.rows), default=0)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a cell into a row that is there; Unreadable beyond the limits."""
        if column >= MOST_COLUMNS:
            raise Unreadable("too_large")
        line = self.rows[row]
        if line is _NOTHING:
            line = self.rows[row] = []
        line.extend([""] * (column + 1 - len(line)))
        line[column] = cell

    def add_rows(self, number: int) -> None:
        """So many blank rows below."""
        if len(self.rows) + number > MOST_ROWS:
            raise Unreadable("too_large")
        self.rows += [_NOTHING] * number

    def place(self, other: LaidOut, top: int, left: int) -> None:
        """Put another one's cells into rows that are there."""
        for number, line in enumerate(other.rows):
            if left == 0 and self.rows[top + number] is _NOTHING:
                self.rows[top + number] = line
                continue
            for position, cell in enumerate(line):
                if cell != "":
                    self.put(top + number, left + position, cell)
        self.merged += [
            ((first + top, start + left), (last + top, end + left)) for (first, start), (last, end) in other.merged
        ]
        self.hidden |= {row + top for row in other.hidden}


class PageTable:
    """One table as its rows and cells come. Spans end with the table or its group of rows, and never lie upon one another."""

    def __init__(self, allowance: Allowance) -> None:
        self.laid = LaidOut()
        self._allowance = allowance
        self._row = -1
        self._column = 0
        self._covered = _UNCOVERED
        self._lowest = -1
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}
        self._open_spans: list[tuple[int, int]] = []
        self._within: dict[tuple[int, int], list[Block]] = {}

    def begin_row(self, *, hidden: bool = False) -> None:
        """The cells that follow are in the next row."""
        self._allowance.count_element()
        self._row += 1
        self._column = 0
        if self._row < MOST_ROWS:
            self.laid.rows.append(_NOTHING)
            if hidden:
                self.laid.hidden.add(self._row)

    def end_group(self) -> None:
        """A group of rows (head, body, foot) ends, and with it what spans its rows."""
        for place in self._open_spans:
            rows, columns = self._spans[place]
            self._spans[place] = min(rows, self._row + 1 - place[0]), columns
        self._open_spans.clear()
        self._lowest = -1
        self._covered = _UNCOVERED

    def put(self, cell: Cell, rows: int, columns: int, within: list[Block]) -> None:
        """The next cell of the row, with the tables that it holds."""
        self._allowance.count_element()
        filled = cell != "" or bool(within)
        while self._lowest >= self._row and self._column < MOST_COLUMNS and self._covered[self._column] >= self._row:
            self._column += 1
        place, column = (self._row, self._column), self._column
        if self._row >= MOST_ROWS or column >= MOST_COLUMNS:
            if filled:
                raise Unreadable("too_large")
            return
        columns = self._free(column, min(columns, MOST_COLUMNS - column))
        rows = min(rows, MOST_ROWS - self._row)
        self._column += columns
        if rows > 1:
            covered = self._covered
            last = self._row + rows - 1
            self._covered = [*covered[:column], *[last] * columns, *covered[column + columns :]]
            self._lowest = max(self._lowest, last)
        if within:
            self._within[place] = within
        elif filled:
            self._allowance.cells -= column + 1 - len(self.laid.rows[self._row])
            if self._allowance.cells < 0:
                raise Unreadable("too_large")
            self.laid.put(self._row, column, cell)
        if filled and (rows > 1 or columns > 1):
            self._allowance.merged -= 1
            if self._allowance.merged < 0:
                raise Unreadable("too_large")
            self._spans[place] = rows, columns
            self._open_spans.append(place)

    def _free(self, column: int, columns: int) -> int:
        """How many of these columns are free, one after the other."""
        if columns == 1 or self._lowest < self._row:
            return columns
        return next((n for n in range(1, columns) if self._covered[column + n] >= self._row), columns)

    def laid_out(self) -> LaidOut:
        """The table as it stands, wide and high enough for the tables in its cells."""
        self.end_group()
        if not self._within:
            self.laid.merged = [
                ((row, column), (row + rows - 1, column + columns - 1))
                for (row, column), (rows, columns) in self._spans.items()
                if rows > 1 or columns > 1
            ]
            return self.laid
        inner = {place: stacked(blocks) for place, blocks in self._within.items()}
        outer = self.laid
        heights, widths = [1] * len(outer.rows), [1] * (1 + max([outer.width, *(column for _, column in inner)]))
        for (row, column), laid in inner.items():
            rows, columns = self._spans.get((row, column), (1, 1))
            _make_room(heights, row, rows, len(laid.rows))
            _make_room(widths, column, columns, laid.width)
        return self._stretched(inner, list(accumulate(heights, initial=0)), list(accumulate(widths, initial=0)))

    def _stretched(
        self, inner: Mapping[tuple[int, int], LaidOut], tops: Sequence[int], lefts: Sequence[int]
    ) -> LaidOut:
        """The same cells in rows and columns that begin at these."""
        whole = LaidOut()
        whole.add_rows(tops[-1])
        for number, line in enumerate(self.laid.rows):
            for position, cell in enumerate(line):
                if cell != "":
                    whole.put(tops[number], lefts[position], cell)
        for row in self.laid.hidden:
            whole.hidden |= set(range(tops[row], tops[row + 1]))
        for (row, column), (rows, columns) in self._spans.items():
            if (row, column) not in inner and (rows > 1 or columns > 1):
                below, right = min(row + rows, len(tops) - 1), min(column + columns, len(lefts) - 1)
                whole.merged.append(((tops[row], lefts[column]), (tops[below] - 1, lefts[right] - 1)))
        for (row, column), laid in inner.items():
            whole.place(laid, tops[row], lefts[column])
        return whole


Block = str | PageTable
"""What stands below one another on a page or in a cell: a line of text, or a table."""


def _make_room(sizes: list[int], first: int, number: int, needed: int) -> None:
    """Stretch the last of these rows or columns until all of them together are as long as needed."""
    last = min(first + number, len(sizes)) - 1
    sizes[last] = max(sizes[last], needed - sum(sizes[first:last]))


def stacked(blocks: Iterable[Block], hidden: Iterable[int] = ()) -> LaidOut:
    """Lines and tables one below the other; of the lines some (by their place) are not shown."""
    unseen = set(hidden)
    whole = LaidOut()
    for place, block in enumerate(blocks):
        top = len(whole.rows)
        laid = LaidOut([[block]]) if isinstance(block, str) else block.laid_out()
        whole.add_rows(len(laid.rows))
        whole.place(laid, top, 0)
        if place in unseen:
            whole.hidden.add(top)
    return whole
