"""Tip-offs, sanctions and crackdowns as of a day, by type, as pages, command and documents take it: counts and sums for who sees all units.

Single cases are in it for the office, and for a unit's account its own: of all others nobody learns more than how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboards.method import tipoffs as method
from dashboards.method.columns import Flags, Places, SameByValue, last_of_each, places_of_page
from dashboards.method.tipoffs import CaseState, Tipoff, TipoffColumns, TipoffsStanding
from dashboards.results import told_texts
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_columns import ToldColumns, ledgers_read
from data.rollup.told_columns import NEVER, WIDE
from data.schema.tipoffs import TYPES, tipoff
from data.zone.periods import Month, Period
from data.zone.schemes import TipoffsScheme, known_schemes
from data.zone.zone import Unit, Zone


@dataclass(frozen=True, slots=True)
class TipoffTold:
    """A case, for who may read it; ``open_days``: how old it is, None once it is closed."""

    unit: str
    told: Tipoff
    state: CaseState
    open_days: int | None
    closed: bool
    paid: bool
    number: str
    object: str
    sector: str | None
    submission: int
    row: int


@dataclass(frozen=True, slots=True, eq=False)
class FoundCases(SameByValue):
    """Cases in an order, column by column; ``places`` are those of their rows in ``told``."""

    told: ToldColumns
    places: Places
    columns: TipoffColumns

    def __len__(self) -> int:
        return len(self.places)

    def at(self, wanted: Places | Flags) -> FoundCases:
        """Some of them, by their places in this order."""
        return FoundCases(self.told, self.places[wanted], self.columns.at(wanted))

    def part(self, page: int, size: int) -> FoundCases:
        """Those on a page, of so many each."""
        return self.at(places_of_page(page, size, len(self)))


@dataclass(frozen=True, slots=True)
class TipoffsReport:
    """How the cases stand, by type in the order of the types, and by the unit that handles them.

    ``cases``: those that may be read one by one, what is overdue first; None to who reads none. ``own_unit``: whose cases alone
    it is of, for an account of that unit; None: all.
    """

    zone: Zone
    asked: DayAsked
    scheme: TipoffsScheme
    types: Mapping[str, TipoffsStanding]
    units: Mapping[str, TipoffsStanding]
    cases: FoundCases | None
    own_unit: Unit | None

    @property
    def received(self) -> int:
        """Cases of all types."""
        return sum(one.received for one in self.types.values())


@kept
def fetch(
    reading: Reading,
    period: Period,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    by: TipoffsScheme | None = None,
) -> TipoffsReport:
    """The cases as of a day of the period: of all units, for a unit's account of its own.

    ``by``: another scheme than the one in force, to see what it would say.
    """
    zone, scope = reading.zone, reading.scope
    asked = day_asked(reading, period, as_of, known_by)
    day = asked.as_of
    scheme = by or reading.once(known_schemes, asked.bound).of_day(TipoffsScheme, day)
    known = reading.once(counting, asked.month, asked.bound, None if scope.sees_all else scope.unit or "")
    received = known.at(known.columns.received_by(day))
    columns = received.columns
    of_types = method.by_part(columns, columns.type, day, scheme)
    of_units = method.by_part(columns, columns.unit, day, scheme)
    return TipoffsReport(
        zone=zone,
        asked=asked,
        scheme=scheme,
        types={name: of_types.get(name, method.NONE) for name in TYPES},
        units={unit.code: of_units[unit.code] for unit in zone.units if unit.code in set(known.columns.unit.values())},
        cases=_in_order(received, day, scheme) if scope.sees_names(scope.unit) else None,
        own_unit=None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
    )


def counting(connection: Connection, zone: Zone, last: Month, bound: datetime, unit: str | None) -> FoundCases:
    """Each case as ledgers up to a month told of it last, of all units or of one, in order of rows."""
    told = ledgers_read(connection, zone, "tipoffs", last, bound, ("number_key",), unit)
    places = last_of_each(zip((one.unit for one in told.books), told.texts_of("number_key"), strict=True))
    reward = told.numbers("reward_yuan", places)
    columns = TipoffColumns(
        unit=told.units(places),
        type=told.coded("type", places),
        received_on=told.numbers("received_on", places),
        substantiated=told.flags("substantiated", places),
        reward_fen=np.where(reward == NEVER[WIDE], 0, reward),
        paid_on=told.numbers("paid_on", places),
        closed_on=told.numbers("closed_on", places),
    )
    return FoundCases(told, places, columns)


def _in_order(received: FoundCases, day: date, scheme: TipoffsScheme) -> FoundCases:
    """What is overdue first, then what is open, the oldest before; then what is to be paid, and what was received last; then by unit."""
    own = received.columns
    by_day = np.where(own.closed_by(day), -own.received_on, own.received_on)
    return received.at(np.lexsort((own.unit.ranked(sorted(own.unit.names)), by_day, method.states(own, day, scheme))))


def rows(reading: Reading, found: FoundCases, report: TipoffsReport) -> list[TipoffTold]:
    """Some cases one by one, as they stand on a report's day, for who may read them."""
    day, told, own = report.asked.as_of, found.told, found.columns
    keys = told.row_keys(found.places)
    written = told_texts.of_rows(reading, tipoff, _WRITTEN, keys)
    return [
        _told(unit, written[key], day, report.scheme, key) for unit, key in zip(own.unit.values(), keys, strict=True)
    ]


def _told(unit: str, written: Any, day: date, scheme: TipoffsScheme, key: tuple[int, int]) -> TipoffTold:
    case = Tipoff(*(getattr(written, name) for name in Tipoff._fields))
    age = case.days_open(day)
    return TipoffTold(
        unit=unit, told=case, state=case.state(day, scheme), open_days=age, closed=age is None, paid=case.is_paid(day),
        number=written.number, object=written.object, sector=written.sector, submission=key[0], row=key[1],
    )  # fmt: skip


_WRITTEN = (*Tipoff._fields, "number", "object", "sector")


def as_dict(result: TipoffsReport) -> dict[str, Any]:
    """The report as CONTRACT prints it, rates unrounded."""
    return {
        **result.asked.head("tipoffs"),
        "types": [{"type": name, **_standing_as_dict(one)} for name, one in result.types.items()],
    }


def _standing_as_dict(one: TipoffsStanding) -> dict[str, Any]:
    return {
        "received": one.received,
        "closed": one.closed,
        "substantiated": one.substantiated,
        "rewarded": one.rewarded,
        "paid": one.paid,
        "payment_rate": plain(one.payment_rate),
        "reward_yuan": plain(one.reward_yuan),
        "paid_yuan": plain(one.paid_yuan),
        "median_days": plain(one.median_days),
        "overdue": one.overdue,
    }
