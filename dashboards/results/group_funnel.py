"""Whose rate differs by more than chance: one rate of a group in a funnel, made of the ranking's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.method.funnel import Funnel, InFunnel
from dashboards.method.rates import RATES
from dashboards.results.frames import NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from dashboards.results.ranking import RankedGroup, Ranking
from data.zone.periods import Month
from data.zone.zone import Unit

if TYPE_CHECKING:
    from pandas import DataFrame

LAYOUT = FrameLayout(
    (UNIT, PERIOD),
    (
        NAME,
        FrameColumn("count", "Int64", "count", "what is counted, penalties capped at the inspections with problems"),
        FrameColumn("of", "Int64", "count", "among how many"),
        FrameColumn("inner_low", "Float64", "share, 0–1", "lower 95% limit of the funnel for so many"),
        FrameColumn("inner_high", "Float64", "share, 0–1", "upper 95% limit"),
        FrameColumn("outer_low", "Float64", "share, 0–1", "lower 99.8% limit"),
        FrameColumn("outer_high", "Float64", "share, 0–1", "upper 99.8% limit"),
    ),
)
FIRST = "closed_loop_rate"
"""The rate that is shown where nobody asks for another."""


@dataclass(frozen=True, slots=True)
class UnitInFunnel:
    """A unit that has the rate, and what chance allows of so many cases."""

    unit: Unit
    found: InFunnel

    @property
    def noticed(self) -> bool:
        """Whether it lies outside the 95 % limits and inside the others."""
        return not self.found.outside and not self.found.inner[0] <= self.found.rate <= self.found.inner[1]


@dataclass(frozen=True, slots=True)
class GroupFunnel:
    """One rate of a group: the units that have it, most cases first; ``funnel`` is None of fewer than five of them."""

    month: Month
    group: str
    rate: str
    funnel: Funnel | None
    units: tuple[UnitInFunnel, ...]
    others: tuple[Unit, ...]

    @property
    def outside(self) -> list[UnitInFunnel]:
        """Who lies outside the 99.8 % limits."""
        return [one for one in self.units if one.found.outside]

    @property
    def noticed(self) -> list[UnitInFunnel]:
        """Who lies between the limits."""
        return [one for one in self.units if one.noticed]

    def frame(self) -> DataFrame:
        """One row a unit (``LAYOUT``)."""
        return LAYOUT.frame(
            {
                "unit": one.unit.code, "period": str(self.month), "name": one.unit.short_name,
                "count": one.found.share.count, "of": one.found.share.of,
                **dict(zip(("inner_low", "inner_high", "outer_low", "outer_high"), (*one.found.inner, *one.found.outer), strict=True)),
            }
            for one in self.units
        )  # fmt: skip


def of_rate(ranking: Ranking, group: RankedGroup, rate: str) -> GroupFunnel:
    """What the ranking's month says of one rate of a group; nothing of it for who sees no places."""
    funnel = None if group.chance is None else group.chance.funnels.get(rate)
    inside = {} if funnel is None else funnel.units
    found = [UnitInFunnel(row.unit, inside[row.unit.code]) for row in group.rows if row.unit.code in inside]
    return GroupFunnel(
        month=ranking.month,
        group=group.group,
        rate=rate,
        funnel=funnel,
        units=tuple(sorted(found, key=lambda one: (-one.found.share.of, one.unit.code))),
        others=tuple(row.unit for row in group.rows if row.unit.code not in inside),
    )


def rate_asked(text: str | None) -> str:
    """A rate that has a funnel; the first for anything else."""
    return text if text in RATES else FIRST


def others_outside(ranking: Ranking, group: RankedGroup, rate: str) -> Sequence[GroupFunnel]:
    """The other rates of the group by which somebody lies outside."""
    found = [of_rate(ranking, group, one) for one in RATES if one != rate]
    return [one for one in found if one.outside]
