"""How large a workbook may be (CONTRACT, Refused), and the exception for one that is not taken."""

from __future__ import annotations

LARGEST_UNPACKED = 300 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 200

# Beyond these no workbook is honest that keeps to the limits above; each would cost memory or time out of proportion.
MOST_ENTRIES = 10_000
MOST_SHEETS = 1_000
MOST_TEXTS = 4_000_000
MOST_CELLS = 10_000_000
MOST_LAID_OUT = 50_000_000
LARGEST_AREA = 20_000_000
MOST_MERGED = 400_000
MOST_ELEMENTS = 4_500_000
MOST_TAGS = 17_000_000
MOST_SHOWN = 24 * 2**20
MOST_RECORDS = 5_000_000
LONGEST_TEXT = 2**20
LARGEST_PART = 32 * 2**20
DEEPEST = 200

_FAR_DOWN = 9_999
_FAR_RIGHT = 50


class Unreadable(Exception):
    """A file that cannot be taken as a workbook.

    ``code`` is the problem's code (CONTRACT, Refused); ``rule`` names its sentence where the code has several.
    """

    def __init__(self, code: str, rule: str = "") -> None:
        super().__init__(code, rule)
        self.code = code
        self.rule = rule


def is_beyond(row: int, column: int) -> bool:
    """Whether a cell (counted from 0) lies outside what a workbook may have."""
    return row >= MOST_ROWS or column >= MOST_COLUMNS


def is_stray(row: int, column: int) -> bool:
    """Whether a cell, alone in its row, is so far below and to the right that it is in no table.

    Readers lay a sheet out as one rectangle: such a character would make it enormous.
    """
    return row >= _FAR_DOWN and column >= _FAR_RIGHT
