"""Quarterly scores of the ten measures as METHOD section 3 has it: marks, components, grades, ranks, who speaks last.

All figures are exact fractions until the score is rounded, once, half up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dashboards.method.ranking import rounded
from data.zone.schemes import ScoresScheme

FLAGS = ("unreviewed", "veto_proposed", "not_reported", "thin_basis")
"""All flags in METHOD's order."""
COMPONENTS = ("ten_measures", "enforcement", "milestones")
VETOED = "否决"
FAILED = "不合格"
HIGHEST = 100


@dataclass(frozen=True, slots=True)
class MonthOfQuarter:
    """What a month of the quarter gives to ``enforcement``: its rounded score, 0 where nothing was reported.

    ``score`` is None for a month that is left out: still awaited, nothing planned, or nothing inspected from 2025 on.
    """

    month: str
    score: Decimal | None
    reported: bool


@dataclass(frozen=True, slots=True)
class UnitQuarter:
    """What is known of one unit in one quarter. ``own`` is None where no self-assessment was filed."""

    unit: str
    name: str
    own: Mapping[int, Decimal] | None
    reviewed: Mapping[int, Decimal]
    months: tuple[MonthOfQuarter, ...] = ()
    milestones: Fraction | None = None
    bonus: Decimal = Decimal(0)
    deduction: Decimal = Decimal(0)
    veto: str | None = None
    veto_proposed: bool = False
    fatal_accidents: int = 0


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """One measure of one unit: what it says of itself, what the committee says, what counts."""

    number: int
    name: str
    full: Decimal
    own: Decimal | None
    review: Decimal | None
    score: Decimal


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """One unit of a group; ``bonus`` is what counts of the bonus given, ``cut`` what does not."""

    unit: str
    name: str
    rank: int | None
    of: int
    score: Decimal | None
    grade: str | None
    flags: tuple[str, ...]
    components: Mapping[str, Fraction | None]
    measures: tuple[MeasureScore, ...]
    months: tuple[MonthOfQuarter, ...]
    bonus: Decimal
    cut: Decimal
    deduction: Decimal
    veto: str | None
    basis: Decimal
    before_extras: Fraction | None
    fatal_accidents: int


def score_unit(one: UnitQuarter, scheme: ScoresScheme) -> ScoredUnit:
    """One unit's measures, components, score and grade; the rank is not known yet."""
    measures = tuple(_measure(measure.number, measure.name, measure.full, one) for measure in scheme.measures)
    reported = one.own is not None or bool(one.reviewed)
    components: dict[str, Fraction | None] = {
        "ten_measures": Fraction(sum((part.score for part in measures), Decimal(0))) if reported else None,
        "enforcement": enforcement(one.months),
        "milestones": one.milestones,
    }
    bonus = min(one.bonus, scheme.largest_bonus)
    weights = scheme.weights.model_dump()
    defined = {key: weights[key] for key in COMPONENTS if components[key] is not None and weights[key]}
    basis = sum(defined.values(), Decimal(0)) if reported else Decimal(0)
    before = _weighted_mean(components, defined) if reported else None
    score = None if before is None else _score(before, bonus, one.deduction)
    set_flags = {
        "unreviewed": reported and any(part.review is None for part in measures),
        "veto_proposed": one.veto_proposed and one.veto is None,
        "not_reported": not reported,
        "thin_basis": reported and basis < scheme.thin_basis_below,
    }
    return ScoredUnit(
        unit=one.unit,
        name=one.name,
        rank=None,
        of=0,
        score=score,
        grade=VETOED if one.veto is not None else grade(score, scheme),
        flags=tuple(flag for flag in FLAGS if set_flags[flag]),
        components=components,
        measures=measures,
        months=one.months,
        bonus=bonus,
        cut=one.bonus - bonus,
        deduction=one.deduction,
        veto=one.veto,
        basis=basis,
        before_extras=before,
        fatal_accidents=one.fatal_accidents,
    )


