"""Cells as offices write them: dates, numbers, flags, choices and codes (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.normal import plain
from etl import cells
from etl.cells import Checked, PartialDay, Wrong
from etl.reading.sheets import Sheet, SheetColumn

THIRD_OF_MAY = date(2022, 5, 3)
yuan, ten_thousands = cells.money(in_ten_thousands=False), cells.money(in_ten_thousands=True)
method = cells.choice(("日常检查", "专项检查"))
sector = cells.named({"建设施工": "construction", "建筑": "construction", "gas": "gas"}, ("建设施工", "城镇燃气"))
READERS: dict[str, Callable[[Any], Any]] = {
    "text": cells.text, "document": cells.document, "day": cells.day, "count": cells.count, "money": yuan,
    "choice": method, "named": sector, "credit_code": cells.credit_code,
}  # fmt: skip


def column_of(*written: Any) -> SheetColumn:
    """A column of a sheet with these cells."""
    return Sheet.of("表", [[cell] for cell in written]).columns[0]


def refused(understand: Callable[[Any], Any], cell: Any) -> str:
    """The code with which a cell is refused."""
    with pytest.raises(Wrong) as wrong:
        understand(cell)
    return wrong.value.code


@pytest.mark.parametrize(
    "written",
    [
        THIRD_OF_MAY, datetime.combine(THIRD_OF_MAY, time()), datetime.combine(THIRD_OF_MAY, time(14, 30)),
        "2022-5-3", "2022-05-03", "2022/05/03", "2022/5/3", "2022.5.3", "22.5.3", "22-5-3", "22/5/3", "2022年5月3日",
        "2022年05月03日", "22年5月3日", "20220503", 20220503.0, "２０２２年５月３日", "２０２２－０５－０３", "２０２２．５．３",
        "２０２２０５０３", " 2022-5-3 ", "2022-5-3 14:30", "2022-05-03 09:15:00", "2022-05-03T09:15:00", "2022年5月3日 14:30",
        "2022年5月3日14时30分", "2022年5月3日上午", "2022/5/3　９：３０",
    ],
    ids=str,
)  # fmt: skip
def test_a_day_in_every_writing(written: Any) -> None:
    """Every writing of a day that CONTRACT names is that day, with full-width digits and with a time too."""
    assert cells.day(written) == THIRD_OF_MAY


@pytest.mark.parametrize(
    "written",
    ["2022-02-30", "2022-13-1", "20221301", "下周三", "2022年5月", "5月32日", "2月30日", "1.5", "已查", "2022--5-3", "2022-5/3",
     date(1899, 12, 31), "0022-05-03", "2122-05-03", time(14, 30), True, "2022-5-3-4"],
    ids=str,
)  # fmt: skip
def test_what_is_no_day(written: Any) -> None:
    """A day that does not exist or cannot be meant is refused, never moved to another one."""
    assert refused(cells.day, written) == "bad_date"


def year_of(year: int) -> tuple[date, date]:
    """A period within a year, as its first and last day."""
    return date(year, 5, 1), date(year, 5, 31)


@pytest.mark.parametrize("written", ["5月3日", "05月03日", "５月３日", "5月3号", "5月3日 14:30"])
def test_a_day_without_a_year(written: str) -> None:
    """A day without a year is of the year that the period has."""
    checked = cells.with_years(cells.check_column(column_of(written), cells.day), *year_of(2022))
    assert (checked.values, checked.problems) == ([THIRD_OF_MAY], [])


@pytest.mark.parametrize(
    ("inspected", "written", "meant"),
    [
        (date(2022, 12, 20), "1月5日", date(2023, 1, 5)),
        (date(2022, 12, 20), "12月31日", date(2022, 12, 31)),
        (date(2022, 12, 20), "12月20日", date(2022, 12, 20)),
        (date(2022, 12, 20), "12月19日", date(2023, 12, 19)),
        (date(2023, 12, 20), "2月29日", date(2024, 2, 29)),
        (None, "1月5日", date(2022, 1, 5)),
    ],
)
def test_a_deadline_after_new_year(inspected: date | None, written: str, meant: date) -> None:
    """A deadline without a year that would lie before its inspection is of the next year."""
    year = inspected.year if inspected else 2022
    assert cells.with_years(cells.check_column(column_of(written), cells.day), *year_of(year), [inspected]).values == [
        meant
    ]


def test_a_deadline_beside_a_mistyped_inspection() -> None:
    """It is the inspection's year that is wrong: the deadline is not complained of as well."""
    column = cells.check_column(column_of("6月5日"), cells.day)
    checked = cells.with_years(column, *year_of(2022), [date(2092, 5, 20)])
    assert (checked.values, checked.problems) == ([date(2023, 6, 5)], [])


