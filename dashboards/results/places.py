"""How places changed over a year, and scores from one month to the next: what the rankings of single months say together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from dashboards.method.ranking import RankedUnit
from dashboards.results.frames import FLAGS, NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking, shown_flags
from data.zone.periods import Month
from data.zone.zone import Unit

if TYPE_CHECKING:
    from pandas import DataFrame

MONTHS_SHOWN = 12
LAYOUT = FrameLayout(
    (UNIT, PERIOD),
    (
        NAME,
        FrameColumn("rank", "Int64", "place", "place in the group; missing where the unit is not ranked"),
        FrameColumn("of", "Int64", "units", "how many of the group are ranked in the month"),
        FrameColumn("score", "Float64", "points, 0–100", "score of the month; missing where there is none"),
        FLAGS,
    ),
)


@dataclass(frozen=True, slots=True)
class MonthPlace:
    """Where a unit stands in one month among ``of`` ranked ones; rank and score are None where it has none, and ``flags`` say why."""

    month: Month
    rank: int | None
    of: int
    score: Decimal | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """One unit's places, month by month."""

    unit: Unit
    places: tuple[MonthPlace, ...]

    @property
    def ranked(self) -> list[MonthPlace]:
        """The months in which it has a place."""
        return [one for one in self.places if one.rank is not None]


@dataclass(frozen=True, slots=True)
class PlacesOfYear:
    """The places of a group in the months up to one; from the first in which anybody of it filed, twelve at most.

    ``rule_changed``: the last two months were scored by different schemes, so that their scores are not to be compared.
    """

    group: str
    months: tuple[Month, ...]
    units: tuple[UnitPlaces, ...]
    rule_changed: bool

    @property
    def ranks_anybody(self) -> bool:
        """Whether any unit has a place in any month."""
        return any(one.ranked for one in self.units)

    @property
    def until_ranked(self) -> PlacesOfYear:
        """The same without the last months in which nobody has a place yet."""
        ranked = {place.month for one in self.units for place in one.ranked}
        months = tuple(month for month in self.months if any(month <= later for later in ranked))
        units = tuple(replace(one, places=one.places[: len(months)]) for one in self.units)
        return replace(self, months=months, units=units)

    def frame(self) -> DataFrame:
        """One row a unit and month (``LAYOUT``)."""
        return LAYOUT.frame(
            {
                "unit": one.unit.code, "period": str(place.month), "name": one.unit.short_name, "rank": place.rank,
                "of": place.of, "score": place.score, "flags": " ".join(place.flags),
            }
            for one in self.units
            for place in one.places
        )  # fmt: skip


def of_year(ranking: Ranking, group: RankedGroup) -> PlacesOfYear:
    """The year up to the ranking's month; best units of that month first. Places are as the ranking's reader may see them."""
    known = [month for month in _months(ranking.month) if any(_filed(row.of_months.get(month)) for row in group.rows)]
    months = tuple(month for month in _months(ranking.month) if known and month >= known[0])
    units = tuple(UnitPlaces(row.unit, tuple(_place(row, month) for month in months)) for row in group.rows)
    return PlacesOfYear(group.group, months, units, ranking.rule_changed)


def _months(last: Month) -> Iterator[Month]:
    return (last.plus(-back) for back in range(MONTHS_SHOWN - 1, -1, -1))


def _filed(one: RankedUnit | None) -> bool:
    return one is not None and one.indicators is not None


def _place(row: RankedRow, month: Month) -> MonthPlace:
    one = row.of_months.get(month)
    if one is None:
        return MonthPlace(month, None, 0, None, ())
    return MonthPlace(month, one.rank, one.of, one.score, shown_flags(one.flags, row.undone_in.get(month)))


@dataclass(frozen=True, slots=True)
class Move:
    """A unit that has a score in both of two months."""

    unit: Unit
    before: MonthPlace
    now: MonthPlace

    @property
    def points(self) -> Decimal:
        """Points gained (negative: lost)."""
        return (self.now.score or Decimal(0)) - (self.before.score or Decimal(0))


def moves(year: PlacesOfYear) -> list[Move]:
    """Who has a score in the last month and in the one before it, by the score now; nobody where the rule changed between."""
    if len(year.months) < 2 or year.rule_changed:
        return []
    last_two = [(one.unit, one.places[-2], one.places[-1]) for one in year.units]
    return [Move(*one) for one in last_two if one[1].score is not None and one[2].score is not None]
