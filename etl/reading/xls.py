"""Excel 97–2003 workbooks (.xls, records in an OLE container), looked through before calamine reads them.

A formula always stores a result here. One that was never computed holds the empty text: that is also what a computed
=IF(A1="","",A1) holds. So only in a workbook without a single computed result an empty one counts as none, and only of
a formula that does not itself name an empty text. Writers that store 0 instead (as some Java libraries do) cannot be told.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence

import olefile

from etl.reading.findings import Findings
from etl.reading.limits import (
    LARGEST_AREA,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_RECORDS,
    MOST_SHEETS,
    Unreadable,
    is_beyond,
    is_stray,
)
from etl.reading.sheets import letters
from etl.reading.shown import Formats, NotedCells
from etl.reading.styles import codes_of
from etl.reading.xlsb import ERRORS

_STATED_FOR_NOTHING = 100_000
_STREAMS = ("Workbook", "Book")
_DOCUMENTS = ("WordDocument", "PowerPoint Document")
_SECTOR_MARKS = 0xFFFFFFFA
"""From here on numbers of sectors are marks: end of a chain, free, the table itself."""

_EOF, _FORMULA, _STRING, _BOOLERR, _FILEPASS, _SHEET, _MERGED, _TEXTS, _CONTINUED, _DIMENSIONS = (
    0x0A, 0x06, 0x207, 0x205, 0x2F, 0x85, 0xE5, 0xFC, 0x3C, 0x200,
)  # fmt: skip
_BEGINNINGS = frozenset({0x09, 0x209, 0x409, 0x809})
_AFTER_FORMULA = frozenset({0x4BC, 0x221, 0x236, _CONTINUED})
"""Records that may stand between a formula and its text: shared, array, table, continuation."""
_SHARED_TEXT, _MANY_NUMBERS = 0xFD, 0xBD
_ROW, _FORMAT, _STYLE, _CODE_PAGE, _FROM_1904, _BEGINNING = 0x208, 0x41E, 0xE0, 0x42, 0x22, 0x809
_BIFF8 = 0x600
_NO_HEIGHT, _OWN_HEIGHT = 0x20, 0x40
_CODE_PAGES = {936: "gb18030", 950: "big5", 1200: "utf-16-le", 10008: "gb18030"}
_OWN_TEXTS = frozenset({0x204, 0xD6})
_CELLS = {0x203: 14, 0x27E: 10, 0x204: 8, 0xD6: 8, _SHARED_TEXT: 10, _MANY_NUMBERS: 12, _BOOLERR: 8, _FORMULA: 22}
"""Records of cells that hold something, and the least size of each."""
_NO_NUMBER = b"\xff\xff"
_TEXT_RESULT, _ERROR_RESULT, _EMPTY_RESULT = 0, 2, 3
_NOTHING = b"\xfe\xff"
"""A type of record that no reader knows, and so passes over."""
_EMPTY_TEXT = b"\x17\x00"
"""The token of an empty text within a formula's expression, with the count of its characters."""


def inspect_ole(content: bytes) -> Findings:
    """Look through an OLE container; Unreadable where it is no workbook, encrypted, contradictory or too large."""
    try:
        with olefile.OleFileIO(io.BytesIO(content), write_mode=False) as container:
            _refuse_cycles(content, container)
            if container.exists("EncryptedPackage"):
                raise Unreadable("encrypted")
            if any(container.exists(name) for name in _DOCUMENTS):
                raise Unreadable("not_a_workbook", "other_document")
            name = next((one for one in _STREAMS if container.exists(one)), None)
            if name is None:
                raise Unreadable("not_a_workbook")
            stream = bytearray(container.openstream(name).read())
    except (OSError, IndexError, struct.error, ValueError, TypeError, AttributeError) as error:
        # olefile meets the nonsense of a damaged container with any of these.
        raise Unreadable("not_a_workbook") from error
    findings, changed = _inspect_stream(stream)
    if changed:
        findings.content = _with_stream(content, name, bytes(stream))
    return findings


