"""What schemes and their values are called, in which unit, and on which article they rest. The only place with such names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dashboards.components import numbers, words
from dashboards.results.names import batch
from dashboards.results.schemes import Version
from data.intake.scheme_decisions import PublishedBefore
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.scheme_text import period_from
from data.zone.schemes import Scheme

INSPECTIONS_RULE = "国办发〔2024〕54号"


class Said(NamedTuple):
    """A value's name, its unit, and what it does or on what it rests."""

    label: str
    unit: str = ""
    rests_on: str = ""


def scheme(name: str) -> str:
    """What a scheme scores."""
    names = {
        "monthly_ranking": _("Monthly enforcement ranking"),
        "quarterly_scores": _("Quarterly scores"),
        "casualty_targets": _("Casualty targets"),
        "frontline_duty": _("Front-line duty"),
        "enterprises": _("How enterprises are inspected"),
        "tipoffs": _("Tip-offs, sanctions and crackdowns"),
        "disasters": _("Warnings and disasters"),
    }
    return names[name]


def begins(one: Scheme) -> str:
    """From which period on it holds; the day, where it begins within one."""
    period = period_from(one.name, one.valid_from)
    return numbers.spoken_day(one.valid_from) if period is None else numbers.period(period)


def span(one: Version) -> str:
    """From when to when it holds."""
    if one.never_holds:
        return _("never: a later version holds from the same day")
    if one.until is None:
        return _("from %(begin)s on", begin=begins(one.scheme))
    return _("from %(begin)s until %(end)s", begin=begins(one.scheme), end=numbers.spoken_day(one.until))


def published(one: PublishedBefore) -> str:
    """A report of a period, as people say it."""
    reports = {
        "ranking": _("Monthly enforcement ranking"),
        "scores": _("Quarterly scores"),
        "casualties": _("Casualty targets"),
    }
    if one.day is not None:
        return _("%(report)s as of %(day)s", report=reports[one.report], day=numbers.spoken_day(one.day))
    return _("%(report)s of %(period)s", report=reports[one.report], period=numbers.period(one.period))


def told_published(told: str) -> str:
    """The same of what a decision's line has of it: ``ranking 2022-05``, of casualties with the day."""
    report, period, *day = told.split()
    return published(PublishedBefore(report, parse_period(period), date.fromisoformat(day[0]) if day else None))


def subject(told: str) -> str:
    """What an act on a scheme was about, as the audit log has it: its name, and its version where it has one."""
    name, *version = told.split()
    if not version:
        return _("scheme of: %(what)s", what=scheme(name))
    return _("scheme of: %(what)s, version %(version)s", what=scheme(name), version=version[0])


def overtaken(moved: Sequence[PublishedBefore]) -> str:
    """What is published already and what becomes of it, in a sentence; nothing where nothing is."""
    if not moved:
        return ""
    named = _(", ").join(published(one) for one in moved)
    return _("It reaches back over what is published: %(periods)s. What was published stays as it is; the live figures move, and those "
             "publications are shown as overtaken.", periods=named)  # fmt: skip


def aware() -> str:
    """What the administrator says who adopts over something published."""
    return _("I know that published periods are overtaken by it.")


def why_asked() -> str:
    """Above the field for the reason."""
    return _("Why the scheme is changed (stays on record)")


def value(at: str, told: Any) -> str:
    """A value as people read it; a dash where there is none."""
    if told is None:
        return numbers.NONE
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    if at == "tie_keys":
        return _(", ").join(words.indicator(key) for key in told) or numbers.NONE
    if at == "key_sizes":
        return _(", ").join(told) or numbers.NONE
    if isinstance(told, tuple):
        return " / ".join(numbers.decimal(one) for one in told)
    return numbers.decimal(told) if isinstance(told, Decimal) else str(told)


def said(at: str) -> Said:
    """The name of the value at a path; the path itself for one that has no name here."""
    for pattern, found in _PATTERNS.items():
        match = re.fullmatch(pattern, at)
        if match:
            return found(*match.groups())
    return _values().get(at, Said(at))


def _weight(key: str) -> Said:
    return Said(_("%(indicator)s, weight", indicator=words.indicator(key)), _("points of 100"))


def _target(key: str) -> Said:
    return Said(_("%(indicator)s, target", indicator=words.indicator(key)))


_PATTERNS: Mapping[str, Callable[..., Said]] = {
    r"indicators\.(\w+)\.weight": _weight,
    r"indicators\.(\w+)\.target": _target,
    r"measures\.(\d+)\.name": lambda number: Said(_("measure %(number)s, name", number=number)),
    r"measures\.(\d+)\.full": lambda number: Said(
        _("measure %(number)s, full mark", number=number), _("points of 100")
    ),
}


