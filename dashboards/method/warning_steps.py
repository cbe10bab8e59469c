"""A warning's way step by step, with the minutes between: warned, called, answered, fed back (METHOD section 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise, takewhile
from typing import Literal

import numpy as np

from dashboards.method.columns import Flags, Numbers, Places, SameByValue
from dashboards.method.disasters import Called, DisasterColumns, DisasterTold, called, seconds_between
from data.zone.moments import A_SECOND, moment_number
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


def way(told: DisasterTold, end: datetime, scheme: DisastersScheme) -> WarningWay:
    """The way of a warning that was given before the end of a day (exclusive).

    ``slow``: answered, but later than the scheme allows.
    """
    steps = _steps(told, end)
    return WarningWay(told, steps, _slow(steps, scheme))


@dataclass(frozen=True, slots=True, eq=False)
class WarningColumns(SameByValue):
    """How far warnings got by the end of a day: places among ``WARNING_STATES``; and the whole seconds from step to step.

    They hold for those that took the step alone. ``slow`` is as of ``way``.
    """

    state: Numbers
    to_call: Numbers
    to_answer: Numbers
    to_feedback: Numbers
    slow: Flags

    def took(self, step: StepKey) -> Flags:
        """Which took a step."""
        return self.state >= STEPS.index(step)


def steps(warned: DisasterColumns, end: datetime, scheme: DisastersScheme) -> WarningColumns:
    """The ways of warnings that were given before the end of a day (exclusive): those of ``way``."""
    now = moment_number(end)
    taken = np.array([one < now for one in (warned.called_at, warned.answered_at, warned.fed_back_at)], dtype=np.int32)
    state = np.cumprod(taken, axis=0).sum(axis=0)
    moments = (warned.warned_at, warned.called_at, warned.answered_at, warned.fed_back_at)
    to_call, to_answer, to_feedback = ((after - before) // A_SECOND for before, after in pairwise(moments))
    slow: Flags = (state >= _ANSWERED) & (to_answer > scheme.answer_minutes * 60)
    return WarningColumns(state, to_call, to_answer, to_feedback, slow)


def latest_first(warned: DisasterColumns) -> Places:
    """The places of warnings, the one given last first; of those given at one moment the one told last."""
    return np.lexsort((-np.arange(len(warned)), -warned.warned_at))


def by_type(warned: DisasterColumns, end: datetime) -> dict[str, Called]:
    """How far the warnings of each type (类型, as it is written) were called through; of which there were most first."""
    found = {name: one for name, one in called(warned, warned.type, end).items() if one.warnings}
    return {name: found[name] for name in sorted(found, key=lambda name: (-found[name].warnings, name))}


def answered_within(ways: WarningColumns, limits: Sequence[int]) -> list[int]:
    """How many warnings were answered within the first of some ascending limits (minutes), up to each further one, and beyond the last."""
    seconds = ways.to_answer[ways.took("answered")]
    spans = np.searchsorted(np.array(limits, dtype=np.int64) * 60, seconds)
    counts: list[int] = np.bincount(spans, minlength=len(limits) + 1).tolist()
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
