"""A rule that is new warns for one period before it refuses, so that nobody is refused for what was right a month ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from data.zone.periods import Period, following
from data.zone.zone import Zone
from etl.table.problems import FROM_PERIOD, Problem


def as_of_the_period(problems: Iterable[Problem], zone: Zone, period: Period) -> Iterator[Problem]:
    """The problems that count for a workbook of the period: a rule not begun is silent, one just begun only warns."""
    for problem in problems:
        begun = zone.rule_starts.get(str(problem.parameters.get("rule", ""))) or zone.rule_starts.get(problem.code)
        if begun is None or not problem.is_error or zone.calendar.first_day(period) > zone.calendar.last_day(begun):
            yield problem
        elif zone.calendar.last_day(period) >= zone.calendar.first_day(begun):
            yield replace(problem, parameters={**problem.parameters, FROM_PERIOD: str(following(begun))})
