"""Which workbooks count: of each kind, unit and period the last accepted version that had been received and not returned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, String, and_, bindparam, func, or_, select

from data.schema.base import Instant
from data.schema.intake import submission
from data.store import among, listed
from data.zone.zone import Zone


def submissions_in_force(
    connection: Connection,
    zone: str,
    kind: str,
    *,
    unit: str | None = None,
    known_by: datetime | None = None,
    first: str | None = None,
    last: str | None = None,
) -> list[int]:
    """The submissions in force, as keys: few, so that a statement over rows starts from them whatever the planner thinks.

    ``known_by`` is the first instant that is no longer known (exclusive); None knows everything.
    """
    return list(periods_in_force(connection, zone, kind, unit=unit, known_by=known_by, first=first, last=last))


def periods_in_force(
    connection: Connection,
    zone: str,
    kind: str,
    *,
    unit: str | None = None,
    known_by: datetime | None = None,
    first: str | None = None,
    last: str | None = None,
) -> dict[int, str]:
    """The submissions in force, each with the period that it is of."""
    statement = _statement(*(value is not None for value in (unit, known_by, first, last)))
    optional = {"of_unit": unit, "until": known_by, "first": first, "last": last}
    given = {name: value for name, value in optional.items() if value is not None}
    rows = connection.execute(statement, {"in_zone": zone, "of_kind": kind, **given})
    return dict(map(tuple, rows.all()))


class InForce(NamedTuple):
    """The workbook that counts of a kind, unit and period."""

    submission: int
    version: int


def in_force(connection: Connection, zone: str, kind: str, unit: str, period: str) -> InForce | None:
    """The workbook that counts of a kind, unit and period; None where none does."""
    asked = {"in_zone": zone, "of_kind": kind, "of_unit": unit, "of_period": period}
    row = connection.execute(_of_one_period(), asked).first()
    return None if row is None else InForce(*row)


def stands(until: Any = None) -> ColumnElement[bool]:
    """Whether a submission was not returned, now or before an instant (exclusive)."""
    returned = submission.c.returned_at
    return returned.is_(None) if until is None else or_(returned.is_(None), returned >= until)


def last_periods(connection: Connection, zone: Zone, ledgers: Iterable[int]) -> dict[str, str]:
    """Unit → the period of its last one of these workbooks of a kind."""
    own = submission.c
    last = select(own.unit, func.max(own.period)).where(in_ledgers(submission)).group_by(own.unit)
    return dict(map(tuple, connection.execute(last, {"zone": zone.code, "ledgers": listed(ledgers)})))


def moved_later(connection: Connection, zone: Zone, kind: str, bound: datetime) -> bool:
    """Whether anything of a kind was received or returned from a moment on: what is kept then knows more than was known."""
    table = submission.c
    later = select(func.count()).where(
        table.zone == zone.code,
        table.kind == kind,
        table.status == "accepted",
        or_(table.received_at >= bound, table.returned_at >= bound),
    )
    return bool(connection.execute(later).scalar())


def in_ledgers(table: FromClause) -> ColumnElement[bool]:
    """Whether a row is of one of the submissions in the parameter ``ledgers`` (``listed``), of the parameter ``zone``."""
    return and_(table.c.zone == bindparam("zone", type_=String), among(table.c.submission, "ledgers"))


def among_ledgers(table: FromClause) -> ColumnElement[bool]:
    """The same of rows that something else leads to, such as an enterprise's code: the ledgers do not lead there.

    Added to 0 their numbers find no index, so that no planner goes through all of their rows.
    """
    return and_(table.c.zone == bindparam("zone", type_=String), among(table.c.submission + 0, "ledgers"))


def among_numbers(table: FromClause) -> ColumnElement[bool]:
    """Whether a row of a ledger has one of the units and one of the numbers in the parameters that ``numbers_listed`` gives.

    A number names a thing with its unit: of all that is found the pairs that were wanted still have to be told from the others.
    """
    return and_(among(table.c.unit, "units"), among(table.c.number_key, "numbers"))


def numbers_listed(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Units and numbers as compared of things, each (unit, number), as parameters for ``among_numbers``."""
    pairs = list(wanted)
    return {
        "units": listed(sorted({unit for unit, _number in pairs})),
        "numbers": listed(sorted({number for _unit, number in pairs})),
    }


@cache
def _of_one_period() -> Select[Any]:
    table = submission.c
    named = {"zone": "in_zone", "kind": "of_kind", "unit": "of_unit", "period": "of_period"}
    return (
        select(table.submission, table.version)
        .where(*(table[column] == bindparam(name, type_=String) for column, name in named.items()))
        .where(table.status == "accepted", stands())
        .order_by(table.version.desc())
        .limit(1)
    )


@cache
def _statement(of_one_unit: bool, until: bool, first: bool, last: bool) -> Select[Any]:
    table = submission
    accepted = [
        table.c.zone == bindparam("in_zone", type_=String),
        table.c.kind == bindparam("of_kind", type_=String),
        table.c.status == "accepted",
        stands(bindparam("until", type_=Instant) if until else None),
    ]
    if of_one_unit:
        accepted.append(table.c.unit == bindparam("of_unit", type_=String))
    if until:
        accepted.append(table.c.received_at < bindparam("until", type_=Instant))
    if first:
        accepted.append(table.c.period >= bindparam("first", type_=String))
    if last:
        accepted.append(table.c.period <= bindparam("last", type_=String))
    latest = (
        select(table.c.kind, table.c.unit, table.c.period, func.max(table.c.version).label("version"))
        .where(*accepted)
        .group_by(table.c.kind, table.c.unit, table.c.period)
        .subquery("latest")
    )
    same = and_(*(table.c[name] == latest.c[name] for name in ("kind", "unit", "period", "version")))
    return (
        select(table.c.submission, table.c.period)
        .join(latest, same)
        .where(table.c.zone == bindparam("in_zone", type_=String))
    )
