"""企业名录: what it refuses and warns of, and a template that lists last year's enterprises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.schema.enterprises import enterprise
from data.settings import Settings
from data.store import reader
from data.zone.periods import Year
from data.zone.zone import read_zone
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.table.messages import sentence
from etl.template import template
from etl.template.sheets import FIRST_ROW
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import Book, places, send
from tests.integration.papers import enterprises

MARCH = datetime.fromisoformat("2022-03-04T10:00:00+08:00")
NEXT_MARCH = datetime.fromisoformat("2023-03-04T10:00:00+08:00")


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.mark.parametrize(
    ("changes", "found", "words"),
    [
        # the enterprise that moved: the day after the first row's last one is the second one's first (rows 3 and 4)
        ({"N3": "2022-06-01"}, {"B4": "duplicate_key"}, ("91506914MAHTYUCA4W", "B3", "重叠")),
        ({"M4": None}, {"B4": "duplicate_key"}, ("B3",)),
        ({"M3": None, "N3": None, "M4": "2023-01-01"}, {"B4": "duplicate_key"}, ("B3",)),
        ({"B2": "91506914MAHTYUCA4W"}, {"B3": "duplicate_key", "B4": "duplicate_key"}, ("B2",)),
        ({"N4": "2022-05-31"}, {"N4": "inconsistent"}, ("终止日期", "2022-05-31", "起始日期", "2022-06-01")),
        ({"M4": "六月"}, {"M4": "bad_date"}, ("六月",)),
        ({"B2": "91502914MA3FQEFLC"}, {"B2": "bad_credit_code"}, ("17",)),
        ({"F2": "大型"}, {"F2": "bad_choice"}, ("大型", "规上工业")),
        ({"D2": "某镇"}, {"D2": "bad_choice"}, ("某镇",)),
        ({"E2": "某局"}, {"E2": "bad_choice"}, ("某局",)),
    ],
)  # fmt: skip
def test_list_that_contradicts_itself_is_refused(
    desk: Desk, changes: dict[str, Any], found: dict[str, str], words: tuple[str, ...]
) -> None:
    """One wrong cell is told at its place, and nothing else: what is already explained is not repeated."""
    problems = desk.check(enterprises().put(changes)).problems
    assert places(problems, "企业名录") == found
    assert all(word in sentence(problems[0]) for word in words)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"M3": None}, None),
        ({"N4": "2022-06-01"}, None),
        ({"F2": "规模以上工业", "F3": "其它"}, None),
        ({"B2": "91502914MA3FQEFLC1"}, "check_digit"),
    ],
)
def test_list_that_holds_is_taken(desk: Desk, changes: dict[str, Any], code: str | None) -> None:
    """Spans of one code that only touch, also of one day; other words for a size; a wrong check digit is pointed out."""
    checkup = desk.accepted(enterprises().put(changes))
    assert [one.code for one in checkup.problems] == ([] if code is None else [code])
    assert [row["size"] for row in to_be_stored(checkup)[enterprise.name]] == ["规上工业", "其他", "其他"]


def test_centre_lists_no_enterprises(desk: Desk) -> None:
    """The register is of departments and towns: a centre that sends one is told so."""
    (problem,) = desk.check(enterprises(unit="logistics")).problems
    assert problem.code == "not_allowed"


def listed(loader: Loader, year: int) -> list[list[Any]]:
    """The rows that a template of 龙滩子 holds, without 序号."""
    with reader(loader.settings.database_url).connect() as connection:
        unit = loader.zone.unit_by_code["longtanzi"]
        made = template(connection, loader.zone, KINDS["enterprises"], unit, Year(year))
    path = Path(loader.settings.archive_dir).parent / "template.xlsx"
    path.write_bytes(made)
    rows = load_workbook(path)["企业名录"].iter_rows(min_row=FIRST_ROW, min_col=2, values_only=True)
    return [list(row) for row in rows if row[0]]


def test_template_lists_what_the_unit_listed_last(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Last year's enterprises as they were told, without those that ended before the new year; sent back it is that list.

    A second version replaces the first: the same code in two rows is known again in its order.
    """
    with Loader(sqlite_installation) as loader:
        assert listed(loader, 2022) == []
        assert send(loader, enterprises(), tmp_path, at=MARCH).status == "accepted"
        assert send(loader, enterprises(unit="shuanglu"), tmp_path, at=MARCH).status == "accepted"
        assert [row[0] for row in listed(loader, 2022)] == [
            "重庆宏达机械有限公司", "重庆华泰永再生资源有限公司", "重庆华泰永再生资源有限公司",
        ]  # fmt: skip
        first, moved = listed(loader, 2023)
        assert first[:12] == [
            "重庆宏达机械有限公司", "91502914MA3FQEFLC0", "工贸", "龙滩子街道办事处", "经济发展局", "规上工业", "是", "否", "是", "二级",
            "张三", "是",
        ]  # fmt: skip
        assert (moved[3], moved[12].date(), moved[13]) == ("双路街道办事处", date(2022, 6, 1), None)
        filled = Book({"企业名录": [[*enterprises().sheets["企业名录"][0]], first, moved]}, {**enterprises(2023).meta})
        again = send(loader, filled, tmp_path, at=NEXT_MARCH)
        assert (again.status, again.rows, again.problems) == ("accepted", 2, ())
