"""Hazards as of a day: what is found, open and overdue, by unit, sector and level, as command and documents take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
from data.store import listed
from data.zone.periods import Month, Period, Year, months_of
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class HazardsReport:
    """The hazards on record on a day; ``burn_down`` has a point for each whole month of the day's year.

    ``units`` are those of the day's month in the zone's order, with zeros where they tell of none, and whoever else told of any.
    """

    zone: Zone
    asked: DayAsked
    whole: GradedFigures
    units: Mapping[str, GradedFigures]
    sectors: Mapping[str, GradedFigures]
    levels: Mapping[str | None, GradedFigures]
    burn_down: tuple[BurnDownPoint, ...]
    months_to_zero: Fraction | None
    unreconciled: tuple[Unreconciled, ...]


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> HazardsReport:
    """The hazards as of a day of the period, for who sees all units."""
    zone = reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    year = Year(asked.month.year)
    began = zone.calendar.first_day(year)
    found = method.found_by(reading.once(counting, asked.month, asked.bound), asked.as_of)
    standings = [method.standing(one, asked.as_of, began) for one in found]
    whole = method.graded(Counter(standings))
    ends = method.burn_down(found, _ends(zone, asked))
    return HazardsReport(
        zone=zone,
        asked=asked,
        whole=whole,
        units=_units(zone, asked.month, method.by_part(found, standings, attrgetter("unit"))),
        sectors=method.by_part(found, standings, attrgetter("sector")),
        levels=method.by_part(found, standings, attrgetter("level")),
        burn_down=tuple(point for point in ends if point.month.year == year.year),
        months_to_zero=method.months_to_zero(whole.all.open, ends),
        unreconciled=_unreconciled(reading.connection, zone, asked, found),
    )


_NONE = method.graded({})


def counting(connection: Connection, zone: Zone, last: Month, bound: datetime) -> list[Hazard]:
    """The row that counts of each hazard in ledgers up to a month, as they were known."""
    own = hazard.c
    columns = (
        own.unit, own.number_key, own.row, own.found_on, own.rectify_by, own.crossed_off_on,
        (own.grade == MAJOR).label("major"), own.sector, own.level, own.credit_code,
    )  # fmt: skip
    read = ledgers_read(connection, zone, "hazards", last, bound, hazard, columns, Hazard._make)
    return method.counting(HazardLedger(str(one.period), one.received_at, one.submission, one.rows) for one in read)


def _ends(zone: Zone, asked: DayAsked) -> list[tuple[Month, date]]:
    """The whole months of the day's year with their last days, and as many before them as ``months_to_zero`` looks back on."""
    calendar, year = zone.calendar, asked.month.year
    last = asked.month if calendar.last_day(asked.month) <= asked.as_of else asked.month.plus(-1)
    first = min(Month(year, 1), last.plus(-method.FALL_OVER_MONTHS))
    months = (*months_of(Year(year - 1)), *months_of(Year(year)))
    return [(month, calendar.last_day(month)) for month in months if first <= month <= last]


def _units(zone: Zone, month: Month, told: Mapping[str, GradedFigures]) -> dict[str, GradedFigures]:
    there = {unit.code for unit in zone.units_of(month)} | told.keys()
    return {unit.code: told.get(unit.code, _NONE) for unit in zone.units if unit.code in there}


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
            for one in result.burn_down
        ],
        "months_to_zero": plain(result.months_to_zero),
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