@pytest.mark.parametrize(
    ("written", "inspected", "meant"),
    [
        ("12月28日", None, date(2021, 12, 28)),
        ("1月25日", None, date(2022, 1, 25)),
        ("12月25日", None, date(2022, 12, 25)),
        ("1月10日", date(2021, 12, 28), date(2022, 1, 10)),
        ("12月30日", date(2021, 12, 28), date(2021, 12, 30)),
        ("12月30日", date(2022, 1, 10), date(2022, 12, 30)),
        ("2月29日", date(2021, 12, 28), None),
    ],
)
def test_a_month_that_begins_in_december(written: str, inspected: date | None, meant: date | None) -> None:
    """January from 26 December on has days of two years; what lies in neither part is of the year of its end."""
    column = cells.check_column(column_of(written), cells.day)
    not_before = [inspected] if inspected else None
    assert cells.with_years(column, date(2021, 12, 26), date(2022, 1, 25), not_before).values == [meant]


def test_29_february_of_an_ordinary_year() -> None:
    """29 February is no day where neither year has one; a leap year has it."""
    column = cells.check_column(column_of("2月29日"), cells.day)
    assert [code for _, code, _ in cells.with_years(column, *year_of(2022)).problems] == ["bad_date"]
    assert cells.with_years(column, *year_of(2024)).values == [date(2024, 2, 29)]


@pytest.mark.parametrize(
    "written",
    [
        12,
        12.0,
        "12",
        "１２",
        " 12 ",
        "12.0",
        "12家",
        "12家次",
        "12项",
        "12处",
        "12起",
        "12人",
        "１２ 家",
        "12个",
        "012",
    ],
    ids=repr,
)
def test_a_count_in_every_writing(written: Any) -> None:
    """Full-width digits and a measure word behind a count leave the number what it is."""
    assert cells.count(written) == 12


@pytest.mark.parametrize(
    "written",
    [-1.0, "-1", "－１", 1.5, "1.5", 1_000_001.0, "1000001", "三", "12x", "12-13", "约12", "1,2", True, THIRD_OF_MAY],
    ids=repr,
)
def test_what_is_no_count(written: Any) -> None:
    """A count is whole, not negative and at most 1,000,000; anything else is refused."""
    assert refused(cells.count, written) == "bad_number"


@given(
    st.integers(0, 1_000_000),
    st.sampled_from(["{}", "{:,}", "{}家", "{:,}项", " {} 处", "{}.0", "{}.00"]),
    st.booleans(),
)
def test_counts_keep_their_number(number: int, form: str, full_width: bool) -> None:
    """Whichever way a count from 0 to 1,000,000 is written, it is read as that number."""
    written = form.format(number)
    wide = written.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789,."})
    assert cells.count(wide if full_width else written) == number
    assert cells.count(float(number)) == number


@pytest.mark.parametrize(
    "written",
    [
        "15000",
        15000.0,
        "15,000",
        "15，000",
        "￥15,000",
        "¥15000",
        "15000元",
        "￥15,000.00元",
        "１５０００",
        "1.5万",
        "1.5万元",
        "１．５万元",
        "1.5 万元",
    ],
    ids=repr,
)
def test_money_in_every_writing(written: Any) -> None:
    """Thousands, currency signs, 元 and 万元 are one and the same amount, exact to the fen."""
    assert yuan(written) == Decimal("15000.00")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (1.5, "15000"),
        ("1.5", "15000"),
        ("1.5万元", "15000"),
        ("15000元", "15000"),
        ("￥15,000元", "15000"),
        ("0.0001", "1"),
        (0.35, "3500"),
    ],
)
def test_header_in_ten_thousands(written: Any, amount: str) -> None:
    """Under a header in 万元 a bare number is so many times 10,000; a unit in the cell wins over the header's."""
    assert ten_thousands(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    ["-5", -5.0, "五千", "1.2.3", "15000美元", "1,50", "万", "￥", True, THIRD_OF_MAY, 1e15, "nan", float("nan")],
    ids=repr,
)
def test_what_is_no_money(written: Any) -> None:
    """An amount that cannot be read, or is below nothing, is refused."""
    assert refused(yuan, written) == "bad_number"


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}", "￥{:,}", "{}元", "￥{:,}元", " {} "]))
def test_money_is_exact(fen: int, form: str) -> None:
    """Every amount up to ten thousand million comes out to the fen, however it is written, and as a number too."""
    amount = Decimal(fen) / 100
    assert yuan(form.format(amount)) == amount
    assert yuan(float(amount)) == amount


@pytest.mark.parametrize(
    "written", ["", None, " ", "\u3000", "\u00a0", "无", "/", "／", "—", "——", "-", " — "], ids=repr
)
@pytest.mark.parametrize("reader", READERS)
def test_empty_in_every_writing(reader: str, written: Any) -> None:
    """Blank, 无, / and dashes of any length say nothing, whatever the column."""
    assert READERS[reader](written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [(one, True) for one in ("是", "√", "有", "Y", "y", "Ｙ", "1", "１", 1.0, True, " 是 ")]
    + [(one, False) for one in ("否", "×", "无", "N", "n", "0", 0.0, False, "０")]
    + [(one, None) for one in ("", "/", "—", "——", None, " ")],
    ids=repr,
)
def test_yes_and_no(written: Any, meant: bool | None) -> None:
    """是 and 否 in all their writings; 无 is a no here, and an empty cell says neither."""
    assert cells.flag(written) is meant


