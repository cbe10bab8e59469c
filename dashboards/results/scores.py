"""The quarterly scores of the ten measures, as page, command and documents all take them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from dashboards.method import scores as method
from dashboards.method.ranking import RankedUnit
from dashboards.method.replies import StandingMark, standing
from dashboards.method.scores import ScoredUnit, UnitQuarter
from dashboards.results import quarter_basis, ranking_basis, report_frames
from dashboards.results.hiding import Viewpoint
from dashboards.results.quarter_basis import Happened, QuarterBasis, QuarterRows
from dashboards.results.ranking import InMonth, shown_flags, without_rank
from dashboards.results.reading import Reading, kept
from data.intake.filing import Filing, Undone
from data.intake.replies import decided
from data.language import gettext as _
from data.people.scope import Scope
from data.zone.accident_class import LARGER, at_least, spoken
from data.zone.normal import compact
from data.zone.periods import Month, Quarter, months_of
from data.zone.schemes import ScoresScheme
from data.zone.zone import GROUPS, Unit, Zone

if TYPE_CHECKING:
    from pandas import DataFrame


FACTS = ("many_accidents", "vetoed")
"""Reasons to speak last that hold whether or not the quarter's reports are in."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a veto is proposed; ``key`` names the fact, so that a decision covers this one and no later one."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DecidedVeto:
    """The office's decision on a proposed veto."""

    confirmed: bool
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeasureNotes:
    """What unit and committee wrote beside the marks of one measure; ``reviewed``: the review's own mark where the office
    decided on another.
    """

    done: str | None
    evidence: str | None
    own_reason: str | None
    review_reason: str | None
    reviewed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One unit in its group: scores with what stands beside them; ``opens``: whether its workbook may be opened.

    ``undone`` is the self-assessment received last, where nothing counts because it was refused or set aside;
    ``months`` are the months behind ``enforcement`` as the monthly ranking has them.
    """

    figures: ScoredUnit
    unit: Unit
    filing: Filing | None
    grounds: tuple[Ground, ...]
    decided: tuple[DecidedVeto, ...]
    extras: tuple[str, ...]
    notes: Mapping[int, MeasureNotes]
    speaks: tuple[str, ...]
    opens: bool = False
    undone: Undone | None = None
    months: Mapping[str, InMonth] = field(default_factory=dict)

    @property
    def shown_flags(self) -> tuple[str, ...]:
        """The flags as people read them: of whoever sent something that was refused nobody says 未报."""
        unreported = "not_reported" in self.figures.flags
        return shown_flags(self.figures.flags, self.undone if unreported else None)


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """One group, best first."""

    group: str
    rows: tuple[ScoredRow, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks last at the next safety meeting, and why: a unit by code, or an enterprise by name."""

    unit: str | None
    enterprise: str | None
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one quarter; ``own_only``: one unit's without its place, for the quarter is not published.

    ``decides``: whether the reader's account may decide on proposed vetoes.
    """

    zone: Zone
    quarter: Quarter
    as_of: date
    known_by: date
    scheme: ScoresScheme
    groups: tuple[ScoredGroup, ...]
    speakers: tuple[Speaker, ...]
    self_deadline: date
    review_deadline: date
    reviewed: bool
    own_only: bool = False
    decides: bool = False
    published: int | None = None

    def group(self, name: str) -> ScoredGroup:
        """One group by name; the first for a name that is none."""
        return next((group for group in self.groups if group.group == name), self.groups[0])

    def grounds(self, unit: str) -> list[str]:
        """The keys of the facts that propose a veto on a unit, by its code; none where none is proposed."""
        rows = [row for group in self.groups for row in group.rows if row.unit.code == unit]
        return [ground.key for row in rows for ground in row.grounds]

    def frame(self) -> DataFrame:
        """One row a unit (``report_frames.SCORES``)."""
        return report_frames.scores(self)

    @property
    def named_speakers(self) -> list[Speaker]:
        """Who speaks last as far as it may be said now: before everybody's time to file has passed only for what is a fact already."""
        if self.settled:
            return list(self.speakers)
        kept = [(one, tuple(key for key in one.reasons if key in FACTS)) for one in self.speakers]
        return [Speaker(one.unit, one.enterprise, one.name, reasons) for one, reasons in kept if reasons]

    @property
    def settled(self) -> bool:
        """Whether the quarter is over and everybody's time to file has passed, so that who is missing may be blamed."""
        return self.as_of > self.self_deadline


def fetch(reading: Reading, quarter: Quarter, *, as_of: date | None = None, known_by: date | None = None) -> Scores:
    """Read marks, months and accidents of a quarter that were known by a day, score every unit and rank each group."""
    (found,) = fetch_each(reading, (quarter,), as_of=as_of, known_by=known_by)
    return found


