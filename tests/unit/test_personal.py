"""The mark of columns in which people are named: what is open is said by hand here, all else a clerk writes is personal."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from dashboards.results.hiding import HIDDEN, Viewpoint
from data.people.scope import TOLD_TO_THE_OFFICE
from etl.checking.personal import DOCUMENTS, KNOWN_BY, OPEN, layout_of
from etl.kinds.registry import KINDS
from etl.table.declaration import FREELY_WRITTEN, Cells, Column
from etl.table.problems import WARNINGS

OPEN_TEXTS = {
    ("enforcement", "enterprise"), ("accidents", "enterprise"), ("review", "measure"), ("self_assessment", "measure"),
    ("targets", "cap"), ("enterprises", "name"), ("enterprises", "grade"),
    ("frontline", "enterprise"),
    ("hazards", "enterprise"), ("hazards", "level"),
    ("disasters", "type"), ("tasks", "item"),
}  # fmt: skip
"""Texts that everybody may read: enterprises, and what is held against a list or must be a number."""
COMMITTEE = Viewpoint(names=False)


class Told(NamedTuple):
    """A problem as it is kept."""

    code: str
    sheet: str | None
    column: str | None
    value: str | None
    parameters: dict[str, Any]
    cells: tuple[str, ...] = ("B3",)


def test_every_text_is_personal_but_for_those_named_here() -> None:
    """A column that is added and forgotten hides too much."""
    opened = {
        (kind.code, column.key)
        for kind in KINDS.values()
        for spec in kind.tables
        for column in spec.columns
        if column.cells in FREELY_WRITTEN and not column.names_people
    }
    assert opened == OPEN_TEXTS


def test_people_are_marked_whatever_their_column_is() -> None:
    """检查人员 is marked by hand; the mark wins over what the cells are."""
    (people,) = [column for spec in KINDS["enforcement"].tables for column in spec.columns if column.personal]
    assert people.key == "inspectors"
    assert Column("x", "经办人", Cells.CHOICE, choices=("张三",), personal=True).names_people
    assert not Column("x", "数", Cells.COUNT).names_people


def test_nothing_is_open_without_a_mark() -> None:
    """Of a workbook that was read before there were marks, or of a table that it does not have, no text is shown."""
    texts = {"检查日期": "2022-05-06", "检查人员": "张三", "备注": ""}
    assert set(COMMITTEE.texts(texts, {}).values()) == {HIDDEN}
    assert COMMITTEE.identity("张三", {}) == HIDDEN
    assert Viewpoint(names=True).texts(texts, {}) == texts
    assert layout_of(None, {}) == {}


def test_marked_columns_are_shown_and_no_others() -> None:
    """Open ones as they are; numbers of documents where there is any digit, for without one it is somebody's name."""
    table = {OPEN: ["检查日期", "检查文书号"], DOCUMENTS: ["检查文书号"], KNOWN_BY: DOCUMENTS}
    shown = COMMITTEE.texts({"检查日期": "2022-05-06", "检查文书号": "张三、李四", "检查人员": "王五"}, table)
    assert shown == {"检查日期": "2022-05-06", "检查文书号": HIDDEN, "检查人员": HIDDEN}
    assert COMMITTEE.identity("检记〔2022〕1号", table) == "检记〔2022〕1号"
    assert COMMITTEE.identity("张三", table) == HIDDEN


@pytest.mark.parametrize(
    "parameters",
    [{"value": "张三"}, {"something_new": "张三"}, {"said": "“张三”"}, {"values": ["张三"]}, {"given": "张三"}],
)
def test_sentence_is_filled_with_nothing_that_was_typed(parameters: dict[str, Any]) -> None:
    """Whatever a new rule calls it: only words known to be ours, and numbers, stay."""
    layout = {"ledger": {"sheet": "张三的表", "table": "执法检查台账", "titles": {"inspected_on": "检查日期"}}}
    row = Told("bad_date", "张三的表", "检查日期", "张三", {**parameters, "length": 3, "first": "B2"})
    said = COMMITTEE.problem(row, layout)
    assert "张三" not in repr(said)
    assert (said.sheet, said.column, said.parameters["length"], said.parameters["first"]) == (
        "执法检查台账", "检查日期", 3, "B2",
    )  # fmt: skip
    unknown = COMMITTEE.problem(Told("unknown_column", "别的表", "张三", "张三", {"column": "张三"}), layout)
    assert "张三" not in repr(unknown)
    assert Viewpoint(names=True).problem(row, layout).value == "张三"


def test_nothing_of_a_tip_off_is_open() -> None:
    """No column of its ledger, nor what a row is known by; of problems the others learn which and how many, of no single row."""
    (stored,) = KINDS["tipoffs"].stored
    assert (stored.open_titles, stored.identity_is_open) == ([], False)
    table = {"sheet": "张三的表", "table": "举报与失信惩戒", "titles": {"object": "对象"}, OPEN: []}
    row = Told("duplicate_key", "张三的表", "对象", "张三", {"first": "B2", "count": 3, "limit": "2022-05-06"})
    said = COMMITTEE.problem(row, {"ledger": table})
    assert (said.cells, said.sheet, said.column, said.value) == ((), "举报与失信惩戒", "对象", HIDDEN)
    assert said.parameters == {"first": HIDDEN, "count": 3, "limit": HIDDEN, "column": "对象"}
    assert not COMMITTEE.tells_rows(table)
    assert COMMITTEE.tells_rows({**table, OPEN: ["日期"]})
    assert Viewpoint(names=True).problem(row, {"ledger": table}).cells == ("B3",)


def test_codes_of_the_office_are_warnings_of_ours() -> None:
    """What is told to the office alone is named by codes that there are."""
    assert set(WARNINGS) > TOLD_TO_THE_OFFICE
