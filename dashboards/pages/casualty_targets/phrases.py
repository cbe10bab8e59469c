"""How this page says figures: persons are persons, and what is over is not foreseen."""

from __future__ import annotations

from fractions import Fraction

from dashboards.components import numbers
from dashboards.method.casualties import Standing
from dashboards.method.ranking import rounded
from data.language import gettext as _


def persons(value: int | Fraction | None) -> str:
    """5人, 4.63人; a dash where there is none."""
    if value is None:
        return numbers.NONE
    shown = numbers.decimal(rounded(value)) if isinstance(value, Fraction) else numbers.count(value)
    return _("%(n)s persons", n=shown)


def beside_a_line(value: int | Fraction) -> str:
    """5人; where there is little room, and the chart's heading says of whom."""
    shown = numbers.decimal(rounded(value)) if isinstance(value, Fraction) else numbers.count(value)
    return _("%(n)s persons (short)", n=shown)


def accidents(value: int) -> str:
    """4起."""
    return _("%(n)s accidents (count)", n=numbers.count(value))


def days(value: int | None) -> str:
    """17天; a dash where there never was one."""
    return numbers.NONE if value is None else _("%(n)s days", n=numbers.count(value))


def breach(one: Standing) -> str:
    """The chance that the cap is exceeded by the year's end, or that it already is."""
    if exceeded(one):
        return _("already exceeded")
    over = one.elapsed == 1 and one.cap is not None
    return _("not exceeded") if over else numbers.chance(one.breach_probability)


def exceeded(one: Standing) -> bool:
    """Whether more have died than the year's cap."""
    return one.remaining is not None and one.remaining < 0


def remaining(one: Standing) -> str:
    """What is left of the cap, or by how much it is exceeded."""
    if one.remaining is None:
        return numbers.NONE
    return _("above by %(n)s persons", n=-one.remaining) if one.remaining < 0 else persons(one.remaining)


def counted_enterprises(value: int) -> str:
    """2家."""
    return _("%(n)s enterprises", n=numbers.count(value))
