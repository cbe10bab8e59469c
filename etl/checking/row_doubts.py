"""Rows that may be no data, said in words: such a row is refused, never passed over and never loaded in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from string import digits

from etl.reading.sheets import letters
from etl.table.layout import Table, Total
from etl.table.left_out import Why, in_words
from etl.table.problems import Problem
from etl.table.rows.stated_sums import stated_sum
from etl.table.rows.totals import SUMMED


def in_doubt(table: Table, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a table's cells; of a row that may be no data the first says what was seen.

    A row that must not be taken for data as it stands, and in which nothing else is wrong, is a problem itself.
    """
    if not table.doubts:
        yield from problems
        return
    said: set[int] = set()
    for problem in problems:
        row = int(problem.cell[len(problem.cell.rstrip(digits)) :]) if problem.cell else 0
        if row in table.doubts and row not in said and problem.is_error:
            said.add(row)
            yield replace(problem, parameters={**problem.parameters, **_parameters(table, row)})
        else:
            yield problem
    for row, doubt in table.doubts.items():
        if doubt.refuses and row not in said:
            cell = f"{letters(doubt.position)}{row}"
            yield Problem("inconsistent", table.found.sheet.name, cell, None, doubt.text, _parameters(table, row))


def _parameters(table: Table, row: int) -> dict[str, str | int]:
    doubt = table.doubts[row]
    return {"rule": doubt.rule, "row": row, "seen": doubt.text, "at": f"{letters(doubt.position)}{row}"}


def rows_not_to_be_passed_over(table: Table) -> Iterator[Problem]:
    """A table without a row is a declared zero only where nothing on it says that there were some."""
    sheet = table.found.sheet.name
    if table.hidden:
        parameters: dict[str, str | int] = {"rows": in_words(table.hidden), "count": len(table.hidden)}
        yield Problem("hidden_rows", sheet, parameters=parameters)
    if table.rows or not table.found.spec.counted:
        return
    if table.left.get(Why.HIDDEN_ROWS):
        rows = in_words(table.left[Why.HIDDEN_ROWS])
        yield Problem("conflict", sheet, parameters={"rule": "only_hidden_rows", "rows": rows})
    total = next((one for one in table.totals if _states_some(table, one)), None)
    if total is not None:
        parameters = {"rule": "sums_without_rows", "label": total.label.written, "row": total.row}
        yield Problem("conflict", sheet, parameters=parameters)
    if table.elsewhere is not None:
        yield Problem("conflict", sheet, parameters={"rule": "rows_elsewhere", "row": table.elsewhere})


def _states_some(table: Table, total: Total) -> bool:
    summed = [column.key for column in table.found.spec.columns if column.cells in SUMMED]
    return any(stated_sum(table.found, key, total.cells[key]) for key in summed if key in total.cells)
