"""A workbook checked as if it had just been read, without a file or a load: hundreds of them a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from data.intake.inbox import Choice
from data.zone.zone import Zone
from etl.checking.check import Checkup, check_workbook
from etl.reading.workbook import Sheet, Workbook
from tests.integration.ledgers import NOTHING, RECEIVED, Book

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def as_read(book: Book, merged: Mapping[str, Merged] | None = None) -> Workbook:
    """The workbook as the reader gives it: blanks are "", numbers are floats, every row as wide as the widest."""
    sheets = []
    for name, rows in book.all_sheets().items():
        width = max(map(len, rows), default=0)
        cells = [[_as_read(cell) for cell in [*row, *[None] * (width - len(row))]] for row in rows]
        sheets.append(Sheet.of(name, cells, list((merged or {}).get(name, ()))))
    return Workbook(sheets)


def _as_read(cell: Any) -> Any:
    if cell is None:
        return ""
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


@dataclass(frozen=True)
class Desk:
    """Where workbooks are checked against one database that nothing is written to."""

    connection: Connection
    zone: Zone = field(repr=False)

    def check(
        self,
        book: Book | Workbook,
        *,
        choice: Choice = NOTHING,
        at: datetime = RECEIVED,
        merged: Mapping[str, Merged] | None = None,
    ) -> Checkup:
        """What a check finds."""
        read = as_read(book, merged) if isinstance(book, Book) else book
        return check_workbook(read, choice, self.zone, self.connection, at)

    def accepted(self, book: Book | Workbook, **more: Any) -> Checkup:
        """What a check finds in a workbook that must be accepted."""
        checkup = self.check(book, **more)
        assert [problem for problem in checkup.problems if problem.is_error] == []
        return checkup


def to_be_stored(checkup: Checkup) -> dict[str, list[dict[str, Any]]]:
    """The rows that would be stored of an accepted workbook, by table; where they stood on the sheet is left out."""
    assert checkup.kind is not None
    assert checkup.context is not None
    rows: dict[str, list[dict[str, Any]]] = {}
    for stored in checkup.kind.stored:
        columns = {name: values for name, values in stored.columns(checkup.context).items() if name != "row"}
        rows[stored.table.name] = [dict(zip(columns, one, strict=True)) for one in zip(*columns.values(), strict=True)]
    return rows
