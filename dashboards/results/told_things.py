"""Things that ledgers tell of month after month, each as it was told last: read for the reports of what stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, select

from dashboards.method.last_told import Telling, last_told
from dashboards.results.day_reports import DayAsked
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.intake import submission
from data.store import listed
from data.zone.zone import Zone


def told_things(
    connection: Connection,
    zone: Zone,
    kind: str,
    table: Table,
    asked: DayAsked,
    known_by: Sequence[str],
    fields: Sequence[str],
) -> list[Sequence[Any]]:
    """The values of ``fields`` of each thing in the ledgers up to the day's month, as they were known.

    ``known_by`` are the columns by which a thing is known again in another row or ledger.
    """  # fmt: skip
    own, sent = table.c, submission.c
    ledgers = submissions_in_force(connection, zone.code, kind, known_by=asked.bound, last=str(asked.month))
    rows = connection.execute(
        select(own.period, sent.received_at, own.submission, own.row, *(own[name] for name in (*known_by, *fields)))
        .join(submission, and_(sent.zone == own.zone, sent.submission == own.submission))
        .where(in_ledgers(table)),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    told, keys = len(Telling._fields), len(Telling._fields) + len(known_by)
    return last_told((tuple(row[told:keys]), Telling(*row[:told]), row[keys:]) for row in rows)
