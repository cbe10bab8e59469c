"""Unit and period as they stand above a table, and what is said where the places disagree (CONTRACT section 1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.periods import Month, Period, Quarter, Year
from etl.reading.sheets import Shown
from etl.table.headings.labels import period_within, understand_unit, units_within
from etl.table.messages import sentence
from tests.unit.test_recognise import LEDGER_HEADER, MAY, ZONE, codes, identity, ledger, meta, sheet, told


@pytest.mark.parametrize(
    "rows",
    [
        [["重庆双桥经开区龙滩子街道2022年5月执法检查台账"]],
        [["附件1"], ["", "龙滩子街道办事处 2022年5月份 安全生产执法检查台账"]],
        [["执法检查台账"], ["龙滩子街道"], ["（2022年5月）"]],
        [["龙滩子街道二〇二二年五月执法检查台账"]],
        [["龙滩子街道202205执法检查台账"]],
        [["填报单位：龙滩子街道办事处 2022年5月"]],
        [["龙滩子街道2022年5月执法检查台账（单位：万元）"]],
        [["龙滩子街道2022年5月执法检查台账  金额单位：元"]],
        [["填报单位：龙滩子街道办事处      金额单位：万元", "填报月份：2022年5月"]],
        [["填报单位：龙滩子街道（2022年5月）"]],
        [["填报单位及月份：龙滩子街道办事处2022年5月"]],
        [["龙滩子街道执法检查台账"], ["填报月份：202205"]],
        [["填报单位：龙滩子街道", "填报月份：", 202205.0]],
        [["填报单位：龙滩子街道", "填报月份", 202205]],
        [["填报单位：龙滩子街道办事处（安监办）", "填报月份：2022-05"]],
        [["（龙滩子街道）2022年4-6月执法检查台账"], ["填报月份：2022年5月"]],
        [["龙滩子街道2022-05月执法检查台账"]],
        [["填报单位：龙滩子街道", "填报月份（所属期）：2022年5月份（当月）"]],
        [["填报单位：龙滩子街道", "本表填报月份为2022年5月，请核对"]],
        [["填报单位：龙滩子街道办事处安全办", "填报月份：2022.05"]],
        [["填报单位：龙滩子街道应急办（盖章）", "填报月份：2022年5月"]],
        [["填报单位：双桥经开区龙滩子街道办事处安监站", "填报月份：2022年5月"]],
        [["填报单位：龙滩子街道安全生产办公室", "填报月份：", Shown(44682.0, "2022年5月")]],
        [[Shown(44682.0, "龙滩子街道2022年5月执法检查台账")]],
        [["填报单位：龙滩子街道", Shown(44682.0, "填报月份：2022年5月")]],
        [["龙滩子街道2022年度执法检查台账"], ["填报月份：2022年5月"]],
        [["龙滩子街道5月执法检查台账"], ["填报月份：2022年5月"]],
        [["请于2022年6月5日前报应急管理局，逾期不报的通报。"], ["填报单位：龙滩子街道", "填报月份：2022年5月"]],
        [["重庆市应急管理局执法检查台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"]],
        [["执法检查台账"], ["填报单位：龙滩子街道", "填报时间：2022年6月2日", "填报月份：2022年5月"]],
    ],
)
def test_unit_and_period_wherever_they_stand(rows: list[list[Any]]) -> None:
    """In the title alone, in one cell, with the unit's own office, as a number, with words around."""
    one = told(ledger(*rows))
    assert (identity(one), codes(one)) == (MAY, [])


@pytest.mark.parametrize("label", ["填报单位：龙滩子街道", "填报单位：龙滩子街道办事处安全办"])
def test_labels_in_an_upper_header_row(label: str) -> None:
    """A label that shares its row with the upper level of the header is one; a heading without a value is none."""
    upper = ["序号", label, "", "", "", "填报月份：2022年5月", *[""] * (len(LEDGER_HEADER) - 6)]
    one = told(sheet("执法检查台账", ["执法检查台账"], upper, ["", *LEDGER_HEADER[1:]]))
    assert (identity(one), codes(one)) == (MAY, [])


@pytest.mark.parametrize(
    ("value", "period"),
    [
        (2022.1, None),
        (Shown(2022.1, "2022.1"), None),
        ("2022.1", "2022-01"),
        (Shown(2022.1, "2022.10"), "2022-10"),
        (2022.11, "2022-11"),
        (2022.2, "2022-02"),
        (202210.0, "2022-10"),
        (date(2022, 10, 1), "2022-10"),
        ("2022.10", "2022-10"),
    ],
)  # fmt: skip
def test_october_as_a_number(value: Any, period: str | None) -> None:
    """The number 2022.1 is January or October, so it is neither; shown as 2022.10 it is October, and a text loses no zero."""
    one = told(ledger(["填报单位：龙滩子街道", "", "填报月份：", value]))
    assert (one.period and str(one.period), codes(one)) == (period, [] if period else ["unknown_period"])
    if period is None:
        assert all(part in sentence(one.problems[0]) for part in ("2022.1", "1月", "10月"))