@kept
def fetch_each(
    reading: Reading, quarters: tuple[Quarter, ...], *, as_of: date | None = None, known_by: date | None = None
) -> tuple[Scores, ...]:
    """The same of several quarters, read together."""
    return score_each(reading, quarters, as_of=as_of, known_by=known_by)


def score_each(
    reading: Reading,
    quarters: Collection[Quarter],
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    ranked_on: ranking_basis.Basis | None = None,
) -> tuple[Scores, ...]:
    """The same, computed now; ``ranked_on`` holds their months as of today, where those were read."""
    known_by = known_by or reading.today
    as_of = min(as_of or known_by, known_by)
    found = quarter_basis.read(reading, quarters, known_by, as_of, ranked_on)
    return tuple(_scores(basis, reading.scope, as_of, known_by) for basis in found)


def scored_by(reading: Reading, quarter: Quarter, scheme: ScoresScheme) -> Scores:
    """A quarter as another scheme than the one in force would score it, computed now and kept nowhere."""
    (basis,) = quarter_basis.read(reading, (quarter,), reading.today, reading.today, None)
    return _scores(replace(basis, scheme=scheme), reading.scope, reading.today, reading.today)


def _scores(basis: QuarterBasis, scope: Scope, as_of: date, known_by: date) -> Scores:
    zone, quarter = basis.zone, basis.quarter
    groups = tuple(_group(basis, name, scope) for name in GROUPS)
    rows = [row for group in groups for row in group.rows]
    return Scores(
        zone=zone,
        quarter=quarter,
        as_of=as_of,
        known_by=known_by,
        scheme=basis.scheme,
        groups=groups,
        speakers=(*_speaking_units(rows), *_speaking_enterprises(basis, scope)),
        self_deadline=zone.last_due_day("self_assessment", quarter, zone.calendar.end_of(known_by)),
        review_deadline=zone.last_due_day("review", quarter, zone.calendar.end_of(known_by)),
        reviewed=bool(basis.told.reviewed),
        own_only=not scope.sees_all,
        decides=scope.decides,
    )


def _group(basis: QuarterBasis, name: str, scope: Scope) -> ScoredGroup:
    scored = _rank(basis, name)
    rows = tuple(_row(basis, one, scored, scope) for one in scored if scope.sees(one.unit))
    return ScoredGroup(name, rows if scope.sees_all else tuple(_without_rank(row) for row in rows))


def _without_rank(row: ScoredRow) -> ScoredRow:
    """A unit's own scores before they are published: its place, also the last, would tell of the others'."""
    return replace(
        row,
        figures=replace(row.figures, rank=None, of=0),
        speaks=tuple(key for key in row.speaks if key != "lowest"),
        months={month: without_rank(one) for month, one in row.months.items()},
    )


def _rank(basis: QuarterBasis, group: str) -> list[ScoredUnit]:
    units = [unit for unit in basis.zone.units_of(basis.quarter) if unit.group == group]
    return method.rank_group([_unit_quarter(basis, unit) for unit in units], basis.scheme)


def _unit_quarter(basis: QuarterBasis, unit: Unit) -> UnitQuarter:
    code = unit.code
    extras = basis.told.extras.get(code, ())
    own = {number: row.mark for number, row in basis.told.own.get(code, {}).items()}
    return UnitQuarter(
        unit=code,
        name=unit.name,
        own=own if code in basis.filed else None,
        reviewed=_reviewed(basis, code),
        months=tuple(
            _month(month, basis.months[code, month].figures)
            for month in months_of(basis.quarter)
            if (code, month) in basis.months
        ),
        milestones=basis.milestones.get(code),
        bonus=sum((row.bonus for row in extras), Decimal(0)),
        deduction=sum((row.deduction for row in extras), Decimal(0)),
        veto=veto(basis.told, code),
        veto_proposed=bool(undecided(basis.told, basis.happened, code)),
        fatal_accidents=sum(one.fatal and one.concerns(code) for one in basis.happened.accidents),
    )


def _reviewed(basis: QuarterBasis, unit: str) -> dict[int, Decimal]:
    """A unit's reviewed marks by measure, as they were decided where it contested them."""
    told = basis.told.reviewed.get(unit, {})
    standing = {number: _standing(basis, unit, number, row) for number, row in told.items()}
    return {number: one.counts for number, one in standing.items() if one.counts is not None}


def _standing(basis: QuarterBasis, unit: str, measure: int, row: Row[Any]) -> StandingMark:
    decision = basis.told.decided.get(unit, {}).get(measure)
    return standing(row.mark, None, decided(decision), basis.told.versions.get((str(basis.quarter), unit, measure), ()))


def _month(month: Month, ranked: RankedUnit) -> method.MonthOfQuarter:
    """A month's score: 0 where nothing was reported, none where the monthly ranking gives none."""
    if "not_reported" in ranked.flags:
        return method.MonthOfQuarter(str(month), Decimal(0), reported=False)
    return method.MonthOfQuarter(str(month), ranked.score, reported=ranked.score is not None)


