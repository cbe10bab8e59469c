"""The accidents as they are known: of every number of a year the latest ledger's row, with what earlier ones said.

Scores and casualty targets take them from here, so that both see the same deaths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from dashboards.method.casualties import Accident, Record, cap_from_change, deaths_of
from data.rollup.in_force import periods_in_force, submissions_in_force
from data.schema.accidents import accident
from data.schema.intake import submission
from data.schema.targets import casualty_cap
from data.zone.periods import Month
from data.zone.zone import Zone

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class AccidentReport:
    """What one ledger said of an accident, and where it stands."""

    period: str
    submission: int
    file_name: str
    row: int
    dead: int
    missing: int
    serious_injuries: int
    accident_class: str
    status: str
    marked: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How an accident is followed to its close, as filed."""

    both_examined: bool
    supervised_on: date | None
    reported_on: date | None
    extended_to: date | None
    held_responsible: int | None
    transferred_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class AccidentHistory:
    """One accident, what was done about it, and what every ledger that told something new said of it."""

    accident: Accident
    follow_up: FollowUp
    told: tuple[AccidentReport, ...]


@dataclass(frozen=True, slots=True)
class AccidentRecord:
    """Every accident known, the years of which a December ledger is, and the months whose ledger is known."""

    known: tuple[AccidentHistory, ...]
    years_on_record: tuple[int, ...]
    ledgers: tuple[Month, ...] = ()

    def upto(self, day: date) -> Record:
        """What the method looks at as of a day: accidents up to it, past years on record."""
        accidents = tuple(one.accident for one in self.known if one.accident.happened_on <= day)
        return Record(day, accidents, tuple(year for year in self.years_on_record if year < day.year))


@dataclass(frozen=True, slots=True)
class Tellings:
    """What all known ledgers tell of each accident, (year, number) → rows in order; and ledger → its month and file."""

    zone: Zone
    of_each: Mapping[tuple[int, str], Sequence[Row[Any]]]
    months: Mapping[int, Month]
    names: Mapping[int, str]

    def as_of(self, day: date) -> AccidentRecord:
        """The accidents as they are known; who is missing is provisional as of a day."""
        known = [_known(self.zone, told, self.names, day) for told in self.of_each.values()]
        months = tuple(sorted(self.months.values()))
        years = sorted({month.year for month in months if month.month == DECEMBER})
        return AccidentRecord(
            tuple(sorted(known, key=lambda one: (one.accident.happened_on, one.accident.number))), tuple(years), months
        )


def read(connection: Connection, zone: Zone, bound: datetime) -> Tellings:
    """What the ledgers received before ``bound`` tell of accidents."""
    ledgers = periods_in_force(connection, zone.code, "accidents", known_by=bound)
    sent = and_(submission.c.zone == accident.c.zone, submission.c.submission == accident.c.submission)
    rows = connection.execute(
        select(accident, submission.c.file_name)
        .join(submission, sent)
        .where(accident.c.zone == zone.code, accident.c.submission.in_(ledgers))
        .order_by(accident.c.year, accident.c.number_key, accident.c.period)
    ).all()
    tellings: dict[tuple[int, str], list[Row[Any]]] = {}
    for row in rows:
        tellings.setdefault((row.year, row.number_key), []).append(row)
    months = {number: Month.parse(period) for number, period in ledgers.items()}
    return Tellings(zone, tellings, months, {row.submission: row.file_name for row in rows})


def _known(zone: Zone, tellings: Sequence[Row[Any]], names: Mapping[int, str], as_of: date) -> AccidentHistory:
    latest = tellings[-1]
    told = [_told(row, names) for row in tellings]
    news = [one for before, one in zip([None, *told], told, strict=False) if before is None or _differs(before, one)]
    follow_up = FollowUp(
        latest.both_examined, latest.supervised_on, latest.reported_on, latest.extended_to,
        latest.held_responsible, latest.transferred_on, latest.closed_on,
    )  # fmt: skip
    return AccidentHistory(_accident(zone, latest, as_of), follow_up, tuple(news))


def _accident(zone: Zone, row: Row[Any], as_of: date) -> Accident:
    settled_on = row.happened_on + timedelta(days=zone.settling_days[row.sector])
    return Accident(
        number=row.number,
        happened_on=row.happened_on,
        enterprise=row.enterprise,
        territory=row.territory,
        department=row.department,
        sector=row.sector,
        type=row.type,
        deaths=row.dead + row.missing,
        missing=row.missing,
        provisional=row.missing if as_of < settled_on else 0,
        serious_injuries=row.serious_injuries,
        loss_yuan=row.loss_yuan,
        accident_class=row.accident_class,
        marked=row.counted,
        status=row.status,
        stability=row.stability,
    )


def _told(row: Row[Any], names: Mapping[int, str]) -> AccidentReport:
    return AccidentReport(
        row.period, row.submission, names[row.submission], row.row, row.dead, row.missing, row.serious_injuries,
        row.accident_class, row.status, row.counted,
    )  # fmt: skip


def _differs(before: AccidentReport, one: AccidentReport) -> bool:
    fields = ("dead", "missing", "serious_injuries", "accident_class", "status", "marked")
    return any(getattr(before, name) != getattr(one, name) for name in fields)


Scope = tuple[str | None, str | None]
"""(unit, sector) of a cap; (None, None) is the zone."""


@dataclass(frozen=True, slots=True)
class Caps:
    """The year's caps by scope; ``unclear`` are those given as a change on a year that is not on record."""

    numbers: Mapping[Scope, int]
    unclear: frozenset[Scope]


def read_caps(connection: Connection, zone: Zone, year: int, bound: datetime) -> Sequence[Row[Any]]:
    """The caps of a year as they were filed, known before ``bound``."""
    in_force = submissions_in_force(connection, zone.code, "targets", known_by=bound, first=str(year), last=str(year))
    return connection.execute(
        select(casualty_cap).where(casualty_cap.c.zone == zone.code, casualty_cap.c.submission.in_(in_force))
    ).all()


def as_numbers(rows: Sequence[Row[Any]], year: int, record: AccidentRecord) -> Caps:
    """The caps of a year as numbers; a cap of a unit in one sector alone is nobody's total and left out."""
    numbers: dict[Scope, int] = {}
    unclear: set[Scope] = set()
    for row in rows:
        scope = (row.unit, row.sector)
        if row.unit is not None and row.sector is not None:
            continue
        if row.cap is not None:
            numbers[scope] = row.cap
        elif year - 1 in record.years_on_record:
            last_year = (one.accident for one in record.known if one.accident.happened_on.year == year - 1)
            deaths = deaths_of(one for one in last_year if _in_scope(one, scope))
            numbers[scope] = cap_from_change(row.change_percent, deaths)
        else:
            unclear.add(scope)
    return Caps(numbers, frozenset(unclear))


def _in_scope(one: Accident, scope: Scope) -> bool:
    unit, sector = scope
    return (unit is None or one.concerns(unit)) and (sector is None or one.sector == sector)
