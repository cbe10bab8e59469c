"""Rows of ledgers as columns, counted in bulk: what the reports of what stands on a day have in common (METHOD section 5).

Days are their numbers (``date.toordinal``), and what has none is ``NEVER``, later than any: so nothing that is still open is
done by a day. numpy is needed here and by what is counted so, and is loaded with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Numbers = NDArray[np.signedinteger]
Places = NDArray[np.intp]
NEVER = 2**31 - 1
Value = TypeVar("Value", bound=str | None)


class SameByValue:
    """Columns that are equal where all their values are; dataclasses compare none whose fields are arrays."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # nothing is looked up by its columns

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        pairs = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(self))  # type: ignore[arg-type]  # all who have it are dataclasses
        return all(np.array_equal(*pair) if isinstance(pair[0], np.ndarray) else pair[0] == pair[1] for pair in pairs)


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


def day_of(number: int) -> date | None:
    """The day that has a number; None: there is none."""
    return None if number == NEVER else date.fromordinal(int(number))


def last_of_each(told: Iterable[tuple[Hashable, Sequence[Hashable]]]) -> Places:
    """Of each thing that ledgers tell of the row that was told last, in order of rows.

    ``told``: of each ledger, in the order in which they supersede each other, to whom its things belong, and by what each row's
    is known.
    """
    latest: dict[Hashable, dict[Hashable, int]] = {}
    row = 0
    for owner, things in told:
        latest.setdefault(owner, {}).update(zip(things, range(row, row + len(things)), strict=True))
        row += len(things)
    return np.sort(np.fromiter(chain.from_iterable(one.values() for one in latest.values()), dtype=np.intp))


def counts_by_part(codes: Numbers, parts: int, flags: Sequence[Flags]) -> NDArray[np.int64]:
    """How many rows of each part have each of some few flags: a row a part, a column a flag."""
    combinations = 1 << len(flags)
    told = codes.astype(np.int64) * combinations
    for place, flag in enumerate(flags):
        told += flag.astype(np.int64) << place
    counted = np.bincount(told, minlength=parts * combinations).reshape(parts, combinations)
    return counted @ ((np.arange(combinations)[:, None] >> np.arange(len(flags))) & 1)


def medians_by_part(codes: Numbers, parts: int, values: Numbers) -> list[Fraction | None]:
    """Of each part the middle of its values, of an even number the mean of the middle two; None where it has none."""
    ordered = values[np.lexsort((values, codes))]
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
