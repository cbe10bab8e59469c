"""Whom to inspect next: the lists of all units for a month, made of what happened before it (METHOD section 5.7)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from dashboards.method import next_inspections as method
from dashboards.method import register as register_method
from dashboards.method.next_inspections import Claim, ListBasis, Seen, ToInspect
from dashboards.method.register import Listed
from dashboards.results import hazards, register
from dashboards.results.day_reports import day_asked
from dashboards.results.reading import Reading, kept
from dashboards.results.told_things import told_things
from data.indicators.declaration import number_of
from data.rollup.enforcement import PASSED
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.enforcement import inspection, reinspection
from data.schema.targets import inspection_plan
from data.schema.tipoffs import tipoff
from data.store import listed
from data.zone.normal import compact
from data.zone.periods import Month
from data.zone.schemes import NextInspections, enterprises_scheme
from data.zone.zone import Zone

_DAYS_OF_A_WEEK = 7
_FRIDAY = 4
_DAY, _SINCE, _NEW_YEAR = (bindparam(name, type_=Date) for name in ("day", "since", "new_year"))


@dataclass(frozen=True, slots=True)
class InspectionLists:
    """Each unit's list for a month, as of the day before it began, or of today where that is earlier."""

    zone: Zone
    month: Month
    as_of: date
    scheme: NextInspections
    lists: Mapping[str, tuple[ToInspect, ...]]


@kept
def fetch(reading: Reading, month: Month, *, by: NextInspections | None = None) -> InspectionLists:
    """The lists for a month, for who sees all units. ``by``: another scheme than the one in force, to see what it would say."""
    connection, zone = reading.connection, reading.zone
    calendar = zone.calendar
    day = day_of_list(reading, month)
    bound = calendar.end_of(reading.today)
    scheme = by or enterprises_scheme(connection, zone.code, day, bound).next_inspections
    enterprises = register_method.register_on(reading.once(register.lists, day.year, bound), day).enterprises
    ledgers = submissions_in_force(
        connection, zone.code, "enforcement", known_by=bound, last=str(calendar.month_of(day))
    )
    given = {"zone": zone.code, "ledgers": listed(ledgers), "day": day}
    since = {"since": months_before(day, scheme.months), "new_year": date(day.year, 1, 1)}
    seen = [Seen._make(row) for row in connection.execute(_seen(), {**given, **since})]
    still_open = connection.execute(_open_cases(), given).all()
    basis = ListBasis(
        day=day,
        enterprises=enterprises,
        seen=[one for one in seen if one.credit_code in enterprises],
        overdue_major=[
            *_overdue_hazards(connection, zone, day, bound),
            *(
                Claim(one.credit_code, one.unit, one.rectify_by)
                for one in still_open
                if one.major_hazards and one.rectify_by < day
            ),
        ],
        reinspections=[Claim(one.credit_code, one.unit, one.due_on) for one in still_open],
        tipped_off=_tipped_off(reading, month, day, enterprises),
        scheme=scheme,
    )
    weeks = _weeks(calendar.first_day(month), calendar.last_day(month))
    return InspectionLists(
        zone, month, day, scheme, method.lists(basis, _planned(connection, zone, month, bound), weeks)
    )


def _overdue_hazards(connection: Connection, zone: Zone, day: date, bound: datetime) -> Iterator[Claim]:
    """The major hazards of the ledgers of hazards that nobody crossed off in time, of which a credit code is told."""
    for one in hazards.counting(connection, zone, zone.calendar.month_of(day), bound):
        is_open = one.found_on <= day and (one.crossed_off_on is None or one.crossed_off_on > day)
        if one.major and is_open and one.rectify_by < day and one.credit_code is not None:
            yield Claim(one.credit_code, one.unit, one.rectify_by)


def _tipped_off(reading: Reading, month: Month, day: date, enterprises: Mapping[str, Listed]) -> frozenset[str]:
    """The enterprises of which a tip-off is open; ledgers of tip-offs name them, and have no code."""
    asked = day_asked(reading, month, day, None)
    by_name: dict[str, set[str]] = {}
    for code, one in enterprises.items():
        by_name.setdefault(compact(one.name), set()).add(code)
    cases = told_things(
        reading.connection, reading.zone, "tipoffs", tipoff, asked, ["unit", "number_key"],
        ["received_on", "closed_on", "object"],
    )  # fmt: skip
    named = {
        compact(told_of)
        for received_on, closed_on, told_of in cases
        if received_on <= day and (closed_on is None or closed_on > day)
    }
    return frozenset(code for name in named for code in by_name.get(name, ()))