@pytest.mark.parametrize("written", ["也许", "是否", 2.0, "2", "是的吧", THIRD_OF_MAY], ids=repr)
def test_neither_yes_nor_no(written: Any) -> None:
    """Anything else is refused, not taken for a no."""
    assert refused(cells.flag, written) == "bad_choice"


def test_choices() -> None:
    """One of the choices, whatever the blanks; another word is refused with the choices there are."""
    assert (method("日常检查"), method(" 日常 检查 ")) == ("日常检查", "日常检查")
    with pytest.raises(Wrong) as wrong:
        method("日常")
    assert (wrong.value.code, wrong.value.parameters) == ("bad_choice", {"choices": "日常检查、专项检查"})


def test_names_and_aliases() -> None:
    """A sector or unit is known by any of its names, a code in capitals too; a strange one is refused."""
    assert (sector("建设施工"), sector(" 建筑 "), sector("GAS")) == ("construction", "construction", "gas")
    assert refused(sector, "渔业") == "bad_choice"


GOOD_CODE = "91502914MA3FQEFLC0"


@pytest.mark.parametrize(
    "written",
    [GOOD_CODE, GOOD_CODE.lower(), f" {GOOD_CODE} ", "９１５０２９１４ＭＡ３ＦＱＥＦＬＣ０", "91502914 MA3FQEFL C0"],
)
def test_a_credit_code(written: str) -> None:
    """A credit code in small or full-width letters, or with blanks, is that code."""
    assert cells.credit_code(written) == GOOD_CODE


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (GOOD_CODE[:-1], "length"), (GOOD_CODE + "0", "length"), ("12345", "length"), ("915029140000000X", "length"),
        (GOOD_CODE.replace("A", "I"), "characters"), (GOOD_CODE.replace("A", "O"), "characters"), (GOOD_CODE.replace("A", "Z"), "characters"),
        (GOOD_CODE.replace("A", "-"), "characters"),
        (9.1502914123456789e17, "number"), ("9.15029E+17", "number"), ("915029141234567000", "number"), (915029141234567000, "number"),
    ],
)  # fmt: skip
def test_what_is_no_credit_code(written: Any, reason: str) -> None:
    """A code of the wrong length, with a character that none has, or typed as a number is refused for just that."""
    with pytest.raises(Wrong) as wrong:
        cells.credit_code(written)
    assert (wrong.value.code, wrong.value.parameters["reason"]) == ("bad_credit_code", reason)


@given(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_check_digit(character: str) -> None:
    """Of all last characters one fits; the others do not make the code unreadable."""
    code = GOOD_CODE[:-1] + character
    assert cells.check_digit_holds(code) == (code == GOOD_CODE)
    assert cells.credit_code(code) == code


@pytest.mark.parametrize(
    "written",
    [
        "张伟、李娜",
        "张伟，李娜",
        "张伟,李娜",
        "张伟；李娜",
        "张伟;李娜",
        "张伟/李娜",
        "张伟 李娜",
        "张伟　李娜",
        "、张伟、 李娜、",
    ],
)
def test_inspectors(written: str) -> None:
    """Inspectors are separated by any of the usual signs or by blanks."""
    assert cells.people(written) == ["张伟", "李娜"]


def test_numbers_of_documents() -> None:
    """A number is kept as written; one typed as a number has no point; one too long to be one is refused."""
    assert cells.document("（渝双）应急检记〔2022〕1号 ") == "（渝双）应急检记〔2022〕1号"
    assert cells.document(12.0) == "12"
    assert refused(cells.document, "号" * 201) == "bad_choice"


def test_every_wrong_cell_of_a_column_is_named() -> None:
    """One writing is understood once, but each cell that holds it gets its value or its problem; 1 is not True."""
    assert cells.check_column(column_of("x", 3.0, "x", 1.0, True), cells.count) == Checked(
        [None, 3, None, 1, None], [(0, "bad_number", {}), (2, "bad_number", {}), (4, "bad_number", {})]
    )
    assert cells.check_column(column_of("5月3日"), cells.day).values == [PartialDay(5, 3)]


@given(st.text(max_size=5) | st.text("无/—-―–＼\u3000 \u00a0\0\u0301⼆︱﹘", max_size=5))
def test_what_says_nothing_is_told_by_its_plain_form(written: str) -> None:
    """A short cut for long texts must not change which cells are empty, nor what the others say."""
    empty = written == "" or plain(written) in cells.EMPTY
    assert cells.is_empty(written) == empty
    assert cells.text(written) == (None if empty else written.replace("\0", "").strip())
