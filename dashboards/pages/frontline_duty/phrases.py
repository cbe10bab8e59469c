"""How this page says figures: enterprises are enterprises, a pace is of a week."""

from __future__ import annotations

from fractions import Fraction

from dashboards.components import numbers
from dashboards.components.numbers import tenths
from dashboards.method.frontline import Coverage
from data.language import gettext as _


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
