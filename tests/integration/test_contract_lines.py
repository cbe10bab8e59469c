"""CONTRACT section 1, line by line, for every kind that there is: what is taken as it comes, and what is refused.

The columns stand here as CONTRACT has them, not as the kinds declare them, so that a slip in a declaration shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.schema.accidents import accident as accident_table
from data.schema.baseline import baseline_month
from data.schema.disasters import disaster as disaster_table
from data.schema.enforcement import inspection, reinspection
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.schema.hazards import hazard
from data.schema.quarterly import review_extra
from data.schema.supervision import supervision_finding
from data.schema.targets import casualty_cap, inspection_plan
from data.schema.tasks import task_progress
from data.schema.tipoffs import tipoff
from data.settings import Settings
from data.store import reader
from data.zone.zone import read_zone
from etl.checking.check import Checkup
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.table.messages import sentence
from etl.table.problems import Problem
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import Book, ledger, number, places, send
from tests.integration.papers import (
    CLEAN,
    accidents,
    baseline,
    tipoffs,
)

Papers = Callable[[], Book]
MONTHS = ", ".join(f"{month}月" for month in range(1, 13))
CONTRACT: dict[tuple[str, str], str] = {
    ("enforcement", "执法检查台账"):
        "序号, **检查日期**, **被检查单位**, 统一社会信用代码, **行业领域**, 属地, 检查方式, 检查人员, **检查文书号**, **发现隐患数**, "
        "其中重大隐患数, 整改期限, 已整改隐患数, **是否处罚**, 处罚决定书号, 处罚种类, 罚款金额(元), 复查日期, 复查结论, 备注",
    ("enforcement", "整改复查"):
        "**检查文书号**, 复查日期, 复查结论, 已整改隐患数, 是否处罚, 处罚决定书号, 处罚种类, 罚款金额(元), 备注",
    ("enforcement", "汇总"): "**指标**, **数值**",
    ("targets", "亡人指标"): "**单位**, 行业领域, **全年亡人指标**",
    ("targets", "检查计划"): f"**单位**, {MONTHS}, 月计划",
    ("self_assessment", "十条措施自评"): "序号, **措施**, 工作要求, **分值**, **自评分**, 完成情况, 佐证材料, 扣分原因",
    ("review", "十条措施评审"): "**单位**, **措施**, **评审得分**, 扣分原因",
    ("review", "加减分与否决"): "**单位**, 加分, 扣分, 一票否决, 事由",
    ("accidents", "生产安全事故台账"):
        "**事故编号**, **发生时间**, **事故单位**, **属地**, **行业领域**, 行业主管部门, **事故类型**, **死亡人数**, **重伤人数**, 下落不明人数, "
        "轻伤人数, 直接经济损失(万元), 事故等级, **计入指标**, 认定状态, 引发稳定问题, 一案双查, 挂牌督办日期, 调查报告日期, 批准延期至, "
        "追责人数, 移送司法日期, 结案日期, 备注",
    ("baseline", "历史数据"): "**单位**, **月份**, 检查家次, 查出问题家次, 隐患数, 重大隐患数, 行政处罚, 罚款金额(元)",
    ("enterprises", "企业名录"):
        "**企业名称**, **统一社会信用代码**, **行业领域**, **属地**, 行业主管部门, **规模**, 重点行业, 高危, 试点, 标准化等级, 主要负责人, 总工程师, "
        "起始日期, 终止日期",
    ("frontline", "一线责任制台账"):
        "**企业名称**, **统一社会信用代码**, 岗位数, **岗位风险清单**, **岗位职责清单**, **岗位操作卡**, **岗位应急处置卡**, 完成日期, 备注",
    ("hazards", "重大隐患台账"):
        "**隐患编号**, **发现日期**, **企业名称**, 统一社会信用代码, **行业领域**, 属地, **隐患描述**, **隐患等级**, 责任层级, **整改期限**, 整改措施, "
        "销号日期, 备注",
    ("supervision", "督查台账"):
        "**编号**, **日期**, **方式**, **被督查单位**, **发现问题**, 整改期限, 回复日期, 曝光, 销号日期, 备注",
    ("tipoffs", "举报与失信惩戒"):
        "**编号**, **日期**, **类型**, **对象**, 行业领域, 是否查实, 奖励金额(元), 发放日期, 办结日期, 备注",
    ("disasters", "灾害与预警台账"):
        "**编号**, 发生时间, **类型**, **属地**, 预警时间, 叫应时间, 应答时间, 反馈时间, 熔断措施, 转移人数, 死亡人数, 失踪人数, 责任事件, "
        "需救助人数, 已保障人数, 备注",
    ("tasks", "重点任务进展"):
        "**任务编号**, 对象, **应完成数**, **已完成数**, 发生日期, 完成日期, **进展情况**, 佐证材料, 存在问题",
}  # fmt: skip
COLUMNS = {
    place: {title.strip("*"): title.startswith("**") for title in listed.split(", ")}
    for place, listed in CONTRACT.items()
}
EVERY_COLUMN = [(*place, title, bold) for place, titles in COLUMNS.items() for title, bold in titles.items()]
WIDE = {ord(one): ord(one) + 0xFEE0 for one in "0123456789"}


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation; what touches the engine is tested on each elsewhere."""
    with Loader(sqlite_installation) as one:
        yield one


