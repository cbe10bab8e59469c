"""What the two lists are called, and by which rule an enterprise stands on one."""

from __future__ import annotations

from datetime import date

from dashboards.components import numbers
from dashboards.results.inspection_coverage import InspectionCoverage, RepeatedRun, Which
from data.language import gettext as _
from data.zone.zone import Unit


def called(which: Which) -> str:
    """A list's name."""
    return _("Not inspected this year") if which == "never" else _("Inspected repeatedly")


def risk_words() -> dict[str, str]:
    """High risk, or not."""
    return {"yes": _("high risk"), "no": _("not of high risk")}


def rule(result: InspectionCoverage) -> str:
    """When an enterprise is inspected repeatedly, by the scheme's numbers."""
    one = result.scheme.repeated
    return _("Inspected repeatedly: by %(units)s or more units within %(days)s days, or %(times)s times within %(more)s days, in any year.",
             units=one.units, days=one.units_days, times=one.times, more=one.times_days)  # fmt: skip


def why(run: RepeatedRun) -> str:
    """Which part of the rule holds, with this enterprise's own numbers."""
    said = _(
        "%(times)s times by %(units)s units in %(days)s days",
        times=len(run.inspections),
        units=run.units,
        days=run.days,
    )
    return (
        said
        if run.days
        else _("%(times)s times by %(units)s units on one day", times=len(run.inspections), units=run.units)
    )


def last_seen(day: date | None, own: Unit | None) -> str:
    """The day of the last inspection, or that there never was one; to the account of a unit: of its own."""
    if day is not None:
        return numbers.day(day)
    return _("never (inspected)") if own is None else _("never by %(unit)s", unit=own.short_name)
