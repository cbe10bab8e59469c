"""Excel's binary workbooks (.xlsb), looked through before calamine reads them: error values, merged cells, far cells.

A formula always stores its result here: its record is of the type of that result ([MS-XLSB] 2.1.7.62, BrtFmlaNum and
the like), so that there is no formula without one.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from etl.reading.findings import Findings
from etl.reading.limits import (
    LARGEST_AREA,
    MOST_MERGED,
    MOST_RECORDS,
    MOST_ROWS,
    MOST_TEXTS,
    Unreadable,
    is_beyond,
    is_stray,
)
from etl.reading.package import Package
from etl.reading.relations import find_parts
from etl.reading.sheets import Merged, letters
from etl.reading.shown import WRITTEN_WITHIN, Formats, Heed, NotedCells
from etl.reading.styles import codes_of

WORKBOOK = "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_LARGEST_SHEET = 128 * 2**20

_ROW, _BLANK, _RK, _ERROR_CELL, _TEXT_CELL, _SHARED_TEXT, _TEXT_RESULT, _ERROR_RESULT = 0, 1, 2, 3, 6, 7, 8, 11
_VALUES = frozenset(range(_RK, _ERROR_RESULT + 1)) | {62}
_SHEET_ENTRY, _MERGED_CELL, _TEXT_ITEM = 156, 176, 19
_FORMAT, _STYLE, _STYLES_OF_CELLS, _STYLES_END, _PROPERTIES = 44, 47, 617, 618, 153
_NO_HEIGHT, _OWN_HEIGHT = 0x10, 0x20
# Cells of fixed size up to column AX: numbers, shared texts, blanks, flags. Passed over together, as there are millions.
_ORDINARY = re.compile(
    rb"(?:[\x02\x07]\x0c[\x00-\x31]\x00\x00\x00.{8}|\x05\x10[\x00-\x31]\x00\x00\x00.{12}|\x04\x09[\x00-\x31]\x00\x00\x00.{5})++",
    re.DOTALL,
)
_ORDINARY_COLUMNS = 50
_MOST_NAMED = 64
"""So many styles are looked for by name; with more of them every cell is looked at."""
_BLANKS = re.compile(rb"(?:\x01\x08.{8})++", re.DOTALL)
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Error values as Excel stores them, in .xls as well ([MS-XLS] 2.5.10, BErr)."""


def inspect_xlsb(package: Package) -> Findings:
    """Look through a package; Unreadable where a limit is broken or it contradicts itself."""
    book = package.read(WORKBOOK)
    parts = find_parts(package, _RELATIONS, _listed_sheets(book))
    findings = Findings(formats=_formats(book, package.read(parts.styles) if parts.styles is not None else bytearray()))
    changed: dict[str, bytearray] = {}
    far_texts: set[int] = set()
    area = 0
    for path, position in parts.sheets.items():
        scan = _Scan(package.read(path, _LARGEST_SHEET), findings.formats)
        scan.run()
        far_texts |= scan.far_texts
        area += scan.area
        if area > LARGEST_AREA:
            raise Unreadable("too_large")
        if scan.changed:
            changed[path] = scan.data
        if scan.broken:
            findings.broken[position] = scan.broken
        if scan.merged:
            findings.merged[position] = scan.merged
        findings.hidden_rows[position] = scan.hidden
        findings.noted[position] = scan.noted.rows
    if parts.texts is not None:
        _look_at_texts(package.read(parts.texts, _LARGEST_SHEET), far_texts)
    package.measure_rest()
    if changed:
        findings.content = _with(package, changed)
    return findings


def records(data: bytes | bytearray) -> Iterator[tuple[int, int, int, int]]:
    """(where its type stands, type, where its data begins, size) of every record; Unreadable where one is cut off."""
    place = count = 0
    while place < len(data):
        count += 1
        if count > MOST_RECORDS:
            raise Unreadable("too_large")
        start, kind, body, size = _record(data, place)
        yield start, kind, body, size
        place = body + size


