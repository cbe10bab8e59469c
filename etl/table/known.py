"""What the database already knows that a check may ask; kinds stay free of SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    String,
    bindparam,
    select,
)

from data.intake.intake_decisions import header_matches
from data.rollup.in_force import in_ledgers, periods_in_force
from data.rollup.registers import registers_in_force
from data.schema.enforcement import inspection, ledger_fingerprint, reinspection
from data.schema.enterprises import enterprise
from data.schema.intake import submission
from data.store import among, listed
from data.zone.schemes import CasualtyScheme, ScoresScheme, schemes_of
from data.zone.work_plan import WorkPlan, plan_of

_AT_ONCE = 10_000
T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class OtherLedger:
    """A ledger in force: its rows (re-inspections among them), and the share of the smaller fingerprint that is ``shared``."""

    submission: int
    unit: str
    period: str
    rows: int
    shared: float


class LedgerRow(NamedTuple):
    """Whom a row of a ledger speaks of, and its figures."""

    enterprise_key: str
    enterprise: str
    hazards: int
    major_hazards: int
    rectified: int | None


class Known:
    """Answers from one connection about one zone, as it stands while a workbook is checked.

    ``before`` is the workbook's line in the journal: what people matched by hand later does not touch it, so that
    a rebuild from the journal comes to the same.
    """

    def __init__(self, connection: Connection, zone: str, before: int | None = None) -> None:
        self._before = before
        self._connection = connection
        self._zone = zone
        self._ledgers: dict[str | None, dict[int, str]] = {}
        self._plans: dict[int, WorkPlan | None] = {}

    def headers(self, unit: str, kind: str) -> Mapping[str, Mapping[str, str]]:
        """Headers that were matched by hand for a unit and kind: {table: {header as compared: column}}."""
        return header_matches(self._connection, self._zone, unit, kind, self._before)

    def scores_scheme(self, day: date) -> ScoresScheme:
        """The scheme of the quarterly scores in force on a day."""
        return schemes_of(self._connection, self._zone).of_day(ScoresScheme, day)

    def casualty_scheme(self, day: date) -> CasualtyScheme:
        """The scheme of the casualty targets in force on a day."""
        return schemes_of(self._connection, self._zone).of_day(CasualtyScheme, day)

    def work_plan(self, year: int) -> WorkPlan | None:
        """The year's work plan as its last version has it; None where there is none."""
        if year not in self._plans:
            self._plans[year] = plan_of(self._connection, self._zone, year)
        return self._plans[year]

    def reported_numbers(self, keys: Sequence[str]) -> list[Reported]:
        """Every ledger in force, of any unit, that holds one of these 检查文书号."""
        found = [
            row
            for some in _portions(keys)
            for row in self._connection.execute(_reported(), {"zone": self._zone, "keys": listed(some)})
        ]
        in_force = self._ledgers_of(None) if found else {}
        return [Reported(*row[1:]) for row in found if row.submission in in_force]

    def cases_before(self, unit: str, period: str, keys: Sequence[str]) -> dict[str, KnownCase]:
        """The unit's cases of earlier months among these numbers, with what earlier ledgers told of penalties."""
        cases: dict[str, KnownCase] = {}
        for some in _portions(keys):
            asked = self._asked(unit, keys=listed(some), period=period)
            for row in self._connection.execute(_cases_before(), asked):
                cases[row.number_key] = KnownCase(*row[1:])
            for number_key, decision_key in self._connection.execute(_penalised_before(), asked):
                case = cases.get(number_key)
                if case is not None:
                    cases[number_key] = replace(case, penalised=True, decision_key=decision_key)
        return cases

    def named_later(self, unit: str, period: str) -> dict[str, tuple[str, str]]:
        """Cases of this month that 整改复查 of later months name: key → (number as written, the later month)."""
        if period >= max(self._ledgers_of(unit).values(), default=""):
            return {}
        later = self._connection.execute(_named_later(), self._asked(unit, period=period))
        return {row.number_key: (row.number, row.period) for row in later}

    def registered(self, codes: Sequence[str], year: int) -> dict[str, list[tuple[date, date]]] | None:
        """From when to when these enterprises are in some unit's list of a year up to this one; None where there is no list.

        Lists that came after the workbook do not touch it, as with headings: looked at again later it is judged alike.
        """
        lists = registers_in_force(self._connection, self._zone, year, before=self._before)
        if not lists:
            return None
        spans: dict[str, list[tuple[date, date]]] = {}
        for some in _portions(codes):
            asked = {"zone": self._zone, "ledgers": listed(lists), "keys": listed(some)}
            for code, start, end in self._connection.execute(_registered(), asked):
                spans.setdefault(code, []).append((start or date.min, end or date.max))
        return spans

    def ledgers_like(self, fingerprint: bytes, least: float) -> list[OtherLedger]:
        """Ledgers in force whose fingerprints share at least this part of the smaller one's bits."""
        ours = int.from_bytes(fingerprint)
        size = ours.bit_count()
        shared: dict[int, float] = {}
        for number, bits in self._connection.execute(_fingerprints(), {"zone": self._zone}).all():
            theirs = int.from_bytes(bits)
            share = (ours & theirs).bit_count() / min(size, theirs.bit_count())
            if share >= least:
                shared[number] = share
        in_force = [one for one in self._ledgers_of(None) if one in shared] if shared else []
        return [
            OtherLedger(row.submission, row.unit, row.period, row.rows, shared[row.submission])
            for some in _portions(in_force)
            for row in self._connection.execute(_sent(), {"zone": self._zone, "ledgers": listed(some)})
        ]

    def ledger_rows(self, submission: int) -> list[LedgerRow]:
        """Enterprises and figures of one ledger's rows."""
        rows = self._connection.execute(_ledger_rows(), {"zone": self._zone, "submission": submission})
        return [LedgerRow(*row) for row in rows]

    def _asked(self, unit: str | None, **more: Any) -> dict[str, Any]:
        return {"zone": self._zone, "ledgers": listed(self._ledgers_of(unit)), **more}

    def _ledgers_of(self, unit: str | None) -> dict[int, str]:
        """The ledgers in force, of a unit or of all, each with its period."""
        if unit not in self._ledgers:
            self._ledgers[unit] = periods_in_force(self._connection, self._zone, "enforcement", unit=unit)
        return self._ledgers[unit]


