"""The register of today, each enterprise with what its inspections come to.

Both are kept with every load (``data.rollup``), the inspections of a unit apart, for its account sees them alone. Where what is kept
knows more than today did, and where a scheme asks for what is not kept, they are made from the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    false,
    func,
    not_,
    or_,
    select,
)

from dashboards.method import next_inspections as method
from dashboards.method.register import Inspection, repeated
from dashboards.results.enterprise_books import EnterpriseBooks, books
from dashboards.results.reading import Reading, kept
from data.indicators.declaration import number_of
from data.rollup import enterprises_inspected, register_entries
from data.rollup.enterprises_inspected import TIMES, UNITS, WHOEVER, ByCode
from data.rollup.in_force import among_ledgers, in_ledgers, moved_later
from data.rollup.register_entries import RegisterEntry
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise, enterprise_inspected, register_entry
from data.store import among, listed
from data.zone.schemes import RepeatedInspections
from data.zone.zone import Zone


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


class Alike(NamedTuple):
    """What enterprises have in common that are counted together."""

    territory: str
    sector: str
    high_risk: bool
    this_year: bool
    repeated: bool


class RegisterPart(NamedTuple):
    """Some of the register: those not inspected this year or those inspected repeatedly, of a town or a sector where it is named."""

    repeated: bool
    territory: str | None = None
    sector: str | None = None

    def takes(self, row: RegisteredToday, today: date) -> bool:
        """Whether an enterprise is one of them."""
        fits = row.repeated if self.repeated else not is_seen(row, today)
        return fits and self.territory in {None, row.territory} and self.sector in {None, row.sector}


def is_seen(row: RegisteredToday, today: date) -> bool:
    """Whether anybody inspected it in the year of a day."""
    return row.last_on is not None and row.last_on >= date(today.year, 1, 1)


@kept
def counts(reading: Reading, rule: RepeatedInspections) -> dict[Alike, int]:
    """How many enterprises of the register are alike."""
    if not _is_kept(reading, rule):
        today = reading.today
        return dict(Counter(_alike(row, today) for row in fetch(reading, rule)))
    alike = (_ENTRY.territory, _ENTRY.sector, _ENTRY.high_risk, _this_year(), _near(rule))
    counted = select(*alike, func.count()).select_from(_joined()).where(*_seen_today(reading)).group_by(*alike)
    rows = reading.connection.execute(counted, _asked(reading))
    return {Alike(town, sector, risky, bool(seen), bool(near)): many for town, sector, risky, seen, near, many in rows}


def _alike(row: RegisteredToday, today: date) -> Alike:
    return Alike(row.territory, row.sector, row.high_risk, is_seen(row, today), row.repeated)


@kept
def first(reading: Reading, rule: RepeatedInspections, wanted: RegisterPart, most: int) -> tuple[RegisteredToday, ...]:
    """The first of some: of those not inspected this year who is of high risk, then who was not seen for longest; of those inspected
    repeatedly who was inspected last.
    """
    if not _is_kept(reading, rule):
        return every(reading, rule, wanted)[:most]
    seen = enterprise_inspected.c
    parts = [
        *([] if wanted.territory is None else [_ENTRY.territory == wanted.territory]),
        *([] if wanted.sector is None else [_ENTRY.sector == wanted.sector]),
    ]
    if wanted.repeated:
        some = _rows(reading, rule).where(_near(rule), *parts).order_by(seen.last_on.desc(), _ENTRY.credit_code.desc())
    else:
        longest = (_ENTRY.high_risk.desc(), seen.last_on.is_not(None), seen.last_on, _ENTRY.credit_code)
        some = _rows(reading, rule).where(not_(_this_year()), *parts).order_by(*longest)
    return tuple(map(RegisteredToday._make, reading.connection.execute(some.limit(most), _asked(reading))))


def every(reading: Reading, rule: RepeatedInspections, wanted: RegisterPart) -> tuple[RegisteredToday, ...]:
    """All of some, in the same order."""
    today = reading.today
    found = (row for row in fetch(reading, rule) if wanted.takes(row, today))
    if wanted.repeated:
        return tuple(sorted(found, key=attrgetter("last_on", "credit_code"), reverse=True))
    return tuple(sorted(found, key=lambda row: (not row.high_risk, row.last_on or date.min, row.credit_code)))


@kept
def fetch(reading: Reading, rule: RepeatedInspections) -> tuple[RegisteredToday, ...]:
    """The register of today; of a unit's account the enterprises of its list, its territory and its department."""
    if _is_kept(reading, rule):
        rows = reading.connection.execute(_rows(reading, rule), _asked(reading)).all()
        return tuple(map(RegisteredToday._make, rows))
    return reading.once(
        _from_rows, books(reading), reading.scope.unit, reading.today, knows_more(reading, "enterprises"), rule
    )


def _is_kept(reading: Reading, rule: RepeatedInspections) -> bool:
    in_range = rule.units == UNITS and rule.times in TIMES
    return in_range and not any(knows_more(reading, kind) for kind in ("enterprises", "enforcement"))


def knows_more(reading: Reading, kind: str) -> bool:
    """Whether what is kept knows of workbooks of a kind that came after today, or were returned after it."""
    return reading.once(moved_later, kind, reading.zone.calendar.end_of(reading.today))


