"""What things are called on the pages: flags, groups, kinds, states. The only place with such names.

Indicators alone are named where they are declared, in ``data/indicators``, and what is printed into documents too in
``dashboards/results/names.py``.
"""

from __future__ import annotations

from dashboards.components import numbers
from dashboards.method.casualties import STRUCK_OFF, Goal
from dashboards.method.scores import FAILED, VETOED
from dashboards.results.names import filing_state, flag, group, kind
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.language import gettext as _
from data.people.scope import Role

__all__ = ["flag", "group", "kind"]


def role(code: Role) -> str:
    """What an account is for."""
    names = {
        Role.VIEWER: _("Viewer"),
        Role.UNIT: _("Unit"),
        Role.OFFICE: _("Office"),
        Role.ADMIN: _("Administrator"),
    }
    return names[code]


def indicator(key: str) -> str:
    """An indicator of the monthly ranking, a count or a rate."""
    return _(INDICATOR_BY_KEY[key].name) if key in INDICATOR_BY_KEY else key


def meaning(key: str) -> str:
    """How a rate is made, in one line."""
    said = INDICATOR_BY_KEY[key].meaning
    return _(said) if said else ""


def short_flag(key: str) -> str:
    """A flag where there is little room."""
    names = {
        "overdue_major": _("overdue"),
        "no_problem_found": _("nothing found"),
        "zero_then_filled": _("filled later"),
    }
    return names.get(key) or flag(key)


def flag_meaning(key: str) -> str:
    """Why a unit carries the flag."""
    names = {
        "awaited": _("No ledger yet, and the deadline has not passed: not ranked."),
        "not_reported": _("No accepted ledger by the deadline: no score, ranked after all who reported."),
        "refused": _("The ledger sent last was refused and none has replaced it: nothing of it counts yet."),
        "set_aside": _(
            "A ledger came and the program failed on it: no fault of the unit's; it counts from its receipt once loaded."
        ),
        "late": _("The ledger came after the deadline; timeliness loses points."),
        "zero_enforcement": _(
            "Reported, but not one inspection in the month: 0 until 2024; from 2025 on no score and no place."
        ),
        "nothing_planned": _("The plan of the month is 0 and nothing was inspected: not ranked."),
        "zero_penalty": _("Problems were found and none was penalised; until 2024 points are taken off."),
        "no_problem_found": _("Many inspections, and not one found a problem."),
        "overdue_major": _("Major hazards past their due day without a passed re-inspection: points are taken off."),
        "thin_basis": _("Less than half of the weights can be scored: ranked, but never named last."),
        "zero_then_filled": _("A declared zero was filled later; timeliness counts from the filled ledger."),
    }
    return names.get(key, "")


def score_flag_meaning(key: str) -> str:
    """Why a unit carries the flag in its quarter."""
    names = {
        "unreviewed": _("Not every measure has a review yet; where there is none, the unit's own mark counts."),
        "veto_proposed": _("Facts propose a veto; the office has not decided yet."),
        "not_reported": _("No self-assessment by the deadline and no review: no score, ranked last."),
        "refused": _("The self-assessment sent last was refused and none has replaced it: nothing of it counts yet."),
        "set_aside": _("A self-assessment came and the program failed on it: no fault of the unit's."),
        "thin_basis": _("Less than half of the weights can be scored: ranked, but never named last."),
        "awaited": _("No self-assessment yet, and the deadline has not passed: not ranked."),
    }
    return names.get(key, "")


def goals() -> dict[Goal, str]:
    """The goals of the plan, in its order."""
    return {
        "no_major_accident": _("No accident of the larger class or above"),
        "within_cap": _("Deaths not above the year's cap"),
        "no_stability_incident": _("No stability incident caused by a safety event"),
        "no_mass_disaster": _("No natural disaster with mass death or injury for which someone is responsible"),
    }


def grade(code: str | None) -> str:
    """A grade of the quarterly score; a dash where there is none."""
    names = {
        "优秀": _("excellent"),
        "良好": _("good"),
        "合格": _("passed"),
        FAILED: _("failed"),
        VETOED: _("vetoed (grade)"),
        None: numbers.NONE,
    }
    return names.get(code, str(code))


def accident_state(code: str) -> str:
    """How far a ledger says that an accident is established."""
    names = {"快报": _("first report"), "认定": _("confirmed (accident)"), STRUCK_OFF: _("struck off")}
    return names.get(code, code)


def component(key: str) -> str:
    """A component of the quarterly score."""
    names = {
        "ten_measures": _("Ten measures"),
        "enforcement": _("Monthly enforcement"),
        "milestones": _("Milestones"),
    }
    return names.get(key, key)


def component_meaning(key: str) -> str:
    """How a component of the quarterly score is made, in one line."""
    names = {
        "ten_measures": _("sum of the marks: the review's where there is one, else the unit's own"),
        "enforcement": _("mean of the unit's monthly scores in the quarter; a month not reported counts 0"),
        "milestones": _("100 × milestones done by their date ÷ milestones that fall due in the quarter"),
    }
    return names.get(key, "")


def deduction(key: str) -> str:
    """A deduction of the monthly ranking."""
    names = {"zero_penalty": _("Zero penalties"), "overdue_major": _("Overdue major hazards")}
    return names.get(key, key)


def filing(status: str) -> tuple[str, str, str]:
    """Symbol, word and tone of how a report stands."""
    names = {
        "on_time": ("✓", "good"),
        "late": ("◷", "warn"),
        "missing": ("✗", "bad"),
        "awaited": ("…", "calm"),
        "rejected": ("!", "bad"),
        "returned": ("↩", "warn"),
        "set_aside": ("⚙", "warn"),
    }
    symbol, tone = names[status]
    return symbol, filing_state(status), tone


def receipt(state: str) -> tuple[str, str, str]:
    """Symbol, word and tone of one workbook received."""
    names = {
        "received": ("…", _("being checked"), "calm"),
        "checked": ("?", _("checked, not yet filed"), "warn"),
        "confirmed": ("…", _("confirmed, being filed"), "calm"),
        "withdrawn": ("–", _("withdrawn"), "calm"),
        "returned": ("↩", _("returned"), "warn"),
        "accepted": ("✓", _("accepted"), "good"),
        "rejected": ("!", _("refused"), "bad"),
        "duplicate": ("=", _("the same as before"), "calm"),
        "set_aside": ("⚙", _("to be dealt with"), "warn"),
        "discarded": ("–", _("discarded"), "calm"),
    }
    return names.get(state, ("?", state, "calm"))


def change(key: str) -> tuple[str, str]:
    """Symbol and word of what becomes of a row."""
    names = {
        "new": ("+", _("new")),
        "changed": ("≠", _("changed")),
        "gone": ("−", _("gone")),
        "same": ("=", _("unchanged")),
    }
    return names[key]
