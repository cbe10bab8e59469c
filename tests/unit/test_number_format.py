"""Number formats: what is seen of a number, and where that is something else than the number."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.number_format import number_format
from etl.reading.sheets import Shown
from etl.reading.shown import Formats, Heed, NotedCells, as_shown
from etl.reading.shown_moments import counted_from, moment_of
from etl.reading.styles import BUILT_IN, codes_of
from tests.shown_numbers import DAY, EVERY

LABEL, SHORT, LONG = 3, 500, 5000
"""Rows among the labels, of a short table, of a long one."""
MAY, EVENING = date(2022, 5, 3), datetime.fromisoformat("2022-05-03T18:00")
MOMENTS = st.datetimes(datetime.fromisoformat("1904-01-02"), datetime.fromisoformat("2199-12-31"))


@pytest.mark.parametrize(("code", "number", "seen"), EVERY)
def test_a_number_is_seen_as_its_format_has_it(code: str, number: float, seen: str) -> None:
    """As Excel and WPS show it."""
    assert number_format(code).shown(number) == seen


CODES = st.text(st.sampled_from('0#?.,%;@_*\\!"[]$<>=-/eE+ymdhsagGAMPb 万元年月¥()DBNum1804'), max_size=30) | st.text(
    max_size=20
)


@given(CODES, st.floats(allow_nan=False, allow_infinity=False))
def test_no_code_is_too_strange(code: str, number: float) -> None:
    """Whatever stands in a file, something is seen of every number and text."""
    for style in (code, f"0{code}", f"yyyy{code}"):
        assert isinstance(number_format(style).shown(number), str)
        assert isinstance(number_format(style).shown_text("甲"), str)
        Formats([style]).cell(0, number, LABEL)
        Formats([style]).cell(0, MAY, LABEL)


@given(
    st.integers(1, 10**14), st.text(st.sampled_from("万元家号〔〕第"), max_size=3), st.integers(1, 6), st.integers(0, 4)
)
def test_whole_numbers_are_seen_with_what_stands_around_them(number: int, word: str, digits: int, places: int) -> None:
    """The quick way for whole numbers shows what the exact way shows."""
    code = f'"{word}"{"0" * digits}{"." + "0" * places if places else ""}"{word}"'
    decimals = "." + "0" * places if places else ""
    assert number_format(code).shown(number) == f"{word}{number:0{digits}d}{decimals}{word}"


@pytest.mark.parametrize("code", ["0" * 300, '"' + "x" * 300 + '"0', ""])
def test_a_code_that_no_program_stores_says_nothing(code: str) -> None:
    """Beyond 255 characters Excel takes none."""
    assert number_format(code).shown(5) == "5"


@given(MOMENTS.map(lambda one: one.replace(microsecond=0)), st.booleans())
def test_days_are_counted_there_and_back(moment: datetime, from_1904: bool) -> None:
    """Both ways of counting days give the moment that they count."""
    assert moment_of(counted_from(moment, from_1904=from_1904), from_1904=from_1904) == moment


@pytest.mark.parametrize(
    ("code", "stored", "label", "short", "long"),
    [
        # A number that is written as that number stays it; a label and a plan's number are read as they are written.
        ("General", 2022.1, 2022.1, 2022.1, 2022.1),
        ("0.00", 2022.1, "2022.10", "2022.10", 2022.1),
        ("0.00", 12.1, "12.10", "12.10", 12.1),
        ("0.0", 2022.1, 2022.1, 2022.1, 2022.1),
        ("0", 2022.6, "2023", 2022.6, 2022.6),
        ("0.00", 12.345, 12.345, 12.345, 12.345),
        ("0.00", 5.0, 5.0, 5.0, 5.0),
        ("#,##0.00", 20000.5, 20000.5, 20000.5, 20000.5),
        ("[$￥-804]#,##0.00", 20000.0, 20000.0, 20000.0, 20000.0),
        (BUILT_IN[44], 0.0, 0.0, 0.0, 0.0),
        ("#,##0_);(#,##0)", -5.0, -5.0, -5.0, -5.0),
        ("0;-0;;@", 0.0, 0.0, 0.0, 0.0),
        ("@", 501.0, 501.0, 501.0, 501.0),
        # Units, words, leading zeros, scales and parts are seen, wherever they stand.
        ('0.00"万元"', 5.5, "5.50万元", "5.50万元", "5.50万元"),
        ('0"家"', 0.0, "0家", "0家", "0家"),
        ("000", 5.0, "005", "005", "005"),
        ("000", 1234.0, 1234.0, 1234.0, 1234.0),
        ("0!.0,", 20000.0, "2.0", "2.0", "2.0"),
        ("0!.0,", 0.0, 0.0, 0.0, 0.0),
        ("0%", 0.5, "50%", "50%", "50%"),
        ("# ?/?", 5.5, "5 1/2", "5 1/2", "5 1/2"),
        (";;;", 5.0, "", "", ""),
        ("[$$-409]#,##0.00", 5.0, "$5.00", "$5.00", "$5.00"),
        # Days stay days; a month, a year or words around them are seen among the labels.
        ("yyyy-m-d", MAY, MAY, MAY, MAY),
        ('yyyy"年"m"月"d"日"', MAY, MAY, MAY, MAY),
        ("d/m/yyyy", MAY, MAY, MAY, MAY),
        ('yyyy"年"m"月"d"号楼"', MAY, "2022年5月3号楼", MAY, MAY),
        ('yyyy"年"m"月"', MAY, "2022年5月", MAY, MAY),
        ('yyyy"年"', MAY, "2022年", MAY, MAY),
        ("mmm-yy", MAY, MAY, MAY, MAY),
        ('yyyy"年"m"月执法检查台账"', MAY, "2022年5月执法检查台账", MAY, MAY),
        # What calamine does not take for a day's format, or wrongly does.
        ("aaaa", float(DAY), MAY, MAY, MAY),
        ("[$-804]aaaa;@", DAY + 0.75, EVENING, EVENING, EVENING),
        ("aaaa", 0.5, time(12), time(12), time(12)),
        ("0!d", MAY, "44684d", "44684d", "44684d"),
        ("[h]:mm", timedelta(hours=36), timedelta(hours=36), timedelta(hours=36), timedelta(hours=36)),
        # Texts and truth values.
        ('@"街道"', "龙滩子", "龙滩子街道", "龙滩子街道", "龙滩子街道"),
        ("0.00;;;", "甲", "甲", "甲", "甲"),
        (';;;"街道"', "龙滩子", "街道", "街道", "街道"),
        ('0"家"', True, True, True, True),
    ],
)  # fmt: skip
def test_what_is_read_of_a_cell(code: str, stored: Any, label: Any, short: Any, long: Any) -> None:
    """Among the labels, in a short table and in a long one; a text here stands for what is shown."""
    formats = Formats([code])
    for row, expected in ((LABEL, label), (SHORT, short), (LONG, long)):
        found = formats.cell(0, stored, row) if 0 in formats.heeded_in(row) else stored
        read = found.text if isinstance(found, Shown) else found
        assert (read, type(read)) == (expected, type(expected))
        if isinstance(found, Shown):
            assert found.day == (stored if isinstance(stored, date) and code != "0!d" else None)


def test_a_macintosh_counts_from_1904() -> None:
    """A number in a format that only we know as a day's is the day that its workbook counts."""
    assert Formats(["aaaa"], from_1904=True).cell(0, float(DAY - 1462), LONG) == MAY


