"""The ranking of a month, as page, command and documents all take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, or_, select

from dashboards.method.ranking import RankedUnit, State, UnitMonth, rank_group
from dashboards.results.hiding import Reader
from data.clock import Clock
from data.filing import Filing, filings, months_with_ledgers
from data.in_force import submissions_in_force
from data.periods import Month
from data.rollup.enforcement import FIELDS, Sums, recompute
from data.schema.baseline import baseline_month
from data.schema.enforcement import enforcement_month
from data.schema.intake import submission
from data.schema.targets import inspection_plan
from data.schemes import RankingScheme, ranking_scheme
from data.scope import Scope
from data.store import database_errors
from data.zone import GROUPS, Unit, Zone, late_until, read_zone

MONTHS_OF_HISTORY = 12


@dataclass(frozen=True, slots=True)
class Standing:
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
    """One unit in its group: the ranked figures with what stands beside them; ``of_months``, as it was ranked in each."""

    figures: RankedUnit
    counts: UnitMonth
    unit: Unit
    filing: Filing | None
    previous: Standing | None
    history: tuple[Standing, ...]
    month_before: Compared | None
    year_before: Compared | None
    of_months: Mapping[Month, RankedUnit]

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
    """The ranking of one month; ``own_only``: one unit's figures without its place, for the month is not published."""

    zone: str
    month: Month
    as_of: date
    known_by: date
    scheme: RankingScheme
    deadline: date
    groups: tuple[RankedGroup, ...]
    compared_year: int
    comparable_years: tuple[int, ...]
    own_only: bool = False
    published: int | None = None

    def group(self, name: str) -> RankedGroup:
        """One group by name; the first for a name that is none."""
        return next((group for group in self.groups if group.group == name), self.groups[0])


def fetch(
    engine: Engine,
    scope: Scope,
    month: Month,
    *,
    fixed_today: date | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
    compare_with: int | None = None,
) -> Ranking:
    """Read the month's rollups that ``scope`` may see, and rank each group.

    ``known_by``: only what had been received by the end of that day (default: today). ``as_of``: the day on
    which a missing ledger is awaited or overdue, if earlier than ``known_by``. ``compare_with``: the year of 同比
    (default: last year).
    """
    with database_errors(), engine.connect() as connection:
        zone = read_zone(connection, scope.zone)
        known_by = known_by or Clock(zone.calendar, fixed_today).today()
        as_of = min(as_of or known_by, known_by)
        history = [month.plus(-back) for back in range(MONTHS_OF_HISTORY, -1, -1)]
        compared = Month(compare_with if compare_with is not None else month.year - 1, month.month)
        basis = _read(connection, zone, [*history, compared], known_by, as_of)
    groups = tuple(_group(basis, month, compared, name, scope) for name in GROUPS)
    return Ranking(
        zone=zone.code,
        month=month,
        as_of=as_of,
        known_by=known_by,
        scheme=basis.schemes[month],
        deadline=basis.deadlines[month],
        groups=groups,
        compared_year=compared.year,
        comparable_years=tuple(_comparable_years(basis, month)),
        own_only=not scope.sees_all,
    )


def _comparable_years(basis: _Basis, month: Month) -> list[int]:
    """The other years of which this month is known, by ledgers or as baseline; last year always."""
    known = {*basis.months_filed, *(Month.parse(period) for _unit, period in basis.baseline)}
    years = {one.year for one in known if one.month == month.month and one < month}
    return sorted(years | {month.year - 1}, reverse=True)


@dataclass(frozen=True, slots=True)
class _Basis:
    """All that was read: a year of sums, filings, plans and schemes."""

    zone: Zone
    now: datetime
    sums: Mapping[tuple[str, str], Sums]
    filed: Mapping[tuple[str, str], Filing]
    plans: Mapping[tuple[str, str], int]
    baseline: Mapping[tuple[str, str], Row[Any]]
    schemes: Mapping[Month, RankingScheme]
    deadlines: Mapping[Month, date]
    months: Sequence[Month]
    months_filed: Sequence[Month]


def _read(connection: Connection, zone: Zone, months: Sequence[Month], known_by: date, as_of: date) -> _Basis:
    """All that rankings of these months rest on."""
    bound = zone.calendar.end_of(known_by)
    return _Basis(
        zone=zone,
        now=zone.calendar.end_of(as_of),
        sums=_sums(connection, zone, max(months), bound),
        filed=filings(connection, zone, "enforcement", months, bound),
        plans=_plans(connection, zone, months, bound),
        baseline=_baseline(connection, zone, bound),
        schemes={one: ranking_scheme(connection, zone.code, zone.calendar.last_day(one)) for one in months},
        deadlines={one: zone.due_day("enforcement", one) for one in months},
        months=months[: MONTHS_OF_HISTORY + 1],
        months_filed=months_with_ledgers(connection, zone, bound),
    )


def of_months(
    connection: Connection, zone: Zone, months: Sequence[Month], *, known_by: date, as_of: date
) -> dict[tuple[str, Month], RankedUnit]:
    """(unit, month) → the unit as it was ranked in each of these months."""
    basis = _read(connection, zone, months, known_by, as_of)
    return {
        (ranked.unit, month): ranked for month in months for group in GROUPS for ranked in _rank(basis, month, group)
    }


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
        return recompute(connection, zone, known_by=bound)
    rows = connection.execute(
        select(enforcement_month).where(enforcement_month.c.zone == zone.code, enforcement_month.c.month <= str(month))
    )
    return {(row.unit, row.month): Sums(**{name: getattr(row, name) for name in FIELDS}) for row in rows}


