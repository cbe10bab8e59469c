"""Rows of ledgers as columns, counted in bulk: what the reports of what stands on a day have in common (METHOD section 5).

Days are their numbers (``date.toordinal``), moments theirs (``data.zone.moments``), and what has none is ``NEVER`` or ``NO_MOMENT``,
later than any: so nothing that is still open is done by a day. numpy is needed here and by what is counted so, and is loaded with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from data.zone.moments import moment_number

Flags = NDArray[np.bool_]
Numbers = NDArray[np.signedinteger]
Places = NDArray[np.intp]
NEVER, NO_MOMENT = 2**31 - 1, 2**63 - 1
_HALF = 32
"""Bits of half a wide number."""
Value = TypeVar("Value", bound=str | None)


class SameByValue:
    """Columns that are equal where all their values are; dataclasses compare none whose fields are arrays."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # nothing is looked up by its columns

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = [one.name for one in fields(self)]  # type: ignore[arg-type]  # all who have it are dataclasses
        return all(_same(getattr(self, name), getattr(other, name)) for name in names)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)


@dataclass(frozen=True, slots=True, eq=False)
class Coded(SameByValue, Generic[Value]):
    """A column of which many rows have the same: of each row the place of its value among ``names``."""

    codes: Numbers
    names: tuple[Value, ...]

    def at(self, places: Places | Flags) -> Coded[Value]:
        """The same of some of the rows."""
        return Coded(self.codes[places], self.names)

    def values(self) -> list[Value]:
        """The values themselves, row by row."""
        return [self.names[code] for code in self.codes.tolist()]

    @property
    def present(self) -> list[Value]:
        """The values that there are."""
        return [self.names[code] for code in np.unique(self.codes).tolist()]

    def among(self, wanted: Iterable[Value]) -> Flags:
        """Which rows have one of these values."""
        named = set(wanted)
        return np.array([one in named for one in self.names], dtype=bool)[self.codes]

    def ranked(self, order: Iterable[Value]) -> Numbers:
        """Of each row the place of its value in an order that has all of them."""
        places = {name: place for place, name in enumerate(order)}
        return np.array([places[name] for name in self.names], dtype=np.int32)[self.codes]


def coded(values: Iterable[Value]) -> Coded[Value]:
    """Such a column of values."""
    places: dict[Value, int] = {}
    codes = [places.setdefault(one, len(places)) for one in values]
    return Coded(np.array(codes, dtype=np.int32), tuple(places))


def day_numbers(days: Iterable[date | None]) -> Numbers:
    """Days as their numbers."""
    return np.array([NEVER if day is None else day.toordinal() for day in days], dtype=np.int32)


def moment_numbers(moments: Iterable[datetime | None]) -> Numbers:
    """Moments as their numbers."""
    return np.array([NO_MOMENT if one is None else moment_number(one) for one in moments], dtype=np.int64)


def day_of(number: int) -> date | None:
    """The day that has a number; None: there is none."""
    return None if number == NEVER else date.fromordinal(int(number))


@dataclass(frozen=True, slots=True, eq=False)
class Superseding(SameByValue):
    """Rows of ledgers of which several may tell of one thing: ``last`` are those that were told last of each, ``earlier`` all others,
    and ``by`` are of each of these the row that was told last of its thing; the first two in order of rows.
    """

    last: Places
    earlier: Places
    by: Places


Told = Iterable[tuple[Hashable, Sequence[Hashable]]]
"""Of each ledger, in the order in which they supersede each other, to whom its things belong, and by what each row's is known."""


def last_of_each(told: Told) -> Places:
    """Of each thing that ledgers tell of the row that was told last, in order of rows."""
    _latest, counts = _told_last(told)
    return np.flatnonzero(counts)


def superseding(told: Told) -> Superseding:
    """The rows that were told last, and which of them supersede which others."""
    ledgers = list(told)
    latest, counts = _told_last(ledgers)
    earlier = np.flatnonzero(~counts)
    starts = [0, *accumulate(len(things) for _owner, things in ledgers)]
    bounds = np.searchsorted(earlier, starts).tolist()
    by: list[int] = []
    for (owner, things), start, (first, end) in zip(ledgers, starts[:-1], pairwise(bounds), strict=True):
        own = map(things.__getitem__, (earlier[first:end] - start).tolist())
        by.extend(map(latest[owner].__getitem__, own))
    return Superseding(np.flatnonzero(counts), earlier, np.array(by, dtype=np.intp))


def _told_last(told: Told) -> tuple[dict[Hashable, dict[Hashable, int]], Flags]:
    """Owner → thing → the row that was told last of it; and which rows these are."""
    latest: dict[Hashable, dict[Hashable, int]] = {}
    row = 0
    for owner, things in told:
        latest.setdefault(owner, {}).update(zip(things, range(row, row + len(things)), strict=True))
        row += len(things)
    counts = np.zeros(row, dtype=bool)
    for one in latest.values():
        counts[np.fromiter(one.values(), dtype=np.intp, count=len(one))] = True
    return latest, counts


def places_of_page(page: int, size: int, total: int) -> Places:
    """The places of the rows on a page, of so many each; the first page is 0."""
    return np.arange(page * size, max(page * size, min((page + 1) * size, total)))


def counts_by_part(codes: Numbers, parts: int, flags: Sequence[Flags]) -> NDArray[np.int64]:
    """How many rows of each part have each of some few flags: a row a part, a column a flag."""
    combinations = 1 << len(flags)
    told = np.zeros(len(codes), dtype=np.uint16)  # flags are few: narrow numbers are added up fastest
    for place, flag in enumerate(flags):
        told += flag.astype(np.uint16) << np.uint16(place)
    both = codes.astype(np.int64) * combinations + told
    counted = np.bincount(both, minlength=parts * combinations).reshape(parts, combinations)
    return counted @ ((np.arange(combinations)[:, None] >> np.arange(len(flags))) & 1)


def medians_by_part(codes: Numbers, parts: int, values: Numbers) -> list[Fraction | None]:
    """Of each part the middle of its values, of an even number the mean of the middle two; None where it has none."""
    least = int(values.min()) if len(values) else 0
    both = codes.astype(np.int64) << _HALF | values.astype(np.int64) - least  # one plain sort is the fastest of all
    both.sort()
    ordered = (both & ((1 << _HALF) - 1)) + least
    sizes = np.bincount(codes, minlength=parts)
    starts = np.cumsum(sizes) - sizes
    return [
        Fraction(int(ordered[start + (size - 1) // 2]) + int(ordered[start + size // 2]), 2) if size else None
        for start, size in zip(starts.tolist(), sizes.tolist(), strict=True)
    ]


def counts_until(days: Numbers, ends: Sequence[date]) -> list[int]:
    """How many of some days lie on or before each of some ends, which are in order."""
    bounds = np.array([end.toordinal() for end in ends], dtype=np.int64)
    counted: list[int] = np.cumsum(np.bincount(np.searchsorted(bounds, days), minlength=len(ends) + 1))[:-1].tolist()
    return counted
