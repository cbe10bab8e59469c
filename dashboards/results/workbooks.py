"""Workbooks received, each with its outcome and all that was found in it, as far as an account may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true

from dashboards.results import hiding
from dashboards.results.reading import Reading
from data.intake.accounted import HIDDEN_ROWS
from data.intake.archive import LAST_LINE
from data.language import told
from data.people.scope import OFFICE_ACCOUNT, TOLD_TO_THE_OFFICE, Scope
from data.schema.intake import decision, submission, submission_problem
from data.schema.zone import deadline
from data.schema.zone import unit as unit_table

MOST_READ = 500
MOST_CELLS = 50
"""Entries of one workbook that are read, and cells of each: as many as the loader keeps; older programs kept all."""
ANNOTATED_WITHIN = timedelta(seconds=90)
"""The worker marks the problems in a refused workbook right after the refusal, and gives up after a minute
(Settings.reader_seconds): until then the page must go on asking, or a busy server's sender never sees it."""


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """One entry of what was found in a workbook; its sentence is in the reader's language.

    ``cells`` are the first of ``places`` in which it stands.
    ``near``: of a missing column the header that is probably meant, of an unknown header the column.
    """

    severity: str
    code: str
    sheet: str | None
    cells: tuple[str, ...]
    places: int
    column: str | None
    value: str | None
    sentence: str
    near: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How much was found of one severity: entries, and places in the workbook."""

    entries: int = 0
    places: int = 0


NOTHING = Counted()


@dataclass(frozen=True, slots=True)
class Returned:
    """That the office returned or discarded a workbook: when, which account, and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook received.

    ``opens``: whether the reader's account may open the original; ``sends``: whether it is one of the sender's side,
    which may confirm, withdraw and match headers; ``again``: whether it can be checked once more. ``layout`` is where
    its tables stood, as the loader stored it. ``received_at`` is from when it is known; ``uploaded_at`` when it had come
    in, where its sender confirmed it later. ``annotated`` is the SHA-256 of the workbook with its problems marked,
    ``marking`` whether the worker has still to make it. ``errors`` and ``notes`` count all that was found; ``problems``
    are the first entries of it, errors before notes, as many as were asked for. ``let_go``: the bytes of a refused
    workbook are no longer kept. ``repeats``: of a duplicate the version that is the same, and the one in force when it
    came. ``left_out`` and ``account`` are what it was not taken as data from, and the sums that balance
    (data/intake/accounted.py); nothing of workbooks from before they were kept. ``without_hidden``: its sender chose that hidden
    rows do not count.
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
    errors: Counted = NOTHING
    notes: Counted = NOTHING
    uploaded_at: datetime | None = None
    let_go: bool = False
    repeats: tuple[int, int] | None = None
    left_out: tuple[Mapping[str, Any], ...] = ()
    account: Mapping[str, Any] = field(default_factory=dict)
    without_hidden: bool = False

    @property
    def state(self) -> str:
        """Its status, or that it was returned."""
        return "returned" if self.returned is not None and self.status == "accepted" else self.status

    @property
    def read(self) -> frozenset[str]:
        """The sheets that were read as tables."""
        return frozenset(told["sheet"] for told in self.layout.values())

    @property
    def moving(self) -> bool:
        """Whether the loader has it and its outcome is still to come."""
        return self.status in {"received", "confirmed"}

    @property
    def has_hidden_rows(self) -> bool:
        """Whether its sheets hide rows, counted or left out."""
        counted = any(problem.code == HIDDEN_ROWS for problem in self.problems)
        return counted or any(one["why"] == HIDDEN_ROWS for one in self.left_out)

    def annotation_to_come(self, now: datetime) -> bool:
        """Whether the refused workbook with its problems marked may still be on its way."""
        return (
            self.status == "rejected"
            and self.opens
            and self.marking
            and self.checked_at is not None
            and now - self.checked_at < ANNOTATED_WITHIN
        )


def latest(reading: Reading, *, most: int = 50, after: int = 0) -> list[Sent]:
    """The workbooks received last, newest first, without their problems."""
    wanted = submission.c.submission > after
    return _listed(reading, wanted, most)


def waiting(reading: Reading, *, most: int = 200) -> list[Sent]:
    """Checked workbooks that wait for the word of the account's side, newest first."""
    if not reading.scope.files:
        return []
    return [one for one in _listed(reading, submission.c.status == "checked", most) if one.sends]


