"""What ledgers told of one hazard, one after the other, and what each changed (METHOD section 5: earlier rows stay as its history)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from data.schema.hazards import MAJOR

CHANGING = ("found_on", "rectify_by", "grade", "level", "crossed_off_on")
"""What of a hazard is compared from row to row: a moved deadline, another grade or level, the day on which it was crossed off."""


class HazardTelling(NamedTuple):
    """A row of a ledger of a period that told of a hazard; ``submission`` is the workbook's number."""

    unit: str
    number_key: str
    period: str
    received_at: datetime
    submission: int
    row: int
    number: str
    found_on: date
    rectify_by: date
    grade: str
    level: str | None
    crossed_off_on: date | None


class HazardChange(NamedTuple):
    """A field (one of ``CHANGING``) and what it was and became; None where the cell is empty."""

    field: str
    before: date | str | None
    after: date | str | None

    @property
    def days(self) -> int | None:
        """By how many days a day was moved; None of anything else."""
        return (
            (self.after - self.before).days if isinstance(self.after, date) and isinstance(self.before, date) else None
        )


class HazardStep(NamedTuple):
    """A row and what it changed against the row before; ``first``: there is none before it."""

    telling: HazardTelling
    changes: tuple[HazardChange, ...]
    first: bool


def history(tellings: Iterable[HazardTelling]) -> list[HazardStep]:
    """The rows of one hazard in the order in which they count: by period, then by receipt, then as they stand."""
    rows = sorted(tellings, key=lambda one: (one.period, one.received_at, one.submission, one.row))
    return list(_steps(rows))


def deadline_moved(steps: Iterable[HazardStep]) -> int:
    """How often the deadline was moved."""
    return sum(change.field == "rectify_by" for step in steps for change in step.changes)


def _steps(rows: Sequence[HazardTelling]) -> Iterator[HazardStep]:
    for at, row in enumerate(rows):
        changes = () if at == 0 else tuple(_changes(rows[at - 1], row))
        yield HazardStep(row, changes, first=at == 0)


def _changes(before: HazardTelling, after: HazardTelling) -> Iterator[HazardChange]:
    for field in CHANGING:
        was, became = getattr(before, field), getattr(after, field)
        if was != became:
            yield HazardChange(field, was, became)


def lowered(steps: Sequence[HazardStep]) -> tuple[HazardTelling, HazardTelling] | None:
    """Of a hazard that is no major one any more the last row that told of it as one, and the row that told otherwise; else None."""
    major = [at for at, step in enumerate(steps) if step.telling.grade == MAJOR]
    if not major or major[-1] == len(steps) - 1:
        return None
    return steps[major[-1]].telling, steps[major[-1] + 1].telling
