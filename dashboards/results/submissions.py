"""Who has sent what for a period, as page and command take it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dashboards.results.hiding import Reader
from data.intake import filing
from data.intake.filing import DueReport, due_reports
from data.people.scope import Scope
from data.store import database_errors
from data.zone.clock import Clock
from data.zone.periods import Period
from data.zone.zone import Zone, read_zone


@dataclass(frozen=True, slots=True)
class Submissions:
    """Every report due for a period that the scope may see."""

    zone: Zone
    period: Period
    as_of: date
    reports: tuple[DueReport, ...]


def fetch(
    engine: Engine,
    scope: Scope,
    period: Period,
    *,
    fixed_today: date | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
) -> Submissions:
    """What was due for the period and what has become of it by the end of a day (default: today)."""
    with database_errors(), engine.connect() as connection:
        zone = read_zone(connection, scope.zone)
        known_by = known_by or Clock(zone.calendar, fixed_today).today()
        day = min(as_of or known_by, known_by)
        reports = due_reports(connection, zone, period, zone.calendar.end_of(day))
    shown = (_as_read(one, scope) for one in reports if _is_shown(one, zone, scope))
    return Submissions(zone, period, day, tuple(shown))


def _as_read(report: DueReport, scope: Scope) -> DueReport:
    reader = Reader(scope.sees_names(report.unit.code))
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
