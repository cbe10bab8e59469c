"""A quarter's procedure: its steps with their days, and of each mark review, reply and decision side by side (METHOD section 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboards.method.replies import Stage, may_answer, standing
from dashboards.results import scores
from dashboards.results.hiding import Viewpoint
from dashboards.results.quarter_basis import decided_marks, reviews_that_wait
from dashboards.results.reading import Reading, kept
from dashboards.results.scores import ScoredRow, Scores
from data.intake import own_review, replies
from data.intake.archive import LAST_LINE
from data.intake.filing import Filing, filings
from data.intake.standing_marks import ReviewedMark
from data.schema.publications import publication
from data.schema.replies import mark_reply, reply_evidence
from data.zone.periods import Quarter
from data.zone.schemes import ScoresScheme, known_schemes
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; ``entry`` is its number, ``size`` in bytes."""

    entry: int
    sha256: str
    file_name: str
    media_type: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What a unit answered to a mark."""

    entry: int
    mark: Decimal
    agrees: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MarkDecision:
    """What the office decided on a contested mark."""

    entry: int
    reply: int
    before: Decimal
    mark: Decimal
    reason: str
    actor: str
    at: datetime

    @property
    def upheld(self) -> bool:
        """Whether the mark stayed as the review had it."""
        return self.mark == self.before


@dataclass(frozen=True, slots=True)
class MarkInProcedure:
    """One mark: what unit and review say, what counts, every reply and decision in order, the evidence, and what it waits for."""

    number: int
    name: str
    full: Decimal
    own: Decimal | None
    review: Decimal | None
    counts: Decimal
    stage: Stage
    replies: tuple[Reply, ...]
    decisions: tuple[MarkDecision, ...]
    evidence: tuple[Evidence, ...]
    may_answer: bool

    @property
    def reply(self) -> Reply | None:
        """The unit's last word."""
        return self.replies[-1] if self.replies else None

    @property
    def decision(self) -> MarkDecision | None:
        """The office's last word."""
        return self.decisions[-1] if self.decisions else None

    @property
    def changed(self) -> bool:
        """Whether the review's mark is another than the one answered: a review came anew since."""
        return self.reply is not None and self.review is not None and self.reply.mark != self.review

    @property
    def may_decide(self) -> bool:
        """Whether there is something for the office to decide, or to decide otherwise: on the unit's last word, which contests."""
        contests = self.reply is not None and not self.reply.agrees
        return contests and self.review is not None and self.stage in {Stage.CONTESTED, Stage.DECIDED}


@dataclass(frozen=True, slots=True)
class UnitInProcedure:
    """One unit's marks, measure by measure; ``waits_for_review``: not all of what it assessed is reviewed."""

    unit: str
    marks: tuple[MarkInProcedure, ...]
    waits_for_review: bool

    def at(self, *stages: Stage) -> list[MarkInProcedure]:
        """The marks that stand there."""
        return [one for one in self.marks if one.stage in stages]

    @property
    def reviewed(self) -> bool:
        """Whether there is any mark to answer."""
        return any(one.review is not None for one in self.marks)


@dataclass(frozen=True, slots=True)
class Days:
    """Until when each step is due; ``publishable``: from which day on without a reason (METHOD section 6)."""

    self_due: date
    review_due: date
    reply_due: date
    decision_due: date
    publishable: date


@dataclass(frozen=True, slots=True)
class Procedure:
    """A quarter's procedure as whoever asks sees it: ``units`` by code, only those whose marks they may see.

    ``own_review_waits``: whether the marks of the office itself in it wait for a second account, told to who may be that.
    ``review``: the review in force; ``published``: the latest revision and its day. ``confirmed``: whether the zone has
    confirmed the days of reply and decision.
    """

    zone: Zone
    quarter: Quarter
    today: date
    days: Days
    confirmed: bool
    review: date | None
    filed: int
    due: int
    units: Mapping[str, UnitInProcedure]
    published: int | None
    published_on: date | None
    own: str | None
    decides: bool
    own_review_waits: bool = False

    def all_at(self, *stages: Stage) -> list[tuple[UnitInProcedure, list[MarkInProcedure]]]:
        """The units that have marks which stand there, each with these."""
        found = ((one, one.at(*stages)) for one in self.units.values())
        return [(one, marks) for one, marks in found if marks]

    def of_unit(self, code: str, *, filed: bool) -> Procedure:
        """The same as the one unit has it; ``filed``: whether its self-assessment is in."""
        units = {one: of for one, of in self.units.items() if one == code}
        reviewed = any(of.reviewed for of in units.values())
        return replace(self, units=units, own=code, due=1, filed=int(filed), review=self.review if reviewed else None)

    @property
    def waiting_for_review(self) -> int:
        """How many units are not wholly reviewed."""
        return sum(one.waits_for_review for one in self.units.values())

    @property
    def over(self) -> bool:
        """Whether the quarter has ended, so that its procedure has begun."""
        return self.today > self.zone.calendar.last_day(self.quarter)

    @property
    def may_publish(self) -> bool:
        """Whether it can be published now without a reason, and is not."""
        return self.over and self.published is None and self.today >= self.days.publishable

    @property
    def awaits_publication(self) -> bool:
        """Whether nothing else is waited for: every contested mark is decided, every other answered or its day has passed."""
        answered = not self.all_at(Stage.OPEN) or self.today > self.days.reply_due
        begun = self.review is not None or self.filed > 0
        reviewed = not self.waiting_for_review or self.today > self.days.review_due
        return self.may_publish and begun and reviewed and answered and not self.all_at(Stage.CONTESTED)


