"""重点任务进展: the samples, what it refuses, whose items they are, versions and rebuild; the template is in ``test_tasks_template``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from data.intake.inbox import Choice
from data.schema.intake import row_difference
from data.schema.tasks import task_progress
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from data.zone.work_plan import shipped
from data.zone.zone import read_zone
from etl.kinds.tasks import filed_items
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from etl.table.messages import sentence
from tests.conftest import SAMPLES
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import LOG, Book, all_rows, places, send
from tests.integration.papers import TASKS_HEADER, review, self_assessment, tasks
from tests.integration.test_publishing import BY_THE_OFFICE, publish

SHEET = "重点任务进展"
FOLDER = SAMPLES / "plan"
JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
AUGUST = datetime.fromisoformat("2022-08-04T10:00:00+08:00")
OWN_OF_A_TOWN = "1.3、2.1、2.2、4.4、7.6、10.1、12.1、12.3、12.4、12.5、12.7、14.2、15.3、15.5、16.1、18.8"


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation; they come in on 4 June."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def told(item: Any, written: Any = None, expected: Any = 4, done: Any = 1, **more: Any) -> list[Any]:
    """A row; ``more`` are cells by their header."""
    row = {
        "任务编号": item,
        "对象": written,
        "应完成数": expected,
        "已完成数": done,
        "进展情况": "正在推进",
        **more,
    }
    return [row.get(name) for name in TASKS_HEADER]


def test_samples_are_accepted(installation: Settings) -> None:
    """Three layouts of three units, two quarters each, in the order in which they came; every row is stored, of its unit and item."""
    order = json.loads((FOLDER / "load.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in order} == {path.name for path in FOLDER.glob("*.xlsx")}
    with Loader(installation) as loader:
        for one in order:
            outcome = loader.load(FOLDER / one["file"], Choice(), datetime.fromisoformat(one["received_at"]))
            assert (one["file"], outcome.status, outcome.errors) == (one["file"], "accepted", [])
    own = task_progress.c
    counted = select(own.unit, own.period, func.count(), func.sum(own.done)).group_by(own.unit, own.period)
    with reader(installation.database_url).connect() as connection:
        found = {(unit, period): (rows, done) for unit, period, rows, done in connection.execute(counted)}
        aspects = select(own.row, own.object_key, own.expected).where(own.item == "12.1", own.period == "2022Q2")
        under_one_number = connection.execute(aspects.order_by(own.row)).all()
    assert found == {
        ("construction", "2022Q1"): (11, 5), ("construction", "2022Q2"): (13, 14), ("recycling", "2022Q1"): (2, 1),
        ("recycling", "2022Q2"): (4, 3), ("shuanglu", "2022Q1"): (9, 9), ("shuanglu", "2022Q2"): (14, 12),
    }  # fmt: skip
    assert [(row, key, int(expected)) for row, key, expected in under_one_number] == [
        (9, "机构设置", 1), (10, "职能职责", 1), (11, "人员配备", 2), (12, "设施装备", 1), (13, "执法检查", 1),
        (14, "救援队伍", 1), (15, "其他工作", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "found", "words"),
    [
        ({"A2": "12.9"}, {"A2": "bad_choice"}, ("“12.9”不是 2022 年工作要点的任务编号", OWN_OF_A_TOWN)),
        ({"A2": "8.10"}, {"A2": "bad_choice"}, ("8.10", OWN_OF_A_TOWN)),
        ({"A2": "3.2"}, {"A2": "bad_choice"}, ("安全生产调度会议", "由应急管理局填报", "龙滩子街道办事处", OWN_OF_A_TOWN)),
        ({"A2": "12.6"}, {"A2": "bad_choice"}, ("生命通道畅通", "由消防救援大队填报")),
        ({"A2": "保障2.1"}, {"A2": "bad_choice"}, ("保障2.1", "安全专项资金支出", "应急管理局")),
        ({"A2": "目标1"}, {"A2": "bad_choice"}, ("不出现较大及以上亡人事故", "系统", "无需填报")),
        ({"A2": "16.2"}, {"A2": "bad_choice"}, ("系统", OWN_OF_A_TOWN)),
        ({"A2": date(2022, 10, 1)}, {"A2": "bad_choice"}, ("日期", "文本格式")),
        ({"A2": "任务"}, {"A2": "bad_choice"}, ("“任务”",)),
        ({"A2": "12.1"}, {"B2": "missing_value"}, ("镇街应急管理机构八个方面", "机构设置、职能职责", "救援队伍")),
        ({"A2": "12.5", "B2": "无"}, {"B2": "missing_value"}, ("应急避难场所、防汛消防设施设备",)),
        ({"E2": "2022-07-01"}, {"E2": "out_of_period"}, ("2022-07-01", "2022-06-30", "期间")),
        ({"E2": "2022-06-05"}, {"E2": "out_of_period"}, ("2022-06-05", "2022-06-04")),
        ({"F2": "2022-06-05"}, {"F2": "inconsistent"}, ("完成日期", "2022-06-05", "2022-06-04")),
        ({"D2": "1.5"}, {"D2": "bad_number"}, ("1.5", "整数")),
        ({"D2": 0.5}, {"D2": "bad_number"}, ("0.5", "整数")),
        ({"C2": -1}, {"C2": "bad_number"}, ()),
        ({"C2": "200万元"}, {"C2": "bad_number"}, ("7.6", "计量单位是次")),
        ({"C2": "2公里"}, {"C2": "bad_number"}, ("计量单位是次",)),
        ({"D2": "50%"}, {"D2": "bad_number"}, ("50%",)),
        ({"D2": 1_000_001}, {"D2": "bad_number"}, ("1,000,000",)),
        ({"D2": "若干"}, {"D2": "bad_number"}, ("若干",)),
        ({"D2": "无"}, {"D2": "missing_value"}, ("请填数字 0",)),
        ({"G2": None}, {"G2": "missing_value"}, ("进展情况",)),
        ({"A2": "12.9", "D2": "1.5", "E2": "2022-07-01"}, {"A2": "bad_choice", "E2": "out_of_period"}, ("2022-07-01",)),
    ],
)  # fmt: skip
def test_one_wrong_cell_is_told_at_its_place(
    desk: Desk, changes: dict[str, Any], found: dict[str, str], words: tuple[str, ...]
) -> None:
    """And nothing else is said; what a number is that the item does not say cannot be judged."""
    problems = desk.check(tasks().put(changes)).problems
    assert places(problems, SHEET) == found
    assert all(word in sentence(problems[0]) for word in words), sentence(problems[0])


@pytest.mark.parametrize(
    "written",
    ["12.3", 12.3, "１２．３", " 12 .3", "12。3", "12.\u200b3"],
    ids=repr,
)  # fmt: skip
def test_a_number_is_read_as_it_is_shown(desk: Desk, written: Any) -> None:
    """A number cell, full width, blanks and what nobody sees."""
    (row, _) = to_be_stored(desk.accepted(tasks().put({"A2": written})))[task_progress.name]
    assert row["item"] == "12.3"


@pytest.mark.parametrize(
    ("stored", "code", "item"),
    [(12.3, "0.0", "12.3"), (12.3, "@", "12.3"), (12.30000000000001, "0.0", "12.3"), (12.3, '"第"0.0"项"', None),
     (12.3, "0.00", None), (10.1, "General", "10.1"), (10.14, "0.0", None)],
)  # fmt: skip
def test_a_format_decides_what_is_read(
    loader: Loader, tmp_path: Path, stored: float, code: str, item: str | None
) -> None:
    """What a number's format shows counts: 12.3 shown as 12.30 is no item of anybody's; nor is 10.14, however it is rounded."""
    path = tasks().write(tmp_path / "任务.xlsx")
    book = openpyxl.load_workbook(path)
    book[SHEET]["A2"].value = stored
    book[SHEET]["A2"].number_format = code
    book.save(path)
    outcome = send(loader, path, tmp_path)
    if item is None:
        assert places(outcome.errors, SHEET) == {"A2": "bad_choice"}
    else:
        assert outcome.status == "accepted"
        stored_items = [row[5] for row in all_rows(loader.settings)[task_progress.name]]
        assert stored_items == [item, "10.1"]


@pytest.mark.parametrize(
    "written", ["safeguards.2.1", "保障2.1", "保障.2.1", "保 障２．１", "Safeguards.2.1", "保障2。1"]
)
def test_names_of_safeguards(desk: Desk, written: str) -> None:
    """The office's fund by any name of its item; told in 万元 with a fraction, in yuan, or with 万."""
    for figure, number in (
        (12.5, "12.5"), ("12.5万元", "12.5"), ("125000元", "12.5"), ("1,250,000 元", "125"), ("100万", "100"), ("１２.5", "12.5"), (0, "0"),
    ):  # fmt: skip
        book = tasks("2022Q2", "emergency", told(written, None, 200, figure))
        (row,) = to_be_stored(desk.accepted(book))[task_progress.name]
        assert (row["item"], row["done"]) == ("safeguards.2.1", Decimal(number)), figure


