"""The rates of METHOD section 2 as counts of so many, and how far each may lie from what it shows (Wilson).

The intervals are each unit's own: of many, one in twenty does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from data.indicators.declaration import Ratio
from data.indicators.enforcement import INDICATORS
from data.indicators.unit_month import State, UnitMonth

_RATIOS = {one.key: one.made_of for one in INDICATORS if isinstance(one.made_of, Ratio)}
RATES = tuple(key for key in _RATIOS if key != "completion")
"""The shares of something that happened: completion is one of a plan, and may lie above 1."""
FEW = 5
"""Below so many cases a rate says little (样本太少)."""
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` cases; ``of`` is more than 0, ``count`` at most as many."""

    count: int
    of: int

    @property
    def few(self) -> bool:
        """Whether there are too few cases to say much."""
        return self.of < FEW


def counted(key: str, one: UnitMonth) -> Share | None:
    """The counts behind a rate of a unit; None where it is undefined, or nothing was reported.

    Penalties are capped at the inspections with problems, for one of these may lead to several.
    """
    ratio = _RATIOS[key]
    if one.state is not State.REPORTED or ratio.value(one) is None:
        return None
    of = ratio.lower(one)
    assert of is not None
    return Share(min(ratio.upper(one), of), of)


def wilson(one: Share) -> tuple[float, float]:
    """The 95 % interval of a share, 0–1 (E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209–212)."""
    count, of, z = one.count, one.of, _Z
    middle = (count + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * sqrt(count * (of - count) / of + z * z / 4)
    return (0.0 if count == 0 else middle - half, 1.0 if count == of else middle + half)
