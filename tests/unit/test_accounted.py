"""What a workbook was taken for, in words: one line, the whole list, the equation, the money."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.accounted import OF_COURSE, equation, left_out_line, left_out_list, left_out_sentence, money
from data.language import speak
from etl.table.left_out import LeftOut, Why

LEDGER, AGAIN = "执法检查台账", "整改复查"


def rows(first: int, last: int | None = None, why: Why = Why.SIGNATURE, sheet: str = LEDGER) -> dict[str, object]:
    """Rows of a sheet, as they are kept."""
    return LeftOut(sheet, why, first, last or first).as_dict()


def column(letters: str, why: Why = Why.UNKNOWN_COLUMN) -> dict[str, object]:
    """A column of the ledger."""
    return LeftOut(LEDGER, why, column=letters).as_dict()


def sheet(name: str, why: Why = Why.UNRELATED_SHEET) -> dict[str, object]:
    """A whole sheet."""
    return LeftOut(name, why).as_dict()


@pytest.mark.parametrize(
    ("left_out", "read", "said"),
    [
        ([rows(12, 14), sheet("Sheet2")], {LEDGER}, "读取6行；第12–14行为签名，工作表“Sheet2”与本表无关，未读"),
        ([rows(9, why=Why.NOTE)], {LEDGER}, "读取6行；第9行为说明，未读"),
        ([rows(9, why=Why.NOTE)], {LEDGER, AGAIN}, "读取6行；工作表“执法检查台账”第9行为说明，未读"),
        ([rows(9, why=Why.NOTE), rows(12, 14)], {LEDGER, AGAIN},
         "读取6行；工作表“执法检查台账”第9行为说明，第12–14行为签名，未读"),
        (
            [rows(17), rows(15, why=Why.TOTAL), column("U"), sheet("草稿")],
            {LEDGER},
            "读取6行；第15行为合计（只作核对），第17行为签名，U列不是本表的列，工作表“草稿”与本表无关，未读",
        ),
        ([column("U"), column("W")], {LEDGER}, "读取6行；U、W列不是本表的列，未读"),
        ([sheet("原始数据", Why.HIDDEN_SHEET)], {LEDGER}, "读取6行；工作表“原始数据”已隐藏，未读"),
        ([rows(7, 9, Why.HIDDEN_ROWS)], {LEDGER}, "读取6行；第7–9行为隐藏行（按所选不计），未读"),
        ([rows(n, why=Why.TOTAL) for n in range(10, 100, 9)], {LEDGER},
         "读取6行；第10、19、28、37行等10处为合计（只作核对），未读"),
        ([sheet(f"表{n}") for n in range(1, 8)], {LEDGER}, "读取6行；工作表“表1”、“表2”、“表3”、“表4”等7处与本表无关，未读"),
        ([rows(1, 2, Why.TITLE), column("A", Why.SERIAL), sheet("问题清单", Why.OWN_SHEET)], {LEDGER}, None),
        ([], {LEDGER}, None),
    ],
)  # fmt: skip
def test_one_line_says_what_was_read_and_what_was_not(
    left_out: list[dict[str, object]], read: set[str], said: str | None
) -> None:
    """Sheet names only where they are needed, long lists cut with their number; of what nobody expects to be read, nothing."""
    assert left_out_line(left_out, 6, read) == said


def test_a_workbook_without_rows_says_so() -> None:
    """A declared zero is no silence; where no row was looked at, nothing is said of rows."""
    assert (
        left_out_line([rows(3, why=Why.DECLARED_ZERO)], 0, {LEDGER}) == "没有读到数据行；第3行写明没有可报的内容，未读"
    )
    assert left_out_line([sheet("Sheet2")], None, ()) == "工作表“Sheet2”与本表无关，未读"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_why_has_its_words(language: str) -> None:
    """In both languages, of rows, a column and a sheet; what is left out without a line stands in the list."""
    speak(language)
    for why in Why:
        for one in (rows(3, 5, why), column("D", why), sheet("表", why)):
            assert left_out_list([one], {LEDGER}) == [left_out_sentence(one)]
            assert (left_out_line([one], 1, {LEDGER}) is None) == (why in OF_COURSE)


@given(st.lists(st.tuples(st.sampled_from(sorted(Why)), st.integers(1, 999)), max_size=200))
def test_line_stays_short_and_the_list_names_every_row(found: list[tuple[Why, int]]) -> None:
    """However much is left out: the line has an end, and no row is lost from the list."""
    left_out = [rows(number, why=why) for why, number in found]
    assert len(left_out_line(left_out, 1, {LEDGER}) or "") < 250
    named = re.findall(r"\d+", " ".join(left_out_list(left_out, {LEDGER})))
    assert sorted(map(int, named)) == sorted(number for _why, number in found)


def test_equation_is_said_in_words() -> None:
    """Read and sent back always, others where there are any; what this program has no word for is not lost from the sum."""
    counted = {
        "seen": 13,
        "note": 3,
        "read": 6,
        "refused": 0,
        "headings": 1,
        "header_again": 1,
        "total": 1,
        "stray": 0,
        "new": 1,
    }
    assert equation(counted) == "全表 13 行 = 读取 6 + 退回 0 + 表头 2 + 合计 1 + 说明 3 + 其他 1"
    assert (
        equation({"seen": 1480, "read": 1480, "refused": 0}, cells=True) == "全部单元格 1,480 个 = 读取 1,480 + 退回 0"
    )
    assert equation({}) is None


@given(
    st.dictionaries(
        st.sampled_from(["read", "refused", "headings", "header_again", "title", "signature", "x", "y"]),
        st.integers(0, 9999),
    )
)
def test_spoken_parts_add_up_to_what_was_seen(counted: dict[str, int]) -> None:
    """Whatever names the parts have, the numbers that are said are their sum."""
    said = equation({**counted, "seen": sum(counted.values())})
    assert said is not None
    whole, parts = said.replace(",", "").split(" = ")
    assert sum(map(int, re.findall(r"\d+", parts))) == int(re.findall(r"\d+", whole)[0])


@pytest.mark.parametrize(
    ("column", "unit", "source", "total", "said"),
    [
        ("罚款金额(元)", "万元", "heading", "125000", "罚款金额按万元读取（按表头单位），合计 12.50 万元（125,000 元）"),
        ("罚款金额（元）", "万元", "cell", "125000.00", "罚款金额按万元读取（按单元格所写单位），合计 12.50 万元（125,000 元）"),
        ("直接经济损失(万元)", "万元", "above", "1234567.89", "直接经济损失按万元读取（按表格上方所写单位），合计 123.456789 万元（1,234,567.89 元）"),
        ("奖励金额(元)", "元", None, "500.50", "奖励金额按元读取，合计 500.50 元"),
        ("罚款金额(元)", "元", "heading", "1250000", "罚款金额按元读取（按表头单位），合计 1,250,000 元（125.00 万元）"),
        ("罚款金额(元)", "万元", "heading", "0", "罚款金额按万元读取（按表头单位），合计 0.00 万元（0 元）"),
    ],
)  # fmt: skip
def test_money_is_said_with_its_unit_and_in_both(
    column: str, unit: str, source: str | None, total: str, said: str
) -> None:
    """A fine that is wrong by ten thousand is seen at a glance; no digit of a sum is rounded away."""
    assert money([{"column": column, "unit": unit, "source": source, "sum": total}]) == [said]


def test_money_of_two_sheets_and_of_both_units() -> None:
    """The same column of two sheets is told apart; of units that differ from cell to cell none is said to be the one."""
    again = {"sheet": AGAIN, "column": "罚款金额(元)", "unit": "元", "source": "heading", "sum": "300.00"}
    assert money([{**again, "sheet": LEDGER, "source": "mixed", "sum": "45000.00"}, again]) == [
        "工作表“执法检查台账”罚款金额按表头和各单元格所写单位换算，合计 45,000 元（4.50 万元）",
        "工作表“整改复查”罚款金额按元读取（按表头单位），合计 300 元",
    ]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_part_of_an_account_has_its_word(language: str) -> None:
    """Each reason for leaving out has its own part in the equation."""
    speak(language)
    for why in Why:
        said = equation({"seen": 5, why.value: 5})
        assert said is not None
        assert not any(said.endswith(f" {word} 5") for word in ("其他", "other"))


@given(st.decimals(0, 10**12, places=2))
def test_no_digit_of_money_is_lost(total: Decimal) -> None:
    """In yuan and in 10,000 yuan it is the same sum."""
    (said,) = money([{"column": "罚款金额(元)", "unit": "万元", "source": "heading", "sum": str(total)}])
    tens, yuan = (Decimal(text.replace(",", "")) for text in re.findall(r"([\d,.]+) 万?元", said))
    assert tens * 10_000 == yuan == total
