"""What is known of one unit in one month, which every indicator of the monthly ranking is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from data.schema.enforcement import Sums


class State(StrEnum):
    """Whether a unit's ledger of the month is there."""

    REPORTED = "reported"
    AWAITED = "awaited"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """What is known of one unit in one month: its ledgers' sums, the plan (None: never filed), and the filing.

    ``refused``: the ledger received last was, so the unit did send although nothing of it counts. ``overdue_major``:
    the cases overdue at the month's end, of whatever month they are.
    """

    unit: str
    name: str
    may_penalise: bool
    state: State
    refused: bool = False
    sums: Sums = field(default_factory=Sums)
    overdue_major: int = 0
    plan: int | None = None
    timeliness: Fraction | None = None
    zero_then_filled: bool = False
