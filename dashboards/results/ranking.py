"""The ranking of a month, as page, command and documents all take it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboards.method.ranking import RankedUnit
from dashboards.results import chance, report_frames, sectors
from dashboards.results.chance import GroupChance, RowChance
from dashboards.results.corrections import Correction
from dashboards.results.hiding import Viewpoint
from dashboards.results.ranking_basis import Basis, read, undone_of, unit_month, with_history
from dashboards.results.reading import Reading, kept
from dashboards.results.sectors import Sectors
from data.indicators.unit_month import UnitMonth
from data.intake.filing import Filing, Undone
from data.people.scope import Scope
from data.schema.enforcement import Sums
from data.zone.periods import Month
from data.zone.schemes import RankingScheme
from data.zone.zone import GROUPS, Unit

if TYPE_CHECKING:
    from pandas import DataFrame

    from dashboards.method.draws import Reliability


@dataclass(frozen=True, slots=True)
class RankedScore:
    """Rank and score in one month; None where the unit was not ranked, or nobody filed yet."""

    month: Month
    rank: int | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A month's counts beside those of another month; a count is None where only a baseline is known that leaves it out."""

    month: Month
    from_baseline: bool
    inspections: int | None
    problem_inspections: int | None
    penalties: int | None


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One unit in its group: the ranked figures with what stands beside them; ``of_months``, as it was ranked in each.

    ``undone`` is the ledger received last, where nothing counts because it was refused or set aside; ``undone_in``
    and ``corrections`` are those of each month. ``chance``: how sure its place is.
    """

    figures: RankedUnit
    counts: UnitMonth
    unit: Unit
    filing: Filing | None
    previous: RankedScore | None
    history: tuple[RankedScore, ...]
    month_before: Compared | None
    year_before: Compared | None
    of_months: Mapping[Month, RankedUnit]
    undone: Undone | None = None
    correction: Correction | None = None
    undone_in: Mapping[Month, Undone] = field(default_factory=dict)
    corrections: Mapping[Month, Correction] = field(default_factory=dict)
    chance: RowChance = field(default_factory=RowChance)

    @property
    def rank_change(self) -> int | None:
        """Places gained since last month (negative: lost)."""
        if self.previous is None or self.previous.rank is None or self.figures.rank is None:
            return None
        return self.previous.rank - self.figures.rank

    @property
    def score_change(self) -> Decimal | None:
        """Points gained since last month."""
        if self.previous is None or self.previous.score is None or self.figures.score is None:
            return None
        return self.figures.score - self.previous.score


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """One group, best first; ``chance``: how much its order bears, nothing of it for whoever sees only some rows."""

    group: str
    rows: tuple[RankedRow, ...]
    chance: GroupChance | None = None

    @property
    def reliability(self) -> Reliability | None:
        """How much its order bears."""
        return None if self.chance is None else self.chance.reliability


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of one month; ``own_only``: one unit's figures without its place, for the month is not published.

    ``rule_changed``: the month before was scored by another scheme, so that scores are not to be compared.
    ``sectors``: the month by sector, for whoever sees all units; they are read by ``fetch`` alone.
    """

    zone: str
    month: Month
    as_of: date
    known_by: date
    scheme: RankingScheme
    deadline: date
    groups: tuple[RankedGroup, ...]
    compared_year: int
    comparable_years: tuple[int, ...]
    timezone: ZoneInfo
    rule_changed: bool = False
    own_only: bool = False
    published: int | None = None
    sectors: Sectors | None = None

    def group(self, name: str) -> RankedGroup:
        """One group by name; the first for a name that is none."""
        return next((group for group in self.groups if group.group == name), self.groups[0])

    def frame(self) -> DataFrame:
        """One row a unit (``report_frames.RANKING``)."""
        return report_frames.ranking(self)


@kept
def fetch(
    reading: Reading,
    month: Month,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    compare_with: int | None = None,
) -> Ranking:
    """Read the month's rollups that the reading's scope may see, and rank each group.

    ``known_by``: only what had been received by the end of that day (default: today). ``as_of``: the day on
    which a missing ledger is awaited or overdue, if earlier than ``known_by``. ``compare_with``: the year of 同比
    (default: last year).
    """
    known_by = known_by or reading.today
    compared = _compared_with(month, compare_with)
    basis = read(reading, with_history(month), compared, known_by=known_by, as_of=min(as_of or known_by, known_by))
    ranked = of_month(basis, reading.scope, month, compared)
    return replace(ranked, sectors=sectors.fetch(reading, month, known_by=known_by))


