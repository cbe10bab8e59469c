"""Lists of records, filtered, searched, sorted and cut in SQL: the same as if it were done by hand on every row that is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from dashboards.results import cases, told_cases
from dashboards.results.reading import begin
from dashboards.results.record_list import OPERATORS, Holds, RowCondition, RowsWanted, Unasked
from dashboards.results.told_cases import Case
from data.people.scope import Role, Scope, office
from data.schema.enforcement import inspection, reinspection
from data.schema.intake import submission
from data.settings import Settings
from data.store import insert_columns, reader, write_transaction
from data.zone.periods import Month
from data.zone.zone import Zone, read_zone
from tests.fetching import fetched
from tests.how_many import cases as how_many

UNIT, MONTH = "shuanglu", Month(2022, 4)
HOLDS = {
    "number": Holds.TEXT, "enterprise": Holds.TEXT, "sector": Holds.CHOICE, "inspected_on": Holds.DAY, "hazards": Holds.NUMBER,
    "major_hazards": Holds.NUMBER, "rectify_by": Holds.DAY, "due_on": Holds.DAY, "last_reinspected_on": Holds.DAY,
    "state": Holds.CHOICE,
}  # fmt: skip
"""The columns of a list of cases, as METHOD's page promises them."""


ENTERPRISES = ("重庆宏达机械有限公司", "重庆100%石化", "a_b建材", "A_B建材", "华泰'永\\再生", "江津区Zeta厂")


@pytest.fixture
def filled(installation: Settings) -> Settings:
    """Two months' ledgers of a unit with all that a case may be, put straight into the tables; some numbers are names."""
    chance = Random(16)
    with reader(installation.database_url).connect() as connection:
        zone = read_zone(connection, installation.zone)
    with write_transaction(installation.database_url) as connection:
        for number, period in enumerate(("2022-03", "2022-04"), 1):
            connection.execute(insert(submission).values(_submission(number, period)))
        insert_columns(connection, inspection, _columns([_inspection(zone, place, chance) for place in range(90)]))
        insert_columns(connection, reinspection, _columns([_reinspection(place, chance) for place in range(70)]))
    return installation


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {key: [row[key] for row in rows] for key in rows[0]}


def _submission(number: int, period: str) -> dict[str, Any]:
    received = datetime.fromisoformat(f"{period}-28T10:00:00+08:00")
    columns = {key: "ABCDEFGHIJ"[at] for at, key in enumerate(("number", "hazards", "rectify_by", "conclusion"))}
    table = {"sheet": "台账", "table": "执法检查台账", "header_row": 1, "columns": columns}
    return {
        "zone": "shuangqiao", "submission": number, "status": "accepted", "sha256": f"{number:064x}", "file_name": f"{number}.xlsx",
        "sender": "office", "received_at": received, "checked_at": received, "note": "", "kind": "enforcement", "unit": UNIT,
        "period": period, "version": 1, "rows": 90, "layout": {"ledger": table, "follow_ups": {**table, "sheet": "复查"}},
    }  # fmt: skip


def _inspection(zone: Zone, place: int, chance: Random) -> dict[str, Any]:
    on = date(2022, 3, 1) + timedelta(days=chance.randrange(45))
    hazards = chance.choice((0, 1, 2, 12))
    by = on + timedelta(days=chance.randrange(40)) if hazards else None
    due = zone.calendar.due_day(by, on) if by else None
    again = on + timedelta(days=chance.randrange(60)) if hazards and chance.random() < 0.4 else None
    return {
        "zone": zone.code, "submission": 1 + place % 2, "row": 2 + place, "unit": UNIT, "period": ("2022-03", "2022-04")[place % 2],
        "number": _number(place), "number_key": f"n{place}", "inspected_on": on, "enterprise": chance.choice(ENTERPRISES),
        "enterprise_key": "e", "sector": chance.choice(list(zone.sectors)), "hazards": hazards,
        "major_hazards": chance.choice((0, 0, 1)) if hazards else 0, "rectify_by": by, "due_on": due,
        "due_month": None if due is None else str(zone.calendar.month_of(due)), "penalised": False, "reinspected_on": again,
        "conclusion": chance.choice(("合格", "不合格")) if again else None,
    }  # fmt: skip


def _number(place: int) -> str:
    return "张三丰" if place % 11 == 0 else f"渝检〔2022〕{place}号"


def _reinspection(place: int, chance: Random) -> dict[str, Any]:
    case = chance.randrange(40)
    on = date(2022, 3, 10) + timedelta(days=chance.randrange(50)) if chance.random() < 0.9 else None
    return {
        "zone": "shuangqiao", "submission": 1 + place % 2, "row": 2 + place, "unit": UNIT, "period": ("2022-03", "2022-04")[place % 2],
        "number": _number(case), "number_key": f"n{case}", "reinspected_on": on,
        "conclusion": chance.choice(("合格", "不合格")) if on else None,
    }  # fmt: skip


