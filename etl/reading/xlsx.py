"""Office Open XML (.xlsx, .xlsm), looked through before calamine reads it: what calamine would not say, or not survive.

calamine gives an error value and a formula without a stored result as a blank, and lays a sheet out as one rectangle
from its first to its last cell. A sheet as Excel and WPS write it is scanned by a few searches over its bytes, which
costs a tenth of reading it; any other writing of the same XML goes through a parser and is written anew in that form.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from html import escape
from typing import IO

from etl.reading.book import Book
from etl.reading.findings import Findings
from etl.reading.limits import (
    MOST_ELEMENTS,
    MOST_MERGED,
    MOST_ROWS,
    MOST_TEXTS,
    Unreadable,
    is_beyond,
    is_stray,
)
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.package import Package
from etl.reading.raised import Run
from etl.reading.relations import MAINS, WORKBOOK, WorkbookParts, find_parts
from etl.reading.row_search import RowSearch, is_hidden
from etl.reading.sheets import letters
from etl.reading.shown import Formats, NotedCells
from etl.reading.styles import read_styles

_RELATIONS = "xl/_rels/workbook.xml.rels"
_READ_WHOLE = re.compile(r"xl/(workbook|styles)\.xml|xl/_rels/workbook\.xml\.rels|\[Content_Types\]\.xml|_rels/\.rels")
_LONGEST_ROW = 8 * 2**20
_HEAD = 2**16
_ROW_END = b"</row>"

# A cell that is not plainly near (up to column AX and row 199,999), or not written as Excel writes it: only where there
# is one, cells are looked at one by one. The exceptions are names of other elements.
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z]\d{1,5}"| r="(?:A?[A-X]|[YZ])(?:\d{1,5}|1\d{5})"|[A-Za-z])')
_FOREIGN = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9]\d{0,6}"|[A-Za-z])')
# A cell beyond column GR (the 200th) or beyond row 200,000 that holds something.
_FAR_CELL = re.compile(
    rb'<c r="(?:(?:[A-Z]{3}|G[S-Z]|[H-Z][A-Z])\d+|[A-Z]+(?!200000")(?:[2-9]\d{5}|\d{7}))"([^>/]*)>(.*?)</c>',
    re.DOTALL,
)
# A character far below and far to the right (beyond AX and row 9,999), alone in its row: is_stray.
_STRAY_CELL = re.compile(
    rb'<row [^>]*>\s*(?:<c [^>]*/>\s*)*<c r="(?:[A-Z]{3}|[B-Z][A-Z]|A[Y-Z])\d{5,}"[^>/]*>(?:(?!</row>|<c ).)*'
    rb"(?:<c [^>]*/>\s*)*</row>",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"([^>]*)>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(<v[^>]*>[^<]|<is>|<v\s*/>|<v[^>]*></v>)?'
)
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]* t="e"[^>]*>(?:\s*<f[^>]*?(?:/>|>[^<]*</f>))?\s*<v[^>]*>([^<]*)</v>')
_ERROR_TYPE = re.compile(rb't="e"')
_TEXT = re.compile(rb"<(?:v|t)[^>]*>([^<]*)</(?:v|t)>")
_PARTS = (b"superscript", b"subscript", b"strike")
"""Parts of a text that are seen otherwise: a note's raised digit, what is struck out."""
_LONGEST_PART = max(map(len, _PARTS))
_SHARED = b't="s"'
_STORED_TEXT = b't="str"'


def inspect_xlsx(package: Package) -> Findings:
    """Look through a package; Unreadable where a limit is broken or it contradicts itself."""
    book = Book(package, WORKBOOK)
    parts = find_parts(package, _RELATIONS, [one.identity for one in book.listed])
    styles = () if parts.styles is None else read_styles(package.read(parts.styles))
    findings = Findings(formats=Formats(styles, from_1904=book.from_1904))
    with closing(_Rewritten(package, findings.formats)) as rewritten:
        _look_through(package, parts, findings, rewritten)
        findings.content = rewritten.finish()
    return findings


