"""How this page says figures: hazards are counted by 处, ages are days, what is left is months."""

from __future__ import annotations

from fractions import Fraction

from dashboards.components import numbers
from dashboards.components.numbers import tenths
from data.language import gettext as _


def hazards(value: int) -> str:
    """26处."""
    return _("%(n)s hazards (count)", n=numbers.count(value))


def days(value: int | Fraction | None) -> str:
    """64天; a dash where there is none."""
    return numbers.NONE if value is None else _("%(n)s days", n=tenths(Fraction(value)))


def months(value: Fraction) -> str:
    """4.5个月, to one decimal."""
    return _("%(n)s months", n=tenths(value))


def level(name: str | None) -> str:
    """A responsible level as ledgers call it."""
    return _("no level told") if name is None else name
