"""Which sheets are meant as which tables: further sheets, hidden ones, sums in another layout (CONTRACT section 1)."""

from __future__ import annotations

from typing import Any

import pytest

from data.intake.inbox import Choice
from etl.checking.locate import why_no_table
from etl.kinds.enforcement import LEDGER
from etl.kinds.enforcement.columns import FOLLOW_UPS, SUMMARY
from etl.kinds.enforcement.stated_sums import stated_on
from etl.kinds.review import EXTRAS, MARKS
from etl.reading.sheets import Sheet
from etl.table.left_out import Why
from etl.table.messages import sentence
from etl.table.own_sheets import UNREAD
from etl.table.sheet_names import is_named
from tests.unit.test_recognise import LABELS, LEDGER_HEADER, codes, filled, ledger, meta, sheet, told

CHOSEN = Choice("enforcement", "longtanzi", "2022-05")
FOLLOW_UP_HEADER = [column.title for column in FOLLOW_UPS.columns]
CASE = ["检记1号", "2022-05-20", "合格", 2.0]


def unseen(one: Sheet) -> Sheet:
    """The same sheet, hidden."""
    one.hidden = True
    return one


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("执法检查台账", True), (" 执法检查 台账 ", True), ("执法检查台账 (2)", True), ("执法检查台账（2）", True), ("执法检查台账2", True),
        ("执法检查台账续", True), ("执法检查台账（续）", True), ("执法检查台账-2", True), ("5月执法检查台账", True), ("2022年5月执法检查台账", True),
        ("执法检查台账(二)", True), ("执法台账", True), ("Sheet1", False), ("整改复查", False), ("台账", False), ("5月", False),
    ],
)  # fmt: skip
def test_sheet_is_named_after_a_table(name: str, named: bool) -> None:
    """Its title or an alias, as a further sheet of it, or with the month before it."""
    assert is_named(sheet(name, ["x"]), LEDGER) == named


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (sheet("Sheet2", ["检查日期", "被检查单位"], ["2022-05-03", "甲"]), "conflict"),
        (sheet("执法检查台账 (2)", LEDGER_HEADER, ["x"] * len(LEDGER_HEADER)), "conflict"),
        (sheet("执法检查台账续", ["2022-05-03", "甲", "工贸"], ["2022-05-04", "乙", "工贸"]), "missing_column"),
        (sheet("执法检查台账（2）", ["2022-05-03", "甲", "工贸", "罚款"], ["2022-05-04", "乙", "工贸", "罚款"]), "missing_column"),
        (sheet("整改复查", CASE), "missing_column"),
        (sheet("复查情况", ["标题"], CASE), "missing_column"),
        (sheet("整改复查", FOLLOW_UP_HEADER[1:], CASE[1:]), "missing_column"),
        (sheet("整改复查", ["案件", *FOLLOW_UP_HEADER[1:]], CASE), "missing_column"),
        (sheet("整改复查", ["检查文书编码", *FOLLOW_UP_HEADER[1:]], CASE), "near_header"),
        (sheet("整改复查", ["检查文书号", "复查"], CASE[:2]), None),
        (sheet("整改复查", ["检查文书号", "复查曰期", "复查结论"], CASE[:3]), "near_header"),
        (sheet("整改复查"), None),
        (sheet("整改复查", ["无"]), None),
        (sheet("整改复查", ["填报单位：龙滩子街道", "填报月份：2022年5月"], ["本月无"]), None),
        (sheet("执法检查台账 (2)", LEDGER_HEADER), None),
        (sheet("通讯录", ["姓名", "电话"], ["张三", "138"]), None),
    ],
)  # fmt: skip
def test_second_sheet_of_a_workbook(second: Sheet, code: str | None) -> None:
    """What is meant as a table is never passed over: without its header, or beside another with rows, it is said so."""
    one = told(filled("执法检查台账"), second, choice=CHOSEN)
    assert set(codes(one)) == ({code} if code else set())


def test_two_sheets_of_follow_ups() -> None:
    """Two 整改复查 with rows are as little chosen between as two ledgers; of an empty one nothing is lost."""
    rows = [FOLLOW_UP_HEADER, [*CASE, *[""] * 5]]
    first, further, empty = sheet("整改复查", *rows), sheet("Sheet3", *rows), sheet("整改复查(2)", FOLLOW_UP_HEADER)
    (problem,) = told(filled("执法检查台账"), first, further, choice=CHOSEN).problems
    assert (problem.code, problem.parameters["values"]) == ("conflict", "“整改复查”、“Sheet3”")
    assert codes(told(filled("执法检查台账"), first, empty, choice=CHOSEN)) == []


def test_two_sheets_of_extras() -> None:
    """The office's 加减分与否决 likewise."""
    marks = sheet("十条措施评审", [column.title for column in MARKS.columns])
    extras = [[column.title for column in EXTRAS.columns], ["双路街道", 2.0, "", "", "表扬"]]
    choice = Choice("review", "emergency", "2022Q2")
    one = told(marks, sheet("加减分与否决", *extras), sheet("加减分与否决续", *extras), choice=choice)
    assert [code for code in codes(one) if code != "not_allowed"] == ["conflict"]
    one = told(marks, sheet("加减分与否决", extras[1]), choice=choice)
    assert [code for code in codes(one) if code != "not_allowed"] == ["missing_column"]


