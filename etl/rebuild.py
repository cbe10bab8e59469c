"""A database made anew from the archive and its journal, equal to the live one in every figure (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select, update

from data.archive import OUTCOME, Archive, Entry
from data.decisions import ASKING, WRITERS, write_decision
from data.inbox import RECEIVED, Receipt, announce, confirmed, database_name, receipts
from data.initial import initialise
from data.intake_decisions import FORGET
from data.language import gettext as _
from data.schema.intake import submission
from data.schema.zone import installation
from data.settings import Settings
from data.store import database_errors, reader, write_transaction
from etl.load import Loader


class NotRebuilt(Exception):
    """The database cannot be made there; the text says why."""


def rebuild(configured: Settings, into: str) -> int:
    """Make the database ``into`` from every line of the journal that is the live database's; how many there were.

    Reference data is the program's own; accounts are not in the journal, for passwords have no business there. Whoever
    rebuilds holds the right to load, so the journal stands still; nothing is written to it.
    """
    target = configured.model_copy(update={"database_url": into})
    archive = Archive(configured.archive_dir)
    with archive.loading():
        name = _journal_name(configured, archive)
        initialise(into, configured.zone)
        _adopt(target, name)
        entries = [entry for entry in archive.entries() if entry.database == name]
        with Loader(target, journals=False) as loader:
            left = _redo(loader, entries)
        _settle(target, left or archive.last_number() + 1)
    return len(entries)


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


def _settle(target: Settings, first_left: int) -> None:
    """All before the first line that waits is done in the new database as well."""
    with write_transaction(target.database_url) as connection:
        settled = update(installation).where(installation.c.zone == target.zone).values(settled=first_left - 1)
        connection.execute(settled)


def _redo(loader: Loader, entries: Sequence[Entry]) -> int | None:
    """Do again what the journal tells, in the order in which it was done; the first line that still waits, if any.

    A decision is written where it stands. A receipt is loaded where its outcome stands, for receipts are not finished in
    the order of their lines; before the journal told of outcomes they were, each at once.
    """
    answers = _answers(entries)
    told_since = next(
        (entry.number for entry in entries if entry.act == OUTCOME), entries[-1].number + 1 if entries else 0
    )
    came = {receipt.number: receipt for receipt in receipts(entries, entries[0].database)} if entries else {}
    answered = set(answers.values())
    let_go = {number for entry in entries if entry.act == FORGET for number in entry.data["submissions"]}
    left: list[int] = []
    for entry in entries:
        loader.now = partial(datetime.fromisoformat, entry.at)
        if entry.act in WRITERS:
            with write_transaction(loader.settings.database_url) as connection:
                write_decision(connection, loader.archive, loader.zone.code, entry)
        if entry.number in answered:
            _load(loader, came[entry.data["receipt"]], entry if entry.data["receipt"] in let_go else None)
        elif entry.act == RECEIVED or entry.act in ASKING:
            receipt = came[_asked(entry)]
            if entry.number in answers:
                continue
            if entry.number < told_since or _asked_later(entries, entry):
                _load(loader, receipt)
            else:
                left.append(entry.number)
                _leave(loader, receipt)
    return min(left, default=None)


def _answers(entries: Sequence[Entry]) -> dict[int, int]:
    """Line by which a receipt was to be taken up → line of what became of it: the last one before it was asked for again."""
    asked: dict[int, int] = {}
    found: dict[int, int] = {}
    for entry in entries:
        if entry.act == RECEIVED or entry.act in ASKING:
            asked[_asked(entry)] = entry.number
        elif entry.act == OUTCOME:
            found[asked[entry.data["receipt"]]] = entry.number
    return found


def _asked(entry: Entry) -> int:
    """The receipt that a line wants taken up."""
    return entry.number if entry.act == RECEIVED else int(entry.data["submission"])


def _asked_later(entries: Sequence[Entry], entry: Entry) -> bool:
    """Whether somebody decided on its outcome afterwards, so that there was one, before the journal told of outcomes."""
    return any(one.act in ASKING and one.number > entry.number and _asked(one) == _asked(entry) for one in entries)


def _load(loader: Loader, receipt: Receipt, told: Entry | None = None) -> None:
    """Take up a receipt: as it was confirmed where its sender has said so, else as it came.

    ``told``: the line of its outcome, of a workbook that was let go: then that alone is known of it.
    """
    with database_errors(), reader(loader.settings.database_url).connect() as connection:
        said = {one.number: one for one in confirmed(connection, loader.zone.code)}
    one = said.get(receipt.number, receipt)
    if told is None:
        loader.take_up(one)
    else:
        loader.take_as_told(one, told.data)


def _leave(loader: Loader, receipt: Receipt) -> None:
    """What had no outcome waits in the new database as well."""
    with write_transaction(loader.settings.database_url) as connection:
        announce(connection, loader.zone.code, receipt)
