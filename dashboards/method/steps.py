"""A score of the monthly ranking taken apart into steps, so that their sum closes in front of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboards.method.ranking import RankedUnit, rounded
from data.zone.schemes import RankingScheme

ZERO = Decimal("0.00")
REWEIGHTING = "reweighting"
"""The step by which the weights of what is undefined are shared out among the rest."""

ROUNDING = "rounding"
"""The step that is left because every other one is printed with two decimals."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a score; the amounts of all steps add up to the score, exactly as printed. ``of``: the most it can be."""

    key: str
    amount: Decimal
    of: Decimal | None = None


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
    shared_out = any(value is None for value in one.points.values())
    reweighted = [Step(REWEIGHTING if shared_out else ROUNDING, lift)] if lift else []
    rest = one.score - before - sum((step.amount for step in taken), ZERO)
    held = [Step(_why_held(one, rest), rest)] if rest else []
    return [*earned, *reweighted, *taken, *held]


def _before_deductions(one: RankedUnit) -> Decimal:
    """100 × Σ points ÷ Σ defined weights, rounded as it is printed."""
    if not one.basis:
        return ZERO
    return rounded(100 * _earned_points(one) / Fraction(one.basis))


def _earned_points(one: RankedUnit) -> Fraction:
    """Σ points of the defined indicators."""
    return sum((value for value in one.points.values() if value is not None), Fraction(0))


def _why_held(one: RankedUnit, rest: Decimal) -> str:
    if "zero_enforcement" in one.flags:
        return "zero_enforcement"
    return "not_below_zero" if rest > Decimal("0.01") else ROUNDING
