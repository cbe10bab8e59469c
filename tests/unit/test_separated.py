"""CSV is read as Excel opens it: every field at the cell where it shows it, as it was written."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from etl.reading.limits import Unreadable
from etl.reading.separated import read_separated


def rows_of(content: bytes) -> list[list[Any]]:
    """The rows of the one sheet."""
    (sheet,) = read_separated(content)
    return sheet.rows()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\r\n\r\n\r\nc", [["a", "b"], ["", ""], ["", ""], ["c", ""]]),
        ("a\rb", [["a"], ["b"]]),
        ('a,"b\r\nc"\nd,e', [["a", "b\nc"], ["d", "e"]]),
        ('a,"b ""c"" d"', [["a", 'b "c" d']]),
        ("a;b;c\n1;2;3,5", [["a", "b", "c"], ["1", "2", "3,5"]]),
        ("张三,李四;王五\t赵六\n1,2;3", [["张三", "李四;王五\t赵六"], ["1", "2;3"]]),
        ("sep=|\na|b", [["a", "b"]]),
        ("a,5\" pipe", [["a", '5" pipe']]),
        ("=\"007\",'008,009,1e5,12.50,12.5,#DIV/0!", [["007", "008", "009", "1e5", "12.50", 12.5, "#DIV/0!"]]),
        ("a,,,\n,,,\n", [["a"]]),
    ],
)  # fmt: skip
def test_fields_stand_where_excel_shows_them(text: str, rows: list[list[Any]]) -> None:
    """Blank lines are rows, marks hold line breaks, separators are told from what is in the fields."""
    assert rows_of(text.encode()) == rows


@pytest.mark.parametrize(
    ("content", "code", "rule"),
    [
        (b'a,b\n"c,1\nd,2\n', "not_a_workbook", "open_quote"),
        (b'a,b\n"c,1\nd,"2"\n', "not_a_workbook", "open_quote"),
        (b"a,b\n\xff\xff", "not_a_workbook", "plain_text"),
        (b"a,\0", "not_a_workbook", "plain_text"),
        (b"a" * (2**20 + 1), "too_large", ""),
        (b"," * 200 + b"a", "too_large", ""),
        (b"\n" * 200_000 + b"a", "too_large", ""),
    ],
)
def test_texts_that_are_refused(content: bytes, code: str, rule: str) -> None:
    """A mark that swallows rows, bytes of no encoding, what is beyond the limits."""
    with pytest.raises(Unreadable) as refusal:
        read_separated(content)
    assert (refusal.value.code, refusal.value.rule) == (code, rule)


FIELDS = st.text(st.sampled_from('甲乙a1,;\t"\n 。'), max_size=5)


@given(
    st.lists(st.lists(FIELDS, min_size=4, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_what_is_written_is_read(rows: list[list[str]], separator: str, encoding: str) -> None:
    """Whatever stands in the fields, below a header that shows what parts them, in each encoding."""
    header = [f"列{n}" for n in range(20)]
    assume(any(field.strip() for field in rows[-1]))
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([header, *rows])
    read = rows_of(written.getvalue().encode(encoding))
    trimmed = [[*row, *[""] * 16] for row in rows]
    for row in trimmed:
        last = max((n for n, field in enumerate(row) if field.strip()), default=-1)
        row[last + 1 :] = [""] * (19 - last)
    assert read == [header, *trimmed]
