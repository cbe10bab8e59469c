"""Figures of the work plan that the quarterly scores and what is due for them give (METHOD sections 3 and 6)."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.method.work_plan import PlanFigure
from dashboards.results import quarter_basis, scores
from dashboards.results.plan_day import PlanDay, Source, Sources, count, share
from data.intake.filing import filings
from data.intake.publications import latest_of, published_periods
from data.rollup.in_force import submissions_in_force
from data.zone.normal import compact
from data.zone.periods import Quarter, Year, months_of

Speaker = tuple[str, str, str]
"""Quarter, ``unit`` or ``enterprise``, and the unit's code or the enterprise's name as compared."""


def _quarters(year: int) -> list[Quarter]:
    return sorted({Quarter.of(month) for month in months_of(Year(year))})


def _published(on: PlanDay) -> PlanFigure:
    periods = published_periods(on.reading.connection, on.zone.code, "scores", on.by_its_end)
    return count(len({str(quarter) for quarter in _quarters(on.day.year)}.intersection(periods)))


def _spoken(on: PlanDay) -> PlanFigure | None:
    """None while no quarter of the year is published: nobody has to speak yet."""
    connection, zone = on.reading.connection, on.zone
    quarters = [str(quarter) for quarter in _quarters(on.day.year)]
    published = latest_of(connection, zone.code, "scores", quarters, on.by_its_end)
    if not published:
        return None
    due = {
        _speaker(quarter, told.get("unit"), told.get("enterprise"))
        for quarter, one in published.items()
        for told in one.content["last_speakers"]
    }
    held = {
        _speaker(str(one.quarter), one.unit, one.enterprise)
        for one in on.speeches(connection, zone.code, on.bound)
        if one.held_on <= on.day
    }
    return share(len(due & held), len(due))


def _speaker(quarter: str, unit: str | None, enterprise: str | None) -> Speaker:
    return (quarter, "enterprise", compact(enterprise or "")) if unit is None else (quarter, "unit", unit)


def _vetoes(on: PlanDay) -> PlanFigure | None:
    """None while no accident ledger of the year is there: nobody can tell yet what is to be proposed."""
    year = on.day.year
    if not submissions_in_force(
        on.reading.connection,
        on.zone.code,
        "accidents",
        known_by=on.by_its_end,
        first=f"{year}-01",
        last=f"{year}-12",
    ):
        return None
    decided = list(_decided(on))
    return share(sum(decided), len(decided))


def _decided(on: PlanDay) -> Iterator[bool]:
    """Of each unit and quarter for which a veto was proposed by the day's end whether it was decided by then.

    As it stood in the system then: nobody could decide on what nobody knew yet.
    """
    begun = [quarter for quarter in _quarters(on.day.year) if on.zone.calendar.first_day(quarter) <= on.day]
    told = quarter_basis.told(on.reading, begun, on.by_its_end)
    for quarter in begun:
        happened = quarter_basis.happened(on.reading, quarter, on.by_its_end, on.day)
        for unit in on.zone.units_of(quarter):
            if scores.grounds(happened, unit.code):
                confirmed = scores.veto(told[quarter], unit.code) is not None
                yield confirmed or not scores.undecided(told[quarter], happened, unit.code)


def _last_due(on: PlanDay, kind: str) -> Quarter:
    """The last quarter whose deadline for a kind had passed on the day."""
    quarter = Quarter.of(on.month)
    while on.zone.due_day(kind, quarter, known_by=on.bound) >= on.day:
        quarter = Quarter.of(months_of(quarter)[0].plus(-1))
    return quarter


def _filed(kind: str) -> Source:
    """Of the units that file a kind the share that had by the day's end, of the last quarter whose deadline had passed."""

    def figure(on: PlanDay) -> PlanFigure | None:
        quarter = _last_due(on, kind)
        filed = filings(on.reading.connection, on.zone, kind, [quarter], on.by_its_end)
        if not filed and quarter.year < on.day.year:
            return None
        units = {unit.code for deadline, unit in on.zone.due(quarter) if deadline.kind == kind}
        return share(len(units.intersection(unit for unit, _quarter in filed)), len(units))

    return figure


OF_QUARTERS: Sources = {
    "scores.published_quarters": _published,
    "scores.last_speakers.spoken_rate": _spoken,
    "scores.vetoes.decided_rate": _vetoes,
    "submissions.self_assessment.rate": _filed("self_assessment"),
    "submissions.tasks.rate": _filed("tasks"),
}
