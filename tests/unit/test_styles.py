"""Where each file format says which number format a cell has, and what of a sheet is hidden."""

from __future__ import annotations

import io
import struct
from datetime import date
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.reading.opendocument import read_opendocument
from etl.reading.sheets import Shown
from etl.reading.spreadsheetml import read_spreadsheetml
from etl.reading.styles import read_styles
from etl.reading.workbook import read_workbook
from etl.reading.xls import _format_code

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SS, EXCEL = "urn:schemas-microsoft-com:office:spreadsheet", "urn:schemas-microsoft-com:office:excel"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
DAYS_FROM_1904 = 44684 - 1462
MAY = date(2022, 5, 3)


def _seen(cell: Any) -> Any:
    return cell.text if isinstance(cell, Shown) else cell


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_styles_of_cells_are_not_those_of_names(prefix: str) -> None:
    """Only the list of the cells' own formats is counted; a format without a number, or with another, says nothing."""
    xml = (
        '<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="164" formatCode="0&quot;家&quot;"/><numFmt formatCode="x"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="164"/><xf/><xf numFmtId="57"/><xf numFmtId="999"/></cellXfs></styleSheet>'
    )
    xml = xml.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}").format(main=MAIN)
    xml = xml.replace("xmlns=", f"xmlns:{prefix[:-1]}=" if prefix else "xmlns=")
    assert read_styles(xml.encode()) == ['0"家"', "General", 'yyyy"年"m"月"', "General"]


@pytest.mark.parametrize(
    ("data", "version", "encoding", "code"),
    [
        (struct.pack("<HB", 4, 0) + b"0.00", 0x600, "gb18030", "0.00"),
        (struct.pack("<HB", 4, 1) + '0"家"'.encode("utf-16-le"), 0x600, "gb18030", '0"家"'),
        (b"\5" + '0"家"'.encode("gb18030"), 0x500, "gb18030", '0"家"'),
        (b"\6" + '0"家"'.encode("gb18030") + b"\0", 0x500, "gb18030", '0"家"'),
    ],
)
def test_formats_of_xls_are_in_unicode_or_in_a_code_page(data: bytes, version: int, encoding: str, code: str) -> None:
    """Excel 97 and later write Unicode, with one or two bytes a character; before it was the code page of a country."""
    assert _format_code(data, version, encoding).rstrip("\0") == code


def _xlsx_from_1904() -> bytes:
    book, packed = Workbook(), io.BytesIO()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    cell = sheet.cell(30, 1, DAYS_FROM_1904)
    cell.number_format = "aaaa"
    book.save(packed)
    return packed.getvalue()


def _xls_from_1904() -> bytes:
    book, packed = xlwt.Workbook(), io.BytesIO()
    book.dates_1904 = True
    book.add_sheet("s").write(29, 0, DAYS_FROM_1904, xlwt.easyxf(num_format_str="aaaa"))
    book.save(packed)
    return packed.getvalue()


def _spreadsheetml(rows: str, before: str = "", after: str = "") -> bytes:
    styles = "".join(
        f'<Style ss:ID="{name}"{parent}>{form}</Style>'
        for name, parent, form in (
            ("Default", "", ""),
            ("家", "", "<NumberFormat ss:Format='0\"家\"'/>"),
            ("like", ' ss:Parent="家"', ""),
            ("plain", ' ss:Parent="家"', "<NumberFormat/>"),
            ("percent", "", '<NumberFormat ss:Format="Percent"/>'),
            ("day", "", '<NumberFormat ss:Format="Short Date"/>'),
        )
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{SS}" xmlns:ss="{SS}" xmlns:x="{EXCEL}">{before}<Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="a"><Table>{rows}</Table>{after}</Worksheet></Workbook>'
    ).encode()