def test_numbers_with_whatever_word_behind_them(desk: Desk) -> None:
    """0项, 2辆, 1.5万人次; of roads their kilometres."""
    book = tasks("2022Q2", "transport", told("11.9", None, "10公里", "2.35km"), told("11.7", None, "40辆", "３８ 辆"),
                 told("14.5", None, "1.5万人次", "1.2万"), told("11.12", None, 2, "0座"))  # fmt: skip
    rows = to_be_stored(desk.accepted(book))[task_progress.name]
    assert [(row["expected"], row["done"]) for row in rows] == [
        (10, Decimal("2.35")), (40, 38), (15000, 12000), (2, 0),
    ]  # fmt: skip


def test_objects_are_compared_as_people_would(desk: Desk) -> None:
    """Blank and the unit's own name are one, units are known by any name; what an item does not list is taken, to be found later."""
    rows = [
        told("7.6"), told("7.6", "龙滩子"), told("7.6", "龙滩子街道办事处"), told("10.1", " 上级　安排"), told("12.1", "机构 设置"),
        told("12.1", "其他工作"),
    ]  # fmt: skip
    found = to_be_stored(desk.accepted(tasks("2022Q2", "longtanzi", *rows)))[task_progress.name]
    assert [row["object_key"] for row in found] == ["longtanzi"] * 3 + ["上级安排", "机构设置", "其他工作"]
    towns = tasks("2022Q2", "fire", told("12.6", "邮亭镇", 2), told("12.6", "双路", 2), told("12.6", "龙滩子街道", 2))
    found = to_be_stored(desk.accepted(towns))[task_progress.name]
    assert [row["object_key"] for row in found] == ["youting", "shuanglu", "longtanzi"]


