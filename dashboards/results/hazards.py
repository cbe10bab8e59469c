"""Hazards as of a day: what is found, open and overdue, by unit, sector and level, as command and documents take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, func, select

from dashboards.method import hazards as method
from dashboards.method.hazards import BurnDownPoint, GradedFigures, Hazard, HazardFigures, HazardLedger, Unreconciled
from dashboards.results.day_ledgers import ledgers_read
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.schema.enforcement import inspection
from data.schema.hazards import MAJOR, hazard
from data.schema.intake import submission
from data.store import listed
from data.zone.periods import Month, Period, Year, months_of
from data.zone.zone import Unit, Zone


@dataclass(frozen=True, slots=True)
class BurnDown:
    """A point for each whole month of the day's year; ``before`` is that of the month before the first.

    ``fell_from`` and ``fell_to`` are the ends of the months over which ``months_to_zero`` takes the fall.
    """

    points: tuple[BurnDownPoint, ...]
    before: BurnDownPoint
    fell_from: BurnDownPoint
    fell_to: BurnDownPoint
    months_to_zero: Fraction | None


@dataclass(frozen=True, slots=True)
class HazardsReport:
    """The hazards on record on a day, of all grades and of the major ones alone.

    ``units`` are those of the day's month in the zone's order, with zeros where they tell of none, and whoever else told of any.
    ``found``: each hazard as the row that counts tells of it, longest overdue first. ``own_unit``: whose hazards alone it is of, for
    an account of that unit; None: all. ``latest``: the month of the last ledger that whoever asks sees; None without any.
    """

    zone: Zone
    asked: DayAsked
    whole: GradedFigures
    units: Mapping[str, GradedFigures]
    sectors: Mapping[str, GradedFigures]
    levels: Mapping[str | None, GradedFigures]
    burn_down: BurnDown
    burn_down_of_major: BurnDown
    unreconciled: tuple[Unreconciled, ...]
    found: tuple[Hazard, ...]
    own_unit: Unit | None
    latest: Month | None


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> HazardsReport:
    """The hazards as of a day of the period; for a unit's account those alone that it told of."""
    zone = reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    year = Year(asked.month.year)
    began = zone.calendar.first_day(year)
    counting_rows = reading.once(counting, asked.month, asked.bound)
    found = _in_order(
        (one for one in method.found_by(counting_rows, asked.as_of) if reading.scope.sees(one.unit)), zone, asked.as_of
    )
    standings = [method.standing(one, asked.as_of, began) for one in found]
    whole = method.graded(Counter(standings))
    return HazardsReport(
        zone=zone,
        asked=asked,
        whole=whole,
        units=_units(reading, asked.month, method.by_part(found, standings, attrgetter("unit"))),
        sectors=method.by_part(found, standings, attrgetter("sector")),
        levels=method.by_part(found, standings, attrgetter("level")),
        burn_down=_burn_down(zone, asked, found, whole.all.open),
        burn_down_of_major=_burn_down(zone, asked, [one for one in found if one.major], whole.major.open),
        unreconciled=tuple(
            one for one in _unreconciled(reading.connection, zone, asked, found) if reading.scope.sees(one.unit)
        ),
        found=tuple(found),
        own_unit=None if reading.scope.sees_all else zone.unit_by_code[reading.scope.unit or ""],
        latest=_latest(reading, asked),
    )


_NONE = method.graded({})


def counting(connection: Connection, zone: Zone, last: Month, bound: datetime) -> list[Hazard]:
    """The row that counts of each hazard in ledgers up to a month, as they were known."""
    own = hazard.c
    columns = (
        own.unit, own.number_key, own.row, own.found_on, own.rectify_by, own.crossed_off_on,
        (own.grade == MAJOR).label("major"), own.sector, own.level, own.credit_code,
        own.submission,
    )  # fmt: skip
    read = ledgers_read(connection, zone, "hazards", last, bound, hazard, columns, _shared())
    return method.counting(HazardLedger(str(one.period), one.received_at, one.submission, one.rows) for one in read)


def _shared() -> Callable[[Sequence[Any]], Hazard]:
    """Makes hazards that have equal days and codes in common: a report of many is kept, and half of it would be copies."""
    common: dict[Any, Any] = {}
    same = common.setdefault

    def made(told: Sequence[Any]) -> Hazard:
        unit, key, row, found, due, off, major, sector, level, code, workbook = told
        return Hazard(
            same(unit, unit), key, row, same(found, found), same(due, due), same(off, off), bool(major),
            same(sector, sector), same(level, level), code, same((workbook,), workbook),
        )  # fmt: skip

    return made


def _in_order(found: Iterable[Hazard], zone: Zone, day: date) -> list[Hazard]:
    """The longest overdue first, then what is due next, then what was crossed off last; then in the zone's order."""
    units = {unit.code: place for place, unit in enumerate(zone.units)}
    left, gone = [], []
    for one in found:
        crossed_off = one.crossed_off_on
        if crossed_off is None or crossed_off > day:
            left.append((one.rectify_by, units[one.unit], one.number_key, one))
        else:
            gone.append((-crossed_off.toordinal(), units[one.unit], one.number_key, one))
    return [row[-1] for rows in (left, gone) for row in sorted(rows)]