def _record(data: bytes | bytearray, place: int) -> tuple[int, int, int, int]:
    start = place
    try:
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[place] & 0x7F) << 7
            place += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = data[place]
            place += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
    except IndexError as error:
        raise Unreadable("not_a_workbook") from error
    if place + size > len(data):
        raise Unreadable("not_a_workbook")
    return start, kind, place, size


def _formats(book: bytearray, styles: bytearray) -> Formats:
    """The number formats of the workbook's styles."""
    from_1904 = any(kind == _PROPERTIES and size and book[body] & 1 for _, kind, body, size in records(book))
    own: dict[int, str] = {}
    named: list[int] = []
    inside = False
    for _, kind, body, size in records(styles):
        if kind == _FORMAT and size >= 6:
            own[int.from_bytes(styles[body : body + 2], "little")] = _text(styles, body + 2, body + size)
        elif kind in (_STYLES_OF_CELLS, _STYLES_END):
            inside = kind == _STYLES_OF_CELLS
        elif inside and kind == _STYLE and size >= 4:
            named.append(int.from_bytes(styles[body + 2 : body + 4], "little"))
    return Formats(codes_of(named, own), from_1904=from_1904)


class _Scan:
    """Goes through the records of one sheet. Cells far outside are made blanks in ``data``, which calamine passes over."""

    def __init__(self, data: bytearray, formats: Formats) -> None:
        self.data = data
        self.hidden: set[int] = set()
        self.noted = NotedCells()
        self._formats = formats
        everywhere = formats.heeded(Heed.EVERYWHERE)
        self._heeded_cell = _heeded_cell(everywhere) if everywhere else None
        self.changed = False
        self.broken: dict[str, str] = {}
        self.merged: list[Merged] = []
        self.far_texts: set[int] = set()
        self._row = 0
        self._in_row = 0
        self._stray: int | None = None
        self._stray_column = 0
        self._last_row = self._last_column = 0

    @property
    def area(self) -> int:
        """Cells of the rectangle that calamine lays out."""
        return (self._last_row + 1) * (self._last_column + 1)

    def run(self) -> None:
        """Scan everything."""
        data, place, size, count = self.data, 0, len(self.data), 0
        rows_heeded = self._formats.rows_heeded
        while place < size:
            ordinary = _ORDINARY.match(data, place) if self._row < MOST_ROWS else None
            if ordinary is not None:
                if self._row < rows_heeded:
                    self._note_ordinary(place, ordinary.end())
                place = ordinary.end()
                self._in_row += 2  # not alone, whatever follows
                self._reach(self._row, _ORDINARY_COLUMNS - 1)
                continue
            blanks = _BLANKS.match(data, place)
            if blanks is not None:
                place = blanks.end()
                continue
            count += 1
            if count > MOST_RECORDS:
                raise Unreadable("too_large")
            start, kind, body, length = _record(data, place)
            place = body + length
            if kind in _VALUES and length >= 8:
                self._cell(start, kind, body, length)
            elif kind == _ROW and length >= 4:
                self._end_row()
                self._row = int.from_bytes(data[body : body + 4], "little")
                if length >= 12 and self._row < MOST_ROWS:
                    self._look_at_row(body)
            elif kind == _MERGED_CELL and length >= 16:
                top, bottom, left, right = struct.unpack_from("<4I", data, body)
                self.merged.append(((top, left), (bottom, right)))
                if len(self.merged) > MOST_MERGED:
                    raise Unreadable("too_large")
        self._end_row()
        self.noted.end_row()

    def _look_at_row(self, body: int) -> None:
        """A row that is hidden, or of no height ([MS-XLSB] 2.4.737)."""
        flags = self.data[body + 11]
        if flags & _NO_HEIGHT or (flags & _OWN_HEIGHT and not any(self.data[body + 8 : body + 10])):
            self.hidden.add(self._row)

    def _note(self, column: int, body: int) -> None:
        """Note a cell whose format has to be looked at."""
        style = int.from_bytes(self.data[body + 4 : body + 7], "little")
        if style in self._formats.heeded_in(self._row):
            self.noted.note(self._row, column, style)

    def _note_ordinary(self, place: int, end: int) -> None:
        """The same for many cells of one row; below the first rows those of other formats are passed over together."""
        data = self.data
        if self._row < WRITTEN_WITHIN:
            while place < end:
                self._note(data[place + 2], place + 2)
                place += 2 + data[place + 1]
        elif self._heeded_cell is not None:
            while (match := self._heeded_cell.match(data, place, end)) is not None:
                self._note(data[match.start(1) + 2], match.start(1) + 2)
                place = match.end()

    def _reach(self, row: int, column: int) -> None:
        if is_beyond(row, column):
            raise Unreadable("too_large")
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)

    def _cell(self, start: int, kind: int, body: int, length: int) -> None:
        column = int.from_bytes(self.data[body : body + 4], "little")
        if is_beyond(self._row, column):
            if kind == _SHARED_TEXT:
                self.far_texts.add(int.from_bytes(self.data[body + 8 : body + 12], "little"))
            elif kind not in (_TEXT_CELL, _TEXT_RESULT) or _text(self.data, body + 8, body + length).strip():
                raise Unreadable("too_large")
            self._make_blank(start)
            return
        if kind in (_ERROR_CELL, _ERROR_RESULT) and length >= 9:
            self.broken[f"{letters(column)}{self._row + 1}"] = ERRORS.get(self.data[body + 8], "#N/A")
        self._note(column, body)
        self._in_row += 1
        if is_stray(self._row, column) and self._in_row == 1:
            self._stray = start
            self._stray_column = column
        else:
            self._reach(self._row, column)

    def _end_row(self) -> None:
        if self._stray is not None:
            if self._in_row == 1:
                self._make_blank(self._stray)
            else:
                self._reach(self._row, self._stray_column)
        self._stray = None
        self._in_row = 0

    def _make_blank(self, start: int) -> None:
        self.data[start] = _BLANK
        self.changed = True


