"""Whom to inspect next: the lists of all units for a month, made of what happened before it (METHOD section 5.7).

How enterprises stand at the end of a month is kept with every load (``data.rollup.month_ends``). As of another day, where what is kept
knows more than today did, and where a scheme asks for what is not kept, it is made from the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, String, and_, bindparam, func, or_, select

from dashboards.method import next_inspections as method
from dashboards.method.next_inspections import InspectionStanding, Ranked, Standings, ToInspect, Visits
from dashboards.results.day_reports import day_asked
from dashboards.results.reading import Reading, kept
from dashboards.results.told_things import told_things
from data.indicators.declaration import number_of
from data.rollup import last_reinspections, month_ends
from data.rollup.enforcement import PASSED
from data.rollup.in_force import among_ledgers, in_ledgers, moved_later, submissions_in_force
from data.rollup.last_reinspections import DAY
from data.rollup.month_ends import Columns
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise
from data.schema.targets import inspection_plan
from data.schema.tipoffs import TIP_OFF, tipoff
from data.store import among, listed
from data.zone.normal import compact
from data.zone.periods import Month
from data.zone.schemes import EnterprisesScheme, NextInspections, known_schemes
from data.zone.zone import Zone

_DAYS_OF_A_WEEK = 7
_FRIDAY = 4
_SINCE, _NEW_YEAR = (bindparam(name, type_=Date) for name in ("since", "new_year"))
_RESTS_ON = ("enforcement", "enterprises", "hazards")
"""The kinds of workbooks on which it rests how enterprises stand."""

RowsOf = Callable[[Mapping[str, int]], Mapping[str, tuple[int, int]]]
"""Of some enterprises, credit code → place in the columns: the workbook and the row of it by which each is in the register."""


@dataclass(frozen=True, slots=True)
class InspectionLists:
    """Each unit's list for a month, as of the day before it began, or of today where that is earlier; ``names``: credit code → name."""

    zone: Zone
    month: Month
    as_of: date
    scheme: NextInspections
    lists: Mapping[str, tuple[ToInspect, ...]]
    names: Mapping[str, str]


@kept
def fetch(reading: Reading, month: Month, *, by: NextInspections | None = None) -> InspectionLists:
    """The lists for a month, for who sees all units. ``by``: another scheme than the one in force, to see what it would say."""
    zone = reading.zone
    calendar, day = zone.calendar, day_of_list(reading, month)
    scheme = (
        by
        or reading.once(known_schemes, calendar.end_of(reading.today)).of_day(EnterprisesScheme, day).next_inspections
    )
    of, rows_of = _standings(reading, day, scheme)
    ranked = method.rank(Standings(*(of[name] for name in InspectionStanding._fields)), day, scheme)
    orders, visits = _chosen(reading, month, ranked, rows_of)
    weeks = _weeks(calendar.first_day(month), calendar.last_day(month))
    lists = method.lists(ranked, orders, visits, weeks)
    return InspectionLists(zone, month, day, scheme, lists, _names(reading, rows_of, _codes(ranked, orders)))


def _standings(reading: Reading, day: date, scheme: NextInspections) -> tuple[Columns, RowsOf]:
    """How the enterprises of the register stand on a day, and what tells by which rows some of them are in it."""
    connection, zone = reading.connection, reading.zone
    bound, month = zone.calendar.end_of(reading.today), zone.calendar.month_of(day)
    is_kept = (
        day == zone.calendar.last_day(month)
        and scheme.months == month_ends.WINDOW
        and month in month_ends.months(connection, zone.code)
        and not any(reading.once(moved_later, kind, bound) for kind in _RESTS_ON)
    )
    if is_kept:
        columns = month_ends.kept(connection, zone.code, month, InspectionStanding._fields)
        return columns, lambda places: month_ends.rows_kept(connection, zone.code, month, places)
    counting = month_ends.ledgers(connection, zone, day, bound)
    of = month_ends.columns(month_ends.recompute(connection, zone, day, counting, window=scheme.months))
    return of, lambda places: {code: (of["submission"][at], of["row"][at]) for code, at in places.items()}


def _chosen(
    reading: Reading, month: Month, ranked: Ranked, rows_of: RowsOf
) -> tuple[dict[str, list[int]], list[Visits]]:
    """The enterprises on each unit's list, and who was there.

    How often who was there is asked of the first of each unit's order alone; where that leaves some of them out, of twice as many.
    """
    planned, told = _planned(reading, month), ranked.told
    visits: list[Visits] = []
    asked: dict[str, int] = {}
    times = 1
    while True:
        with_open_case = {code for code, place in asked.items() if told.due_on[place] is not None}
        left_out = method.left_out(visits, with_open_case, ranked.scheme)
        if left_out:
            often = {code: asked[code] for _unit, code in left_out}
            tipped_off = _tipped_off(reading, month, ranked.day, _names(reading, rows_of, often))
            left_out = method.left_out(visits, with_open_case | tipped_off, ranked.scheme)
        orders = method.chosen(ranked, planned, left_out)
        if _codes(ranked, orders).keys() <= asked.keys():
            return orders, visits
        more = _codes(ranked, method.chosen(ranked, planned, left_out, times))
        visits += _visits(reading, ranked, more.keys() - asked.keys())
        asked |= more
        times *= 2


