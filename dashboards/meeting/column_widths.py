"""Widths of a table's columns in which no number, no date and no head of two characters breaks, whatever typeface stands in for ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from dashboards.meeting import measures as of
from dashboards.meeting.tables import AnnexColumn, AnnexTable

EM = of.TABLE * of.POINT
"""Millimetres of a character of Chinese in a table."""
BESIDE = 4.2
"""Millimetres of a column that its text has not: the margins of a cell, as programs have them, and its lines."""
_WIDE: Mapping[str, float] = {"%": 0.96, "—": 1.0, "–": 0.52, "-": 0.4, "/": 0.4, ".": 0.36}
_OTHER = 0.68
"""Parts of an em: of the digits, and of signs beside them, in the widest typeface that stands in for Times New Roman (DejaVu Serif)."""
SHORT_HEAD = 2
"""Characters of a head that stands in one line; a longer one may take several."""


def fitted(table: AnnexTable, millimetres: float) -> AnnexTable:
    """The same table, its columns as wide in millimetres as their shares say, but none narrower than what must not break in it; names give way."""
    least = [_least(column, [row[at] for row in table.rows]) for at, column in enumerate(table.columns)]
    widths = _given(least, [one.width for one in table.columns], millimetres)
    columns = [replace(column, width=width) for column, width in zip(table.columns, widths, strict=True)]
    return replace(table, columns=columns)


def _given(least: list[float], shares: list[float], whole: float) -> list[float]:
    """Each its share of the whole; who would get less than its least gets that, and the others share what is left."""
    held: dict[int, float] = {}
    while True:
        others = [at for at in range(len(shares)) if at not in held]
        left = whole - sum(held.values())
        part = left / sum(shares[at] for at in others) if others else 0.0
        short = {at: least[at] for at in others if shares[at] * part < least[at]}
        if not short:
            return [held.get(at, shares[at] * part) for at in range(len(shares))]
        held |= short


def _least(column: AnnexColumn, texts: list[str]) -> float:
    """Millimetres of what must not break in a column: a head of two characters, and what stands in it if it is no name."""
    told = [column.head[:SHORT_HEAD], *(texts if not column.name else [])]
    return max(map(width_of, told)) * EM + BESIDE


def width_of(text: str) -> float:
    """Ems of a text in one line."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WF" else _WIDE.get(one, _OTHER) for one in text)
