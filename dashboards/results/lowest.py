"""Who is named last in a group: one rule for every page and document that names somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards.method.named import SURE
from dashboards.results.ranking import RankedGroup, RankedRow

NotNamed = Literal["nobody_scored", "only_one", "all_tie", "thin_basis", "not_sure"]


@dataclass(frozen=True, slots=True)
class Lowest:
    """The units of a group that may be named last; without any, why nobody is.

    ``sure``: whether they stand on the last place and are likely enough to; else they are all whose interval of places
    reaches it, two or more, and none of them is to be named alone.
    """

    rows: tuple[RankedRow, ...]
    why: NotNamed | None = None
    sure: bool = True


def lowest(group: RankedGroup) -> Lowest:
    """The last of a group (METHOD section 2).

    Nobody where one unit alone is ranked or all tie, nor over a thin basis, nor one alone who is not likely enough to be.
    """
    scored = with_score(group)
    if len(scored) < 2:
        return Lowest((), "only_one" if scored else "nobody_scored")
    last = at(scored, best=False)
    if len(last) == len(scored):
        return Lowest((), "all_tie")
    named = tuple(firm(last))
    if not named or _sure(named):
        return Lowest(named, None if named else "thin_basis")
    possible = tuple(firm(reaching(scored, best=False)))
    return Lowest(possible, sure=False) if len(possible) > 1 else Lowest((), "not_sure")


def _sure(rows: Sequence[RankedRow]) -> bool:
    """Whether each of the last is likely to be; where nothing was drawn, what is observed stands."""
    return all(row.chance.place is None or row.chance.place.last >= SURE for row in rows)


def reaching(scored: Sequence[RankedRow], *, best: bool) -> list[RankedRow]:
    """Whose interval of places reaches the best or the last place that any of them reaches."""
    places = [(row, row.chance.place) for row in scored]
    ends = [(row, place.low if best else -place.high) for row, place in places if place is not None]
    end = min((one for _row, one in ends), default=0)
    return [row for row, one in ends if one == end]


def with_score(group: RankedGroup) -> list[RankedRow]:
    """The units of a group that have a score and a place."""
    return [row for row in group.rows if row.figures.score is not None and row.figures.rank is not None]


def at(scored: Sequence[RankedRow], *, best: bool) -> list[RankedRow]:
    """Who stands on the best or on the last place; several where they tie."""
    ranks = [row.figures.rank or 0 for row in scored]
    return [row for row in scored if row.figures.rank == (min(ranks) if best else max(ranks))]


def firm(rows: Sequence[RankedRow]) -> list[RankedRow]:
    """Those of some units whose score rests on enough."""
    return [row for row in rows if "thin_basis" not in row.figures.flags]
