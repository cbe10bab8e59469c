"""Bytes → workbook: first looked through (what it is, limits, what a reader of values would not say), then read."""

from __future__ import annotations

import io
from datetime import date

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from etl.reading.container import Format, format_of, package_format
from etl.reading.findings import Findings
from etl.reading.grid import down_to_broken, within
from etl.reading.limits import Unreadable, is_beyond
from etl.reading.opendocument import read_opendocument
from etl.reading.package import Package
from etl.reading.sheets import Cell, Merged, Sheet, Workbook
from etl.reading.spreadsheetml import read_spreadsheetml
from etl.reading.xls import inspect_ole
from etl.reading.xlsb import inspect_xlsb
from etl.reading.xlsx import inspect_xlsx

__all__ = ["Cell", "Sheet", "Workbook", "read_workbook"]


def read_workbook(content: bytes) -> Workbook:
    """Read a workbook of any format of CONTRACT; Unreadable with the code of its refusals."""
    match format_of(content):
        case Format.PACKAGE:
            return _read_package(content)
        case Format.SPREADSHEETML:
            return _with_sheets(read_spreadsheetml(content))
        case _:
            return _read_with_calamine(content, inspect_ole(content))


def _read_package(content: bytes) -> Workbook:
    package = Package(content)
    match package_format(package):
        case Format.OPEN_DOCUMENT:
            sheets = read_opendocument(package.stream("content.xml"))
            package.measure_rest()
            return _with_sheets(sheets)
        case Format.XLSB:
            return _read_with_calamine(content, inspect_xlsb(package))
        case _:
            return _read_with_calamine(content, inspect_xlsx(package))


def _with_sheets(sheets: list[Sheet]) -> Workbook:
    """The workbook of these sheets; Unreadable where there is none (a text of the same format, say)."""
    if not sheets:
        raise Unreadable("not_a_workbook")
    return Workbook(sheets)


def _read_with_calamine(content: bytes, findings: Findings) -> Workbook:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(findings.content or content))
        return Workbook(
            [
                _read_sheet(book, position, findings)
                for position, meta in enumerate(book.sheets_metadata)
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
        )
    except CalamineError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "not_a_workbook") from error


def _read_sheet(book: CalamineWorkbook, position: int, findings: Findings) -> Sheet:
    sheet = book.get_sheet_by_index(position)
    broken = findings.broken.get(position, {})
    rows: list[list[Cell]] = []
    if sheet.end is not None:
        if is_beyond(*sheet.end):
            raise Unreadable("too_large")
        rows = sheet.to_python(skip_empty_area=False)
        _share(rows)
    rows = down_to_broken(rows, broken)
    merged: list[Merged] = findings.merged.get(position) or sheet.merged_cell_ranges or []
    return Sheet(sheet.name.replace("\0", ""), rows, within(merged, rows) if merged else [], broken)


def _share(rows: list[list[Cell]]) -> None:
    """Make equal texts and days one object: half as much to hand over, and each is understood by one look-up."""
    seen: dict[Cell, Cell] = {}
    keep = seen.setdefault
    for row in rows:
        row[:] = [keep(cell, cell) if cell.__class__ is str or cell.__class__ is date else cell for cell in row]
