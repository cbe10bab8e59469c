"""How this page says figures: persons are persons, a chance is never more certain than it is, a light is a word."""

from __future__ import annotations

from fractions import Fraction

from dashboards.components import numbers
from dashboards.method.casualties import Standing
from dashboards.method.ranking import rounded
from data.language import gettext as _
from data.schemes import CasualtyScheme


def persons(value: int | Fraction | None) -> str:
    """5人, 4.63人; a dash where there is none."""
    if value is None:
        return numbers.NONE
    shown = numbers.decimal(rounded(value)) if isinstance(value, Fraction) else numbers.count(value)
    return _("%(n)s persons", n=shown)


def accidents(value: int) -> str:
    """4起."""
    return _("%(n)s accidents (count)", n=numbers.count(value))


def days(value: int | None) -> str:
    """17天; a dash where there never was one."""
    return numbers.NONE if value is None else _("%(n)s days", n=numbers.count(value))


def chance(value: float | None) -> str:
    """37%; what is not certain is never called 0% or 100%."""
    if value is None:
        return numbers.NONE
    if 0 < value < 0.005:
        return _("below %(limit)s", limit="1%")
    if 0.995 <= value < 1:
        return _("above %(limit)s", limit="99%")
    return f"{value * 100:.0f}%"


def breach(one: Standing) -> str:
    """The chance that the cap is exceeded by the year's end, or that it already is."""
    if exceeded(one):
        return _("already exceeded")
    over = one.elapsed == 1 and one.cap is not None
    return _("not exceeded") if over else chance(one.breach_probability)


def exceeded(one: Standing) -> bool:
    """Whether more have died than the year's cap."""
    return one.remaining is not None and one.remaining < 0


def remaining(one: Standing) -> str:
    """What is left of the cap, or by how much it is exceeded."""
    if one.remaining is None:
        return numbers.NONE
    return _("above by %(n)s persons", n=-one.remaining) if one.remaining < 0 else persons(one.remaining)


def reasons(one: Standing, scheme: CasualtyScheme) -> list[str]:
    """Why the light is not green, from the figures alone."""
    if one.light == "red":
        return [_("above the cap") if exceeded(one) else _("an accident of the larger class or above")]
    if one.light == "orange":
        return [_chance_from(float(scheme.lights.orange_from))]
    if one.light != "yellow":
        return []
    ahead = [_("ahead of the pace")] if one.pace is not None and one.deaths > one.pace else []
    likely = (one.breach_probability or 0) >= float(scheme.lights.yellow_from)
    return [*ahead, *([_chance_from(float(scheme.lights.yellow_from))] if likely else [])]


def _chance_from(limit: float) -> str:
    return _("chance of exceeding the cap at least %(limit)s", limit=f"{limit:.0%}")


def counted_enterprises(value: int) -> str:
    """2家."""
    return _("%(n)s enterprises", n=numbers.count(value))