def _burn_down(zone: Zone, asked: DayAsked, found: Sequence[Hazard], open_now: int) -> BurnDown:
    calendar, year = zone.calendar, asked.month.year
    last = asked.month if calendar.last_day(asked.month) <= asked.as_of else asked.month.plus(-1)
    before, fell_from = Month(year - 1, 12), last.plus(-method.FALL_OVER_MONTHS)
    months = (*months_of(Year(year - 1)), *months_of(Year(year)))
    ends = method.burn_down(
        found, [(month, calendar.last_day(month)) for month in months if min(before, fell_from) <= month <= last]
    )
    at = {point.month: point for point in ends}
    return BurnDown(
        points=tuple(point for point in ends if point.month.year == year),
        before=at[before],
        fell_from=at[fell_from],
        fell_to=at[last],
        months_to_zero=method.months_to_zero(open_now, ends),
    )


def _latest(reading: Reading, asked: DayAsked) -> Month | None:
    """The month of the last ledger of a unit that whoever asks sees."""
    sent, zone = submission.c, reading.zone
    ledgers = submissions_in_force(
        reading.connection, zone.code, "hazards", known_by=asked.bound, last=str(asked.month)
    )
    told = reading.connection.execute(
        select(sent.unit, func.max(sent.period)).where(in_ledgers(submission)).group_by(sent.unit),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return max((Month.parse(period) for unit, period in told if reading.scope.sees(unit)), default=None)


def _units(reading: Reading, month: Month, told: Mapping[str, GradedFigures]) -> dict[str, GradedFigures]:
    zone = reading.zone
    there = {unit.code for unit in zone.units_of(month)} | told.keys()
    return {
        unit.code: told.get(unit.code, _NONE)
        for unit in zone.units
        if unit.code in there and reading.scope.sees(unit.code)
    }


def _unreconciled(
    connection: Connection, zone: Zone, asked: DayAsked, found: Iterable[Hazard]
) -> tuple[Unreconciled, ...]:
    """What differs in the months of the day's year, by month, then in the zone's order."""
    place = {unit.code: number for number, unit in enumerate(zone.units)}
    months = {day: zone.calendar.month_of(day) for day in {one.found_on for one in found if one.major}}
    on_record = [(months[one.found_on], one.unit) for one in found if one.major]
    differing = method.reconciled(
        _told_in_inspections(connection, zone, asked),
        (one for one in on_record if one[0].year == asked.month.year),
    )
    return tuple(sorted(differing, key=lambda one: (one.month, place[one.unit])))


def _told_in_inspections(connection: Connection, zone: Zone, asked: DayAsked) -> dict[tuple[Month, str], int]:
    """The major hazards of the inspections of the day's year up to the day; a ledger holds those of its own month alone."""
    own, first = inspection.c, months_of(Year(asked.month.year))[0]
    ledgers = submissions_in_force(
        connection, zone.code, "enforcement", known_by=asked.bound, first=str(first), last=str(asked.month)
    )
    rows = connection.execute(
        select(own.period, own.unit, func.sum(own.major_hazards))
        .where(in_ledgers(inspection), own.inspected_on <= asked.as_of)
        .group_by(own.period, own.unit),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return {(Month.parse(period), unit): int(number) for period, unit, number in rows}


def as_dict(result: HazardsReport) -> dict[str, Any]:
    """The report as CONTRACT prints it: sectors by their Chinese names, a blank level last, ratios unrounded."""
    zone = result.zone
    sectors = sorted((zone.sectors[code], one) for code, one in result.sectors.items())
    levels = sorted(result.levels.items(), key=lambda one: (one[0] is None, one[0] or ""))
    return {
        **result.asked.head("hazards"),
        "zone": _graded_as_dict(result.whole),
        "units": [
            {"unit": code, "name": zone.unit_by_code[code].name, **_graded_as_dict(one)}
            for code, one in result.units.items()
        ],
        "sectors": [{"sector": name, **_graded_as_dict(one)} for name, one in sectors],
        "levels": [{"level": level, **_graded_as_dict(one)} for level, one in levels],
        "burn_down": [
            {"month": str(one.month), "found": one.found, "crossed_off": one.crossed_off, "open": one.open}
            for one in result.burn_down.points
        ],
        "months_to_zero": plain(result.burn_down.months_to_zero),
        "reconciliation": [
            {"unit": one.unit, "month": str(one.month), "ledger": one.ledger, "hazards": one.hazards}
            for one in result.unreconciled
        ],
    }


def _graded_as_dict(one: GradedFigures) -> dict[str, Any]:
    return {"all": _figures_as_dict(one.all), "major": _figures_as_dict(one.major)}


def _figures_as_dict(one: HazardFigures) -> dict[str, Any]:
    return {
        "found": one.found,
        "found_this_year": one.found_this_year,
        "carried_over": one.carried_over,
        "crossed_off": one.crossed_off,
        "open": one.open,
        "overdue": one.overdue,
        "due": one.due,
        "on_time": one.on_time,
        "on_time_rate": plain(one.on_time_rate),
        "crossed_off_rate": plain(one.crossed_off_rate),
        "median_age": plain(one.median_age),
        "ages": dict(one.ages),
    }
