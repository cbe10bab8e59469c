"""Supervision and tip-offs of random ledgers are those of a second computation, to the last yuan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from dashboards.results import supervision, tipoffs
from dashboards.results.reading import Reading
from data.people.scope import office
from data.rollup import told_columns
from data.schema.intake import submission
from data.schema.supervision import METHODS, supervision_finding
from data.schema.tipoffs import TYPES, tipoff
from data.store import writer
from data.zone.periods import Month
from data.zone.zone import read_zone
from tests.integration.plan_sources import expected_on, told_on
from tests.oracle import supervision as oracle
from tests.oracle.plan_figures import of_supervision, of_tipoffs
from tests.oracle.register import Asked, Paper
from tests.oracle.work_plan import Figure

ZONE = "shuangqiao"
TODAY = date(2023, 2, 10)
DAY = timedelta(days=1)
T = date(2022, 6, 30)
DAYS = st.sampled_from([
    date(2021, 12, 31), date(2022, 1, 1), T - 61 * DAY, T - 60 * DAY, T - 59 * DAY, date(2022, 5, 31), date(2022, 6, 29), T,
    date(2022, 7, 1), date(2022, 8, 29), date(2022, 8, 30), date(2022, 12, 30), date(2022, 12, 31), date(2023, 1, 1),
])  # fmt: skip
"""The day before, of and after what decides: sixty days, and the turns of months and years."""
AS_OF = DAYS | st.dates(date(2021, 12, 1), TODAY)
"""T: one of these days, or any of the record."""
MONTHS = ("2021-12", "2022-05", "2022-06", "2022-07", "2022-12", "2023-01")
NUMBERS = st.sampled_from(["1号", "2号", "3号"])

_FINDING = st.fixed_dictionaries({
    "number_key": NUMBERS, "ordered_on": DAYS, "method": st.sampled_from(METHODS),
    "supervised": st.sampled_from(["longtanzi", "economy", "fire"]), "due_on": st.none() | DAYS, "answered_on": st.none() | DAYS,
    "exposed": st.booleans(), "closed_on": st.none() | DAYS,
})  # fmt: skip
_CASE = st.fixed_dictionaries({
    "number_key": NUMBERS, "received_on": DAYS, "type": st.sampled_from(TYPES),
    "sector": st.sampled_from([None, "fireworks", "chemicals", "gas"]), "substantiated": st.booleans(),
    "reward_yuan": st.none() | st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("99999.99")]),
    "paid_on": st.none() | DAYS, "closed_on": st.none() | DAYS,
})  # fmt: skip


def _in_order(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it would be accepted: nothing was done before the thing began."""
    begun = row.get("ordered_on") or row["received_on"]
    done = {key: row[key] for key in ("answered_on", "closed_on", "paid_on") if row.get(key) is not None}
    return {**row, **{key: day if day >= begun else None for key, day in done.items()}}


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["number_key"]: row for row in rows}.values())


def _paper(kind: str, units: list[str], row: st.SearchStrategy[dict[str, Any]]) -> Any:
    rows = st.lists(row.map(_in_order), max_size=3).map(_once)
    received, returned_after = st.dates(date(2022, 1, 1), TODAY), st.none() | st.integers(0, 60)
    return st.tuples(st.just(kind), st.sampled_from(units), st.sampled_from(MONTHS), received, returned_after, rows)


PAPERS = st.tuples(
    st.lists(_paper("supervision", ["emergency", "economy"], _FINDING), max_size=6),
    st.lists(_paper("tipoffs", ["longtanzi", "fire"], _CASE), max_size=6),
).map(lambda parts: [one for part in parts for one in part])
"""The office may have been another unit once: both told of one finding under one number."""


def _told(number: str, ordered_on: date, due_on: date | None, answered_on: date | None = None) -> dict[str, Any]:
    return {
        "number_key": number, "ordered_on": ordered_on, "method": METHODS[0], "supervised": "fire", "due_on": due_on,
        "answered_on": answered_on, "exposed": False, "closed_on": None,
    }  # fmt: skip


