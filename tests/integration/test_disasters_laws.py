"""Warnings and disasters of random ledgers are those of a second computation, and so is the goal that rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from dashboards.results import casualties, disasters
from dashboards.results.reading import Reading
from data.people.scope import Role, Scope, office
from data.schema.disasters import disaster
from data.zone.periods import Month, Year
from data.zone.zone import read_calendar
from tests.integration.drawn_papers import ZONE, Kept, as_papers, copied_database, drawn_paper, write_papers
from tests.integration.plan_sources import expected_on, told_on
from tests.oracle import disasters as oracle
from tests.oracle.plan_figures import of_disasters
from tests.oracle.register import Asked

TODAY = date(2023, 2, 10)
UNITS = ("longtanzi", "shuanglu", "emergency")
MONTHS = st.sampled_from(["2021-12", "2022-01", "2022-05", "2022-06", "2022-07"])
DAYS = st.sampled_from([
    date(2021, 12, 31), date(2022, 1, 1), date(2022, 5, 31), date(2022, 6, 1), date(2022, 6, 30), date(2022, 7, 1),
    date(2022, 12, 30), date(2022, 12, 31), date(2023, 1, 1),
]) | st.dates(date(2021, 12, 1), TODAY)  # fmt: skip
"""T: around the turns of days, months and years, or any day of the record."""
MOMENTS = st.sampled_from([datetime.fromisoformat(one) for one in (
    "2021-12-31T23:59:59", "2022-01-01T00:00:00", "2022-05-31T23:30:00", "2022-05-31T23:59:59", "2022-06-01T00:00:00",
    "2022-06-01T07:59:59", "2022-06-01T08:00:00", "2022-06-30T23:59:59", "2022-07-01T00:00:00",
)])  # fmt: skip
"""The last second before and the first of what ends: a day, a month, a year, and the day of another part of the world."""
WAITS = st.sampled_from([timedelta(seconds=one) for one in (0, 1, 1799, 1800, 1801, 3600, 86_400)])


def _row(drawn: tuple[Any, ...]) -> dict[str, Any]:
    """A row that an office may send: every step after the one before, a warning not after what it warns of."""
    began, waits, taken, kind, measures, people, responsible, territory = drawn
    steps = [began]
    for wait in waits:
        steps.append(steps[-1] + wait)
    warned = dict(zip(("warned_at", "called_at", "answered_at", "fed_back_at"), steps[:taken], strict=False))
    happened = {"warning": None, "both": began + timedelta(seconds=1), "disaster": began}[kind]
    told = dict.fromkeys(("warned_at", "called_at", "answered_at", "fed_back_at")) | (
        warned if kind != "disaster" else {}
    )
    moved, dead, missing, in_need, helped = people
    return {
        **told, "happened_at": happened, "measures": "、".join(one for one in "禁停撤疏" if one in measures) or None, "moved": moved,
        "dead": dead, "missing": missing, "in_need": in_need, "helped": min(helped, in_need), "responsible": responsible,
        "territory": territory,
    }  # fmt: skip


_SMALL = st.integers(0, 3)
_ROW = st.tuples(
    MOMENTS, st.tuples(WAITS, WAITS, WAITS), st.integers(1, 4), st.sampled_from(["warning", "both", "disaster"]),
    st.sets(st.sampled_from("禁停撤疏")), st.tuples(_SMALL, _SMALL, _SMALL, _SMALL, _SMALL), st.booleans(),
    st.sampled_from(["longtanzi", "shuanglu"]),
).map(_row)  # fmt: skip
_ROWS = st.dictionaries(st.sampled_from("123"), _ROW, max_size=3).map(
    lambda rows: [{"number": number, **row} for number, row in rows.items()]
)
PAPERS = st.lists(drawn_paper("disasters", UNITS, MONTHS, st.dates(date(2022, 1, 1), TODAY), _ROWS), max_size=6)
_LATE = datetime.fromisoformat("2022-05-31T23:30:00")
_EMPTIED = _row((_LATE, [timedelta(hours=1)] * 3, 1, "both", "禁", (1, 2, 1, 3, 0), False, "longtanzi"))
_TOLD_FIRST = {**_EMPTIED, "called_at": datetime.fromisoformat("2022-05-31T23:59:59"), "responsible": True}
TAKEN_BACK: list[Any] = [
    ("disasters", "longtanzi", "2022-05", date(2022, 6, 3), None, [{"number": "1", **_TOLD_FIRST}]),
    ("disasters", "longtanzi", "2022-06", date(2022, 7, 3), None, [{"number": "1", **_EMPTIED}]),
]
"""June's ledger says less than May's: as of May the call and the responsibility stand, from June on they do not."""
TEN: list[Any] = [
    ("disasters", "longtanzi", "2022-05", date(2022, 6, 3), None, [
        {"number": str(one), **_row((_LATE - timedelta(days=1), [timedelta(0), timedelta(minutes=wait), timedelta(0)], 4, "both", "停",
                                     (0, dead, 1, 0, 0), True, "shuanglu"))}
        for one, (wait, dead) in enumerate(zip((1, 2, 3, 5, 8, 13, 30, 31, 40, 90), (0, 1, 0, 1, 0, 1, 0, 1, 2, 1), strict=True))
    ])
]  # fmt: skip
"""Ten answers, one after just as many minutes as are in time; of ten disasters one with just as many dead and missing as are a mass."""


@pytest.fixture(scope="module")
def connection(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A copy of an initialised database, in which each case is written and taken back."""
    with copied_database(sqlite_template, tmp_path_factory.mktemp("laws")) as one:
        yield one


