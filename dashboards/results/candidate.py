"""What would be frozen if a report were published now, for whoever confirms it: never more than is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.method.conclusions import changed
from dashboards.method.frozen import figures, moved
from dashboards.results import administration, publishing
from dashboards.results.administration import Proposed
from dashboards.results.headline import Headline, headline
from dashboards.results.reading import Reading
from dashboards.results.to_publish import seal
from data.intake.proposals import OnItself, on_itself
from data.intake.publications import revisions
from data.zone.periods import Period, Year, parse_period


@dataclass(frozen=True, slots=True)
class Candidate:
    """``revision`` is the number that it would get; ``due``: the last day on which a reason is needed, where that is not past.

    ``moved``: how many figures are others than in the revision before; ``conclusions``: which conclusions are.
    ``decided``: what the office decided on its own figures with a second account, ``pending``: what still waits for one.
    """

    report: str
    period: Period
    day: str
    revision: int
    due: date | None
    headline: Headline
    seal: str
    moved: int
    conclusions: Sequence[Mapping[str, Any]]
    decided: Sequence[OnItself]
    pending: Sequence[Proposed]


def fetch(reading: Reading, report: str, period: Period, day: date | None) -> Candidate:
    """The report as it stands; Undecidable for a day of which nothing can be published. For who decides alone."""
    day = publishing.day_of(reading, period, day) if isinstance(period, Year) else None
    written = "" if day is None else day.isoformat()
    content = publishing.live(reading, report, period, day)
    former = revisions(reading.connection, reading.zone.code, report, str(period), written)
    last = former[-1].content if former else None
    due = publishing.final_from(reading, report, period)
    return Candidate(
        report,
        period,
        written,
        len(former) + 1,
        due if due is not None and reading.today <= due else None,
        headline(content),
        seal(content),
        0 if last is None else len(moved(figures(last), figures(content))),
        [] if last is None else changed(last, content),
        [one for one in on_itself(reading.connection, reading.zone.code) if bears_on(one.period, period)],
        [one for one in administration.proposals(reading) if bears_on(one.period, period)],
    )


def bears_on(one: str, period: Period) -> bool:
    """Whether what was decided of a period bears on a report of another."""
    return publishing.is_behind(parse_period(one), period)