def test_a_sheet_without_objects_is_told_so_once(desk: Desk) -> None:
    """Without the column the rows that need it are named together; others need none."""
    book = tasks("2022Q2", "longtanzi", told("7.6"), told("12.1", "机构设置"), told("12.5", "应急避难场所"))
    for row in book.sheets[SHEET]:
        del row[1]
    (problem,) = desk.check(book).problems
    assert (problem.code, problem.column, problem.cells) == ("missing_value", "对象", ("A3", "A4"))
    assert "任务编号" in sentence(problem)


def test_a_number_carries_on_down_its_merged_cell(desk: Desk) -> None:
    """A number merged over its objects, and 同上, are that number in every row; under two levels of headings."""
    header = ["序号", "任务编号", "对象", "完成情况", None, "时间", None, "进展情况", "佐证材料", "存在问题"]
    lower = [None, None, None, "应完成数", "已完成数", "发生日期", "完成日期", None, None, None]
    rows = [
        [1, 12.1, "机构设置", 1, "0项", "—", "—", "尚未启动", None, "无"], [2, None, "职能职责", 1, 1, "—", "5月20日", "已经完成", None, "无"],
        [3, "同上", "人员配备", 1, 0, "—", "—", "尚未启动", None, "无"], [4, 4.4, "龙滩子", 8, 7, "—", "—", "正在推进", None, "无"],
    ]  # fmt: skip
    numbers = list(range(1, 11))
    book = Book({"Sheet1": [["龙滩子街道办事处2022年第2季度重点任务进展"], header, lower, numbers, *rows]})
    found = to_be_stored(desk.accepted(book, merged={"Sheet1": [((4, 1), (5, 1)), ((1, 3), (1, 4)), ((1, 5), (1, 6))]}))
    assert [(row["item"], row["object"], row["done"], row["completed_on"]) for row in found[task_progress.name]] == [
        ("12.1", "机构设置", 0, None), ("12.1", "职能职责", 1, date(2022, 5, 20)), ("12.1", "人员配备", 0, None), ("4.4", "龙滩子", 7, None),
    ]  # fmt: skip


