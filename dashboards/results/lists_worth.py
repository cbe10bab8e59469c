"""What the lists of past months were worth, each judged as it was issued by the inspections of its month (METHOD section 5.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.method.list_judged import Orders, all_together
from dashboards.results import list_judged
from dashboards.results.list_judged import Judged
from dashboards.results.reading import Reading, kept
from data.intake import issued_lists
from data.zone.periods import Month
from data.zone.zone import Zone

MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ListsCompared:
    """Lists as they were issued, with how many rows, beside the same enterprises in other orders."""

    rows: int
    orders: Orders


@dataclass(frozen=True, slots=True)
class MonthJudged:
    """The lists of a month, unit by unit, and all that whoever asks may see together."""

    month: Month
    units: Mapping[str, ListsCompared]
    whole: ListsCompared


@dataclass(frozen=True, slots=True)
class ListsWorth:
    """The months whose lists were issued and that are over, the latest first, at most a year of them."""

    zone: Zone
    months: tuple[MonthJudged, ...]


@kept
def fetch(reading: Reading) -> ListsWorth:
    """What each past list was worth, for whoever asks."""
    issued = map(Month.parse, issued_lists.months_issued(reading.connection, reading.zone.code))
    over = sorted((month for month in issued if month < reading.present_month), reverse=True)
    return ListsWorth(reading.zone, tuple(_month(reading, month) for month in over[:MOST_MONTHS]))


def _month(reading: Reading, month: Month) -> MonthJudged:
    lists = issued_lists.of_month(reading.connection, reading.zone.code, str(month))
    judged = () if lists is None else list_judged.of_issued(reading, lists).judged
    return MonthJudged(month, {one.of.unit or "": _compared([one]) for one in judged}, _compared(judged))


def _compared(judged: Sequence[Judged]) -> ListsCompared:
    return ListsCompared(sum(len(one.of.named) for one in judged), all_together([one.orders for one in judged]))
