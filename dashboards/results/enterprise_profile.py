"""One enterprise, whole: how lists have it, what inspections found and what became of it, its documents, accidents, nearness to closure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import and_, select

from dashboards.method import casualties as closing
from dashboards.method.casualties import Accident, Penalty
from dashboards.method.frontline import DutyTelling, DutyTold, counting_of_one
from dashboards.method.next_inspections import Observed, Risk, risks_of
from dashboards.method.register import Listed, Register
from dashboards.results import enterprise_books, enterprise_hazards, enterprise_inspections, told_rows
from dashboards.results.enterprise_books import ListedRow, ToldName, books
from dashboards.results.enterprise_hazards import EnterpriseHazard
from dashboards.results.enterprise_inspections import EnterpriseDecision, InspectedEnterprise, UnitInspections
from dashboards.results.enterprise_search import Standing, is_code
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept
from dashboards.results.register_today import sector_mean
from dashboards.results.told_rows import ToldRow
from data.rollup.enterprise_names import WITHOUT_CODE, name_key
from data.rollup.in_force import among_ledgers
from data.schema.enterprises import enterprise_name
from data.schema.frontline import frontline_duty
from data.schema.intake import submission
from data.store import among, listed
from data.zone.normal import compact
from data.zone.periods import Month, months_before
from data.zone.schemes import CasualtyScheme, EnterprisesScheme, NextInspections, known_schemes
from data.zone.zone import Unit, Zone


@dataclass(frozen=True, slots=True)
class EnterpriseListing:
    """A row of a unit's list. ``counts``: it is the one that counts today; ``present``: its list makes today's register.

    ``head`` is whom the list names as responsible, for who may read names of people of this unit.
    """

    period: str
    listed: Listed
    grade: str | None
    head: str | None
    chief_engineer: bool
    counts: bool
    present: bool
    place: ToldRow


@dataclass(frozen=True, slots=True)
class DutyOfMonth:
    """What a unit's ledger of a month told of the enterprise's four documents; ``counts``: it is the row that counts today."""

    period: Month
    unit: Unit
    told: DutyTold
    counts: bool
    place: ToldRow


@dataclass(frozen=True, slots=True)
class Closure:
    """How near the enterprise is to closure: penalties with a major hazard within the law's shorter time and within a year."""

    within_half_year: int
    within_year: int
    scheme: CasualtyScheme

    @property
    def state(self) -> Literal["reached", "one_short", "far"]:
        """Whether the law's number is reached, or one more penalty reaches it."""
        rules = self.scheme.near_closure
        lacking = min(rules.within_half_year - self.within_half_year, rules.within_year - self.within_year)
        return "reached" if lacking <= 0 else "one_short" if lacking == 1 else "far"


class NameTold(NamedTuple):
    """A name under which workbooks tell of the enterprise; ``differs``: it is not that of the register."""

    name: str
    units: tuple[Unit, ...]
    rows: int
    period: str
    differs: bool


@dataclass(frozen=True, slots=True)
class EnterpriseProfile:
    """All that is known today of an enterprise, as far as whoever asks may see it.

    ``entry`` is how it stands in the register of today, ``differs`` in what lists that have it today differ. ``risk`` is None for who
    does not see all units' inspections, and for what is in no register. ``own_unit``: whose account asks, where it sees that alone.
    """

    zone: Zone
    as_of: date
    identity: str
    name: str
    standing: Standing
    entry: Listed | None
    differs: tuple[str, ...]
    listings: tuple[EnterpriseListing, ...]
    names: tuple[NameTold, ...]
    inspections: tuple[InspectedEnterprise, ...]
    duty: tuple[DutyOfMonth, ...]
    hazards: tuple[EnterpriseHazard, ...]
    accidents: tuple[Accident, ...]
    closure: Closure
    risk: Risk | None
    risk_scheme: NextInspections
    own_unit: Unit | None

    @property
    def credit_code(self) -> str | None:
        """Its code, where one was told."""
        return self.identity if is_code(self.identity) else None

    @property
    def last_on(self) -> date | None:
        """The day of the last inspection."""
        return max((one.case.inspected_on for one in self.inspections), default=None)

    @property
    def by_unit(self) -> list[UnitInspections]:
        """The inspections added up by unit, who was there last first."""
        units = {one.unit.code: one.unit for one in self.inspections}
        added = [
            enterprise_inspections.added(unit, [one.case for one in self.inspections if one.unit.code == code])
            for code, unit in units.items()
        ]
        return sorted(added, key=lambda one: (one.last_on, one.inspections), reverse=True)

    @property
    def decisions(self) -> list[EnterpriseDecision]:
        """The penalty decisions, each once, of the latest inspection first."""
        return enterprise_inspections.decisions(self.inspections)


