"""Tip-offs, sanctions and crackdowns as of a day: received, closed, rewarded and paid (METHOD section 5.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from dashboards.method.columns import (
    Coded,
    Flags,
    Numbers,
    Places,
    SameByValue,
    coded,
    counts_by_part,
    day_numbers,
    medians_by_part,
)
from data.zone.schemes import TipoffsScheme

NO_YUAN = Decimal(0)
_FEN = 100
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


@dataclass(frozen=True, slots=True, eq=False)
class TipoffColumns(SameByValue):
    """Cases column by column, each as its unit told of it last; ``reward_fen`` is 0 where there is none."""

    unit: Coded[str]
    type: Coded[str]
    received_on: Numbers
    substantiated: Flags
    reward_fen: Numbers
    paid_on: Numbers
    closed_on: Numbers

    def __len__(self) -> int:
        return len(self.received_on)

    def at(self, places: Places | Flags) -> TipoffColumns:
        """The same of some of them."""
        return TipoffColumns(
            self.unit.at(places),
            self.type.at(places),
            self.received_on[places],
            self.substantiated[places],
            self.reward_fen[places],
            self.paid_on[places],
            self.closed_on[places],
        )

    @property
    def rewarded(self) -> Flags:
        """Which have a reward."""
        return self.reward_fen > 0

    def received_by(self, day: date) -> Flags:
        """Which had been received on a day."""
        return self.received_on <= day.toordinal()

    def closed_by(self, day: date) -> Flags:
        """Which were closed on a day or before it."""
        return self.closed_on <= day.toordinal()

    def paid_by(self, day: date) -> Flags:
        """Of which the reward was paid on a day or before it."""
        return self.rewarded & (self.paid_on <= day.toordinal())


def columns_of(cases: Iterable[Tipoff], unit: str = "") -> TipoffColumns:
    """Some cases of a unit column by column."""
    rows = list(cases)
    return TipoffColumns(
        unit=coded(unit for _one in rows),
        type=coded(one.type for one in rows),
        received_on=day_numbers(one.received_on for one in rows),
        substantiated=np.array([one.substantiated for one in rows], dtype=bool),
        reward_fen=np.array([int((one.reward_yuan or NO_YUAN) * _FEN) for one in rows], dtype=np.int64),
        paid_on=day_numbers(one.paid_on for one in rows),
        closed_on=day_numbers(one.closed_on for one in rows),
    )


def standing(received: TipoffColumns, day: date, scheme: TipoffsScheme) -> TipoffsStanding:
    """How cases that were received by a day stand on it."""
    return by_part(received, Coded(np.zeros(len(received), dtype=np.int32), ("",)), day, scheme)[""]


def by_part(received: TipoffColumns, part: Coded[str], day: date, scheme: TipoffsScheme) -> dict[str, TipoffsStanding]:
    """The same of each part into which they fall."""
    closed, rewarded, paid = received.closed_by(day), received.rewarded, received.paid_by(day)
    counted = {
        "closed": closed,
        "substantiated": closed & received.substantiated,
        "rewarded": rewarded,
        "paid": paid,
        "overdue": states(received, day, scheme) == CASE_STATES.index("overdue"),
    }
    parts = len(part.names)
    counts = counts_by_part(part.codes, parts, list(counted.values())).tolist()
    every = np.bincount(part.codes, minlength=parts).tolist()
    took = (received.closed_on - received.received_on)[closed]
    medians = medians_by_part(part.codes[closed], parts, took)
    return {
        name: TipoffsStanding(
            received=every[at],
            **dict(zip(counted, counts[at], strict=True)),
            reward_yuan=_yuan(received, rewarded & (part.codes == at)),
            paid_yuan=_yuan(received, paid & (part.codes == at)),
            median_days=medians[at],
        )
        for at, name in enumerate(part.names)
    }


def _yuan(cases: TipoffColumns, chosen: Flags) -> Decimal:
    """What the rewards of some cases come to; numbers of numpy end where sums of money need not."""
    return Decimal(sum(cases.reward_fen[chosen].tolist())) / _FEN


def states(received: TipoffColumns, day: date, scheme: TipoffsScheme) -> Numbers:
    """How cases that were received by a day stand on it: places among ``CASE_STATES``."""
    overdue, still_open, unpaid, settled = map(CASE_STATES.index, ("overdue", "open", "unpaid", "settled"))
    age = day.toordinal() - received.received_on
    if_open = np.where(age > scheme.overdue_after_days, overdue, still_open)
    if_closed = np.where(received.rewarded & ~received.paid_by(day), unpaid, settled)
    return np.where(received.closed_by(day), if_closed, if_open).astype(np.int32)


NONE = TipoffsStanding(0, 0, 0, 0, 0, NO_YUAN, NO_YUAN, None, 0)
"""How no case stands."""
