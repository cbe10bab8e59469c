"""Numbers of results as JSON has them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def plain(value: Fraction | Decimal | int | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) and isinstance(value, Fraction) else float(value)
