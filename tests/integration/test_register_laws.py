"""The register and front-line duty of random lists and ledgers are those of a second computation, to the last finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from dashboards.results import frontline, register
from dashboards.results.reading import Reading
from data.people.scope import office
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.zone.periods import Month
from data.zone.zone import read_zone
from tests.integration.drawn_papers import ZONE, Kept, as_papers, copied_database, drawn_paper, write_papers
from tests.integration.plan_sources import expected_on, told_on
from tests.oracle import register as oracle
from tests.oracle.plan_figures import of_register

TODAY = date(2023, 2, 10)
UNITS = ("longtanzi", "shuanglu", "economy", "fire")
CODES = ("91502914MA3FQEFLC0", "91506914MAHTYUCA4W", "91508177MAQ2GEPXEQ")
DAYS = st.sampled_from([
    date(2021, 12, 31), date(2022, 1, 1), date(2022, 5, 31), date(2022, 6, 1), date(2022, 6, 29), date(2022, 6, 30),
    date(2022, 7, 1), date(2022, 8, 31), date(2022, 9, 29), date(2022, 9, 30), date(2022, 10, 1), date(2022, 12, 30), date(2022, 12, 31),
    date(2023, 1, 1),
])  # fmt: skip
"""The day before, of and after what decides: due days, thirty days before them, the turns of months and years."""
AS_OF = DAYS | st.dates(date(2021, 12, 1), TODAY)
"""T: one of these days, or any of the record."""
MONTHS = st.sampled_from(["2022-05", "2022-06", "2022-07", "2022-09", "2022-12", "2023-01"])
SECTORS = ("industry_trade", "construction")

_LISTED = st.fixed_dictionaries({
    "credit_code": st.sampled_from(CODES), "name": st.sampled_from(["甲公司", "甲 公司", "乙公司"]),
    "sector": st.sampled_from(SECTORS), "territory": st.sampled_from(["longtanzi", "shuanglu"]),
    "department": st.sampled_from([None, "economy", "fire"]), "size": st.sampled_from(["规上工业", "资质建筑", "其他"]),
    "key_industry": st.booleans(), "high_risk": st.booleans(), "pilot": st.booleans(), "grade": st.sampled_from([None, "二级"]),
    "chief_engineer": st.booleans(), "starts_on": st.none() | DAYS, "ends_on": st.none() | DAYS,
})  # fmt: skip
_TOLD = st.fixed_dictionaries({
    "credit_code": st.sampled_from([*CODES, "91500000000000000A"]),
    **{one: st.sampled_from([True, True, True, False]) for one in oracle.DOCUMENTS},
    "completed_on": st.none() | DAYS,
})  # fmt: skip
_INSPECTED = st.fixed_dictionaries({
    "credit_code": st.none() | st.sampled_from([*CODES, "91500000000000000B"]), "day": st.integers(1, 28),
})  # fmt: skip


def _without_overlaps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one list as it would be accepted: of a code none that speaks of a day of an earlier one."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        first, last = row["starts_on"] or date.min, row["ends_on"] or date.max
        others = [one for one in kept if one["credit_code"] == row["credit_code"]]
        if first <= last and all(
            last < (one["starts_on"] or date.min) or (one["ends_on"] or date.max) < first for one in others
        ):
            kept.append(row)
    return kept


def _paper(kind: str, periods: st.SearchStrategy[str], rows: st.SearchStrategy[list[dict[str, Any]]]) -> Any:
    return drawn_paper(kind, UNITS, periods, st.dates(date(2022, 1, 1), TODAY), rows)


PAPERS = st.tuples(
    st.lists(_paper("enterprises", st.sampled_from(["2021", "2022", "2023"]), st.lists(_LISTED, max_size=5).map(_without_overlaps)),
             min_size=1, max_size=5),
    st.lists(_paper("frontline", MONTHS, st.lists(_TOLD, max_size=4)), max_size=5),
    st.lists(_paper("enforcement", MONTHS, st.lists(_INSPECTED, max_size=4)), max_size=4),
).map(lambda parts: [one for part in parts for one in part])  # fmt: skip

_LISTED_ALONE = {
    "credit_code": CODES[0], "name": "甲公司", "sector": "construction", "territory": "longtanzi", "department": None, "size": "其他",
    "key_industry": False, "high_risk": False, "pilot": True, "grade": None, "chief_engineer": False, "starts_on": None, "ends_on": None,
}  # fmt: skip
_DONE_BEFORE = {
    "credit_code": CODES[0],
    **dict.fromkeys(oracle.DOCUMENTS, True),
    "completed_on": date(2022, 6, 29),
}
LATER_MONTH: list[Any] = [
    ("enterprises", "longtanzi", "2022", date(2022, 3, 1), None, [_LISTED_ALONE]),
    ("frontline", "longtanzi", "2022-07", date(2022, 8, 2), None, [_DONE_BEFORE]),
]
"""July's ledger tells of what was done before the due day: as of 1 July it counts, as of 30 June it is not seen."""
EMPTIED: list[Any] = [
    ("enterprises", "longtanzi", "2021", date(2022, 1, 1), None, [_LISTED_ALONE]),
    ("enterprises", "longtanzi", "2022", date(2022, 1, 1), None, []),
]
"""The list of a year without a row replaces that of the year before."""


