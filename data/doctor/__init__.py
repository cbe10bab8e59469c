"""Is everything as it should be? Schema, archive and journal, rows = journal, rollup = recomputation, audit log, accounts.

The rows are read as of one moment, and the journal up to that moment: what is loaded meanwhile is no finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile

from pydantic import ValidationError
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import NoResultFound
from yaml import YAMLError

from data.disk import shortage
from data.doctor.journal import Journalled
from data.doctor.rows import (
    act_differences,
    configured_differences,
    done_lines,
    forgotten,
    lines_of,
    loaded_differences,
    settled_too_far,
    submission_differences,
)
from data.doctor.sentences import sentence, thing
from data.initial import current_revision, newest_revision, reference_rows
from data.intake import audit, proposals
from data.intake.archive import Archive, ArchiveError
from data.intake.carrying_out import WRITERS, waiting
from data.intake.configuration import as_told
from data.intake.inbox import database_name
from data.intake.presence import is_worker_there
from data.intake.retention import let_go
from data.language import gettext as _
from data.people.accounts import inconsistencies
from data.people.scope import OFFICE_ACCOUNT
from data.private import open_to_others
from data.rollup import enforcement as rollup
from data.rollup import enterprise_names, enterprises_inspected, month_ends, register_entries, sectors, told_columns
from data.schema.configuration import configuration
from data.schema.intake import attachment, decision, submission
from data.schema.intake import audit as audit_table
from data.schema.replies import reply_evidence
from data.schema.zone import scheme
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.schemes import parsed
from data.zone.zone import NotInitialised, Zone, read_zone

_MOST_NAMED = 10


def examine(settings: Settings, *, deep: bool = False) -> tuple[list[str], list[str]]:
    """(findings, notes): what is wrong, and what is only worth knowing. An empty database raises NotInitialised.

    ``deep`` also makes the database anew beside it and compares every table.
    """
    archive = Archive(settings.archive_dir)
    with database_errors(), reader(settings.database_url).connect() as connection:
        with _one_moment(connection, archive) as last:
            revision = current_revision(connection)
            if revision is None:
                raise NotInitialised(settings.zone)
            if revision != newest_revision():
                return [_("The schema is %(old)s, the program needs %(new)s: run python -m data init.",
                          old=revision, new=newest_revision())], []  # fmt: skip
            try:
                zone = read_zone(connection, settings.zone)
                database_name(connection, settings.zone)
            except (ValueError, LookupError) as error:
                return [_unreadable(error)], []
            except NoResultFound:
                return [
                    _(
                        "The database has lost the name under which the journal knows it. Make it anew: python -m etl rebuild."
                    )
                ], []
        findings = [*_database(connection), *_readable(_schemes(connection, zone))]
        try:
            told = _journalled(connection, archive, zone, last)
        except ArchiveError as error:
            told = None
            findings.append(str(error))
        if told is not None:
            findings += [
                *_archive(connection, archive, zone, told),
                *_differences(connection, archive, zone, told),
                *_loader(connection, archive, zone),
            ]
        findings += [
            *([low] if (low := shortage(settings)) else []),
            *_readable(_rollups(connection, zone)),
            *_set_aside(connection, zone),
            *_readable(audit.verify(connection, zone.code, archive)),
            *_readable(inconsistencies(connection, zone.code)),
            *_open_to_others(settings),
        ]
        if deep and told is not None:
            from data.doctor.deep import rebuilt_differences

            findings += _readable(rebuilt_differences(connection, settings, last))
        if findings or told is None:
            return findings, []
        return [], list(_notes(connection, archive, zone, told, deep=deep))


def _readable(findings: Iterator[str]) -> Iterator[str]:
    """Findings; where the database holds what no column of ours takes (SQLite keeps anything), that is one."""
    try:
        yield from findings
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        yield _unreadable(error)


def _unreadable(error: Exception) -> str:
    return _("A value in the database cannot be read: %(reason)s", reason=error)


@contextmanager
def _one_moment(connection: Connection, archive: Archive) -> Iterator[int]:
    """The journal's last line as of which the rows are read: nothing is then between its line and its row."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    with archive.loading():
        current_revision(connection)
        yield archive.last_number()


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
            parsed(row.text)
        except (ValidationError, YAMLError) as error:
            yield _("Scheme %(name)s %(version)s cannot be read: %(reason)s", **named, reason=error)


