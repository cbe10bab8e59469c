"""The audit log: one row for every act, written in the act's own transaction, and chained so that no row can be changed.

Each entry's hash covers the entry, the hash of the entry before it and that of the journal's last line at the time:
who rewrites an entry must rewrite all behind it, and who rewrites the journal contradicts the audit log.
The database refuses changes by triggers (migration 0003); the chain is for whoever can get around these.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, insert, select, text

from data.intake.archive import GENESIS, Archive, ArchiveError
from data.language import gettext as _
from data.schema.intake import audit, submission

GUARDS = ("audit_no_update", "audit_no_delete")
"""Names of the triggers that every engine has."""
_INSERT = insert(audit)
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit'::regclass AND tgenabled IN ('O', 'A')",
}


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who did what to what, when, and its place in the chain."""

    zone: str
    entry: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    journal: str
    before: str
    hash: str = ""

    def computed_hash(self) -> str:
        """SHA-256 over the canonical JSON of all fields but the hash itself."""
        content = {name: getattr(self, name) for name in self.__slots__ if name != "hash"}
        content["at"] = self.at.astimezone(UTC).isoformat()
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def as_dict(self, timezone: tzinfo) -> dict[str, Any]:
        """The entry as it is exported; the instant to the microsecond, so that the chain can be checked from outside."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "at": self.at.astimezone(timezone).isoformat()}


@dataclass(frozen=True, slots=True)
class Act:
    """What an entry says was done, to what, and with which particulars."""

    action: str
    subject: str
    detail: Mapping[str, Any]


def record(
    connection: Connection,
    zone: str,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    *,
    journal: str,
) -> None:
    """Add one entry; entries count from 1 without gaps, for only one transaction writes at a time.

    ``journal`` is ``archive.last_hash()``, asked for inside the transaction.
    """
    last = connection.execute(_last_entry(), {"in_zone": zone}).first()
    number, before = (1, GENESIS) if last is None else (last.entry + 1, last.hash)
    stored = json.loads(json.dumps(dict(detail)))
    entry = AuditEntry(zone, number, at, actor, action, subject, stored, journal, before)
    fields = {name: getattr(entry, name) for name in AuditEntry.__slots__}
    connection.execute(_INSERT, {**fields, "hash": entry.computed_hash()})


@cache
def _last_entry() -> Select[Any]:
    columns = audit.c
    of_zone = columns.zone == bindparam("in_zone", type_=String)
    return select(columns.entry, columns.hash).where(of_zone).order_by(columns.entry.desc()).limit(1)


def history(connection: Connection, zone: str, since: datetime | None = None) -> Iterator[AuditEntry]:
    """The entries of a zone in their order, from an instant on."""
    wanted = [audit.c.zone == zone, *([audit.c.at >= since] if since is not None else [])]
    for row in connection.execute(select(audit).where(*wanted).order_by(audit.c.entry)):
        yield AuditEntry(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for a row by column


def verify(connection: Connection, zone: str, archive: Archive) -> Iterator[str]:
    """What is wrong with the audit log: its guards, its chain, its hold on the journal, acts that it does not name."""
    yield from _guards(connection)
    entries = list(history(connection, zone))
    yield from _chain(entries)
    yield from _hold_on_journal(entries, archive)
    yield from _unnamed(connection, zone, {entry.subject for entry in entries})


def _guards(connection: Connection) -> Iterator[str]:
    there = set(connection.execute(text(_TRIGGERS[connection.dialect.name])).scalars())
    if not there.issuperset(GUARDS):
        yield _("The database no longer refuses changes of the audit log: its triggers are gone.")


def _chain(entries: list[AuditEntry]) -> Iterator[str]:
    """Entries count 1 … n, each holds on to the one before; the first break is named, for all behind it follow from it."""
    before = GENESIS
    for number, entry in enumerate(entries, start=1):
        if entry.entry != number or entry.before != before or entry.computed_hash() != entry.hash:
            yield _("Entry %(number)s of the audit log was changed, or one before it is gone.", number=number)
            return
        before = entry.hash


def _hold_on_journal(entries: list[AuditEntry], archive: Archive) -> Iterator[str]:
    """Every entry names a line of the journal, never one that comes earlier than the line named before it."""
    try:
        place = {GENESIS: 0, **{line.hash: line.number for line in archive.entries()}}
    except ArchiveError:
        return  # a journal that cannot be read is a finding of its own
    reached = 0
    for entry in entries:
        line = place.get(entry.journal)
        if line is None or line < reached:
            yield _("Entry %(number)s of the audit log was written with a journal that is not this one.",
                    number=entry.entry)  # fmt: skip
            return
        reached = line


def _unnamed(connection: Connection, zone: str, subjects: set[str]) -> Iterator[str]:
    """A chain does not show that its end is missing; a workbook that was decided on without an entry does."""
    columns = submission.c
    decided = connection.execute(
        select(columns.submission)
        .where(columns.zone == zone, columns.status.in_(["accepted", "rejected", "set_aside", "discarded"]))
        .order_by(columns.submission)
    )
    for number in decided.scalars():
        if submission_subject(number) not in subjects:
            yield _("The audit log does not name submission %(number)s.", number=number)


def submission_subject(number: int) -> str:
    """How the audit log names a submission."""
    return f"submission {number}"
