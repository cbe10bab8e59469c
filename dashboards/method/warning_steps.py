"""A warning's way step by step, with the minutes between: warned, called, answered, fed back (METHOD section 5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import takewhile
from typing import Literal

from dashboards.method.disasters import Called, DisasterTold, called, seconds_between
from data.zone.schemes import DisastersScheme

StepKey = Literal["warned", "called", "answered", "fed_back"]
STEPS: tuple[StepKey, ...] = ("warned", "called", "answered", "fed_back")
_ANSWERED = STEPS.index("answered")
WarningState = Literal["not_called", "not_answered", "not_fed_back", "closed"]
WARNING_STATES: tuple[WarningState, ...] = ("not_called", "not_answered", "not_fed_back", "closed")
"""How far a warning got, by how many of its steps were taken; the least far first."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that was taken: when, and how many seconds after the one before (None of the warning itself)."""

    key: StepKey
    at: datetime
    seconds: int | None

    @property
    def minutes(self) -> Fraction | None:
        """The same in minutes."""
        return None if self.seconds is None else Fraction(self.seconds, 60)


@dataclass(frozen=True, slots=True)
class WarningWay:
    """A warning by the end of a day: the row that counts of it, and the steps that were taken by then, in their order."""

    told: DisasterTold
    steps: tuple[StepTaken, ...]
    slow: bool

    @property
    def state(self) -> WarningState:
        """How far it got."""
        return WARNING_STATES[len(self.steps) - 1]

    @property
    def lacks(self) -> StepKey | None:
        """The step that was not taken, though the one before was; None where all were."""
        return STEPS[len(self.steps)] if len(self.steps) < len(STEPS) else None

    def minutes_to(self, key: StepKey) -> Fraction | None:
        """From the step before to this one; None where it was not taken."""
        return next((one.minutes for one in self.steps if one.key == key), None)


def ways(rows: Iterable[DisasterTold], end: datetime, scheme: DisastersScheme) -> list[WarningWay]:
    """The warnings given before the end of a day (exclusive), the latest first.

    ``slow``: answered, but later than the scheme allows.
    """
    found = [WarningWay(row, steps, _slow(steps, scheme)) for row in rows if (steps := _steps(row, end))]
    return sorted(found, key=lambda one: (one.steps[0].at, one.told.unit, one.told.number_key), reverse=True)


def by_type(shown: Sequence[WarningWay], end: datetime) -> dict[str, Called]:
    """How far the warnings of each type (类型, as it is written) were called through; of which there were most first."""
    rows: dict[str, list[DisasterTold]] = {}
    for one in shown:
        rows.setdefault(one.told.type, []).append(one.told)
    return {name: called(rows[name], end) for name in sorted(rows, key=lambda name: (-len(rows[name]), name))}


def answered_within(shown: Iterable[WarningWay], limits: Sequence[int]) -> list[int]:
    """How many warnings were answered within the first of some ascending limits (minutes), up to each further one, and beyond the last."""
    counts = [0] * (len(limits) + 1)
    for one in shown:
        if len(one.steps) > _ANSWERED:
            seconds = one.steps[_ANSWERED].seconds or 0
            counts[sum(seconds > limit * 60 for limit in limits)] += 1
    return counts


def _steps(row: DisasterTold, end: datetime) -> tuple[StepTaken, ...]:
    moments = (row.warned_at, row.called_at, row.answered_at, row.fed_back_at)
    taken = list(takewhile(lambda moment: moment is not None and moment < end, moments))
    before: datetime | None = None
    steps = []
    for key, at in zip(STEPS, taken, strict=False):
        assert at is not None
        steps.append(StepTaken(key, at, None if before is None else seconds_between(before, at)))
        before = at
    return tuple(steps)


def _slow(steps: Sequence[StepTaken], scheme: DisastersScheme) -> bool:
    return len(steps) > _ANSWERED and (steps[_ANSWERED].seconds or 0) > scheme.answer_minutes * 60
