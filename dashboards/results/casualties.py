"""The casualty targets of a year as of a day, as page, command and documents all take them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, and_, select, union_all

from dashboards.method import casualties as method
from dashboards.method.casualties import Accident, Foreseen, Goal, NearClosure, Penalty, Record, Standing
from dashboards.results import disasters, report_frames
from dashboards.results.accident_record import (
    AccidentRecord,
    AccidentReport,
    Caps,
    FollowUp,
    as_numbers,
    read,
    read_caps,
)
from dashboards.results.disasters import YearsDisasters
from dashboards.results.hiding import Viewpoint
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.report_head import report_head
from data.people.scope import Scope
from data.rollup.decisions_told import decisions_told
from data.rollup.in_force import among_ledgers, submissions_in_force
from data.schema.enforcement import inspection
from data.schema.intake import submission
from data.store import listed
from data.zone.normal import compact
from data.zone.periods import Month, Year, parse_period
from data.zone.schemes import CasualtyScheme, known_schemes
from data.zone.zone import Unit, Zone

if TYPE_CHECKING:
    from pandas import DataFrame

ReportState = Literal["in_time", "late", "due", "overdue"]


class NotInTheYear(ValueError):
    """The day asked for lies before the year."""


@dataclass(frozen=True, slots=True)
class AccidentRow:
    """One accident with its follow-up, and what became of its investigation report by the day.

    ``longest_extension``: the day to which its time may be extended, where it was extended further than that.
    """

    accident: Accident
    follow_up: FollowUp
    report_due: date
    longest_extension: date | None
    report_state: ReportState
    closed: bool
    told: tuple[AccidentReport, ...]


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit's figures."""

    unit: Unit
    standing: Standing
    cap_unclear: bool


@dataclass(frozen=True, slots=True)
class SectorStanding:
    """One sector's figures."""

    sector: str
    name: str
    standing: Standing
    cap_unclear: bool


@dataclass(frozen=True, slots=True)
class Casualties:
    """The year's casualty targets as of a day. ``record`` is what the figures were made from, ``ledgers`` what came.

    Where ``own_unit`` is given all of it is that unit's alone, the total too: the zone's is not published. Only
    ``severities``, how many die in a fatal accident, are the zone's for everybody, as the method has it.
    ``opens``: whether the ledgers themselves may be opened; they hold all units' accidents and are the office's.
    """

    zone: Zone
    year: Year
    as_of: date
    known_by: date
    scheme: CasualtyScheme
    goals: Mapping[Goal, bool | None]
    goal_lights: Mapping[Goal, str]
    disasters: YearsDisasters
    total: Standing
    cap_unclear: bool
    units: tuple[UnitStanding, ...]
    sectors: tuple[SectorStanding, ...]
    accidents: tuple[AccidentRow, ...]
    near_closure: tuple[NearClosure, ...]
    severities: tuple[float, ...]
    fan: tuple[Foreseen, ...]
    record: Record
    last_ledger: str | None
    own_unit: Unit | None = None
    opens: bool = False
    published: int | None = None
    ledgers: tuple[Month, ...] = ()

    def frame(self) -> DataFrame:
        """One row a unit (``report_frames.CASUALTIES``)."""
        return report_frames.casualties(self)


