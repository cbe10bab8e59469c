"""The right of reply (METHOD section 3): where one mark stands between the review, the unit's reply and the office's decision."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Stage(StrEnum):
    """Where one mark stands."""

    UNREVIEWED = "unreviewed"
    OPEN = "open"
    AGREED = "agreed"
    CONTESTED = "contested"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class AnsweredMark:
    """A unit's last reply to a mark: to which mark it was."""

    entry: int
    mark: Decimal
    agrees: bool


@dataclass(frozen=True, slots=True)
class OfficeSaid:
    """The office's last decision on a mark: on which reply, on which mark, and what counts in its place."""

    reply: int
    before: Decimal
    mark: Decimal


def stage(review: Decimal | None, reply: AnsweredMark | None, decision: OfficeSaid | None) -> Stage:
    """What a mark waits for. A review that came anew with another mark opens what was agreed or decided before.

    A contested mark stays contested until the office decides or the unit answers otherwise, whatever a later review says.
    """
    if review is None:
        return Stage.UNREVIEWED
    if reply is None:
        return Stage.OPEN
    if reply.agrees:
        return Stage.AGREED if reply.mark == review else Stage.OPEN
    if decision is None or decision.reply != reply.entry:
        return Stage.CONTESTED
    return Stage.DECIDED if review in (decision.before, decision.mark) else Stage.OPEN


def may_answer(at: Stage, *, published: bool) -> bool:
    """Whether the unit may answer, or change its answer: until the office has decided, and until publication."""
    return not published and at in {Stage.OPEN, Stage.AGREED, Stage.CONTESTED}
