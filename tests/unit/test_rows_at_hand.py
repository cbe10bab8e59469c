"""Lists whose rows are at hand give the very rows that the same list in SQL gives, whatever is asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine, insert, select

from dashboards.method.columns import coded, day_numbers
from dashboards.results.columns_at_hand import (
    ColumnAtHand,
    chosen_places,
    coded_values,
    day_values,
    number_values,
    text_values,
)
from dashboards.results.record_list import OPERATORS, Holds, ListColumn, ListColumns, RowCondition, RowsWanted, Unasked
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from tests.how_many import cases as how_many

HOLDS = {"name": Holds.TEXT, "deaths": Holds.NUMBER, "day": Holds.DAY, "state": Holds.CHOICE}
STATES = {"open": "未结案", "closed": "已结案", "other": "Other"}
"""In an order that is not that of their codes."""
TABLE = Table(
    "row", MetaData(), Column("place", Integer, primary_key=True), Column("name", String), Column("deaths", Integer),
    Column("day", Date), Column("state", String),
)  # fmt: skip
NAMES = st.sampled_from(["", "a_b建材", "A_B建材", "100%石化", "张三'\\厂", "张三", "Zeta", None])
DAYS = st.integers(0, 6).map(lambda days: date(2022, 1, 1) + timedelta(days=days))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "deaths": st.one_of(st.none(), st.integers(0, 4)),
            "day": st.one_of(st.none(), DAYS),
            "state": st.one_of(st.none(), st.sampled_from(list(STATES))),
        }
    ),
    max_size=12,
)
VALUES: Mapping[Holds, st.SearchStrategy[Any]] = {
    Holds.TEXT: st.sampled_from(["", "a_b", "张", "%", "_", "'", "\\", "ZETA", "张三"]),
    Holds.NUMBER: st.one_of(st.integers(-1, 5), st.just(1.5)),
    Holds.DAY: DAYS,
    Holds.CHOICE: st.sampled_from(["结案", "已结案", "other", "OTHER", "nothing", ""]),
}


def _condition(key: str) -> st.SearchStrategy[RowCondition]:
    needed = {"blank": 0, "notBlank": 0, "inRange": 2}
    return st.sampled_from(OPERATORS[HOLDS[key]]).flatmap(
        lambda name: st.tuples(*[VALUES[HOLDS[key]]] * needed.get(name, 1)).map(
            lambda told: RowCondition(key, name, told)
        )
    )


KEYS = st.lists(st.sampled_from(list(HOLDS)), unique=True, max_size=2)
WANTED = st.builds(
    lambda start, size, sort, conditions, search: RowsWanted(start, start + size, sort, conditions, search),
    st.integers(0, 5),
    st.integers(1, 9),
    KEYS.flatmap(lambda keys: st.tuples(*(st.tuples(st.just(key), st.booleans()) for key in keys))),
    KEYS.flatmap(lambda keys: st.tuples(*map(_condition, keys))),
    st.sampled_from(["", "", "张", "A_B", "%", "结案"]),
)


def _in_sql(rows: Sequence[Mapping[str, Any]], wanted: RowsWanted) -> tuple[int, list[int]]:
    columns = ListColumns(
        [
            ListColumn("name", Holds.TEXT, TABLE.c.name, searched=True),
            ListColumn("deaths", Holds.NUMBER, TABLE.c.deaths),
            ListColumn("day", Holds.DAY, TABLE.c.day),
            ListColumn("state", Holds.CHOICE, TABLE.c.state, STATES, searched=True),
        ]
    )
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        if rows:
            connection.execute(insert(TABLE), [{**row, "place": place} for place, row in enumerate(rows)])
        found = select(TABLE.c.place).where(columns.condition(wanted)).order_by(*columns.order(wanted, TABLE.c.place))
        places = list(connection.execute(found).scalars())
    engine.dispose()
    return len(places), places[wanted.start : wanted.end]


def _at_hand() -> list[RowColumn[tuple[int, Mapping[str, Any]]]]:
    return [
        RowColumn("name", Holds.TEXT, lambda row: row[1]["name"], searched=True),
        RowColumn("deaths", Holds.NUMBER, lambda row: row[1]["deaths"]),
        RowColumn("day", Holds.DAY, lambda row: row[1]["day"]),
        RowColumn("state", Holds.CHOICE, lambda row: row[1]["state"], STATES, searched=True),
    ]


def _as_columns(rows: Sequence[Mapping[str, Any]]) -> list[ColumnAtHand]:
    deaths = np.array([row["deaths"] or 0 for row in rows], dtype=np.int64)
    known = np.array([row["deaths"] is not None for row in rows], dtype=bool)
    return [
        ColumnAtHand("name", Holds.TEXT, lambda: text_values(row["name"] for row in rows), searched=True),
        ColumnAtHand("deaths", Holds.NUMBER, lambda: number_values(deaths, known)),
        ColumnAtHand("day", Holds.DAY, lambda: day_values(day_numbers(row["day"] for row in rows))),
        ColumnAtHand("state", Holds.CHOICE, lambda: coded_values(coded(row["state"] for row in rows)), STATES, searched=True),
    ]  # fmt: skip


@settings(max_examples=how_many(), deadline=None, database=None)
@given(ROWS, WANTED)
def test_the_same_is_found_at_hand_and_in_sql(rows: list[dict[str, Any]], wanted: RowsWanted) -> None:
    """For any rows, filters, search, order and range: as many, the same, in the same order, row by row or as columns."""
    total, found = chosen_rows(list(enumerate(rows)), _at_hand(), wanted)
    assert (total, [place for place, _row in found]) == _in_sql(rows, wanted)
    in_columns, places = chosen_places(len(rows), _as_columns(rows), wanted)
    assert (in_columns, places.tolist()) == (total, [place for place, _row in found])


@pytest.mark.parametrize(
    "wanted",
    [
        RowsWanted(sort=(("remark", False),)),
        RowsWanted(conditions=(RowCondition("remark", "contains", ("张",)),)),
        RowsWanted(conditions=(RowCondition("deaths", "contains", ("1",)),)),
        RowsWanted(conditions=(RowCondition("name", "contains", ()),)),
        RowsWanted(conditions=(RowCondition("state", "startsWith", ("已",)),)),
    ],
    ids=str,
)
def test_what_the_list_does_not_have_cannot_be_asked_for(wanted: RowsWanted) -> None:
    """Also of a list without any row."""
    with pytest.raises(Unasked):
        chosen_rows([], _at_hand(), wanted)
    with pytest.raises(Unasked):
        chosen_places(0, _as_columns([]), wanted)
