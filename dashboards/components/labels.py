"""Labels beside lines: where several end near one height, they are moved apart so that each can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """Some words at a height of the chart, and the room they need, both in pixels from the bottom."""

    text: str
    at: float
    height: float


def apart(labels: Sequence[Label], *, top: float) -> list[float]:
    """Middles of the labels, in their order, moved as little as need be: none on another, none above the chart."""
    order = sorted(range(len(labels)), key=lambda index: -labels[index].at)
    placed: dict[int, float] = {}
    ceiling = top
    for index in order:
        one = labels[index]
        placed[index] = min(one.at, ceiling - one.height / 2)
        ceiling = placed[index] - one.height / 2
    floor = 0.0
    for index in reversed(order):
        one = labels[index]
        placed[index] = max(placed[index], floor + one.height / 2)
        floor = placed[index] + one.height / 2
    return [placed[index] for index in range(len(labels))]
