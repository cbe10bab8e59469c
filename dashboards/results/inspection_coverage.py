"""检查覆盖 and 重复检查: enterprises of the register that nobody inspected this year, and those inspected again and again. Shown, not scored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select

from dashboards.method.register import Inspected, Repetition, latest_repetition
from dashboards.results import register_today, told_rows
from dashboards.results.enterprise_books import books
from dashboards.results.reading import Reading, kept
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.register_today import Alike, RegisteredToday, RegisterPart
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.told_rows import ToldRow
from data.rollup.in_force import among_ledgers
from data.schema.enforcement import inspection
from data.store import among, listed
from data.zone.schemes import EnterprisesScheme, known_schemes
from data.zone.zone import Unit, Zone

Which = Literal["never", "repeated"]
LISTS: tuple[Which, ...] = ("never", "repeated")


@dataclass(frozen=True, slots=True)
class PartCoverage:
    """A town or a sector: its enterprises and how many were inspected this year, those of high risk alone, and how many repeatedly."""

    whole: Inspected
    high_risk: Inspected
    repeated: int


@dataclass(frozen=True, slots=True)
class InspectionCoverage:
    """The register of today as it was inspected: ``counts`` of enterprises that are alike, and the same by town and by sector.

    ``own_unit``: whose account asks, where only what it told itself is looked at.
    """

    zone: Zone
    as_of: date
    scheme: EnterprisesScheme
    counts: Mapping[Alike, int]
    all: PartCoverage
    towns: Mapping[str, PartCoverage]
    sectors: Mapping[str, PartCoverage]
    own_unit: Unit | None

    def number(self, wanted: RegisterPart) -> int:
        """How many stand on a list."""
        return sum(
            many
            for alike, many in self.counts.items()
            if (alike.repeated if wanted.repeated else not alike.this_year)
            and wanted.territory in {None, alike.territory}
            and wanted.sector in {None, alike.sector}
        )


@dataclass(frozen=True, slots=True)
class RepeatedInspection:
    """One of the inspections that make an enterprise one that is inspected repeatedly."""

    unit: Unit
    on: date
    place: ToldRow


@dataclass(frozen=True, slots=True)
class RepeatedRun:
    """The latest inspections that lie too near together, and by which rule."""

    rule: Repetition
    inspections: tuple[RepeatedInspection, ...]

    @property
    def units(self) -> int:
        """How many units they are by."""
        return len({one.unit.code for one in self.inspections})

    @property
    def days(self) -> int:
        """Days from the first to the last."""
        return (self.inspections[-1].on - self.inspections[0].on).days


@kept
def fetch(reading: Reading, *, by: EnterprisesScheme | None = None) -> InspectionCoverage:
    """The register of today as it was inspected, for who sees all units, or as one unit inspected what concerns it.

    ``by``: another scheme than the one in force, to see what it would say.
    """
    zone, today = reading.zone, reading.today
    scheme = by or reading.once(known_schemes, zone.calendar.end_of(today)).of_day(EnterprisesScheme, today)
    counts = register_today.counts(reading, scheme.repeated)
    return InspectionCoverage(
        zone=zone,
        as_of=today,
        scheme=scheme,
        counts=counts,
        all=_part(counts),
        towns=_by("territory", counts),
        sectors=_by("sector", counts),
        own_unit=None if reading.scope.unit is None else zone.unit_by_code[reading.scope.unit],
    )


def wanted_of(which: Which, town: str | None = None, sector: str | None = None) -> RegisterPart:
    """One of the lists, of a town or a sector where it is named."""
    return RegisterPart(which == "repeated", town, sector)


def _by(part: str, counts: Mapping[Alike, int]) -> dict[str, PartCoverage]:
    """The same of each town or sector that has any, by its code."""
    parts: dict[str, dict[Alike, int]] = {}
    for alike, number in counts.items():
        parts.setdefault(getattr(alike, part), {})[alike] = number
    return {code: _part(parts[code]) for code in sorted(parts)}


def _part(counts: Mapping[Alike, int]) -> PartCoverage:
    def number(*, risky: bool = False, seen: bool = False, again: bool = False) -> int:
        return sum(
            many
            for alike, many in counts.items()
            if (alike.high_risk or not risky) and (alike.this_year or not seen) and (alike.repeated or not again)
        )

    return PartCoverage(
        Inspected(number(), number(seen=True)),
        Inspected(number(risky=True), number(risky=True, seen=True)),
        number(again=True),
    )


def first(reading: Reading, result: InspectionCoverage, wanted: RegisterPart, most: int) -> tuple[RegisteredToday, ...]:
    """The first enterprises of a list."""
    return register_today.first(reading, result.scheme.repeated, wanted, most)


def rows(
    reading: Reading, result: InspectionCoverage, some: RegisterPart, wanted: RowsWanted, risk_words: Mapping[str, str]
) -> tuple[int, list[RegisteredToday]]:
    """How many of a list's enterprises are wanted, and those of the range; Unasked where it has no such column, filter or order."""
    every = register_today.every(reading, result.scheme.repeated, some)
    return chosen_rows(every, columns(result.zone, risk_words), wanted)


