"""The bulletin of a report as .docx: its wording filled in, page numbers, annex, imprint, and what it says of itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from dashboards.meeting import blank_paper, casualties_fields, ranking_fields, scores_fields, wording
from dashboards.meeting.filling import filled_docx, filled_lines
from dashboards.meeting.package import name_it, settled, with_properties
from dashboards.meeting.pictures import picture
from dashboards.meeting.source import Content, Source, period_words, witness_lines
from dashboards.meeting.tables import AnnexTable, casualties_tables, ranking_tables, scores_tables
from dashboards.results.report_sheet import properties_of, stamp_of, title_of
from data.language import LANGUAGES, speaking

_FIELDS: Mapping[str, Callable[[Source], dict[str, Any]]] = {
    "ranking": ranking_fields.fields,
    "scores": scores_fields.fields,
    "casualties": casualties_fields.fields,
}
_TABLES: Mapping[str, Callable[[Content, str], list[AnnexTable]]] = {
    "ranking": ranking_tables,
    "scores": scores_tables,
    "casualties": casualties_tables,
}


def fields_of(source: Source) -> dict[str, Any]:
    """All fields that a template may ask for, in the installation's language."""
    with speaking(LANGUAGES[0]):
        return _FIELDS[source.content["report"]](source)


def bulletin(source: Source, template: bytes | None = None) -> bytes:
    """The document; without a template of the office's with our wording. Unfillable where a template asks for what there is not."""
    with speaking(LANGUAGES[0]):
        return _made(source, template)


def _made(source: Source, template: bytes | None) -> bytes:
    from docx import Document

    from dashboards.meeting import paper

    report = source.content["report"]
    fields = fields_of(source)
    document = Document(io.BytesIO(filled_docx(template or wording.as_template(wording.shipped(report)), fields)))
    lines = paper.taken_out(document, blank_paper.IMPRINT)
    draft = stamp_of(source.content) if source.is_draft else None
    paper.keep_signature(document)
    paper.number_pages(document.sections[0], draft)
    paper.annex(document, _TABLES[report](source.content, period_words(source.period)))
    drawn = picture(source)
    if drawn is not None:
        paper.chart(document, drawn)
    paper.imprint(document, lines, witness_lines(source.content, source.zone_name))
    title = title_of(source.content, source.zone_name)
    name_it(document.core_properties, title, fields["发文机关"], source.issued_on)
    file = io.BytesIO()
    document.save(file)
    made = settled(file.getvalue())
    return made if source.is_draft else with_properties(made, properties_of(source.content))


def imprint_lines(source: Source) -> list[str]:
    """The lines at the foot of the last page, by our wording."""
    told = filled_lines(wording.as_text(wording.shipped(source.content["report"])), fields_of(source))
    return [words for line in told if (words := line.removeprefix(f"{blank_paper.IMPRINT}｜")) != line]
