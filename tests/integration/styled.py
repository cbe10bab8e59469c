"""Cells with number formats, hidden rows and hidden sheets, in each of the formats that offices send."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from etl.reading.number_format import number_format
from etl.reading.shown_moments import moment_of
from tests.integration.formats import SHEET_1, repacked, xlsb, xlsb_record, xlsb_row
from tests.integration.ledgers import Book

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"


@dataclass(frozen=True, slots=True)
class Styled:
    """``cells``: number or text, and its format's code, from A1 to the right and down; ``hidden``: rows counted from 0.

    A second sheet, hidden, holds one word.
    """

    cells: list[list[tuple[float | str, str]]]
    hidden: frozenset[int] = frozenset()

    @property
    def codes(self) -> list[str]:
        """Every format once."""
        return list(dict.fromkeys(code for row in self.cells for _, code in row))


def styled_xlsx(book: Styled) -> bytes:
    """As openpyxl writes it, which the searches over bytes understand."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for top, row in enumerate(book.cells, start=1):
        for left, (value, code) in enumerate(row, start=1):
            sheet.cell(top, left, value).number_format = code
    for row_number in book.hidden:
        sheet.row_dimensions[row_number + 1].hidden = True
    hidden = made.create_sheet("隐藏")
    hidden["A1"] = "甲"
    hidden.sheet_state = "veryHidden"
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def styled_xlsx_in_other_words(book: Styled) -> bytes:
    """With prefixes and apostrophes, and rows of no height: a writing that only a parser understands."""

    def sheet(xml: bytes) -> bytes:
        xml = xml.replace(b'hidden="1"', b'ht="0" customHeight="1"').replace(b'"', b"'")
        return re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", xml).replace(b" xmlns=", b" xmlns:x=")

    return repacked(styled_xlsx(book), {SHEET_1: sheet})


def styled_xls(book: Styled) -> bytes:
    """Excel 97 to 2003."""
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Sheet")
    styles = {code: xlwt.easyxf(num_format_str=code) for code in book.codes}
    for top, row in enumerate(book.cells):
        for left, (value, code) in enumerate(row):
            sheet.write(top, left, value, styles[code])
    for row_number in book.hidden:
        sheet.row(row_number).hidden = True
    hidden = made.add_sheet("隐藏")
    hidden.write(0, 0, "甲")
    hidden.visibility = 2
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def styled_xlsb(book: Styled) -> bytes:
    """Excel's binary workbook; its styles and cells are written here, as no library writes formats into one."""

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    codes = book.codes
    formats = b"".join(_record(44, struct.pack("<H", 164 + at) + text(code)) for at, code in enumerate(codes))
    styles = b"".join(_record(47, struct.pack("<HH12x", 0, 164 + at)) for at in range(len(codes)))
    content = [_record(278, b""), _record(615, struct.pack("<I", len(codes))), formats, _record(616, b"")]
    content += [_record(617, struct.pack("<I", len(codes))), styles, _record(618, b""), _record(279, b"")]

    def sheet(data: bytes) -> bytes:
        begin, end = data.index(xlsb_record(145, b"")), data.index(xlsb_record(146, b""))
        rows: list[bytes] = []
        for top, row in enumerate(book.cells):
            head = bytearray(xlsb_row(top))
            head[2 + 11] |= 0x10 if top in book.hidden else 0
            rows.append(bytes(head))
            for left, (value, code) in enumerate(row):
                place = struct.pack("<II", left, codes.index(code))
                cell = (6, text(value)) if isinstance(value, str) else (5, struct.pack("<d", value))
                rows.append(_record(cell[0], place + cell[1]))
        return data[: begin + 3] + b"".join(rows) + data[end:]

    packed = xlsb(Book({"Sheet": [["甲"]], "_meta": [["甲"]]}))
    return repacked(packed, {"xl/styles.bin": b"".join(content), "xl/worksheets/sheet1.bin": sheet})


def _record(kind: int, data: bytes) -> bytes:
    """One record, of any size below 16 KiB."""
    if len(data) < 128:
        return xlsb_record(kind, data)
    return xlsb_record(kind, b"")[:-1] + bytes([len(data) & 0x7F | 0x80, len(data) >> 7]) + data


def styled_ods(book: Styled) -> bytes:
    """OpenDocument, where what is seen of a cell stands in it as a text."""
    document = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(unseen)
    table = Table(name="Sheet")
    for top, row in enumerate(book.cells):
        line = TableRow(**({"visibility": "filter"} if top in book.hidden else {}))
        for value, code in row:
            line.addElement(_ods_cell(value, code))
        table.addElement(line)
    hidden = Table(name="隐藏", stylename=unseen)
    line = TableRow()
    line.addElement(_ods_cell("甲", "General"))
    hidden.addElement(line)
    for one in (table, hidden):
        document.spreadsheet.addElement(one)
    packed = io.BytesIO()
    document.write(packed)
    return packed.getvalue()


def _ods_cell(value: float | str, code: str) -> TableCell:
    form = number_format(code)
    if isinstance(value, str):
        cell, seen = TableCell(valuetype="string"), form.shown_text(value)
    else:
        seen = form.shown(value)
        day = _day(value) if form.is_date else None
        cell = TableCell(valuetype="float", value=value) if day is None else TableCell(valuetype="date", datevalue=day)
    cell.addElement(P(text=seen))
    return cell


def _day(value: float) -> str:
    moment = moment_of(value)
    assert moment is not None
    return moment.isoformat()


def styled_spreadsheetml(book: Styled) -> bytes:
    """SpreadsheetML 2003: styles by name, one of them by way of its parent."""
    codes = book.codes
    styles = "".join(
        f'<Style ss:ID="p{at}"><NumberFormat ss:Format={quoteattr(code)}/></Style><Style ss:ID="s{at}" ss:Parent="p{at}"/>'
        for at, code in enumerate(codes)
    )
    rows = "".join(
        f"<Row{' ss:Hidden=' + quoteattr('1') if top in book.hidden else ''}>{''.join(_xml_cells(row, codes))}</Row>"
        for top, row in enumerate(book.cells)
    )
    return (
        f'<?xml version="1.0"?>\n<Workbook xmlns="{_SPREADSHEET}" xmlns:ss="{_SPREADSHEET}" xmlns:x="{_EXCEL}">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="Sheet"><Table>{rows}</Table></Worksheet>'
        '<Worksheet ss:Name="隐藏"><Table><Row><Cell><Data ss:Type="String">甲</Data></Cell></Row></Table>'
        "<x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
    ).encode()


def _xml_cells(row: Iterable[tuple[float | str, str]], codes: list[str]) -> Iterable[str]:
    for value, code in row:
        kind = "String" if isinstance(value, str) else "Number"
        yield f'<Cell ss:StyleID="s{codes.index(code)}"><Data ss:Type="{kind}">{value}</Data></Cell>'


STYLED: dict[str, Callable[[Styled], bytes]] = {
    writer.__name__: writer
    for writer in (styled_xlsx, styled_xlsx_in_other_words, styled_xls, styled_xlsb, styled_ods, styled_spreadsheetml)
}
