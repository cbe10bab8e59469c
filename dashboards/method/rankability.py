"""区分度: how much of what divides a group's scores is not chance (METHOD section 2); computed where places are drawn."""

from __future__ import annotations

POOR_BELOW = 0.5


def is_poor(rankability: float | None) -> bool:
    """Whether an order bears no places, so that what is said of it speaks of groups; undefined it says nothing."""
    return rankability is not None and rankability < POOR_BELOW
