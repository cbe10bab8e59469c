"""Which rows of a table are data, as pages print them: what each other row is, and what is refused because it may be either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.settings import Settings
from data.store import reader
from data.zone.zone import read_zone
from etl.checking import accounting
from etl.checking.check import Checkup
from etl.loading.load import Loader
from etl.reading.workbook import Sheet
from etl.table.left_out import LeftOut, Why
from etl.table.messages import sentence
from tests.integration import formats
from tests.integration.in_memory import Desk, as_read
from tests.integration.ledgers import LEDGER_HEADER, NOTHING, Book, ledger, number, send, targets
from tests.integration.papers import accidents, baseline, review, self_assessment

LEDGER = "执法检查台账"


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


def at(**cells: Any) -> list[Any]:
    """A row of the ledger with these cells, by their letters."""
    row: list[Any] = [None] * len(LEDGER_HEADER)
    for letter, value in cells.items():
        row[ord(letter) - ord("A")] = value
    return row


def left(checkup: Checkup, sheet: str = LEDGER) -> dict[str, str]:
    """What was left out of a sheet: its rows or its column, and why."""
    return {one.rows or one.column or "": one.why.value for one in checkup.left_out if one.sheet == sheet}


ONLY_LEFT_OUT: list[tuple[list[list[Any]], str]] = [
    ([at(C="注：三家均已复查")], "note"), ([at(T="以下空白")], "note"), ([at(A="续表")], "note"), ([at(F="第2页 共3页")], "note"),
    ([at(A="填表人：张三", D="审核人：李四", H="2022年6月2日")], "signature"), ([at(B="单位负责人", C="王五", E="联系电话", F=43780000)], "signature"),
    ([at(A="填报单位：龙滩子街道办事处", K="填报月份：2022年5月")], "title"), ([[*LEDGER_HEADER]], "header_again"),
    ([[" ".join(one) for one in LEDGER_HEADER]], "header_again"), ([at(A="例", B="2022-5-1", C="某某公司", I="xx号", J=1, N="否")], "example"),
    ([at(B="2022-5-1", C="（示例）某某公司", E="工贸", I="xx号", J=1, N="否")], "example"), ([at(A=5, T="样例", C="某公司", J=2)], "example"),
    ([at(A="合计（3家）", J=5, Q=20000)], "total"), ([at(H="5月合计", J=5, K=1)], "total"), ([at(C="总计：", J="5项")], "total"),
    ([at(A="累计（1-5月）", J=50)], "total"), ([at(T="过次页", J=5)], "total"), ([at(J=5, K=1, Q=20000)], "total"), ([at(J=5)], "total"),
    ([at(A="工贸小计", J=5, Q="2万元")], "total"), ([at(A="合计", B="3家", J=5)], "total"), ([at(A=4, N="否"), at(A=5, N="否")], "prefilled"),
    ([at(A=4, J=0, K=0, M=0, N="否")], "prefilled"), ([[0] * 13 + ["否"] + [0] * 6], "prefilled"), ([at(A=4, F="龙滩子街道", G="日常检查", N="否")], "prefilled"), ([at(A="其中：工贸小计", J=5)], "total"),
    ([at(A=4, B="/", C="/", E="/", I="/", J="/", N="否")], "prefilled"), ([at(A="`")], "stray"), ([at(H="本月无其他检查")], "note"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "why"), ONLY_LEFT_OUT)
def test_left_out_by_name_and_ends_no_table(desk: Desk, rows: list[list[Any]], why: str) -> None:
    """Such rows are named for what they are, wherever they stand, and what stands below them is read."""
    book = ledger()
    (header, *data), clean = book.sheets[LEDGER], desk.accepted(ledger())
    book.sheets[LEDGER] = [header, *data, *rows]
    below = desk.accepted(book)
    assert (below.rows, left(below)) == (4, {"5" if len(rows) == 1 else "5-6": why})
    assert {one.code for one in below.problems} == {one.code for one in clean.problems}
    added = [*ledger().sheets[LEDGER][1]]
    added[8] = number(4)
    book.sheets[LEDGER] = [header, *data, *rows, added]
    book.sheets.pop("汇总")
    read = desk.accepted(book)
    assert read.rows == 5
    assert read.account["rows"]["read"] == 5


@pytest.mark.parametrize("heading", ["工贸类", "一、工贸", "双路街道", "（二）建设施工", "第二组"])
@pytest.mark.parametrize("beside", [{}, {"J": "3家"}, {"C": "3家"}, {"T": "已办结"}, {"N": "否", "J": 0}])
def test_heading_of_a_group(desk: Desk, heading: str, beside: dict[str, Any]) -> None:
    """A text in 序号 with at most one value besides heads the rows below it."""
    book = ledger()
    book.sheets[LEDGER].insert(2, at(A=heading, **beside))
    found = desk.accepted(book)
    assert (found.rows, left(found)) == (4, {"3": "section"})


@pytest.mark.parametrize(
    ("row", "cell", "says"),
    [
        (at(A="双路街道", C="重庆宏达机械有限公司"), "B5", "像是小标题"),
        (at(A="重庆宏达机械有限公司", J="3家"), "B5", "像是小标题"),
        (at(A=4, C="重庆宏达机械有限公司"), "B5", "像是小标题"),
        (at(C="重庆宏达机械有限公司"), "B5", "像是小标题"),
        (at(J=7, K=1), "B5", "像是合计行"),
        (at(H="合计", B="2022-5-3", C="某公司", J=5), "E5", "像是合计行（H5为“合计”）"),
        (["合计", *ledger().sheets[LEDGER][1][1:8], "补1号", *ledger().sheets[LEDGER][1][9:]], "A5", "像是合计行"),
        (at(A="备注：补报", B="2022-5-9"), "C5", "像是小标题"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_refused_in_words(desk: Desk, row: list[Any], cell: str, says: str) -> None:
    """A row that may be data is read as data, and refused with what was seen of it."""
    book = ledger()
    book.sheets[LEDGER].append(row)
    book.sheets.pop("汇总")
    found = desk.check(book)
    assert (found.accepted, found.rows) == (False, 5)
    assert "第5行" in (said := next(sentence(one) for one in found.problems if one.is_error and one.cell == cell))
    assert says in said
    assert found.account["rows"]["refused"] == 1


@pytest.mark.parametrize(
    ("said", "where"),
    [("无", "A"), ("本月无", "B"), ("本月未开展执法检查", "B"), ("5月份未组织检查。", "C"), ("零报告", "I"), ("本月没有检查", "T"), ("无检查情况", "J")],
)  # fmt: skip
@pytest.mark.parametrize("prefilled", [{}, {"A": 1}, {"A": 1, "N": "否"}])
def test_nothing_written_anywhere_is_a_declared_zero(
    desk: Desk, said: str, where: str, prefilled: dict[str, Any]
) -> None:
    """无 in any column of an empty table declares that there is nothing to report."""
    book = ledger().only_headers()
    book.sheets[LEDGER].append(at(**{**prefilled, where: said}))
    found = desk.accepted(book)
    assert (found.rows, left(found)) == (0, {"2": "declared_zero"})


@pytest.mark.parametrize(
    ("row", "says"),
    [(at(A="合计", J=5), "合计"), (at(A="工贸小计（3家）", Q=200), "工贸小计"), (at(A="见附件"), "另见他处"), (at(B="检查情况详见附表"), "另见他处")],
)  # fmt: skip
def test_no_row_and_no_declaration_is_a_question(desk: Desk, row: list[Any], says: str) -> None:
    """A table without a row is no declared zero where something on it says that there were some."""
    book = ledger().only_headers()
    book.sheets[LEDGER].append(row)
    found = desk.check(book)
    assert [one.code for one in found.problems if one.is_error] == ["conflict"]
    assert says in sentence(found.problems[0])


@pytest.mark.parametrize(
    ("book", "sheet", "row", "why"),
    [
        (targets(), "亡人指标", ["填表人：张三", None, "审核人：李四"], "signature"),
        (targets(), "亡人指标", ["单位", "行业领域", "全年亡人指标"], "header_again"),
        (targets(), "亡人指标", ["示例", None, 1], "example"),
        (targets(), "检查计划", ["合计（2个）", *[4] * 12], "total"),
        (targets(), "检查计划", [None, *[4] * 12], "total"),
        (accidents(), "生产安全事故台账", [*[None] * 7, 0, 0, *[None] * 4, "是"], "prefilled"),
        (accidents(), "生产安全事故台账", ["说明：数据来自应急局"], "note"),
        (self_assessment(), "十条措施自评", ["总分", None, "合计", 100, 95], "total"),
        (self_assessment(), "十条措施自评", ["填表人", "张三", "审核人", "李四"], "signature"),
        (review(), "十条措施评审", ["注：评审小组三人"], "note"),
        (baseline(), "历史数据", ["制表：张三", "审核：李四"], "signature"),
        (baseline(), "历史数据", ["单位", "月份", "检查家次"], "header_again"),
    ],
)  # fmt: skip
def test_the_same_of_other_kinds(desk: Desk, book: Book, sheet: str, row: list[Any], why: str) -> None:
    """What is no data in a ledger of inspections is none in any other table."""
    clean = desk.accepted(book)
    book.sheets[sheet].append(row)
    found = desk.accepted(book)
    assert found.rows == clean.rows
    assert left(found, sheet) == {**left(clean, sheet), str(len(book.sheets[sheet])): why}
    book.sheets[sheet].pop()


@pytest.mark.parametrize("label", ["合计", "总计（3家）", None])
def test_sums_above_the_rows_are_those_of_the_rows_below(desk: Desk, label: str | None) -> None:
    """Statistical tables begin with their sums; wrong ones are pointed out, or where nothing names them refused."""
    book = ledger()
    book.sheets[LEDGER].insert(1, at(A=label, J=5, K=1, Q=20000))
    found = desk.accepted(book)
    assert left(found) == {"2": "total"}
    assert "table_total" not in {one.code for one in found.problems}
    wrong = desk.check(book.put({"J2": 6}))
    assert wrong.accepted == (label is not None)
    assert ("table_total" in {one.code for one in wrong.problems}) == wrong.accepted


@pytest.mark.parametrize("levels", [1, 2])
def test_header_of_two_rows_again_on_each_page(desk: Desk, levels: int) -> None:
    """Each page begins with the table's title, unit and header, of one row or two, with its columns numbered."""
    book = ledger()
    header, *data = book.sheets[LEDGER]
    upper = at(A="基本情况", J="隐患整改", N="处罚", R="复查")
    page = [at(A="双桥经开区执法检查台账（续）"), at(A="填报单位：龙滩子街道", K="填报月份：2022年5月"), *[upper, [*header]][2 - levels :],
            [*range(1, len(header) + 1)]]  # fmt: skip
    book.sheets[LEDGER] = [*page[2:], data[0], at(A="过次页", J=2), *page, at(A="承前页", J=2), *data[1:]]
    book.sheets.pop("汇总")
    found = desk.accepted(book)
    assert (found.rows, "table_total" in {one.code for one in found.problems}) == (4, False)
    assert sum(found.account["rows"][name] for name in ("header_again", "column_numbers", "total")) == levels + 4