def refused(desk: Desk, book: Book) -> list[Problem]:
    """All that is said of a workbook that must be refused, in Chinese."""
    checkup = desk.check(book)
    assert not checkup.accepted
    for problem in checkup.problems:
        assert re.search("[\u4e00-\u9fff]", sentence(problem))
        assert "%(" not in sentence(problem)
    return checkup.problems


def values(checkup: Checkup, table: Any, name: str) -> list[Any]:
    """One column of what would be stored in a table."""
    return [row[name] for row in to_be_stored(checkup)[table.name]]


def first_sheet(book: Book) -> str:
    """The sheet on which ``places`` names cells alone."""
    return next(iter(book.sheets))


def column_of(book: Book, sheet: str, title: str) -> int:
    """Where a column stands; added with nothing in it where the clean workbook does not have it."""
    header = book.sheets[sheet][0]
    if title not in header:
        header.append(title)
    return header.index(title)


def cell(book: Book, sheet: str, title: str, row: int = 2) -> str:
    """The name of a cell below a header, as ``put`` and ``places`` name it."""
    name = f"{chr(65 + column_of(book, sheet, title))}{row}"
    return name if sheet == first_sheet(book) else f"{sheet}!{name}"


# The table of kinds


def test_kinds_are_those_of_the_contract() -> None:
    """Every kind that can be loaded has its sheets and columns below; none is left out of these tests."""
    assert set(CLEAN) == set(KINDS)
    assert {(code, spec.title) for code, kind in KINDS.items() for spec in kind.tables} == set(COLUMNS)


@pytest.mark.parametrize(("kind", "sheet"), COLUMNS)
def test_columns_are_those_of_the_contract(kind: str, sheet: str) -> None:
    """Each column of CONTRACT is one of the kind's under exactly that title, required where it is bold and only there."""
    spec = next(spec for spec in KINDS[kind].tables if spec.title == sheet)
    declared = {column.title: column.required for column in spec.columns}
    assert {title: declared.get(title) for title in COLUMNS[kind, sheet]} == COLUMNS[kind, sheet]
    assert not any(required for title, required in declared.items() if title not in COLUMNS[kind, sheet])


