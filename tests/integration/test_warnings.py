"""What is strange but not wrong is accepted, shown at its cell, and kept with the workbook (CONTRACT, Warnings)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboards.results import workbooks
from data.people.scope import Role, Scope
from data.schema.intake import submission_problem
from data.settings import Settings
from data.store import reader
from etl.kinds.enforcement.inspectors import MOST_INSPECTIONS_A_DAY
from etl.loading.load import Loader, Outcome
from etl.table.messages import sentence
from tests.fetching import fetched
from tests.integration.ledgers import Book, ledger, number, places, send

NO_HAZARDS = {
    **{f"{column}{row}": 0 for column in "JKM" for row in (2, 3, 4)},
    **{f"{column}{row}": None for column in "LOPQRS" for row in (2, 3, 4)},
    "N3": "否",
}
TOTALS = {"A5": "合计", "J5": 5, "K5": 1, "M5": 3, "Q5": 20000}


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation; nothing is found here that an engine would find otherwise."""
    with Loader(sqlite_installation) as one:
        yield one


def kept(settings: Settings) -> list[tuple[str, str, str]]:
    """Severity, code and cell of every problem that the database keeps."""
    table = submission_problem.c
    with reader(settings.database_url).connect() as connection:
        rows = connection.execute(
            select(table.severity, table.code, table.cells).order_by(table.submission, table.position)
        )
        return [(row.severity, row.code, cell) for row in rows for cell in row.cells]


def accepted(loader: Loader, book: Book, folder: Path) -> Outcome:
    """The outcome of a workbook that must be accepted."""
    outcome = send(loader, book, folder)
    assert (outcome.status, outcome.errors) == ("accepted", [])
    return outcome


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"U1": "录入人", "U2": "张三"}, "U1", "unknown_column"),
        ({"D2": "91502914MA3FQEFLC1"}, "D2", "check_digit"),
        ({"H3": "张伟"}, "H3", "few_inspectors"),
        ({"D4": None}, "D4", "no_credit_code"),
        ({**TOTALS, "J5": 6}, "J5", "table_total"),
        ({**TOTALS, "Q5": "2.1万元"}, "Q5", "table_total"),
        ({"L2": date(2022, 8, 5)}, "L2", "far_deadline"),
    ],
)
def test_warning_at_its_cell(loader: Loader, tmp_path: Path, changes: dict[str, Any], place: str, code: str) -> None:
    """A strange cell is shown at its place, in Chinese, kept with the workbook, and refuses nothing."""
    outcome = accepted(loader, ledger().put(changes), tmp_path)
    assert places(outcome.warnings, "执法检查台账") == {place: code}
    assert kept(loader.settings) == [("warning", code, place)]
    assert "%(" not in sentence(outcome.warnings[0])


@pytest.mark.parametrize(
    "changes",
    [TOTALS, {**TOTALS, "A5": "", "C5": "合　计", "Q5": "2万元"}, {"L2": date(2022, 8, 4)}, {"H2": "张伟 李娜"}],
)
def test_nothing_to_warn_of(loader: Loader, tmp_path: Path, changes: dict[str, Any]) -> None:
    """A right row of sums, a deadline of exactly 90 days, two inspectors: not a word."""
    assert accepted(loader, ledger().put(changes), tmp_path).problems == ()


def test_wrong_total_names_both_figures(loader: Loader, tmp_path: Path) -> None:
    """A row of sums that does not add up names what it says and what the rows add up to."""
    said = sentence(accepted(loader, ledger().put({**TOTALS, "J5": 987}), tmp_path).warnings[0])
    assert ("987" in said, "5" in said, "合计" in said) == (True, True, True)


def test_subtotals_are_held_against_their_own_rows(loader: Loader, tmp_path: Path) -> None:
    """小计 is the sum since the last one, 合计 that of all rows above."""
    book = ledger()
    rows = book.sheets["执法检查台账"]
    rows.insert(3, ["小计", *[None] * 8, 5])
    rows.append(["小计", *[None] * 8, 0])
    rows.append(["合计", *[None] * 8, 5])
    assert accepted(loader, book, tmp_path).problems == ()
    assert places(accepted(loader, book.put({"J6": 5}), tmp_path).warnings, "执法检查台账") == {"J6": "table_total"}


