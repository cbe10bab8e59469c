"""Supervision as of a day: what was found, answered, exposed and crossed off (METHOD section 5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

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


def standing(findings: Iterable[Finding], day: date) -> SupervisionStanding:
    """How findings stand on a day; one that was ordered later does not count yet."""
    ordered = [one for one in findings if one.ordered_on <= day]
    due = [one for one in ordered if _is_by(one.due_on, day)]
    return SupervisionStanding(
        ordered=len(ordered),
        answered=sum(_is_by(one.answered_on, day) for one in ordered),
        due=len(due),
        answered_in_time=sum(one.due_on is not None and _is_by(one.answered_on, one.due_on) for one in due),
        overdue=sum(one.due_on != day and not _is_by(one.answered_on, day) for one in due),
        exposed=sum(one.exposed for one in ordered),
        closed=sum(_is_by(one.closed_on, day) for one in ordered),
    )


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
