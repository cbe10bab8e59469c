"""The reports of what stands on a day, by name, as CONTRACT prints each (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dashboards.results import disasters, frontline, hazards, register, supervision, tipoffs, work_plan
from dashboards.results.reading import Reading
from data.zone.periods import Period


def day_report(
    reading: Reading, name: str, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> dict[str, Any]:
    """One of these reports as of a day of the period; for who sees all units."""
    return _REPORTS[name](reading, period, as_of, known_by)


_REPORTS: Mapping[str, Callable[[Reading, Period, date | None, date | None], dict[str, Any]]] = {
    "register": lambda reading, period, as_of, known_by: register.as_dict(
        register.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
    "frontline": lambda reading, period, as_of, known_by: frontline.as_dict(
        frontline.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
    "hazards": lambda reading, period, as_of, known_by: hazards.as_dict(
        hazards.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
    "plan": lambda reading, period, as_of, known_by: work_plan.as_dict(
        work_plan.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
    "supervision": lambda reading, period, as_of, known_by: supervision.as_dict(
        supervision.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
    "tipoffs": lambda reading, period, as_of, known_by: tipoffs.as_dict(
        tipoffs.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
    "disasters": lambda reading, period, as_of, known_by: disasters.as_dict(
        disasters.fetch(reading, period, as_of=as_of, known_by=known_by)
    ),
}
