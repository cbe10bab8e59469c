"""Workbooks received, each with its outcome and all that was found in it, as far as an account may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, or_, select, true

from data.language import gettext
from data.language import gettext as _
from data.schema.intake import submission, submission_problem
from data.schema.zone import deadline
from data.schema.zone import unit as unit_table
from data.scope import OFFICE_ACCOUNT, Scope
from data.store import database_errors

NAMES_OF_PEOPLE = frozenset({"检查人员"})
"""Columns in which people are named: what is said about a cell of theirs shows the name to few."""
OF_OTHER_UNITS = frozenset({"number_of_another_unit", "probable_copy"})
"""Warnings whose details, another unit's name and month, are the office's."""

LARGEST_NUMBER = 2**31 - 1
"""That a database takes for a workbook's number; a larger one is nobody's."""
ANNOTATED_WITHIN = timedelta(seconds=90)
"""The worker marks the problems in a refused workbook right after the refusal, and gives up after a minute
(Settings.reader_seconds): until then the page must go on asking, or a busy server's sender never sees it."""


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """One problem of a workbook; its sentence is in the reader's language.

    ``near``: of a missing column the header that is probably meant, of an unknown header the column.
    """

    severity: str
    code: str
    sheet: str | None
    cells: tuple[str, ...]
    column: str | None
    value: str | None
    sentence: str
    near: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """That the office returned a workbook: when, which account, and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook received.

    ``opens``: whether the reader's account may open the original; ``sends``: whether it is one of the sender's side,
    which may confirm, withdraw and match headers; ``again``: whether it can be checked once more. ``layout`` is where
    its tables stood, as the loader stored it. ``annotated`` is the SHA-256 of the workbook with its problems marked,
    ``marking`` whether the worker has still to make it.
    """

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
    sends: bool
    again: bool
    note: str
    checked_at: datetime | None
    checked_against: int | None
    returned: Returned | None
    annotated: str | None
    marking: bool
    layout: Mapping[str, Mapping[str, Any]]
    problems: tuple[FoundProblem, ...] = ()

    @property
    def state(self) -> str:
        """Its status, or that it was returned."""
        return "returned" if self.returned is not None else self.status

    @property
    def moving(self) -> bool:
        """Whether the loader has it and its outcome is still to come."""
        return self.status in {"received", "confirmed"}

    def annotation_to_come(self, now: datetime) -> bool:
        """Whether the refused workbook with its problems marked may still be on its way."""
        return (
            self.status == "rejected"
            and self.opens
            and self.marking
            and self.checked_at is not None
            and now - self.checked_at < ANNOTATED_WITHIN
        )


def latest(engine: Engine, scope: Scope, *, most: int = 50, after: int = 0) -> list[Sent]:
    """The workbooks received last, newest first, without their problems."""
    wanted = submission.c.submission > after
    return _listed(engine, scope, wanted, most)


def waiting(engine: Engine, scope: Scope, *, most: int = 200) -> list[Sent]:
    """Checked workbooks that wait for the word of the account's side, newest first."""
    if not scope.files:
        return []
    return [one for one in _listed(engine, scope, submission.c.status == "checked", most) if one.sends]