def _heeded_cell(styles: frozenset[int]) -> re.Pattern[bytes]:
    """Ordinary cells of other styles, and then, as the first group, one of these."""
    named = b"|".join(re.escape(style.to_bytes(3, "little")) for style in sorted(styles))
    one_of = b"(?:" + named + b")" if len(styles) <= _MOST_NAMED else b".{3}"
    other = b"" if len(styles) > _MOST_NAMED else b"(?!" + one_of + b")"
    kinds = (rb"[\x02\x07]\x0c", 8), (rb"\x05\x10", 12), (rb"\x04\x09", 5)
    head = rb".\x00\x00\x00"
    others = b"|".join(b"%s%s%s.{%d}" % (kind, head, other, rest) for kind, rest in kinds)
    wanted = b"|".join(b"%s%s%s.{%d}" % (kind, head, one_of, rest - 3) for kind, rest in kinds)
    skipped = b"" if len(styles) > _MOST_NAMED else b"(?:" + others + b")*+"
    return re.compile(skipped + b"(" + wanted + b")", re.DOTALL)


def _text(data: bytes | bytearray, start: int, end: int) -> str:
    """A text with its count of UTF-16 units before it."""
    length = int.from_bytes(data[start : start + 4], "little")
    return bytes(data[start + 4 : min(end, start + 4 + 2 * length)]).decode("utf-16-le", "replace")


def _listed_sheets(book: bytearray) -> Iterator[str]:
    """The relationship of every sheet, in order."""
    for _, kind, body, size in records(book):
        if kind == _SHEET_ENTRY and size >= 12:
            yield _text(book, body + 8, body + size)


def _look_at_texts(data: bytearray, far: set[int]) -> None:
    """Unreadable where there are too many shared texts, or one of those that far cells name is more than blanks."""
    reached = 0
    for _, kind, body, size in records(data):
        if kind == _TEXT_ITEM:
            if reached in far and _text(data, body + 1, body + size).strip():
                raise Unreadable("too_large")
            reached += 1
            if reached > MOST_TEXTS:
                raise Unreadable("too_large")


def _with(package: Package, changed: dict[str, bytearray]) -> bytes:
    """A copy of the package with some of its parts changed."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in package.names:
            with target.open(name, "w") as entry:
                for chunk in [changed[name]] if name in changed else package.stream(name):
                    entry.write(chunk)
    return copy.getvalue()
