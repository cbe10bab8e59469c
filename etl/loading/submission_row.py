"""The log's row of one workbook with its problems, and what the log knows of workbooks of the same kind, unit and period."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Integer,
    Select,
    String,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from data.intake.accounted import HIDDEN_ROWS
from data.intake.fitting import without_unwritable
from data.intake.inbox import Receipt
from data.rollup.in_force import InForce
from data.schema.intake import submission, submission_problem
from etl.checking.check import Checkup
from etl.table.left_out import Why
from etl.table.messages import message_of
from etl.table.problems import Problem

_INSERT = insert(submission)
_BEHIND_ALL = 2**31 - 1


def write_submission(
    connection: Connection,
    zone: str,
    receipt: Receipt,
    checkup: Checkup,
    status: str,
    version: int | None,
    at: datetime,
    checked_against: int | None = None,
) -> None:
    """Write or complete the row of a submission, with its problems."""
    row: dict[str, Any] = {
        "status": status,
        "sha256": receipt.sha256,
        "file_name": receipt.file_name,
        "sender": receipt.sender,
        "received_at": receipt.received_at,
        "uploaded_at": receipt.uploaded_at,
        "note": receipt.choice.note,
        "checked_at": at,
        "checked_against": checked_against,
        **checkup.filed_under._asdict(),
        "version": version,
        "rows": checkup.rows,
        "layout": checkup.layout,
        "left_out": [one.as_dict() for one in checkup.left_out],
        "account": checkup.account or None,
        "choice": receipt.choice.as_stored(),
        "only_unit": receipt.only_unit,
        "asks": receipt.asks,
        "foreseen": None,
    }
    key = {"zone": zone, "submission": receipt.number}
    this = {"in_zone": zone, "number": receipt.number}
    if connection.execute(_announced(), {**row, **this}).rowcount == 0:
        connection.execute(_INSERT, {**key, **row})
    else:
        connection.execute(_told_before(), this)
    problems = [{**key, "position": position, **_told(problem)} for position, problem in enumerate(checkup.problems)]
    if problems:
        connection.execute(insert(submission_problem), problems)


def _told(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept: its sentence as message id and what fills it, so that it can be shown in any language."""
    message, parameters = message_of(problem)
    return {
        "severity": "error" if problem.is_error else "warning",
        "code": problem.code,
        "sheet": _writable(problem.sheet),
        "cell": problem.cell,
        "column": _writable(problem.column),
        "value": _writable(problem.value),
        "cells": list(problem.cells),
        "places": problem.count,
        "message": message,
        "parameters": parameters,
    }


def _writable(text: str | None) -> str | None:
    return None if text is None else without_unwritable(text)


def count_for_now(connection: Connection, zone: str, number: int) -> None:
    """Let a checked workbook be in force, as a version behind all others, until the savepoint is taken back."""
    counting = {"status": "accepted", "version": _BEHIND_ALL}
    connection.execute(_announced(), {**counting, "in_zone": zone, "number": number})


def keep_foreseen(connection: Connection, zone: str, number: int, foreseen: dict[str, Any] | None) -> None:
    """Keep what a checked correction would make of its unit's sums."""
    connection.execute(_announced(), {"foreseen": foreseen, "in_zone": zone, "number": number})


def mark_duplicate(
    connection: Connection, zone: str, receipt: Receipt, repeats: InForce, in_force: InForce | None
) -> None:
    """Only an upload that was shown as received has a row to mark; otherwise a duplicate changes nothing.

    Its account tells which version it repeats, and which was in force then.
    """
    versions = {"repeats": repeats, "in_force": in_force}
    account = {key: one.version for key, one in versions.items() if one is not None}
    marked = {"status": "duplicate", "account": account, "in_zone": zone, "number": receipt.number}
    connection.execute(_announced(), marked)


def _of_the_same(zone: str, checkup: Checkup) -> dict[str, str | None]:
    """The parameters of a statement about what was accepted of the same kind, unit and period."""
    kind, unit, period = checkup.filed_under
    return {"in_zone": zone, "of_kind": kind, "of_unit": unit, "of_period": period}


# Statements are built once: building one costs more than a small workbook's answer.


def _accepted_of_the_same() -> tuple[ColumnElement[bool], ...]:
    columns = submission.c
    named = {"zone": "in_zone", "kind": "of_kind", "unit": "of_unit", "period": "of_period"}
    same = [columns[column] == bindparam(name, type_=String) for column, name in named.items()]
    return (*same, columns.status == "accepted")


class Filed(NamedTuple):
    """What was accepted before of the same kind, unit and period.

    ``same`` are the same bytes, read alike and not returned; ``last_version`` counts returned ones too, and is 0 before
    any.
    """

    in_force: InForce | None = None
    last_version: int = 0
    same: InForce | None = None


def filed_before(connection: Connection, zone: str, receipt: Receipt, checkup: Checkup) -> Filed:
    """What a workbook is another version of. It stays so as long as one holds the right to load."""
    if checkup.kind is None or checkup.unit is None or checkup.period is None:
        return Filed()
    versions = connection.execute(_versions(), _of_the_same(zone, checkup)).all()
    standing = [one for one in versions if one.returned_at is None]
    in_force = next((InForce(one.submission, one.version) for one in standing), None)
    alike = (one for one in standing if one.sha256 == receipt.sha256 and _read_alike(one.choice, receipt, checkup))
    same = next((InForce(one.submission, one.version) for one in alike), None)
    return Filed(in_force, versions[0].version if versions else 0, same)


def _read_alike(choice: dict[str, Any] | None, receipt: Receipt, checkup: Checkup) -> bool:
    """Whether the same bytes were read as now: where rows are hidden, it is a choice whether they count."""
    counted = any(problem.code == HIDDEN_ROWS for problem in checkup.problems)
    hides = counted or any(one.why is Why.HIDDEN_ROWS for one in checkup.left_out)
    return not hides or (choice or {}).get("without_hidden", False) == receipt.choice.without_hidden


@cache
def _versions() -> Select[Any]:
    own = submission.c
    columns = (own.submission, own.version, own.sha256, own.returned_at, own.choice)
    return select(*columns).where(*_accepted_of_the_same()).order_by(own.version.desc())


def _this(table: Table) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    zone, number = bindparam("in_zone", type_=String), bindparam("number", type_=Integer)
    return table.c.zone == zone, table.c.submission == number


@cache
def _announced() -> Update:
    return update(submission).where(*_this(submission))


@cache
def _told_before() -> Delete:
    return delete(submission_problem).where(*_this(submission_problem))
