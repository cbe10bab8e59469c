"""The main message: how far the tip-offs came, what was paid for them, and what has been open too long."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.method.tipoffs import TipoffsStanding
from dashboards.results.tipoffs import TipoffsReport
from data.language import gettext as _


def main_message(report: TipoffsReport) -> str:
    """Some short sentences; numbers before percentages."""
    known = {name: one for name, one in report.types.items() if one.received}
    said = parts.sentences(*(_of_type(name, one) for name, one in known.items()), _overdue(report))
    day = numbers.spoken_day(report.asked.as_of)
    if report.own_unit is None:
        return _("Up to %(day)s: %(said)s", day=day, said=said)
    return _("%(unit)s, up to %(day)s: %(said)s", unit=report.own_unit.name, day=day, said=said)


def _of_type(name: str, one: TipoffsStanding) -> str:
    told = _("%(type)s: %(n)s received, %(closed)s settled, %(substantiated)s of these substantiated", type=name,
             n=numbers.count(one.received), closed=numbers.count(one.closed), substantiated=numbers.count(one.substantiated))  # fmt: skip
    if not one.rewarded:
        return _("%(said)s.", said=told)
    return _(
        "%(said)s; %(rewarded)s rewarded with %(reward)s yuan, %(paid)s of these paid, %(sum)s yuan (%(share)s).",
        said=told, rewarded=numbers.count(one.rewarded), reward=numbers.yuan(one.reward_yuan), paid=numbers.count(one.paid),
        sum=numbers.yuan(one.paid_yuan), share=numbers.percent(one.payment_rate),
    )  # fmt: skip


def _overdue(report: TipoffsReport) -> str:
    late, days = sum(one.overdue for one in report.types.values()), report.scheme.overdue_after_days
    if not late:
        return _("None has been open for more than %(days)s days.", days=days)
    return _("Open for more than %(days)s days: %(n)s.", days=days, n=numbers.count(late))


def nothing_known(report: TipoffsReport) -> str:
    """Why there is no case to tell of."""
    day, own = numbers.spoken_day(report.asked.as_of), report.own_unit
    if own is not None:
        return _(
            "%(unit)s: its ledgers tell of no tip-off, sanction or crackdown up to %(day)s.", unit=own.name, day=day
        )
    return _("The ledgers that have come tell of no tip-off, sanction or crackdown up to %(day)s.", day=day)