@pytest.mark.parametrize(("kind", "sheet", "title", "bold"), EVERY_COLUMN)
def test_column_that_is_left_out(desk: Desk, kind: str, sheet: str, title: str, bold: bool) -> None:
    """Without a bold column the workbook is refused for just that, without a word on its cells; without another it is read.

    汇总 without one is another layout: compared where it can be.
    """
    book = CLEAN[kind]()
    position = column_of(book, sheet, title)
    for row in book.sheets[sheet]:
        del row[position : position + 1]
    if bold and sheet == "汇总":
        assert {one.code for one in desk.accepted(book).problems} <= {"summary_not_read"}
    elif bold:
        said = refused(desk, book)
        assert [(one.code, one.sheet, one.column, one.cell) for one in said] == [("missing_column", sheet, title, None)]
    else:
        said = desk.check(book).problems
        assert not {one.code for one in said} & {"missing_column", "missing_value", "unknown_column"}


@pytest.mark.parametrize(("kind", "sheet", "title"), [one[:3] for one in EVERY_COLUMN if one[3]])
@pytest.mark.parametrize("empty", [None, "/", "——"])
def test_bold_cell_must_be_filled_in(desk: Desk, kind: str, sheet: str, title: str, empty: str | None) -> None:
    """An empty cell of a bold column, however emptiness is written, is a missing value at that cell, told once."""
    book = CLEAN[kind]()
    where = cell(book, sheet, title)
    assert places(refused(desk, book.put({where: empty})), first_sheet(book)) == {where: "missing_value"}


@pytest.mark.parametrize(("kind", "sheet", "title"), [one[:3] for one in EVERY_COLUMN if not one[3]])
def test_other_cell_may_be_empty(desk: Desk, kind: str, sheet: str, title: str) -> None:
    """Emptiness in any of its writings is the same as a blank cell in every column that is not bold."""
    found = []
    for written in (None, "/", "—", "——", "-", " ", "\u3000"):
        book = CLEAN[kind]()
        found.append(desk.check(book.put({cell(book, sheet, title): written})).problems)
    assert found[1:] == found[:1] * 6


NUMBERS = [
    ("enforcement", "I", inspection), ("accidents", "A", accident_table), ("hazards", "A", hazard),
    ("supervision", "A", supervision_finding), ("tipoffs", "A", tipoff), ("disasters", "A", disaster_table),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "letter", "table"), NUMBERS)
@pytest.mark.parametrize(
    ("one", "again"),
    [
        ("（渝）检〔2022〕5号", "(渝)检[2022]5号"), ("渝检【2022】5号", " 渝检（2022） 5 号"), ("检５号", "检5号"),
        ("AB-1", "ＡＢ－1"), (12.0, "12"), (12.0, "１２"), ("12.0", 12),
    ],
)  # fmt: skip
def test_numbers_are_compared_after_nfkc_and_brackets(
    desk: Desk, kind: str, letter: str, table: Any, one: Any, again: Any
) -> None:
    """Two writings of one number are the same number; each is kept as its sender wrote it, a 12.0 as 12."""
    book = CLEAN[kind]()
    book.sheets = {first_sheet(book): book.sheets[first_sheet(book)]}
    as_typed = "12" if isinstance(one, float) else one
    assert values(desk.accepted(book.put({f"{letter}2": one})), table, "number")[0] == as_typed
    said = refused(desk, book.put({f"{letter}3": again}))
    assert places(said, first_sheet(book)) == {f"{letter}3": "duplicate_key"}


# Taken as it comes


@pytest.mark.parametrize("kind", CLEAN)
def test_headers_alone_are_a_declared_zero(desk: Desk, kind: str) -> None:
    """A workbook with its headers and no rows is accepted as a report of nothing; before the period's end with a word on that."""
    checkup = desk.accepted(CLEAN[kind]().only_headers())
    going_on = kind in {"targets", "self_assessment", "review", "enterprises", "tasks"}
    assert (checkup.rows, [one.code for one in checkup.problems]) == (0, ["early_zero"] if going_on else [])
    assert not any(to_be_stored(checkup).values())


