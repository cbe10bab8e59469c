"""Front-line duty as of a day: which enterprises of each batch have their two lists and two cards (METHOD section 5.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from operator import attrgetter
from typing import Literal, NamedTuple

from dashboards.method.register import Listed, Register
from data.zone.schemes import FrontlineScheme

Batch = Literal["pilot", "key", "all"]
BatchState = Literal["done", "overdue", "due", "upcoming"]
DutyState = Literal["complete", "lacking", "to_come", "silent"]
BATCHES: tuple[Batch, ...] = ("pilot", "key", "all")
DUTY_STATES: tuple[DutyState, ...] = ("silent", "lacking", "to_come", "complete")
DOCUMENTS = ("risk_list", "duty_list", "operation_card", "response_card")
_DAYS_OF_A_WEEK = 7
_ROW = attrgetter("row")


class DutyTold(NamedTuple):
    """What one row of a ledger told of an enterprise; ``submission`` is the number of the workbook in which it stands."""

    submission: int
    credit_code: str
    row: int
    risk_list: bool
    duty_list: bool
    operation_card: bool
    response_card: bool
    completed_on: date | None

    @property
    def has_all(self) -> bool:
        """Whether all four documents are told to be there, be it from a later day on."""
        return self.risk_list and self.duty_list and self.operation_card and self.response_card

    def is_complete_on(self, day: date) -> bool:
        """Whether all four documents are there on a day."""
        return self.has_all and (self.completed_on is None or self.completed_on <= day)


@dataclass(frozen=True, slots=True)
class DutyLedger:
    """A unit's ledger of a period: ``until`` is the period's last day, ``submission`` the workbook's number."""

    unit: str
    period: str
    until: date
    received_at: datetime
    submission: int
    rows: Sequence[DutyTold]

    def speaking_on(self, day: date) -> Iterable[DutyTold]:
        """The rows that count on a day: the period is over, or what they tell of is done."""
        if self.until <= day:
            return self.rows
        return (row for row in self.rows if row.completed_on is not None and row.completed_on <= day)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of some enterprises are complete; ``share`` is None where there are none."""

    enterprises: int
    complete: int

    @property
    def share(self) -> Fraction | None:
        """The share of the complete ones."""
        return Fraction(self.complete, self.enterprises) if self.enterprises else None


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """A batch on a day; ``on_due_day`` is its coverage as of its due day, None while that is to come.

    ``lacking`` counts by document the enterprises whose counting row says 否, ``silent`` those of which none speaks.
    """

    batch: Batch
    due: date
    coverage: Coverage
    on_due_day: Fraction | None
    needed_per_week: Fraction | None
    state: BatchState
    silent: int
    lacking: Mapping[str, int]
    towns: Mapping[str, Coverage]
    sectors: Mapping[str, Coverage]


def due_days(scheme: FrontlineScheme) -> dict[Batch, date]:
    """By which day each batch is due, in order."""
    return {"pilot": scheme.due.pilot, "key": scheme.due.key, "all": scheme.due.all}


def counting(ledgers: Iterable[DutyLedger], register: Register, day: date) -> dict[str, DutyTold]:
    """The row that counts of each enterprise of the register: the latest that speaks on the day.

    Of one period that of the enterprise's territory, then the workbook that was received later, then the later row.
    """
    by_period: dict[str, list[DutyLedger]] = {}
    for ledger in ledgers:
        by_period.setdefault(ledger.period, []).append(ledger)
    found: dict[str, DutyTold] = {}
    for period in sorted(by_period, reverse=True):
        found |= counting_of_period(by_period[period], register, day, found.keys())
    return found


def counting_of_period(
    ledgers: Iterable[DutyLedger], register: Register, day: date, settled: Collection[str] = ()
) -> dict[str, DutyTold]:
    """The same of ledgers of one period, without the enterprises of which a later one has told."""
    by_territory: dict[str, DutyTold] = {}
    by_others: dict[str, DutyTold] = {}
    for ledger in sorted(ledgers, key=lambda one: (one.received_at, one.submission)):
        for row in sorted(ledger.speaking_on(day), key=_ROW):
            code = row.credit_code
            if code not in settled and code in register.enterprises:
                mine = register.enterprises[code].territory == ledger.unit
                (by_territory if mine else by_others)[code] = row
    return by_others | by_territory


def members(batch: Batch, register: Register, scheme: FrontlineScheme) -> list[Listed]:
    """The enterprises of a batch: each is a part of the register."""
    everyone = register.enterprises.values()
    match batch:
        case "pilot":
            return [one for one in everyone if one.pilot]
        case "key":
            return [one for one in everyone if one.key_industry or one.size in scheme.key_sizes]
        case "all":
            return list(everyone)


def state(told: DutyTold, day: date) -> DutyState:
    """How an enterprise stands on a day by the row that counts; ``to_come``: all is there from a later day on."""
    if told.is_complete_on(day):
        return "complete"
    return "to_come" if told.has_all else "lacking"


def coverage(enterprises: Iterable[Listed], told: Mapping[str, DutyTold], day: date) -> Coverage:
    """How many of these enterprises are complete on a day, by the rows that count."""
    rows = [told.get(one.credit_code) for one in enterprises]
    return Coverage(len(rows), sum(1 for row in rows if row is not None and row.is_complete_on(day)))


def standing(
    batch: Batch,
    register: Register,
    told: Mapping[str, DutyTold],
    day: date,
    scheme: FrontlineScheme,
    on_due_day: Coverage | None,
) -> BatchStanding:
    """A batch on a day, by the rows that count; ``on_due_day`` as the report as of its due day gives it."""
    own = members(batch, register, scheme)
    due = due_days(scheme)[batch]
    whole = coverage(own, told, day)
    rows = [told[one.credit_code] for one in own if one.credit_code in told]
    return BatchStanding(
        batch=batch,
        due=due,
        coverage=whole,
        on_due_day=None if on_due_day is None else on_due_day.share,
        needed_per_week=_needed_per_week(whole, day, due),
        state=_state(whole, day, due, scheme),
        silent=len(own) - len(rows),
        lacking={document: sum(1 for row in rows if not getattr(row, document)) for document in DOCUMENTS},
        towns=_by("territory", own, told, day),
        sectors=_by("sector", own, told, day),
    )


def _needed_per_week(whole: Coverage, day: date, due: date) -> Fraction | None:
    """How many enterprises a week would have to be completed until the due day; None from then on."""
    if day >= due:
        return None
    return Fraction((whole.enterprises - whole.complete) * _DAYS_OF_A_WEEK, (due - day).days)


def _state(whole: Coverage, day: date, due: date, scheme: FrontlineScheme) -> BatchState:
    if whole.share == 1:
        return "done"
    if day > due:
        return "overdue"
    return "due" if due - day <= timedelta(days=scheme.due_within_days) else "upcoming"


def _by(field: str, own: Iterable[Listed], told: Mapping[str, DutyTold], day: date) -> dict[str, Coverage]:
    """The same of each territory or sector that has any, by its code."""
    parts: dict[str, list[Listed]] = {}
    for one in own:
        parts.setdefault(getattr(one, field), []).append(one)
    return {code: coverage(parts[code], told, day) for code in sorted(parts)}
