"""The one sentence on top: how much of the register was inspected this year, and how many were inspected repeatedly."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.results.inspection_coverage import InspectionCoverage
from data.language import gettext as _


def main_message(result: InspectionCoverage) -> str:
    """Two sentences; numbers before percentages, high risk apart."""
    whole, risky = result.all.whole, result.all.high_risk
    whose = "" if result.own_unit is None else _("%(unit)s, ", unit=result.own_unit.name)
    inspected = _("up to %(day)s %(n)s of the register's %(all)s enterprises were inspected this year (%(share)s), %(left)s were not",
                  day=numbers.spoken_day(result.as_of), n=numbers.count(whole.inspected), all=numbers.count(whole.enterprises),
                  share=numbers.percent(whole.rate), left=numbers.count(whole.enterprises - whole.inspected))  # fmt: skip
    at_risk = _("of %(all)s enterprises of high risk %(left)s were not", all=numbers.count(risky.enterprises),
                left=numbers.count(risky.enterprises - risky.inspected)) if risky.enterprises else ""  # fmt: skip
    first = _("%(before)s, %(after)s", before=inspected, after=at_risk) if at_risk else inspected
    again = _("%(n)s were inspected repeatedly: one joint inspection would do.", n=numbers.count(result.all.repeated))
    return whose + parts.sentences(
        _("%(said)s.", said=first), again if result.all.repeated else _("None was inspected repeatedly.")
    )


def no_register(result: InspectionCoverage) -> str:
    """Where nothing can be computed."""
    return _(
        "No register of enterprises counts on %(day)s: coverage has no denominator.",
        day=numbers.spoken_day(result.as_of),
    )


def nothing_listed(result: InspectionCoverage, *, never: bool, narrowed: bool) -> str:
    """Why a list is empty."""
    if narrowed:
        return _("None of the chosen town or sector stands on this list. Let a choice go above.")
    if never:
        return _("Every enterprise of the register was inspected this year.")
    if result.own_unit is not None:
        return _(
            "%(unit)s inspected none so often; where several units come together only the office sees.",
            unit=result.own_unit.short_name,
        )
    return _("No enterprise was inspected so often in so few days.")
