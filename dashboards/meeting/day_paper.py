"""The paper on what stands on a day: that it does stands below its title and at the foot of every page. It is never issued, so it has neither a
red head nor an imprint, and no fingerprint.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashboards.meeting import blank_paper
from dashboards.meeting import measures as of
from dashboards.meeting.day_tables import day_tables
from dashboards.meeting.package import name_it, settled, with_properties
from dashboards.meeting.pictures import picture
from dashboards.meeting.slide_measures import ems
from dashboards.meeting.source import Source, day_properties, day_stamp
from dashboards.results.report_sheet import title_of

if TYPE_CHECKING:  # the library is loaded where a document is made
    from docx.document import Document

_PITCH = 1.4
"""Height of the line at the foot, in sizes of its type."""

_ONE_PAGE = 20
"""Rows of a table that stays on one page, if they are not too high for it."""


def day_paper(source: Source, fields: Mapping[str, Any]) -> bytes:
    """The .docx of one of the reports of METHOD section 5, its wording filled in with its fields."""
    from dashboards.meeting import paper
    from dashboards.meeting.filled_paper import filled_paper

    stamp = day_stamp(source.content)
    document = filled_paper(source.content["report"], source.stationery, fields)
    _stamp_below_title(document, stamp)
    paper.keep_signature(document)
    paper.number_pages(document.sections[0], None)
    _stamp_feet(document, stamp)
    tables, drawn = day_tables(source), picture(source)
    if tables or drawn is not None:
        paper.annexes(document, paper.each_announced(tables, drawn), _ONE_PAGE)
    told = day_properties(source.content)
    name_it(document.core_properties, title_of(source.content, source.zone_name), fields["发文机关"], source.issued_on)
    document.core_properties.keywords = " ".join(told.values())  # of its properties a PDF keeps these alone
    file = io.BytesIO()
    document.save(file)
    return with_properties(settled(file.getvalue()), told)


def _stamp_below_title(document: Document, stamp: str) -> None:
    """In one line, as large as it fits."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    from dashboards.meeting import paper

    of_title = (one for one in document.paragraphs if one.style is not None and one.style.style_id == blank_paper.TITLE)
    title = next(of_title)
    one = paper.paragraph(document, blank_paper.ADDRESSEE, stamp)
    one.alignment = WD_ALIGN_PARAGRAPH.CENTER
    halves = int(2 * of.TEXT_WIDTH / of.POINT / ems(stamp))
    one.runs[0].font.size = Pt(min(of.NUMBER, halves / 2))
    title._p.addnext(one._p)  # noqa: SLF001  # python-docx puts paragraphs before others alone


def _stamp_feet(document: Document, stamp: str) -> None:
    """Small, in the middle below the number of the page, which stays where it was."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Length, Pt

    section, height = document.sections[0], Pt(of.SMALL * _PITCH)
    section.footer_distance = Length((section.footer_distance or 0) - height)
    for footer in (section.footer, section.even_page_footer):
        one = footer.add_paragraph(stamp)
        one.style = document.styles[blank_paper.NAMES[blank_paper.WITNESS]]
        one.alignment = WD_ALIGN_PARAGRAPH.CENTER
        one.paragraph_format.line_spacing_rule, one.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, height
