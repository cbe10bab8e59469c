"""What people wrote in rows that are counted as columns: read of those that are shown, or of all where a list is searched or sorted by it.

It is as it was written: who reads it asks what its reader may know of it (``hiding.Viewpoint``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, String, Table, bindparam, select

from dashboards.results.reading import Reading
from dashboards.results.record_list import MOST_AT_ONCE
from dashboards.results.told_columns import ToldColumns
from data.rollup.in_force import in_ledgers
from data.store import among_rows, listed, rows_listed
from data.zone.zone import Zone

RowKey = tuple[int, int]
"""A workbook's number and a row of it."""


def of_rows(reading: Reading, table: Table, names: tuple[str, ...], keys: Sequence[RowKey]) -> dict[RowKey, Row[Any]]:
    """These columns of some rows of a table; of very many all rows of their workbooks are read, and those kept."""
    asked = {"zone": reading.zone.code, "ledgers": listed(sorted({book for book, _row in keys}))}
    if len(keys) > MOST_AT_ONCE:
        wanted = set(keys)
        found = reading.connection.execute(_every_row(table, names), asked)
        return {key: one for one in found if (key := (one.submission, one.row)) in wanted}
    found = reading.connection.execute(_some_rows(table, names), {**asked, **rows_listed("wanted", keys)})
    return {(one.submission, one.row): one for one in found}


@cache
def _every_row(table: Table, names: tuple[str, ...]) -> Select[Any]:
    own = table.c
    return select(own.submission, own.row, *(own[name] for name in names)).where(in_ledgers(table))


@cache
def _some_rows(table: Table, names: tuple[str, ...]) -> Select[Any]:
    own = table.c
    mine = own.zone == bindparam("zone", type_=String)
    return select(own.submission, own.row, *(own[name] for name in names)).where(mine, among_rows(table, "wanted"))


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
