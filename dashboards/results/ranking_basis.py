"""All that rankings of some months rest on: sums, filings, plans and schemes, and the units of each group scored by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboards.method.ranking import RankedUnit, rank_group
from dashboards.results import chance, corrections
from dashboards.results.chance import GroupChance, RowChance
from dashboards.results.corrections import AtDeadline, Correction, Later, Ledger
from dashboards.results.reading import Reading, kept_before_it_is_narrowed
from data.indicators.unit_month import State, UnitMonth
from data.intake.filing import Filing, Undone, filings, months_with_ledgers, undone
from data.rollup import enforcement as rollup
from data.rollup.in_force import moved_later, submissions_in_force
from data.schema.baseline import baseline_month
from data.schema.enforcement import Sums
from data.schema.targets import inspection_plan
from data.zone.periods import Month
from data.zone.schemes import RankingScheme, known_schemes
from data.zone.zone import GROUPS, Unit, Zone, late_until

MONTHS_OF_HISTORY = 12
OverdueChanges = Mapping[str, Sequence[tuple[str, int]]]
"""Unit → month and by how many its overdue cases change in it."""


def with_history(month: Month) -> tuple[Month, ...]:
    """The month, and before it those that its ranking is shown beside."""
    return tuple(month.plus(-back) for back in range(MONTHS_OF_HISTORY, -1, -1))


@dataclass(frozen=True)
class Basis:
    """All that was read: a year of sums, filings, plans and schemes.

    ``deadlines`` are those of all units, ``own_deadlines`` those of units for which they were extended further.
    ``later`` is what came or went after a unit's deadline; ``ledgers`` and ``at_deadlines`` are what is needed to rank a
    month as it was known at a deadline.
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
    own_deadlines: Mapping[tuple[str, Month], date] = field(default_factory=dict)
    ledgers: Mapping[str, Sequence[Ledger]] = field(default_factory=dict)
    later: Mapping[tuple[str, Month], Later] = field(default_factory=dict)
    at_deadlines: Mapping[tuple[Month, date], AtDeadline] = field(default_factory=dict)
    _chances: dict[str, GroupChance] = field(init=False, default_factory=dict, repr=False, compare=False)

    def deadline(self, unit: str, month: Month) -> date:
        """The last day on which a unit's ledger of a month is in time."""
        return self.own_deadlines.get((unit, month), self.deadlines[month])

    @cached_property
    def plans_now(self) -> dict[tuple[str, str], int]:
        """(unit, month) → the inspections planned, as far as it is known."""
        return self.plans.at(self.zone.calendar.end_of(self.known_by))

    @cached_property
    def overdue(self) -> OverdueChanges:
        """Unit → by how much its overdue cases change in which month."""
        return overdue_changes(self.sums)

    @cached_property
    def ranked(self) -> dict[tuple[Month, str], list[RankedUnit]]:
        """(month, group) → its units, best first."""
        return {(month, group): _rank(self, month, group) for month in self.schemes for group in GROUPS}

    @cached_property
    def placed(self) -> dict[tuple[Month, str], RankedUnit]:
        """(month, unit) → the unit as it was ranked in it."""
        return {(month, one.unit): one for (month, _group), units in self.ranked.items() for one in units}

    @cached_property
    def months_told(self) -> frozenset[str]:
        """The months for which anybody filed."""
        return frozenset(at for _unit, at in self.filed)

    def chance(self, group: str) -> GroupChance:
        """How sure a group's places are in the last of the months: of all its units, so for nobody who may not see them all.

        Computed when somebody first asks for the group: what rests on the months' scores alone never does.
        """
        if group not in self._chances:
            month = max(self.schemes)
            ranked, counts = self.ranked[month, group], self._counts(month, group)
            self._chances[group] = chance.of_group(ranked, counts, self.schemes[month], str(month), group)
        return self._chances[group]

    def counted(self, group: str) -> dict[str, RowChance]:
        """Unit → what of this is counted and not drawn."""
        month = max(self.schemes)
        return chance.counted_of_group(self.ranked[month, group], self._counts(month, group), self.schemes[month])

    def places(self, group: str) -> dict[str, RowChance]:
        """Unit → how sure its place is in the last of the months, and nothing else; of all its units, as ``chance``."""
        month = max(self.schemes)
        ranked, counts = self.ranked[month, group], self._counts(month, group)
        return chance.places_of_group(ranked, counts, self.schemes[month], str(month), group)

    def _counts(self, month: Month, group: str) -> dict[str, UnitMonth]:
        units = self.zone.unit_by_code
        return {one.unit: unit_month(self, units[one.unit], month) for one in self.ranked[month, group]}

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
    later = corrections.later(connection, zone, ledgers, passed, basis.deadline)
    several = _several_deadlines(basis, {month for _unit, month in later})
    at_deadlines = {
        (month, day): corrections.at_deadline(connection, zone, ledgers, month, day) for month, day in several
    }
    return _ranked_now(replace(basis, ledgers=ledgers, later=later, at_deadlines=at_deadlines))


