"""Warnings and disasters as of a day, as command and documents take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from dashboards.method import disasters as method
from dashboards.method import warning_steps
from dashboards.method.columns import Flags, Places, SameByValue, last_of_each, places_of_page
from dashboards.method.disasters import Called, DisasterColumns, DisastersStanding, DisasterTold
from dashboards.method.warning_steps import WarningColumns, WarningWay
from dashboards.results import told_texts
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_columns import ToldColumns, ledgers_read
from data.rollup.in_force import in_ledgers, last_periods, submissions_in_force
from data.schema.disasters import disaster
from data.store import listed
from data.zone.periods import Month, Period
from data.zone.schemes import DisastersScheme, known_schemes
from data.zone.zone import Unit, Zone

_NOTHING = Called(0, 0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class FoundDisasters(SameByValue):
    """Warnings and disasters in an order, column by column; ``places`` are those of their rows in ``told``."""

    told: ToldColumns
    places: Places
    columns: DisasterColumns

    def __len__(self) -> int:
        return len(self.places)

    def at(self, wanted: Places | Flags) -> FoundDisasters:
        """Some of them, by their places in this order."""
        return FoundDisasters(self.told, self.places[wanted], self.columns.at(wanted))

    def part(self, page: int, size: int) -> FoundDisasters:
        """Those on a page, of so many each."""
        return self.at(places_of_page(page, size, len(self)))

    @property
    def things(self) -> list[tuple[str, str]]:
        """By what each is known: who told of it, and its number as compared."""
        return list(zip(self.columns.unit.values(), self.told.texts("number_key", self.places), strict=True))


@dataclass(frozen=True, slots=True)
class DisastersReport:
    """Warnings and disasters on a day, all on record: the figures, every warning and every disaster, the latest first.

    ``own_unit``: what it alone told, for an account of that unit; None: all. ``mass`` are those of ``struck`` for which
    someone is responsible and that cost so many lives as the scheme has it. ``filed`` are the months of the ledgers, in order.
    """

    zone: Zone
    asked: DayAsked
    scheme: DisastersScheme
    standing: DisastersStanding
    warnings: FoundDisasters
    struck: FoundDisasters
    mass: frozenset[tuple[str, str]]
    own_unit: Unit | None
    filed: tuple[Month, ...]

    @property
    def end(self) -> datetime:
        """The first instant after the day."""
        return self.zone.calendar.end_of(self.asked.as_of)

    def steps(self, warnings: FoundDisasters) -> WarningColumns:
        """How far some of the warnings got."""
        return warning_steps.steps(warnings.columns, self.end, self.scheme)


@dataclass(frozen=True, slots=True)
class YearsDisasters:
    """The year's mass disasters for which someone is responsible, and up to which month ledgers of the year tell of any.

    ``filed`` is None where no ledger does: silence is no proof.
    """

    mass: tuple[DisasterTold, ...]
    filed: Month | None


@kept
def fetch(
    reading: Reading,
    period: Period,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    by: DisastersScheme | None = None,
) -> DisastersReport:
    """Warnings and disasters as of a day of the period; for a unit's account those that it told of itself.

    ``by``: another scheme than the one in force, to see what it would say.
    """
    zone, scope = reading.zone, reading.scope
    asked = day_asked(reading, period, as_of, known_by)
    scheme = by or reading.once(known_schemes, asked.bound).of_day(DisastersScheme, asked.as_of)
    end = zone.calendar.end_of(asked.as_of)
    known = reading.once(_counting, asked.month, asked.bound)
    seen = known.at(known.columns.unit.among(filter(scope.sees, known.columns.unit.names)))
    warnings = seen.at(seen.columns.warned_by(end))
    struck = seen.at(seen.columns.happened_by(end))
    latest = np.lexsort((-np.arange(len(struck)), -struck.columns.happened_at))
    mass = seen.at(method.mass_disasters(seen.columns, end, scheme))
    return DisastersReport(
        zone,
        asked,
        scheme,
        method.standing(seen.columns, end, scheme),
        warnings.at(warning_steps.latest_first(warnings.columns)),
        struck.at(latest),
        frozenset(mass.things),
        None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
        tuple(sorted({Month.parse(book.period) for book in known.told.books if scope.sees(book.unit)})),
    )


def of_the_year(reading: Reading, day: date, bound: datetime, by: DisastersScheme | None = None) -> YearsDisasters:
    """What ledgers of months up to the day's tell of the year's disasters: those that the scope may see.

    A unit sees what it filed or where it is the territory, and rests on its own ledgers and on the office's, which speak of
    every territory. ``by``: another scheme than the one in force, to see what it would say.
    """
    zone, scope, last = reading.zone, reading.scope, reading.zone.calendar.month_of(day)
    scheme = by or reading.once(known_schemes, bound).of_day(DisastersScheme, day)
    ledgers = reading.once(_ledgers, last, bound)
    # Such a disaster is rare: without a row that could be one nothing else of the ledgers has to be read.
    mass = _mass(reading, day, bound, scheme) if reading.once(_any_mass, ledgers, scheme.mass_deaths) else []
    tellers = {unit.code for unit in zone.units if scope.sees(unit.code) or unit.office}
    told = reading.once(last_periods, ledgers)
    months = [Month.parse(period) for unit, period in told.items() if unit in tellers]
    filed = [month for month in months if month.year == day.year]
    return YearsDisasters(tuple(mass), max(filed, default=None))


def _mass(reading: Reading, day: date, bound: datetime, scheme: DisastersScheme) -> list[DisasterTold]:
    """Those of the year by a day that the scope may see, in order."""
    calendar, scope = reading.zone.calendar, reading.scope
    known = reading.once(_counting, calendar.month_of(day), bound)
    own = known.columns
    seen = own.unit.among(filter(scope.sees, own.unit.names)) | own.territory.among(
        filter(scope.sees, own.territory.names)
    )
    since = own.since(calendar.end_of(date(day.year - 1, 12, 31)))
    found = rows(reading, known.at(seen & since & method.mass_disasters(own, calendar.end_of(day), scheme)))
    return sorted(found, key=lambda row: (row.struck_at, row.unit, row.number_key))


def _ledgers(connection: Connection, zone: Zone, last: Month, bound: datetime) -> tuple[int, ...]:
    """The ledgers of months up to one that count, as far as they were received before ``bound``."""
    return tuple(submissions_in_force(connection, zone.code, "disasters", known_by=bound, last=str(last)))


def _any_mass(connection: Connection, zone: Zone, ledgers: tuple[int, ...], deaths: int) -> bool:
    """Whether any row of these, superseded ones too, tells of so many dead and missing for which someone is responsible."""
    own = disaster.c
    told = select(own.row).where(in_ledgers(disaster), own.responsible, own.dead + own.missing >= deaths).limit(1)
    return connection.execute(told, {"zone": zone.code, "ledgers": listed(ledgers)}).first() is not None


def _counting(connection: Connection, zone: Zone, last: Month, bound: datetime) -> FoundDisasters:
    """Each thing as ledgers of months up to one told of it last, as far as they were received before ``bound``; in order of rows."""
    told = ledgers_read(connection, zone, "disasters", last, bound, ("number_key",))
    places = last_of_each(zip((one.unit for one in told.books), told.texts_of("number_key"), strict=True))
    numbers = ("happened_at", "warned_at", "called_at", "answered_at", "fed_back_at", "moved", "dead", "missing", "in_need", "helped")  # fmt: skip
    columns = DisasterColumns(
        unit=told.units(places),
        type=told.coded("type", places),
        territory=told.coded("territory", places),
        measures=told.coded_or_empty("measures", places),
        responsible=told.flags("responsible", places),
        **{name: told.numbers(name, places) for name in numbers},
    )
    return FoundDisasters(told, places, columns)


def rows(reading: Reading, found: FoundDisasters) -> list[DisasterTold]:
    """Some of them one by one."""
    keys = found.told.row_keys(found.places)
    told = told_texts.of_rows(reading, disaster, DisasterTold._fields, keys)
    return [DisasterTold(*(getattr(told[key], name) for name in DisasterTold._fields)) for key in keys]


def ways(reading: Reading, report: DisastersReport, found: FoundDisasters) -> list[WarningWay]:
    """The ways of some warnings one by one."""
    return [warning_steps.way(told, report.end, report.scheme) for told in rows(reading, found)]


def as_dict(result: DisastersReport) -> dict[str, Any]:
    """The report as CONTRACT prints it: ratios unrounded, every unit of the day."""
    one = result.standing
    return {
        **result.asked.head("disasters"),
        **_called_as_dict(one.whole),
        "closed_loop_rate": plain(one.closed_loop_rate),
        "answer_minutes": {"median": plain(one.median_minutes), "p90": plain(one.ninetieth_minutes)},
        "answered_in_time_rate": plain(one.answered_in_time_rate),
        "measures": dict(one.measures),
        "moved": one.moved,
        "dead": one.dead,
        "missing": one.missing,
        "helped_rate": plain(one.helped_rate),
        "no_mass_disaster": one.mass_disasters == 0,
        "units": [{"unit": unit, **_called_as_dict(one.units.get(unit, _NOTHING))} for unit in _units(result)],
    }


def _units(result: DisastersReport) -> list[str]:
    """Every unit of the day's month, and whoever warned before, in the zone's order."""
    present = {unit.code for unit in result.zone.units_of(result.asked.month)} | result.standing.units.keys()
    return [unit.code for unit in result.zone.units if unit.code in present]


def _called_as_dict(one: Called) -> dict[str, int]:
    return {"warnings": one.warnings, "called": one.called, "answered": one.answered, "fed_back": one.fed_back}
