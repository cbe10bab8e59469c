"""One unit's score taken apart, so that the sum closes in front of the reader; and what is lacking to the next place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboards.components.horizontal_bars import ZERO, Step
from dashboards.method.ranking import RankedUnit, rounded
from dashboards.results.ranking import RankedGroup, RankedRow
from data.zone.schemes import RankingScheme


def steps(one: RankedUnit, scheme: RankingScheme) -> list[Step]:
    """Points by indicator, then the re-weighting of what is undefined, then deductions, then what holds the score at 0."""
    if one.score is None:
        return []
    earned = [
        Step(key, rounded(value), scheme.indicators[key].weight)
        for key, value in one.points.items()
        if value is not None
    ]
    taken = [Step(key, -Decimal(value)) for key, value in one.deductions.items()]
    before = _before_deductions(one)
    lift = before - sum((step.amount for step in earned), ZERO)
    reweighted = [Step("reweighting", lift)] if lift else []
    rest = one.score - before - sum((step.amount for step in taken), ZERO)
    held = [Step(_why_held(one, rest), rest)] if rest else []
    return [*earned, *reweighted, *taken, *held]


def _before_deductions(one: RankedUnit) -> Decimal:
    """100 × Σ points ÷ Σ defined weights, rounded as it is printed."""
    if not one.basis:
        return ZERO
    return rounded(100 * earned_points(one) / Fraction(one.basis))


def earned_points(one: RankedUnit) -> Fraction:
    """Σ points of the defined indicators."""
    return sum((value for value in one.points.values() if value is not None), Fraction(0))


def _why_held(one: RankedUnit, rest: Decimal) -> str:
    if "zero_enforcement" in one.flags:
        return "zero_enforcement"
    return "not_below_zero" if rest > Decimal("0.01") else "rounding"


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