def _several_deadlines(basis: Basis, months: Collection[Month]) -> list[tuple[Month, date]]:
    """Of months with different deadlines all of them: what was known at each must be told of every unit."""
    own = [(month, day) for (_unit, month), day in basis.own_deadlines.items() if month in months]
    return sorted({*own, *((month, basis.deadlines[month]) for month, _day in own)})


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
    schemes = reading.once(known_schemes, bound).on(RankingScheme, last_days.values())
    return Basis(
        zone=zone,
        known_by=known_by,
        as_of=as_of,
        sums=known_sums(reading, max([*months, *compared]), bound),
        filed=filings(connection, zone, "enforcement", [*months, *compared], bound),
        plans=_plans(connection, zone, months, bound),
        baseline=baseline(connection, zone, bound),
        schemes={one: schemes[day] for one, day in last_days.items()},
        deadlines={one: zone.due_day("enforcement", one, known_by=bound) for one in months},
        own_deadlines={
            (unit, one): day for one in months for unit, day in zone.own_due_days("enforcement", one, bound).items()
        },
        months_filed=reading.once(months_with_ledgers, bound),
        undone=undone(connection, zone, "enforcement", months, bound),
    )


def read_as_they_are(reading: Reading, months: Collection[Month]) -> Basis:
    """All that the scores of some months rest on as of today, to be scored as they are or as they might be."""
    return _read(reading, months, (), reading.today, reading.today)


def score_of(basis: Basis, unit: str, month: Month) -> Decimal | None:
    """A unit's own score in a month, whatever the others have."""
    (one,) = rank_group([unit_month(basis, basis.zone.unit_by_code[unit], month)], basis.schemes[month])
    return one.score


def known_sums(reading: Reading, month: Month, bound: datetime) -> dict[tuple[str, str], Sums]:
    """Sums by unit and month up to the month, with overdue cases added up: from the rollup where it knows no more."""
    if reading.once(moved_later, "enforcement", bound):
        return reading.once(_recomputed, bound)
    kept, until = (
        reading.once(rollup.kept),
        str(month),
    )  # of all months: whoever else asks in this reading asks for others
    return {key: sums for key, sums in kept.items() if key[1] <= until}


def _recomputed(connection: Connection, zone: Zone, bound: datetime) -> dict[tuple[str, str], Sums]:
    return rollup.recompute(connection, zone, known_by=bound)


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


def baseline(connection: Connection, zone: Zone, bound: datetime) -> dict[tuple[str, str], Row[Any]]:
    """(unit, month) → sums of past years that were filed as such."""
    in_force = submissions_in_force(connection, zone.code, "baseline", known_by=bound)
    rows = connection.execute(
        select(baseline_month).where(baseline_month.c.zone == zone.code, baseline_month.c.submission.in_(in_force))
    )
    return {(row.unit, row.month): row for row in rows}


def _rank(basis: Basis, month: Month, group: str) -> list[RankedUnit]:
    units = [unit for unit in basis.zone.units_of(month) if unit.group == group]
    return rank_group([unit_month(basis, unit, month) for unit in units], basis.schemes[month])


def unit_month(basis: Basis, unit: Unit, month: Month) -> UnitMonth:
    """What is known of a unit in one of the months: what its indicators are made from."""
    filing = basis.filed.get((unit.code, str(month)))
    plan = basis.plans_now.get((unit.code, str(month)))
    if filing is not None:
        timeliness = _timeliness(basis, unit, filing.counted_at, month)
        one = _counted(basis.sums, unit, month, State.REPORTED, plan=plan, timeliness=timeliness, overdue=basis.overdue)
        return replace(one, zero_then_filled=filing.zero_then_filled)
    passed = basis.as_of > basis.deadline(unit.code, month)
    one = _counted(
        basis.sums, unit, month, State.NOT_REPORTED if passed else State.AWAITED, plan=plan, overdue=basis.overdue
    )
    last = undone_of(basis, unit.code, month)
    return replace(one, refused=last is not None and not last.set_aside)