def _as_papers(drawn: list[Any]) -> list[oracle.Paper]:
    """Workbooks as they were drawn, each inspection on a day of its month."""
    return as_papers([(*one, _dated(one[0], one[2], rows)) for *one, rows in drawn])


def _dated(kind: str, period: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inspections lie in the month of their ledger."""
    if kind != "enforcement":
        return rows
    return [
        {"credit_code": one["credit_code"], "inspected_on": date.fromisoformat(f"{period}-{one['day']:02}")}
        for one in rows
    ]


@pytest.fixture(scope="module")
def connection(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A copy of an initialised database, in which each case is written and taken back."""
    with copied_database(sqlite_template, tmp_path_factory.mktemp("laws")) as one:
        yield one


KEPT = {
    "enterprises": Kept(enterprise, lambda _row: {}),
    "frontline": Kept(frontline_duty, lambda _row: {"enterprise": "某公司"}),
    "enforcement": Kept(inspection, lambda row: {
        "number": str(row), "number_key": str(row), "enterprise": "某公司", "enterprise_key": "某公司", "sector": "gas",
        "hazards": 0, "major_hazards": 0, "penalised": False,
    }),
}  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example(LATER_MONTH, date(2022, 7, 1), TODAY)
@example(EMPTIED, date(2022, 1, 1), TODAY)
@given(PAPERS, AS_OF, st.dates(date(2022, 1, 1), TODAY) | st.just(TODAY))
def test_reports_are_those_of_a_second_computation(
    connection: Connection, drawn: list[Any], day: date, known_by: date
) -> None:
    """An enterprise on its last day, a code of two units, two units' rows of a month, days around a due day, versions, returns.

    The figures that the work plan has of them are held too, of the due day before as well.
    """
    papers = _as_papers(drawn)
    with connection.begin() as transaction:
        write_papers(connection, papers, KEPT)
        reading = Reading(connection, office(ZONE), TODAY)
        asked = oracle.Asked(day, known_by, dict(read_zone(connection, ZONE).sectors))
        of = {"as_of": day, "known_by": known_by}
        told = register.as_dict(register.fetch(reading, Month.of(day), **of))
        batches = frontline.as_dict(frontline.fetch(reading, Month.of(day), **of))["batches"]
        figures = expected_on(day, lambda one: of_register(papers, oracle.Asked(one, known_by, asked.sectors)))
        assert told_on(reading, day, known_by, figures) == figures
        transaction.rollback()
    assert {
        key: told[key] for key in told.keys() - {"report", "period", "as_of", "known_by"}
    } == oracle.register_report(papers, asked)
    assert batches == oracle.frontline_report(papers, asked)
