"""Places by one key alone, beside which the score's place can be seen (METHOD section 2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from dashboards.method.ranking import RankedUnit

SINGLE_KEYS = ("closed_loop_rate", "problem_rate", "inspections")


def places_by_key(units: Sequence[RankedUnit]) -> list[dict[str, int]]:
    """Of each scored unit its place among them by each key; undefined sorts below any number, as in the ranking's order."""
    by_key = {key: _places([_value(one, key) for one in units]) for key in SINGLE_KEYS}
    return [{key: places[row] for key, places in by_key.items()} for row in range(len(units))]


def _value(one: RankedUnit, key: str) -> Fraction:
    assert one.indicators is not None
    found = one.indicators[key]
    return Fraction(-1) if found is None else Fraction(found)


def _places(values: Sequence[Fraction]) -> list[int]:
    ascending = sorted(values)
    return [1 + len(values) - bisect_right(ascending, value) for value in values]


def differ_much(place: int, by_key: dict[str, int], of: int) -> bool:
    """Whether a unit's places differ by more than half the group, so that the table says so."""
    known = (place, *by_key.values())
    return 2 * (max(known) - min(known)) > of
