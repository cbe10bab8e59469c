"""Warnings and disasters of which several rows of ledgers told, with every row, down to the cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, func, select, tuple_

from dashboards.method import disaster_history as method
from dashboards.method.disaster_history import DisasterStep
from dashboards.method.disasters import DisasterTold
from dashboards.method.warning_steps import WarningWay
from dashboards.results import disasters, told_rows
from dashboards.results.disaster_list import WarningsWanted, place_of
from dashboards.results.disasters import DisastersReport, FoundDisasters
from dashboards.results.reading import Reading
from dashboards.results.told_rows import ToldRow
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.disasters import disaster
from data.schema.intake import submission
from data.store import listed
from data.zone.periods import Month
from data.zone.zone import Zone

ThingKey = tuple[str, str]
"""The unit that tells of a thing, and its number as it is compared."""


class ToldAgain(NamedTuple):
    """A warning or disaster: the row that counts, its way where it was warned of, every row that told of it, and where these stand."""

    told: DisasterTold
    way: WarningWay | None
    steps: Sequence[DisasterStep]
    sources: Mapping[tuple[int, int], ToldRow]


def of(
    reading: Reading, report: DisastersReport, wanted: WarningsWanted
) -> list[tuple[DisasterTold, WarningWay | None]]:
    """Those that are wanted and of which more than one row told: warnings, then disasters without one, the latest first.

    Where warnings of one kind alone are wanted, no disaster without a warning is.
    """
    several = reading.once(_told_again, report.asked.month, report.asked.bound)
    if not several:
        return []
    again = disasters.ways(reading, report, _among(wanted.of(report), several))
    found: list[tuple[DisasterTold, WarningWay | None]] = [(one.told, one) for one in again]
    if wanted.kind is None:
        unwarned = several.difference(report.warnings.things)
        found += [(one, None) for one in disasters.rows(reading, _among(wanted.disasters_of(report), unwarned))]
    return found


def _among(found: FoundDisasters, things: Collection[ThingKey]) -> FoundDisasters:
    """Those of some things, in the same order."""
    return found.at(np.array([thing in things for thing in found.things], dtype=np.bool_))


def _key(told: DisasterTold) -> ThingKey:
    return told.unit, told.number_key


def _told_again(connection: Connection, zone: Zone, last: Month, bound: datetime) -> frozenset[ThingKey]:
    """What more than one row of the ledgers in force up to a month tells of."""
    own = disaster.c
    rows = connection.execute(
        select(own.unit, own.number_key).where(in_ledgers(disaster)).group_by(own.unit, own.number_key).having(func.count() > 1),
        _asked(connection, zone, last, bound),
    )  # fmt: skip
    return frozenset((unit, key) for unit, key in rows)


def _asked(connection: Connection, zone: Zone, last: Month, bound: datetime) -> dict[str, str]:
    in_force = submissions_in_force(connection, zone.code, "disasters", known_by=bound, last=str(last))
    return {"zone": zone.code, "ledgers": listed(in_force)}


def fetch(
    reading: Reading, report: DisastersReport, shown: Sequence[tuple[DisasterTold, WarningWay | None]]
) -> list[ToldAgain]:
    """The histories of some of them, of the versions of ledgers in force up to the report's month."""
    rows = _rows(reading, report, [_key(told) for told, _way in shown])
    sources = told_rows.fetch(reading, told_rows.LEDGER, [place_of(row) for told in rows.values() for row in told])
    return [ToldAgain(told, way, method.history(rows[_key(told)]), sources) for told, way in shown]


def _rows(reading: Reading, report: DisastersReport, wanted: Sequence[ThingKey]) -> dict[ThingKey, list[DisasterTold]]:
    own, sent, asked = disaster.c, submission.c, report.asked
    same = (sent.zone == own.zone) & (sent.submission == own.submission)
    found = reading.connection.execute(
        select(*(own[name] for name in DisasterTold._fields))
        .join(submission, same)
        .where(in_ledgers(disaster), tuple_(own.unit, own.number_key).in_(wanted))
        .order_by(own.period, sent.received_at, own.submission, own.row),
        _asked(reading.connection, reading.zone, asked.month, asked.bound),
    )
    told: dict[ThingKey, list[DisasterTold]] = {}
    for one in map(DisasterTold._make, found):
        told.setdefault(_key(one), []).append(one)
    return told