@pytest.mark.parametrize(
    ("sheets", "parts"),
    [
        ([ledger(["邮亭镇2022年5月台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], None),
        ([ledger(["双路街道执法检查台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("双路街道", "标题", "A1", "龙滩子", "A2")),
        ([ledger(["2022年4月台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("2022-04", "标题", "A1", "2022年5月", "B2")),
        ([ledger(["4月份台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("4月", "A1", "2022年5月", "B2")),
        ([ledger(["2022年1-4月台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("1至4月", "标题", "A1", "2022年5月", "B2")),
        ([ledger(["2022年下半年台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("7至12月", "A1", "2022年5月")),
        ([ledger(["2022年1-3月台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("2022Q1", "A1", "2022年5月")),
        ([ledger(["2021年度台账"], ["填报单位：龙滩子街道", "填报月份：2022年5月"])], ("2021", "A1", "2022年5月")),
        ([ledger(["填报单位：龙滩子街道", "填报月份：2022年6月"]), meta(period="2022-05")], ("_meta", "2022-05", "2022年6月", "B1")),
        ([ledger(["填报单位：龙滩子街道", "填报月份：2022年5月"]), meta(unit="shuanglu")], ("_meta", "双路街道", "龙滩子", "A1")),
        ([ledger(["填报单位：龙滩子街道", "填报月份：2022年5月"], ["填报单位：双路街道"])], ("龙滩子", "A1", "双路街道", "A2")),
    ],
)  # fmt: skip
def test_contradictions_name_both_places(sheets: list[Any], parts: tuple[str, ...] | None) -> None:
    """What disagrees is a conflict that quotes both values, each with its cell; a stranger in the title is nobody's."""
    one = told(*sheets)
    if parts is None:
        assert (identity(one), codes(one)) == (MAY, [])
        return
    (problem,) = one.problems
    assert problem.code == "conflict"
    assert all(part in sentence(problem) for part in parts), sentence(problem)


@given(
    st.integers(2000, 2099), st.integers(1, 12),
    st.sampled_from(["{y}年{m}月", "{y}年{m:02}月份", "{y}{m:02}", "{y}-{m:02}", "{y}/{m}", "{y}.{m:02}"]),
    st.sampled_from(["{}", "龙滩子街道{}执法检查台账", "（{}）", "执法检查台账（{}）", "{}安全生产执法检查情况表"]),
)  # fmt: skip
def test_month_within_any_words(year: int, month: int, form: str, around: str) -> None:
    """However a month is written, and whatever stands around it, it is that month."""
    assert period_within(around.format(form.format(y=year, m=month))) == Month(year, month)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年第二季度自评表", Quarter(2022, 2)),
        ("2022年2季度", Quarter(2022, 2)),
        ("2022年第Ⅳ季度", Quarter(2022, 4)),
        ("2022年度亡人指标", Year(2022)),
        ("2022年1-5月台账", None),
        ("2022年上半年台账", None),
        ("2022年5月3日", None),
        ("2022年5月和2022年6月", None),
        ("渝检〔2022〕501号", None),
        ("电话13812022051", None),
    ],
)  # fmt: skip
def test_period_within_a_text(text: str, period: Period | None) -> None:
    """One period or none: a day, a range and two months are no period of a workbook."""
    assert period_within(text) == period


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("龙滩子街道办事处", "longtanzi"), ("龙滩子街道安监站", "longtanzi"), ("应急局办公室", "emergency"),
        ("龙滩子街道办事处（安监办）", "longtanzi"), ("双桥经开区应急管理局", "emergency"), ("重庆双桥经开区双路街道应急管理办公室", "shuanglu"),
        ("大足区应急管理局", None), ("龙滩子街道某某加油站有限公司", None), ("龙滩子街道社区", None),
    ],
)  # fmt: skip
def test_unit_with_its_own_office(text: str, unit: str | None) -> None:
    """A known name with a word for an office behind it, or the zone's name before it; more is a stranger."""
    found = understand_unit(text, ZONE)
    assert (found and found.code) == unit


def test_units_within_a_title() -> None:
    """The longest names count; another place's bureau is none of ours."""
    assert [one.code for one in units_within("双桥经开区应急管理局、龙滩子街道办事处台账", ZONE)] == [
        "longtanzi",
        "emergency",
    ]
    assert units_within("重庆市应急管理局台账", ZONE) == []