def _xml_from_1904() -> bytes:
    cell = f'<Cell ss:StyleID="day"><Data ss:Type="Number">{DAYS_FROM_1904}</Data></Cell>'
    return _spreadsheetml(f'<Row ss:Index="30">{cell}</Row>', "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>")


@pytest.mark.parametrize("make", [_xlsx_from_1904, _xls_from_1904, _xml_from_1904])
def test_days_that_only_their_format_tells_are_counted_as_their_workbook_counts(make: Any) -> None:
    """From 1904 on, where it says so."""
    assert read_workbook(make()).sheets[0].columns[0][29] == MAY


def test_a_cell_without_a_style_has_that_of_its_row_or_column() -> None:
    """SpreadsheetML names styles: the cell's own comes first, then the row's, then the column's; some formats have names."""
    number = '<Data ss:Type="Number">0.5</Data>'
    rows = (
        '<Column ss:Index="2" ss:Span="1" ss:StyleID="percent"/><Column ss:StyleID="家"/>'
        f"<Row><Cell>{number}</Cell><Cell>{number}</Cell><Cell>{number}</Cell><Cell>{number}</Cell></Row>"
        f'<Row ss:StyleID="like"><Cell>{number}</Cell><Cell ss:StyleID="plain">{number}</Cell><Cell ss:StyleID="nobody">{number}</Cell></Row>'
    )
    sheet = read_spreadsheetml(_spreadsheetml(rows))[0]
    assert [[_seen(cell) for cell in row] for row in sheet.rows()] == [
        [0.5, "50.00%", "50.00%", "1家"], ["1家", 0.5, 0.5, ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "hidden"),
    [('ss:Hidden="1"', True), ('ss:Height="0"', True), ('ss:Height="0.75"', False), ('ss:Hidden="0"', False), ("", False)],
)  # fmt: skip
def test_rows_of_spreadsheetml_are_hidden_by_a_mark_or_their_height(row: str, hidden: bool) -> None:
    """So is its sheet by an option of Excel's."""
    cells = f'<Row {row}><Cell><Data ss:Type="String">甲</Data></Cell></Row>'
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    sheet = read_spreadsheetml(_spreadsheetml(cells, after=options if hidden else ""))[0]
    assert (sheet.hidden_rows, sheet.hidden) == (frozenset({0}) if hidden else frozenset(), hidden)


@pytest.mark.parametrize(
    ("before", "row", "after", "hidden"),
    [
        ("", 'table:visibility="collapse"', "", True), ("", 'table:visibility="filter"', "", True), ("", 'table:visibility="visible"', "", False),
        ("", 'table:style-name="flat"', "", True), ("", 'table:style-name="fitted"', "", False),
        ('<table:table-row-group table:display="false">', "", "</table:table-row-group>", True),
        ("<table:table-row-group>", "", "</table:table-row-group>", False),
        ('<table:table-row-group table:display="false"><table:table-row-group>', "", "</table:table-row-group></table:table-row-group>", True),
    ],
)  # fmt: skip
def test_rows_of_opendocument_are_hidden_in_many_ways(before: str, row: str, after: str, hidden: bool) -> None:
    """By a mark, a filter, a group that is closed, or a style without height; rows that repeat with them."""
    styles = (
        '<style:style style:name="flat"><style:table-row-properties style:row-height="0in" style:use-optimal-row-height="false"/></style:style>'
        '<style:style style:name="fitted"><style:table-row-properties style:row-height="0in" style:use-optimal-row-height="true"/></style:style>'
    )
    cell = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    spaces = "".join(f' xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "style", "text"))
    xml = (
        f"<office:document-content{spaces}>{styles}<table:table table:name='a'><table:table-row>{cell}</table:table-row>{before}"
        f"<table:table-row table:number-rows-repeated='2' {row}>{cell}</table:table-row>{after}</table:table></office:document-content>"
    )
    sheet = read_opendocument([xml.encode()])[0]
    assert sheet.hidden_rows == (frozenset({1, 2}) if hidden else frozenset())
