"""Cells as offices write them: texts, flags, choices, and whole columns (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.normal import plain, visible
from etl.reading.sheets import Shown
from etl.table import cells
from etl.table.cells import Checked, Wrong
from etl.table.values.amounts import Amounts
from etl.table.values.credit_codes import credit_code
from etl.table.values.days import PartialDay, day_in
from etl.table.values.document_numbers import document
from etl.table.values.numbers import count, mark
from tests.unit.single_cells import UNSEEN, column_of, refused

method = cells.choice(("日常检查", "专项检查"))
sector = cells.named({"建设施工": "construction", "建筑": "construction", "gas": "gas"}, ("建设施工", "城镇燃气"))
READERS: dict[str, Callable[[Any], Any]] = {
    "text": cells.text, "document": document(required=False), "day": day_in(ZoneInfo("Asia/Shanghai")), "count": count,
    "money": Amounts(in_ten_thousands=False), "mark": mark, "choice": method, "named": sector, "credit_code": credit_code,
}  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "",
        None,
        " ",
        "\u3000",
        "\u00a0",
        "无",
        "/",
        "／",
        "—",
        "——",
        "-",
        " — ",
        UNSEEN,
        f"{UNSEEN}无\u00a0",
        Shown(0.0, " - "),
    ],
    ids=repr,
)
@pytest.mark.parametrize("reader", READERS)
def test_empty_in_every_writing(reader: str, written: Any) -> None:
    """Blank, 无, / and dashes say nothing, whatever the column and whatever cannot be seen; a zero shown so is still 0."""
    zero = isinstance(written, Shown) and reader in {"count", "money", "mark"}
    assert READERS[reader](written) == (0 if zero else None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [(one, True) for one in ("是", "√", "有", "Y", "y", "Ｙ", "1", "１", 1.0, True, " 是 ")]
    + [(one, False) for one in ("否", "×", "无", "N", "n", "0", 0.0, False, "０")]
    + [(one, None) for one in ("", "/", "—", "——", None, " ", UNSEEN)]
    + [(f"{UNSEEN}是\u00a0", True), (Shown(1.0, "√"), True), (Shown(0.0, "否"), False), (Shown(0.0, ""), None)],
    ids=repr,
)
def test_yes_and_no(written: Any, meant: bool | None) -> None:
    """是 and 否 in all their writings; 无 is a no here, and an empty cell says neither."""
    assert cells.flag(written) is meant


@pytest.mark.parametrize("written", ["也许", "是否", 2.0, "2", "是的吧", date(2022, 5, 3)], ids=repr)
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


def test_every_wrong_cell_of_a_column_is_named() -> None:
    """One writing is understood once, but each cell that holds it gets its value or its problem; 1 is not True."""
    assert cells.check_column(column_of("x", 3.0, "x", 1.0, True), count) == Checked(
        [None, 3, None, 1, None], [(0, "bad_number", {}), (2, "bad_number", {}), (4, "bad_number", {})]
    )
    assert cells.check_column(column_of("5月3日"), day_in(ZoneInfo("Asia/Shanghai"))).values == [PartialDay(5, 3)]


@given(st.text(max_size=5) | st.text("无/—-―–＼\u3000 \u00a0\0\u0301⼆︱﹘", max_size=5))
def test_what_says_nothing_is_told_by_its_plain_form(written: str) -> None:
    """A short cut for long texts must not change which cells are empty, nor what the others say."""
    empty = written == "" or plain(written) in cells.EMPTY
    assert cells.is_empty(written) == empty
    assert cells.text(written) == (None if empty else visible(written).replace("\0", "").strip())


@pytest.mark.parametrize(
    ("reader", "written", "meant"),
    [
        ("text", f"双桥{UNSEEN}化工", "双桥化工"), ("text", Shown(7.0, "007"), "007"), ("text", Shown(3.0, "3号楼"), "3号楼"),
        ("text", 0.30000000000000004, "0.3"), ("text", Shown(1.0, ""), None), ("choice", Shown(1.0, "日常检查"), "日常检查"),
        ("choice", f"日常{UNSEEN}检查", "日常检查"), ("named", f"{UNSEEN}建筑", "construction"), ("named", Shown(2.0, "建筑"), "construction"),
    ],
)  # fmt: skip
def test_what_is_seen_counts(reader: str, written: Any, meant: str | None) -> None:
    """What cannot be seen counts nowhere, and what a format shows counts instead of the number behind it."""
    assert READERS[reader](written) == meant


def test_unseen_characters_are_told() -> None:
    """A cell in which characters stand that nobody sees is known as one, so that its sentence can say so."""
    assert cells.told(f"5{UNSEEN[0]}") == ("5", True)
    assert [cells.told(cell) for cell in ("五", "a\nb", "\u3000", 5.0, None, "无", True)] == [
        ("五", False), ("a\nb", False), (None, False), ("5", False), (None, False), ("无", False), ("True", False),
    ]  # fmt: skip
    assert cells.told("长" * 40_000) == ("长" * cells.LONGEST_UNDERSTOOD, False)
