"""Credit codes as offices write them (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.sheets import Shown
from etl.table.cells import Wrong
from etl.table.values.credit_codes import check_digit_holds, credit_code
from tests.unit.single_cells import UNSEEN

GOOD_CODE = "91502914MA3FQEFLC0"


@pytest.mark.parametrize(
    "written",
    [
        GOOD_CODE,
        GOOD_CODE.lower(),
        f" {GOOD_CODE} ",
        "９１５０２９１４ＭＡ３ＦＱＥＦＬＣ０",
        "91502914 MA3FQEFL C0",
        f"{GOOD_CODE}{UNSEEN}",
        f"{UNSEEN[0].join(GOOD_CODE)}",
        f"\u00a0{GOOD_CODE}\u00a0",
        "9150 2914\u00a0MA3F\u3000QEFL\nC0",
        Shown(0.0, GOOD_CODE),
    ],
)
def test_a_credit_code(written: str) -> None:
    """A credit code in small or full-width letters, or with blanks, is that code."""
    assert credit_code(written) == GOOD_CODE


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (GOOD_CODE[:-1], "length"), (GOOD_CODE + "0", "length"), ("12345", "length"), ("915029140000000X", "length"),
        (GOOD_CODE.replace("A", "I"), "characters"), (GOOD_CODE.replace("A", "O"), "characters"), (GOOD_CODE.replace("A", "Z"), "characters"),
        (GOOD_CODE.replace("A", "-"), "characters"),
        (9.1502914123456789e17, "number"), ("9.15029E+17", "number"), ("915029141234567000", "number"), (915029141234567000, "number"),
        (Shown(915029141234567000.0, "915029141234567000"), "number"), (f"{GOOD_CODE[:-1]}{UNSEEN}", "length"),
    ],
)  # fmt: skip
def test_what_is_no_credit_code(written: Any, reason: str) -> None:
    """A code of the wrong length, with a character that none has, or typed as a number is refused for just that."""
    with pytest.raises(Wrong) as wrong:
        credit_code(written)
    assert (wrong.value.code, wrong.value.parameters["reason"]) == ("bad_credit_code", reason)


@given(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_check_digit(character: str) -> None:
    """Of all last characters one fits; the others do not make the code unreadable."""
    code = GOOD_CODE[:-1] + character
    assert check_digit_holds(code) == (code == GOOD_CODE)
    assert credit_code(code) == code
