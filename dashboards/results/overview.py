"""The overview of a month: what a leader must know and decide now, put together from the other results.

Nothing is worked out here a second time: every figure is one that ranking, scores, casualties or submissions give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.method.casualties import Accident, NearClosure, has_larger
from dashboards.method.ranking import RankedUnit
from dashboards.method.replies import Stage
from dashboards.results import casualties, quarter_procedure, ranking, ranking_basis, scores, submissions
from dashboards.results.casualties import AccidentRow, Casualties
from dashboards.results.corrections import Correction
from dashboards.results.lowest import Lowest, lowest
from dashboards.results.quarter_procedure import Procedure
from dashboards.results.ranking import RankedRow, Ranking
from dashboards.results.reading import Reading, kept
from dashboards.results.scores import ScoredRow, Scores
from dashboards.results.submissions import Submissions
from data.intake.filing import DueReport
from data.zone.periods import Month, Period, Quarter, Year
from data.zone.zone import Unit, Zone

LEDGER = "enforcement"


@dataclass(frozen=True, slots=True)
class ProposedVeto:
    """A veto that the figures propose and nobody has decided on."""

    quarter: Quarter
    row: ScoredRow


@dataclass(frozen=True, slots=True)
class OverdueReport:
    """An accident whose investigation report is overdue by so many days."""

    row: AccidentRow
    days: int


@dataclass(frozen=True, slots=True)
class RefusedWorkbook:
    """A workbook that was refused, and none accepted in its place."""

    period: Period
    report: DueReport


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """A workbook that the office returned, and none accepted after it."""

    period: Period
    report: DueReport


@dataclass(frozen=True, slots=True)
class MissingReports:
    """Units that filed nothing of a kind by the deadline; ``due`` units should have."""

    period: Period
    kind: str
    deadline: date
    units: tuple[Unit, ...]
    due: int


@dataclass(frozen=True, slots=True)
class NotReviewed:
    """Units whose self-assessment the committee has not reviewed, or not wholly."""

    quarter: Quarter
    deadline: date
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class ContestedMarks:
    """Marks of a quarter that units contest and the office has not decided on; ``past``: the day is over."""

    quarter: Quarter
    units: tuple[Unit, ...]
    marks: int
    due: date
    past: bool


@dataclass(frozen=True, slots=True)
class MarksToAnswer:
    """Marks of a quarter that the unit has not answered."""

    quarter: Quarter
    unit: Unit
    marks: int
    due: date
    past: bool


@dataclass(frozen=True, slots=True)
class Publishable:
    """Quarters whose procedure has ended, so that they can be published."""

    quarters: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class StillMissing:
    """An accident with persons whose fate is not settled; they count as dead for now."""

    row: AccidentRow


@dataclass(frozen=True, slots=True)
class ClosureDue:
    """An enterprise penalised so often with a major hazard that closure must be asked for."""

    enterprise: NearClosure


@dataclass(frozen=True, slots=True)
class ClosureNear:
    """Enterprises of which one more such penalty makes closure due."""

    enterprises: tuple[NearClosure, ...]


@dataclass(frozen=True, slots=True)
class UnclearCap:
    """The zone's cap was given as a change on a year that is not on record."""

    year: Year


@dataclass(frozen=True, slots=True)
class Corrected:
    """Units whose score or place in a month their own later ledgers moved after the deadline."""

    month: Month
    rows: tuple[tuple[Unit, RankedUnit, Correction], ...]


Matter = (
    ProposedVeto
    | OverdueReport
    | RefusedWorkbook
    | ReturnedWorkbook
    | MissingReports
    | StillMissing
    | ClosureDue
    | ClosureNear
    | NotReviewed
    | ContestedMarks
    | MarksToAnswer
    | Publishable
    | UnclearCap
    | Corrected
)


TO_BE_DECIDED = (ProposedVeto, ClosureDue, StillMissing, NotReviewed, ContestedMarks)
"""A veto, a closure to be asked for, a fate to be settled, a review, a contested mark."""


