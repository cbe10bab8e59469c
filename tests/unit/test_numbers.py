"""Counts and marks as offices write them (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.normal import plain, visible
from etl.reading.sheets import Shown
from etl.table.cells import Wrong
from etl.table.values.numbers import count, mark, measured, quantity, total
from tests.unit.single_cells import UNSEEN, refused, why

THIRD_OF_MAY = date(2022, 5, 3)


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
        "12 家",
        "12\u00a0家",
        "12件",
        f"{UNSEEN}1{UNSEEN}2{UNSEEN}",
        "\u00a012\u00a0",
        11.999999999999998,
        12.000000000000002,
        Shown(12.0, "12家"),
        Shown(12.0, "012"),
        Shown(12.0, "12.00"),
        Shown(11.999999999999998, "12"),
    ],
    ids=repr,
)
def test_a_count_in_every_writing(written: Any) -> None:
    """Full-width digits and a measure word behind a count leave the number what it is."""
    assert count(written) == 12


@pytest.mark.parametrize(
    "written",
    [
        -1.0,
        "-1",
        "－１",
        1.5,
        "1.5",
        1_000_001.0,
        "1000001",
        "三",
        "12x",
        "12-13",
        "约12",
        "1,2",
        "1 2",
        "1\n2",
        "1\u00a02",
        "5①",
        "5②",
        "5¹",
        "5㉑",
        "⑤",
        "½",
        "3*",
        "3※",
        "3（其中1家）",
        "1, 200",
        "12%",
        "1．",
        True,
        THIRD_OF_MAY,
    ],
    ids=repr,
)
def test_what_is_no_count(written: Any) -> None:
    """A count is whole, not negative and at most 1,000,000; anything else is refused."""
    assert refused(count, written) == "bad_number"


@given(
    st.integers(0, 1_000_000),
    st.sampled_from(["{}", "{:,}", "{}家", "{:,}项", " {} 处", "{}.0", "{}.00"]),
    st.booleans(),
)
def test_counts_keep_their_number(number: int, form: str, full_width: bool) -> None:
    """Whichever way a count from 0 to 1,000,000 is written, it is read as that number."""
    written = form.format(number)
    wide = written.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789,."})
    assert count(wide if full_width else written) == number
    assert count(float(number)) == number
    assert count(Shown(float(number), written)) == number


@given(st.integers(0, 10**6), st.characters(exclude_characters="0123456789.,+-万"), st.integers(1, 6))
def test_nothing_within_a_count_is_passed_over(number: int, character: str, place: int) -> None:
    """A character within the digits of a count makes it unreadable, if it is seen and no digit of another script."""
    written = f"{number}"
    place = min(place, len(written) - 1)
    if place < 1 or character.isdecimal() or not visible(character) or plain(character) == ",":
        return
    with pytest.raises(Wrong):
        count(f"{written[:place]}{character}{written[place:]}")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (-1.0, "negative"), ("-1", "negative"), (1.5, "stored_fraction"), ("1.5", "not_whole"), ("1 2", "within"), ("5\n3", "within"),
        ("5①", "within"), ("3*", "within"), ("3（注）", "within"), ("三", None), (True, None), (1e7, "beyond"),
        (Shown(5.6, "6"), "shown"), (Shown(0.05, "5%"), "shown"), (Shown(12.0, "1.2"), "shown"), (Shown(5.0, ""), "shown"),
        (Shown(-3.0, "3"), "shown"), (Shown(1500.0, "1.5千"), "shown"), (Shown(5.4, "5家"), "shown"),
    ],
    ids=repr,
)  # fmt: skip
def test_why_it_is_no_count(written: Any, reason: str | None) -> None:
    """The sentence says what was seen: what is stored beside what is shown, a mark, a fraction, a sign."""
    assert why(count, written) == ("bad_number", reason)


def test_shown_and_stored_are_both_named() -> None:
    """Where a format shows another number than the cell holds, the clerk reads both."""
    with pytest.raises(Wrong) as wrong:
        count(Shown(5.6, " 6 "))
    assert wrong.value.parameters == {"reason": "shown", "shown": "6", "stored": "5.6"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9.5", "9.5"),
        ("9.5分", "9.5"),
        ("９．５ 分", "9.5"),
        (9.499999999999999, "9.5"),
        (Shown(9.5, "9.5分"), "9.5"),
        (Shown(9.46, "9.5"), "9.46"),
    ],
    ids=repr,
)
def test_marks(written: Any, meant: str) -> None:
    """A mark with or without 分; decimals that only its format leaves away count."""
    assert mark(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["九", "9.5 5", "9①", "-1", 1001.0, Shown(0.95, "95%"), Shown(950.0, "9.5")], ids=repr
)
def test_what_is_no_mark(written: Any) -> None:
    """Anything else is refused."""
    assert refused(mark, written) == "bad_number"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("12家", 12), ("9.5分", "9.5"), (-3.0, -3), ("1.5万", 15000), (Shown(12.0, "12家"), 12), ("/", None)],
)
def test_figures_in_rows_of_sums(written: Any, meant: Any) -> None:
    """A figure in a row of sums is read as its column's cells are, whatever its size and sign."""
    assert total(written) == (None if meant is None else Decimal(meant))


