"""Cases with hazards, each with its last re-inspection up to a day.

What 整改复查 told counts where it is not earlier than what the case's own row told. The cases of which it ever told are looked up
from there: they are few, and SQLite would go through all that was told for each of all cases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
    union_all,
)

from data.rollup.in_force import among_ledgers, in_ledgers
from data.schema.enforcement import inspection, reinspection
from data.store import among

DAY = bindparam("day", type_=Date)
"""The day up to which inspections and re-inspections count."""
_CASE = ("credit_code", "unit", "number", "major_hazards", "rectify_by", "due_on")
Wanted = Callable[[ColumnElement[Any], ColumnElement[Any]], ColumnElement[bool]]
"""By the day and the conclusion of a case's last re-inspection, null where there was none, whether it is wanted."""


def cases(wanted: Wanted, *, of_some: bool = False) -> Subquery:
    """Credit code, unit, number, major hazards, deadline and due day of the cases that are wanted.

    Of the ledgers in the parameters ``zone`` and ``ledgers``, inspected up to ``day``; ``of_some``: those alone of the
    enterprises whose credit codes are in the parameter ``codes``.
    """
    told = _told(of_some=of_some)
    return union_all(_told_by_their_rows(wanted, of_some=of_some), _told_later(wanted, told)).subquery("cases")


def _told_by_their_rows(wanted: Wanted, *, of_some: bool) -> Select[Any]:
    own, again = inspection.c, reinspection.c
    told = exists().where(
        again.zone == own.zone, _same_case(own, again), among(again.submission + 0, "ledgers"), again.reinspected_on <= DAY
    )  # fmt: skip
    seen = own.reinspected_on <= DAY
    last_on, conclusion = case((seen, own.reinspected_on)), case((seen, own.conclusion))
    counts = _of_some() if of_some else in_ledgers(inspection)
    return select(*(own[name] for name in _CASE)).where(counts, _with_hazards(), wanted(last_on, conclusion), ~told)


def _told_later(wanted: Wanted, told: CTE) -> Select[Any]:
    own, last = inspection.c, told.c
    by_its_row = and_(own.reinspected_on <= DAY, own.reinspected_on > last.reinspected_on)
    last_on = case((by_its_row, own.reinspected_on), else_=last.reinspected_on)
    conclusion = case((by_its_row, own.conclusion), else_=last.conclusion)
    return (
        select(*(own[name] for name in _CASE))
        .join_from(told, inspection, and_(own.zone == last.zone, _same_case(own, last)))
        .where(last.place == 1, among(own.submission + 0, "ledgers"), _with_hazards(), wanted(last_on, conclusion))
    )


def _told(*, of_some: bool) -> CTE:
    """What 整改复查 told of each case, the last in place 1."""
    again = reinspection.c
    place = func.row_number().over(
        partition_by=(again.unit, again.number_key),
        order_by=(again.reinspected_on.desc(), again.period.desc(), again.row.desc()),
    )
    told = select(
        again.zone, again.unit, again.number_key, again.reinspected_on, again.conclusion, place.label("place")
    ).where(again.reinspected_on <= DAY)
    if of_some:
        own = select(inspection.c.zone, inspection.c.unit, inspection.c.number_key).where(_of_some(), _with_hazards())
        some = own.distinct().cte("some").prefix_with("MATERIALIZED")
        same = and_(some.c.zone == again.zone, _same_case(some.c, again))
        told = told.join_from(some, reinspection, same).where(among(again.submission + 0, "ledgers"))
    else:
        told = told.where(in_ledgers(reinspection))
    return told.cte("told").prefix_with("MATERIALIZED")


def _of_some() -> ColumnElement[bool]:
    return and_(among(inspection.c.credit_code, "codes"), among_ledgers(inspection))


def _with_hazards() -> ColumnElement[bool]:
    return and_(inspection.c.inspected_on <= DAY, inspection.c.hazards > 0)


def _same_case(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(one.unit == other.unit, one.number_key == other.number_key)
