"""What kinds that name enterprises have in common: a search finds an enterprise by every name that was told of it."""

from __future__ import annotations

from sqlalchemy import Connection

from data.rollup import enterprise_names
from etl.table.context import Context


def remember(connection: Connection, context: Context, submission: int) -> None:
    """Keep the names of which a workbook tells."""
    enterprise_names.remember(connection, context.zone.code, submission)
