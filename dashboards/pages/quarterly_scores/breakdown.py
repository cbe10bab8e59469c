"""One unit's score taken apart, so that the sum closes in front of the reader; and its own marks against the review's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboards.method.ranking import rounded
from dashboards.method.scores import HIGHEST, MeasureScore, ScoredUnit
from dashboards.method.steps import ZERO, Step
from data.zone.schemes import ScoresScheme


def steps(one: ScoredUnit, scheme: ScoresScheme) -> list[Step]:
    """Points by component, the weight of what is undefined shared out, bonus, deduction, what keeps it in 0–100."""
    if one.score is None or one.before_extras is None:
        return []
    earned = [
        Step(key, rounded(points), scheme.weights.model_dump()[key]) for key, points in points_of(one, scheme).items()
    ]
    before = rounded(one.before_extras)
    lift = before - sum((step.amount for step in earned), ZERO)
    shared = [Step("reweighting" if one.basis < HIGHEST else "rounding", lift)] if lift else []
    extras = [Step("bonus", one.bonus)] if one.bonus else []
    extras += [Step("deduction", -one.deduction)] if one.deduction else []
    rest = one.score - before - sum((step.amount for step in extras), ZERO)
    return [*earned, *shared, *extras, *([Step(_why_held(rest), rest)] if rest else [])]


def points_of(one: ScoredUnit, scheme: ScoresScheme) -> dict[str, Fraction]:
    """Component → weight × value ÷ 100, of the components that are defined and weigh something."""
    weights = scheme.weights.model_dump()
    return {
        key: Fraction(weights[key]) * value / 100
        for key, value in one.components.items()
        if value is not None and weights[key]
    }


def _why_held(rest: Decimal) -> str:
    if abs(rest) <= Decimal("0.01"):
        return "rounding"
    return "not_below_zero" if rest > 0 else "not_above_hundred"


@dataclass(frozen=True, slots=True)
class MarkGap:
    """A unit's own marks less the review's, over the measures that have both; positive: it thinks too well of itself."""

    own: Decimal
    review: Decimal
    compared: int
    widest: MeasureScore

    @property
    def points(self) -> Decimal:
        """Own less review."""
        return self.own - self.review


def difference(measures: Iterable[MeasureScore]) -> MarkGap | None:
    """How a unit's own marks differ from the review's; None where no measure has both."""
    both = [part for part in measures if part.own is not None and part.review is not None]
    if not both:
        return None
    return MarkGap(
        own=sum((part.own or ZERO for part in both), ZERO),
        review=sum((part.review or ZERO for part in both), ZERO),
        compared=len(both),
        widest=max(both, key=lambda part: (abs(gap(part)), -part.number)),
    )


def gap(part: MeasureScore) -> Decimal:
    """Own less review of one measure; 0 where one is missing."""
    return ZERO if part.own is None or part.review is None else part.own - part.review
