"""Who has sent what for a period, as page and command take it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept
from data.intake import filing
from data.intake.filing import DueReport, due_in_each
from data.people.scope import Scope
from data.zone.periods import Period
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class Submissions:
    """Every report due for a period that the scope may see."""

    zone: Zone
    period: Period
    as_of: date
    reports: tuple[DueReport, ...]


def fetch(reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None) -> Submissions:
    """What was due for the period and what has become of it by the end of a day (default: today)."""
    (found,) = fetch_each(reading, (period,), as_of=as_of, known_by=known_by)
    return found


@kept
def fetch_each(
    reading: Reading, periods: tuple[Period, ...], *, as_of: date | None = None, known_by: date | None = None
) -> tuple[Submissions, ...]:
    """The same of several periods, read together."""
    zone, scope = reading.zone, reading.scope
    known_by = known_by or reading.today
    day = min(as_of or known_by, known_by)
    due = due_in_each(reading.connection, zone, periods, zone.calendar.end_of(day))
    shown = {
        period: tuple(_as_read(one, scope) for one in reports if _is_shown(one, zone, scope))
        for period, reports in due.items()
    }
    return tuple(Submissions(zone, period, day, shown[period]) for period in periods)


def _as_read(report: DueReport, scope: Scope) -> DueReport:
    if scope.sees_names(report.unit.code):
        return report
    reader = Viewpoint(names=False)
    return replace(report, filing=reader.filing(report.filing), return_reason=reader.words(report.return_reason))


def _is_shown(report: DueReport, zone: Zone, scope: Scope) -> bool:
    """A unit's account sees what units of its name file; what the office files of everybody is not its business."""
    return scope.sees_all or (scope.sees(report.unit.code) and not zone.only_office_files(report.kind))


def as_dict(result: Submissions) -> dict[str, Any]:
    """The report as CONTRACT prints it: what is due, and what was sent of what is due only where something changed."""
    return {
        "report": "submissions",
        "period": str(result.period),
        "as_of": result.as_of.isoformat(),
        "rows": [filing.as_dict(result.zone, one) for one in result.reports if one.deadline is not None],
    }
