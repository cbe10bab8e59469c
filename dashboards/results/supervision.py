"""Supervision as of a day, for the zone, by supervised unit and by method, as command and documents take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.method import supervision as method
from dashboards.method.supervision import Finding, SupervisionStanding
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from dashboards.results.told_things import told_things
from data.schema.supervision import METHODS, supervision_finding
from data.zone.periods import Period


@dataclass(frozen=True, slots=True)
class SupervisionReport:
    """What was found and what became of it: in all, by unit in the zone's order, by method."""

    asked: DayAsked
    whole: SupervisionStanding
    units: Mapping[str, SupervisionStanding]
    methods: Mapping[str, SupervisionStanding]


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> SupervisionReport:
    """Supervision as of a day of the period, for who sees all units: each that there was on the day or was supervised."""
    zone, asked = reading.zone, day_asked(reading, period, as_of, known_by)
    day = asked.as_of
    rows = told_things(
        reading.connection, zone, "supervision", supervision_finding, asked, ["number_key"], Finding._fields
    )
    findings = [Finding(*row) for row in rows]
    supervised = {one.supervised for one in findings}
    listed = [unit.code for unit in zone.units if unit.lives_in(day, day) or unit.code in supervised]
    of_unit: dict[str, list[Finding]] = {code: [] for code in listed}
    of_method: dict[str, list[Finding]] = {one: [] for one in METHODS}
    for one in findings:
        of_unit[one.supervised].append(one)
        of_method[one.method].append(one)
    return SupervisionReport(
        asked=asked,
        whole=method.standing(findings, day),
        units={code: method.standing(own, day) for code, own in of_unit.items()},
        methods={name: method.standing(own, day) for name, own in of_method.items()},
    )


def as_dict(result: SupervisionReport) -> dict[str, Any]:
    """The report as CONTRACT prints it, the rate unrounded."""
    return {
        **result.asked.head("supervision"),
        "zone": _standing_as_dict(result.whole),
        "units": [{"unit": code, **_standing_as_dict(one)} for code, one in result.units.items()],
        "methods": [{"method": name, **_standing_as_dict(one)} for name, one in result.methods.items()],
    }


def _standing_as_dict(one: SupervisionStanding) -> dict[str, Any]:
    return {
        "ordered": one.ordered,
        "answered": one.answered,
        "due": one.due,
        "answered_in_time": one.answered_in_time,
        "in_time_rate": plain(one.in_time_rate),
        "overdue": one.overdue,
        "exposed": one.exposed,
        "closed": one.closed,
    }