def test_only_what_is_used_costs() -> None:
    """Plain formats are looked for among the labels alone, so that a long ledger is read as fast as ever."""
    plain = [BUILT_IN[number] for number in (0, 1, 2, 3, 4, 5, 7, 14, 22, 37, 39, 41, 43, 44, 49, 57)]
    assert not Formats([*plain, "0_ ", "[Red]0.00", "yyyy-mm-dd hh:mm;@", "[$¥-804]#,##0.00"]).heeded(Heed.EVERYWHERE)


def test_a_column_of_days_costs_nothing() -> None:
    """Where year, month and day are shown and nothing else, no cell is looked at, not even among the labels."""
    days = ["yyyy-mm-dd", "yyyy/m/d;@", 'yyyy"年"m"月"d"日"', "yyyy.mm.dd"]
    assert not Formats(days).heeded(Heed.LABELS)
    for code in ('yyyy"年"m"月"', "yy/m/d", "d/m/yyyy", "yyyy-mm-dd hh:mm", 'yyyy"年"m"月"d"日前"', "[DBNum1]yyyy-m-d"):
        assert Formats([code]).heeded(Heed.LABELS), code


def test_styles_name_formats_by_number() -> None:
    """The workbook's own come first, then Excel's; one that is defined nowhere (as WPS leaves such) says nothing."""
    assert codes_of([0, 57, 178, 14, 165], {14: "yyyy-mm-dd", 165: '0"家"'}) == [
        "General", 'yyyy"年"m"月"', "General", "yyyy-mm-dd", '0"家"',
    ]  # fmt: skip


def test_rows_that_are_alike_are_noted_once() -> None:
    """Cells of one row come together, in any order of rows; the row above stays as it was."""
    noted = NotedCells()
    for row, column in ((0, 1), (0, 3), (1, 1), (1, 3), (0, 5)):
        noted.note(row, column, 7)
    noted.end_row()
    assert noted.rows == {0: ((1, 7), (3, 7), (5, 7)), 1: ((1, 7), (3, 7))}
    first = ["甲", 5.0, 5.0, "", True, 0.5]
    rows = list(as_shown(iter([first, [5.0]]), noted.rows, Formats(["General"] * 7 + ['0"家"'])))
    assert rows == [["甲", Shown(5.0, "5家"), 5.0, "", True, Shown(0.5, "1家")], [5.0]]
    assert first[1] == 5.0
