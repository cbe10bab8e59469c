"""Bytes → workbook: first looked through (what it is, limits, what a reader of values would not say), then read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import chain

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.reading.arrangement import arranged
from etl.reading.container import FileFormat, format_of, package_format
from etl.reading.default_password import without_default_password
from etl.reading.findings import Findings
from etl.reading.grid import blanks_down_to_broken, within
from etl.reading.limits import Unreadable, is_beyond
from etl.reading.opendocument import read_opendocument
from etl.reading.package import Package
from etl.reading.separated import read_separated
from etl.reading.sheets import Cell, Merged, Part, Sheet, Workbook, assembled, in_parts, portions
from etl.reading.shown import as_shown
from etl.reading.spreadsheetml import read_spreadsheetml
from etl.reading.xls import inspect_ole
from etl.reading.xlsb import inspect_xlsb
from etl.reading.xlsx import inspect_xlsx

__all__ = ["Cell", "Sheet", "Workbook", "in_the_open", "read_in_parts", "read_workbook"]


def _anything(_size: int) -> None:
    """What is told to nobody."""


def read_workbook(content: bytes) -> Workbook:
    """Read a workbook of any format of CONTRACT; Unreadable with the code of its refusals."""
    return assembled(read_in_parts(content))


def read_in_parts(content: bytes, measured: Callable[[int], None] = _anything) -> Iterator[Part]:
    """Read a workbook so that whoever takes its rows can begin before the last of them is read.

    ``measured`` is told how many bytes the file unpacks to by its own word, before anything of it is laid out.
    """
    format_ = format_of(content)
    if format_ != FileFormat.PACKAGE:
        measured(len(content))
    match format_:
        case FileFormat.PACKAGE:
            yield from _read_package(content, measured)
        case FileFormat.SPREADSHEETML:
            yield from _all_parts(read_spreadsheetml(content))
        case FileFormat.WEB_PAGE:
            # Its parser is loaded for the first such page alone: most who read workbooks never need it.
            from etl.reading.webpage import read_web_page

            yield from _all_parts(read_web_page(content))
        case FileFormat.SEPARATED:
            yield from _all_parts(read_separated(content))
        case _:
            yield from _read_ole(content, measured)


def in_the_open(content: bytes) -> bytes:
    """The same workbook without the password that asks nobody, and put in order: as programs can open it that are stricter."""
    format_ = format_of(content)
    if format_ == FileFormat.OLE:
        try:
            inspect_ole(content)
        except Unreadable as refusal:
            if refusal.code != "encrypted":
                raise
            content = without_default_password(content)
            format_ = format_of(content)
    if format_ == FileFormat.PACKAGE:
        package = Package(content)
        if package_format(package) == FileFormat.XLSX:
            return arranged(package).content
    return content


def _read_ole(content: bytes, measured: Callable[[int], None]) -> Iterator[Part]:
    try:
        findings = inspect_ole(content)
    except Unreadable as refusal:
        if refusal.code != "encrypted":
            raise
        content = without_default_password(content)
        if format_of(content) == FileFormat.PACKAGE:
            yield from _read_package(content, measured)
            return
        findings = inspect_ole(content)
    yield from _read_with_calamine(content, findings)


def _read_package(content: bytes, measured: Callable[[int], None]) -> Iterator[Part]:
    package = Package(content)
    measured(package.stated_size)
    match package_format(package):
        case FileFormat.OPEN_DOCUMENT:
            sheets = read_opendocument(package.stream("content.xml"))
            package.measure_rest()
            yield from _all_parts(sheets)
        case FileFormat.XLSB:
            package = arranged(package)
            yield from _read_with_calamine(package.content, inspect_xlsb(package))
        case _:
            package = arranged(package)
            yield from _read_with_calamine(package.content, inspect_xlsx(package))


def _all_parts(sheets: list[Sheet]) -> Iterator[Part]:
    """Sheets read as wholes; Unreadable where there is none (a text of the same format, say)."""
    if not sheets:
        raise Unreadable("not_a_workbook")
    return chain.from_iterable(map(in_parts, sheets))


def _read_with_calamine(content: bytes, findings: Findings) -> Iterator[Part]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(findings.content or content))
        for position, meta in enumerate(book.sheets_metadata):
            if meta.typ == SheetTypeEnum.WorkSheet:
                yield from _read_sheet(book, position, findings, meta.visible != SheetVisibleEnum.Visible)
    except CalamineError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "not_a_workbook") from error


def _read_sheet(book: CalamineWorkbook, position: int, findings: Findings, hidden: bool) -> Iterator[Part]:
    sheet = book.get_sheet_by_index(position)
    broken = findings.broken.get(position, {})
    name = sheet.name.replace("\0", "")
    if sheet.end is None:
        yield Sheet(name, broken=broken, hidden=hidden)
        return
    if is_beyond(*sheet.end):
        raise Unreadable("too_large")
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    below = blanks_down_to_broken(height, width, broken)
    merged: list[Merged] = findings.merged.get(position) or sheet.merged_cell_ranges or []
    hidden_rows = frozenset(row for row in findings.hidden_rows.get(position, ()) if row < height)
    yield Sheet(name, [], within(merged, height + len(below), width), broken, hidden, hidden_rows)
    # Row by row it is faster, but then calamine leaves out what is empty on the left.
    rows = sheet.iter_rows() if sheet.start == (0, 0) else iter(sheet.to_python(skip_empty_area=False))
    noted = findings.noted.get(position)
    first = as_shown(rows, noted, findings.formats) if noted else iter(())
    yield from portions(chain(first, rows, below), width)
