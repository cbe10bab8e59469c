"""Warnings and disasters as of a day: how warnings were called through and answered, and what disasters cost (METHOD section 5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median_high, median_low
from typing import NamedTuple

from data.schema.disasters import MEASURES
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
    def began_at(self) -> datetime | None:
        """When it was warned of, else when it happened."""
        return self.warned_at or self.happened_at

    @property
    def struck_at(self) -> datetime | None:
        """When it happened, else when it was warned of."""
        return self.happened_at or self.warned_at

    @property
    def deaths(self) -> int:
        """The dead and the missing."""
        return self.dead + self.missing


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


def counting(rows: Iterable[DisasterTold]) -> list[DisasterTold]:
    """The row that counts of each thing, whole, in the order of things: of several the last.

    Rows come by period, then receipt, then place on the sheet.
    """
    return [last for _thing, last in sorted({(row.unit, row.number_key): row for row in rows}.items())]


def standing(rows: Sequence[DisasterTold], end: datetime, scheme: DisastersScheme) -> DisastersStanding:
    """The figures of the rows that count at the end of a day (exclusive)."""
    warned = [row for row in rows if _by(row.warned_at, end)]
    struck = happened_by(rows, end)
    begun = [row for row in rows if _by(row.began_at, end)]
    whole = called(warned, end)
    seconds = sorted(_to_the_answer(row) for row in warned if _by(row.answered_at, end))
    in_time = sum(one <= scheme.answer_minutes * _PER_MINUTE for one in seconds)
    in_need, helped = sum(row.in_need for row in struck), sum(row.helped for row in struck)
    return DisastersStanding(
        whole=whole,
        units={unit: called([row for row in warned if row.unit == unit], end) for unit in _units(warned)},
        closed_loop_rate=_ratio(whole.fed_back, whole.warnings),
        median_minutes=Fraction(median_low(seconds) + median_high(seconds), 2 * _PER_MINUTE) if seconds else None,
        ninetieth_minutes=Fraction(_nearest_rank(seconds, _NINETY), _PER_MINUTE) if seconds else None,
        answered_in_time=in_time,
        answered_in_time_rate=_ratio(in_time, whole.called),
        measures={one: sum(one in (row.measures or "") for row in begun) for one in MEASURES},
        moved=sum(row.moved for row in struck),
        dead=sum(row.dead for row in struck),
        missing=sum(row.missing for row in struck),
        in_need=in_need,
        helped=helped,
        helped_rate=_ratio(helped, in_need),
        mass_disasters=len(mass_disasters(rows, end, scheme)),
    )


def mass_disasters(rows: Iterable[DisasterTold], end: datetime, scheme: DisastersScheme) -> list[DisasterTold]:
    """Those for which someone is responsible and that cost so many lives as the scheme has it, in the order of their time.

    Of one without a time of its own the warning's counts: who died is not out of sight for want of a cell.
    """
    found = [row for row in rows if row.responsible and row.deaths >= scheme.mass_deaths and _by(row.struck_at, end)]
    return sorted(found, key=lambda row: (row.struck_at, row.unit, row.number_key))


def in_year(rows: Iterable[DisasterTold], first: datetime) -> list[DisasterTold]:
    """Those that did not happen before a year began, whose first instant is given."""
    return [row for row in rows if row.struck_at is not None and row.struck_at >= first]


def happened_by(rows: Iterable[DisasterTold], end: datetime) -> list[DisasterTold]:
    """The disasters: what had happened at the end of a day, with a warning or without."""
    return [row for row in rows if _by(row.happened_at, end)]


def seconds_between(before: datetime, after: datetime) -> int:
    """From one moment to another: whole seconds are quickly compared, and are minutes only where they are shown."""
    return (after - before) // _SECOND


def _by(moment: datetime | None, end: datetime) -> bool:
    return moment is not None and moment < end


def called(warned: Sequence[DisasterTold], end: datetime) -> Called:
    """How far these warnings were called through at the end of a day."""
    return Called(
        warnings=len(warned),
        called=sum(_by(row.called_at, end) for row in warned),
        answered=sum(_by(row.answered_at, end) for row in warned),
        fed_back=sum(_by(row.fed_back_at, end) for row in warned),
    )


def _units(warned: Iterable[DisasterTold]) -> list[str]:
    return sorted({row.unit for row in warned})


def _to_the_answer(row: DisasterTold) -> int:
    assert row.answered_at is not None
    assert row.called_at is not None
    return seconds_between(row.called_at, row.answered_at)


def _nearest_rank(ordered: Sequence[int], share: Fraction) -> int:
    rank = -(-share * len(ordered) // 1)
    return ordered[int(rank) - 1]


def _ratio(upper: int, lower: int) -> Fraction | None:
    return Fraction(upper, lower) if lower else None
