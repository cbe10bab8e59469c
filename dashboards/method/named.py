"""Who is named first and last of a group: the one rule of live rankings, of what is printed, and of publications (METHOD section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboards.method.rankability import is_poor

SURE = 0.8
"""Who is last at least so likely is named alone."""
NotNamed = Literal["nobody_scored", "only_one", "all_tie", "thin_basis", "not_sure"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A scored unit by code, with what the rule asks of it; ``interval`` of its places and ``last`` are None where nothing was drawn."""

    unit: str
    rank: int
    thin_basis: bool
    interval: tuple[int, int] | None = None
    last: float | None = None


@dataclass(frozen=True, slots=True)
class NamedLast:
    """The units that may be named last, by code; without any, why nobody is.

    ``sure``: whether they stand on the last place and are likely enough to; else they are all whose interval of places
    reaches it, two or more, and none of them is to be named alone.
    """

    units: tuple[str, ...]
    why: NotNamed | None = None
    sure: bool = True


def last_of(scored: Sequence[PlacedUnit]) -> NamedLast:
    """The last of a group.

    Nobody where one unit alone is scored or all tie, nor over a thin basis, nor one alone who is not likely enough to be.
    """
    if len(scored) < 2:
        return NamedLast((), "only_one" if scored else "nobody_scored")
    last = at(scored, best=False)
    if len(last) == len(scored):
        return NamedLast((), "all_tie")
    firm = _firm(last)
    if not firm:
        return NamedLast((), "thin_basis")
    if all(one.last is None or one.last >= SURE for one in firm):
        return NamedLast(_codes(firm))
    possible = _firm(reaching(scored, best=False))
    return NamedLast(_codes(possible), sure=False) if len(possible) > 1 else NamedLast((), "not_sure")


def at(scored: Sequence[PlacedUnit], *, best: bool) -> list[PlacedUnit]:
    """Who stands on the best or on the last place; several where they tie."""
    ranks = [one.rank for one in scored]
    end = (min if best else max)(ranks, default=0)
    return [one for one in scored if one.rank == end]


def reaching(scored: Sequence[PlacedUnit], *, best: bool) -> list[PlacedUnit]:
    """Whose interval of places reaches the best or the last place that any of them reaches."""
    ends = [(one, one.interval[0] if best else -one.interval[1]) for one in scored if one.interval is not None]
    best_end = min((end for _one, end in ends), default=0)
    return [one for one, end in ends if end == best_end]


def _firm(rows: Sequence[PlacedUnit]) -> list[PlacedUnit]:
    return [one for one in rows if not one.thin_basis]


def _codes(rows: Sequence[PlacedUnit]) -> tuple[str, ...]:
    return tuple(one.unit for one in rows)


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """Units by code; nobody is named where the order of the group bears no places, nor last of one or of all that tie.

    ``may_be_last``: in place of ``last``, two or more of whom none is likely enough to be last to be named alone.
    """

    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    may_be_last: tuple[str, ...] = ()


def named_of(group: Mapping[str, Any]) -> NamedUnits:
    """Of a group of a ranking or of a quarter's scores, as it is printed."""
    if is_poor(group.get("reliability", {}).get("rankability")):
        return NamedUnits()
    scored = [_placed(row) for row in group["rows"] if row["rank"] is not None and row["score"] is not None]
    first, named = _codes(at(scored, best=True)), last_of(scored)
    return NamedUnits(first, named.units) if named.sure else NamedUnits(first, (), named.units)


def _placed(row: Row) -> PlacedUnit:
    """A printed row; of a quarter's scores nothing is drawn."""
    interval, drawn = row.get("rank_interval"), row.get("chance") or {}
    return PlacedUnit(
        row["unit"],
        row["rank"],
        "thin_basis" in row["flags"],
        None if interval is None else (interval[0], interval[1]),
        drawn.get("last"),
    )
