"""What a file is by its content, whatever its name says: what may be attached, and under which endings anything is handed out.

An attachment is looked at whole, from its signature to its end. That does not make it harmless (a picture may hold a
page's text in a comment), so what is handed out is also named by its type, saved and never opened (``file_names``).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

_PNG = b"\x89PNG\r\n\x1a\n"
_PDF_BEGINS = re.compile(rb"%PDF-[12]\.\d")
_PDF_TAIL = 2048
_PDF_ENDS = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\0*\s*\Z")
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""In a JPEG's picture: what is no stuffed byte and no restart."""
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SCAN, _END, _WITHOUT_LENGTH = 0xDA, 0xD9, frozenset({0x01, *range(0xD0, 0xD9)})


def _is_pdf(content: bytes) -> bool:
    """A header at the very beginning, and a trailer at the very end."""
    return _PDF_BEGINS.match(content) is not None and _PDF_ENDS.search(content[-_PDF_TAIL:]) is not None


def _is_png(content: bytes) -> bool:
    """Chunks with right checksums from IHDR to IEND, a picture among them, and nothing behind."""
    at, kinds = len(_PNG), []
    if not content.startswith(_PNG):
        return False
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 8 + size
        if end + 4 > len(content) or zlib.crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4]):
            return False
        kinds.append(kind)
        at = end + 4
        if kind == b"IEND":
            break
    return bool(kinds) and (kinds[0], kinds[-1]) == (b"IHDR", b"IEND") and b"IDAT" in kinds and at == len(content)


def _is_jpeg(content: bytes) -> bool:
    """Segments from the first marker over a frame and a scan to the marker of the end; telephones put their own behind it."""
    at, frame = 2, False
    if not content.startswith(b"\xff\xd8\xff"):
        return False
    while found := _MARKER.match(content, at):
        marker, at = content[found.end() - 1], found.end()
        if marker == _END:
            return False
        if marker in _WITHOUT_LENGTH:
            continue
        size = int.from_bytes(content[at : at + 2])
        if size < 2 or at + size > len(content):
            return False
        frame = frame or (marker in _FRAMES and size >= 11)
        at += size
        if marker == _SCAN:
            return frame and _scans_end(content, at)
    return False


def _scans_end(content: bytes, at: int) -> bool:
    """Whether a picture's scans, the first of which begins here, come to the marker of the end."""
    while found := _MARKER.search(content, at):
        marker, at = content[found.end() - 1], found.end()
        if marker == _END:
            return True
        size = int.from_bytes(content[at : at + 2])
        if size < 2:
            return False
        at += size
    return False


_ATTACHABLE: Mapping[str, Callable[[bytes], bool]] = {
    "application/pdf": _is_pdf,
    "image/jpeg": _is_jpeg,
    "image/png": _is_png,
}
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
}
"""The endings of each type that may be attached; the first is given where the name has none of them."""


_SIGNATURES = {b"%PDF-": ENDINGS["application/pdf"], b"\xff\xd8\xff": ENDINGS["image/jpeg"], _PNG: ENDINGS["image/png"]}
_MARKUP = (b"<?xml", b"<html", b"<table", b"<!doctype", b"<meta", b"<body", b"<tr", b"mime-version:")
_HEAD = 4096


def attachable(content: bytes) -> str | None:
    """The media type of what may be attached; None for anything else."""
    return next((media for media, holds in _ATTACHABLE.items() if holds(content)), None)


def workbook_endings(file: BinaryIO) -> tuple[str, ...]:
    """The endings that suit what was sent as a workbook; the first is given where the name has none of them."""
    head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _package_endings(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ("xls", "et", "xlsx", "xlsm", "xlsb", "doc", "wps")
    for signature, endings in _SIGNATURES.items():
        if head.startswith(signature):
            return endings
    if not head or (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return ("bin",)
    text = head.replace(b"\0", b"").lower()  # of UTF-16
    return ("xls", "xml", "et") if any(mark in text for mark in _MARKUP) else ("csv", "txt", "xls", "et")


def _package_endings(file: BinaryIO) -> tuple[str, ...]:
    try:
        with ZipFile(file) as package:
            names = {name.replace("\\", "/").removeprefix("./").lower() for name in package.namelist()}
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return ("zip",)
    if any(name.endswith(".bin") and name.startswith("xl/workbook") for name in names):
        return ("xlsb",)
    if "content.xml" in names:
        return ("ods", "et")
    if any(name.startswith("word/") for name in names):
        return ("docx",)
    if any(name.startswith("ppt/") for name in names):
        return ("pptx",)
    if any("vbaproject.bin" in name for name in names):
        return ("xlsm",)
    return ("xlsx", "et") if "[content_types].xml" in names else ("zip",)
