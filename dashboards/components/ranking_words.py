"""How figures of the monthly ranking are said, wherever a unit's month is shown: rates, flags, steps of a score, why there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.results.ranking import RankedRow, shown_flags
from data.indicators.declaration import Indicator, Number, Ratio
from data.indicators.enforcement import OVERDUE_MAJOR
from data.intake.filing import Undone
from data.language import gettext as _
from data.zone.zone import Zone

TONES = {
    "awaited": "calm",
    "set_aside": "calm",
    "nothing_planned": "calm",
    "thin_basis": "calm",
    "late": "warn",
    "zero_then_filled": "warn",
    "no_problem_found": "warn",
}


def fraction(row: RankedRow, rate: Indicator) -> str | None:
    """``30/48``: what a rate is made of; None where it is undefined, or no fraction."""
    figures = row.figures.indicators
    if figures is None or figures[rate.key] is None or not isinstance(rate.made_of, Ratio):
        return None
    return f"{numbers.count(rate.made_of.upper(row.counts))}/{numbers.count(rate.made_of.lower(row.counts))}"


def why_undefined(row: RankedRow, rate: Indicator) -> str:
    """Why an indicator of a unit that reported has no value: its denominator is 0, or the unit has not the power."""
    return _(rate.made_of.why_undefined(row.counts)) if isinstance(rate.made_of, Ratio) else ""


def timeliness_word(value: Number | None) -> str:
    """In time, late with half of the points, or too late."""
    if value is None:
        return numbers.NONE
    return _("in time") if value == 1 else _("late, half") if value else _("too late, 0")


def scored_value(one: Indicator, value: Number | None) -> str:
    """The value of an indicator that scores: a share, or how timely."""
    if isinstance(one.made_of, Ratio):
        return numbers.percent(cast("Fraction | None", value))
    return timeliness_word(value)


def step_name(key: str) -> str:
    """What a step of a score taken apart is called."""
    names = {
        "reweighting": _("Re-weighting"),
        "rounding": _("Rounding"),
        "not_below_zero": _("Not below 0"),
        "zero_enforcement": _("Zero enforcement: 0"),
        "zero_penalty": _("Zero penalties"),
    }
    return names.get(key) or words.indicator(key)


def flag_tags(row: RankedRow, zone: Zone) -> list[Component]:
    """The flags of a unit's month as words in pills, each with what it means."""
    return [
        parts.tag(_flag_words(row, flag, zone), TONES.get(flag, "bad"), title=words.flag_meaning(flag))
        for flag in shown_flags(row.figures.flags, row.undone)
    ]


def _flag_words(row: RankedRow, flag: str, zone: Zone) -> str:
    overdue = row.figures.indicators[OVERDUE_MAJOR.key] if row.figures.indicators is not None else None
    if flag == "overdue_major" and overdue is not None:
        return _("overdue major hazards: %(n)s", n=overdue)
    return flag_words(flag, row.undone, zone)


def flag_words(flag: str, last: Undone | None, zone: Zone) -> str:
    """A flag of a month; ``last`` is the ledger received last, where nothing of the unit counts: of who sent one it is said when that came."""
    if last is None or flag not in {"refused", "set_aside"}:
        return words.flag(flag)
    return _("%(flag)s (came %(moment)s)", flag=words.flag(flag), moment=numbers.moment(last.received_at, zone))


def no_score(row: RankedRow, zone: Zone) -> str:
    """Why the unit has no score."""
    flags = row.figures.flags
    if row.undone is not None:
        came = numbers.moment(row.undone.received_at, zone)
        if row.undone.set_aside:
            return _("%(unit)s: the ledger that came %(moment)s waits to be dealt with: the program failed on it, which is no "
                     "fault of the unit's.", unit=row.unit.name, moment=came)  # fmt: skip
        return _("%(unit)s: the ledger that came %(moment)s was refused, so nothing of it counts: correct it and send it again.",
                 unit=row.unit.name, moment=came)  # fmt: skip
    if "awaited" in flags:
        return _("%(unit)s: no ledger yet, the deadline has not passed.", unit=row.unit.name)
    if "nothing_planned" in flags:
        return _("%(unit)s: nothing was planned and nothing inspected, so it is not ranked.", unit=row.unit.name)
    if "zero_enforcement" in flags:
        return _("%(unit)s: not one inspection; from 2025 on that is shown and not scored, so it is not ranked.",
                 unit=row.unit.name)  # fmt: skip
    return _("%(unit)s: no accepted ledger for this month, so there is no score to take apart.", unit=row.unit.name)