def test_number_that_another_unit_reported(loader: Loader, tmp_path: Path) -> None:
    """A 检查文书号 that another unit reported is accepted, and that unit is named."""
    accepted(loader, ledger(unit="shuanglu"), tmp_path)
    outcome = accepted(loader, ledger().put({"I4": number(3, unit="shuanglu")}), tmp_path)
    assert places(outcome.warnings, "执法检查台账") == {"I4": "number_of_another_unit"}
    assert "双路街道办事处" in sentence(outcome.warnings[0])


def test_month_in_which_nothing_was_found(loader: Loader, tmp_path: Path) -> None:
    """A month of inspections without a single hazard is accepted with a warning; a declared zero without."""
    book = Book({"执法检查台账": ledger().put(NO_HAZARDS).sheets["执法检查台账"]}, ledger().meta)
    assert [problem.code for problem in accepted(loader, book, tmp_path).warnings] == ["nothing_found"]
    assert accepted(loader, ledger("2022-04").only_headers(), tmp_path).problems == ()


def test_same_warning_in_many_cells_is_one_entry(loader: Loader, tmp_path: Path) -> None:
    """The same remark on three rows is one entry that names the first cell and all of them."""
    (warning,) = accepted(loader, ledger().put({"H2": "张伟", "H3": "李娜", "H4": "王强"}), tmp_path).warnings
    assert (warning.code, warning.cell, warning.cells) == ("few_inspectors", "H2", ("H2", "H3", "H4"))


def crowded(inspections: int, day: date) -> Book:
    """A ledger in which 张伟 stands under so many inspections of a day, with another colleague each time; 李娜 under ten."""
    header, row = ledger().sheets["执法检查台账"][0], ledger().sheets["执法检查台账"][3]
    rows = []
    for case in range(1, inspections + 1):
        colleague = "李娜" if case <= MOST_INSPECTIONS_A_DAY else f"王{case}强"
        changed = {0: case, 1: day, 7: f"张伟、{colleague}", 8: number(case)}
        rows.append([changed.get(place, cell) for place, cell in enumerate(row)])
    return Book({"执法检查台账": [header, *rows]}, ledger().meta)


def test_inspector_in_more_places_than_a_day_has_room_for(loader: Loader, tmp_path: Path) -> None:
    """Named in eleven inspections of one day: one line for that inspector and day, at all the cells; ten are not one too many."""
    on = date(2022, 5, 6)
    assert "busy_inspectors" not in {
        one.code for one in accepted(loader, crowded(MOST_INSPECTIONS_A_DAY, on), tmp_path).warnings
    }
    outcome = accepted(loader, crowded(MOST_INSPECTIONS_A_DAY + 1, on), tmp_path)
    (busy,) = [one for one in outcome.warnings if one.code == "busy_inspectors"]
    assert busy.cells == tuple(f"H{row}" for row in range(2, MOST_INSPECTIONS_A_DAY + 3))
    assert all(part in sentence(busy) for part in ("张伟", "2022-05-06", "11"))


def test_busy_inspectors_of_one_day_are_a_line_each(loader: Loader, tmp_path: Path) -> None:
    """Two people under the same twelve inspections are two lines, each with its name, hidden from who may not read names."""
    book = crowded(12, date(2022, 5, 6))
    for row in book.sheets["执法检查台账"][1:]:
        row[7] = "张伟、李娜"
    outcome = accepted(loader, book, tmp_path)
    assert [one.value for one in outcome.warnings if one.code == "busy_inspectors"] == ["张伟", "李娜"]
    engine = reader(loader.settings.database_url)
    for role, unit, sees in ((Role.OFFICE, None, True), (Role.UNIT, "longtanzi", True), (Role.VIEWER, None, False)):
        sent = fetched(engine, Scope("shuangqiao", role, "a", unit), workbooks.one, 1)
        assert sent is not None
        said = " ".join(one.sentence for one in sent.problems if one.code == "busy_inspectors")
        assert ("张伟" in said, "李娜" in said, "2022-05-06" in said) == (sees, sees, True)
