"""A workbook's bytes in each of the formats that offices send, each written by a library that is not our reader's."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import md5, pbkdf2_hmac, sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape
from zlib import compressobj

import msoffcrypto
import xlwt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from pyxlsbwriter import XlsbWriter
from xlwt.CompoundDoc import XlsDoc

from etl.reading.xlsb import records
from tests.benchmarks.workbooks import write_workbook
from tests.integration.ledgers import Book

Merges = Iterable[tuple[int, int, int, int]]
"""(first row, last row, first column, last column), counted from 0, on the first sheet."""
Writer = Callable[[Book], bytes]
PASSWORD = "双桥2022"
SHEET_1 = "xl/worksheets/sheet1.xml"
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_FROM_1900_TO_1904 = timedelta(days=1462)


def repacked(packed: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes], *, stored: bool = False) -> bytes:
    """A zip package with some parts changed, or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in [*source.namelist(), *(name for name in changes if name not in source.namelist())]:
            change = changes.get(name)
            content = change if isinstance(change, bytes) else source.read(name)
            copy.writestr(name, change(content) if callable(change) else content)
    return target.getvalue()


def xlsx(book: Book, merges: Merges = ()) -> bytes:
    """What openpyxl writes: each text within its cell."""
    made = book.build()
    for top, bottom, left, right in merges:
        made.worksheets[0].merge_cells(
            start_row=top + 1, end_row=bottom + 1, start_column=left + 1, end_column=right + 1
        )
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def xlsx_from_1904(book: Book) -> bytes:
    """The same from a Macintosh, with days counted from 1904."""
    return xlsx(replace(book, from_1904=True))


def xlsx_with_shared_texts(book: Book) -> bytes:
    """As Excel lays it out: texts in a list of their own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shared.xlsx"
        write_workbook(path, book.all_sheets())
        return path.read_bytes()


def xlsx_from_wps(book: Book) -> bytes:
    """As WPS leaves it: a dimension that is wrong, and formats of numbers that are defined nowhere."""

    def sheet(xml: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml)

    def styles(xml: bytes) -> bytes:
        return re.sub(rb"<numFmts.*?</numFmts>|<numFmts[^>]*/>", b"", xml, flags=re.DOTALL).replace(
            b'numFmtId="14"', b'numFmtId="178"'
        )

    return repacked(xlsx(book), {SHEET_1: sheet, "xl/styles.xml": styles})


def xlsx_with_prefixes(book: Book) -> bytes:
    """As Microsoft's own SDK writes it: every element with a prefix, the cells' attributes in another order."""

    def sheet(xml: bytes) -> bytes:
        xml = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", xml).replace(b" xmlns=", b" xmlns:x=")
        return re.sub(rb'<x:c (r="[^"]*") ([^>]*?)(/?)>', rb"<x:c \2 \1\3>", xml)

    parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(book.all_sheets()) + 1)]
    return repacked(xlsx(book), dict.fromkeys(parts, sheet))


def xlsm(book: Book) -> bytes:
    """With macros."""

    def types(xml: bytes) -> bytes:
        main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        return xml.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml").replace(
            b"</Types>",
            b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        )

    project = xls(Book({"宏": [["Sub Auto_Open()"]]}))  # an OLE container, as projects are
    return repacked(xlsx(book), {"[Content_Types].xml": types, "xl/vbaProject.bin": project})


def xls(book: Book, merges: Merges = ()) -> bytes:
    """Excel 97 to 2003."""
    packed = io.BytesIO()
    _xlwt(book, merges).save(packed)
    return packed.getvalue()


def xls_from_1904(book: Book) -> bytes:
    """The same with days counted from 1904."""
    return xls(replace(book, from_1904=True))


def _xlwt(book: Book, merges: Merges = ()) -> xlwt.Workbook:
    made = xlwt.Workbook(encoding="utf-8")
    made.dates_1904 = book.from_1904
    day, moment = (xlwt.easyxf(num_format_str=form) for form in ('yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm"))
    covered = {(top, left): (bottom, right) for top, bottom, left, right in merges}
    for number, (name, rows) in enumerate(book.all_sheets().items()):
        sheet = made.add_sheet(name)
        sheet.visibility = 1 if name == "_meta" else 0
        for top, row in enumerate(rows):
            for left, value in enumerate(row):
                style = moment if isinstance(value, datetime) else day if isinstance(value, date) else xlwt.XFStyle()
                if number == 0 and (top, left) in covered:
                    bottom, right = covered[top, left]
                    sheet.write_merge(top, bottom, left, right, value, style)
                elif value is not None:
                    sheet.write(top, left, value, style)
    return made


def xlsb(book: Book) -> bytes:
    """Excel's binary workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "binary.xlsb"
        with XlsbWriter(str(path)) as writer:
            for name, rows in book.all_sheets().items():
                writer.add_sheet(name, hidden=name == "_meta")
                writer.write_sheet([list(row) for row in rows])
        return path.read_bytes()


