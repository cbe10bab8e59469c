"""What people decide about workbooks, as rows: a sender's word, a return, a matched header, an attachment.

Each is written from its line of the journal, by whoever decides or loads next (``data.intake.decisions``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, String, Table, bindparam, delete, insert, select, update

from data.intake.archive import Archive, Entry
from data.intake.audit import Act, submission_subject
from data.intake.inbox import database_name
from data.language import gettext as _
from data.rollup import month_ends, of_ledgers, of_lists
from data.rollup.in_force import stands, submissions_in_force
from data.schema.enforcement import inspection, reinspection
from data.schema.intake import attachment, decision, header_match, row_difference, submission, submission_problem
from data.zone.periods import Month
from data.zone.zone import read_zone

CONFIRM = "confirm"
WITHDRAW = "withdraw"
RETURN = "return"
MATCH = "match_header"
ATTACH = "attach"
RETRY = "retry"
DISCARD = "discard"
FORGET = "forget"
NOT_OURS = ""
"""Column of a heading of which somebody said that it is none of ours."""
_ON_A_WORKBOOK = (CONFIRM, WITHDRAW, RETURN, ATTACH)
"""What older programs decided on one workbook, without its number in the decision's row."""
_AFTER_ALL = 2**31 - 1
ROWS: Mapping[str, tuple[Table, Mapping[str, str]]] = {
    RETURN: (submission, {"returned_by": "actor", "return_reason": "reason"}),
    MATCH: (header_match, {one: one for one in ("unit", "kind", "table", "header", "column", "written", "actor")}),
    DISCARD: (submission, {"returned_by": "actor", "return_reason": "reason"}),
    ATTACH: (attachment, {one: one for one in ("submission", "sha256", "file_name", "media_type", "size", "actor")}),
}
"""What is told in an act's line, by the column of the table that keeps it."""


def write_confirmation(connection: Connection, zone: str, entry: Entry) -> Act:
    """The sender's word: the loader loads it next, against the version that it was checked against."""
    number = entry.data["submission"]
    _update(connection, zone, number, status="confirmed", confirmation=entry.number)
    return Act("workbook confirmed", submission_subject(number), {"checked_against": entry.data["checked_against"]})


def write_withdrawal(connection: Connection, zone: str, entry: Entry) -> Act:
    """A checked workbook that its sender does not send after all; what it would have changed stays to be seen."""
    number = entry.data["submission"]
    _update(connection, zone, number, status="withdrawn")
    table = row_difference.c
    unchanged = (table.zone == zone, table.submission == number, table.change == "same")
    connection.execute(delete(row_difference).where(*unchanged))
    return Act("workbook withdrawn", submission_subject(number), {})


def write_return(connection: Connection, zone: str, entry: Entry) -> Act:
    """An accepted workbook counts no more; the version before it, if there is one, counts again."""
    number, reason = entry.data["submission"], entry.data["reason"]
    at = datetime.fromisoformat(entry.at)
    _update(connection, zone, number, returned_at=at, **_kept(entry))
    of = connection.execute(
        select(submission).where(submission.c.zone == zone, submission.c.submission == number)
    ).one()
    if of.kind == "enforcement":
        of_ledgers.refresh(connection, read_zone(connection, zone), of.unit, Month.parse(of.period))
    elif of.kind == "enterprises":
        of_lists.refresh(connection, read_zone(connection, zone), of.unit)
    elif of.kind == "hazards":
        month_ends.refresh_of_hazards(connection, read_zone(connection, zone), of.unit, Month.parse(of.period))
    return Act("workbook returned", submission_subject(number), {"reason": reason})


def write_match(connection: Connection, zone: str, entry: Entry) -> Act:
    """A header of a unit's own form and the column that it names, for all its workbooks received later."""
    told = entry.data
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(header_match).values(zone=zone, entry=entry.number, at=at, **_kept(entry)))
    detail = {"table": told["table"], "header": told["written"], "column": told["column"]}
    return Act("header matched", f"{told['unit']} {told['kind']}", detail)


def write_attachment(connection: Connection, zone: str, entry: Entry) -> Act:
    """A scan or a piece of evidence that belongs to a workbook."""
    fields = _kept(entry)
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(attachment).values(zone=zone, entry=entry.number, at=at, **fields))
    detail = {"file": fields["file_name"], "sha256": fields["sha256"]}
    return Act("attachment added", submission_subject(fields["submission"]), detail)


def _kept(entry: Entry) -> dict[str, Any]:
    return {column: entry.data[name] for column, name in ROWS[entry.act][1].items()}


def write_retry(connection: Connection, zone: str, entry: Entry) -> Act:
    """What was set aside is taken up again, as if it had just come, with the time of its first receipt."""
    number = entry.data["submission"]
    _update(connection, zone, number, status="confirmed", retried=entry.number)
    table = submission_problem.c
    connection.execute(delete(submission_problem).where(table.zone == zone, table.submission == number))
    return Act("workbook retried", submission_subject(number), {})


def write_discard(connection: Connection, zone: str, entry: Entry) -> Act:
    """What was set aside is not tried again; it stays in the log with the reason, and its original in the archive."""
    if "decision" in entry.data:
        line = entry.data["decision"]
        connection.execute(
            update(decision).where(decision.c.zone == zone, decision.c.entry == line).values(outcome="discarded")
        )
        return Act("decision discarded", f"journal {line}", {"reason": entry.data["reason"]})
    number, reason, actor = (entry.data[name] for name in ("submission", "reason", "actor"))
    at = datetime.fromisoformat(entry.at)
    _update(connection, zone, number, status="discarded", returned_at=at, returned_by=actor, return_reason=reason)
    return Act("workbook discarded", submission_subject(number), {"reason": reason})


