"""A database made anew from the archive and its journal, equal to the live one in every figure (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime

from sqlalchemy import select, update

from data import configuration
from data.annotations import ANNOTATE, write_annotated
from data.archive import Archive, Entry
from data.configuration import CONFIGURED, HELD, forget_others, key_of, put
from data.configured import beginning
from data.decisions import WRITERS, write_decision
from data.inbox import confirmed, database_name, receipts
from data.initial import initialise
from data.language import gettext as _
from data.schema.intake import submission
from data.schema.zone import installation
from data.settings import Settings
from data.store import database_errors, reader, write_transaction
from data.zone import read_zone
from etl.load import Loader


class NotRebuilt(Exception):
    """The database cannot be made there; the text says why."""


def rebuild(configured: Settings, into: str, up_to: int | None = None) -> int:
    """Make the database ``into`` from every line of the journal that is the live database's; how many there were.

    What is configured is the journal's, and the program's own where it does not tell; accounts come without passwords and
    without people's names, for these have no business in the journal. Whoever rebuilds holds the right to load, so the
    journal stands still; nothing is written to it. ``up_to`` a line of the journal it stands still by itself.
    """
    target = configured.model_copy(update={"database_url": into})
    archive = Archive(configured.archive_dir)
    with archive.loading() if up_to is None else nullcontext():
        name = _journal_name(configured, archive)
        initialise(into, configured.zone)
        _adopt(target, name)
        entries = [entry for entry in _own(archive, name) if up_to is None or entry.number <= up_to]
        _configure(target, entries)
        count = 0
        with Loader(target, journals=False) as loader:
            for entry in entries:
                _redo(loader, entry)
                count += 1
    return count


def _journal_name(configured: Settings, archive: Archive) -> str:
    """The name that the journal has for the live database; where that one is lost, the only name that there is."""
    names = {entry.database for entry in archive.entries()}
    if len(names) == 1:
        return names.pop()
    with database_errors(), reader(configured.database_url).connect() as connection:
        return database_name(connection, configured.zone)


def _adopt(target: Settings, name: str) -> None:
    """Let the new database go by the live one's name, so that the journal goes on as its own. It must be empty."""
    with write_transaction(target.database_url) as connection:
        if connection.execute(select(submission.c.submission).limit(1)).first() is not None:
            raise NotRebuilt(_("There are workbooks in that database already. Name a new one."))
        connection.execute(update(installation).where(installation.c.zone == target.zone).values(database=name))


def _configure(target: Settings, entries: Sequence[Entry]) -> None:
    """What was configured when the journal first told it; a new database has nothing yet that refers to it."""
    found = beginning(entries)
    if found is None:
        return
    first, rows = found
    at = datetime.fromisoformat(first.at)
    with write_transaction(target.database_url) as connection:
        for table in reversed(CONFIGURED):
            told = {key_of(table, row) for row in rows.get(table.name, ())}
            forget_others(connection, table, target.zone, told)
        for table in HELD:
            for row in rows.get(table.name, ()):
                put(connection, table, target.zone, row, at)


def _own(archive: Archive, name: str) -> Iterator[Entry]:
    return (entry for entry in archive.entries() if entry.database == name)


def _redo(loader: Loader, entry: Entry) -> None:
    """What was done after this line: a decision is written, then whatever waits is checked and loaded."""
    loader.now = lambda: datetime.fromisoformat(entry.at)
    if entry.act in WRITERS:
        with write_transaction(loader.settings.database_url) as connection:
            write_decision(connection, loader.archive, loader.zone.code, entry)
        with reader(loader.settings.database_url).connect() as connection:
            waiting = list(confirmed(connection, loader.zone.code))
    elif entry.act in configuration.WRITERS:
        with write_transaction(loader.settings.database_url) as connection:
            configuration.write(connection, loader.archive, loader.zone.code, entry)
        with reader(loader.settings.database_url).connect() as connection:
            loader.zone = read_zone(connection, loader.zone.code)
        waiting = []
    elif entry.act == ANNOTATE:
        with write_transaction(loader.settings.database_url) as connection:
            write_annotated(connection, loader.zone.code, entry)
        waiting = []
    else:
        waiting = list(receipts([entry], entry.database))
    for receipt in waiting:
        loader.take_up(receipt)
