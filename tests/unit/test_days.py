"""Days and months as offices write them (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.periods import Month
from etl.reading.sheets import Shown
from etl.table.cells import Wrong, check_column
from etl.table.values.days import PartialDay, day_in, month, with_years
from tests.unit.single_cells import UNSEEN, column_of, refused, why

THIRD_OF_MAY = date(2022, 5, 3)
day = day_in(ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    "written",
    [
        THIRD_OF_MAY, datetime.combine(THIRD_OF_MAY, time()), datetime.combine(THIRD_OF_MAY, time(14, 30)),
        "2022-5-3", "2022-05-03", "2022/05/03", "2022/5/3", "2022.5.3", "22.5.3", "22-5-3", "22/5/3", "2022年5月3日",
        "2022年05月03日", "22年5月3日", "20220503", 20220503.0, "２０２２年５月３日", "２０２２－０５－０３", "２０２２．５．３",
        "２０２２０５０３", " 2022-5-3 ", "2022-5-3 14:30", "2022-05-03 09:15:00", "2022-05-03T09:15:00", "2022年5月3日 14:30",
        "2022年5月3日14时30分", "2022年5月3日上午", "2022/5/3　９：３０",
        "2022年5月3日前", "2022年5月3日之前", "2022-05-03前", "2022年5月3日前完成", "2022年5月3日（星期二）", "2022年5月3日(周二)", "2022-05-03 星期二", "2022年5月3日, 星期二", "2022年5月3日夜", f"2022年5月3日{' ' * 900}（ 星期二 ）",
        "2022年5月3日 [周二] 14:30", "2022年5月3日14时30分许", "2022年5月3日14时许", "2022年5月3日下午2时左右", "约2022年5月3日14时", "2022年5月3日约14时30分",
        "2022年5月3日凌晨2点半", "2022年5月3日早8时", "2022年5月3日 14 时 30 分许", "2022年5月3日8点钟前后", "2022年5月3日午后", "2022/5/3 2:30:00 PM", "2022–5–3", "2022—05—03", "2022年5月3日前。", "贰零贰贰年伍月叁日", "2022年5月3日晚上", "2022年5月3日 下午", "二〇二二年五月三日", "二零二二年五月三日", "二○二二年五月三日（星期二）", "二〇二二年五月三日十四时三十分许",
        "2022年五月三日", "2022.5.3日", "44684", "44684.5", "４４６８４", 44684.0, 44684.75, "20220503前", "2022 年 5 月 3 日",
        "2022-05-02T16:00:00Z", "2022-05-02T16:00:00.000Z", "2022-05-02T16:00:00+00:00", "2022-05-03T00:00:00+08:00", "2022-05-03T00:30:00+0800",
        "2022-05-03 09:00+09", "2022-05-02T23:00:00-05:00", "2022-05-03Z", "2022-05-03+08:00",
        datetime.combine(date(2022, 5, 2), time(23, 59, 17)), "2022-05-02 23:59:17", "2022-05-02T15:59:17.000Z", 44683.9995023148, datetime(2022, 5, 2, 16, tzinfo=UTC),
        datetime.combine(date(2022, 5, 2), time(23, 59, 59, 999_900)), Shown(44684.0, "2022年5月", THIRD_OF_MAY), Shown(20220503.0, "2022-05-03"), Shown(20220503.0, "2022年05月03日"), f"2022{UNSEEN}年5月{UNSEEN}3日",
        "2022\u00a0年5月3日\u00a0",
    ],
    ids=str,
)  # fmt: skip
def test_a_day_in_every_writing(written: Any) -> None:
    """Every writing of a day that CONTRACT names is that day, with full-width digits and with a time too."""
    assert day(written) == THIRD_OF_MAY


def test_year_of_one_digit_is_of_this_century_between_dots() -> None:
    """6.8.1 is 1 August 2006, as offices write days long past; with other marks it is no day."""
    assert day("6.8.1") == date(2006, 8, 1)
    for written in ("6-8-1", "6/8/1", "6年8月1日", "6.8"):
        with pytest.raises(Wrong):
            day(written)


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)), st.sampled_from("年月日 许前（Z5"), st.integers(0, 12))
def test_what_stands_in_the_way_never_moves_a_day(found: date, character: str, place: int) -> None:
    """A character put anywhere into a day leaves that day, or makes it unreadable, or a day without its year; never another day."""
    written = f"{found:%Y-%m-%d}"
    try:
        read = day(f"{written[:place]}{character}{written[place:]}")
    except Wrong:
        return
    assert read in {found, PartialDay(found.month, found.day)} or character == "5"


CHINESE = "〇一二三四五六七八九"


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_days_in_chinese_numerals(found: date) -> None:
    """Every day written out in Chinese is that day."""

    def number(of: int) -> str:
        tens = ("" if of < 20 else CHINESE[of // 10]) + "十" if of > 9 else ""
        return tens + (CHINESE[of % 10] if of % 10 else "")

    year = "".join(CHINESE[int(digit)] for digit in str(found.year))
    assert day(f"{year}年{number(found.month)}月{number(found.day)}日") == found


@pytest.mark.parametrize(
    "written",
    ["2022-02-30", "2022-13-1", "20221301", "下周三", "2022年5月", "5月32日", "2月30日", "1.5", "已查", "2022--5-3", "2022-5/3",
     date(1899, 12, 31), "0022-05-03", "2122-05-03", time(14, 30), True, "2022-5-3-4",
     "5月3①日", "2022-5-3①", "2022050312", "2022-5-314:30", "2022-5-312", "5月底前", "立即整改", "7日内", "2022年5月3日-5日", "2022年5月3日至5月5日",
     "2022年5月3日、5月4日", "星期二", "二十二十年五月三日", "22503", "446840", "5.3", "2022年5月初三", "2022-05-03T09:00+25:00"],
    ids=str,
)  # fmt: skip
def test_what_is_no_day(written: Any) -> None:
    """A day that does not exist or cannot be meant is refused, never moved to another one."""
    assert refused(day, written) == "bad_date"


def year_of(year: int) -> tuple[date, date]:
    """A period within a year, as its first and last day."""
    return date(year, 5, 1), date(year, 5, 31)


@pytest.mark.parametrize(
    "written",
    [
        "5月3日",
        "05月03日",
        "５月３日",
        "5月3号",
        "5月3日 14:30",
        "5月3日（星期二）",
        "5月3日前",
        "五月三日",
        "约5月3日14时许",
    ],
)
def test_a_day_without_a_year(written: str) -> None:
    """A day without a year is of the year that the period has."""
    checked = with_years(check_column(column_of(written), day), *year_of(2022))
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
    assert with_years(check_column(column_of(written), day), *year_of(year), [inspected]).values == [meant]


def test_a_deadline_beside_a_mistyped_inspection() -> None:
    """It is the inspection's year that is wrong: the deadline is not complained of as well."""
    column = check_column(column_of("6月5日"), day)
    checked = with_years(column, *year_of(2022), [date(2092, 5, 20)])
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
    column = check_column(column_of(written), day)
    not_before = [inspected] if inspected else None
    assert with_years(column, date(2021, 12, 26), date(2022, 1, 25), not_before).values == [meant]