def test_a_year_without_a_plan_is_said_once(desk: Desk) -> None:
    """The quarter chooses the plan: of 2021 there is none, which is told at all numbers together; of nothing to report nothing is said."""
    book = tasks("2021Q4", "longtanzi", told("7.6"), told("10.1"))
    (problem,) = [one for one in desk.check(book).problems if one.is_error]
    assert (problem.code, problem.column, problem.cells) == ("bad_choice", "任务编号", ("A2", "A3"))
    assert "没有 2021 年的工作要点" in sentence(problem)
    assert not [one for one in desk.check(book.only_headers()).problems if one.is_error]


def test_all_items_of_all_units_are_taken(desk: Desk) -> None:
    """Each unit tells of each of its items and objects as the plan names them, and of nobody else's."""
    ((_, plan),) = shipped()
    for unit in desk.zone.units:
        own = filed_items(plan, unit, desk.zone)
        rows = [
            told(item.number, written, 4, 1)
            for item in own.values()
            for written in (plan.objects(item, desk.zone) or {"": None}).values()
        ]
        checkup = desk.accepted(tasks("2022Q2", unit.code, *rows))
        assert (unit.code, checkup.rows) == (unit.code, len(rows))
        foreign = [item.number for item in plan.items if item.number not in own]
        problems = desk.check(tasks("2022Q2", unit.code, *(told(number, "机构设置") for number in foreign))).problems
        refused = {cell for problem in problems for cell in problem.cells or (problem.cell,)}
        assert {problem.code for problem in problems} == {"bad_choice"}
        assert sum(problem.count for problem in problems) == len(foreign) >= len(refused)


def test_an_object_twice_and_a_version_that_takes_back(loader: Loader, tmp_path: Path) -> None:
    """Both rows of an object are kept; a corrected workbook replaces them, and the difference is told row by row."""
    first = tasks(
        "2022Q2", "longtanzi", told("10.1", "上级安排"), told("10.1", "上级安排", done=2), told("7.6", done=2)
    )
    assert send(loader, first, tmp_path, at=JULY).status == "accepted"
    second = tasks("2022Q2", "longtanzi", told("10.1", "上级安排"), told("10.1", "上级 安排", done=1), told("2.1"))
    outcome = send(loader, second, tmp_path, at=AUGUST)
    assert (outcome.status, outcome.version, outcome.rows) == ("accepted", 2, 3)
    with reader(loader.settings.database_url).connect() as connection:
        own = row_difference.c
        kept = connection.execute(
            select(own.change, own.identity, own.before, own.after)
            .order_by(own.submission.desc(), own.position)
            .limit(3)
        ).all()
    assert [(change, identity) for change, identity, _before, _after in kept] == [
        ("changed", "10.1 上级 安排"), ("new", "2.1"), ("gone", "7.6"),
    ]  # fmt: skip
    assert (kept[0].before["已完成数"], kept[0].after["已完成数"]) == ("2", "1")


