"""Which lists of enterprises make the register: of each unit the one of the latest year (METHOD section 5.1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from data.rollup.in_force import periods_in_force
from data.schema.intake import submission


def registers_in_force(connection: Connection, zone: str, year: int, known_by: datetime | None = None) -> list[int]:
    """Of each unit its latest list of a year up to this one; ``known_by`` as ``periods_in_force`` has it."""
    periods = periods_in_force(connection, zone, "enterprises", known_by=known_by, last=f"{year:04d}")
    own = submission.c
    units = connection.execute(
        select(own.submission, own.unit).where(own.zone == zone, own.submission.in_(list(periods)))
    )
    latest: dict[str, int] = {}
    for number, unit in units:
        if unit not in latest or periods[number] > periods[latest[unit]]:
            latest[unit] = number
    return sorted(latest.values())
