"""Is everything as it should be? Schema, reference data, archive and journal, rollup = recomputation, audit log, accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy import Connection, select, text
from yaml import YAMLError

from data import audit
from data.accounts import inconsistencies
from data.archive import Archive, ArchiveError
from data.decisions import waiting
from data.disk import shortage
from data.inbox import database_name, receipts
from data.initial import current_revision, newest_revision
from data.language import gettext as _
from data.retention import let_go
from data.rollup import enforcement as rollup
from data.schema.enforcement import enforcement_month
from data.schema.intake import attachment, submission
from data.schema.zone import scheme
from data.schemes import parse
from data.settings import Settings
from data.store import database_errors, reader
from data.zone import NotInitialised, Zone, read_zone


def examine(settings: Settings) -> tuple[list[str], list[str]]:
    """(findings, notes): what is wrong, and what is only worth knowing. An empty database raises NotInitialised."""
    archive = Archive(settings.archive_dir)
    with database_errors(), reader(settings.database_url).connect() as connection:
        revision = current_revision(connection)
        if revision is None:
            raise NotInitialised(settings.zone)
        if revision != newest_revision():
            return [_("The schema is %(old)s, the program needs %(new)s: run python -m data init.",
                      old=revision, new=newest_revision())], []  # fmt: skip
        zone = read_zone(connection, settings.zone)
        findings = [
            *([low] if (low := shortage(settings)) else []),
            *_database(connection),
            *_schemes(connection, zone),
            *_archive(connection, archive, zone),
            *_rollups(connection, zone),
            *audit.verify(connection, zone.code, archive),
            *inconsistencies(connection, zone.code),
        ]
        return findings, list(_notes(connection, archive, zone)) if not findings else []


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield _("The database file is damaged: %(detail)s", detail=line)
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield _("A row of %(table)s refers to one that is missing.", table=row[0])


def _schemes(connection: Connection, zone: Zone) -> Iterator[str]:
    """A scheme's text is the one that was stored, and can be read."""
    for row in connection.execute(select(scheme).where(scheme.c.zone == zone.code)):
        named = {"name": row.name, "version": row.version}
        if hashlib.sha256(row.text.encode()).hexdigest() != row.sha256:
            yield _("The text of scheme %(name)s %(version)s is not the one that was stored.", **named)
            continue
        try:
            parse(row.text)
        except (ValidationError, YAMLError) as error:
            yield _("Scheme %(name)s %(version)s cannot be read: %(reason)s", **named, reason=error)


def _archive(connection: Connection, archive: Archive, zone: Zone) -> Iterator[str]:
    """Every line of the journal holds on to the one before, every original is there, every submission was journalled."""
    try:
        entries = list(archive.entries())
    except ArchiveError as error:
        yield str(error)
        return
    journalled = {one.number: one for one in receipts(entries, database_name(connection, zone.code))}
    attached = connection.execute(select(attachment.c.sha256).where(attachment.c.zone == zone.code)).scalars()
    named = {receipt.sha256 for receipt in journalled.values()} | set(attached)
    for sha256 in sorted(named - let_go(connection, zone.code, entries)):
        try:
            archive.read(sha256)
        except ArchiveError as error:
            yield str(error)
    rows = connection.execute(
        select(submission.c.submission, submission.c.sha256).where(submission.c.zone == zone.code)
    )
    for row in rows:
        receipt = journalled.get(row.submission)
        if receipt is None or receipt.sha256 != row.sha256:
            yield _("Submission %(number)s does not stand in the journal.", number=row.submission)
    for number in waiting(connection, archive, zone.code).untold:
        yield _("What became of submission %(number)s does not stand in the journal; the next load writes it there.",
                number=number)  # fmt: skip


def _rollups(connection: Connection, zone: Zone) -> Iterator[str]:
    recomputed = rollup.recompute(connection, zone)
    kept = {
        (row.unit, row.month): rollup.Sums(**{name: getattr(row, name) for name in rollup.FIELDS})
        for row in connection.execute(select(enforcement_month).where(enforcement_month.c.zone == zone.code))
    }
    for unit, month in sorted(kept.keys() | recomputed.keys()):
        if kept.get((unit, month)) != recomputed.get((unit, month)):
            yield _("The sums of %(unit)s for %(month)s are not those of its rows.", unit=unit, month=month)


def _notes(connection: Connection, archive: Archive, zone: Zone) -> Iterator[str]:
    found = waiting(connection, archive, zone.code)
    for entry in found.undecided:
        yield _("Decided and not yet written: line %(number)s of the journal; the next load writes it.",
                number=entry.number)  # fmt: skip
    for receipt in found.waiting:
        yield _("Received and not yet loaded: %(file)s (receipt %(number)s); the next load takes it up.",
                file=receipt.file_name, number=receipt.number)  # fmt: skip