def _values() -> dict[str, Said]:
    points, days = _("points of 100"), _("days")
    law = _("Work Safety Law 2021, article 113")
    return {
        "title": Said(_("title")),
        "deductions.zero_penalty": Said(
            _("zero penalties"), points,
            _("found problems and penalised nobody; from 2025 on it must be 0 (%(rule)s)", rule=INSPECTIONS_RULE),
        ),
        "deductions.overdue_major_each": Said(_("overdue major hazard, each"), points),
        "deductions.overdue_major_most": Said(_("overdue major hazards, at most"), points),
        "thresholds.late_days": Said(_("half the points for being late"), days, _("so long after the deadline")),
        "thresholds.no_problem_found_inspections": Said(
            _("“no problem found” from"), _("inspections made"), _("so many and none found a problem")
        ),
        "thresholds.thin_basis_below": Said(
            _("“thin basis” below"), points, _("the weights that can be scored are fewer: never named last")
        ),
        "tie_keys": Said(
            _("equal scores are told apart by"), "",
            _("one after the other; from 2025 on not by inspections (%(rule)s)", rule=INSPECTIONS_RULE),
        ),
        "confirmed": Said(_("measures confirmed by the zone"), "", _("unconfirmed ones are marked as a sample")),
        "weights.ten_measures": Said(_("ten measures"), points, _("work plan, article 2")),
        "weights.enforcement": Said(_("monthly enforcement"), points, _("work plan, article 6")),
        "weights.milestones": Said(_("milestones"), points, _("the plan's items with a due day in the quarter")),
        "largest_bonus": Said(_("bonus, at most"), points),
        "thin_basis_below": Said(_("“thin basis” below"), points, _("the weights that can be scored are fewer")),
        "grades.excellent": Said(_("“excellent” from"), points),
        "grades.good": Said(_("“good” from"), points),
        "grades.passed": Said(_("“passed” from"), points, _("below it: failed")),
        "speaking_last.below": Said(_("the last one speaks below"), points, _("being last among good ones is no offence")),
        "speaking_last.smallest_group": Said(_("only in groups of at least"), _("units")),
        "speaking_last.fatal_accidents": Said(
            _("many accidents from"), _("accidents in number"), _("in one quarter; units and enterprises speak")
        ),
        "report_days": Said(
            _("investigation report due after"), days, _("Decree 493, article 29: from the accident on")
        ),
        "longest_extension_days": Said(
            _("extended by at most"), days, _("Decree 493, article 29; more is taken, and pointed out")
        ),
        "forecast.prior_shape": Said(_("prior of the yearly rate, shape"), "", _("METHOD section 4")),
        "forecast.pseudo_accident": Said(
            _("pseudo-accident: 1, 2, 3 … deaths"), "", _("weights that add up to 1, so that a small record is not taken for all")
        ),
        "lights.orange_from": Said(_("orange from a chance of"), "", _("that the year's cap is exceeded, 0 to 1")),
        "lights.yellow_from": Said(_("yellow from a chance of"), "", _("that the year's cap is exceeded, 0 to 1")),
        "near_closure.within_half_year": Said(_("closure: penalties in the shorter time"), _("times"), law),
        "near_closure.half_year_days": Said(_("closure: the shorter time"), days, law),
        "near_closure.within_year": Said(_("closure: penalties in a year"), _("times"), law),
        "procedure.reply_days": Said(_("reply to the review within"), days, _("after the review is due or came, whichever is later")),
        "procedure.decision_days": Said(_("decision on the replies within"), days, _("after the replies are due")),
        "procedure.confirmed": Said(_("days confirmed by the zone"), "", _("unconfirmed ones are marked as a sample")),
        "due.pilot": Said(batch("pilot"), "", _("work plan, article 5; a whole date, as 2022-06-30")),
        "due.key": Said(batch("key"), "", _("those of a key industry, and those of the sizes below")),
        "due.all": Said(batch("all"), "", _("every enterprise of the register")),
        "due_within_days": Said(_("“due soon” from"), days, _("so long before the due day")),
        "key_sizes": Said(_("sizes of key enterprises"), "", _("as the register of enterprises has them; a blank row is none")),
        "repeated.units": Said(_("by several units: from"), _("units"), _("each on a day of its own or on the same")),
        "repeated.units_days": Said(_("by several units: within"), days, _("from one inspection to the other")),
        "repeated.times": Said(_("many times: from"), _("inspections made"), _("by whomsoever")),
        "repeated.times_days": Said(_("many times: within"), days, _("from the first of them to the last")),
        "next_inspections.months": Said(_("inspections that count, of the last"), _("months"), _("what they found tells what the next may find")),
        "next_inspections.prior_strength": Said(_("weight of the sector's share of findings"), _("inspections made"), _("the more, the less one inspection moves")),
        "next_inspections.interval": Said(_("share that an interval holds"), "", _("more than 0, less than 1")),
        "next_inspections.soon_days": Said(_("re-inspections come first that are due within"), days),
        "next_inspections.most_years": Said(_("time since the last inspection counts at most"), _("years"), _("never inspected counts so much")),
        "next_inspections.most_by_one_unit": Said(_("inspections of one enterprise by one unit, in a year at most"), _("inspections made"), INSPECTIONS_RULE),
        "next_inspections.lately_days": Said(_("a joint inspection is proposed where another unit was there within"), days),
        "next_inspections.length_without_plan": Said(_("length of the list of a unit without a plan"), _("enterprises")),
        "next_inspections.confirmed": Said(_("cap, days and length confirmed by the office"), "", _("unconfirmed ones are marked as a sample")),
        "overdue_after_days": Said(_("overdue when open for more than"), days, _("from the day on which it was received")),
        "answer_minutes": Said(_("an answer is in time within"), _("minutes"), _("from the call to the answer")),
        "mass_deaths": Said(_("a mass disaster from"), _("dead and missing"), _("and someone is responsible; the year's goal is lost by one")),
    }  # fmt: skip