def _look_through(package: Package, parts: WorkbookParts, findings: Findings, rewritten: _Rewritten) -> None:
    far_texts: set[int] = set()
    for path, position in parts.sheets.items():
        scan = _Scan(findings.formats)
        for chunk in package.stream(path):
            if not scan.feed(chunk):
                break
        scan.finish()
        if not scan.plain or scan.far:
            writer = rewritten.add(path)
            far_texts |= writer.far_texts
            broken, hidden, noted = writer.broken, writer.hidden, writer.noted
        else:
            broken, hidden, noted = scan.broken, scan.rows.hidden, scan.rows.noted
        if broken:
            findings.broken[position] = broken
        findings.hidden_rows[position] = hidden
        findings.noted[position] = noted.rows
    if parts.texts is not None:
        if _count_texts(package.stream(parts.texts)):
            rewritten.add_texts(parts.texts)
        if far_texts:
            _refuse_far_texts(package, parts.texts, far_texts)
    for name in package.names:
        if _READ_WHOLE.fullmatch(name) and b"<!DOCTYPE" in package.read(name):
            raise Unreadable("not_a_workbook")
    package.measure_rest()


class _Scan:
    """Searches one sheet's XML, chunk by chunk.

    ``plain``: it is written as Excel and WPS write it, so that the searches mean something; ``far``: there are cells far
    outside that must not be laid out; ``broken`` as in Findings; ``rows``: what its rows and styles say.
    """

    def __init__(self, formats: Formats | None = None) -> None:
        self.rows = RowSearch(formats or Formats(()))
        self.plain = self.rows.plain
        self.far = False
        self.broken: dict[str, str] = {}
        self._begun = False
        self._rest = b""

    def feed(self, chunk: bytes) -> bool:
        """Scan up to the last whole row; what follows waits for the next chunk. False: no need to go on."""
        first = chunk.find(_ROW_END)
        if first >= 0:
            last = chunk.rfind(_ROW_END) + len(_ROW_END)
            first += len(_ROW_END)
            self._scan(self._rest + chunk[:first], 0)
            self._scan(
                chunk, first, last
            )  # not cut out of the chunk: copying tens of megabytes costs as much as searching
            self._rest = chunk[last:]
        else:
            self._rest += chunk
            if len(self._rest) > _LONGEST_ROW:
                self.plain = False  # a row without end, rows of another name, or more below them than is looked at here
        return self.plain and not self.far

    def finish(self) -> None:
        """Look at what is left."""
        self._scan(self._rest, 0)
        self.rows.noted.end_row()

    def _scan(self, text: bytes, start: int, end: int | None = None) -> None:
        if not self.plain or self.far:
            return
        end = len(text) if end is None else end
        if not self._begun:
            self._begun = True
            if b"<worksheet" not in text[:_HEAD]:
                self.plain = False
                return
        if b"!" in text and text.find(b"<!", start, end) >= 0:
            self.plain = False  # comments, CDATA or a document type
            return
        if text.find(b"<rPr", start, end) >= 0 and any(text.find(part, start, end) >= 0 for part in _PARTS):
            self.plain = False  # texts within cells with parts of their own
            return
        if _UNUSUAL.search(text, start, end):
            if _FOREIGN.search(text, start, end):
                self.plain = False
                return
            self._look_far(text[start:end])
        if b"f" in text and text.find(b"<f", start, end) >= 0:
            self._find_unresolved(text, start, end)
        if _ERROR_TYPE.search(text, start, end):
            self.broken |= {match[1].decode(): _decoded(match[2]) for match in _ERROR.finditer(text, start, end)}
        self.rows.search(text, start, end)
        self.plain = self.rows.plain

    def _look_far(self, text: bytes) -> None:
        for match in _FAR_CELL.finditer(text):
            if _SHARED not in match[1] and b"".join(_TEXT.findall(match[2])).strip():
                raise Unreadable("too_large")
            self.far = True
        self.far = self.far or _STRAY_CELL.search(text) is not None

    def _find_unresolved(self, text: bytes, start: int, end: int) -> None:
        """Formulas without a stored result. An empty text (``t="str"``, as of =IF(A1="","",A1)) is a result."""
        for match in _FORMULA.finditer(text, start, end):
            stored = match[3]
            if stored is None or (stored.endswith((b"/>", b"</v>")) and _STORED_TEXT not in match[2]):
                self.broken[match[1].decode()] = ""


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace").strip()


def _count_texts(chunks: Iterator[bytes]) -> bool:
    """Shared texts: not more than a workbook's cells could need, and none of enormous length.

    Whether any of them may have parts that are raised or struck out.
    """
    ends = 0
    since = 0
    with_parts = False
    before = b""
    for chunk in chunks:
        with_parts = with_parts or any(part in before + chunk for part in _PARTS)
        before = chunk[-_LONGEST_PART:]
        found = chunk.count(b"si>")
        ends += found
        since = 0 if found else since + len(chunk)
        if ends > 2 * MOST_TEXTS or since > _LONGEST_ROW:
            raise Unreadable("too_large")
    return with_parts


