"""Who is named first and last of a printed group: of a publication by the rule by which live rankings name (METHOD section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.method.rankability import is_poor

SURE = 0.8
"""Who is last at least so likely is named alone."""
Row = Mapping[str, Any]


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
    scored = [row for row in group["rows"] if row["rank"] is not None and row["score"] is not None]
    first, last = (_at(scored, pick([row["rank"] for row in scored])) if scored else [] for pick in (min, max))
    if len(last) == len(scored):
        return NamedUnits(_codes(first))
    firm = _firm(last)
    if all(_chance_of_last(row) >= SURE for row in firm):
        return NamedUnits(_codes(first), _codes(firm))
    possible = _firm(_reaching_the_last(scored))
    return NamedUnits(_codes(first), (), _codes(possible) if len(possible) > 1 else ())


def _at(scored: Sequence[Row], rank: int) -> list[Row]:
    return [row for row in scored if row["rank"] == rank]


def _firm(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if "thin_basis" not in row["flags"]]


def _chance_of_last(row: Row) -> float:
    """Where nothing was drawn, what is observed stands."""
    drawn = row.get("chance")
    return 1.0 if drawn is None or drawn.get("last") is None else float(drawn["last"])


def _reaching_the_last(scored: Sequence[Row]) -> list[Row]:
    drawn = [row for row in scored if row.get("rank_interval") is not None]
    lowest = max((row["rank_interval"][1] for row in drawn), default=0)
    return [row for row in drawn if row["rank_interval"][1] == lowest]


def _codes(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row["unit"] for row in rows)
