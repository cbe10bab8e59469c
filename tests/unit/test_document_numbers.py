"""Numbers of documents, cases and accidents: what somebody wrote, and what only stands in its place (CONTRACT section 1)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.normal import document_key
from etl.reading.sheets import Shown
from etl.table.values.document_numbers import document
from tests.unit.single_cells import UNSEEN, refused, why

NUMBER = "（渝双）应急检记〔2022〕1号"
needed, optional = document(required=True), document(required=False)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (f"{NUMBER} ", NUMBER), (f"{UNSEEN}{NUMBER}{UNSEEN}", NUMBER), (12.0, "12"), ("12.0", "12.0"), (123456789012345.0, "123456789012345"),
        (Shown(7.0, "007"), "007"), (Shown(12.0, "〔2022〕12号"), "〔2022〕12号"), (Shown(1234.0, "1,234"), "1234"), ("123456789012345678", "123456789012345678"),
        *((one, one) for one in (
            "SG2022-001", "2022-5-1", "AJ2022-5-1", "双事〔2022〕1号", "〔二〇二二〕十二号", "（渝双、大足）应急罚〔2022〕5号", "渝双/2022/12", "2022/12",
            "（渝双）应急检记〔2022〕501号（复查）", "（渝双）应急罚\n〔2022〕5号", "（渝双）应急罚〔2022〕\n5号", "SG2022-\n001", "渝双应急检 2022 501号",
            "12号〔2022〕", "501号-1", "（渝双）应急罚〔2022〕12-1号", "（渝双）号外〔2022〕5号", "2022年5月3号", "（渝双）应急检记〔2022〕5月12号", "无锡应急罚〔2022〕5号", "未央应急罚〔2022〕5号",
            "（渝双）应急罚〔2022〕5号、", "同安2022-7", "SG-A", "5E12", "渝安监罚2022第7号", "目标1", "（渝双）应急检记[2022]1号", "第一号",
        )),
    ],
    ids=repr,
)  # fmt: skip
def test_a_number_is_kept_as_it_is_seen(written: Any, number: str) -> None:
    """A number is kept as it is seen; one typed as a number has no point, and one whose format adds to it is what is shown."""
    assert needed(written) == optional(written) == number


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (date(2022, 5, 1), "turned_into_date"), (datetime.combine(date(2022, 5, 1), time(8)), "turned_into_date"), (time(5, 1), "turned_into_date"), (Shown(44682.0, "5月1日", date(2022, 5, 1)), "turned_into_date"),
        (timedelta(hours=50), "turned_into_date"), ("2022/5/1", "turned_into_date"), ("5月1日", "turned_into_date"), ("1-May", "turned_into_date"),
        ("2022-05-01 00:00:00", "turned_into_date"), ("May-22", "turned_into_date"),
        (5.0011220220503e17, "lost_digits"), (1e15, "lost_digits"), ("1.23E+17", "lost_digits"), ("１．２３Ｅ＋１７", "lost_digits"), ("5E+17", "lost_digits"),
        (Shown(5.0011220220503e17, "500112202205030000"), "lost_digits"), (Shown(12345.0, "1.23E+04"), "lost_digits"), (float("inf"), "lost_digits"),
        *((one, "placeholder") for one in (
            "暂无", "√", "见备注", "详见备注", "见附件1", "待出", "待定", "待5月出", "办理中", "同上", "已立案，决定书待出", "正在办理", "尚未作出", "未编号", "补办中",
            "是", "有", "…", "？", "N/A", "none", "××", True, "责令改正", "无编号", f"暂{UNSEEN}无", "另行补报", "见一览表", "一般程序", "*", "1份", "共2份", "5月10日已下达", "6月底前下达", "待SG2022-001",
        )),
        *((one, "without_serial") for one in (
            "渝安监罚〔2022〕号", "〔2022〕第  号", "〔2022〕第__号", "（渝双）应急罚〔2022〕XX号", "（渝双）应急罚〔2022〕××号", "（渝双）应急罚〔  〕号",
            "（渝双）应急罚〔2022〕", "渝双应急罚字2022第号", "（渝3）应急罚〔2022〕号", "〔二〇二二〕号", "（渝双）应急罚〔2022〕＿＿＿号",
        )),
        *((one, "several_numbers") for one in (
            "（渝双）应急罚〔2022〕5号、6号", "（渝双）应急罚〔2022〕5、6号", "（渝双）应急罚〔2022〕5号，（渝双）应急罚〔2022〕6号", "（渝双）应急罚〔2022〕5号\n（渝双）应急罚〔2022〕6号",
            "（渝双）应急罚〔2022〕5号 （渝双）应急罚〔2022〕6号", "（渝双）应急罚〔2022〕5号（渝双）应急罚〔2022〕6号", "（渝双）应急罚〔2022〕5号；6号", "5号和6号",
            "（渝双）应急罚〔2022〕5号至7号", "（渝双）应急罚〔2022〕5号—7号", "501、502", "501,502", "（渝双）应急罚〔2022〕5号（罚款）、6号（没收）", "（渝双）应急罚〔2022〕5号等2份", "501\n502", "SG2022-001、SG2022-002", "SG2022-001/SG2022-002",
            "SG2022-001 SG2022-002", "501号/502号", "（渝双）应急罚〔2022〕5号及（渝双）应急责〔2022〕6号",
        )),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_number(written: Any, reason: str) -> None:
    """What a spreadsheet made of it, what stands in its place, a form without its serial, two numbers: each is said for what it is."""
    assert why(needed, written) == why(optional, written) == ("bad_document_number", reason)


def test_none_is_no_number_where_one_is_needed() -> None:
    """无 says that there is none, which is an answer only where none is needed; a dash is an empty cell everywhere."""
    assert why(needed, f" 无{UNSEEN}") == ("bad_document_number", "placeholder")
    assert [optional(cell) for cell in ("无", "—", "/", "")] == [needed(cell) for cell in ("—", "/", "", None)]
    assert refused(needed, "号" * 201) == "bad_choice"


@given(
    st.sampled_from([NUMBER, "双事〔2022〕12号", "SG2022-001", "007"]),
    st.sampled_from(UNSEEN + "\u00a0\u3000 "),
    st.integers(0, 20),
)
def test_what_is_not_seen_makes_no_other_number(number: str, character: str, place: int) -> None:
    """A character that nobody sees, anywhere in a number, changes neither what it is compared as nor whether it is one."""
    read = needed(f"{number[:place]}{character}{number[place:]}")
    assert read is not None
    assert document_key(read) == document_key(number)


@given(
    st.integers(1, 10**9),
    st.integers(1980, 2100),
    st.sampled_from(["（渝双）应急罚〔{year}〕{n}号", "渝安监罚字[{year}]第{n}号", "SG{year}-{n:03}", "{year}{n:05}"]),
)
def test_usual_numbers_are_numbers(serial: int, year: int, form: str) -> None:
    """Whatever its serial, a number in one of the usual forms is one, and two of them in a cell are two."""
    first, second = (form.format(year=year, n=number) for number in (serial, serial + 1))
    assert needed(first) == first
    assert why(needed, f"{first}、{second}") == ("bad_document_number", "several_numbers")