@kept
def fetch(reading: Reading, identity: str) -> EnterpriseProfile | None:
    """The enterprise with a credit code, or of a name that was told without one; None where whoever asks knows of no such."""
    code = identity if is_code(identity) else None
    codes, keys = ([code], _own_names(reading, code)) if code else ([], [identity])
    rows = enterprise_books.listed_rows(reading, codes).get(identity, [])
    visible = [row for row in rows if enterprise_books.concerns(reading, row.listed)]
    told = enterprise_books.ledger_names(reading, codes, keys)
    names = [*told.of_codes.get(identity, ()), *(one for key in keys for one in told.of_keys.get(key, ()))]
    accidents = _accidents(reading, keys)
    if not (visible or names or (accidents and code is None)):
        return None
    register = enterprise_books.register_today(reading, rows)
    inspections = enterprise_inspections.fetch(reading, code, keys)
    shown = _Shown(reading, identity, visible, register)
    entry = register.enterprises.get(identity)
    return EnterpriseProfile(
        zone=reading.zone,
        as_of=reading.today,
        identity=identity,
        name=shown.name or _most_told(names) or accidents[0].enterprise,
        standing="ledgers" if not visible else "former" if entry is None else "listed",
        entry=shown.entry,
        differs=shown.differs,
        listings=tuple(shown.listings),
        names=tuple(_names(reading, names, shown.name)),
        inspections=inspections,
        duty=_duty(reading, code, register),
        hazards=enterprise_hazards.fetch(reading, code),
        accidents=accidents,
        closure=_closure(reading, inspections),
        risk=_risk(reading, shown.entry, inspections),
        risk_scheme=_scheme(reading),
        own_unit=None if reading.scope.unit is None else reading.zone.unit_by_code[reading.scope.unit],
    )


def _own_names(reading: Reading, code: str) -> list[str]:
    """The names as compared that were told with this code and with no other; and the code, by which a row without one may be known."""
    own, zone = enterprise_name.c, reading.zone.code
    mine = set(
        reading.connection.execute(select(own.name_key).where(own.zone == zone, own.credit_code == code)).scalars()
    )
    others = select(own.name_key).where(
        own.zone == zone, among(own.name_key, "names"), own.credit_code.not_in([code, WITHOUT_CODE])
    )
    shared = set(reading.connection.execute(others, {"names": listed(sorted(mine))}).scalars())
    return [code, *sorted(mine - shared)]


def _accidents(reading: Reading, keys: Iterable[str]) -> tuple[Accident, ...]:
    """The accidents of enterprises that are called so, the latest first."""
    names = set(keys)
    return tuple(
        one.accident for one in enterprise_books.accidents(reading) if name_key(one.accident.enterprise) in names
    )


def _most_told(names: Sequence[ToldName]) -> str | None:
    return max(names, key=lambda one: one.rows).name if names else None


class _Shown:
    """What of the lists whoever asks may see: a unit how it lists the enterprise itself, and whom the register has."""

    def __init__(self, reading: Reading, identity: str, visible: Sequence[ListedRow], register: Register) -> None:
        entry = register.enterprises.get(identity)
        self._reading = reading
        self._rows = [row for row in visible if reading.scope.sees(row.listed.unit)]
        self.entry = entry if entry is not None and enterprise_books.concerns(reading, entry) else None
        self.name = self.entry.name if self.entry is not None else visible[0].listed.name if visible else None
        twice = {one.credit_code: one.differs for one in register.listed_twice}
        self.differs = twice.get(identity, ()) if reading.scope.sees_all else ()

    @property
    def listings(self) -> Iterable[EnterpriseListing]:
        """Its rows, those of the latest lists first."""
        scope, present = self._reading.scope, books(self._reading).register
        places = told_rows.fetch(self._reading, told_rows.LIST, [(one.submission, one.row) for one in self._rows])
        for one in self._rows:
            yield EnterpriseListing(
                period=one.period,
                listed=one.listed,
                grade=one.grade,
                head=Viewpoint(scope.sees_names(one.listed.unit)).cell(one.head),
                chief_engineer=one.chief_engineer,
                counts=one.listed is self.entry,
                present=one.submission in present,
                place=places[one.submission, one.row],
            )