def test_a_ledger_of_second_looks_alone_is_no_declared_zero(loader: Loader, tmp_path: Path) -> None:
    """Rows in 整改复查 are rows of the report, also under a ledger without any."""
    assert send(loader, ledger("2022-04"), tmp_path).status == "accepted"
    book = ledger().only_headers()
    book.sheets["整改复查"].append([number(2, "2022-04"), "2022-05-21", "合格", 3])
    outcome = send(loader, book, tmp_path)
    assert (outcome.status, outcome.rows) == ("accepted", 1)


COUNTS = [
    ("enforcement", "J2", "2", inspection, "hazards"), ("enforcement", "整改复查!D2", "3", reinspection, "rectified"),
    ("targets", "C4", "2", casualty_cap, "cap"), ("targets", "检查计划!B2", "4", inspection_plan, "inspections"),
    ("accidents", "I3", "2", accident_table, "serious_injuries"), ("baseline", "C2", "12", baseline_month, "inspections"),
    ("frontline", "C2", "12", frontline_duty, "posts"),
    ("disasters", "J2", "120", disaster_table, "moved"), ("tasks", "D2", "2", task_progress, "done"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "place", "digits", "table", "name"), COUNTS)
@pytest.mark.parametrize("measure", ["家", "项", "处", "起", "人", "家次", "个", " 项"])
def test_measure_word_behind_a_count(
    desk: Desk, kind: str, place: str, digits: str, table: Any, name: str, measure: str
) -> None:
    """12家, 2项, 3处, 1起, 2人, with digits of either width: the count is the number."""
    usual = values(desk.accepted(CLEAN[kind]()), table, name)
    for written in (digits, digits.translate(WIDE)):
        assert values(desk.accepted(CLEAN[kind]().put({place: f"{written}{measure}"})), table, name) == usual


@pytest.mark.parametrize("written", ["2元", "￥2", "2万元", "0.5家", "-2项", "2家企业", "1000001家"])
@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("enforcement", "J3"),
        ("targets", "C4"),
        ("accidents", "I3"),
        ("baseline", "C2"),
        ("tasks", "C2"),
        ("tasks", "D3"),
    ],
)
def test_what_is_no_count(desk: Desk, kind: str, place: str, written: str) -> None:
    """Money, halves, less than nothing, more than a million or a sentence are no count."""
    book = CLEAN[kind]()
    assert places(refused(desk, book.put({place: written})), first_sheet(book)) == {place: "bad_number"}


@pytest.mark.parametrize(
    ("header", "factor"), [("罚款（万元）", 10_000), ("罚款（元）", 1), ("罚款", 1), ("罚款金额\n（万元）", 10_000)]
)
@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1.5万元", 15000),
        ("1.5万", 15000),
        ("5000元", 5000),
        ("￥5,000元", 5000),
        ("１．５万元", 15000),
        (2, None),
        ("2", None),
    ],
)
def test_unit_in_the_cell_wins_over_the_headers(
    desk: Desk, header: str, factor: int, written: Any, yuan: int | None
) -> None:
    """An amount with its unit is that amount under any header; one without takes the header's unit."""
    meant = yuan or 2 * factor
    checkup = desk.accepted(ledger().put({"Q1": header, "Q3": written, "汇总!B7": f"{meant}元"}))
    assert values(checkup, inspection, "fine_yuan")[1] == meant


def test_unit_in_the_cell_wins_in_every_kind_with_money(desk: Desk) -> None:
    """Losses under a header in 万元 and past fines under one in 元, each with and without a unit of its own."""
    losses = desk.accepted(accidents().put({"L2": "800000元", "L3": 1.5}))
    assert values(losses, accident_table, "loss_yuan") == [800_000, 15_000]
    fines = desk.accepted(baseline().put({"H1": "罚款（万元）", "H2": "30000元", "H3": 3}))
    assert values(fines, baseline_month, "fines_yuan") == [30_000, 30_000]
    rewards = desk.accepted(tipoffs().put({"G1": "奖励（万元）", "G2": "500元", "G3": 0.02}))
    assert values(rewards, tipoff, "reward_yuan") == [500, 200]


