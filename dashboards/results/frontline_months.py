"""How far each batch of front-line duty had come at the end of each month of a day's year, and at what pace it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dashboards.method.frontline import BATCHES, Batch, Coverage
from dashboards.method.frontline_days import over_days
from dashboards.results.day_reports import day_asked, months_over
from dashboards.results.duty_read import duty_read
from dashboards.results.reading import Reading, kept
from data.zone.periods import Period
from data.zone.schemes import FrontlineScheme, known_schemes

WEEKS = 4
"""Over how many weeks the pace is taken: monthly ledgers say little of a single one."""


@dataclass(frozen=True, slots=True)
class FrontlineMonths:
    """The last days of the months that are over, then the day itself, each with the batches' coverage as of then.

    All as known by the same day as the report, by the batches as the day's scheme has them. ``pace``: how many more were
    complete on the day than ``WEEKS`` weeks before, a week; None where that lies in the year before.
    """

    days: tuple[date, ...]
    coverages: tuple[Mapping[Batch, Coverage], ...]
    pace: Mapping[Batch, Fraction | None]


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> FrontlineMonths:
    """The year up to a day of the period; for a unit's account of the enterprises that concern it."""
    zone = reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    day = asked.as_of
    before = day - timedelta(weeks=WEEKS)
    shown = {*map(zone.calendar.last_day, months_over(zone, day)), day}
    looked_at = sorted({*shown, before} if before.year == day.year else shown)
    known = duty_read(reading, day.year, asked.month, asked.bound)
    scheme = reading.once(known_schemes, asked.bound).of_day(FrontlineScheme, day)
    coverages = over_days(known.listed, known.seen_by(reading.scope), known.duty, looked_at, scheme)
    found = dict(zip(looked_at, coverages, strict=True))
    pace = {batch: _pace(found[day][batch], found[before][batch]) if before in found else None for batch in BATCHES}
    days = tuple(sorted(shown))
    return FrontlineMonths(days, tuple(found[one] for one in days), pace)


def _pace(now: Coverage, before: Coverage) -> Fraction:
    return Fraction(now.complete - before.complete, WEEKS)
