"""Rows of sums within a table: left out, but checked against the rows above them (warning ``table_total``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from data.zone.normal import compact
from etl.reading.sheets import letters
from etl.table.context import Context
from etl.table.declaration import Cells, Column
from etl.table.layout import Table, Total
from etl.table.problems import Problem
from etl.table.rows.stated_sums import stated_sum
from etl.table.rows.words import Span

SUMMED = (Cells.COUNT, Cells.QUANTITY, Cells.MONEY, Cells.MARK)
_MOST_NAMED = 100
_ENDINGS = ("类", "行业", "领域", "方面")


def check_totals(context: Context, table: Table) -> Iterator[Problem]:
    """小计 over its group, 合计 over all rows above; what is neither certainly is judged only where it fits nothing.

    累计 of several months is judged by this month alone: it cannot be less.
    """
    running: dict[str, list[Decimal]] = {}
    named = _rows_named(table)
    for total in table.totals:
        stated = {column.key: number for column, number in _stated(context, table, total)}
        for key in stated:
            if key not in running:
                amounts = (Decimal(value or 0) for value in context.column(table.found.spec.key, key))
                running[key] = list(accumulate(amounts, initial=Decimal(0)))
        computed = _computed(context, table, total, stated, running, named.get(total.row, ()))
        for column in table.found.spec.columns:
            if column.key in computed and _differs(total, stated[column.key], computed[column.key]):
                cell = f"{letters(table.found.columns[column.key])}{total.row}"
                shown = f"{computed[column.key].normalize():f}"
                parameters: dict[str, str | int] = {"label": total.label.written, "computed": shown}
                value = f"{stated[column.key].normalize():f}"
                yield Problem("table_total", table.found.sheet.name, cell, column.title, value, parameters)


def _stated(context: Context, table: Table, total: Total) -> Iterator[tuple[Column, Decimal]]:
    """The sums that the row states, of columns without a complaint."""
    spec = table.found.spec
    for column in spec.columns:
        if column.cells in SUMMED and column.key in total.cells and not context.wrong[spec.key].get(column.key):
            stated = stated_sum(table.found, column.key, total.cells[column.key])
            if stated is not None:
                yield column, stated


def _computed(
    context: Context,
    table: Table,
    total: Total,
    stated: dict[str, Decimal],
    running: dict[str, list[Decimal]],
    named: Sequence[int],
) -> dict[str, Decimal]:
    """The sums of the rows that the row means: of the spans it may mean the first that fits, or the likeliest.

    A sum above all rows is that of those below it.
    """
    above = total.above
    possible = [
        {key: running[key][above] - running[key][start] for key in stated} for start in _starts(total) if start <= above
    ]
    if not above:
        if total.label.span is Span.ALL:
            return {key: running[key][-1] for key in stated}
        return {}
    if named:
        possible.append({key: _sum_of(context.column(table.found.spec.key, key), named) for key in stated})
    elif total.label.of and total.since == (above,) and total.label.span is not Span.ALL:
        return {}
    return next((one for one in possible if one == stated), possible[0])


def _starts(total: Total) -> Sequence[int]:
    match total.label.span:
        case Span.GROUP:
            return total.since
        case Span.EITHER:
            return (*total.since, 0) if total.label.of else (0, *total.since)
        case _:
            return (0,)


def _differs(total: Total, stated: Decimal, computed: Decimal) -> bool:
    return stated < computed if total.label.span is Span.TO_DATE else stated != computed


def _rows_named(table: Table) -> dict[int, list[int]]:
    """Of each row of sums the data rows above it in which its label's own words stand (工贸 of 工贸小计), wherever they are."""
    wanted: dict[str, list[Total]] = {}
    for total in table.totals[:_MOST_NAMED]:
        if total.label.of and total.label.span in {Span.GROUP, Span.EITHER}:
            for name in {total.label.of, *(total.label.of.removesuffix(ending) for ending in _ENDINGS)}:
                wanted.setdefault(name, []).append(total)
    rows: dict[int, set[int]] = {}
    for column in table.cells.values() if wanted else ():
        names = {code: compact(cell) for code, cell in enumerate(column.cells) if isinstance(cell, str)}
        meant = {code: wanted[name] for code, name in names.items() if name in wanted}
        if meant:
            for index, code in enumerate(column.codes):
                for total in meant.get(code, ()):
                    if index < total.above:
                        rows.setdefault(total.row, set()).add(index)
    return {row: sorted(found) for row, found in rows.items()}


def _sum_of(column: Sequence[Decimal | int | None], rows: Iterable[int]) -> Decimal:
    return sum((Decimal(column[index] or 0) for index in rows), Decimal(0))
