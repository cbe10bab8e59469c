"""Who has sent what for a period, as page and command take it; and one workbook with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, select

from data import filing
from data.clock import Clock
from data.filing import DueReport, due_reports
from data.language import gettext
from data.periods import Period
from data.schema.intake import submission, submission_problem
from data.scope import Scope
from data.store import database_errors
from data.zone import Zone, read_zone


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
    return Submissions(zone, period, day, tuple(one for one in reports if scope.sees(one.unit.code)))


def as_dict(result: Submissions) -> dict[str, Any]:
    """The report as CONTRACT prints it."""
    return {
        "report": "submissions",
        "period": str(result.period),
        "as_of": result.as_of.isoformat(),
        "rows": [filing.as_dict(result.zone, one) for one in result.reports],
    }


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """One problem of a workbook; its sentence is in the reader's language."""

    severity: str
    code: str
    sheet: str | None
    cells: tuple[str, ...]
    column: str | None
    value: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook received."""

    number: int
    sha256: str
    status: str
    file_name: str
    received_at: datetime
    kind: str | None
    unit: str | None
    period: str | None
    version: int | None
    rows: int | None
    problems: tuple[FoundProblem, ...] = ()


def latest(engine: Engine, scope: Scope, *, most: int = 50, after: int = 0) -> list[Sent]:
    """The workbooks received last, newest first, without their problems."""
    table = submission.c
    statement = (
        select(submission)
        .where(table.zone == scope.zone, table.submission > after)
        .order_by(table.submission.desc())
        .limit(most)
    )
    with database_errors(), engine.connect() as connection:
        rows = connection.execute(statement).all()
    return [_sent(row) for row in rows if row.unit is None or scope.sees(row.unit)]


def one(engine: Engine, scope: Scope, number: int) -> Sent | None:
    """One workbook with all its problems; None where there is none that the scope may see."""
    key = submission.c.zone == scope.zone, submission.c.submission == number
    found = submission_problem.c
    with database_errors(), engine.connect() as connection:
        row = connection.execute(select(submission).where(*key)).first()
        problems = connection.execute(
            select(submission_problem)
            .where(found.zone == scope.zone, found.submission == number)
            .order_by(found.severity, found.position)
        ).all()
    if row is None or (row.unit is not None and not scope.sees(row.unit)):
        return None
    return _sent(row, tuple(_problem(problem) for problem in problems))


def _sent(row: Row[Any], problems: tuple[FoundProblem, ...] = ()) -> Sent:
    return Sent(
        row.submission, row.sha256, row.status, row.file_name, row.received_at, row.kind, row.unit, row.period,
        row.version, row.rows, problems,
    )  # fmt: skip


def _problem(row: Row[Any]) -> FoundProblem:
    return FoundProblem(
        row.severity,
        row.code,
        row.sheet,
        tuple(row.cells),
        row.column,
        row.value,
        gettext(row.message, **row.parameters),
    )
