"""The lights of the casualty targets, each as symbol, word and tone: no colour tells anything alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.method.casualties import UNKNOWN, Accident, Reason, Standing, of_the_cap
from dashboards.method.hazards import HazardState
from data.language import gettext as _
from data.zone.accident_class import spoken
from data.zone.schemes import CasualtyScheme

HAZARD_TONES: Mapping[HazardState, tuple[str, str]] = {
    "overdue": ("bad", "!"), "within": ("calm", "…"), "late": ("warn", "◷"), "in_time": ("good", "✓"),
}  # fmt: skip
"""How a hazard stands → the tone and the symbol of its tag."""


def light(name: str | None) -> Component:
    """The light of a scope; without a cap there is none."""
    if name is None:
        return parts.tag(_("no light"), symbol=numbers.NONE, title=_("Without a cap there is no light."))
    symbol, word, tone = _named(name)
    return parts.tag(word, f"{tone} light light-{name}", symbol=symbol)


def word(name: str) -> str:
    """红灯, 橙灯, 黄灯 or 绿灯."""
    return _named(name)[1]


def _named(name: str) -> tuple[str, str, str]:
    names = {
        "green": ("●", _("green light"), "good"),
        "yellow": ("◆", _("yellow light"), "warn"),
        "orange": ("▲", _("orange light"), "warn"),
        "red": ("■", _("red light"), "bad"),
    }
    return names[name]


def goal(name: str) -> Component:
    """The light of a goal of the plan; grey where nothing is filed from which it could be told."""
    if name == UNKNOWN:
        return parts.tag(_("no light: nothing filed yet"), symbol=numbers.NONE)
    meant = {
        "green": _("green light: kept"),
        "yellow": _("yellow light: kept, at risk"),
        "orange": _("orange light: likely to be missed"),
        "red": _("red light: not kept"),
    }
    symbol, _word, tone = _named(name)
    return parts.tag(meant[name], f"{tone} light light-{name}", symbol=symbol)


def reasons(one: Standing, scheme: CasualtyScheme, larger: Sequence[Accident] = ()) -> list[str]:
    """Why a scope's light is not green, gravest first, each with its number; ``larger`` are its accidents of class 较大."""
    return [_reason(name, one, scheme, larger) for name in one.reasons]


def reasons_of_the_cap(one: Standing, scheme: CasualtyScheme) -> list[str]:
    """Why the goal of staying within the cap is not green: an accident's class is no matter of it."""
    return [_reason(name, one, scheme, ()) for name in of_the_cap(one.reasons)]


def why(one: Standing, scheme: CasualtyScheme, larger: Sequence[Accident] = ()) -> list[str]:
    """Why a scope's light is as it is: for a green one that nothing speaks against it, in numbers. Empty without a light."""
    if one.light is None:
        return []
    return reasons(one, scheme, larger) or _kept(one)


def why_of_the_cap(one: Standing, scheme: CasualtyScheme) -> list[str]:
    """The same of the goal of staying within the cap."""
    if one.light is None:
        return []
    return reasons_of_the_cap(one, scheme) or _kept(one)


def _kept(one: Standing) -> list[str]:
    if one.elapsed == 1:
        return [_("%(deaths)s deaths, not above the cap of %(cap)s", deaths=one.deaths, cap=one.cap)]
    return [_pace(one), breach(one)]


def against_the_cap(one: Standing) -> str:
    """How deaths stand to the cap; of persons who died no number is said to be left."""
    remaining = one.remaining or 0
    if remaining < 0:
        return _("above it by %(n)s", n=-remaining)
    return _("not above it") if remaining else _("the cap is reached")


def breach(one: Standing) -> str:
    """How likely the cap is exceeded by the year's end, as a sentence; nothing where that is settled or there is no cap."""
    if one.breach_probability is None or one.elapsed == 1 or one.deaths > (one.cap or 0):
        return ""
    return _("chance of exceeding the cap %(chance)s", chance=numbers.chance(one.breach_probability))


def is_told_the_chance(one: Standing) -> bool:
    """Whether the reasons of a light tell it already."""
    return not {"breach_likely", "breach_possible"}.isdisjoint(one.reasons) or not one.reasons


def in_short(one: Standing) -> list[str]:
    """The same reasons without their numbers, for a sentence that has them already."""
    words = reason_words()
    return [words[name] for name in one.reasons]


def reason_words() -> dict[str, str]:
    """Reasons of a light without numbers, by code."""
    return {
        "deaths_above_cap": _("deaths above the cap"),
        "major_accident": _("an accident of the larger class or above"),
        "breach_likely": _("the cap will probably be exceeded"),
        "above_pace": _("faster than the pace"),
        "breach_possible": _("the cap may be exceeded"),
    }


def _reason(name: Reason, one: Standing, scheme: CasualtyScheme, larger: Sequence[Accident]) -> str:
    match name:
        case "deaths_above_cap":
            return _("%(deaths)s deaths are above the cap of %(cap)s", deaths=one.deaths, cap=one.cap)
        case "major_accident":
            days = _(", ").join(f"{numbers.day(each.happened_on)} {spoken(each.accident_class)}" for each in larger)
            happened = _("an accident of the larger class or above")
            return _("%(what)s (%(which)s)", what=happened, which=days) if days else happened
        case "above_pace":
            return _pace(one)
        case "breach_likely":
            return _chance(one, float(scheme.lights.orange_from))
        case "breach_possible":
            return _chance(one, float(scheme.lights.yellow_from))


def _pace(one: Standing) -> str:
    return _("%(deaths)s deaths, by the pace %(most)s at most", deaths=one.deaths, most=within(one))


def within(one: Standing) -> int:
    """How many may have died by the day without being ahead of the pace: deaths are whole persons."""
    return floor(one.pace or 0)


def _chance(one: Standing, limit: float) -> str:
    return _("chance of exceeding the cap %(chance)s (%(limit)s or more)",
             chance=numbers.chance(one.breach_probability), limit=f"{limit:.0%}")  # fmt: skip
