"""Lists of records as their reader asks for them: searched, filtered, sorted and cut in SQL, by columns that each list declares.

What a list does not declare cannot be asked for, and a column is declared as its reader may see it: what is hidden from
somebody is hidden from his filters and his order too.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, String, and_, case, false, func, not_, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

MOST_AT_ONCE = 500
"""Rows of one answer."""
MOST_EXPORTED = 200_000
"""Rows of one file."""
FURTHEST = 10_000_000
LONGEST_TEXT = 200
YEARS = range(1900, 9999)
LARGEST_NUMBER = 10**12

Value = str | int | float | date


class Unasked(ValueError):
    """A column, filter, order or range that the list does not have: no page of ours asks for it."""


class Holds(StrEnum):
    """What the values of a column are, which says how it may be filtered."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "date"
    CHOICE = "choice"


_WORDS = ("contains", "notContains", "equals", "notEqual", "startsWith", "endsWith", "blank", "notBlank")
_AMOUNTS = (
    "equals", "notEqual", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", "inRange", "blank", "notBlank",
)  # fmt: skip
OPERATORS: Mapping[Holds, tuple[str, ...]] = {
    Holds.TEXT: _WORDS,
    Holds.CHOICE: _WORDS[:4],
    Holds.NUMBER: _AMOUNTS,
    Holds.DAY: _AMOUNTS,
}
"""How each kind of column may be filtered, in the words of the grid."""
_NEEDS = {"blank": 0, "notBlank": 0, "inRange": 2}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column by which a list may be filtered and sorted; ``value`` is what its reader sees, in SQL.

    ``choices``: of a CHOICE, the words for each code; it is filtered by these words. ``searched``: whether the list's
    search looks into it. ``ends``: of a DAY whose values are instants, the first instant after a day.
    """

    key: str
    holds: Holds
    value: ColumnElement[Any]
    choices: Mapping[str, str] = field(default_factory=dict)
    searched: bool = False
    ends: Callable[[date], datetime] | None = None


@dataclass(frozen=True, slots=True)
class RowCondition:
    """What a column must be: an operator with as many values as it needs, each of the column's type."""

    key: str
    operator: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """What somebody wants of a list: rows from ``start`` up to ``end`` (exclusive); ``sort``: (column, descending)."""

    start: int = 0
    end: int = 100
    sort: tuple[tuple[str, bool], ...] = ()
    conditions: tuple[RowCondition, ...] = ()
    search: str = ""

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end <= FURTHEST):
            raise Unasked("rows")
        _fits_a_text(self.search)

    @property
    def size(self) -> int:
        """How many rows at most."""
        return self.end - self.start

    @property
    def by_columns(self) -> bool:
        """Whether the list's columns are asked for anything: without it the statement needs none of them."""
        return bool(self.sort or self.conditions or self.search)


def from_the_end(wanted: RowsWanted, total: int) -> RowsWanted | None:
    """The same rows counted from the end, where that is nearer: a database that skips many sorts them all. None where it is not."""
    if not 0 <= wanted.start < total < 2 * wanted.start:
        return None
    return replace(wanted, start=max(total - wanted.end, 0), end=total - wanted.start)


class ListColumns:
    """The columns of one list for one reader."""

    def __init__(self, columns: Sequence[ListColumn]) -> None:
        self._by_key = {one.key: one for one in columns}

    def condition(self, wanted: RowsWanted) -> ColumnElement[bool]:
        """Which records; Unasked where the list has no such column or filter."""
        parts = [self._one(one) for one in wanted.conditions]
        if wanted.search:
            parts.append(
                or_(false(), *(_contains(one, wanted.search) for one in self._by_key.values() if one.searched))
            )
        return and_(true(), *parts)

    def order(self, wanted: RowsWanted, *own: ColumnElement[Any], back: bool = False) -> list[ColumnElement[Any]]:
        """In which order, and by the list's ``own`` among equals; from the end with ``back``. Unasked for a strange column.

        What has no value comes last, whether from the least or from the greatest.
        """
        parts: list[ColumnElement[Any]] = []
        for key, descending in wanted.sort:
            one = self._column(key)
            if not (isinstance(one.value, Column) and not one.value.nullable):
                missing = case((one.value.is_(None), 1), else_=0)
                parts.append(missing.desc() if back else missing.asc())
            value = _in_order(one)
            parts.append(value.desc() if descending != back else value.asc())
        return [*parts, *(one.desc() if back else one.asc() for one in own)]

    def _column(self, key: str) -> ListColumn:
        found = self._by_key.get(key)
        if found is None:
            raise Unasked(key)
        return found

    def _one(self, condition: RowCondition) -> ColumnElement[bool]:
        column = self._column(condition.key)
        values = values_of(condition, column.holds)
        if column.holds is Holds.TEXT:
            return _of_text(column, condition.operator, *values)
        if column.holds is Holds.CHOICE:
            return _of_choice(column, condition.operator, *values)
        if column.ends is not None:
            return _of_moment(column.value, condition.operator, values, column.ends)
        return _of_amount(column.value, condition.operator, values)