def _listed(engine: Engine, scope: Scope, wanted: ColumnElement[bool], most: int) -> list[Sent]:
    table = submission.c
    statement = (
        select(submission)
        .where(table.zone == scope.zone, wanted, seen_by(scope))
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
    found = submission_problem.c
    with database_errors(), engine.connect() as connection:
        row = _row(connection, scope, number)
        if row is None:
            return None
        problems = connection.execute(
            select(submission_problem)
            .where(found.zone == scope.zone, found.submission == number)
            .order_by(found.severity, found.position)
        ).all()
    return _sent(row, scope, tuple(_problem(problem, scope, row) for problem in problems))


def named(engine: Engine, scope: Scope, numbers: Collection[int]) -> dict[int, Sent]:
    """The workbooks with these numbers that the scope may see, without their problems."""
    wanted = submission.c.submission.in_([number for number in numbers if number <= LARGEST_NUMBER])
    return {sent.number: sent for sent in _listed(engine, scope, wanted, len(numbers))}


def original(engine: Engine, scope: Scope, number: int) -> Sent | None:
    """A workbook whose original the scope may open, for names of people stand in it; None for any other."""
    sent = named(engine, scope, [number]).get(number)
    return sent if sent is not None and sent.opens else None


def versions(engine: Engine, scope: Scope, sent: Sent) -> list[Sent]:
    """All accepted workbooks of a workbook's kind, unit and period, the last first; those that were returned too."""
    if sent.kind is None or sent.unit is None or sent.period is None:
        return []
    table = submission.c
    same = and_(
        table.kind == sent.kind, table.unit == sent.unit, table.period == sent.period, table.status == "accepted"
    )
    statement = select(submission).where(table.zone == scope.zone, same, seen_by(scope)).order_by(table.version.desc())
    with database_errors(), engine.connect() as connection:
        return [_sent(row, scope) for row in connection.execute(statement)]


def _row(connection: Connection, scope: Scope, number: int) -> Row[Any] | None:
    table = submission.c
    return connection.execute(
        select(submission).where(table.zone == scope.zone, table.submission == number, seen_by(scope))
    ).first()


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """Workbooks of units that the scope sees, and those that the account sent itself of which nobody can tell whose they are.

    Of others it is the unit that counts: an account may have been of another unit when it sent them. Of the office's
    own unit a unit's account sees what this unit files as any other, not what the office files of everybody.
    """
    if scope.sees_all:
        return true()
    nobodys = and_(submission.c.unit.is_(None), submission.c.sender == scope.account)
    return or_(and_(submission.c.unit == scope.unit, _of_units(scope)), nobodys)


def _of_units(scope: Scope) -> ColumnElement[bool]:
    """No table that only the office files, nor what may be one: it is filed under the office's own unit, but holds
    figures of all units.
    """
    filed_by_units = select(deadline.c.kind).where(deadline.c.zone == scope.zone, deadline.c.filer != "office")
    plain_units = select(unit_table.c.unit).where(unit_table.c.zone == scope.zone, unit_table.c.office.is_(False))
    unknown = and_(submission.c.kind.is_(None), submission.c.unit.in_(plain_units))
    return or_(unknown, submission.c.kind.in_(filed_by_units))


def _names_seen(scope: Scope, unit: str | None, sender: str) -> bool:
    return scope.sees_names(unit) or (unit is None and sender == scope.account)


def _sends(scope: Scope, unit: str | None, sender: str) -> bool:
    """Of a workbook of nobody knows which unit only its sender decides."""
    return scope.files and (sender == scope.account if unit is None else scope.files_for(unit))


def _sent(row: Row[Any], scope: Scope, problems: Sequence[FoundProblem] = ()) -> Sent:
    sends = _sends(scope, row.unit, row.sender)
    returned = None if row.returned_at is None else Returned(row.returned_at, row.returned_by, row.return_reason)
    again = sends and row.status in {"checked", "rejected", "withdrawn"} and row.choice is not None
    return Sent(
        row.submission, row.sha256, row.status, row.file_name, row.received_at, row.kind, row.unit, row.period,
        row.version, row.rows, row.sender, _names_seen(scope, row.unit, row.sender), sends, again, row.note,
        row.checked_at, row.checked_against, returned, row.annotated or None,
        row.sender != OFFICE_ACCOUNT and row.annotated is None, row.layout or {}, tuple(problems),
    )  # fmt: skip


def _without_details(code: str) -> str:
    """What everybody but the office reads of a warning about other units."""
    if code == "probable_copy":
        return _(
            "Most rows are equal in enterprise and figures to those of another ledger. Check them; the office knows which."
        )
    return _("The number “%(value)s” was also reported by another unit. Check it; the office knows which.")


def _problem(row: Row[Any], scope: Scope, sent: Row[Any]) -> FoundProblem:
    """A problem as the scope may read it: names of people and other units' doings are left out where they are not its business."""
    value, message, parameters = row.value, row.message, row.parameters
    if row.column in NAMES_OF_PEOPLE and not _names_seen(scope, sent.unit, sent.sender):
        value, parameters = None, {**parameters, "value": "…"}
    if row.code in OF_OTHER_UNITS and not scope.decides:
        message = _without_details(row.code)
    return FoundProblem(
        row.severity,
        row.code,
        row.sheet,
        tuple(row.cells),
        row.column,
        value,
        gettext(message, **parameters),
        parameters.get("near"),
    )
