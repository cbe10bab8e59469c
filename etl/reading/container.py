"""What a file is by its content, whether it is too large, and what a reader of values would not see.

The XML of a workbook is scanned as a stream: the size that a file states about itself is never believed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

LARGEST_FILE = 20 * 2**20
LARGEST_UNPACKED = 300 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 200

_CHUNK = 4 * 2**20
_OVERLAP = 65536
_SHEET = re.compile(r"xl/(worksheets/.+\.xml|sharedStrings\.xml)")
# A cell beyond column GR (the 200th) or beyond row 200,000: what decides without looking at every cell.
_FAR_CELL = re.compile(
    rb'<c r="(?:(?:[A-Z]{3,}|G[S-Z]|[H-Z][A-Z])\d+|[A-Z]+(?!200000")(?:[2-9]\d{5}|\d{7,}))"[^>]*?(?:/>|>(.*?)</c>)',
    re.DOTALL,
)
# A reference that is not plainly near (up to GR, up to row 99,999): only where there is one, far cells are looked for.
_NOT_NEAR = re.compile(rb'<c r="(?!(?:[A-F]?[A-Z]|G[A-R])\d{1,5}")')
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(<v>[^<]|<v/>|<v></v>|<is>)?')
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*t="e"[^>]*>(?:<f[^>]*?(?:/>|>[^<]*</f>))?\s*<v>([^<]*)</v>')
# A stray character far below and far to the right, alone in its row: in no table's column, yet the reader would
# lay out everything between as one rectangle.
_LONE_FAR_CELL = re.compile(
    rb'<row [^>]*>\s*<c r="(?:[A-Z]{3}|[B-Z][A-Z]|A[Y-Z])\d{5,}"[^>]*?(?:/>|>(?:(?!</row>).)*?</c>)\s*</row>', re.DOTALL
)
_TEXT = re.compile(rb"<(?:v|t)[^>]*>([^<]*)</(?:v|t)>")
_SHARED = re.compile(rb't="s"')


class Unreadable(Exception):
    """A file that cannot be taken as a workbook; ``code`` is the problem's code (CONTRACT, Refused)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Findings:
    """What the scan saw, by the path of the sheet's XML.

    ``broken``: cell → its error value (``#REF!``), or "" for a formula without a stored value; a reader of values
    gives neither. ``far_blanks``: sheets with cells that hold nothing and would make them enormous.
    """

    broken: dict[str, dict[str, str]] = field(default_factory=dict)
    far_blanks: set[str] = field(default_factory=set)


def inspect(content: bytes) -> Findings:
    """Refuse what is no workbook, encrypted or too large (Unreadable); otherwise say what the scan found."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large")
    if content.startswith(b"PK"):
        return _inspect_zip(content)
    if olefile.isOleFile(io.BytesIO(content)):
        _refuse_encrypted(content)
    return Findings()


def _refuse_encrypted(content: bytes) -> None:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if container.exists("EncryptedPackage"):
                raise Unreadable("encrypted")
    except OSError as error:
        raise Unreadable("not_a_workbook") from error


def _inspect_zip(content: bytes) -> Findings:
    findings = Findings()
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in package.infolist():
                if entry.flag_bits & 0x1:
                    raise Unreadable("encrypted")
                scan = _SheetScan(package, findings, entry.filename) if _SHEET.fullmatch(entry.filename) else None
                for chunk in _stream(package, entry):
                    unpacked += len(chunk)
                    if unpacked > LARGEST_UNPACKED:
                        raise Unreadable("too_large")
                    if scan is not None:
                        scan.feed(chunk)
                if scan is not None:
                    scan.finish()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable("not_a_workbook") from error
    return findings


def _stream(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


class _SheetScan:
    """Looks through one sheet's XML, chunk by chunk, for far cells and formulas without a value."""

    def __init__(self, package: zipfile.ZipFile, findings: Findings, path: str) -> None:
        self._package = package
        self._findings = findings
        self._path = path
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        """Scan up to the last whole row; what follows waits for the next chunk."""
        text = self._rest + chunk
        end = text.rfind(b"</row>") + 6
        if end < 6:
            end = max(text.rfind(b"</c>") + 4, len(text) - _OVERLAP)
        self._scan(text[:end])
        self._rest = text[end:][-_CHUNK:]

    def finish(self) -> None:
        """Scan what is left."""
        self._scan(self._rest)

    def _scan(self, text: bytes) -> None:
        if _NOT_NEAR.search(text):
            for match in _FAR_CELL.finditer(text):
                if not self._is_blank(match[0], match[1] or b""):
                    raise Unreadable("too_large")
                self._findings.far_blanks.add(self._path)
        if b">" in text and _LONE_FAR_CELL.search(text):
            self._findings.far_blanks.add(self._path)
        if b"<f" in text:
            without = (match[1] for match in _FORMULA.finditer(text) if match[2] in (None, b"<v/>", b"<v></v>"))
            self._broken(dict.fromkeys((cell.decode() for cell in without), ""))
        if b't="e"' in text:
            self._broken({match[1].decode(): match[2].decode() for match in _ERROR.finditer(text)})

    def _broken(self, cells: dict[str, str]) -> None:
        if cells:
            self._findings.broken.setdefault(self._path, {}).update(cells)

    def _is_blank(self, cell: bytes, inner: bytes) -> bool:
        text = b"".join(_TEXT.findall(inner))
        if not text.strip():
            return True
        if _SHARED.search(cell.partition(b">")[0]):
            return not _shared_string(self._package, int(text)).strip()
        return not text.decode("utf-8", "replace").strip()


def _shared_string(package: zipfile.ZipFile, index: int) -> str:
    """One shared string, found by counting through the stream; of a far cell alone, so it is rarely asked."""
    seen = -1
    rest = b""
    for chunk in _stream(package, package.getinfo("xl/sharedStrings.xml")):
        rest += chunk
        items = rest.split(b"</si>")
        rest = items.pop()
        if seen + len(items) >= index:
            return b"".join(_TEXT.findall(items[index - seen - 1])).decode("utf-8", "replace")
        seen += len(items)
    return ""


def without_far_cells(content: bytes, paths: set[str]) -> bytes:
    """The same package with the (blank) cells beyond the limits left out of these sheets.

    A reader that lays a sheet out as a rectangle would otherwise need all the memory for one blank.
    """
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename in paths:
                text = _LONE_FAR_CELL.sub(b"", _FAR_CELL.sub(b"", text))
            target.writestr(entry.filename, text)
    return copy.getvalue()
