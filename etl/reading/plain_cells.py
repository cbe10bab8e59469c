"""The cells of one .xlsx as they are stored, for whoever may not read workbooks: ``python -m etl.reading.plain_cells MEBIBYTES SECONDS``.

The bytes come on standard input; the answer is JSON: its sheets, the one that is seen first before all others, each with its
name, its rows of texts, numbers and null, and how its cells look where it is seen (``etl.reading.as_seen``); the document's own
properties; and the sheets that are seen and hold no table. Whatever is no workbook, or more than a document of ours could be, has no answer: the process ends
with 1, as it does at its limits; with 2 where it is a workbook of another format, whose looks are not known here.
"""

from __future__ import annotations

import json
import math
import re
import resource
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from etl.reading.as_seen import MOST_CELLS, SeenSheet, seen_book
from etl.reading.container import FileFormat, format_of, package_format
from etl.reading.limits import Unreadable
from etl.reading.memory import Memory
from etl.reading.package import Package
from etl.reading.sheets import Cell, Sheet, Shown, Workbook

ANOTHER_FORMAT = 2
LARGEST_ANSWER = 64 * 2**20
_LARGEST_PROPERTIES = 2**16
_PROPERTY = re.compile(
    rb"""name=["']([^"'<>]{1,60})["'][^<>]{0,200}>\s*<(?:\w{1,9}:)?lpwstr(?:\s[^<>]{0,200})?>([^<]{0,500})</"""
)


def main(memory_mib: int, seconds: float) -> int:
    """Read one workbook and tell its cells."""
    from etl.reading.sheets import assembled
    from etl.reading.workbook import read_in_parts

    memory = limited(memory_mib, seconds)
    content = sys.stdin.buffer.read()
    book = assembled(read_in_parts(content, measured=memory.limit_for))
    if not is_xlsx(content):
        return ANOTHER_FORMAT
    if sum(sheet.height * len(sheet.columns) for sheet in book.sheets) > MOST_CELLS:
        return 1
    return put_out(told(book, content))


def limited(memory_mib: int, seconds: float) -> Memory:
    """This process has so much memory, and so much time of a processor."""
    memory = Memory(memory_mib)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))
    return memory


def put_out(answer: Any) -> int:
    """Print an answer as JSON; 1 where it is larger than that of any document of ours could be."""
    written = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    if len(written) > LARGEST_ANSWER:
        return 1
    sys.stdout.buffer.write(written)
    return 0


def is_xlsx(content: bytes) -> bool:
    """Whether it is a workbook of the one format in which documents are given out: one with macros is not, for they may write
    whatever they like when it is opened.
    """
    if format_of(content) is not FileFormat.PACKAGE:
        return False
    package = Package(content)
    macros = any(name.lower().endswith("vbaproject.bin") for name in package.names)
    return package_format(package) is FileFormat.XLSX and not macros


def told(book: Workbook, content: bytes) -> dict[str, Any]:
    """A workbook as plain values, rows without blanks behind their last cell, and how the cells of its sheets look that are seen."""
    by_name = {sheet.name: sheet for sheet in book.sheets}
    seen = seen_book(Package(content), lambda name: by_name[name].rows() if name in by_name else [])
    looks = {one.name: one for one in seen.sheets}
    first = seen.sheets[0].name
    return {
        "sheets": [_sheet(sheet, looks) for sheet in sorted(book.sheets, key=lambda one: one.name != first)],
        "properties": properties(content),
        "beside": seen.beside,
    }


def _sheet(sheet: Sheet, looks: Mapping[str, SeenSheet]) -> dict[str, Any]:
    rows = [_row(row) for row in sheet.rows()]
    return {"name": sheet.name, "rows": rows, "looks": asdict(looks[sheet.name]) if sheet.name in looks else None}


def _row(cells: Any) -> list[Any]:
    row = [plain_cell(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def plain_cell(cell: Cell) -> Any:
    """What is stored in a cell, as a plain value; None for a blank one."""
    match cell:
        case None | "":
            return None
        case Shown():
            return cell.stored
        case bool() | int() | str():
            return cell
        case float():
            return cell if math.isfinite(cell) else str(cell)
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)


def properties(content: bytes) -> dict[str, str]:
    """The custom properties of a package that are texts; found in its bytes, for nothing of it is parsed as XML."""
    with suppress(Unreadable):
        part = bytes(Package(content).read("docProps/custom.xml", _LARGEST_PROPERTIES))
        return {
            name.decode("utf-8", "replace"): value.decode("utf-8", "replace") for name, value in _PROPERTY.findall(part)
        }
    return {}


if __name__ == "__main__":
    try:
        sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
    except BaseException as error:  # noqa: BLE001  # what no workbook is, and a panic of the reader, mean one thing
        sys.exit(error.code if isinstance(error, SystemExit) else 1)
