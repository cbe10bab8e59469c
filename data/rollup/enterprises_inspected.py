"""What the inspections of each enterprise come to, whoever inspected and by each unit: how many, the last, how near they lie together.

How near is kept in days, for two units and for two to six times: so a scheme may say what is too near, and pages need not look at
every inspection there ever was (METHOD section 5.7). Rows without a credit code do not count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, delete, select

from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise_inspected
from data.schema.intake import submission
from data.store import among, insert_columns, listed
from data.zone.periods import Month

WHOEVER = ""
"""Stands for the unit where the inspections of all units are meant."""
UNITS = 2
TIMES = range(2, 7)
"""Of how many units, and of how many times, it is kept how near they lie together."""


class InspectedOn(NamedTuple):
    """That a unit inspected an enterprise on a day."""

    credit_code: str
    on: date
    unit: str


@dataclass(slots=True)
class EnterpriseInspections:
    """What the inspections of an enterprise come to; days are None where it has not so many."""

    inspections: int
    last_on: date
    units_2: int | None = None
    times_2: int | None = None
    times_3: int | None = None
    times_4: int | None = None
    times_5: int | None = None
    times_6: int | None = None


_FIELDS = tuple(field.name for field in fields(EnterpriseInspections))
ByCode = dict[str, EnterpriseInspections]
"""Credit code → what its inspections come to."""
Recomputed = dict[tuple[str, str], EnterpriseInspections]
"""(who inspected: a unit, or ``WHOEVER``; credit code) → what these inspections of it come to."""


def come_to(told: Sequence[InspectedOn]) -> ByCode:
    """What inspections come to, given in order of code, then day: what lies nearest together then lies side by side."""
    found: ByCode = {}
    for code, on, _unit in told:
        one = found.get(code)
        if one is None:
            found[code] = EnterpriseInspections(1, on)
        else:
            one.inspections += 1
            one.last_on = on
    for times in TIMES:
        name = f"times_{times}"
        for first, last in zip(told, told[times - 1 :], strict=False):
            if first.credit_code == last.credit_code:
                _keep_nearest(found[first.credit_code], name, (last.on - first.on).days)
    for first, last in pairwise(told):
        if first.credit_code == last.credit_code and first.unit != last.unit:
            _keep_nearest(found[first.credit_code], "units_2", (last.on - first.on).days)
    return found


def _keep_nearest(one: EnterpriseInspections, name: str, days: int) -> None:
    before = getattr(one, name)
    if before is None or days < before:
        setattr(one, name, days)


def refresh(connection: Connection, zone: str, unit: str, month: Month) -> None:
    """Recompute what is kept of all enterprises that any version of a unit's ledger of a month ever named."""
    own = inspection.c
    book = submission.c
    versions = select(book.submission).where(
        book.zone == zone, book.kind == "enforcement", book.unit == unit, book.period == str(month)
    )
    told = select(own.credit_code).where(own.zone == zone, own.credit_code.is_not(None), own.submission.in_(versions))
    codes = list(connection.execute(told.distinct()).scalars())
    table = enterprise_inspected.c
    theirs = and_(table.unit.in_([WHOEVER, unit]), among(table.credit_code, "codes"))
    connection.execute(delete(enterprise_inspected).where(table.zone == zone, theirs), {"codes": listed(codes)})
    of_all = told_of(connection, zone, codes)
    _keep(connection, zone, WHOEVER, come_to(of_all))
    _keep(connection, zone, unit, come_to([one for one in of_all if one.unit == unit]))


def renew(connection: Connection, zone: str) -> None:
    """Make all that is kept of the zone anew."""
    connection.execute(delete(enterprise_inspected).where(enterprise_inspected.c.zone == zone))
    for unit, told in _by_whom(told_of(connection, zone)):
        _keep(connection, zone, unit, come_to(told))


def recompute(connection: Connection, zone: str) -> Recomputed:
    """The same from the ledgers themselves."""
    told = _by_whom(told_of(connection, zone))
    return {(unit, code): one for unit, own in told for code, one in come_to(own).items()}


def told_of(
    connection: Connection, zone: str, codes: Collection[str] | None = None, ledgers: Collection[int] | None = None
) -> list[InspectedOn]:
    """The inspections of all enterprises or of some, in order of code, then day; ``ledgers``: by others than those that count now."""
    if ledgers is None:
        ledgers = submissions_in_force(connection, zone, "enforcement")
    asked = {"zone": zone, "ledgers": listed(ledgers), "codes": listed(codes or ())}
    return list(map(InspectedOn._make, connection.execute(_rows(of_some=codes is not None), asked).all()))


def kept(connection: Connection, zone: str) -> Recomputed:
    """What is kept, as it stands."""
    table = enterprise_inspected.c
    rows = connection.execute(
        select(table.unit, table.credit_code, *(table[name] for name in _FIELDS)).where(table.zone == zone)
    )
    return {(unit, code): EnterpriseInspections(*values) for unit, code, *values in rows}


def _by_whom(told: Sequence[InspectedOn]) -> Iterator[tuple[str, Sequence[InspectedOn]]]:
    """All inspections, then those of each unit."""
    yield WHOEVER, told
    by_unit: dict[str, list[InspectedOn]] = {}
    for one in told:
        by_unit.setdefault(one.unit, []).append(one)
    yield from by_unit.items()


def _keep(connection: Connection, zone: str, unit: str, found: ByCode) -> None:
    values = zip(*map(astuple, found.values()), strict=True) if found else [()] * len(_FIELDS)
    size = len(found)
    columns: dict[str, Sequence[Any]] = {
        "zone": [zone] * size,
        "unit": [unit] * size,
        "credit_code": list(found),
        **dict(zip(_FIELDS, values, strict=True)),
    }
    insert_columns(connection, enterprise_inspected, columns)


@cache
def _rows(*, of_some: bool) -> Select[Any]:
    own = inspection.c
    some = [among(own.credit_code, "codes")] if of_some else []
    return (
        select(own.credit_code, own.inspected_on, own.unit)
        .where(in_ledgers(inspection), own.credit_code.is_not(None), *some)
        .order_by(own.credit_code, own.inspected_on, own.unit)
    )
