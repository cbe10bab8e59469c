"""The bytes of refused workbooks are kept for some weeks and then let go; their receipts stay, and what became of them.

What is let go is named in a line of the journal first. Bytes that anything else still needs stay: an accepted workbook, one
that waits or was set aside, an attachment, another database that shares the archive.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from data.intake.archive import OUTCOME, Archive, Entry
from data.intake.carrying_out import carry_out, catch_up
from data.intake.inbox import RECEIVED, database_name
from data.intake.intake_decisions import ATTACH, FORGET
from data.intake.outcomes import tell_untold
from data.intake.replies import ADD_EVIDENCE
from data.schema.intake import attachment, submission
from data.schema.replies import reply_evidence
from data.settings import Settings
from data.store import database_errors, reader

NOBODY = "—"
"""Who lets go: no person does."""
AT_ONCE = 500
"""At most so many at a time: meanwhile nobody else loads or decides."""
A_DAY = 86_400
"""Seconds: what was laid down within the last day may be of a receipt that is being journalled right now."""


def sweep(settings: Settings, now: datetime) -> int:
    """Let go what is due; how many workbooks it was of."""
    archive, count = Archive(settings.archive_dir), 0
    _finish(settings, archive)
    while some := _sweep_some(settings, archive, now):
        count += some
    return count


def _sweep_some(settings: Settings, archive: Archive, now: datetime) -> int:
    """One portion, under the right to load: nothing is accepted, confirmed or attached in between."""
    url, zone = settings.database_url, settings.zone
    with archive.loading():
        catch_up(url, archive, zone)
        with database_errors(), reader(url).connect() as connection:
            due = _due(connection, zone, now - timedelta(days=settings.refused_days))
            if not due:
                return 0
            database = database_name(connection, zone)
            entries = list(archive.entries())
            needed = _needed(connection, entries, zone, database, due)
            tell_untold(connection, archive, zone, database, _untold(entries, database, due))
        told: list[Entry] = []

        def journal(gone: Sequence[str]) -> None:
            numbers = [row.submission for row in due if row.sha256 in gone]
            what = {"actor": NOBODY, "submissions": numbers, "sha256": list(gone)}
            told.append(archive.append(now.isoformat(), database, FORGET, what))

        archive.forget(dict(islice(_wanted(due, needed), AT_ONCE)), time.time() - A_DAY, journal)
        for entry in told:
            carry_out(url, archive, zone, entry, late=False)
    return sum(len(entry.data["submissions"]) for entry in told)


def _finish(settings: Settings, archive: Archive) -> None:
    """Remove what the journal says is gone, should the program have ended in between."""
    with database_errors(), reader(settings.database_url).connect() as connection:
        left = [one for one in let_go(connection, settings.zone, archive.entries()) if archive.path_of(one).exists()]
    archive.forget({one: [] for one in left}, time.time() - A_DAY, lambda _gone: None)


def _due(connection: Connection, zone: str, before: datetime) -> Sequence[Row[Any, Any, Any]]:
    """Refused workbooks that were checked before an instant and whose bytes are still kept."""
    table = submission.c
    return connection.execute(
        select(table.submission, table.sha256, table.annotated)
        .where(table.zone == zone, table.status == "rejected", table.forgotten_at.is_(None), table.checked_at < before)
        .order_by(table.submission)
    ).all()


def _untold(entries: Iterable[Entry], database: str, due: Iterable[Row[Any, Any, Any]]) -> list[int]:
    """What came before the journal told of outcomes: without its bytes nothing else will say what became of it."""
    told = {entry.data["receipt"] for entry in entries if entry.act == OUTCOME and entry.database == database}
    return [row.submission for row in due if row.submission not in told]


def _needed(
    connection: Connection, entries: Iterable[Entry], zone: str, database: str, due: Sequence[Row[Any, Any, Any]]
) -> set[str]:
    """Originals, and what was made of them, of anything but the refused workbooks that are due or were let go already.

    Lines of the journal count where they are of another database, of an attachment, or of a receipt that has no row.
    """
    table, going = submission.c, {row.submission for row in due}
    columns = (table.submission, table.sha256, table.annotated, table.forgotten_at)
    rows = connection.execute(select(*columns).where(table.zone == zone)).all()
    stays = [row for row in rows if row.submission not in going and row.forgotten_at is None]
    has_row = {row.submission for row in rows}
    needed = {sha256 for row in stays for sha256 in (row.sha256, row.annotated) if sha256}
    for entry in entries:
        own = entry.database == database and (entry.act == FORGET or entry.number in has_row)
        if not own:
            needed.update(_named(entry))
    return needed


def _wanted(due: Iterable[Row[Any, Any, Any]], needed: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Originals that nothing needs, each with the annotated workbooks that were made of it."""
    annotated: dict[str, list[str]] = {}
    for row in due:
        made = annotated.setdefault(row.sha256, [])
        if row.annotated and row.annotated not in needed:
            made.append(row.annotated)
    return ((sha256, made) for sha256, made in annotated.items() if sha256 not in needed)


def _named(entry: Entry) -> list[str]:
    """The originals that a line of the journal names."""
    told = entry.data.get("sha256", [])
    return [told] if isinstance(told, str) else list(told)


def let_go(connection: Connection, zone: str, entries: Iterable[Entry]) -> set[str]:
    """Originals that are gone on purpose: the journal says so last of them, and nothing in the database needs them."""
    gone: set[str] = set()
    for entry in entries:
        if entry.act == FORGET:
            gone |= set(_named(entry))
        elif entry.act in (RECEIVED, ATTACH, ADD_EVIDENCE):
            gone -= set(_named(entry))
    table = submission.c
    kept = select(table.sha256).where(table.zone == zone, table.forgotten_at.is_(None))
    attached = (select(table.c.sha256).where(table.c.zone == zone) for table in (attachment, reply_evidence))
    return gone.difference(*(connection.execute(asked).scalars() for asked in (kept, *attached)))
