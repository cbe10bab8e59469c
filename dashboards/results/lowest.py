"""Who is named first and last in a live group: the rule of ``dashboards.method.named``, with the rows that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.method import named
from dashboards.method.named import NotNamed, PlacedUnit
from dashboards.results.ranking import RankedGroup, RankedRow


@dataclass(frozen=True, slots=True)
class Lowest:
    """The units of a group that may be named last; without any, why nobody is (``named.NamedLast``)."""

    rows: tuple[RankedRow, ...]
    why: NotNamed | None = None
    sure: bool = True


def lowest(group: RankedGroup) -> Lowest:
    """The last of a group (METHOD section 2)."""
    scored = with_score(group)
    found = named.last_of(_placed(scored))
    return Lowest(tuple(_rows(scored, found.units)), found.why, found.sure)


def reaching(scored: Sequence[RankedRow], *, best: bool) -> list[RankedRow]:
    """Whose interval of places reaches the best or the last place that any of them reaches."""
    return _rows(scored, (one.unit for one in named.reaching(_placed(scored), best=best)))


def with_score(group: RankedGroup) -> list[RankedRow]:
    """The units of a group that have a score and a place."""
    return [row for row in group.rows if row.figures.score is not None and row.figures.rank is not None]


def at(scored: Sequence[RankedRow], *, best: bool) -> list[RankedRow]:
    """Who stands on the best or on the last place; several where they tie."""
    return _rows(scored, (one.unit for one in named.at(_placed(scored), best=best)))


def _placed(scored: Sequence[RankedRow]) -> list[PlacedUnit]:
    return [_one(row) for row in scored]


def _one(row: RankedRow) -> PlacedUnit:
    figures, place = row.figures, row.chance.place
    interval, last = (None, None) if place is None else ((place.low, place.high), place.last)
    return PlacedUnit(figures.unit, figures.rank or 0, "thin_basis" in figures.flags, interval, last)


def _rows(scored: Sequence[RankedRow], units: Iterable[str]) -> list[RankedRow]:
    wanted = set(units)
    return [row for row in scored if row.figures.unit in wanted]
