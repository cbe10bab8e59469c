"""What people wrote in rows that are counted as columns: read of those that are shown, or of all where a list is searched or sorted by it.

It is as it was written: who reads it asks what its reader may know of it (``hiding.Viewpoint``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, select

from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE
from dashboards.results.told_columns import ToldColumns
from data.rollup.in_force import in_ledgers
from data.store import listed, wanted_rows
from data.zone.zone import Zone

RowKey = tuple[int, int]
"""A workbook's number and a row of it."""


def of_rows(
    reading: Reading, table: Table, names: Sequence[str], keys: Sequence[RowKey]
) -> Iterator[tuple[RowKey, Row[Any]]]:
    """These columns of some rows of a table, each with the row that they are of."""
    own = table.c
    for start in range(0, len(keys), MOST_AT_ONCE):
        wanted = wanted_rows([own.submission, own.row], keys[start : start + MOST_AT_ONCE])
        same = and_(own.submission == wanted.c.submission, own.row == wanted.c.row)
        asked = select(own.submission, own.row, *(own[name] for name in names)).join_from(wanted, table, same)
        for one in reading.connection.execute(asked.where(own.zone == reading.zone.code)):
            yield (one.submission, one.row), one


def of_books(reading: Reading, table: Table, name: str, told: ToldColumns) -> Mapping[RowKey, str | None]:
    """A column of all rows of some workbooks."""
    return reading.once(_of_books, table, name, tuple(book.submission for book in told.books))


def _of_books(
    connection: Connection, zone: Zone, table: Table, name: str, ledgers: Sequence[int]
) -> Mapping[RowKey, str | None]:
    own = table.c
    rows = connection.execute(
        select(own.submission, own.row, own[name]).where(in_ledgers(table)),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return {(number, row): text for number, row, text in rows.all()}
