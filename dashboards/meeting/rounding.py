"""Numbers as documents and pages print them: rounded half up, as scores are (METHOD) and as spreadsheets do; Python's own formats round 6.25 to 6.2."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction
POINTS, TENTH = Decimal("0.01"), Decimal("0.1")


def rounded(value: Number, to: Decimal) -> Decimal:
    """A number to so many decimals; one that has no exact decimals is taken as it is written."""
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(str(value))
    return exact.quantize(to, ROUND_HALF_UP)


def percent(value: Number) -> str:
    """A share as per cent with one decimal."""
    return f"{rounded(100 * (value if isinstance(value, Fraction) else Decimal(str(value))), TENTH)}%"
