"""What a unit lacks to the next place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboards.method.steps import ZERO
from dashboards.results.ranking import RankedGroup, RankedRow


@dataclass(frozen=True, slots=True)
class Gap:
    """The next unit ahead, and the points by which it leads (0: ahead by the tie keys only)."""

    ahead: RankedRow
    points: Decimal


def gap(group: RankedGroup, row: RankedRow) -> Gap | None:
    """What a scored unit lacks to the next place; None for the first, and for who has no score."""
    rank, score = row.figures.rank, row.figures.score
    if rank is None or score is None:
        return None
    ahead = [
        other
        for other in group.rows
        if other.figures.rank is not None and other.figures.rank < rank and other.figures.score is not None
    ]
    if not ahead:
        return None
    nearest = max(ahead, key=lambda other: other.figures.rank or 0)
    return Gap(nearest, (nearest.figures.score or ZERO) - score)