def _plans(connection: Connection, zone: Zone, months: Sequence[Month], bound: datetime) -> dict[tuple[str, str], int]:
    in_force = submissions_in_force(connection, zone.code, "targets", known_by=bound)
    rows = connection.execute(
        select(inspection_plan.c.unit, inspection_plan.c.month, inspection_plan.c.inspections).where(
            inspection_plan.c.zone == zone.code,
            inspection_plan.c.submission.in_(in_force),
            inspection_plan.c.month.in_([str(month) for month in months]),
        )
    )
    return {(row.unit, row.month): row.inspections for row in rows}


def _baseline(connection: Connection, zone: Zone, bound: datetime) -> dict[tuple[str, str], Row[Any]]:
    """(unit, month) → sums of past years that were filed as such."""
    in_force = submissions_in_force(connection, zone.code, "baseline", known_by=bound)
    rows = connection.execute(
        select(baseline_month).where(baseline_month.c.zone == zone.code, baseline_month.c.submission.in_(in_force))
    )
    return {(row.unit, row.month): row for row in rows}


def _group(basis: _Basis, month: Month, compared: Month, name: str, scope: Scope) -> RankedGroup:
    rankings = {one: _rank(basis, one, name) for one in basis.months}
    units = basis.zone.unit_by_code
    rows = tuple(
        RankedRow(
            figures=figures,
            counts=_unit_month(basis, units[figures.unit], month),
            unit=units[figures.unit],
            filing=Reader(scope.sees_names(figures.unit)).filing(basis.filed.get((figures.unit, str(month)))),
            previous=_previous(basis, rankings[month.plus(-1)], month.plus(-1), figures.unit),
            history=tuple(
                standing
                for one in basis.months
                if (standing := _previous(basis, rankings[one], one, figures.unit)) is not None
            ),
            month_before=_compared(basis, figures.unit, month.plus(-1)),
            year_before=_compared(basis, figures.unit, compared),
            of_months={
                one: ranked for one, of_group in rankings.items() for ranked in of_group if ranked.unit == figures.unit
            },
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
    )


def _unranked(one: RankedUnit) -> RankedUnit:
    return replace(one, rank=None, of=0)


def _rank(basis: _Basis, month: Month, group: str) -> list[RankedUnit]:
    units = [unit for unit in basis.zone.units_of(month) if unit.group == group]
    return rank_group([_unit_month(basis, unit, month) for unit in units], basis.schemes[month])


def _unit_month(basis: _Basis, unit: Unit, month: Month) -> UnitMonth:
    key = unit.code, str(month)
    filing = basis.filed.get(key)
    sums = basis.sums.get(key, Sums())
    overdue = sum(
        one.overdue_major_change for (code, at), one in basis.sums.items() if code == unit.code and at <= str(month)
    )
    deadline = basis.deadlines[month]
    if filing is not None:
        state = State.REPORTED
    else:
        state = State.NOT_REPORTED if basis.now > basis.zone.calendar.end_of(deadline) else State.AWAITED
    counts = {name: getattr(sums, name) for name in FIELDS if name != "overdue_major_change"}
    return UnitMonth(
        unit=unit.code,
        name=unit.name,
        may_penalise=unit.may_penalise,
        state=state,
        **counts,
        overdue_major=overdue,
        plan=basis.plans.get(key),
        timeliness=None if filing is None else _timeliness(basis, filing, deadline, month),
        zero_then_filled=filing is not None and filing.zero_then_filled,
    )


def _timeliness(basis: _Basis, filing: Filing, deadline: date, month: Month) -> Fraction:
    received = basis.zone.calendar.day_of(filing.counted_at)
    if received <= deadline:
        return Fraction(1)
    last = late_until(deadline, basis.schemes[month].thresholds.late_days)
    return Fraction(1, 2) if received <= last else Fraction(0)


def _previous(basis: _Basis, ranked: Sequence[RankedUnit], month: Month, unit: str) -> Standing | None:
    """The unit's standing in a month for which anybody filed; None before the record begins or where it is unranked."""
    if not any(at == str(month) for _, at in basis.filed):
        return None
    one = next((one for one in ranked if one.unit == unit), None)
    return None if one is None or one.rank is None else Standing(month, one.rank, one.score)


def _compared(basis: _Basis, unit: str, month: Month) -> Compared | None:
    """The counts of another month: from the unit's ledgers, else from the baseline, else nothing."""
    key = unit, str(month)
    if key in basis.filed:
        sums = basis.sums.get(key, Sums())
        return Compared(month, False, sums.inspections, sums.problem_inspections, sums.penalties)
    row = basis.baseline.get(key)
    return None if row is None else Compared(month, True, row.inspections, row.problem_inspections, row.penalties)


def as_dict(ranking: Ranking) -> dict[str, Any]:
    """The ranking as CONTRACT prints it: plain numbers, ratios unrounded."""
    scheme = ranking.scheme
    return {
        "report": "ranking",
        "period": str(ranking.month),
        "as_of": ranking.as_of.isoformat(),
        "known_by": ranking.known_by.isoformat(),
        "published": ranking.published,
        "scheme": {"name": scheme.name, "version": scheme.version, "sha256": scheme.sha256},
        "groups": [
            {"group": group.group, "rows": [_row_as_dict(row) for row in group.rows]} for group in ranking.groups
        ],
    }


def _row_as_dict(row: RankedRow) -> dict[str, Any]:
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
    }


def plain(value: Fraction | Decimal | int | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) and isinstance(value, Fraction) else float(value)