def _journalled(connection: Connection, archive: Archive, zone: Zone, last: int) -> Journalled:
    """What the journal tells of this database up to a line; ArchiveError where its lines do not hold on to each other."""
    kept = connection.execute(
        select(audit_table.c.action, audit_table.c.subject).where(audit_table.c.zone == zone.code)
    )
    told = Journalled(
        done_lines(connection, zone.code),
        set(lines_of(connection, zone.code, configuration)),
        {(action, subject) for action, subject in kept},
    )
    told.configured.begin_with(
        {
            table.name: [{name: as_told(value) for name, value in row.items() if name != "zone"} for row in rows]
            for table, rows in reference_rows(zone.code).items()
        }
    )
    own = database_name(connection, zone.code)
    entries = archive.entries()
    told.read(entry for entry in takewhile(lambda one: one.number <= last, entries) if entry.database == own)
    told.lines = last
    for _entry in entries:
        pass  # the chain is looked at to its end
    return told


def _archive(connection: Connection, archive: Archive, zone: Zone, told: Journalled) -> Iterator[str]:
    """Every original is there and the same, and everything that lies beside it by its hash."""
    columns = submission.c
    marked = select(columns.annotated).where(columns.zone == zone.code, func.length(columns.annotated) > 0)
    attached = [select(table.c.sha256).where(table.c.zone == zone.code) for table in (attachment, reply_evidence)]
    kept = {
        *told.receipts.values(),
        *(one for asked in (marked, *attached) for one in connection.execute(asked).scalars()),
    }
    for sha256 in sorted(kept - let_go(connection, zone.code, archive.entries())):
        try:
            archive.read(sha256)
        except ArchiveError as error:
            yield str(error)


def _differences(connection: Connection, archive: Archive, zone: Zone, told: Journalled) -> Iterator[str]:
    """Rows that are otherwise than the journal tells."""
    for compare in (configured_differences, act_differences, submission_differences):
        yield from _readable(map(sentence, compare(connection, zone.code, told)))
    yield from _readable(loaded_differences(connection, zone.code, told))
    for number in waiting(connection, archive, zone.code).untold:
        yield _("What became of submission %(number)s does not stand in the journal; the next load writes it there.",
                number=number)  # fmt: skip
    yield from _readable(settled_too_far(connection, zone.code, told))
    for entry in forgotten(connection, zone.code, told):
        yield _("What line %(line)s of the journal tells was carried out, and its row is gone.", line=entry.number)


def _rollups(connection: Connection, zone: Zone) -> Iterator[str]:
    recomputed = rollup.recompute(connection, zone)
    kept = rollup.kept(connection, zone)
    for unit, month in sorted(kept.keys() | recomputed.keys()):
        if kept.get((unit, month)) != recomputed.get((unit, month)):
            yield _("The sums of %(unit)s for %(month)s are not those of its rows.", unit=unit, month=month)
    by_sector, found = sectors.recompute(connection, zone), sectors.kept(connection, zone)
    differing = {key[:2] for key in by_sector.keys() | found.keys() if by_sector.get(key) != found.get(key)}
    for month, unit in sorted(differing):
        yield _("The sums by sector of %(unit)s for %(month)s are not those of its rows.", unit=unit, month=month)
    yield from _of_enterprises(connection, zone)
    for number in told_columns.differing(connection, zone.code):
        yield _(
            "What reports of a day count of %(what)s is not what its rows say.", what=thing("submission", (number,))
        )


