"""How each enterprise stands in the register, from day to day, by the lists that count now (METHOD section 5.1).

Pages read it; a report as of any day and as known by any day is made from the lists themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, select

from data.rollup.in_force import in_ledgers
from data.rollup.registers import registers_in_force
from data.schema.enterprises import enterprise, register_entry
from data.store import among, insert_columns, listed
from data.zone.listing import precedence

_ONE_DAY = timedelta(days=1)
_CODE = attrgetter("credit_code")


class ListRow(NamedTuple):
    """A row of a unit's list, as far as it says how an enterprise stands; days are None where it says none."""

    credit_code: str
    submission: int
    row: int
    unit: str
    name: str
    sector: str
    territory: str
    department: str | None
    high_risk: bool
    starts_on: date | None
    ends_on: date | None


class RegisterEntry(NamedTuple):
    """The row that counts from a day to a day, both included."""

    credit_code: str
    from_day: date
    to_day: date
    submission: int
    row: int
    unit: str
    name: str
    sector: str
    territory: str
    department: str | None
    high_risk: bool


def entries(rows: Iterable[ListRow]) -> Iterator[RegisterEntry]:
    """How the enterprises of these rows stand in the register; all rows of an enterprise must be among them."""
    for _code, told in groupby(sorted(rows, key=_CODE), key=_CODE):
        yield from _of_one(list(told))


def _of_one(told: Sequence[ListRow]) -> Iterator[RegisterEntry]:
    """From each day on which a row begins or has ended, the row that counts until the next such day."""
    spans = [(row.starts_on or date.min, row.ends_on or date.max, row) for row in told]
    begun = {first for first, _last, _row in spans}
    ended = {last + _ONE_DAY for _first, last, _row in spans if last < date.max}
    days = sorted(begun | ended)
    for at, day in enumerate(days):
        counting = [row for first, last, row in spans if first <= day <= last]
        if counting:
            row = min(counting, key=lambda one: precedence(one.unit, one.territory, one.department))
            until = days[at + 1] - _ONE_DAY if at + 1 < len(days) else date.max
            yield RegisterEntry(row.credit_code, day, until, *row[1:-2])


def refresh(connection: Connection, zone: str, unit: str) -> None:
    """Recompute the entries of all enterprises that any list of a unit ever had."""
    own = enterprise.c
    told = select(own.credit_code).where(own.zone == zone, own.unit == unit).distinct()
    codes = list(connection.execute(told).scalars())
    table = register_entry.c
    connection.execute(
        delete(register_entry).where(table.zone == zone, among(table.credit_code, "codes")), {"codes": listed(codes)}
    )
    _keep(connection, zone, recompute(connection, zone, codes))


def renew(connection: Connection, zone: str) -> None:
    """Make all entries of the zone anew."""
    connection.execute(delete(register_entry).where(register_entry.c.zone == zone))
    _keep(connection, zone, recompute(connection, zone))


def recompute(
    connection: Connection, zone: str, codes: Collection[str] | None = None, lists: Collection[int] | None = None
) -> list[RegisterEntry]:
    """The entries from the lists themselves, of all enterprises or of some; ``lists``: from others than those that count now."""
    if lists is None:
        lists = registers_in_force(connection, zone, date.max.year)
    asked = {"zone": zone, "ledgers": listed(sorted(lists)), "codes": listed(codes or ())}
    rows = connection.execute(_rows(of_some=codes is not None), asked)
    return list(entries(map(ListRow._make, rows.all())))


def kept(connection: Connection, zone: str) -> list[RegisterEntry]:
    """The entries as they stand."""
    table = register_entry.c
    columns = (table[name] for name in RegisterEntry._fields)
    rows = connection.execute(select(*columns).where(table.zone == zone).order_by(table.credit_code, table.from_day))
    return list(map(RegisterEntry._make, rows))


def _keep(connection: Connection, zone: str, found: Sequence[RegisterEntry]) -> None:
    values = zip(*found, strict=True) if found else [()] * len(RegisterEntry._fields)
    columns: dict[str, Sequence[Any]] = dict(zip(RegisterEntry._fields, values, strict=True))
    insert_columns(connection, register_entry, {"zone": [zone] * len(found), **columns})


@cache
def _rows(*, of_some: bool) -> Select[Any]:
    own = enterprise.c
    some = [among(own.credit_code, "codes")] if of_some else []
    return select(*(own[name] for name in ListRow._fields)).where(in_ledgers(enterprise), *some)
