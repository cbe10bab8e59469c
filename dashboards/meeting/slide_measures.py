"""The measures of a slide, and what fits where: in millimetres and points. Lines have a fixed pitch, so that it can be told beforehand."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboards.meeting.measures import POINT

WIDTH, HEIGHT = 338.67, 190.5
"""16:9."""
EMU = 36_000
"""Of a millimetre."""
TITLE_SIZES, TITLE_LINES, TITLE_PITCH = (28, 24, 20, 18), 2, 1.2
ONE_LINE_SIZES = 2
"""Of these the first may be taken to spare a second line of a word or two."""
COVER_SIZES = (40, 36, 32, 28)
TABLE_SIZES, SPLIT_SIZES, CELL_PITCH = (20, 18, 16, 14, 12), (14, 12, 10), 1.3
"""Of a table that fits on one slide, and of one that goes on over several."""
CELL_SIDE, CELL_ABOVE = 3.5, 0.2
"""Beside a cell's text in millimetres, above and below it in sizes of its type."""
_NARROW, _BETWEEN = 0.55, 0.2
"""Of an em: figures and Latin letters, and what is kept free beside them."""
_CUT = "……"


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


TITLE = Box(16.0, 9.0, 306.67, 25.0)
CONTENT = Box(16.0, 41.0, 306.67, 132.0)
FOOTER = Box(16.0, 178.0, 270.0, 7.0)
NUMBER = Box(292.67, 178.0, 30.0, 7.0)
RULE = Box(16.0, 36.5, 306.67, 0.5)
COVER_TITLE = Box(30.0, 58.0, 278.67, 40.0)
COVER_RULE = Box(30.0, 102.0, 60.0, 0.8)
COVER_BELOW = Box(30.0, 108.0, 278.67, 40.0)
MARK_HEIGHT, CODE_HEIGHT, MARK_SIZE = 14.0, 24.0, 8
"""Of what the last slide says of the publication, above its footer; and the size of its type."""


def ems(text: str) -> float:
    """How wide a text is, in sizes of its type; programs keep a little room between Chinese characters and figures."""
    wide = [unicodedata.east_asian_width(one) in "WFA" for one in text]
    turns = sum(before != after for before, after in pairwise(wide))
    return sum(1.0 if one else _NARROW for one in wide) + turns * _BETWEEN


def lines_of(text: str, width: float, size: float) -> int:
    """Lines that a text takes in a width, one character less than goes in: marks do not begin a line."""
    held = max(width / (size * POINT) - 1.0, 1.0)
    return max(1, math.ceil(ems(text) / held))


def fitting_title(text: str, box: Box, sizes: Sequence[int] = TITLE_SIZES, tail: str = "") -> tuple[str, int]:
    """A title in its size: in one line if it can stand there without being small, else in two; cut if too long for any, its tail kept."""
    for size in sizes[:ONE_LINE_SIZES]:
        if lines_of(text + tail, box.width, size) == 1:
            return text + tail, size
    for size in sizes:
        if lines_of(text + tail, box.width, size) <= TITLE_LINES and _height(TITLE_LINES, size) <= box.height:
            return text + tail, size
    size = sizes[-1]
    while text and lines_of(text + _CUT + tail, box.width, size) > TITLE_LINES:
        text = text[:-1]
    return text + _CUT + tail, size


def _height(lines: int, size: float) -> float:
    return lines * size * TITLE_PITCH * POINT


@dataclass(frozen=True, slots=True)
class TablePage:
    """Rows of a table that stand on one slide, head aside."""

    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table laid out: size of its type, widths of its columns, pages."""

    size: int
    widths: Sequence[float]
    pages: Sequence[TablePage]


def planned(head: Sequence[str], rows: Sequence[Sequence[str]], width: float, height: float) -> TablePlan:
    """In the largest type in which it fits on one slide; a longer one goes on, its head repeated, no row torn."""
    for size in TABLE_SIZES:
        widths = column_widths(head, rows, width, size)
        if sum(row_height(row, widths, size) for row in [head, *rows]) <= height:
            return TablePlan(size, widths, [TablePage(rows)])
    for size in SPLIT_SIZES:
        widths = column_widths(head, rows, width, size)
        left = height - row_height(head, widths, size)
        heights = [row_height(row, widths, size) for row in rows]
        if max(heights) <= left or size == SPLIT_SIZES[-1]:
            break
    return TablePlan(size, widths, _balanced(rows, heights, left))


def _balanced(rows: Sequence[Sequence[str]], heights: Sequence[float], left: float) -> list[TablePage]:
    """Pages about equally full, no more of them than are needed."""
    needed = _filled(rows, heights, left)
    even = _filled(rows, heights, min(left, sum(heights) / len(needed) + max(heights)))
    return even if len(even) == len(needed) else needed


def _filled(rows: Sequence[Sequence[str]], heights: Sequence[float], left: float) -> list[TablePage]:
    pages: list[list[Sequence[str]]] = [[]]
    used = 0.0
    for row, height in zip(rows, heights, strict=True):
        if pages[-1] and used + height > left:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += height
    return [TablePage(page) for page in pages]


def row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """As high as its highest cell."""
    lines = max(lines_of(text, width - 2 * CELL_SIDE, size) for text, width in zip(row, widths, strict=True))
    return (lines * CELL_PITCH + 2 * CELL_ABOVE) * size * POINT + 2 * _HAIR


_HAIR = 0.4
"""What a row is higher than its text, for the rules and for what programs round up."""


def column_widths(head: Sequence[str], rows: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """The whole width: what a column needs in one line and its share of what is over.

    Where that is too much, columns that need more than their part share what the others leave, long texts by the root of
    their length: else a short text beside a very long one would stand in a column of one character.
    """
    needs = [
        (max(ems(row[place]) for row in [head, *rows]) + 1.5) * size * POINT + 2 * CELL_SIDE
        for place in range(len(head))
    ]
    spare = width - sum(needs)
    if spare >= 0:
        return [need + spare * need / sum(needs) for need in needs]
    fair = width / len(needs)
    wide = [need > fair for need in needs]
    left = width - sum(need for need, is_wide in zip(needs, wide, strict=True) if not is_wide)
    wanted = sum(math.sqrt(need) for need, is_wide in zip(needs, wide, strict=True) if is_wide)
    return [left * math.sqrt(need) / wanted if is_wide else need for need, is_wide in zip(needs, wide, strict=True)]
