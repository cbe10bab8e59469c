"""What was published, as the page 通报与材料 shows it: every report of a period with its revisions, and what has moved since.

Everybody sees all of what is published. What has moved since is live, and so a unit's account is told of it what is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboards.method.frozen import ABSENT
from dashboards.results import publishing
from dashboards.results.charted import has_charts
from dashboards.results.headline import Headline, headline
from dashboards.results.hiding import HIDDEN, Viewpoint
from dashboards.results.published import causes_seen_by
from dashboards.results.published_copies import hidden_from
from dashboards.results.reading import Reading, kept
from dashboards.results.verification import CURRENT, OVERTAKEN, SUPERSEDED, Verdict
from data.intake import publications
from data.intake.publications import Publication, revisions
from data.people.draft_openings import openings
from data.people.scope import Scope, office
from data.zone.periods import Period, parse_period

OF_ONES_OWN = frozenset(
    {"score", "indicators", "points", "deductions", "flags", "basis", "components", "measures", "bonus", "deduction", "veto", "grade",
     "deaths", "fatal_accidents", "cap", "remaining", "progress", "elapsed", "pace", "days_since_fatal", "last_year_deaths", "light",
     "year_end", "breach_probability"}
)  # fmt: skip
"""Figures of a unit that tell nothing of the others: no place, and nothing that follows from places."""
Moved = Mapping[str, tuple[Any, Any]]
Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Issue:
    """One revision of what was published, without its content.

    ``early``: before it could become final; ``charted``: whether anything of it can be drawn; ``conclusions`` and ``moved_by``: against the revision before, as it froze them.
    """

    entry: int
    report: str
    period: Period
    day: str
    revision: int
    sha256: str
    mistake: bool
    reason: str
    actor: str
    at: datetime
    early: bool
    charted: bool
    headline: Headline
    conclusions: tuple[Change, ...]
    moved_by: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A report of a period, or of a day: all its revisions, the first first; and of the latest what has moved since.

    ``moved`` are the figures that stand otherwise at present (as published, live), as far as the reader may see them;
    ``moved_by`` what has come or gone since.
    """

    issues: tuple[Issue, ...]
    overtaken: bool
    moved: Moved
    moved_by: tuple[Change, ...]

    @property
    def latest(self) -> Issue:
        """What holds at present."""
        return self.issues[-1]

    def status(self, issue: Issue) -> str:
        """Whether a revision is current, overtaken by live figures or superseded by a later one."""
        if issue is not self.latest:
            return SUPERSEDED
        return OVERTAKEN if self.overtaken else CURRENT

    def before(self, issue: Issue) -> Issue | None:
        """The revision before one."""
        return self.issues[issue.revision - 2] if issue.revision > 1 else None


@kept
def of_year(reading: Reading, year: int) -> tuple[PublishedReport, ...]:
    """What was published of a year, its quarters and months, the last published first."""
    found: dict[tuple[str, str, str], list[Publication]] = defaultdict(list)
    for one in publications.of_year(reading.connection, reading.zone.code, year):
        found[one.report, one.period, one.day].append(one)
    reports = [_report(reading, each) for each in found.values()]
    return tuple(sorted(reports, key=lambda one: one.latest.entry, reverse=True))


@kept
def years(reading: Reading) -> tuple[int, ...]:
    """The years of which anything is published, in order."""
    return tuple(publications.years(reading.connection, reading.zone.code))


def _report(reading: Reading, every: Sequence[Publication]) -> PublishedReport:
    whole, last = as_the_office(reading), every[-1]
    moved = publishing.overtaken(whole, last)
    by = publishing.moved_by(whole, last) if moved else []
    return PublishedReport(
        tuple(_issue(one, reading.scope) for one in every),
        bool(moved),
        seen_by(reading.scope, moved),
        tuple(causes_seen_by(reading.scope, by)),
    )


