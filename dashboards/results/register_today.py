"""The register of today, each enterprise with what its inspections come to.

Both are kept with every load (``data.rollup``). Where what is kept knows more than today did, where a unit's account asks, who sees
its own inspections alone, and where a scheme asks for what is not kept, they are made from the rows.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, String, and_, bindparam, func, or_, select

from dashboards.method import next_inspections as method
from dashboards.method.register import Inspection, repeated
from dashboards.results.enterprise_books import books
from dashboards.results.reading import Reading
from data.indicators.declaration import number_of
from data.rollup import enterprises_inspected, register_entries
from data.rollup.enterprises_inspected import TIMES, UNITS, Recomputed
from data.rollup.in_force import among_ledgers, in_ledgers, moved_later
from data.rollup.register_entries import RegisterEntry
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise, enterprise_inspected, register_entry
from data.store import among, listed
from data.zone.schemes import RepeatedInspections


class RegisteredToday(NamedTuple):
    """An enterprise of today's register: the row that counts, the day of its last inspection (None: never), whether it was inspected
    too often within too few days (METHOD section 5.7).
    """

    credit_code: str
    name: str
    sector: str
    territory: str
    department: str | None
    high_risk: bool
    submission: int
    row: int
    last_on: date | None
    repeated: bool


def fetch(reading: Reading, rule: RepeatedInspections) -> list[RegisteredToday]:
    """The register of today; of a unit's account the enterprises of its list, its territory and its department."""
    if _is_kept(reading, rule):
        rows = reading.connection.execute(_kept(rule), {"zone": reading.zone.code, "today": reading.today})
        return list(map(RegisteredToday._make, rows))
    return _from_rows(reading, rule)


def _is_kept(reading: Reading, rule: RepeatedInspections) -> bool:
    in_range = rule.units == UNITS and rule.times in TIMES
    return (
        in_range
        and reading.scope.sees_all
        and not any(knows_more(reading, kind) for kind in ("enterprises", "enforcement"))
    )


def knows_more(reading: Reading, kind: str) -> bool:
    """Whether what is kept knows of workbooks of a kind that came after today, or were returned after it."""
    return reading.once(moved_later, kind, reading.zone.calendar.end_of(reading.today))


def _kept(rule: RepeatedInspections) -> Select[Any]:
    entry, seen = register_entry.c, enterprise_inspected.c
    near = or_(seen.units_2 <= rule.units_days, seen[f"times_{rule.times}"] <= rule.times_days)
    of_entry = (
        entry.credit_code, entry.name, entry.sector, entry.territory, entry.department, entry.high_risk, entry.submission, entry.row,
    )  # fmt: skip
    same = and_(seen.zone == entry.zone, seen.credit_code == entry.credit_code)
    return (
        select(*of_entry, seen.last_on, func.coalesce(near, False))
        .select_from(register_entry.outerjoin(enterprise_inspected, same))
        .where(entry.zone == bindparam("zone", type_=String), *_of_today(entry))
        .order_by(entry.credit_code)
    )


def _of_today(entry: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    today = bindparam("today", type_=Date)
    return entry.from_day <= today, entry.to_day >= today


def _from_rows(reading: Reading, rule: RepeatedInspections) -> list[RegisteredToday]:
    counting = books(reading)
    seen = enterprises_inspected.recompute(reading.connection, reading.zone.code, ledgers=counting.ledgers)
    near = _near(reading, rule, seen)
    return [
        RegisteredToday(
            credit_code=one.credit_code,
            name=one.name,
            sector=one.sector,
            territory=one.territory,
            department=one.department,
            high_risk=one.high_risk,
            submission=one.submission,
            row=one.row,
            last_on=seen[one.credit_code].last_on if one.credit_code in seen else None,
            repeated=one.credit_code in near,
        )
        for one in _entries(reading, counting.register)
    ]


def _entries(reading: Reading, lists: Collection[int]) -> list[RegisterEntry]:
    """The entries of today that concern whoever asks."""
    connection, zone, unit = reading.connection, reading.zone.code, reading.scope.unit
    found = register_entries.recompute(connection, zone, lists=lists)
    today = [one for one in found if one.from_day <= reading.today <= one.to_day]
    if unit is None:
        return today
    own = enterprise.c
    told = select(own.credit_code).where(in_ledgers(enterprise), own.unit == unit)
    on_list = set(connection.execute(told, {"zone": zone, "ledgers": listed(sorted(lists))}).scalars())
    return [one for one in today if unit in {one.territory, one.department} or one.credit_code in on_list]


def _near(reading: Reading, rule: RepeatedInspections, seen: Recomputed) -> set[str]:
    """The enterprises that were inspected too often within too few days."""
    if rule.units == UNITS and rule.times in TIMES:
        kept = f"times_{rule.times}"
        return {
            code
            for code, one in seen.items()
            if _within(one.units_2, rule.units_days) or _within(getattr(one, kept), rule.times_days)
        }
    own = inspection.c
    rows = reading.connection.execute(
        select(own.credit_code, own.unit, own.inspected_on).where(in_ledgers(inspection), own.credit_code.is_not(None)),
        {"zone": reading.zone.code, "ledgers": listed(books(reading).ledgers)},
    )
    return repeated(map(Inspection._make, rows), rule)


def _within(days: int | None, most: int) -> bool:
    return days is not None and days <= most


def sector_mean(reading: Reading, sector: str, since: date) -> float:
    """A sector's share of findings over the inspections of its enterprises after a day, up to today (METHOD section 5.7)."""
    own, zone = inspection.c, reading.zone.code
    told = select(func.count(), func.coalesce(number_of(own.hazards > 0), 0)).where(
        among_ledgers(inspection),
        among(own.credit_code, "codes"),
        own.inspected_on > since,
        own.inspected_on <= reading.today,
    )
    asked = {"zone": zone, "ledgers": listed(books(reading).ledgers), "codes": listed(_codes(reading, sector))}
    inspections, found = reading.connection.execute(told, asked).one()
    return method.sector_mean(found, inspections)


def _codes(reading: Reading, sector: str) -> list[str]:
    """The enterprises of a sector in the register of today."""
    if knows_more(reading, "enterprises"):
        return [one.credit_code for one in _entries(reading, books(reading).register) if one.sector == sector]
    entry = register_entry.c
    of_sector = select(entry.credit_code).where(
        entry.zone == bindparam("zone", type_=String), entry.sector == sector, *_of_today(entry)
    )
    rows = reading.connection.execute(of_sector, {"zone": reading.zone.code, "today": reading.today})
    return list(rows.scalars())