def xlsb_from_1904(book: Book) -> bytes:
    """The same with days counted from 1904: a mark in the workbook's properties, and smaller numbers."""
    sheets = {
        name: [[cell - _FROM_1900_TO_1904 if isinstance(cell, date) else cell for cell in row] for row in rows]
        for name, rows in book.sheets.items()
    }

    def properties(data: bytes) -> bytes:
        changed = bytearray(data)
        for _, kind, body, _size in records(data):
            if kind == 153:
                changed[body] |= 1
        return bytes(changed)

    return repacked(xlsb(replace(book, sheets=sheets)), {"xl/workbook.bin": properties})


def xlsb_with(book: Book, change: Callable[[int, int, int, bytes], bytes | None], after: bytes = b"") -> bytes:
    """The same with records of its first sheet changed: (type, row, column, data) → bytes in its place; more at the end."""

    def sheet(data: bytes) -> bytes:
        parts: list[bytes] = []
        row = 0
        for start, kind, body, size in records(data):
            content = data[body : body + size]
            if kind == 0 and size >= 4:
                row = int.from_bytes(content[:4], "little")
            column = int.from_bytes(content[:4], "little") if 1 <= kind <= 11 and size >= 8 else -1
            if kind == 146:  # the end of the cells
                parts.append(after)
            changed = change(kind, row, column, content)
            parts.append(data[start : body + size] if changed is None else changed)
        return b"".join(parts)

    return repacked(xlsb(book), {"xl/worksheets/sheet1.bin": sheet})


def xlsb_record(kind: int, data: bytes) -> bytes:
    """One record; types and sizes below 128 take one byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data)]) + data


def xlsb_row(row: int) -> bytes:
    """The record with which a row begins."""
    return xlsb_record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))


def xlsb_number(column: int, value: float) -> bytes:
    """A cell with a number."""
    return xlsb_record(5, struct.pack("<IId", column, 0, value))


def xlsb_text(column: int, value: str) -> bytes:
    """A cell with its own text."""
    return xlsb_record(6, struct.pack("<III", column, 0, len(value)) + value.encode("utf-16-le"))


def ods(book: Book, merges: Merges = ()) -> bytes:
    """OpenDocument, as LibreOffice and others write it."""
    packed = io.BytesIO()
    opendocument(book, merges).write(packed)
    return packed.getvalue()


def opendocument(book: Book, merges: Merges = ()) -> OpenDocumentSpreadsheet:
    """The document as odfpy has it, to be changed further."""
    document = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, bottom, left, right in merges}
    covered = {
        (top + down, left + across)
        for (top, left), (height, width) in spans.items()
        for down in range(height)
        for across in range(width)
    } - set(spans)
    for number, (name, rows) in enumerate(book.all_sheets().items()):
        table = Table(name=name, **({"stylename": hidden} if name == "_meta" else {}))
        for top, values in enumerate(rows):
            row = TableRow()
            for left, value in enumerate(values):
                place = (top, left) if number == 0 else (-1, -1)
                row.addElement(_ods_cell(value, spans.get(place), place in covered))
            table.addElement(row)
        document.spreadsheet.addElement(table)
    return document


def _ods_cell(value: Any, span: tuple[int, int] | None, covered: bool) -> Any:
    form: dict[str, Any] = {}
    match value:
        case bool():
            form = {"valuetype": "boolean", "booleanvalue": str(value).lower()}
        case date():
            form = {"valuetype": "date", "datevalue": value.isoformat()}
        case int() | float():
            form = {"valuetype": "float", "value": value}
        case str():
            form = {"valuetype": "string"}
    if span is not None:
        form |= {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    cell = CoveredTableCell(**form) if covered else TableCell(**form)
    for line in str(value).split("\n") if value is not None else ():
        cell.addElement(P(text=line))
    return cell


def spreadsheetml(book: Book, merges: Merges = (), encoding: str = "UTF-8") -> bytes:
    """SpreadsheetML 2003, as systems export it; blank cells are left out and the next one says where it stands."""
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in merges}
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(name)}"><Table>{_xml_rows(rows, spans if number == 0 else {})}</Table>'
        f"<WorksheetOptions><Visible>{'SheetHidden' if name == '_meta' else 'SheetVisible'}</Visible></WorksheetOptions>"
        "</Worksheet>"
        for number, (name, rows) in enumerate(book.all_sheets().items())
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{_SPREADSHEET}" xmlns:ss="{_SPREADSHEET}">{sheets}</Workbook>'
    ).encode(encoding)


def spreadsheetml_in_gbk(book: Book) -> bytes:
    """The same in the encoding of older Chinese systems."""
    return spreadsheetml(book, encoding="GBK")


def spreadsheetml_in_utf_16(book: Book) -> bytes:
    """The same in two bytes a character."""
    return spreadsheetml(book, encoding="UTF-16")


def _xml_rows(rows: list[list[Any]], spans: Mapping[tuple[int, int], tuple[int, int]]) -> str:
    written: list[str] = []
    skipped = False
    for top, row in enumerate(rows):
        if all(value is None for value in row):
            skipped = True
            continue
        index = f' ss:Index="{top + 1}"' if skipped else ""
        written.append(f"<Row{index}>{_xml_cells(top, row, spans)}</Row>")
        skipped = False
    return "".join(written)


def _xml_cells(top: int, row: list[Any], spans: Mapping[tuple[int, int], tuple[int, int]]) -> str:
    written: list[str] = []
    following = 0
    for left, value in enumerate(row):
        if value is None:
            continue
        down, across = spans.get((top, left), (0, 0))
        index = f' ss:Index="{left + 1}"' if left != following else ""
        merged = f' ss:MergeAcross="{across}" ss:MergeDown="{down}"' if (top, left) in spans else ""
        written.append(f"<Cell{index}{merged}>{_xml_data(value)}</Cell>")
        following = left + 1 + across
    return "".join(written)


def _xml_data(value: Any) -> str:
    match value:
        case bool():
            kind, text = "Boolean", str(int(value))
        case datetime():
            kind, text = "DateTime", value.isoformat(timespec="milliseconds")
        case date():
            kind, text = "DateTime", f"{value}T00:00:00.000"
        case int() | float():
            kind, text = "Number", str(value)
        case _:
            kind, text = "String", escape(str(value)).replace("\n", "&#10;")
    return f'<Data ss:Type="{kind}">{text}</Data>'


WRITERS: dict[str, Writer] = {
    writer.__name__: writer
    for writer in (
        xlsx_from_1904, xlsx_with_shared_texts, xlsx_from_wps, xlsx_with_prefixes, xlsm, xls, xls_from_1904, xlsb,
        xlsb_from_1904, ods, spreadsheetml, spreadsheetml_in_gbk, spreadsheetml_in_utf_16,
    )
}  # fmt: skip
"""Every format but plain .xlsx, which the others are compared with."""


def encrypted_xlsx(book: Book) -> bytes:
    """With a password to open, by Office's own method."""
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(book))).encrypt(PASSWORD, locked)
    return locked.getvalue()


