"""The template of 重点任务进展: a unit's items and objects, what is owed and what was told last; left alone it does no harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from data.schema.tasks import task_progress
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from data.zone.work_plan import shipped
from etl.__main__ import app
from etl.kinds.registry import KINDS
from etl.kinds.tasks import filed_items
from etl.loading.load import Loader
from etl.template import template
from etl.template.sheets import FIRST_ROW, HEADER_ROW
from tests.integration.ledgers import LOG, Book, all_rows, ledger, places, send
from tests.integration.papers import TASKS_HEADER, enterprises, tasks

SHEET = "重点任务进展"
APRIL, JULY, OCTOBER = (datetime.fromisoformat(f"2022-{month}-04T10:00:00+08:00") for month in ("04", "07", "10"))
Row = dict[str, Any]


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def made(loader: Loader, unit: str, period: str) -> bytes:
    """A unit's template."""
    with reader(loader.settings.database_url).connect() as connection:
        of = loader.zone.unit_by_code[unit]
        return template(connection, loader.zone, KINDS["tasks"], of, parse_period(period))


def columns(sheet: Worksheet) -> dict[str, int]:
    """Each column's place by its title."""
    return {str(cell.value).lstrip("*"): int(cell.column or 0) for cell in sheet[HEADER_ROW] if cell.value}


def lines(content: bytes) -> list[Row]:
    """The rows that are there, by the titles of their columns; blank cells are left away."""
    sheet = load_workbook(BytesIO(content))[SHEET]
    there = columns(sheet)
    rows = sheet.iter_rows(min_row=FIRST_ROW, values_only=True)
    return [
        {title: row[at - 1] for title, at in there.items() if title != "序号" and row[at - 1] is not None}
        for row in rows
        if row[0] is not None
    ]


def typed(content: bytes, path: Path, cells: dict[tuple[str, str], Row]) -> Path:
    """The template as a clerk fills it in: cells by their row's number and object."""
    book = load_workbook(BytesIO(content))
    sheet = book[SHEET]
    there = columns(sheet)
    for row in range(FIRST_ROW, sheet.max_row + 1):
        named = str(sheet.cell(row, there["任务编号"]).value), str(sheet.cell(row, there["对象"]).value)
        for title, value in cells.get(named, {}).items():
            sheet.cell(row, there[title], value)
    book.save(path)
    return path


def test_each_unit_finds_its_own_items_and_objects(loader: Loader, tmp_path: Path) -> None:
    """All of them and nobody else's, one row an object; sent as they are they declare zero and store nothing."""
    ((_, plan),) = shipped()
    before = all_rows(loader.settings, but=LOG)
    for unit in loader.zone.units:
        content = made(loader, unit.code, "2022Q2")
        own = filed_items(plan, unit, loader.zone)
        wanted = [
            (number, name)
            for number, item in own.items()
            for name in (plan.objects(item, loader.zone) or {"": unit.name}).values()
        ]
        told = lines(content)
        assert [(row["任务编号"], row["对象"]) for row in told] == wanted
        assert [row["任务名称"] for row in told] == [own[number].title for number, _ in wanted]
        assert all(row.keys() <= {"任务编号", "任务名称", "对象", "计量单位", "应完成数"} for row in told)
        path = tmp_path / f"{unit.code}.xlsx"
        path.write_bytes(content)
        outcome = send(loader, path, tmp_path, at=JULY)
        assert (outcome.status, outcome.unit, outcome.period, outcome.rows, outcome.problems) == (
            "accepted", unit.code, "2022Q2", 0, (),
        )  # fmt: skip
        assert {(one.sheet, one.why.value) for one in outcome.left_out if one.first and one.first >= FIRST_ROW} == {
            (SHEET, "prefilled")
        }
    assert all_rows(loader.settings, but=LOG) == before


