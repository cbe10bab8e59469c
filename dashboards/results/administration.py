"""Accounts and the audit log, as the administration page shows them: each only to whom the scope allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from dashboards.results import hiding
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, ListColumn, ListColumns, RowsWanted
from data.intake.audit import AuditEntry, history
from data.intake.proposals import Proposal, waiting
from data.people import lockout
from data.people.accounts import Account, account_of_row
from data.people.lockout import Attack
from data.people.scope import Scope
from data.schema.accounts import account as account_table
from data.schema.intake import audit, submission
from data.store import storable

PAGE_SIZE = 20
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account with what an administrator asks about it."""

    account: Account
    last_sign_in: datetime | None
    attack: Attack | None

    @property
    def locked_until(self) -> datetime | None:
        """Until when somebody, somewhere, may try no password for it."""
        return None if self.attack is None else self.attack.until


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the audit log, newest first; ``page`` counts from 0."""

    entries: tuple[AuditEntry, ...]
    total: int
    page: int
    size: int = PAGE_SIZE


def accounts(reading: Reading, now: datetime) -> list[ListedAccount]:
    """The accounts that the scope may help, by name: the office those of units, the administrator all; nobody else any."""
    connection, scope = reading.connection, reading.scope
    statement = select(account_table).where(account_table.c.zone == scope.zone).order_by(account_table.c.account)
    found = [account_of_row(row) for row in connection.execute(statement)]
    last = _last_sign_ins(connection, scope.zone)
    attacked = lockout.attacks(connection, scope.zone, [one.name for one in found], now)
    return [ListedAccount(one, last.get(one.name), attacked.get(one.name)) for one in found if scope.resets(one.role)]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A decision on the office's own unit that waits; ``kind`` is that of a workbook to be returned or loaded, or filed later."""

    proposal: Proposal
    period: str
    kind: str | None


def proposals(reading: Reading) -> list[Proposed]:
    """What waits for a second account, for whoever may be that."""
    connection, scope = reading.connection, reading.scope
    if not (scope.decides or scope.administers):
        return []
    return [_proposed(connection, scope.zone, one) for one in waiting(connection, scope.zone)]


def _proposed(connection: Connection, zone: str, one: Proposal) -> Proposed:
    number = one.told.get("submission")
    if "period" in one.told:
        return Proposed(one, one.told["period"], one.told.get("kind"))
    table = submission.c
    sent = connection.execute(
        select(table.kind, table.period).where(table.zone == zone, table.submission == number)
    ).one()
    return Proposed(one, sent.period, sent.kind)


def _last_sign_ins(connection: Connection, zone: str) -> dict[str, datetime]:
    """From the audit log, for sessions are forgotten when they are old."""
    columns = audit.c
    statement = (
        select(columns.actor, func.max(columns.at).label("last"))
        .where(columns.zone == zone, columns.action == "signed in")
        .group_by(columns.actor)
    )
    return {row.actor: row.last for row in connection.execute(statement)}


def audit_page(reading: Reading, *, name: str | None = None, page: int = 0) -> AuditPage:
    """What was done, by an account or to it, or by all; nothing for who may not read the log."""
    if not reading.scope.administers:
        return AuditPage((), 0, 0)
    total = _counted(reading, _about(reading.scope, name))
    shown = min(page, max(0, (total - 1) // PAGE_SIZE))
    wanted = RowsWanted(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE)
    return audit_rows(reading, wanted, {}, name=name)


def audit_rows(reading: Reading, wanted: RowsWanted, acts: Mapping[str, str], *, name: str | None = None) -> AuditPage:
    """Those entries that somebody wants, newest first where he wants no other order; ``acts``: the words for each act.

    Nothing for who may not read the log. Unasked where the log has no such column, filter or order.
    """
    if not reading.scope.administers:
        return AuditPage((), 0, 0, wanted.size)
    columns, log = _columns(reading, acts), audit.c
    conditions = [*_about(reading.scope, name), columns.condition(wanted)]
    statement = select(audit).where(*conditions).order_by(*columns.order(wanted), log.entry.desc())
    rows = reading.connection.execute(statement.limit(wanted.size).offset(wanted.start))
    entries = (AuditEntry(**row._mapping) for row in rows)  # noqa: SLF001  # SQLAlchemy's public name for a row by column
    total, page = _counted(reading, conditions), wanted.start // wanted.size
    return AuditPage(tuple(hiding.audit_entries(entries)), total, page, wanted.size)


def _counted(reading: Reading, conditions: Sequence[ColumnElement[bool]]) -> int:
    counted = select(func.count()).select_from(audit).where(*conditions)
    return reading.connection.execute(counted).scalar_one()


def _columns(reading: Reading, acts: Mapping[str, str]) -> ListColumns:
    """What the log may be filtered and sorted by. Not its particulars: what people wrote in them is hidden from its readers."""
    log = audit.c
    return ListColumns(
        [
            ListColumn("entry", Holds.NUMBER, log.entry),
            ListColumn("at", Holds.DAY, log.at, ends=reading.zone.calendar.end_of),
            ListColumn("actor", Holds.TEXT, log.actor, searched=True),
            ListColumn("action", Holds.CHOICE, log.action, acts, searched=True),
            ListColumn("subject", Holds.TEXT, log.subject, searched=True),
        ]
    )


def whole_audit(reading: Reading) -> list[AuditEntry]:
    """The whole log in its order, without what people wrote in it; nothing for who may not read it.

    Who is to recompute the hashes of entries needs all of them: ``python -m data audit``.
    """
    if not reading.scope.administers:
        return []
    return list(hiding.audit_entries(history(reading.connection, reading.scope.zone)))


def _about(scope: Scope, name: str | None) -> Sequence[ColumnElement[bool]]:
    mine = audit.c.zone == scope.zone
    if name is None:
        return [mine]
    asked = storable(name, LONGEST_NAME)
    return [mine, or_(audit.c.actor == asked, audit.c.subject == f"account {asked}")]
