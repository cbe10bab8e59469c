"""A workbook as sheets of typed cells: dates, numbers, texts; blank cells are ``""``."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from etl.reading.container import MOST_COLUMNS, MOST_ROWS, Unreadable, inspect, without_far_cells

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cell = Any
"""A value as calamine gives it: str, float, bool, date, datetime, time, timedelta."""


@dataclass(slots=True)
class Sheet:
    """One sheet from its first cell on: ``rows[r][c]`` is the cell at row r + 1, column c + 1.

    ``merged`` holds ((first row, first column), (last row, last column)), counted from 0;
    ``broken`` the cells (``B3``, as the clerk sees them) with an error value, or "" for a formula without a result.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    header_names: list[list[str]] | None = None


@dataclass(slots=True)
class Workbook:
    """All sheets of one workbook, in order."""

    sheets: list[Sheet]


def read_workbook(content: bytes) -> Workbook:
    """Read any format that calamine knows; Unreadable with the code of CONTRACT's refusals."""
    findings = inspect(content)
    if findings.far_blanks:
        content = without_far_cells(content, findings.far_blanks)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        broken = _by_sheet_name(content, findings.broken)
        return Workbook(
            [
                _read_sheet(book, meta.name, broken.get(meta.name, {}))
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
        )
    except CalamineError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "not_a_workbook") from error


def _read_sheet(book: CalamineWorkbook, name: str, broken: dict[str, str]) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    name = name.replace("\0", "")
    if sheet.end is None:
        return Sheet(name, [], [], broken)
    last_row, last_column = sheet.end
    if last_row >= MOST_ROWS or last_column >= MOST_COLUMNS:
        raise Unreadable("too_large")
    rows = sheet.to_python(skip_empty_area=False)
    _share(rows)
    return Sheet(name, rows, sheet.merged_cell_ranges or [], broken)


def _share(rows: list[list[Cell]]) -> None:
    """Make equal texts and days one object: half as much to hand over, and each is understood by one look-up."""
    seen: dict[Cell, Cell] = {}
    keep = seen.setdefault
    for row in rows:
        row[:] = [keep(cell, cell) if cell.__class__ is str or cell.__class__ is date else cell for cell in row]


def _by_sheet_name(content: bytes, found: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The scan's findings, which know paths of XML, under the names that people see."""
    if not found:
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = _children(package, "xl/workbook.xml", "sheet")
        relations = _children(package, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {item.get("Id"): re.sub(r"^/?(xl/)?", "xl/", item.get("Target") or "") for item in relations}
    names = {targets.get(item.get(_RELATION)): item.get("name") or "" for item in sheets}
    return {names[path]: cells for path, cells in found.items() if path in names}


def _children(package: zipfile.ZipFile, path: str, tag: str) -> list[Element]:
    return [item for item in fromstring(package.read(path)).iter() if item.tag.rpartition("}")[2] == tag]
