"""What a draft of a scheme of what stands on a day would change in today's reports: by the scheme in force, and by the draft.

Nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from dashboards.method.disasters import DisastersStanding
from dashboards.method.frontline import DOCUMENTS, BatchStanding, Coverage
from dashboards.method.next_inspections import ToInspect
from dashboards.method.tipoffs import TipoffsStanding
from dashboards.results import disasters, frontline, inspection_coverage, issued_lists, next_inspections, tipoffs
from dashboards.results.disasters import DisastersReport, YearsDisasters
from dashboards.results.frontline import FrontlineReport
from dashboards.results.inspection_coverage import InspectionCoverage
from dashboards.results.reading import Reading
from dashboards.results.tipoffs import TipoffsReport
from data.zone.periods import Month, Year
from data.zone.schemes import DisastersScheme, EnterprisesScheme, FrontlineScheme, Scheme, TipoffsScheme
from data.zone.zone import Zone

Value = int | Fraction | Coverage | date | str | bool | None
"""A figure of a report; a string is the code of a state, None what is undefined."""
Of = Literal["whole", "batch", "town", "type", "unit", "list"]
_WHOLE = ""


@dataclass(frozen=True, slots=True)
class FigureByDraft:
    """One figure of a part: of the whole (``part`` empty), a batch, a town or unit (by its code), or a type (by its name)."""

    of: Of
    part: str
    figure: str
    before: Value
    after: Value

    @property
    def moved(self) -> bool:
        """Whether it is otherwise by the draft."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class EffectToday:
    """Today's figures by both. ``lists_of`` is the month whose lists are among them; None where none can still be issued."""

    zone: Zone
    day: date
    before: Scheme
    draft: Scheme
    figures: tuple[FigureByDraft, ...]
    lists_of: Month | None = None

    @property
    def moved(self) -> int:
        """How many figures are otherwise by the draft."""
        return sum(one.moved for one in self.figures)


def fetch(reading: Reading, draft: Scheme) -> EffectToday:
    """Today's reports by the scheme in force and by the draft, for who sees all units.

    LookupError for a scheme by which periods are scored.
    """
    match draft:
        case FrontlineScheme():
            return _frontline(reading, draft)
        case EnterprisesScheme():
            return _enterprises(reading, draft)
        case TipoffsScheme():
            return _tipoffs(reading, draft)
        case DisastersScheme():
            return _disasters(reading, draft)
        case _:
            raise LookupError(f"{draft.name} says nothing of a day")


def _effect(
    reading: Reading, before: Scheme, draft: Scheme, figures: Iterable[FigureByDraft], lists_of: Month | None = None
) -> EffectToday:
    return EffectToday(reading.zone, reading.today, before, draft, tuple(figures), lists_of)


