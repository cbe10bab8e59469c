"""Front-line duty as of a day: each batch's coverage of the register, as command and documents take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from dashboards.method import frontline as method
from dashboards.method import register as register_method
from dashboards.method.frontline import Batch, BatchStanding, Coverage, DutyLedger, DutyTold
from dashboards.method.register import Register
from dashboards.results import register
from dashboards.results.day_ledgers import ledgers_read
from dashboards.results.day_reports import DayAsked, day_asked
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading, kept
from data.schema.frontline import frontline_duty
from data.zone.periods import Month, Period
from data.zone.schemes import FrontlineScheme, frontline_scheme
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class FrontlineReport:
    """The batches of front-line duty on a day, in the order in which they are due."""

    zone: Zone
    asked: DayAsked
    scheme: FrontlineScheme
    batches: tuple[BatchStanding, ...]


@kept
def fetch(
    reading: Reading, period: Period, *, as_of: date | None = None, known_by: date | None = None
) -> FrontlineReport:
    """Front-line duty as of a day of the period, for who sees all units."""
    zone = reading.zone
    asked = day_asked(reading, period, as_of, known_by)
    scheme = frontline_scheme(reading.connection, zone.code, asked.as_of, asked.bound)
    ledgers = _ledgers(reading.connection, zone, asked.month, asked.bound)
    on_day, counting = _on(reading, ledgers, asked.as_of, asked.bound)
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
                _on_due_day(reading, ledgers, batch, due, asked, scheme) if due <= asked.as_of else None,
            )
            for batch, due in method.due_days(scheme).items()
        ),
    )


def _on(
    reading: Reading, ledgers: list[DutyLedger], day: date, bound: datetime
) -> tuple[Register, Mapping[str, DutyTold]]:
    """The register on a day, and the rows that count then."""
    on_day = register_method.register_on(reading.once(register.lists, day.year, bound), day)
    return on_day, method.counting(ledgers, on_day, day)


def _on_due_day(
    reading: Reading, ledgers: list[DutyLedger], batch: Batch, due: date, asked: DayAsked, scheme: FrontlineScheme
) -> Coverage:
    """A batch's coverage as the report as of its due day gives it: no ledger of a later month is seen there."""
    month = str(reading.zone.calendar.month_of(due))
    then, counting = _on(reading, [one for one in ledgers if one.period <= month], due, asked.bound)
    return method.coverage(method.members(batch, then, scheme), counting, due)


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
