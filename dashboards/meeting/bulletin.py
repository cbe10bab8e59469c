"""The bulletin of a report as .docx: its wording filled in, page numbers, annex, imprint, and what it says of itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from dashboards.meeting import (
    blank_paper,
    casualties_fields,
    disasters_fields,
    frontline_fields,
    hazards_fields,
    plan_fields,
    ranking_fields,
    register_fields,
    scores_fields,
    supervision_fields,
    tipoffs_fields,
)
from dashboards.meeting.day_paper import day_paper
from dashboards.meeting.package import name_it, settled, with_properties
from dashboards.meeting.pictures import picture
from dashboards.meeting.qr import qr_code
from dashboards.meeting.source import Content, Source, period_words, witness_lines
from dashboards.meeting.tables import AnnexTable, casualties_tables, ranking_tables, scores_tables, unplaced
from dashboards.results.report_sheet import properties_of, stamp_of, title_of
from data.language import LANGUAGES, speaking

if TYPE_CHECKING:  # the library is loaded where a document is made
    from dashboards.meeting.native_chart import NativeChart
    from dashboards.meeting.paper import Annex

_FIELDS: Mapping[str, Callable[[Source], dict[str, Any]]] = {
    "ranking": ranking_fields.fields,
    "scores": scores_fields.fields,
    "casualties": casualties_fields.fields,
    "frontline": frontline_fields.fields,
    "hazards": hazards_fields.fields,
    "supervision": supervision_fields.fields,
    "tipoffs": tipoffs_fields.fields,
    "disasters": disasters_fields.fields,
    "register": register_fields.fields,
    "plan": plan_fields.fields,
}
_TABLES: Mapping[str, Callable[[Content, str], list[AnnexTable]]] = {
    "ranking": ranking_tables,
    "scores": scores_tables,
    "casualties": casualties_tables,
}


class Annexed(Enum):
    """How annexes stand in a bulletin; in other ways they did formerly, and documents given out then stay true ones."""

    EACH_NAMED = "each announced and named, the chart among them"
    CHART_UNNAMED = "tables announced and named, the chart behind the last"
    UNNAMED = "tables announced, and nothing named"


def fields_of(source: Source) -> dict[str, Any]:
    """All fields that a template may ask for, in the installation's language."""
    with speaking(LANGUAGES[0]):
        fields = _FIELDS[source.content["report"]](source)
        drawn = None if source.is_of_a_day else picture(source)
        return fields if drawn is None else {**fields, "附件": [*fields["附件"], drawn.name]}


def bulletin(source: Source, annexed: Annexed = Annexed.EACH_NAMED) -> bytes:
    """The document, in the office's words where it has its own. Unfillable where those ask for what there is not."""
    with speaking(LANGUAGES[0]):
        return _made(source, annexed)


def _made(source: Source, annexed: Annexed) -> bytes:
    from dashboards.meeting import paper
    from dashboards.meeting.filled_paper import filled_paper

    if source.is_of_a_day:
        return day_paper(source, fields_of(source))
    report, on = source.content["report"], source.stationery
    tables, drawn = _TABLES[report](source.content, period_words(source.period)), picture(source)
    fields = fields_of(source)
    if drawn is not None and annexed is not Annexed.EACH_NAMED:
        fields["附件"] = fields["附件"][:-1]
    document = filled_paper(report, on, fields)
    lines = paper.taken_out(document, blank_paper.IMPRINT)
    if on.settings.red_head:
        paper.red_head(document, on.settings.red_head, on.number)
    draft = stamp_of(source.content) if source.is_draft else None
    paper.keep_signature(document)
    paper.number_pages(document.sections[0], draft)
    if annexed is Annexed.EACH_NAMED:
        tables = [unplaced(one) for one in tables]
    if annexed is Annexed.UNNAMED:
        paper.annexes(document, [paper.Annex("", tables, drawn)], formerly=True)
    else:
        is_named = annexed is Annexed.EACH_NAMED
        paper.annexes(document, _annexes(fields["附件"], tables, drawn, chart_named=is_named), formerly=not is_named)
    paper.imprint(document, lines, witness_lines(source.content, source.zone_name), verification_code(source))
    title = title_of(source.content, source.zone_name)
    name_it(document.core_properties, title, fields["发文机关"], source.issued_on)
    if not source.is_draft:  # of its properties a PDF keeps these alone
        document.core_properties.keywords = " ".join(properties_of(source.content).values())
    file = io.BytesIO()
    document.save(file)
    made = settled(file.getvalue())
    return made if source.is_draft else with_properties(made, properties_of(source.content))


def _annexes(
    titles: Sequence[str], tables: Sequence[AnnexTable], drawn: NativeChart | None, *, chart_named: bool
) -> list[Annex]:
    """What is announced, title by title: each behind the first has a table of its own, the first all others; the chart is the last, for it
    is of the first's subject, and what is read of a chart in a PDF has no end that words behind it could be told from.
    """
    from dashboards.meeting.paper import Annex

    alone = drawn is not None and chart_named
    first = len(tables) - len(titles) + 1 + alone
    parts = [tables[:first], *([table] for table in tables[first:]), *([()] if alone else [])]
    return [Annex(title, part, drawn if part is parts[-1] else None) for title, part in zip(titles, parts, strict=True)]


def imprint_lines(source: Source) -> list[str]:
    """The lines at the foot of the last page."""
    from dashboards.meeting import paper
    from dashboards.meeting.filled_paper import filled_paper

    with speaking(LANGUAGES[0]):
        filled = filled_paper(source.content["report"], source.stationery, fields_of(source))
        return paper.taken_out(filled, blank_paper.IMPRINT)


def verification_code(source: Source) -> bytes | None:
    """A QR code of where a publication is verified; None of a draft, and where no address is told."""
    there = "" if source.is_draft else source.stationery.verified_at(source.content["sha256"])
    return qr_code(there) if there else None
