"""Rules between the cells of a row and between rows, as kinds declare them beside their columns.

A rule runs over whole columns at once and names only the rows that break it. A cell that is empty, or was complained
of, rests no rule: what is explained is not repeated. Each rule has a general sentence; ``says`` names a sentence of
its own (``messages.RULES``), in which what the cell is held against is called ``named``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.zone.periods import Month, Year, in_year
from etl.table.context import Context, written
from etl.table.declaration import Cells
from etl.table.problems import Problem
from etl.table.values.credit_codes import check_digit_holds
from etl.table.values.moments import day_of

_TOLD_BY_MANY = 2


@dataclass(frozen=True, slots=True)
class NotAbove:
    """A number is at most another one of its row."""

    key: str
    other: str
    says: str = "not_above"
    named: str = "limit"

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``inconsistent`` at every number that is larger."""
        pairs = zip(context.sound(table, self.key), context.sound(table, self.other), strict=True)
        wrong = [
            (index, value, limit)
            for index, (value, limit) in enumerate(pairs)
            if value and limit is not None and value > limit
        ]
        for index, value, limit in wrong:
            yield _against(context, table, index, self.key, self.says, value, self.named, limit, self.other)


@dataclass(frozen=True, slots=True)
class NotBefore:
    """A day is not earlier than another one of its row."""

    key: str
    other: str
    says: str = "not_before"
    named: str = "limit"

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``inconsistent`` at every day that is earlier."""
        pairs = zip(context.sound(table, self.key), context.sound(table, self.other), strict=True)
        wrong = [
            (index, day, first)
            for index, (day, first) in enumerate(pairs)
            if day is not None and first is not None and day < first
        ]
        for index, day, first in wrong:
            yield _against(context, table, index, self.key, self.says, day, self.named, first, self.other)


@dataclass(frozen=True, slots=True)
class NotLongAfter:
    """A day lies within some days of another one of its row, else it is a warning (``code``)."""

    key: str
    other: str
    days: int
    code: str

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """The warning at every day that is farther away."""
        longest = timedelta(days=self.days)
        pairs = zip(context.sound(table, self.key), context.sound(table, self.other), strict=True)
        far = [
            (index, day, first)
            for index, (day, first) in enumerate(pairs)
            if day is not None and first is not None and day - first > longest
        ]
        for index, day, first in far:
            yield context.problem(table, index, self.key, self.code, "", day, days=(day - first).days)


@dataclass(frozen=True, slots=True)
class NotAfterReceipt:
    """A day on which something was done is not later than the day on which the workbook came."""

    key: str
    says: str = "not_after_receipt"

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``inconsistent`` at every day to come."""
        received = context.received_on
        late = [
            (index, day)
            for index, day in enumerate(context.sound(table, self.key))
            if day is not None and day_of(day) > received
        ]
        for index, day in late:
            yield context.problem(table, index, self.key, "inconsistent", self.says, day, received=str(received))


@dataclass(frozen=True, slots=True)
class NotAfterPeriod:
    """A day or moment is not later than the reported period, nor than the day of receipt; earlier things may be told of again.

    One that is later is as good as unread: no other rule rests on it.
    """

    key: str

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``out_of_period`` at every later day."""
        last, received = context.zone.calendar.last_day(context.period), context.received_on
        for index, day in enumerate(context.sound(table, self.key)):
            if day is None or day_of(day) <= min(last, received):
                continue
            named = {"last": str(last)} if day_of(day) > last else {"received": str(received)}
            says = "after_period" if day_of(day) > last else "after_receipt"
            yield context.problem(table, index, self.key, "out_of_period", says, day, **named)
            context.set_aside(table, self.key, index)


@dataclass(frozen=True, slots=True)
class NeededWith:
    """A cell must be filled in where another one of its row is: has a text, a day, a number above 0, or says 是."""

    key: str
    other: str
    says: str = "needed_with"
    named: str = "given"

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``inconsistent`` at every such empty cell; once, at the cells that need it, where the sheet lacks the column."""
        values, others = context.sound(table, self.key), context.sound(table, self.other)
        if not [1 for value, given in zip(values, others, strict=True) if value is None and given]:
            return
        pairs = zip(values, others, strict=True)
        lacking = [(index, given) for index, (value, given) in enumerate(pairs) if given and value is None]
        found = context.tables[table].found
        if lacking and self.key not in found.columns:
            at = [index for index, _ in lacking]
            other = title_of(context, table, self.other)
            yield context.column_problem(table, at, self.key, self.other, "inconsistent", "needed_column", other=other)
            return
        for index, given in lacking:
            if not context.complained(table, index, self.key):
                yield _against(context, table, index, self.key, self.says, None, self.named, given, self.other)


