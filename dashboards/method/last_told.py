"""Of one thing that several ledgers tell of the row that counts: the one told last (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Telling(NamedTuple):
    """When a row was told, in the order in which rows supersede each other: period, receipt, workbook, row."""

    period: str
    received_at: datetime
    submission: int
    row: int


def last_told(told: Iterable[tuple[Hashable, Telling, Thing]]) -> list[Thing]:
    """Of each thing, by what it is known by, the row told last: whole, whatever was told of it before."""
    last: dict[Hashable, tuple[Telling, Thing]] = {}
    for known_by, telling, thing in told:
        if known_by not in last or last[known_by][0] < telling:
            last[known_by] = telling, thing
    return [thing for _, thing in last.values()]
