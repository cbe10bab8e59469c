"""Which workbooks count: of each kind, unit and period the last accepted version that had been received."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, and_, bindparam, func, select

from data.schema.base import Instant
from data.schema.intake import submission


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
    statement = _statement(*(value is not None for value in (unit, known_by, first, last)))
    optional = {"of_unit": unit, "until": known_by, "first": first, "last": last}
    given = {name: value for name, value in optional.items() if value is not None}
    return list(connection.execute(statement, {"in_zone": zone, "of_kind": kind, **given}).scalars())


@cache
def _statement(of_one_unit: bool, until: bool, first: bool, last: bool) -> Select[Any]:
    table = submission
    accepted = [
        table.c.zone == bindparam("in_zone", type_=String),
        table.c.kind == bindparam("of_kind", type_=String),
        table.c.status == "accepted",
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
    return select(table.c.submission).join(latest, same).where(table.c.zone == bindparam("in_zone", type_=String))
