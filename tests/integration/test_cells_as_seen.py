"""What a cell shows is what counts, in every kind of workbook: nothing unseen, nothing by guess (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime, time
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.reading.sheets import Shown
from etl.reading.workbook import read_workbook
from etl.table.messages import sentence
from tests.integration.formats import ods, spreadsheetml, xls, xlsb, xlsx
from tests.integration.in_memory import Desk
from tests.integration.ledgers import Book, ledger, number, places
from tests.integration.papers import (
    CLEAN,
    accident,
    accidents,
)
from tests.unit.single_cells import UNSEEN

FORMATS: Mapping[str, Callable[[Book], bytes]] = {
    "xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "spreadsheetml": spreadsheetml,
}  # fmt: skip
DECISION = "（渝双）应急罚〔2022〕5号"
FIRST_SHEETS = {
    "enforcement": "执法检查台账", "targets": "亡人指标", "accidents": "生产安全事故台账", "baseline": "历史数据",
    "self_assessment": "十条措施自评", "review": "十条措施评审", "enterprises": "企业名录", "frontline": "一线责任制台账",
    "hazards": "重大隐患台账",
    "supervision": "督查台账", "tipoffs": "举报与失信惩戒",
    "disasters": "灾害与预警台账", "tasks": "重点任务进展",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


def with_unseen(book: Book, characters: str) -> Book:
    """The same with a character that nobody sees within every text and a non-breaking blank behind it, also in headers and labels."""
    unseen = cycle(characters)

    def mixed(cell: Any) -> Any:
        return f"{cell[:1]}{next(unseen)}{cell[1:]}\u00a0" if isinstance(cell, str) else cell

    sheets = {name: [[mixed(cell) for cell in row] for row in rows] for name, rows in book.sheets.items()}
    return Book(sheets, {mixed(key): mixed(value) for key, value in book.meta.items()})


@pytest.mark.parametrize("kind", CLEAN)
def test_what_cannot_be_seen_counts_nowhere(desk: Desk, kind: str) -> None:
    """In headers, labels, choices, numbers and names of every kind such characters change nothing that is stored or told."""
    clean, mixed = desk.accepted(CLEAN[kind]()), desk.accepted(with_unseen(CLEAN[kind](), UNSEEN))
    assert mixed.context is not None
    assert clean.context is not None
    assert (mixed.unit, mixed.period, mixed.rows) == (clean.unit, clean.period, clean.rows)
    assert mixed.context.values == clean.context.values
    assert [problem.code for problem in mixed.problems] == [problem.code for problem in clean.problems]


@pytest.mark.parametrize("written", FORMATS)
def test_unseen_characters_in_every_format(desk: Desk, written: str) -> None:
    """Whatever the file's format, a number with a zero-width space is the same number twice, and a code with one is that code."""
    book = ledger().put({"I4": f"{number(1)}\u200b", "D2": "91502914MA3FQEFLC0\ufeff", "J3": "3\u200b"})
    checkup = desk.check(read_workbook(FORMATS[written](book)))
    assert places(checkup.problems, "执法检查台账") == {"I4": "duplicate_key"}


