"""What a workbook changes against the version before, row by row: counted and read page by page, never as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from dashboards.results import hiding
from dashboards.results.reading import Reading
from dashboards.results.workbooks import Sent
from data.schema.intake import row_difference

CHANGES = ("changed", "gone", "new", "same")
"""In the order in which a clerk should look at them: what a slip would do most harm to comes first."""
ON_A_PAGE = 50
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row; ``before`` and ``after`` are texts by column title, of a changed row only those that changed."""

    sheet: str
    row: int
    identity: str
    before: Texts
    after: Texts


@dataclass(frozen=True, slots=True)
class RowChanges:
    """How many rows of each change there are, and one page of those of one change; ``page`` counts from 1.

    ``rows`` is empty where the reader may know how many there are, and no single one; ``cells`` is in how many cells the changed rows differ; ``compared``: whether there is a version before.
    """

    counts: Mapping[str, int]
    change: str | None
    page: int
    rows: tuple[RowChange, ...]
    cells: int = 0
    compared: bool = False

    @property
    def pages(self) -> int:
        """How many pages this change has."""
        return -(-self.counts.get(self.change or "", 0) // ON_A_PAGE)


def counts(reading: Reading, numbers: Collection[int]) -> dict[int, dict[str, int]]:
    """Workbook → change → rows, of workbooks that the scope is known to see."""
    table = row_difference.c
    statement = (
        select(table.submission, table.change, func.count())
        .where(table.zone == reading.scope.zone, table.submission.in_(numbers))
        .group_by(table.submission, table.change)
    )
    found: dict[int, dict[str, int]] = {number: {} for number in numbers}
    for number, change, rows in reading.connection.execute(statement):
        found[number][change] = rows
    return found


def fetch(reading: Reading, sent: Sent, *, change: str | None = None, page: int = 1) -> RowChanges:
    """The changes of a workbook that the scope sees; without a choice those that need looking at most."""
    table = row_difference.c
    connection, zone = reading.connection, reading.scope.zone
    this = table.zone == zone, table.submission == sent.number
    found = counts(reading, [sent.number])[sent.number]
    shown = change if change in found else next((one for one in CHANGES if one in found), None)
    if shown is None:
        return RowChanges(found, None, 1, ())
    page = max(1, min(page, -(-found[shown] // ON_A_PAGE)))
    rows = connection.execute(
        select(row_difference)
        .where(*this, table.change == shown)
        .order_by(table.position)
        .limit(ON_A_PAGE)
        .offset((page - 1) * ON_A_PAGE)
    ).all()
    cells = connection.execute(_changed_cells(connection.dialect.name, zone, sent.number)).scalar_one()
    compared = sent.checked_against is not None or (sent.version or 1) > 1
    readable = tuple(_change(row, sent) for row in rows if _is_told(row, sent))
    return RowChanges(found, shown, page, readable, cells, compared)


def _is_told(row: Row[Any], sent: Sent) -> bool:
    return hiding.Viewpoint(sent.opens).tells_rows(hiding.table_of(sent.layout, row.sheet))


def _changed_cells(engine: str, zone: str, number: int) -> Select[int]:
    """The cells of the changed rows, counted where they lie: of a changed row only those that changed are kept."""
    table = row_difference.c
    names = func.json_each(table.after) if engine == "sqlite" else func.json_object_keys(table.after)
    cells = names.table_valued("key", joins_implicitly=True)
    changed = table.zone == zone, table.submission == number, table.change == "changed"
    return select(func.count()).select_from(row_difference, cells).where(*changed)


def _change(row: Row[Any], sent: Sent) -> RowChange:
    reader, table = hiding.Viewpoint(sent.opens), hiding.table_of(sent.layout, row.sheet)
    before, after = reader.texts(row.before, table), reader.texts(row.after, table)
    return RowChange(row.sheet, row.row, reader.identity(row.identity, table), before, after)