def _hidden(book: Book, *rows: int) -> Any:
    read = as_read(book)
    read.sheets[0].hidden_rows = frozenset(row - 1 for row in rows)
    return read


@pytest.mark.parametrize(
    ("above", "says"),
    [
        ([["填报单位：双路街道", "填报月份：2022年5月"]], ("龙滩子", "双路街道", "A7")),
        ([["双路街道2022年5月执法检查台账"]], ("龙滩子", "双路街道", "标题", "A7")),
        ([["2022年4月执法检查台账"], [], ["续表"]], ("2022-04", "标题", "A7")),
        ([["龙滩子街道2022年5月执法检查台账"], ["填报单位：龙滩子街道办事处", "填报月份：2022年5月"]], ()),
        ([["双路街道"]], ()),
    ],
)
def test_further_page_of_another_unit_or_month(desk: Desk, above: list[list[Any]], says: tuple[str, ...]) -> None:
    """A second table below the first, with a header of its own, is of the same unit and period or a conflict."""
    book = ledger()
    book.sheets.pop("汇总")
    book.meta = {}
    header, first, *more = book.sheets[LEDGER]
    label = ["填报单位：龙滩子街道", "填报月份：2022年5月"]
    book.sheets[LEDGER] = [label, header, first, *more, [], *above, header, [*first[:8], number(4), *first[9:]]]
    found = desk.check(book)
    conflicts = [sentence(one) for one in found.problems if one.code == "conflict"]
    assert (len(conflicts), found.accepted) == ((1, False) if says else (0, True))
    assert all(part in conflicts[0] for part in says)


