"""Amounts of money as offices write them, and the unit in which each is meant (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.sheets import Shown
from etl.table.cells import check_column
from etl.table.values.amounts import Amounts, total
from tests.unit.single_cells import UNSEEN, column_of, refused, why

THIRD_OF_MAY = date(2022, 5, 3)
yuan, ten_thousands = Amounts(in_ten_thousands=False), Amounts(in_ten_thousands=True)


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
        "15 000",
        "￥ 15,000 元整",
        f"15{UNSEEN}000",
        "1.5\u00a0万元",
        14999.999999999998,
        Shown(1.5, "1.50万元"),
        Shown(1.5, "1.5万"),
        Shown(15000.0, "1.5万元"),
        Shown(15000.0, "￥15,000.00"),
        Shown(15000.0, "15,000元"),
        Shown(15000.0, " ￥ 15,000 "),
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
        (Shown(1.5, "1.50万元"), "15000"),
        (Shown(1.5, "1.5"), "15000"),
        (Shown(15000.0, "15,000元"), "15000"),
        (Shown(15000.0, "1.5万元"), "15000"),
        (Shown(1.23456, "1.23"), "12345.6"),
        (Shown(0.0, "-"), "0"),
    ],
)
def test_header_in_ten_thousands(written: Any, amount: str) -> None:
    """Under a header in 万元 a bare number is so many times 10,000; a unit in the cell wins over the header's."""
    assert ten_thousands(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        "-5",
        -5.0,
        "五千",
        "1.2.3",
        "15000美元",
        "1,50",
        "万",
        "￥",
        True,
        THIRD_OF_MAY,
        1e15,
        "nan",
        float("nan"),
        "1 2",
        "1 2345",
        "20000 1",
        "5①",
        "2\n000",
        "20000*",
        "5千元",
        Shown(20000.0, "2.0"),
        Shown(0.05, "5%"),
        Shown(20000.0, "20.0千元"),
        Shown(20000.0, ""),
        Shown(20000.0, "2.1万元"),
        Shown(5.0, "-5"),
    ],
    ids=repr,
)
def test_what_is_no_money(written: Any) -> None:
    """An amount that cannot be read, or is below nothing, is refused."""
    assert refused(yuan, written) == "bad_number"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("五千", "amount"),
        ("-5", "negative_amount"),
        ("1 2", "within"),
        (1e15, "beyond"),
        (Shown(20000.0, "2.0"), "shown"),
        (True, "amount"),
    ],
    ids=repr,
)
def test_why_it_is_no_money(written: Any, reason: str) -> None:
    """Of money the sentence says money, and of what is shown and stored both."""
    assert why(yuan, written) == ("bad_number", reason)
    assert why(ten_thousands, written) == ("bad_number", reason)


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}", "￥{:,}", "{}元", "￥{:,}元", " {} "]))
def test_money_is_exact(fen: int, form: str) -> None:
    """Every amount up to ten thousand million comes out to the fen, however it is written, and as a number too."""
    amount = Decimal(fen) / 100
    assert yuan(form.format(amount)) == amount
    assert yuan(float(amount)) == amount

    assert Amounts(in_ten_thousands=False)(Shown(float(amount), form.format(amount))) == amount


@given(
    st.decimals(0, 999_999, places=4), st.integers(0, 4), st.sampled_from(["{}万元", "{}万", "{} 万元"]), st.booleans()
)
def test_a_format_says_the_unit(amount: Decimal, places: int, form: str, in_ten_thousands: bool) -> None:
    """Under any heading an amount whose format says 万元 is in 万元; what the format rounds away counts."""
    shown = form.format(f"{float(amount):.{places}f}")
    assert Amounts(in_ten_thousands)(Shown(float(amount), shown)) == amount * 10_000


@pytest.mark.parametrize(
    ("in_ten_thousands", "written", "account"),
    [
        (False, [20000.0, 35000.0, ""], {"unit": "元", "source": "heading", "sum": "55000.00"}),
        (True, [2.0, 3.5], {"unit": "万元", "source": "heading", "sum": "55000.00"}),
        (True, [Shown(2.0, "2.0万元"), Shown(3.5, "3.5万元")], {"unit": "万元", "source": "format", "sum": "55000.00"}),
        (False, ["2万元", "3.5万"], {"unit": "万元", "source": "cell", "sum": "55000.00"}),
        (False, ["2万元", 35000.0], {"unit": "元", "source": "mixed", "sum": "55000.00"}),
        (True, ["20000元", 3.5], {"unit": "万元", "source": "mixed", "sum": "55000.00"}),
        (True, ["2万元", 3.5], {"unit": "万元", "source": "mixed", "sum": "55000.00"}),
        (False, ["", "无", "/"], None),
    ],
)  # fmt: skip
def test_how_a_column_was_read(in_ten_thousands: bool, written: list[Any], account: dict[str, str] | None) -> None:
    """Of a column of money it is told in which unit it was read, where that is said, and what it comes to."""
    reader = Amounts(in_ten_thousands)
    values = check_column(column_of(*written), reader).values
    assert reader.account("罚款金额", values) == (None if account is None else {"column": "罚款金额", **account})


@pytest.mark.parametrize(
    ("in_ten_thousands", "written", "meant"),
    [(True, 5.5, 55000), (True, "55000元", 55000), (False, Shown(5.5, "5.5万元"), 55000), (False, -2.0, -2)],
)
def test_amounts_in_rows_of_sums(in_ten_thousands: bool, written: Any, meant: int) -> None:
    """A sum stands in the unit in which the column's amounts do."""
    assert total(in_ten_thousands, written) == meant