LATER_IN_AN_EARLIER_MONTH: list[Any] = [
    ("supervision", "emergency", "2022-06", date(2022, 7, 2), None, [_told("1号", T - DAY, T, T)]),
    ("supervision", "emergency", "2022-05", date(2022, 8, 2), None, [_told("1号", date(2022, 5, 31), T - DAY)]),
]
"""May's ledger, corrected after June's came, is no news: the latest period counts, whenever it came."""


def _as_papers(drawn: list[Any]) -> list[Paper]:
    """Workbooks as they were drawn, with the version that each is, and no two received at one moment."""
    versions: dict[tuple[str, str, str], int] = {}
    papers = []
    for number, (kind, unit, period, received, returned_after, rows) in enumerate(drawn):
        version = versions[kind, unit, period] = versions.get((kind, unit, period), 0) + 1
        at = datetime.combine(received, time(4, number), UTC)
        returned = None if returned_after is None else received + timedelta(days=returned_after)
        papers.append(Paper(kind, unit, period, version, received, at, returned, rows))
    return papers


@pytest.fixture(scope="module")
def connection(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A copy of an initialised database, in which each case is written and taken back."""
    path = tmp_path_factory.mktemp("laws") / "supervision.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = writer(f"sqlite:///{path}")
    with engine.connect() as one:
        yield one
    engine.dispose()


def _write(connection: Connection, papers: list[Paper]) -> None:
    for number, paper in enumerate(papers, start=1):
        returned = None if paper.returned_on is None else datetime.combine(paper.returned_on, time(5), UTC)
        connection.execute(insert(submission), {
            "zone": ZONE, "submission": number, "status": "accepted", "sha256": "0" * 64, "file_name": "表.xlsx", "sender": "office",
            "received_at": paper.received_at, "kind": paper.kind, "unit": paper.unit, "period": paper.period,
            "version": paper.version, "rows": len(paper.rows), "note": "", "returned_at": returned, "asks": False,
        })  # fmt: skip
        key = {"zone": ZONE, "submission": number, "period": paper.period}
        for place, row in enumerate(paper.rows, start=2):
            told = {**key, "row": place, "number": row["number_key"], **row}
            if paper.kind == "supervision":
                connection.execute(insert(supervision_finding), {"finding": "值班脱岗", **told})
            else:
                connection.execute(insert(tipoff), {"object": "某公司", "unit": paper.unit, **told})
        told_columns.keep(connection, ZONE, paper.kind, number)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example(LATER_IN_AN_EARLIER_MONTH, T, TODAY)
@example(LATER_IN_AN_EARLIER_MONTH, T - DAY, date(2022, 8, 2))
@given(PAPERS, AS_OF, st.dates(date(2022, 1, 1), TODAY) | st.just(TODAY))
def test_reports_are_those_of_a_second_computation(
    connection: Connection, drawn: list[Any], day: date, known_by: date
) -> None:
    """One thing in several ledgers, one number of two units, versions, returns, days around a deadline, years' turns; the figures
    that the work plan has of them too.
    """
    papers = _as_papers(drawn)
    with connection.begin() as transaction:
        _write(connection, papers)
        reading, month = Reading(connection, office(ZONE), TODAY), Month.of(day)
        found = supervision.as_dict(supervision.fetch(reading, month, as_of=day, known_by=known_by))
        cases = tipoffs.as_dict(tipoffs.fetch(reading, month, as_of=day, known_by=known_by))
        sectors = dict(read_zone(connection, ZONE).sectors)
        figures = expected_on(day, lambda one: _figures(papers, Asked(one, known_by, sectors)))
        assert told_on(reading, day, known_by, figures) == figures
        transaction.rollback()
    asked = Asked(day, known_by, {})
    expected = oracle.supervision_report(papers, asked)
    units = [one for one in found["units"] if any(one[key] for key in one if key != "unit")]
    told = [one for one in expected["units"] if any(one[key] for key in one if key != "unit")]
    assert (found["zone"], found["methods"]) == (expected["zone"], expected["methods"])
    assert sorted(units, key=lambda one: str(one["unit"])) == told
    assert cases["types"] == oracle.tipoffs_report(papers, asked)


def _figures(papers: list[Paper], asked: Asked) -> dict[str, Figure | None]:
    return {**of_supervision(papers, asked), **of_tipoffs(papers, asked)}
