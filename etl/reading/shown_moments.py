"""Days and times of day: the number that counts one, and how a section of a number format shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from etl.reading.format_sections import TAIWAN, Section, Token
from etl.reading.numerals import counted, spelled, without_one_ten

_DAY_ZERO, _DAY_ZERO_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # a workbook's days have no zone
_LEAP_DAY_THAT_NEVER_WAS = 60
_MOST_DAYS = 2_958_466
_WEEKDAYS, _MONTHS = (
    "一二三四五六日",
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_YEARS_BEFORE_THE_REPUBLIC = 1911
_COUNTED = frozenset({"date", "span"})


def moment_of(number: float, *, from_1904: bool = False) -> datetime | None:
    """The day and time that a number counts; None where the calendar of workbooks has none."""
    if not 0 <= number < _MOST_DAYS:
        return None
    if from_1904:
        return _DAY_ZERO_OF_1904 + _span(number)
    missing = timedelta(days=1 if number < _LEAP_DAY_THAT_NEVER_WAS else 0)
    return _DAY_ZERO + missing + _span(number)


def counted_from(moment: date, *, from_1904: bool = False) -> float:
    """The number that counts a day and time."""
    at = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
    days = (at - (_DAY_ZERO_OF_1904 if from_1904 else _DAY_ZERO)) / timedelta(days=1)
    return days if from_1904 or days > _LEAP_DAY_THAT_NEVER_WAS else days - 1


def _span(number: float) -> timedelta:
    """Excel counts milliseconds; what is less is noise of computing."""
    return timedelta(milliseconds=round(number * 86_400_000))


def shown_moment(section: Section, moment: datetime, number: float) -> str:
    """A day and time as its section shows it; ``number`` is what spans count."""
    tokens = section.tokens
    if not any(token.kind == "digit" for token in tokens):
        # Where seconds are shown they are rounded, where they are not they are left out.
        ends = any(token.text.lower().startswith("s") for token in tokens if token.kind in _COUNTED)
        moment += timedelta(microseconds=500_000 if ends else 0)
    half_days = any(token.kind == "noon" for token in tokens)
    minutes = _minutes(tokens)
    written: list[str] = []
    for place, token in enumerate(tokens):
        match token.kind:
            case "date":
                written.append(_date_part(section, token, moment, half_days=half_days, is_minute=place in minutes))
            case "span":
                seconds = round(number * 86_400)
                unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
                written.append(str(seconds // unit).zfill(len(token.text)))
            case "noon":
                before, after = token.text.split("/")
                written.append(before if moment.hour < 12 else after)
            case "digit":
                written.append(str(moment.microsecond // 1000).zfill(3)[_digits_before(tokens, place)])
            case "general" | "@":
                pass
            case _:
                written.append(token.text)
    return "".join(written)


def _digits_before(tokens: Sequence[Token], place: int) -> int:
    """Which decimal of the seconds stands here; from the third on it is the third."""
    count = 0
    while place - count - 1 >= 0 and tokens[place - count - 1].kind == "digit":
        count += 1
    return min(count, 2)


def _date_part(section: Section, token: Token, moment: datetime, *, half_days: bool, is_minute: bool) -> str:
    text = token.text.lower()
    width = len(text)
    match text[0]:
        case "y" | "e":
            year = f"{moment.year % 100:02d}" if text[0] == "y" and width <= 2 else str(moment.year)
            if text[0] == "e" and section.locale == TAIWAN:
                year = str(moment.year - _YEARS_BEFORE_THE_REPUBLIC)
            return spelled(year, section.numerals) if section.numerals else year
        case "b":
            return str(moment.year + 543)[-2 if width == 2 else 0 :]
        case "a":
            return ("" if width == 3 else "星期") + _WEEKDAYS[moment.weekday()]
        case "d" if width >= 3:
            if section.chinese:
                return ("周" if width == 3 else "星期") + _WEEKDAYS[moment.weekday()]
            return _DAY_NAMES[moment.weekday()][: 3 if width == 3 else None]
        case "m" if width >= 3 and not is_minute:
            if section.chinese:
                return f"{moment.month}月" if width == 3 else without_one_ten(counted(str(moment.month), 1)) + "月"
            return (
                _MONTHS[moment.month - 1] if width == 3 else _MONTH_NAMES[moment.month - 1][: 1 if width == 5 else None]
            )
        case "g":
            return ""
    number = {
        "m": moment.minute if is_minute else moment.month,
        "d": moment.day,
        "h": (moment.hour % 12 or 12) if half_days else moment.hour,
        "s": moment.second,
    }[text[0]]
    if section.numerals:
        return without_one_ten(counted(str(number), section.numerals))
    return str(number).zfill(min(width, 2))


def _minutes(tokens: Sequence[Token]) -> list[int]:
    """The places of every ``m`` behind hours or before seconds."""
    parts = [(place, token.text[0].lower()) for place, token in enumerate(tokens) if token.kind in _COUNTED]
    letters = ["", *(letter for _, letter in parts), ""]
    around = zip(letters, parts, letters[2:], strict=False)
    return [place for before, (place, letter), after in around if letter == "m" and (before == "h" or after == "s")]
