"""A PDF that somebody holds, laid beside the bulletin that was given out: its words, what lies over them, and how its pages look.

Its words are compared with those of our .docx, whoever made it. Where the program that made it is our own converter and that is to be had, the very
PDF is made anew: then its pages must look the same, point by point, and its bytes can be told to be the same but for when it was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from dashboards.meeting.converting import NoConverter
from dashboards.meeting.document_pages import PagesRead, pages_read
from dashboards.meeting.document_words import WordsRead, words_read
from dashboards.meeting.held import Difference, claim_in
from dashboards.meeting.issued import Issued
from dashboards.meeting.pages_beside import (
    can_be_compared_by_looks,
    differing_pages,
    laid_over,
    looking_otherwise,
    same_words,
)
from dashboards.meeting.pdf import as_pdf
from dashboards.method.frozen import ABSENT
from dashboards.results.verification import (
    BY_LOOKS,
    BY_WORDS,
    LOCKED,
    MOST_NAMED,
    NO_PAPER,
    NO_WORDS,
    UNREADABLE,
    HeldDocument,
)
from data.intake.publications import Publication
from data.language import gettext as _

WAIT, SECONDS = 5.0, 20.0
"""How long others may be at the converter before it, and how long it may take: whoever asks holds a thread of the server."""
_OURS = "LibreOffice"
_VARIES = re.compile(
    rb"/(?:CreationDate|ModDate) ?\([^)]{0,60}\)|/DocChecksum ?/[0-9A-F]{32}|/ID ?\[\s{0,4}<[0-9A-F]{32}>\s{0,4}<[0-9A-F]{32}>\s{0,4}\]"
)
"""What our converter writes otherwise each time."""
Issues = Callable[[Publication], Iterator[Issued]]
"""The documents as which a publication may have been given out."""
_FEW = 20
"""Differences up to which it is worth while to have our document converted: it may be the reading alone that went otherwise."""


@dataclass(slots=True)
class HeldPdf:
    """``document``: how it is compared, None where no fingerprint is printed on it; ``told_by``: once it was, by what it was told;
    ``nearest``: then the .docx of ours that it is nearest to. ``printed``: the words of its pages, the last page first.
    """

    document: HeldDocument | None = None
    printed: Sequence[str] = ()
    told_by: str = BY_WORDS
    nearest: bytes = b""


def pdf_held(raw: bytes, issues_of: Callable[[Sequence[str]], Issues]) -> HeldPdf | str:
    """A PDF as it was read; why it cannot be told where it was not. ``issues_of``: what it is laid beside, by the words of its pages, the
    last page first.
    """
    found = pages_read(raw)
    if found is None or found.too_long:
        return UNREADABLE
    if found.locked:
        return LOCKED
    if not any(one.plain for one in found.pages):
        return NO_WORDS
    if _is_no_paper(found):
        return NO_PAPER
    printed = [one.plain for one in reversed(found.pages)]
    held = HeldPdf(printed=printed)
    claim = claim_in({}, printed)
    if claim is not None:
        issues = issues_of(printed)
        held.document = HeldDocument(
            claim,
            lambda of: dict(_differences(issues(of), found, held)),
            lambda _of: _the_very_one(held.nearest, raw, found),
        )
    return held


def _is_no_paper(found: PagesRead) -> bool:
    """Whether every page lies on its side, as those of decks and workbooks do: it is laid beside no bulletin, which it could only differ from."""
    return all(width > height for width, height, _points in (one.picture for one in found.pages))


def _differences(issues: Iterator[Issued], found: PagesRead, held: HeldPdf) -> Iterator[Difference]:
    """What differs from the bulletin that it is nearest to by its words; that one is converted, and of others with the same words, which were laid out
    otherwise, the next where it only looks otherwise.
    """
    nearest = _nearest_words(issues, found, held)
    if nearest is None:
        yield _("the whole document"), (ABSENT, _("nothing of the kind was given out"))
        return
    words, over, looks = _looked_at(nearest, found, held)
    first = held.nearest
    while looks and (another := _nearest_words(issues, found, held)) is not None and not another[0]:
        if _looked_at(another, found, held)[2] == []:
            looks = []
    if looks:
        held.nearest = first
    yield from chain(words, over, looks or ())


def _looked_at(
    nearest: tuple[list[Difference], WordsRead], found: PagesRead, held: HeldPdf
) -> tuple[list[Difference], list[Difference], list[Difference] | None]:
    """Words that differ, what is laid over them, and pages that look otherwise: None where it could not be told how they look."""
    words, own = nearest
    over = list(laid_over(own, found))
    printed = _pages_of(held.nearest) if _is_ours(found) and len(words) <= _FEW else None
    if printed is not None and same_words(printed, found):
        words = []
    if printed is None or words or not can_be_compared_by_looks(printed, found):
        return words, over, None
    held.told_by = BY_LOOKS
    return words, over, [] if over else list(looking_otherwise(printed, found))


def _nearest_words(
    issues: Iterator[Issued], found: PagesRead, held: HeldPdf
) -> tuple[list[Difference], WordsRead] | None:
    least: tuple[list[Difference], WordsRead] | None = None
    for one in issues:
        own = words_read(one.made)
        if own is None:
            raise RuntimeError("our own document cannot be read")
        words = list(islice(differing_pages(own, found, one.loose, labelled=one.labelled), MOST_NAMED))
        if least is None or len(words) < len(least[0]):
            least, held.nearest = (words, own), one.made
        if not words:
            return least
    return least


def _is_ours(found: PagesRead) -> bool:
    return found.producer.startswith(_OURS)


@lru_cache(maxsize=8)
def _converted(made: bytes) -> bytes:
    """A document of ours as PDF, as it would be given out now."""
    return as_pdf(made, ".docx", WAIT, SECONDS)


@lru_cache(maxsize=8)
def _read(made: bytes) -> PagesRead | None:
    return pages_read(_converted(made))


def _pages_of(made: bytes) -> PagesRead | None:
    """The pages of our own PDF; None where none can be made in time."""
    try:
        return _read(made)
    except NoConverter:
        return None


def _the_very_one(made: bytes, raw: bytes, found: PagesRead) -> set[bytes]:
    """The bytes as they were given out, but for when it was made."""
    if not _is_ours(found):
        return set()
    try:
        own = _converted(made)
    except NoConverter:
        return set()
    return {raw} if _VARIES.sub(b"", own) == _VARIES.sub(b"", raw) else set()
