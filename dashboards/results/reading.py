"""What a request or a command reads with: one transaction, who asks, the zone and the day. Every result takes it.

It is begun once, where the request or the command begins. All its statements see one state of the database, so that
no page shows two, and what all results ask for is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Connection, Engine

from data.intake.filing import months_with_ledgers, quarters_with_marks
from data.people.scope import Scope
from data.store import snapshot
from data.zone.clock import Clock
from data.zone.periods import Month, Quarter
from data.zone.zone import Zone, read_zone

Given = TypeVarTuple("Given")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Reading:
    """A transaction that reads for whoever asks; ``fixed_today`` is the day of the clock where it stands still."""

    connection: Connection
    scope: Scope
    fixed_today: date | None = None
    _found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def zone(self) -> Zone:
        """The zone; NotInitialised on an empty database."""
        return read_zone(self.connection, self.scope.zone)

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return Clock(self.zone.calendar, self.fixed_today)

    @cached_property
    def now(self) -> datetime:
        """The instant at which it was first asked for: what began before midnight ends on the same day."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The zone day of now."""
        return self.zone.calendar.day_of(self.now)

    def once(self, read: Callable[[Connection, Zone, *Given], Found], *asked: *Given) -> Found:
        """What a function reads of the zone when asked for this; the next result that asks for the same is given it."""
        key = read, asked
        if key not in self._found:
            self._found[key] = read(self.connection, self.zone, *asked)
        found: Found = self._found[key]
        return found

    @property
    def months(self) -> list[Month]:
        """The months of which any ledger is known, in order."""
        return self.once(months_with_ledgers, self.zone.calendar.end_of(self.today))

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters of which any self-assessment or review is known, in order."""
        return self.once(quarters_with_marks, self.zone.calendar.end_of(self.today))

    @property
    def present_month(self) -> Month:
        """The month that is running."""
        return self.zone.calendar.month_of(self.today)

    @property
    def present_quarter(self) -> Quarter:
        """The quarter that is running."""
        return Quarter.of(self.present_month)

    @property
    def latest_due_month(self) -> Month:
        """The latest month with any ledger whose deadline has passed; else the last with a ledger; else last month."""
        passed = [month for month in self.months if self.zone.due_day("enforcement", month) < self.today]
        return (passed or self.months or [self.present_month.plus(-1)])[-1]

    @property
    def latest_due_quarter(self) -> Quarter:
        """The latest quarter with any marks whose self-assessment is due; else the last with marks; else last quarter."""
        passed = [quarter for quarter in self.quarters if self.zone.due_day("self_assessment", quarter) < self.today]
        return (passed or self.quarters or [Quarter.of(self.present_month.plus(-3))])[-1]


@contextmanager
def begin(engine: Engine, scope: Scope, fixed_today: date | None = None) -> Iterator[Reading]:
    """Read for whoever asks, to the end of the block; StoreError where the database cannot be used."""
    with snapshot(engine) as connection:
        yield Reading(connection, scope, fixed_today)
