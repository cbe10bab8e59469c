"""Files made to exhaust or mislead who reads them, each small and quick to make. Names say what is wrong with them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import olefile
from xlwt.CompoundDoc import XlsDoc

from tests.how_many import is_long
from tests.integration import formats
from tests.integration.formats import SHEET_1, ods, repacked, spreadsheetml, xls, xlsb, xlsx
from tests.integration.ledgers import Book, ledger

MIB = 2**20
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = "xl/sharedStrings.xml"
_LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'haha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(10)
)
_ROW_ENDS, _ROW_BEGINS = (
    b"</text:p></table:table-cell></table:table-row>",
    b"<table:table-row><table:table-cell><text:p>",
)
_OUTSIDE = b"<!DOCTYPE x [<!ENTITY k SYSTEM 'file:///etc/passwd'>]>"


def many(on_long_runs: int, enough: int) -> int:
    """How many of what costs time in proportion; ``enough`` is several times beyond what an honest file has."""
    return on_long_runs if is_long() else enough


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a zip file, with whatever its headers are to say."""

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = zipfile.ZIP_DEFLATED


def repeated(block: bytes, times: int, before: bytes = b"", after: bytes = b"") -> tuple[bytes, int, int]:
    """(deflated, size, CRC) of a block again and again, without ever having it all."""
    deflater = zlib.compressobj(9, wbits=-15)
    packed = [deflater.compress(before) + deflater.flush(zlib.Z_FULL_FLUSH)]
    packed += [deflater.compress(block) + deflater.flush(zlib.Z_FULL_FLUSH)] * times
    packed.append(deflater.compress(after) + deflater.flush())
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    return b"".join(packed), len(before) + len(block) * times + len(after), zlib.crc32(after, crc)


def huge(name: str, block: bytes, times: int, before: bytes = b"", after: bytes = b"") -> Entry:
    """An entry that unpacks to a block again and again."""
    return Entry(name, *repeated(block, times, before, after))


def with_entries(packed: bytes, *entries: Entry) -> bytes:
    """A package with some entries put in place of those of the same name, as their headers say they are."""
    replaced = {entry.name for entry in entries}
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        kept = [
            Entry(info.filename, package.read(info), info.file_size, info.CRC, zipfile.ZIP_STORED)
            for info in package.infolist()
            if info.filename not in replaced
        ]
    return zipped([*kept, *entries])


def zipped(entries: list[Entry], *, places: list[int] | None = None) -> bytes:
    """A zip file of these entries; ``places``: where the directory says they are, if not where they are."""
    body, directory = bytearray(), bytearray()
    for number, entry in enumerate(entries):
        name = entry.name.encode()
        place = len(body) if places is None else places[number]
        fields = struct.pack("<HHHII", entry.method, 0, 33, entry.crc, len(entry.packed)) + struct.pack(
            "<I", entry.size
        )
        if place == len(body):
            body += (
                b"PK\3\4"
                + struct.pack("<HH", 20, 0x800)
                + fields
                + struct.pack("<HH", len(name), 0)
                + name
                + entry.packed
            )
        directory += b"PK\1\2" + struct.pack("<HHH", 20, 20, 0x800) + fields
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, place) + name
    count = min(len(entries), 0xFFFF)
    return (
        bytes(body + directory) + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    )


