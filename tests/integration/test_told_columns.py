"""The columns of a workbook are its rows once more, of every kind, on every engine; and what differs from them is found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Date, Integer, Table, delete, insert, update

from dashboards.method.columns import day_of
from dashboards.results.told_columns import ToldColumns, read_books
from data.doctor import examine
from data.rollup import told_columns
from data.rollup.told_columns import KINDS, NEVER, WIDE
from data.schema.base import Instant, Money
from data.schema.hazards import hazard
from data.schema.intake import submission
from data.schema.told_columns import told_column
from data.settings import Settings
from data.store import writer
from data.zone.moments import moment_of
from data.zone.zone import Zone, read_zone

ZONE = "shuangqiao"
OF_TABLES = {"sector": ["gas", "construction"], "territory": ["longtanzi", "youting"], "department": ["fire", "economy"],
             "supervised": ["fire", "longtanzi"], "unit": ["fire"]}  # fmt: skip
"""What may stand in columns that refer to a table."""


def _values(column: Column[Any]) -> st.SearchStrategy[Any]:
    match column.type:
        case Date():
            values: st.SearchStrategy[Any] = st.dates(date(1900, 1, 1), date(9998, 12, 31))
        case Instant():
            values = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is told beside
        case Money():
            values = st.decimals(0, Decimal("99999999999999.99"), places=2)
        case Boolean():
            values = st.booleans()
        case Integer():
            values = st.integers(0, 1_000_000)
        case _ if column.name in OF_TABLES:
            values = st.sampled_from(OF_TABLES[column.name])
        case _:
            values = st.text(st.sampled_from('甲号〔〕\n\\" 1'), min_size=1, max_size=4)
    return st.none() | values if column.nullable else values


def _rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    told = {one.name: _values(one) for one in table.c if one.name not in {"zone", "submission", "row", "period"}}
    return st.lists(st.fixed_dictionaries(told), max_size=5)


def _written(connection: Any, kind: str, number: int, unit: str, rows: list[dict[str, Any]]) -> None:
    """An accepted workbook with these rows and their columns."""
    period = f"202{number}" if kind == "enterprises" else f"2022-0{number}"
    connection.execute(insert(submission), {
        "zone": ZONE, "submission": number, "status": "accepted", "sha256": "0" * 64, "file_name": "表.xlsx", "sender": "office",
        "received_at": datetime(2022, 9, 1, tzinfo=UTC), "kind": kind, "unit": unit, "period": period, "version": 1,
        "rows": len(rows), "note": "", "asks": False,
    })  # fmt: skip
    key = {"zone": ZONE, "submission": number, "period": period}
    if rows:
        connection.execute(
            insert(KINDS[kind].table), [{**one, **key, "row": row} for row, one in enumerate(rows, start=2)]
        )
    told_columns.keep(connection, ZONE, kind, number)


def _as_told(kind: str, told: ToldColumns) -> list[dict[str, Any]]:
    """Every row of some columns, as its values were."""
    own, places = KINDS[kind], np.arange(len(told))
    columns: dict[str, list[Any]] = {name: told.texts(name, places) for name in own.texts}
    for name in own.columns:
        column = own.table.c[name]
        if name in own.choices:
            columns[name] = told.coded_or_empty(name, places).values()
        elif isinstance(column.type, Boolean):
            columns[name] = told.flags(name, places).tolist()
        else:
            columns[name] = [_as_value(column, number) for number in told.numbers(name, places).tolist()]
    return [{name: columns[name][at] for name in columns} for at in range(len(told))]


def _as_value(column: Column[Any], number: int) -> Any:
    match column.type:
        case Date():
            return day_of(number)
        case Instant():
            return None if number == NEVER[WIDE] else moment_of(number)
        case Money():
            return None if number == NEVER[WIDE] else Decimal(number) / 100
    return number


@pytest.mark.parametrize("kind", KINDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_columns_are_the_rows(installation: Settings, kind: str, data: st.DataObject) -> None:
    """Of several workbooks in their order, empty ones among them: every day, moment, amount, flag, choice and text of every row."""
    table = KINDS[kind].table
    books: Mapping[int, list[dict[str, Any]]] = {number: data.draw(_rows(table)) for number in (1, 2, 3)}
    with writer(installation.database_url).connect() as connection, connection.begin() as transaction:
        zone: Zone = read_zone(connection, ZONE)
        for number, unit in zip(books, ("fire", "longtanzi", "fire"), strict=True):
            _written(connection, kind, number, unit, books[number])
        told = read_books(connection, zone, kind, books, KINDS[kind].texts)
        assert told_columns.differing(connection, ZONE) == []
        transaction.rollback()
    expected = [
        {name: row[name] or "" if name in KINDS[kind].texts else row[name] for name in (*KINDS[kind].columns, *KINDS[kind].texts)}
        for rows in books.values() for row in rows
    ]  # fmt: skip
    assert _as_told(kind, told) == expected
    assert told.units(np.arange(len(told))).values() == ["fire"] * len(books[1]) + ["longtanzi"] * len(books[2]) + ["fire"] * len(books[3])  # fmt: skip
    assert told.numbers("row", np.arange(len(told))).tolist() == [at for rows in books.values() for at in range(2, 2 + len(rows))]  # fmt: skip


HAZARD = {
    "unit": "fire", "number": "1号", "number_key": "1号", "found_on": date(2022, 1, 2), "enterprise": "某公司", "sector": "gas", "description": "堵塞",
    "grade": "重大", "rectify_by": date(2022, 2, 1),
}  # fmt: skip
OTHERWISE = {
    "a day": update(hazard).values(found_on=date(2022, 1, 3)),
    "a text": update(hazard).values(number_key="2号"),
    "a level": update(hazard).values(level="部门级"),
    "a row": delete(hazard),
    "a column": delete(told_column).where(told_column.c.name == "number_key"),
    "all columns": delete(told_column),
    "what is no workbook's": update(submission).values(status="rejected", version=None),
}


@pytest.mark.parametrize("otherwise", OTHERWISE.values(), ids=OTHERWISE)
def test_doctor_says_of_which_workbook_the_columns_differ(installation: Settings, otherwise: Any) -> None:
    """Whatever differs, of rows or of columns; and once they are made anew nothing does."""
    with writer(installation.database_url).begin() as connection:
        _written(connection, "hazards", 1, "fire", [HAZARD])
        connection.execute(otherwise)
    said = [one for one in examine(installation)[0] if "统计依据" in one]
    assert len(said) == 1
    assert "1" in said[0]
    with writer(installation.database_url).begin() as connection:
        told_columns.renew(connection, ZONE)
    assert [one for one in examine(installation)[0] if "统计依据" in one] == []
