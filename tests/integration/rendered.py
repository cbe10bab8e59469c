"""A PDF as it is seen: where its characters stand, in millimetres from the upper left corner of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from ctypes import c_double
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

POINT = 25.4 / 72
SAME_LINE = 1.5
"""Millimetres by which what stands on one line may differ."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Characters side by side."""

    characters: Sequence[Character]

    @property
    def text(self) -> str:
        """What is read there."""
        return "".join(one.text for one in self.characters)

    @property
    def middle(self) -> float:
        """How far down it stands."""
        return sum((one.top + one.bottom) / 2 for one in self.characters) / len(self.characters)


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page: its sides, and its lines from above."""

    width: float
    height: float
    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """All that is read on it."""
        return "\n".join(line.text for line in self.lines)


def pages_seen(pdf: Path | bytes) -> list[PageSeen]:
    """Every page of a PDF."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def fonts_named(pdf: Path | bytes) -> set[str]:
    """The typefaces with which the PDF is written."""
    document = pdfium.PdfDocument(pdf)
    try:
        return {one.get_font().get_base_name() for page in document for one in page.get_objects(filter=[1])}
    finally:
        document.close()


def _page(page: pdfium.PdfPage) -> PageSeen:
    width, height = page.get_size()
    text = page.get_textpage()
    rows: dict[int, list[Character]] = defaultdict(list)
    for place in range(text.count_chars()):
        character = text.get_text_range(place, 1)
        if not character.strip():
            continue
        left, bottom, right, top = text.get_charbox(place, loose=True)
        one = Character(character, left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT)
        stands = (height - _stands_on(text, place)) * POINT
        row = next((key for key in rows if abs(key / 100 - stands) < SAME_LINE), round(stands * 100))
        rows[row].append(one)
    lines = [Line(sorted(each, key=lambda one: one.left)) for _row, each in sorted(rows.items())]
    return PageSeen(width * POINT, height * POINT, lines)


def _stands_on(text: pdfium.PdfTextPage, place: int) -> float:
    """How far up a character stands: all of a line stand on one height, whatever boxes their typefaces have."""
    across, up = c_double(), c_double()
    assert pdfium.raw.FPDFText_GetCharOrigin(text.raw, place, across, up)
    return up.value