@pytest.mark.parametrize(
    ("written", "measure", "number"),
    [
        (12, "项", "12"), ("0项", "项", "0"), ("１２ 次", "次", "12"), ("40辆", "辆", "40"), ("3方面", "方面", "3"), ("1.5万", "人次", "15000"),
        ("1.2万人次", "人次", "12000"), ("2", "公里", "2"), ("2.35公里", "公里", "2.35"), ("2.35KM", "公里", "2.35"), ("10千米", "公里", "10"),
        (12.5, "万元", "12.5"), ("12.5万元", "万元", "12.5"), ("100万", "万元", "100"), ("125,000元", "万元", "12.5"), (2.9999999999999996, "项", "3"),
        (Shown(12.5, "12.50万元"), "万元", "12.5"), (Shown(4.0, "4项"), "项", "4"), (0.1234567, "公里", "0.123457"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_quantity_in_what_it_is_measured_in(written: Any, measure: str, number: str) -> None:
    """Whatever word stands behind it; money in 万元 and roads in kilometres, by any name of these."""
    assert as_measured(written, measure) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "measure", "reason"),
    [
        ("1.5", "项", "not_whole"), (0.5, "次", "not_whole"), ("12公里", "次", ""), ("12万元", "人", ""), ("5元", "份", ""), ("3万", "公里", ""),
        ("3元", "公里", ""), (1_000_001, "人次", "beyond"), ("101万人次", "人次", "beyond"), ("-1", "项", "negative"), ("1 2", "项", "within"),
        ("5①", "项", "within"), ("12%", "项", ""), ("若干", "项", ""), ("3/4", "项", ""), (True, "项", ""), (Shown(40000.0, "4.0"), "项", "shown"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_quantity_of_a_thing(written: Any, measure: str, reason: str) -> None:
    """Fractions of what is counted, another unit than the thing is measured in, and what is no number."""
    with pytest.raises(Wrong) as refused_as:
        as_measured(written, measure)
    assert (refused_as.value.code, refused_as.value.parameters.get("reason", "")) == ("bad_number", reason)


def as_measured(written: Any, measure: str) -> Decimal:
    """A cell's number in what its row says it is measured in; whole of what is counted."""
    figure = quantity(written)
    assert figure is not None
    return measured(figure, measure, whole=measure not in {"万元", "公里"})


def test_an_empty_quantity_is_none() -> None:
    """Blank and every mark of emptiness."""
    assert [quantity(one) for one in ("", None, "/", "——", "无")] == [None] * 5
