"""Whether a document that somebody holds says what was published, bulletins, decks and PDFs among them (METHOD section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from dashboards.meeting.document_slides import SlidesRead, slides_read
from dashboards.meeting.document_words import WordsRead, words_read
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.held import Difference, claim_in, nearest
from dashboards.meeting.issued import bulletins_of, decks_of
from dashboards.meeting.pdf_held import HeldPdf, pdf_held
from dashboards.meeting.slides_beside import differing_mark, differing_slides
from dashboards.meeting.words_beside import differing_words
from dashboards.meeting.workbook import further_of
from dashboards.results import verification
from dashboards.results.published_copies import copies
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import properties_of
from dashboards.results.verification import (
    LARGEST,
    TRUE,
    UNKNOWN,
    UNREADABLE,
    HeldDocument,
    Verdict,
    judged,
)
from data.intake.publications import Publication

_PACKAGE, _PDF, _WORDS, _SLIDES = b"PK", b"%PDF-", b"word/document.xml", b"ppt/presentation.xml"
_HEAD = 1024
"""Bytes among which a PDF begins: programs read what comes before it over."""


def verify(reading: Reading, raw: bytes) -> Verdict:
    """Lay a document beside what was published."""
    try:
        return _laid_beside(reading, raw)
    except Unfillable:
        return Verdict(UNKNOWN, unread=UNREADABLE)


def _laid_beside(reading: Reading, raw: bytes) -> Verdict:
    if len(raw) > LARGEST:
        return verification.verify(reading, raw, further_of)
    if raw.startswith(_PACKAGE) and _SLIDES in raw:
        slides = slides_read(raw)
        return Verdict(UNKNOWN, unread=UNREADABLE) if slides is None else judged(reading, raw, _deck(reading, slides))
    if raw.startswith(_PACKAGE) and _WORDS in raw:
        words = words_read(raw)
        return (
            verification.verify(reading, raw, further_of)
            if words is None
            else judged(reading, raw, _bulletin(reading, words))
        )
    if _PDF in raw[:_HEAD]:
        return _pages(reading, raw)
    return verification.verify(reading, raw, further_of)


def _pages(reading: Reading, raw: bytes) -> Verdict:
    """A PDF: what it cannot be told by is said, and of a true one by what it was told."""
    held = pdf_held(reading, raw)
    if not isinstance(held, HeldPdf):
        return Verdict(UNKNOWN, unread=held)
    found = judged(reading, raw, held.document)
    return replace(found, told_by=held.told_by) if found.status in TRUE else found


def _bulletin(reading: Reading, words: WordsRead) -> HeldDocument | None:
    """A bulletin by its properties; where those are gone by the fingerprint that is printed on it."""
    claim = claim_in(words.properties, (text for _kind, _at, text in words.lines))
    if claim is None:
        return None
    return HeldDocument(
        claim,
        lambda of: dict(nearest(_beside_bulletins(reading, of, words))),
        lambda of: {made for _source, made in bulletins_of(reading, of)},
    )


def _beside_bulletins(reading: Reading, of: Publication, found: WordsRead) -> Iterator[Iterator[Difference]]:
    for one in copies(of):
        for source, made in bulletins_of(reading, one):
            own = words_read(made)
            if own is None:
                raise RuntimeError("our own document cannot be read")
            yield differing_words(source, own, found)


def _deck(reading: Reading, slides: SlidesRead) -> HeldDocument | None:
    """A deck by its properties; where those are gone by the fingerprint that is printed on its last slide."""
    claim = claim_in(slides.properties, (words for _at, _kind, _place, words in reversed(slides.lines)))
    if claim is None:
        return None
    return HeldDocument(
        claim,
        lambda of: dict(nearest(_beside_decks(reading, of, slides))),
        lambda of: {made for _source, made in decks_of(reading, of)},
    )


def _beside_decks(reading: Reading, of: Publication, found: SlidesRead) -> Iterator[Iterator[Difference]]:
    for one in copies(of):
        for source, made in decks_of(reading, one):
            own = slides_read(made)
            if own is None:
                raise RuntimeError("our own deck cannot be read")
            yield chain(differing_slides(own, found), differing_mark(properties_of(source.content), found))