@dataclass(frozen=True, slots=True)
class ClosedLoop:
    """Cases closed of the cases due in the month, added up over the units that reported."""

    closed: int
    due: int
    units: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The month at a glance. ``day`` is the day that casualties are counted to, ``months`` are those of the year so far."""

    zone: Zone
    month: Month
    day: date
    months: tuple[Month, ...]
    casualties: Casualties
    ranking: Ranking
    quarters: tuple[Scores, ...]
    submissions: tuple[Submissions, ...]
    matters: tuple[Matter, ...]

    @property
    def rows(self) -> list[RankedRow]:
        """Every unit of the month's ranking, group by group."""
        return [row for group in self.ranking.groups for row in group.rows]

    @property
    def ledgers(self) -> tuple[DueReport, ...]:
        """The month's enforcement ledgers: one report a unit."""
        found = next(one for one in self.submissions if one.period == self.month)
        return tuple(report for report in found.reports if report.kind == LEDGER)

    @property
    def zero_enforcement(self) -> list[RankedRow]:
        """Units that reported the month and inspected nobody."""
        return [row for row in self.rows if "zero_enforcement" in row.figures.flags]

    @property
    def zero_penalty(self) -> list[RankedRow]:
        """Units that may penalise, found problems in the month and penalised none of them."""
        return [row for row in self.rows if "zero_penalty" in row.figures.flags]

    @property
    def overdue_major(self) -> list[RankedRow]:
        """Units with cases of major hazards overdue at the month's end, most first, whether they reported or not."""
        return sorted((row for row in self.rows if row.counts.overdue_major), key=lambda row: -row.counts.overdue_major)

    @property
    def lowest(self) -> list[tuple[str, Lowest]]:
        """Who is last in each group of the month; empty for who sees no places."""
        groups = () if self.ranking.own_only else self.ranking.groups
        return [(group.group, lowest(group)) for group in groups if group.rows]

    @property
    def larger_accidents(self) -> list[Accident]:
        """This year's counted accidents of class 较大 or above, up to the day."""
        return [row.accident for row in self.casualties.accidents if has_larger([row.accident])]

    @property
    def decisions(self) -> tuple[Matter, ...]:
        """The matters that the committee or its office alone can settle; a unit's account settles none."""
        return () if self.ranking.own_only else tuple(one for one in self.matters if isinstance(one, TO_BE_DECIDED))

    @property
    def actions(self) -> tuple[Matter, ...]:
        """The other matters."""
        own = self.ranking.own_only
        return tuple(one for one in self.matters if own or not isinstance(one, TO_BE_DECIDED))

    @property
    def closed_loop(self) -> ClosedLoop:
        """The zone's closed loop: sums first, over the units that reported."""
        known = [row.counts.sums for row in self.rows if row.figures.indicators is not None]
        return ClosedLoop(sum(one.closed_cases for one in known), sum(one.due_cases for one in known), len(known))


@kept
def fetch(reading: Reading, month: Month) -> Overview:
    """Ask each result once, and gather from them what wants a decision; what two of them rest on is read once.

    Casualties stand as of today while the month is the latest that is due; for a past month, as of its last day.
    """
    zone, today = reading.zone, reading.today
    day = stands_at(zone, month, today)
    months = [Month(month.year, number) for number in range(1, month.month + 1)]
    quarters = _quarters(month)
    periods: tuple[Period, ...] = (Year(month.year), *quarters, *months)
    year_before = month.plus(-12)
    basis = ranking_basis.read(reading, ranking_basis.with_history(month), year_before, known_by=today, as_of=today)
    ranked = ranking.of_month(basis, reading.scope, month, year_before, drawn=(), of_others=basis.places)
    scored = scores.score_each(reading, quarters, ranked_on=basis)
    filed = submissions.fetch_each(reading, periods)
    deaths = casualties.fetch(reading, Year(day.year), as_of=day)
    procedures = quarter_procedure.of_each(reading, scored)
    return Overview(
        zone=zone,
        month=month,
        day=day,
        months=tuple(months),
        casualties=deaths,
        ranking=ranked,
        quarters=scored,
        submissions=filed,
        matters=(*_matters(month, deaths, scored, filed), *_of_procedures(procedures), *_corrected(ranked, months)),
    )


def stands_at(zone: Zone, month: Month, today: date) -> date:
    """Today until the next month's ledgers are due; from then on the month is past and stands at its last day."""
    past = today > zone.due_day(LEDGER, month.plus(1))
    return zone.calendar.last_day(month) if past else today