@pytest.mark.parametrize(
    ("note", "fine"),
    [("注：罚款金额单位为万元", 20000), ("单位：万元", 20000), ("罚款以元计。", 2), ("单位：千元", None)],
)
def test_unit_of_amounts_said_below_the_table(desk: Desk, note: str, fine: int | None) -> None:
    """A remark below the rows says in which unit the amounts are where nothing above does; one of ours, or it is asked."""
    book = ledger()
    book.sheets.pop("汇总")
    book.sheets[LEDGER][0][16], book.sheets[LEDGER][2][16] = "罚款金额", 2
    book.sheets[LEDGER].append([note])
    found = desk.check(book)
    if fine is None:
        assert [(one.code, one.cell) for one in found.problems if one.is_error] == [("near_header", "A5")]
    else:
        assert found.accepted
        assert found.context is not None
        assert found.context.column("ledger", "fine_yuan")[1] == fine


def test_rest_of_a_heading_below_it_is_no_row(desk: Desk) -> None:
    """检查文书 over 编号 is one heading, also where the upper one alone would do."""
    book = ledger()
    header, *rows = book.sheets[LEDGER]
    parts = {
        "检查文书号": ("检查文书", "编号"),
        "处罚决定书号": ("处罚决定书", "编号"),
        "其中重大隐患数": ("其中", "重大"),
    }
    upper, lower = zip(*(parts.get(one, (one, None)) for one in header), strict=True)
    book.sheets[LEDGER] = [[*upper], [*lower], *rows]
    found = desk.accepted(book)
    assert (found.rows, set(left(found).values())) == (4, set())
    assert found.context is not None
    assert found.context.column("ledger", "major_hazards") == [0, 1, 0]
    book.put({"K1": "其中重大隐患数", "K2": None})
    assert left(desk.accepted(book)) == {"2": "header_again"}


