"""What the database already knows that a check may ask; kinds stay free of SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from data.in_force import in_force
from data.schema.enforcement import inspection, reinspection

_AT_ONCE = 10_000


class Reported(NamedTuple):
    """Where a document's number already stands."""

    number_key: str
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case of an accepted ledger, as far as a re-inspection must agree with it."""

    period: str
    inspected_on: date | None
    hazards: int | None
    penalised: bool
    decision_key: str | None


class Known:
    """Answers from one connection about one zone."""

    def __init__(self, connection: Connection, zone: str) -> None:
        self._connection = connection
        self._zone = zone

    def reported_numbers(self, keys: Sequence[str]) -> list[Reported]:
        """Every ledger in force, of any unit, that holds one of these 检查文书号."""
        ledgers = in_force(self._zone, "enforcement")
        return [
            Reported(*row)
            for some in _portions(keys)
            for row in self._connection.execute(
                select(inspection.c.number_key, inspection.c.unit, inspection.c.period)
                .join(ledgers, inspection.c.submission == ledgers.c.submission)
                .where(inspection.c.zone == self._zone, inspection.c.number_key.in_(some))
            )
        ]

    def cases_before(self, unit: str, period: str, keys: Sequence[str]) -> dict[str, KnownCase]:
        """The unit's cases of earlier months among these numbers, with what earlier ledgers told of penalties."""
        ledgers = in_force(self._zone, "enforcement", unit=unit)
        cases: dict[str, KnownCase] = {}
        for some in _portions(keys):
            for row in self._connection.execute(
                select(inspection)
                .join(ledgers, inspection.c.submission == ledgers.c.submission)
                .where(inspection.c.zone == self._zone, inspection.c.number_key.in_(some), inspection.c.period < period)
            ):
                cases[row.number_key] = KnownCase(
                    row.period, row.inspected_on, row.hazards, row.penalised, row.decision_key
                )
            self._add_later_penalties(cases, unit, period, some)
        return cases

    def _add_later_penalties(self, cases: dict[str, KnownCase], unit: str, period: str, keys: Sequence[str]) -> None:
        ledgers = in_force(self._zone, "enforcement", unit=unit)
        told = self._connection.execute(
            select(reinspection.c.number_key, reinspection.c.decision_key)
            .join(ledgers, reinspection.c.submission == ledgers.c.submission)
            .where(
                reinspection.c.zone == self._zone,
                reinspection.c.number_key.in_(keys),
                reinspection.c.period < period,
                reinspection.c.decision_key.is_not(None),
            )
            .order_by(reinspection.c.period, reinspection.c.row)
        )
        for number_key, decision_key in told:
            case = cases.get(number_key)
            if case is not None:
                cases[number_key] = KnownCase(case.period, case.inspected_on, case.hazards, True, decision_key)

    def named_later(self, unit: str, period: str) -> dict[str, tuple[str, str]]:
        """Cases of this month that 整改复查 of later months name: key → (number as written, the later month)."""
        ledgers = in_force(self._zone, "enforcement", unit=unit)
        now = (
            select(inspection.c.number_key)
            .join(ledgers, inspection.c.submission == ledgers.c.submission)
            .where(inspection.c.zone == self._zone, inspection.c.unit == unit, inspection.c.period == period)
        )
        later = self._connection.execute(
            select(reinspection.c.number_key, reinspection.c.number, reinspection.c.period)
            .join(ledgers, reinspection.c.submission == ledgers.c.submission)
            .where(
                reinspection.c.zone == self._zone,
                reinspection.c.unit == unit,
                reinspection.c.period > period,
                reinspection.c.number_key.in_(now),
            )
            .order_by(reinspection.c.period.desc())
        )
        return {row.number_key: (row.number, row.period) for row in later}


def _portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
