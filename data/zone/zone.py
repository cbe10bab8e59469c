"""The zone as the database has it, read once: units, sectors, deadlines, calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, String, Table, bindparam, literal, select, union_all

from data.schema import zone as tables
from data.zone.extensions import Extension, read_extensions
from data.zone.normal import compact
from data.zone.periods import Calendar, Period, Quarter, Year, frequency, parse_period

GROUPS = ("town", "department", "centre")
ALWAYS = "always"
"""Condition of a deadline that binds whether or not something changed."""


class NotInitialised(Exception):
    """The database has no such zone: ``data init`` was never run."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that submits (METHOD section 1)."""

    code: str
    name: str
    short_name: str
    group: str
    may_penalise: bool
    office: bool
    confirmed: bool
    valid_from: date | None
    valid_to: date | None

    def lives_in(self, first: date, last: date) -> bool:
        """Whether the unit existed on any day from first to last."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or self.valid_to >= first
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """Who files a kind by which day after the period's end.

    ``condition``: ``always``; ``changed``, where silence says that nothing changed and nobody is late; ``optional``,
    which is never due and has no day.
    """

    kind: str
    filer: str
    every: str
    condition: str
    due_month: int | None
    due_day: int | None

    def day(self, period: Period) -> date | None:
        """The last day on which the period is filed in time: the day of the next month, or the date within a year."""
        if self.due_day is None:
            return None
        if isinstance(period, Year) and self.due_month is not None:
            return date(period.year, self.due_month, self.due_day)
        if isinstance(period, Year):
            return date(period.year + 1, 1, self.due_day)
        month = period.quarter * 3 if isinstance(period, Quarter) else period.month
        return date(period.year + month // 12, month % 12 + 1, self.due_day)

    def binds(self, unit: Unit) -> bool:
        """Whether the unit is one of those that file."""
        return self.filer in {"all", unit.group, unit.code} or (self.filer == "office" and unit.office)


@dataclass(frozen=True)
class Zone:
    """One zone with all that a check or a report asks of it.

    ``unit_names``, ``sector_names`` and ``accident_types`` lead from every writing to the code or name;
    ``settling_days`` are the days after which an accident's deaths are final, by sector; ``rule_starts`` are the
    periods in which a new rule, by its name or its problem's code, only warns; ``key_sectors`` are those that the plan
    wants looked after first; ``extensions`` are the deadlines that the office extended, in the order of its decisions.
    """

    code: str
    name: str
    calendar: Calendar
    units: tuple[Unit, ...]
    unit_names: Mapping[str, str]
    sectors: Mapping[str, str]
    sector_names: Mapping[str, str]
    settling_days: Mapping[str, int]
    accident_types: Mapping[str, str]
    deadlines: tuple[Deadline, ...]
    rule_starts: Mapping[str, Period] = field(default_factory=dict)
    key_sectors: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @cached_property
    def unit_by_code(self) -> dict[str, Unit]:
        """Units by code."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def office(self) -> Unit:
        """The unit that is the committee's office."""
        return next(unit for unit in self.units if unit.office)

    def find_unit(self, text: str) -> Unit | None:
        """The unit known by this code, full name or alias."""
        code = self.unit_names.get(compact(text).lower())
        return None if code is None else self.unit_by_code[code]

    def units_of(self, period: Period) -> list[Unit]:
        """The units that existed in the period, in the zone's order."""
        first, last = self.calendar.first_day(period), self.calendar.last_day(period)
        return [unit for unit in self.units if unit.lives_in(first, last)]

    def due(self, period: Period) -> list[tuple[Deadline, Unit]]:
        """What may be filed for a period: each kind with each unit that files it, and whether it must be."""
        every = frequency(period)
        return [
            (deadline, unit)
            for deadline in self.deadlines
            if deadline.every == every
            for unit in self.units_of(period)
            if deadline.binds(unit)
        ]

    def due_day(self, kind: str, period: Period, unit: str | None = None, known_by: datetime | None = None) -> date:
        """The last day on which a kind is filed in time, as extended; LookupError for a kind that is never due.

        Of a ``unit`` by its code its own, else that of all units. ``known_by``: as far as it had been extended before an
        instant; None: as it stands.
        """
        day = self.extended(next(item for item in self.deadlines if item.kind == kind), period, unit, known_by)
        if day is None:
            raise LookupError(f"{kind} is never due")
        return day

    def last_due_day(self, kind: str, period: Period, known_by: datetime | None = None) -> date:
        """The day after which no unit can file a kind in time any more."""
        own = self.own_due_days(kind, period, known_by).values()
        return max([self.due_day(kind, period, known_by=known_by), *own])

    def own_due_days(self, kind: str, period: Period, known_by: datetime | None = None) -> dict[str, date]:
        """Unit → its own last day, of the units for which it is a later one than for all."""
        units = {one.unit for one in self._extensions_of(kind, period) if one.unit is not None}
        of_all = self.due_day(kind, period, known_by=known_by) if units else None
        own = {unit: self.due_day(kind, period, unit, known_by) for unit in sorted(units)}
        return {unit: day for unit, day in own.items() if day != of_all}

    def extended(
        self, deadline: Deadline, period: Period, unit: str | None = None, known_by: datetime | None = None
    ) -> date | None:
        """The last day of a deadline, as extended; None where there is none."""
        day = deadline.day(period)
        if day is None:
            return None
        later = [one.until for one in self._extensions_of(deadline.kind, period) if one.is_for(unit, known_by)]
        return max([day, *later])

    def _extensions_of(self, kind: str, period: Period) -> Sequence[Extension]:
        return self._extensions.get((kind, str(period)), ()) if self.extensions else ()

    @cached_property
    def _extensions(self) -> dict[tuple[str, str], list[Extension]]:
        found: dict[tuple[str, str], list[Extension]] = {}
        for one in self.extensions:
            found.setdefault((one.kind, one.period), []).append(one)
        return found

    def deadline(self, kind: str, unit: Unit) -> Deadline | None:
        """The deadline of a kind for a unit; None if the unit does not file it."""
        return next((item for item in self.deadlines if item.kind == kind and item.binds(unit)), None)

    def only_office_files(self, kind: str) -> bool:
        """Whether a kind is the committee's office's alone: what stands in it sets the marks and caps of everybody."""
        return {item.filer for item in self.deadlines if item.kind == kind} == {"office"}