def _quarters(month: Month) -> list[Quarter]:
    """The quarters that were over with the month: those of its year, or else the last of the year before."""
    return [Quarter(month.year, number) for number in range(1, month.month // 3 + 1)] or [Quarter(month.year - 1, 4)]


def _matters(
    month: Month, deaths: Casualties, scored: Sequence[Scores], filed: Sequence[Submissions]
) -> Iterator[Matter]:
    """What wants a decision, then what is overdue, then what must be watched; the latest period first."""
    latest_first = scored[::-1]
    for quarter in latest_first:
        for row in _rows(quarter, "veto_proposed"):
            yield ProposedVeto(quarter.quarter, row)
    yield from _reports_overdue(deaths)
    for found in _on_record(filed, month)[::-1]:
        yield from _not_filed(found)
    yield from (ClosureDue(one) for one in deaths.near_closure if one.reached)
    yield from (StillMissing(row) for row in deaths.accidents if row.accident.provisional and row.accident.counted)
    for quarter in latest_first:
        units = tuple(row.unit for row in _rows(quarter, "unreviewed"))
        if units:
            yield NotReviewed(quarter.quarter, quarter.review_deadline, units)
    near = tuple(one for one in deaths.near_closure if not one.reached)
    if near:
        yield ClosureNear(near)
    if deaths.cap_unclear:
        yield UnclearCap(deaths.year)


def _of_procedures(found: Sequence[Procedure]) -> Iterator[ContestedMarks | MarksToAnswer | Publishable]:
    """What of the quarters' procedures waits for the office, or for the unit that asks; the latest quarter first."""
    for one in reversed(found):
        units = one.zone.unit_by_code
        contested = one.all_at(Stage.CONTESTED)
        if contested and one.own is None:
            marks = sum(len(some) for _unit, some in contested)
            named = tuple(units[of.unit] for of, _some in contested)
            yield ContestedMarks(one.quarter, named, marks, one.days.decision_due, one.today > one.days.decision_due)
        if one.own is not None and one.published is None:
            for of, some in one.all_at(Stage.OPEN):
                yield MarksToAnswer(
                    one.quarter, units[of.unit], len(some), one.days.reply_due, one.today > one.days.reply_due
                )
    ready = tuple(one.quarter for one in found if one.decides and one.awaits_publication)
    if ready:
        yield Publishable(ready)


def _corrected(ranked: Ranking, months: Sequence[Month]) -> Iterator[Corrected]:
    """What was corrected in the months of the year, the latest first: the office is told of it."""
    rows = [row for group in ranked.groups for row in group.rows]
    for month in reversed(months):
        moved = tuple(
            (row.unit, row.of_months[month], row.corrections[month]) for row in rows if month in row.corrections
        )
        if moved:
            yield Corrected(month, moved)


def _rows(quarter: Scores, flag: str) -> list[ScoredRow]:
    return [row for group in quarter.groups for row in group.rows if flag in row.figures.flags]


def _reports_overdue(deaths: Casualties) -> Iterator[OverdueReport]:
    overdue = [row for row in deaths.accidents if row.report_state == "overdue"]
    for row in sorted(overdue, key=lambda row: row.report_due):
        yield OverdueReport(row, (deaths.as_of - row.report_due).days)


def _on_record(filed: Sequence[Submissions], month: Month) -> list[Submissions]:
    """The periods from the first in which anybody filed, months, quarters and years apart; without any, the month's own."""
    kept: list[Submissions] = []
    for every in (Year, Quarter, Month):
        alike = [one for one in filed if isinstance(one.period, every)]
        begun = next((at for at, one in enumerate(alike) if _begun(one)), None)
        kept += alike[begun:] if begun is not None else [one for one in alike[-1:] if one.period.year == month.year]
    return kept


def _begun(found: Submissions) -> bool:
    return any(report.filing or report.undone for report in found.reports)


def _not_filed(found: Submissions) -> Iterator[ReturnedWorkbook | RefusedWorkbook | MissingReports]:
    """Returned, refused and missing reports of one period."""
    yield from (ReturnedWorkbook(found.period, report) for report in found.reports if report.to_be_sent_again)
    yield from (RefusedWorkbook(found.period, report) for report in found.reports if report.status == "rejected")
    for kind in dict.fromkeys(report.kind for report in found.reports):
        due = [report for report in found.reports if report.kind == kind]
        missing = [report for report in due if report.status == "missing"]
        days = [report.deadline for report in missing if report.deadline is not None]
        if days:
            yield MissingReports(found.period, kind, max(days), tuple(report.unit for report in missing), len(due))