@dataclass(frozen=True, slots=True)
class WithinPeriod:
    """A day belongs to the reported period, or, where ``year`` is set, a day or month to the period's year; and it is no
    day after that of receipt.

    A day that does not is as good as unread: no other rule rests on it. Where all days lie in the same period of one
    other year, it is the label that is wrong, and that is said once.
    """

    key: str
    year: bool = False

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``out_of_period`` at every other day."""
        days = context.column(table, self.key)
        different = {day for day in set(days) if day is not None}
        outside = {day for day in different if not self._is_within(context, day)}
        later = {day for day in different - outside if isinstance(day, date) and day > context.received_on}
        if not outside and not later:
            return
        of_label = self._of_another_year(context, table, days) if outside == different else None
        if of_label is not None:
            yield of_label
        for index, day in enumerate(days):
            if day in outside or day in later:
                if of_label is None:
                    yield self._at(context, table, index, day, later)
                context.set_aside(table, self.key, index)

    def _is_within(self, context: Context, day: Any) -> bool:
        if self.year:
            return bool(day.year == context.period.year)
        calendar = context.zone.calendar
        return bool(calendar.first_day(context.period) <= day <= calendar.last_day(context.period))

    def _at(self, context: Context, table: str, index: int, day: Any, later: Set[Any]) -> Problem:
        value = str(day) if isinstance(day, Month) else day
        if day in later:
            received = str(context.received_on)
            return context.problem(table, index, self.key, "out_of_period", "after_receipt", value, received=received)
        if self.year:
            year = context.period.year
            return context.problem(table, index, self.key, "out_of_period", "other_year", value, year=year)
        calendar = context.zone.calendar
        bounds = {"first": str(calendar.first_day(context.period)), "last": str(calendar.last_day(context.period))}
        return context.problem(table, index, self.key, "out_of_period", "", value, **bounds)

    def _of_another_year(self, context: Context, table: str, days: Sequence[Any]) -> Problem | None:
        """The label's fault, where two or more rows all speak of the same period of one other year."""
        told = [day for day in days if day is not None]
        years = {_year_of(context, day) for day in told}
        if len(told) < _TOLD_BY_MANY or len(years) != 1:
            return None
        other = in_year(context.period, years.pop())
        calendar = context.zone.calendar
        if other == context.period or not (
            self.year or all(calendar.first_day(other) <= day <= calendar.last_day(other) for day in told)
        ):
            return None
        place = context.period_from.place if context.period_from is not None else None
        sheet, cell = (place.sheet, place.cell) if place is not None else (context.tables[table].found.sheet.name, None)
        parameters: dict[str, str | int] = {
            "rule": "label_of_another_year" if cell else "choice_of_another_year",
            "days": len(told),
            "title": title_of(context, table, self.key),
            "actual": str(Year(other.year) if self.year else other),
            "reported": str(context.period),
            "label_cell": cell or "",
        }
        return Problem("out_of_period", sheet, cell, None, str(context.period), parameters)


def _year_of(context: Context, day: Any) -> int:
    return int(day.year) if isinstance(day, Month) else context.zone.calendar.month_of(day).year


@dataclass(frozen=True, slots=True)
class Unique:
    """What ``by`` names (by default the column itself) stands in one row of the sheet only.

    Numbers of documents are the same in any writing. A row in which one of them is empty is nobody's, but for
    ``optional`` ones, whose emptiness is a value of its own.
    """

    key: str
    by: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``duplicate_key`` at every later row."""
        names = self.by or (self.key,)
        columns = [self._compared(context, table, name) for name in names]
        needed = [position for position, name in enumerate(names) if name not in self.optional]
        compared: list[Any] = columns[0]
        if len(columns) > 1:
            compared = [
                None
                if any(one[position] is None for position in needed) or context.complained(table, index, *self.optional)
                else one
                for index, one in enumerate(zip(*columns, strict=True))
            ]
        yield from context.repeated(table, self.key, compared)

    def _compared(self, context: Context, table: str, name: str) -> list[Any]:
        cells = {column.key: column.cells for column in context.tables[table].found.spec.columns}
        return context.keys(table, name) if cells.get(name) is Cells.DOCUMENT else context.sound(table, name)


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """An enterprise is named with its credit code, else it is a warning; once where the sheet lacks the column."""

    key: str
    says: str = ""

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``no_credit_code`` at every row without one."""
        if self.key not in context.tables[table].found.columns:
            if context.tables[table].rows:
                yield context.column_problem(table, [], self.key, self.key, "no_credit_code", self.says)
            return
        for index, code in enumerate(context.column(table, self.key)):
            if code is None and not context.complained(table, index, self.key):
                yield context.problem(table, index, self.key, "no_credit_code", self.says)


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """The last character of a credit code is the one that the others make, else it is a warning: such codes are in use."""

    key: str

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``check_digit`` at every other code."""
        codes = context.sound(table, self.key)
        wrong = {code for code in set(codes) if code is not None and not check_digit_holds(code)}
        for index, code in enumerate(codes):
            if code in wrong:
                yield context.problem(table, index, self.key, "check_digit", "", code)


@dataclass(frozen=True, slots=True)
class InRegister:
    """A credit code is one that a unit lists in its register of enterprises, else it is a warning.

    It is asked of the day ``on`` of the same row, or of any day of the period; and of nothing while nobody has listed any.
    """

    key: str
    on: str | None = None

    def check(self, context: Context, table: str) -> Iterator[Problem]:
        """``not_in_register`` at every other code."""
        codes = context.sound(table, self.key)
        spans = context.known.registered(sorted({code for code in codes if code is not None}), context.period.year)
        if spans is None:
            return
        calendar = context.zone.calendar
        first, last = calendar.first_day(context.period), calendar.last_day(context.period)
        days = None if self.on is None else context.sound(table, self.on)
        for index, code in enumerate(codes):
            since, until = (first, last) if days is None else (days[index], days[index])
            if code is None or since is None:
                continue
            if not any(start <= until and since <= end for start, end in spans.get(code, ())):
                yield context.problem(table, index, self.key, "not_in_register", "", code)


def title_of(context: Context, table: str, key: str) -> str:
    """What a column is called on the sheet's form; empty for what only the program knows (a case's own figures)."""
    return context.tables[table].found.spec.titles.get(key, "")


def _against(
    context: Context, table: str, index: int, key: str, says: str, value: object, named: str, held: object, other: str
) -> Problem:
    """A cell that does not agree with another one, which the sentence calls by its title and quotes."""
    more: dict[str, str | int] = {named: held if isinstance(held, int) else written(held) or ""}
    if title := title_of(context, table, other):
        more["other"] = title
    return context.problem(table, index, key, "inconsistent", says, value, **more)
