"""Rows → store: what a kind keeps of an accepted workbook, in the transaction that accepts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from data.digest import rows_digest
from data.store import insert_columns
from etl.context import Context
from etl.kinds.declaration import Kind


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
