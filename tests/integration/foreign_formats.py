"""Workbooks as programs write them that are no office programs: web pages, CSV, and packages in other orders than Excel's."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.message import EmailMessage
from html import escape
from typing import Any

from tests.integration.formats import Merges, repacked, xlsb, xlsx_with_shared_texts
from tests.integration.ledgers import Book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shown(value: Any) -> str:
    """A cell as a page or a text shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{value:%Y/%m/%d %H:%M}"
        case date():
            return f"{value.year}/{value.month}/{value.day}"
        case _:
            return str(value)


def html_table(rows: list[list[Any]], merges: Merges = ()) -> str:
    """A table whose merged cells are written as spans, and those that they cover not at all."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, bottom, left, right in merges}
    covered = {
        (row, column)
        for top, bottom, left, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    lines = []
    for number, row in enumerate(rows):
        cells = []
        for position, value in enumerate(row):
            if (number, position) not in covered:
                down, across = spans.get((number, position), (1, 1))
                attributes = f' rowspan="{down}" colspan={across}' if (down, across) != (1, 1) else ""
                cells.append(f"<td{attributes}>{escape(shown(value)).replace(chr(10), '<br>')}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"


def web_page(book: Book, merges: Merges = (), encoding: str = "utf-8", head: str = "") -> bytes:
    """The first sheet as a page that names its encoding."""
    name, rows = next(iter(book.sheets.items()))
    named = (
        f"<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>{escape(name)}</x:Name></x:ExcelWorkbook></xml><![endif]-->"
    )
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    return f"<html><head>{meta}{named}{head}</head><body>{html_table(rows, merges)}</body></html>".encode(encoding)


def web_page_in_gb2312(book: Book) -> bytes:
    """As older systems write it."""
    return web_page(book, encoding="gb18030").replace(b"charset=gb18030", b"charset=gb2312")


def web_page_in_utf_16(book: Book) -> bytes:
    """With a byte order mark."""
    return web_page(book, encoding="utf-16")


def piece_of_a_page(book: Book) -> bytes:
    """Rows alone, in capitals, without the ends that may be left out."""
    page = re.sub(r"</t[rd]>", "", html_table(next(iter(book.sheets.values())))).removeprefix("<table border=1>")
    return re.sub(r"</?(?:t[rd]|table)\b", lambda tag: tag[0].upper(), page).encode()


def web_archive(book: Book) -> bytes:
    """What Excel saves as a single web page: a mail of pages, the first of which names the sheets."""
    mail = EmailMessage()
    names = "".join(
        f"<x:ExcelWorksheet><x:Name>{escape(name)}</x:Name></x:ExcelWorksheet>" for name in book.all_sheets()
    )
    frames = (
        f"<html><head><!--[if gte mso 9]><xml>{names}</xml><![endif]--></head><frameset rows='*,39'></frameset></html>"
    )
    mail.set_content(frames, subtype="html", cte="quoted-printable")
    mail.make_mixed()
    for number, rows in enumerate(book.all_sheets().values(), start=1):
        page = f"<html><body>{html_table(rows)}</body></html>"
        mail.add_attachment(page, subtype="html", cte="quoted-printable")
        part = list(mail.iter_attachments())[-1]
        part["Content-Location"] = f"file:///C:/1/sheet{number:03}.htm"
    return b"MIME-Version: 1.0\r\n" + mail.as_bytes().replace(b"MIME-Version: 1.0\n", b"", 1)


def separated(book: Book, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The first sheet as Excel writes it in one of its text formats."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(
        [shown(value) for value in row] for row in next(iter(book.sheets.values()))
    )
    return written.getvalue().encode(encoding)


def renamed(packed: bytes, name: Callable[[str], str]) -> bytes:
    """A package with other names for its entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for one in source.namelist():
            entry = zipfile.ZipInfo("x")
            entry.filename = name(one)
            copy.writestr(entry, source.read(one))
    return target.getvalue()


def moved(packed: bytes, book: str = "xl/workbook", to: str = "表/账本") -> bytes:
    """The workbook's part in another place under another name, where the package's relationships say."""
    folder, _, name = to.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(packed)) as source:
        ending = ".bin" if f"{book}.bin" in source.namelist() else ".xml"
        relations = source.read(f"xl/_rels/workbook{ending}.rels")
    relations = re.sub(rb'Target="(?!/)', b'Target="/xl/', relations)
    names = {
        f"{book}{ending}": f"{to}{ending}",
        f"xl/_rels/workbook{ending}.rels": f"{folder}/_rels/{name}{ending}.rels",
    }
    old, new = f"xl/workbook{ending}".encode(), f"{to}{ending}".encode()
    changed = repacked(
        packed,
        {
            f"xl/_rels/workbook{ending}.rels": relations,
            "_rels/.rels": lambda xml: xml.replace(old, new),
            "[Content_Types].xml": lambda xml: xml.replace(b"/" + old, b"/" + new),
        },
    )
    return renamed(changed, lambda one: names.get(one, one))


