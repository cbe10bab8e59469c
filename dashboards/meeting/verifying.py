"""Whether a document that somebody holds says what was published, bulletins, decks and PDFs among them (METHOD section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from dashboards.meeting.document_slides import SlidesRead, slides_read
from dashboards.meeting.document_words import WordsRead, words_read
from dashboards.meeting.held import Difference, claim_in, nearest
from dashboards.meeting.issued import bulletins_of, decks_of
from dashboards.meeting.pdf_held import HeldPdf, pdf_held
from dashboards.meeting.slides_beside import differing_mark, differing_slides
from dashboards.meeting.sources import published_source
from dashboards.meeting.words_beside import differing_words
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
    if len(raw) > LARGEST:
        return verification.verify(reading, raw)
    if raw.startswith(_PACKAGE) and _SLIDES in raw:
        slides = slides_read(raw)
        return Verdict(UNKNOWN, unread=UNREADABLE) if slides is None else judged(reading, raw, _deck(slides))
    if raw.startswith(_PACKAGE) and _WORDS in raw:
        words = words_read(raw)
        return verification.verify(reading, raw) if words is None else judged(reading, raw, _bulletin(words))
    if _PDF in raw[:_HEAD]:
        return _pages(reading, raw)
    return verification.verify(reading, raw)


def _pages(reading: Reading, raw: bytes) -> Verdict:
    """A PDF: what it cannot be told by is said, and of a true one by what it was told."""
    held = pdf_held(raw)
    if not isinstance(held, HeldPdf):
        return Verdict(UNKNOWN, unread=held)
    found = judged(reading, raw, held.document)
    return replace(found, told_by=held.told_by) if found.status in TRUE else found


def _bulletin(words: WordsRead) -> HeldDocument | None:
    """A bulletin by its properties; where those are gone by the fingerprint that is printed on it."""
    claim = claim_in(words.properties, (text for _kind, _at, text in words.lines))
    if claim is None:
        return None
    return HeldDocument(
        claim,
        lambda of: dict(nearest(_beside_bulletins(of, words))),
        lambda of: set(bulletins_of(of)),
    )


def _beside_bulletins(of: Publication, found: WordsRead) -> Iterator[Iterator[Difference]]:
    for one in copies(of):
        for made in bulletins_of(one):
            own = words_read(made)
            if own is None:
                raise RuntimeError("our own document cannot be read")
            yield differing_words(published_source(one), own, found)


def _deck(slides: SlidesRead) -> HeldDocument | None:
    """A deck by its properties; where those are gone by the fingerprint that is printed on its last slide."""
    claim = claim_in(slides.properties, (words for _at, _kind, _place, words in reversed(slides.lines)))
    if claim is None:
        return None
    return HeldDocument(
        claim,
        lambda of: dict(nearest(_beside_decks(of, slides))),
        lambda of: set(decks_of(of)),
    )


def _beside_decks(of: Publication, found: SlidesRead) -> Iterator[Iterator[Difference]]:
    for one in copies(of):
        told = properties_of(published_source(one).content)
        for made in decks_of(one):
            own = slides_read(made)
            if own is None:
                raise RuntimeError("our own deck cannot be read")
            yield chain(differing_slides(own, found), differing_mark(told, found))
