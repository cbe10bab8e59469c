"""Figures of a printed report in words: what a place in it is called, how its value is written, what a conclusion says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboards.components import lights, numbers, parts, words
from dashboards.method.casualties import UNKNOWN
from dashboards.method.frozen import ABSENT
from dashboards.results.names import flags_shown
from dashboards.results.published import MovedFigure
from dashboards.results.scores import reason_words
from data.indicators.declaration import Ratio
from data.indicators.enforcement import FINES, INDICATOR_BY_KEY
from data.language import gettext as _
from data.zone.zone import Zone

NAMES_SHOWN = 4


def whose(one: MovedFigure, zone: Zone) -> str:
    """The unit, the sector, the zone, or the report as a whole."""
    match one.whose:
        case "unit":
            return unit_name(one.code, zone)
        case "sector":
            return zone.sectors.get(one.code, one.code)
        case "zone":
            return zone.name
        case "report":
            return _("the report")


def unit_name(code: str, zone: Zone) -> str:
    """The short name of a unit; of one that is no more its code."""
    unit = zone.unit_by_code.get(code)
    return code if unit is None else unit.short_name


def short_names(codes: Sequence[str], zone: Zone) -> str:
    """Units as people call them; of many the first, and how many there are."""
    every = [unit_name(code, zone) for code in codes]
    shown = _(", ").join(every[:NAMES_SHOWN])
    return shown if len(every) <= NAMES_SHOWN else _("%(names)s and others, %(n)s units", names=shown, n=len(every))


def figure_of(one: MovedFigure, zone: Zone) -> str:
    """Whose figure it is, and which."""
    if one.whose == "report":
        return figure_name(one.figure)
    return _("%(who)s %(figure)s", who=whose(one, zone), figure=figure_name(one.figure))


def figure_name(figure: str) -> str:
    """``indicators.due_cases`` → 应闭环."""
    first, _dot, rest = figure.partition(".")
    match first.partition("[")[0]:
        case "points":
            return parts.behind(words.indicator(rest), _("points"))
        case "goals" | "goal_lights":
            return (
                _("goal “%(goal)s”, light", goal=_goal(rest))
                if first == "goal_lights"
                else _("goal “%(goal)s”", goal=_goal(rest))
            )
        case "single_keys":
            return _("Place by %(name)s alone", name=words.indicator(rest))
        case "accidents":
            return _("record of accident %(number)s", number=rest.rpartition(".")[0] or rest)
        case "indicators":
            return words.indicator(rest)
        case "deductions":
            return _("deduction: %(what)s", what=words.deduction(rest))
        case "components":
            return words.component(rest)
        case "measures":
            number, _dot, what = rest.partition(".")
            return _("measure %(n)s, %(what)s", n=number, what=_marks().get(what, what))
        case "year_end":
            return _("year's end, %(what)s", what=_ends().get(rest, rest))
        case name:
            return _figures().get(name) or words.indicator(name)


def _marks() -> dict[str, str]:
    return {
        "self": _("own mark"),
        "review": _("mark of the review"),
        "score": _("mark that counts"),
        "full": _("full mark"),
    }


def _ends() -> dict[str, str]:
    return {"median": _("median"), "low": _("low"), "high": _("high")}


def _figures() -> dict[str, str]:
    return {
        "rank": _("Place"), "of": _("units ranked"), "score": _("Score"), "grade": _("Grade"), "flags": _("Remarks"), "bonus": _("Bonus"),
        "basis": _("defined weights"), "previous": _("last month"), "correction": _("corrected"),
        "to_next": _("what would have lifted it"), "margin": _("cases to the next below"),
        "bonus_cut": _("bonus that was cut"), "deduction": _("Deducted"), "veto": _("Veto"),
        "last_speakers": _("who speaks last"), "key_sectors_without_inspection": _("key sector that nobody inspected"),
        "deaths": _("Deaths"), "fatal_accidents": _("Fatal accidents"), "cap": _("Cap"), "remaining": _("Left of the cap"),
        "progress": _("Share of the cap used"), "days_since_fatal": _("Days since the last fatal accident"),
        "last_year_deaths": _("Deaths last year"), "breach_probability": _("probability of breach"),
        "light": _("Light of the targets"), "light_reasons": _("reason of the light"), "pace": _("Pace"),
        "elapsed": _("share of the year"),
    }  # fmt: skip


_SHARES = frozenset({"progress", "breach_probability", "elapsed"})


def value_said(figure: str, value: Any, zone: Zone) -> str:
    """A value as the pages write it."""
    if value is None or value == ABSENT:
        return numbers.NONE
    name = figure.rpartition(".")[2].partition("[")[0]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return _(", ").join(words.flag(one) for one in flags_shown(value)) or numbers.NONE
    if isinstance(value, list | dict):
        return numbers.NONE
    if name == "rank":
        return _("place %(n)s", n=value)
    if name == "light" or figure.startswith("goal_lights"):
        return light_said(value)
    if name == "grade":
        return words.grade(value)
    if isinstance(value, str):
        return _text(figure, value, zone)
    if figure.startswith("points."):
        return points_said(value)
    return number_said("" if figure.startswith("single_keys.") else name, value)


def _text(figure: str, value: str, zone: Zone) -> str:
    """A text that is a code in words."""
    name = figure.rpartition(".")[2].partition("[")[0]
    if name == "light_reasons":
        return lights.reason_words().get(value, value)
    if name == "reasons":
        return reason_words(value)
    if name in {"key_sectors_without_inspection", "sector"}:
        return zone.sectors.get(value, value)
    return unit_name(value, zone)


def number_said(name: str, value: float | Decimal) -> str:
    """A number by the figure that it is: a share, points, an amount or a count."""
    indicator = INDICATOR_BY_KEY.get(name)
    if name in _SHARES or (indicator is not None and isinstance(indicator.made_of, Ratio)):
        return share_said(value)
    exact = Decimal(str(value))
    if name == FINES.key:
        return numbers.yuan(exact)
    if not isinstance(value, int):
        return numbers.points(exact)
    return numbers.count(value).replace("-", numbers.MINUS)


def share_said(value: Any) -> str:
    """A share of a printed report; a dash where it has none."""
    return numbers.NONE if value is None else numbers.percent(Fraction(str(value)))


def points_said(value: Any) -> str:
    """A score or points of a printed report; a dash where there is none."""
    return numbers.NONE if value is None else numbers.points(Decimal(str(value)))


def conclusion_said(one: Mapping[str, Any], zone: Zone) -> str:
    """``镇街组第一名：龙滩子 → 双路``."""
    subject, _dot, what = str(one["conclusion"]).rpartition(".")
    before, after = (_concluded(what, one[end], zone) for end in ("before", "after"))
    return _("%(what)s: %(before)s → %(after)s", what=_conclusion(subject, what, zone), before=before, after=after)


def _conclusion(subject: str, what: str, zone: Zone) -> str:
    if what == "last_speakers":
        return _("who speaks last")
    if subject == "goal":
        return figure_name(f"goal_lights.{what}")
    named = {
        "first": _("first place"),
        "last": _("last place"),
        "may_be_last": _("possibly last"),
        "not_reported": _("not reported"),
    }
    if what in named:
        return _("%(who)s %(figure)s", who=words.group(subject), figure=named[what])
    who = zone.name if subject == "zone" else unit_name(subject, zone)
    return _("%(who)s %(figure)s", who=who, figure=figure_name(what))


def light_said(value: str) -> str:
    """A light's word; of a goal that nothing is filed for that it has none."""
    return _("no light") if value == UNKNOWN else lights.word(value)


def _goal(key: str) -> str:
    return next((said for goal, said in words.goals().items() if goal == key), key)


def _concluded(what: str, value: Any, zone: Zone) -> str:
    if isinstance(value, list):
        return short_names([str(one) for one in value], zone) or _("nobody")
    if value is None:
        return numbers.NONE
    if what == "grade":
        return words.grade(value)
    return light_said(value)