def sheet_of(row: bytes, times: int, after: bytes = b"</sheetData></worksheet>") -> bytes:
    """An .xlsx whose first sheet is the same bytes again and again."""
    rows = row * max(1, MIB // len(row))
    begin = b'<worksheet xmlns="%s"><sheetData>' % MAIN
    return with_entries(xlsx(ledger()), huge(SHEET_1, rows, max(1, times * len(row) // len(rows)), begin, after))


def _inserted(before: bytes, text: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        assert before in xml
        return xml.replace(before, text + before, 1)

    return change


def _doctype(declaration: bytes, text: bytes = b"") -> Callable[[bytes], bytes]:
    """The document type before the root, and a use of its entity within."""

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", xml)
        return declaration + (xml.replace("甲".encode(), text) if text else xml)

    return change


def _with_texts(strings: Entry | bytes) -> bytes:
    """The ledger with a list of shared texts."""
    packed = formats.xlsx_with_shared_texts(ledger())
    return with_entries(packed, strings) if isinstance(strings, Entry) else repacked(packed, {STRINGS: strings})


def _named(name: str = "甲") -> Book:
    return ledger().put({"T2": name})


def _far_ods(cells: str, rows: str = "") -> bytes:
    row = f"<table:table-row{rows}>{cells}</table:table-row></table:table>".encode()
    return repacked(ods(ledger()), {"content.xml": lambda xml: xml.replace(b"</table:table>", row, 1)})


def _ods_text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _huge_ods(block: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods(Book({"表": [["甲"]]})))) as package:
        head, mark, tail = package.read("content.xml").partition("甲".encode())
    assert mark
    return with_entries(ods(Book({"表": [["甲"]]})), huge("content.xml", block, times, head + before, after + tail))


def _far_shared_text(text: str) -> bytes:
    packed = formats.xlsx_with_shared_texts(ledger())
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        number = package.read(STRINGS).count(b"<si>")
    item = f'<si><t xml:space="preserve">{text}</t></si></sst>'.encode()
    row = b'<row r="999999"><c r="A999999" t="s"><v>%d</v></c></row></sheetData>' % number
    return repacked(
        packed,
        {
            STRINGS: lambda xml: xml.replace(b"</sst>", item),
            SHEET_1: lambda xml: xml.replace(b"</sheetData>", row),
        },
    )


def _cell_far_in_xls(value: str) -> bytes:
    return xls(ledger().put({"IV3": value}))


def _cyclic(kind: str) -> bytes:
    """An .xls whose sectors follow one another in a circle: of its records, its directory, or of the table itself."""
    content = bytearray(xls(ledger()))
    with olefile.OleFileIO(io.BytesIO(bytes(content))) as container:
        table = struct.unpack_from("<I", content, 76)[0]
        entry = next(one for one in container.direntries if one and one.name == "Workbook")
        start = {"stream": entry.isectStart, "directory": container.first_dir_sector, "table": 0}[kind]
    if kind == "table":
        content[68:76] = struct.pack("<II", 1, 1)
        content[512 + 512 + 508 : 512 + 512 + 512] = struct.pack("<I", 1)
    else:
        place = 512 * (table + 1) + 4 * start
        content[place : place + 4] = struct.pack("<I", start)
    return bytes(content)


def _same_sheet(times: int) -> bytes:
    def sheets(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"<sheets>")
        first, end, tail = rest.partition(b"/>")
        identity = re.findall(rb'r?:?id="([^"]*)"', first)[-1]
        namespace = b'xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        several = b"".join(
            b'<sheet %s name="s%d" sheetId="%d" q:id="%s"/>' % (namespace, n, n + 50, identity) for n in range(times)
        )
        return head + b"<sheets>" + several + first + end + tail

    return repacked(xlsx(ledger()), {"xl/workbook.xml": sheets})


def _same_sheet_in_xls() -> bytes:
    content = xls(ledger())
    places = [one.start() for one in re.finditer(rb"\x85\0[\x0c-\x40]\0", content)]
    first = content[places[0] + 4 : places[0] + 8]
    changed = bytearray(content)
    for place in places[1:]:
        changed[place + 4 : place + 8] = first
    return bytes(changed)


def _sheets_within_one_another() -> bytes:
    """Two hundred sheets of an .xls, each of which begins a record after the one before and goes on to the end."""
    content = xls(Book({f"s{number}": [["a"]] for number in range(200)}))
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        stream = bytearray(container.openstream("Workbook").read())
    begin = len(stream)
    records = [one.start() for one in re.finditer(rb"\x85\0[\x08-\x40]\0", stream)]
    assert len(records) == 200
    for number, place in enumerate(records):
        stream[place + 4 : place + 8] = struct.pack("<I", begin + 4 * number)
    packed = io.BytesIO()
    XlsDoc().save(packed, bytes(stream) + struct.pack("<HH", 0xFFFE, 0) * 1_000_000)
    return packed.getvalue()


def _tiny_entries(number: int) -> bytes:
    entry = Entry("a", b"", 0, 0, zipfile.ZIP_STORED)
    return zipped([entry] * number, places=[0] * number)


def _overlapping() -> bytes:
    """Many names for the same bytes: 20 MiB of them would unpack to any size."""
    entry = huge("xl/media/0.bin", bytes(MIB), 8)
    packed = xlsx(ledger())
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        kept = [Entry(one.filename, package.read(one), one.file_size, one.CRC, 0) for one in package.infolist()]
    plain = zipped([*kept, entry])
    place = plain.rindex(b"PK\3\4")
    copies = [Entry(f"xl/media/{n}.bin", entry.packed, entry.size, entry.crc) for n in range(1, 50)]
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        places = [one.header_offset for one in package.infolist()]
    return zipped([*kept, entry, *copies], places=[*places, *[place] * len(copies)])


def _lying(size: int) -> bytes:
    """A sheet that says to be as large as an honest one, with the checksum of that beginning, and goes on."""
    with zipfile.ZipFile(io.BytesIO(xlsx(ledger()))) as package:
        honest = package.read(SHEET_1)
    packed, _, _ = repeated(b" " * MIB, size, honest)
    return with_entries(xlsx(ledger()), Entry(SHEET_1, packed, len(honest), zlib.crc32(honest)))


def _styles(block: bytes, number: int, list_: bytes) -> bytes:
    """More cell formats than any workbook has."""
    begin = b'<styleSheet xmlns="%s"><%s>' % (MAIN, list_)
    middle = b"</%s>" % list_ + (b"" if list_ == b"cellXfs" else b'<cellXfs><xf numFmtId="0"/></cellXfs>')
    return with_entries(
        xlsx(Book({"表": [["甲"]]})),
        huge("xl/styles.xml", block * 1000, number // 1000, begin, middle + b"</styleSheet>"),
    )


def _in_formats(codes: Iterable[str], rows: int) -> bytes:
    """A sheet of five columns of different numbers, each in a format; the formats take turns."""
    named = [
        f'<numFmt numFmtId="{170 + at}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for at, code in enumerate(codes)
    ]
    styles = "".join(f'<xf numFmtId="{170 + at}"/>' for at in range(len(named)))
    cells = "".join(
        f'<c r="{letter}%(row)d" s="%(style)d"><v>%(row)d{letter.encode()[0]}</v></c>' for letter in "ABCDE"
    )
    sheet = "".join(
        f'<row r="{row}">{cells % {"row": row, "style": row % len(named)}}</row>' for row in range(1, rows + 1)
    )
    main = MAIN.decode()
    return repacked(xlsx(Book({"表": [["甲"]]})), {
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{"".join(named)}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'.encode(),
        SHEET_1: f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'.encode(),
    })  # fmt: skip


def _merged(cell: bytes, number: int) -> bytes:
    ends = (
        b'<row r="199999"><c r="A199999"><v>1</v></c></row></sheetData><mergeCells>'
        + cell * number
        + b"</mergeCells></worksheet>"
    )
    return sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>', 1, ends)


def _many_names(number: int) -> bytes:
    names = b"".join(b'<definedName name="n%d">1</definedName>' % n for n in range(number))
    return repacked(
        xlsx(ledger()),
        {
            "xl/workbook.xml": lambda xml: re.sub(
                rb"</sheets>", b"</sheets><definedNames>" + names + b"</definedNames>", xml
            )
        },
    )


def _one_text_everywhere() -> bytes:
    """A text of 30,000 characters, named by 200,000 cells: 6 GB of values from 10 MB of XML."""
    texts = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (MAIN, b"a" * 30_000)
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 199_999))
    packed = formats.xlsx_with_shared_texts(ledger())
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN, rows)
    return repacked(packed, {STRINGS: texts, SHEET_1: sheet})


def endless_cells(part: int = 1) -> bytes:
    """Cells of no value, in a writing that only a parser reads."""
    block = b"<x:row>" + b"<x:c/>" * 199 + b"</x:row>"
    begin = b'<x:worksheet xmlns:x="%s"><x:sheetData>' % MAIN
    return with_entries(xlsx(ledger()), huge(SHEET_1, block * 800, 280 // part, begin, b"</x:sheetData></x:worksheet>"))


def _xlsb_with_merges(number: int) -> bytes:
    merge = formats.xlsb_record(176, struct.pack("<4I", 0, 199_999, 0, 199))
    return formats.xlsb_with(
        ledger(), lambda kind, *_: formats.xlsb_record(146, b"") + merge * number if kind == 146 else None
    )


def _xlsb_after(*records: bytes) -> bytes:
    return formats.xlsb_with(ledger(), lambda *_: None, b"".join(records))


def _truncated(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


def _spreadsheetml_with(text: str, before: str = "</Table>") -> bytes:
    return spreadsheetml(ledger()).decode().replace(before, text + before, 1).encode()


def _page(rows: bytes) -> bytes:
    return b"<html><table>" + rows + b"</table>"


def _corner(column: str, row: int) -> bytes:
    """A sheet of three cells, two of them side by side far down."""
    far = f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="{column}{row}"><v>1</v></c></row>'
    sheet = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData>'
    return repacked(xlsx(ledger()), {SHEET_1: f'<worksheet xmlns="{MAIN.decode()}">{sheet}</worksheet>'.encode()})


def _lying_dimensions() -> bytes:
    """An .xls that says it reaches to IV65536, as some writers always say."""
    content = xls(ledger())
    stated = re.search(rb"\x00\x02\x0e\x00.{14}", content, re.DOTALL)
    assert stated is not None
    lie = struct.pack("<HHIIHHH", 0x200, 14, 0, 65_536, 0, 256, 0)
    return content.replace(stated[0], lie, 1)


ENDLESS: dict[str, Callable[[int], bytes]] = {
    "zip bomb in a sheet": lambda part: sheet_of(b"<row/>", 100 * MIB // part),
    "endless cells in .ods": lambda part: _huge_ods(b"<table:table-cell/>" * 50_000, 300 // part),
    "endless rows in .ods": lambda part: _huge_ods(b"<table:table-row/>" * 50_000, 300 // part, _ROW_ENDS, _ROW_BEGINS),
    "endless elements of no meaning in .ods": lambda part: _huge_ods(b"<a/>" * 250_000, 290 // part),
    "endless elements of no meaning in a sheet": lambda part: sheet_of(b"<a/>", 70_000_000 // part),
    "endless records in .xlsb": lambda part: with_entries(
        xlsb(ledger()), huge("xl/worksheets/sheet1.bin", b"\x26\0" * (MIB // 2), 120 // part)
    ),
    "endless records in the shared texts of an .xlsb": lambda part: with_entries(
        xlsb(ledger()), huge("xl/sharedStrings.bin", b"\x26\0" * (MIB // 2), 120 // part)
    ),
    "endless cells in other writing": endless_cells,
}  # fmt: skip
"""What is looked through for seconds up to a limit; of a part of its size, for a reader whose limits are the same part."""

TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "zip bomb in a picture": lambda: with_entries(xlsx(ledger()), huge("xl/media/a.png", bytes(MIB), many(1024, 320))),
    "zip bomb in an .ods": lambda: with_entries(ods(ledger()), huge("Pictures/a.png", bytes(MIB), many(1024, 320))),
    "zip bomb in an .xlsb": lambda: with_entries(xlsb(ledger()), huge("xl/worksheets/sheet1.bin", bytes(MIB), many(1024, 320))),
    "sheet that lies about its size": lambda: _lying(many(1024, 320)),
    "300,000 tiny entries": lambda: _tiny_entries(300_000),
    "far cell in other writing": lambda: repacked(
        formats.xlsx_with_prefixes(ledger()),
        {SHEET_1: lambda xml: xml.replace(b"</x:sheetData>", b"<x:row><x:c r='XFD1048576'><x:v>1</x:v></x:c></x:row></x:sheetData>")},
    ),
    "long words in a format around many numbers": lambda: _in_formats(['0"' + "字" * 250 + '"'], many(60_000, 30_000)),
    "far shared text": lambda: _far_shared_text("甲"),
    "far shared text in .xlsb": lambda: _xlsb_after(
        formats.xlsb_row(9), formats.xlsb_record(7, struct.pack("<III", 200, 0, 0))
    ),
    "far cell in .xls": lambda: _cell_far_in_xls("x"),
    "far cells by the hundred in .xls": lambda: xls(Book({f"s{n}": [["a"], [None] * 199 + ["b"] * 2] for n in range(2)})),
    "far column in .xlsb": lambda: _xlsb_after(formats.xlsb_row(9), formats.xlsb_number(16_383, 1)),
    "far row in .xlsb": lambda: _xlsb_after(formats.xlsb_row(1_048_575), formats.xlsb_number(0, 1)),
    "corners of many sheets in .xlsb": lambda: _xlsb_after(
        formats.xlsb_row(199_999), formats.xlsb_number(0, 1), formats.xlsb_number(199, 1)
    ),
    "far column in .ods": lambda: _far_ods('<table:table-cell table:number-columns-repeated="16383"/>' + _ods_text("x")),
    "far row in .ods": lambda: _far_ods(_ods_text("x"), ' table:number-rows-repeated="1048500"'),
    "value repeated over all columns in .ods": lambda: _far_ods(
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    ),
    "rows of 200 repeated values in .ods": lambda: _huge_ods(
        b'<table:table-row><table:table-cell table:number-columns-repeated="200" office:value-type="float" office:value="1"/></table:table-row>' * 1000,
        190, _ROW_ENDS, _ROW_BEGINS,
    ),
    "a billion blanks in .ods": lambda: _far_ods(_ods_text('<text:s text:c="1000000000"/>')),
    "far column in SpreadsheetML": lambda: _spreadsheetml_with('<Row><Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell></Row>'),
    "far row in SpreadsheetML": lambda: _spreadsheetml_with('<Row ss:Index="1048576"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'),
    "endless shared texts": lambda: _with_texts(
        huge(STRINGS, b"<si><t>a</t></si>" * 61_681, 280, b'<sst xmlns="%s">' % MAIN, b"</sst>")
    ),
    "endless shared texts with prefixes": lambda: _with_texts(
        huge(STRINGS, b"<x:si><x:t>a</x:t></x:si>" * 41_943, 280, b'<x:sst xmlns:x="%s">' % MAIN, b"</x:sst>")
    ),
    "one enormous shared text": lambda: _with_texts(
        huge(STRINGS, b"a" * MIB, 200, b'<sst xmlns="%s"><si><t>' % MAIN, b"</t></si></sst>")
    ),
    "one enormous text in a cell": lambda: with_entries(
        xlsx(ledger()),
        huge(SHEET_1, b"a" * MIB, 200, b'<worksheet xmlns="%s"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>' % MAIN,
             b"</t></is></c></row></sheetData></worksheet>"),
    ),
    "one enormous text in .ods": lambda: _huge_ods(b"a" * MIB, 200),
    "endless paragraphs in .ods": lambda: _huge_ods(b"</text:p><text:p>" * 61_681, 200),
    "one enormous text in SpreadsheetML": lambda: _spreadsheetml_with(
        f'<Row><Cell><Data ss:Type="String">{"a" * 4 * MIB}</Data></Cell></Row>'
    ),
    "5 million number formats": lambda: _styles(b'<numFmt numFmtId="170" formatCode="0"/>', 5_000_000, b"numFmts"),
    "a million merged cells": lambda: _merged(b'<mergeCell ref="A1:B2"/>', 1_000_000),
    "a million merged cells in .xlsb": lambda: _xlsb_with_merges(500_000),
    "sheets within one another in .xls": _sheets_within_one_another,
    "100,000 spans in a web page": lambda: _page(b"".join(b"<tr><td rowspan=9999999 colspan=1000000>%d" % n for n in range(100_000))),
    "spans upon spans in a web page": lambda: _page(
        b"<tr>" + b"<td rowspan=99999>1" * 199 + b"<tr><td>1" * 150_000
    ),
    "cells side by side in a web page": lambda: _page(b"<tr>" + b"<td>1" * 2_000_000),
    "endless rows in a web page": lambda: _page(b"<tr><td>1" * many(1_500_000, 600_000)),
    "endless lines in a web page": lambda: b"<p>a" * 4_000_000 + _page(b"<tr><td>1"),
    "endless tables in a web page": lambda: b"<table></table>" * 1_000_000 + _page(b"<tr><td>1"),
    "tables within cells by the ten thousand": lambda: _page(b"<tr><td>x<table><tr><td>1<tr><td>2</table>" * 60_000),
    "endless entities in a web page": lambda: _page(b"<tr><td>" + b"&nbsp;&amp;&lt;&#20013;" * 800_000),
    "far row in CSV": lambda: b"\n" * many(10_000_000, 2_000_000) + b"1",
    "far column in CSV": lambda: b"1" + b"," * 1_000_000 + b"1",
    "one enormous field in CSV": lambda: b"a" * 4 * MIB,
    "3,000 sheets": lambda: repacked(xlsx(ledger()), {
        "xl/workbook.xml": lambda xml: xml.replace(b"</sheets>", b'<sheet name="x" sheetId="9"/>' * 3000 + b"</sheets>")
    }),
}  # fmt: skip

UNFOLDING: dict[str, Callable[[], bytes]] = {
    f"two cells at {column}{row}": lambda column=column, row=row: _corner(column, row)
    for column, row in (("GR", 200_000), ("GA", 65_536), ("AX", 200_000))
}
"""Small files that a reader lays out as enormous rectangles: only the child's limit, which goes by their size, stops them."""

NOT_A_WORKBOOK: dict[str, Callable[[], bytes]] = {
    "overlapping entries": _overlapping,
    "deep web page": lambda: b"<div>" * 300_000 + _page(b"<tr><td>1"),
    "web page without an end": lambda: b"<script>" * 2_000_000 + _page(b"<tr><td>1"),
    "page within a comment": lambda: b"<!--" * 4_000_000 + _page(b"<tr><td>1"),
    "mail of pages without a page": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n" * 200_000,
    "sheet of entities in an archive's name": lambda: b"<!DOCTYPE html [<!ENTITY a 'x'>]><p>&a;",
    "open quotation mark in CSV": lambda: b'1,"' + b"a,b\n" * 100_000,
    "sheet that goes on a little after its stated end": lambda: _lying(1),
    "zip within a zip within a zip": lambda: _nested(20),
    **{
        f"{what} in {part}": lambda part=part, declaration=declaration, use=use: repacked(
            xlsx(_named()), {part: _doctype(declaration, use)}
        )
        for what, declaration, use in (("billion laughs", _LAUGHS, b"&k;"), ("a file from outside", _OUTSIDE, b"&k;"))
        for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET_1, "xl/styles.xml", "[Content_Types].xml")
    },
    "billion laughs in the shared texts": lambda: repacked(
        formats.xlsx_with_shared_texts(_named()), {STRINGS: _doctype(_LAUGHS, b"&k;")}
    ),
    "billion laughs in .ods": lambda: repacked(ods(_named()), {"content.xml": _doctype(_LAUGHS, b"&k;")}),
    "a file from outside in .ods": lambda: repacked(ods(_named()), {"content.xml": _doctype(_OUTSIDE, b"&k;")}),
    "billion laughs in SpreadsheetML": lambda: _doctype(_LAUGHS, b"&k;")(spreadsheetml(_named())),
    "a file from outside in SpreadsheetML": lambda: _doctype(_OUTSIDE, b"&k;")(spreadsheetml(_named())),
    "deep XML in a sheet": lambda: sheet_of(b"<a>", 60 * MIB),
    "deep XML in .ods": lambda: _huge_ods(b"<a>" * 349_525, 60),
    "deep XML in SpreadsheetML": lambda: _spreadsheetml_with("<a>" * 2_000_000),
    "merged cells upon one another": lambda: _merged(b'<mergeCell ref="A1:A199999"/>', many(300_000, 60_000)),
    "merged cells upon one another in .xlsb": lambda: _xlsb_with_merges(100_000),
    "merged cells upon one another in SpreadsheetML": lambda: _spreadsheetml_with(
        "<Row>" + '<Cell ss:Index="1" ss:MergeDown="199998"><Data ss:Type="Number">1</Data></Cell>' * 5000
        + '</Row><Row ss:Index="199999"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'
    ),
    "one sheet a thousand times": lambda: _same_sheet(990),
    "one sheet for all in .xls": _same_sheet_in_xls,
    **{f"circle in the {kind} of an .xls": lambda kind=kind: _cyclic(kind) for kind in ("stream", "directory", "table")},
    **{
        f"{writer.__name__} cut off after {share:.0%}": lambda writer=writer, share=share: _truncated(writer(ledger()), share)
        for writer in (xlsx, xlsb, ods, xls, spreadsheetml)
        for share in (0.3, 0.9)
    },
    ".xls of nothing but its first sector": lambda: xls(ledger())[:512],
    "record longer than its .xlsb": lambda: formats.xlsb_with(
        ledger(), lambda kind, *_: b"\x92\x01\xff\xff\xff\x7f" if kind == 146 else None
    ),
}  # fmt: skip

HARMLESS: dict[str, Callable[[], bytes]] = {
    "a bomb that is only enclosed": lambda: repacked(xlsx(ledger()), {"xl/embeddings/a.zip": _nested(3)}),
    "number formats without end": lambda: _styles(
        b'<numFmt numFmtId="170" formatCode="0"/>', many(500_000, 150_000), b"numFmts"
    ),
    "thousands of formats of its own": lambda: _in_formats([f'0"{number:06d}{"字" * 100}"' for number in range(60_000)], 40),
    "hidden rows down to the end in .ods": lambda: _far_ods(
        "<table:table-cell/>", ' table:visibility="collapse" table:number-rows-repeated="1048000"'
    ),
    "cell formats without end": lambda: _styles(b'<xf numFmtId="0"/>', many(1_000_000, 250_000), b"cellXfs"),
    "a title over a million columns of a web page": lambda: _page(b"<tr><td colspan=1000000 rowspan=1000000>1"),
    "megabytes of comment in a web page": lambda: _page(b"<tr><td>1") + b"<!--" + b"-" * 15_000_000,
    "half a million attributes in a web page": lambda: _page(b"<tr><td " + b" ".join(b"a%d=1" % n for n in range(500_000)) + b">1"),
    "entities of a web page's own": lambda: b"<!DOCTYPE html [<!ENTITY a 'x'>]>" + _page(b"<tr><td>&a;"),
    "dimensions that lie in .xls": _lying_dimensions,
    "a dimension that lies": lambda: repacked(
        xlsx(ledger()), {SHEET_1: lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)}
    ),
    "200,000 defined names": lambda: _many_names(200_000),
    "shared blanks far outside": lambda: _far_shared_text("   "),
    "blanks far outside in .xls": lambda: _cell_far_in_xls("   "),
    "blanks far outside in .xlsb": lambda: _xlsb_after(formats.xlsb_row(1_048_575), formats.xlsb_text(16_383, "  ")),
    "blanks far outside in .ods": lambda: _far_ods(
        '<table:table-cell table:number-columns-repeated="16383"/>' + _ods_text("<text:s text:c='3'/>"), ' table:number-rows-repeated="1048000"'
    ),
    "blanks far outside in SpreadsheetML": lambda: _spreadsheetml_with(
        '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="String">  </Data></Cell></Row>'
    ),
    "stray character in .xls": lambda: xls(ledger().put({"GR65536": "`"})),
    "stray character in .xlsb": lambda: _xlsb_after(formats.xlsb_row(199_999), formats.xlsb_text(199, "`")),
    "stray character in .ods": lambda: _far_ods(
        '</table:table-row><table:table-row table:number-rows-repeated="199900"/><table:table-row>'
        '<table:table-cell table:number-columns-repeated="199"/>' + _ods_text("`")
    ),
    "stray character in SpreadsheetML": lambda: _spreadsheetml_with(
        '<Row ss:Index="200000"><Cell ss:Index="200"><Data ss:Type="String">`</Data></Cell></Row>'
    ),
    "stray character in other writing": lambda: repacked(
        formats.xlsx_with_prefixes(ledger()),
        {SHEET_1: lambda xml: xml.replace(b"</x:sheetData>", b"<x:row><x:c r='GR200000'><x:v>1</x:v></x:c></x:row></x:sheetData>")},
    ),
    "blank rows down to the end in .ods": lambda: _far_ods(
        '<table:table-cell table:number-columns-repeated="16384"/>', ' table:number-rows-repeated="1048000"'
    ),
    "coloured cells down to the end": lambda: repacked(xlsx(ledger()), {
        SHEET_1: lambda xml: xml.replace(
            b"</sheetData>", b"".join(b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (n, n) for n in range(948_577, 1_048_577)) + b"</sheetData>"
        )
    }),
}  # fmt: skip


def _nested(depth: int) -> bytes:
    content = xlsx(ledger())
    for number in range(depth):
        content = zipped([Entry(f"{number}.xlsx", content, len(content), zlib.crc32(content), zipfile.ZIP_STORED)])
    return content


PAST_THE_SCAN: dict[str, Callable[[], bytes]] = {
    "one long text in 200,000 cells": _one_text_everywhere,
    "endless open tags between rows": lambda: sheet_of(b"<a>" * 300_000 + b"<row></row>", 320),
}
"""What only the child's own limits stop."""


def _few_bytes(sheets: int) -> Book:
    return Book({f"表{number}": [["x"]] for number in range(sheets)})


def _laid_out_ods(sheets: int) -> bytes:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="200"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="199999">{cell}</table:table-row></table:table>'.encode()
    return repacked(ods(_few_bytes(sheets)), {"content.xml": lambda xml: xml.replace(b"</table:table>", row)})


def _laid_out_spreadsheetml(sheets: int) -> bytes:
    cell = '<Cell><Data ss:Type="String">x</Data></Cell>'
    rows = f'<Row>{cell * 200}</Row><Row ss:Index="200000">{cell}</Row></Table>'
    return spreadsheetml(_few_bytes(sheets)).replace(b"</Table>", rows.encode())


LAID_OUT: dict[str, Callable[[int], bytes]] = {".ods": _laid_out_ods, "SpreadsheetML": _laid_out_spreadsheetml}
"""So many sheets, each of which says in a few bytes that it reaches to row 200,000 and column 200."""
