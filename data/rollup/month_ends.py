"""How each enterprise of the register stands at the end of a month: what lists of whom to inspect next are made of (METHOD section 5.7).

Kept of the months for which lists are made, which the ledgers tell: the last of which any tells, the one before it and the one
after. A list as of another day, or as it was known by another, is made of the rows themselves (``recompute``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    union,
)

from data.indicators.declaration import number_of
from data.rollup import last_reinspections, register_entries
from data.rollup.enforcement import PASSED
from data.rollup.in_force import among_ledgers, in_ledgers, stands, submissions_in_force
from data.rollup.last_reinspections import DAY
from data.rollup.registers import registers_in_force
from data.schema.enforcement import inspection, reinspection
from data.schema.enterprises import enterprise, enterprise_month_end
from data.schema.hazards import MAJOR, hazard
from data.schema.intake import submission
from data.store import among, insert_columns, listed
from data.zone.periods import Month, months_before
from data.zone.zone import Zone

WINDOW = 24
"""Of how many months the inspections are counted that are kept."""
_AT_ONCE = 500
_SINCE = bindparam("since", type_=Date)


class StandsAt(NamedTuple):
    """An enterprise of the register on a day, and by which row of which list it is in it.

    ``inspections`` and ``found`` (those with a finding) of the months that count, ``last_on`` the last ever, by whomever;
    ``due_on`` the earliest due day of its cases that are open, ``major_by`` the earliest deadline of its major hazards that are
    open, of cases and of ledgers of hazards. Days are None where there is none.
    """

    credit_code: str
    territory: str
    department: str | None
    sector: str
    high_risk: bool
    submission: int
    row: int
    inspections: int
    found: int
    last_on: date | None
    due_on: date | None
    major_by: date | None


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The workbooks that count on a day: lists of enterprises, ledgers of inspections, ledgers of hazards."""

    register: Sequence[int]
    enforcement: Sequence[int]
    hazards: Sequence[int]


def ledgers(connection: Connection, zone: Zone, day: date, known_by: datetime | None = None) -> Ledgers:
    """Those up to the month of a day, as they were known."""
    last = str(zone.calendar.month_of(day))
    enforcement, hazards = (
        submissions_in_force(connection, zone.code, kind, known_by=known_by, last=last)
        for kind in ("enforcement", "hazards")
    )
    return Ledgers(registers_in_force(connection, zone.code, day.year, known_by), enforcement, hazards)


def months(connection: Connection, zone: str) -> tuple[Month, ...]:
    """The months of which it is kept; none while no ledger tells of an inspection."""
    own = submission.c
    counting = own.zone == zone, own.kind == "enforcement", own.status == "accepted", stands()
    last = connection.execute(select(func.max(own.period)).where(*counting)).scalar()
    return () if last is None else tuple(Month.parse(last).plus(step) for step in (-1, 0, 1))


def refresh_of_ledger(connection: Connection, zone: Zone, unit: str, month: Month) -> None:
    """Recompute what a unit's ledger of inspections of a month touches, in any version of it: that month and the later ones."""
    _refresh(connection, zone, _named(connection, _named_by_ledger(), zone, "enforcement", unit, month), month)


def refresh_of_hazards(connection: Connection, zone: Zone, unit: str, month: Month) -> None:
    """The same of a unit's ledger of hazards."""
    _refresh(connection, zone, _named(connection, _named_by_hazards(), zone, "hazards", unit, month), month)


def refresh_of_list(connection: Connection, zone: Zone, unit: str) -> None:
    """Recompute all enterprises that any list of a unit ever had."""
    codes = connection.execute(_named_by_lists(), {"zone": zone.code, "of_unit": unit}).scalars().all()
    _refresh(connection, zone, codes, None)


def renew(connection: Connection, zone: Zone) -> None:
    """Make all that is kept of the zone anew."""
    connection.execute(delete(enterprise_month_end).where(enterprise_month_end.c.zone == zone.code))
    _refresh(connection, zone, (), None)