def _codes(ranked: Ranked, orders: Mapping[str, Iterable[int]]) -> dict[str, int]:
    return {ranked.told.credit_code[place]: place for places in orders.values() for place in places}


def _visits(reading: Reading, ranked: Ranked, codes: Collection[str]) -> list[Visits]:
    """Who was at some enterprises lately, or so often this year that it matters."""
    day, scheme = ranked.day, ranked.scheme
    new_year, lately = date(day.year, 1, 1), day - timedelta(days=scheme.lately_days)
    asked = {
        "day": day, "new_year": new_year, "lately": lately, "since": min(new_year, lately), "codes": listed(codes),
        "often": scheme.most_by_one_unit,
    }  # fmt: skip
    rows = reading.connection.execute(_often_or_lately(), {**asked, **_ledgers(reading, ranked.day)})
    return list(map(Visits._make, rows.all()))


@cache
def _often_or_lately() -> Select[Any]:
    own = inspection.c
    this_year, last_on = number_of(own.inspected_on >= _NEW_YEAR), func.max(own.inspected_on)
    matters = or_(this_year >= bindparam("often", type_=Integer), last_on >= bindparam("lately", type_=Date))
    return (
        select(own.credit_code, own.unit, this_year, last_on)
        .where(among_ledgers(inspection), among(own.credit_code, "codes"), own.inspected_on.between(_SINCE, DAY))
        .group_by(own.credit_code, own.unit)
        .having(matters)
    )


def _ledgers(reading: Reading, day: date) -> dict[str, str]:
    """The zone, and the ledgers of inspections up to the month of a day."""
    zone = reading.zone
    bound, last = zone.calendar.end_of(reading.today), str(zone.calendar.month_of(day))
    in_force = submissions_in_force(reading.connection, zone.code, "enforcement", known_by=bound, last=last)
    return {"zone": zone.code, "ledgers": listed(in_force)}


def _names(reading: Reading, rows_of: RowsOf, places: Mapping[str, int]) -> dict[str, str]:
    """What the rows of the register that count call some enterprises, which stand at these places of the columns: credit code → name."""
    own = enterprise.c
    told = reading.connection.execute(
        select(own.credit_code, own.submission, own.row, own.name).where(
            own.zone == reading.zone.code, among(own.credit_code, "codes")
        ),
        {"codes": listed(places)},
    )
    counts = rows_of(places)
    return {code: name for code, number, row, name in told.all() if (number, row) == counts[code]}


def _tipped_off(reading: Reading, month: Month, day: date, names: Mapping[str, str]) -> frozenset[str]:
    """Those of some enterprises of which a tip-off is open; ledgers of tip-offs name them, and have no code."""
    asked = day_asked(reading, month, day, None)
    cases = told_things(
        reading.connection, reading.zone, "tipoffs", tipoff, asked, ["unit", "number_key"],
        ["type", "received_on", "closed_on", "object"],
    )  # fmt: skip
    named = {
        compact(told_of)
        for sort, received_on, closed_on, told_of in cases
        if sort == TIP_OFF and received_on <= day and (closed_on is None or closed_on > day)
    }
    return frozenset(code for code, name in names.items() if compact(name) in named)


def day_of_list(reading: Reading, month: Month) -> date:
    """The day as of which the lists for a month are made: the last before it, or today where that is earlier."""
    return min(reading.zone.calendar.first_day(month) - timedelta(days=1), reading.today)


def _weeks(first: date, last: date) -> list[date]:
    """The Mondays of the weeks of a month; the first is that of its first day from Monday to Friday."""
    monday = first - timedelta(days=first.weekday())
    if first.weekday() > _FRIDAY:
        monday += timedelta(days=_DAYS_OF_A_WEEK)
    return [monday + timedelta(days=at) for at in range(0, (last - monday).days + 1, _DAYS_OF_A_WEEK)]


def closed_cases(reading: Reading, first: date, last: date) -> dict[str, list[str]]:
    """Unit → the numbers of its cases that a re-inspection of these days closed, in order."""
    asked = {"since": first, "day": last, **_ledgers(reading, last)}
    closed: dict[str, list[str]] = {}
    for unit, number in reading.connection.execute(_closed(), asked):
        closed.setdefault(unit, []).append(number)
    return closed


@cache
def _closed() -> Select[Any]:
    case = last_reinspections.cases(lambda on, said: and_(said == PASSED, on.between(_SINCE, DAY))).c
    return select(case.unit, case.number).order_by(case.unit, case.number)


def _planned(reading: Reading, month: Month) -> dict[str, int]:
    """How many inspections each unit plans for a month, as it was known."""
    plan, zone = inspection_plan.c, reading.zone
    bound = zone.calendar.end_of(reading.today)
    in_force = submissions_in_force(reading.connection, zone.code, "targets", known_by=bound)
    rows = reading.connection.execute(
        select(plan.unit, plan.inspections).where(in_ledgers(inspection_plan), plan.month == bindparam("month", type_=String)),
        {"zone": zone.code, "ledgers": listed(in_force), "month": str(month)},
    )  # fmt: skip
    return dict(map(tuple, rows.all()))