def test_days_without_a_year_across_new_year(desk: Desk) -> None:
    """A deadline, a re-inspection and a second look that would lie before their inspection are of the next year."""
    book = ledger("2022-12").put({
        "B2": "12月20日", "L2": "1月5日", "R2": "1月2日", "B3": "12月6号", "L3": "12月30日", "B4": "12月31日",
        "整改复查!B2": "1月3日",
    })  # fmt: skip
    checkup = desk.accepted(book, at=datetime(2023, 1, 4, tzinfo=UTC))
    assert values(checkup, inspection, "inspected_on") == [date(2022, 12, 20), date(2022, 12, 6), date(2022, 12, 31)]
    assert values(checkup, inspection, "rectify_by") == [date(2023, 1, 5), date(2022, 12, 30), None]
    assert values(checkup, inspection, "reinspected_on") == [date(2023, 1, 2), None, None]
    assert values(checkup, reinspection, "reinspected_on") == [date(2023, 1, 3)]


FLAGS = [
    ("enforcement", "N4", inspection, "penalised", 2), ("enforcement", "整改复查!E2", reinspection, "penalised", 0),
    ("review", "加减分与否决!D2", review_extra, "veto", 0), ("accidents", "N2", accident_table, "counted", 0),
    ("accidents", "P2", accident_table, "stability", 0), ("accidents", "Q2", accident_table, "both_examined", 0),
    ("enterprises", "G2", enterprise, "key_industry", 0), ("enterprises", "L2", enterprise, "chief_engineer", 0),
    ("frontline", "E3", frontline_duty, "duty_list", 1),
    ("supervision", "H2", supervision_finding, "exposed", 0), ("tipoffs", "F2", tipoff, "substantiated", 0),
    ("disasters", "M2", disaster_table, "responsible", 0),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "place", "table", "name", "row"), FLAGS)
def test_flags_in_all_their_writings(desk: Desk, kind: str, place: str, table: Any, name: str, row: int) -> None:
    """是/否 as 是, 否, √, ×, 有, 无, Y, N, 1, 0; what is none of them is no choice."""
    for written, meant in [
        *((one, True) for one in ("是", "√", "有", "Y", "y", "1", 1, "１", True)),
        *((one, False) for one in ("否", "×", "无", "N", "n", "0", 0, False)),
    ]:
        more = {"O4": "决定4号", "汇总!B6": 2} if (place, meant) == ("N4", True) else {}
        checkup = desk.accepted(CLEAN[kind]().put({place: written, **more}))
        assert (written, bool(values(checkup, table, name)[row])) == (written, meant)
    book = CLEAN[kind]()
    assert places(refused(desk, book.put({place: "待定"})), first_sheet(book)) == {place: "bad_choice"}


@pytest.mark.parametrize(
    ("kind", "place", "table", "name", "row"), [one for one in FLAGS if one[1] not in {"N4", "N2", "E3"}]
)
@pytest.mark.parametrize("empty", [None, "/", "—"])
def test_empty_flag_of_a_column_that_is_not_required_is_no(
    desk: Desk, kind: str, place: str, table: Any, name: str, row: int, empty: str | None
) -> None:
    """Blank, / and — are 否 there; in a required column they are a missing value (above)."""
    assert not values(desk.accepted(CLEAN[kind]().put({place: empty})), table, name)[row]