def test_29_february_of_an_ordinary_year() -> None:
    """29 February is no day where neither year has one; a leap year has it."""
    column = check_column(column_of("2月29日"), day)
    assert [code for _, code, _ in with_years(column, *year_of(2022)).problems] == ["bad_date"]
    assert with_years(column, *year_of(2024)).values == [date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2022年2月30日", "no_such_day"), ("5月32日", "no_such_day"), ("2122-05-03", "implausible_year"), (date(1899, 12, 31), "implausible_year"),
        ("2022年5月", "month_alone"), ("5月底前", "month_alone"), ("五月下旬", "month_alone"), ("2022年5月3日至5月5日", "several_days"),
        ("5月3日、4日", "several_days"), ("立即整改", "no_digits"), ("已查", "no_digits"), ("7日内", None), ("1.5", None), (True, "no_digits"),
    ],
    ids=str,
)  # fmt: skip
def test_why_it_is_no_day(written: Any, reason: str | None) -> None:
    """The sentence says what was understood: a month alone, several days, a day that there is not."""
    assert why(day, written) == ("bad_date", reason)


@pytest.mark.parametrize(
    "written",
    [
        5.0,
        "5",
        "5月",
        "５月份",
        "五月",
        "2022-05",
        "2022年5月",
        "2022.5",
        2022.5,
        date(2022, 5, 9),
        datetime.combine(date(2022, 5, 9), time(8)),
        Shown(5.0, "5月"),
        Shown(44682.0, "2022年5月", date(2022, 5, 1)),
        f"5{UNSEEN}月",
    ],
    ids=str,
)
def test_a_month_in_every_writing(written: Any) -> None:
    """A month of a table of the year is that month, whichever way it is written."""
    assert month(2022)(written) == Month(2022, 5)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("13", "no_month"),
        ("5月3日", "no_month"),
        ("上半年", "no_month"),
        (2022.1, "january_or_october"),
        ("5①", None),
        ("1①月", None),
        ("1 1月", "no_month"),
        ("13月", "no_month"),
    ],
)
def test_what_is_no_month(written: Any, reason: str | None) -> None:
    """2022.10 typed as a number is 2022.1 to the computer: neither January nor October by guess."""
    assert why(month(2022), written) == ("bad_date", reason)


def test_october_as_it_is_shown() -> None:
    """Where the format shows the nought it is October."""
    assert month(2022)(Shown(2022.1, "2022.10")) == Month(2022, 10)
