"""What was found in one workbook as a list to be searched, filtered and sorted: at most as many entries as the loader keeps.

They are at hand and not in SQL: a sentence is made for its reader, in his language and as far as he may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dashboards.results import workbooks
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.workbooks import FoundProblem, Sent


class PlacedProblem(NamedTuple):
    """An entry and its place among all of its workbook, from 1, errors before notes."""

    place: int
    problem: FoundProblem

    @property
    def cells(self) -> str:
        """The cells in which it stands, as far as they are kept."""
        return " ".join(self.problem.cells)


class ProblemRows(NamedTuple):
    """Some of the entries of a workbook; ``total`` counts all that are wanted."""

    sent: Sent
    total: int
    rows: tuple[PlacedProblem, ...]


def fetch_rows(reading: Reading, number: int, wanted: RowsWanted, severities: Mapping[str, str]) -> ProblemRows | None:
    """Those that somebody wants, errors first where he wants no other order; ``severities``: the words for each.

    None where there is no such workbook that the scope may see. Unasked where the list has no such column, filter or order.
    """
    sent = workbooks.one(reading, number)
    placed = [] if sent is None else [PlacedProblem(*one) for one in enumerate(sent.problems, 1)]
    total, rows = chosen_rows(placed, columns(severities), wanted)
    return None if sent is None else ProblemRows(sent, total, tuple(rows))


def columns(severities: Mapping[str, str]) -> list[RowColumn[PlacedProblem]]:
    """What the list may be filtered and sorted by."""
    return [
        RowColumn("place", Holds.NUMBER, lambda row: row.place),
        RowColumn("severity", Holds.CHOICE, lambda row: row.problem.severity, severities),
        RowColumn("sheet", Holds.TEXT, lambda row: row.problem.sheet, searched=True),
        RowColumn("cells", Holds.TEXT, lambda row: row.cells or None, searched=True),
        RowColumn("places", Holds.NUMBER, lambda row: row.problem.places),
        RowColumn("column", Holds.TEXT, lambda row: row.problem.column, searched=True),
        RowColumn("value", Holds.TEXT, lambda row: row.problem.value, searched=True),
        RowColumn("sentence", Holds.TEXT, lambda row: row.problem.sentence, searched=True),
    ]
