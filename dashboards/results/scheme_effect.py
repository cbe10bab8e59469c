"""What a draft of a scheme would have done to a past period: by the scheme in force, and by the draft. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboards.method.named import NotNamed
from dashboards.method.scores import ScoredUnit
from dashboards.results import casualties, ranking, ranking_basis, scores
from dashboards.results.lowest import at, lowest, with_score
from dashboards.results.ranking import RankedGroup, Ranking
from dashboards.results.ranking_basis import with_history
from dashboards.results.reading import Reading
from dashboards.results.scores import ScoredGroup
from data.zone.periods import Month, Period, Quarter, Year
from data.zone.schemes import CasualtyScheme, RankingScheme, Scheme, ScoresScheme


@dataclass(frozen=True, slots=True)
class Placed:
    """How a unit stands by one of the two: score, place, flags (of a quarter also its grade)."""

    score: Decimal | None
    rank: int | None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class MovedUnit:
    """A unit by the scheme in force, and by the draft."""

    unit: str
    name: str
    before: Placed
    after: Placed

    @property
    def score_change(self) -> Decimal | None:
        """Points more by the draft."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score

    @property
    def places_gained(self) -> int | None:
        """Places gained by the draft (negative: lost)."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank


@dataclass(frozen=True, slots=True)
class Ends:
    """Who leads a group, and who may be named last; why nobody is. ``sure``: whether they may be named alone."""

    leading: tuple[str, ...]
    last: tuple[str, ...]
    why_nobody: NotNamed | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """A group, in order of the places by the draft."""

    group: str
    rows: tuple[MovedUnit, ...]
    before: Ends
    after: Ends


@dataclass(frozen=True, slots=True)
class ForeseenByDraft:
    """A scope of the casualty targets (the zone, a unit, a sector): its light and the chance that its cap is exceeded."""

    name: str
    light_before: str | None
    light_after: str | None
    chance_before: float | None
    chance_after: float | None

    @property
    def moved(self) -> bool:
        """Whether anything is otherwise."""
        return (self.light_before, self.chance_before) != (self.light_after, self.chance_after)


@dataclass(frozen=True, slots=True)
class DraftEffect:
    """A period by both: ``groups`` of a month or quarter, ``foreseen`` of a year. ``before`` is what is in force for it."""

    period: Period
    before: Scheme
    draft: Scheme
    groups: tuple[MovedGroup, ...] = ()
    foreseen: tuple[ForeseenByDraft, ...] = ()

    @property
    def moved(self) -> int:
        """How many units or scopes stand otherwise by the draft."""
        units = sum(one.before != one.after for group in self.groups for one in group.rows)
        return units + sum(one.moved for one in self.foreseen)


def periods(reading: Reading, name: str) -> list[Period]:
    """The past periods on which a draft can be tried: those of which anything is known, the latest first."""
    found: Sequence[Period]
    if name == "monthly_ranking":
        found = reading.months
    elif name == "quarterly_scores":
        found = reading.quarters
    else:
        found = [Year(year) for year in casualties.years(reading)]
    first = [one for one in found if reading.zone.calendar.first_day(one) <= reading.today]
    return list(reversed(first))


def usual(reading: Reading, name: str) -> Period | None:
    """The period on which a draft is tried where nobody asked for another; None where nothing is known of any."""
    found = periods(reading, name)
    latest: dict[str, Period] = {
        "monthly_ranking": reading.latest_due_month,
        "quarterly_scores": reading.latest_due_quarter,
    }
    return latest[name] if latest.get(name) in found else next(iter(found), None)


def fetch(reading: Reading, draft: Scheme, period: Period) -> DraftEffect:
    """A period by the scheme in force and by the draft, as the reading's scope may see it.

    LookupError for a period of another kind than the scheme's.
    """
    if isinstance(draft, RankingScheme) and isinstance(period, Month):
        return _of_month(reading, draft, period)
    if isinstance(draft, ScoresScheme) and isinstance(period, Quarter):
        return _of_quarter(reading, draft, period)
    if isinstance(draft, CasualtyScheme) and isinstance(period, Year):
        return _of_year(reading, draft, period)
    raise LookupError(f"{draft.name} scores no {period}")


def _of_month(reading: Reading, draft: RankingScheme, month: Month) -> DraftEffect:
    before = ranking.fetch(reading, month)
    compared = Month(before.compared_year, month.month)
    basis = ranking_basis.read(reading, with_history(month), compared, known_by=before.known_by, as_of=before.as_of)
    by_draft = replace(basis, schemes={**basis.schemes, month: draft})
    after = ranking.of_month(by_draft, reading.scope, month, compared)
    return DraftEffect(month, before.scheme, draft, tuple(_groups_of_month(before, after)))


def _groups_of_month(before: Ranking, after: Ranking) -> Iterable[MovedGroup]:
    for then, now in zip(before.groups, after.groups, strict=True):
        of = {row.unit.code: Placed(row.figures.score, row.figures.rank) for row in then.rows}
        rows = tuple(
            MovedUnit(
                row.unit.code, row.unit.short_name, of[row.unit.code], Placed(row.figures.score, row.figures.rank)
            )
            for row in now.rows
        )
        yield MovedGroup(now.group, rows, _ends(then), _ends(now))


def _ends(group: RankedGroup) -> Ends:
    named = lowest(group)
    leading = at(with_score(group), best=True) if with_score(group) else []
    return Ends(
        tuple(row.unit.short_name for row in leading),
        tuple(row.unit.short_name for row in named.rows),
        named.why,
        named.sure,
    )


def _of_quarter(reading: Reading, draft: ScoresScheme, quarter: Quarter) -> DraftEffect:
    before = scores.fetch(reading, quarter)
    after = scores.scored_by(reading, quarter, draft)
    groups = []
    for then, now in zip(before.groups, after.groups, strict=True):
        of = {row.unit.code: _placed(row.figures) for row in then.rows}
        rows = tuple(
            MovedUnit(row.unit.code, row.unit.short_name, of[row.unit.code], _placed(row.figures)) for row in now.rows
        )
        groups.append(MovedGroup(now.group, rows, _ends_of_quarter(then), _ends_of_quarter(now)))
    return DraftEffect(quarter, before.scheme, draft, tuple(groups))


def _placed(one: ScoredUnit) -> Placed:
    return Placed(one.score, one.rank, one.grade)


def _ends_of_quarter(group: ScoredGroup) -> Ends:
    """Who leads, and who speaks last for the lowest score (METHOD section 3)."""
    scored = [row for row in group.rows if row.figures.score is not None]
    return Ends(
        tuple(row.unit.short_name for row in scored if row.figures.rank == 1),
        tuple(row.unit.short_name for row in scored if "lowest" in row.speaks),
        None if scored else "nobody_scored",
    )


def _of_year(reading: Reading, draft: CasualtyScheme, year: Year) -> DraftEffect:
    before = casualties.fetch(reading, year)
    after = casualties.fetch(reading, year, by=draft)
    pairs = [
        (reading.zone.name, before.total, after.total),
        *((a.unit.short_name, a.standing, b.standing) for a, b in zip(before.units, after.units, strict=True)),
        *((a.name, a.standing, b.standing) for a, b in zip(before.sectors, after.sectors, strict=True)),
    ]
    foreseen = tuple(
        ForeseenByDraft(name, then.light, now.light, then.breach_probability, now.breach_probability)
        for name, then, now in pairs
        if then.cap is not None
    )
    return DraftEffect(year, before.scheme, draft, foreseen=foreseen)