def _each(of: Of, part: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[FigureByDraft]:
    for figure, value in before.items():
        yield FigureByDraft(of, part, figure, value, after[figure])


def _frontline(reading: Reading, draft: FrontlineScheme) -> EffectToday:
    year, day = Year(reading.today.year), reading.today
    before = frontline.fetch(reading, year, as_of=day)
    after = frontline.fetch(reading, year, as_of=day, by=draft)
    return _effect(reading, before.scheme, draft, _of_batches(before, after))


def _of_batches(before: FrontlineReport, after: FrontlineReport) -> Iterator[FigureByDraft]:
    pairs = list(zip(before.batches, after.batches, strict=True))
    for then, now in pairs:
        yield from _each("batch", then.batch, _of_batch(then), _of_batch(now))
    for then, now in pairs:
        for town in dict.fromkeys([*then.towns, *now.towns]):
            none = Coverage(0, 0)
            yield FigureByDraft("town", town, then.batch, then.towns.get(town, none), now.towns.get(town, none))


def _of_batch(one: BatchStanding) -> dict[str, Value]:
    return {
        "due": one.due,
        "coverage": one.coverage,
        "on_due_day": one.on_due_day,
        "needed_per_week": one.needed_per_week,
        "batch_state": one.state if one.coverage.enterprises else None,
        "silent": one.silent,
        **{document: one.lacking[document] for document in DOCUMENTS},
    }


def _tipoffs(reading: Reading, draft: TipoffsScheme) -> EffectToday:
    year, day = Year(reading.today.year), reading.today
    before = tipoffs.fetch(reading, year, as_of=day)
    after = tipoffs.fetch(reading, year, as_of=day, by=draft)
    return _effect(reading, before.scheme, draft, _of_cases(before, after))


def _of_cases(before: TipoffsReport, after: TipoffsReport) -> Iterator[FigureByDraft]:
    yield FigureByDraft("whole", _WHOLE, "overdue_cases", _overdue(before.types), _overdue(after.types))
    for type_, then in before.types.items():
        yield FigureByDraft("type", type_, "overdue_cases", then.overdue, after.types[type_].overdue)
    for unit, then in before.units.items():
        yield FigureByDraft("unit", unit, "overdue_cases", then.overdue, after.units[unit].overdue)


def _overdue(types: Mapping[str, TipoffsStanding]) -> int:
    return sum(one.overdue for one in types.values())


def _disasters(reading: Reading, draft: DisastersScheme) -> EffectToday:
    day = reading.today
    before = disasters.fetch(reading, Year(day.year), as_of=day)
    after = disasters.fetch(reading, Year(day.year), as_of=day, by=draft)
    bound = before.asked.bound
    goals = (disasters.of_the_year(reading, day, bound), disasters.of_the_year(reading, day, bound, by=draft))
    return _effect(reading, before.scheme, draft, _of_warnings(before, after, *goals))


def _of_warnings(
    before: DisastersReport, after: DisastersReport, year_before: YearsDisasters, year_after: YearsDisasters
) -> Iterator[FigureByDraft]:
    then, now = _of_standing(before.standing), _of_standing(after.standing)
    yield from _each("whole", _WHOLE, then, now)
    yield FigureByDraft("whole", _WHOLE, "no_mass_disaster", _goal(year_before), _goal(year_after))
    late = _late(after)
    for unit, many in _late(before).items():
        yield FigureByDraft("unit", unit, "answered_late", many, late[unit])


def _goal(one: YearsDisasters) -> bool | None:
    """Whether the year's goal is kept; None where no ledger of the year tells of it."""
    return False if one.mass else None if one.filed is None else True


def _of_standing(one: DisastersStanding) -> dict[str, Value]:
    return {
        "answered_in_time": one.answered_in_time,
        "answered_in_time_rate": one.answered_in_time_rate,
        "mass_disasters": one.mass_disasters,
    }


def _late(report: DisastersReport) -> dict[str, int]:
    """Unit → how many of its warnings were answered later than the scheme allows."""
    found = dict.fromkeys(report.standing.units, 0)
    warnings = report.warnings
    for unit, slow in zip(warnings.columns.unit.values(), report.steps(warnings).slow.tolist(), strict=True):
        found[unit] += slow
    return found


def _enterprises(reading: Reading, draft: EnterprisesScheme) -> EffectToday:
    before = inspection_coverage.fetch(reading)
    after = inspection_coverage.fetch(reading, by=draft)
    figures = list(_repeated(before, after))
    month = _month_of_lists(reading)
    if month is not None:
        figures += _lists(reading, month, draft)
    return _effect(reading, before.scheme, draft, figures, month)


def _repeated(before: InspectionCoverage, after: InspectionCoverage) -> Iterator[FigureByDraft]:
    yield FigureByDraft("whole", _WHOLE, "repeated", before.all.repeated, after.all.repeated)
    for town, then in before.towns.items():
        yield FigureByDraft("town", town, "repeated", then.repeated, after.towns[town].repeated)


def _month_of_lists(reading: Reading) -> Month | None:
    """The month whose lists can be issued next: what is issued stays as it was issued."""
    months = (reading.present_month, reading.present_month.plus(1))
    return next((month for month in months if issued_lists.fetch(reading, month) is None), None)


def _lists(reading: Reading, month: Month, draft: EnterprisesScheme) -> Iterator[FigureByDraft]:
    before = next_inspections.fetch(reading, month).lists
    after = next_inspections.fetch(reading, month, by=draft.next_inspections).lists
    units = [unit.code for unit in reading.zone.units if unit.code in before or unit.code in after]
    then = {unit: _on_list(before.get(unit, ()), before.get(unit, ())) for unit in units}
    now = {unit: _on_list(before.get(unit, ()), after.get(unit, ())) for unit in units}
    yield from _each("whole", _WHOLE, _added(then.values()), _added(now.values()))
    for unit in units:
        yield from _each("list", unit, then[unit], now[unit])


def _added(some: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found = _on_list((), ())
    for one in some:
        found = {figure: many + one[figure] for figure, many in found.items()}
    return found


def _on_list(before: Sequence[ToInspect], after: Sequence[ToInspect]) -> dict[str, int]:
    """How long a list is, and how many on it are new, have another turn, or another share of findings than on the one before."""
    known = {one.enterprise.credit_code: one for one in before}
    pairs = [(known.get(one.enterprise.credit_code), one) for one in after]
    there = [(then, now) for then, now in pairs if then is not None]
    return {
        "on_lists": len(after),
        "new_on_lists": len(pairs) - len(there),
        "other_turn": sum(_turn(then) != _turn(now) for then, now in there),
        "other_share": sum(_share(then) != _share(now) for then, now in there),
    }


def _turn(one: ToInspect) -> tuple[object, ...]:
    return one.place, one.why, one.week, one.together_with


def _share(one: ToInspect) -> tuple[float, float, float]:
    return one.risk.mean, one.risk.low, one.risk.high
