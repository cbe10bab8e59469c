"""The main message: which batch is due next, how far it has come, what that asks a week, and who is furthest behind."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dashboards.components import numbers, parts
from dashboards.components.part_standings import PartLine, furthest_behind_first
from dashboards.method.frontline import Batch, BatchStanding
from dashboards.pages.frontline_duty import phrases
from dashboards.results.frontline import FrontlineReport
from dashboards.results.frontline_months import WEEKS, FrontlineMonths
from dashboards.results.names import batch as batch_name
from data.language import gettext as _

MOST_NAMED = 3
"""So many towns are named that are equally far behind; of more their number is said."""


def main_message(report: FrontlineReport, months: FrontlineMonths) -> str:
    """Some short sentences; numbers before percentages."""
    known = [one for one in report.batches if one.coverage.enterprises]
    late = [one for one in known if one.state == "overdue"]
    ahead = [one for one in known if one.state in {"due", "upcoming"}]
    if not late and not ahead:
        every = phrases.enterprises(report.batches[-1].coverage.enterprises)
        return _as_of(
            report, _("all %(enterprises)s of the register have their two lists and two cards.", enterprises=every)
        )
    said = [_overdue(one) for one in late]
    if ahead:
        said.append(_next(ahead[0], months.pace))
    return _as_of(report, parts.sentences(*said, behind(report, ahead[0] if ahead else late[-1])))


def _as_of(report: FrontlineReport, said: str) -> str:
    """As of when, and of whose enterprises where they are one unit's."""
    day = numbers.spoken_day(report.asked.as_of)
    if report.own_unit is None:
        return _("Up to %(day)s: %(said)s", day=day, said=said)
    return _("%(unit)s, up to %(day)s: %(said)s", unit=report.own_unit.name, day=day, said=said)


def _overdue(one: BatchStanding) -> str:
    """A batch that was not complete on its day and is not now."""
    left = one.coverage.enterprises - one.coverage.complete
    return _("%(batch)s were due on %(day)s, and %(left)s of %(of)s still lack something.", batch=batch_name(one.batch),
             day=numbers.day_of_year(one.due), left=numbers.count(left), of=numbers.count(one.coverage.enterprises))  # fmt: skip


def _next(one: BatchStanding, pace: Mapping[Batch, Fraction | None]) -> str:
    """The batch due next: how far it has come, and what it needs a week beside what it did of late."""
    told = _("Due next, on %(day)s: %(batch)s, %(complete)s", day=numbers.day_of_year(one.due), batch=batch_name(one.batch),
             complete=phrases.complete_of(one.coverage))  # fmt: skip
    if one.needed_per_week is None:
        return _("%(said)s; today is the last day.", said=told)
    needed = _("%(said)s; needed from now on: %(pace)s", said=told, pace=phrases.a_week(one.needed_per_week))
    done = pace[one.batch]
    if done is None:
        return _("%(said)s.", said=needed)
    return _("%(said)s; in the last %(weeks)s weeks: %(pace)s.", said=needed, weeks=WEEKS, pace=phrases.a_week(done))


def behind(report: FrontlineReport, one: BatchStanding) -> str:
    """The town of a batch that is furthest behind, with how far it has come; nothing where all are equally far, or there is one alone."""
    lines = furthest_behind_first(towns(report, one))
    last = [line for line in lines if line.share == lines[0].share] if lines else []
    if report.own_unit is not None or not lines or len(last) == len(lines) or len(last) > MOST_NAMED:
        return ""
    named = _(", ").join(_("%(town)s (%(complete)s of %(of)s)", town=line.name, complete=numbers.count(line.done),
                           of=numbers.count(line.of)) for line in last)  # fmt: skip
    return _("Furthest behind: %(towns)s.", towns=named)


def towns(report: FrontlineReport, one: BatchStanding) -> list[PartLine]:
    """The towns that have enterprises of a batch, in the zone's order."""
    zone = report.zone
    return [
        PartLine(unit.code, unit.short_name, found.complete, found.enterprises, place, unit.confirmed)
        for place, unit in enumerate(zone.units)
        if (found := one.towns.get(unit.code)) is not None
    ]


def sectors(report: FrontlineReport, one: BatchStanding) -> list[PartLine]:
    """The same of the sectors."""
    return [
        PartLine(code, name, found.complete, found.enterprises, place)
        for place, (code, name) in enumerate(report.zone.sectors.items())
        if (found := one.sectors.get(code)) is not None
    ]


def nothing_known(report: FrontlineReport) -> str:
    """Why there is no enterprise to tell of: no list is no register without enterprises."""
    day, own = numbers.spoken_day(report.asked.as_of), report.own_unit
    if not report.any_list:
        said = _(
            "No register of enterprises has been sent for %(day)s: coverage has no denominator, so nothing is computed.",
            day=day,
        )
        return said if own is None else _("%(unit)s: %(said)s", unit=own.name, said=said)
    if own is not None:
        return _(
            "%(unit)s: no enterprise of the register of %(day)s lies there or is supervised by it.",
            unit=own.name,
            day=day,
        )
    return _("On %(day)s no enterprise is in the register: those listed begin later or have ended.", day=day)


def ledgers_said(report: FrontlineReport) -> str:
    """That no ledger is known, or that none is of the month before the day: what happened since cannot be seen; else nothing."""
    if report.latest is None:
        return _(
            "No ledger of front-line duty has come up to this day: every enterprise counts as not complete, for nobody told of it."
        )
    if report.latest >= report.asked.month.plus(-1):
        return ""
    return _("The last ledger of front-line duty is that of %(period)s: what was completed since is not known.",
             period=numbers.period(report.latest))  # fmt: skip
