"""Days and months as offices write them (CONTRACT section 1): what is one day to everybody who reads it, and nothing by guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from data.zone.normal import has_marks, plain
from data.zone.periods import Month
from etl.table.cells import Checked, Wrong, is_empty, is_long, seen

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook's days have no zone
_HALF_A_SECOND = timedelta(milliseconds=500)
_SERIALS = range(29_221, 73_416)
"""Days of 1980 to 2100 as Excel counts them: what is left of a date whose format nobody knows (WPS leaves such), or of one
that was pasted as text."""
_YEARS = range(1980, 2101)
_LONGEST = 60
"""Characters of a day with its weekday and time."""
_SHORT_OF_MIDNIGHT = time(23, 59, 17)
"""Shanghai's clocks were 43 seconds off round hours until 1901: exports that count days from 1899 in local time lose them."""

_CHINESE_DIGITS = {character: digit for digit, characters in enumerate(
    ("〇零○", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for character in characters}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
_CHINESE_NUMBER = re.compile(f"[{''.join((*_CHINESE_DIGITS, *_TENS))}]+")

_WEEKDAY = re.compile(r"[ ,]?[ (\[]*(?:星期|周|礼拜)[一二三四五六日天][ )\]]*")
_AROUND_MARKS = re.compile(r" ?([-/.年月日号时点分秒]) ?")
_DASHES = re.compile(r"(?<=\d) ?[‐‑‒–—―−] ?(?=\d)")
_PART_OF_DAY = r"(?P<part>上午|中午|午后|下午|傍晚|晚上|晚|夜间|夜里|深夜|午夜|夜|凌晨|清晨|早晨|早上|早)"
_CLOCK = (
    r"(?<!\d)(?P<hour>\d{1,2})[:时点](?:(?P<minute>\d{1,2})(?:[:分](?:(?P<second>\d{1,2})(?:[.,]\d{1,9})?秒?)?)?)?(?P<half>[半整钟])?"
    r"\s*(?:(?P<noon>AM|PM)|(?P<zone>Z|[+-]\d\d(?::?\d\d)?))?"
)
_TIME = rf"(?:[T\s]*(?:约|大约)?\s*{_PART_OF_DAY}?(?:\s*(?:约|大约)?\s*{_CLOCK}|Z|[+-]\d\d:\d\d)?\s*(?:许|左右|前后)?)"
_BEFORE = r"(?:(?:之|以)?前(?:完成|整改完成|完成整改|整改完毕|整改到位)?)?"
_DAY = re.compile(
    r"(?:约|大约)?(?:"
    r"(?P<year>\d{4}|\d{2}|\d(?=\.))(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})|年(?P<month_>\d{1,2})月(?P<day_>\d{1,2}))[日号]?"
    r"|(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
    r"|(?P<month__>\d{1,2})月(?P<day__>\d{1,2})[日号]?"
    rf"){_TIME}{_BEFORE}"
)
_SERIAL_AS_TEXT = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH = re.compile(r"(?:(?P<y>(?:19|20)\d\d)[-/.年])?(?P<m>\d{1,2})月?份?|(?P<joined>(?:19|20)\d\d(?:0[1-9]|1[0-2]))")
_JANUARY_OR_OCTOBER = frozenset(year + 0.1 for year in _YEARS)
"""2022.10, typed as a number, is 2022.1 to the computer."""
_MONTH_ALONE = re.compile(r"(?:\d{4}[年\-/.])?\d{1,2}(?:月份?)?(?:初|上旬|中旬|下旬|底|末)?" + _BEFORE)
_ONE_OF_SEVERAL = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[日号]|\d{1,2}月\d{1,2}")


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day written without its year."""

    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """The day in that year; None for 29 February of an ordinary year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def day_in(zone: tzinfo) -> Callable[[Any], date | PartialDay | None]:
    """A date in any of the writings of CONTRACT, a moment with an offset as the day that it was in this time zone.

    Wrong('bad_date') otherwise, with what was understood.
    """

    def understand(cell: Any) -> date | PartialDay | None:
        cell = seen(cell)
        if isinstance(cell, datetime):
            return plausible(_day_of(cell, zone))
        if isinstance(cell, date):
            return plausible(cell)
        if is_empty(cell):
            return None
        if is_long(cell):
            raise Wrong("bad_date")
        if (serial := serial_of(cell)) is not None:
            return _day_of(serial, zone)
        written = ordinary(cell)
        if (serial := serial_of(written)) is not None:
            return _day_of(serial, zone)
        match = matched(written)
        found = day_said(match)
        return found if isinstance(found, PartialDay) else plausible(_at_its_time(found, match, zone))

    return understand


def serial_of(cell: Any) -> datetime | None:
    """The moment that a number counts as Excel does, a number pasted as text too; None where it counts none."""
    if isinstance(cell, str):
        match = _SERIAL_AS_TEXT.fullmatch(cell)
        cell = None if match is None else float(match[0])
    if not isinstance(cell, float | int) or not _SERIALS.start <= cell < _SERIALS.stop:
        return None
    return _DAY_ZERO + timedelta(days=cell)


def _day_of(moment: datetime, zone: tzinfo) -> date:
    local = (moment if moment.tzinfo is None else moment.astimezone(zone)) + _HALF_A_SECOND
    return local.date() + timedelta(days=local.time().replace(microsecond=0) == _SHORT_OF_MIDNIGHT)


def ordinary(cell: Any) -> str:
    """A day's writing in ASCII digits, with single blanks, without the weekday; Wrong where a mark would become a digit."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if has_marks(text):
        raise Wrong("bad_date")
    written = " ".join(plain(text).split())
    if len(written) > _LONGEST:
        raise Wrong("bad_date")
    written = _WEEKDAY.sub(" ", written, count=1)
    if not written.isascii():
        written = _CHINESE_NUMBER.sub(lambda number: _number(number[0]), written)
        written = _DASHES.sub("-", written)
    return _AROUND_MARKS.sub(r"\1", written).strip().rstrip(".。;")


def _number(chinese: str) -> str:
    """``二〇二二`` → 2022 digit by digit, ``三十一`` → 31, ``十`` → 10, ``廿三`` → 23."""
    ten = next((character for character in chinese if character in _TENS), None)
    if ten is None:
        return "".join(str(_CHINESE_DIGITS[character]) for character in chinese)
    before, _, after = chinese.partition(ten)
    if len(before) > 1 or len(after) > 1 or set(before + after) & set(_TENS):
        raise Wrong("bad_date")
    times = _CHINESE_DIGITS[before] if before else 1
    return str(times * _TENS[ten] + (_CHINESE_DIGITS[after] if after else 0))


def matched(written: str) -> re.Match[str]:
    """A day's writing taken apart; Wrong with the reason where it is none."""
    match = _DAY.fullmatch(written)
    if match is None:
        raise _no_day(written)
    return match


def day_said(match: re.Match[str]) -> date | PartialDay:
    """The day that a writing names; Wrong where its month has no such day."""
    year = match["year"] or match["y"]
    month = int(match["month"] or match["month_"] or match["month__"] or match["m"])
    day_of_month = int(match["day"] or match["day_"] or match["day__"] or match["d"])
    try:
        if not year:
            date(2000, month, day_of_month)
            return PartialDay(month, day_of_month)
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, day_of_month)
    except ValueError:
        raise Wrong("bad_date", reason="no_such_day", month=month, day=day_of_month) from None


def _at_its_time(found: date, match: re.Match[str], zone: tzinfo) -> date:
    """The day in the time zone, where the writing says a time with an offset."""
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["hour"] is None or hour > 23 or minute > 59 or second > 59:
        return found
    return _day_of(datetime.combine(found, time(hour, minute, second), offset(match["zone"])), zone)


def offset(written: str | None) -> tzinfo | None:
    """The time zone that a writing names; None where it names none."""
    if written is None:
        return None
    if written == "Z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[3:].lstrip(":") or 0)
    if hours > 14 or minutes > 59:
        raise Wrong("bad_date")
    return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _no_day(written: str) -> Wrong:
    """Why this is no day, as far as it was understood."""
    if not any(character.isdecimal() for character in written):
        return Wrong("bad_date", reason="no_digits")
    if "月" in written and _MONTH_ALONE.fullmatch(written):
        return Wrong("bad_date", reason="month_alone")
    if len(_ONE_OF_SEVERAL.findall(written)) > 1:
        return Wrong("bad_date", reason="several_days")
    return Wrong("bad_date")


def plausible(found: date) -> date:
    """The day, where it lies in the years of which anybody reports; else Wrong."""
    if found.year not in _YEARS:
        raise Wrong("bad_date", reason="implausible_year", year=found.year)
    return found


def with_years(
    checked: Checked[date | PartialDay], first: date, last: date, not_before: Sequence[date | None] | None = None
) -> Checked[date]:
    """Give days without a year the year in which they lie in the period (``first`` to ``last``), else that of its end.

    Where they would lie before ``not_before`` they are of the next year.
    """
    if PartialDay not in set(map(type, checked.values)):
        return checked  # type: ignore[return-value]  # there is no PartialDay among the values
    result: Checked[date] = Checked([], list(checked.problems))
    for index, found in enumerate(checked.values):
        if isinstance(found, PartialDay):
            whole = _in_its_year(found, first, last, not_before[index] if not_before is not None else None)
            if whole is None:
                parameters: dict[str, str | int] = {"reason": "no_such_day", "month": found.month, "day": found.day}
                result.problems.append((index, "bad_date", parameters))
            result.values.append(whole)
        else:
            result.values.append(found)
    return result


def _in_its_year(found: PartialDay, first: date, last: date, earliest: date | None) -> date | None:
    """A period that begins on 26 December has days of two years."""
    years = range(first.year, last.year + 1)
    if earliest is None:
        within = (day for year in years if (day := found.in_year(year)) is not None and first <= day <= last)
        return next(within, found.in_year(last.year))
    later = (day for year in (*years, last.year + 1) if (day := found.in_year(year)) is not None and day >= earliest)
    return next(later, found.in_year(last.year + 1))


def month(year: int) -> Callable[[Any], Month | None]:
    """A month of a table of the year: ``5``, ``5月``, ``2021-05``, ``2021年5月`` or a date; Wrong('bad_date') otherwise."""

    def understand(cell: Any) -> Month | None:
        cell = seen(cell)
        if isinstance(cell, date):
            return Month.of(plausible(cell.date() if isinstance(cell, datetime) else cell))
        if is_empty(cell):
            return None
        if is_long(cell):
            raise Wrong("bad_date", reason="no_month")
        if cell in _JANUARY_OR_OCTOBER:
            raise Wrong("bad_date", reason="january_or_october")
        match = _MONTH.fullmatch(ordinary(cell))
        if match is not None and match["joined"]:
            return Month(int(match["joined"][:4]), int(match["joined"][4:]))
        if match is None or not 1 <= int(match["m"]) <= 12:
            raise Wrong("bad_date", reason="no_month")
        return Month(int(match["y"] or year), int(match["m"]))

    return understand
