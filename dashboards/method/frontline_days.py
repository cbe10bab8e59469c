"""Front-line duty on several days of one year at once, so that its way over the months costs little more than one day of it.

Each day's figures are those of ``frontline_columns.duties_on`` that day (METHOD section 5.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from dashboards.method.columns import Flags, Places
from dashboards.method.frontline import BATCHES, Batch, Coverage
from dashboards.method.frontline_columns import Duties, DutyColumns, duties_on, members, territories
from dashboards.method.register_columns import NOBODY, RegisterColumns, entries_on
from data.zone.schemes import FrontlineScheme

Coverages = dict[Batch, Coverage]


def over_days(
    lists: RegisterColumns, seen: Flags, duty: DutyColumns, days: Sequence[date], scheme: FrontlineScheme
) -> list[Coverages]:
    """Each batch's coverage on each of these days, which are in order; ``lists`` make the register on all of them.

    ``seen``: of which rows of the lists is asked. An enterprise whose rows are the same ones on all days is settled: what counts of it
    is only added to, day by day. The others move into the register, out of it or within it, and are looked at each day anew.
    """
    moving = np.zeros(lists.enterprises, dtype=bool)
    moving[lists.enterprise[lists.moves_within(days[0], days[-1])]] = True
    listed, told = moving[lists.enterprise], np.append(moving, False)[duty.enterprise]
    others, others_seen, others_told = lists.at(listed), seen[listed], duty.at(told)
    of_settled = _settled(lists.at(~listed), seen[~listed], duty, days, scheme)
    return [
        _added(settled, duties_on(others, others_seen, others_told, day, scheme))
        for day, settled in zip(days, of_settled, strict=True)
    ]


def _settled(
    lists: RegisterColumns, seen: Flags, duty: DutyColumns, days: Sequence[date], scheme: FrontlineScheme
) -> Iterator[Coverages]:
    """The same of enterprises whose rows are the same ones on all days."""
    entries = entries_on(lists, days[0])
    ranks = duty.ranks(territories(lists, entries))
    own = np.flatnonzero(entries != NOBODY)
    own = own[seen[entries[own]]]
    register = lists.at(entries[own])
    of_batches = {batch: members(batch, register, scheme) for batch in BATCHES}
    last = np.full(lists.enterprises, NOBODY, dtype=np.int64)
    for day, rows in zip(days, _first_speaking(duty, days), strict=True):
        np.maximum.at(last, duty.enterprise[rows], ranks[rows])
        complete = np.append(duty.complete_on(day), False)[duty.ranked(last[own])]
        yield {batch: Coverage(int(flags.sum()), int((flags & complete).sum())) for batch, flags in of_batches.items()}


def _first_speaking(duty: DutyColumns, days: Sequence[date]) -> list[Places]:
    """Of each day the rows that tell of an enterprise and speak on it and on no day before."""
    ordinals = [day.toordinal() for day in days]
    first = np.where(duty.enterprise == NOBODY, len(days), np.searchsorted(ordinals, duty.speaks_from))
    order = np.argsort(first, kind="stable")
    ends = np.cumsum(np.bincount(first, minlength=len(days) + 1))
    return np.split(order, ends)[: len(days)]


def _added(settled: Coverages, moving: Duties) -> Coverages:
    added: Coverages = {}
    for batch, one in settled.items():
        flags = moving.members[batch]
        complete = int((flags & moving.complete).sum())
        added[batch] = Coverage(one.enterprises + int(flags.sum()), one.complete + complete)
    return added