@kept
def fetch(
    reading: Reading,
    year: Year,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    by: CasualtyScheme | None = None,
) -> Casualties:
    """Read the accidents and caps that were known by the end of a day, and follow the year's targets as of a day.

    A day behind the year's end means its end; NotInTheYear for one before its beginning that was asked for. ``by``: another
    scheme than the one in force, to see what it would say.
    """
    connection, scope, zone, today = reading.connection, reading.scope, reading.zone, reading.today
    day = _within(year, as_of, min(today, known_by or today))
    known_by = known_by or today
    bound = zone.calendar.end_of(known_by)
    known = reading.once(read, bound).as_of(day)
    caps = as_numbers(reading.once(read_caps, year.year, bound), year.year, known)
    scheme = by or reading.once(known_schemes, bound).of_day(CasualtyScheme, day)
    penalties = list(_penalties(connection, zone, scope, bound, day))
    whole = known.upto(day)
    severities = method.severity(whole, scheme)
    record = whole if scope.sees_all else whole.narrowed(one for one in whole.accidents if _concerns(one, scope))
    this_year = [one for one in record.accidents if one.happened_on.year == year.year]
    of_scope = (None if scope.sees_all else scope.unit, None)
    total = method.standing(record, caps.numbers.get(of_scope), severities, scheme)
    natural = disasters.of_the_year(reading, day, bound)
    goals = method.goals(this_year, total, mass_disasters=len(natural.mass))
    filed = any(month.year == year.year for month in known.ledgers)
    return Casualties(
        zone=zone,
        year=year,
        as_of=day,
        known_by=known_by,
        scheme=scheme,
        goals=goals,
        goal_lights=method.goal_lights(goals, total, accidents_filed=filed, disasters_filed=natural.filed is not None),
        disasters=natural,
        total=total,
        cap_unclear=of_scope in caps.unclear,
        units=tuple(_units(zone, year, scope, record, caps, severities, scheme)),
        sectors=tuple(_sectors(zone, record, caps, severities, scheme)) if scope.sees_all else (),
        accidents=tuple(
            row for row in _rows(known, day, scheme, Viewpoint(scope.decides)) if _concerns(row.accident, scope)
        ),
        near_closure=tuple(method.near_closure(penalties, day, scheme)),
        severities=severities,
        fan=tuple(method.fan(record, severities, scheme)),
        record=record,
        last_ledger=str(known.ledgers[-1]) if known.ledgers else None,
        own_unit=None if scope.unit is None else zone.unit_by_code[scope.unit],
        opens=scope.decides,
        ledgers=known.ledgers,
    )


def _concerns(accident: Accident, scope: Scope) -> bool:
    """Whether an account may see an accident: a unit sees those of its territory and of its supervision."""
    return scope.sees_all or (scope.unit is not None and accident.concerns(scope.unit))


@kept
def years(reading: Reading) -> tuple[int, ...]:
    """The years of which any accident ledger or target is known, in order."""
    filed = select(submission.c.period).where(
        submission.c.zone == reading.scope.zone,
        submission.c.kind.in_(("accidents", "targets")),
        submission.c.status == "accepted",
    )
    return tuple(
        sorted({parse_period(period).year for period in reading.connection.execute(filed.distinct()).scalars()})
    )


def _within(year: Year, asked: date | None, present: date) -> date:
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    if asked is not None and asked < first:
        raise NotInTheYear(asked)
    return min(max(asked or present, first), last)


def _units(
    zone: Zone,
    year: Year,
    scope: Scope,
    record: Record,
    caps: Caps,
    severities: tuple[float, ...],
    scheme: CasualtyScheme,
) -> Iterator[UnitStanding]:
    for unit in zone.units_of(year):
        if scope.sees(unit.code):
            own = record.narrowed(one for one in record.accidents if one.concerns(unit.code))
            standing = method.standing(own, caps.numbers.get((unit.code, None)), severities, scheme)
            yield UnitStanding(unit, standing, (unit.code, None) in caps.unclear)


def _sectors(
    zone: Zone, record: Record, caps: Caps, severities: tuple[float, ...], scheme: CasualtyScheme
) -> Iterator[SectorStanding]:
    for sector, name in zone.sectors.items():
        own = record.narrowed(one for one in record.accidents if one.sector == sector)
        standing = method.standing(own, caps.numbers.get((None, sector)), severities, scheme)
        yield SectorStanding(sector, name, standing, (None, sector) in caps.unclear)


