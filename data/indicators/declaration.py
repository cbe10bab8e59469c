"""How an indicator is declared: its key and words, the sum or ratio that it is, whether it scores, the cases behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, case, cast, func

from data.indicators.unit_month import UnitMonth

Number = Fraction | Decimal | int


class Among(Enum):
    """Which of a unit's cases a month looks at for an indicator."""

    INSPECTED = auto()
    """Those in the ledger of the month."""
    PENALISED = auto()
    """Those with a decision that the ledger of the month is the first to report."""
    DUE = auto()
    """Those whose due day falls in the month."""
    CLOSED = auto()
    """Of those due in the month, those that were closed in time."""
    OVERDUE = auto()
    """Those due by the month's end and not closed then."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases behind a figure.

    ``shows``: the columns that it goes by; of each row, the first that it has is the cell to look at. ``where``: which
    of the cases, in terms of the table ``inspection``; None for all.
    """

    among: Among
    shows: tuple[str, ...]
    where: ColumnElement[bool] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A number added up; never undefined.

    ``rows``: what the rows of the month's own ledger add up to it, in terms of ``inspection``, kept in the rollup under
    the indicator's key; None where more than these rows tells of it, so that ``data/rollup/enforcement.py`` says how.
    """

    value: Callable[[UnitMonth], int | Decimal]
    rows: ColumnElement[Any] | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """``upper ÷ lower``, exact; undefined where ``lower`` is 0 or was never given, and ``undefined`` says so.

    ``applies``: whether a unit has the power that the ratio asks for; to whom it has not ``applies_not`` says so.
    """

    upper: Callable[[UnitMonth], int]
    lower: Callable[[UnitMonth], int | None]
    undefined: str
    applies: Callable[[UnitMonth], bool] | None = None
    applies_not: str = ""

    def value(self, one: UnitMonth) -> Fraction | None:
        """The ratio; None where it is undefined."""
        lower = self.lower(one)
        return Fraction(self.upper(one), lower) if lower and self.is_for(one) else None

    def is_for(self, one: UnitMonth) -> bool:
        """Whether the unit can have it at all."""
        return self.applies is None or self.applies(one)

    def why_undefined(self, one: UnitMonth) -> str:
        """Why it has no value, as a message to be translated."""
        return self.undefined if self.is_for(one) else self.applies_not


@dataclass(frozen=True, slots=True)
class Given:
    """A share that is known as it is, and is no fraction of counts."""

    value: Callable[[UnitMonth], Fraction | None]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of METHOD's table; ``name`` and ``meaning`` are messages to be translated.

    ``meaning``: how it is made, in one line. ``scored``: whether a scheme may give it a weight. ``breaks_ties``: whether
    a scheme may order equal scores by it. ``cases``: what it is drilled into. ``behind``: of a ratio, the key of the
    indicator whose cases are looked at.
    """

    key: str
    name: str
    made_of: Sum | Ratio | Given
    meaning: str = ""
    scored: bool = False
    breaks_ties: bool = False
    cases: Cases | None = None
    behind: str = ""

    def value(self, one: UnitMonth) -> Number | None:
        """The figure of one unit and month; None where it is undefined."""
        return self.made_of.value(one)


def number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows fulfil a condition."""
    return func.sum(case((condition, 1), else_=0), type_=Integer)


def total_of(column: ColumnElement[Any]) -> ColumnElement[int]:
    """What a column adds up to."""
    return cast(func.sum(column), BigInteger)