def test_header_again_with_columns_in_another_order(desk: Desk) -> None:
    """What stands below a header that is not the table's own is never read by the table's."""
    book = ledger()
    book.sheets.pop("汇总")
    header, first, *more = book.sheets[LEDGER]
    other = [*header]
    other[12], other[9] = other[9], other[12]
    book.sheets[LEDGER] = [header, first, *more, other, [*first[:8], number(4), *first[9:]]]
    problems = desk.check(book).problems
    assert any("第5行又是一行表头" in sentence(one) for one in problems if one.is_error)


def test_hidden_rows_are_counted_and_named_or_taken_out(desk: Desk) -> None:
    """Rows that nobody sees are read, and the warning names them; by choice they are no data."""
    book = ledger()
    book.sheets.pop("汇总")
    found = desk.accepted(_hidden(book, 2, 4, 9))
    (warned,) = [one for one in found.problems if one.code == "hidden_rows"]
    assert found.rows == 4
    assert "2行" in sentence(warned)
    assert "第2、4行" in sentence(warned)
    without = replace(NOTHING, without_hidden=True)
    taken = desk.accepted(_hidden(book, 4), choice=without)
    assert (taken.rows, left(taken)) == (3, {"4": "hidden_rows"})
    assert "hidden_rows" not in {one.code for one in taken.problems}
    none = desk.check(_hidden(book, 2, 3, 4), choice=without)
    assert "conflict" in {one.code for one in none.problems if one.is_error}