def _of_enterprises(connection: Connection, of_zone: Zone) -> Iterator[str]:
    """What pages read of single enterprises."""
    zone = of_zone.code
    recomputed = enterprises_inspected.recompute(connection, zone)
    kept = enterprises_inspected.kept(connection, zone)
    whose = {one for one in kept.keys() | recomputed.keys() if kept.get(one) != recomputed.get(one)}
    for code in sorted({code for _unit, code in whose}):
        yield _("What is kept of the inspections of %(code)s is not what the ledgers say.", code=code)
    lists = set(register_entries.recompute(connection, zone))
    for code in sorted({one.credit_code for one in lists ^ set(register_entries.kept(connection, zone))}):
        yield _("How %(code)s stands in the register is not what the lists say.", code=code)
    for month, code in month_ends.differing(connection, of_zone):
        yield _("How %(code)s stands at the end of %(month)s is not what its workbooks say.", code=code, month=month)
    for one in enterprise_names.missing(connection, zone):
        yield _("No search would find “%(name)s”, of which a workbook tells.", name=one.name)


def _set_aside(connection: Connection, zone: Zone) -> Iterator[str]:
    """What the program failed on."""
    table = submission.c
    aside = select(submission).where(table.zone == zone.code, table.status == "set_aside").order_by(table.submission)
    for row in connection.execute(aside):
        yield _("Set aside, for the program failed on it: %(file)s (receipt %(number)s). python -m etl retry %(number)s tries it "
                "again, python -m etl discard %(number)s --reason … gives it up.",
                file=row.file_name, number=row.submission)  # fmt: skip
    failed = select(decision).where(decision.c.zone == zone.code, decision.c.outcome == "set_aside")
    for row in connection.execute(failed.order_by(decision.c.entry)):
        yield _("Not carried out, for the program failed on it: the decision in line %(number)s of the journal. Have it taken "
                "again, then python -m etl discard %(number)s --reason …", number=row.entry)  # fmt: skip


def _loader(connection: Connection, archive: Archive, zone: Zone) -> Iterator[str]:
    """Uploads wait, and nothing is there that loads them."""
    found = waiting(connection, archive, zone.code)
    if any(one.sender != OFFICE_ACCOUNT for one in found.waiting) and not is_worker_there(archive.folder):
        yield _("Workbooks wait, and the loader is not running: start it (python -m etl.worker).")


def _open_to_others(settings: Settings) -> Iterator[str]:
    """Data at rest that other users of this machine could read."""
    found = list(open_to_others(settings))
    for path in found[:_MOST_NAMED]:
        yield _("Others than its owner can read %(path)s: run python -m data init, or chmod go= on it.", path=path)
    if len(found) > _MOST_NAMED:
        yield _("… and %(count)s more files and folders.", count=len(found) - _MOST_NAMED)


def _notes(connection: Connection, archive: Archive, zone: Zone, told: Journalled, *, deep: bool) -> Iterator[str]:
    for one in proposals.waiting(connection, zone.code):
        yield _("Waits for a second account: a decision on the office, proposed by %(actor)s (line %(number)s of the journal).",
                actor=one.actor, number=one.number)  # fmt: skip
    for entry in told.waiting:
        if entry.act in WRITERS:
            yield _("Decided and not yet written: line %(number)s of the journal; the next load writes it.",
                    number=entry.number)  # fmt: skip
        else:
            yield _("Configured and not yet written: line %(number)s of the journal; the next change of an account, or data init, "
                    "writes it.", number=entry.number)  # fmt: skip
    for receipt in waiting(connection, archive, zone.code).waiting:
        if receipt.line > told.lines:
            continue  # came after the moment that is looked at
        yield _("Received and not yet loaded: %(file)s (receipt %(number)s); the next load takes it up.",
                file=receipt.file_name, number=receipt.number)  # fmt: skip
    accepted = select(submission.c.submission).where(submission.c.zone == zone.code, submission.c.status == "accepted")
    untold = sum(1 for number in connection.execute(accepted).scalars() if number not in told.outcomes)
    if untold and not deep:
        yield _("%(count)s receipts from before have no digest of their rows in the journal; data doctor --deep compares them.",
                count=untold)  # fmt: skip
