"""What became of each receipt, as a line of the journal: what was loaded can be compared with it, and made anew in its order.

The line is written with the end of the loader's transaction, just before it is committed. It does not wait for the disk:
after a power cut that took it along, whoever loads next derives it from the database (``tell_untold``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.intake.archive import OUTCOME, Archive, Entry
from data.intake.digest import stored_digest
from data.schema.intake import submission

PASSED_OVER = "pass_over"
"""How the journal told of a duplicate before it told of every outcome."""
FINISHED = frozenset({"accepted", "checked", "rejected", "duplicate", "set_aside"})
"""What a loader makes of a receipt."""


def tell(
    archive: Archive,
    database: str,
    at: datetime,
    receipt: int,
    status: str,
    *,
    kind: str | None,
    unit: str | None,
    period: str | None,
    version: int | None,
    rows: int | None,
    digest: str | None,
) -> Entry:
    """Journal what became of a receipt; ``digest`` is that of the rows accepted (``data.intake.digest``), else None."""
    of = {"kind": kind, "unit": unit, "period": period, "version": version, "rows": rows, "digest": digest}
    return archive.append(at.isoformat(), database, OUTCOME, {"receipt": receipt, "status": status, **of})


def tell_untold(connection: Connection, archive: Archive, zone: str, database: str, receipts: Iterable[int]) -> None:
    """Journal outcomes whose line was lost, as the database has them. Only who holds ``archive.loading()`` may."""
    table = submission.c
    rows = connection.execute(
        select(submission)
        .where(table.zone == zone, table.submission.in_(list(receipts)))
        .order_by(table.checked_at, table.submission)
    )
    for row in rows.all():
        digest = stored_digest(connection, zone, row.submission) if row.status == "accepted" else None
        tell(
            archive, database, row.checked_at or row.received_at, row.submission, row.status, kind=row.kind, unit=row.unit,
            period=row.period, version=row.version, rows=row.rows, digest=digest,
        )  # fmt: skip


def outcome_told(entry: Entry) -> tuple[int, str] | None:
    """(receipt, status) where a line tells of an outcome, in today's words or those of before; None of any other line."""
    data: Any = entry.data
    if entry.act == OUTCOME:
        return data["receipt"], data["status"]
    return (data["receipt"], "duplicate") if entry.act == PASSED_OVER else None
