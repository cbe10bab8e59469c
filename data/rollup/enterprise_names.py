"""The names under which workbooks told of enterprises: a directory in which a search looks, so that it need not go through every ledger.

A name stays in it whatever becomes of the workbook: what is found is looked up before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, String, Table, bindparam, delete, literal, select

from data.schema.accidents import accident
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise, enterprise_name
from data.schema.frontline import frontline_duty
from data.schema.hazards import hazard
from data.store import among, insert_columns, listed
from data.zone.normal import compact

LONGEST_KEY = 200
"""Characters of a name that are compared in a search."""
WITHOUT_CODE = ""


class DirectoryName(NamedTuple):
    """A name as compared, the credit code beside it (empty where none was told), and the name as it was written."""

    name_key: str
    credit_code: str
    name: str


class _Source(NamedTuple):
    """Where a kind of workbook names enterprises."""

    table: Table
    name: ColumnElement[str]
    credit_code: ColumnElement[Any]


SOURCES = (
    _Source(enterprise, enterprise.c.name, enterprise.c.credit_code),
    _Source(inspection, inspection.c.enterprise, inspection.c.credit_code),
    _Source(frontline_duty, frontline_duty.c.enterprise, frontline_duty.c.credit_code),
    _Source(hazard, hazard.c.enterprise, hazard.c.credit_code),
    _Source(accident, accident.c.enterprise, literal(None, String)),
)
"""A further kind that names enterprises is a line here, and has ``remember`` among its refreshing (``etl.kinds``)."""


def name_key(name: str) -> str:
    """A name as a search compares it."""
    return compact(name)[:LONGEST_KEY]


def bare_key(key: str) -> str:
    """The same in small letters and without its brackets: who looks for it leaves them out as often as not."""
    return key.replace("(", "").replace(")", "").lower()


def remember(connection: Connection, zone: str, submission: int) -> None:
    """Add the names of which a workbook tells."""
    _add(connection, zone, _told(connection, zone, submission))


def renew(connection: Connection, zone: str) -> None:
    """Make the whole directory anew."""
    connection.execute(delete(enterprise_name).where(enterprise_name.c.zone == zone))
    _add(connection, zone, _told(connection, zone))


def missing(connection: Connection, zone: str) -> list[DirectoryName]:
    """Names of which workbooks tell and that no search would find."""
    return _unknown(connection, zone, _told(connection, zone))


def _told(connection: Connection, zone: str, submission: int | None = None) -> list[DirectoryName]:
    """The names of one workbook, or of all that ever were accepted, each once."""
    found: dict[tuple[str, str], DirectoryName] = {}
    for at in range(len(SOURCES)):
        asked = {"zone": zone, "submission": submission}
        for name, code in connection.execute(_names(at, of_one=submission is not None), asked):
            one = DirectoryName(name_key(name), code or WITHOUT_CODE, name)
            found.setdefault(one[:2], one)
    return list(found.values())


@cache
def _names(source: int, *, of_one: bool) -> Select[Any]:
    table, name, code = SOURCES[source]
    of = [table.c.submission == bindparam("submission")] if of_one else []
    return select(name, code).where(table.c.zone == bindparam("zone", type_=String), *of).distinct()


def _unknown(connection: Connection, zone: str, told: Iterable[DirectoryName]) -> list[DirectoryName]:
    names = list(told)
    table = enterprise_name.c
    rows = connection.execute(
        select(table.name_key, table.credit_code).where(table.zone == zone, among(table.name_key, "names")),
        {"names": listed(one.name_key for one in names)},
    )
    known = set(map(tuple, rows))
    return [one for one in names if one[:2] not in known]


def _add(connection: Connection, zone: str, told: Iterable[DirectoryName]) -> None:
    new = _unknown(connection, zone, told)
    values = zip(*new, strict=True) if new else [()] * len(DirectoryName._fields)
    columns = dict(zip(DirectoryName._fields, values, strict=True))
    found_by = {"zone": [zone] * len(new), "bare_key": [bare_key(one.name_key) for one in new]}
    insert_columns(connection, enterprise_name, {**found_by, **columns})