def _refuse_cycles(content: bytes, container: olefile.OleFileIO) -> None:
    """Every chain of sectors must end, and no sector may be in two of them."""
    seen: set[int] = set()
    size = container.sector_size
    sector: int = struct.unpack_from("<I", content, 68)[0]
    while sector < _SECTOR_MARKS:  # the list of the table's own sectors
        if sector in seen:
            raise Unreadable("not_a_workbook")
        seen.add(sector)
        sector = struct.unpack_from("<I", content, size * (sector + 2) - 4)[0]
    table = container.fat
    _follow(table, container.first_dir_sector, seen)
    small: set[int] = set()
    for entry in container.direntries:
        if entry is None or entry.entry_type not in (olefile.STGTY_STREAM, olefile.STGTY_ROOT) or not entry.size:
            continue
        if entry.entry_type == olefile.STGTY_STREAM and entry.size < container.mini_stream_cutoff_size:
            if container.minifat is None:
                container.loadminifat()
            _follow(container.minifat or [], entry.isectStart, small)
        else:
            _follow(table, entry.isectStart, seen)


def _follow(table: Sequence[int], sector: int, seen: set[int]) -> None:
    while sector < _SECTOR_MARKS:
        if sector in seen or sector >= len(table):
            raise Unreadable("not_a_workbook")
        seen.add(sector)
        sector = table[sector]


def _inspect_stream(stream: bytearray) -> tuple[Findings, bool]:
    formats = _formats(stream)
    scans = {position: _Scan(stream, offset, formats) for position, offset in _find_sheets(stream).items()}
    area = count = 0
    for scan in scans.values():
        scan.run()
        area += scan.area
        count += scan.records
        if area > LARGEST_AREA or count > MOST_RECORDS:  # sheets that begin within one another are read again and again
            raise Unreadable("too_large")
    far = set().union(*(scan.far_texts for scan in scans.values()))
    if far and any(text.strip() for number, text in enumerate(shared_texts(stream)) if number in far):
        raise Unreadable("too_large")
    computed = any(scan.computed for scan in scans.values())
    broken = {
        position: scan.broken if computed else scan.broken | dict.fromkeys(scan.uncomputed, "")
        for position, scan in scans.items()
    }
    findings = Findings({position: cells for position, cells in broken.items() if cells}, formats=formats)
    findings.hidden_rows = {position: scan.hidden for position, scan in scans.items()}
    findings.noted = {position: scan.noted.rows for position, scan in scans.items()}
    return findings, any(scan.changed for scan in scans.values())


def _find_sheets(stream: bytearray) -> dict[int, int]:
    """Position of each worksheet among all sheets → where its records begin."""
    positions: dict[int, int] = {}
    position = 0
    for kind, body, size in records(stream, 0):
        if kind == _FILEPASS:
            raise Unreadable("encrypted")
        if kind == _EOF:
            break
        if kind == _SHEET and size >= 6:
            offset, _, type_ = struct.unpack_from("<IBB", stream, body)
            if type_ == 0:
                positions[position] = offset
            position += 1
    if len(set(positions.values())) < len(positions):
        raise Unreadable("not_a_workbook")  # read again and again, one sheet would take any time
    if position > MOST_SHEETS:
        raise Unreadable("too_large")
    return positions


def _formats(stream: bytearray) -> Formats:
    """The number formats of the workbook's styles ([MS-XLS] 2.4.126 and 2.4.353); of cells, styles are named by number."""
    own: dict[int, str] = {}
    named: list[int] = []
    version, encoding, from_1904 = _BIFF8, "gb18030", False
    for kind, body, size in records(stream, 0):
        if kind == _BEGINNING and size >= 2:
            version = struct.unpack_from("<H", stream, body)[0]
        elif kind == _CODE_PAGE and size >= 2:
            page = struct.unpack_from("<H", stream, body)[0]
            encoding = _CODE_PAGES.get(page, "latin-1")
        elif kind == _FROM_1904 and size >= 2:
            from_1904 = stream[body] != 0
        elif kind == _FORMAT and size >= 5:
            number = struct.unpack_from("<H", stream, body)[0]
            own[number] = _format_code(bytes(stream[body + 2 : body + size]), version, encoding)
        elif kind == _STYLE and size >= 4:
            named.append(struct.unpack_from("<H", stream, body + 2)[0])
        elif kind == _EOF:
            break
    return Formats(codes_of(named, own), from_1904=from_1904)


