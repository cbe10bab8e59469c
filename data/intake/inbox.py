"""A workbook's way in: bytes into the archive, a line into the journal, and only then "received".

Whatever was received and has no outcome yet is *pending*: the next loader takes it up, also after a crash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from sqlalchemy import Connection, Select, String, and_, bindparam, insert, select, update

from data.intake.archive import Archive, Entry
from data.intake.fitting import check_row
from data.language import gettext as _
from data.schema.intake import decision, submission
from data.schema.zone import installation
from data.store import StoreError, database_errors, reader, write_transaction

RECEIVED = "receive"
_TAKING_IN = BoundedSemaphore(4)
"""Uploads that may wait for the disk and the database at a time: fewer than a server has threads."""
_PATIENCE = 2.0
_ZONE = bindparam("in_zone", type_=String)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the sender said about a workbook, so that it need not be told from its content.

    ``without_hidden``: rows that nobody sees on the sheet are no data.
    """

    kind: str | None = None
    unit: str | None = None
    period: str | None = None
    note: str = ""
    without_hidden: bool = False

    def as_stored(self) -> dict[str, Any]:
        """As journal and log have it; what was not known to older programs is named only where it was chosen."""
        stored = asdict(self)
        return stored if self.without_hidden else {name: stored[name] for name in stored if name != "without_hidden"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One workbook received; ``number`` is its line in the journal and its submission's key.

    ``only_unit``: the sender's account may send for this unit alone, whatever the workbook says; None for the office.
    ``asks``: it is checked and shown to its sender, and loaded only on the sender's word; ``confirmation`` is that
    word's line in the journal, and ``checked_against`` the version that was in force when it was checked. From that
    word on it is known (``received_at``); ``uploaded_at`` is when it had come in.
    """

    number: int
    sha256: str
    file_name: str
    sender: str
    received_at: datetime
    choice: Choice
    only_unit: str | None = None
    asks: bool = False
    confirmation: int | None = None
    checked_against: int | None = None
    uploaded_at: datetime | None = None

    @property
    def line(self) -> int:
        """Where in the journal its turn comes."""
        return self.confirmation or self.number

    @property
    def party(self) -> str:
        """Whose turn it is when this is taken up: a unit's accounts are one party, all others are the office."""
        return self.only_unit or ""


def database_name(connection: Connection, zone: str) -> str:
    """The name under which the journal knows this database."""
    name: str = connection.execute(_database_name(), {"in_zone": zone}).scalar_one()
    return name


@cache
def _database_name() -> Select[Any]:
    return select(installation.c.database).where(installation.c.zone == _ZONE)


def receive(
    archive: Archive,
    database: str,
    sha256: str,
    file_name: str,
    sender: str,
    received_at: datetime,
    choice: Choice,
    only_unit: str | None = None,
    *,
    asks: bool = False,
) -> Receipt:
    """Journal the receipt of an original that the archive keeps; from here on it cannot be lost any more.

    Unfit where its row could not be written.
    """
    row = {"sha256": sha256, "file_name": file_name, "sender": sender, "note": choice.note, "only_unit": only_unit}
    check_row(submission, {**row, "choice": choice.as_stored()})
    stated = {
        "sha256": sha256,
        "file_name": file_name,
        "sender": sender,
        "received_at": received_at.isoformat(),
        "choice": choice.as_stored(),
        "only_unit": only_unit,
        "asks": asks,
    }
    entry = archive.append(received_at.isoformat(), database, RECEIVED, stated)
    return Receipt(entry.number, sha256, file_name, sender, received_at, choice, only_unit, asks)


def announce(connection: Connection, zone: str, receipt: Receipt) -> None:
    """Show a receipt as "received" before it is checked, unless a quick worker has its outcome already."""
    there = select(submission.c.submission).where(submission.c.zone == zone, submission.c.submission == receipt.number)
    if connection.execute(there).first() is not None:
        return
    connection.execute(
        insert(submission).values(
            zone=zone,
            submission=receipt.number,
            status="received",
            sha256=receipt.sha256,
            file_name=receipt.file_name,
            sender=receipt.sender,
            received_at=receipt.received_at,
            note=receipt.choice.note,
            choice=receipt.choice.as_stored(),
            only_unit=receipt.only_unit,
            asks=receipt.asks,
        )
    )


def receipts(entries: Iterable[Entry], database: str) -> Iterator[Receipt]:
    """The receipts of a database among lines of the journal, in their order."""
    for entry in entries:
        if entry.database == database and entry.act == RECEIVED:
            data = entry.data
            yield Receipt(
                entry.number,
                data["sha256"],
                data["file_name"],
                data["sender"],
                datetime.fromisoformat(data["received_at"]),
                Choice(**data["choice"]),
                data.get("only_unit"),
                data.get("asks", False),
            )


def confirmed(connection: Connection, zone: str) -> Iterator[Receipt]:
    """Workbooks that somebody said to load: confirmed ones known from the moment of their sender's word, uploaded before;
    others that the office wants tried again, as they came.
    """
    for row in connection.execute(_confirmed(), {"in_zone": zone}):
        yield Receipt(
            row.submission,
            row.sha256,
            row.file_name,
            row.sender if row.confirmation is None else row.actor,
            row.received_at if row.confirmation is None else row.confirmed_at,
            Choice(**(row.choice or {})),
            row.only_unit,
            row.asks,
            row.confirmation,
            row.checked_against,
            None if row.confirmation is None else (row.uploaded_at or row.received_at),
        )


@cache
def _confirmed() -> Select[Any]:
    said = and_(decision.c.zone == submission.c.zone, decision.c.entry == submission.c.confirmation)
    return (
        select(submission, decision.c.at.label("confirmed_at"), decision.c.actor)
        .outerjoin(decision, said)
        .where(submission.c.zone == _ZONE, submission.c.status == "confirmed")
    )


def recall_uploads(url: str, archive: Archive, zone: str) -> int:
    """Tell of workbooks confirmed by an older program when they had come in, as the journal has it; how many there were."""
    table = submission.c
    wanted = (table.zone == zone, table.confirmation.is_not(None), table.uploaded_at.is_(None))
    with write_transaction(url) as connection:
        numbers = set(connection.execute(select(table.submission).where(*wanted)).scalars())
        if not numbers:
            return 0
        journalled = receipts(archive.entries(), database_name(connection, zone))
        moments = {one.number: one.received_at for one in journalled if one.number in numbers}
        for number, moment in moments.items():
            this = (table.zone == zone, table.submission == number)
            connection.execute(update(submission).where(*this).values(uploaded_at=moment))
    return len(moments)


def take_in(
    url: str,
    archive: Archive,
    zone: str,
    source: BinaryIO,
    file_name: str,
    sender: str,
    at: datetime,
    choice: Choice,
    only_unit: str | None = None,
    *,
    asks: bool = False,
) -> Receipt:
    """An upload: bytes → archive → journal → row "received"; the worker does the rest.

    StoreError where others are still at it after two seconds: nothing was kept, and it can be sent again.
    """
    if not _TAKING_IN.acquire(timeout=_PATIENCE):
        raise StoreError(_("Too many uploads are being received at the same time. Send it again in a moment."))
    try:
        with database_errors(), reader(url).connect() as connection:
            database = database_name(connection, zone)
        with archive.keeping(source) as sha256:
            receipt = receive(archive, database, sha256, file_name, sender, at, choice, only_unit, asks=asks)
        with write_transaction(url) as connection:
            announce(connection, zone, receipt)
    finally:
        _TAKING_IN.release()
    return receipt
