"""How sure a place is: a group's scores drawn again and again, as its rates might as well have come out (METHOD section 2).

Scores are drawn in hundredths, whole numbers, one row a unit and one column a draw: what ranks them is the score as it is
shown. numpy is needed here and by what is drawn or counted in bulk, and is loaded with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from dashboards.method.rankability import is_poor
from dashboards.method.ranking import RankedUnit
from dashboards.method.rates import counted
from data.indicators.unit_month import UnitMonth
from data.zone.schemes import RankingScheme

DRAWS = 4000
DRAWN = ("problem_rate", "penalty_rate", "closed_loop_rate")
"""The rates that chance moves; all else stays as observed."""
LED = 90
"""One leads another reliably if in this many per cent of the draws."""
Hundredths = NDArray[np.int64]
_HALF_UP = 0.5 + 1e-6
"""Rounds up what floats leave a trace below the half."""


def seed_of(scheme: RankingScheme, period: str, group: str) -> int:
    """The first 8 bytes of the SHA-256 of ``scheme hash|period|group``, as a number, the highest first."""
    return int.from_bytes(sha256(f"{scheme.sha256}|{period}|{group}".encode()).digest()[:8], "big")


def drawn_scores(
    units: Sequence[RankedUnit], counts: Mapping[str, UnitMonth], scheme: RankingScheme, seed: int
) -> Hundredths:
    """Scores of scored units in hundredths of a point, shape (units, DRAWS), in the order of the units' codes.

    Each drawn rate comes from its Jeffreys posterior Beta(½ + count, ½ + rest), one rate after the other for all units
    in the order of their codes, by numpy's PCG64 from the seed.
    """
    chance = np.random.default_rng(seed)
    points = np.zeros((len(units), DRAWS))
    for key in scheme.indicators.keys() - set(DRAWN):
        points += _column([float(one.points[key] or 0) for one in units])
    for key in DRAWN:
        known = [(row, found) for row, one in enumerate(units) if (found := counted(key, counts[one.unit])) is not None]
        if known and key in scheme.indicators:
            part = scheme.indicators[key]
            successes = _column([0.5 + found.count for _row, found in known])
            failures = _column([0.5 + found.of - found.count for _row, found in known])
            rates = chance.beta(successes, failures, (len(known), DRAWS))
            points[[row for row, _found in known]] += float(part.weight) * np.minimum(rates / float(part.target), 1)
    return in_hundredths(units, points, _column([float(one.basis) for one in units]))


def in_hundredths(units: Sequence[RankedUnit], points: NDArray[np.float64], basis: NDArray[np.float64]) -> Hundredths:
    """Scores from points and defined weights, after deductions; who has its score whatever the points keeps it."""
    taken = _column([float(sum(one.deductions.values())) for one in units])
    scores = np.maximum(100 * points / np.where(basis > 0, basis, 1) - taken, 0)
    found = np.floor(scores * 100 + _HALF_UP).astype(np.int64)
    for row, one in enumerate(units):
        if "zero_enforcement" in one.flags or not one.basis:
            found[row] = observed(one)
    return found


def observed(one: RankedUnit) -> int:
    """The score as it is, in hundredths."""
    assert one.score is not None
    return int(one.score * 100)


def _column(values: Sequence[float]) -> NDArray[np.float64]:
    return np.array(values, dtype=float).reshape(-1, 1)


def places(standing: Hundredths) -> Hundredths:
    """The place of each unit in each draw, more is better: 1 + how many stand strictly ahead; ties share one."""
    order = np.argsort(-standing, axis=0, kind="stable")
    ordered = np.take_along_axis(standing, order, axis=0)
    numbers = np.arange(1, len(standing) + 1, dtype=np.int64).reshape(-1, 1)
    first_of_its_kind = np.ones(standing.shape, dtype=bool)
    first_of_its_kind[1:] = ordered[1:] != ordered[:-1]
    shared = np.maximum.accumulate(np.where(first_of_its_kind, numbers, 0), axis=0)
    found = np.empty_like(shared)
    np.put_along_axis(found, order, shared, axis=0)
    return found


@dataclass(frozen=True, slots=True)
class PlaceChance:
    """A unit's 90 % interval of places, and how likely it is that nobody is ahead of it, and nobody behind (0–1)."""

    low: int
    high: int
    first: float
    last: float


def place_chances(scores: Hundredths) -> list[PlaceChance]:
    """Of each row of ``drawn_scores``."""
    if not len(scores):
        return []
    found = np.sort(places(scores), axis=1)
    low, high = (found[:, _nearest_rank(percent, found.shape[1])] for percent in (5, 95))
    first = (found == 1).mean(axis=1)
    last = (scores == scores.min(axis=0)).mean(axis=1)
    return [PlaceChance(*one) for one in zip(low.tolist(), high.tolist(), first.tolist(), last.tolist(), strict=True)]


def _nearest_rank(percent: int, number: int) -> int:
    """Index of a percentile among so many values in order."""
    return -(-percent * number // 100) - 1


def told_apart(one: Hundredths, other: Hundredths) -> bool:
    """Whether of two units one leads, strictly, in at least 90 % of the draws."""
    ahead, behind = np.count_nonzero(one > other), np.count_nonzero(one < other)
    return bool(100 * max(ahead, behind) >= LED * len(one))


@dataclass(frozen=True, slots=True)
class Reliability:
    """How much a group's order bears: all pairs of scored units, those told apart, and 区分度 (0–1; None where undefined)."""

    pairs: int
    reliable: int
    rankability: float | None

    @property
    def poor(self) -> bool:
        """Whether the sentence on top speaks of groups and not of places."""
        return is_poor(self.rankability)


def reliability(units: Sequence[RankedUnit], scores: Hundredths) -> Reliability:
    """Of a group's scored units and their draws. Without two of them, or where nothing varies, there is no rankability."""
    reliable, small = 0, scores.astype(np.int16)  # 10,000 at most: of large groups every pair is looked at
    for row in range(len(small) - 1):
        ahead = np.count_nonzero(small[row] > small[row + 1 :], axis=1)
        behind = np.count_nonzero(small[row] < small[row + 1 :], axis=1)
        reliable += int(np.count_nonzero(100 * np.maximum(ahead, behind) >= LED * scores.shape[1]))
    return Reliability(len(scores) * (len(scores) - 1) // 2, reliable, _rankability(units, scores))


def _rankability(units: Sequence[RankedUnit], scores: Hundredths) -> float | None:
    """B ÷ (B + median W): W a unit's variance of score over the draws, B that of the group's scores less the mean W."""
    if len(units) < 2:
        return None
    within = scores.var(axis=1) / 10_000
    between = max(float(np.var([observed(one) / 100 for one in units], ddof=1) - within.mean()), 0.0)
    all_of_it = between + float(np.median(within))
    return between / all_of_it if all_of_it else None
