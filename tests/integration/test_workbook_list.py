"""The list of workbooks received: whatever is asked of it, SQL gives the rows that its reader would find by hand in what he sees."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from dashboards.components.original import name as named
from dashboards.pages.submissions.received_grid import spoken
from dashboards.results import workbook_list
from dashboards.results.reading import Reading, begin
from dashboards.results.record_list import OPERATORS, Holds, RowCondition, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.workbooks import Sent
from data.people.scope import Role, Scope
from data.schema.intake import submission
from data.settings import Settings
from data.store import reader, write_transaction
from tests.how_many import cases as how_many

SCOPES = {
    "office": ("office1", None), "viewer": ("viewer1", None), "admin": ("admin1", None), "unit": ("zhangsan", "longtanzi"),
}  # fmt: skip
TEXTS = (
    "双路",
    "龙滩子",
    "xlsx",
    "ZHANG",
    "台账_1",
    "%",
    "…",
    "报送的文件",
    "2022年4月",
    "已退回",
    "未通过",
    "执法",
    "没有的",
)


@pytest.fixture
def filled(installation: Settings) -> Settings:
    """Sixty workbooks of three units and of nobody, by several senders, in every state; a day apart, as their numbers go."""
    chance = Random(16)
    first = datetime.fromisoformat("2022-03-01T23:30:00+08:00")
    rows: list[dict[str, Any]] = []
    for number in range(1, 61):
        status = chance.choice(["accepted", "accepted", "rejected", "withdrawn", "duplicate", "checked"])
        unit = chance.choice(["longtanzi", "longtanzi", "shuanglu", "emergency", None])
        received = first + timedelta(days=number)
        returned = status == "accepted" and chance.random() < 0.4
        rows.append({
            "zone": installation.zone, "submission": number, "status": status, "sha256": f"{number:064x}", "asks": False,
            "file_name": f"{chance.choice(['台账_', '台账%', 'Zhang '])}{number}.xlsx", "note": "", "received_at": received,
            "sender": chance.choice(["zhangsan", "lisi", "office1"]), "unit": unit,
            "kind": None if unit is None else chance.choice(["enforcement", "accidents"]),
            "period": None if unit is None else chance.choice(["2022-03", "2022-04", "2022"]),
            "version": number if status == "accepted" and unit else None, "rows": chance.choice([None, 0, 3, 12]),
            "returned_at": received if returned else None, "returned_by": "office1" if returned else None,
            "return_reason": "退" if returned else None,
        })  # fmt: skip
    with write_transaction(installation.database_url) as connection:
        connection.execute(insert(submission), rows)
    return installation


def _as_seen(reading: Reading) -> list[RowColumn[Sent]]:
    """The columns of what a reader is given, without any SQL."""
    words, zone = spoken(), reading.zone
    units = {one.code: one.short_name for one in zone.units}
    periods = {code: words.period(code) for code in ("2022", "2022-03", "2022-04")}
    return [
        RowColumn("number", Holds.NUMBER, lambda row: row.number),
        RowColumn("received_at", Holds.DAY, lambda row: zone.calendar.day_of(row.received_at)),
        RowColumn("file_name", Holds.TEXT, lambda row: named(row.file_name, opens=row.opens), searched=True),
        RowColumn("kind", Holds.CHOICE, lambda row: row.kind, words.kinds, searched=True),
        RowColumn("unit", Holds.CHOICE, lambda row: row.unit, units, searched=True),
        RowColumn("period", Holds.CHOICE, lambda row: row.period, periods, searched=True),
        RowColumn("version", Holds.NUMBER, lambda row: row.version),
        RowColumn("rows", Holds.NUMBER, lambda row: row.rows),
        RowColumn("state", Holds.CHOICE, lambda row: row.state, words.states),
        RowColumn("sender", Holds.TEXT, lambda row: row.sender, searched=True),
    ]


def _conditions(holds: dict[str, Holds], days: list[Any]) -> st.SearchStrategy[tuple[RowCondition, ...]]:
    needed = {"blank": 0, "notBlank": 0, "inRange": 2}
    values = {
        Holds.TEXT: st.sampled_from(TEXTS), Holds.CHOICE: st.sampled_from(TEXTS), Holds.NUMBER: st.integers(-1, 61), Holds.DAY: st.sampled_from(days),
    }  # fmt: skip

    def condition(key: str) -> st.SearchStrategy[RowCondition]:
        return st.sampled_from(OPERATORS[holds[key]]).flatmap(
            lambda name: st.tuples(*[values[holds[key]]] * needed.get(name, 1)).map(
                lambda told: RowCondition(key, name, told)
            )
        )

    return st.lists(st.sampled_from(list(holds)), unique=True, max_size=2).flatmap(
        lambda keys: st.tuples(*map(condition, keys))
    )


@pytest.mark.parametrize("role", SCOPES)
def test_what_is_found_is_what_would_be_found_by_hand(filled: Settings, role: str) -> None:
    """For any filters, search, order and range, for whoever may read names and who may not, down to the last page."""
    scope = Scope(filled.zone, Role(role), *SCOPES[role])
    with begin(reader(filled.database_url), scope, filled.today) as reading:
        whole = workbook_list.fetch_rows(reading, RowsWanted(0, 5000), spoken())
        assert whole is not None
        assert whole.total == len(whole.sent) > 10
        assert {one.unit for one in whole.sent} <= {None, scope.unit} or scope.sees_all
        columns = _as_seen(reading)
        holds = {one.key: one.holds for one in columns}
        days = [reading.zone.calendar.day_of(one.received_at) for one in whole.sent]
        orders = st.lists(st.sampled_from(list(holds)), unique=True, max_size=2).flatmap(
            lambda keys: st.tuples(*(st.tuples(st.just(key), st.booleans()) for key in keys))
        )

        @settings(max_examples=how_many(), deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(
            _conditions(holds, days), orders, st.sampled_from(["", "", *TEXTS]), st.integers(0, 55), st.integers(1, 30)
        )
        def holds_true(conditions: Any, order: Any, search: str, start: int, size: int) -> None:
            wanted = RowsWanted(start, start + size, order, conditions, search)
            total, by_hand = chosen_rows(whole.sent, columns, wanted)
            found = workbook_list.fetch_rows(reading, wanted, spoken())
            assert found is not None
            assert (found.total, [one.number for one in found.sent]) == (total, [one.number for one in by_hand])

        holds_true()


@pytest.mark.parametrize(("role", "found"), [("office", True), ("viewer", False)])
def test_a_name_that_is_hidden_is_not_found(filled: Settings, role: str, found: bool) -> None:
    """Neither the name of a file nor that of its sender, by search or by filter."""
    scope = Scope(filled.zone, Role(role), *SCOPES[role])
    asked = (RowsWanted(search="Zhang "), RowsWanted(conditions=(RowCondition("sender", "equals", ("lisi",)),)))
    with begin(reader(filled.database_url), scope, filled.today) as reading:
        pages = [workbook_list.fetch_rows(reading, wanted, spoken()) for wanted in asked]
    assert [page is not None and page.total > 0 for page in pages] == [found, found]


def test_versions_of_what_one_does_not_see_are_not_there(filled: Settings) -> None:
    """A unit's account gets the versions of its own report, and of another's nothing, as if there were none."""
    office, unit = (Scope(filled.zone, Role(role), *SCOPES[role]) for role in ("office", "unit"))
    engine = reader(filled.database_url)
    with begin(engine, office, filled.today) as reading:
        every = workbook_list.fetch_rows(reading, RowsWanted(0, 500), spoken())
        assert every is not None
        accepted = [one for one in every.sent if one.status == "accepted" and one.kind == "enforcement"]
        own, other = (next(one for one in accepted if one.unit == code) for code in ("longtanzi", "shuanglu"))
    with begin(engine, unit, filled.today) as reading:
        found = workbook_list.fetch_rows(reading, RowsWanted(0, 500), spoken(), versions_of=own.number)
        assert found is not None
        assert own.number in {one.number for one in found.sent}
        assert {(one.kind, one.unit, one.period, one.status) for one in found.sent} == {
            ("enforcement", "longtanzi", own.period, "accepted")
        }
        assert workbook_list.fetch_rows(reading, RowsWanted(0, 500), spoken(), versions_of=other.number) is None
        assert workbook_list.fetch_rows(reading, RowsWanted(0, 500), spoken(), versions_of=10**9) is None