def _issue(one: Publication, scope: Scope) -> Issue:
    held = one.content["publication"]
    return Issue(
        one.entry,
        one.report,
        parse_period(one.period),
        one.day,
        one.revision,
        one.sha256,
        one.mistake,
        one.reason,
        Viewpoint(scope.decides).account(one.actor),
        one.at,
        held["early"],
        has_charts(one.content),
        headline(one.content),
        tuple(held["conclusions_changed"]),
        tuple(held["moved_by"]),
    )


def one(reading: Reading, entry: int) -> Publication | None:
    """A publication with its content by the journal's line; None where that is none."""
    return publications.find(reading.connection, reading.zone.code, entry)


def status_of(reading: Reading, sha256: str) -> Verdict | None:
    """What a publication is by its fingerprint, without any figure; None where there is none. The reading sees all."""
    found = publications.by_fingerprint(reading.connection, reading.zone.code, sha256)
    if found is None:
        return None
    last = revisions(reading.connection, reading.zone.code, found.report, found.period, found.day)[-1]
    if last.revision != found.revision:
        return Verdict(SUPERSEDED, found)
    return Verdict(OVERTAKEN if publishing.overtaken(reading, found) else CURRENT, found)


def narrowed(found: Verdict, scope: Scope) -> Verdict:
    """What a document was found to be, for whoever laid it down: of live figures what he may see."""
    by, of = tuple(causes_seen_by(scope, found.moved_by)), found.publication
    cells = {} if of is None else {place: _shown(found, of, scope, pair) for place, pair in found.cells.items()}
    return replace(found, cells=cells, moved=seen_by(scope, found.moved), moved_by=by)


def _shown(found: Verdict, of: Publication, scope: Scope, pair: tuple[Any, Any]) -> tuple[Any, Any]:
    """A place that differs; what a paper to one unit said there is the office's, who has none is told only that it was another."""
    if found.paper and not scope.decides:
        return pair if pair[0] == ABSENT else (HIDDEN, pair[1])
    return hidden_from(of, scope, pair)


def as_the_office(reading: Reading) -> Reading:
    """The same reading with all figures: a publication holds all, and is compared with all. What follows of it is narrowed."""
    return replace(reading, scope=office(reading.scope.zone))


def seen_by(scope: Scope, moved: Moved) -> Moved:
    """Of live figures those that a scope may see: all, or what is a unit's own and tells nothing of the others."""
    if scope.decides:
        return moved
    seen = {place: pair for place, pair in moved.items() if scope.sees_all or _own(place, scope.unit)}
    return {
        place: pair if not place.endswith(".veto") else _without_words(pair, place, scope)
        for place, pair in seen.items()
    }


def _without_words(pair: tuple[Any, Any], place: str, scope: Scope) -> tuple[Any, Any]:
    """Words in which a veto was decided are for the office and the unit concerned."""
    unit = place.split(".")[-2]
    return pair if scope.sees_names(unit) else (_hidden(pair[0]), _hidden(pair[1]))


def _hidden(told: Any) -> Any:
    return HIDDEN if isinstance(told, str) and told != ABSENT else told


def _own(place: str, unit: str | None) -> bool:
    words = place.replace("[", ".").split(".")
    if words[0] == "units" and len(words) > 2:
        return words[1] == unit and words[2] in OF_ONES_OWN
    return words[0] == "groups" and len(words) > 4 and words[3] == unit and words[4] in OF_ONES_OWN


def opened_before(reading: Reading, report: PublishedReport, issue: Issue) -> tuple[str, ...] | None:
    """Which accounts opened the draft of a revision before it was published, by name; None for who is not told.

    Of the audit log, which nothing that is kept may rest on.
    """
    if not reading.scope.decides:
        return None
    before = report.before(issue)
    subject = publications.subject(issue.report, str(issue.period), issue.day)
    found = openings(reading.connection, reading.zone.code).get(subject, ())
    return tuple(dict.fromkeys(who for at, who in found if at < issue.at and (before is None or at >= before.at)))
