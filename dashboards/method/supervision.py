"""Supervision as of a day: what was found, answered, exposed and crossed off (METHOD section 5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from dashboards.method.columns import Coded, Flags, Numbers, Places, SameByValue, coded, counts_by_part, day_numbers

FindingOutcome = Literal["overdue", "waiting", "late", "answered"]
OUTCOMES: tuple[FindingOutcome, ...] = ("overdue", "waiting", "late", "answered")
"""What became of a finding, what is to be seen to first."""


class Finding(NamedTuple):
    """A finding as it was told last; ``supervised`` is the unit in which it was found."""

    ordered_on: date
    method: str
    supervised: str
    due_on: date | None
    answered_on: date | None
    exposed: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class SupervisionStanding:
    """Findings on a day, counted; what is ``due`` has a deadline that lies on the day or before it."""

    ordered: int
    answered: int
    due: int
    answered_in_time: int
    overdue: int
    exposed: int
    closed: int

    @property
    def in_time_rate(self) -> Fraction | None:
        """The share of the due ones that were answered in time; None where none is due."""
        return Fraction(self.answered_in_time, self.due) if self.due else None


@dataclass(frozen=True, slots=True, eq=False)
class FindingColumns(SameByValue):
    """Findings column by column, each as it was told last."""

    ordered_on: Numbers
    method: Coded[str]
    supervised: Coded[str]
    due_on: Numbers
    answered_on: Numbers
    exposed: Flags
    closed_on: Numbers

    def __len__(self) -> int:
        return len(self.ordered_on)

    def at(self, places: Places | Flags) -> FindingColumns:
        """The same of some of them."""
        return FindingColumns(
            self.ordered_on[places],
            self.method.at(places),
            self.supervised.at(places),
            self.due_on[places],
            self.answered_on[places],
            self.exposed[places],
            self.closed_on[places],
        )

    def ordered_by(self, day: date) -> Flags:
        """Which had been ordered on a day."""
        return self.ordered_on <= day.toordinal()

    def closed_by(self, day: date) -> Flags:
        """Which were crossed off on a day or before it."""
        return self.closed_on <= day.toordinal()


def columns_of(findings: Iterable[Finding]) -> FindingColumns:
    """Some findings column by column."""
    rows = list(findings)
    return FindingColumns(
        ordered_on=day_numbers(one.ordered_on for one in rows),
        method=coded(one.method for one in rows),
        supervised=coded(one.supervised for one in rows),
        due_on=day_numbers(one.due_on for one in rows),
        answered_on=day_numbers(one.answered_on for one in rows),
        exposed=np.array([one.exposed for one in rows], dtype=bool),
        closed_on=day_numbers(one.closed_on for one in rows),
    )


def standing(ordered: FindingColumns, day: date) -> SupervisionStanding:
    """How findings that were ordered by a day stand on it."""
    whole = Coded(np.zeros(len(ordered), dtype=np.int32), ("",))
    return by_part(ordered, whole, day)[""]


def by_part(ordered: FindingColumns, part: Coded[str], day: date) -> dict[str, SupervisionStanding]:
    """The same of each part into which they fall."""
    now = day.toordinal()
    answered, due = ordered.answered_on <= now, ordered.due_on <= now
    counted = {
        "answered": answered,
        "due": due,
        "answered_in_time": due & (ordered.answered_on <= ordered.due_on),
        "overdue": ~answered & (ordered.due_on < now),
        "exposed": ordered.exposed,
        "closed": ordered.closed_by(day),
    }
    counts = counts_by_part(part.codes, len(part.names), list(counted.values())).tolist()
    every = np.bincount(part.codes, minlength=len(part.names)).tolist()
    return {
        name: SupervisionStanding(number, **dict(zip(counted, numbers, strict=True)))
        for name, number, numbers in zip(part.names, every, counts, strict=True)
    }


NONE = SupervisionStanding(0, 0, 0, 0, 0, 0, 0)
"""How no finding stands."""


def outcomes(ordered: FindingColumns, day: date) -> Numbers:
    """What became of findings that were ordered by a day: places among ``OUTCOMES``."""
    now = day.toordinal()
    overdue, waiting, late, answered = map(OUTCOMES.index, ("overdue", "waiting", "late", "answered"))
    unanswered = np.where(ordered.due_on < now, overdue, waiting)
    told = np.where(ordered.due_on < ordered.answered_on, late, answered)
    return np.where(ordered.answered_on <= now, told, unanswered).astype(np.int32)


def outcome(one: Finding, day: date) -> FindingOutcome:
    """How a finding that was ordered stands on a day; ``late``: answered after its deadline, ``answered``: by it, or without any."""
    if not _is_by(one.answered_on, day):
        return "overdue" if _is_past(one.due_on, day) else "waiting"
    return "late" if _is_past(one.due_on, one.answered_on) else "answered"


def days_overdue(one: Finding, day: date) -> int | None:
    """How many days ago the deadline of a finding was that is overdue on a day; None of any other."""
    return (day - one.due_on).days if one.due_on is not None and outcome(one, day) == "overdue" else None


def is_closed(one: Finding, day: date) -> bool:
    """Whether a finding was crossed off on a day or before it."""
    return _is_by(one.closed_on, day)


def _is_past(due_on: date | None, day: date | None) -> bool:
    return due_on is not None and day is not None and due_on < day


def _is_by(when: date | None, day: date) -> bool:
    return when is not None and when <= day
