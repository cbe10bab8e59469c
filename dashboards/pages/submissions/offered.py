"""The months, quarters and years that the page offers, and which of each it shows first."""

from __future__ import annotations

from typing import TypeVar

from dashboards.components import asked_period
from dashboards.results.reading import Reading
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year

MONTHS_BACK = 24
YEARS_BACK = 10
P = TypeVar("P", Month, Quarter, Year)


def asked(text: str | None, reading: Reading) -> Period:
    """The period that the address names; the latest month due for anything else."""
    return asked_period.any_period(text, reading).period


def months(reading: Reading) -> list[Month]:
    """The present month and those before it, latest first."""
    return [reading.present_month.plus(-back) for back in range(MONTHS_BACK)]


def alike(period: Period, reading: Reading) -> list[Period]:
    """The periods of one frequency, latest first, the one that is shown among them."""
    every = months(reading)
    match period:
        case Month():
            return _with(period, every)
        case Quarter():
            return _with(period, [Quarter.of(month) for month in every])
        case Year():
            return _with(period, [Year(month.year) for month in every])


def _with(period: P, others: list[P]) -> list[Period]:
    return sorted({period, *others}, reverse=True)


def every(reading: Reading) -> list[Period]:
    """All periods that a workbook may be sent for; of past years the office sends sums and accidents."""
    recent = months(reading)
    quarters = dict.fromkeys(Quarter.of(month) for month in recent)
    return [*recent, *quarters, *(Year(recent[0].year - back) for back in range(YEARS_BACK))]


def frequencies(period: Period, reading: Reading) -> list[tuple[str, Period, bool]]:
    """Months, quarters, years: the words, the period that each begins with, and whether it is the one shown."""
    firsts: list[tuple[str, Period]] = [
        (_("Monthly reports"), reading.latest_due_month),
        (_("Quarterly reports"), reading.latest_due_quarter),
        (_("Yearly reports"), Year(period.year)),
    ]
    return [(words, first, type(first) is type(period)) for words, first in firsts]