def test_a_choice_without_hidden_rows_is_kept_and_others_are_written_as_before() -> None:
    """Journal and log of what was sent before this choice was known stay equal."""
    assert NOTHING.as_stored() == {"kind": None, "unit": None, "period": None, "note": ""}
    assert replace(NOTHING, without_hidden=True).as_stored()["without_hidden"] is True


def test_unknown_columns_and_sheets_are_named(desk: Desk) -> None:
    """A column that the kind does not have, with or without a heading, and sheets that are no table of it."""
    book = ledger().put({"U1": "录入人", "U2": "张三", "W3": "√"})
    read = as_read(book)
    read.sheets += [Sheet.of("通讯录", [["姓名", "电话"]]), replace(Sheet.of("草稿", [["x"]]), hidden=True)]
    found = desk.accepted(read)
    assert found.left_out == [
        LeftOut(LEDGER, Why.UNKNOWN_COLUMN, column="U"),
        LeftOut(LEDGER, Why.UNKNOWN_COLUMN, column="W"),
        LeftOut("通讯录", Why.UNRELATED_SHEET),
        LeftOut("草稿", Why.HIDDEN_SHEET),
    ]
    cells = found.account["cells"]
    assert (cells["unknown_column"], cells["unrelated_sheet"], cells["hidden_sheet"]) == (2, 2, 1)


def test_what_cannot_be_told_is_accounted_for_as_well(desk: Desk) -> None:
    """Of a workbook of no known kind every sheet is unrelated; of one without a unit its rows are refused."""
    found = desk.check(Book({"随便": [["一", "二"], ["三", None]]}))
    assert found.account == {"rows": {"seen": 2, "unrelated_sheet": 2}, "cells": {"seen": 3, "unrelated_sheet": 3}}
    book = ledger()
    book.meta = {}
    nobody = desk.check(book)
    assert nobody.account["rows"]["refused"] == 10
    assert "read" not in nobody.account["rows"]


def test_left_out_is_bounded(desk: Desk) -> None:
    """Thousands of notes between the rows are told in at most so many entries."""
    book = ledger()
    book.sheets[LEDGER] += [row for _ in range(700) for row in (at(C="注：已核对"), at(A="填表人：张三"))]
    found = desk.accepted(book)
    assert len(found.left_out) <= accounting.MOST_LEFT_OUT
    assert (found.account["rows"]["note"], found.account["rows"]["signature"]) == (700, 700)


def test_sums_that_do_not_balance_are_the_programs_fault(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook of which a cell got lost is set aside as a failure of the program, and nothing of it is loaded."""
    monkeypatch.setattr(accounting.Filled, "in_column", lambda *_: 1)
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, ledger(), tmp_path)
    assert (outcome.status, [one.code for one in outcome.errors]) == ("set_aside", ["program_error"])


@pytest.mark.parametrize(
    "write", [formats.xls, formats.xlsb, formats.ods, formats.spreadsheetml, formats.xlsx_from_wps]
)
def test_whatever_the_format(sqlite_installation: Settings, tmp_path: Path, write: Any) -> None:
    """A printed page's rows are the same in every format."""
    book = ledger()
    header, *data = book.sheets[LEDGER]
    book.sheets[LEDGER] = [
        header, data[0], at(A="工贸类"), data[1], at(A="本页小计", J=5, Q=20000), [*header], data[2], at(A="合计（3家）", J=5, Q=20000),
        at(A="填表人：张三", C="审核人：李四"), at(A="注：以上已核对"), at(A=4, N="否"),
    ]  # fmt: skip
    path = tmp_path / "台账.bin"
    path.write_bytes(write(book))
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, path, tmp_path)
    assert (outcome.errors, outcome.rows) == ([], 4)
    assert {one.rows: one.why.value for one in outcome.left_out if one.sheet == LEDGER} == {
        "3": "section", "5": "total", "6": "header_again", "8": "total", "9": "signature", "10": "note", "11": "prefilled",
    }  # fmt: skip
