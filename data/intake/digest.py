"""One number for the rows of an accepted workbook: the same as they are written and as the database gives them back.

It is taken column by column, each as one text: a hundred thousand rows cost little. What does not depend on the engine
counts, and nothing else: days, amounts and flags by their text, the order of rows by their key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, Numeric, Select, String, Table, bindparam, select

from data.schema import metadata
from data.schema.base import Mark, Money

_OF_THE_SUBMISSION = ("zone", "submission")
_BETWEEN, _NOTHING, _END, _ESCAPE = "\x1f", "\x1e", "\x1d", "\x1b"
_SIGNS = (_BETWEEN + _NOTHING + _END + _ESCAPE).encode()
_ESCAPED = str.maketrans({one: _ESCAPE + chr(ord(one) + 0x20) for one in (_BETWEEN, _NOTHING, _END, _ESCAPE)})


def rows_digest(tables: Iterable[tuple[Table, Mapping[str, Sequence[Any]]]]) -> str:
    """SHA-256 over the rows of one submission, given as columns of each table.

    A column without any value is left out, so that one added later changes no digest; so is a table without rows.
    """
    digest = hashlib.sha256()
    for table, columns in sorted(tables, key=lambda one: one[0].name):
        order = _order(table, columns)
        for name in sorted(columns.keys() - set(_OF_THE_SUBMISSION)):
            values = columns[name] if order is None else [columns[name][place] for place in order]
            written = _column_bytes(table.c[name], values)
            if written is not None:
                digest.update(f"{table.name}{_END}{name}{_END}".encode())
                digest.update(written)
                digest.update(_END.encode())
    return digest.hexdigest()


def stored_digest(connection: Connection, zone: str, submission: int, among: Iterable[Table] | None = None) -> str:
    """The same of the rows that the database has of a submission; ``among`` has every table in which there are some."""
    asked = {"in_zone": zone, "number": submission}
    tables = row_tables() if among is None else among
    rows = ((table, connection.execute(_rows(table), asked).all()) for table in tables)
    return rows_digest(
        (table, dict(zip(table.c.keys(), zip(*found, strict=True), strict=True))) for table, found in rows if found
    )


@cache
def row_tables() -> tuple[Table, ...]:
    """The tables whose rows are rows of a workbook: a submission and a row of its sheet stand in their key."""
    return tuple(table for table in metadata.sorted_tables if _key(table)[:3] == [*_OF_THE_SUBMISSION, "row"])


@cache
def _rows(table: Table) -> Select[Any]:
    zone, number = bindparam("in_zone", type_=String), bindparam("number", type_=Integer)
    return select(table).where(table.c.zone == zone, table.c.submission == number)


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def _order(table: Table, columns: Mapping[str, Sequence[Any]]) -> list[int] | None:
    """The places of rows in the order of their key; None where they stand in it, as they do on a sheet."""
    names = [name for name in _key(table) if name not in _OF_THE_SUBMISSION]
    if not columns or (names == ["row"] and list(columns["row"]) == sorted(columns["row"])):
        return None
    keys = list(zip(*(columns[name] for name in names), strict=True))
    return sorted(range(len(keys)), key=keys.__getitem__)


def _column_bytes(column: Column[Any], values: Sequence[Any]) -> bytes | None:
    """A column as bytes that no other column of as many rows has; None where it holds nothing."""
    empty = values.count(None)
    if empty == len(values):
        return None
    write = _writer(column)
    if write is not None:
        ready = {value: _NOTHING if value is None else write(value) for value in set(values)}
        return _BETWEEN.join(map(ready.__getitem__, values)).encode()
    texts = [_NOTHING if value is None else value for value in values] if empty else values
    written = _BETWEEN.join(texts).encode()
    if len(written) - len(written.translate(None, _SIGNS)) != empty + len(values) - 1:
        return _BETWEEN.join(_NOTHING if value is None else value.translate(_ESCAPED) for value in values).encode()
    return written


def _writer(column: Column[Any]) -> Callable[[Any], str] | None:
    """How a value of a column is written; None for texts, which are taken as they are."""
    match column.type:
        case String():
            return None
        case Money():
            return "{:.2f}".format
        case Mark():
            return "{:.6f}".format
        case Numeric(scale=scale):
            return f"{{:.{scale}f}}".format
        case Boolean():
            return lambda flag: str(int(flag))
        case Integer():
            return lambda number: str(int(number))
        case _:
            return _other


def _other(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | Decimal() | str() | int():
            return str(value)
    raise TypeError(type(value).__name__)
