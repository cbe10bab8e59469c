"""Rows → store: what a kind keeps of an accepted workbook, in the transaction that accepts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from data.intake.digest import rows_digest
from data.store import insert_columns
from etl.kinds.kind import Kind
from etl.loading.submission_row import count_for_now
from etl.table.context import Context


def foresee(connection: Connection, kind: Kind, context: Context, submission: int) -> dict[str, Any] | None:
    """What would be summed up if a checked correction counted: it is stored, looked at, and taken back as a whole."""
    with connection.begin_nested() as point:
        count_for_now(connection, context.zone.code, submission)
        store_rows(connection, kind, context, submission)
        foreseen = kind.foresee(connection, context)
        point.rollback()
    return foreseen


def store_rows(connection: Connection, kind: Kind, context: Context, submission: int) -> str:
    """Store every row of a checked workbook under its submission, and recompute the sums that rest on them.

    Returns the digest of what was stored.
    """
    tables = [(stored.table, stored.columns(context)) for stored in kind.stored]
    for table, columns in tables:
        size = len(columns.get("row", ()))
        common: dict[str, Sequence[Any]] = {"zone": [context.zone.code] * size, "submission": [submission] * size}
        insert_columns(connection, table, {**common, **columns})
    kind.refresh(connection, context, submission)
    return rows_digest(tables)