def _values(one: Case, month_ends: date, sectors: Sequence[str]) -> dict[str, Any]:
    """What a row shows, and what it is sorted by."""
    return {
        "row": one.told[0].row, "number": one.number, "enterprise": one.enterprise, "sector": one.sector, "inspected_on": one.inspected_on,
        "hazards": one.hazards, "major_hazards": one.major_hazards, "rectify_by": one.rectify_by, "due_on": one.due_on,
        "last_reinspected_on": one.last_reinspected_on, "state": told_cases.states()[one.state(month_ends)],
        "places": {"sector": sectors.index(one.sector), "state": list(told_cases.states()).index(one.state(month_ends))},
    }  # fmt: skip


def _fits(value: Any, holds: Holds, condition: RowCondition) -> bool:
    """What the words of a filter mean."""
    first, last = (*condition.values, None, None)[:2]
    if holds in {Holds.TEXT, Holds.CHOICE} and value is not None:
        value, first = value.lower(), str(first or "").lower()
    blank = value is None or value == ""
    meant: Mapping[str, Callable[[], bool]] = {
        "contains": lambda: not blank and first in value,
        "notContains": lambda: blank or first not in value,
        "equals": lambda: value is not None and value == first,
        "notEqual": lambda: value is None or value != first,
        "startsWith": lambda: not blank and value.startswith(first),
        "endsWith": lambda: not blank and value.endswith(first),
        "blank": lambda: blank,
        "notBlank": lambda: not blank,
        "lessThan": lambda: value is not None and value < first,
        "lessThanOrEqual": lambda: value is not None and value <= first,
        "greaterThan": lambda: value is not None and value > first,
        "greaterThanOrEqual": lambda: value is not None and value >= first,
        "inRange": lambda: value is not None and first <= value <= last,
    }
    return meant[condition.operator]()


def _by_hand(rows: Sequence[dict[str, Any]], wanted: RowsWanted) -> list[dict[str, Any]]:
    """What is wanted of rows in the list's own order, without any SQL."""
    found = [row for row in rows if all(_fits(row[one.key], HOLDS[one.key], one) for one in wanted.conditions)]
    if wanted.search:
        text = wanted.search.lower()
        found = [row for row in found if any(text in row[key].lower() for key in ("number", "enterprise", "sector"))]
    for key, descending in reversed(wanted.sort):
        known, unknown = ([row for row in found if (row[key] is None) is empty] for empty in (False, True))
        found = (
            sorted(known, key=lambda row: row["places"].get(key, row[key]), reverse=descending) + unknown
        )  # used at once
    return found


def _wanted(rows: Sequence[dict[str, Any]]) -> st.SearchStrategy[RowsWanted]:
    """Filters by what stands in the rows and by what does not, up to two orders, a search."""

    def values(key: str) -> st.SearchStrategy[Any]:
        there = [row[key] for row in rows if row[key] is not None] or [None]
        match HOLDS[key]:
            case Holds.TEXT | Holds.CHOICE:
                part = st.sampled_from(there).flatmap(
                    lambda text: st.tuples(st.integers(0, len(text)), st.integers(1, 8)).map(
                        lambda at: text[at[0] : at[0] + at[1]]
                    )
                )
                return st.one_of(st.sampled_from(there), part, st.sampled_from(["%", "_", "'", "\\", "渝", "ZZ", ""]))
            case Holds.NUMBER:
                return st.one_of(st.sampled_from(there), st.integers(-2, 9), st.just(1.5))
            case _:
                near = st.sampled_from(there).map(lambda day: (day or date(2022, 4, 1)) + timedelta(days=1))
                return st.one_of(st.sampled_from(there).filter(bool), near)

    def condition(key: str) -> st.SearchStrategy[RowCondition]:
        needed = {"blank": 0, "notBlank": 0, "inRange": 2}
        return st.sampled_from(OPERATORS[HOLDS[key]]).flatmap(
            lambda name: st.tuples(*[values(key)] * needed.get(name, 1)).map(lambda told: RowCondition(key, name, told))
        )

    conditions = st.lists(st.sampled_from(list(HOLDS)), unique=True, max_size=2).flatmap(
        lambda keys: st.tuples(*map(condition, keys))
    )
    orders = st.lists(st.sampled_from(list(HOLDS)), unique=True, max_size=2).flatmap(
        lambda keys: st.tuples(*(st.tuples(st.just(key), st.booleans()) for key in keys))
    )
    searches = st.one_of(st.just(""), values("enterprise").filter(lambda text: text.strip() == text), st.just("%"))
    return st.builds(lambda c, o, s: RowsWanted(0, 5000, o, c, s), conditions, orders, searches)


