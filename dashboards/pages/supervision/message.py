"""The main message: how many findings there are, how many were answered in time, and what is overdue the longest."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.method.supervision import SupervisionStanding
from dashboards.results.supervision import SupervisionReport
from data.language import gettext as _

MOST_NAMED = 3
"""So many units are named that are equally long overdue; of more their number is said."""


def main_message(report: SupervisionReport) -> str:
    """Some short sentences; numbers before percentages."""
    whole = report.whole
    left = whole.ordered - whole.closed
    closed = _("%(n)s not crossed off yet.", n=numbers.count(left)) if left else _("All are crossed off.")
    said = parts.sentences(_answered(whole), _overdue(report), closed)
    day = numbers.spoken_day(report.asked.as_of)
    if report.own_unit is None:
        return _("Up to %(day)s: %(said)s", day=day, said=said)
    return _("%(unit)s, up to %(day)s: %(said)s", unit=report.own_unit.name, day=day, said=said)


def _answered(whole: SupervisionStanding) -> str:
    if not whole.due:
        return _("%(ordered)s findings, none of which has fallen due.", ordered=numbers.count(whole.ordered))
    return _(
        "%(ordered)s findings; of %(due)s that have fallen due %(answered)s were answered in time (%(rate)s).",
        ordered=numbers.count(whole.ordered), due=numbers.count(whole.due), answered=numbers.count(whole.answered_in_time),
        rate=numbers.percent(whole.in_time_rate),
    )  # fmt: skip


def _overdue(report: SupervisionReport) -> str:
    """How many are overdue, for how long the longest, and of which unit where several are seen."""
    number = numbers.count(report.whole.overdue)
    if report.longest is None:
        return _("No answer is overdue.")
    told = _("%(n)s overdue and unanswered, the longest for %(days)s days", n=number, days=report.longest.days)
    if report.own_unit is not None:
        return _("%(said)s.", said=told)
    names = [report.zone.unit_by_code[code].short_name for code in report.longest.units]
    units = _(", ").join(names) if len(names) <= MOST_NAMED else _("%(n)s units", n=len(names))
    return _("%(said)s (%(units)s).", said=told, units=units)


def nothing_known(report: SupervisionReport) -> str:
    """Why there is no finding to tell of."""
    day, own = numbers.spoken_day(report.asked.as_of), report.own_unit
    if own is not None:
        return _("%(unit)s: no ledger of supervision tells of a finding there up to %(day)s.", unit=own.name, day=day)
    if report.latest is None:
        return _("No ledger of supervision has come up to %(day)s: there is nothing to count.", day=day)
    return _("The ledgers of supervision tell of no finding up to %(day)s.", day=day)


def ledgers_said(report: SupervisionReport) -> str:
    """That the last ledger is older than that of the month before the day: what happened since cannot be seen; else nothing.

    To a unit of which no answer is awaited an old ledger says nothing.
    """
    if report.latest is None or report.latest >= report.asked.month.plus(-1):
        return ""
    period = numbers.period(report.latest)
    if report.own_unit is not None:
        if report.whole.answered == report.whole.ordered:
            return ""
        return _(
            "The last ledger of supervision that tells of this unit is that of %(period)s: what was answered since is not known.",
            period=period,
        )
    return _(
        "The last ledger of supervision is that of %(period)s: what was answered since is not known.", period=period
    )