@kept
def counted(reading: Reading, month: Month) -> Ranking:
    """The ranking as it stands, without what is drawn of its places and without months before the last one: its figures are those
    of ``fetch``, in a part of the time.
    """
    compared, known_by = _compared_with(month, None), reading.today
    basis = read(reading, (month.plus(-1), month), compared, known_by=known_by, as_of=known_by)
    ranked = of_month(basis, reading.scope, month, compared, drawn=(), of_others=basis.counted)
    return replace(ranked, sectors=sectors.fetch(reading, month, known_by=known_by))


@kept
def fetch_for_group(reading: Reading, month: Month, group: str, *, compare_with: int | None = None) -> Ranking:
    """The same as of today for whoever looks at one group: only of it is drawn how sure its places are, for that takes as long as all the rest.

    Of the other groups nothing of it is said, as if their reader might not see it, and the month by sector is left out.
    """
    compared = _compared_with(month, compare_with)
    basis = read(reading, with_history(month), compared, known_by=reading.today, as_of=reading.today)
    return of_month(basis, reading.scope, month, compared, drawn=(group,))


def _compared_with(month: Month, year: int | None) -> Month:
    return Month(month.year - 1 if year is None else year, month.month)


def of_month(
    basis: Basis,
    scope: Scope,
    month: Month,
    compared: Month,
    drawn: Collection[str] = GROUPS,
    *,
    of_others: Callable[[str], Mapping[str, RowChance]] | None = None,
) -> Ranking:
    """The ranking of a month as the scope may see it, from all that was read of it and of the months before.

    ``drawn``: the groups of which is drawn how sure their places are; ``of_others``: what is told of each unit of another group, such
    as ``Basis.counted`` or ``Basis.places``; nothing without it.
    """
    zone = basis.zone
    groups = tuple(
        _group(basis, month, compared, name, scope, drawn=name in drawn, of_others=of_others) for name in GROUPS
    )
    return Ranking(
        zone=zone.code,
        month=month,
        as_of=basis.as_of,
        known_by=basis.known_by,
        scheme=basis.schemes[month],
        deadline=basis.deadlines[month],
        groups=groups,
        compared_year=compared.year,
        comparable_years=tuple(_comparable_years(basis, month)),
        timezone=zone.calendar.timezone,
        rule_changed=basis.schemes[month.plus(-1)].sha256 != basis.schemes[month].sha256,
        own_only=not scope.sees_all,
    )


def _comparable_years(basis: Basis, month: Month) -> list[int]:
    """The other years of which this month is known, by ledgers or as baseline; last year always."""
    known = {*basis.months_filed, *(Month.parse(period) for _unit, period in basis.baseline)}
    years = {one.year for one in known if one.month == month.month and one < month}
    return sorted(years | {month.year - 1}, reverse=True)


@dataclass(frozen=True, slots=True)
class InMonth:
    """A unit as it was ranked in a month, with what stands beside it."""

    figures: RankedUnit
    scheme: RankingScheme
    undone: Undone | None
    correction: Correction | None


def of_months(basis: Basis, months: Collection[Month]) -> dict[tuple[str, Month], InMonth]:
    """(unit, month) → the unit as it was ranked in each of these months."""
    return {
        (one.unit, month): InMonth(
            one, basis.schemes[month], undone_of(basis, one.unit, month), basis.corrections[month].get(one.unit)
        )
        for month in months
        for group in GROUPS
        for one in basis.ranked[month, group]
    }


def shown_flags(flags: Sequence[str], last: Undone | None) -> tuple[str, ...]:
    """The flags as people read them: of whoever did send, and was refused or waits for the program, nobody says 未报."""
    if last is None:
        return tuple(flags)
    instead = "set_aside" if last.set_aside else "refused"
    return (instead, *(flag for flag in flags if flag not in {"awaited", "not_reported", "refused"}))


