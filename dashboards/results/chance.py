"""How sure the places of a group are, and what would have moved them (METHOD section 2), as page, command and frame take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboards.method.ranking import RankedUnit
from dashboards.method.rates import RATES, Share, counted, wilson
from dashboards.method.rescored import Lift, lifts, margin
from dashboards.method.single_keys import places_by_key
from data.indicators.unit_month import State, UnitMonth
from data.zone.schemes import RankingScheme

if TYPE_CHECKING:  # numpy is loaded where places are drawn
    from dashboards.method.draws import PlaceChance, Reliability
    from dashboards.method.funnel import Funnel
    from dashboards.method.weights import KeptPlace

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RowChance:
    """Of one unit; what METHOD does not give it, or its reader may not see, is None.

    ``intervals``: the 95 % interval of each rate, None where the rate is undefined. ``told_apart`` and ``margin``: from the
    scored unit next below in the table.
    """

    place: PlaceChance | None = None
    weights: KeptPlace | None = None
    single_keys: Mapping[str, int] | None = None
    intervals: Mapping[str, Interval | None] | None = None
    to_next: tuple[Lift, ...] | None = None
    told_apart: bool | None = None
    margin: int | None = None


@dataclass(frozen=True, slots=True)
class GroupChance:
    """Of a group: how much its order bears, each unit by its code, and the funnels of those rates that five units have."""

    reliability: Reliability
    units: Mapping[str, RowChance]
    funnels: Mapping[str, Funnel] = field(default_factory=dict)


def of_group(
    ranked: Sequence[RankedUnit], counts: Mapping[str, UnitMonth], scheme: RankingScheme, period: str, group: str
) -> GroupChance:
    """Of a ranked group, best first, with what its indicators are made from: the same whatever the order of what was read."""
    from dashboards.method import draws, funnel, weights

    scored = _scored(ranked)
    row_of = {one.unit: row for row, one in enumerate(scored)}
    seed = draws.seed_of(scheme, period, group)
    scores = draws.drawn_scores(scored, counts, scheme, seed)
    chances, kept = draws.place_chances(scores), weights.kept_places(scored, scheme, seed)
    apart = {
        upper.unit: draws.told_apart(scores[row_of[upper.unit]], scores[row_of[lower.unit]])
        for upper, lower in _neighbours(ranked)
    }
    units = {
        unit: one
        if unit not in row_of
        else replace(one, place=chances[row_of[unit]], weights=kept[row_of[unit]], told_apart=apart.get(unit))
        for unit, one in counted_of_group(ranked, counts, scheme).items()
    }
    funnels = {key: found for key in RATES if (found := funnel.funnel(_counted(key, ranked, counts))) is not None}
    return GroupChance(draws.reliability(scored, scores), units, funnels)


def places_of_group(
    ranked: Sequence[RankedUnit], counts: Mapping[str, UnitMonth], scheme: RankingScheme, period: str, group: str
) -> dict[str, RowChance]:
    """Unit → how sure its place is, and nothing else of it: by this alone somebody is named first or last."""
    from dashboards.method import draws

    scored = _scored(ranked)
    scores = draws.drawn_scores(scored, counts, scheme, draws.seed_of(scheme, period, group))
    found = {one.unit: RowChance(place=place) for one, place in zip(scored, draws.place_chances(scores), strict=True)}
    return {one.unit: found.get(one.unit, RowChance()) for one in ranked}


def counted_of_group(
    ranked: Sequence[RankedUnit], counts: Mapping[str, UnitMonth], scheme: RankingScheme
) -> dict[str, RowChance]:
    """Unit → what of it is counted and not drawn: what would have moved its place, its places by single keys, its intervals."""
    scored = _scored(ranked)
    by_key, lifted = places_by_key(scored), lifts(ranked, counts, scheme)
    margins = {upper.unit: margin(upper, lower, scheme) for upper, lower in _neighbours(ranked)}
    units = {one.unit: RowChance(intervals=intervals(counts[one.unit])) for one in ranked}
    for row, one in enumerate(scored):
        units[one.unit] = replace(
            units[one.unit], single_keys=by_key[row], to_next=lifted[one.unit], margin=margins.get(one.unit)
        )
    return units


def _scored(ranked: Sequence[RankedUnit]) -> list[RankedUnit]:
    return sorted((one for one in ranked if one.score is not None), key=lambda one: one.unit)


def _neighbours(ranked: Sequence[RankedUnit]) -> Iterator[tuple[RankedUnit, RankedUnit]]:
    """Each scored unit with the one next below in the table."""
    return pairwise(one for one in ranked if one.score is not None)


def intervals(one: UnitMonth) -> dict[str, Interval | None] | None:
    """The 95 % interval of each of a unit's rates, 0–1; None of a unit that reported nothing."""
    if one.state is not State.REPORTED:
        return None
    return {key: None if (found := counted(key, one)) is None else wilson(found) for key in RATES}


def _counted(key: str, ranked: Iterable[RankedUnit], counts: Mapping[str, UnitMonth]) -> dict[str, Share]:
    return {one.unit: found for one in ranked if (found := counted(key, counts[one.unit])) is not None}