def _portions(keys: Sequence[T]) -> Iterator[list[T]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield list(keys[start : start + _AT_ONCE])


_PERIOD = bindparam("period", type_=String)


@cache
def _fingerprints() -> Select[Any]:
    own = ledger_fingerprint.c
    return select(own.submission, own.bits).where(own.zone == bindparam("zone", type_=String))


@cache
def _sent() -> Select[Any]:
    own = submission.c
    return select(own.submission, own.unit, own.period, own.rows).where(in_ledgers(submission))


@cache
def _ledger_rows() -> Select[Any]:
    own = inspection.c
    return select(own.enterprise_key, own.enterprise, own.hazards, own.major_hazards, own.rectified).where(
        own.zone == bindparam("zone", type_=String), own.submission == bindparam("submission", type_=Integer)
    )


@cache
def _reported() -> Select[Any]:
    """In whatever ledger: which of them are in force is asked only where there are any, as in most months there are none."""
    own = inspection.c
    of_zone = own.zone == bindparam("zone", type_=String)
    return select(own.submission, own.number_key, own.unit, own.period).where(of_zone, among(own.number_key, "keys"))


@cache
def _registered() -> Select[Any]:
    own = enterprise.c
    return select(own.credit_code, own.starts_on, own.ends_on).where(
        in_ledgers(enterprise), among(own.credit_code, "keys")
    )


@cache
def _cases_before() -> Select[Any]:
    own = inspection.c
    columns = (own.number_key, own.period, own.inspected_on, own.hazards, own.penalised, own.decision_key)
    return select(*columns).where(in_ledgers(inspection), among(own.number_key, "keys"), own.period < _PERIOD)


@cache
def _penalised_before() -> Select[Any]:
    told = reinspection.c
    return (
        select(told.number_key, told.decision_key)
        .where(
            in_ledgers(reinspection),
            among(told.number_key, "keys"),
            told.period < _PERIOD,
            told.decision_key.is_not(None),
        )
        .order_by(told.period, told.row)
    )


@cache
def _named_later() -> Select[Any]:
    own, told = inspection.c, reinspection.c
    of_this_month = select(own.number_key).where(in_ledgers(inspection), own.period == _PERIOD)
    return (
        select(told.number_key, told.number, told.period)
        .where(in_ledgers(reinspection), told.period > _PERIOD, told.number_key.in_(of_this_month))
        .order_by(told.period.desc())
    )
