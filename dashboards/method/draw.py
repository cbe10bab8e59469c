"""A draw that anybody can repeat (可复核抽查): by the fingerprint of a list and a number that nobody here controls.

The list's fingerprint is the SHA-256 of its lines in UTF-8, each ``unit,place,credit code`` and a line feed, units in order of
their codes. Each line's lot is the SHA-256 of ``fingerprint,number,line``, without a line feed; the smallest lots are drawn. Whoever
has the list and the number can do it again with any program that computes SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256


def lines_of(lists: Iterable[tuple[str | None, Sequence[str]]]) -> list[str]:
    """The lines of lists: of each its unit (None: it names none) and its credit codes in order."""
    return [
        f"{unit or ''},{place},{code}"
        for unit, codes in sorted(lists, key=lambda one: one[0] or "")
        for place, code in enumerate(codes, start=1)
    ]


def fingerprint(lines: Iterable[str]) -> str:
    """The SHA-256 of lines."""
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def drawn(lines: Sequence[str], of: str, number: str, count: int) -> list[str]:
    """So many of the lines, drawn by the fingerprint of all and the number, in the order in which they are drawn."""

    def lot(line: str) -> str:
        return sha256(f"{of},{number},{line}".encode()).hexdigest()

    return sorted(lines, key=lot)[:count]


def a_tenth(size: int) -> int:
    """How many of a list are drawn: a tenth, rounded up."""
    return (size + 9) // 10