def _refuse_far_texts(package: Package, path: str, wanted: set[int]) -> None:
    """Unreadable where one of these shared texts, all of cells far outside, is more than blanks."""
    reached = -1

    def item(_: Attributes) -> None:
        nonlocal reached
        reached += 1
        handlers.taken()

    def text(_: Attributes) -> None:
        if reached in wanted:
            handlers.listen()

    def end() -> None:
        if handlers.taken().strip():
            raise Unreadable("too_large")

    handlers = Handlers()
    for main in MAINS:
        handlers.entering |= {f"{main} si": item, f"{main} t": text}
        handlers.leaving |= {f"{main} t": end}
    walk(package.stream(path), handlers)


class _Rewritten:
    """A copy of the package in which some sheets are written anew; made only when the first of them is added."""

    def __init__(self, package: Package, formats: Formats) -> None:
        self._package = package
        self._formats = formats
        self._file = io.BytesIO()
        self._copy: zipfile.ZipFile | None = None
        self._written: set[str] = set()
        self._elements = MOST_ELEMENTS

    def _begun(self, path: str) -> zipfile.ZipFile:
        if self._copy is None:
            self._copy = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._written.add(path)
        return self._copy

    def add_texts(self, path: str) -> None:
        """Write the shared texts anew, each as it is seen."""
        with self._begun(path).open(path, "w") as target:
            walk(self._package.stream(path), _TextWriter(target))

    def add(self, path: str) -> _PlainWriter:
        """Write a sheet anew; the writer knows what is not in it."""
        with self._begun(path).open(path, "w") as target:
            writer = _PlainWriter(target, self._elements, self._formats)
            walk(self._package.stream(path), writer)
        self._elements = writer.elements_left
        return writer

    def finish(self) -> bytes | None:
        """The copy with the other parts that a reader of values needs; None where no sheet was written anew."""
        if self._copy is None:
            return None
        for name in self._package.names:
            if name not in self._written and not name.startswith(("xl/media/", "xl/embeddings/", "xl/drawings/")):
                with self._copy.open(name, "w") as target:
                    for chunk in self._package.stream(name):
                        target.write(chunk)
        self._copy.close()
        return self._file.getvalue()

    def close(self) -> None:
        """Let go of a copy that nobody finished, as where a limit is broken."""
        if self._copy is not None:
            self._copy.close()


class _TextWriter(Handlers):
    """Writes shared texts without their runs: what is raised or struck out in them as such characters."""

    def __init__(self, target: IO[bytes]) -> None:
        super().__init__()
        self._target = target
        self._run = Run()
        self._seen: list[str] = []
        self._pronounced = False
        target.write(b'<sst xmlns="%s">' % MAINS[0].encode())
        for main in MAINS:
            self.entering |= {
                f"{main} si": self._run.begin,
                f"{main} r": self._run.begin,
                f"{main} vertAlign": self._run.align,
                f"{main} strike": self._run.strike,
                f"{main} rPh": self._enter_pronunciation,
                f"{main} t": self._enter_text,
            }
            self.leaving |= {
                f"{main} si": self._leave_item,
                f"{main} rPh": self._leave_pronunciation,
                f"{main} t": self._leave_text,
                f"{main} sst": self._leave_all,
            }

    def _enter_text(self, _: Attributes) -> None:
        if not self._pronounced:
            self.listen()

    def _leave_text(self) -> None:
        if not self._pronounced:
            self._seen.append(self._run.seen(self.taken()))

    def _enter_pronunciation(self, _: Attributes) -> None:
        self._pronounced = True

    def _leave_pronunciation(self) -> None:
        self._pronounced = False

    def _leave_item(self) -> None:
        text = escape("".join(self._seen), quote=False)
        self._target.write(f'<si><t xml:space="preserve">{text}</t></si>'.encode())
        self._seen.clear()

    def _leave_all(self) -> None:
        self._target.write(b"</sst>")


_TYPES = ("n", "s", "b", "d")