def _names(reading: Reading, told: Sequence[ToldName], shown: str | None) -> Iterable[NameTold]:
    """How ledgers call the enterprise, the most usual name first."""
    by_name: dict[str, list[ToldName]] = {}
    for one in told:
        by_name.setdefault(one.name, []).append(one)
    units = reading.zone.units
    for name, rows in sorted(by_name.items(), key=lambda named: -sum(one.rows for one in named[1])):
        tellers = {one.unit for one in rows}
        yield NameTold(
            name=name,
            units=tuple(unit for unit in units if unit.code in tellers),
            rows=sum(one.rows for one in rows),
            period=max(one.period for one in rows),
            differs=shown is not None and compact(name) != compact(shown),
        )


def _duty(reading: Reading, code: str | None, register: Register) -> tuple[DutyOfMonth, ...]:
    """What ledgers of front-line duty told of it, the latest month first."""
    if code is None:
        return ()
    own, book = frontline_duty.c, submission.c
    same = and_(book.zone == own.zone, book.submission == own.submission)
    rows = reading.connection.execute(
        select(book.unit, book.period, book.received_at, *(own[name] for name in DutyTold._fields))
        .join(submission, same)
        .where(among_ledgers(frontline_duty), own.credit_code == code),
        {"zone": reading.zone.code, "ledgers": listed(books(reading).duty)},
    ).all()
    tellings = [_as_telling(reading.zone, *row) for row in rows]
    entry = register.enterprises.get(code) if reading.scope.sees_all else None
    counts = None if entry is None else counting_of_one(tellings, entry.territory, reading.today)
    places = told_rows.fetch(reading, told_rows.LEDGER, [(one.told.submission, one.told.row) for one in tellings])
    units = reading.zone.unit_by_code
    found = [
        DutyOfMonth(
            Month.parse(one.period),
            units[one.unit],
            one.told,
            one is counts,
            places[one.told.submission, one.told.row],
        )
        for one in tellings
    ]
    return tuple(sorted(found, key=lambda one: (str(one.period), one.unit.code, one.told.row), reverse=True))


def _as_telling(zone: Zone, unit: str, period: str, received_at: datetime, *told: Any) -> DutyTelling:
    until = zone.calendar.last_day(Month.parse(period))
    return DutyTelling(unit, period, until, received_at, DutyTold._make(told))


def _closure(reading: Reading, inspections: Sequence[InspectedEnterprise]) -> Closure:
    """How near it is to closure, as casualty targets count it: rows that name it by its name alone are none of its own there."""
    day = reading.today
    scheme = reading.once(known_schemes, reading.zone.calendar.end_of(day)).of_day(CasualtyScheme, day)
    penalties = {
        (one.unit.code, key): Penalty("", "", key, one.case.inspected_on)
        for one in inspections
        if one.case.major_hazards and not one.by_name
        for key in one.case.decided
    }
    return Closure(*closing.penalised_within(penalties.values(), day, scheme), scheme)


def _scheme(reading: Reading) -> NextInspections:
    day = reading.today
    bound = reading.zone.calendar.end_of(day)
    return reading.once(known_schemes, bound).of_day(EnterprisesScheme, day).next_inspections


def _risk(reading: Reading, entry: Listed | None, inspections: Sequence[InspectedEnterprise]) -> Risk | None:
    """Its share of findings (METHOD section 5.7), for who sees all units' inspections."""
    if entry is None or not reading.scope.sees_all:
        return None
    scheme = _scheme(reading)
    since = months_before(reading.today, scheme.months)
    own = [one.case for one in inspections if not one.by_name]
    counting_now = [one for one in own if one.inspected_on > since]
    observed = Observed(
        inspections=len(counting_now),
        found=sum(1 for one in counting_now if one.hazards),
        last_on=max((one.inspected_on for one in own), default=None),
        sector_mean=sector_mean(reading, entry.sector, since),
    )
    (risk,) = risks_of([observed], reading.today, scheme)
    return risk