def veto(told: QuarterRows, unit: str) -> str | None:
    """Why the unit is vetoed: by the review, or by a decision of the office; None if it is not."""
    rows = [row for row in told.extras.get(unit, ()) if row.veto]
    said = [row.reason for row in rows if row.reason]
    said += [decision.reason for decision in told.decisions.get(unit, ()) if decision.confirmed]
    if not rows and not said:
        return None
    return _("; ").join(said) or _("veto")


def grounds(happened: Happened, unit: str) -> list[Ground]:
    """Facts that propose a veto: accidents of class 较大 or above in the quarter, deaths above the year's cap."""
    grave = [one for one in happened.accidents if one.concerns(unit) and at_least(one.accident_class, LARGER)]
    found = [
        Ground(
            f"accident {one.number} {one.accident_class}",
            _("accident %(number)s of class %(class)s on %(day)s", number=one.number, day=one.happened_on.isoformat(),
              **{"class": spoken(one.accident_class)}),
        )
        for one in grave
    ]  # fmt: skip
    cap, deaths = happened.caps.get(unit), happened.deaths.get(unit, 0)
    if cap is not None and deaths > cap:
        said = _("%(deaths)s deaths this year, above the cap of %(cap)s", deaths=deaths, cap=cap)
        found.append(Ground(f"deaths {deaths} cap {cap}", said))
    return found


def undecided(told: QuarterRows, happened: Happened, unit: str) -> list[Ground]:
    """Those of them on which the office has not decided; an accident whose number a later ledger writes otherwise is the same."""
    decided = {compact(key) for decision in told.decisions.get(unit, ()) for key in decision.grounds}
    return [ground for ground in grounds(happened, unit) if compact(ground.key) not in decided]


def _row(basis: QuarterBasis, one: ScoredUnit, group: Sequence[ScoredUnit], scope: Scope) -> ScoredRow:
    decisions = basis.told.decisions.get(one.unit, ())
    reader = Viewpoint(scope.sees_names(one.unit))
    return ScoredRow(
        figures=one if one.veto is None else replace(one, veto=reader.words(one.veto)),
        unit=basis.zone.unit_by_code[one.unit],
        filing=reader.filing(basis.filed.get(one.unit)),
        grounds=tuple(undecided(basis.told, basis.happened, one.unit)) if "veto_proposed" in one.flags else (),
        decided=tuple(
            DecidedVeto(row.confirmed, reader.words(row.reason), reader.account(row.actor), row.at) for row in decisions
        ),
        extras=tuple(
            reader.words(row.reason) for row in basis.told.extras.get(one.unit, ()) if row.reason and not row.veto
        ),
        notes=_notes(basis, one, reader),
        speaks=method.reasons_to_speak(one, group, basis.scheme),
        opens=scope.sees_names(one.unit),
        undone=basis.undone.get(one.unit),
        months={str(month): found for (unit, month), found in basis.months.items() if unit == one.unit},
    )


def _notes(basis: QuarterBasis, one: ScoredUnit, reader: Viewpoint) -> dict[int, MeasureNotes]:
    own, reviewed = basis.told.own.get(one.unit, {}), basis.told.reviewed.get(one.unit, {})
    return {
        part.number: MeasureNotes(
            reader.cell(getattr(own.get(part.number), "done", None)),
            reader.cell(getattr(own.get(part.number), "evidence", None)),
            reader.cell(getattr(own.get(part.number), "reason", None)),
            reader.cell(getattr(reviewed.get(part.number), "reason", None)),
            _otherwise(reviewed.get(part.number), part.review),
        )
        for part in one.measures
    }


def _otherwise(row: Row[Any] | None, counts: Decimal | None) -> Decimal | None:
    """The review's own mark where another counts."""
    return None if row is None or row.mark == counts else row.mark


def _speaking_units(rows: Iterable[ScoredRow]) -> list[Speaker]:
    return [Speaker(row.unit.code, None, row.unit.name, row.speaks) for row in rows if row.speaks]


def _speaking_enterprises(basis: QuarterBasis, scope: Scope) -> list[Speaker]:
    """Enterprises with so many fatal accidents in the quarter, of those the scope sees, that they speak as well."""
    names: dict[str, list[str]] = defaultdict(list)
    for one in basis.happened.accidents:
        if one.fatal and (scope.sees_all or (scope.unit is not None and one.concerns(scope.unit))):
            names[compact(one.enterprise)].append(one.enterprise)
    many = [told for told in names.values() if len(told) >= basis.scheme.speaking_last.fatal_accidents]
    return [Speaker(None, told[-1], told[-1], ("many_accidents",)) for told in many]


def reason_words(key: str) -> str:
    """A reason for speaking last, in words."""
    names = {
        "many_accidents": _("several fatal accidents in the quarter"),
        "vetoed": _("vetoed"),
        "lowest": _("lowest score of its group"),
        "not_reported": _("no report"),
    }
    return names[key]
