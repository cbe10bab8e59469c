"""Figures of the work plan that the year's accidents give: the goals, and how each accident is followed to its close (METHOD section 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboards.method.casualties import breaks_the_goal, deaths_of, report_due
from dashboards.method.work_plan import PlanFigure
from dashboards.results import accident_record
from dashboards.results.accident_record import AccidentHistory
from dashboards.results.plan_day import PlanDay, Source, Sources, count, share
from data.zone.schemes import CasualtyScheme, known_schemes


@dataclass(frozen=True, slots=True)
class YearsAccidents:
    """Every accident of a day's year up to it, counted or not; ``due``: those whose investigation report is, each with its due day.

    ``cap`` is the zone's, None where none is known.
    """

    day: date
    every: tuple[AccidentHistory, ...]
    due: tuple[tuple[AccidentHistory, date], ...]
    cap: int | None

    def is_by(self, when: date | None) -> bool:
        """Whether something was done by the day."""
        return when is not None and when <= self.day


def _of_year(on: PlanDay) -> YearsAccidents | None:
    """None while no ledger of the year is known: nobody has told yet whether there was an accident."""
    reading, day, year = on.reading, on.day, on.day.year
    known = reading.once(accident_record.read, on.bound).as_of(day)
    if not any(month.year == year for month in known.ledgers):
        return None
    scheme = on.reading.once(known_schemes, on.bound).of_day(CasualtyScheme, day)
    every = [one for one in known.known if one.accident.happened_on.year == year and one.accident.happened_on <= day]
    reports = [(one, report_due(one.accident.happened_on, one.follow_up.extended_to, scheme)) for one in every]
    caps = accident_record.as_numbers(reading.once(accident_record.read_caps, year, on.bound), year, known)
    return YearsAccidents(
        day, tuple(every), tuple((one, due) for one, due in reports if due <= day), caps.numbers.get((None, None))
    )


def _counting(holds: Callable[[AccidentHistory, YearsAccidents], bool]) -> Source:
    """How many accidents of the year it holds of."""

    def figure(on: PlanDay) -> PlanFigure | None:
        of_year = on.once(_of_year)
        return None if of_year is None else count(sum(holds(one, of_year) for one in of_year.every))

    return figure


def _of_those_due(holds: Callable[[AccidentHistory, date, YearsAccidents], bool]) -> Source:
    """Of the accidents of the year whose investigation report is due the share of which it holds."""

    def figure(on: PlanDay) -> PlanFigure | None:
        of_year = on.once(_of_year)
        if of_year is None:
            return None
        return share(sum(holds(one, due, of_year) for one, due in of_year.due), len(of_year.due))

    return figure


def _progress(on: PlanDay) -> PlanFigure | None:
    of_year = on.once(_of_year)
    if of_year is None or of_year.cap is None:
        return None
    return share(deaths_of(one.accident for one in of_year.every), of_year.cap)


def _listed(on: PlanDay) -> PlanFigure | None:
    of_year = on.once(_of_year)
    if of_year is None:
        return None
    fatal = [one for one in of_year.every if one.accident.counted and one.accident.fatal]
    return share(sum(of_year.is_by(one.follow_up.supervised_on) for one in fatal), len(fatal))


OF_ACCIDENTS: Sources = {
    "casualties.zone.major_accidents": _counting(lambda one, _year: breaks_the_goal(one.accident)),
    "casualties.zone.progress": _progress,
    "casualties.zone.stability_incidents": _counting(lambda one, _year: one.accident.stability),
    "casualties.accidents.reported_in_time_rate": _of_those_due(
        lambda one, due, _year: one.follow_up.reported_on is not None and one.follow_up.reported_on <= due
    ),
    "casualties.accidents.double_checked_rate": _of_those_due(lambda one, _due, _year: one.follow_up.both_examined),
    "casualties.accidents.held_responsible_rate": _of_those_due(
        lambda one, _due, _year: (one.follow_up.held_responsible or 0) >= 1
    ),
    "casualties.accidents.listed_rate": _listed,
    "casualties.accidents.handed_over": _counting(lambda one, year: year.is_by(one.follow_up.transferred_on)),
    "casualties.accidents.closed_rate": _of_those_due(lambda one, _due, year: year.is_by(one.follow_up.closed_on)),
}
