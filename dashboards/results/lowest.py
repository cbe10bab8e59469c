"""Who is named last in a group: one rule for every page and document that names somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards.results.ranking import RankedGroup, RankedRow

NotNamed = Literal["nobody_scored", "only_one", "all_tie", "thin_basis"]


@dataclass(frozen=True, slots=True)
class Lowest:
    """The units on the last place of a group that may be named so; without any, why nobody is."""

    rows: tuple[RankedRow, ...]
    why: NotNamed | None = None


def lowest(group: RankedGroup) -> Lowest:
    """The last of a group: nobody where one unit alone is ranked or all tie, nor over a thin basis (METHOD section 2)."""
    scored = with_score(group)
    if len(scored) < 2:
        return Lowest((), "only_one" if scored else "nobody_scored")
    last = at(scored, best=False)
    if len(last) == len(scored):
        return Lowest((), "all_tie")
    named = tuple(firm(last))
    return Lowest(named, None if named else "thin_basis")


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
