"""A table as it was read: its data rows column by column, and what the other rows were taken for.

Which of the rows below it are data is in ``table_rows``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.reading.sheets import SheetColumn, letters
from etl.table.headings.header import Found
from etl.table.left_out import Why
from etl.table.rows.roles import Doubt
from etl.table.rows.words import TotalLabel


@dataclass(frozen=True, slots=True)
class Total:
    """A row of sums that was left out: its label, the clerk's row, its cells, and how many data rows stand above it.

    ``since`` are the data rows (counted from 0) from which its group may begin, the likeliest first.
    """

    label: TotalLabel
    row: int
    cells: Mapping[str, Any]
    above: int
    since: tuple[int, ...] = (0,)


@dataclass(slots=True)
class Table:
    """The data rows of a found table, column by column.

    ``rows`` are the row numbers that the clerk sees; ``cells[key][i]`` belongs to ``rows[i]``. ``totals`` are rows of
    sums that were left out, ``left`` all rows below the header that were, by why (as the clerk counts them); ``doubts``
    are what was seen of data rows that may be none; ``hidden`` are the data rows that its sender does not see.
    """

    found: Found
    rows: list[int]
    cells: dict[str, SheetColumn]
    totals: list[Total] = field(default_factory=list)
    left: dict[Why, list[int]] = field(default_factory=dict)
    doubts: dict[int, Doubt] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    elsewhere: int | None = None

    def cell(self, key: str, index: int) -> str:
        """Name of the cell (``B3``) of a data row's column."""
        return f"{letters(self.found.columns[key])}{self.rows[index]}"

    def keep(self, indices: Sequence[int]) -> None:
        """Leave out all data rows but these: in the others only what was filled in beforehand is filled."""
        kept = [self.rows[index] for index in indices]
        self.left.setdefault(Why.PREFILLED, []).extend(sorted(set(self.rows).difference(kept)))
        self.rows = kept
        self.cells = {key: column.select(indices) for key, column in self.cells.items()}