def _group(
    basis: Basis,
    month: Month,
    compared: Month,
    name: str,
    scope: Scope,
    *,
    drawn: bool,
    of_others: Callable[[str], Mapping[str, RowChance]] | None,
) -> RankedGroup:
    months = [one for one in with_history(month) if one in basis.schemes]
    corrected = {one: basis.corrections[one] for one in months}
    units, chances = basis.zone.unit_by_code, basis.chance(name) if drawn and scope.sees_all else None
    told_of = of_others(name) if of_others is not None and not drawn and scope.sees_all else {}
    rows = tuple(
        RankedRow(
            figures=figures,
            counts=unit_month(basis, units[figures.unit], month),
            unit=units[figures.unit],
            filing=Viewpoint(scope.sees_names(figures.unit)).filing(basis.filed.get((figures.unit, str(month)))),
            previous=_previous(basis, month.plus(-1), figures.unit),
            history=tuple(standing for one in months if (standing := _previous(basis, one, figures.unit)) is not None),
            month_before=_compared(basis, figures.unit, month.plus(-1)),
            year_before=_compared(basis, figures.unit, compared),
            of_months={one: ranked for one in months if (ranked := basis.placed.get((one, figures.unit))) is not None},
            undone=undone_of(basis, figures.unit, month),
            correction=corrected[month].get(figures.unit),
            undone_in={one: last for one in months if (last := undone_of(basis, figures.unit, one)) is not None},
            corrections={one: of[figures.unit] for one, of in corrected.items() if figures.unit in of},
            chance=told_of.get(figures.unit) or _chance(basis, month, figures.unit, chances),
        )
        for figures in basis.ranked[month, name]
        if scope.sees(figures.unit)
    )
    return RankedGroup(name, rows if scope.sees_all else tuple(_without_ranks(row) for row in rows), chances)


def _chance(basis: Basis, month: Month, unit: str, chances: GroupChance | None) -> RowChance:
    """How sure a unit's place is; where nothing is said of places, how sure its own rates are."""
    if chances is None:
        return RowChance(intervals=chance.intervals(unit_month(basis, basis.zone.unit_by_code[unit], month)))
    return chances.units[unit]


def _without_ranks(row: RankedRow) -> RankedRow:
    """A unit's own figures before they are published: its place would tell of the others'."""
    return replace(
        row,
        figures=_unranked(row.figures),
        previous=None if row.previous is None else replace(row.previous, rank=None),
        history=tuple(replace(one, rank=None) for one in row.history),
        of_months={month: _unranked(one) for month, one in row.of_months.items()},
        correction=_of_score_alone(row.figures, row.correction),
        corrections={
            month: alone
            for month, one in row.corrections.items()
            if (alone := _of_score_alone(row.of_months[month], one)) is not None
        },
    )


def without_rank(one: InMonth) -> InMonth:
    """A unit's own month before it is published."""
    return replace(one, figures=_unranked(one.figures), correction=_of_score_alone(one.figures, one.correction))


def _of_score_alone(one: RankedUnit, correction: Correction | None) -> Correction | None:
    """A correction without places, which would tell of the others'; none where only the place moved."""
    if correction is None or correction.score_before == one.score:
        return None
    return replace(correction, rank_before=None)


def _unranked(one: RankedUnit) -> RankedUnit:
    return replace(one, rank=None, of=0)


def _previous(basis: Basis, month: Month, unit: str) -> RankedScore | None:
    """The unit's standing in a month for which anybody filed; None before the record begins or where it is unranked."""
    if str(month) not in basis.months_told:
        return None
    one = basis.placed.get((month, unit))
    return None if one is None or one.rank is None else RankedScore(month, one.rank, one.score)


def _compared(basis: Basis, unit: str, month: Month) -> Compared | None:
    """The counts of another month: from the unit's ledgers, else from the baseline, else nothing."""
    key = unit, str(month)
    if key in basis.filed:
        sums = basis.sums.get(key, Sums())
        return Compared(month, False, sums.inspections, sums.problem_inspections, sums.penalties)
    row = basis.baseline.get(key)
    return None if row is None else Compared(month, True, row.inspections, row.problem_inspections, row.penalties)