WRONG: list[tuple[str, str, Any, str, str]] = [
    ("enforcement", "I2", date(2022, 5, 1), "bad_document_number", "日期"),
    ("enforcement", "I2", 5.0011220220503e17, "bad_document_number", "文本"),
    ("enforcement", "I2", Shown(5.0011220220503e17, "500112202205030000"), "bad_document_number", "文本"),
    ("enforcement", "O3", "待出", "bad_document_number", "“待出”"),
    ("enforcement", "O3", "渝安监罚〔2022〕号", "bad_document_number", "序号"),
    ("enforcement", "O3", f"{DECISION}、6号", "bad_document_number", "不止一个"),
    ("enforcement", "O3", Shown(12345.0, "1.23E+04"), "bad_document_number", "文本"),
    ("enforcement", "O3", "无", "inconsistent", "处罚决定书号"),
    ("enforcement", "O3", "—", "inconsistent", "处罚决定书号"),
    ("enforcement", "I4", "无", "bad_document_number", "“无”"),
    ("enforcement", "整改复查!A2", "见备注", "bad_document_number", "“见备注”"),
    ("enforcement", "整改复查!A2", datetime.combine(date(2022, 5, 1), time(8)), "bad_document_number", "日期"),
    ("enforcement", "I2", "同上", "bad_document_number", "“同上”"),
    ("enforcement", "C2", "〃", "missing_value", "上面没有"),
    ("accidents", "A2", "同上", "bad_document_number", "“同上”"),
    ("enforcement", "J2", "5①", "bad_number", "标记"),
    ("enforcement", "J4", Shown(5.6, "6"), "bad_number", "“6”，实际存的是 5.6"),
    ("enforcement", "J4", 5.6, "bad_number", "5.6"),
    ("enforcement", "J4", "无", "missing_value", "0"),
    ("enforcement", "D2", "91502914MA3FQEFLC①", "bad_credit_code", "①"),
    ("enforcement", "N2", "①", "bad_choice", "“①”"),
    ("enforcement", "I4", "渝双〔2022〕1号+2号", "bad_document_number", "不止一个"),
    ("enforcement", "J4", Shown(2.0, "叁"), "bad_number", "“叁”，实际存的是 2"),
    ("enforcement", "Q3", Shown(20000.0, "贰万"), "bad_number", "“贰万”，实际存的是 20000"),
    ("enforcement", "L2", "2月29日", "bad_date", "没有2月29日"),
    ("enforcement", "整改复查!D2", "1 2", "bad_number", "空格"),
    ("enforcement", "Q3", Shown(20000.0, "2.0"), "bad_number", "“2.0”，实际存的是 20000"),
    ("enforcement", "Q3", "两万元整", "bad_number", "金额"),
    ("enforcement", "Q3", f"两{UNSEEN}万元", "bad_number", "含不可见字符"),
    ("enforcement", "L2", "5月底前", "bad_date", "月份"),
    ("enforcement", "R2", "5月3日、4日", "bad_date", "不止一个日期"),
    ("enforcement", "整改复查!B2", "立即", "bad_date", "哪一天"),
    ("accidents", "A2", "暂无", "bad_document_number", "“暂无”"),
    ("accidents", "A2", "SG2022-001、SG2022-002", "bad_document_number", "不止一个"),
    ("accidents", "A3", date(2022, 5, 1), "bad_document_number", "日期"),
    ("accidents", "H2", "无", "missing_value", "0"),
    ("accidents", "I2", "1\n2", "bad_number", "换行"),
    ("accidents", "L2", Shown(0.8, "80%"), "bad_number", "80%"),
    ("accidents", "L2", "约80", "bad_number", "金额"),
    ("accidents", "B2", "2022年2月30日14时许", "bad_date", "2月30日"),
    ("targets", "检查计划!B2", "3*", "bad_number", "标记"),
    ("targets", "检查计划!C2", Shown(4.4, "4"), "bad_number", "4.4"),
    ("targets", "C2", "6①", "bad_number", "标记"),
    ("targets", "C2", "同比下降5①%", "bad_number", "数字"),
    ("targets", "C4", Shown(0.05, "5%"), "bad_number", "5%"),
    ("baseline", "B2", 2021.1, "bad_date", "10 月"),
    ("baseline", "C2", "12 5", "bad_number", "空格"),
    ("baseline", "H2", "3 00", "bad_number", "空格"),
    ("self_assessment", "E2", "9①", "bad_number", "标记"),
    ("self_assessment", "E2", Shown(0.9, "90%"), "bad_number", "90%"),
    ("self_assessment", "E3", "无", "missing_value", "0"),
    ("review", "C2", "九分", "bad_number", "分数"),
]


@pytest.mark.parametrize(("kind", "place", "cell", "code", "says"), WRONG)
def test_what_is_seen_and_what_to_do(desk: Desk, kind: str, place: str, cell: Any, code: str, says: str) -> None:
    """A wrong cell is refused at its cell, once, with a sentence of what was seen there."""
    checkup = desk.check(CLEAN[kind]().put({place: cell}))
    errors = [problem for problem in checkup.problems if problem.is_error]
    assert places(errors, FIRST_SHEETS[kind]) == {place: code}
    assert says in sentence(errors[0])


