"""Figures of the work plan that the register gives: who is in it, who was inspected, and front-line duty (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import numpy as np
from sqlalchemy import Connection, func, or_, select

from dashboards.method.columns import Places
from dashboards.method.frontline import Batch, BatchStanding
from dashboards.method.register_columns import NOBODY
from dashboards.method.work_plan import PlanFigure
from dashboards.results import frontline
from dashboards.results.lists_read import ListsRead, lists_read, registers
from dashboards.results.plan_day import PlanDay, Source, Sources, SourcesOfSectors, count, share
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.rollup.registers import registers_in_force
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise
from data.store import listed
from data.zone.normal import compact
from data.zone.periods import Month
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class RowsMarked:
    """The rows of the lists, by workbook and row, that name a grade of standardisation (标准化等级), and that tell of a chief engineer."""

    graded: frozenset[tuple[int, int]]
    with_chief_engineer: frozenset[tuple[int, int]]


def _rows_marked(connection: Connection, zone: Zone, year: int, bound: datetime) -> RowsMarked:
    own = enterprise.c
    rows = connection.execute(
        select(own.submission, own.row, own.grade.is_not(None), own.chief_engineer).where(
            in_ledgers(enterprise), or_(own.grade.is_not(None), own.chief_engineer)
        ),
        {"zone": zone.code, "ledgers": listed(registers_in_force(connection, zone.code, year, bound))},
    ).all()
    return RowsMarked(
        frozenset((number, row) for number, row, graded, _chief in rows if graded),
        frozenset((number, row) for number, row, _graded, chief in rows if chief),
    )


def _first_inspections(
    connection: Connection, zone: Zone, year: int, last: Month, bound: datetime
) -> Mapping[str, date]:
    """Credit code → the day of its first inspection in a year, of those that ledgers up to a month tell of."""
    own, first = inspection.c, date(year, 1, 1)
    ledgers = submissions_in_force(
        connection, zone.code, "enforcement", known_by=bound, first=str(zone.calendar.month_of(first)), last=str(last)
    )
    rows = connection.execute(
        select(own.credit_code, func.min(own.inspected_on))
        .where(in_ledgers(inspection), own.credit_code.is_not(None), own.inspected_on >= first)
        .group_by(own.credit_code),
        {"zone": zone.code, "ledgers": listed(ledgers)},
    )
    return dict(map(tuple, rows))


@dataclass(frozen=True, slots=True)
class RegisterOn:
    """The register on a day: the rows that count by their places in the lists, an enterprise each."""

    read: ListsRead
    places: Places

    @property
    def high_risk(self) -> Places:
        """Those of enterprises of high risk."""
        found: Places = self.places[self.read.lists.flags("high_risk", self.places)]
        return found

    def of_sector(self, code: str) -> Places:
        """Those of a sector's enterprises."""
        found: Places = self.places[self.read.listed.sector.at(self.places).among([code])]
        return found

    def among(self, places: Places, rows: Collection[tuple[int, int]]) -> int:
        """How many of some rows are among others, by workbook and row."""
        return sum(key in rows for key in self.read.lists.row_keys(places)) if rows else 0


def _register(on: PlanDay) -> RegisterOn | None:
    """None while no list of enterprises is known."""
    read = on.reading.once(lists_read, on.reading.once(registers, on.day.year, on.bound))
    return RegisterOn(read, read.on(on.day)) if len(read.lists) else None


def _marked(on: PlanDay) -> RowsMarked:
    return on.reading.once(_rows_marked, on.day.year, on.bound)


def _without_department(on: PlanDay) -> PlanFigure | None:
    own = on.once(_register)
    return None if own is None else count(int(np.count_nonzero(own.read.listed.department[own.places] == NOBODY)))


def _standardised(on: PlanDay) -> PlanFigure | None:
    own = on.once(_register)
    return None if own is None else share(own.among(own.places, _marked(on).graded), len(own.places))


def _with_chief_engineer(on: PlanDay) -> PlanFigure | None:
    own = on.once(_register)
    if own is None:
        return None
    risky = own.high_risk
    return share(own.among(risky, _marked(on).with_chief_engineer), len(risky))


@cache
def _inspected(sector: str) -> Source:
    """Of a sector's enterprises the share that was inspected since 1 January, by whichever unit."""

    def figure(on: PlanDay) -> PlanFigure | None:
        own = on.once(_register)
        if own is None:
            return None
        first = on.reading.once(_first_inspections, on.day.year, on.of_report.month, on.bound)
        codes = own.read.lists.texts("credit_code", own.of_sector(on.zone.sector_names.get(compact(sector), "")))
        return share(sum(code in first and first[code] <= on.day for code in codes), len(codes))

    return figure


def _duty(on: PlanDay) -> Mapping[Batch, BatchStanding] | None:
    """Front-line duty, batch by batch; None while no list of enterprises is known."""
    found = frontline.fetch(on.reading, on.asked.period, as_of=on.day, known_by=on.asked.known_by)
    return {one.batch: one for one in found.batches} if found.any_list else None


def _of_batch(batch: Batch, figure_of: Callable[[BatchStanding], PlanFigure]) -> Source:
    """A figure of a batch of front-line duty."""

    def figure(on: PlanDay) -> PlanFigure | None:
        batches = on.once(_duty)
        return None if batches is None else figure_of(batches[batch])

    return figure


def _covered(batch: Batch) -> Source:
    """The share of a batch that is complete."""
    return _of_batch(batch, lambda one: share(one.coverage.complete, one.coverage.enterprises))


@cache
def _covered_in(sector: str) -> Source:
    """The same of a sector's enterprises."""

    def figure(on: PlanDay) -> PlanFigure | None:
        batches = on.once(_duty)
        if batches is None:
            return None
        own = batches["all"].sectors.get(on.zone.sector_names.get(compact(sector), ""))
        return share(0, 0) if own is None else share(own.complete, own.enterprises)

    return figure


def _has(document: str) -> Source:
    """Of all enterprises the share of which the row that counts says that a document is there."""

    def figure_of(one: BatchStanding) -> PlanFigure:
        whole = one.coverage.enterprises
        return share(whole - one.silent - one.lacking[document], whole)

    return _of_batch("all", figure_of)


OF_REGISTER: Sources = {
    "register.without_department": _without_department,
    "register.standardised.rate": _standardised,
    "register.high_risk.chief_engineer.rate": _with_chief_engineer,
    "register.inspection.sectors.城镇燃气.rate": _inspected("城镇燃气"),
    "register.inspection.sectors.危险化学品.rate": _inspected("危险化学品"),
    "frontline.pilot.coverage": _covered("pilot"),
    "frontline.key.coverage": _covered("key"),
    "frontline.all.coverage": _covered("all"),
    "frontline.all.duty_list.rate": _has("duty_list"),
    "frontline.all.response_card.rate": _has("response_card"),
    "frontline.all.sectors.危险化学品.coverage": _covered_in("危险化学品"),
}
OF_REGISTER_BY_SECTOR: SourcesOfSectors = {
    "register.inspection.sectors.{}.rate": _inspected,
    "frontline.all.sectors.{}.coverage": _covered_in,
}
