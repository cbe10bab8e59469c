"""一线责任制台账: what it refuses, whom it warns of, and a template that lists the unit's enterprises of the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.schema.frontline import frontline_duty
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.loading.recheck import recheck
from etl.table.messages import sentence
from etl.template import template
from etl.template.sheets import FIRST_ROW
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import ledger, places, send
from tests.integration.papers import ENTERPRISES_HEADER, enterprises, frontline

MARCH = datetime.fromisoformat("2022-03-04T10:00:00+08:00")
SHEET = "一线责任制台账"


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


@pytest.mark.parametrize(
    ("changes", "found", "words"),
    [
        ({"F2": "否"}, {"H2": "inconsistent"}, ("2022-05-09", "岗位操作卡")),
        ({"H3": "2022-05-20"}, {"H3": "inconsistent"}, ("2022-05-20", "岗位职责清单")),
        ({"H2": "2022-06-05"}, {"H2": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ({"F2": None}, {"F2": "missing_value"}, ("岗位操作卡",)),
        ({"E2": "部分"}, {"E2": "bad_choice"}, ("部分",)),
        ({"B3": "9150291"}, {"B3": "bad_credit_code"}, ("7",)),
        ({"B2": None, "A3": None}, {"A3": "missing_value", "B2": "missing_value"}, ()),
        ({"C2": 1.5}, {"C2": "bad_number"}, ("1.5",)),
    ],
)  # fmt: skip
def test_ledger_that_contradicts_itself_is_refused(
    desk: Desk, changes: dict[str, Any], found: dict[str, str], words: tuple[str, ...]
) -> None:
    """One wrong cell is told at its place, and nothing else."""
    problems = desk.check(frontline().put(changes)).problems
    assert places(problems, SHEET) == found
    assert all(word in sentence(problems[0]) for word in words)


def test_ledger_that_holds_is_taken(desk: Desk) -> None:
    """A day after the month and before the receipt, a code told twice, and no day beside four 是 are no faults."""
    twice = [
        *frontline().sheets[SHEET][1:],
        ["重庆宏达机械有限公司", "91502914MA3FQEFLC0", None, *"√√√√", "6月3日", None],
    ]
    checkup = desk.accepted(frontline("2022-05", "longtanzi", *twice).put({"H2": None}))
    assert checkup.problems == []
    rows = to_be_stored(checkup)[frontline_duty.name]
    assert [row["completed_on"] for row in rows] == [None, None, date(2022, 6, 3)]
    assert [row["operation_card"] for row in rows] == [True, True, True]


def test_rows_that_only_name_an_enterprise_say_nothing(desk: Desk) -> None:
    """What the template lists and nobody filled in is left out by name; a row begun and not ended is refused."""
    book = frontline()
    book.sheets[SHEET][2][2:] = [None] * 7
    checkup = desk.accepted(book)
    assert (checkup.rows, checkup.problems) == (1, [])
    assert [(one.why.value, one.rows) for one in checkup.left_out] == [("prefilled", "3")]
    assert places(desk.check(book.put({"D3": "是"})).problems, SHEET) == dict.fromkeys(
        ("E3", "F3", "G3"), "missing_value"
    )


def test_enterprise_that_nobody_lists_is_pointed_out(loader: Loader, tmp_path: Path) -> None:
    """Of a code that is in no register at that time both ledgers warn and are taken; while nobody has listed any, nothing is said.

    What moved away at the end of May is in the register until then: of an inspection the day counts, of front-line duty
    any day of the month.
    """
    assert [one.code for one in send(loader, frontline("2022-01"), tmp_path, at=MARCH).problems] == []
    away = enterprises(2022, "longtanzi", *enterprises().sheets["企业名录"][2:3])
    assert send(loader, away, tmp_path, at=MARCH).status == "accepted"
    outcome = send(loader, frontline(), tmp_path)
    assert (outcome.status, places(outcome.problems, SHEET)) == ("accepted", {"B2": "not_in_register"})
    assert "91502914MA3FQEFLC0" in sentence(outcome.problems[0])
    gone = send(loader, frontline("2022-06"), tmp_path, at=datetime.fromisoformat("2022-07-04T10:00:00+08:00"))
    assert places(gone.problems, SHEET) == {"B2": "not_in_register", "B3": "not_in_register"}
    outcome = send(loader, ledger(), tmp_path)
    assert (outcome.status, places(outcome.problems, "执法检查台账")) == (
        "accepted", {"D2": "not_in_register", "D4": "not_in_register"},
    )  # fmt: skip


def test_inspection_counts_by_its_own_day(loader: Loader, tmp_path: Path) -> None:
    """An enterprise whose last day is that of the inspection is in the register; a day later it is not."""
    row = dict(zip(ENTERPRISES_HEADER, enterprises().sheets["企业名录"][1], strict=True))
    known = ledger()
    for number, at in ((2, "D2"), (3, "D3"), (4, "D4")):
        known.put({at: "91502914MA3FQEFLC0", f"B{number}": f"2022-05-{18 + number}"})
    listed = enterprises(2022, "longtanzi", [*({**row, "终止日期": date(2022, 5, 21)}.values())])
    assert send(loader, listed, tmp_path, at=MARCH).status == "accepted"
    problems = [one for one in send(loader, known, tmp_path).problems if one.code == "not_in_register"]
    assert [one.cells or (one.cell,) for one in problems] == [("D4",)]


def test_looked_at_again_a_ledger_is_judged_by_the_lists_of_its_time(loader: Loader, tmp_path: Path) -> None:
    """A list that came later, or replaced an earlier one, is no news for a ledger that was told of nothing, or of just that."""
    away = enterprises(2022, "longtanzi", *enterprises().sheets["企业名录"][2:3])
    assert send(loader, away, tmp_path, at=MARCH).status == "accepted"
    assert places(send(loader, frontline(), tmp_path).problems, SHEET) == {"B2": "not_in_register"}
    shorter = enterprises(2022, "longtanzi", *enterprises().sheets["企业名录"][1:2])
    assert send(loader, shorter, tmp_path).version == 2
    assert [one.problems for one in recheck(loader.settings) if one.kind == "frontline"] == [()]


def test_template_lists_the_units_enterprises(loader: Loader, tmp_path: Path) -> None:
    """Those of the register at the month's end of which the unit is territory or department, or that it lists itself.

    Untouched the template declares zero; one row filled in is one row told.
    """
    assert send(loader, enterprises(), tmp_path, at=MARCH).status == "accepted"
    assert listed(loader, "longtanzi", "2022-05", tmp_path) == ["重庆华泰永再生资源有限公司", "重庆宏达机械有限公司"]
    assert listed(loader, "shuanglu", "2022-05", tmp_path) == []
    assert listed(loader, "shuanglu", "2022-06", tmp_path) == ["重庆华泰永再生资源有限公司"]
    assert listed(loader, "economy", "2022-05", tmp_path) == ["重庆宏达机械有限公司"]
    listed(loader, "longtanzi", "2022-05", tmp_path)
    assert send(loader, tmp_path / "template.xlsx", tmp_path).rows == 0
    book = load_workbook(tmp_path / "template.xlsx")
    for column in range(5, 9):
        book[SHEET].cell(FIRST_ROW, column, "是")
    book.save(tmp_path / "filled.xlsx")
    outcome = send(loader, tmp_path / "filled.xlsx", tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 1, ())


def listed(loader: Loader, unit: str, month: str, folder: Path) -> list[str]:
    """The enterprises that a template holds."""
    with reader(loader.settings.database_url).connect() as connection:
        of = loader.zone.unit_by_code[unit]
        made = template(connection, loader.zone, KINDS["frontline"], of, Month.parse(month))
    (folder / "template.xlsx").write_bytes(made)
    rows = load_workbook(folder / "template.xlsx")[SHEET].iter_rows(min_row=FIRST_ROW, min_col=2, max_col=2)
    return [str(cell.value) for (cell,) in rows if cell.value]
