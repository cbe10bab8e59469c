"""Which colour a cell of a heat map has: that of the grade which its points would be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from data.zone.schemes import Grades


def level(points: Decimal | Fraction, grades: Grades) -> str:
    """The grade that points out of 100 would be: ``excellent``, ``good``, ``passed`` or ``failed``."""
    bounds = {"excellent": grades.excellent, "good": grades.good, "passed": grades.passed}
    return next((name for name, bound in bounds.items() if points >= bound), "failed")
