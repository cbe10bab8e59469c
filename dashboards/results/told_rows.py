"""Where a row stands in the workbook that told of it, down to the cells, as its reader may know it."""

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
class ToldRow:
    """A row of a workbook: ``cells`` are those of its columns as the clerk sees them, ``opens`` whether the original may be opened."""

    submission: int
    period: str
    file_name: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    opens: bool

    def cell(self, *wanted: str) -> str:
        """The cell of the first of these columns that the sheet has; the row where it has none of them."""
        return next((self.cells[key] for key in wanted if key in self.cells), str(self.row))


def fetch(reading: Reading, table: str, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], ToldRow]:
    """By (workbook's number, row): where the rows of a kind's table stand. Whether they may be known at all has been asked before."""
    rows = list(wanted)
    own = submission.c
    numbers = listed(sorted({number for number, _row in rows}))
    found = reading.connection.execute(
        select(own.submission, own.kind, own.unit, own.period, own.file_name, own.layout).where(
            own.zone == reading.zone.code, among(own.submission, "workbooks")
        ),
        {"workbooks": numbers},
    )
    books = {one.submission: one for one in found}
    told = {}
    for number, row in rows:
        book = books[number]
        opens = reading.scope.sees_names(book.unit) and _is_open(reading, book.kind)
        names = Viewpoint(opens)
        layout = names.layout(book.layout)[table]
        cells = {key: f"{letter}{row}" for key, letter in layout["columns"].items()}
        told[number, row] = ToldRow(number, book.period, names.file(book.file_name), layout["sheet"], row, cells, opens)
    return told


def _is_open(reading: Reading, kind: str) -> bool:
    """Whether who reads names of a unit may open its workbook of this kind: of what the office alone files the office does."""
    return reading.scope.files_for_all or not reading.zone.only_office_files(kind)
