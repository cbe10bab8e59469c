"""The last line of a document, which says what publication it is; of CSV and workbooks alike."""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboards.results.report_sheet import MARK
from data.zone.periods import Month, parse_period

MARK_PLACE = "mark"
"""What stands for the address of the last line, which differs as a whole."""


def claim_of(rows: Sequence[Sequence[Any]]) -> dict[str, str] | None:
    """What its last mark says that a document is; None where it has none."""
    for row in reversed(rows):
        told = [str(cell) for cell in row if cell not in {None, ""}]
        if len(told) == len(MARK) and told[0].startswith("#"):
            return dict(zip(MARK, (told[0][1:], *map(whole, told[1:])), strict=True))
    return None


def whole(text: str) -> str:
    """A revision that a spreadsheet keeps as a number is no fraction."""
    return text.removesuffix(".0")


def same_mark(own: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the mark is the same; of its month a spreadsheet may have made a day."""
    told = [cell for cell in other if cell]
    if len(told) != len(own):
        return False
    return all(
        one == another or (name == "period" and another in _as_days(one))
        for name, one, another in zip(MARK, own, told, strict=True)
    )


def _as_days(period: str) -> set[str]:
    """How spreadsheets write a month that they took for its first day."""
    month = parse_period(period)
    if not isinstance(month, Month):
        return set()
    first = date(month.year, month.month, 1)
    at, of = month.month, month.year
    return {
        first.isoformat(),
        f"{of}/{at}/1",
        f"{of}/{at:02}/01",
        f"{of}年{at}月",
        f"{of}年{at}月1日",
        f"{month_abbr[at]}-{of % 100:02}",
    }