def test_rebuilt_from_the_journal_it_is_the_same(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Rows, versions and refusals come out of archive and journal as they stood."""
    with Loader(sqlite_installation) as loader:
        for book, at in (
            (tasks(), JULY), (tasks().put({"A2": "12.9"}), JULY), (tasks().put({"D2": 3}), AUGUST),
            (tasks("2022Q2", "emergency", told("保障2.1", None, 200, 12.5)), AUGUST),
        ):  # fmt: skip
            send(loader, book, tmp_path, at=at)
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(sqlite_installation, target)
    anew = Settings(database_url=target, archive_dir=sqlite_installation.archive_dir)
    before, after = (all_rows(one, but=LOG) for one in (sqlite_installation, anew))
    assert len(after[task_progress.name]) == 5
    assert after[task_progress.name] == before[task_progress.name]


def test_a_published_quarter_takes_no_more_of_it(loader: Loader, tmp_path: Path) -> None:
    """Scores close the quarter's items with its marks: then it is the office's, with its reason."""
    for book in (self_assessment(), review(), tasks()):
        assert send(loader, book, tmp_path, at=JULY).status == "accepted"
    publish(loader.settings, "scores", parse_period("2022Q2"))
    corrected = tasks().put({"D2": 3})
    (problem,) = send(loader, corrected, tmp_path, at=AUGUST).errors
    assert (problem.code, "2022Q2" in sentence(problem)) == ("closed_period", True)
    assert send(loader, corrected, tmp_path, choice=BY_THE_OFFICE, at=AUGUST).status == "accepted"
    assert send(loader, tasks("2022Q3", "longtanzi"), tmp_path, at=AUGUST).status == "accepted"


def test_kind_is_told_by_the_header_alone(desk: Desk) -> None:
    """Under a sheet's name that says nothing, in other words and another order."""
    other = ["对象", "任务\n编号", "工作进展", "累计完成数", "目标数", "完成时间", "佐证材料"]
    rows = [other, ["上级安排", 10.1, "推进中", 1, 4, "5月20日", "纪要"], ["自行开展", 10.1, "推进中", 0, 4, "/", "—"]]
    checkup = desk.accepted(Book({"Sheet1": rows}), choice=Choice(None, "longtanzi", "2022Q2"))
    assert (checkup.kind and checkup.kind.code, checkup.rows, checkup.problems) == ("tasks", 2, [])


def test_rows_of_our_template_that_nobody_touched_say_nothing(desk: Desk) -> None:
    """Number, object, and what stands beside them for the clerk: left out by name; with any word of the clerk's own they are rows."""
    header = ["任务编号", "任务名称", "对象", "计量单位", "应完成数", "上次已完成数", "已完成数", "进展情况"]
    lines: list[list[Any]] = [
        ["7.6", "干预执法记录", "龙滩子街道办事处", "次", 4, 1, 2, "正在推进"], ["10.1", "三年行动", "龙滩子街道办事处", "项", 4, None, None, None],
        ["12.1", "八个方面", "机构设置", "方面", None, 1, None, None],
    ]  # fmt: skip
    book = Book({SHEET: [header, *lines]}, tasks().meta)
    checkup = desk.accepted(book)
    assert (checkup.rows, [(one.first, one.last, one.why.value) for one in checkup.left_out if one.first]) == (
        1, [(3, 4, "prefilled")],
    )  # fmt: skip
    assert places(desk.check(book.put({"G3": 2})).problems, SHEET) == {"H3": "missing_value"}