def encrypted_xls(book: Book) -> bytes:
    """With a password to open, by RC4 ([MS-OFFCRYPTO] 2.3.6, [MS-XLS] 2.2.10)."""
    salt, verifier = md5(b"salt").digest(), md5(b"verifier").digest()
    cipher = DocumentRC4.decrypt(PASSWORD, salt, io.BytesIO(verifier + md5(verifier).digest())).read()
    password = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + cipher
    plain = _xlwt(book).get_biff_data()
    stream, hidden = bytearray(), bytearray()
    place = 0
    while place < len(plain):
        kind, size = struct.unpack_from("<HH", plain, place)
        head, data = plain[place : place + 4], bytearray(plain[place + 4 : place + 4 + size])
        place += 4 + size
        if kind == 0x85:  # where a sheet begins is never encrypted, and is further down by the new record
            data[:4] = struct.pack("<I", struct.unpack("<I", data[:4])[0] + len(password))
        stream += head + data
        open_part = size if kind == 0x809 else 4 if kind == 0x85 else 0
        hidden += bytes(4 + open_part) + b"\1" * (size - open_part)
        if len(stream) == 4 + size:
            stream += password
            hidden += bytes(len(password))
    secret = DocumentRC4.decrypt(PASSWORD, salt, io.BytesIO(bytes(stream)), 1024).read()
    mixed = bytes(new if is_hidden else old for old, new, is_hidden in zip(stream, secret, hidden, strict=True))
    gap = -len(mixed) % 4  # msoffcrypto wants whole records up to the padding's end
    packed = io.BytesIO()
    XlsDoc().save(packed, mixed + struct.pack("<HH", 0xFFFE, gap) + bytes(gap))
    return packed.getvalue()


def encrypted_ods(book: Book) -> bytes:
    """With a password to open, as OpenDocument 1.2 part 3 has it: each part by itself, told in the manifest."""
    packed = ods(book)
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        content = package.read("content.xml")
        manifest = package.read("META-INF/manifest.xml")
    deflater = compressobj(wbits=-15)
    deflated = deflater.compress(content) + deflater.flush()
    salt, vector = sha256(b"salt").digest()[:16], sha256(b"vector").digest()[:16]
    key = pbkdf2_hmac("sha1", sha256(PASSWORD.encode()).digest(), salt, 1000, 32)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    padding = 16 - len(deflated) % 16
    secret = encryptor.update(deflated + bytes([padding]) * padding) + encryptor.finalize()
    told = (
        b'<manifest:encryption-data><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
        b'<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:iteration-count="1000"/></manifest:encryption-data>'
    )
    manifest = re.sub(
        rb'(<manifest:file-entry[^>]*"content\.xml"[^>]*?)/>', rb"\1>" + told + b"</manifest:file-entry>", manifest
    )
    assert told in manifest
    return repacked(packed, {"content.xml": secret, "META-INF/manifest.xml": manifest}, stored=True)


def opened(locked: bytes) -> bytes:
    """A locked Office file with its password taken off."""
    file = msoffcrypto.OfficeFile(io.BytesIO(locked))
    file.load_key(password=PASSWORD)
    plain = io.BytesIO()
    file.decrypt(plain)
    return plain.getvalue()
