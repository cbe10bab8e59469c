"""A document as a draft of the office's wording would make it: of what was published last, and of what stands now.

A draft is tried on several periods before it is kept: a sentence that one month does not need another does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from dashboards.meeting import stationery, unit_papers
from dashboards.meeting.bulletin import bulletin, fields_of
from dashboards.meeting.deck import deck
from dashboards.meeting.document_settings import settings_kept
from dashboards.meeting.filled_paper import template_of
from dashboards.meeting.filling import check_fields, check_template
from dashboards.meeting.notice_fields import NOTICE
from dashboards.meeting.office_file import DOCX, PPTX, check
from dashboards.meeting.source import Source
from dashboards.meeting.sources import live_source, published_source
from dashboards.meeting.stationery import Stationery
from dashboards.meeting.unit_fields import LAST_SPEAKER, NoGround, UnitPaper, report_of
from dashboards.results import publishing
from dashboards.results.published_copies import copy_for
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import stamp_of, title_of
from data.intake.publications import of_year
from data.intake.stationery import DECKS, MASTER, PAPERS, SETTINGS, Content
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year

MOST_TRIED = 4
"""Publications on which a draft is tried, the latest first, besides the figures of today."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document made with a draft: its bytes, the ending of its file, and of what it is."""

    made: bytes
    form: str
    of: str


def laid(on: Stationery, document: str, content: Content) -> Stationery:
    """What documents would be written on if this were adopted."""
    if document == SETTINGS:
        return replace(on, settings=settings_kept(content.text))
    return replace(on, own={**on.own, document: content})


def try_out(reading: Reading, document: str, content: Content) -> None:
    """Unfillable where a draft cannot be used for a document, with a sentence that says what in it is wrong."""
    if content.file:
        check(content.file, PPTX if document == MASTER else DOCX)
    on = laid(stationery.present(reading), document, content)
    if document not in {MASTER, SETTINGS}:
        known = fields_to_fill(reading, document)
        if content.text:
            check_fields(content.text, known)
        if document in PAPERS:
            check_template(template_of(document, on), known)
    for _each in _all_specimens(reading, document, on):
        pass  # that it is made is all that is asked


def specimen(reading: Reading, document: str, content: Content) -> Specimen:
    """The document of what was published last, else of today's figures; Unfillable, or NoGround where there is nothing to show it on."""
    on = laid(stationery.present(reading), document, content)
    for one in _all_specimens(reading, document, on):
        return one
    raise NoGround(
        _(
            "There is no unit at present to which this paper would go: the draft could only be looked through, not shown."
        )
    )


def fields_to_fill(reading: Reading, document: str) -> Mapping[str, Any]:
    """The fields that a wording may ask for, with what they are at present; empty ones of a notice that nobody gets."""
    if document in unit_papers.PAPERS:
        paper = next(_papers(reading, document), None)
        return dict.fromkeys(NOTICE, "") if paper is None else paper.fields
    return fields_of(next(_sources(reading, _report(document), stationery.present(reading))))


def _report(document: str) -> str:
    """The report that a document is of; what all share is shown on the ranking."""
    name = document.removesuffix("-deck")
    return name if name in publishing.PUBLISHED else "ranking"


def _all_specimens(reading: Reading, document: str, on: Stationery) -> Iterator[Specimen]:
    """The document of each that it can be shown on, the latest first; each is made when it is asked for."""
    if document in unit_papers.PAPERS:
        for paper in _papers(reading, document):
            yield Specimen(unit_papers.document(paper, on), "docx", paper.title)
        return
    if document == SETTINGS:
        first = "casualties" if on.settings.forecasts else "ranking"
        for report in sorted(publishing.PUBLISHED, key=lambda one: one != first):
            yield _specimen(next(_sources(reading, report, on)), document)
        return
    for source in _sources(reading, _report(document), on):
        yield _specimen(source, document)


def _specimen(source: Source, document: str) -> Specimen:
    title = _named(source)
    if document in DECKS or document == MASTER:
        return Specimen(deck(source), "pptx", title)
    return Specimen(bulletin(source), "docx", title)


def _named(source: Source) -> str:
    """Of which report and period a specimen is, and whether of published figures."""
    stamp = (
        stamp_of(source.content)
        if source.is_draft
        else _("Published, revision no. %(n)s", n=source.content["published"])
    )
    return f"{title_of(source.content, source.zone_name)}（{stamp}）"


def _sources(reading: Reading, report: str, on: Stationery) -> Iterator[Source]:
    year = reading.today.year
    every = [one for past in (year, year - 1) for one in reversed(of_year(reading.connection, reading.zone.code, past))]
    for one in [one for one in every if one.report == report][:MOST_TRIED]:
        yield published_source(copy_for(one, reading.scope), on)
    content = publishing.live(reading, report, _period(reading, report))
    yield replace(live_source(reading, content), stationery=on)


def _period(reading: Reading, report: str) -> Period:
    periods: Mapping[str, Period] = {
        "ranking": reading.latest_due_month, "scores": reading.latest_due_quarter, "casualties": Year(reading.today.year),
    }  # fmt: skip
    return periods[report]


def _papers(reading: Reading, document: str) -> Iterator[UnitPaper]:
    """Papers to some of the units that the latest period calls for."""
    period: Month | Quarter = reading.latest_due_quarter if document == LAST_SPEAKER else reading.latest_due_month
    content = report_of(reading, period)
    units = [row["unit"] for group in content["groups"] for row in group["rows"]]
    return islice(_called_for(reading, document, units, period), MOST_TRIED)


def _called_for(reading: Reading, document: str, units: Sequence[str], period: Period) -> Iterator[UnitPaper]:
    for unit in units:
        with suppress(NoGround):
            yield unit_papers.asked(reading, document, unit, str(period))
