"""How this page says figures: enterprises are enterprises, a pace is of a week."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dashboards.components import numbers
from dashboards.method.frontline import Coverage
from data.language import gettext as _

LEAST = Fraction(1, 20)
"""Below it a pace would be printed as 0.0, which it is not."""


def enterprises(value: int) -> str:
    """26家."""
    return _("%(n)s enterprises (count)", n=numbers.count(value))


def complete_of(one: Coverage) -> str:
    """26家中11家完成（42.3%）."""
    told = {"complete": numbers.count(one.complete), "of": numbers.count(one.enterprises)}
    return _("%(complete)s of %(of)s enterprises complete (%(share)s)", **told, share=numbers.percent(one.share))


def a_week(value: Fraction) -> str:
    """每周0.7家, to one decimal."""
    return _("%(n)s a week", n=tenths(value))


def tenths(value: Fraction) -> str:
    """A number to one decimal; what is not 0 is never printed as 0."""
    if 0 < value < LEAST:
        return _("less than %(n)s", n="0.1")
    exact = (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
    shown = f"{abs(exact):,.0f}" if exact == exact.to_integral_value() else f"{abs(exact):,}"
    return f"{numbers.MINUS}{shown}" if exact < 0 else shown
