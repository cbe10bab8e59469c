"""The month by sector (METHOD section 2, by sector) and way of inspecting, from the rows of the ledgers in force.

Each case, and each decision, counts in one sector and one way of inspecting, so that all of them together are all units
together: a decision in those of the case by which it was first told. A month's sums depend on ledgers of periods up to it, never on later ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, and_, bindparam, delete, func, select

from data.indicators.declaration import number_of, total_of
from data.rollup.enforcement import closed_later, due, tellings
from data.rollup.in_force import in_ledgers, periods_in_force
from data.schema.enforcement import inspection
from data.schema.enforcement_sector import SECTOR_FIELDS, SectorSums, enforcement_sector
from data.store import among, insert_columns, listed
from data.zone.periods import Month
from data.zone.zone import Zone

BySector = dict[tuple[str, str, str, str], SectorSums]
"""(month, unit, sector, way of inspecting) → sums, of those that have any case; the last is empty where nobody told it."""
SECTOR, METHOD = 2, 3
"""Places of that key."""


def refresh(connection: Connection, zone: Zone, unit: str, month: Month) -> None:
    """Recompute what is kept of the unit from this month on; earlier months cannot have changed."""
    table = enforcement_sector.c
    connection.execute(
        delete(enforcement_sector).where(table.zone == zone.code, table.unit == unit, table.month >= str(month))
    )
    _keep(connection, zone, recompute(connection, zone, unit=unit, since=month))


def renew(connection: Connection, zone: Zone) -> None:
    """Make all that is kept of the zone anew."""
    connection.execute(delete(enforcement_sector).where(enforcement_sector.c.zone == zone.code))
    _keep(connection, zone, recompute(connection, zone))


def _keep(connection: Connection, zone: Zone, sums: BySector) -> None:
    own = {
        "zone": [zone.code] * len(sums),
        **{name: [key[at] for key in sums] for at, name in enumerate(("month", "unit", "sector", "method"))},
    }
    figures = {name: [getattr(one, name) for one in sums.values()] for name in SECTOR_FIELDS}
    insert_columns(connection, enforcement_sector, {**own, **figures})


def kept(connection: Connection, zone: Zone, month: Month | None = None) -> BySector:
    """What is kept of the zone, of all months or of one."""
    table = enforcement_sector.c
    of_month = [] if month is None else [table.month == str(month)]
    rows = connection.execute(
        select(table.month, table.unit, table.sector, table.method, *(table[name] for name in SECTOR_FIELDS)).where(
            table.zone == zone.code, *of_month
        )
    )
    return {(at, unit, sector, method): SectorSums(*sums) for at, unit, sector, method, *sums in rows}


def of_all_units(sums: BySector, month: Month, *, by: int = SECTOR) -> dict[str, SectorSums]:
    """Sector, or way of inspecting → its sums in a month over all units, of those that have any case."""
    of_month = [(key[by], one) for key, one in sums.items() if key[0] == str(month)]
    return {
        name: _added(one for of, one in of_month if of == name) for name in dict.fromkeys(of for of, _one in of_month)
    }


def by_sector(sums: BySector) -> dict[tuple[str, str, str], SectorSums]:
    """(month, unit, sector) → sums, however it was inspected."""
    keys = dict.fromkeys((month, unit, sector) for month, unit, sector, _method in sums)
    parts: dict[tuple[str, str, str], list[SectorSums]] = {key: [] for key in keys}
    for (month, unit, sector, _method), one in sums.items():
        parts[month, unit, sector].append(one)
    return {key: _added(of) for key, of in parts.items()}


def _added(sums: Iterable[SectorSums]) -> SectorSums:
    return SectorSums(*(sum(column) for column in zip(*map(astuple, sums), strict=True)))


def recompute(
    connection: Connection,
    zone: Zone,
    *,
    unit: str | None = None,
    since: Month | None = None,
    known_by: datetime | None = None,
) -> BySector:
    """Sums from the rows themselves, of all units and months or of one unit since a month."""
    periods = periods_in_force(connection, zone.code, "enforcement", unit=unit, known_by=known_by)
    start = "" if since is None else str(since)
    own = [submission for submission, period in periods.items() if period >= start]
    totals: dict[tuple[str, str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for statement, ledgers in (
        (_inspected(), own),
        (_due(), periods),
        (_closed_later(), periods),
        (_penalised(), periods),
    ):
        asked = {"zone": zone.code, "since": start, "ledgers": listed(ledgers)}
        for row in connection.execute(statement, asked).mappings():
            _add(totals[row["month"], row["unit"], row["sector"], row["method"] or ""], row)
    return {key: SectorSums(**total) for key, total in totals.items() if any(total.values())}


def _add(total: dict[str, int], row: Mapping[Any, Any]) -> None:
    for name in SECTOR_FIELDS:
        if name in row:
            total[name] += row[name]


@cache
def _inspected() -> Select[Any]:
    """What the months' own rows add up to."""
    own = inspection.c
    return (
        select(
            own.unit,
            own.sector,
            own.method,
            own.period.label("month"),
            func.count().label("inspections"),
            number_of(own.hazards > 0).label("problem_inspections"),
            total_of(own.hazards).label("hazards"),
            total_of(own.major_hazards).label("major_hazards"),
        )
        .where(in_ledgers(inspection))
        .group_by(own.unit, own.sector, own.method, own.period)
    )


@cache
def _due() -> Select[Any]:
    return due("sector", "method")


@cache
def _closed_later() -> Select[Any]:
    return closed_later("sector", "method")


@cache
def _penalised() -> Select[Any]:
    """Decisions that the ledger of a month is the first to report, in the sector and way of the case of which it told first."""
    told, own = tellings().c, inspection.c
    place = func.row_number().over(
        partition_by=(told.unit, told.decision_key), order_by=(told.period, told.sheet, told.row)
    )
    first = select(told.unit, told.number_key, told.period.label("month"), place.label("place")).cte("first").c
    of_case = and_(own.unit == first.unit, own.number_key == first.number_key)
    # Added to 0, the ledgers do not lead SQLite to go through all of their cases.
    counts = and_(own.zone == bindparam("zone", type_=String), among(own.submission + 0, "ledgers"))
    return (
        select(own.unit, own.sector, own.method, first.month, func.count().label("penalties"))
        .where(first.place == 1, first.month >= bindparam("since", type_=String), of_case, counts)
        .group_by(own.unit, own.sector, own.method, first.month)
    )
