"""All that is kept of enforcement ledgers added up: by unit and month, by sector, by enterprise, and how these stand at a month's end.

Whatever changes one changes the others.
"""

from __future__ import annotations

from sqlalchemy import Connection

from data.rollup import enforcement, enterprises_inspected, month_ends, sectors
from data.zone.periods import Month
from data.zone.zone import Zone


def refresh(connection: Connection, zone: Zone, unit: str, month: Month) -> None:
    """Recompute what is kept of a unit from this month on, and of the enterprises of which its ledger of the month told."""
    enforcement.refresh(connection, zone, unit, month)
    sectors.refresh(connection, zone, unit, month)
    enterprises_inspected.refresh(connection, zone.code, unit, month)
    month_ends.refresh_of_ledger(connection, zone, unit, month)


def renew(connection: Connection, zone: Zone) -> None:
    """Make all that is kept of the zone anew: a new program may count the same rows otherwise."""
    enforcement.renew(connection, zone)
    sectors.renew(connection, zone)
    enterprises_inspected.renew(connection, zone.code)
    month_ends.renew(connection, zone)