def _rows(known: AccidentRecord, day: date, scheme: CasualtyScheme, reader: Viewpoint) -> Iterator[AccidentRow]:
    for one in known.known:
        accident, done = one.accident, one.follow_up
        if accident.happened_on.year == day.year and accident.happened_on <= day:
            due = method.report_due(accident.happened_on, done.extended_to, scheme)
            closed = done.closed_on is not None and done.closed_on <= day
            longest = scheme.longest_extension(accident.happened_on)
            beyond = longest if done.extended_to is not None and done.extended_to > longest else None
            told = tuple(replace(each, file_name=reader.file(each.file_name)) for each in one.told)
            yield AccidentRow(accident, done, due, beyond, _report_state(done, due, day), closed, told)


def _report_state(done: FollowUp, due: date, day: date) -> ReportState:
    if done.reported_on is not None and done.reported_on <= day:
        return "in_time" if done.reported_on <= due else "late"
    return "due" if day <= due else "overdue"


def _penalties(connection: Connection, zone: Zone, scope: Scope, bound: datetime, day: date) -> Iterator[Penalty]:
    """Penalty decisions that the scope sees on cases with a major hazard, inspected within the year before a day."""
    of_unit = None if scope.sees_all else scope.unit
    ledgers = submissions_in_force(connection, zone.code, "enforcement", unit=of_unit, known_by=bound)
    case = inspection.c
    own = (
        among_ledgers(inspection),
        case.major_hazards > 0,
        case.inspected_on > day - timedelta(days=366),
        case.inspected_on <= day,
    )
    of_case = (case.enterprise, case.credit_code, case.unit, case.inspected_on)
    told = decisions_told()
    same = and_(told.c.unit == case.unit, told.c.number_key == case.number_key)
    rows = connection.execute(
        union_all(
            select(*of_case, case.decision_key).where(*own, case.decision_key.is_not(None)),
            select(*of_case, told.c.decision_key).join(told, same).where(*own),
        ),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    for enterprise, code, unit, inspected_on, decision in rows.all():
        yield Penalty(code or compact(enterprise), enterprise, f"{unit} {decision}", inspected_on)


def as_dict(result: Casualties) -> dict[str, Any]:
    """The report as CONTRACT prints it: plain numbers, ratios unrounded."""
    return {
        **report_head("casualties", result.year, result),
        "goals": dict(result.goals),
        "goal_lights": dict(result.goal_lights),
        "light_reasons": list(result.total.reasons),
        "zone": standing_as_dict(result.total),
        "units": [
            {"unit": one.unit.code, "name": one.unit.name, **standing_as_dict(one.standing)} for one in result.units
        ],
        "sectors": [
            {"sector": one.sector, "name": one.name, **standing_as_dict(one.standing)} for one in result.sectors
        ],
        "accidents": [_accident_as_dict(row) for row in result.accidents],
    }


def standing_as_dict(one: Standing) -> dict[str, Any]:
    """A scope's figures as CONTRACT prints them."""
    exact = ("progress", "elapsed", "pace")
    counts = ("deaths", "fatal_accidents", "cap", "remaining")
    rest = ("days_since_fatal", "last_year_deaths", "breach_probability")
    end = one.year_end
    return {
        **{key: getattr(one, key) for key in counts},
        **{key: plain(getattr(one, key)) for key in exact},
        **{key: getattr(one, key) for key in rest},
        "year_end": {"median": end.median, "low": end.low, "high": end.high},
        "light": one.light,
    }


def _accident_as_dict(row: AccidentRow) -> dict[str, Any]:
    one = row.accident
    return {
        "number": one.number,
        "date": one.happened_on.isoformat(),
        "enterprise": one.enterprise,
        "unit": one.territory,
        "department": one.department,
        "sector": one.sector,
        "type": one.type,
        "deaths": one.deaths,
        "missing": one.missing,
        "serious_injuries": one.serious_injuries,
        "loss_yuan": plain(one.loss_yuan),
        "class": one.accident_class,
        "counted": one.counted,
        "status": one.status,
        "closed": row.closed,
    }
