"""检查覆盖 and 重复检查: enterprises of the register that nobody inspected this year, and those inspected again and again. Shown, not scored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select

from dashboards.method.register import Inspected, Repetition, latest_repetition
from dashboards.results import register_today, row_places
from dashboards.results.enterprise_books import books
from dashboards.results.reading import Reading, kept
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.register_today import RegisteredToday
from dashboards.results.row_places import RowPlace
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from data.rollup.in_force import among_ledgers
from data.schema.enforcement import inspection
from data.store import among, listed
from data.zone.schemes import EnterprisesScheme, enterprises_scheme
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
    """The register of today as it was inspected. ``never``: not this year, of high risk first, then who was not seen for longest;
    ``repeated``: who was inspected last first. ``own_unit``: whose account asks, where only what it told itself is looked at.
    """

    zone: Zone
    as_of: date
    scheme: EnterprisesScheme
    all: PartCoverage
    towns: Mapping[str, PartCoverage]
    sectors: Mapping[str, PartCoverage]
    never: tuple[RegisteredToday, ...]
    repeated: tuple[RegisteredToday, ...]
    own_unit: Unit | None

    def of(self, which: Which) -> tuple[RegisteredToday, ...]:
        """One of the two lists."""
        return self.never if which == "never" else self.repeated


@dataclass(frozen=True, slots=True)
class RepeatedInspection:
    """One of the inspections that make an enterprise one that is inspected repeatedly."""

    unit: Unit
    on: date
    place: RowPlace


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
def fetch(reading: Reading) -> InspectionCoverage:
    """The register of today as it was inspected, for who sees all units, or as one unit inspected what concerns it."""
    zone, today = reading.zone, reading.today
    scheme = enterprises_scheme(reading.connection, zone.code, today, zone.calendar.end_of(today))
    rows = register_today.fetch(reading, scheme.repeated)
    return InspectionCoverage(
        zone=zone,
        as_of=today,
        scheme=scheme,
        all=_part(rows, today.year),
        towns=_by(rows, lambda row: row.territory, today.year),
        sectors=_by(rows, lambda row: row.sector, today.year),
        never=tuple(sorted((row for row in rows if not is_seen(row, today.year)), key=_longest_unseen)),
        repeated=tuple(sorted((row for row in rows if row.repeated), key=_last_seen, reverse=True)),
        own_unit=None if reading.scope.unit is None else zone.unit_by_code[reading.scope.unit],
    )


def is_seen(row: RegisteredToday, year: int) -> bool:
    """Whether anybody inspected it in a year."""
    return row.last_on is not None and row.last_on.year == year


def _longest_unseen(row: RegisteredToday) -> tuple[bool, date, str]:
    return (not row.high_risk, row.last_on or date.min, row.credit_code)


def _last_seen(row: RegisteredToday) -> tuple[date, str]:
    return (row.last_on or date.min, row.credit_code)


def _by(rows: Iterable[RegisteredToday], part: Callable[[RegisteredToday], str], year: int) -> dict[str, PartCoverage]:
    parts: dict[str, list[RegisteredToday]] = {}
    for row in rows:
        parts.setdefault(part(row), []).append(row)
    return {code: _part(parts[code], year) for code in sorted(parts)}


def _part(rows: Sequence[RegisteredToday], year: int) -> PartCoverage:
    seen = [row for row in rows if is_seen(row, year)]
    risky = sum(1 for row in rows if row.high_risk)
    return PartCoverage(
        Inspected(len(rows), len(seen)),
        Inspected(risky, sum(1 for row in seen if row.high_risk)),
        sum(1 for row in rows if row.repeated),
    )


@dataclass(frozen=True, slots=True)
class CoverageNarrowing:
    """Which enterprises of a list are wanted: of a town, of a sector, where they are named."""

    town: str | None = None
    sector: str | None = None

    def takes(self, row: RegisteredToday) -> bool:
        """Whether an enterprise is wanted."""
        return self.town in {None, row.territory} and self.sector in {None, row.sector}


def narrowed(result: InspectionCoverage, which: Which, narrowing: CoverageNarrowing) -> list[RegisteredToday]:
    """The enterprises of a list that are wanted."""
    return [row for row in result.of(which) if narrowing.takes(row)]


def rows(
    result: InspectionCoverage,
    which: Which,
    narrowing: CoverageNarrowing,
    wanted: RowsWanted,
    risk_words: Mapping[str, str],
) -> tuple[int, list[RegisteredToday]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    return chosen_rows(narrowed(result, which, narrowing), columns(result.zone, risk_words), wanted)


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


def list_places(reading: Reading, shown: Iterable[RegisteredToday]) -> dict[str, RowPlace]:
    """By credit code where the rows of the register stand that count for these enterprises."""
    wanted = {row.credit_code: (row.submission, row.row) for row in shown}
    places = row_places.fetch(reading, row_places.LIST, wanted.values())
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
    places = row_places.fetch(
        reading,
        row_places.LEDGER,
        [(number, row) for _rule, days in found.values() for _on, _unit, number, row in days],
    )
    units = result.zone.unit_by_code
    return {
        code: RepeatedRun(
            rule, tuple(RepeatedInspection(units[unit], on, places[number, row]) for on, unit, number, row in days)
        )
        for code, (rule, days) in found.items()
    }