def _measure(number: int, name: str, full: Decimal, one: UnitQuarter) -> MeasureScore:
    own = None if one.own is None else one.own.get(number)
    review = one.reviewed.get(number)
    told = own if review is None else review
    return MeasureScore(number, name, full, own, review, Decimal(0) if told is None else told)


def enforcement(months: Sequence[MonthOfQuarter]) -> Fraction | None:
    """The mean of the monthly scores that count; None where none does."""
    scores = [Fraction(month.score) for month in months if month.score is not None]
    return sum(scores, Fraction(0)) / len(scores) if scores else None


def mean_of_year(scores: Sequence[Decimal]) -> Decimal | None:
    """The year's figure for the reward (考核奖励): the mean of the published quarters, rounded once; None without any."""
    return rounded(sum((Fraction(score) for score in scores), Fraction(0)) / len(scores)) if scores else None


def _weighted_mean(components: Mapping[str, Fraction | None], weights: Mapping[str, Decimal]) -> Fraction | None:
    """Σ weight × value ÷ Σ weight of the components that are defined."""
    total = sum((Fraction(weight) * (components[key] or 0) for key, weight in weights.items()), Fraction(0))
    whole = Fraction(sum(weights.values(), Decimal(0)))
    return total / whole if whole else None


def _score(before: Fraction, bonus: Decimal, deduction: Decimal) -> Decimal:
    return rounded(min(max(before + Fraction(bonus) - Fraction(deduction), Fraction(0)), Fraction(HIGHEST)))


def grade(score: Decimal | None, scheme: ScoresScheme) -> str | None:
    """优秀, 良好, 合格 or 不合格; None without a score."""
    if score is None:
        return None
    steps = (("优秀", scheme.grades.excellent), ("良好", scheme.grades.good), ("合格", scheme.grades.passed))
    return next((name for name, bound in steps if score >= bound), FAILED)


def rank_group(units: Sequence[UnitQuarter], scheme: ScoresScheme) -> list[ScoredUnit]:
    """Score a group's units and rank them (competition ranking), best first.

    Vetoed units rank after all others that were scored, units without a report after those, all tied.
    """
    scored = [score_unit(one, scheme) for one in units]
    places = sorted(_order_key(one) for one in scored)
    ranked = [replace(one, rank=places.index(_order_key(one)) + 1, of=len(scored)) for one in scored]
    return sorted(ranked, key=lambda one: (one.rank or 0, one.unit))


def _order_key(one: ScoredUnit) -> tuple[Fraction, ...]:
    """Sorts the better unit first: score, ten measures, enforcement; undefined below any number."""
    if one.score is None:
        return (Fraction(2),)
    figures = (Fraction(one.score), one.components["ten_measures"], one.components["enforcement"])
    return (
        Fraction(one.veto is not None),
        *(Fraction(1) if figure is None else -figure for figure in figures),
    )


def lowest(group: Sequence[ScoredUnit], scheme: ScoresScheme) -> list[ScoredUnit]:
    """The lowest-ranked units that speak last for it: of a group large enough, below the bound, on no thin basis."""
    if len(group) < scheme.speaking_last.smallest_group:
        return []
    candidates = [one for one in group if one.score is not None and one.veto is None]
    last = max((one.rank or 0 for one in candidates), default=None)
    return [
        one
        for one in candidates
        if one.rank == last
        and one.score is not None
        and one.score < scheme.speaking_last.below
        and "thin_basis" not in one.flags
    ]


def reasons_to_speak(one: ScoredUnit, group: Sequence[ScoredUnit], scheme: ScoresScheme) -> tuple[str, ...]:
    """Why a unit speaks last at the next safety meeting: keys of reasons, none if it does not."""
    reasons = {
        "many_accidents": one.fatal_accidents >= scheme.speaking_last.fatal_accidents,
        "vetoed": one.veto is not None,
        "lowest": one in lowest(group, scheme),
        "not_reported": "not_reported" in one.flags,
    }
    return tuple(key for key, holds in reasons.items() if holds)
