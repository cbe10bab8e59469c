"""The calendar of 2022 as offices lived it: nobody inspects at Spring Festival, and the figures show it."""

from calendar import monthrange
from datetime import date, timedelta

YEAR = 2022
MONTHS = range(1, 10)

_REST = (
    (date(2022, 1, 1), date(2022, 1, 3)),
    (date(2022, 1, 31), date(2022, 2, 6)),
    (date(2022, 4, 3), date(2022, 4, 5)),
    (date(2022, 4, 30), date(2022, 5, 4)),
    (date(2022, 6, 3), date(2022, 6, 5)),
    (date(2022, 9, 10), date(2022, 9, 12)),
    (date(2022, 10, 1), date(2022, 10, 7)),
)
_SATURDAY = 5


def month_start(month: int) -> date:
    """The first day of the month."""
    return date(YEAR, month, 1)


def month_end(month: int) -> date:
    """The last day of the month."""
    return date(YEAR, month, monthrange(YEAR, month)[1])


def workdays(first: date, last: date) -> list[date]:
    """The days between both (inclusive) on which an inspector may be met."""
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < _SATURDAY and not _rests(day)]


def _rests(day: date) -> bool:
    return any(first <= day <= last for first, last in _REST)
