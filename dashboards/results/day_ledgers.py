"""The ledgers of a kind up to a month with their rows, as they were known: what the reports of a day count (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, select

from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.intake import submission
from data.store import listed
from data.zone.periods import Month
from data.zone.zone import Zone

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class LedgerRead(Generic[Told]):
    """A unit's ledger of a period; ``submission`` is the workbook's number, ``rows`` are in no order."""

    unit: str
    period: Month
    received_at: datetime
    submission: int
    rows: Sequence[Told]


def ledgers_read(
    connection: Connection,
    zone: Zone,
    kind: str,
    last: Month,
    bound: datetime,
    table: Table,
    columns: Sequence[ColumnElement[Any]],
    made: Callable[[Sequence[Any]], Told],
) -> list[LedgerRead[Told]]:
    """Every ledger of a monthly kind up to a month, known before an instant; each row ``made`` of these columns of the kind's table."""
    in_force = submissions_in_force(connection, zone.code, kind, known_by=bound, last=str(last))
    asked = {"zone": zone.code, "ledgers": listed(in_force)}
    rows: dict[int, list[Told]] = {number: [] for number in in_force}
    for number, *row in connection.execute(select(table.c.submission, *columns).where(in_ledgers(table)), asked).all():
        rows[number].append(made(row))
    sent = submission.c
    received = select(sent.unit, sent.period, sent.received_at, sent.submission).where(in_ledgers(submission))
    return [
        LedgerRead(unit, Month.parse(period), at, number, rows[number])
        for unit, period, at, number in connection.execute(received, asked)
    ]