def columns(zone: Zone, risk_words: Mapping[str, str]) -> list[RowColumn[RegisteredToday]]:
    """What the lists may be filtered and sorted by; ``risk_words`` says high risk and not."""
    units = {unit.code: unit.short_name for unit in zone.units}
    return [
        RowColumn("enterprise", Holds.TEXT, lambda row: row.name, searched=True),
        RowColumn("credit_code", Holds.TEXT, lambda row: row.credit_code, searched=True),
        RowColumn("sector", Holds.CHOICE, lambda row: row.sector, zone.sectors, searched=True),
        RowColumn("territory", Holds.CHOICE, lambda row: row.territory, units, searched=True),
        RowColumn("department", Holds.CHOICE, lambda row: row.department, units, searched=True),
        RowColumn("high_risk", Holds.CHOICE, lambda row: "yes" if row.high_risk else "no", risk_words),
        RowColumn("last_on", Holds.DAY, lambda row: row.last_on),
    ]


def list_places(reading: Reading, shown: Iterable[RegisteredToday]) -> dict[str, ToldRow]:
    """By credit code where the rows of the register stand that count for these enterprises."""
    wanted = {row.credit_code: (row.submission, row.row) for row in shown}
    places = told_rows.fetch(reading, told_rows.LIST, wanted.values())
    return {code: places[place] for code, place in wanted.items()}


def runs(reading: Reading, result: InspectionCoverage, codes: Collection[str]) -> dict[str, RepeatedRun]:
    """By credit code the latest inspections that make these enterprises ones that are inspected repeatedly."""
    own = inspection.c
    told = reading.connection.execute(
        select(own.credit_code, own.inspected_on, own.unit, own.submission, own.row)
        .where(among_ledgers(inspection), among(own.credit_code, "codes"), own.inspected_on <= result.as_of)
        .order_by(own.credit_code, own.inspected_on, own.unit, own.row),
        {"zone": result.zone.code, "ledgers": listed(books(reading).ledgers), "codes": listed(sorted(codes))},
    )
    by_code: dict[str, list[tuple[date, str, int, int]]] = {}
    for code, *row in told:
        by_code.setdefault(code, []).append((row[0], row[1], row[2], row[3]))
    found = {}
    for code, days in by_code.items():
        rule = latest_repetition([(on, unit) for on, unit, _number, _row in days], result.scheme.repeated)
        if rule is not None:
            found[code] = (rule, days[rule.first : rule.last + 1])
    places = told_rows.fetch(
        reading,
        told_rows.LEDGER,
        [(number, row) for _rule, days in found.values() for _on, _unit, number, row in days],
    )
    units = result.zone.unit_by_code
    return {
        code: RepeatedRun(
            rule, tuple(RepeatedInspection(units[unit], on, places[number, row]) for on, unit, number, row in days)
        )
        for code, (rule, days) in found.items()
    }
