"""A workbook as sheets of typed cells: dates, numbers, texts; blank cells are ``""``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Cell = Any
"""A value as read: str, float, int, bool, date, datetime, time, timedelta."""

Merged = tuple[tuple[int, int], tuple[int, int]]
"""(first row, first column), (last row, last column) of a merged cell, counted from 0."""


@dataclass(slots=True)
class Sheet:
    """One sheet from its first cell on: ``rows[r][c]`` is the cell at row r + 1, column c + 1.

    ``merged`` are its merged cells; ``broken`` the cells (``B3``, as the clerk sees them) with an error value, or ""
    for a formula without a result.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[Merged] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    header_names: list[list[str]] | None = None


@dataclass(slots=True)
class Workbook:
    """All sheets of one workbook, in order."""

    sheets: list[Sheet]


Part = Sheet | list[list[Cell]]
"""What a workbook is handed over in: a sheet, with its rows or followed by portions of them."""


def assembled(parts: Iterable[Part]) -> Workbook:
    """The workbook of these parts."""
    sheets: list[Sheet] = []
    for part in parts:
        if isinstance(part, Sheet):
            sheets.append(part)
        else:
            sheets[-1].rows.extend(part)
    return Workbook(sheets)


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
