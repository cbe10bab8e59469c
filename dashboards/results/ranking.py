"""The ranking of a month, as page, command and documents all take it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, or_, select

from dashboards.method.ranking import RankedUnit, rank_group
from dashboards.results import corrections, report_frames
from dashboards.results.corrections import Correction, Later, Ledger
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept, kept_before_it_is_narrowed
from dashboards.results.report_head import report_head
from data.indicators.unit_month import State, UnitMonth
from data.intake.filing import Filing, Undone, filings, months_with_ledgers, undone
from data.people.scope import Scope
from data.rollup import enforcement as rollup
from data.rollup.in_force import submissions_in_force
from data.schema.baseline import baseline_month
from data.schema.enforcement import Sums
from data.schema.intake import submission
from data.schema.targets import inspection_plan
from data.zone.periods import Month
from data.zone.schemes import RankingScheme, ranking_schemes
from data.zone.zone import GROUPS, Unit, Zone, late_until

if TYPE_CHECKING:
    from pandas import DataFrame

MONTHS_OF_HISTORY = 12


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
    and ``corrections`` are those of each month.
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
    """One group, best first."""

    group: str
    rows: tuple[RankedRow, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of one month; ``own_only``: one unit's figures without its place, for the month is not published.

    ``rule_changed``: the month before was scored by another scheme, so that scores are not to be compared.
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
    compared = Month(compare_with if compare_with is not None else month.year - 1, month.month)
    as_of = min(as_of or known_by, known_by)
    basis = read(reading, with_history(month), compared, known_by=known_by, as_of=as_of)
    return of_month(basis, reading.scope, month, compared)


def with_history(month: Month) -> tuple[Month, ...]:
    """The month, and before it those that its ranking is shown beside."""
    return tuple(month.plus(-back) for back in range(MONTHS_OF_HISTORY, -1, -1))


def of_month(basis: Basis, scope: Scope, month: Month, compared: Month) -> Ranking:
    """The ranking of a month as the scope may see it, from all that was read of it and of the months before."""
    zone = basis.zone
    groups = tuple(_group(basis, month, compared, name, scope) for name in GROUPS)
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


@dataclass(frozen=True)
class Basis:
    """All that was read: a year of sums, filings, plans and schemes.

    ``later`` is what came or went after a month's deadline; ``ledgers`` is what is needed to rank a month as it was
    known at its deadline.
    """

    zone: Zone
    known_by: date
    as_of: date
    sums: Mapping[tuple[str, str], Sums]
    filed: Mapping[tuple[str, str], Filing]
    plans: Plans
    baseline: Mapping[tuple[str, str], Row[Any]]
    schemes: Mapping[Month, RankingScheme]
    deadlines: Mapping[Month, date]
    months_filed: Sequence[Month]
    undone: Mapping[tuple[str, str], Undone]
    ledgers: Mapping[str, Sequence[Ledger]] = field(default_factory=dict)
    later: Mapping[tuple[str, Month], Later] = field(default_factory=dict)

    @cached_property
    def plans_now(self) -> dict[tuple[str, str], int]:
        """(unit, month) → the inspections planned, as far as it is known."""
        return self.plans.at(self.zone.calendar.end_of(self.known_by))

    @cached_property
    def ranked(self) -> dict[tuple[Month, str], list[RankedUnit]]:
        """(month, group) → its units, best first."""
        return {(month, group): _rank(self, month, group) for month in self.schemes for group in GROUPS}

    @cached_property
    def corrections(self) -> dict[Month, dict[str, Correction]]:
        """Month → unit → how it was corrected."""
        found: dict[Month, dict[str, Correction]] = {month: {} for month in self.schemes}
        for (month, _group), units in self.ranked.items():
            found[month] |= _corrected(self, month, units)
        return found


@dataclass(frozen=True, slots=True)
class Plans:
    """Every inspection plan that was known, and the workbooks that told of them."""

    filed: Mapping[str, Sequence[Ledger]]
    rows: Sequence[Row[*tuple[Any, ...]]]

    def at(self, moment: datetime) -> dict[tuple[str, str], int]:
        """(unit, month) → the inspections planned, as it was known before a moment."""
        counting = {
            one.submission for of_unit in self.filed.values() for one in corrections.counting(of_unit, moment).values()
        }
        return {(row.unit, row.month): row.inspections for row in self.rows if row.submission in counting}


@kept_before_it_is_narrowed
def read(reading: Reading, months: tuple[Month, ...], *compared: Month, known_by: date, as_of: date) -> Basis:
    """All that rankings of these months rest on, beside others' counts, with what of each moved after its deadline.

    A month whose deadline has not passed by then has nothing to correct. The units are ranked at once, for everybody asks.
    """
    connection, zone = reading.connection, reading.zone
    basis = _read(reading, months, compared, known_by, as_of)
    passed = [month for month in basis.schemes if basis.deadlines[month] < known_by]
    ledgers = corrections.ledgers(connection, zone, zone.calendar.end_of(known_by))
    return _ranked_now(replace(basis, ledgers=ledgers, later=corrections.later(connection, zone, ledgers, passed)))


def _ranked_now(basis: Basis) -> Basis:
    """The same, after what it computes when it is first asked for: whoever is given it later finds that done."""
    for name in ("plans_now", "ranked", "corrections"):
        getattr(basis, name)
    return basis


def _read(
    reading: Reading, months: Collection[Month], compared: Collection[Month], known_by: date, as_of: date
) -> Basis:
    connection, zone = reading.connection, reading.zone
    bound = zone.calendar.end_of(known_by)
    last_days = {one: zone.calendar.last_day(one) for one in months}
    schemes = ranking_schemes(connection, zone.code, last_days.values())
    return Basis(
        zone=zone,
        known_by=known_by,
        as_of=as_of,
        sums=_sums(connection, zone, max([*months, *compared]), bound),
        filed=filings(connection, zone, "enforcement", [*months, *compared], bound),
        plans=_plans(connection, zone, months, bound),
        baseline=_baseline(connection, zone, bound),
        schemes={one: schemes[day] for one, day in last_days.items()},
        deadlines={one: zone.due_day("enforcement", one) for one in months},
        months_filed=reading.once(months_with_ledgers, bound),
        undone=undone(connection, zone, "enforcement", months, bound),
    )


def read_as_they_are(reading: Reading, months: Collection[Month]) -> Basis:
    """All that the scores of some months rest on as of today, to be scored as they are or as they might be."""
    return _read(reading, months, (), reading.today, reading.today)


def score_of(basis: Basis, unit: str, month: Month) -> Decimal | None:
    """A unit's own score in a month, whatever the others have."""
    (one,) = rank_group([_unit_month(basis, basis.zone.unit_by_code[unit], month)], basis.schemes[month])
    return one.score


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
            one, basis.schemes[month], _undone(basis, one.unit, month), basis.corrections[month].get(one.unit)
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


