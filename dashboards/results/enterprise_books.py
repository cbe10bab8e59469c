"""Which workbooks tell of enterprises as of today, and what those tell that whoever asks may know of.

A unit's account knows of the enterprises of its territory, its department or its lists, and of those of which it told itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, func, literal_column, select

from dashboards.method.register import Listed, Register, register_on
from dashboards.results.accident_record import AccidentHistory, read
from dashboards.results.reading import Reading
from data.rollup.enterprise_names import name_key
from data.rollup.in_force import among_ledgers, submissions_in_force
from data.rollup.registers import registers_in_force
from data.schema.enforcement import LONGEST_IN_AN_INDEX, inspection
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.schema.hazards import hazard
from data.store import among, listed
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class EnterpriseBooks:
    """The numbers of the workbooks that count today: lists of all years and those that make today's register, and of ledgers those of
    which whoever asks may know.
    """

    lists: frozenset[int]
    register: frozenset[int]
    ledgers: tuple[int, ...]
    duty: tuple[int, ...]
    hazards: tuple[int, ...]

    @property
    def by_code(self) -> tuple[tuple[Table, str, tuple[int, ...]], ...]:
        """The ledgers that tell of enterprises by their codes: table, a name for its workbooks in a statement, and these."""
        return (
            (inspection, "own_ledgers", self.ledgers),
            (frontline_duty, "own_duty", self.duty),
            (hazard, "own_hazards", self.hazards),
        )


class ListedRow(NamedTuple):
    """A row of a list, and what else it says of the enterprise; ``row`` is that of the sheet."""

    submission: int
    row: int
    period: str
    grade: str | None
    head: str | None
    chief_engineer: bool
    listed: Listed


class ToldName(NamedTuple):
    """That rows of a table name an enterprise so: how many, by which unit, last for which period."""

    key: str
    name: str
    table: str
    unit: str
    period: str
    rows: int


def books(reading: Reading) -> EnterpriseBooks:
    """The workbooks that tell of enterprises today."""
    return reading.once(_books, reading.today, reading.scope.unit)


def _books(connection: Connection, zone: Zone, today: date, unit: str | None) -> EnterpriseBooks:
    bound = zone.calendar.end_of(today)
    ledgers, duty, hazards = (
        submissions_in_force(connection, zone.code, kind, unit=unit, known_by=bound)
        for kind in ("enforcement", "frontline", "hazards")
    )
    return EnterpriseBooks(
        lists=frozenset(submissions_in_force(connection, zone.code, "enterprises", known_by=bound)),
        register=frozenset(registers_in_force(connection, zone.code, today.year, bound)),
        ledgers=tuple(ledgers),
        duty=tuple(duty),
        hazards=tuple(hazards),
    )


def listed_rows(reading: Reading, codes: Collection[str]) -> dict[str, list[ListedRow]]:
    """What the lists of all years say of some enterprises: code → rows, the latest year's first."""
    own = enterprise.c
    beside = (own.submission, own.row, own.period, own.grade, own.head, own.chief_engineer)
    told = reading.connection.execute(
        select(*beside, *(own[name] for name in Listed._fields))
        .where(among_ledgers(enterprise), among(own.credit_code, "codes"))
        .order_by(own.period.desc(), own.unit, own.row),
        {"zone": reading.zone.code, "ledgers": listed(books(reading).lists), "codes": listed(codes)},
    )
    found: dict[str, list[ListedRow]] = defaultdict(list)
    width = len(beside)
    for row in told:
        one = ListedRow._make((*row[:width], Listed._make(row[width:])))
        found[one.listed.credit_code].append(one)
    return found


def register_today(reading: Reading, rows: Iterable[ListedRow]) -> Register:
    """Of these rows the register of today."""
    counting = books(reading).register
    return register_on((one.listed for one in rows if one.submission in counting), reading.today)


def concerns(reading: Reading, row: Listed) -> bool:
    """Whether who asks may know that a list has this row: a unit those of its own list, its territory and its department."""
    return reading.scope.sees_all or reading.scope.unit in {row.unit, row.territory, row.department}


@dataclass(frozen=True, slots=True)
class LedgerNames:
    """Of some enterprises the names in ledgers of which whoever asks may know, by credit code, and by name where no code was told."""

    of_codes: dict[str, list[ToldName]]
    of_keys: dict[str, list[ToldName]]


def ledger_names(reading: Reading, codes: Collection[str], keys: Collection[str]) -> LedgerNames:
    """The names under which ledgers tell of enterprises with these codes, and of those without a code that are called so."""
    asked = {"zone": reading.zone.code, "codes": listed(codes), "keys": listed(keys)}
    of_codes: dict[str, list[ToldName]] = defaultdict(list)
    of_keys: dict[str, list[ToldName]] = defaultdict(list)
    counting = books(reading)
    for table, _name, ledgers in counting.by_code if codes else ():
        given = {**asked, "ledgers": listed(ledgers)}
        for name, code, unit, period, rows in _grouped(reading, table, among(table.c.credit_code, "codes"), given):
            of_codes[code].append(ToldName(name_key(name), name, table.name, unit, period, rows))
    without = and_(without_code(), among(inspection.c.enterprise_key, "keys"))
    given = {**asked, "ledgers": listed(counting.ledgers)}
    for name, _code, unit, period, rows in _grouped(reading, inspection, without, given):
        of_keys[name_key(name)].append(ToldName(name_key(name), name, "inspection", unit, period, rows))
    return LedgerNames(of_codes, of_keys)


def _grouped(
    reading: Reading, table: Table, of_them: ColumnElement[bool], given: Mapping[str, str]
) -> Sequence[tuple[str, str, str, str, int]]:
    """(name, credit code, unit, last period, rows) of rows of a ledger."""
    own = table.c
    names = (own.enterprise, own.credit_code, own.unit)
    counted = select(*names, func.max(own.period), func.count()).where(of_them, among_ledgers(table)).group_by(*names)
    return [
        (name, code, unit, period, rows)
        for name, code, unit, period, rows in reading.connection.execute(counted, given)
    ]


def without_code() -> ColumnElement[bool]:
    """Whether a row of a ledger has no credit code, as its index says it."""
    own = inspection.c
    return and_(own.credit_code.is_(None), func.length(own.enterprise_key) <= literal_column(str(LONGEST_IN_AN_INDEX)))


def accidents(reading: Reading) -> list[AccidentHistory]:
    """The accidents of all years of which whoever asks may know, the latest first."""
    bound, unit = reading.zone.calendar.end_of(reading.today), reading.scope.unit
    known = reading.once(read, bound).as_of(reading.today).known
    return [one for one in reversed(known) if unit is None or one.accident.concerns(unit)]