def recompute(
    connection: Connection,
    zone: Zone,
    day: date,
    counting: Ledgers,
    *,
    window: int = WINDOW,
    codes: Collection[str] | None = None,
) -> list[StandsAt]:
    """How the enterprises stand on a day by the rows themselves, in order of their codes; of all of them, or of some."""
    of_some = codes is not None
    entries = register_entries.recompute(connection, zone.code, codes, counting.register)
    today = sorted(one for one in entries if one.from_day <= day <= one.to_day)
    if not today:
        return []
    asked = {"zone": zone.code, "codes": listed(codes or ()), "day": day, "since": months_before(day, window)}
    of_ledgers = {**asked, "ledgers": listed(counting.enforcement)}
    inspected = _by_code(connection, _inspected(of_some=of_some), of_ledgers)
    open_cases = _by_code(connection, _open_cases(of_some=of_some), of_ledgers)
    major = _by_code(connection, _major_hazards(of_some=of_some), {**asked, "ledgers": listed(counting.hazards)})
    found = []
    for one in today:
        code = one.credit_code
        inspections, with_findings, last_on = inspected.get(code, (0, 0, None))
        due_on, major_case = open_cases.get(code, (None, None))
        (major_hazard,) = major.get(code, (None,))
        deadlines = [by for by in (major_case, major_hazard) if by is not None]
        found.append(
            StandsAt(
                code, one.territory, one.department, one.sector, one.high_risk, one.submission, one.row, inspections,
                with_findings, last_on, due_on, min(deadlines, default=None),
            )
        )  # fmt: skip
    return found


Columns = dict[str, list[Any]]
"""The same of many as columns, by the fields of ``StandsAt``: a page that looks at all makes no object of each."""


def columns(told: Sequence[StandsAt]) -> Columns:
    """These as columns."""
    return {name: [one[at] for one in told] for at, name in enumerate(StandsAt._fields)}


def kept(connection: Connection, zone: str, month: Month, fields: Sequence[str] = StandsAt._fields) -> Columns:
    """How they stood at the end of a month, as it is kept, in no order: of some fields, where not all are asked for."""
    found: Columns = {name: [] for name in fields}
    table = enterprise_month_end.c
    asked = select(*(table[name] for name in found)).where(table.zone == zone, table.month == str(month))
    for some in connection.execute(asked).partitions(_AT_ONCE):
        for column, values in zip(found.values(), zip(*some, strict=True), strict=True):
            column.extend(values)
    return found


def rows_kept(connection: Connection, zone: str, month: Month, codes: Collection[str]) -> dict[str, tuple[int, int]]:
    """By which workbook and row of it some enterprises were in the register at the end of a month, as it is kept."""
    table = enterprise_month_end.c
    own = table.zone == zone, table.month == str(month), among(table.credit_code, "codes")
    asked = select(table.credit_code, table.submission, table.row).where(*own)
    return {code: (number, row) for code, number, row in connection.execute(asked, {"codes": listed(codes)})}


def differing(connection: Connection, zone: Zone) -> list[tuple[Month, str]]:
    """The months and credit codes of which something else is kept than the rows say, of months that are not to be kept, too."""
    table = enterprise_month_end.c
    present = connection.execute(select(table.month).where(table.zone == zone.code).distinct()).scalars()
    wanted = months(connection, zone.code)
    found: set[tuple[Month, str]] = set()
    for month in sorted({*wanted, *map(Month.parse, present)}):
        day = zone.calendar.last_day(month)
        right = recompute(connection, zone, day, ledgers(connection, zone, day)) if month in wanted else ()
        present_rows = map(StandsAt._make, zip(*kept(connection, zone.code, month).values(), strict=True))
        found |= {(month, one.credit_code) for one in {*right} ^ {*present_rows}}
    return sorted(found)


def _refresh(connection: Connection, zone: Zone, codes: Collection[str], since: Month | None) -> None:
    """Recompute some enterprises from a month on, and all of them where a month is not kept yet; forget months that are past."""
    table = enterprise_month_end.c
    own_zone = table.zone == zone.code
    wanted = months(connection, zone.code)
    connection.execute(delete(enterprise_month_end).where(own_zone, table.month.not_in(map(str, wanted))))
    present = set(connection.execute(select(table.month).where(own_zone).distinct()).scalars())
    for month in wanted:
        if str(month) not in present:
            _keep(connection, zone, month, None)
        elif codes and (since is None or month >= since):
            some = among(table.credit_code, "codes")
            gone = delete(enterprise_month_end).where(own_zone, table.month == str(month), some)
            connection.execute(gone, {"codes": listed(codes)})
            _keep(connection, zone, month, codes)


def _keep(connection: Connection, zone: Zone, month: Month, codes: Collection[str] | None) -> None:
    day = zone.calendar.last_day(month)
    found = recompute(connection, zone, day, ledgers(connection, zone, day), codes=codes)
    own = {"zone": [zone.code] * len(found), "month": [str(month)] * len(found)}
    insert_columns(connection, enterprise_month_end, {**own, **columns(found)})