def _sums(connection: Connection, zone: Zone, month: Month, bound: datetime) -> dict[tuple[str, str], Sums]:
    """Sums by unit and month up to the month, with overdue cases added up: from the rollup where it knows no more."""
    table = submission.c
    later = connection.execute(
        select(func.count()).where(
            table.zone == zone.code,
            table.kind == "enforcement",
            table.status == "accepted",
            or_(table.received_at >= bound, table.returned_at >= bound),
        )
    ).scalar()
    if later:
        return rollup.recompute(connection, zone, known_by=bound)
    return rollup.kept(connection, zone, month)


def _plans(connection: Connection, zone: Zone, months: Collection[Month], bound: datetime) -> Plans:
    filed = corrections.ledgers(connection, zone, bound, "targets")
    plan = inspection_plan.c
    rows = connection.execute(
        select(plan.submission, plan.unit, plan.month, plan.inspections)
        .where(
            plan.zone == zone.code,
            plan.submission.in_([one.submission for of_unit in filed.values() for one in of_unit]),
            plan.month.in_([str(month) for month in months]),
        )
        .order_by(plan.submission)
    )
    return Plans(filed, rows.all())


def _baseline(connection: Connection, zone: Zone, bound: datetime) -> dict[tuple[str, str], Row[Any]]:
    """(unit, month) → sums of past years that were filed as such."""
    in_force = submissions_in_force(connection, zone.code, "baseline", known_by=bound)
    rows = connection.execute(
        select(baseline_month).where(baseline_month.c.zone == zone.code, baseline_month.c.submission.in_(in_force))
    )
    return {(row.unit, row.month): row for row in rows}


