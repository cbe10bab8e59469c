"""The process in which a workbook is opened and marked: ``python -m etl.annotate.child mark|rebuild MEBIBYTES``."""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook

from etl.annotate import LENGTH, OTHER_FORMAT
from etl.annotate.marking import mark
from etl.annotate.rebuilding import make_harmless, rebuilt
from etl.reading.workbook import Sheet, in_the_open, read_workbook
from etl.reading.workbook import Workbook as Sheets

_OLE = b"\xd0\xcf\x11\xe0"
_FORMATS_IN_ZIP = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods"}


def suffix_of(content: bytes) -> str:
    """The usual suffix of a workbook's format, by its content."""
    if content.startswith(_OLE):
        return ".xls"
    if not content.startswith(b"PK"):
        return ".xml"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())
    return next((suffix for name, suffix in _FORMATS_IN_ZIP.items() if name in names), ".xlsx")


def opened(content: bytes) -> Workbook | None:
    """The workbook with all that openpyxl keeps; None where it cannot open it."""
    if suffix_of(content) != ".xlsx":
        return None
    try:
        return load_workbook(io.BytesIO(content), rich_text=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # openpyxl fails in many ways on what other programs write; values can still be read
        return None


def says_the_same(original: Sheets, converted: Sheets) -> bool:
    """Whether an office program kept every value at its cell: some lose texts, or the sense of days, on the way."""
    copies = {sheet.name: sheet for sheet in converted.sheets}
    return all(sheet.name in copies and _values(sheet) == _values(copies[sheet.name]) for sheet in original.sheets)


def _values(sheet: Sheet) -> dict[tuple[int, int], Any]:
    return {
        (number, position): _value(cell)
        for position, column in enumerate(sheet.columns)
        for number, cell in enumerate(column)
        if cell not in ("", None)
    }


def _value(cell: Any) -> Any:
    if isinstance(cell, str):
        return "\n".join(cell.split("\r\n")).strip()
    if isinstance(cell, float):
        return float(f"{cell:.12g}")
    return datetime(cell.year, cell.month, cell.day) if type(cell) is date else cell  # noqa: DTZ001  # a day of a sheet


def main(job: str, memory_mib: int) -> int:
    """Read notes, content and what it was converted to (if it was) from standard input, write the marked workbook."""
    limit = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    given = sys.stdin.buffer
    notes = json.loads(given.read(LENGTH.unpack(given.read(LENGTH.size))[0]))
    content = given.read(LENGTH.unpack(given.read(LENGTH.size))[0])
    converted = given.read()
    values = read_workbook(content)  # refuses what would not end well in any other program either
    kept = not converted or says_the_same(values, read_workbook(converted))
    if job == "rebuild" or any(sheet.written_as for sheet in values.sheets):
        book: Workbook | None = rebuilt(values)  # of a page or a text there is nothing to keep but its values
    else:
        book = opened(converted or in_the_open(content)) if kept else None
    if book is None:
        sys.stdout.write(suffix_of(content))
        return OTHER_FORMAT
    make_harmless(book)
    mark(book, notes["problems"], notes["left_out"], notes["anchor"])
    packed = io.BytesIO()
    book.save(packed)
    sys.stdout.buffer.write(packed.getvalue())
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], int(sys.argv[2])))
    except Exception as error:  # noqa: BLE001  # its text may hold what stands in the workbook; its name tells enough for the log
        sys.stderr.write(type(error).__name__)
        sys.exit(1)