def values_of(condition: RowCondition, holds: Holds) -> list[Any]:
    """The values of a condition as a column of this kind takes them; Unasked where it takes no such condition."""
    if condition.operator not in OPERATORS[holds]:
        raise Unasked(condition.operator)
    if len(condition.values) != _NEEDS.get(condition.operator, 1):
        raise Unasked(condition.key)
    return [_of_type(value, holds) for value in condition.values]


def _of_type(value: Any, holds: Holds) -> Any:
    if holds is Holds.DAY:
        if type(value) is not date or value.year not in YEARS:
            raise Unasked("date")
        return value
    if holds is Holds.NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Unasked("number")
        if abs(value) > LARGEST_NUMBER:
            raise Unasked("number")
        return value
    return _fits_a_text(value)


def _fits_a_text(value: Any) -> str:
    """A text as any database takes it as a parameter."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
        raise Unasked("text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Unasked("text") from error
    return value


def _of_text(column: ListColumn, asked: str, text: str = "") -> ColumnElement[bool]:
    value = column.value
    blank = or_(value.is_(None), value == "")
    found: Mapping[str, ColumnElement[bool]] = {
        "contains": value.icontains(text, autoescape=True),
        "equals": func.lower(value) == func.lower(text),
        "startsWith": value.istartswith(text, autoescape=True),
        "endsWith": value.iendswith(text, autoescape=True),
        "blank": blank,
        "notBlank": not_(blank),
        "notContains": or_(value.is_(None), not_(value.icontains(text, autoescape=True))),
        "notEqual": or_(value.is_(None), func.lower(value) != func.lower(text)),
    }
    return found[asked]


def _of_choice(column: ListColumn, asked: str, text: str) -> ColumnElement[bool]:
    """By the words that stand for the codes, which the database does not know."""
    found = column.value.in_(codes_meant(column.choices, asked, text))
    return or_(column.value.is_(None), not_(found)) if asked.startswith("not") else found


def codes_meant(choices: Mapping[str, str], asked: str, text: str) -> list[str]:
    """The codes whose words are a text or hold it, by which a choice is filtered; also where it is to be none of them."""
    whole = asked in {"equals", "notEqual"}
    return [
        code
        for code, words in choices.items()
        if (words.lower() == text.lower() if whole else text.lower() in words.lower())
    ]


_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "equals": operator.eq,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
}


def _of_amount(value: ColumnElement[Any], asked: str, values: Sequence[Any]) -> ColumnElement[bool]:
    found: ColumnElement[bool]
    match asked:
        case "blank":
            found = value.is_(None)
        case "notBlank":
            found = value.is_not(None)
        case "inRange":
            found = value.between(*values)
        case "notEqual":
            found = or_(value.is_(None), value != values[0])
        case _:
            found = _COMPARED[asked](value, values[0])
    return found


def _of_moment(
    value: ColumnElement[Any], asked: str, days: Sequence[date], ends: Callable[[date], datetime]
) -> ColumnElement[bool]:
    """Instants by the days that they fall on."""
    if asked in {"blank", "notBlank"}:
        return _of_amount(value, asked, ())
    first, last = ends(days[0] - timedelta(days=1)), ends(days[-1])
    within = and_(value >= first, value < last)
    found: Mapping[str, ColumnElement[bool]] = {
        "equals": within,
        "inRange": within,
        "notEqual": not_(within),
        "lessThan": value < first,
        "lessThanOrEqual": value < last,
        "greaterThan": value >= last,
        "greaterThanOrEqual": value >= first,
    }
    return found[asked]


def _contains(column: ListColumn, text: str) -> ColumnElement[bool]:
    return (
        _of_choice(column, "contains", text)
        if column.holds is Holds.CHOICE
        else column.value.icontains(text, autoescape=True)
    )


def _in_order(column: ListColumn) -> ColumnElement[Any]:
    """What a column is sorted by: texts by their letters' codes on every engine, choices in the order they are declared in."""
    if column.holds is Holds.CHOICE:
        places = {code: place for place, code in enumerate(column.choices)}
        return case(places, value=column.value, else_=len(places)) if places else column.value
    return ByCode(column.value) if column.holds is Holds.TEXT else column.value


class ByCode(FunctionElement[str]):
    """A text that is compared letter by letter by their codes, whatever the database's language."""

    name = "by_code"
    type = String()
    inherit_cache = True


@compiles(ByCode)
def _by_code(element: ByCode, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(ByCode, "postgresql")
def _by_code_postgresql(element: ByCode, compiler: Any, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)}) COLLATE "C"'