@kept
def fetch(reading: Reading, quarter: Quarter) -> Procedure:
    """How far a quarter's procedure is today."""
    return of_scores(reading, scores.fetch(reading, quarter))


def of_scores(reading: Reading, scored: Scores) -> Procedure:
    """The same of live scores that were fetched already."""
    (found,) = of_each(reading, [scored])
    return found


def of_each(reading: Reading, scored: Sequence[Scores]) -> list[Procedure]:
    """The same of several quarters, read together; asked again in the same reading it is not read again."""
    quarters = tuple(sorted(one.quarter for one in scored))
    bound = reading.zone.calendar.end_of(reading.today)
    told = reading.once(_read, quarters, bound, reading.once(decided_marks, quarters, bound))
    return [_procedure(reading, one, told[one.quarter]) for one in scored]


Rows = Mapping[tuple[str, int], list[Row[Any]]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What was answered, given as evidence and decided in a quarter, by unit and measure; its review, and its last publication.

    ``versions``: the marks that were decided on, in every version of the review.
    """

    quarter: str
    answers: Rows
    decided: Rows
    versions: Mapping[replies.MarkKey, Sequence[ReviewedMark]]
    evidence: list[Row[Any]]
    review: Filing | None
    published: Row[Any, Any, Any] | None

    def of_unit(self, row: ScoredRow, reader: Viewpoint) -> UnitInProcedure:
        """One unit's marks, as a reader may read them."""
        marks = tuple(self._mark(row, at, reader) for at in range(len(row.figures.measures)))
        return UnitInProcedure(row.unit.code, marks, "unreviewed" in row.figures.flags)

    def _mark(self, row: ScoredRow, at: int, reader: Viewpoint) -> MarkInProcedure:
        part = row.figures.measures[at]
        notes = row.notes.get(part.number)
        review = part.review if notes is None or notes.reviewed is None else notes.reviewed
        given = self.answers.get((row.unit.code, part.number), [])
        said = self.decided.get((row.unit.code, part.number), [])
        last = (replies.answered(given[-1] if given else None), replies.decided(said[-1] if said else None))
        stands = standing(review, *last, self.versions.get((self.quarter, row.unit.code, part.number), ()))
        entries = {one.entry for one in given}
        return MarkInProcedure(
            number=part.number,
            name=part.name,
            full=part.full,
            own=part.own,
            review=review,
            counts=part.score if stands.counts is None else stands.counts,
            stage=stands.stage,
            replies=tuple(Reply(one.entry, one.mark, one.agrees, reader.words(one.reason), one.at) for one in given),
            decisions=tuple(
                MarkDecision(
                    one.entry, one.reply, one.before, one.mark, reader.words(one.reason), reader.account(one.actor), one.at
                )
                for one in said
            ),
            evidence=tuple(_evidence(one) for one in self.evidence if one.reply in entries) if reader.names else (),
            may_answer=may_answer(stands.stage, published=self.published is not None),
        )  # fmt: skip


def _read(
    connection: Connection, zone: Zone, quarters: tuple[Quarter, ...], bound: datetime, decided: tuple[Row[Any], ...]
) -> dict[Quarter, _Told]:
    """All of some quarters that was known before an instant; ``decided``: the decisions on their marks."""
    answers = replies.replies(connection, zone.code, quarters, bound)
    given = replies.evidence(connection, zone.code, [row.entry for row in answers]) if answers else []
    every = replies.versions(connection, zone.code, {(row.period, row.unit, row.measure) for row in decided}, bound)
    reviews = filings(connection, zone, own_review.KIND, quarters, bound)
    table = publication.c
    of = table.zone == zone.code, table.report == "scores", table.at < bound
    statement = select(table.period, table.revision, table.at).where(
        *of, table.period.in_([str(one) for one in quarters])
    )
    published = {row.period: row for row in connection.execute(statement.order_by(table.revision))}
    return {
        one: _Told(
            str(one),
            _by_mark(row for row in answers if row.period == str(one)),
            _by_mark(row for row in decided if row.period == str(one)),
            every,
            given,
            reviews.get((zone.office.code, str(one))),
            published.get(str(one)),
        )
        for one in quarters
    }


def _by_mark(rows: Iterable[Row[Any]]) -> Rows:
    found: dict[tuple[str, int], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.unit, row.measure].append(row)
    return found


def _procedure(reading: Reading, scored: Scores, told: _Told) -> Procedure:
    zone, scope = reading.zone, reading.scope
    rows = [row for group in scored.groups for row in group.rows if scope.sees(row.unit.code)]
    published, review = told.published, told.review
    return Procedure(
        zone=zone,
        quarter=scored.quarter,
        today=reading.today,
        days=_days(scored.self_deadline, scored.review_deadline, scored.scheme, review, zone),
        confirmed=scored.scheme.procedure.confirmed,
        review=None if review is None else zone.calendar.day_of(review.received_at),
        filed=sum(row.filing is not None for row in rows),
        due=len(rows),
        units={row.unit.code: told.of_unit(row, Viewpoint(scope.sees_names(row.unit.code))) for row in rows},
        published=None if published is None else published.revision,
        published_on=None if published is None else zone.calendar.day_of(published.at),
        own=None if scope.sees_all else scope.unit,
        decides=scope.decides,
        own_review_waits=(scope.decides or scope.administers) and _waits(reading, review),
    )


def _waits(reading: Reading, review: Filing | None) -> bool:
    """Whether the office's own marks in a review wait for a second account."""
    bound = reading.zone.calendar.end_of(reading.today)
    if review is None or review.submission not in reading.once(reviews_that_wait, bound):
        return False
    return review.submission in own_review.unanswered(reading.connection, reading.zone.code)


def days_of(reading: Reading, quarter: Quarter) -> Days:
    """Until when each step of a quarter is due, as it stands today; nothing is scored for it."""
    zone, last = reading.zone, reading.zone.calendar.last_day(quarter)
    bound = zone.calendar.end_of(reading.today)
    reviews = filings(reading.connection, zone, own_review.KIND, [quarter], bound)
    scheme = reading.once(known_schemes, bound).of_day(ScoresScheme, last)
    self_due, review_due = (zone.last_due_day(kind, quarter, bound) for kind in ("self_assessment", own_review.KIND))
    return _days(self_due, review_due, scheme, reviews.get((zone.office.code, str(quarter))), zone)


def _days(self_due: date, review_due: date, scheme: ScoresScheme, review: Filing | None, zone: Zone) -> Days:
    """A review that comes late, or anew, leaves the units their days all the same."""
    wanted = scheme.procedure
    came = review_due if review is None else zone.calendar.day_of(review.received_at)
    reply = max(came, review_due) + timedelta(days=wanted.reply_days)
    day_after = review_due + timedelta(days=1)
    return Days(
        self_due=self_due,
        review_due=review_due,
        reply_due=reply,
        decision_due=reply + timedelta(days=wanted.decision_days),
        publishable=day_after if review is None else min(came, day_after),
    )


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(row.entry, row.sha256, row.file_name, row.media_type, row.size, row.at)


def evidence(reading: Reading, entry: int) -> Evidence | None:
    """A piece of evidence that the scope may open: the office and the unit that gave it; None for any other."""
    if entry > LAST_LINE:
        return None
    of, table = mark_reply.c, reply_evidence.c
    wanted = (
        select(reply_evidence, of.unit)
        .join(mark_reply, (of.zone == table.zone) & (of.entry == table.reply))
        .where(table.zone == reading.scope.zone, table.entry == entry)
    )
    row = reading.connection.execute(wanted).first()
    return None if row is None or not reading.scope.sees_names(row.unit) else _evidence(row)


def unit_of_reply(reading: Reading, entry: int) -> str | None:
    """Whose reply it is that has this number; None where it is nobody's."""
    if entry > LAST_LINE:
        return None
    row = replies.one_reply(reading.connection, reading.scope.zone, entry)
    return None if row is None else row.unit
