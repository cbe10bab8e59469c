"""The day of receipt against the period: one that has not begun is refused, one long gone or not over yet is pointed out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from data.zone.zone import Zone
from etl.checking.recognise import Recognised
from etl.table.problems import Problem


def not_begun(recognised: Recognised, zone: Zone, received_on: date) -> Iterator[Problem]:
    """``out_of_period`` where nothing can have happened yet of what is reported."""
    if recognised.period is None:
        return
    first = zone.calendar.first_day(recognised.period)
    if received_on < first:
        yield _about(
            recognised, "out_of_period", {"rule": "not_begun", "first": str(first), "received": str(received_on)}
        )


def of_another_time(recognised: Recognised, zone: Zone, received_on: date, rows: int) -> Iterator[Problem]:
    """Warnings: ``old_period`` more than a year after its end, ``early_zero`` where the period is not over yet."""
    assert recognised.period is not None
    last = zone.calendar.last_day(recognised.period)
    if received_on > _a_year_later(last):
        yield _about(recognised, "old_period", {"last": str(last), "received": str(received_on)})
    if not rows and received_on <= last:
        yield _about(recognised, "early_zero", {"last": str(last), "received": str(received_on)})


def _about(recognised: Recognised, code: str, parameters: dict[str, str | int]) -> Problem:
    """A problem of the period, at the label that names it."""
    place = recognised.period_from.place if recognised.period_from is not None else None
    sheet, cell = (place.sheet, place.cell) if place is not None else (None, None)
    return Problem(code, sheet, cell, None, str(recognised.period), parameters)


def _a_year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, monthrange(day.year + 1, day.month)[1]))
