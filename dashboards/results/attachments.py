"""Stamped scans and evidence that came with a workbook; names may stand in them, as in the workbook itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from dashboards.results import workbooks
from dashboards.results.reading import Reading
from dashboards.results.workbooks import Sent
from data.intake.archive import LAST_LINE
from data.schema.intake import attachment
from data.store import among, listed


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment; ``entry`` is its number, ``size`` in bytes."""

    entry: int
    submission: int
    sha256: str
    file_name: str
    media_type: str
    size: int
    at: datetime


def count(reading: Reading, sent: Sent) -> int:
    """How many there are with a workbook that the scope sees."""
    table = attachment.c
    statement = select(func.count()).where(table.zone == reading.scope.zone, table.submission == sent.number)
    return reading.connection.execute(statement).scalar_one()


def of(reading: Reading, sent: Sent) -> list[Attached]:
    """The attachments of a workbook, in the order in which they came; none for who may not open its original."""
    if not sent.opens:
        return []
    table = attachment.c
    of_it = table.zone == reading.scope.zone, table.submission == sent.number
    return [
        _attached(row) for row in reading.connection.execute(select(attachment).where(*of_it).order_by(table.entry))
    ]


def beside(reading: Reading, numbers: Iterable[int]) -> dict[int, list[Attached]]:
    """By workbook: its attachments, in the order in which they came. Whether the workbooks may be opened has been asked before."""
    table = attachment.c
    rows = reading.connection.execute(
        select(attachment)
        .where(table.zone == reading.scope.zone, among(table.submission, "workbooks"))
        .order_by(table.entry),
        {"workbooks": listed(sorted(set(numbers)))},
    )
    found: dict[int, list[Attached]] = {}
    for row in rows:
        found.setdefault(row.submission, []).append(_attached(row))
    return found


def _attached(row: Row[Any]) -> Attached:
    return Attached(row.entry, row.submission, row.sha256, row.file_name, row.media_type, row.size, row.at)


def one(reading: Reading, entry: int) -> Attached | None:
    """An attachment that the scope may open; None for any other."""
    if entry > LAST_LINE:
        return None
    table = attachment.c
    wanted = select(table.submission).where(table.zone == reading.scope.zone, table.entry == entry)
    number = reading.connection.execute(wanted).scalar()
    sent = None if number is None else workbooks.original(reading, number)
    if sent is None:
        return None
    return next((found for found in of(reading, sent) if found.entry == entry), None)
