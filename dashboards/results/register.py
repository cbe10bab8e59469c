"""The register of enterprises as of a day, and how they are inspected, as command and documents take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from dashboards.method import register as method
from dashboards.method.hazards import Hazard
from dashboards.method.register import Inspected, Inspection, Listed, Register
from dashboards.results import hazards
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.rollup.registers import registers_in_force
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.store import listed
from data.zone.periods import Period
from data.zone.schemes import EnterprisesScheme, known_schemes
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """The zone's register on a day, what is odd about it, and how many of its enterprises were inspected this year."""

    zone: Zone
    asked: DayAsked
    register: Register
    not_listed: Mapping[str, tuple[str, ...]]
    whole: Inspected
    high_risk: Inspected
    repeated: int
    sectors: Mapping[str, Inspected]
    towns: Mapping[str, Inspected]


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> RegisterReport:
    """The register as of a day of the period, for who sees all units."""
    connection, zone = reading.connection, reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    register = method.register_on(reading.once(lists, asked.as_of.year, asked.bound), asked.as_of)
    inspections = _inspections(connection, zone, asked)
    scheme = reading.once(known_schemes, asked.bound).of_day(EnterprisesScheme, asked.as_of)
    this_year = {one.credit_code for one in inspections if one.on.year == asked.as_of.year}
    own = list(register.enterprises.values())
    told = {(one.credit_code, one.unit) for one in inspections} | _told_of(connection, zone, asked)
    told |= _with_hazards(reading.once(hazards.counting, asked.month, asked.bound), asked.as_of)
    return RegisterReport(
        zone=zone,
        asked=asked,
        register=register,
        not_listed=method.not_listed(told, register),
        whole=method.inspected(own, this_year),
        high_risk=method.inspected((one for one in own if one.high_risk), this_year),
        repeated=len(method.repeated(inspections, scheme.repeated) & register.enterprises.keys()),
        sectors=_by("sector", own, this_year),
        towns=_by("territory", own, this_year),
    )


def lists(connection: Connection, zone: Zone, year: int, bound: datetime) -> list[Listed]:
    """The rows of the lists that make the register in a year, as they were known."""
    own = enterprise.c
    rows = connection.execute(
        select(*(own[name] for name in Listed._fields)).where(in_ledgers(enterprise)),
        {"zone": zone.code, "ledgers": listed(registers_in_force(connection, zone.code, year, bound))},
    )
    return list(map(Listed._make, rows.all()))


def is_any(connection: Connection, zone: Zone, year: int, bound: datetime) -> bool:
    """Whether there is a row of such a list."""
    numbers = listed(registers_in_force(connection, zone.code, year, bound))
    one = select(enterprise.c.row).where(in_ledgers(enterprise)).limit(1)
    return connection.execute(one, {"zone": zone.code, "ledgers": numbers}).first() is not None


def _by(field: str, own: list[Listed], codes: set[str]) -> dict[str, Inspected]:
    parts: dict[str, list[Listed]] = {}
    for one in own:
        parts.setdefault(getattr(one, field), []).append(one)
    return {code: method.inspected(parts[code], codes) for code in sorted(parts)}


def _inspections(connection: Connection, zone: Zone, asked: DayAsked) -> list[Inspection]:
    """Every inspection up to the day of which a credit code is told, in whatever year."""
    own = inspection.c
    ledgers = submissions_in_force(connection, zone.code, "enforcement", known_by=asked.bound, last=str(asked.month))
    rows = connection.execute(
        select(own.credit_code, own.unit, own.inspected_on).where(
            in_ledgers(inspection), own.credit_code.is_not(None), own.inspected_on <= asked.as_of
        ),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return list(map(Inspection._make, rows))


def _told_of(connection: Connection, zone: Zone, asked: DayAsked) -> set[tuple[str, str]]:
    """Who told of which code in a row of front-line duty that speaks on the day."""
    own, calendar = frontline_duty.c, zone.calendar
    over = asked.month if calendar.last_day(asked.month) <= asked.as_of else asked.month.plus(-1)
    ledgers = submissions_in_force(connection, zone.code, "frontline", known_by=asked.bound, last=str(asked.month))
    rows = connection.execute(
        select(own.credit_code, own.unit)
        .where(in_ledgers(frontline_duty), or_(own.period <= str(over), own.completed_on <= asked.as_of))
        .distinct(),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return {(code, unit) for code, unit in rows}


def _with_hazards(counting: Iterable[Hazard], day: date) -> set[tuple[str, str]]:
    """Who told of which code in the counting row of a hazard that had been found on the day."""
    return {(one.credit_code, one.unit) for one in counting if one.credit_code is not None and one.found_on <= day}


def as_dict(result: RegisterReport) -> dict[str, Any]:
    """The report as CONTRACT prints it: sectors by their Chinese names, ratios unrounded."""
    sectors = _named(result.zone, result.sectors)
    return {
        **result.asked.head("register"),
        "enterprises": result.whole.enterprises,
        "by_sector": {name: one.enterprises for name, one in sectors.items()},
        "by_town": {unit: one.enterprises for unit, one in result.towns.items()},
        "findings": list(_findings(result)),
        "inspection": {
            "inspected": result.whole.inspected,
            "rate": plain(result.whole.rate),
            "never": result.whole.enterprises - result.whole.inspected,
            "repeated": result.repeated,
            "high_risk": _inspected_as_dict(result.high_risk),
            "sectors": [{"sector": name, **_inspected_as_dict(one)} for name, one in sectors.items()],
            "towns": [{"unit": unit, **_inspected_as_dict(one)} for unit, one in result.towns.items()],
        },
    }


def _named(zone: Zone, by_sector: Mapping[str, Inspected]) -> dict[str, Inspected]:
    return dict(sorted((zone.sectors[code], one) for code, one in by_sector.items()))


def _findings(result: RegisterReport) -> Iterator[dict[str, Any]]:
    for one in result.register.listed_twice:
        yield {
            "code": "listed_twice",
            "credit_code": one.credit_code,
            "units": [*one.units],
            "differs": [*one.differs],
        }
    for code, units in result.not_listed.items():
        yield {"code": "not_in_register", "credit_code": code, "units": [*units], "differs": []}


def _inspected_as_dict(one: Inspected) -> dict[str, Any]:
    return {"enterprises": one.enterprises, "inspected": one.inspected, "rate": plain(one.rate)}
