"""Front-line duty as of a day: each batch's coverage of the register, as command and documents take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dashboards.method import frontline as method
from dashboards.method.columns import Flags, Places, SameByValue
from dashboards.method.frontline import Batch, BatchStanding, Coverage, DutyState, DutyTold
from dashboards.method.frontline_columns import Duties, duties_on, standing
from dashboards.method.frontline_days import Coverages, over_days
from dashboards.method.register import Listed
from dashboards.method.register_columns import NOBODY
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.duty_read import DutyRead, ToldBy, duty_read
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from data.zone.periods import Month, Period
from data.zone.schemes import FrontlineScheme, known_schemes
from data.zone.zone import Unit, Zone


@dataclass(frozen=True, slots=True)
class EnterpriseDuty:
    """An enterprise of the register, and the row that counts of it; None: nobody told of it."""

    listed: Listed
    state: DutyState
    told_by: ToldBy | None

    @property
    def told(self) -> DutyTold | None:
        """What the row says."""
        return None if self.told_by is None else self.told_by.told

    @property
    def unit(self) -> str | None:
        """Whose ledger it is of."""
        return None if self.told_by is None else self.told_by.book.unit

    @property
    def period(self) -> str | None:
        """Of which month."""
        return None if self.told_by is None else self.told_by.book.period

    @property
    def lacks(self) -> tuple[str, ...]:
        """The documents of which the row that counts says that they are not there."""
        return () if self.told is None else tuple(one for one in method.DOCUMENTS if not getattr(self.told, one))


@dataclass(frozen=True, slots=True, eq=False)
class ListedDuties(SameByValue):
    """Enterprises of the register on a day: column by column, and as rows where some are wanted; ``units`` are the zone's, in its order."""

    read: DutyRead
    columns: Duties
    units: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.columns.entry)

    def at(self, places: Places | Flags) -> ListedDuties:
        """Some of them."""
        return ListedDuties(self.read, self.columns.at(places), self.units)

    def in_order(self, start: int, end: int) -> ListedDuties:
        """Those from a place on up to another: of whom nobody told and who lacks something first, the complete last; then by territory and name.

        Names are compared of those alone that may be among them.
        """
        own, end = self.columns, min(end, len(self))
        if start >= end:
            return self.at(np.arange(0))
        territories = np.array([self.units.index(code) for code in self.read.units])[own.territory]
        keys = own.state.astype(np.int64) * len(self.units) + territories
        by_key = np.argsort(keys, kind="stable")
        ordered = keys[by_key]
        first, last = np.searchsorted(ordered, ordered[start]), np.searchsorted(ordered, ordered[end - 1], "right")
        near = by_key[first:last]
        named = zip(keys[near].tolist(), self.read.names_at(own.entry[near]), near.tolist(), strict=True)
        places = [place for _key, _name, place in sorted(named)]
        return self.at(np.array(places[start - first : end - first], dtype=np.intp))

    @property
    def rows(self) -> list[EnterpriseDuty]:
        """All of them one by one."""
        own, known = self.columns, self.columns.told != NOBODY
        told = self.read.told_at(own.told[known])
        return [
            EnterpriseDuty(listed, method.DUTY_STATES[state], next(told) if is_told else None)
            for listed, state, is_told in zip(
                self.read.listed_at(own.entry), own.state.tolist(), known.tolist(), strict=True
            )
        ]


@dataclass(frozen=True, slots=True)
class FrontlineReport:
    """The batches of front-line duty on a day, in the order in which they are due, and every enterprise, in no order.

    ``own_unit``: whose enterprises alone it is of, for an account of that unit; None: all. ``any_list``: whether any list of
    enterprises is known. ``latest``: the month of the last ledger, for a unit's account of those that
    are its own or tell of its enterprises; None without any.
    """

    zone: Zone
    asked: DayAsked
    scheme: FrontlineScheme
    batches: tuple[BatchStanding, ...]
    duties: ListedDuties
    own_unit: Unit | None
    any_list: bool
    latest: Month | None

    @property
    def due_next(self) -> BatchStanding:
        """The batch that is due next of those that lack something; else the last one past its day that does; else the last."""
        open_ones = [one for one in self.batches if one.coverage.enterprises and one.state != "done"]
        ahead = [one for one in open_ones if one.state != "overdue"]
        return next(iter([*ahead, *reversed(open_ones), self.batches[-1]]))