def _group(basis: Basis, month: Month, compared: Month, name: str, scope: Scope) -> RankedGroup:
    rankings = {one: basis.ranked[one, name] for one in with_history(month)}
    corrected = {one: basis.corrections[one] for one in rankings}
    units = basis.zone.unit_by_code
    rows = tuple(
        RankedRow(
            figures=figures,
            counts=_unit_month(basis, units[figures.unit], month),
            unit=units[figures.unit],
            filing=Viewpoint(scope.sees_names(figures.unit)).filing(basis.filed.get((figures.unit, str(month)))),
            previous=_previous(basis, rankings[month.plus(-1)], month.plus(-1), figures.unit),
            history=tuple(
                standing
                for one in rankings
                if (standing := _previous(basis, rankings[one], one, figures.unit)) is not None
            ),
            month_before=_compared(basis, figures.unit, month.plus(-1)),
            year_before=_compared(basis, figures.unit, compared),
            of_months={
                one: ranked for one, of_group in rankings.items() for ranked in of_group if ranked.unit == figures.unit
            },
            undone=_undone(basis, figures.unit, month),
            correction=corrected[month].get(figures.unit),
            undone_in={one: last for one in rankings if (last := _undone(basis, figures.unit, one)) is not None},
            corrections={one: of[figures.unit] for one, of in corrected.items() if figures.unit in of},
        )
        for figures in rankings[month]
        if scope.sees(figures.unit)
    )
    return RankedGroup(name, rows if scope.sees_all else tuple(_without_ranks(row) for row in rows))


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


def _rank(basis: Basis, month: Month, group: str) -> list[RankedUnit]:
    units = [unit for unit in basis.zone.units_of(month) if unit.group == group]
    return rank_group([_unit_month(basis, unit, month) for unit in units], basis.schemes[month])


def _unit_month(basis: Basis, unit: Unit, month: Month) -> UnitMonth:
    filing = basis.filed.get((unit.code, str(month)))
    plan = basis.plans_now.get((unit.code, str(month)))
    if filing is not None:
        timeliness = _timeliness(basis, filing.counted_at, month)
        one = _counted(basis.sums, unit, month, State.REPORTED, plan=plan, timeliness=timeliness)
        return replace(one, zero_then_filled=filing.zero_then_filled)
    passed = basis.zone.calendar.end_of(basis.as_of) > basis.zone.calendar.end_of(basis.deadlines[month])
    one = _counted(basis.sums, unit, month, State.NOT_REPORTED if passed else State.AWAITED, plan=plan)
    last = _undone(basis, unit.code, month)
    return replace(one, refused=last is not None and not last.set_aside)


def _undone(basis: Basis, unit: str, month: Month) -> Undone | None:
    """The ledger received last, where nothing of the unit counts for the month because it was refused or set aside."""
    key = unit, str(month)
    return None if key in basis.filed else basis.undone.get(key)


def _counted(
    sums: Mapping[tuple[str, str], Sums],
    unit: Unit,
    month: Month,
    state: State,
    *,
    plan: int | None = None,
    timeliness: Fraction | None = None,
) -> UnitMonth:
    own = sums.get((unit.code, str(month)), Sums())
    overdue = sum(
        one.overdue_major_change for (code, at), one in sums.items() if code == unit.code and at <= str(month)
    )
    return UnitMonth(
        unit=unit.code,
        name=unit.name,
        may_penalise=unit.may_penalise,
        state=state,
        sums=own,
        overdue_major=overdue,
        plan=plan,
        timeliness=timeliness,
    )


def _timeliness(basis: Basis, receipt: datetime, month: Month) -> Fraction:
    received, deadline = basis.zone.calendar.day_of(receipt), basis.deadlines[month]
    if received <= deadline:
        return Fraction(1)
    last = late_until(deadline, basis.schemes[month].thresholds.late_days)
    return Fraction(1, 2) if received <= last else Fraction(0)


