"""A month looked back on: what would have lifted a unit, and how many cases lie between neighbours (METHOD section 2).

Only closed cases change, or inspections up to the plan: never a penalty, a finding, or an inspection beyond the plan. All
else stays as observed, deductions and flags too; who scores 0 for having inspected nobody still does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dashboards.method.ranking import RankedUnit, order_key, points_for, score_of
from data.indicators.declaration import Number
from data.indicators.unit_month import UnitMonth
from data.zone.schemes import RankingScheme

Key = tuple[Fraction, ...]
"""What a unit is ranked by; the better sorts first."""
Rescored = Callable[[int], RankedUnit]
"""A unit as it would be scored with so many cases, or inspections, more."""


@dataclass(frozen=True, slots=True)
class Lift:
    """What would have been enough for a better place: how many due cases or planned inspections, the score and the place then."""

    indicator: str
    needed: int
    score: Decimal
    rank: int


def lifts(
    group: Sequence[RankedUnit], counts: Mapping[str, UnitMonth], scheme: RankingScheme
) -> dict[str, tuple[Lift, ...]]:
    """Of each scored unit of a ranked group, by its code: the least of each indicator that lifts it, fewest first."""
    keys = sorted(key for one in group if (key := order_key(one, scheme)) is not None)
    return {
        one.unit: tuple(sorted(_lifts(one, counts[one.unit], keys, scheme), key=lambda lift: lift.needed))
        for one in group
        if one.score is not None
    }


def _lifts(one: RankedUnit, counts: UnitMonth, keys: Sequence[Key], scheme: RankingScheme) -> list[Lift]:
    assert one.rank is not None
    if one.rank == 1:
        return []
    enough = keys[one.rank - 2]
    found = []
    for indicator, most, with_more in _may_change(one, counts, scheme):
        needed = _least(most, _reaches(with_more, enough, scheme))
        if needed is not None:
            lifted = with_more(needed)
            assert lifted.score is not None
            found.append(Lift(indicator, needed, lifted.score, bisect_left(keys, _key(lifted, scheme)) + 1))
    return found


def _reaches(with_more: Rescored, enough: Key, scheme: RankingScheme) -> Callable[[int], bool]:
    return lambda more: _key(with_more(more), scheme) <= enough


def _may_change(one: RankedUnit, counts: UnitMonth, scheme: RankingScheme) -> list[tuple[str, int, Rescored]]:
    """The indicators that are varied, each by how much at most, and how."""
    due, closed = _due_and_closed(one)
    planned = "completion" in scheme.indicators and "zero_enforcement" not in one.flags
    left = max((counts.plan or 0) - counts.sums.inspections, 0) if planned else 0
    return [
        ("closed_loop_rate", due - closed, _closing(one, scheme)),
        ("completion", left, _inspecting(one, counts, scheme)),
    ]


def margin(upper: RankedUnit, lower: RankedUnit, scheme: RankingScheme) -> int | None:
    """差几件: the least number of due cases of one of two neighbours, closed in time or not, that would put the lower one ahead.

    The other stays as it is; a tie is not ahead. None where no number would.
    """
    (_, lost), (due, closed) = _due_and_closed(upper), _due_and_closed(lower)
    above, below = _key(upper, scheme), _key(lower, scheme)
    losing, winning = _closing(upper, scheme), _closing(lower, scheme)
    fell = _least(lost, lambda cases: _key(losing(-cases), scheme) > below)
    rose = _least(due - closed, lambda cases: _key(winning(cases), scheme) < above)
    return min((cases for cases in (fell, rose) if cases is not None), default=None)


def _closing(one: RankedUnit, scheme: RankingScheme) -> Rescored:
    """How a scored unit would be scored with more of its due cases closed in time (negative: fewer)."""
    due, closed = _due_and_closed(one)
    varied = _varied(one, scheme, "closed_loop_rate")
    return lambda more: varied({"closed_cases": closed + more, "closed_loop_rate": Fraction(closed + more, due)})


def _inspecting(one: RankedUnit, counts: UnitMonth, scheme: RankingScheme) -> Rescored:
    """The same with more of its planned inspections done; what they would have found is not asked."""
    done, plan = counts.sums.inspections, counts.plan or 0
    varied = _varied(one, scheme, "completion")
    return lambda more: varied({"inspections": done + more, "completion": Fraction(done + more, plan)})


def _varied(one: RankedUnit, scheme: RankingScheme, key: str) -> Callable[[Mapping[str, Number]], RankedUnit]:
    """A unit scored anew with other figures, of which one indicator earns points: what the others earn is added up once."""
    figures, part = one.indicators, scheme.indicators.get(key)
    assert figures is not None
    kept = part is None or "zero_enforcement" in one.flags or not one.basis
    rest = sum((value for name, value in one.points.items() if value is not None and name != key), Fraction(0))
    basis, taken = Fraction(one.basis), Fraction(sum(one.deductions.values(), Decimal(0)))

    def changed(other: Mapping[str, Number]) -> RankedUnit:
        gained = None if part is None else points_for(other[key], part)
        score = one.score if kept else score_of(rest + (gained or 0), basis, taken)
        points = one.points if part is None else {**one.points, key: gained}
        return replace(one, indicators={**figures, **other}, points=points, score=score)

    return changed


def _due_and_closed(one: RankedUnit) -> tuple[int, int]:
    assert one.indicators is not None
    due, closed = (one.indicators[key] for key in ("due_cases", "closed_cases"))
    return int(due or 0), int(closed or 0)


def _key(one: RankedUnit, scheme: RankingScheme) -> Key:
    key = order_key(one, scheme)
    assert key is not None
    return key


def _least(most: int, enough: Callable[[int], bool]) -> int | None:
    """The least number from 1 to ``most`` that is enough, where every greater one is as well; None where none is."""
    found = bisect_left(range(1, most + 1), True, key=enough) + 1
    return found if found <= most else None
