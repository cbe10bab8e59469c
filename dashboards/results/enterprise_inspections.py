"""The inspections of one enterprise by every unit, what became of what they found, and the penalties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import and_, select

from dashboards.results import cases, enterprise_books
from dashboards.results.enterprise_books import books
from dashboards.results.reading import Reading
from dashboards.results.told_cases import Case, CaseKey
from data.rollup.enforcement import PASSED
from data.rollup.in_force import among_ledgers
from data.schema.enforcement import inspection
from data.store import among, listed
from data.zone.zone import Unit

Outcome = Literal["overdue", "open", "passed", "no_hazards"]
OUTCOMES: tuple[Outcome, ...] = ("overdue", "open", "passed", "no_hazards")
"""How what an inspection found stands today, gravest first: past its due day, before it, re-inspected and passed, nothing found."""


@dataclass(frozen=True, slots=True)
class InspectedEnterprise:
    """An inspection of the enterprise; ``by_name``: its row has no credit code, and is known by the name alone; ``opens``: whether the
    original may be opened.
    """

    unit: Unit
    case: Case
    outcome: Outcome
    by_name: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class UnitInspections:
    """What one unit's inspections of the enterprise come to."""

    unit: Unit
    inspections: int
    with_hazards: int
    hazards: int
    major_hazards: int
    last_on: date


@dataclass(frozen=True, slots=True)
class EnterpriseDecision:
    """A penalty decision of a unit, the fine that was told last (None: none was told), and the days of the inspections that it is of."""

    unit: Unit
    number: str
    fine_yuan: Decimal | None
    inspected_on: tuple[date, ...]
    major: bool


def outcome(case: Case, day: date) -> Outcome:
    """How what an inspection found stands on a day, by the last re-inspection that is told of."""
    if not case.hazards:
        return "no_hazards"
    if case.conclusion == PASSED:
        return "passed"
    return "overdue" if case.due_on is not None and case.due_on < day else "open"


def fetch(reading: Reading, code: str | None, keys: Sequence[str]) -> tuple[InspectedEnterprise, ...]:
    """The inspections with this code, and those without any of enterprises that are called so, the latest first."""
    own = inspection.c
    asked = {"zone": reading.zone.code, "ledgers": listed(books(reading).ledgers), "keys": listed(keys)}
    by_name = and_(enterprise_books.without_code(), among(own.enterprise_key, "keys"))
    told: dict[tuple[int, int], bool] = {}
    wanted: list[CaseKey] = []
    for of_it, without in ((own.credit_code == code, False), (by_name, True)):
        rows = reading.connection.execute(
            select(own.submission, own.row, own.unit, own.number_key).where(
                among_ledgers(inspection), of_it, own.inspected_on <= reading.today
            ),
            asked,
        )
        for number, row, unit, key in rows:
            told[number, row] = without and code is not None
            wanted.append(CaseKey(unit, key))
    units = reading.zone.unit_by_code
    found = [
        InspectedEnterprise(
            unit=units[key.unit],
            case=case,
            outcome=outcome(case, reading.today),
            by_name=told[case.told[0].submission, case.told[0].row],
            opens=reading.scope.sees_names(key.unit),
        )
        for key, case in cases.fetch_numbered(reading, wanted).items()
    ]
    return tuple(sorted(found, key=lambda one: (one.case.inspected_on, one.unit.code, one.case.number), reverse=True))


def added(unit: Unit, told: Sequence[Case]) -> UnitInspections:
    """What some inspections of a unit come to."""
    return UnitInspections(
        unit=unit,
        inspections=len(told),
        with_hazards=sum(1 for one in told if one.hazards),
        hazards=sum(one.hazards for one in told),
        major_hazards=sum(one.major_hazards for one in told),
        last_on=max(one.inspected_on for one in told),
    )


def decisions(inspections: Iterable[InspectedEnterprise]) -> list[EnterpriseDecision]:
    """The penalty decisions of inspections, each once."""
    found: dict[tuple[str, str], EnterpriseDecision] = {}
    for one in inspections:
        case = one.case
        for number, (key, fine) in zip(case.decisions, case.decided.items(), strict=True):
            same = found.get((one.unit.code, key))
            days = (case.inspected_on, *(() if same is None else same.inspected_on))
            told = fine if same is None or same.fine_yuan is None else same.fine_yuan
            major = case.major_hazards > 0 or (same is not None and same.major)
            found[one.unit.code, key] = EnterpriseDecision(one.unit, number, told, tuple(sorted(days)), major)
    return list(found.values())
