"""Front-line duty as columns: which row counts of each enterprise on a day, and how the enterprises stand (METHOD section 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboards.method.columns import NEVER, Coded, Flags, Numbers, Places, SameByValue
from dashboards.method.frontline import (
    BATCHES,
    DOCUMENTS,
    DUTY_STATES,
    Batch,
    BatchStanding,
    Coverage,
    batch_state,
    due_days,
    needed_per_week,
)
from dashboards.method.register_columns import NOBODY, RegisterColumns, entries_on
from data.zone.schemes import FrontlineScheme


@dataclass(frozen=True, slots=True, eq=False)
class DutyColumns(SameByValue):
    """Rows of ledgers in the order of their period, then of receipt, then as they stand.

    ``enterprise``: of which enterprise of the lists each tells, NOBODY: of none of them. ``unit``: who told, as lists number units.
    ``period``: the place of its period among all, which ``begins`` on a day and lasts ``until`` one.
    """

    enterprise: Numbers
    unit: Numbers
    period: Numbers
    begins: Numbers
    until: Numbers
    documents: Mapping[str, Flags]
    completed_on: Numbers

    def at(self, places: Places | Flags) -> DutyColumns:
        """The same of some of the rows."""
        return DutyColumns(
            self.enterprise[places],
            self.unit[places],
            self.period[places],
            self.begins[places],
            self.until[places],
            {name: flags[places] for name, flags in self.documents.items()},
            self.completed_on[places],
        )

    @property
    def has_all(self) -> Flags:
        """Which tell that all four documents are there, be it from a later day on."""
        flags: Flags = np.logical_and.reduce([self.documents[one] for one in DOCUMENTS])
        return flags

    def complete_on(self, day: date) -> Flags:
        """Which tell that all four are there on a day."""
        done: Flags = (self.completed_on == NEVER) | (self.completed_on <= day.toordinal())
        return self.has_all & done

    @property
    def speaks_from(self) -> Numbers:
        """The first day on which each row counts: its period is over, or what it tells of is done; not before the period began."""
        return np.maximum(self.begins, np.minimum(self.until, self.completed_on))

    def ranks(self, territory: Numbers) -> Numbers:
        """Of the rows of an enterprise the one with the greatest rank counts; NOBODY: none, for it is in no register.

        ``territory``: of each enterprise, NOBODY of who is in no register.
        """
        size, own = len(self.enterprise), self.enterprise
        there = np.append(territory, NOBODY)[own]
        ranks = (self.period.astype(np.int64) * 2 + (there == self.unit)) * size + np.arange(size)
        return np.where(there == NOBODY, NOBODY, ranks)

    def ranked(self, ranks: Numbers) -> Places:
        """The places of the rows that have these ranks."""
        return np.where(ranks == NOBODY, NOBODY, ranks % max(len(self.enterprise), 1)).astype(np.intp)


def counting(duty: DutyColumns, territory: Numbers, day: date) -> Places:
    """Of each enterprise the place of the row that counts on a day (``counting_of_one``); NOBODY where none does.

    ``territory`` is as of ``DutyColumns.ranks``.
    """
    ranks = duty.ranks(territory)
    speaking = np.flatnonzero((duty.speaks_from <= day.toordinal()) & (ranks != NOBODY))
    last = np.full(len(territory), NOBODY, dtype=np.int64)
    np.maximum.at(last, duty.enterprise[speaking], ranks[speaking])
    return duty.ranked(last)


@dataclass(frozen=True, slots=True, eq=False)
class Duties(SameByValue):
    """Enterprises of the register on a day and how they stand.

    ``entry``: the place of the list's row that counts of each, ``told``: that of the ledger's row, NOBODY where none speaks.
    ``territory``: a unit as lists number them. ``lacks``: of each document who is told not to have it. ``state``: places among
    ``DUTY_STATES``.
    """

    entry: Places
    told: Places
    territory: Numbers
    sector: Coded[str]
    members: Mapping[Batch, Flags]
    lacks: Mapping[str, Flags]
    state: Numbers

    def at(self, places: Places | Flags) -> Duties:
        """The same of some of them."""
        return Duties(
            self.entry[places],
            self.told[places],
            self.territory[places],
            self.sector.at(places),
            {batch: flags[places] for batch, flags in self.members.items()},
            {document: flags[places] for document, flags in self.lacks.items()},
            self.state[places],
        )

    @property
    def complete(self) -> Flags:
        """Who has all four documents on the day."""
        found: Flags = self.state == DUTY_STATES.index("complete")
        return found


def duties_on(lists: RegisterColumns, seen: Flags, duty: DutyColumns, day: date, scheme: FrontlineScheme) -> Duties:
    """The enterprises that are in the register on a day and how they stand; ``seen``: those of which rows of the lists are looked at."""
    entries = entries_on(lists, day)
    rows = counting(duty, territories(lists, entries), day)
    wanted = np.flatnonzero(entries != NOBODY)
    wanted = wanted[seen[entries[wanted]]]
    own, told = lists.at(entries[wanted]), rows[wanted]
    return Duties(
        entry=entries[wanted],
        told=told,
        territory=own.territory,
        sector=own.sector,
        members={batch: members(batch, own, scheme) for batch in BATCHES},
        lacks={one: _of_told(~duty.documents[one], told) for one in DOCUMENTS},
        state=_states(duty, told, day),
    )


def territories(lists: RegisterColumns, entries: Places) -> Numbers:
    """The territory of each enterprise by the rows that count; NOBODY of who is in no register."""
    return np.append(lists.territory, NOBODY)[entries]


def _of_told(flags: Flags, told: Places) -> Flags:
    """What holds of the rows that tell of enterprises; where none tells it does not."""
    found: Flags = np.append(flags, False)[told]
    return found


def _states(duty: DutyColumns, told: Places, day: date) -> Numbers:
    silent, lacking, to_come, complete = map(DUTY_STATES.index, ("silent", "lacking", "to_come", "complete"))
    of_told = np.where(_of_told(duty.has_all, told), to_come, lacking)
    of_told = np.where(_of_told(duty.complete_on(day), told), complete, of_told)
    return np.where(told == NOBODY, silent, of_told).astype(np.int32)


def members(batch: Batch, register: RegisterColumns, scheme: FrontlineScheme) -> Flags:
    """Which of these rows of the register are of a batch: each is a part of it."""
    match batch:
        case "pilot":
            return register.pilot
        case "key":
            return register.key_industry | register.size.among(scheme.key_sizes)
        case "all":
            return np.ones(len(register.enterprise), dtype=bool)


def standing(
    batch: Batch, duties: Duties, units: Sequence[str], day: date, scheme: FrontlineScheme, on_due_day: Coverage | None
) -> BatchStanding:
    """A batch on a day; ``units``: the codes of units as lists number them, ``on_due_day`` as the report as of its due day gives it."""
    own = duties.at(duties.members[batch])
    due, whole = due_days(scheme)[batch], Coverage(len(own.entry), int(own.complete.sum()))
    return BatchStanding(
        batch=batch,
        due=due,
        coverage=whole,
        on_due_day=None if on_due_day is None else on_due_day.share,
        needed_per_week=needed_per_week(whole, day, due),
        state=batch_state(whole, day, due, scheme),
        silent=int((own.told == NOBODY).sum()),
        lacking={document: int(flags.sum()) for document, flags in own.lacks.items()},
        towns=_by_part(Coded(own.territory, tuple(units)), own.complete),
        sectors=_by_part(own.sector, own.complete),
    )


def _by_part(part: Coded[str], complete: Flags) -> dict[str, Coverage]:
    """The coverage of each territory or sector that has any enterprise, by its code."""
    every, done = (
        np.bincount(codes, minlength=len(part.names)).tolist() for codes in (part.codes, part.codes[complete])
    )
    parts = sorted(zip(part.names, map(Coverage, every, done), strict=True), key=lambda one: one[0])
    return {name: found for name, found in parts if found.enterprises}