def test_sheet_with_more_of_another_table_is_that_one() -> None:
    """检查文书号 and 是否处罚 are required headings of the ledger, and yet the sheet of second looks is no second ledger."""
    rows = [["检查文书号", "复查日期", "复查结论", "是否处罚"], ["检记1号", "2022-05-20", "合格", "否"]]
    one = told(filled("五月"), sheet("复查", *rows), choice=CHOSEN)
    assert {key: found.sheet.name for key, found in one.found.items()} == {"ledger": "五月", "follow_ups": "复查"}
    assert codes(one) == []


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([ledger(LABELS), unseen(filled("四月"))], "conflict"),
        ([ledger(LABELS), unseen(filled("执法检查台账(2)"))], "conflict"),
        ([unseen(filled("执法检查台账"))], "conflict"),
        ([filled("执法检查台账"), unseen(sheet("整改复查", FOLLOW_UP_HEADER, [*CASE, *[""] * 5]))], "conflict"),
        ([filled("执法检查台账"), unseen(filled("四月"))], None),
        ([filled("执法检查台账"), unseen(sheet("整改复查", CASE))], None),
        ([ledger(LABELS), unseen(ledger(name="空白"))], None),
        ([ledger(LABELS), unseen(sheet("选项", ["检查方式"], ["日常检查"]))], None),
        ([ledger(LABELS), unseen(sheet("汇总", ["检查家次", "隐患数"], [9.0, 9.0]))], None),
    ],
)  # fmt: skip
def test_hidden_sheet_is_never_data(sheets: list[Sheet], code: str | None) -> None:
    """It is no second table; but where it holds what the shown table lacks, that is said, naming it."""
    one = told(*sheets, choice=CHOSEN)
    assert set(codes(one)) - {"missing_sheet"} == ({code} if code else set())
    assert not any(found.sheet.hidden for found in one.found.values())
    for problem in one.problems:
        if problem.code == "conflict":
            assert f"“{sheets[-1].name}”" in sentence(problem)


def test_every_sheet_is_accounted_for() -> None:
    """Of each sheet it is known what it was taken for: a table's, ours, hidden, or nobody's."""
    sheets = [
        filled("执法检查台账"), sheet("通讯录", ["姓名"]), unseen(filled("四月")), sheet("说明", [f"填表说明{UNREAD}"]),
        meta(kind="enforcement"),
    ]  # fmt: skip
    tables = {id(found.sheet) for found in told(*sheets, choice=CHOSEN).found.values()}
    assert {one.name: None if id(one) in tables else why_no_table(one) for one in sheets} == {
        "执法检查台账": None, "通讯录": Why.UNRELATED_SHEET, "四月": Why.HIDDEN_SHEET, "说明": Why.OWN_SHEET, "_meta": Why.OWN_SHEET,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "stated"),
    [
        ([["检查家次", "隐患数", "罚款金额(万元)"], [7.0, 16.0, 5.5]], {"检查家次": ("A2", 7.0), "隐患数": ("B2", 16.0), "罚款金额": ("C2", 5.5)}),
        ([["5月汇总"], ["检查家数", "7家"], ["其中：重大隐患", 1.0]], {"检查家次": ("B2", "7家"), "重大隐患数": ("B3", 1.0)}),
        ([["执法检查次数（次）", 7.0, "", "发现隐患总数（处）", 16.0]], {"检查家次": ("B1", 7.0), "隐患数": ("E1", 16.0)}),
        ([["项目", "检查家次", "行政处罚"], ["本月", 7.0, 3.0]], {"检查家次": ("B2", 7.0), "行政处罚": ("C2", 3.0)}),
        ([["月份", "检查家次"], ["4月", 3.0], ["5月", 7.0]], {"检查家次": (None, "")}),
        ([["指标", "本月", "累计"], ["检查家次", 7.0, 30.0]], {"检查家次": (None, "")}),
        ([["检查家次", 7.0], ["检查家次", 8.0]], {"检查家次": (None, "")}),
        ([["其他", 1.0]], {}),
    ],
)  # fmt: skip
def test_sums_in_another_layout(rows: list[list[Any]], stated: dict[str, tuple[str | None, Any]]) -> None:
    """Beside its figure or above it, in the offices' own words; where two figures may be meant, neither is taken."""
    found = stated_on(sheet("汇总", *rows))
    assert {one.measure.name: (one.cell, one.figure) for one in found} == stated


def test_sums_named_so_are_kept_for_the_comparison() -> None:
    """A sheet 汇总 without 指标 and 数值 is no table and no fault; any other sheet is not looked at."""
    horizontal = [["检查家次", "隐患数"], [7.0, 16.0]]
    one = told(filled("执法检查台账"), sheet("汇总表", *horizontal), choice=CHOSEN)
    assert (codes(one), one.loose["summary"].name, "summary" in one.found) == ([], "汇总表", False)
    assert told(filled("执法检查台账"), sheet("Sheet2", *horizontal), choice=CHOSEN).loose == {}
    vertical = sheet("统计", [column.title for column in SUMMARY.columns], ["检查家次", 1.0])
    assert "summary" in told(filled("执法检查台账"), vertical, choice=CHOSEN).found
