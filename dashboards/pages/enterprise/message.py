"""The one sentence on top of a profile: who it is, when anybody was there last, what is open, and how near it is to closure."""

from __future__ import annotations

from functools import reduce

from dashboards.components import numbers, parts
from dashboards.results.enterprise_profile import EnterpriseProfile
from data.language import gettext as _


def main_message(profile: EnterpriseProfile) -> str:
    """One or two sentences; what asks for a decision comes first."""
    said = reduce(
        lambda one, following: _("%(before)s, %(after)s", before=one, after=following),
        [_seen(profile), *_open(profile)],
    )
    return parts.sentences(_closure(profile), _("%(name)s: %(said)s.", name=profile.name, said=said))


def _seen(profile: EnterpriseProfile) -> str:
    last = profile.last_on
    own = profile.own_unit
    if last is None:
        return (
            _("no inspection of it is on record")
            if own is None
            else _("not inspected by %(unit)s", unit=own.short_name)
        )
    days = (profile.as_of - last).days
    if own is not None:
        return _("last inspected by %(unit)s on %(day)s, %(n)s days ago", unit=own.short_name,
                 day=numbers.spoken_day(last), n=days)  # fmt: skip
    return _("last inspected on %(day)s, %(n)s days ago, %(times)s inspections by %(units)s units on record",
             day=numbers.spoken_day(last), n=days, times=len(profile.inspections),
             units=len(profile.by_unit))  # fmt: skip


def _open(profile: EnterpriseProfile) -> list[str]:
    overdue = [one for one in profile.inspections if one.outcome == "overdue"]
    waiting = sum(1 for one in profile.inspections if one.outcome == "open")
    major = sum(1 for one in overdue if one.case.major_hazards)
    if overdue:
        said = _("%(n)s inspections past their due day without a passed re-inspection", n=len(overdue))
        return [parts.behind(said, _("%(n)s with a major hazard", n=major)) if major else said]
    return [_("%(n)s still to be re-inspected in time", n=waiting)] if waiting else []


def _closure(profile: EnterpriseProfile) -> str:
    one, rules = profile.closure, profile.closure.scheme.near_closure
    if one.state == "far":
        return ""
    told = {
        "half": one.within_half_year,
        "days": rules.half_year_days,
        "year": one.within_year,
    }
    if one.state == "reached":
        return _("Penalised with a major hazard %(half)s times in %(days)s days, %(year)s in a year: closure is to be asked for "
                 "(Work Safety Law, article 113).", **told)  # fmt: skip
    return _("Penalised with a major hazard %(half)s times in %(days)s days, %(year)s in a year: one more and closure is to be asked "
             "for (Work Safety Law, article 113).", **told)  # fmt: skip


def unknown(code: str) -> str:
    """Where the address names an enterprise that whoever asks may not know of, or that is none."""
    return _("No enterprise that you may see has the code or name “%(code)s”.", code=code)
