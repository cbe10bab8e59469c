"""The main message: how much of the plan that has fallen due was done in time, what is overdue, and what falls due next."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.results import plan_items, plan_names
from dashboards.results.plan_items import DuePair
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _

MOST_NAMED = 3


def main_message(report: PlanReport) -> str:
    """Some short sentences; numbers before percentages."""
    counts = plan_items.counts(report.standing.items)
    past = counts["done"] + counts["late"] + counts["overdue"]
    day = numbers.spoken_day(report.asked.as_of)
    if not past:
        kept = _("nothing of the plan has fallen due yet.")
    else:
        kept = _(
            "of %(past)s due days that were reached or have passed %(done)s were kept in time, %(late)s late.",
            past=numbers.count(past), done=numbers.count(counts["done"]), late=numbers.count(counts["late"]),
        )  # fmt: skip
    said = parts.sentences(kept, _overdue(report), _next(report))
    if report.own_unit is None:
        return _("Up to %(day)s: %(said)s", day=day, said=said)
    return _("%(unit)s, up to %(day)s: %(said)s", unit=report.own_unit.name, day=day, said=said)


def _overdue(report: PlanReport) -> str:
    late = plan_items.pairs(report.standing.items, "overdue")
    if not late:
        return _("Nothing is overdue.")
    first = [pair for pair in late if pair.due.day == late[0].due.day]
    since = numbers.spoken_day(late[0].due.day)
    return _(
        "%(n)s overdue, the longest since %(day)s (%(items)s).",
        n=numbers.count(len(late)),
        day=since,
        items=_named(first),
    )


def _next(report: PlanReport) -> str:
    soon = plan_items.pairs(report.standing.items, "due")
    if not soon:
        return _("Nothing falls due within 30 days.")
    return _("%(n)s fall due within 30 days.", n=numbers.count(len(soon)))


def _named(pairs: list[DuePair]) -> str:
    names = [f"{plan_names.item_number(pair.one.item.number)} {pair.one.item.title}" for pair in pairs[:MOST_NAMED]]
    told = _(", ").join(names)
    return told if len(pairs) <= MOST_NAMED else _("%(names)s and others, %(n)s in all", names=told, n=len(pairs))
