"""Hazards as of a day: what is found, open and overdue, by unit, sector and level, as command and documents take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, func, literal_column, select

from dashboards.method import hazards as method
from dashboards.method.columns import Places, SameByValue, Superseding, day_of, places_of_page, superseding
from dashboards.method.hazards import BurnDownPoint, GradedFigures, Hazard, HazardColumns, HazardFigures, Unreconciled
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_columns import ToldColumns, ledgers_read
from data.people.scope import Scope
from data.rollup.in_force import among_ledgers, among_numbers, numbers_listed, submissions_in_force
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


@dataclass(frozen=True, slots=True, eq=False)
class FoundHazards(SameByValue):
    """Hazards in an order: column by column, and as rows where some are wanted; ``places`` are those of their rows in ``told``.

    ``superseding``: of all rows that were told.
    """

    told: ToldColumns
    superseding: Superseding
    places: Places
    columns: HazardColumns

    def __len__(self) -> int:
        return len(self.places)

    def at(self, wanted: Places) -> FoundHazards:
        """Some of them, by their places in this order."""
        return FoundHazards(self.told, self.superseding, self.places[wanted], self.columns.at(wanted))

    def part(self, page: int, size: int) -> FoundHazards:
        """Those on a page, of so many each."""
        return self.at(places_of_page(page, size, len(self)))

    @property
    def credit_codes(self) -> list[str | None]:
        """The credit code of each; None where none was told."""
        return [code or None for code in self.told.texts("credit_code", self.places)]

    @property
    def rows(self) -> list[Hazard]:
        """All of them one by one."""
        told, own = self.told, self.columns
        keys, codes = (told.texts(name, self.places) for name in _TEXTS)
        books = [told.books[at] for at in told.book[self.places].tolist()]
        found_on, rectify_by = (map(date.fromordinal, column.tolist()) for column in (own.found_on, own.rectify_by))
        return [
            Hazard(book.unit, key, row, found, due, off, major, sector, level, code or None, book.submission)
            for book, key, row, found, due, off, major, sector, level, code in zip(
                books, keys, told.numbers("row", self.places).tolist(), found_on, rectify_by, map(day_of, own.crossed_off_on.tolist()), own.major.tolist(),
                own.sector.values(), own.level.values(), codes, strict=True,
            )
        ]  # fmt: skip


_TEXTS = ("number_key", "credit_code")


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
    found: FoundHazards
    own_unit: Unit | None
    latest: Month | None


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> HazardsReport:
    """The hazards as of a day of the period; for a unit's account those alone that it told of."""
    zone = reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    day = asked.as_of
    own = None if reading.scope.sees_all else zone.unit_by_code[reading.scope.unit or ""]
    counting_rows = reading.once(_counting, asked.month, asked.bound, None if own is None else own.code)
    found = counting_rows.at(np.flatnonzero(counting_rows.columns.found_by(day)))
    found = found.at(_in_order(found.columns, zone, day))
    columns = found.columns
    stand = method.standings(columns, day, zone.calendar.first_day(Year(asked.month.year)))
    whole = method.graded(stand)
    major = columns.at(columns.major)
    return HazardsReport(
        zone=zone,
        asked=asked,
        whole=whole,
        units=_units(reading, asked.month, method.by_part(stand, columns.unit)),
        sectors=method.by_part(stand, columns.sector),
        levels=method.by_part(stand, columns.level),
        burn_down=_burn_down(zone, asked, columns, whole.all.open),
        burn_down_of_major=_burn_down(zone, asked, major, whole.major.open),
        unreconciled=tuple(
            one for one in _unreconciled(reading.connection, zone, asked, major) if reading.scope.sees(one.unit)
        ),
        found=found,
        own_unit=own,
        latest=_latest(found.told, reading.scope),
    )


def counting(connection: Connection, zone: Zone, last: Month, bound: datetime) -> list[Hazard]:
    """The row that counts of each hazard in ledgers up to a month, as they were known."""
    return _counting(connection, zone, last, bound, None).rows


def of_enterprise(reading: Reading, credit_code: str) -> list[Hazard]:
    """Those of today's that the row that counts has at an enterprise, in the order of ``fetch``; of a unit's account its own alone.

    They are few, and found by the code and by their numbers: nothing else that was ever told is read for them.
    """
    zone, day = reading.zone, reading.today
    asked = day_asked(reading, Year(day.year), day, None)
    rows = reading.once(_rows_of_enterprise, credit_code, asked.month, asked.bound, reading.scope.unit)
    last = {(one.unit, one.number_key): one for one in rows}
    counting_rows = [one for one in rows if one is last[one.unit, one.number_key]]
    found = [one for one in counting_rows if one.credit_code == credit_code and one.found_on <= day]
    return [found[place] for place in _in_order(method.columns_of(found), zone, day).tolist()] if found else []


