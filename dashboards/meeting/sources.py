"""Where documents come from: a report as it stands, or a publication."""

from __future__ import annotations

from datetime import date

from dashboards.meeting import stationery
from dashboards.meeting.source import Content, Source, due_after, of_publication
from dashboards.meeting.stationery import OURS, Stationery
from dashboards.results.day_report_rows import is_of_a_day
from dashboards.results.publishing import behind, next_due, printed, quarter_before, scheme_text
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.zone.periods import parse_period


def live_source(reading: Reading, content: Content) -> Source:
    """A report as it stands at present, a draft; as it was known by an earlier day without what it rests on, which came since.

    One of what stands on a day has no scheme to be told and is no draft of anything: the office's master alone is used for it.
    """
    if is_of_a_day(content["report"]):
        names = {unit.code: unit.name for unit in reading.zone.units}
        return Source(content, reading.zone.name, "", (), stationery=stationery.master_alone(reading), units=names)
    period = parse_period(content["period"])
    text = scheme_text(reading.connection, reading.zone.code, content["scheme"]["sha256"])
    is_of_today = content["known_by"] == reading.today.isoformat()
    account = behind(reading, period)[1] if is_of_today else []
    known_by = date.fromisoformat(content["known_by"])
    due, before = due_after(next_due(reading, content, known_by)), quarter_before(reading, period, known_by)
    return Source(content, reading.zone.name, text, account, due, before, stationery.present(reading))


def published_source(one: Publication, on: Stationery = OURS) -> Source:
    """A publication: nothing but what was frozen, on what its documents were written on when it was published."""
    return of_publication(printed(one), on)
