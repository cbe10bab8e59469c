"""What ledgers told of one warning or disaster, one after the other, and what each changed (METHOD section 5: earlier rows stay as its history)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from dashboards.method.disasters import DisasterTold

CHANGING = (
    "type", "territory", "warned_at", "called_at", "answered_at", "fed_back_at", "measures", "happened_at", "moved", "dead",
    "missing", "responsible", "in_need", "helped",
)  # fmt: skip
"""What is compared from row to row: everything that a row tells but its number."""
Told = datetime | str | int | bool | None


class DisasterChange(NamedTuple):
    """A field (one of ``CHANGING``) and what it was and became; None where the cell is empty."""

    field: str
    before: Told
    after: Told


class DisasterStep(NamedTuple):
    """A row and what it changed against the row before; ``first``: there is none before it."""

    told: DisasterTold
    changes: tuple[DisasterChange, ...]
    first: bool


def history(rows: Sequence[DisasterTold]) -> list[DisasterStep]:
    """The rows of one thing, which come in the order in which they count: by period, then by receipt, then as they stand."""
    return list(_steps(rows))


def _steps(rows: Sequence[DisasterTold]) -> Iterator[DisasterStep]:
    for at, row in enumerate(rows):
        changes = () if at == 0 else tuple(_changes(rows[at - 1], row))
        yield DisasterStep(row, changes, first=at == 0)


def _changes(before: DisasterTold, after: DisasterTold) -> Iterator[DisasterChange]:
    for field in CHANGING:
        was, became = getattr(before, field), getattr(after, field)
        if was != became:
            yield DisasterChange(field, was, became)
