"""Decisions on proposed vetoes, as rows: written from the journal, read by the quarterly scores."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from data.intake.archive import Entry
from data.intake.audit import Act
from data.schema.quarterly import veto_decision
from data.zone.periods import Quarter

DECIDE = "decide_veto"
ROW = veto_decision, {one: one for one in ("period", "unit", "confirmed", "grounds", "reason", "actor")}
"""What is told in a decision's line, by the column of the table that keeps it."""


def write_decision(connection: Connection, zone: str, entry: Entry) -> Act:
    """The decision's row."""
    told, at = entry.data, datetime.fromisoformat(entry.at)
    kept = {column: told[name] for column, name in ROW[1].items()}
    connection.execute(insert(veto_decision).values(zone=zone, entry=entry.number, at=at, **kept))
    decided = "veto confirmed" if told["confirmed"] else "veto dismissed"
    return Act(decided, f"{told['unit']} {told['period']}", {"grounds": told["grounds"], "reason": told["reason"]})


def veto_decisions(
    connection: Connection, zone: str, quarters: Collection[Quarter], known_by: datetime
) -> Iterator[Any]:
    """The decisions on vetoes of some quarters taken before an instant, in order."""
    table = veto_decision.c
    yield from connection.execute(
        select(veto_decision)
        .where(table.zone == zone, table.period.in_([str(one) for one in quarters]), table.at < known_by)
        .order_by(table.entry)
    )
