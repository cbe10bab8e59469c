"""Small whole files of the types that may be attached, made by hand."""

from __future__ import annotations

import struct
import zlib


def pdf(padding: int = 0) -> bytes:
    """A document of one empty page; so many bytes of comment in its middle."""
    parts = [b"%PDF-1.7\n", b"%" + b"0" * padding + b"\n"]
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj%bendobj\n" % (number, content))
    start = sum(map(len, parts))
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 4\n0000000000 65535 f \n" + rows + b"trailer<</Size 4/Root 1 0 R>>\n")
    return b"".join([*parts, b"startxref\n%d\n%%%%EOF\n" % start])


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png() -> bytes:
    """A picture of one grey pixel."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def segment(marker: int, content: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def jpeg(comment: bytes = b"") -> bytes:
    """A picture of 8 × 8 points in one shade."""
    lengths = bytes((1, *[0] * 15))
    parts = [
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        segment(0xFE, comment) if comment else b"",
        segment(0xDB, bytes((0, *[1] * 64))),
        segment(0xC0, b"\x08\0\x08\0\x08\x01\x01\x11\0"),
        segment(0xC4, bytes((0x00,)) + lengths + b"\0"),
        segment(0xC4, bytes((0x10,)) + lengths + b"\0"),
        segment(0xDA, b"\x01\x01\0\0\x3f\0"),
    ]
    return b"\xff\xd8" + b"".join(parts) + b"\x3f\xff\0\x3f" + b"\xff\xd9"
