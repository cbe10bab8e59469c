"""One workbook on its way in: what it is, what was understood of it, and what the database knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.periods import Period
from data.zone import Unit, Zone
from etl.known import Known
from etl.layout import Table


@dataclass(slots=True)
class Context:
    """What a kind's rules and writers may look at.

    ``values[table][column][i]`` is the checked value of data row i, None where the cell is empty or wrong;
    ``wrong[table][column]`` are the rows whose cell has been complained of.
    """

    zone: Zone
    unit: Unit
    period: Period
    received_on: date
    known: Known
    tables: dict[str, Table] = field(default_factory=dict)
    values: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    wrong: dict[str, dict[str, set[int]]] = field(default_factory=dict)

    def column(self, table: str, key: str) -> list[Any]:
        """A column's values; all None where the sheet does not have the column."""
        return self.values[table].get(key) or [None] * len(self.tables[table].rows)

    def complained(self, table: str, index: int, *keys: str) -> bool:
        """Whether one of these cells of a row is already explained."""
        wrong = self.wrong.get(table)
        return bool(wrong) and any(index in wrong.get(key, ()) for key in keys)  # type: ignore[union-attr]
