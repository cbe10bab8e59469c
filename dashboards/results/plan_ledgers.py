"""Figures of the work plan that the ledgers of hazards, supervision, tip-offs, warnings and disasters give (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np

from dashboards.method.columns import NO_MOMENT
from dashboards.method.disasters import DisastersStanding
from dashboards.method.tipoffs import TipoffsStanding
from dashboards.method.work_plan import PlanFigure
from dashboards.results import disasters, hazards, supervision, tipoffs
from dashboards.results.disasters import DisastersReport
from dashboards.results.hazards import HazardsReport
from dashboards.results.plan_day import PlanDay, Source, Sources, SourcesOfSectors, count, share
from dashboards.results.supervision import SupervisionReport
from dashboards.results.tipoffs import FoundCases, TipoffsReport
from data.schema.disasters import MEASURES
from data.zone.normal import compact
from data.zone.periods import Quarter

CRACKED_DOWN_ON = ("烟花爆竹", "危险化学品", "工贸")
"""The sectors in which the plan wants illegal production cracked down on (打非)."""


def _hazards(on: PlanDay) -> HazardsReport | None:
    """Those on record; None while no ledger tells of any."""
    found = hazards.fetch(on.reading, on.asked.period, as_of=on.day, known_by=on.asked.known_by)
    return None if found.latest is None else found


def _of_hazards(figure_of: Callable[[HazardsReport], PlanFigure]) -> Source:
    """A figure of the hazards as they stand."""

    def figure(on: PlanDay) -> PlanFigure | None:
        found = on.once(_hazards)
        return None if found is None else figure_of(found)

    return figure


def _with_level(found: HazardsReport) -> PlanFigure:
    major = found.whole.major.found
    return share(major - (found.levels[None].major.found if None in found.levels else 0), major)


@cache
def _crossed_off_in(sector: str) -> Source:
    """Of a sector's hazards of all grades the share that is crossed off."""

    def figure_of(found: HazardsReport) -> PlanFigure:
        own = found.sectors.get(found.zone.sector_names.get(compact(sector), ""))
        return share(0, 0) if own is None else share(own.all.crossed_off, own.all.found)

    return _of_hazards(figure_of)


def _supervision(on: PlanDay) -> SupervisionReport | None:
    """The findings that had been ordered; None while no ledger tells of any."""
    if not on.has_ledgers("supervision"):
        return None
    return supervision.fetch(on.reading, on.asked.period, as_of=on.day, known_by=on.asked.known_by)


def _methods_used(on: PlanDay) -> PlanFigure | None:
    found = on.once(_supervision)
    if found is None:
        return None
    own, began = found.findings.columns, on.zone.calendar.first_day(Quarter.of(on.month))
    return count(len(own.method.at(own.ordered_on >= began.toordinal()).present))


def _exposed(on: PlanDay) -> PlanFigure | None:
    found = on.once(_supervision)
    if found is None:
        return None
    own = found.findings.columns
    return count(int(np.count_nonzero(own.exposed & (own.ordered_on >= _new_year(on)))))


def _answered_in_time(on: PlanDay) -> PlanFigure | None:
    found = on.once(_supervision)
    return None if found is None else share(found.whole.answered_in_time, found.whole.due)


def _new_year(on: PlanDay) -> int:
    return date(on.day.year, 1, 1).toordinal()


def _cases_of_year(on: PlanDay) -> FoundCases | None:
    """The cases that were received since 1 January; None while no ledger tells of any case."""
    if not on.has_ledgers("tipoffs"):
        return None
    known = on.reading.once(tipoffs.counting, on.month, on.bound, None)
    return known.at(known.columns.received_by(on.day) & (known.columns.received_on >= _new_year(on)))


def _tipoffs(on: PlanDay) -> TipoffsReport:
    return tipoffs.fetch(on.reading, on.asked.period, as_of=on.day, known_by=on.asked.known_by)