def test_what_is_owed_stands_there(loader: Loader, tmp_path: Path) -> None:
    """The last due day's target, of the unit or its group, each object's own number, the plan's denominators; of shares what is known."""

    def owed(unit: str, *numbers: str) -> list[tuple[str, Any]]:
        return [
            (row["对象"], row.get("应完成数"))
            for row in lines(made(loader, unit, "2022Q2"))
            if row["任务编号"] in numbers
        ]

    town, office = "龙滩子街道办事处", "应急管理局"
    assert owed("longtanzi", "10.1", "2.1", "12.4", "12.5", "4.4") == [
        (town, 4), (town, None), (town, 4), (town, 6), ("应急避难场所", 2), ("防汛消防设施设备", 1),
    ]  # fmt: skip
    assert owed("emergency", "1.2", "8.5", "8.6", "9.2", "14.6", "16.4", "safeguards.2.1") == [
        *((name, 2) for name in ("党工委书记", "管委会主任", "常务副主任", "分管安全生产副主任", "分管建设副主任")), (office, 400), (office, 400),
        ("技术检查员", 5), ("社会监督员", 10), ("主要负责人", 80), ("分管负责人", 80), ("安全管理员", 120), (office, None), (office, 200),
    ]  # fmt: skip
    assert owed("longtanzi", "9.3") == []
    for book in (enterprises(), ledger("2022-05", "economy"), ledger("2022-03", "economy")):
        assert send(loader, book, tmp_path, at=JULY).status == "accepted"
    assert owed("longtanzi", "4.4") == [(town, 1)], (
        "one that is the town's for ever; the other is another's from June on"
    )
    assert owed("shuanglu", "4.4") == [("双路街道办事处", 1)]
    assert owed("economy", "9.3", "2.5") == [("经济发展局", 1), ("经济发展局", 6)]
    assert owed("emergency", "16.4") == [(office, 1)]
    assert owed("construction", "11.14") == [("建设管理局", 0)]


def test_what_was_told_last_stands_beside(loader: Loader, tmp_path: Path) -> None:
    """Free objects as they were told of, each with its last figure; 已完成数 itself is left blank, so that no row lies."""
    first = tasks("2022Q1", "longtanzi", ["10.1", "上级安排", 4, 1, None, None, "推进", None, None],
                  ["10.1", "自行开展", 4, 0, None, None, "推进", None, None], ["12.1", "机构设置", 1, 1, None, None, "完成", "验收表", None],
                  ["12.1", "其他工作", 1, 1, None, None, "完成", None, None], ["7.6", None, 4, 1, None, None, "零报告", None, None])  # fmt: skip
    assert send(loader, first, tmp_path, at=APRIL).status == "accepted"
    content = made(loader, "longtanzi", "2022Q2")
    told = {(row["任务编号"], row["对象"]): row for row in lines(content)}
    assert [row for number, row in told if number == "10.1"] == ["上级安排", "自行开展"]
    assert {key: row["上次已完成数"] for key, row in told.items() if "上次已完成数" in row} == {
        ("10.1", "上级安排"): 1, ("10.1", "自行开展"): 0, ("12.1", "机构设置"): 1, ("7.6", "龙滩子街道办事处"): 1,
    }  # fmt: skip
    assert not [row for row in told.values() if {"已完成数", "进展情况", "佐证材料"} & row.keys()]
    news = {
        ("10.1", "上级安排"): {
            "已完成数": 3,
            "完成日期": date(2022, 6, 20),
            "进展情况": "销号3项",
            "佐证材料": "销号单",
        }
    }
    outcome = send(loader, typed(content, tmp_path / "二季度.xlsx", news), tmp_path, at=JULY)
    assert (outcome.status, outcome.kind, outcome.unit, outcome.period, outcome.rows, outcome.problems) == (
        "accepted", "tasks", "longtanzi", "2022Q2", 1, (),
    )  # fmt: skip
    (row,) = [row for row in all_rows(loader.settings)[task_progress.name] if row[4] == "2022Q2"]
    assert row[5:13] == ("10.1", "上级安排", "上级安排", 4, 3, None, date(2022, 6, 20), "销号3项")
    later = {(row["任务编号"], row["对象"]): row for row in lines(made(loader, "longtanzi", "2022Q3"))}
    assert (later["10.1", "上级安排"]["上次已完成数"], later["7.6", "龙滩子街道办事处"]["上次已完成数"]) == (3, 1)
    assert not [row for row in lines(made(loader, "longtanzi", "2022Q1")) if "上次已完成数" in row]


def test_a_corrected_workbook_begins_with_what_was_told(loader: Loader, tmp_path: Path) -> None:
    """The quarter's own rows are there whole, also those of objects that an item does not list: sent again they tell the same."""
    told = tasks("2022Q2", "longtanzi", ["12.1", "机构设置", 2, 1, date(2022, 4, 2), date(2022, 5, 6), "完成", "验收表", "无"],
                 ["12.1", "其他工作", 1, 1, None, None, "完成", None, "人手不足"], ["7.6", None, 4, 2, None, date(2022, 6, 8), "零报告", "登记簿", None])  # fmt: skip
    assert send(loader, told, tmp_path, at=JULY).status == "accepted"
    before = all_rows(loader.settings)[task_progress.name]
    path = tmp_path / "再报.xlsx"
    path.write_bytes(made(loader, "longtanzi", "2022Q2"))
    outcome = send(loader, path, tmp_path, at=OCTOBER)
    assert (outcome.status, outcome.version, outcome.rows, outcome.problems) == ("accepted", 2, 3, ())

    def said(rows: list[Any]) -> list[Any]:
        """Rows without their workbook, their place on it, and how the unit itself was written."""
        return sorted((*row[3:6], *row[7:]) for row in rows)

    after = all_rows(loader.settings)[task_progress.name]
    assert said([row for row in after if row not in before]) == said(before)


