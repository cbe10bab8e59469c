"""The deck of a report as .pptx: a sentence a slide, below it one chart or one table that can be edited, the explanation in its notes."""

from __future__ import annotations

import io
from typing import Any
from zipfile import BadZipFile

from lxml.etree import XMLSyntaxError

from dashboards.meeting import slide_measures as on
from dashboards.meeting import wording
from dashboards.meeting.blank_slides import blank_slides
from dashboards.meeting.bulletin import fields_of, verification_code
from dashboards.meeting.deck_words import WordedSlide, slides_of
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.package import name_it, settled, with_properties
from dashboards.meeting.slide_faces import put_right
from dashboards.meeting.slide_page import pages_of
from dashboards.meeting.slide_paper import SlidePaper
from dashboards.meeting.source import Source, day_properties, day_stamp, period_words, sender, witness_lines
from dashboards.results.report_sheet import properties_of, stamp_of, title_of
from data.language import LANGUAGES, speaking
from data.language import gettext as _


def deck(source: Source) -> bytes:
    """The deck, on the office's own master and in its words where it has them. Unfillable where those are wrong."""
    with speaking(LANGUAGES[0]):
        return _made(source)


def deck_slides(source: Source) -> list[WordedSlide]:
    """What its slides say."""
    with speaking(LANGUAGES[0]):
        return slides_of(_wording(source), fields_of(source))


def _wording(source: Source) -> str:
    document = f"{source.content['report']}-deck"
    return source.stationery.text_of(document) or wording.shipped_text(document)


def _made(source: Source) -> bytes:
    master = source.stationery.master
    presentation = _opened(master)
    paper = SlidePaper(presentation, _footer(source), is_draft=source.is_draft, own=master is None)
    paper.empty()
    slides, code = deck_slides(source), verification_code(source)
    below = on.MARK_HEIGHT if code is None else on.CODE_HEIGHT
    pages = [
        page
        for worded in slides
        for page in pages_of(worded, source, paper.content, below if worded is slides[-1] else 0.0)
    ]
    for number, page in enumerate(pages, 1):
        said = witness_lines(source.content, source.zone_name) if number == len(pages) else []
        paper.add(page, said, code if said else None)
    paper.tell_of_notes()
    name_it(
        presentation.core_properties,
        title_of(source.content, source.zone_name),
        sender(source.zone_name),
        source.issued_on,
    )
    put_right(presentation, own=master is None)
    file = io.BytesIO()
    presentation.save(file)
    made = settled(file.getvalue())
    if source.is_of_a_day:
        return with_properties(made, day_properties(source.content))
    return made if source.is_draft else with_properties(made, properties_of(source.content))


def _opened(master: bytes | None) -> Any:
    """What the slides are laid on; Unfillable where the office gives something else than a presentation."""
    from pptx import Presentation

    try:
        presentation = Presentation(io.BytesIO(master or blank_slides()))
        if len(presentation.slide_layouts):
            return presentation
    except (BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise Unfillable(_("The master slide cannot be used: it must be a .pptx with its layouts.")) from error
    raise Unfillable(_("The master slide cannot be used: it must be a .pptx with its layouts."))


def _footer(source: Source) -> str:
    """Zone, period, and what it is: on every page."""
    content = source.content
    if source.is_of_a_day:
        return "　".join([source.zone_name, day_stamp(content)])
    stamp = stamp_of(content) if source.is_draft else _("Published, revision no. %(n)s", n=content["published"])
    return "　".join([source.zone_name, period_words(source.period), stamp])
