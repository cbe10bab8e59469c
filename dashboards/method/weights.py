"""How much a place hangs on the weights: places by other weights, drawn around the scheme's (METHOD section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dashboards.method.draws import Hundredths, in_hundredths, places
from dashboards.method.ranking import RankedUnit, order_key
from data.zone.schemes import RankingScheme

DRAWS = 2000
CONCENTRATION = 50


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """In what share of the draws of weights (0–1) a unit keeps its place, and keeps it give or take one."""

    same: float
    within_one: float


def kept_places(units: Sequence[RankedUnit], scheme: RankingScheme, seed: int) -> list[KeptPlace]:
    """Of each scored unit, all ranked by METHOD's whole order: score, then tie keys, which no weight moves.

    Weights are drawn from Dirichlet(50 × weight share), in the scheme's order of those above 0, by numpy's PCG64 from
    the seed.
    """
    if not units:
        return []
    weighted = {key: Fraction(part.weight) for key, part in scheme.indicators.items() if part.weight > 0}
    shares = [float(CONCENTRATION * weight / sum(weighted.values())) for weight in weighted.values()]
    drawn = np.random.default_rng(seed).dirichlet(shares, DRAWS)
    earned = np.array([[float((one.points[key] or 0) / part) for key, part in weighted.items()] for one in units])
    defined = np.array([[one.points[key] is not None for key in weighted] for one in units], dtype=float)
    scores = in_hundredths(units, earned @ drawn.T, defined @ drawn.T)
    found = places(scores * len(units) + _tie_order(units, scheme))
    moved = np.abs(found - np.array([one.rank for one in units]).reshape(-1, 1))
    same, near = (moved == 0).mean(axis=1), (moved <= 1).mean(axis=1)
    return [KeptPlace(*one) for one in zip(same.tolist(), near.tolist(), strict=True)]


def _tie_order(units: Sequence[RankedUnit], scheme: RankingScheme) -> Hundredths:
    """How the tie keys order the units, as whole numbers below their number, the better the higher."""
    ties = [key[2:] for one in units if (key := order_key(one, scheme)) is not None]
    place = {tie: number for number, tie in enumerate(sorted(set(ties), reverse=True))}
    return np.array([place[tie] for tie in ties], dtype=np.int64).reshape(-1, 1)
