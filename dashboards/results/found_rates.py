"""Who inspects much and finds little: inspections and how many of them found a problem, beside the middle of the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

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
        FrameColumn("inspections", "Int64", "inspections", "inspections of the month, more than 0"),
        FrameColumn("problem_inspections", "Int64", "inspections", "those of them that found a hazard"),
        FrameColumn("problem_rate", "Float64", "share, 0–1", "the second ÷ the first"),
    ),
)


@dataclass(frozen=True, slots=True)
class FoundRate:
    """One unit that inspected in the month."""

    unit: Unit
    inspections: int
    problem_inspections: int

    @property
    def rate(self) -> Fraction:
        """Inspections with problems ÷ inspections."""
        return Fraction(self.problem_inspections, self.inspections)


@dataclass(frozen=True, slots=True)
class FoundRates:
    """The units of a group that inspected in a month, most first; ``others`` did not, or sent no ledger.

    The medians are of these units; None without any.
    """

    month: Month
    group: str
    units: tuple[FoundRate, ...]
    others: tuple[Unit, ...]
    median_inspections: Fraction | None
    median_rate: Fraction | None

    @property
    def much_and_little(self) -> list[FoundRate]:
        """Units above the median of inspections and below that of the rate."""
        many, rate = self.median_inspections, self.median_rate
        if many is None or rate is None:
            return []
        return [one for one in self.units if one.inspections > many and one.rate < rate]

    def frame(self) -> DataFrame:
        """One row a unit (``LAYOUT``)."""
        return LAYOUT.frame(
            {
                "unit": one.unit.code, "period": str(self.month), "name": one.unit.short_name,
                "inspections": one.inspections, "problem_inspections": one.problem_inspections, "problem_rate": one.rate,
            }
            for one in self.units
        )  # fmt: skip


def of_month(ranking: Ranking, group: RankedGroup) -> FoundRates:
    """What the ranking's month says of a group."""
    told = [(row.unit, row.counts.sums) for row in group.rows if row.figures.indicators is not None]
    found = [FoundRate(unit, sums.inspections, sums.problem_inspections) for unit, sums in told if sums.inspections]
    units = tuple(sorted(found, key=lambda one: (-one.inspections, one.rate, one.unit.code)))
    known = {one.unit.code for one in units}
    return FoundRates(
        month=ranking.month,
        group=group.group,
        units=units,
        others=tuple(row.unit for row in group.rows if row.unit.code not in known),
        median_inspections=median([Fraction(one.inspections) for one in units]),
        median_rate=median([one.rate for one in units]),
    )


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The middle one, or the mean of the middle two; None of nothing."""
    if not values:
        return None
    middle, ordered = len(values) // 2, sorted(values)
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
