"""What becomes of a decided mark when the review comes anew (METHOD section 3): the one rule by which it counts, is shown, and is answered.

A review that brings another mark is the committee's newer word, and stays so: the decision before it is overtaken for
good, also where a later review comes back to the mark that was decided on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReviewedMark:
    """A measure's mark in one version of the review, None where it has none; ``line``: of the journal, that had it loaded."""

    line: int
    mark: Decimal | None


@dataclass(frozen=True, slots=True)
class AnsweredMark:
    """A unit's last reply to a mark: to which mark it was."""

    entry: int
    mark: Decimal
    agrees: bool


@dataclass(frozen=True, slots=True)
class DecidedMark:
    """The office's last decision on a mark: on which reply, on which mark, and what counts in its place."""

    entry: int
    reply: int
    before: Decimal
    mark: Decimal


def waits(reply: AnsweredMark | None, decision: DecidedMark | None) -> bool:
    """Whether the unit's last word contests a mark and the office has not decided on it."""
    return reply is not None and not reply.agrees and (decision is None or decision.reply != reply.entry)


def holds(versions: Sequence[ReviewedMark], decision: DecidedMark) -> bool:
    """Whether a decision stands beside all versions of the review that count or counted, first to last.

    It was on the last of them that was there before it with the mark decided on. From then on each may repeat the mark
    that stands, or take over the decided one; another is the newer word.
    """
    before = [at for at, one in enumerate(versions) if one.line < decision.entry and one.mark == decision.before]
    if not before:
        return False
    stands: Decimal | None = decision.before
    for one in versions[before[-1] + 1 :]:
        if one.mark not in {stands, decision.mark}:
            return False
        stands = one.mark
    return True
