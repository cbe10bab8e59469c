"""The wording of a paper filled in, in our words or the office's, as a document that is still to get its annex and imprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashboards.meeting import wording
from dashboards.meeting.filling import Unfillable, filled_docx
from dashboards.meeting.office_styles import opened
from dashboards.meeting.stationery import Stationery
from data.language import gettext as _

if TYPE_CHECKING:  # the library is loaded where a document is made
    from docx.document import Document


def filled_paper(document: str, on: Stationery, fields: Mapping[str, Any]) -> Document:
    """The paper; Unfillable where the office's template asks for what there is not, or has lost our styles."""
    return opened(filled_docx(template_of(document, on), fields))


def template_of(document: str, on: Stationery) -> bytes:
    """The template in force as a .docx, which can be edited in WPS; Unfillable where the office's text has a line of no style."""
    file = on.file_of(document)
    if file is not None:
        return file
    return wording.as_template(_lines(document, on))


def _lines(document: str, on: Stationery) -> list[wording.Line]:
    text = on.text_of(document)
    if text is None:
        return wording.shipped(document)
    try:
        return wording.lines(text)
    except ValueError as error:
        raise Unfillable(
            _("A line of the wording begins with no style: “%(line)s”. There are: %(known)s.",
              line=str(error)[:40], known=_(", ").join(wording.STYLES))
        ) from error  # fmt: skip