def undone_of(basis: Basis, unit: str, month: Month) -> Undone | None:
    """The ledger received last, where nothing of the unit counts for the month because it was refused or set aside."""
    key = unit, str(month)
    return None if key in basis.filed else basis.undone.get(key)


def overdue_changes(sums: Mapping[tuple[str, str], Sums]) -> OverdueChanges:
    """What of the sums tells of overdue cases, by unit: a zone's are gone through once and not for each unit."""
    changes: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (unit, at), one in sums.items():
        if one.overdue_major_change:
            changes[unit].append((at, one.overdue_major_change))
    return changes


def _counted(
    sums: Mapping[tuple[str, str], Sums],
    unit: Unit,
    month: Month,
    state: State,
    *,
    plan: int | None = None,
    timeliness: Fraction | None = None,
    overdue: OverdueChanges | None = None,
) -> UnitMonth:
    last = str(month)
    own = sums.get((unit.code, last), Sums())
    changes = overdue if overdue is not None else overdue_changes(sums)
    return UnitMonth(
        unit=unit.code,
        name=unit.name,
        may_penalise=unit.may_penalise,
        state=state,
        sums=own,
        overdue_major=sum(change for at, change in changes.get(unit.code, ()) if at <= last),
        plan=plan,
        timeliness=timeliness,
    )


def _timeliness(basis: Basis, unit: Unit, receipt: datetime, month: Month) -> Fraction:
    received, deadline = basis.zone.calendar.day_of(receipt), basis.deadline(unit.code, month)
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
    days = {basis.deadline(one.unit, month) for one in moved}
    before = {
        (day, one.unit): one
        for day in days
        for one in rank_group([_as_known_then(basis, unit, month, day) for unit in units], scheme)
    }
    found = {}
    for one in moved:
        without = [unit_month(basis, unit, month) for unit in units if unit.code != one.unit]
        alone = _without_later(basis, basis.zone.unit_by_code[one.unit], month)
        unmoved = next(other for other in rank_group([*without, alone], scheme) if other.unit == one.unit)
        then = before[basis.deadline(one.unit, month), one.unit]
        if (one.score, one.rank) not in {(then.score, then.rank), (unmoved.score, unmoved.rank)}:
            found[one.unit] = Correction(basis.later[one.unit, month].last_at, then.score, then.rank)
    return found


def _as_known_then(basis: Basis, unit: Unit, month: Month, day: date) -> UnitMonth:
    """A unit as it was known at the end of a deadline's day: of its own deadline in time, or still awaited."""
    if day != basis.deadline(unit.code, month):
        return _as_known_at_anothers(basis, unit, month, day)
    deadline = basis.zone.calendar.end_of(day)
    if str(month) not in corrections.counting(basis.ledgers.get(unit.code, ()), deadline):
        return _counted({}, unit, month, State.AWAITED)
    moved = basis.later.get((unit.code, month))
    sums = basis.sums if moved is None else moved.sums
    plan = basis.plans.at(deadline).get((unit.code, str(month)))
    return _counted(sums, unit, month, State.REPORTED, plan=plan, timeliness=Fraction(1))


def _as_known_at_anothers(basis: Basis, unit: Unit, month: Month, day: date) -> UnitMonth:
    """The same at the end of another unit's deadline, where the two differ."""
    known = basis.at_deadlines[month, day]
    filing = known.filed.get((unit.code, str(month)))
    if filing is None:
        passed = day > basis.deadline(unit.code, month)
        return _counted({}, unit, month, State.NOT_REPORTED if passed else State.AWAITED)
    plan = basis.plans.at(basis.zone.calendar.end_of(day)).get((unit.code, str(month)))
    timeliness = _timeliness(basis, unit, filing.counted_at, month)
    return _counted(known.sums, unit, month, State.REPORTED, plan=plan, timeliness=timeliness)


def _without_later(basis: Basis, unit: Unit, month: Month) -> UnitMonth:
    """A unit as it would stand now if after the deadline nothing of it had come or gone but its first ledger of the month."""
    moved = basis.later[unit.code, month]
    if not moved.known and moved.first is None:
        return unit_month(basis, unit, month)
    timeliness = Fraction(1) if moved.first is None else _timeliness(basis, unit, moved.first.counted_at, month)
    plan = basis.plans_now.get((unit.code, str(month)))
    return _counted(moved.sums, unit, month, State.REPORTED, plan=plan, timeliness=timeliness)
