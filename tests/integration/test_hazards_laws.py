"""The hazards of random ledgers are those of a second computation, to the last month in which two ledgers differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from dashboards.results import hazards, register
from dashboards.results.reading import Reading
from data.people.scope import Role, Scope, office
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise
from data.schema.hazards import GRADES, hazard
from data.zone.periods import Month, Year
from data.zone.zone import read_zone
from tests.integration.drawn_papers import ZONE, Kept, as_papers, copied_database, write_papers
from tests.integration.plan_sources import expected_on, told_on
from tests.oracle import hazards as oracle
from tests.oracle.plan_figures import of_hazards
from tests.oracle.register import Asked, last_day, month, register_report

TODAY = date(2023, 2, 10)
_DAY = timedelta(days=1)
CODES = ("91502914MA3FQEFLC0", "91506914MAHTYUCA4W")
DAYS = st.sampled_from([
    date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 30), date(2022, 1, 31), date(2022, 2, 1), date(2022, 3, 31), date(2022, 6, 29),
    date(2022, 12, 30),
]) | st.dates(date(2021, 12, 1), date(2022, 12, 30))  # fmt: skip
"""T: around the turns of the year and of a month, within the first months of a year and late in one, or any day of the record."""
AGES = (0, 1, 29, 30, 31, 32, 89, 90, 91, 92, 179, 180, 181, 182)
UNITS = ("longtanzi", "shuanglu", "economy")


@st.composite
def _hazard(draw: st.DrawFn, day: date) -> dict[str, Any]:
    """A row as it would be accepted: deadline and crossing off not before the finding, both on, before or after what decides."""
    turn = date(day.year, 1, 1)
    found = draw(
        st.sampled_from([day - timedelta(days=age) for age in AGES] + [day + _DAY, turn - _DAY, turn, turn + _DAY])
    )
    ends = [day - timedelta(days=age) for age in (*AGES, -1)] + [turn - _DAY, turn, turn + _DAY]
    by = draw(st.sampled_from([one for one in ends if one >= found] or [found]))
    near = [by - _DAY, by, by + _DAY, day, day + _DAY, turn - _DAY, turn]
    return {
        "number_key": draw(st.sampled_from("123456")), "found_on": found, "rectify_by": by,
        "crossed_off_on": draw(st.none() | st.sampled_from([one for one in near if one >= found] or [found])),
        "grade": draw(st.sampled_from(GRADES)), "sector": draw(st.sampled_from(["industry_trade", "construction"])),
        "level": draw(st.sampled_from([None, "部门级", "企业级"])), "credit_code": draw(st.sampled_from([None, *CODES])),
    }  # fmt: skip


def _inspected(period: str, day: date) -> st.SearchStrategy[dict[str, Any]]:
    """On a day of the ledger's month; in T's own month around T."""
    near = [day - _DAY, day, day + _DAY, date.fromisoformat(f"{period}-28")]
    return st.fixed_dictionaries({
        "inspected_on": st.sampled_from([one for one in near if month(one) == period]), "major_hazards": st.integers(0, 2),
        "credit_code": st.none(),
    })  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Any], date, date]:
    """Workbooks, T, and the day by which they were known: most were, in whatever order they came."""
    day = draw(DAYS)
    months = [month(day - timedelta(days=back)) for back in (0, 31, 62, 120, 200)] + [month(day + timedelta(days=32))]
    drawn: list[Any] = []
    for _ in range(draw(st.integers(3, 7))):
        period = draw(st.sampled_from(months))
        kind = draw(st.sampled_from(["hazards", "hazards", "hazards", "enforcement"]))
        row = _hazard(day) if kind == "hazards" else _inspected(period, day)
        rows = draw(st.lists(row, min_size=2, max_size=6, unique_by=lambda one: one.get("number_key") or id(one)))
        if kind == "hazards":
            rows = [one for one in rows if one["found_on"] <= last_day(period)]
        received = draw(st.dates(last_day(period), TODAY))
        returned_after = draw(st.sampled_from([None, None, None, None, 0, 60]))
        drawn.append((kind, draw(st.sampled_from(UNITS)), period, received, returned_after, rows))
    known_by = draw(st.sampled_from([TODAY, TODAY, TODAY, date(2022, 7, 1), date(2022, 2, 5)]))
    return drawn, day, known_by


_LISTED = (
    "enterprises", "economy", "2021", date(2021, 3, 1), None,
    [{
        "credit_code": CODES[0], "name": "甲公司", "sector": "construction", "territory": "longtanzi", "department": None, "size": "其他",
        "key_industry": False, "high_risk": False, "pilot": False, "chief_engineer": False, "starts_on": None, "ends_on": None,
    }],
)  # fmt: skip
KEPT = {
    "enterprises": Kept(enterprise, lambda _row: {}),
    "hazards": Kept(hazard, lambda row: {"number": str(row), "enterprise": "某公司", "description": "堵塞"}),
    "enforcement": Kept(inspection, lambda row: {
        "number": str(row), "number_key": str(row), "enterprise": "某公司", "enterprise_key": "某公司", "sector": "gas",
        "hazards": 9, "penalised": False,
    }),
}  # fmt: skip


def _of(number: str, found_on: date, crossed_off_on: date | None) -> dict[str, Any]:
    return {
        "number_key": number, "found_on": found_on, "rectify_by": found_on, "crossed_off_on": crossed_off_on, "grade": GRADES[1],
        "sector": "construction", "level": None, "credit_code": CODES[1],
    }  # fmt: skip


FALLING: list[Any] = [
    ("hazards", "economy", "2021-09", date(2021, 10, 1), None, [_of(one, date(2021, 9, 30), None) for one in "123"]),
    ("hazards", "economy", "2022-01", date(2022, 2, 1), None, [
        _of("1", date(2021, 9, 30), date(2021, 12, 31)), _of("2", date(2021, 9, 30), date(2022, 1, 31))]),
]  # fmt: skip
"""On 30 January one has fallen since September's end, on the 31st one since October's: the year turns within the three months."""


@pytest.fixture(scope="module")
def connection(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A copy of an initialised database, in which each case is written and taken back."""
    with copied_database(sqlite_template, tmp_path_factory.mktemp("laws")) as one:
        yield one


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example((FALLING, date(2022, 1, 30), TODAY))
@example((FALLING, date(2022, 1, 31), TODAY))
@given(cases())
def test_report_is_that_of_a_second_computation(connection: Connection, case: tuple[list[Any], date, date]) -> None:
    """Deadlines and crossings off around a day, one hazard told by several ledgers, versions, returns, years' turns.

    What the register's findings know of hazards is held too, what is read of one enterprise alone, and the work plan's figures.
    """
    drawn, day, known_by = case
    papers = as_papers([_LISTED, *drawn])
    with connection.begin() as transaction:
        write_papers(connection, papers, KEPT)
        reading = Reading(connection, office(ZONE), TODAY)
        zone = read_zone(connection, ZONE)
        asked = Asked(day, known_by, dict(zone.sectors))
        of = {"as_of": day, "known_by": known_by}
        told = hazards.as_dict(hazards.fetch(reading, Month.of(day), **of))
        findings = register.as_dict(register.fetch(reading, Month.of(day), **of))["findings"]
        figures = expected_on(day, lambda one: of_hazards(papers, Asked(one, known_by, asked.sectors)))
        assert told_on(reading, day, known_by, figures) == figures
        for scope in (office(ZONE), Scope(ZONE, Role.UNIT, "clerk", "economy")):
            reading = Reading(connection, scope, TODAY)
            now = hazards.fetch(reading, Year(TODAY.year)).found.rows
            for code in CODES:
                assert hazards.of_enterprise(reading, code) == [one for one in now if one.credit_code == code]
        transaction.rollback()
    names = {unit.code: unit.name for unit in zone.units_of(Month.of(day))}
    expected = oracle.hazards_report(papers, asked, names)
    assert {key: told[key] for key in told.keys() - {"report", "period", "as_of", "known_by"}} == expected
    assert findings == register_report(papers, asked)["findings"]
