"""What stands in the journal behind the line up to which everything is done: receipts that wait, decisions without a row.

Receipts are not finished in the order of their lines, and one may wait long: so the database keeps the line up to which
every receipt has its outcome and every decision its row, and only what lies behind it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, Update, bindparam, select, update

from data.intake.archive import Archive, Entry
from data.intake.inbox import RECEIVED, Receipt, confirmed, receipts
from data.intake.outcomes import FINISHED, outcome_told
from data.schema.intake import decision, submission
from data.schema.zone import installation
from data.store import among, listed

_ZONE = bindparam("in_zone", type_=String)
_WAITING = frozenset({"received", "confirmed"})


@dataclass(frozen=True, slots=True)
class QueueState:
    """What is not done yet, and the last line that the disk has up to which everything is.

    ``untold`` are receipts whose outcome has no line; ``known`` is the line that the database has as ``settled``.
    """

    database: str = ""
    known: int = 0
    settled: int = 0
    waiting: Sequence[Receipt] = ()
    undecided: Sequence[Entry] = ()
    untold: Sequence[int] = ()


@dataclass(slots=True)
class _Behind:
    """The lines behind the settled one, and what the database has of them."""

    entries: Sequence[Entry]
    status: Mapping[int, str]
    written: Mapping[int, str]
    """Decision → what became of it."""
    told: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """Receipt → (line, status) of each outcome that the journal tells."""


def standing(
    connection: Connection, archive: Archive, zone: str, asking: Collection[str], acts: Collection[str]
) -> QueueState:
    """What waits. ``acts`` are decisions; those that are also ``asking`` have a receipt taken up again."""
    here = connection.execute(_place(), {"in_zone": zone}).one()
    entries = archive.entries_after(here.settled)
    asked_again = list(confirmed(connection, zone))
    if not entries:
        return QueueState(here.database, here.settled, here.settled, asked_again)
    behind = _behind(connection, zone, [one for one in entries if one.database == here.database], acts)
    waiting = [one for one in receipts(behind.entries, here.database) if _is_open(behind, one.number)]
    undecided = [one for one in behind.entries if one.act in acts and one.number not in behind.written]
    return QueueState(
        here.database,
        here.settled,
        _settled(here.settled, entries, behind, asking, acts),
        sorted([*waiting, *asked_again], key=lambda receipt: receipt.line),
        undecided,
        sorted(_untold(behind, asking)),
    )


def next_in_turn(waiting: Sequence[Receipt], served: Mapping[str, int]) -> Receipt:
    """Whose turn it is: of each party the first receipt, and of the parties the one that was served longest ago.

    ``served`` is when each was, counted up; so nobody waits behind more than one workbook of each other party.
    """
    first: dict[str, Receipt] = {}
    for receipt in sorted(waiting, key=lambda one: one.line):
        first.setdefault(receipt.party, receipt)
    return min(first.values(), key=lambda one: (served.get(one.party, 0), one.line))


def settle(connection: Connection, zone: str, found: QueueState) -> None:
    """Keep how far everything is done, in the transaction of what is done next."""
    if found.settled > found.known:
        connection.execute(_settle(), {"in_zone": zone, "line": found.settled})


def nothing_waits(connection: Connection, archive: Archive, zone: str) -> bool:
    """Whether the journal has nothing behind the line up to which everything is done, and nobody's word waits."""
    reached = connection.execute(_reached(), {"in_zone": zone}).one()
    return reached.confirmed is None and archive.last_number() <= reached.settled


@cache
def _place() -> Select[Any]:
    return select(installation.c.database, installation.c.settled).where(installation.c.zone == _ZONE)


@cache
def _settle() -> Update:
    return update(installation).where(installation.c.zone == _ZONE).values(settled=bindparam("line"))


@cache
def _reached() -> Select[Any]:
    table = submission.c
    waiting = select(table.submission).where(table.zone == _ZONE, table.status == "confirmed").limit(1)
    return select(installation.c.settled, waiting.scalar_subquery().label("confirmed")).where(
        installation.c.zone == _ZONE
    )


def _behind(connection: Connection, zone: str, own: Sequence[Entry], acts: Collection[str]) -> _Behind:
    named = {one.number for one in own if one.act == RECEIVED}
    named |= {one.data["submission"] for one in own if one.act in acts and "submission" in one.data}
    decided = [one.number for one in own if one.act in acts]
    rows = connection.execute(_statuses(), {"in_zone": zone, "numbers": listed(named)}) if named else ()
    written = connection.execute(_decided(), {"in_zone": zone, "numbers": listed(decided)}) if decided else ()
    behind = _Behind(own, dict(map(tuple, rows)), dict(map(tuple, written)))
    for entry in own:
        told = outcome_told(entry)
        if told is not None:
            behind.told.setdefault(told[0], []).append((entry.number, told[1]))
    return behind


@cache
def _statuses() -> Select[Any]:
    table = submission.c
    return select(table.submission, table.status).where(table.zone == _ZONE, among(table.submission, "numbers"))


@cache
def _decided() -> Select[Any]:
    return select(decision.c.entry, decision.c.outcome).where(
        decision.c.zone == _ZONE, among(decision.c.entry, "numbers")
    )


def _is_open(behind: _Behind, number: int) -> bool:
    """Whether a receipt has no outcome: what had a row of its own still has it, only a duplicate need not have one."""
    status = behind.status.get(number)
    if status is None:
        return all(told != "duplicate" for _line, told in behind.told.get(number, ()))
    return status == "received"


def _asked(behind: _Behind, asking: Collection[str]) -> Iterator[tuple[int, int]]:
    """(line, receipt) wherever a receipt was to be taken up: when it came, and when its sender or the office said so."""
    for entry in behind.entries:
        if entry.act == RECEIVED:
            yield entry.number, entry.number
        elif entry.act in asking and behind.written.get(entry.number) == "done":
            yield entry.number, entry.data["submission"]


def _untold(behind: _Behind, asking: Collection[str]) -> set[int]:
    last = {receipt: line for line, receipt in _asked(behind, asking)}
    return {
        receipt
        for receipt, line in last.items()
        if behind.status.get(receipt) in FINISHED and not _answered(behind, receipt, line)
    }


def _answered(behind: _Behind, receipt: int, line: int) -> bool:
    return any(told > line for told, _status in behind.told.get(receipt, ()))


def _settled(
    known: int, entries: Sequence[Entry], behind: _Behind, asking: Collection[str], acts: Collection[str]
) -> int:
    """The last line that the disk has up to which every receipt is answered by such a line and every decision written."""
    durable = max((one.number for one in entries if one.is_waited_for), default=known)
    own = {one.number: one for one in behind.entries}
    asked = dict(_asked(behind, asking))
    reached = known
    for number in range(known + 1, durable + 1):
        entry = own.get(number)
        if entry is not None and entry.act in acts and number not in behind.written:
            break
        receipt = asked.get(number)
        if receipt is not None and (
            behind.status.get(receipt) in _WAITING
            or _is_open(behind, receipt)
            or not any(number < line <= durable for line, _status in behind.told.get(receipt, ()))
        ):
            break
        reached = number
    return reached
