"""The numbers that a row of sums states, and the sums of the data rows that they may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from etl.reading.sheets import SheetColumn
from etl.table.cells import Wrong
from etl.table.declaration import Cells
from etl.table.headings.header import Found
from etl.table.rows.roles import Row
from etl.table.rows.said_once import with_repeated
from etl.table.values import amounts, numbers

_LARGEST_ROUNDED = 10**15


class ColumnSums:
    """ColumnSums of the data rows' numbers, so that numbers without a label are known for what they are."""

    def __init__(self, found: Found, columns: Sequence[SheetColumn], data: Sequence[int]) -> None:
        self._found = found
        self._keys = {position: key for key, position in found.columns.items()}
        self._columns = columns
        self._data = data
        self._running: dict[int, list[Decimal]] = {}

    def are_stated(self, row: Row, above: int, since: Iterable[int]) -> bool:
        """Whether the row's numbers are the sums of the rows above it, from one of these on."""
        if above == 0:
            above, since = len(self._data), {0}
        stated = [(at, self._number(at, cell)) for at, cell in row if at in self._keys and not self._is_flag(at)]
        return any(
            all(self._sum(at)[above] - self._sum(at)[start] == number for at, number in stated)
            for start in since
            if start < above
        )

    def _is_flag(self, at: int) -> bool:
        return any(one.key == self._keys[at] and one.cells is Cells.FLAG for one in self._found.spec.columns)

    def _sum(self, at: int) -> list[Decimal]:
        if at not in self._running:
            column = with_repeated(self._columns[at].select(self._data))
            stated = [self._number(at, cell) for cell in column.cells]
            self._running[at] = list(
                accumulate((stated[code] or Decimal(0) for code in column.codes), initial=Decimal(0))
            )
        return self._running[at]

    def _number(self, at: int, cell: Any) -> Decimal | None:
        return stated_sum(self._found, self._keys[at], cell)


def stated_sum(found: Found, key: str, cell: Any) -> Decimal | None:
    """The number in a row of sums; what is no number there is a note and not judged.

    Excel adds up in binary fractions: what is behind the last place that is kept of an amount or a mark is no difference.
    """
    is_money = any(column.key == key and column.cells is Cells.MONEY for column in found.spec.columns)
    try:
        number = amounts.total(key in found.ten_thousands, cell) if is_money else numbers.total(cell)
    except Wrong:
        return None
    return number if number is None or abs(number) > _LARGEST_ROUNDED else round(number, 2 if is_money else 6)
