"""Which workbooks count: of each kind, unit and period the last accepted version that had been received."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Subquery, func, select

from data.schema.intake import submission


def in_force(zone: str, kind: str, *, unit: str | None = None, known_by: datetime | None = None) -> Subquery:
    """Columns zone, submission, unit, period of the versions in force.

    ``known_by`` is the first instant that is no longer known (exclusive); None knows everything.
    """
    table = submission
    accepted = [table.c.zone == zone, table.c.kind == kind, table.c.status == "accepted"]
    if unit is not None:
        accepted.append(table.c.unit == unit)
    if known_by is not None:
        accepted.append(table.c.received_at < known_by)
    latest = (
        select(table.c.kind, table.c.unit, table.c.period, func.max(table.c.version).label("version"))
        .where(*accepted)
        .group_by(table.c.kind, table.c.unit, table.c.period)
        .subquery("latest")
    )
    return (
        select(table.c.zone, table.c.submission, table.c.unit, table.c.period)
        .join(
            latest,
            (table.c.kind == latest.c.kind)
            & (table.c.unit == latest.c.unit)
            & (table.c.period == latest.c.period)
            & (table.c.version == latest.c.version),
        )
        .where(table.c.zone == zone)
        .subquery("in_force")
    )


def submissions_in_force(
    connection: Connection, zone: str, kind: str, *, unit: str | None = None, known_by: datetime | None = None
) -> list[int]:
    """The submissions in force as keys: few, so that a statement over rows starts from them whatever the planner thinks."""
    versions = in_force(zone, kind, unit=unit, known_by=known_by)
    return list(connection.execute(select(versions.c.submission)).scalars())
