"""The main message: how many are found, crossed off, open and overdue, the longest of them, and who has most that are overdue."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.method.hazards import HazardFigures
from dashboards.pages.hazards import phrases
from dashboards.pages.hazards.query import HazardsSeen
from dashboards.results.hazards import HazardsReport
from data.language import gettext as _

MOST_NAMED = 3
"""So many units are named that have equally many overdue; of more none is."""


def main_message(seen: HazardsSeen) -> str:
    """Some short sentences; counts before percentages."""
    told = parts.sentences(_stands(seen.figures, major=seen.major), _overdue(seen), _most_overdue(seen), _major(seen))
    return as_of(seen.report, told)


def as_of(report: HazardsReport, said: str) -> str:
    """As of when, and of whose hazards where they are one unit's."""
    day = numbers.spoken_day(report.asked.as_of)
    if report.own_unit is None:
        return _("Up to %(day)s: %(said)s", day=day, said=said)
    return _("%(unit)s, up to %(day)s: %(said)s", unit=report.own_unit.name, day=day, said=said)


def _stands(one: HazardFigures, *, major: bool) -> str:
    told = {
        "found": phrases.hazards(one.found),
        "off": phrases.hazards(one.crossed_off),
        "left": phrases.hazards(one.open),
    }
    if not one.found:
        return _("no major hazard is on record.")
    if not one.open:
        return (_("all %(found)s major hazards on record are crossed off.", **told) if major
                else _("all %(found)s hazards on record are crossed off.", **told))  # fmt: skip
    share = numbers.percent(one.crossed_off_rate)
    if major:
        return _(
            "%(found)s major hazards on record, %(off)s crossed off (%(share)s), %(left)s still open.",
            **told,
            share=share,
        )
    return _("%(found)s hazards on record, %(off)s crossed off (%(share)s), %(left)s still open.", **told, share=share)


def _overdue(seen: HazardsSeen) -> str:
    """How many of the open ones are overdue, and since when the first of them is."""
    one = seen.figures
    if not one.open:
        return ""
    if not one.overdue:
        return _("None of them is overdue.")
    return _(
        "%(n)s of these are overdue, the longest for %(days)s.",
        n=phrases.hazards(one.overdue),
        days=phrases.days(one.longest_overdue),
    )


def _most_overdue(seen: HazardsSeen) -> str:
    """The unit with most overdue; nothing where all have as many, or where it is one unit's page."""
    report = seen.report
    counts = {code: seen.of(one).overdue for code, one in report.units.items()}
    most = max(counts.values(), default=0)
    named = [code for code, number in counts.items() if number == most]
    if report.own_unit is not None or not most or len(named) > MOST_NAMED or len(named) == len(counts):
        return ""
    units = _(", ").join(report.zone.unit_by_code[code].short_name for code in named)
    if len(named) > 1:
        return _("Most overdue: %(units)s (%(n)s each).", units=units, n=phrases.hazards(most))
    return _("Most overdue: %(units)s (%(n)s).", units=units, n=phrases.hazards(most))


def _major(seen: HazardsSeen) -> str:
    """The major ones among them, where all grades are looked at."""
    one = seen.report.whole.major
    if seen.major or not one.found:
        return ""
    if not one.open:
        return _("All %(found)s major hazards are crossed off.", found=phrases.hazards(one.found))
    return _(
        "Major ones: %(left)s open, %(overdue)s overdue.",
        left=phrases.hazards(one.open),
        overdue=phrases.hazards(one.overdue),
    )


def nothing_known(report: HazardsReport) -> str:
    """Why there is no hazard to tell of: no ledger is no zone without hazards."""
    if report.latest is None:
        return as_of(report, _("no ledger of hazards has been sent, so nothing is computed."))
    return as_of(report, _("the ledgers of hazards tell of none found by then."))


def ledgers_said(report: HazardsReport) -> str:
    """That none is of the month before the day: what happened since cannot be seen; else nothing."""
    if report.latest is None or report.latest >= report.asked.month.plus(-1):
        return ""
    return _("The last ledger of hazards is that of %(period)s: what was found or crossed off since is not known.",
             period=numbers.period(report.latest))  # fmt: skip