def day_of_list(reading: Reading, month: Month) -> date:
    """The day as of which the lists for a month are made: the last before it, or today where that is earlier."""
    return min(reading.zone.calendar.first_day(month) - timedelta(days=1), reading.today)


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of that month."""
    then = Month.of(day).plus(-months)
    return date(then.year, then.month, min(day.day, monthrange(then.year, then.month)[1]))


def _weeks(first: date, last: date) -> list[date]:
    """The Mondays of the weeks of a month; the first is that of its first day from Monday to Friday."""
    monday = first - timedelta(days=first.weekday())
    if first.weekday() > _FRIDAY:
        monday += timedelta(days=_DAYS_OF_A_WEEK)
    return [monday + timedelta(days=at) for at in range(0, (last - monday).days + 1, _DAYS_OF_A_WEEK)]


def _seen() -> Select[Any]:
    """What each unit's inspections of each enterprise come to."""
    own = inspection.c
    counts = own.inspected_on > _SINCE
    return (
        select(
            own.credit_code,
            own.unit,
            number_of(counts),
            number_of(and_(counts, own.hazards > 0)),
            number_of(own.inspected_on >= _NEW_YEAR),
            func.max(own.inspected_on),
        )
        .where(in_ledgers(inspection), own.credit_code.is_not(None), own.inspected_on <= _DAY)
        .group_by(own.credit_code, own.unit)
    )


def _open_cases() -> Select[Any]:
    """The cases with hazards of which a credit code is told, and whose last re-inspection was not passed or that had none."""
    own, _last_on, conclusion, cases = _looked_at_again()
    return (
        select(own.credit_code, own.unit, own.major_hazards, own.rectify_by, own.due_on)
        .select_from(cases)
        .where(own.credit_code.is_not(None), func.coalesce(conclusion, "") != PASSED, *_with_hazards())
    )


def closed_cases(reading: Reading, first: date, last: date) -> dict[str, list[str]]:
    """Unit → the numbers of its cases that a re-inspection of these days closed, in order."""
    connection, zone = reading.connection, reading.zone
    own, last_on, conclusion, cases = _looked_at_again()
    asked = (
        select(own.unit, own.number)
        .select_from(cases)
        .where(conclusion == PASSED, last_on.between(_SINCE, _DAY), *_with_hazards())
        .order_by(own.unit, own.number)
    )
    bound, month = zone.calendar.end_of(reading.today), zone.calendar.month_of(last)
    ledgers = submissions_in_force(connection, zone.code, "enforcement", known_by=bound, last=str(month))
    closed: dict[str, list[str]] = {}
    for unit, number in connection.execute(
        asked, {"zone": zone.code, "ledgers": listed(ledgers), "since": first, "day": last}
    ):
        closed.setdefault(unit, []).append(number)
    return closed


def _with_hazards() -> Sequence[ColumnElement[bool]]:
    own = inspection.c
    return in_ledgers(inspection), own.inspected_on <= _DAY, own.hazards > 0


def _looked_at_again() -> tuple[Any, ColumnElement[date], ColumnElement[str], FromClause]:
    """The columns of cases, the day and the conclusion of the last re-inspection of each up to the day, and where they are read.

    What 整改复查 told counts where it is not earlier than what the case's own row told.
    """
    own, again = inspection.c, reinspection.c
    place = func.row_number().over(
        partition_by=(again.unit, again.number_key),
        order_by=(again.reinspected_on.desc(), again.period.desc(), again.row.desc()),
    )
    told = (
        select(again.unit, again.number_key, again.reinspected_on, again.conclusion, place.label("place"))
        .where(in_ledgers(reinspection), again.reinspected_on <= _DAY)
        .subquery("told")
    )
    by_its_row = and_(
        own.reinspected_on <= _DAY,
        or_(told.c.reinspected_on.is_(None), own.reinspected_on > told.c.reinspected_on),
    )
    same_case = and_(told.c.unit == own.unit, told.c.number_key == own.number_key, told.c.place == 1)
    return (
        own,
        case((by_its_row, own.reinspected_on), else_=told.c.reinspected_on),
        case((by_its_row, own.conclusion), else_=told.c.conclusion),
        inspection.outerjoin(told, same_case),
    )


def _planned(connection: Connection, zone: Zone, month: Month, bound: datetime) -> dict[str, int]:
    """How many inspections each unit plans for a month, as it was known."""
    plan = inspection_plan.c
    in_force = submissions_in_force(connection, zone.code, "targets", known_by=bound)
    rows = connection.execute(
        select(plan.unit, plan.inspections).where(in_ledgers(inspection_plan), plan.month == bindparam("month", type_=String)),
        {"zone": zone.code, "ledgers": listed(in_force), "month": str(month)},
    )  # fmt: skip
    return dict(map(tuple, rows.all()))
