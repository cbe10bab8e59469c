"""A group's rates in a funnel: how far from the pooled rate chance alone takes one of so many cases (METHOD section 2).

After D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005), 1185–1202.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, exp, lgamma, log, sqrt

import numpy as np

from dashboards.method.rates import Share

SMALLEST_GROUP = 5
LIMITS = (0.95, 0.998)
Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class InFunnel:
    """A unit's rate with what chance allows of so many cases, 95 % and 99.8 %, widened where the funnel is overdispersed (0–1)."""

    share: Share
    inner: Limits
    outer: Limits

    @property
    def rate(self) -> Fraction:
        """The rate as it is."""
        return Fraction(self.share.count, self.share.of)

    @property
    def outside(self) -> bool:
        """Whether it lies outside the 99.8 % limits, so that chance alone hardly explains it."""
        return not self.outer[0] <= self.rate <= self.outer[1]


@dataclass(frozen=True, slots=True)
class Funnel:
    """``pooled`` rate of the group; ``widened``: the factor √(Σz² ÷ degrees of freedom) of its limits, 1 where rates differ
    no more than chance explains.
    """

    pooled: Fraction
    widened: float
    units: Mapping[str, InFunnel]

    @property
    def overdispersed(self) -> bool:
        """Whether rates differ by more than chance within units explains."""
        return self.widened > 1

    def limits(self, of: int) -> tuple[Limits, Limits]:
        """What chance allows a rate of so many cases, 95 % and 99.8 %."""
        inner, outer = (_limits(of, self.pooled, inside, self.widened) for inside in LIMITS)
        return inner, outer


def funnel(group: Mapping[str, Share]) -> Funnel | None:
    """The funnel of the units that have the rate; None of fewer than five."""
    if len(group) < SMALLEST_GROUP:
        return None
    pooled = Fraction(sum(one.count for one in group.values()), sum(one.of for one in group.values()))
    widened = _widened(pooled, group)
    limits = {
        of: [_limits(of, pooled, inside, widened) for inside in LIMITS] for of in {one.of for one in group.values()}
    }
    return Funnel(pooled, widened, {unit: InFunnel(one, *limits[one.of]) for unit, one in group.items()})


def _widened(pooled: Fraction, group: Mapping[str, Share]) -> float:
    """√(Σz² ÷ degrees of freedom) where Σz² exceeds the 95 % point of χ², else 1; one degree goes to the pooled rate."""
    spread = pooled * (1 - pooled)
    if not spread:
        return 1.0
    squares = float(sum((Fraction(one.count) - one.of * pooled) ** 2 / (one.of * spread) for one in group.values()))
    freedom = len(group) - 1
    return sqrt(squares / freedom) if chi_square_above(squares, freedom) < 0.05 else 1.0


def chi_square_above(value: float, freedom: int) -> float:
    """P(χ² > value), by its finite sum (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5)."""
    if value <= 0:
        return 1.0
    half = value / 2
    odd = freedom % 2
    first = erfc(sqrt(half)) if odd else 0.0
    steps = range(freedom // 2)
    return min(first + sum(exp((at + odd / 2) * log(half) - half - lgamma(at + odd / 2 + 1)) for at in steps), 1.0)


def _limits(of: int, pooled: Fraction, inside: float, widened: float) -> Limits:
    """The shares between which a binomial number of so many lies, but for at most (1 − inside) ÷ 2 on either side."""
    low, high = binomial_bounds(of, pooled, inside)
    centre = float(pooled)
    return max(centre - widened * (centre - low / of), 0.0), min(centre + widened * (high / of - centre), 1.0)


def binomial_bounds(of: int, pooled: Fraction, inside: float) -> tuple[int, int]:
    """The least and the greatest number that the limits hold: below, and above, lies no more than (1 − inside) ÷ 2 each."""
    if pooled in {0, 1}:
        return (0, 0) if not pooled else (of, of)
    numbers = np.arange(of)
    steps = np.log((of - numbers) / (numbers + 1)) + log(pooled / (1 - pooled))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    tail = (1 - inside) / 2
    low = int(np.searchsorted(np.cumsum(chances), tail, side="right"))
    high = of - int(np.searchsorted(np.cumsum(chances[::-1]), tail, side="right"))
    return low, high
