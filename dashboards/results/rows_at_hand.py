"""The same lists of records where all rows are at hand: what a result computed, or the few that one workbook has.

They are searched, filtered, sorted and cut by the same requests as those in SQL (``record_list``), and a law holds the two
together: nobody could tell from the rows where they were chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from dashboards.results.record_list import Holds, RowCondition, RowsWanted, Unasked, codes_meant, values_of

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RowColumn(Generic[Row]):
    """A column by which such a list may be filtered and sorted; ``value`` is what its reader sees of a row.

    ``choices``: of a CHOICE, the words for each code, in their order. ``searched``: whether the list's search looks into it.
    """

    key: str
    holds: Holds
    value: Callable[[Row], str | int | float | date | None]
    choices: Mapping[str, str] = field(default_factory=dict)
    searched: bool = False


def chosen_rows(rows: Sequence[Row], columns: Sequence[RowColumn[Row]], wanted: RowsWanted) -> tuple[int, list[Row]]:
    """How many of the rows are wanted, and those of the range, in the order wanted, else as they stand.

    Unasked for a column, filter or order that the list does not have.
    """
    named = {one.key: one for one in columns}
    fit = [row_test(_column(named, one.key), one) for one in wanted.conditions]
    if wanted.search:
        fit.append(_search([one for one in columns if one.searched], wanted.search))
    found = [row for row in rows if all(test(row) for test in fit)]
    for key, down in reversed(wanted.sort):
        found = _sorted(found, _column(named, key), down=down)
    return len(found), found[wanted.start : wanted.end]


def _column(named: Mapping[str, RowColumn[Row]], key: str) -> RowColumn[Row]:
    if key not in named:
        raise Unasked(key)
    return named[key]


def _sorted(rows: Sequence[Row], column: RowColumn[Row], *, down: bool) -> list[Row]:
    """What has no value comes last, whichever way; equals stay as they were."""
    places = {code: place for place, code in enumerate(column.choices)}
    known, unknown = [], []
    for row in rows:
        value: Any = column.value(row)
        if value is None:
            unknown.append(row)
        else:
            known.append((places.get(value, len(places)) if column.holds is Holds.CHOICE else value, row))
    known.sort(key=lambda pair: pair[0], reverse=down)
    return [row for _value, row in known] + unknown


def _search(columns: Sequence[RowColumn[Row]], text: str) -> Callable[[Row], bool]:
    tests = [row_test(one, RowCondition(one.key, "contains", (text,))) for one in columns]
    return lambda row: any(test(row) for test in tests)


def row_test(column: RowColumn[Row], condition: RowCondition) -> Callable[[Row], bool]:
    """Whether a row fits; what has no value fits only what asks for none, or for anything but a value."""
    values, asked = values_of(condition, column.holds), condition.operator
    if column.holds is Holds.CHOICE:
        codes, negated = frozenset(codes_meant(column.choices, asked, values[0])), asked.startswith("not")
        return lambda row: (column.value(row) in codes) is not negated
    if column.holds is Holds.TEXT:
        meant, told = _TEXTS[asked], values[0].lower() if values else ""
        return lambda row: meant(_lowered(column.value(row)), told)
    compared = _AMOUNTS[asked]
    return lambda row: compared(column.value(row), values)


def _lowered(value: Any) -> str | None:
    return None if value is None else str(value).lower()


_TEXTS: Mapping[str, Callable[[str | None, str], bool]] = {
    "contains": lambda value, told: value is not None and told in value,
    "notContains": lambda value, told: value is None or told not in value,
    "equals": lambda value, told: value is not None and value == told,
    "notEqual": lambda value, told: value is None or value != told,
    "startsWith": lambda value, told: value is not None and value.startswith(told),
    "endsWith": lambda value, told: value is not None and value.endswith(told),
    "blank": lambda value, _told: not value,
    "notBlank": lambda value, _told: bool(value),
}
_AMOUNTS: Mapping[str, Callable[[Any, Sequence[Any]], bool]] = {
    "equals": lambda value, told: value is not None and value == told[0],
    "notEqual": lambda value, told: value is None or value != told[0],
    "lessThan": lambda value, told: value is not None and value < told[0],
    "lessThanOrEqual": lambda value, told: value is not None and value <= told[0],
    "greaterThan": lambda value, told: value is not None and value > told[0],
    "greaterThanOrEqual": lambda value, told: value is not None and value >= told[0],
    "inRange": lambda value, told: value is not None and told[0] <= value <= told[1],
    "blank": lambda value, _told: value is None,
    "notBlank": lambda value, _told: value is not None,
}