def write_forgetting(connection: Connection, zone: str, entry: Entry) -> Act:
    """Refused workbooks whose bytes are let go: what was found in them goes with them, their receipt and outcome stay."""
    numbers, at = entry.data["submissions"], datetime.fromisoformat(entry.at)
    for number in numbers:
        nothing: dict[str, Any] = {
            "annotated": "",
            "layout": {},
            "left_out": [],
            "account": None,
            "checked_against": None,
        }
        _update(connection, zone, number, forgotten_at=at, **nothing)
    for table in (submission_problem, row_difference):
        connection.execute(delete(table).where(table.c.zone == zone, table.c.submission.in_(numbers)))
    return Act("originals let go", "originals", {"submissions": numbers})


def let_go_sentence() -> str:
    """Why a workbook can be neither opened nor checked again."""
    return _("The original was refused and is no longer kept. Send the workbook again if it is still needed.")


def _update(connection: Connection, zone: str, number: int, **values: object) -> None:
    this = submission.c.zone == zone, submission.c.submission == number
    connection.execute(update(submission).where(*this).values(**values))


def recall_workbooks(connection: Connection, archive: Archive, zone: str) -> None:
    """Tell of decisions that an older program wrote which workbook they are on, as the journal has it."""
    table = decision.c
    of_before = (table.zone == zone, table.act.in_(_ON_A_WORKBOOK), table.submission.is_(None))
    silent = set(connection.execute(select(table.entry).where(*of_before)).scalars())
    if not silent:
        return
    own = database_name(connection, zone)
    for entry in archive.entries():
        if entry.database == own and entry.number in silent:
            this = (table.zone == zone, table.entry == entry.number)
            connection.execute(update(decision).where(*this).values(submission=entry.data["submission"]))


def header_matches(
    connection: Connection, zone: str, unit: str, kind: str, before: int | None = None
) -> Mapping[str, Mapping[str, str]]:
    """Table → header as compared → column, as people matched them; only lines of the journal before a number."""
    asked = {"of_zone": zone, "of_unit": unit, "of_kind": kind, "before": _AFTER_ALL if before is None else before}
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(_matches(), asked):
        headers = found.setdefault(row.table, {})
        headers.pop(row.header, None)
        if row.column is not None:
            headers[row.header] = row.column
    return found


@cache
def _matches() -> Select[Any]:
    table = header_match.c
    named = {"zone": "of_zone", "unit": "of_unit", "kind": "of_kind"}
    same = (table[column] == bindparam(name, type_=String) for column, name in named.items())
    return (
        select(table.table, table.header, table.column)
        .where(*same, table.entry < bindparam("before", type_=Integer))
        .order_by(table.entry)
    )


def referenced_later(connection: Connection, zone: str, number: int) -> list[tuple[str, str]]:
    """Cases that only this ledger holds and that 整改复查 of later months name: (number as written, the later month)."""
    of = connection.execute(
        select(submission).where(submission.c.zone == zone, submission.c.submission == number)
    ).one()
    if of.kind != "enforcement":
        return []
    before = version_before(connection, zone, number)
    own, told = inspection.c, reinspection.c
    there = select(own.number_key).where(own.zone == zone, own.submission == before)
    gone = select(own.number_key).where(own.zone == zone, own.submission == number, own.number_key.not_in(there))
    ledgers = submissions_in_force(connection, zone, "enforcement", unit=of.unit)
    rows = connection.execute(
        select(told.number, told.period)
        .where(told.zone == zone, told.submission.in_(ledgers), told.period > of.period, told.number_key.in_(gone))
        .order_by(told.period, told.row)
    )
    return [(row.number, row.period) for row in rows]


def reported_elsewhere(connection: Connection, zone: str, number: int, unit: str) -> list[tuple[str, str]]:
    """Cases of the ledger that this one of a unit replaced which another month has reported since: (number as written,
    that month).

    Without this ledger they would count twice.
    """
    before = version_before(connection, zone, number)
    if before is None:
        return []
    own = inspection.c
    ledgers = submissions_in_force(connection, zone, "enforcement", unit=unit)
    again = select(own.number_key).where(own.zone == zone, own.submission == before)
    rows = connection.execute(
        select(own.number, own.period)
        .where(own.zone == zone, own.submission.in_([one for one in ledgers if one != number]))
        .where(own.number_key.in_(again))
        .order_by(own.period, own.row)
    )
    return [(row.number, row.period) for row in rows]


def version_before(connection: Connection, zone: str, number: int) -> int | None:
    """The submission that would be in force without this accepted one; None where there is none."""
    table = submission.c
    of = connection.execute(select(submission).where(table.zone == zone, table.submission == number)).one()
    same = (table.kind == of.kind, table.unit == of.unit, table.period == of.period)
    found: int | None = connection.execute(
        select(table.submission)
        .where(table.zone == zone, table.status == "accepted", stands(), *same)
        .where(table.version < of.version)
        .order_by(table.version.desc())
        .limit(1)
    ).scalar()
    return found
