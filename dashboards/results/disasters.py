"""Warnings and disasters as of a day, as command and documents take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboards.method import disasters as method
from dashboards.method.disasters import Called, DisastersStanding, DisasterTold
from dashboards.method.warning_steps import WarningWay, ways
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from data.rollup.in_force import in_ledgers, periods_in_force
from data.schema.disasters import disaster
from data.schema.intake import submission
from data.store import listed
from data.zone.periods import Month, Period
from data.zone.schemes import DisastersScheme, disasters_scheme
from data.zone.zone import Unit, Zone

_NOTHING = Called(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DisasterLedgers:
    """The rows that count, as the ledgers up to a month tell of each thing last; and of whom and which month these are."""

    rows: tuple[DisasterTold, ...]
    filed: tuple[tuple[str, Month], ...]


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
    warnings: tuple[WarningWay, ...]
    struck: tuple[DisasterTold, ...]
    mass: frozenset[tuple[str, str]]
    own_unit: Unit | None
    filed: tuple[Month, ...]

    @property
    def end(self) -> datetime:
        """The first instant after the day."""
        return self.zone.calendar.end_of(self.asked.as_of)


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
    scheme = by or disasters_scheme(reading.connection, zone.code, asked.as_of, asked.bound)
    known = reading.once(read, asked.month, asked.bound)
    end = zone.calendar.end_of(asked.as_of)
    rows = [row for row in known.rows if scope.sees(row.unit)]
    struck = sorted(
        method.happened_by(rows, end), key=lambda row: (row.happened_at, row.unit, row.number_key), reverse=True
    )
    return DisastersReport(
        zone,
        asked,
        scheme,
        method.standing(rows, end, scheme),
        tuple(ways(rows, end, scheme)),
        tuple(struck),
        frozenset((row.unit, row.number_key) for row in method.mass_disasters(rows, end, scheme)),
        None if scope.sees_all else zone.unit_by_code[scope.unit or ""],
        tuple(sorted({month for unit, month in known.filed if scope.sees(unit)})),
    )


def of_the_year(reading: Reading, day: date, bound: datetime, by: DisastersScheme | None = None) -> YearsDisasters:
    """What ledgers of months up to the day's tell of the year's disasters: those that the scope may see.

    A unit sees what it filed or where it is the territory, and rests on its own ledgers and on the office's, which speak of
    every territory. ``by``: another scheme than the one in force, to see what it would say.
    """
    zone, scope = reading.zone, reading.scope
    calendar = zone.calendar
    known = reading.once(read, calendar.month_of(day), bound)
    scheme = by or disasters_scheme(reading.connection, zone.code, day, bound)
    rows = [row for row in known.rows if scope.sees(row.unit) or scope.sees(row.territory)]
    year = method.in_year(rows, calendar.end_of(date(day.year - 1, 12, 31)))
    tellers = {unit.code for unit in zone.units if scope.sees(unit.code) or unit.office}
    filed = [month for unit, month in known.filed if unit in tellers and month.year == day.year]
    return YearsDisasters(tuple(method.mass_disasters(year, calendar.end_of(day), scheme)), max(filed, default=None))


def read(connection: Connection, zone: Zone, last: Month, bound: datetime) -> DisasterLedgers:
    """What the ledgers of months up to one tell, as far as they were received before ``bound``."""
    own, sent = disaster.c, submission.c
    in_force = periods_in_force(connection, zone.code, "disasters", known_by=bound, last=str(last))
    asked = {"zone": zone.code, "ledgers": listed(in_force)}
    same = (sent.zone == own.zone) & (sent.submission == own.submission)
    rows = connection.execute(
        select(*(own[name] for name in DisasterTold._fields))
        .join(submission, same)
        .where(in_ledgers(disaster))
        .order_by(own.period, sent.received_at, own.submission, own.row),
        asked,
    )
    counting = method.counting(map(DisasterTold._make, rows))
    filed = connection.execute(select(sent.unit, sent.period).where(in_ledgers(submission)), asked)
    return DisasterLedgers(tuple(counting), tuple(sorted((unit, Month.parse(period)) for unit, period in filed)))


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