def _format_code(data: bytes, version: int, encoding: str) -> str:
    """A text with its length before it: in Unicode, or before Excel 97 in the code page of its country."""
    if version < _BIFF8:
        return data[1 : 1 + data[0]].decode(encoding, "replace")
    length, wide = int.from_bytes(data[:2], "little"), data[2] & 1
    return data[3 : 3 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def records(stream: bytes | bytearray, place: int) -> Iterator[tuple[int, int, int]]:
    """(type, where its data begins, size) of every record from a place on; Unreadable where one is cut off."""
    end = len(stream)
    unpack = struct.Struct("<HH").unpack_from
    while place + 4 <= end:
        kind, size = unpack(stream, place)
        if place + 4 + size > end:
            raise Unreadable("not_a_workbook")
        yield kind, place + 4, size
        place += 4 + size


class _Scan:
    """Goes through the records of one sheet; cells far outside are taken out of ``stream``, which keeps its size."""

    def __init__(self, stream: bytearray, offset: int, formats: Formats) -> None:
        self.hidden: set[int] = set()
        self.noted = NotedCells()
        self._formats = formats
        self.changed = False
        self.computed = False
        self.broken: dict[str, str] = {}
        self.uncomputed: list[str] = []
        self.far_texts: set[int] = set()
        self.records = 0
        self._stream = stream
        self._offset = offset
        self._merged = 0
        self._rows: set[int] = set()
        self._strays: dict[int, int] = {}
        self._last_row = self._last_column = -1
        self._stated: int | None = None

    @property
    def area(self) -> int:
        """Cells of the rectangle that calamine lays out."""
        return (self._last_row + 1) * (self._last_column + 1)

    def run(self) -> None:
        """Scan everything up to the sheet's end."""
        depth = 0
        stream, rows_heeded = self._stream, self._formats.rows_heeded
        place_at = struct.Struct("<HH").unpack_from
        awaiting: str | None = None
        for kind, body, size in records(stream, self._offset):
            self.records += 1
            if awaiting is not None and kind not in _AFTER_FORMULA:
                if kind != _STRING:
                    self.broken[awaiting] = ""
                awaiting = None
            if kind in _CELLS:
                if size < _CELLS[kind]:
                    raise Unreadable("not_a_workbook")
                row, column = place_at(stream, body)
                last = struct.unpack_from("<H", stream, body + size - 2)[0] if kind == _MANY_NUMBERS else column
                if row < rows_heeded:
                    self._note(kind, row, column, body, size)
                if kind == _BOOLERR and stream[body + 7]:
                    self.broken[_name(row, column)] = ERRORS.get(stream[body + 6], "#N/A")
                elif kind == _FORMULA:
                    awaiting = self._formula(_name(row, column), body, size)
                if is_beyond(row, last):
                    self._take_far_out(kind, body, size)
                elif kind != _MANY_NUMBERS:
                    self._cell(row, column, body)
                else:
                    self._rows.add(row)
                    self._reach(row, last)
            elif kind == _ROW:
                if size >= 14 and stream[body + 12] & (_NO_HEIGHT | _OWN_HEIGHT):
                    self._look_at_row(body)
            elif kind == _DIMENSIONS and size >= 12:
                self._stated = body
            elif kind == _MERGED:
                self._merged += size // 8
                if self._merged > MOST_MERGED:
                    raise Unreadable("too_large")
            elif kind in _BEGINNINGS:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
        self.noted.end_row()
        for row, body in self._strays.items():
            if row in self._rows:
                self._reach(row, struct.unpack_from("<H", self._stream, body + 2)[0])
            else:
                self._take_out(body)
        self._believe_no_dimensions()

    def _believe_no_dimensions(self) -> None:
        """A sheet that states more than it holds would be given memory for all of that."""
        if self._stated is not None:
            top, bottom, left, right = struct.unpack_from("<2I2H", self._stream, self._stated)
            if max(0, bottom - top) * max(0, right - left) > _STATED_FOR_NOTHING + 4 * self.area:
                self._take_out(self._stated)

    def _look_at_row(self, body: int) -> None:
        """A row that is hidden, or of no height ([MS-XLS] 2.4.221)."""
        row, height, flags = *struct.unpack_from("<H4xH", self._stream, body), self._stream[body + 12]
        if flags & _NO_HEIGHT or (flags & _OWN_HEIGHT and not height & 0x7FFF):
            self.hidden.add(row)

    def _note(self, kind: int, row: int, column: int, body: int, size: int) -> None:
        """Note a cell, or several side by side, whose format has to be looked at."""
        heeded = self._formats.heeded_in(row)
        for place in range((size - 6) // 6 if kind == _MANY_NUMBERS else 1):
            style = struct.unpack_from("<H", self._stream, body + 4 + 6 * place)[0]
            if style in heeded and column + place < MOST_COLUMNS:
                self.noted.note(row, column + place, style)

    def _formula(self, cell: str, body: int, size: int) -> str | None:
        """Note what a formula's result is; the cell itself where the result is a text, which must follow."""
        result = self._stream[body + 6 : body + 14]
        if result[6:] != _NO_NUMBER:
            self.computed |= any(result)
            return None
        kind = result[0]
        if kind == _EMPTY_RESULT:
            if _EMPTY_TEXT not in self._stream[body + 22 : body + size]:
                self.uncomputed.append(cell)
            return None
        self.computed = True
        if kind == _ERROR_RESULT:
            self.broken[cell] = ERRORS.get(result[2], "#N/A")
        return cell if kind == _TEXT_RESULT else None

    def _cell(self, row: int, column: int, body: int) -> None:
        if row in self._rows or row in self._strays or not is_stray(row, column):
            self._rows.add(row)
            self._reach(row, column)
        else:
            self._strays[row] = body

    def _reach(self, row: int, column: int) -> None:
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)

    def _take_far_out(self, kind: int, body: int, size: int) -> None:
        """A cell beyond the limits: Unreadable unless it holds blanks alone."""
        if kind == _SHARED_TEXT:
            self.far_texts.add(struct.unpack_from("<I", self._stream, body + 6)[0])
        elif kind not in _OWN_TEXTS or self._stream[body + 8 : body + size].strip(b" \0\1"):
            raise Unreadable("too_large")
        self._take_out(body)

    def _take_out(self, body: int) -> None:
        self._stream[body - 4 : body - 2] = _NOTHING
        self.changed = True


def _name(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def shared_texts(stream: bytes | bytearray) -> Iterator[str]:
    """The shared texts in order ([MS-XLS] 2.5.293, XLUnicodeRichExtendedString); records continue one another."""
    source = _Continued(stream)
    while not source.at_end:
        length, flags = struct.unpack("<HB", source.take(3))
        runs = struct.unpack("<H", source.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", source.take(4))[0] if flags & 4 else 0
        yield source.characters(length, wide=bool(flags & 1))
        source.take(4 * runs + extra)


class _Continued:
    """The data of the shared texts' record and of those that continue it."""

    def __init__(self, stream: bytes | bytearray) -> None:
        self._stream = stream
        self._pieces: list[tuple[int, int]] = []
        for kind, body, size in records(stream, 0):
            if kind == _TEXTS:
                self._pieces.append((body + 8, body + size))
            elif self._pieces:
                if kind != _CONTINUED:
                    break
                self._pieces.append((body, body + size))
        self._pieces.reverse()
        self._place, self._end = self._pieces.pop() if self._pieces else (0, 0)

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._place >= self._end and not self._pieces

    def take(self, size: int) -> bytes:
        """So many bytes; Unreadable where there are not so many."""
        taken = bytearray()
        while size:
            if self._place >= self._end:
                self._next()
            part = self._stream[self._place : min(self._end, self._place + size)]
            taken += part
            self._place += len(part)
            size -= len(part)
        return bytes(taken)

    def characters(self, length: int, *, wide: bool) -> str:
        """So many characters; every continuation says anew whether they take one byte or two."""
        text = ""
        while length:
            if self._place >= self._end:
                self._next()
                wide = bool(self.take(1)[0] & 1)
            width = 2 if wide else 1
            count = min(length, (self._end - self._place) // width)
            if not count:
                raise Unreadable("not_a_workbook")
            text += self.take(count * width).decode("utf-16-le" if wide else "latin-1", "replace")
            length -= count
        return text

    def _next(self) -> None:
        if not self._pieces:
            raise Unreadable("not_a_workbook")
        self._place, self._end = self._pieces.pop()


def _with_stream(content: bytes, name: str, stream: bytes) -> bytes:
    """The container with another stream of the same size. Smaller ones than 4 KiB lie elsewhere and are left."""
    file = io.BytesIO(content)
    with olefile.OleFileIO(file, write_mode=True) as container:
        if len(stream) >= container.mini_stream_cutoff_size:
            container.write_stream(name, stream)
        return file.getvalue()