def _of_type(name: str, figure_of: Callable[[TipoffsStanding], PlanFigure]) -> Source:
    """A figure of the cases of a type."""

    def figure(on: PlanDay) -> PlanFigure | None:
        if not on.has_ledgers("tipoffs"):
            return None
        return figure_of(on.once(_tipoffs).types[name])

    return figure


def _received(on: PlanDay) -> PlanFigure | None:
    cases = on.once(_cases_of_year)
    return None if cases is None else count(int(np.count_nonzero(cases.columns.type.among(["举报"]))))


def _sectors_cracked_down_on(on: PlanDay) -> PlanFigure | None:
    cases = on.once(_cases_of_year)
    if cases is None:
        return None
    wanted = {on.zone.sector_names.get(compact(name)) for name in CRACKED_DOWN_ON} - {None}
    hit = cases.at(cases.columns.type.among(["打非"]))
    return count(len(wanted.intersection(hit.told.coded_or_empty("sector", hit.places).present)))


def _mass_events(on: PlanDay) -> PlanFigure | None:
    """None while no ledger of the year is known."""
    of_year = disasters.of_the_year(on.reading, on.day, on.bound)
    return None if of_year.filed is None else count(len(of_year.mass))


def _disasters(on: PlanDay) -> DisastersReport | None:
    """None while no ledger tells of any."""
    found = disasters.fetch(on.reading, on.asked.period, as_of=on.day, known_by=on.asked.known_by)
    return found if found.filed else None


def _of_warnings(figure_of: Callable[[DisastersStanding], PlanFigure]) -> Source:
    """A figure of warnings and disasters as they stand."""

    def figure(on: PlanDay) -> PlanFigure | None:
        found = on.once(_disasters)
        return None if found is None else figure_of(found.standing)

    return figure


def _measures(on: PlanDay) -> PlanFigure | None:
    """Of all that was warned of by the day, and of what happened without a warning."""
    found = on.once(_disasters)
    if found is None:
        return None
    struck = found.struck.columns
    told = [*found.warnings.columns.measures.values(), *struck.at(struck.warned_at == NO_MOMENT).measures.values()]
    return count(sum(any(one in (measures or "") for one in MEASURES) for measures in told))


OF_LEDGERS: Sources = {
    "hazards.zone.major.crossed_off_rate": _of_hazards(
        lambda found: share(found.whole.major.crossed_off, found.whole.major.found)
    ),
    "hazards.zone.major.overdue": _of_hazards(lambda found: count(found.whole.major.overdue)),
    "hazards.zone.major.with_level.rate": _of_hazards(_with_level),
    "hazards.sectors.道路交通.all.crossed_off_rate": _crossed_off_in("道路交通"),
    "supervision.quarter.methods_used": _methods_used,
    "supervision.zone.exposed": _exposed,
    "supervision.zone.in_time_rate": _answered_in_time,
    "tipoffs.举报.received": _received,
    "tipoffs.举报.overdue": _of_type("举报", lambda one: count(one.overdue)),
    "tipoffs.举报.payment_rate": _of_type("举报", lambda one: share(one.paid, one.rewarded)),
    "tipoffs.失信惩戒.overdue": _of_type("失信惩戒", lambda one: count(one.overdue)),
    "tipoffs.打非.sectors": _sectors_cracked_down_on,
    "disasters.mass_events": _mass_events,
    "disasters.helped_rate": _of_warnings(lambda one: share(one.helped, one.in_need)),
    "disasters.closed_loop_rate": _of_warnings(lambda one: share(one.whole.fed_back, one.whole.warnings)),
    "disasters.answered_in_time_rate": _of_warnings(lambda one: share(one.answered_in_time, one.whole.called)),
    "disasters.measures": _measures,
}
OF_LEDGERS_BY_SECTOR: SourcesOfSectors = {"hazards.sectors.{}.all.crossed_off_rate": _crossed_off_in}
