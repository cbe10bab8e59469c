"""The files that a publication is given out as, all from its frozen content: documents, and its main chart as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.chart_pictures import picture_file
from dashboards.meeting.deck import deck
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.sources import published_source
from dashboards.meeting.stationery import Stationery
from dashboards.meeting.workbook import published_workbook
from dashboards.results.publishing import printed
from dashboards.results.verification import published_csv
from data.intake.publications import Publication
from data.printing import as_json

_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENTS: Mapping[str, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
    "pptx-pdf": "application/pdf",
    "xlsx-pdf": "application/pdf",
}
PRINTED: Mapping[str, str] = {"pdf": "docx", "pptx-pdf": "pptx", "xlsx-pdf": "xlsx"}
"""Form that is a PDF → the form of which it is made."""
PICTURES: Mapping[str, str] = {"png": "image/png", "svg": "image/svg+xml"}
MEDIA: Mapping[str, str] = {**DOCUMENTS, **PICTURES}
"""Form of a file → its type."""


def ending(form: str) -> str:
    """How the name of a file ends: that of a deck as PDF says that it is one."""
    return form.replace("-", ".")


def made(form: str, one: Publication, on: Stationery, wait: float | None = None) -> bytes:
    """A publication as a file; NoConverter where it cannot be a PDF or a picture here, NothingDrawn where it has no chart, Unfillable where
    the office's wording does not fit it, LookupError for a form that there is not. ``wait``: how many seconds others may be before it.
    """
    match form:
        case "docx":
            return bulletin(published_source(one, on))
        case "pptx":
            return deck(published_source(one, on))
        case "pdf" | "pptx-pdf" | "xlsx-pdf":
            return as_pdf(made(PRINTED[form], one, on), f".{PRINTED[form]}", wait)
        case "xlsx":
            return published_workbook(one, on)
        case "csv":
            return published_csv(one).encode("utf-8-sig")
        case "json":
            return as_json(printed(one)).encode()
        case "png" | "svg":
            return picture_file(published_source(one, on), form, wait)
    raise LookupError(form)
