"""What a file is by its content; its name says nothing. What is no workbook is refused with what to do about it."""

from __future__ import annotations

import codecs
import re
from enum import Enum, auto

from data.intake.sizes import LARGEST_FILE
from etl.reading.arrangement import BINARY_WORKBOOK, workbook_part
from etl.reading.limits import Unreadable
from etl.reading.package import Package
from etl.reading.relations import WORKBOOK
from etl.reading.spreadsheetml import NAMESPACE

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKUP = re.compile(
    r"<!doctype html|<html|<head|<body|<table|<tr\b|<meta|mime-version:|"
    r"\A\s*<(?:!--|(?:div|p|style|script|title|span|font|center|form|h[1-6])\b)",
    re.IGNORECASE,
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_SHORTCUT = b"L\0\0\0\x01\x14\x02\0"
_SHORTEST_LOCK_FILE, _LONGEST_LOCK_FILE, _USERS_NAME = 160, 170, 54
_OFFICE_LOCK = re.compile(rb"(?:[^,\n]*,){3}[\d.]+ [\d:]+,file:///[^\n]{0,600};\n?")
"""LibreOffice's own: who, where, when, and its profile."""
_SPREADSHEET_NAME = re.compile(r"\.(xls[xmb]?|et|ett|ods|csv)$", re.IGNORECASE)
_DOCUMENT_PARTS = ("word/document.xml", "ppt/presentation.xml", "OFD.xml")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class FileFormat(Enum):
    """Formats that can be read."""

    XLSX = auto()
    XLSB = auto()
    OPEN_DOCUMENT = auto()
    OLE = auto()
    SPREADSHEETML = auto()
    WEB_PAGE = auto()
    SEPARATED = auto()
    """A text: CSV, if anything."""
    PACKAGE = auto()
    """One of the first three: ``package_format`` tells."""


_USUAL_PARTS = (
    (WORKBOOK, FileFormat.XLSX),
    (BINARY_WORKBOOK, FileFormat.XLSB),
    ("content.xml", FileFormat.OPEN_DOCUMENT),
)


def format_of(content: bytes) -> FileFormat:
    """The format of a file; Unreadable where it is none of them. Of the last two only a known table makes a workbook."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large")
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("not_a_workbook", "empty_file")
    if content.startswith(b"PK"):
        return FileFormat.PACKAGE
    if content.startswith(_OLE):
        return FileFormat.OLE
    if _is_lock_file(content):
        raise Unreadable("not_a_workbook", "lock_file")
    if content.startswith(_SHORTCUT):
        raise Unreadable("not_a_workbook", "shortcut")
    if content.startswith(_ARCHIVES):
        raise Unreadable("not_a_workbook", "archive")
    if content.startswith(_DOCUMENTS):
        raise Unreadable("not_a_workbook", "other_document")
    head = _as_text(content[:_HEAD])
    if head is None:
        raise Unreadable("not_a_workbook")
    if NAMESPACE in head:
        return FileFormat.SPREADSHEETML
    return FileFormat.WEB_PAGE if _MARKUP.search(head) else FileFormat.SEPARATED


def _is_lock_file(content: bytes) -> bool:
    """What Excel and WPS leave beside an open workbook: its user's name in a field of 54 bytes, then once more in UTF-16."""
    if not _SHORTEST_LOCK_FILE <= len(content) <= _LONGEST_LOCK_FILE:
        return _OFFICE_LOCK.fullmatch(content) is not None
    length = content[0]
    field = content[1 : 1 + _USERS_NAME]
    return 0 < length <= _USERS_NAME and not field[length:].strip(b"\0 ") and b"," not in field[:length]


def package_format(package: Package) -> FileFormat:
    """The format of a zip package; Unreadable where it is none, or could be read as several."""
    if _is_encrypted_document(package):
        raise Unreadable("encrypted")
    found = [format_ for name, format_ in _USUAL_PARTS if name in package]
    if not found:
        part = workbook_part(package)
        found = [] if part is None else [FileFormat.XLSB if part.lower().endswith(".bin") else FileFormat.XLSX]
    if len(found) == 1:
        return found[0]
    if any(name in package for name in _DOCUMENT_PARTS):
        raise Unreadable("not_a_workbook", "other_document")
    if any(_SPREADSHEET_NAME.search(name) for name in package.names):
        raise Unreadable("not_a_workbook", "archive")
    raise Unreadable("not_a_workbook")


def _is_encrypted_document(package: Package) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in package and b"encryption-data" in package.read(manifest)


def _as_text(head: bytes) -> str | None:
    """The beginning as text, in any encoding that Chinese offices use; None where it is none."""
    if head.startswith(_BOMS[1:]):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None