SUMS = [
    ("enforcement", "执法检查台账", 1, {"发现隐患数": 5, "其中重大隐患数": 1, "已整改隐患数": 3, "罚款金额(元)": 20000}),
    ("enforcement", "整改复查", 0, {"已整改隐患数": 3}),
    ("targets", "检查计划", 0, {"1月": 4, "12月": "4家"}),
    ("self_assessment", "十条措施自评", 1, {"分值": 100, "自评分": "90分"}),
    ("review", "十条措施评审", 0, {"评审得分": 160}),
    ("review", "加减分与否决", 0, {"加分": 2}),
    ("accidents", "生产安全事故台账", 0, {"死亡人数": 1, "重伤人数": "2人", "直接经济损失(万元)": 80}),
    ("baseline", "历史数据", 0, {"检查家次": 22, "罚款金额(元)": "3万元"}),
    ("frontline", "一线责任制台账", 0, {"岗位数": "12个"}),
    ("tipoffs", "举报与失信惩戒", 0, {"奖励金额(元)": "0.05万元"}),
    ("disasters", "灾害与预警台账", 0, {"转移人数": 120, "死亡人数": "1人", "需救助人数": 40, "已保障人数": 12}),
    ("tasks", "重点任务进展", 1, {"应完成数": 8, "已完成数": "3项"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "sheet", "place", "sums"), SUMS)
@pytest.mark.parametrize("label", ["合计", "合　计", "累计", "总计", "小计"])
def test_rows_of_sums_are_left_out_but_checked(
    desk: Desk, kind: str, sheet: str, place: int, sums: dict[str, Any], label: str
) -> None:
    """A right row of sums is passed over without a word; of a wrong one each figure is pointed out at its cell."""
    for right in (True, False):
        book = CLEAN[kind]()
        usual = to_be_stored(desk.accepted(CLEAN[kind]()))
        row = len(book.sheets[sheet]) + 1
        wrong = dict.fromkeys(sums, 7777)
        book.sheets[sheet].append([None] * place + [label])
        book.put({cell(book, sheet, title, row): value for title, value in (sums if right else wrong).items()})
        checkup = desk.accepted(book)
        assert to_be_stored(checkup) == usual
        expected = {} if right else {cell(book, sheet, title, row): "table_total" for title in sums}
        assert places(checkup.problems, first_sheet(book)) == expected


def test_label_of_sums_in_a_column_of_the_offices_own(desk: Desk) -> None:
    """合计 in a column that the kind does not know, left of the others, marks the row of sums all the same."""
    book = ledger()
    for row, first in zip(book.sheets["执法检查台账"], ("检查组", "一组", "二组", "一组"), strict=True):
        row.insert(0, first)
    book.sheets["执法检查台账"].append(["合计", *[None] * 9, 5])
    checkup = desk.accepted(book)
    assert (checkup.rows, [problem.code for problem in checkup.problems]) == (4, ["unknown_column"])


# Told once


def test_day_outside_the_month_is_told_once(desk: Desk) -> None:
    """A day of another year is out of the period; what only follows from it (deadline, re-inspection) is not told too."""
    for strange in (date(2021, 5, 6), date(2023, 5, 6)):
        assert places(refused(desk, ledger().put({"B2": strange})), "执法检查台账") == {"B2": "out_of_period"}


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("整改期限", [("inconsistent", "整改期限", ("J2", "J3"))]),
        ("处罚决定书号", [("inconsistent", "处罚决定书号", ("N3",))]),
        ("复查日期", [("inconsistent", "复查日期", ("R2",))]),
        ("复查结论", [("inconsistent", "复查结论", ("R2",))]),
        ("统一社会信用代码", [("no_credit_code", "统一社会信用代码", ())]),
        ("其中重大隐患数", []),
        ("检查人员", []),
    ],
)
def test_missing_column_that_rows_need_is_told_once(
    desk: Desk, title: str, told: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    """Without a column that some rows need there is one line: it names the column and, at this sheet, who needs it."""
    book = ledger()
    position = column_of(book, "执法检查台账", title)
    for row in book.sheets["执法检查台账"]:
        del row[position]
    book.sheets = {"执法检查台账": book.sheets["执法检查台账"]}
    said = [(one.code, one.column, one.cells) for one in desk.check(book).problems]
    shifted = [(code, column, tuple(_moved(place, position) for place in where)) for code, column, where in told]
    assert said == shifted


def _moved(place: str, taken_out: int) -> str:
    column = ord(place[0]) - 65
    return f"{chr(place and 65 + column - (column > taken_out))}{place[1:]}"


@pytest.mark.parametrize(
    ("kind", "letter", "rows", "value", "code"),
    [
        ("enforcement", "E", (2, 3, 4), "渔业", "bad_choice"), ("enforcement", "D", (2, 3, 4), "123", "bad_credit_code"),
        ("targets", "C", (2, 3, 4), "若干", "bad_number"), ("self_assessment", "E", tuple(range(2, 12)), "优", "bad_number"),
        ("review", "A", tuple(range(2, 12)), "某街道", "bad_choice"), ("accidents", "G", (2, 3), "跌倒", "bad_choice"),
        ("baseline", "A", (2, 3), None, "missing_value"), ("enforcement", "H", (2, 3, 4), "张伟", "few_inspectors"),
        ("enforcement", "D", (2, 3, 4), None, "no_credit_code"),
        ("supervision", "D", (2, 3), "某街道", "bad_choice"), ("tipoffs", "C", (2, 3), "表扬", "bad_choice"),
        ("tasks", "A", (2, 3), "8.10", "bad_choice"), ("tasks", "D", (2, 3), "若干", "bad_number"),
    ],
)  # fmt: skip
def test_same_problem_in_many_cells_is_one_line(
    desk: Desk, kind: str, letter: str, rows: tuple[int, ...], value: Any, code: str
) -> None:
    """The same mistake in every row is one entry with all its cells, in every kind."""
    book = CLEAN[kind]()
    (problem,) = desk.check(book.put({f"{letter}{row}": value for row in rows})).problems
    assert (problem.code, problem.cells) == (code, tuple(f"{letter}{row}" for row in rows))


def test_one_line_names_the_values_of_its_cells(desk: Desk) -> None:
    """Codes that each have a wrong check digit are one line, and it does not pass the first one off as all of them."""
    (problem,) = desk.check(ledger().put({"D2": "91502914MA3FQEFLC1", "D3": "91506914MAHTYUCA41"})).problems
    assert (problem.code, problem.cells) == ("check_digit", ("D2", "D3"))
    assert all(code in sentence(problem) for code in ("91502914MA3FQEFLC1", "91506914MAHTYUCA41"))


# Kind, unit and period


@pytest.mark.parametrize("kind", CLEAN)
@pytest.mark.parametrize(
    "above",
    [
        [["{title}"], ["填报单位：{unit}（盖章）", None, "{label}：{period}"]],
        [["填报单位（盖章）：", "{unit}", "{label}：", "{period}"]],
        [["填报单位（盖章）", "{unit}", None, "{label}", "{period}"], [None], ["填报时间：2023年9月9日"]],
        [["{title}"], ["填报单位：{unit}　　{label}：{period}　　填报时间：2022年6月2日"], ["单位：元"]],
    ],
)
def test_labelled_cells_tell_every_kind(desk: Desk, kind: str, above: list[list[str | None]]) -> None:
    """Without ``_meta``, unit and period are read from the cells above the table, the kind from sheet or header."""
    book = CLEAN[kind]()
    unit = desk.zone.unit_by_code[book.meta["unit"]].name
    period = book.meta["period"]
    label = {"month": "填报月份", "quarter": "填报季度", "year": "填报年度"}[KINDS[kind].frequency]
    words = {"title": KINDS[kind].title, "unit": unit, "label": label, "period": period}
    first = first_sheet(book)
    book.sheets[first] = [
        *([None if one is None else one.format(**words) for one in row] for row in above), *book.sheets[first]
    ]  # fmt: skip
    for name in (first, " ".join(first), "Sheet1" if len(book.sheets) == 1 else first):
        told = Book({name if one == first else one: rows for one, rows in book.sheets.items()})
        checkup = desk.accepted(told)
        assert checkup.kind is KINDS[kind]
        assert (checkup.unit and checkup.unit.code, str(checkup.period)) == (book.meta["unit"], book.meta["period"])
