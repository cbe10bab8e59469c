"""The lists of enterprises that make a register, column by column, as they were known (METHOD section 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import Connection

from dashboards.method.columns import Numbers, Places
from dashboards.method.register_columns import NOBODY, RegisterColumns, entries_on
from dashboards.results.told_columns import ToldColumns, read_books
from data.rollup.registers import registers_in_force
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class ListsRead:
    """What the lists say; ``units``: the codes of units in their order, ``numbered``: the enterprises by their codes, as ``listed`` numbers them."""

    units: tuple[str, ...]
    lists: ToldColumns
    listed: RegisterColumns
    numbered: Mapping[bytes, int]

    def on(self, day: date) -> Places:
        """The places of the rows that count on a day, an enterprise each."""
        entries = entries_on(self.listed, day)
        found: Places = entries[entries != NOBODY]
        return found


def registers(connection: Connection, zone: Zone, year: int, bound: datetime) -> tuple[int, ...]:
    """The lists that make the register in a year; of many years they are the same ones."""
    return tuple(registers_in_force(connection, zone.code, year, bound))


def lists_read(connection: Connection, zone: Zone, lists: Sequence[int], texts: Iterable[str] = ()) -> ListsRead:
    """Some lists, by their numbers, with further columns of texts."""
    read = read_books(connection, zone, "enterprises", lists, ("credit_code", *texts))
    numbered: dict[bytes, int] = {}
    numbers = [numbered.setdefault(code, len(numbered)) for codes in read.texts_of("credit_code") for code in codes]
    units = tuple(sorted(unit.code for unit in zone.units))
    listed = _list_columns(read, len(numbered), np.array(numbers, dtype=np.intp), units)
    return ListsRead(units, read, listed, numbered)


def _list_columns(lists: ToldColumns, enterprises: int, numbers: Numbers, units: Sequence[str]) -> RegisterColumns:
    every = np.arange(len(lists))
    supervised = lists.coded_or_empty("department", every)
    return RegisterColumns(
        enterprises=enterprises,
        enterprise=numbers,
        unit=lists.units(every).ranked(units),
        territory=lists.coded("territory", every).ranked(units),
        department=np.array([NOBODY if one is None else units.index(one) for one in supervised.names], dtype=np.int32)[
            supervised.codes
        ],
        sector=lists.coded("sector", every),
        size=lists.coded("size", every),
        key_industry=lists.flags("key_industry", every),
        pilot=lists.flags("pilot", every),
        starts_on=lists.numbers("starts_on", every),
        ends_on=lists.numbers("ends_on", every),
    )
