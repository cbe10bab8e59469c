"""A workbook's bytes in each of the formats that offices send and that can be written without an office program."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from tests.integration.ledgers import Book

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def xlsx(book: Book) -> bytes:
    """What Excel and WPS write."""
    packed = io.BytesIO()
    book.build().save(packed)
    return packed.getvalue()


def xlsx_from_1904(book: Book) -> bytes:
    """The same from a Macintosh, with days counted from 1904."""
    book.from_1904 = True
    return xlsx(book)


def ods(book: Book) -> bytes:
    """OpenDocument, as LibreOffice writes it."""
    names = " ".join(f'xmlns:{one}="{_OPEN_DOCUMENT}{one}:1.0"' for one in ("office", "table", "text"))
    tables = "".join(
        f'<table:table table:name="{name}">{_ods_rows(rows)}</table:table>' for name, rows in book.all_sheets().items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", _OPEN_SPREADSHEET)
        package.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
            for path, kind in (("/", _OPEN_SPREADSHEET), ("content.xml", "text/xml"))
        )
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_OPEN_DOCUMENT}manifest:1.0">{entries}</manifest:manifest>',
        )
    return packed.getvalue()


def _ods_rows(rows: list[list[Any]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = "date" if isinstance(value, date) else "float" if isinstance(value, int) else "string"
    typed = {"date": f' office:date-value="{value}"', "float": f' office:value="{value}"', "string": ""}[kind]
    return (
        f'<table:table-cell office:value-type="{kind}"{typed}><text:p>{escape(str(value))}</text:p></table:table-cell>'
    )


def _xml_rows(rows: list[list[Any]]) -> str:
    return "".join(f"<Row>{''.join(map(_xml_cell, row))}</Row>" for row in rows)


def _xml_cell(value: Any) -> str:
    if value is None:
        return "<Cell/>"
    kind = "DateTime" if isinstance(value, date) else "Number" if isinstance(value, int) else "String"
    written = f"{value}T00:00:00.000" if kind == "DateTime" else escape(str(value))
    return f'<Cell><Data ss:Type="{kind}">{written}</Data></Cell>'
