"""Moments as offices write them: a day as ``days`` reads it, and behind it the time of day where one is said (CONTRACT section 1).

By the zone's clocks and to the second. A moment without a time of day is a plain ``date``: what is held against it is held by the
day, and it counts from the day's beginning. So is one of midnight whose cell is a number, for nobody can tell the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from etl.table.cells import Checked, Wrong, seen
from etl.table.values import days
from etl.table.values.days import PartialDay, day_in

_NOON = 12
_HALF_AN_HOUR = 30
_HALF_A_SECOND = timedelta(milliseconds=500)
_AFTERNOON = frozenset({"下午", "午后", "傍晚"})
_EVENING = frozenset({"晚上", "晚", "夜间", "夜里", "深夜", "夜"})
_EVENINGS_HOURS = range(6, 12)
"""Of an evening: at 2 or at 12 in the night it is another day to some who write so, and none is guessed."""


@dataclass(frozen=True, slots=True)
class PartialMoment:
    """A moment written without its year."""

    day: PartialDay
    at: time


def moment_in(zone: tzinfo) -> Callable[[Any], date | PartialDay | PartialMoment | None]:
    """A day with its time (``datetime`` without a zone) in any of the writings of CONTRACT, by the clocks of this time zone.

    Wrong('bad_date') where the day cannot be read, or the time that stands behind it.
    """
    as_day = day_in(zone)

    def understand(cell: Any) -> date | PartialDay | PartialMoment | None:
        day = as_day(cell)
        if day is None:
            return None
        cell = seen(cell)
        counted = cell if isinstance(cell, datetime) else None
        if not isinstance(cell, date):
            written = days.ordinary(cell)
            counted = days.serial_of(cell) or days.serial_of(written)
            if counted is None:
                return _written(written, day, zone)
        return day if counted is None else _counted(counted, day, zone)

    return understand


def _counted(moment: datetime, day: date | PartialDay, zone: tzinfo) -> date | PartialDay:
    """What a spreadsheet counts, without the noise of computing; at midnight the day alone."""
    local = (moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)) + _HALF_A_SECOND
    at = local.time().replace(microsecond=0)
    return day if at == time() or local.date() != day else datetime.combine(local.date(), at)


def _written(written: str, day: date | PartialDay, zone: tzinfo) -> date | PartialDay | PartialMoment:
    match = days.matched(written)
    if match["hour"] is None:
        return day
    at = _time_said(match)
    if isinstance(day, PartialDay):
        return PartialMoment(day, at)
    said = days.day_said(match)
    assert isinstance(said, date)
    moment = datetime.combine(said, at, days.offset(match["zone"]))
    return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)


def _time_said(match: re.Match[str]) -> time:
    """The time of day by 24 hours; Wrong where it is none, or where it may be the one or the other."""
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["half"] == "半":
        minute = _HALF_AN_HOUR
    part = match["part"] or ""
    if match["noon"] is not None and hour <= _NOON:
        hour = hour % _NOON + (_NOON if match["noon"] == "PM" else 0)
    elif hour <= _NOON and part:
        hour = _by_24_hours(hour, part)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Wrong("bad_date", reason="time_of_day") from None


def _by_24_hours(hour: int, part: str) -> int:
    if part in _AFTERNOON:
        return hour + _NOON if hour < _NOON else hour
    if part == "中午":
        return hour + _NOON if hour in {1, 2} else hour
    if part in _EVENING and hour in _EVENINGS_HOURS:
        return hour + _NOON
    if part in _EVENING or part == "午夜" or (part == "凌晨" and hour == _NOON):
        raise Wrong("bad_date", reason="time_of_day")
    return hour


def with_years(
    checked: Checked[Any], first: date, last: date, not_before: Sequence[date | None] | None = None
) -> Checked[date]:
    """Give moments without a year theirs, as ``days.with_years`` gives it to days."""
    parts = [_parts(value) for value in checked.values]
    earliest = None if not_before is None else [None if one is None else day_of(one) for one in not_before]
    whole = days.with_years(Checked([day for day, _at in parts], checked.problems), first, last, earliest)
    values = [
        day if day is None or at is None else datetime.combine(day, at)
        for day, (_day, at) in zip(whole.values, parts, strict=True)
    ]
    return Checked(values, whole.problems)


def _parts(value: date | PartialDay | PartialMoment | None) -> tuple[date | PartialDay | None, time | None]:
    match value:
        case PartialMoment():
            return value.day, value.at
        case datetime():
            return value.date(), value.time()
        case _:
            return value, None


def day_of(moment: date) -> date:
    """The day of a moment, which may be a day alone."""
    return moment.date() if isinstance(moment, datetime) else moment


def lies_before(one: date, other: date) -> bool:
    """Whether a moment is earlier than another; of those of which one is a day alone, whether its day is."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one) < day_of(other)


def instant(moment: date | None, zone: tzinfo) -> datetime | None:
    """The moment as it is kept; a day alone as its beginning."""
    if moment is None:
        return None
    local = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return local.replace(tzinfo=zone)
