"""Who has sent what for a period, as page and command take it; and one workbook with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, and_, or_, select, true

from data import filing
from data.clock import Clock
from data.filing import DueReport, due_reports
from data.language import gettext
from data.language import gettext as _
from data.periods import Period
from data.schema.intake import submission, submission_problem
from data.scope import Scope
from data.store import database_errors
from data.zone import Zone, read_zone

NAMES_OF_PEOPLE = frozenset({"检查人员"})
"""Columns in which people are named: what is said about a cell of theirs shows the name to few."""
OF_OTHER_UNITS = frozenset({"number_of_another_unit"})
"""Warnings whose details, another unit's name, are the office's."""

LARGEST_NUMBER = 2**31 - 1
"""That a database takes for a workbook's number; a larger one is nobody's."""


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
    """One workbook received; ``opens``: whether the reader's account may open the original."""

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
    sender: str
    opens: bool
    problems: tuple[FoundProblem, ...] = ()


def latest(engine: Engine, scope: Scope, *, most: int = 50, after: int = 0) -> list[Sent]:
    """The workbooks received last, newest first, without their problems."""
    table = submission.c
    statement = (
        select(submission)
        .where(table.zone == scope.zone, table.submission > after, _seen_by(scope))
        .order_by(table.submission.desc())
        .limit(most)
    )
    with database_errors(), engine.connect() as connection:
        rows = connection.execute(statement).all()
    return [_sent(row, scope) for row in rows]


def one(engine: Engine, scope: Scope, number: int) -> Sent | None:
    """One workbook with all its problems; None where there is none that the scope may see."""
    if number > LARGEST_NUMBER:
        return None
    key = submission.c.zone == scope.zone, submission.c.submission == number, _seen_by(scope)
    found = submission_problem.c
    with database_errors(), engine.connect() as connection:
        row = connection.execute(select(submission).where(*key)).first()
        problems = connection.execute(
            select(submission_problem)
            .where(found.zone == scope.zone, found.submission == number)
            .order_by(found.severity, found.position)
        ).all()
    if row is None:
        return None
    return _sent(row, scope, tuple(_problem(problem, scope, row) for problem in problems))


def original(engine: Engine, scope: Scope, number: int) -> Sent | None:
    """A workbook whose original the scope may open, for names of people stand in it; None for any other."""
    sent = one(engine, scope, number)
    return sent if sent is not None and sent.opens else None


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    """Workbooks of units that the scope sees, and those that the account sent itself of which nobody can tell whose they are.

    Of others it is the unit that counts: an account may have been of another unit when it sent them.
    """
    if scope.sees_all:
        return true()
    nobodys = and_(submission.c.unit.is_(None), submission.c.sender == scope.account)
    return or_(submission.c.unit == scope.unit, nobodys)


def _names_seen(scope: Scope, unit: str | None, sender: str) -> bool:
    return scope.sees_names(unit) or (unit is None and sender == scope.account)


def _sent(row: Row[Any], scope: Scope, problems: tuple[FoundProblem, ...] = ()) -> Sent:
    return Sent(
        row.submission, row.sha256, row.status, row.file_name, row.received_at, row.kind, row.unit, row.period,
        row.version, row.rows, row.sender, _names_seen(scope, row.unit, row.sender), problems,
    )  # fmt: skip


def _problem(row: Row[Any], scope: Scope, sent: Row[Any]) -> FoundProblem:
    """A problem as the scope may read it: names of people and other units' doings are left out where they are not its business."""
    value, message, parameters = row.value, row.message, row.parameters
    if row.column in NAMES_OF_PEOPLE and not _names_seen(scope, sent.unit, sent.sender):
        value, parameters = None, {**parameters, "value": "…"}
    if row.code in OF_OTHER_UNITS and not scope.decides:
        message = _("The number “%(value)s” was also reported by another unit. Check it; the office knows which.")
    return FoundProblem(
        row.severity,
        row.code,
        row.sheet,
        tuple(row.cells),
        row.column,
        value,
        gettext(message, **parameters),
    )
