"""What a request or a command reads with: one transaction, who asks, the zone and the day. Every result takes it.

It is begun once, where the request or the command begins. All its statements see one state of the database, so that
no page shows two, and what all results ask for is read once. Where the process keeps results (``kept``), what was computed
of the same version of the data, on the same day, for who sees the same, is not computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, TypeVarTuple

from sqlalchemy import Connection, Engine

from dashboards.results.kept import KeptResults
from data.intake.filing import months_with_ledgers, quarters_with_marks
from data.language import language
from data.people.scope import Scope, nobody
from data.store import snapshot
from data.version import data_version
from data.zone.clock import Clock
from data.zone.periods import Month, Quarter
from data.zone.zone import Zone, read_zone

Given = TypeVarTuple("Given")
Asked = ParamSpec("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Reading:
    """A transaction that reads for whoever asks; ``fixed_today`` is the day of the clock where it stands still.

    ``results`` are those that the process keeps; without them everything is computed afresh.
    """

    connection: Connection
    scope: Scope
    fixed_today: date | None = None
    results: KeptResults | None = field(default=None, repr=False, compare=False)
    _found: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def zone(self) -> Zone:
        """The zone; NotInitialised on an empty database."""
        return self._first("zone", self._read_zone)

    def _read_zone(self) -> Zone:
        code = self.scope.zone
        if self.results is None or not self.version:
            return read_zone(self.connection, code)
        return self.results.given((self.version, code), lambda: read_zone(self.connection, code))

    @property
    def version(self) -> str | None:
        """The version of the data that this transaction sees; asked for only where results are kept."""
        if self.results is None:
            return None
        return self._first("version", lambda: data_version(self.connection, self.scope.zone))

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return Clock(self.zone.calendar, self.fixed_today)

    @property
    def now(self) -> datetime:
        """The instant at which it was first asked for: what began before midnight ends on the same day."""
        return self._first("now", self.clock.now)

    @property
    def today(self) -> date:
        """The zone day of now."""
        return self.zone.calendar.day_of(self.now)

    def once(self, read: Callable[[Connection, Zone, *Given], Found], *asked: *Given) -> Found:
        """What a function reads of the zone when asked for this; the next result that asks for the same is given it."""
        return self._first((read, asked), lambda: read(self.connection, self.zone, *asked))

    def _first(self, key: Any, read: Callable[[], Found]) -> Found:
        if key not in self._found:
            self._found[key] = read()
        found: Found = self._found[key]
        return found

    @property
    def months(self) -> list[Month]:
        """The months of which any ledger is known, in order."""
        return list(_months(self))

    @property
    def quarters(self) -> list[Quarter]:
        """The quarters of which any self-assessment or review is known, in order."""
        return list(_quarters(self))

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


class KeptQuestion(NamedTuple):
    """All that a result depends on; what agrees in all of it has the same answer."""

    version: str
    day: date
    scope: Scope
    language: str
    fetch: Callable[..., Any]
    asked: tuple[Any, ...]
    how: tuple[tuple[str, Any], ...]


def kept(fetch: Callable[Concatenate[Reading, Asked], Found]) -> Callable[Concatenate[Reading, Asked], Found]:
    """Have a result computed once for all who see the same, and given to each of them: it must never be changed.

    It may rest on the data, the zone day, the role and the unit, the language, and on what is asked for; on nothing else, no
    account's name, no time of the day, no file. Of the account it is not even told. What is asked for has to be hashable.
    """

    @wraps(fetch)
    def given(reading: Reading, /, *asked: Asked.args, **how: Asked.kwargs) -> Found:
        return _answer(replace(reading, scope=reading.scope.alike), fetch, *asked, **how)

    return given


def kept_before_it_is_narrowed(
    read: Callable[Concatenate[Reading, Asked], Found],
) -> Callable[Concatenate[Reading, Asked], Found]:
    """Have what the results of all scopes are narrowed from read and computed once for all of them.

    It is told of no scope: what it asks of the reading's own, nobody may see.
    """

    @wraps(read)
    def given(reading: Reading, /, *asked: Asked.args, **how: Asked.kwargs) -> Found:
        return _answer(replace(reading, scope=nobody(reading.scope.zone)), read, *asked, **how)

    return given


def _answer(
    reading: Reading, fetch: Callable[Concatenate[Reading, Asked], Found], *asked: Asked.args, **how: Asked.kwargs
) -> Found:
    if reading.results is None or not reading.version:
        return fetch(reading, *asked, **how)
    key = KeptQuestion(
        reading.version, reading.today, reading.scope, language(), fetch, asked, tuple(sorted(how.items()))
    )
    return reading.results.given(key, lambda: fetch(reading, *asked, **how), beside=(reading.zone,))


@kept
def _months(reading: Reading) -> tuple[Month, ...]:
    return tuple(reading.once(months_with_ledgers, reading.zone.calendar.end_of(reading.today)))


@kept
def _quarters(reading: Reading) -> tuple[Quarter, ...]:
    return tuple(reading.once(quarters_with_marks, reading.zone.calendar.end_of(reading.today)))


@contextmanager
def begin(
    engine: Engine, scope: Scope, fixed_today: date | None = None, results: KeptResults | None = None
) -> Iterator[Reading]:
    """Read for whoever asks, to the end of the block; StoreError where the database cannot be used."""
    with snapshot(engine) as connection:
        yield Reading(connection, scope, fixed_today, results)
