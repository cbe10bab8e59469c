"""重大隐患台账: what it refuses, whom it warns of, news of what was told before, and a template that lists what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.schema.hazards import hazard
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from etl.table.messages import sentence
from etl.template import template
from etl.template.sheets import FIRST_ROW
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import LOG, all_rows, places, send
from tests.integration.papers import enterprises, hazards

MARCH = datetime.fromisoformat("2022-03-04T10:00:00+08:00")
JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
SHEET = "重大隐患台账"
NUMBER, CODE, CROSSED_OFF = 2, 5, 13
"""Columns of the template, with 序号 first."""


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
        ({"B2": "2022-06-01"}, {"B2": "out_of_period"}, ("2022-06-01", "2022-05-31")),
        ({"J2": "2022-05-05"}, {"J2": "inconsistent"}, ("2022-05-05", "发现日期", "2022-05-06")),
        ({"L2": "2022-05-05"}, {"L2": "inconsistent"}, ("销号日期", "2022-05-06")),
        ({"L3": "2022-06-05"}, {"L3": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ({"A3": "龙隐(2022)1 号"}, {"A3": "duplicate_key"}, ("A2",)),
        ({"A2": "暂无"}, {"A2": "bad_document_number"}, ("暂无",)),
        ({"A2": date(2022, 5, 1)}, {"A2": "bad_document_number"}, ("日期",)),
        ({"F2": "某村"}, {"F2": "bad_choice"}, ("某村",)),
        ({"H2": "较大"}, {"H2": "bad_choice"}, ("较大", "重大")),
        ({"D2": "9150291"}, {"D2": "bad_credit_code"}, ("7",)),
        ({"J2": None, "G3": "/"}, {"J2": "missing_value", "G3": "missing_value"}, ()),
    ],
)
def test_ledger_that_contradicts_itself_is_refused(
    desk: Desk, changes: dict[str, Any], found: dict[str, str], words: tuple[str, ...]
) -> None:
    """One wrong cell is told at its place, and nothing else; on what was found too late no other rule rests."""
    checkup = desk.check(hazards().put(changes))
    assert not checkup.accepted
    assert places(checkup.problems, SHEET) == found
    assert all(word in sentence(checkup.problems[0]) for word in words)


def test_ledger_that_holds_is_taken(desk: Desk) -> None:
    """Deadline and crossing off on the day of finding, crossed off on the day of receipt, found years ago, grades in other words."""
    book = hazards().put(
        {"B2": "2022-05-31", "J2": "5月31日", "L2": "6月4日", "B3": "2019.3.5", "H3": "重大事故隐患", "J3": "2019-3-5"}
    )
    checkup = desk.accepted(book)
    assert checkup.problems == []
    rows = to_be_stored(checkup)[hazard.name]
    assert [(row["found_on"], row["crossed_off_on"]) for row in rows] == [
        (date(2022, 5, 31), date(2022, 6, 4)), (date(2019, 3, 5), None),
    ]  # fmt: skip
    assert [(row["grade"], row["level"], row["territory"]) for row in rows] == [
        ("一般", "部门级", "longtanzi"), ("重大", None, "shuanglu"),
    ]  # fmt: skip


def test_nothing_is_found_before_it_is_told(desk: Desk) -> None:
    """Of a month that is not over, a day after the receipt is refused as one after the month is."""
    problems = desk.check(hazards("2022-06").put({"L2": None, "B3": "2022-06-04"})).problems
    assert places(problems, SHEET) == {"B2": "out_of_period"}
    assert "2022-06-04" in sentence(problems[0])


def test_codes_are_warned_of(loader: Loader, tmp_path: Path) -> None:
    """A code that is missing, that cannot be, or that no unit listed on the day of finding is pointed out, and the ledger taken."""
    away = enterprises(2022, "longtanzi", *enterprises().sheets["企业名录"][2:3])
    assert send(loader, away, tmp_path, at=MARCH).status == "accepted"
    outcome = send(loader, hazards().put({"D2": "91502914MA3FQEFLC1"}), tmp_path)
    assert (outcome.status, [one.code for one in outcome.problems]) == ("accepted", ["check_digit", "not_in_register"])
    later = hazards("2022-06").put({"D2": None, "B3": "2022-06-01"})
    outcome = send(loader, later, tmp_path, at=JULY)
    assert places(outcome.problems, SHEET) == {"D2": "no_credit_code", "D3": "not_in_register"}
    assert "企业名录" in sentence(outcome.problems[0])


def test_later_month_tells_of_the_same(loader: Loader, tmp_path: Path) -> None:
    """A number of May in June's ledger is news and no duplicate; corrected, a month's rows replace its own; rebuilt, all is equal."""
    assert send(loader, hazards(), tmp_path).status == "accepted"
    news = hazards().sheets[SHEET][2]
    crossed_off = [*news[:11], date(2022, 6, 20), None]
    june = hazards("2022-06", "longtanzi", crossed_off)
    assert send(loader, june, tmp_path, at=JULY).status == "accepted"
    corrected = send(loader, hazards().put({"G2": "有限空间无警示标志"}), tmp_path, at=JULY)
    assert (corrected.status, corrected.version, corrected.problems) == ("accepted", 2, ())
    rebuild(loader.settings, f"sqlite:///{tmp_path / 'new.db'}")
    anew = loader.settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'new.db'}"})
    assert all_rows(anew, but=LOG)["hazard"] == all_rows(loader.settings, but=LOG)["hazard"]
    assert len(all_rows(loader.settings, but=LOG)["hazard"]) == 5


def test_template_lists_what_is_open(loader: Loader, tmp_path: Path) -> None:
    """In June what May left open, whole, so that only 销号日期 is to be filled in; in July, crossed off in June, nothing.

    For a correction of May all that May told is there.
    """
    assert listed(loader, "2022-05", tmp_path) == []
    assert send(loader, hazards(), tmp_path).status == "accepted"
    assert listed(loader, "2022-05", tmp_path) == ["龙隐〔2022〕1号", "龙隐〔2022〕2号"]
    assert send(loader, tmp_path / "template.xlsx", tmp_path).rows == 2
    assert listed(loader, "2022-06", tmp_path) == ["龙隐〔2022〕2号"]
    book = load_workbook(tmp_path / "template.xlsx")
    assert book[SHEET].cell(FIRST_ROW, CODE).value == "91506914MAHTYUCA4W"
    book[SHEET].cell(FIRST_ROW, CROSSED_OFF, date(2022, 6, 20))
    book.save(tmp_path / "filled.xlsx")
    outcome = send(loader, tmp_path / "filled.xlsx", tmp_path, at=JULY)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 1, ())
    assert listed(loader, "2022-07", tmp_path) == []
    assert listed(loader, "2022-07", tmp_path, unit="shuanglu") == []


def listed(loader: Loader, month: str, folder: Path, unit: str = "longtanzi") -> list[str]:
    """The hazards that a template holds."""
    with reader(loader.settings.database_url).connect() as connection:
        of = loader.zone.unit_by_code[unit]
        made = template(connection, loader.zone, KINDS["hazards"], of, Month.parse(month))
    (folder / "template.xlsx").write_bytes(made)
    rows = load_workbook(folder / "template.xlsx")[SHEET].iter_rows(min_row=FIRST_ROW, min_col=NUMBER, max_col=NUMBER)
    return [str(cell.value) for (cell,) in rows if cell.value]
