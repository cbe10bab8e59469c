"""The plan's sources on a day and on the due day before it, beside those of the second implementation (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dashboards.method.work_plan import PlanFigure
from dashboards.results.day_reports import day_asked
from dashboards.results.plan_figures import PlanFigures
from dashboards.results.reading import Reading
from data.zone.periods import Month
from tests.oracle.work_plan import Figure

Days = dict[date, dict[str, Figure | None]]


def due_days(day: date) -> list[date]:
    """A day, and the last end of a quarter before it in its year."""
    ends = [date(day.year, *end) for end in ((3, 31), (6, 30), (9, 30))]
    return [day, *[end for end in ends if end < day][-1:]]


def expected_on(day: date, figures: Callable[[date], dict[str, Figure | None]]) -> Days:
    """What a second computation has on these days."""
    return {one: figures(one) for one in due_days(day)}


def told_on(reading: Reading, day: date, known_by: date, expected: Days) -> Days:
    """The product's figures of the same sources on the same days, all as the plan's report of ``day`` asks for them."""
    known = PlanFigures(reading, day_asked(reading, Month.of(day), day, known_by))
    return {one: {source: _plain(known(source, one)) for source in of_day} for one, of_day in expected.items()}


def _plain(figure: PlanFigure | None) -> Figure | None:
    """Over 0 is undefined, as what is not on record."""
    return None if figure is None or figure.denominator == 0 else (figure.numerator, figure.denominator)
