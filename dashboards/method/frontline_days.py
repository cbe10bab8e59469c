"""Front-line duty on several days of one year at once, so that its way over the months costs little more than one day of it.

Each day's figures are those of ``frontline.coverage`` as of that day (METHOD section 5.2).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from dashboards.method.frontline import (
    BATCHES,
    Batch,
    Coverage,
    DutyLedger,
    DutyTold,
    counting,
    counting_of_period,
    members,
)
from dashboards.method.register import Listed, Register, register_on
from data.zone.schemes import FrontlineScheme

Concerns = Callable[[Listed], bool]
"""Whether an enterprise is one of those that are asked for."""


class DutyDay(NamedTuple):
    """A day, and the month of the last ledger that is seen on it (``2022-05``)."""

    day: date
    month: str


Coverages = dict[Batch, Coverage]


def over_days(
    lists: Sequence[Listed],
    ledgers: Sequence[DutyLedger],
    days: Sequence[DutyDay],
    scheme: FrontlineScheme,
    concerns: Concerns = lambda _listed: True,
) -> list[Coverages]:
    """Each batch's coverage on each of these days, which are in order; ``lists`` make the register on all of them.

    An enterprise whose rows are the same ones on all days is settled: what counts of it is only added to, ledger by ledger.
    The others move into the register, out of it or within it, and are looked at each day anew.
    """
    moving = _moving(lists, days)
    settled = register_on([one for one in lists if one.credit_code not in moving], days[0].day)
    of_settled = {batch: _codes(members(batch, settled, scheme), concerns) for batch in BATCHES}
    lists_of_moving = [one for one in lists if one.credit_code in moving]
    ledgers_of_moving = [_narrowed(one, moving) for one in ledgers]
    found = []
    for (day, month), told in zip(days, _told(ledgers, settled, days), strict=True):
        done = _complete(told, day)
        now = register_on(lists_of_moving, day)
        done_now = _complete(counting([one for one in ledgers_of_moving if one.period <= month], now, day), day)
        coverages: Coverages = {}
        for batch, codes in of_settled.items():
            codes_now = _codes(members(batch, now, scheme), concerns)
            complete = len(codes & done) + len(codes_now & done_now)
            coverages[batch] = Coverage(len(codes) + len(codes_now), complete)
        found.append(coverages)
    return found


def _moving(lists: Sequence[Listed], days: Sequence[DutyDay]) -> set[str]:
    """The enterprises of which a row speaks of some of the days and not of all of them."""
    first, last = days[0].day, days[-1].day
    return {
        one.credit_code
        for one in lists
        if (one.starts_on is not None and first < one.starts_on <= last)
        or (one.ends_on is not None and first <= one.ends_on < last)
    }


def _told(ledgers: Sequence[DutyLedger], register: Register, days: Sequence[DutyDay]) -> Iterator[dict[str, DutyTold]]:
    """What counts on each of the days; a ledger whose period is over speaks as a whole, and is read once."""
    waiting = sorted(ledgers, key=lambda one: one.period)
    by_period = [(period, list(of)) for period, of in groupby(waiting, key=lambda one: one.period)]
    whole: dict[str, DutyTold] = {}
    at = 0
    for day, month in days:
        while at < len(by_period) and all(one.until <= day for one in by_period[at][1]):
            whole |= counting_of_period(by_period[at][1], register, day)
            at += 1
        told = whole
        for period, of in by_period[at:]:
            if period <= month:
                told = told | counting_of_period(of, register, day)
        yield told


def _complete(told: dict[str, DutyTold], day: date) -> set[str]:
    return {code for code, row in told.items() if row.is_complete_on(day)}


def _codes(enterprises: Sequence[Listed], concerns: Concerns) -> set[str]:
    return {one.credit_code for one in enterprises if concerns(one)}


def _narrowed(ledger: DutyLedger, codes: Collection[str]) -> DutyLedger:
    return replace(ledger, rows=[row for row in ledger.rows if row.credit_code in codes])
