"""The pages of a PDF that somebody holds: read in a process of its own, within limits, for it may be anybody's file."""

from __future__ import annotations

import base64
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.results.document_cells import told_of

_HYPHENS = ("\ufffe", "\x02")
"""What PDFium tells in place of a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page: its words, a line a line; what hinders that they are read; how many pictures lie on it; and how it looks, packed."""

    text: str
    strange: Sequence[str] = ()
    pictures: int = 0
    picture: tuple[int, int, str] = (0, 0, "")

    @property
    def plain(self) -> str:
        """Its words without blanks and ends of lines, full-width signs and others alike."""
        return plain(self.text)

    def looks_like(self, other: PageRead) -> bool:
        """Whether it looks the same, point by point."""
        if self.picture[:2] != other.picture[:2]:
            return False
        if self.picture[2] == other.picture[2]:
            return True
        points = [zlib.decompress(base64.b64decode(one.picture[2])) for one in (self, other)]
        return all(abs(one - another) <= _NOT_SEEN for one, another in zip(*points, strict=True))


_NOT_SEEN = 32
"""Of 255, what a point may be darker or lighter."""


@dataclass(frozen=True, slots=True)
class PagesRead:
    """A PDF as it was read (``etl.reading.plain_pages``)."""

    pages: Sequence[PageRead]
    producer: str = ""
    fonts: Sequence[str] = ()
    besides: Sequence[str] = ()
    locked: bool = False
    too_long: bool = False


def plain(words: str) -> str:
    """Words without blanks, full-width signs and others alike: PDFs know no paragraphs, and each program has its own signs."""
    for one in _HYPHENS:
        words = words.replace(one, "-")
    return "".join(unicodedata.normalize("NFKC", words).split())


def pages_read(raw: bytes) -> PagesRead | None:
    """What stands in a PDF; None where it is none, or could not be read within the limits."""
    told = told_of("etl.reading.plain_pages", raw)
    return None if told is None else understood_pages(told)


def understood_pages(told: Mapping[str, Any]) -> PagesRead:
    """What the process that reads a PDF tells of it."""
    pages = [
        PageRead(
            one["text"], one["strange"], one["pictures"], (one["picture"][0], one["picture"][1], one["picture"][2])
        )
        for one in told["pages"]
    ]
    return PagesRead(pages, **{name: value for name, value in told.items() if name != "pages"})
