"""Front-line duty as of a day: which enterprises of each batch have their two lists and two cards (METHOD section 5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal, NamedTuple

from data.zone.schemes import FrontlineScheme

Batch = Literal["pilot", "key", "all"]
BatchState = Literal["done", "overdue", "due", "upcoming"]
DutyState = Literal["complete", "lacking", "to_come", "silent"]
BATCHES: tuple[Batch, ...] = ("pilot", "key", "all")
DUTY_STATES: tuple[DutyState, ...] = ("silent", "lacking", "to_come", "complete")
DOCUMENTS = ("risk_list", "duty_list", "operation_card", "response_card")
_DAYS_OF_A_WEEK = 7


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


class DutyTelling(NamedTuple):
    """A row of a unit's ledger of a period that told of an enterprise; ``until`` is the period's last day."""

    unit: str
    period: str
    until: date
    received_at: datetime
    told: DutyTold

    def speaks_on(self, day: date) -> bool:
        """Whether the row counts on a day: the period is over, or what it tells of is done."""
        return self.until <= day or (self.told.completed_on is not None and self.told.completed_on <= day)


def counting_of_one(tellings: Iterable[DutyTelling], territory: str, day: date) -> DutyTelling | None:
    """Of all rows that told of one enterprise the one that counts on a day: the latest that speaks; None where none does.

    Of one period that of the enterprise's territory, then the workbook that was received later, then the later row.
    """

    def place(one: DutyTelling) -> tuple[str, bool, datetime, int, int]:
        return one.period, one.unit == territory, one.received_at, one.told.submission, one.told.row

    return max((one for one in tellings if one.speaks_on(day)), key=place, default=None)


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


def needed_per_week(whole: Coverage, day: date, due: date) -> Fraction | None:
    """How many enterprises a week would have to be completed until the due day; None from then on."""
    if day >= due:
        return None
    return Fraction((whole.enterprises - whole.complete) * _DAYS_OF_A_WEEK, (due - day).days)


def batch_state(whole: Coverage, day: date, due: date, scheme: FrontlineScheme) -> BatchState:
    """How a batch stands on a day against its due day."""
    if whole.share == 1:
        return "done"
    if day > due:
        return "overdue"
    return "due" if due - day <= timedelta(days=scheme.due_within_days) else "upcoming"
