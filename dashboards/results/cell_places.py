"""Where the cells of our sheets lie, and what they hold of a text: for whoever writes a workbook, and whoever reads one of ours again."""

from __future__ import annotations

from data.harmless import harmless

LONGEST_CELL = 32_000
"""Characters that a cell of .xlsx holds."""
HEAD_ROW = 2
"""The row of the columns' heads, counted from 0: title and what is said stand above it, all else below."""


def address(row: int, column: int) -> str:
    """``B3`` for a cell, row and column counted from 0."""
    name, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        name = chr(ord("A") + place) + name
    return f"{name}{row + 1}"


def cell_text(value: str) -> str:
    """A text as a cell holds it."""
    told: str = harmless(value.encode("utf-8", "replace").decode())
    return told[:LONGEST_CELL]
