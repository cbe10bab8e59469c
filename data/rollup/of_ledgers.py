"""All that is kept of enforcement ledgers added up: by unit and month, and by sector. Whatever changes one changes the other."""

from __future__ import annotations

from sqlalchemy import Connection

from data.rollup import enforcement, sectors
from data.zone.periods import Month
from data.zone.zone import Zone


def refresh(connection: Connection, zone: Zone, unit: str, month: Month) -> None:
    """Recompute what is kept of a unit from this month on."""
    enforcement.refresh(connection, zone, unit, month)
    sectors.refresh(connection, zone, unit, month)


def renew(connection: Connection, zone: Zone) -> None:
    """Make all that is kept of the zone anew: a new program may count the same rows otherwise."""
    enforcement.renew(connection, zone)
    sectors.renew(connection, zone)
