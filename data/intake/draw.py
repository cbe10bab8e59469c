"""A draw that anybody can repeat (可复核抽查): by the fingerprint of a list and a number that nobody here controls.

The fingerprint is the SHA-256 of all lines in UTF-8, each with a line feed: first the lists', ``unit,place,credit code``, units in order
of their codes, then, where cases stand beside them, each unit's ``unit,case,number`` in order. Each line's lot is the SHA-256 of ``fingerprint,number,line``, without a line feed; the smallest lots are drawn. Whoever
has the list and the number can do it again with any program that computes SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

CASE = "case"
"""Stands in a case's line where a list's has the place."""
CASES = 5
"""Closed cases of each unit that are drawn."""


def lines_of(lists: Iterable[tuple[str | None, Sequence[str]]]) -> list[str]:
    """The lines of lists: of each its unit (None: it names none) and its credit codes in order."""
    return [
        f"{unit or ''},{place},{code}"
        for unit, codes in sorted(lists, key=lambda one: one[0] or "")
        for place, code in enumerate(codes, start=1)
    ]


def case_lines(unit: str, numbers: Iterable[str]) -> list[str]:
    """The lines of a unit's cases, in order."""
    return [f"{unit},{CASE},{number}" for number in sorted(numbers)]


class DrawnLine(NamedTuple):
    """A line taken apart: of a list its place and the credit code, of a case no place and its number."""

    unit: str
    place: int | None
    named: str


def taken_apart(line: str) -> DrawnLine:
    """What a line says."""
    unit, place, named = line.split(",", maxsplit=2)
    return DrawnLine(unit, None if place == CASE else int(place), named)


def fingerprint(lines: Iterable[str]) -> str:
    """The SHA-256 of lines."""
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def drawn(lines: Sequence[str], of: str, number: str, count: int) -> list[str]:
    """So many of the lines, drawn by the fingerprint of all and the number, in the order in which they are drawn."""
    return sorted(lines, key=lambda line: lot(of, number, line))[:count]


def lot(of: str, number: str, line: str) -> str:
    """A line's lot."""
    return sha256(f"{of},{number},{line}".encode()).hexdigest()


def a_tenth(size: int) -> int:
    """How many of a list are drawn: a tenth, rounded up."""
    return (size + 9) // 10
