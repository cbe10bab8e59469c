"""Our styles in a template that an office edited: known by their names, for programs give them other keys when they save."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dashboards.meeting import blank_paper
from dashboards.meeting.filling import Unfillable
from data.language import gettext as _

if TYPE_CHECKING:  # the library is loaded where a document is made
    from docx.document import Document

_NAMING = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
"""Elements that name a style by its key."""
_HANGING = "w:overflowPunct"
_BEHIND_HANGING = tuple(
    f"w:{name}"
    for name in (
        "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
        "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
        "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip
"""What stands behind it among the properties of a paragraph, in the order of the format."""


def opened(filled: bytes) -> Document:
    """A filled template in which our styles have our keys; Unfillable where one of them is gone."""
    import docx

    document = docx.Document(io.BytesIO(filled))
    called = {one.name: one.style_id for one in document.styles}
    gone = [name for name in blank_paper.NAMES.values() if name not in called]
    if gone:
        raise Unfillable(
            _("The template lacks the styles %(names)s. Begin with the one that is handed out here and keep its styles.",
              names=_(", ").join(gone))
        )  # fmt: skip
    keys = {called[name]: key for key, name in blank_paper.NAMES.items() if called[name] != key}
    if keys:
        _rename(document, keys)
    _let_marks_hang(document)
    return document


def _let_marks_hang(document: Document) -> None:
    """What programs leave out when they save, for it is their default, and without which LibreOffice loses marks (``blank_paper``)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    ours = [one.element for one in document.styles if one.style_id in blank_paper.NAMES]
    for style in ours:
        properties = style.get_or_add_pPr()
        if properties.find(qn(_HANGING)) is None:
            properties.insert_element_before(OxmlElement(_HANGING), *_BEHIND_HANGING)
    for root in (document.element, *ours):
        for told in root.iter(qn(_HANGING)):
            told.set(qn("w:val"), "1")


def _rename(document: Document, keys: dict[str, str]) -> None:
    """Another key of each style wherever it is named; a style that had ours and is another gives it up."""
    from docx.oxml.ns import qn

    whole = {**{key: f"{key}_" for key in keys.values() if key not in keys}, **keys}
    for style in document.styles.element.iterchildren(qn("w:style")):
        told = style.get(qn("w:styleId"))
        style.set(qn("w:styleId"), whole.get(told, told))
    heads = [
        part
        for one in document.sections
        for part in (one.header, one.footer, one.even_page_header, one.even_page_footer)
    ]
    roots = [
        document.element,
        document.styles.element,
        *(one._element for one in heads if not one.is_linked_to_previous),  # noqa: SLF001  # python-docx has no word for it
    ]
    for root in roots:
        for named in root.iter(*(qn(f"w:{one}") for one in _NAMING)):
            told = named.get(qn("w:val"))
            named.set(qn("w:val"), whole.get(told, told))
