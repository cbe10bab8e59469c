"""CSV and its like: a text whose lines are rows, opened as Excel opens it, so that a cell's address is the one it has there.

RFC 4180 with what Excel and Chinese systems make of it: commas, semicolons or tabs, ``sep=;`` in a line before the
first, blank lines, a text kept as one by ``="007"``. Every cell is the text that was written.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from etl.reading.as_written import as_written, note_errors
from etl.reading.limits import LONGEST_TEXT, MOST_LAID_OUT, MOST_ROWS, Unreadable, is_beyond
from etl.reading.sheets import Cell, Sheet
from etl.reading.texts import decoded

PLAIN_TEXT = "plain_text"
_NAME = "Sheet1"
_SEPARATORS = ",;\t"
_STATED = re.compile(r"sep=([^\r\n])\r?\n", re.IGNORECASE)
_ROWS_LOOKED_AT = 100
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read_separated(content: bytes) -> list[Sheet]:
    """The text as a sheet; Unreadable where it is none, or a quotation mark in it is never closed."""
    text = decoded(content)
    if text is None or "\0" in text:
        raise Unreadable("not_a_workbook", PLAIN_TEXT)
    stated = _STATED.match(text)
    if stated is not None:
        text = text[stated.end() :]
    separator = stated[1] if stated is not None else _separator(text)
    sheet = Sheet.of_ragged(_NAME, _table(_rows(text, separator)))
    sheet.written_as = PLAIN_TEXT
    note_errors(sheet)
    return [sheet]


def _table(fields_of_rows: Iterable[list[str]]) -> list[list[Cell]]:
    """The cells of every row down to the last that is filled, within the limits."""
    cells, blank = _Cells(), list[Cell]()
    rows: list[list[Cell]] = []
    last = widest = 0
    for number, fields in enumerate(fields_of_rows, start=1):
        while fields and not fields[-1].strip():
            fields.pop()
        if fields:
            last, widest = number, max(widest, len(fields))
            if is_beyond(number - 1, widest - 1) or number * widest > MOST_LAID_OUT:
                raise Unreadable("too_large")
        if number <= MOST_ROWS:
            rows.append(list(map(cells.__getitem__, fields)) if fields else blank)
    return rows[:last]


class _Cells(dict[str, Cell]):
    """field → cell, each different one once."""

    def __missing__(self, field: str) -> Cell:
        cell = self[field] = as_written("\n".join(field.splitlines()) if "\r" in field else field)
        return cell


def _separator(text: str) -> str:
    """The sign that parts most of the first rows into most fields; commas of a sentence part few of them."""
    return max(_SEPARATORS, key=lambda one: _fields_apart(text, one))


def _fields_apart(text: str, separator: str) -> int:
    rows = csv.reader(_lines(text), delimiter=separator)
    with suppress(csv.Error):
        return sum(max(0, sum(map(bool, map(str.strip, row))) - 1) for row in islice(rows, _ROWS_LOOKED_AT))
    return 0


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Every row's fields. A mark that is never closed swallows the rows below, up to the next one: that is no guess to make."""
    csv.field_size_limit(LONGEST_TEXT)
    try:
        yield from csv.reader(_lines(text), delimiter=separator, strict=True)
    except csv.Error as error:
        if "larger than field limit" in str(error):
            raise Unreadable("too_large") from error
        raise Unreadable("not_a_workbook", "open_quote") from error


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in _LINES.finditer(text))
