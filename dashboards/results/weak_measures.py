"""Which of the ten measures is weakest in every unit: each mark as a share of its full mark, with the group's means beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from dashboards.results.frames import NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from dashboards.results.scores import ScoredGroup, Scores
from data.zone.periods import Quarter
from data.zone.schemes import Measure
from data.zone.zone import Unit

if TYPE_CHECKING:
    from pandas import DataFrame

LAYOUT = FrameLayout(
    (UNIT, PERIOD, FrameColumn("measure", "Int64", "", "number of the measure, 1–10")),
    (
        NAME,
        FrameColumn("measure_name", "string", "", "what the scheme calls it"),
        FrameColumn("score", "Float64", "points", "the mark that counts"),
        FrameColumn("full", "Float64", "points", "full mark"),
        FrameColumn("share", "Float64", "share, 0–1", "score ÷ full"),
    ),
)


@dataclass(frozen=True, slots=True)
class MeasureMark:
    """The mark that counts of one measure."""

    number: int
    name: str
    score: Decimal
    full: Decimal

    @property
    def share(self) -> Fraction:
        """Of the full mark."""
        return Fraction(self.score) / Fraction(self.full)


@dataclass(frozen=True)
class UnitMarks:
    """One unit's marks, in the order of the scheme."""

    unit: Unit
    marks: tuple[MeasureMark, ...]

    @cached_property
    def weakest(self) -> list[MeasureMark]:
        """The measures of the lowest share; none where all are equal."""
        shares = [one.share for one in self.marks]
        lowest = min(shares)
        return [one for one, share in zip(self.marks, shares, strict=True) if share == lowest < max(shares)]

    @cached_property
    def by_number(self) -> dict[int, MeasureMark]:
        """The marks by the numbers of their measures."""
        return {one.number: one for one in self.marks}

    @property
    def share(self) -> Fraction:
        """All marks together, of all full marks."""
        return sum_of(self.marks)


def sum_of(marks: Sequence[MeasureMark]) -> Fraction:
    """Marks together, as a share of their full marks."""
    score, full = sum((one.score for one in marks), Decimal(0)), sum((one.full for one in marks), Decimal(0))
    return Fraction(score) / Fraction(full)


@dataclass(frozen=True)
class WeakMeasures:
    """The marks of a group's units that have any; ``unmarked`` have none."""

    quarter: Quarter
    group: str
    measures: tuple[Measure, ...]
    units: tuple[UnitMarks, ...]
    unmarked: tuple[Unit, ...]

    @cached_property
    def means(self) -> dict[int, Fraction]:
        """Number of a measure → the mean share of its full mark, over the units with marks."""
        of_measure = {one.number: [] for one in self.measures}  # type: dict[int, list[MeasureMark]]
        for unit in self.units:
            for mark in unit.marks:
                of_measure[mark.number].append(mark)
        return {number: sum_of(marks) for number, marks in of_measure.items() if marks}

    @property
    def weakest_in(self) -> dict[int, list[Unit]]:
        """Number of a measure → the units in which it is the weakest, or one of those."""
        found: dict[int, list[Unit]] = {}
        for one in self.units:
            for mark in one.weakest:
                found.setdefault(mark.number, []).append(one.unit)
        return found

    def frame(self) -> DataFrame:
        """One row a unit and measure (``LAYOUT``)."""
        return LAYOUT.frame(
            {
                "unit": one.unit.code, "period": str(self.quarter), "measure": mark.number, "name": one.unit.short_name,
                "measure_name": mark.name, "score": mark.score, "full": mark.full, "share": mark.share,
            }
            for one in self.units
            for mark in one.marks
        )  # fmt: skip


def of_group(scores: Scores, group: ScoredGroup) -> WeakMeasures:
    """What the quarter's scores say of a group's measures."""
    marked = [row for row in group.rows if row.figures.components["ten_measures"] is not None]
    units = tuple(
        UnitMarks(
            row.unit, tuple(MeasureMark(one.number, one.name, one.score, one.full) for one in row.figures.measures)
        )
        for row in marked
    )
    unmarked = tuple(row.unit for row in group.rows if row not in marked)
    return WeakMeasures(scores.quarter, group.group, tuple(scores.scheme.measures), units, unmarked)