def _stored(row: dict[str, Any], clocks: tzinfo) -> dict[str, Any]:
    """A row as its table has it."""
    moments = {key: at.replace(tzinfo=clocks) for key, at in row.items() if isinstance(at, datetime)}
    return {"type": "暴雨", "number_key": row["number"], **row, **moments}


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example(TAKEN_BACK, date(2022, 5, 31), TODAY)
@example(TAKEN_BACK, date(2022, 6, 1), TODAY)
@example(TEN, date(2022, 5, 31), TODAY)
@given(PAPERS, DAYS, st.dates(date(2022, 1, 1), TODAY) | st.just(TODAY))
def test_report_and_goal_are_those_of_a_second_computation(
    connection: Connection, drawn: list[Any], day: date, known_by: date
) -> None:
    """Moments at the edges of days, months and years, a thing told by several ledgers, versions, returns; a unit's own light too,
    and the figures that the work plan has of them.
    """
    papers = as_papers(drawn)
    with connection.begin() as transaction:
        clocks = read_calendar(connection, ZONE).timezone
        kept = [replace(paper, rows=[_stored(row, clocks) for row in paper.rows]) for paper in papers]
        write_papers(connection, kept, {"disasters": Kept(disaster, lambda _row: {})})
        of = {"as_of": day, "known_by": known_by}
        reading = Reading(connection, office(ZONE), TODAY)
        told = disasters.as_dict(disasters.fetch(reading, Month.of(day), **of))
        year = casualties.fetch(reading, Year(day.year), **of)
        town = Reading(connection, Scope(ZONE, Role.UNIT, "town", "longtanzi"), TODAY)
        own = casualties.fetch(town, Year(day.year), **of)
        figures = expected_on(day, lambda one: of_disasters(papers, Asked(one, known_by, {})))
        assert told_on(reading, day, known_by, figures) == figures
        transaction.rollback()
    units = {one.pop("unit"): one for one in told.pop("units")}
    named = {unit: one for unit, one in units.items() if any(one.values())}
    whole = {key: told[key] for key in told.keys() - {"report", "period", "as_of", "known_by"}}
    assert {**whole, "units": named} == oracle.report(papers, day, known_by)
    key = "no_mass_disaster"
    assert (year.goals[key], year.goal_lights[key]) == oracle.goal(papers, day, known_by)
    assert (own.goals[key], own.goal_lights[key]) == oracle.goal(papers, day, known_by, "longtanzi")
