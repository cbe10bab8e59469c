"""Front-line duty as of a day: each batch's coverage of the register, as command and documents take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from dashboards.method import frontline as method
from dashboards.method import register as register_method
from dashboards.method.frontline import (
    Batch,
    BatchStanding,
    Coverage,
    DutyLedger,
    DutyState,
    DutyTold,
)
from dashboards.method.frontline_days import Coverages, DutyDay, over_days
from dashboards.method.register import Listed, Register
from dashboards.results import register
from dashboards.results.day_ledgers import ledgers_read
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from data.schema.frontline import frontline_duty
from data.zone.periods import Month, Period
from data.zone.schemes import FrontlineScheme, frontline_scheme
from data.zone.zone import Unit, Zone


@dataclass(frozen=True, slots=True)
class EnterpriseDuty:
    """An enterprise of the register, the row that counts of it, and which unit's ledger of which month told that; None: nobody did."""

    listed: Listed
    state: DutyState
    told: DutyTold | None
    unit: str | None
    period: str | None

    @property
    def lacks(self) -> tuple[str, ...]:
        """The documents of which the row that counts says that they are not there."""
        return () if self.told is None else tuple(one for one in method.DOCUMENTS if not getattr(self.told, one))


@dataclass(frozen=True, slots=True)
class FrontlineReport:
    """The batches of front-line duty on a day, in the order in which they are due, and every enterprise, who lacks most first.

    ``members``: the codes of each batch's enterprises. ``own_unit``: whose enterprises alone it is of, for an account of that unit; None: all. ``any_list``: whether any list of
    enterprises is known. ``latest``: the month of the last ledger, for a unit's account of those that
    are its own or tell of its enterprises; None without any.
    """

    zone: Zone
    asked: DayAsked
    scheme: FrontlineScheme
    batches: tuple[BatchStanding, ...]
    duties: tuple[EnterpriseDuty, ...]
    members: Mapping[Batch, frozenset[str]]
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
    scheme = by or frontline_scheme(reading.connection, zone.code, asked.as_of, asked.bound)
    ledgers = ledgers_until(reading, asked)
    on_day, counting = _on(reading, ledgers, asked.as_of, asked.bound)
    on_due_days = _on_due_days(reading, ledgers, asked, scheme)
    return FrontlineReport(
        zone,
        asked,
        scheme,
        tuple(
            method.standing(
                batch,
                on_day,
                counting,
                asked.as_of,
                scheme,
                on_due_days.get(batch),
            )
            for batch in method.due_days(scheme)
        ),
        _in_order(_duties(on_day, counting, ledgers, asked.as_of), zone),
        {one: frozenset(each.credit_code for each in method.members(one, on_day, scheme)) for one in method.BATCHES},
        None if reading.scope.sees_all else zone.unit_by_code[reading.scope.unit or ""],
        any_list=bool(reading.once(register.lists, asked.as_of.year, asked.bound)),
        latest=_latest(reading, ledgers, counting),
    )


def _latest(reading: Reading, ledgers: Iterable[DutyLedger], told: Mapping[str, DutyTold]) -> Month | None:
    counting = {row.submission for row in told.values()}
    seen = (one for one in ledgers if reading.scope.sees(one.unit) or one.submission in counting)
    return max((Month.parse(one.period) for one in seen), default=None)


def concerns(reading: Reading, one: Listed) -> bool:
    """Whether whoever asks sees an enterprise: a unit's account those whose territory it is, or which it supervises."""
    return reading.scope.sees(one.territory) or (one.department is not None and reading.scope.sees(one.department))


def _duties(
    on_day: Register, told: Mapping[str, DutyTold], ledgers: Iterable[DutyLedger], day: date
) -> Iterator[EnterpriseDuty]:
    of = {one.submission: one for one in ledgers}
    for code, listed_as in on_day.enterprises.items():
        row = told.get(code)
        if row is None:
            yield EnterpriseDuty(listed_as, "silent", None, None, None)
        else:
            ledger = of[row.submission]
            yield EnterpriseDuty(listed_as, method.state(row, day), row, ledger.unit, ledger.period)


def _in_order(duties: Iterable[EnterpriseDuty], zone: Zone) -> tuple[EnterpriseDuty, ...]:
    """Of whom nobody told and who lacks something first, the complete last; then by territory and name."""
    states = {state: place for place, state in enumerate(method.DUTY_STATES)}
    towns = {unit.code: place for place, unit in enumerate(zone.units)}

    def place(one: EnterpriseDuty) -> tuple[int, int, str, str]:
        return states[one.state], towns[one.listed.territory], one.listed.name, one.listed.credit_code

    return tuple(sorted(duties, key=place))


def _on(
    reading: Reading, ledgers: list[DutyLedger], day: date, bound: datetime
) -> tuple[Register, Mapping[str, DutyTold]]:
    """The register on a day as far as whoever asks sees it, and the rows that count then."""
    on_day = register_method.register_on(reading.once(register.lists, day.year, bound), day)
    seen = {code: one for code, one in on_day.enterprises.items() if concerns(reading, one)}
    on_day = replace(on_day, enterprises=seen)
    return on_day, method.counting(ledgers, on_day, day)


def _on_due_days(
    reading: Reading, ledgers: list[DutyLedger], asked: DayAsked, scheme: FrontlineScheme
) -> dict[Batch, Coverage]:
    """The batches' coverage as the report as of their due days gives it, of those that are past: no ledger of a later month is seen."""
    past = {batch: due for batch, due in method.due_days(scheme).items() if due <= asked.as_of}
    found: dict[date, Coverages] = {}
    for year in {due.year for due in past.values()}:
        days = sorted({due for due in past.values() if due.year == year})
        lists = reading.once(register.lists, year, asked.bound)
        months = [DutyDay(day, str(reading.zone.calendar.month_of(day))) for day in days]
        found |= zip(days, over_days(lists, ledgers, months, scheme, partial(concerns, reading)), strict=True)
    return {batch: found[due][batch] for batch, due in past.items()}


def ledgers_until(reading: Reading, asked: DayAsked) -> list[DutyLedger]:
    """Every ledger up to the day's month, whoever sent it, as known by then."""
    return reading.once(_ledgers, asked.month, asked.bound)


def _ledgers(connection: Connection, zone: Zone, last: Month, bound: datetime) -> list[DutyLedger]:
    """Every ledger up to a month with its rows, as they were known."""
    columns = [frontline_duty.c[name] for name in DutyTold._fields]
    read = ledgers_read(connection, zone, "frontline", last, bound, frontline_duty, columns, DutyTold._make)
    return [
        DutyLedger(
            one.unit, str(one.period), zone.calendar.last_day(one.period), one.received_at, one.submission, one.rows
        )
        for one in read
    ]


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
