"""Where documents come from: a report as it stands, or a publication; and what is due after its period."""

from __future__ import annotations

from datetime import date

from dashboards.meeting.source import Content, Source, of_publication
from dashboards.results.publishing import behind, printed, scheme_text
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.zone.periods import Period, following, parse_period

_DUE_NEXT = {"ranking": "enforcement", "scores": "self_assessment"}


def live_source(reading: Reading, content: Content) -> Source:
    """A report as it stands at present, a draft; as it was known by an earlier day without what it rests on, which came since."""
    period = parse_period(content["period"])
    text = scheme_text(reading.connection, reading.zone.code, content["scheme"]["sha256"])
    is_of_today = content["known_by"] == reading.today.isoformat()
    account = behind(reading, period)[1] if is_of_today else []
    return Source(content, reading.zone.name, text, account, _next_due(reading, content["report"], period))


def published_source(reading: Reading, one: Publication) -> Source:
    """A publication."""
    return of_publication(printed(one), _next_due(reading, one.report, parse_period(one.period)))


def _next_due(reading: Reading, report: str, period: Period) -> tuple[Period, date] | None:
    kind = _DUE_NEXT.get(report)
    if kind is None:
        return None
    return following(period), reading.zone.due_day(kind, following(period))
