"""The days on which a year's reports can be published and become final, what is still awaited, and what is published (发布日历)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.results import publishing, submissions
from dashboards.results.publication_list import PublishedReport
from dashboards.results.reading import Reading, kept
from data.zone.periods import Month, Period, Quarter
from data.zone.zone import Unit

BEHIND = {"ranking": ("enforcement",), "scores": ("self_assessment", "review")}
"""Report → the kinds of workbook that it waits for."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Units of which a kind of workbook has not come, or does not count."""

    kind: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A month's ranking or a quarter's scores: ``due`` is the last day on which it can be published only with a reason, None
    where it needs none, ``usual`` that day by the calendar; ``begun``: the period has begun; ``ready``: it can be published
    today without a reason.
    """

    report: str
    period: Period
    due: date | None
    usual: date
    begun: bool
    ready: bool
    awaited: tuple[Awaited, ...]

    @property
    def opens_on(self) -> date | None:
        """The first day on which it can be published, and then is final."""
        return None if self.due is None else self.due + timedelta(days=1)


@kept
def of_year(reading: Reading, year: int) -> tuple[CalendarLine, ...]:
    """The months and quarters of a year in the order in which they can be published."""
    periods: list[Period] = [*(Month(year, one) for one in range(1, 13)), *(Quarter(year, one) for one in range(1, 5))]
    begun = tuple(one for one in periods if reading.zone.calendar.first_day(one) <= reading.today)
    due = {one.period: one for one in submissions.fetch_each(reading, begun)}
    lines = [_line(reading, one, due.get(one)) for one in periods]
    return tuple(sorted(lines, key=lambda one: (one.usual, one.report)))


def _line(reading: Reading, period: Period, sent: submissions.Submissions | None) -> CalendarLine:
    report = "ranking" if isinstance(period, Month) else "scores"
    begun = sent is not None
    usual = _usual(reading, period)
    due = publishing.final_from(reading, report, period) if begun else usual
    ready = begun and (due is None or due < reading.today)
    return CalendarLine(report, period, due, usual, begun, ready, () if sent is None else _awaited(report, sent))


def _usual(reading: Reading, period: Period) -> date:
    return reading.zone.due_day("enforcement" if isinstance(period, Month) else "review", period)


def _awaited(report: str, sent: submissions.Submissions) -> tuple[Awaited, ...]:
    found = {kind: _missing(kind, sent) for kind in BEHIND[report]}
    return tuple(Awaited(kind, units) for kind, units in found.items() if units)


def _missing(kind: str, sent: submissions.Submissions) -> tuple[Unit, ...]:
    return tuple(
        one.unit for one in sent.reports if one.kind == kind and one.deadline is not None and one.filing is None
    )


def published_of(line: CalendarLine, published: Sequence[PublishedReport]) -> PublishedReport | None:
    """What is published of a line's period; None where nothing is."""
    return next(
        (one for one in published if one.latest.report == line.report and one.latest.period == line.period), None
    )
