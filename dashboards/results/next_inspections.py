"""Whom to inspect next: the lists of all units for a month, made of what was known when it began (METHOD section 5.7)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Select, String, and_, bindparam, func, or_, select

from dashboards.method import next_inspections as method
from dashboards.method import register as register_method
from dashboards.method.next_inspections import Claim, ListBasis, Seen, ToInspect
from dashboards.results import register
from dashboards.results.reading import Reading, kept
from data.indicators.declaration import number_of
from data.rollup.enforcement import PASSED
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.enforcement import inspection, reinspection
from data.schema.targets import inspection_plan
from data.store import listed
from data.zone.periods import Month
from data.zone.schemes import NextInspections, enterprises_scheme
from data.zone.zone import Zone

_DAYS_OF_A_WEEK = 7
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
def fetch(reading: Reading, month: Month) -> InspectionLists:
    """The lists for a month, for who sees all units."""
    connection, zone = reading.connection, reading.zone
    calendar = zone.calendar
    day = day_of_list(reading, month)
    bound = calendar.end_of(day)
    scheme = enterprises_scheme(connection, zone.code, day, bound).next_inspections
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
            Claim(case.credit_code, case.unit, case.rectify_by)
            for case in still_open
            if case.major_hazards and case.rectify_by < day
        ],
        reinspections=[Claim(case.credit_code, case.unit, case.due_on) for case in still_open],
        tipped_off=frozenset(),
        scheme=scheme,
    )
    weeks = _weeks(calendar.first_day(month), calendar.last_day(month))
    return InspectionLists(
        zone, month, day, scheme, method.lists(basis, _planned(connection, zone, month, bound), weeks)
    )


def day_of_list(reading: Reading, month: Month) -> date:
    """The day as of which the lists for a month are made: the last before it, or today where that is earlier."""
    return min(reading.zone.calendar.first_day(month) - timedelta(days=1), reading.today)


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of that month."""
    then = Month.of(day).plus(-months)
    return date(then.year, then.month, min(day.day, monthrange(then.year, then.month)[1]))


def _weeks(first: date, last: date) -> list[date]:
    """The Mondays of the weeks of a month."""
    monday = first - timedelta(days=first.weekday())
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
    own_is_last = and_(
        own.reinspected_on <= _DAY,
        or_(told.c.reinspected_on.is_(None), own.reinspected_on > told.c.reinspected_on),
    )
    closed = or_(
        and_(own_is_last, own.conclusion == PASSED),
        and_(
            or_(own.reinspected_on.is_(None), own.reinspected_on > _DAY, own.reinspected_on <= told.c.reinspected_on),
            told.c.conclusion == PASSED,
        ),
    )
    same_case = and_(told.c.unit == own.unit, told.c.number_key == own.number_key, told.c.place == 1)
    return (
        select(own.credit_code, own.unit, own.major_hazards, own.rectify_by, own.due_on)
        .select_from(inspection.outerjoin(told, same_case))
        .where(
            in_ledgers(inspection),
            own.credit_code.is_not(None),
            own.inspected_on <= _DAY,
            own.hazards > 0,
            func.coalesce(closed, False).is_(False),
        )
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