@kept
def fetch(
    reading: Reading,
    period: Period,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    by: FrontlineScheme | None = None,
) -> FrontlineReport:
    """Front-line duty as of a day of the period; for a unit's account of the enterprises that concern it.

    Those are the ones whose territory it is, or which it supervises. ``by``: another scheme than the one in force, to see what
    it would say.
    """
    zone = reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    day = asked.as_of
    scheme = by or reading.once(known_schemes, asked.bound).of_day(FrontlineScheme, day)
    known = duty_read(reading, day.year, asked.month, asked.bound)
    duties = duties_on(known.listed, known.seen_by(reading.scope), known.duty, day, scheme)
    on_due_days = _on_due_days(reading, asked, scheme)
    return FrontlineReport(
        zone,
        asked,
        scheme,
        tuple(
            standing(batch, duties, known.units, day, scheme, on_due_days.get(batch))
            for batch in method.due_days(scheme)
        ),
        ListedDuties(known, duties, tuple(unit.code for unit in zone.units)),
        None if reading.scope.sees_all else zone.unit_by_code[reading.scope.unit or ""],
        any_list=len(known.lists) > 0,
        latest=_latest(reading, known, duties),
    )


def _latest(reading: Reading, known: DutyRead, duties: Duties) -> Month | None:
    counting = set(np.unique(known.ledgers.book[duties.told[duties.told != NOBODY]]).tolist())
    seen = (
        book.period for at, book in enumerate(known.ledgers.books) if at in counting or reading.scope.sees(book.unit)
    )
    return max(map(Month.parse, seen), default=None)


def _on_due_days(reading: Reading, asked: DayAsked, scheme: FrontlineScheme) -> dict[Batch, Coverage]:
    """The batches' coverage as the report as of their due days gives it, of those that are past: no ledger of a later month is seen."""
    past = {batch: due for batch, due in method.due_days(scheme).items() if due <= asked.as_of}
    found: dict[date, Coverages] = {}
    for year in {due.year for due in past.values()}:
        days = sorted({due for due in past.values() if due.year == year})
        known = duty_read(reading, year, asked.month, asked.bound)
        coverages = over_days(known.listed, known.seen_by(reading.scope), known.duty, days, scheme)
        found |= zip(days, coverages, strict=True)
    return {batch: found[due][batch] for batch, due in past.items()}


def as_dict(result: FrontlineReport) -> dict[str, Any]:
    """The report as CONTRACT prints it: sectors by their Chinese names, ratios unrounded."""
    return {
        **result.asked.head("frontline"),
        "batches": [_batch_as_dict(result.zone, one) for one in result.batches],
    }


def _batch_as_dict(zone: Zone, one: BatchStanding) -> dict[str, Any]:
    sectors = sorted((zone.sectors[code], part) for code, part in one.sectors.items())
    return {
        "batch": one.batch,
        "due": one.due.isoformat(),
        **_coverage_as_dict(one.coverage),
        "on_due_day": plain(one.on_due_day),
        "needed_per_week": plain(one.needed_per_week),
        "state": one.state,
        "silent": one.silent,
        "lacking": dict(one.lacking),
        "towns": [{"unit": unit, **_coverage_as_dict(part)} for unit, part in one.towns.items()],
        "sectors": [{"sector": name, **_coverage_as_dict(part)} for name, part in sectors],
    }


def _coverage_as_dict(one: Coverage) -> dict[str, Any]:
    return {"enterprises": one.enterprises, "complete": one.complete, "coverage": plain(one.share)}
