"""How far the plan's items have come on a day, and what of them is done, late, due or overdue (METHOD section 5.8)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from data.zone.periods import Quarter
from data.zone.work_plan import PlanItem, WorkPlan
from data.zone.zone import Unit, Zone

DueState = Literal["overdue", "due", "upcoming", "late", "done"]
FURTHEST_BEHIND: tuple[DueState, ...] = ("overdue", "due", "upcoming", "late", "done")
"""States in the order in which one unit's says it for the zone: no unit's surplus covers another's gap."""
DUE_WITHIN_DAYS = 30
_PLAN = "plan."
_REACHED_RATE = ".reached_rate"


class TaskRow(NamedTuple):
    """A row of 重点任务进展 in force.

    ``object`` is compared, ``written`` as the clerk wrote it; ``evidence`` is the day from which it counts, ``quarter`` that of
    its workbook. ``submission`` and ``row`` say where it stands.
    """

    unit: str
    item: str
    object: str
    written: str | None
    expected: Fraction
    done: Fraction
    evidence: date
    quarter: Quarter
    submission: int = 0
    row: int = 0


class PlanFigure(NamedTuple):
    """What the system knows of an item on a day; of a count ``denominator`` is None. A rate over 0 is undefined."""

    numerator: Fraction
    denominator: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """The count, or the rate."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


Denominators = Callable[[str, str, date], int]
"""(name of the denominator, unit's code, day) → how many there are."""
Figures = Callable[[str, date], PlanFigure | None]
"""(source, day) → what it is on that day; None where nothing is on record yet."""


@dataclass(frozen=True, slots=True)
class Due:
    """A due day and how an item stands to it; None over a denominator of 0."""

    day: date
    state: DueState | None


@dataclass(frozen=True, slots=True)
class UnitItem:
    """An item as one unit has it. ``rows``: those that count on the day, one an object (of a ``latest`` the last alone)."""

    unit: str
    numerator: Fraction
    denominator: Fraction
    dues: tuple[Due, ...]
    rows: tuple[TaskRow, ...] = ()

    @property
    def progress(self) -> Fraction | None:
        """Numerator ÷ denominator, at most 1; None over 0."""
        return _progress(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item as the zone has it: what its units have, added and uncapped; ``numerator`` None where nothing is on record yet."""

    item: PlanItem
    target: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    dues: tuple[Due, ...]
    units: tuple[UnitItem, ...] = ()

    @property
    def progress(self) -> Fraction | None:
        """Numerator ÷ denominator, at most 1; None over 0, and of a limit."""
        if self.item.at_most or self.numerator is None or self.denominator is None:
            return None
        return _progress(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """What a unit told that does not fit the plan: another 应完成数 than the office set (``target``), or an object that is not listed
    (``told`` is its 已完成数, ``target`` None).
    """

    unit: str
    number: str
    object: str | None
    told: Fraction
    target: Fraction | None
    row: TaskRow


@dataclass(frozen=True, slots=True)
class ArticleStanding:
    """An article's items, and how many of its (item, due day) pairs are in which state."""

    article: str
    title: str
    items: int
    counts: Mapping[DueState, int]


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """The whole plan on a day."""

    day: date
    items: tuple[ItemStanding, ...]
    findings: tuple[PlanFinding, ...]
    articles: tuple[ArticleStanding, ...]


def _progress(numerator: Fraction, denominator: Fraction) -> Fraction | None:
    return min(numerator / denominator, Fraction(1)) if denominator else None


@dataclass(frozen=True, slots=True)
class _Told:
    """What one unit told of one item, in order: a later row supersedes an earlier one of the same object."""

    plan: WorkPlan
    zone: Zone
    item: PlanItem
    unit: Unit
    rows: Sequence[TaskRow]
    listed: Mapping[str, str] | None
    denominators: Callable[[PlanItem, Unit, date], Fraction]

    def counting(self, until: date, after: date | None = None) -> list[TaskRow]:
        """The rows that count on a day, of those with evidence after another, where one is given."""
        seen = [row for row in self.rows if row.evidence <= until and (after is None or row.evidence > after)]
        known = [row for row in seen if self.listed is None or row.object in self.listed]
        if self.item.adds == "latest":
            return known[-1:]
        return list({row.object: row for row in known}.values())

    def numerator(self, rows: Iterable[TaskRow], due: int = -1) -> Fraction:
        """What rows come to, each object of an ``all_of`` held against what it owes by a due day."""
        if self.item.adds != "all_of":
            return sum((row.done for row in rows), Fraction(0))
        assert self.listed is not None
        return Fraction(sum(row.done >= self.item.each_on(due, self.listed[row.object]) for row in rows))

    def denominator(self, day: date) -> Fraction:
        """What the numerator is divided by on a day."""
        if self.item.adds == "all_of":
            return Fraction(len(self.listed or ()))
        if self.item.adds == "ratio":
            return self.denominators(self.item, self.unit, day)
        return self.item.target_on(-1, self.unit) or Fraction(0)

    def _reaches(self, due: int, until: date, after: date | None) -> bool:
        rows, target = self.counting(until, after), self.item.target_on(due, self.unit)
        if target is None:
            return False
        value = self.numerator(rows, due)
        if self.item.adds in {"ratio", "all_of"}:
            whole = self.denominator(until)
            return bool(whole) and value >= target * whole
        return value >= target

    def state(self, due: int, day: date) -> DueState | None:
        """How the unit stands on a day to a due day, by its place."""
        if not self.denominator(day):
            return None
        when = self.item.dues[due]
        after = self.item.dues[due - 1] if self.item.is_level and due else None
        now = self._reaches(due, day, after)
        in_time = now if when >= day else (now or self.item.is_level) and self._reaches(due, when, after)
        if in_time:
            return "done"
        return "late" if now else _ahead(when, day)

    def standing(self, day: date) -> UnitItem:
        """The item as the unit has it on a day."""
        rows = self.counting(day)
        dues = tuple(Due(when, self.state(due, day)) for due, when in enumerate(self.item.dues))
        return UnitItem(self.unit.code, self.numerator(rows), self.denominator(day), dues, tuple(rows))

    def findings(self, day: date) -> Iterator[PlanFinding]:
        """What of it does not fit the plan."""
        of_each = {row.object: row for row in self.rows if row.evidence <= day}
        for row in of_each.values():
            if self.listed is not None and row.object not in self.listed:
                yield PlanFinding(row.unit, row.item, row.written, row.done, None, row)
            elif (target := self._owed(row)) is not None and row.expected != target:
                yield PlanFinding(row.unit, row.item, row.written, row.expected, target, row)

    def _owed(self, row: TaskRow) -> Fraction | None:
        if self.item.adds == "sum":
            return self.item.target_on(-1, self.unit)
        if self.item.adds == "all_of" and self.listed is not None:
            return self.item.each_on(-1, self.listed[row.object])
        return None


def _ahead(when: date, day: date) -> DueState:
    if day > when:
        return "overdue"
    return "due" if (when - day).days <= DUE_WITHIN_DAYS else "upcoming"


@dataclass(frozen=True, slots=True)
class _Books:
    """A plan with all that was told of it, and where its denominators come from."""

    plan: WorkPlan
    zone: Zone
    rows: Mapping[tuple[str, str], Sequence[TaskRow]]
    given: Denominators
    _known: dict[tuple[str, str, date], Fraction] = field(default_factory=dict, repr=False, compare=False)

    def told(self, item: PlanItem) -> list[_Told]:
        """What each unit that files an item told of it."""
        listed = self.plan.objects(item, self.zone)
        return [
            _Told(
                self.plan, self.zone, item, unit, self.rows.get((item.number, unit.code), ()), listed, self._divided_by
            )
            for unit in self.plan.filers(item, self.zone)
        ]

    def _divided_by(self, item: PlanItem, unit: Unit, day: date) -> Fraction:
        asked = item.number, unit.code, day
        if asked not in self._known:
            self._known[asked] = self._denominator(item, unit, day)
        return self._known[asked]

    def _denominator(self, item: PlanItem, unit: Unit, day: date) -> Fraction:
        if isinstance(item.of, dict):
            return sum((Fraction(number) for number in item.of.values()), Fraction(0))
        assert item.of is not None
        if not item.of.startswith(_PLAN):
            return Fraction(self.given(item.of, unit.code, day))
        other = self.plan.item_by_number[item.of.removeprefix(_PLAN)]
        own = next((told for told in self.told(other) if told.unit.code == unit.code), None)
        if own is None:
            return Fraction(0)
        return max(own.numerator(own.counting(day)), other.target_on(-1, unit) or Fraction(0))

    def reached(self, item: PlanItem, day: date) -> PlanFigure:
        """Units that have reached an item on a day, of those that file it."""
        progress = [_progress(told.numerator(told.counting(day)), told.denominator(day)) for told in self.told(item)]
        return PlanFigure(Fraction(progress.count(Fraction(1))), Fraction(len(progress)))


def standing(
    plan: WorkPlan,
    zone: Zone,
    rows: Iterable[TaskRow],
    denominators: Denominators,
    day: date,
    figures: Figures | None = None,
) -> PlanStanding:
    """The plan on a day, of rows in order (a later one supersedes); without ``figures`` of the items that units tell of alone."""
    books = _books(plan, zone, rows, denominators)
    items: list[ItemStanding] = []
    findings: list[PlanFinding] = []
    for item in plan.items:
        if item.is_told:
            told = books.told(item)
            items.append(_of_units(item, [one.standing(day) for one in told]))
            findings += [finding for one in told for finding in one.findings(day)]
        elif figures is not None:
            items.append(_of_system(item, day, _known(books, figures)))
    return PlanStanding(day, tuple(items), tuple(findings), articles(plan, items))


def milestones(
    plan: WorkPlan, zone: Zone, rows: Iterable[TaskRow], denominators: Denominators, first: date, last: date
) -> dict[str, Fraction | None]:
    """Of each unit 100 × milestones done ÷ milestones that fall due in a quarter, as of its last day (METHOD section 3).

    None where none falls due, and in a quarter that ended before the plan was put into the system.
    """
    done: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for state in milestones_due(plan, zone, rows, denominators, first, last):
        due[state.unit] += 1
        done[state.unit] += state.due.state == "done"
    return {
        unit.code: Fraction(100 * done[unit.code], due[unit.code]) if due[unit.code] else None for unit in zone.units
    }


class Milestone(NamedTuple):
    """A due day of an item, as it stands with a unit."""

    unit: str
    item: PlanItem
    due: Due


def milestones_due(
    plan: WorkPlan, zone: Zone, rows: Iterable[TaskRow], denominators: Denominators, first: date, last: date
) -> list[Milestone]:
    """Every milestone that falls due from the first to the last day of a quarter and can be judged, as of the last day."""
    if last < plan.adopted_on:
        return []
    books = _books(plan, zone, rows, denominators)
    return [
        Milestone(told.unit.code, item, Due(when, state))
        for item in plan.items
        if item.is_told and any(first <= when <= last for when in item.dues)
        for told in books.told(item)
        for due, when in enumerate(item.dues)
        if first <= when <= last and (state := told.state(due, last)) is not None
    ]


def _books(plan: WorkPlan, zone: Zone, rows: Iterable[TaskRow], denominators: Denominators) -> _Books:
    of: defaultdict[tuple[str, str], list[TaskRow]] = defaultdict(list)
    for row in rows:
        of[row.item, row.unit].append(row)
    return _Books(plan, zone, of, denominators)


def _of_units(item: PlanItem, units: Sequence[UnitItem]) -> ItemStanding:
    return ItemStanding(
        item=item,
        target=_target(item),
        numerator=sum((one.numerator for one in units), Fraction(0)),
        denominator=sum((one.denominator for one in units), Fraction(0)),
        dues=tuple(
            Due(when, _furthest_behind(one.dues[due].state for one in units)) for due, when in enumerate(item.dues)
        ),
        units=tuple(units),
    )


def _furthest_behind(states: Iterable[DueState | None]) -> DueState | None:
    there = set(states)
    return next((state for state in FURTHEST_BEHIND if state in there), None)


def _target(item: PlanItem) -> Fraction | None:
    """The share, or the last due day's number; None where it differs by unit."""
    return None if isinstance(item.target, dict) else item.target_on(-1)


def _known(books: _Books, figures: Figures) -> Figures:
    """The system's figures, those of the plan's own items among them."""

    def known(source: str, day: date) -> PlanFigure | None:
        if not source.startswith(_PLAN):
            return figures(source, day)
        item = books.plan.item_by_number[source.removeprefix(_PLAN).removesuffix(_REACHED_RATE)]
        return books.reached(item, day)

    return known


def _of_system(item: PlanItem, day: date, figures: Figures) -> ItemStanding:
    figure = figures(item.source, day)
    dues = tuple(Due(when, _systems_state(item, due, day, figures)) for due, when in enumerate(item.dues))
    whole = None if figure is None else figure.denominator
    if figure is not None and whole is None and not item.at_most:
        whole = item.target_on(-1)
    return ItemStanding(item, _target(item), None if figure is None else figure.numerator, whole, dues)


def _systems_state(item: PlanItem, due: int, day: date, figures: Figures) -> DueState | None:
    """What ``holds`` is judged on its due day and not before, the others as soon as they are reached.

    A level that is due several times is told anew for each: up to a due day it is reached for none of those behind it.
    What holds is judged by no later day where on its due day there was nothing to judge. A count that is less by now than on its
    due day is taken back, as a unit's is.
    """
    when = item.dues[due]
    now = _is_reached(item, due, figures(item.source, day))
    then = now if when >= day else _is_reached(item, due, figures(item.source, when))
    if now is None or (item.holds and then is None):
        return None
    begun = not (item.is_level and due) or day > item.dues[due - 1]
    if then and (now or item.is_level) and (day >= when or (begun and not item.holds)):
        return "done"
    return "late" if now and day > when else _ahead(when, day)


def _is_reached(item: PlanItem, due: int, figure: PlanFigure | None) -> bool | None:
    value, target = None if figure is None else figure.value, item.target_on(due)
    if value is None or target is None:
        return None
    return value <= target if item.at_most else value >= target


def of_one_unit(one: ItemStanding, unit: str) -> ItemStanding | None:
    """An item as one unit stands with it; None where it is not one that files it."""
    own = [each for each in one.units if each.unit == unit]
    return _of_units(one.item, own) if own else None


def articles(plan: WorkPlan, items: Iterable[ItemStanding]) -> tuple[ArticleStanding, ...]:
    """The plan's articles, in its order, with those of their items that are given."""
    of: defaultdict[str, list[ItemStanding]] = defaultdict(list)
    for one in items:
        of[one.item.article].append(one)
    states = {article: Counter(due.state for one in of[article] for due in one.dues) for article in plan.articles}
    return tuple(
        ArticleStanding(article, title, len(of[article]), {state: states[article][state] for state in FURTHEST_BEHIND})
        for article, title in plan.articles.items()
    )