def withdrawn(reading: Reading, period: str, *, most: int = 50) -> list[Sent]:
    """Workbooks of a period that were checked, looked at and not sent, for the office; newest first."""
    wanted = and_(submission.c.status == "withdrawn", submission.c.period == period)
    return _listed(reading, wanted, most) if reading.scope.decides else []


def set_aside(reading: Reading, *, most: int = 200) -> list[Sent]:
    """Workbooks on which the program failed, for the office to decide on, newest first."""
    return _listed(reading, submission.c.status == "set_aside", most) if reading.scope.decides else []


def not_carried_out(reading: Reading, number: int) -> str | None:
    """Why the last decision on a workbook was not carried out; None where it was."""
    table = decision.c
    asked = (
        select(table.outcome, table.reason)
        .where(table.zone == reading.scope.zone, table.submission == number)
        .order_by(table.entry.desc())
        .limit(1)
    )
    last = reading.connection.execute(asked).first()
    return last.reason if last is not None and last.outcome in {"refused", "set_aside"} else None


def _listed(reading: Reading, wanted: ColumnElement[bool], most: int) -> list[Sent]:
    return [_sent(row, reading.scope) for row in _rows(reading, wanted, most)]


def _rows(reading: Reading, wanted: ColumnElement[bool], most: int) -> Sequence[Row[Any]]:
    table = submission.c
    statement = (
        select(submission)
        .where(table.zone == reading.scope.zone, wanted, seen_by(reading.scope))
        .order_by(table.submission.desc())
        .limit(most)
    )
    return reading.connection.execute(statement).all()


def one(reading: Reading, number: int) -> Sent | None:
    """One workbook with its problems; None where there is none that the scope may see."""
    return some(reading, [number], MOST_READ).get(number)


def some(reading: Reading, numbers: Collection[int], most: int) -> dict[int, Sent]:
    """The workbooks with these numbers that the scope may see, each with at most so many entries of its problems."""
    scope = reading.scope
    rows = _rows(reading, _are(numbers), len(numbers))
    seen = [row.submission for row in rows]
    counted = _counted(reading, seen)
    found = _first(reading, seen, most)
    return {
        row.submission: _sent(
            row,
            scope,
            tuple(_problem(problem, scope, row) for problem in found.get(row.submission, ())),
            counted.get((row.submission, "error"), NOTHING),
            counted.get((row.submission, "warning"), NOTHING),
        )
        for row in rows
    }


def _counted(reading: Reading, numbers: Collection[int]) -> dict[tuple[int, str], Counted]:
    """How much was found in each, by severity."""
    found, scope = submission_problem.c, reading.scope
    statement = (
        select(found.submission, found.severity, func.count(), func.sum(found.places))
        .where(found.zone == scope.zone, found.submission.in_(numbers), _is_told(scope))
        .group_by(found.submission, found.severity)
    )
    return {
        (number, severity): Counted(entries, int(places))
        for number, severity, entries, places in reading.connection.execute(statement)
    }


def _first(reading: Reading, numbers: Collection[int], most: int) -> dict[int, list[Row[Any]]]:
    """The first entries of each, errors before notes."""
    found, scope = submission_problem.c, reading.scope
    place = func.row_number().over(partition_by=found.submission, order_by=(found.severity, found.position))
    numbered = (
        select(found.submission, found.position, place.label("place"))
        .where(found.zone == scope.zone, found.submission.in_(numbers), _is_told(scope))
        .subquery()
    )
    statement = (
        select(submission_problem)
        .join(numbered, and_(found.submission == numbered.c.submission, found.position == numbered.c.position))
        .where(found.zone == scope.zone, numbered.c.place <= most)
        .order_by(found.submission, numbered.c.place)
    )
    first: dict[int, list[Row[Any]]] = {}
    for row in reading.connection.execute(statement):
        first.setdefault(row.submission, []).append(row)
    return first


def _is_told(scope: Scope) -> ColumnElement[bool]:
    """Only what the reader may know of: nobody else learns even the number of what the office alone is told."""
    return true() if scope.decides else submission_problem.c.code.not_in(TOLD_TO_THE_OFFICE)


