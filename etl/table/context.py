"""One workbook on its way in: what it is, what was understood of it, and what the database knows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from data.zone.normal import document_keys
from data.zone.periods import Period
from data.zone.zone import Unit, Zone
from etl.reading.sheets import Sheet
from etl.table.cells import text
from etl.table.headings.labels import Stated
from etl.table.known import Known
from etl.table.layout import Table
from etl.table.problems import Problem
from etl.table.values.amounts import Amounts


@dataclass(slots=True)
class Context:
    """What a kind's rules and writers may look at.

    ``values[table][column][i]`` is the checked value of data row i, None where the cell is empty or wrong;
    ``wrong[table][column]`` are the rows whose cell has been complained of; ``heights`` are the data rows that each sheet
    of a table has, as they were checked; ``amounts[table, column]`` tells in which unit a column of money was read.
    ``period_from`` is the source that named the period, ``loose`` are sheets named after a table of sums in another
    layout.
    """

    zone: Zone
    unit: Unit
    period: Period
    received_on: date
    known: Known
    tables: dict[str, Table] = field(default_factory=dict)
    values: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    wrong: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    aside: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    heights: dict[str, int] = field(default_factory=dict)
    amounts: dict[tuple[str, str], Amounts] = field(default_factory=dict)
    period_from: Stated | None = None
    loose: dict[str, Sheet] = field(default_factory=dict)

    def column(self, table: str, key: str) -> list[Any]:
        """A column's values; all None where the sheet does not have the column."""
        return self.values[table].get(key) or [None] * len(self.tables[table].rows)

    def complained(self, table: str, index: int, *keys: str) -> bool:
        """Whether one of these cells of a row is already explained."""
        wrong = self.wrong.get(table)
        return bool(wrong) and any(index in wrong.get(key, ()) for key in keys)  # type: ignore[union-attr]

    def keys(self, table: str, key: str = "number") -> list[str | None]:
        """Documents' numbers as compared, computed once a table."""
        name = f"{key}_key"
        if name not in self.values[table]:
            written = self.column(table, key)
            keys = iter(document_keys([one for one in written if one is not None]))
            self.values[table][name] = [None if one is None else next(keys) for one in written]
        return self.values[table][name]

    def problem(
        self,
        table: str,
        index: int,
        key: str,
        code: str,
        rule: str = "",
        value: object = None,
        **more: str | int,
    ) -> Problem:
        """What is wrong with one cell of a data row; ``rule`` names its sentence where the code has several."""
        found = self.tables[table]
        return Problem(
            code,
            found.found.sheet.name,
            found.cell(key, index) if key in found.found.columns else None,
            found.found.spec.titles[key],
            None if value is None else written(value),
            {"rule": rule, **more} if rule else more,
        )

    def column_problem(
        self,
        table: str,
        indices: Sequence[int],
        key: str,
        at: str,
        code: str,
        rule: str,
        *,
        value: str | None = None,
        **more: str | int,
    ) -> Problem:
        """What is wrong with a whole column, told once: at the cells of another column that show it."""
        found = self.tables[table]
        title = found.found.spec.titles[key]
        cells = tuple(found.cell(at, index) for index in indices) if at in found.found.columns else ()
        first = cells[0] if cells else None
        return Problem(
            code, found.found.sheet.name, first, title, value, {"rule": rule, **more} if rule else more, cells
        )

    def set_aside(self, table: str, key: str, index: int) -> None:
        """A cell whose value a rule has refused: it is complained of, and no other rule rests on it."""
        self.aside.setdefault((table, key), set()).add(index)
        self.wrong[table].setdefault(key, set()).add(index)

    def sound(self, table: str, key: str) -> list[Any]:
        """A column's values as rules may rest on them: None also where a rule has set a cell aside."""
        column, aside = self.column(table, key), self.aside.get((table, key))
        return column if aside is None else [None if at in aside else value for at, value in enumerate(column)]

    def repeated(self, table: str, key: str, compared: Sequence[Hashable]) -> Iterator[Problem]:
        """``duplicate_key`` for every row whose compared value an earlier row of the sheet has; None is nobody's."""
        present = [value for value in compared if value is not None]
        if len(set(present)) == len(present):
            return
        first: dict[Hashable, int] = {}
        written = self.column(table, key)
        for index, value in enumerate(compared):
            if value is None:
                continue
            if value in first:
                before = self.tables[table].cell(key, first[value])
                yield self.problem(table, index, key, "duplicate_key", "sheet", written[index], first=before)
            first.setdefault(value, index)


def written(value: object) -> str | None:
    """A value as a clerk would write it: 10.5, never 10.500000."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else text(value)
