"""Monthly ranking as METHOD section 2 has it: indicators, points, deductions, flags, ranks.

Ratios are exact fractions until the score is rounded, once, half up; what people see is what ranks them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from data.indicators.declaration import Number
from data.indicators.enforcement import INDICATORS
from data.indicators.unit_month import State, UnitMonth
from data.zone.schemes import IndicatorScoring, RankingScheme

FLAGS = (
    "awaited",
    "not_reported",
    "refused",
    "late",
    "zero_enforcement",
    "nothing_planned",
    "zero_penalty",
    "no_problem_found",
    "overdue_major",
    "thin_basis",
    "zero_then_filled",
)
"""All flags in METHOD's order."""


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """One unit of a ranked group; figures are None where nothing was reported."""

    unit: str
    name: str
    rank: int | None
    of: int
    score: Decimal | None
    flags: tuple[str, ...]
    indicators: Mapping[str, Number | None] | None
    points: Mapping[str, Fraction | None]
    deductions: Mapping[str, Decimal]
    basis: Decimal


def rounded(value: Fraction) -> Decimal:
    """Two decimals, half up."""
    scaled = value * 100
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return (Decimal(whole) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def indicators(one: UnitMonth) -> dict[str, Number | None]:
    """All figures of METHOD's table."""
    return {indicator.key: indicator.value(one) for indicator in INDICATORS}


def points(figures: Mapping[str, Number | None], scheme: RankingScheme) -> dict[str, Fraction | None]:
    """Points of every scored indicator; None where it is undefined."""
    return {key: points_for(figures[key], part) for key, part in scheme.indicators.items()}


def points_for(value: Number | None, part: IndicatorScoring) -> Fraction | None:
    """``weight × min(value ÷ target, 1)`` of one indicator."""
    if value is None:
        return None
    exact = Fraction(value)
    target, weight = part.in_full
    return weight if exact >= target else part.of_one * exact


def zero_penalty(one: UnitMonth) -> bool:
    """Whether problems were found and nobody was penalised, by a unit that may penalise."""
    return one.sums.problem_inspections > 0 and one.sums.penalties == 0 and one.may_penalise


def deductions(one: UnitMonth, scheme: RankingScheme) -> dict[str, Decimal]:
    """Points taken off; only those that apply."""
    each = scheme.deductions.overdue_major_each * one.overdue_major
    taken = {
        "zero_penalty": scheme.deductions.zero_penalty if zero_penalty(one) else Decimal(0),
        "overdue_major": min(each, scheme.deductions.overdue_major_most),
    }
    return {key: amount for key, amount in taken.items() if amount}


def score_from(earned: Mapping[str, Fraction | None], basis: Decimal, taken: Mapping[str, Decimal]) -> Decimal:
    """100 × points ÷ weights of the defined indicators, less what is taken off; never below 0, rounded once."""
    total = sum((value for value in earned.values() if value is not None), Fraction(0))
    return score_of(total, Fraction(basis), Fraction(sum(taken.values(), Decimal(0))))


def score_of(total: Fraction, basis: Fraction, taken: Fraction) -> Decimal:
    """The score of so many points out of these weights, after what is taken off."""
    return rounded(max(100 * total / basis - taken, Fraction(0)))


def score_unit(one: UnitMonth, scheme: RankingScheme) -> RankedUnit:
    """One unit's figures, points, deductions, flags and score; the rank is not known yet."""
    if one.state is not State.REPORTED:
        return _unreported(one, scheme)
    figures = indicators(one)
    earned = points(figures, scheme)
    taken = deductions(one, scheme)
    weights = [scheme.indicators[key].weight for key, value in earned.items() if value is not None]
    basis = sum(weights, Decimal(0))
    nothing_planned = one.plan == 0 and one.sums.inspections == 0
    zero_enforcement = one.sums.inspections == 0 and not nothing_planned
    if nothing_planned or (zero_enforcement and not scheme.inspections_score):
        score = None
    elif zero_enforcement or not basis:
        score = Decimal("0.00")
    else:
        score = score_from(earned, basis, taken)
    set_flags = {
        "late": one.timeliness is not None and one.timeliness < 1,
        "zero_enforcement": zero_enforcement,
        "nothing_planned": nothing_planned,
        "zero_penalty": zero_penalty(one),
        "no_problem_found": one.sums.inspections >= scheme.thresholds.no_problem_found_inspections
        and one.sums.problem_inspections == 0,
        "overdue_major": one.overdue_major > 0,
        "thin_basis": basis < scheme.thresholds.thin_basis_below and one.sums.inspections > 0,
        "zero_then_filled": one.zero_then_filled,
    }
    flags = tuple(flag for flag in FLAGS if set_flags.get(flag))
    return RankedUnit(one.unit, one.name, None, 0, score, flags, figures, earned, taken, basis)


def _unreported(one: UnitMonth, scheme: RankingScheme) -> RankedUnit:
    overdue = one.state is State.NOT_REPORTED and one.overdue_major > 0
    flags = [one.state.value, *(["refused"] if one.refused else []), *(["overdue_major"] if overdue else [])]
    nothing = dict.fromkeys(scheme.indicators)
    return RankedUnit(one.unit, one.name, None, 0, None, tuple(flags), None, nothing, {}, Decimal(0))


def rank_group(units: Sequence[UnitMonth], scheme: RankingScheme) -> list[RankedUnit]:
    """Score the units of one group and rank them (competition ranking, ties by METHOD's keys), best first.

    Who did not report ranks after all who did, all tied; who is awaited, had nothing planned, or inspected nobody while
    inspections do not score, is unranked.
    """
    scored = [score_unit(one, scheme) for one in units]
    keys = {one.unit: order_key(one, scheme) for one in scored}
    ranked = [one for one in scored if keys[one.unit] is not None]
    in_order = sorted(key for key in keys.values() if key is not None)
    result = []
    for one in scored:
        key = keys[one.unit]
        result.append(replace(one, of=len(ranked), rank=None if key is None else bisect_left(in_order, key) + 1))
    return sorted(result, key=lambda one: (one.rank is None, one.rank or 0, one.unit))


def order_key(one: RankedUnit, scheme: RankingScheme) -> tuple[Fraction, ...] | None:
    """Sorts the better unit first; None for a unit that is not ranked. Undefined sorts below any number."""
    if "not_reported" in one.flags:
        return (Fraction(1),)
    if one.score is None or one.indicators is None:
        return None
    figures = [one.indicators[key] for key in scheme.tie_keys]
    ties = (Fraction(1) if value is None else -Fraction(value) for value in figures)
    return (Fraction(0), -Fraction(one.score), *ties)
