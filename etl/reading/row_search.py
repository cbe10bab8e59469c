"""Searches the rows of a sheet's XML for what is hidden, and for cells whose style may show something else than they hold.

A style that counts only among labels is looked for in the first rows alone, so that a long ledger costs nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from etl.reading.limits import MOST_COLUMNS, MOST_ROWS
from etl.reading.shown import LABELS_WITHIN, WRITTEN_WITHIN, Formats, Heed, NotedCells

_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?:[^>/]*? s="(\d{1,9})")?[^>/]*>')
_MAYBE_HIDDEN_ROW = re.compile(rb'<row [^>]*(?:hidden="|ht="0)')
_HIDDEN_ROW = re.compile(rb'<row(\s[^>]*? (?:hidden="(?:1|true)"|ht="0(?:\.0*)?")[^>]*|\shidden="(?:1|true)"[^>]*)>')
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_FEW, _MOST_NAMED = 6, 64
_ZERO_HEIGHT = re.compile(r"0+(?:\.0*)?")


class RowSearch:
    """What the rows say. ``plain``: so far they are written so that the searches mean something."""

    def __init__(self, formats: Formats) -> None:
        everywhere = formats.heeded(Heed.EVERYWHERE)
        # A cell without a style has the first one: where that one counts everywhere, cells are looked at one by one.
        self.plain = 0 not in everywhere
        self.hidden: set[int] = set()
        self.noted = NotedCells()
        self._formats = formats
        written = formats.heeded(Heed.WRITTEN)
        labels = formats.heeded(Heed.LABELS)
        self._labels = _cells_of(labels) if labels else None
        self._written = _cells_of(written) if written > everywhere else None
        self._everywhere = _cells_of(everywhere) if everywhere else None
        self._names = [b' s="%d"' % style for style in everywhere] if len(everywhere) <= _FEW else []

    def search(self, text: bytes, start: int, end: int) -> None:
        """Look at some whole rows."""
        # Most sheets do without this letter, which is quickest to look for.
        if text.find(b"h", start, end) >= 0 and _MAYBE_HIDDEN_ROW.search(text, start, end):
            self._find_hidden(text, start, end)
        if self._labels is not None:
            self.plain = self.plain and text.find(b" s='", start, end) < 0
            start, ended = self._note_first(self._labels, LABELS_WITHIN, text, start, end)
            self._labels = None if ended else self._labels
        if self._written is not None:
            start, ended = self._note_first(self._written, WRITTEN_WITHIN, text, start, end)
            self._written = None if ended else self._written
        if self._everywhere is not None and self._may_stand_in(text, start, end):
            self._note_all(self._everywhere, text, start, end)

    def _find_hidden(self, text: bytes, start: int, end: int) -> None:
        for match in _HIDDEN_ROW.finditer(text, start, end):
            number = _ROW_NUMBER.search(match[1])
            if number is None:
                self.plain = False
            elif int(number[1]) <= MOST_ROWS:
                self.hidden.add(int(number[1]) - 1)

    def _note_first(self, cells: re.Pattern[bytes], rows: int, text: bytes, start: int, end: int) -> tuple[int, bool]:
        """Note cells in the first so many rows of the sheet; where these rows end in the text, and whether they do."""
        below = next((match.start() for match in _ROW.finditer(text, start, end) if int(match[1]) > rows), None)
        self._note_all(cells, text, start, end if below is None else below)
        return (end, False) if below is None else (below, True)

    def _may_stand_in(self, text: bytes, start: int, end: int) -> bool:
        """Whether any of the styles that count everywhere is named at all, where it is quicker to ask that first."""
        return not self._names or any(text.find(name, start, end) >= 0 for name in self._names)

    def _note_all(self, cells: re.Pattern[bytes], text: bytes, start: int, end: int) -> None:
        """Note the cells of certain styles, each where its style counts."""
        note, heeded_in = self.noted.note, self._formats.heeded_in
        for match in cells.finditer(text, start, end):
            letters, number, style = match.groups()
            row, column = int(number) - 1, _column(letters)
            if row < MOST_ROWS and column < MOST_COLUMNS and int(style or 0) in heeded_in(row):
                note(row, column, int(style or 0))


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a row element with these attributes is not seen: by hand, by a filter, or without height."""
    return attributes.get("hidden") in {"1", "true"} or is_zero_height(attributes.get("ht"))


def is_zero_height(height: str | None) -> bool:
    """Whether a row of this height is not seen."""
    return height is not None and _ZERO_HEIGHT.fullmatch(height) is not None


def _cells_of(styles: frozenset[int]) -> re.Pattern[bytes]:
    """Cells of these styles that hold something; one that names none has the first."""
    if 0 in styles:
        return _CELL
    one_of = b"|".join(str(style).encode() for style in sorted(styles))
    named = one_of if len(styles) <= _MOST_NAMED else rb"\d{1,9}"
    return re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>/]*? s="(' + named + rb')"[^>/]*>')


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    """``0`` for A, ``26`` for AA."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