def _rows_of_enterprise(
    connection: Connection, zone: Zone, credit_code: str, last: Month, bound: datetime, unit: str | None
) -> list[Hazard]:
    """All that ledgers tell of any hazard that one of them has at an enterprise, in the order in which rows supersede each other."""
    own, sent = hazard.c, submission.c
    ledgers = submissions_in_force(connection, zone.code, "hazards", unit=unit, known_by=bound, last=str(last))
    given = {"zone": zone.code, "ledgers": listed(ledgers)}
    of_it = select(own.unit, own.number_key).where(among_ledgers(hazard), own.credit_code == credit_code)
    wanted = {(unit, number) for unit, number in connection.execute(of_it, given)}
    told = (
        select(
            own.unit, own.number_key, own.row, own.found_on, own.rectify_by, own.crossed_off_on, own.grade == MAJOR,
            own.sector, own.level, own.credit_code, own.submission,
        )
        .join(submission, and_(sent.zone == own.zone, sent.submission == own.submission))
        .where(among_ledgers(hazard), among_numbers(hazard))
        .order_by(own.period, sent.received_at, own.submission, own.row)
    )  # fmt: skip
    rows = [Hazard._make(row) for row in connection.execute(told, {**given, **numbers_listed(wanted)})]
    return [one for one in rows if (one.unit, one.number_key) in wanted]


def _counting(connection: Connection, zone: Zone, last: Month, bound: datetime, unit: str | None) -> FoundHazards:
    """The same in order of rows, of all units or of one."""
    told = ledgers_read(connection, zone, "hazards", last, bound, _TEXTS, unit)
    rows = superseding(zip((one.unit for one in told.books), told.texts_of("number_key"), strict=True))
    return FoundHazards(told, rows, rows.last, _columns(told, rows.last))


def _columns(told: ToldColumns, places: Places) -> HazardColumns:
    return HazardColumns(
        unit=told.units(places),
        sector=told.coded("sector", places),
        level=told.coded_or_empty("level", places),
        major=told.coded("grade", places).among([MAJOR]),
        found_on=told.numbers("found_on", places),
        rectify_by=told.numbers("rectify_by", places),
        crossed_off_on=told.numbers("crossed_off_on", places),
    )


def _in_order(found: HazardColumns, zone: Zone, day: date) -> Places:
    """The longest overdue first, then what is due next, then what was crossed off last; then in the zone's order, then as it was told."""
    open_ones = found.open_on(day)
    days = np.where(open_ones, found.rectify_by, -found.crossed_off_on).astype(np.int64)
    by_day = days * len(zone.units) + found.unit.ranked(unit.code for unit in zone.units)
    left, gone = (np.flatnonzero(flags) for flags in (open_ones, ~open_ones))
    return np.concatenate([one[np.argsort(by_day[one], kind="stable")] for one in (left, gone)])


def _burn_down(zone: Zone, asked: DayAsked, found: HazardColumns, open_now: int) -> BurnDown:
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


def _latest(told: ToldColumns, scope: Scope) -> Month | None:
    """The month of the last ledger of a unit that whoever asks sees."""
    return max((Month.parse(book.period) for book in told.books if scope.sees(book.unit)), default=None)


def _units(reading: Reading, month: Month, told: Mapping[str, GradedFigures]) -> dict[str, GradedFigures]:
    zone = reading.zone
    there = {unit.code for unit in zone.units_of(month)} | told.keys()
    return {
        unit.code: told.get(unit.code, method.NONE)
        for unit in zone.units
        if unit.code in there and reading.scope.sees(unit.code)
    }


def _unreconciled(
    connection: Connection, zone: Zone, asked: DayAsked, major: HazardColumns
) -> tuple[Unreconciled, ...]:
    """What differs in the months of the day's year, by month, then in the zone's order."""
    place = {unit.code: number for number, unit in enumerate(zone.units)}
    differing = method.reconciled(_told_in_inspections(connection, zone, asked), _on_record(zone, asked, major))
    return tuple(sorted(differing, key=lambda one: (one.month, place[one.unit])))


def _on_record(zone: Zone, asked: DayAsked, major: HazardColumns) -> Counter[tuple[Month, str]]:
    """How many major hazards were found in each month of the day's year, by the units that told of them."""
    units, months = major.unit, months_of(Year(asked.month.year))
    starts = [zone.calendar.first_day(month).toordinal() for month in months]
    own = np.flatnonzero(major.found_on >= starts[0])  # none was found after the day
    place = np.searchsorted(starts, major.found_on[own], side="right") - 1
    numbers = np.bincount(place * len(units.names) + units.codes[own], minlength=len(months) * len(units.names))
    told = numbers.reshape(len(months), len(units.names)).tolist()
    return Counter(
        {(month, unit): number for month, of_units in zip(months, told, strict=True)
         for unit, number in zip(units.names, of_units, strict=True) if number}
    )  # fmt: skip


def _told_in_inspections(connection: Connection, zone: Zone, asked: DayAsked) -> dict[tuple[Month, str], int]:
    """The major hazards of the inspections of the day's year up to the day; a ledger holds those of its own month alone."""
    own, calendar, year = inspection.c, zone.calendar, Year(asked.month.year)
    first = months_of(year)[0]
    ledgers = submissions_in_force(
        connection, zone.code, "enforcement", known_by=asked.bound, first=str(first), last=str(asked.month)
    )
    rows = connection.execute(
        select(own.period, own.unit, func.sum(own.major_hazards))
        .where(among_ledgers(inspection), own.inspected_on.between(calendar.first_day(year), asked.as_of))
        .where(own.major_hazards > literal_column("0"))
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
