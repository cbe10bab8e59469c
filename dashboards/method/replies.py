"""The right of reply (METHOD section 3): where one mark stands between the review, the unit's reply and the office's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from data.intake.standing_marks import AnsweredMark, DecidedMark, ReviewedMark, holds, waits


class Stage(StrEnum):
    """Where one mark stands."""

    UNREVIEWED = "unreviewed"
    OPEN = "open"
    AGREED = "agreed"
    CONTESTED = "contested"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class StandingMark:
    """What a mark waits for, and what counts as ``review``: None where nothing is reviewed."""

    stage: Stage
    counts: Decimal | None


def standing(
    review: Decimal | None, reply: AnsweredMark | None, decision: DecidedMark | None, versions: Sequence[ReviewedMark]
) -> StandingMark:
    """Of a mark as the review has it; ``versions``: it in all versions of the review, where anything was decided on it.

    A review that came anew with another mark opens what was agreed or decided before. A contested mark stays contested
    until the office decides or the unit answers otherwise, whatever a later review says.
    """
    if review is None:
        return StandingMark(Stage.UNREVIEWED, None)
    decided = decision is not None and holds(versions, decision)
    counts = decision.mark if decision is not None and decided else review
    if waits(reply, decision):
        return StandingMark(Stage.CONTESTED, counts)
    if decided:
        return StandingMark(Stage.DECIDED, counts)
    agreed = reply is not None and reply.agrees and reply.mark == review
    return StandingMark(Stage.AGREED if agreed else Stage.OPEN, counts)


def may_answer(at: Stage, *, published: bool) -> bool:
    """Whether the unit may answer, or change its answer: until the office has decided, and until publication."""
    return not published and at in {Stage.OPEN, Stage.AGREED, Stage.CONTESTED}