def _are(numbers: Collection[int]) -> ColumnElement[bool]:
    return submission.c.submission.in_([number for number in numbers if number <= LAST_LINE])


def named(reading: Reading, numbers: Collection[int]) -> dict[int, Sent]:
    """The workbooks with these numbers that the scope may see, without their problems."""
    return {sent.number: sent for sent in _listed(reading, _are(numbers), len(numbers))}


def original(reading: Reading, number: int) -> Sent | None:
    """A workbook whose original the scope may open, for names of people stand in it; None for any other."""
    sent = named(reading, [number]).get(number)
    return sent if sent is not None and sent.opens else None


def versions(reading: Reading, sent: Sent) -> list[Sent]:
    """All accepted workbooks of a workbook's kind, unit and period, the last first; those that were returned too."""
    if sent.kind is None or sent.unit is None or sent.period is None:
        return []
    table, scope = submission.c, reading.scope
    of_it = and_(table.zone == scope.zone, are_versions_of(sent), seen_by(scope))
    statement = select(submission).where(of_it).order_by(table.version.desc())
    return [_sent(row, scope) for row in reading.connection.execute(statement)]


def are_versions_of(sent: Sent) -> ColumnElement[bool]:
    """The accepted workbooks of a workbook's kind, unit and period; none where one of these is not known."""
    table = submission.c
    return and_(
        table.kind == sent.kind, table.unit == sent.unit, table.period == sent.period, table.status == "accepted"
    )


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


def _reader(scope: Scope, sent: Row[Any]) -> hiding.Viewpoint:
    """Of a workbook of nobody knows which unit only the office and its sender read names."""
    return hiding.Viewpoint(scope.sees_names(sent.unit) or (sent.unit is None and sent.sender == scope.account))


def read_by_name(scope: Scope) -> ColumnElement[bool]:
    """Of which workbooks ``_reader`` reads names, in SQL."""
    if scope.decides:
        return true()
    table = submission.c
    nobodys = and_(table.unit.is_(None), table.sender == scope.account)
    return or_(table.unit == scope.unit, nobodys) if scope.files else nobodys


def _sends(scope: Scope, unit: str | None, sender: str) -> bool:
    """Of a workbook of nobody knows which unit only its sender decides."""
    return scope.files and (sender == scope.account if unit is None else scope.files_for(unit))


def _sent(
    row: Row[Any],
    scope: Scope,
    problems: tuple[FoundProblem, ...] = (),
    errors: Counted = NOTHING,
    notes: Counted = NOTHING,
) -> Sent:
    sends = _sends(scope, row.unit, row.sender)
    reader = _reader(scope, row)
    returned = None
    if row.returned_at is not None:
        returned = Returned(row.returned_at, reader.cell(row.returned_by) or "", reader.words(row.return_reason or ""))
    let_go = row.forgotten_at is not None
    again = sends and row.status in {"checked", "rejected", "withdrawn"} and row.choice is not None and not let_go
    return Sent(
        row.submission, row.sha256, row.status, reader.file(row.file_name), row.received_at, row.kind, row.unit, row.period,
        row.version, row.rows, reader.file(row.sender), reader.names, sends, again, reader.words(row.note),
        row.checked_at, row.checked_against, returned, row.annotated or None,
        row.sender != OFFICE_ACCOUNT and row.annotated is None, reader.layout(row.layout or {}), problems, errors, notes,
        row.uploaded_at, let_go,
        repeats=_repeats(row),
        left_out=reader.left_out(row.left_out or (), row.layout or {}),
        account=reader.sums(row.account or {}, row.layout or {}),
        without_hidden=bool((row.choice or {}).get("without_hidden")),
    )  # fmt: skip


def _repeats(row: Row[Any]) -> tuple[int, int] | None:
    account = row.account or {}
    return (account["repeats"], account["in_force"]) if row.status == "duplicate" and "repeats" in account else None


def _problem(row: Row[Any], scope: Scope, sent: Row[Any]) -> FoundProblem:
    """A problem as the scope may read it."""
    said = _reader(scope, sent).problem(row, sent.layout or {})
    return FoundProblem(
        row.severity,
        row.code,
        said.sheet,
        tuple(said.cells[:MOST_CELLS]),
        row.places,
        said.column,
        said.value,
        told(row.message, said.parameters),
        said.near,
    )