def test_a_row_that_was_begun_is_no_untouched_one(loader: Loader, tmp_path: Path) -> None:
    """With only the number done 进展情况 is asked for, with only a word on evidence both."""
    content = made(loader, "recycling", "2022Q2")
    half = {("7.6", "循环经济发展中心"): {"已完成数": 2}, ("16.5", "循环经济发展中心"): {"佐证材料": "批文"}}
    outcome = send(loader, typed(content, tmp_path / "半.xlsx", half), tmp_path, at=JULY)
    sheet = load_workbook(BytesIO(content))[SHEET]
    there = columns(sheet)
    rows = {str(sheet.cell(row, there["任务编号"]).value): row for row in range(FIRST_ROW, sheet.max_row + 1)}
    names = {title: chr(64 + at) for title, at in there.items()}
    assert places(outcome.problems, SHEET) == {
        f"{names['进展情况']}{rows['7.6']}": "missing_value", f"{names['已完成数']}{rows['16.5']}": "missing_value",
        f"{names['进展情况']}{rows['16.5']}": "missing_value",
    }  # fmt: skip


def test_an_item_says_what_is_wanted(loader: Loader) -> None:
    """At each number the plan's words, what is owed by which day, and what shows it; days end with the quarter, numbers begin with 0."""
    sheet = load_workbook(BytesIO(made(loader, "longtanzi", "2022Q2")))[SHEET]
    there = columns(sheet)
    notes = {}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        cell = sheet.cell(row, there["任务编号"])
        notes[cell.value] = cell.comment.text if cell.comment is not None else ""
    assert notes["15.5"] == "开展实战化演练\n期限：6月30日前达到1次，12月31日前达到2次\n佐证：演练方案、照片和评估"
    assert "3月31日前达到80%" in notes["4.4"]
    assert notes["4.4"].endswith("每次到期都要重新填报")
    assert "没有期限，只作跟踪" in notes["12.1"]
    limits = {str(one.sqref).partition(str(FIRST_ROW))[0]: one for one in sheet.data_validations.dataValidation}
    letter = {title: chr(64 + at) for title, at in there.items()}
    last = limits[letter["发生日期"]].formula2
    assert (date(2022, 6, 30) - date(1899, 12, 30)).days == int(float(last))
    assert (limits[letter["已完成数"]].type, limits[letter["已完成数"]].formula1) == ("decimal", "0")


def test_a_year_without_a_plan_has_no_rows(loader: Loader) -> None:
    """Of 2021 nobody knows an item: the table is there, and nothing in it."""
    assert lines(made(loader, "longtanzi", "2021Q4")) == []


def test_the_command_writes_it(sqlite_installation: Settings, commanded: Any, tmp_path: Path) -> None:
    """``etl template tasks`` by a unit's alias; what it writes loads without options."""
    commanded(sqlite_installation)
    path = tmp_path / "任务.xlsx"
    done = CliRunner().invoke(app, ["template", "tasks", "--unit", "双路", "--period", "2022Q2", "-o", str(path)])
    assert (done.exit_code, done.output.strip()) == (0, str(path))
    with Loader(sqlite_installation) as loader:
        filled = typed(path.read_bytes(), path, {("2.1", "双路街道办事处"): {"已完成数": 2, "进展情况": "两次部署会"}})
        assert (send(loader, filled, tmp_path, at=JULY).status, loader.zone.code) == ("accepted", "shuangqiao")


def test_headers_of_the_contract_alone_are_enough(loader: Loader, tmp_path: Path) -> None:
    """What our template has besides is for the clerk: without 任务名称, 计量单位 and 上次已完成数 nothing is missed."""
    book = Book({SHEET: [[*TASKS_HEADER], ["7.6", None, 4, 2, None, None, "零报告", None, None]]}, tasks().meta)
    assert send(loader, book, tmp_path, at=JULY).problems == ()
