"""Where rows stand in the workbooks that told of them, as their reader may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from data.schema.intake import submission
from data.store import among, listed

LIST, LEDGER = "list", "ledger"
"""What the table of the register, and that of every ledger, is called where a workbook's layout is kept."""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row of a workbook: ``columns`` are the letters of its columns, ``opens`` whether the original may be opened."""

    submission: int
    period: str
    file_name: str
    sheet: str
    row: int
    columns: Mapping[str, str]
    opens: bool

    def cell(self, *keys: str) -> str:
        """The cell of the first of these columns that the sheet has, as the clerk sees it; the row where it has none."""
        return next((f"{self.columns[key]}{self.row}" for key in keys if key in self.columns), str(self.row))


Row = tuple[int, int]
"""The number of a workbook, and a row of it."""


def fetch(reading: Reading, table: str, rows: Iterable[Row]) -> dict[Row, RowPlace]:
    """Where these rows of a table stand; whether their reader may know of them at all has been asked before."""
    wanted = list(rows)
    own = submission.c
    books = {
        book.submission: book
        for book in reading.connection.execute(
            select(own.submission, own.unit, own.period, own.file_name, own.layout).where(
                own.zone == reading.zone.code, among(own.submission, "wanted")
            ),
            {"wanted": listed(sorted({number for number, _row in wanted}))},
        )
    }
    found = {}
    for number, row in wanted:
        book = books[number]
        names = Viewpoint(reading.scope.sees_names(book.unit))
        layout = names.layout(book.layout)[table]
        file_name = names.file(book.file_name)
        found[number, row] = RowPlace(
            number, book.period, file_name, layout["sheet"], row, layout["columns"], names.names
        )
    return found
