"""Tip-offs, sanctions and crackdowns as of a day: received, closed, rewarded and paid (METHOD section 5.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Literal, NamedTuple

from data.zone.schemes import TipoffsScheme

NO_YUAN = Decimal(0)
CaseState = Literal["overdue", "open", "unpaid", "settled"]
CASE_STATES: tuple[CaseState, ...] = ("overdue", "open", "unpaid", "settled")
"""How a case may stand, what is to be seen to first; ``unpaid``: closed, and its reward is not paid yet."""


class Tipoff(NamedTuple):
    """A case as its unit told of it last; nothing that says who or what it is about."""

    type: str
    received_on: date
    substantiated: bool
    reward_yuan: Decimal | None
    paid_on: date | None
    closed_on: date | None

    def closed_after(self, day: date) -> int | None:
        """How many days it took, if it was closed on a day or before it."""
        return (self.closed_on - self.received_on).days if self.closed_on and self.closed_on <= day else None

    def is_paid(self, day: date) -> bool:
        """Whether its reward was paid on a day or before it."""
        return bool(self.reward_yuan) and self.paid_on is not None and self.paid_on <= day

    def days_open(self, day: date) -> int | None:
        """How many days it is old, if it is not closed on a day."""
        return (day - self.received_on).days if self.closed_after(day) is None else None

    def state(self, day: date, scheme: TipoffsScheme) -> CaseState:
        """How it stands on a day."""
        age = self.days_open(day)
        if age is not None:
            return "overdue" if age > scheme.overdue_after_days else "open"
        return "unpaid" if self.reward_yuan and not self.is_paid(day) else "settled"


@dataclass(frozen=True, slots=True)
class TipoffsStanding:
    """Cases on a day, counted; ``median_days`` is None where none is closed."""

    received: int
    closed: int
    substantiated: int
    rewarded: int
    paid: int
    reward_yuan: Decimal
    paid_yuan: Decimal
    median_days: Fraction | None
    overdue: int

    @property
    def payment_rate(self) -> Fraction | None:
        """The share of the rewarded ones that were paid; None where none is rewarded."""
        return Fraction(self.paid, self.rewarded) if self.rewarded else None


def standing(cases: Iterable[Tipoff], day: date, scheme: TipoffsScheme) -> TipoffsStanding:
    """How cases stand on a day; one that was received later does not count yet."""
    received = [one for one in cases if one.received_on <= day]
    closed = [(one, took) for one in received if (took := one.closed_after(day)) is not None]
    rewarded = [one.reward_yuan for one in received if one.reward_yuan]
    paid = [one.reward_yuan for one in received if one.reward_yuan and one.is_paid(day)]
    return TipoffsStanding(
        received=len(received),
        closed=len(closed),
        substantiated=sum(one.substantiated for one, _ in closed),
        rewarded=len(rewarded),
        paid=len(paid),
        reward_yuan=sum(rewarded, NO_YUAN),
        paid_yuan=sum(paid, NO_YUAN),
        median_days=median(Fraction(took) for _, took in closed) if closed else None,
        overdue=sum(one.state(day, scheme) == "overdue" for one in received),
    )
