"""Lists of records whose rows are at hand as columns: searched, filtered, sorted and cut as those in SQL (``record_list``).

A column has far fewer values than rows: what is asked of it is asked of each value once. A law holds it together with
``rows_at_hand``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.method.columns import NEVER, Coded, Flags, Numbers, Places
from dashboards.results.record_list import Holds, RowCondition, RowsWanted, Unasked
from dashboards.results.rows_at_hand import RowColumn, row_test

ListValue = str | int | float | date | None


class ValuesAtHand(NamedTuple):
    """Of each row the place of its value among ``values``; None is the value of a row that has none."""

    codes: NDArray[np.integer[Any]]
    values: Sequence[ListValue]


@dataclass(frozen=True, slots=True)
class ColumnAtHand:
    """A column by which such a list may be filtered and sorted; ``read`` gives what its reader sees, and is called where that is asked for.

    ``choices``: of a CHOICE, the words for each code, in their order. ``searched``: whether the list's search looks into it.
    """

    key: str
    holds: Holds
    read: Callable[[], ValuesAtHand]
    choices: Mapping[str, str] = field(default_factory=dict)
    searched: bool = False


def chosen_places(size: int, columns: Sequence[ColumnAtHand], wanted: RowsWanted) -> tuple[int, Places]:
    """How many of the rows are wanted, and the places of those of the range, in the order wanted, else as they stand.

    Unasked for a column, filter or order that the list does not have.
    """
    named = {one.key: one for one in columns}
    fit = [_fitting(_column(named, one.key), one) for one in wanted.conditions]
    if wanted.search:
        searched = [RowCondition(one.key, "contains", (wanted.search,)) for one in columns if one.searched]
        fit.append(np.logical_or.reduce([_fitting(named[one.key], one) for one in searched]))
    found = np.flatnonzero(np.logical_and.reduce(fit)) if fit else np.arange(size)
    for key, down in reversed(wanted.sort):
        found = found[np.argsort(_ranks(_column(named, key), down=down)[found], kind="stable")]
    return len(found), found[wanted.start : wanted.end]


def coded_values(column: Coded[Any]) -> ValuesAtHand:
    """Choices, or texts of which many rows have the same."""
    return ValuesAtHand(column.codes, column.names)


def day_values(days: Numbers) -> ValuesAtHand:
    """Days by their numbers; NEVER is none."""
    numbers, codes = np.unique(days, return_inverse=True)
    return ValuesAtHand(codes, [None if one == NEVER else date.fromordinal(one) for one in numbers.tolist()])


def number_values(numbers: Numbers, known: Flags) -> ValuesAtHand:
    """Numbers of the rows that have one."""
    values, codes = np.unique(numbers, return_inverse=True)
    return ValuesAtHand(np.where(known, codes, len(values)), [*values.tolist(), None])


def text_values(texts: Iterable[str | None]) -> ValuesAtHand:
    """Texts of which nearly every row has its own."""
    values = list(texts)
    return ValuesAtHand(np.arange(len(values)), values)


def _column(named: Mapping[str, ColumnAtHand], key: str) -> ColumnAtHand:
    if key not in named:
        raise Unasked(key)
    return named[key]


def _fitting(column: ColumnAtHand, condition: RowCondition) -> Flags:
    of_value: RowColumn[ListValue] = RowColumn(column.key, column.holds, lambda value: value, column.choices)
    test = row_test(of_value, condition)
    codes, values = column.read()
    fit: Flags = np.array([test(value) for value in values], dtype=bool)[codes]
    return fit


def _ranks(column: ColumnAtHand, *, down: bool) -> Numbers:
    """By which rows come one after the other; what has no value comes last, whichever way."""
    codes, values = column.read()
    places = {code: place for place, code in enumerate(column.choices)}

    def order(value: Any) -> Any:
        return places.get(value, len(places)) if column.holds is Holds.CHOICE else value

    known = sorted({order(value) for value in values if value is not None})
    ranks = {value: -place if down else place for place, value in enumerate(known)}
    last = len(known)
    by_value = [last if value is None else ranks[order(value)] for value in values]
    found: Numbers = np.array(by_value, dtype=np.int64)[codes]
    return found
