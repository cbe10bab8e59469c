"""Whether a document that somebody holds says what was published, bulletins, decks and PDFs among them (METHOD section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from dashboards.meeting.document_slides import SlidesRead, slides_read
from dashboards.meeting.document_words import WordsRead, words_read
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.held import Difference, claim_in, nearest
from dashboards.meeting.issued import Issued, bulletins_of, decks_of, papers_of
from dashboards.meeting.pdf_held import HeldPdf, Issues, pdf_held
from dashboards.meeting.slides_beside import differing_mark, differing_slides
from dashboards.meeting.unit_claims import PaperClaim, paper_claim_in
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER
from dashboards.meeting.words_beside import differing_words
from dashboards.meeting.workbook import further_of
from dashboards.method.frozen import ABSENT
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
from data.language import gettext as _

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
        return verification.verify(reading, raw, further_of) if words is None else _words(reading, raw, words)
    if _PDF in raw[:_HEAD]:
        return _pages(reading, raw)
    return verification.verify(reading, raw, further_of)


def _pages(reading: Reading, raw: bytes) -> Verdict:
    """A PDF: what it cannot be told by is said, and of a true one by what it was told."""
    held = pdf_held(raw, lambda printed: _issues(reading, paper_claim_in({}, printed)))
    if not isinstance(held, HeldPdf):
        return Verdict(UNKNOWN, unread=held)
    found = _as_a_paper(judged(reading, raw, held.document), paper_claim_in({}, held.printed))
    return replace(found, told_by=held.told_by) if found.status in TRUE else found


def _words(reading: Reading, raw: bytes, words: WordsRead) -> Verdict:
    """A bulletin, or a paper to one unit, by its properties; where those are gone by what is printed on it."""
    printed = [text for _kind, _at, text in words.lines]
    claim, paper = claim_in(words.properties, printed), paper_claim_in(words.properties, printed)
    if claim is None:
        return Verdict(UNKNOWN)
    issues = _issues(reading, paper)
    held = HeldDocument(
        claim,
        lambda of: dict(_beside_issues(issues(of), words)),
        lambda of: {one.made for one in _issued(reading, of, paper)},
    )
    return _as_a_paper(judged(reading, raw, held), paper)


def _issues(reading: Reading, paper: PaperClaim | None) -> Issues:
    """All that may have been given out of a publication: its bulletin in each copy, or the paper to a unit that rests on it."""
    if paper is not None:
        return lambda of: papers_of(reading, of, paper)
    return lambda of: (issue for one in copies(of) for issue in bulletins_of(reading, one))


def _issued(reading: Reading, of: Publication, paper: PaperClaim | None) -> Iterator[Issued]:
    """The same of one copy."""
    return bulletins_of(reading, of) if paper is None else papers_of(reading, of, paper)


def _as_a_paper(found: Verdict, paper: PaperClaim | None) -> Verdict:
    """What a document was found to be, where it is a paper to one unit with that said of it."""
    if paper is None or found.publication is None:
        return found
    names = {LAST_SPEAKER: _("the notice to speak last"), INTERVIEW: _("the interview sheet")}
    said = _("%(paper)s, %(period)s, %(who)s, made on %(day)s", paper=names.get(paper.which, paper.which),
             period=paper.period, who=paper.who, day=paper.day)  # fmt: skip
    return replace(found, paper=said)


def _beside_issues(issues: Iterator[Issued], found: WordsRead) -> list[Difference]:
    """What differs from the one that it is nearest to; of what nothing was given out, that."""
    first = next(issues, None)
    if first is None:
        return [(_("the whole document"), (ABSENT, _("nothing of the kind was given out")))]
    return nearest(differing_words(one, _read_again(one), found) for one in chain([first], issues))


def _read_again(one: Issued) -> WordsRead:
    own = words_read(one.made)
    if own is None:
        raise RuntimeError("our own document cannot be read")
    return own


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
