"""Rows of the database laid beside what the journal says of them, for the doctor: every difference by row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, String, Table, bindparam, select

from data.doctor.journal import LOADED, Columns, Journalled
from data.doctor.sentences import thing
from data.intake import calendar_events, configuration, issued_lists, plan_decisions, stationery
from data.intake.archive import Entry
from data.intake.audit import history
from data.intake.carrying_out import WRITERS as DECISIONS
from data.intake.configured import Deviation, ToldValue, differences
from data.intake.digest import row_tables, stored_digest
from data.intake.extensions import EXTEND
from data.intake.intake_decisions import ATTACH, CONFIRM, DISCARD, FORGET, MATCH, RETRY, RETURN, WITHDRAW
from data.intake.own_review import COUNT as COUNT_OWN_REVIEW
from data.intake.proposals import PROPOSE, REFUSE
from data.intake.publications import PUBLISH
from data.intake.replies import ADD_EVIDENCE, DECIDE_MARK, REPLY
from data.intake.scheme_decisions import ADOPT, DRAFT
from data.intake.scheme_decisions import WITHDRAW as WITHDRAW_SCHEME
from data.intake.vetoes import DECIDE
from data.language import gettext as _
from data.schema.calendar_events import calendar_event, leader_name
from data.schema.configuration import configuration as configuration_table
from data.schema.extensions import extension
from data.schema.intake import attachment, decision, header_match, submission
from data.schema.proposals import proposal
from data.schema.publications import publication
from data.schema.quarterly import veto_decision
from data.schema.replies import mark_decision, mark_reply, reply_evidence
from data.schema.schemes import scheme_decision, scheme_draft
from data.schema.zone import installation

_OPEN = frozenset({"received", "confirmed"})
_EFFECTS = (
    veto_decision, mark_reply, reply_evidence, mark_decision, header_match, attachment, proposal, publication, scheme_draft,
    scheme_decision, extension, calendar_event, leader_name,
    *(table for table, _told in (*stationery.ROWS.values(), *issued_lists.ROWS.values())),
)  # fmt: skip
_AUDITED: Mapping[str, tuple[str, ...]] = {
    CONFIRM: ("workbook confirmed",),
    WITHDRAW: ("workbook withdrawn",),
    RETURN: ("workbook returned",),
    MATCH: ("header matched",),
    ATTACH: ("attachment added",),
    DECIDE: ("veto confirmed", "veto dismissed"),
    REPLY: ("mark agreed", "mark contested"),
    ADD_EVIDENCE: ("evidence added",),
    DECIDE_MARK: ("mark upheld", "mark changed"),
    PUBLISH: ("report published",),
    DRAFT: ("scheme drafted",),
    ADOPT: ("scheme adopted",),
    WITHDRAW_SCHEME: ("scheme withdrawn",),
    EXTEND: ("deadline extended",),
    stationery.DRAFT: ("document drafted",),
    stationery.ADOPT: ("document adopted",),
    stationery.NUMBER: ("document numbered",),
    stationery.PROMISE: ("promise recorded",),
    stationery.ENTERPRISE_PROMISE: ("promise recorded",),
    issued_lists.ISSUE: ("lists issued",),
    issued_lists.DRAW: ("lists drawn of",),
    issued_lists.RECHECK: ("re-check recorded",),
    calendar_events.ADD: ("event added",),
    calendar_events.CHANGE: ("event changed",),
    calendar_events.HOLD: ("event held",),
    calendar_events.CANCEL: ("event cancelled",),
    calendar_events.NAME_LEADER: ("leader named",),
    plan_decisions.ADOPT: ("plan adopted",),
    FORGET: ("originals let go",),
    RETRY: ("workbook retried",),
    DISCARD: ("workbook discarded", "decision discarded"),
    COUNT_OWN_REVIEW: ("own marks confirmed",),
    PROPOSE: ("decision proposed",),
    REFUSE: ("proposal refused",),
    configuration.CONFIGURE: ("configuration written",),
    configuration.ADD: ("account added",),
    configuration.RESET: ("password reset",),
    configuration.ENABLE: ("account enabled",),
    configuration.DISABLE: ("account disabled",),
    configuration.CHANGE_ROLE: ("role changed",),
}
"""What the audit log calls the acts of the journal."""


def lines_of(connection: Connection, zone: str, table: Table) -> set[int]:
    """The lines of the journal that a table of acts has."""
    return set(connection.execute(select(table.c.entry).where(table.c.zone == zone)).scalars())


def done_lines(connection: Connection, zone: str) -> dict[int, str]:
    """The decisions that the database has, by their line, each with what came of it."""
    rows = connection.execute(select(decision.c.entry, decision.c.outcome).where(decision.c.zone == zone))
    return dict(map(tuple, rows))


def settled_too_far(connection: Connection, zone: str, told: Journalled) -> Iterator[str]:
    """Receipts and decisions that wait, though the database has them for done: nobody would take them up."""
    settled = connection.execute(select(installation.c.settled).where(installation.c.zone == zone)).scalar_one()
    waiting = [entry.number for entry in told.waiting if entry.act in DECISIONS]
    columns = (submission.c.submission, submission.c.confirmation, submission.c.status)
    rows = {row.submission: row for row in connection.execute(select(*columns).where(submission.c.zone == zone))}
    waiting += [row.confirmation or row.submission for row in rows.values() if row.status in _OPEN]
    waiting += [
        one for one in told.receipts.keys() - rows.keys() if one >= told.outcomes_since and one not in told.outcomes
    ]
    first = min(waiting, default=told.lines + 1)
    if settled >= first:
        yield _("The database says that everything up to line %(settled)s of the journal is done; line %(line)s is not.",
                settled=settled, line=first)  # fmt: skip


def configured_differences(connection: Connection, zone: str, told: Journalled) -> Iterator[Deviation]:
    """Accounts, units, sectors, deadlines, schemes and the like that are otherwise than they were configured."""
    return differences(told.configured, configuration.present(connection, zone))


def act_differences(connection: Connection, zone: str, told: Journalled) -> Iterator[Deviation]:
    """Acts and what they did, otherwise than their lines tell."""
    yield from _by_line(connection, zone, decision, told.decisions)
    yield from _by_line(connection, zone, configuration_table, told.configurations)
    for table in _EFFECTS:
        yield from _by_line(connection, zone, table, told.effects[table.name])


def forgotten(connection: Connection, zone: str, told: Journalled) -> Iterator[Entry]:
    """Acts that were carried out, as the audit log has it, and have no row any more."""
    if not told.waiting:
        return
    audited = {(one.at.isoformat(), one.actor, one.action) for one in history(connection, zone)}
    for entry in told.waiting:
        at = _told_at(entry)
        if any((at, entry.data["actor"], action) in audited for action in _AUDITED[entry.act]):
            yield entry


def _told_at(entry: Entry) -> str:
    return datetime.fromisoformat(entry.at).astimezone(UTC).isoformat()


def _by_line(connection: Connection, zone: str, table: Table, told: Mapping[int, Columns]) -> Iterator[Deviation]:
    """The rows of a table that have a line of the journal each."""
    left = dict(told)
    for row in connection.execute(select(table).where(table.c.zone == zone).order_by(table.c.entry)):
        expected = left.pop(row.entry, None)
        if expected is None:
            yield Deviation(table.name, (row.entry,), None, dict(row._mapping), None)  # noqa: SLF001  # SQLAlchemy's public name for a row by column
        else:
            yield from _of_row(table, (row.entry,), expected, row._mapping)  # noqa: SLF001  # the same
    for line in left:
        yield Deviation(table.name, (line,), None, None, ToldValue(None, line))


def _of_row(table: Table, key: tuple[Any, ...], told: Columns, row: RowMapping) -> Iterator[Deviation]:
    for column, expected in told.items():
        if column in table.c and row[column] != expected.value:
            yield Deviation(table.name, key, column, row[column], expected)


def submission_differences(connection: Connection, zone: str, told: Journalled) -> Iterator[Deviation]:
    """Rows of receipts that are otherwise than the journal tells, stand in no line, or are gone."""
    seen: set[int] = set()
    last = 0
    statement = select(submission).where(submission.c.zone == zone).order_by(submission.c.submission)
    for row in connection.execute(statement):
        number = row.submission
        seen.add(number)
        if number not in told.receipts:
            yield Deviation("submission", (number,), None, dict(row._mapping), None)  # noqa: SLF001  # SQLAlchemy's public name for a row by column
            continue
        if row.status not in _OPEN:
            last = number
        yield from _of_row(submission, (number,), _expected(told, number, row), row._mapping)  # noqa: SLF001  # the same
    for number in _gone(told, seen, last):
        yield Deviation("submission", (number,), None, None, ToldValue(None, number))


def loaded_differences(connection: Connection, zone: str, told: Journalled) -> Iterator[str]:
    """Rows of workbooks that were not loaded, or that are not those that were."""
    others = set(connection.execute(_not_accepted(), {"in_zone": zone}).scalars())
    tables_of: dict[int, list[Table]] = {}
    for table in row_tables():
        found = set(connection.execute(_with_rows(table), {"in_zone": zone}).scalars())
        for number in found:
            tables_of.setdefault(number, []).append(table)
        for number in sorted(found & others):
            yield _("%(what)s has rows (%(rows)s), though it was not accepted.",
                    what=thing("submission", (number,)), rows=thing(table.name, ()))  # fmt: skip
    for number, entry in told.outcomes.items():
        digest = entry.data["digest"]
        if digest is not None and _digest(connection, zone, number, tables_of.get(number, [])) != digest:
            of_what = " ".join(str(entry.data[name]) for name in ("kind", "unit", "period"))
            yield _("The rows of %(what)s (%(of)s) are not those that were loaded, line %(line)s of the journal; "
                    "data doctor --deep names row and column.",
                    what=thing("submission", (number,)), of=of_what, line=entry.number)  # fmt: skip


@cache
def _not_accepted() -> Select[Any]:
    mine = submission.c.zone == bindparam("in_zone", type_=String)
    return select(submission.c.submission).where(mine, submission.c.status != "accepted")


@cache
def _with_rows(table: Table) -> Select[Any]:
    return select(table.c.submission).where(table.c.zone == bindparam("in_zone", type_=String)).distinct()


def _digest(connection: Connection, zone: str, number: int, among: Iterable[Table]) -> str | None:
    """The digest of a submission's rows; None where one of them holds what no load can have written."""
    try:
        return stored_digest(connection, zone, number, among)
    except (ValueError, TypeError, ArithmeticError):
        return None


def _gone(told: Journalled, seen: set[int], last: int) -> Iterable[int]:
    """Receipts without a row that had one: only what has no outcome yet, or was sent twice, need not have one."""
    for number in told.receipts.keys() - seen - told.passed_over:
        if number in told.outcomes or number < min(last, told.outcomes_since):
            yield number


def _expected(told: Journalled, number: int, row: Any) -> Columns:
    """What the journal tells of a receipt's row; before it told of outcomes, it did not say what became of one."""
    columns = dict(told.submissions[number])
    if number in told.outcomes:
        return columns
    if row.choice is None:
        columns.pop("choice")  # from before what the sender chose was kept
    if row.status in LOADED and "confirmation" in columns and columns["confirmation"].value is not None:
        line = columns["confirmation"].value
        said = told.decisions[line]
        columns["uploaded_at"] = columns["received_at"]
        columns["sender"], columns["received_at"] = (
            ToldValue(said["actor"].value, line),
            ToldValue(said["at"].value, line),
        )
        columns.pop("checked_against", None)
    if columns["status"].value in _OPEN:
        columns.pop("status")
    return columns
