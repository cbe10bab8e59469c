"""A database made anew from the archive and its journal, equal to the live one in every figure (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select, update

from data.initial import initialise
from data.intake import configuration
from data.intake.annotations import ANNOTATE, write_annotated
from data.intake.archive import CARRIED_OUT, OUTCOME, Archive, Entry
from data.intake.carrying_out import ASKING, DONE, WRITERS, record_outcome, write_decision
from data.intake.configuration import CONFIGURED, HELD, forget_others, key_of, put
from data.intake.configured import beginning
from data.intake.inbox import RECEIVED, Receipt, announce, confirmed, database_name, receipts
from data.intake.intake_decisions import FORGET
from data.language import gettext as _
from data.schema.intake import submission
from data.schema.zone import installation
from data.settings import Settings
from data.store import database_errors, reader, write_transaction
from data.zone.periods import parse_period
from data.zone.zone import read_zone
from etl.checking.check import Checkup, FiledUnder
from etl.kinds.registry import KINDS
from etl.loading.decide import Decided
from etl.loading.load import Loader
from etl.loading.set_aside import SET_ASIDE
from etl.loading.write import write_workbook


class NotRebuilt(Exception):
    """The database cannot be made there; the text says why."""


def rebuild(configured: Settings, into: str, up_to: int | None = None) -> int:
    """Make the database ``into`` from every line of the journal that is the live database's; how many there were.

    What is configured is the journal's, and the program's own where it does not tell; accounts come without passwords and
    without people's names, for these have no business in the journal. Whoever rebuilds holds the right to load, so the
    journal stands still; nothing is written to it. ``up_to`` one of its lines it stands still by itself.
    """
    target = configured.model_copy(update={"database_url": into})
    archive = Archive(configured.archive_dir)
    with archive.loading() if up_to is None else nullcontext():
        last = archive.last_number() if up_to is None else up_to
        name = _journal_name(configured, archive)
        initialise(into, configured.zone)
        _adopt(target, name)
        entries = [entry for entry in archive.entries() if entry.database == name and entry.number <= last]
        _configure(target, entries)
        with Loader(target, journals=False) as loader:
            left = _redo(loader, entries)
        _settle(target, left or last + 1)
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


def _settle(target: Settings, first_left: int) -> None:
    """All before the first line that waits is done in the new database as well."""
    with write_transaction(target.database_url) as connection:
        settled = update(installation).where(installation.c.zone == target.zone).values(settled=first_left - 1)
        connection.execute(settled)


def _redo(loader: Loader, entries: Sequence[Entry]) -> int | None:
    """Do again what the journal tells, in the order in which it was done; the first line that still waits, if any."""
    plan = _plan(entries)
    came = {receipt.number: receipt for entry in entries for receipt in receipts([entry], entry.database)}
    let_go = {number for entry in entries if entry.act == FORGET for number in entry.data["submissions"]}
    left: list[int] = []
    for entry in entries:
        loader.now = partial(datetime.fromisoformat, entry.at)
        decided = plan.decided_at.get(entry.number)
        if decided is not None:
            _decide(loader, decided, plan.late.get(decided.number))
        elif entry.act in configuration.WRITERS or entry.act == ANNOTATE:
            _write(loader, entry)
        if entry.number in plan.loaded_at:
            _finish(loader, came[plan.loaded_at[entry.number]], entry, let_go)
        elif entry.number in plan.left:
            left.append(entry.number)
            _leave(loader, came[plan.left[entry.number]])
    return min(left, default=None)


def _write(loader: Loader, entry: Entry) -> None:
    """What somebody configured, from this line on; or which marked workbook belongs to a submission."""
    with write_transaction(loader.settings.database_url) as connection:
        if entry.act == ANNOTATE:
            write_annotated(connection, loader.zone.code, entry)
        else:
            configuration.write(connection, loader.archive, loader.zone.code, entry)
            loader.zone = read_zone(connection, loader.zone.code)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Line → what was done there: a decision carried out, a receipt loaded; receipts ``left`` have no outcome yet.

    A decision is written where it stands, or where its turn came. A receipt is loaded where its outcome stands, for
    receipts are not finished in the order of their lines; before the journal told of outcomes they were, each at once.
    """

    decided_at: Mapping[int, Entry]
    late: Mapping[int, Entry]
    loaded_at: Mapping[int, int]
    left: Mapping[int, int]


