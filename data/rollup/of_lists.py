"""All that is kept of the lists of enterprises: the register from day to day, and how its enterprises stand at a month's end."""

from __future__ import annotations

from sqlalchemy import Connection

from data.rollup import month_ends, register_entries
from data.zone.zone import Zone


def refresh(connection: Connection, zone: Zone, unit: str) -> None:
    """Recompute what is kept of all enterprises that any list of a unit ever had."""
    register_entries.refresh(connection, zone.code, unit)
    month_ends.refresh_of_list(connection, zone, unit)