_ENTRY = register_entry.c


def _asked(reading: Reading) -> dict[str, str | date]:
    return {
        "zone": reading.zone.code,
        "today": reading.today,
        "new_year": date(reading.today.year, 1, 1),
        "by_whom": WHOEVER if reading.scope.unit is None else reading.scope.unit,
        "ledgers": listed(sorted(books(reading).register)),
    }


def _rows(reading: Reading, rule: RepeatedInspections) -> Select[Any]:
    """The register of today as whoever asks sees it, row by row."""
    of_entry = (_ENTRY[name] for name in RegisteredToday._fields[:-2])
    seen = select(*of_entry, enterprise_inspected.c.last_on, _near(rule)).select_from(_joined())
    return seen.where(*_seen_today(reading))


def _joined() -> FromClause:
    seen = enterprise_inspected.c
    of_it = and_(seen.zone == _ENTRY.zone, seen.credit_code == _ENTRY.credit_code)
    return register_entry.outerjoin(enterprise_inspected, and_(of_it, seen.unit == bindparam("by_whom", type_=String)))


def _near(rule: RepeatedInspections) -> ColumnElement[bool]:
    seen = enterprise_inspected.c
    near = or_(seen.units_2 <= rule.units_days, seen[f"times_{rule.times}"] <= rule.times_days)
    return func.coalesce(near, false())


def _this_year() -> ColumnElement[bool]:
    return func.coalesce(enterprise_inspected.c.last_on >= bindparam("new_year", type_=Date), false())


def _of_today() -> tuple[ColumnElement[bool], ...]:
    today = bindparam("today", type_=Date)
    own_zone = _ENTRY.zone == bindparam("zone", type_=String)
    return own_zone, _ENTRY.from_day <= today, _ENTRY.to_day >= today


def _seen_today(reading: Reading) -> tuple[ColumnElement[bool], ...]:
    """The entries of today; of a unit's account those that concern the unit."""
    unit = reading.scope.unit
    return _of_today() if unit is None else (*_of_today(), _concerns(unit))


def _concerns(unit: str) -> ColumnElement[bool]:
    """Whether an enterprise is of a unit's territory, its department or its list."""
    return or_(_ENTRY.territory == unit, _ENTRY.department == unit, _ENTRY.credit_code.in_(_on_its_list(unit)))


def _on_its_list(unit: str) -> Select[Any]:
    own = enterprise.c
    return select(own.credit_code).where(in_ledgers(enterprise), own.unit == unit)


def _from_rows(
    connection: Connection,
    zone: Zone,
    counting: EnterpriseBooks,
    unit: str | None,
    today: date,
    more: bool,  # whether the entries that are kept know more than today did; by place, for it is asked once for all
    rule: RepeatedInspections,
) -> tuple[RegisteredToday, ...]:
    entries = _entries(connection, zone.code, counting.register, unit, today, more=more)
    codes = [one.credit_code for one in entries]
    seen = enterprises_inspected.come_to(enterprises_inspected.told_of(connection, zone.code, codes, counting.ledgers))
    near = _near_by_rows(connection, zone.code, counting.ledgers, rule, seen)
    return tuple(
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
        for one in entries
    )


def _entries(
    connection: Connection, zone: str, lists: Collection[int], unit: str | None, today: date, *, more: bool
) -> list[RegisterEntry]:
    """The entries of today that concern a unit, or all of them; ``more``: from these lists themselves, for what is kept knows more."""
    asked = {"zone": zone, "ledgers": listed(sorted(lists)), "today": today}
    if not more:
        of_entry = (_ENTRY[name] for name in RegisterEntry._fields)
        concerning = [] if unit is None else [_concerns(unit)]
        rows = select(*of_entry).where(*_of_today(), *concerning).order_by(_ENTRY.credit_code)
        return list(map(RegisterEntry._make, connection.execute(rows, asked)))
    found = register_entries.recompute(connection, zone, lists=lists)
    entries = [one for one in found if one.from_day <= today <= one.to_day]
    if unit is None:
        return entries
    on_list = set(connection.execute(_on_its_list(unit), asked).scalars())
    return [one for one in entries if unit in {one.territory, one.department} or one.credit_code in on_list]


def _near_by_rows(
    connection: Connection, zone: str, ledgers: Collection[int], rule: RepeatedInspections, seen: ByCode
) -> set[str]:
    """The enterprises that were inspected too often within too few days."""
    if rule.units == UNITS and rule.times in TIMES:
        kept = f"times_{rule.times}"
        return {
            code
            for code, one in seen.items()
            if _within(one.units_2, rule.units_days) or _within(getattr(one, kept), rule.times_days)
        }
    own = inspection.c
    rows = connection.execute(
        select(own.credit_code, own.unit, own.inspected_on).where(in_ledgers(inspection), own.credit_code.is_not(None)),
        {"zone": zone, "ledgers": listed(ledgers)},
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
        lists, unit = books(reading).register, reading.scope.unit
        every = _entries(reading.connection, reading.zone.code, lists, unit, reading.today, more=True)
        return [one.credit_code for one in every if one.sector == sector]
    of_sector = select(_ENTRY.credit_code).where(_ENTRY.sector == sector, *_of_today())
    return list(reading.connection.execute(of_sector, _asked(reading)).scalars())