def _by_code(connection: Connection, statement: Select[Any], asked: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {code: tuple(told) for code, *told in connection.execute(statement, asked)}


def _named(
    connection: Connection, statement: Select[Any], zone: Zone, kind: str, unit: str, month: Month
) -> Sequence[str]:
    """The codes that a unit's ledger of a month names, in any version of it."""
    book = submission.c
    versions = select(book.submission).where(
        book.zone == zone.code, book.kind == kind, book.unit == unit, book.period == str(month)
    )
    asked = {"zone": zone.code, "of_unit": unit, "ledgers": listed(connection.execute(versions).scalars())}
    return connection.execute(statement, asked).scalars().all()


_ZONE, _UNIT = (bindparam(name, type_=String) for name in ("zone", "of_unit"))


@cache
def _inspected(*, of_some: bool) -> Select[Any]:
    """Code → inspections and those with a finding of the months that count, the last one ever."""
    own = inspection.c
    counts = own.inspected_on > _SINCE
    return (
        select(own.credit_code, number_of(counts), number_of(and_(counts, own.hazards > 0)), func.max(own.inspected_on))
        .where(_of_them(inspection, of_some=of_some), own.credit_code.is_not(None), own.inspected_on <= DAY)
        .group_by(own.credit_code)
    )


@cache
def _open_cases(*, of_some: bool) -> Select[Any]:
    """Code → the earliest due day of its open cases, and the earliest deadline of those with a major hazard."""
    own = last_reinspections.cases(lambda _on, said: func.coalesce(said, "") != PASSED, of_some=of_some).c
    major_by = func.min(case((own.major_hazards > 0, own.rectify_by)))
    # Not IS NOT NULL: for that SQLite goes through all cases that have a code for each that was told of again.
    has_code = func.coalesce(own.credit_code, "") != ""
    return select(own.credit_code, func.min(own.due_on), major_by).where(has_code).group_by(own.credit_code)


@cache
def _major_hazards(*, of_some: bool) -> Select[Any]:
    """Code → the earliest deadline of its major hazards of the ledgers of hazards that were not crossed off by the day."""
    own, later = hazard.c, hazard.alias("later")
    told_later = exists().where(
        later.c.zone == own.zone, later.c.unit == own.unit, later.c.number_key == own.number_key,
        among(later.c.submission + 0, "ledgers"),
        or_(later.c.period > own.period, and_(later.c.period == own.period, later.c.row > own.row)),
    )  # fmt: skip
    is_open = and_(own.found_on <= DAY, or_(own.crossed_off_on.is_(None), own.crossed_off_on > DAY))
    return (
        select(own.credit_code, func.min(own.rectify_by))
        .where(
            _of_them(hazard, of_some=of_some), own.credit_code.is_not(None), own.grade == MAJOR, is_open, ~told_later
        )
        .group_by(own.credit_code)
    )


def _of_them(table: Any, *, of_some: bool) -> ColumnElement[bool]:
    return and_(among_ledgers(table), among(table.c.credit_code, "codes")) if of_some else in_ledgers(table)


@cache
def _named_by_ledger() -> Select[Any]:
    """The codes of these ledgers of a unit, and of the cases of which their 整改复查 tells."""
    own, again = inspection.c, reinspection.c
    inspected = select(own.credit_code).where(in_ledgers(inspection), own.credit_code.is_not(None))
    told = select(again.number_key).where(in_ledgers(reinspection))
    # Added to nothing, the unit leads to no index: the numbers do.
    cases = select(own.credit_code).where(
        own.zone == _ZONE, own.number_key.in_(told), own.unit == _UNIT, func.coalesce(own.credit_code, "") != ""
    )
    return select(union(inspected, cases).subquery().c.credit_code)


@cache
def _named_by_hazards() -> Select[Any]:
    """The codes of all rows that tell of hazards of which these ledgers of a unit tell."""
    own, told = hazard.c, hazard.alias("told")
    numbers = select(told.c.number_key).where(in_ledgers(told))
    return (
        select(own.credit_code)
        .where(own.zone == _ZONE, own.unit == _UNIT, own.number_key.in_(numbers), own.credit_code.is_not(None))
        .distinct()
    )


@cache
def _named_by_lists() -> Select[Any]:
    own = enterprise.c
    return select(own.credit_code).where(own.zone == _ZONE, own.unit == _UNIT).distinct()
