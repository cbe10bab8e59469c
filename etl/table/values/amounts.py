"""Amounts of money: the one place that decides in which unit one is meant (CONTRACT section 1).

The unit in the cell counts, else the one that the cell's format shows, else the heading's (its own, the one above it, or the
table's: ``Found.ten_thousands``). How a column was read is kept, so that whoever sends it can check it at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from etl.table.cells import Wrong
from etl.table.values.numbers import LARGEST_SUM, Figure, Form, at_most, read

_LARGEST = Decimal(10) ** 10
_SURELY_NOT_TOO_MUCH = 10**6
"""In either unit: most cells of money are such numbers."""
_CENT = Decimal("0.01")
_YUAN, _TEN_THOUSAND_YUAN = "元", "万元"
_AMOUNT = re.compile(
    r"(?:[¥￥]|人民币|RMB|CNY)?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(?P<unit>万元|万|元|圆|人民币元)?[整正]?"
)
_APART = re.compile(r"\d{4}\s+\d|[\d.,](?:\s{2,}|[\r\n])[\d.,]|[.,]\s+[\d.,]|\d\s+(?!\d{3}(?!\d))[\d.,]")
"""Blanks between digits, but for those that part thousands (``20 000``)."""
_FORM = Form(_AMOUNT, "amount", _APART)
_FACTORS: Mapping[str | None, Decimal] = MappingProxyType(
    {"元": Decimal(1), "圆": Decimal(1), "人民币元": Decimal(1), "万": Decimal(10_000), "万元": Decimal(10_000)}
)


class Amounts:
    """How the amounts of one column are read; ``read`` are the (unit, where it is said) that its cells were read by."""

    def __init__(self, in_ten_thousands: bool, largest: Decimal = _LARGEST) -> None:
        self.heading = _TEN_THOUSAND_YUAN if in_ten_thousands else _YUAN
        self.largest = largest
        self.read: set[tuple[str, str]] = set()

    def __call__(self, cell: Any) -> Decimal | None:
        """Yuan, exact, two places, at most 10,000,000,000; Wrong('bad_number') otherwise."""
        if cell.__class__ is float and cell.is_integer() and 0 <= cell <= _SURELY_NOT_TOO_MUCH:
            return self._yuan(Figure(Decimal(int(cell)), None))
        figure = read(cell, _FORM, units=_FACTORS)
        if figure is None:
            return None
        if figure.number < 0:
            raise Wrong("bad_number", reason="negative_amount")
        return self._yuan(figure)

    def _yuan(self, figure: Figure) -> Decimal:
        factor = _FACTORS[figure.unit or self.heading]
        amount = at_most(figure.number * factor, self.largest).quantize(_CENT, ROUND_HALF_UP)
        source = "heading" if figure.unit is None else "format" if figure.from_format else "cell"
        self.read.add((_YUAN if factor == 1 else _TEN_THOUSAND_YUAN, source))
        return amount

    def account(self, column: str, amounts: Iterable[Decimal | None]) -> dict[str, str] | None:
        """In which unit a column was read, where that is said, and what it comes to in yuan; None where it has no amount."""
        if not self.read:
            return None
        units, sources = ({one[place] for one in self.read} for place in (0, 1))
        return {
            "column": column,
            "unit": units.pop() if len(units) == 1 else self.heading,
            "source": sources.pop() if len(self.read) == 1 else "mixed",
            "sum": f"{sum((one for one in amounts if one is not None), Decimal(0)):f}",
        }


def sum_of_money(in_ten_thousands: bool) -> Amounts:
    """A sum of amounts: as an amount, but of any size."""
    return Amounts(in_ten_thousands, LARGEST_SUM)


def total(in_ten_thousands: bool, cell: Any) -> Decimal | None:
    """An amount in a row of sums, in yuan, of any size and sign."""
    figure = read(cell, _FORM, units=_FACTORS)
    return (
        None
        if figure is None
        else figure.number * _FACTORS[figure.unit or (_TEN_THOUSAND_YUAN if in_ten_thousands else _YUAN)]
    )
