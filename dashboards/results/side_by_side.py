"""Two months of one unit, or two units of one month, side by side: what of the difference of their scores each indicator makes.

Both sides are taken from the rankings of their months, as whoever asks may see them, and taken apart into the same steps
as there; so the differences of the steps add up to the difference of the scores, exactly as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dashboards.method.steps import REWEIGHTING, ZERO, steps
from dashboards.results import ranking
from dashboards.results.frames import NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from dashboards.results.ranking import RankedRow
from dashboards.results.reading import Reading
from data.indicators.declaration import Number, Ratio
from data.indicators.enforcement import INDICATOR_BY_KEY, INDICATORS
from data.zone.periods import Month
from data.zone.schemes import RankingScheme
from data.zone.zone import Unit

if TYPE_CHECKING:
    from pandas import DataFrame

LAYOUT = FrameLayout(
    (UNIT, PERIOD, FrameColumn("figure", "string", "", "key of an indicator")),
    (
        NAME,
        FrameColumn("value", "Float64", "as the indicator", "missing where it is undefined, or nothing was reported"),
        FrameColumn("upper", "Int64", "count", "of a rate, what is counted"),
        FrameColumn("lower", "Int64", "count", "of a rate, among how many"),
        FrameColumn("points", "Float64", "points", "of an indicator that scores, as printed"),
    ),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One unit in one month; ``row`` is None where the unit was none of the zone's then."""

    unit: Unit
    month: Month
    scheme: RankingScheme
    row: RankedRow | None

    @property
    def score(self) -> Decimal | None:
        """Its score; None where it has none."""
        return None if self.row is None else self.row.figures.score

    @property
    def reported(self) -> bool:
        """Whether there are figures of it."""
        return self.row is not None and self.row.figures.indicators is not None

    @property
    def steps(self) -> dict[str, Decimal]:
        """Step of the score → points; without a score none."""
        found: dict[str, Decimal] = {}
        for one in [] if self.row is None else steps(self.row.figures, self.scheme):
            found[one.key] = found.get(one.key, ZERO) + one.amount
        return found

    def value(self, key: str) -> Number | None:
        """An indicator; None where it is undefined, or nothing was reported."""
        figures = None if self.row is None else self.row.figures.indicators
        return None if figures is None else figures[key]

    def made_of(self, key: str) -> tuple[int, int] | None:
        """``15, 12``: of a rate, what is counted and among how many; None where it is undefined, or no rate."""
        rate = INDICATOR_BY_KEY[key].made_of
        if self.row is None or not isinstance(rate, Ratio) or self.value(key) is None:
            return None
        return rate.upper(self.row.counts), rate.lower(self.row.counts) or 0


@dataclass(frozen=True, slots=True)
class Cause:
    """What one thing makes of the difference of two scores.

    ``key``: a step of the score. ``uneven``: of the re-weighting, the indicators that are defined on one side alone;
    their own points and what sharing out their weight makes are one cause, for neither is there without the other.
    """

    key: str
    amount: Decimal
    uneven: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two sides; every difference is the left one's figure less the right one's. ``own_only``: no places are told."""

    left: Side
    right: Side
    own_only: bool

    @property
    def of_months(self) -> bool:
        """Whether it is two months of one unit; else it is two units of one month."""
        return self.left.month != self.right.month

    @property
    def months(self) -> list[Month]:
        """The months of both sides, each once."""
        return list(dict.fromkeys((self.left.month, self.right.month)))

    @property
    def rule_changed(self) -> bool:
        """Whether the sides are scored by different schemes, so that points are not to be compared."""
        return self.left.scheme.sha256 != self.right.scheme.sha256

    @property
    def difference(self) -> Decimal | None:
        """Of the scores; None where one is missing or they are not to be compared."""
        if self.rule_changed or self.left.score is None or self.right.score is None:
            return None
        return self.left.score - self.right.score

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What makes the difference of the scores, in the order of the score's steps; without a difference nothing."""
        if self.difference is None or self.left.row is None or self.right.row is None:
            return ()
        uneven = tuple(key for key in self.left.scheme.indicators if self._defined(key) == 1)
        return causes(self.left.steps, self.right.steps, uneven)

    def _defined(self, key: str) -> int:
        return sum(_scores(side, key) for side in (self.left, self.right))

    @property
    def scored(self) -> list[str]:
        """Keys of the indicators that score on either side, in the order of the schemes."""
        return list(dict.fromkeys([*self.left.scheme.indicators, *self.right.scheme.indicators]))

    def value_difference(self, key: str) -> Number | None:
        """An indicator on the left less that on the right; None where either is undefined."""
        left, right = self.left.value(key), self.right.value(key)
        return None if left is None or right is None else left - right  # type: ignore[operator]  # both are of one kind

    def points_difference(self, key: str) -> Decimal | None:
        """Points of a step on the left less those on the right; None where the scores are not compared or neither has it."""
        left, right = self.left.steps, self.right.steps
        if self.difference is None or key not in {*left, *right}:
            return None
        return left.get(key, ZERO) - right.get(key, ZERO)

    def frame(self) -> DataFrame:
        """One row a side and indicator (``LAYOUT``)."""
        return LAYOUT.frame(
            {
                "unit": side.unit.code, "period": str(side.month), "figure": one.key, "name": side.unit.short_name,
                "value": side.value(one.key), "points": side.steps.get(one.key) if one.scored else None,
                **dict(zip(("upper", "lower"), side.made_of(one.key) or (None, None), strict=True)),
            }
            for side in (self.left, self.right)
            for one in INDICATORS
        )  # fmt: skip


def _scores(side: Side, key: str) -> bool:
    return side.row is not None and side.row.figures.points.get(key) is not None


def causes(left: Mapping[str, Decimal], right: Mapping[str, Decimal], uneven: tuple[str, ...]) -> tuple[Cause, ...]:
    """The steps of two scores less each other; their sum is the difference of the scores."""
    differences = {key: left.get(key, ZERO) - right.get(key, ZERO) for key in {**left, **right}}
    apart = [Cause(key, amount) for key, amount in differences.items() if key not in {*uneven, REWEIGHTING}]
    if not uneven and REWEIGHTING not in differences:
        return tuple(apart)
    shared = sum((differences.get(key, ZERO) for key in (*uneven, REWEIGHTING)), ZERO)
    return (*apart, Cause(REWEIGHTING, shared, uneven))


class NotSeen(LookupError):
    """One of the sides is of a unit that whoever asks does not see."""


def fetch(reading: Reading, left: tuple[str, Month], right: tuple[str, Month]) -> SideBySide:
    """Two sides, each a unit's code and a month. NotSeen where the scope does not see one; KeyError for a code of nobody."""
    if not all(reading.scope.sees(unit) for unit, _month in (left, right)):
        raise NotSeen
    return SideBySide(_side(reading, *left), _side(reading, *right), own_only=not reading.scope.sees_all)


def _side(reading: Reading, code: str, month: Month) -> Side:
    unit = reading.zone.unit_by_code[code]
    ranked = ranking.fetch(reading, month)
    row = next((row for row in ranked.group(unit.group).rows if row.unit.code == code), None)
    return Side(unit, month, ranked.scheme, row)
