"""Warnings and disasters as of a day: how warnings were called through and answered, and what disasters cost (METHOD section 5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median_high, median_low
from typing import Any, NamedTuple

import numpy as np

from dashboards.method.columns import (
    NO_MOMENT,
    Coded,
    Flags,
    Numbers,
    Places,
    SameByValue,
    coded,
    counts_by_part,
    moment_numbers,
)
from data.schema.disasters import MEASURES
from data.zone.moments import A_SECOND, moment_number
from data.zone.schemes import DisastersScheme

_SECOND, _PER_MINUTE = timedelta(seconds=1), 60
_NINETY = Fraction(9, 10)


class DisasterTold(NamedTuple):
    """What one row of a ledger told of a warning, a disaster, or both; moments are aware, ``measures`` joined by 、.

    ``period`` is the ledger's month, ``number_key`` with the unit what the row speaks of; ``submission`` and ``row`` say
    where it stands.
    """

    unit: str
    period: str
    submission: int
    row: int
    number: str
    number_key: str
    type: str
    territory: str
    happened_at: datetime | None
    warned_at: datetime | None
    called_at: datetime | None
    answered_at: datetime | None
    fed_back_at: datetime | None
    measures: str | None
    moved: int
    dead: int
    missing: int
    responsible: bool
    in_need: int
    helped: int

    @property
    def struck_at(self) -> datetime | None:
        """When it happened, else when it was warned of."""
        return self.happened_at or self.warned_at


@dataclass(frozen=True, slots=True)
class Called:
    """How far some warnings were called through."""

    warnings: int
    called: int
    answered: int
    fed_back: int


@dataclass(frozen=True, slots=True)
class DisastersStanding:
    """Warnings and disasters on a day; minutes and rates are None where there is nothing to tell them of.

    ``median_minutes`` and ``ninetieth_minutes`` of what was answered, ``answered_in_time`` of these; ``measures`` by 熔断
    measure; ``in_need`` and ``helped`` are what ``helped_rate`` is of.
    """

    whole: Called
    units: Mapping[str, Called]
    closed_loop_rate: Fraction | None
    median_minutes: Fraction | None
    ninetieth_minutes: Fraction | None
    answered_in_time: int
    answered_in_time_rate: Fraction | None
    measures: Mapping[str, int]
    moved: int
    dead: int
    missing: int
    in_need: int
    helped: int
    helped_rate: Fraction | None
    mass_disasters: int


@dataclass(frozen=True, slots=True, eq=False)
class DisasterColumns(SameByValue):
    """Warnings and disasters column by column, each as it was told last; moments by their numbers."""

    unit: Coded[str]
    type: Coded[str]
    territory: Coded[str]
    happened_at: Numbers
    warned_at: Numbers
    called_at: Numbers
    answered_at: Numbers
    fed_back_at: Numbers
    measures: Coded[str | None]
    moved: Numbers
    dead: Numbers
    missing: Numbers
    responsible: Flags
    in_need: Numbers
    helped: Numbers

    def __len__(self) -> int:
        return len(self.moved)

    def at(self, places: Places | Flags) -> DisasterColumns:
        """The same of some of them."""
        chosen: dict[str, Any] = {}
        for name in _COLUMNS:
            column = getattr(self, name)
            chosen[name] = column.at(places) if isinstance(column, Coded) else column[places]
        return DisasterColumns(**chosen)

    @property
    def began_at(self) -> Numbers:
        """When each was warned of, else when it happened."""
        return np.where(self.warned_at == NO_MOMENT, self.happened_at, self.warned_at)

    @property
    def struck_at(self) -> Numbers:
        """When each happened, else when it was warned of."""
        return np.where(self.happened_at == NO_MOMENT, self.warned_at, self.happened_at)

    def warned_by(self, end: datetime) -> Flags:
        """Of which a warning had been given before the end of a day."""
        return self.warned_at < moment_number(end)

    def happened_by(self, end: datetime) -> Flags:
        """The disasters: what had happened at the end of a day, with a warning or without."""
        return self.happened_at < moment_number(end)

    def since(self, first: datetime) -> Flags:
        """Those that did not happen before a moment; what has none of its own by its warning."""
        known: Flags = self.struck_at != NO_MOMENT
        return known & (self.struck_at >= moment_number(first))


_COLUMNS = tuple(DisasterColumns.__dataclass_fields__)


def columns_of(told: Iterable[DisasterTold]) -> DisasterColumns:
    """Some rows column by column."""
    rows = list(told)

    def moments(name: str) -> Numbers:
        return moment_numbers(getattr(row, name) for row in rows)

    def numbers(name: str) -> Numbers:
        return np.array([getattr(row, name) for row in rows], dtype=np.int64)

    return DisasterColumns(
        unit=coded(row.unit for row in rows),
        type=coded(row.type for row in rows),
        territory=coded(row.territory for row in rows),
        happened_at=moments("happened_at"),
        warned_at=moments("warned_at"),
        called_at=moments("called_at"),
        answered_at=moments("answered_at"),
        fed_back_at=moments("fed_back_at"),
        measures=coded(row.measures for row in rows),
        moved=numbers("moved"),
        dead=numbers("dead"),
        missing=numbers("missing"),
        responsible=numbers("responsible") != 0,
        in_need=numbers("in_need"),
        helped=numbers("helped"),
    )


def standing(rows: DisasterColumns, end: datetime, scheme: DisastersScheme) -> DisastersStanding:
    """The figures of the rows that count at the end of a day (exclusive)."""
    now = moment_number(end)
    warned, struck = rows.at(rows.warned_by(end)), rows.at(rows.happened_by(end))
    begun = rows.measures.at(rows.began_at < now)
    whole = called(warned, Coded(np.zeros(len(warned), dtype=np.int32), ("",)), end)[""]
    answered = warned.at(warned.answered_at < now)
    seconds = np.sort((answered.answered_at - answered.called_at) // A_SECOND).tolist()
    in_time = sum(one <= scheme.answer_minutes * _PER_MINUTE for one in seconds)
    in_need, helped = int(struck.in_need.sum()), int(struck.helped.sum())
    of_units = called(warned, warned.unit, end)
    return DisastersStanding(
        whole=whole,
        units={unit: of_units[unit] for unit in sorted(of_units) if of_units[unit].warnings},
        closed_loop_rate=_ratio(whole.fed_back, whole.warnings),
        median_minutes=Fraction(median_low(seconds) + median_high(seconds), 2 * _PER_MINUTE) if seconds else None,
        ninetieth_minutes=Fraction(_nearest_rank(seconds, _NINETY), _PER_MINUTE) if seconds else None,
        answered_in_time=in_time,
        answered_in_time_rate=_ratio(in_time, whole.called),
        measures={one: int(begun.among(name for name in begun.names if one in (name or "")).sum()) for one in MEASURES},
        moved=int(struck.moved.sum()),
        dead=int(struck.dead.sum()),
        missing=int(struck.missing.sum()),
        in_need=in_need,
        helped=helped,
        helped_rate=_ratio(helped, in_need),
        mass_disasters=int(mass_disasters(rows, end, scheme).sum()),
    )


def mass_disasters(rows: DisasterColumns, end: datetime, scheme: DisastersScheme) -> Flags:
    """Those for which someone is responsible and that cost so many lives as the scheme has it.

    Of one without a time of its own the warning's counts: who died is not out of sight for want of a cell.
    """
    found: Flags = rows.responsible & (rows.dead + rows.missing >= scheme.mass_deaths)
    return found & (rows.struck_at < moment_number(end))


def called(warned: DisasterColumns, part: Coded[str], end: datetime) -> dict[str, Called]:
    """How far the warnings of each part were called through at the end of a day, of all parts that there may be."""
    now, parts = moment_number(end), len(part.names)
    steps = [warned.called_at < now, warned.answered_at < now, warned.fed_back_at < now]
    every = np.bincount(part.codes, minlength=parts).tolist()
    counts = counts_by_part(part.codes, parts, steps).tolist()
    return {name: Called(number, *taken) for name, number, taken in zip(part.names, every, counts, strict=True)}


def seconds_between(before: datetime, after: datetime) -> int:
    """From one moment to another: whole seconds are quickly compared, and are minutes only where they are shown."""
    return (after - before) // _SECOND


def _nearest_rank(ordered: Sequence[int], share: Fraction) -> int:
    rank = -(-share * len(ordered) // 1)
    return ordered[int(rank) - 1]


def _ratio(upper: int, lower: int) -> Fraction | None:
    return Fraction(upper, lower) if lower else None
