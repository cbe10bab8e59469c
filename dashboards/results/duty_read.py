"""The lists that make a register and the ledgers of front-line duty, column by column, as they were known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection

from dashboards.method.columns import Flags, Numbers, Places, SameByValue, day_numbers, day_of
from dashboards.method.frontline import DOCUMENTS, DutyTold
from dashboards.method.frontline_columns import DutyColumns
from dashboards.method.register import Listed
from dashboards.method.register_columns import NOBODY, RegisterColumns
from dashboards.results.lists_read import lists_read, registers
from dashboards.results.reading import Reading
from dashboards.results.told_columns import ToldBook, ToldColumns, ledgers_read
from data.people.scope import Scope
from data.zone.periods import Month
from data.zone.zone import Zone


class ToldBy(NamedTuple):
    """A row of a ledger, and the workbook that it is of."""

    book: ToldBook
    told: DutyTold


@dataclass(frozen=True, slots=True, eq=False)
class DutyRead(SameByValue):
    """What the lists and the ledgers say; ``units``: the codes of units in their order, by which ``listed`` and ``duty`` number them."""

    units: tuple[str, ...]
    lists: ToldColumns
    listed: RegisterColumns
    ledgers: ToldColumns
    duty: DutyColumns

    def seen_by(self, scope: Scope) -> Flags:
        """The rows of the lists of enterprises that concern whoever asks: a unit's account those whose territory it is, or which it supervises."""
        if scope.sees_all:
            return np.ones(len(self.lists), dtype=bool)
        own = self.units.index(scope.unit or "")
        seen: Flags = (self.listed.territory == own) | (self.listed.department == own)
        return seen

    def names_at(self, entries: Places) -> list[tuple[str, str]]:
        """Name and credit code of each enterprise at these places of the lists."""
        names, codes = (self.lists.texts(name, entries) for name in ("name", "credit_code"))
        return list(zip(names, codes, strict=True))

    def listed_at(self, entries: Places) -> Iterator[Listed]:
        """The rows at these places of the lists."""
        lists, own = self.lists, self.listed.at(entries)
        books = [lists.books[at] for at in lists.book[entries].tolist()]
        names, codes = zip(*self.names_at(entries), strict=True) if len(entries) else ((), ())
        fields = (
            [book.submission for book in books],
            lists.numbers("row", entries).tolist(),
            [book.unit for book in books],
            codes,
            names,
            own.sector.values(),
            [self.units[at] for at in own.territory.tolist()],
            [None if at == NOBODY else self.units[at] for at in own.department.tolist()],
            own.size.values(),
            own.key_industry.tolist(),
            lists.flags("high_risk", entries).tolist(),
            own.pilot.tolist(),
            map(day_of, own.starts_on.tolist()),
            map(day_of, own.ends_on.tolist()),
        )
        return map(Listed._make, zip(*fields, strict=True))

    def told_at(self, rows: Places) -> Iterator[ToldBy]:
        """The rows at these places of the ledgers."""
        ledgers = self.ledgers
        documents = [self.duty.documents[one][rows].tolist() for one in DOCUMENTS]
        books = [ledgers.books[at] for at in ledgers.book[rows].tolist()]
        fields = (
            [book.submission for book in books],
            ledgers.texts("credit_code", rows),
            ledgers.numbers("row", rows).tolist(),
            *documents,
            map(day_of, self.duty.completed_on[rows].tolist()),
        )
        return map(ToldBy, books, map(DutyTold._make, zip(*fields, strict=True)))


def duty_read(reading: Reading, year: int, last: Month, bound: datetime) -> DutyRead:
    """The lists that make the register in a year, and every ledger up to a month, whoever sent it."""
    return reading.once(_read, reading.once(registers, year, bound), last, bound)


def _read(connection: Connection, zone: Zone, lists: Sequence[int], last: Month, bound: datetime) -> DutyRead:
    known = lists_read(connection, zone, lists, ("name",))
    ledgers = ledgers_read(connection, zone, "frontline", last, bound, ("credit_code",))
    of_ledgers = list(map(known.numbered.get, chain.from_iterable(ledgers.texts_of("credit_code")), repeat(NOBODY)))
    duty = _duty_columns(zone, ledgers, np.array(of_ledgers, dtype=np.intp), known.units)
    return DutyRead(known.units, known.lists, known.listed, ledgers, duty)


def _duty_columns(zone: Zone, ledgers: ToldColumns, enterprises: Numbers, units: Sequence[str]) -> DutyColumns:
    every, calendar = np.arange(len(ledgers)), zone.calendar
    periods = sorted({book.period for book in ledgers.books})
    spans = [(calendar.first_day(month), calendar.last_day(month)) for month in map(Month.parse, periods)]
    begins, until = (day_numbers(span[at] for span in spans) for at in (0, 1))
    period = np.array([periods.index(book.period) for book in ledgers.books], dtype=np.int32)[ledgers.book]
    return DutyColumns(
        enterprise=enterprises,
        unit=ledgers.units(every).ranked(units),
        period=period,
        begins=begins[period],
        until=until[period],
        documents={one: ledgers.flags(one, every) for one in DOCUMENTS},
        completed_on=ledgers.numbers("completed_on", every),
    )