def _plan(entries: Sequence[Entry]) -> _Plan:
    late = {entry.data["decision"]: entry for entry in entries if entry.act == CARRIED_OUT}
    decided = {entry.number: entry for entry in entries if entry.act in WRITERS}
    refused = {number for number, entry in late.items() if entry.data["outcome"] != DONE}
    asked = [
        (entry.number, _asked(entry))
        for entry in entries
        if entry.act == RECEIVED or (entry.act in ASKING and entry.number not in refused)
    ]
    answers = _answers(entries, dict(asked))
    told_since = next((entry.number for entry in entries if entry.act == OUTCOME), None)
    last = {receipt: line for line, receipt in asked}
    unanswered = {line: receipt for line, receipt in asked if line not in answers}
    left = {
        line: receipt
        for line, receipt in unanswered.items()
        if told_since is not None and line > told_since and last[receipt] == line
    }
    at_once = {line: receipt for line, receipt in unanswered.items() if line not in left}
    return _Plan(
        {(late[number].number if number in late else number): entry for number, entry in decided.items()},
        late,
        {**at_once, **dict(answers.values())},
        left,
    )


def _answers(entries: Sequence[Entry], asked: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Line by which a receipt was to be taken up → (line of what became of it, the receipt): the last such line before it
    was to be taken up again.
    """
    latest: dict[int, int] = {}
    found: dict[int, tuple[int, int]] = {}
    for entry in entries:
        if entry.number in asked:
            latest[asked[entry.number]] = entry.number
        elif entry.act == OUTCOME:
            receipt = entry.data["receipt"]
            found[latest[receipt]] = entry.number, receipt
    return found


def _asked(entry: Entry) -> int:
    """The receipt that a line wants taken up."""
    return entry.number if entry.act == RECEIVED else int(entry.data["submission"])


def _decide(loader: Loader, entry: Entry, late: Entry | None) -> None:
    """Write a decision, or that it was not carried out."""
    with write_transaction(loader.settings.database_url) as connection:
        zone = loader.zone.code
        if late is None or late.data["outcome"] == DONE:
            write_decision(connection, loader.archive, zone, entry)
        else:
            record_outcome(connection, loader.archive, zone, entry, late.data["outcome"], late.data["reason"])


def _finish(loader: Loader, receipt: Receipt, outcome: Entry, let_go: Collection[int]) -> None:
    """Take up a receipt again, or set it aside as it was: what the program fails on today is another question.

    Of one whose bytes were let go, only what its line tells is known.
    """
    if outcome.act == OUTCOME and receipt.number in let_go:
        _write_as_told(loader, _as_said(loader, receipt), outcome.data)
    elif outcome.act == OUTCOME and outcome.data["status"] == SET_ASIDE:
        under = FiledUnder(**{name: outcome.data[name] for name in FiledUnder._fields})
        loader.set_aside(_as_said(loader, receipt), under)
    else:
        _load(loader, receipt)


def _write_as_told(loader: Loader, receipt: Receipt, told: Mapping[str, Any]) -> None:
    """Write what became of a receipt as the journal tells it, for its bytes were let go."""
    period = None if told["period"] is None else parse_period(told["period"])
    unit = None if told["unit"] is None else loader.zone.unit_by_code.get(told["unit"])
    checkup = Checkup(KINDS.get(told["kind"] or ""), unit, period, [], rows=told["rows"] or 0)
    decided = Decided(told["status"], told["version"])
    with write_transaction(loader.settings.database_url) as connection:
        write_workbook(connection, loader.archive, loader.zone.code, receipt, checkup, decided, loader.now())


def _as_said(loader: Loader, receipt: Receipt) -> Receipt:
    """A receipt as it was confirmed where its sender has said so, else as it came."""
    with database_errors(), reader(loader.settings.database_url).connect() as connection:
        said = {one.number: one for one in confirmed(connection, loader.zone.code)}
    return said.get(receipt.number, receipt)


def _load(loader: Loader, receipt: Receipt) -> None:
    """Take up a receipt as it was."""
    loader.take_up(_as_said(loader, receipt))


def _leave(loader: Loader, receipt: Receipt) -> None:
    """What had no outcome waits in the new database as well."""
    with write_transaction(loader.settings.database_url) as connection:
        announce(connection, loader.zone.code, receipt)
