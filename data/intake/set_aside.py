"""What the program failed on and the office has not decided on yet."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data.schema.intake import submission


def set_aside(connection: Connection, zone: str) -> list[int]:
    """Receipts that were set aside, in their order."""
    table = submission.c
    wanted = select(table.submission).where(table.zone == zone, table.status == "set_aside")
    return list(connection.execute(wanted.order_by(table.submission)).scalars())