def _corrected(basis: Basis, month: Month, ranked: Sequence[RankedUnit]) -> dict[str, Correction]:
    """Unit → how its own later ledgers moved it from what was known at the end of the deadline's day.

    Who would stand as now without them did not move by them: others came, or a place was lost to another's correction.
    """
    moved = [one for one in ranked if (one.unit, month) in basis.later]
    if not moved:
        return {}
    units = [basis.zone.unit_by_code[one.unit] for one in ranked]
    scheme = basis.schemes[month]
    before = {one.unit: one for one in rank_group([_as_known_then(basis, unit, month) for unit in units], scheme)}
    found = {}
    for one in moved:
        without = [_unit_month(basis, unit, month) for unit in units if unit.code != one.unit]
        alone = _without_later(basis, basis.zone.unit_by_code[one.unit], month)
        unmoved = next(other for other in rank_group([*without, alone], scheme) if other.unit == one.unit)
        then = before[one.unit]
        if (one.score, one.rank) not in {(then.score, then.rank), (unmoved.score, unmoved.rank)}:
            found[one.unit] = Correction(basis.later[one.unit, month].last_at, then.score, then.rank)
    return found


def _as_known_then(basis: Basis, unit: Unit, month: Month) -> UnitMonth:
    """A unit as it was known at the end of the deadline's day: in time, or still awaited."""
    deadline = basis.zone.calendar.end_of(basis.deadlines[month])
    if str(month) not in corrections.counting(basis.ledgers.get(unit.code, ()), deadline):
        return _counted({}, unit, month, State.AWAITED)
    moved = basis.later.get((unit.code, month))
    sums = basis.sums if moved is None else moved.sums
    plan = basis.plans.at(deadline).get((unit.code, str(month)))
    return _counted(sums, unit, month, State.REPORTED, plan=plan, timeliness=Fraction(1))


def _without_later(basis: Basis, unit: Unit, month: Month) -> UnitMonth:
    """A unit as it would stand now if after the deadline nothing of it had come or gone but its first ledger of the month."""
    moved = basis.later[unit.code, month]
    if not moved.known and moved.first is None:
        return _unit_month(basis, unit, month)
    timeliness = Fraction(1) if moved.first is None else _timeliness(basis, moved.first.counted_at, month)
    plan = basis.plans_now.get((unit.code, str(month)))
    return _counted(moved.sums, unit, month, State.REPORTED, plan=plan, timeliness=timeliness)


def _previous(basis: Basis, ranked: Sequence[RankedUnit], month: Month, unit: str) -> RankedScore | None:
    """The unit's standing in a month for which anybody filed; None before the record begins or where it is unranked."""
    if not any(at == str(month) for _, at in basis.filed):
        return None
    one = next((one for one in ranked if one.unit == unit), None)
    return None if one is None or one.rank is None else RankedScore(month, one.rank, one.score)


def _compared(basis: Basis, unit: str, month: Month) -> Compared | None:
    """The counts of another month: from the unit's ledgers, else from the baseline, else nothing."""
    key = unit, str(month)
    if key in basis.filed:
        sums = basis.sums.get(key, Sums())
        return Compared(month, False, sums.inspections, sums.problem_inspections, sums.penalties)
    row = basis.baseline.get(key)
    return None if row is None else Compared(month, True, row.inspections, row.problem_inspections, row.penalties)


def as_dict(ranking: Ranking) -> dict[str, Any]:
    """The ranking as CONTRACT prints it: plain numbers, ratios unrounded."""
    return {
        **report_head("ranking", ranking.month, ranking, sha256=None),
        "groups": [
            {"group": group.group, "rows": [_row_as_dict(row, ranking) for row in group.rows]}
            for group in ranking.groups
        ],
    }


def _row_as_dict(row: RankedRow, ranking: Ranking) -> dict[str, Any]:
    one = row.figures
    previous = row.previous
    return {
        "unit": one.unit,
        "name": one.name,
        "rank": one.rank,
        "of": one.of,
        "score": plain(one.score),
        "flags": list(one.flags),
        "indicators": None if one.indicators is None else {key: plain(value) for key, value in one.indicators.items()},
        "points": {key: plain(value) for key, value in one.points.items()},
        "deductions": {key: plain(value) for key, value in one.deductions.items()},
        "basis": plain(one.basis),
        "rank_interval": None,
        "previous": None if previous is None else {"rank": previous.rank, "score": plain(previous.score)},
        "correction": None if row.correction is None else _correction_as_dict(row.correction, ranking),
    }


def _correction_as_dict(one: Correction, ranking: Ranking) -> dict[str, Any]:
    return {
        "received_at": one.received_at.astimezone(ranking.timezone).isoformat(),
        "score_before": plain(one.score_before),
        "rank_before": one.rank_before,
    }


def plain(value: Fraction | Decimal | int | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) and isinstance(value, Fraction) else float(value)