RIGHT: list[tuple[str, str, str, Any, Any]] = [
    ("enforcement", "B2", "inspected_on", "2022-05-05T16:00:00Z", date(2022, 5, 6)),
    ("enforcement", "B2", "inspected_on", datetime.combine(date(2022, 5, 5), time(23, 59, 17)), date(2022, 5, 6)),
    ("enforcement", "B2", "inspected_on", "二〇二二年五月六日（星期五）", date(2022, 5, 6)),
    ("enforcement", "L2", "rectify_by", "5月16日前", date(2022, 5, 16)),
    ("enforcement", "L2", "rectify_by", "44697", date(2022, 5, 16)),
    ("enforcement", "J2", "hazards", Shown(2.0, "2项"), 2),
    ("enforcement", "J2", "hazards", 1.9999999999999998, 2),
    ("enforcement", "J2", "hazards", "1.9999999999999998", 2),
    ("enforcement", "J2", "hazards", Shown(2.0, "贰"), 2),
    ("enforcement", "J2", "hazards", Shown(12.0, "十二项"), 12),
    ("enforcement", "Q3", "fine_yuan", Shown(20000.0, "贰万元整"), 20000),
    ("enforcement", "Q3", "fine_yuan", Shown(2.0, "贰万元"), 20000),
    ("enforcement", "Q3", "fine_yuan", "人民币20000元整", 20000),
    ("enforcement", "Q3", "fine_yuan", Shown(20000.0, "CNY 20,000.00"), 20000),
    ("enforcement", "N2", "penalised", "✕", False),
    ("baseline", "B2", "month", "202105", Month(2021, 5)),
    ("enforcement", "J4", "hazards", Shown(0.0, "-"), 0),
    ("enforcement", "N2", "penalised", Shown(0.0, "否"), False),
    ("enforcement", "C2", "enterprise", Shown(8.0, "第8加油站"), "第8加油站"),
    ("enforcement", "I4", "number", Shown(7.0, "007"), "007"),
    ("enforcement", "I4", "number", Shown(12.0, "〔2022〕12号"), "〔2022〕12号"),
    ("enforcement", "Q3", "fine_yuan", Shown(2.0, "2.00万元"), 20000),
    ("enforcement", "Q3", "fine_yuan", Shown(20000.0, "2.0万元"), 20000),
    ("accidents", "B2", "happened_on", "2022年3月6日14时30分许", date(2022, 3, 6)),
    ("accidents", "B2", "happened_on", "约3月6日晚上9时左右", date(2022, 3, 6)),
    ("accidents", "A2", "number", Shown(1.0, "事〔2022〕1号"), "事〔2022〕1号"),
    ("accidents", "L2", "loss_yuan", "80 万元", 800000),
    ("accidents", "L2", "loss_yuan", Shown(800000.0, "800,000元"), 800000),
    ("accidents", "H2", "dead", "1 人", 1),
    ("baseline", "H2", "fines_yuan", Shown(3.0, "3.0万元"), 30000),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "place", "column", "cell", "meant"), RIGHT)
def test_what_everybody_reads_the_same(desk: Desk, kind: str, place: str, column: str, cell: Any, meant: Any) -> None:
    """What a person reads at a glance is what is taken, at the cell where it stands."""
    book = CLEAN[kind]()
    if "汇总" in book.sheets:
        del book.sheets["汇总"], book.sheets["整改复查"]
    checkup = desk.accepted(book.put({place: cell}))
    assert checkup.context is not None
    assert next(iter(checkup.context.values.values()))[column][int(place[1:]) - 2] == meant


def test_how_money_was_read(desk: Desk) -> None:
    """Of every column of money the receipt tells the unit, where it was said, and the sum in yuan."""
    book = ledger().put(
        {"Q1": "罚款（万元）", "Q3": 2, "整改复查!E2": "是", "整改复查!F2": DECISION, "整改复查!H2": "1.5万元"}
    )
    assert desk.accepted(book).account["money"] == [
        {"sheet": "执法检查台账", "column": "罚款金额(元)", "unit": "万元", "source": "heading", "sum": "20000.00"},
        {"sheet": "整改复查", "column": "罚款金额(元)", "unit": "万元", "source": "cell", "sum": "15000.00"},
    ]
    usual = accident("事1", date(2022, 3, 6), 1, **{"直接经济损失(万元)": 80})
    written = accident("事2", date(2022, 3, 7), 1, **{"直接经济损失(万元)": Shown(0.5, "0.5万元")})
    (told,) = desk.accepted(accidents("2022-05", usual, written)).account["money"]
    assert (told["unit"], told["source"], told["sum"]) == ("万元", "mixed", "805000.00")
    assert desk.accepted(ledger().only_headers()).account["money"] == []


def test_a_refused_cell_is_read_nowhere_else(desk: Desk) -> None:
    """A placeholder in two rows is no duplicate, and no decision of one name: each cell is complained of for what it is."""
    book = ledger().put({"I2": "暂无", "I3": "暂无", "O3": "办理中", "整改复查!A2": number(3)})
    del book.sheets["汇总"], book.sheets["整改复查"]
    problems = [problem for problem in desk.check(deepcopy(book)).problems if problem.is_error]
    assert {problem.code for problem in problems} == {"bad_document_number"}
    assert places(problems, "执法检查台账").keys() == {"I2", "I3", "O3"}