class _PlainWriter(Handlers):
    """Writes a sheet's values and merged cells in the plainest form, without what lies far outside."""

    def __init__(self, target: IO[bytes], elements_left: int, formats: Formats | None = None) -> None:
        super().__init__()
        self.broken: dict[str, str] = {}
        self.hidden: set[int] = set()
        self.noted = NotedCells()
        self._formats = formats or Formats(())
        self.far_texts: set[int] = set()
        self.elements_left = elements_left
        self._target = target
        self._row = -1
        self._column = -1
        self._cells: list[str] = []
        self._last = 0
        self._type = self._style = ""
        self._value: str | None = None
        self._run = Run()
        self._formula = self._pronunciation = False
        self._merged: list[str] = []
        target.write(b'<worksheet xmlns="%s"><sheetData>' % MAINS[0].encode())
        actions: dict[str, tuple[Callable[[Attributes], None] | None, Callable[[], None] | None]] = {
            "row": (self._enter_row, self._leave_row),
            "c": (self._enter_cell, self._leave_cell),
            "f": (self._enter_formula, None),
            "v": (self._enter_text, self._leave_text),
            "t": (self._enter_text, self._leave_text),
            "is": (self._run.begin, None),
            "r": (self._run.begin, None),
            "vertAlign": (self._run.align, None),
            "strike": (self._run.strike, None),
            "rPh": (self._enter_pronunciation, self._leave_pronunciation),
            "mergeCell": (self._merge, None),
            "worksheet": (None, self._leave_sheet),
        }
        for main in MAINS:
            self.entering |= {f"{main} {name}": enter for name, (enter, _) in actions.items() if enter}
            self.leaving |= {f"{main} {name}": leave for name, (_, leave) in actions.items() if leave}

    def _count_element(self) -> None:
        self.elements_left -= 1
        if self.elements_left < 0:
            raise Unreadable("too_large")

    def _enter_row(self, attributes: Attributes) -> None:
        self._row = _number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        self._cells = []
        self._count_element()
        if self._row < MOST_ROWS and is_hidden(attributes):
            self.hidden.add(self._row)

    def _leave_row(self) -> None:
        if self._cells and not (len(self._cells) == 1 and is_stray(self._row, self._last)):
            self._target.write(f'<row r="{self._row + 1}">{"".join(self._cells)}</row>'.encode())

    def _enter_cell(self, attributes: Attributes) -> None:
        self._row, self._column = _place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value, self._formula = None, False
        self._run.begin()
        self._count_element()

    def _leave_cell(self) -> None:
        value = self._value
        if value is None or (value == "" and self._type != "str"):
            if self._formula and self._row < MOST_ROWS:
                self.broken[f"{letters(self._column)}{self._row + 1}"] = ""
            return
        if self._type == "e":
            self.broken[f"{letters(self._column)}{self._row + 1}"] = value.strip()
        if is_beyond(self._row, self._column):
            if self._type == "s":
                self.far_texts.add(_number(value))
            elif value.strip():
                raise Unreadable("too_large")
        elif value != "" and self._type != "e":
            kind = self._type if self._type in _TYPES else "str"
            named = _number(self._style) if self._style else 0
            style = f' s="{named}"' if self._style else ""
            if named in self._formats.heeded_in(self._row):
                self.noted.note(self._row, self._column, named)
            place = f"{letters(self._column)}{self._row + 1}"
            self._cells.append(
                f'<c r="{place}"{style} t="{kind}"><v xml:space="preserve">{escape(value, quote=False)}</v></c>'
            )
            self._last = self._column

    def _enter_formula(self, _: Attributes) -> None:
        self._formula = True

    def _enter_text(self, _: Attributes) -> None:
        if not self._pronunciation:
            self.listen()

    def _leave_text(self) -> None:
        if not self._pronunciation:
            self._value = (self._value or "") + self._run.seen(self.taken())

    def _enter_pronunciation(self, _: Attributes) -> None:
        self._pronunciation = True

    def _leave_pronunciation(self) -> None:
        self._pronunciation = False

    def _merge(self, attributes: Attributes) -> None:
        self._merged.append(f'<mergeCell ref="{escape(attributes.get("ref", ""))}"/>')
        if len(self._merged) > MOST_MERGED:
            raise Unreadable("too_large")

    def _leave_sheet(self) -> None:
        self.noted.end_row()
        self._target.write(b"</sheetData>")
        if self._merged:
            self._target.write(f"<mergeCells>{''.join(self._merged)}</mergeCells>".encode())
        self._target.write(b"</worksheet>")


_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


def _place(name: str) -> tuple[int, int]:
    """``(4, 1)`` for ``B5``."""
    match = _PLACE.fullmatch(name)
    if match is None:
        raise Unreadable("not_a_workbook")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unreadable("not_a_workbook")
    return int(text)
