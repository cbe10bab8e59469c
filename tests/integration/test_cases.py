"""From a figure to its cases: what the list shows is what the figure counts, and each case leads to its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboards.results import cases, open_cases, ranking
from data.intake.inbox import Choice
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.normal import document_key
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.conftest import ENGINES, SAMPLES
from tests.fetching import fetched
from tests.integration.lasting import lasting
from tests.integration.ledgers import RECEIVED, ledger, number, send

pytestmark = pytest.mark.slow

MONTHS = ("2022-02", "2022-04", "2022-06")


@pytest.fixture(scope="module", params=ENGINES)
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sample_order: list[tuple[Path, datetime]]
) -> Iterator[Settings]:
    """Half a year of samples, at which the tests only look."""
    with lasting(request, request.param, tmp_path_factory.mktemp("cases")) as settings:
        with Loader(settings) as loader:
            for path, received_at in sample_order:
                loader.load(path, Choice(), received_at)
        yield settings


def test_every_figure_counts_the_cases_that_are_listed_behind_it(loaded: Settings) -> None:
    """For every unit, month and measure the list has as many cases (or decisions, or major hazards) as the figure says."""
    engine, scope = reader(loaded.database_url), office(loaded.zone)
    for month in map(Month.parse, MONTHS):
        result = fetched(engine, scope, ranking.fetch, month, fixed_today=loaded.today)
        for row in (row for group in result.groups for row in group.rows):
            if row.figures.indicators is None:
                continue
            for measure in cases.MEASURES:
                page = fetched(
                    engine, scope, cases.fetch, row.figures.unit, month, measure, size=200, fixed_today=loaded.today
                )
                assert page.total == len(page.cases)
                assert _counted(page, measure, month) == row.figures.indicators[measure], (
                    row.figures.unit,
                    month,
                    measure,
                )


def _counted(page: cases.CasePage, measure: str, month: Month) -> int:
    if measure == "major_hazards":
        return sum(case.major_hazards for case in page.cases)
    if measure != "penalties":
        return page.total
    return len({decision for case in page.cases for decision in case.new_decisions})


def test_a_case_leads_to_the_cell_that_the_clerk_typed(loaded: Settings) -> None:
    """The cell named for a case's number holds that number in the original workbook, on the sheet named."""
    engine, scope = reader(loaded.database_url), office(loaded.zone)
    page = fetched(
        engine, scope, cases.fetch, "shuanglu", Month.parse("2022-03"), "due_cases", size=50, fixed_today=loaded.today
    )
    assert page.cases
    for case in page.cases:
        for told in case.told:
            book = load_workbook(SAMPLES / told.file_name)
            assert document_key(str(book[told.sheet][told.cells["number"]].value)) == document_key(case.number)


def test_who_may_not_see_a_unit_gets_none_of_its_cases(loaded: Settings) -> None:
    """The scope decides in the query, not the page."""
    foreign = Scope(loaded.zone, Role.UNIT, "youting", "youting")
    page = fetched(
        reader(loaded.database_url),
        foreign,
        cases.fetch,
        "shuanglu",
        Month.parse("2022-03"),
        "inspections",
        fixed_today=loaded.today,
    )
    assert (page.total, page.cases) == (0, ())


def test_a_case_is_open_by_what_its_last_re_inspection_says(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Passed after its due day it was not closed in time and is open no more; failed after it had passed it is open again."""
    book = ledger().put(
        {
            "B2": date(2022, 5, 2), "L2": date(2022, 5, 5), "R2": date(2022, 5, 20),
            "B3": date(2022, 5, 3), "L3": date(2022, 5, 6), "整改复查!C2": "不合格", "整改复查!D2": 1,
            "B4": date(2022, 5, 4), "J4": 1, "L4": date(2022, 5, 7), "R4": date(2022, 5, 10), "S4": "合格",
            "整改复查!A3": number(3), "整改复查!B3": date(2022, 5, 25), "整改复查!C3": "不合格",
        }
    )  # fmt: skip
    del book.sheets["汇总"]
    sent = RECEIVED.replace(month=5, day=30)
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, book, tmp_path, at=sent)
        assert outcome.errors == []
    engine, who = reader(sqlite_installation.database_url), office(sqlite_installation.zone)
    found = fetched(engine, who, open_cases.fetch, "longtanzi", fixed_today=sent.date())
    assert (found.total, [one.number for one in found.cases]) == (2, [number(2), number(3)])
    before = fetched(engine, who, cases.fetch, "longtanzi", Month(2022, 5), "closed_cases", fixed_today=sent.date())
    assert [one.number for one in before.cases] == [number(3)]
