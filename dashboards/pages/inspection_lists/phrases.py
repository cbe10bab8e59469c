"""Why an enterprise stands on a list, and what is expected there, in a sentence. A list suggests: it says of nobody that he is at fault."""

from __future__ import annotations

from datetime import date

from dashboards.components import numbers
from dashboards.results.lists_of_month import ListsOfMonth, OnList
from data.language import gettext as _


def why(one: OnList, of: ListsOfMonth) -> str:
    """The reason in one sentence."""
    match one.ground:
        case "overdue_major":
            return _("a major hazard is overdue and not crossed off, its deadline was %(day)s", day=day(one.since, of))
        case "reinspection_due" if one.since is not None and one.since < of.as_of:
            return _("a re-inspection is overdue, it was due by %(day)s", day=day(one.since, of))
        case "reinspection_due":
            return _("a re-inspection is due by %(day)s", day=day(one.since, of))
        case "high_risk_never":
            return _("a high-risk enterprise, never inspected")
        case "likely":
            return _("%(past)s, %(expected)s%(since)s", past=_past(one, of), expected=expected(one, of), since=_since(one, of))  # fmt: skip


def _past(one: OnList, of: ListsOfMonth) -> str:
    if one.last_on is None:
        return _("never inspected")
    if not one.inspections:
        return _("not inspected in the last %(months)s months", months=of.scheme.months)
    return _("inspections in the last %(months)s months: %(n)s, with findings: %(found)s",
             months=of.scheme.months, n=one.inspections, found=one.found)  # fmt: skip


def expected(one: OnList, of: ListsOfMonth) -> str:
    """The share of findings that is expected, with its interval."""
    return _("findings possibly in %(mean)s (%(share)s interval %(low)s–%(high)s)", mean=numbers.chance(one.mean),
             share=f"{float(of.scheme.interval) * 100:.0f}%", low=numbers.chance(one.low), high=numbers.chance(one.high))  # fmt: skip


def _since(one: OnList, of: ListsOfMonth) -> str:
    """How long nobody has been there; nothing of who was never seen."""
    if one.last_on is None:
        return ""
    return _(", not inspected for %(days)s days", days=numbers.count((of.as_of - one.last_on).days))


def day(value: date | None, of: ListsOfMonth) -> str:
    """A day, with its year where that is another one."""
    return (
        numbers.day_of_year(value) if value is not None and value.year == of.month.year else numbers.spoken_day(value)
    )


def week(value: date) -> str:
    """6月6日当周."""
    return _("week of %(day)s", day=numbers.day_of_year(value))


def units(codes: tuple[str, ...], of: ListsOfMonth) -> str:
    """The units' short names, as an enumeration."""
    return _(", ").join(of.zone.unit_by_code[code].short_name for code in codes)
