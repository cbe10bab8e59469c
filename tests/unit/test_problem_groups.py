"""A file's problems are counted whole and kept bounded (CONTRACT section 2: entries, ``cells``, ``count``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import _problem as as_printed
from etl.table.messages import message_of, sentence
from etl.table.problem_groups import (
    FEWEST_ROWS,
    LONGEST_VALUE,
    MOST_APART,
    MOST_CELLS,
    MOST_ENTRIES,
    MOST_REST,
    entries,
)
from etl.table.problems import ERRORS, FROM_PERIOD, WARNINGS, Problem
from tests.how_many import cases

SHEET = "执法检查台账"


def wrong(
    row: int, value: str | None = "abc", column: str = "检查日期", code: str = "bad_date", **more: Any
) -> Problem:
    """One cell of column B that is no date."""
    return Problem(code, SHEET, f"B{row}", column, value, more)


def different(rows: Sequence[int], **more: Any) -> list[Problem]:
    """In each of these rows something else."""
    return [wrong(row, f"第{row}日", **more) for row in rows]


# Few


def test_one_problem_stays_what_it_is() -> None:
    """A single problem is an entry with its cell and the count one."""
    (one,) = entries([wrong(7, "5月32日")])
    assert (one.cell, one.cells, one.count, one.value) == ("B7", ("B7",), 1, "5月32日")
    assert "5月32日" in sentence(one)


def test_a_few_unlike_problems_are_said_one_by_one() -> None:
    """Up to ten different mistakes in a column are a sentence each, with its own value; an eleventh makes them one."""
    told = entries(different(range(2, 2 + MOST_APART)), {SHEET: 1_000})
    assert [(one.cell, one.value) for one in told] == [(f"B{row}", f"第{row}日") for row in range(2, 2 + MOST_APART)]
    (all_of_them,) = entries(different(range(2, 3 + MOST_APART)), {SHEET: 1_000})
    assert (all_of_them.cell, all_of_them.count) == ("B2", MOST_APART + 1)
    assert all_of_them.cells == tuple(f"B{row}" for row in range(2, 3 + MOST_APART))
    assert all(part in sentence(all_of_them) for part in ("检查日期", "11格", "B2", "第2日", "其余各格"))
    assert all_of_them.value == "第2日；第3日；第4日…"


def test_the_same_mistake_is_one_entry() -> None:
    """However many cells say the same, they are one entry with the sentence of that value."""
    (one,) = entries([wrong(row) for row in range(2, 300)], {SHEET: 10_000})
    assert (one.count, len(one.cells), "其余" in sentence(one), "abc" in sentence(one)) == (
        298,
        MOST_CELLS,
        False,
        True,
    )


def test_order_is_that_of_first_appearance() -> None:
    """Entries stand as their first problems came, also where those of several columns alternate."""
    came = [wrong(2, "a"), wrong(2, None, "行业领域", "missing_value"), wrong(3, "b"), wrong(4, "a")]
    assert [(one.code, one.cells) for one in entries(came)] == [
        ("bad_date", ("B2", "B4")), ("missing_value", ("B2",)), ("bad_date", ("B3",))
    ]  # fmt: skip


# A column as a whole


@pytest.mark.parametrize(
    ("rows", "wrong_rows", "whole"), [(19, 19, False), (20, 10, False), (20, 11, True), (400, 201, True)]
)
def test_a_column_wrong_in_more_than_half_of_its_rows(rows: int, wrong_rows: int, whole: bool) -> None:
    """From twenty rows on, a column wrong in more than half of them is said once as a matter of the column."""
    told = entries([wrong(row + 2, f"第{row % 2}种") for row in range(wrong_rows)], {SHEET: rows})
    assert len(told) == (1 if whole else 2)
    assert ("整列" in sentence(told[0])) == whole
    assert sum(one.count for one in told) == wrong_rows
    assert all(one.cell == one.cells[0] for one in told)


def test_sentence_of_a_column_counts_and_shows() -> None:
    """It says how many cells, the first of them, why it is wrong, and what to do."""
    (one,) = entries(different(range(2, 9_402)), {SHEET: 9_400})
    assert sentence(one) == (
        "“检查日期”一列有9,400格须更正，如B2：“第2日”不是可识别的日期。请写成 2022-5-3 或 2022年5月3日。请检查整列是否填错位置或格式。"
    )


def test_what_is_told_of_a_column_already_is_not_told_again() -> None:
    """A missing column that rows need keeps its own sentence, with the first of the cells that need it."""
    cells = tuple(f"N{row}" for row in range(2, 102))
    needed = Problem(
        "inconsistent", SHEET, "N2", "整改期限", None, {"rule": "needed_column", "other": "发现隐患数"}, cells
    )
    (one,) = entries([needed], {SHEET: 100})
    assert (one.count, one.cells, sentence(one)) == (100, cells[:MOST_CELLS], sentence(needed))


def test_notes_are_no_matter_of_the_column() -> None:
    """What only warns stays the note that it is, and many unlike ones are one note."""
    (few,) = entries([wrong(row, code="few_inspectors", column="检查人员") for row in range(2, 102)], {SHEET: 100})
    assert (few.is_error, few.count, "整列" in sentence(few)) == (False, 100, False)
    far = [wrong(row, f"2023-01-{row}", "整改期限", "far_deadline", days=row) for row in range(2, 102)]
    (many,) = entries(far, {SHEET: 100})
    assert (many.is_error, many.count, "请核对" in sentence(many)) == (False, 100, True)


def test_new_rule_is_quoted_with_its_group() -> None:
    """Of a rule in its first period the one note says both: how many, and from when on it refuses."""
    new = [wrong(row, f"第{row}日", limit=row, **{FROM_PERIOD: "2022-07"}) for row in range(2, 102)]
    (one,) = entries(new, {SHEET: 100})
    assert not one.is_error
    assert all(part in sentence(one) for part in ("100格", "第2日", "2022-07"))
    message, parameters = message_of(one)
    assert json.loads(json.dumps(parameters))["within"] == list(parameters["within"])
    stored = Problem(one.code, one.sheet, one.cell, one.column, one.value, parameters, one.cells, one.count)
    assert message_of(stored) == (message, parameters)


def test_a_cell_that_breaks_two_rules_counts_once_in_its_column() -> None:
    """Of a column the cells are counted, not the sentences."""
    both = [
        wrong(row, f"{row}", code="inconsistent", rule=rule)
        for row in range(2, 52)
        for rule in ("not_above", "not_before")
    ]
    (one,) = entries(both, {SHEET: 50})
    assert one.count == 50


# Whatever comes


_CODES = st.sampled_from(["bad_date", "missing_value", "inconsistent", "check_digit", "far_deadline"])
_CELLS = st.tuples(_CODES, st.integers(1, 6), st.integers(2, 400), st.text(max_size=80))


@settings(deadline=None)
@given(st.lists(_CELLS, max_size=400, unique_by=lambda cell: cell[:3]), st.integers(0, 600))
def test_count_is_the_number_of_wrong_cells_and_the_first_stand_for_them(
    cells: list[tuple[str, int, int, str]], rows: int
) -> None:
    """In whatever order they come: counts add up to the cells that are wrong, and an entry of a group names the first by place."""
    problems = [
        Problem(code, SHEET, f"{'ABCDEFG'[column]}{row}", f"列{column}", value) for code, column, row, value in cells
    ]
    told = entries(problems, {SHEET: rows})
    assert sum(one.count for one in told) == len(cells)
    for code, column in {cell[:2] for cell in cells}:
        of_it = [one for one in told if (one.code, one.column) == (code, f"列{column}")]
        at = sorted(cell[2] for cell in cells if cell[:2] == (code, column))
        assert sum(one.count for one in of_it) == len(at)
        if len(of_it) == 1:
            assert of_it[0].cells == tuple(f"{'ABCDEFG'[column]}{row}" for row in at[:MOST_CELLS])
        assert all(one.cell == one.cells[0] and len(one.cells) == min(one.count, MOST_CELLS) for one in of_it)


@settings(deadline=None, max_examples=cases())
@given(st.integers(0, 900), st.integers(0, 12), st.sampled_from(["bad_choice", "unknown_column"]))
def test_whatever_comes_the_answer_is_bounded(columns: int, cells: int, code: str) -> None:
    """Any number of columns with any number of unlike cells, each as long as a cell can be: at most 500 entries, below 2 MB."""
    long = "长" * 32_767
    values = {row: f"{row}{long}" for row in range(2, 2 + cells)}
    choices = "、".join(["某某镇人民政府"] * 30)
    problems = [
        Problem(code, SHEET, f"C{row}", title, value, {"choices": choices, "near": long})
        for title in (f"{column}{long}" for column in range(columns))
        for row, value in values.items()
    ]
    told = entries(problems)
    assert len(told) <= MOST_ENTRIES
    assert sum(one.count for one in told) == len(problems)
    assert all(len(one.value or "") <= 3 * (LONGEST_VALUE + 2) for one in told)
    said = [as_printed(one) for one in told]
    assert len(json.dumps(said, ensure_ascii=False, indent=1).encode()) < 2_000_000


def test_codes_that_may_stand_for_the_rest_are_fewer_than_there_is_room_for() -> None:
    """What has no group of its own is one entry a code: there is room for all of them."""
    assert len(ERRORS) + len(WARNINGS) <= MOST_REST
    assert FEWEST_ROWS == 20