def late_until(deadline_day: date, days: int) -> date:
    """The last day on which a late report still gets half."""
    return deadline_day + timedelta(days=days)


def read_calendar(connection: Connection, code: str) -> Calendar:
    """How the zone counts its days, without all else; NotInitialised if the database does not have the zone."""
    return _calendar(_zone(connection, code))


def read_zone(connection: Connection, code: str) -> Zone:
    """Read the zone; NotInitialised if the database does not have it."""
    row = _zone(connection, code)
    units = _units(connection, code)
    sector_rows = _rows(connection, tables.sector, code, "position")
    sectors = {item.sector: item.name for item in sector_rows}
    further = _further_names(connection, code)
    return Zone(
        code=code,
        name=row.name,
        calendar=_calendar(row),
        units=units,
        unit_names={
            **{compact(unit.name).lower(): unit.code for unit in units},
            **{compact(alias).lower(): unit for alias, unit in further[tables.unit_alias]},
            **{unit.code: unit.code for unit in units},
        },
        sectors=sectors,
        sector_names={
            **{compact(alias): sector for alias, sector in further[tables.sector_alias]},
            **{compact(name): sector for sector, name in sectors.items()},
        },
        settling_days={item.sector: item.settles_after_days for item in sector_rows},
        accident_types={
            **{compact(alias): name for alias, name in further[tables.accident_type_alias]},
            **{compact(name): name for _same, name in further[tables.accident_type]},
        },
        deadlines=tuple(
            Deadline(item.kind, item.filer, item.every, item.condition, item.due_month, item.due_day)
            for item in _rows(connection, tables.deadline, code, "kind")
        ),
        rule_starts={
            item.rule: parse_period(item.warns_in) for item in _rows(connection, tables.rule_start, code, "rule")
        },
        key_sectors=tuple(item.sector for item in sector_rows if item.pilot),
        extensions=read_extensions(connection, code),
    )


def _further_names(connection: Connection, code: str) -> Mapping[Table, Sequence[tuple[str, str]]]:
    """Table → its names, each with what it stands for, in order: all read at one go."""
    found: list[list[tuple[str, str]]] = [[] for _table in _NAMES]
    for at, alias, of in connection.execute(_names(), {"zone": code}):
        found[at].append((alias, of))
    return dict(zip(_NAMES, found, strict=True))


_NAMES: Mapping[Table, tuple[str, str, str | None]] = {
    tables.unit_alias: ("alias", "unit", None),
    tables.sector_alias: ("alias", "sector", None),
    tables.accident_type_alias: ("alias", "name", None),
    tables.accident_type: ("name", "name", "position"),
}
"""Table → its columns of names, of what they stand for, and of their place; without one they stand in their own order."""


@cache
def _names() -> Select[Any]:
    parts = [
        select(
            literal(at).label("at"),
            table.c[alias].label("alias"),
            table.c[of].label("of"),
            (literal(0) if order is None else table.c[order]).label("place"),
        ).where(table.c.zone == bindparam("zone", type_=String))
        for at, (table, (alias, of, order)) in enumerate(_NAMES.items())
    ]
    every = union_all(*parts).subquery()
    return select(every.c.at, every.c.alias, every.c.of).order_by(every.c.at, every.c.place, every.c.alias)


def _zone(connection: Connection, code: str) -> Row[Any]:
    row = connection.execute(select(tables.zone).where(tables.zone.c.zone == code)).first()
    if row is None:
        raise NotInitialised(code)
    return row


def _calendar(row: Row[Any]) -> Calendar:
    return Calendar(ZoneInfo(row.timezone), row.month_starts_on, row.grace_days)


def _units(connection: Connection, code: str) -> tuple[Unit, ...]:
    return tuple(
        Unit(
            item.unit, item.name, item.short_name, item.group, item.may_penalise,
            item.office, item.confirmed, item.valid_from, item.valid_to,
        )
        for item in _rows(connection, tables.unit, code, "position")
    )  # fmt: skip


def _rows(connection: Connection, table: Table, code: str, order: str) -> Sequence[Row[Any]]:
    return connection.execute(select(table).where(table.c.zone == code).order_by(table.c[order])).all()
