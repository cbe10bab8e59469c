"""What a workbook's table was not taken from, and why (CONTRACT section 1, Nothing is passed over without a word)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """Why rows, a column or a sheet were not taken as data."""

    TITLE = "title"
    NOTE = "note"
    SIGNATURE = "signature"
    TOTAL = "total"
    HEADER_AGAIN = "header_again"
    COLUMN_NUMBERS = "column_numbers"
    SECTION = "section"
    EXAMPLE = "example"
    PREFILLED = "prefilled"
    DECLARED_ZERO = "declared_zero"
    STRAY = "stray"
    UNKNOWN_COLUMN = "unknown_column"
    SERIAL = "serial"
    UNRELATED_SHEET = "unrelated_sheet"
    HIDDEN_SHEET = "hidden_sheet"
    OWN_SHEET = "own_sheet"
    HIDDEN_ROWS = "hidden_rows"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows ``first`` to ``last`` of a sheet as its sender counts them, or a column by its letter, or a whole sheet."""

    sheet: str
    why: Why
    first: int | None = None
    last: int | None = None
    column: str | None = None

    @property
    def rows(self) -> str | None:
        """``12-14``, ``12`` for one row, None for a column or a sheet."""
        if self.first is None:
            return None
        return str(self.first) if self.last in {None, self.first} else f"{self.first}-{self.last}"

    def as_dict(self) -> dict[str, Any]:
        """As CONTRACT prints it."""
        return {"sheet": self.sheet, "rows": self.rows, "column": self.column, "why": self.why.value}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> LeftOut:
        """What ``as_dict`` made."""
        first, _, last = (stored["rows"] or "").partition("-")
        return cls(
            stored["sheet"],
            Why(stored["why"]),
            int(first) if first else None,
            int(last or first) if first else None,
            stored["column"],
        )


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows that follow each other, of rows in ascending order."""
    if rows and rows[-1] - rows[0] + 1 == len(rows):
        yield rows[0], rows[-1]
        return
    first, last = -1, -2
    for row in rows:
        if row != last + 1:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


def in_words(rows: Sequence[int]) -> str:
    """``6-7、9``."""
    return "、".join(str(first) if first == last else f"{first}-{last}" for first, last in runs(rows))