def _listed(packed: bytes, entry: str, relation: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A package that lists one more sheet."""
    return repacked(
        packed,
        {
            "xl/workbook.xml": lambda xml: xml.replace(b"</sheets>", f"{entry}</sheets>".encode()),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                b"</Relationships>", f"{relation}</Relationships>".encode()
            ),
            **(more or {}),
        },
    )


def with_macro_sheet(packed: bytes) -> bytes:
    """A sheet of Excel 4 macros beside, which nobody runs."""
    entry = f'<sheet xmlns:r="{_OFFICE}" name="Macro1" sheetId="90" state="veryHidden" r:id="rIdM"/>'
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    relation = f'<Relationship Type="{kind}" Target="macrosheets/sheet1.xml" Id="rIdM"/>'
    macros = f'<xm:macrosheet xmlns="{MAIN}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData/></xm:macrosheet>'
    return _listed(packed, entry, relation, {"xl/macrosheets/sheet1.xml": macros.encode()})


def with_dialog_sheet(packed: bytes) -> bytes:
    """A sheet that is a dialog of Excel 5."""
    entry = f'<sheet xmlns:r="{_OFFICE}" name="Dialog1" sheetId="91" r:id="rIdD"/>'
    relation = f'<Relationship Type="{_OFFICE}/dialogsheet" Target="dialogsheets/sheet1.xml" Id="rIdD"/>'
    return _listed(packed, entry, relation, {"xl/dialogsheets/sheet1.xml": f'<dialogsheet xmlns="{MAIN}"/>'.encode()})


def with_sheet_without_relationship(packed: bytes) -> bytes:
    """A sheet that is listed and related to nothing."""
    return _listed(packed, f'<sheet xmlns:r="{_OFFICE}" name="无" sheetId="92" r:id="rIdNone"/>')


def with_missing_part(packed: bytes) -> bytes:
    """A sheet whose part is not there."""
    entry = f'<sheet xmlns:r="{_OFFICE}" name="缺" sheetId="93" r:id="rIdGone"/>'
    return _listed(
        packed, entry, f'<Relationship Type="{_OFFICE}/worksheet" Target="worksheets/gone.xml" Id="rIdGone"/>'
    )


def in_encoding(packed: bytes, encoding: str, declared: str, part: str = "xl/sharedStrings.xml") -> bytes:
    """One part in another encoding, which it declares."""

    def change(xml: bytes) -> bytes:
        text = re.sub(r"<\?xml[^>]*\?>", "", xml.decode())
        return f'<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(encoding)

    return repacked(packed, {part: change})


SHEET_1 = "xl/worksheets/sheet1.xml"
PACKAGES: dict[str, Callable[[Book], bytes]] = {
    "backslashes": lambda book: renamed(xlsx_with_shared_texts(book), lambda one: one.replace("/", "\\")),
    "dots before": lambda book: renamed(xlsx_with_shared_texts(book), lambda one: f"./{one}"),
    "slashes before": lambda book: renamed(xlsx_with_shared_texts(book), lambda one: f"/{one}"),
    "capitals": lambda book: renamed(xlsx_with_shared_texts(book), str.upper),
    "small letters": lambda book: renamed(xlsx_with_shared_texts(book), str.lower),
    "backslashes in targets": lambda book: repacked(
        xlsx_with_shared_texts(book),
        {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"worksheets/", b".\\worksheets\\")},
    ),
    "elsewhere": lambda book: moved(xlsx_with_shared_texts(book)),
    "other name": lambda book: moved(xlsx_with_shared_texts(book), to="xl/workbook22"),
    "elsewhere, by its type alone": lambda book: repacked(
        moved(xlsx_with_shared_texts(book)), {"_rels/.rels": b"<a/>"}
    ),
    "macro sheet": lambda book: with_macro_sheet(xlsx_with_shared_texts(book)),
    "dialog": lambda book: with_dialog_sheet(xlsx_with_shared_texts(book)),
    "no relationship": lambda book: with_sheet_without_relationship(xlsx_with_shared_texts(book)),
    "no part": lambda book: with_missing_part(xlsx_with_shared_texts(book)),
    "texts in gb2312": lambda book: in_encoding(xlsx_with_shared_texts(book), "gb18030", "gb2312"),
    "texts in GB18030": lambda book: in_encoding(xlsx_with_shared_texts(book), "gb18030", "GB18030"),
    "texts in UTF-16": lambda book: in_encoding(xlsx_with_shared_texts(book), "utf-16", "UTF-16"),
    "sheet in gbk": lambda book: in_encoding(xlsx_with_shared_texts(book), "gbk", "gbk", SHEET_1),
    "workbook in gbk": lambda book: in_encoding(xlsx_with_shared_texts(book), "gbk", "GBK", "xl/workbook.xml"),
    "binary with backslashes": lambda book: renamed(xlsb(book), lambda one: one.replace("/", "\\")),
    "binary in capitals": lambda book: renamed(xlsb(book), str.upper),
    "binary elsewhere": lambda book: moved(xlsb(book)),
}
