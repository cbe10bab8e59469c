"""The files that a publication is given out as, all from its frozen content."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.sources import published_source
from dashboards.meeting.workbook import published_workbook
from dashboards.results.publishing import printed
from dashboards.results.verification import published_csv
from data.intake.publications import Publication
from data.printing import as_json

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: Mapping[str, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
"""Ending of a file → its type."""


def made(form: str, one: Publication) -> bytes:
    """A publication as a file; NoConverter where it cannot be a PDF here, LookupError for a form that there is not."""
    match form:
        case "docx":
            return bulletin(published_source(one))
        case "pptx":
            return deck(published_source(one))
        case "pdf":
            return as_pdf(bulletin(published_source(one)), ".docx")
        case "xlsx":
            return published_workbook(one)
        case "csv":
            return published_csv(one).encode("utf-8-sig")
        case "json":
            return as_json(printed(one)).encode()
    raise LookupError(form)
