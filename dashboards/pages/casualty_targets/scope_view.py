"""What part of the result the page looks at: the zone, one unit or one sector; and what the ledgers can tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from dashboards.method import casualties as method
from dashboards.method.casualties import Accident, Foreseen, Record, Standing
from dashboards.results.casualties import Casualties
from data.zone.periods import Month

Point = tuple[date, int]


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The scope of the chart: None as name is the whole zone. ``before`` is None where last year is not on record.

    ``steps`` are the accidents behind the points of ``now`` between its first and its last.
    """

    name: str | None
    standing: Standing
    now: tuple[Point, ...]
    before: tuple[Point, ...] | None
    fan: tuple[Foreseen, ...]
    steps: tuple[Accident, ...] = ()


def narrowed(result: Casualties, unit: str | None, sector: str | None) -> ScopeView:
    """One unit's or sector's curve, or the zone's."""
    of_unit = next((one for one in result.units if one.unit.code == unit), None)
    of_sector = next((one for one in result.sectors if one.sector == sector), None)
    if of_unit is not None:
        own = [one for one in result.record.accidents if one.concerns(of_unit.unit.code)]
        return _shown(result, of_unit.unit.short_name, of_unit.standing, own)
    if of_sector is not None:
        own = [one for one in result.record.accidents if one.sector == of_sector.sector]
        return _shown(result, of_sector.name, of_sector.standing, own)
    return _shown(result, None, result.total, result.record.accidents)


def _shown(result: Casualties, name: str | None, standing: Standing, own: Sequence[Accident]) -> ScopeView:
    year = result.year.year
    return ScopeView(
        name=name,
        standing=standing,
        now=curve(own, year, result.as_of),
        before=curve(own, year - 1, date(year - 1, 12, 31)) if whole_year_known(result, year - 1) else None,
        fan=result.fan if name is None else _fan(result, result.record.narrowed(own)),
        steps=steps(own, year, result.as_of),
    )


def _fan(result: Casualties, own: Record) -> tuple[Foreseen, ...]:
    return tuple(method.fan(own, result.severities, result.scheme))


def curve(accidents: Iterable[Accident], year: int, end: date) -> tuple[Point, ...]:
    """Deaths of the counted accidents of a year added up day by day, from 1 January to a day."""
    fatal = steps(accidents, year, end)
    sums = accumulate((one.deaths for one in fatal), initial=0)
    days = [date(year, 1, 1), *(one.happened_on for one in fatal)]
    points = list(zip(days, sums, strict=True))
    return (*points, (end, points[-1][1]))


def steps(accidents: Iterable[Accident], year: int, end: date) -> tuple[Accident, ...]:
    """The counted accidents of a year up to a day in which people died, in order: each is a step of its curve."""
    fatal = [
        one
        for one in accidents
        if one.counted and one.fatal and one.happened_on.year == year and one.happened_on <= end
    ]
    return tuple(sorted(fatal, key=lambda one: (one.happened_on, one.deaths)))


def latest_ledger(result: Casualties, year: int) -> Month | None:
    """The last month of a year of which an accident ledger is known."""
    return max((month for month in result.ledgers if month.year == year), default=None)


def lacking_after(result: Casualties, today: date) -> Month | None:
    """The last ledger of the year, where the one of the month before the day is still lacking; None where it is there."""
    last = latest_ledger(result, result.year.year)
    over = result.as_of == date(result.year.year, 12, 31) and today > result.as_of
    looked_at = result.as_of + timedelta(days=1) if over else result.as_of
    expected = result.zone.calendar.month_of(looked_at).plus(-1)
    return last if last is not None and expected.year == result.year.year and last < expected else None


def whole_year_known(result: Casualties, year: int) -> bool:
    """Whether the ledger of a year's December is known: what is not on record was not zero."""
    return Month(year, 12) in result.ledgers


def same_day_known(result: Casualties) -> bool:
    """Whether last year's ledgers reach the same day, so that its deaths up to then may be shown."""
    last = latest_ledger(result, result.year.year - 1)
    return last is not None and last.month >= result.as_of.month


def larger_accidents(result: Casualties) -> list[Accident]:
    """This year's counted accidents of class 较大 or above."""
    return [row.accident for row in result.accidents if method.has_larger([row.accident])]


def missing(result: Casualties) -> tuple[int, int]:
    """The missing counted among this year's deaths, and how many of them are provisional."""
    counted = [row.accident for row in result.accidents if row.accident.counted]
    return sum(one.missing for one in counted), sum(one.provisional for one in counted)
