"""The cells of one workbook as they are stored, for whoever may not read workbooks: ``python -m etl.reading.plain_cells MEBIBYTES SECONDS``.

The bytes come on standard input; the answer is JSON: its sheets, each with its name and its rows of texts, numbers and null,
and the document's own properties. A number whose format shows another one, or none, is what it shows; the rows and columns
that nobody sees are told. Whatever is no workbook, or more than a document of ours could be, has no answer: the
process ends with 1, as it does at its limits.
"""

from __future__ import annotations

import json
import math
import re
import resource
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from etl.reading.book import Book
from etl.reading.limits import Unreadable
from etl.reading.memory import Memory
from etl.reading.package import Package
from etl.reading.relations import WORKBOOK, find_parts
from etl.reading.sheets import Cell, Shown, Workbook

MOST_CELLS = 500_000
LARGEST_ANSWER = 64 * 2**20
_LARGEST_PROPERTIES = 2**16
_PROPERTY = re.compile(
    rb"""name=["']([^"'<>]{1,60})["'][^<>]{0,200}>\s*<(?:\w{1,9}:)?lpwstr(?:\s[^<>]{0,200})?>([^<]{0,500})</"""
)
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MOST_COLUMNS = 2**14
_COLUMN = re.compile(rb"<(?:\w{1,9}:)?col\s([^<>]*)>")
_SPAN = {end: re.compile(rb"\b%s\s*=\s*[\"'](\d{1,5})[\"']" % end) for end in (b"min", b"max")}
_UNSEEN = re.compile(rb"""\b(?:hidden\s*=\s*["'](?:1|true)["']|width\s*=\s*["']0(?:\.0*)?["'])""")


def main(memory_mib: int, seconds: float) -> int:
    """Read one workbook and tell its cells."""
    from etl.reading.sheets import assembled
    from etl.reading.workbook import read_in_parts

    memory = Memory(memory_mib)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))
    content = sys.stdin.buffer.read()
    book = assembled(read_in_parts(content, measured=memory.limit_for))
    if sum(sheet.height * len(sheet.columns) for sheet in book.sheets) > MOST_CELLS:
        return 1
    answer = json.dumps(told(book, content), ensure_ascii=False).encode("utf-8", "replace")
    if len(answer) > LARGEST_ANSWER:
        return 1
    sys.stdout.buffer.write(answer)
    return 0


def told(book: Workbook, content: bytes) -> dict[str, Any]:
    """A workbook as plain values, rows without blanks behind their last cell; of its first sheet what is hidden, counted from 0."""
    sheets = [{"name": sheet.name, "rows": [_row(row) for row in sheet.rows()]} for sheet in book.sheets]
    return {
        "sheets": sheets,
        "properties": properties(content),
        "hidden_rows": sorted(book.sheets[0].hidden_rows) if book.sheets else [],
        "hidden_columns": sorted(hidden_columns(content)),
    }


def _row(cells: Any) -> list[Any]:
    row = [_plain(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def _plain(cell: Cell) -> Any:
    match cell:
        case None | "":
            return None
        case Shown():
            return cell.stored if says_what_is_stored(cell) else cell.text or None
        case bool() | int() | str():
            return cell
        case float():
            return cell if math.isfinite(cell) else str(cell)
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)


def says_what_is_stored(cell: Shown) -> bool:
    """Whether what is seen is the number itself: rounded, or in per cent."""
    text = cell.text.replace(",", "")
    try:
        seen = Decimal(text.removesuffix("%"))
        stored = Decimal(f"{cell.stored:.15g}") * (100 if text.endswith("%") else 1)
        exponent = seen.as_tuple().exponent
        return isinstance(exponent, int) and abs(seen - stored) * 2 <= Decimal(1).scaleb(exponent)
    except (ArithmeticError, ValueError):
        return False


def hidden_columns(content: bytes) -> set[int]:
    """The columns of the first sheet that are hidden or without width; found in its bytes, of .xlsx alone."""
    found: set[int] = set()
    with suppress(Unreadable):
        package = Package(content)
        sheets = find_parts(package, _RELATIONS, [one.identity for one in Book(package, WORKBOOK).listed]).sheets
        if not sheets:
            return found
        for one in _COLUMN.findall(_above_the_cells(package, min(sheets, key=sheets.__getitem__))):
            first, last = (span.search(one) for span in _SPAN.values())
            if _UNSEEN.search(one) and first and last:
                found |= set(range(int(first[1]) - 1, min(int(last[1]), _MOST_COLUMNS)))
    return found


def _above_the_cells(package: Package, path: str) -> bytes:
    """A sheet's XML up to its cells, where its columns stand."""
    part = bytearray()
    for chunk in package.stream(path):
        part += chunk
        if b"sheetData" in part:
            break
    return bytes(part.partition(b"sheetData")[0])


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
