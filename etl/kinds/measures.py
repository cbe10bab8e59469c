"""The ten measures (十条措施) as workbooks name them: by number, or by name, with or without a number before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from data.zone.normal import compact
from data.zone.schemes import ScoresScheme
from etl.table.cells import is_empty, seen
from etl.table.context import Context
from etl.table.problems import Problem

_CHINESE = {character: number for number, character in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = re.compile(r"[第(]?(?:措施)?(\d{1,2}|[一二三四五六七八九十])(?:\.0+)?[)、.,条项]*")
_LEADING = re.compile(r"(?:[第(]?(?:\d{1,2}|[一二三四五六七八九十])[)、.,:条项]+)")
_ENDING = re.compile(r"[。;,.]+$")


def number_of(cell: Any) -> int | None:
    """The number that a cell of 序号 names (3, 3., 三, （三）, 第3条); None for anything else."""
    cell = seen(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return int(cell) if cell == int(cell) else None
    match = _NUMBER.fullmatch(compact(cell)) if isinstance(cell, str) else None
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _CHINESE[match[1]]


def named(scheme: ScoresScheme, name: str) -> int | None:
    """The measure whose name this is, with or without its number before it; a bare number counts as well."""
    names = {compact(measure.name): measure.number for measure in scheme.measures}
    written = _ENDING.sub("", compact(name))
    found = names.get(written) or names.get(_LEADING.sub("", written, count=1))
    if found is not None:
        return found
    number = number_of(written)
    return number if number in scheme.measure_by_number else None


def full_marks(context: Context, table: str, stated: Sequence[Decimal | None] | None) -> None:
    """Add to a table's values the ``number`` of every row's measure, by 序号 where there is one, else by name, and the
    full mark ``allowed`` for it: the scheme's, or what the row itself states where it names no measure.
    """
    scheme = _scheme(context)
    names = context.column(table, "measure")
    numbers = [
        _measure(scheme, serial, name) for serial, name in zip(context.column(table, "serial"), names, strict=True)
    ]
    context.values[table]["number"] = numbers
    context.values[table]["allowed"] = [
        scheme.measure_by_number[number].full if number is not None else full
        for number, full in zip(numbers, stated or [None] * len(numbers), strict=True)
    ]


def _scheme(context: Context) -> ScoresScheme:
    return context.known.scores_scheme(context.zone.calendar.last_day(context.period))


def _measure(scheme: ScoresScheme, serial: Any, name: str | None) -> int | None:
    number = None if is_empty(serial) else number_of(serial)
    if number is not None:
        return number if number in scheme.measure_by_number else None
    return None if name is None else named(scheme, name)


def check_measures(context: Context, table: str) -> Iterator[Problem]:
    """Every row names one of the scheme's measures; a number and a name that say different ones are pointed out."""
    scheme, found = _scheme(context), context.column(table, "number")
    choices = "、".join(f"{measure.number}.{measure.name}" for measure in scheme.measures)
    serials = context.column(table, "serial")
    for index, (number, name) in enumerate(zip(found, context.column(table, "measure"), strict=True)):
        if name is None or context.complained(table, index, "measure"):
            continue
        if number is None:
            by_number = not is_empty(serials[index]) and number_of(serials[index]) is not None
            yield context.problem(
                table, index, "serial" if by_number else "measure", "bad_choice", "",
                serials[index] if by_number else name, choices=choices,
            )  # fmt: skip
        elif named(scheme, name) not in {None, number}:
            yield context.problem(
                table, index, "measure", "other_measure", "", name,
                number=number, named=scheme.measure_by_number[number].name,
            )  # fmt: skip
