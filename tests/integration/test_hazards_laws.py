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
from data.people.scope import office
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise
from data.schema.hazards import GRADES, hazard
from data.zone.periods import Month
from data.zone.zone import read_zone
from tests.integration.drawn_papers import ZONE, Kept, as_papers, copied_database, drawn_paper, write_papers
from tests.oracle import hazards as oracle
from tests.oracle.register import Asked, last_day, register_report

TODAY = date(2023, 2, 10)
UNITS = ("longtanzi", "shuanglu", "economy")
CODES = ("91502914MA3FQEFLC0", "91506914MAHTYUCA4W")
TURNS = [
    date(2021, 9, 30),
    date(2021, 12, 31),
    date(2022, 1, 31),
    date(2022, 3, 31),
    date(2022, 4, 30),
    date(2022, 6, 30),
]
DAYS = st.sampled_from([day + timedelta(days=off) for day in TURNS for off in (-1, 0, 1)])
"""The day before, of and after what decides: the turns of months and years, on which deadlines fall too."""
AGES = st.sampled_from([0, 1, 29, 30, 31, 60, 89, 90, 91, 92, 180, 181])
MONTHS = st.sampled_from(["2021-09", "2021-12", "2022-01", "2022-03", "2022-04", "2022-06"])


def _hazard(told: dict[str, Any]) -> dict[str, Any]:
    """A row as it would be accepted: deadline and crossing off not before the finding, which may be long ago."""
    found = told["day"] - timedelta(days=told.pop("ago"))
    by, crossed_off = found + timedelta(days=told.pop("allowed")), told.pop("crossed_off_after")
    del told["day"]
    return {
        **told,
        "found_on": found,
        "rectify_by": by,
        "crossed_off_on": None if crossed_off is None else found + timedelta(days=crossed_off),
    }


_HAZARD = st.fixed_dictionaries({
    "number_key": st.sampled_from("123"), "day": DAYS, "ago": AGES, "allowed": AGES, "crossed_off_after": st.none() | AGES,
    "grade": st.sampled_from(GRADES), "sector": st.sampled_from(["industry_trade", "construction"]),
    "level": st.sampled_from([None, "部门级", "企业级"]), "credit_code": st.sampled_from([None, *CODES]),
}).map(_hazard)  # fmt: skip
_INSPECTED = st.fixed_dictionaries({"day": st.sampled_from([1, 28]), "major_hazards": st.integers(0, 2)})


def _paper(kind: str, rows: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return drawn_paper(kind, UNITS, MONTHS, st.dates(date(2021, 10, 1), TODAY), rows)


PAPERS = st.tuples(
    st.lists(_paper("hazards", st.lists(_HAZARD, max_size=3, unique_by=lambda one: one["number_key"])), min_size=1, max_size=8),
    st.lists(_paper("enforcement", st.lists(_INSPECTED, max_size=3)), max_size=3),
).map(lambda parts: [one for part in parts for one in part])  # fmt: skip

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


def _as_accepted(kind: str, period: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Hazards found by the end of their ledger's month, inspections on a day of it."""
    if kind == "hazards":
        return [row for row in rows if row["found_on"] <= last_day(period)]
    if kind == "enforcement":
        return [
            {
                "major_hazards": row["major_hazards"],
                "credit_code": None,
                "inspected_on": date.fromisoformat(f"{period}-{row['day']:02}"),
            }
            for row in rows
        ]
    return rows


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
@example(FALLING, date(2022, 1, 30), TODAY)
@example(FALLING, date(2022, 1, 31), TODAY)
@given(PAPERS, DAYS, st.dates(date(2021, 10, 1), TODAY) | st.just(TODAY))
def test_report_is_that_of_a_second_computation(
    connection: Connection, drawn: list[Any], day: date, known_by: date
) -> None:
    """Deadlines and crossings off around a day, one hazard told by several ledgers, versions, returns, years' turns.

    What the register's findings know of hazards is held too.
    """
    papers = as_papers([_LISTED, *((*one, _as_accepted(one[0], one[2], rows)) for *one, rows in drawn)])
    with connection.begin() as transaction:
        write_papers(connection, papers, KEPT)
        reading = Reading(connection, office(ZONE), TODAY)
        zone = read_zone(connection, ZONE)
        asked = Asked(day, known_by, dict(zone.sectors))
        of = {"as_of": day, "known_by": known_by}
        told = hazards.as_dict(hazards.fetch(reading, Month.of(day), **of))
        findings = register.as_dict(register.fetch(reading, Month.of(day), **of))["findings"]
        transaction.rollback()
    names = {unit.code: unit.name for unit in zone.units_of(Month.of(day))}
    expected = oracle.hazards_report(papers, asked, names)
    assert {key: told[key] for key in told.keys() - {"report", "period", "as_of", "known_by"}} == expected
    assert findings == register_report(papers, asked)["findings"]