def _everything(settings_: Settings, scope: Scope, measure: str) -> list[Case]:
    """All cases behind a figure, page by page, in the list's own order."""
    found: list[Case] = []
    engine = reader(settings_.database_url)
    while True:
        page = fetched(
            engine, scope, cases.fetch, UNIT, MONTH, measure, page=len(found) // 200, size=200, fixed_today=settings_.today
        )  # fmt: skip
        found += page.cases
        if len(found) >= page.total:
            return found


@pytest.mark.parametrize("role", [Role.OFFICE, Role.VIEWER])
def test_filter_search_order_and_cut_are_those_of_the_rows_that_are_shown(filled: Settings, role: Role) -> None:
    """For any filters, order and search, for whoever may read names and who may not: SQL gives what one would find by hand."""
    scope = Scope(filled.zone, role, "somebody")
    with begin(reader(filled.database_url), scope, filled.today) as reading:
        ends, sectors = reading.zone.calendar.last_day(MONTH), list(reading.zone.sectors.values())
        rows = {
            measure: [_values(one, ends, sectors) for one in _everything(filled, scope, measure)]
            for measure in ("inspections", "due_cases")
        }
        assert all(len(found) > 5 for found in rows.values())
        assert {row["state"] for found in rows.values() for row in found} == set(told_cases.states().values())

        @settings(max_examples=how_many(), deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(st.data())
        def holds(data: st.DataObject) -> None:
            measure = data.draw(st.sampled_from(list(rows)))
            wanted = data.draw(_wanted(rows[measure]))
            by_hand = _by_hand(rows[measure], wanted)
            found = cases.fetch_rows(reading, UNIT, MONTH, measure, wanted)
            assert [one.told[0].row for one in found.cases] == [row["row"] for row in by_hand]
            assert found.total == len(by_hand)
            size = data.draw(st.integers(1, 9))
            cut = [
                one.told[0].row
                for start in range(0, max(len(by_hand), 1), size)
                for one in cases.fetch_rows(
                    reading,
                    UNIT,
                    MONTH,
                    measure,
                    RowsWanted(start, start + size, wanted.sort, wanted.conditions, wanted.search),
                ).cases
            ]
            assert cut == [row["row"] for row in by_hand], "all pages together are all rows"

        holds()


@pytest.mark.parametrize(
    "wanted",
    [
        RowsWanted(sort=(("inspectors", False),)),
        RowsWanted(sort=(("number_key", True),)),
        RowsWanted(conditions=(RowCondition("remark", "contains", ("张",)),)),
        RowsWanted(conditions=(RowCondition("number", "lessThan", ("1",)),)),
        RowsWanted(conditions=(RowCondition("state", "startsWith", ("未",)),)),
        RowsWanted(conditions=(RowCondition("hazards", "equals", ("1",)),)),
        RowsWanted(conditions=(RowCondition("hazards", "equals", (float("nan"),)),)),
        RowsWanted(conditions=(RowCondition("hazards", "equals", (10**30,)),)),
        RowsWanted(conditions=(RowCondition("due_on", "equals", (datetime(2022, 4, 1),)),)),  # noqa: DTZ001
        RowsWanted(conditions=(RowCondition("due_on", "inRange", (date(2022, 4, 1),)),)),
        RowsWanted(conditions=(RowCondition("enterprise", "contains", ("\0",)),)),
        RowsWanted(conditions=(RowCondition("enterprise", "contains", ("\ud800",)),)),
        RowsWanted(conditions=(RowCondition("enterprise", "contains", ("x" * 201,)),)),
    ],
    ids=str,
)
def test_what_the_list_does_not_have_cannot_be_asked_for(sqlite_installation: Settings, wanted: RowsWanted) -> None:
    """Columns of the table that the list does not show, filters of another type, values no database takes."""
    with pytest.raises(Unasked):
        fetched(
            reader(sqlite_installation.database_url), office("shuangqiao"), cases.fetch_rows, UNIT, MONTH, "inspections", wanted
        )  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10**9)])
def test_a_range_is_one(start: int, end: int) -> None:
    """No rows before the first, none backwards, none without end."""
    with pytest.raises(Unasked):
        RowsWanted(start, end)


@pytest.mark.parametrize(("role", "found"), [(Role.OFFICE, 9), (Role.VIEWER, 0)])
def test_what_is_hidden_is_not_found_either(filled: Settings, role: Role, found: int) -> None:
    """A name that a clerk typed for a document's number: no filter and no search tells that it is there."""
    scope, engine = Scope(filled.zone, role, "somebody"), reader(filled.database_url)
    named = (RowsWanted(conditions=(RowCondition("number", "contains", ("张三",)),)), RowsWanted(search="三丰"))
    for wanted in named:
        page = fetched(engine, scope, cases.fetch_rows, UNIT, MONTH, "inspections", wanted, fixed_today=filled.today)
        other = fetched(
            engine, scope, cases.fetch_rows, UNIT, Month(2022, 3), "inspections", wanted, fixed_today=filled.today
        )
        assert page.total + other.total == found
