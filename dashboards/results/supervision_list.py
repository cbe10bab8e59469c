"""The findings of supervision as a list to be searched, filtered and sorted, each with the row that told of it last.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboards.method.supervision import OUTCOMES
from dashboards.results import told_rows
from dashboards.results.names import finding_outcome
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.supervision import FindingTold, SupervisionReport
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.schema.supervision import METHODS

BESIDE_OUTCOMES: Mapping[str, Callable[[FindingTold], bool]] = {
    "exposed": lambda one: one.told.exposed,
    "closed": lambda one: one.closed,
    "not_closed": lambda one: not one.closed,
}
KINDS_OF_FINDING = (*OUTCOMES, *BESIDE_OUTCOMES)
"""By what findings are chosen: what became of them, whether they were exposed, and whether they are crossed off."""


@dataclass(frozen=True, slots=True)
class FindingsNarrowed:
    """Which findings are wanted: of a unit, a method and a kind (``KINDS_OF_FINDING``) where they are named."""

    unit: str | None = None
    method: str | None = None
    kind: str | None = None

    def takes(self, one: FindingTold) -> bool:
        """Whether a finding is wanted."""
        return (
            self.unit in (None, one.told.supervised)
            and self.method in (None, one.told.method)
            and (self.kind in (None, one.outcome) or BESIDE_OUTCOMES.get(self.kind or "", _never)(one))
        )


def _never(_one: FindingTold) -> bool:
    return False


def of(report: SupervisionReport, wanted: FindingsNarrowed) -> list[FindingTold]:
    """The findings that are wanted, what is overdue first."""
    return [one for one in report.findings if wanted.takes(one)]


def rows(report: SupervisionReport, narrowing: FindingsNarrowed, wanted: RowsWanted) -> tuple[int, list[FindingTold]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    return chosen_rows(of(report, narrowing), columns(report), wanted)


def columns(report: SupervisionReport) -> list[RowColumn[FindingTold]]:
    """What the list may be filtered and sorted by; by the findings' words for who reads them."""
    units = {unit.code: unit.short_name for unit in report.zone.units}
    words: list[RowColumn[FindingTold]] = [RowColumn("finding", Holds.TEXT, lambda one: one.words, searched=True)]
    return [
        RowColumn("number", Holds.TEXT, lambda one: one.number, searched=True),
        RowColumn("ordered_on", Holds.DAY, lambda one: one.told.ordered_on),
        RowColumn("supervised", Holds.CHOICE, lambda one: one.told.supervised, units, searched=True),
        RowColumn("method", Holds.CHOICE, lambda one: one.told.method, {one: one for one in METHODS}, searched=True),
        *(words if report.reads_words else []),
        RowColumn("state", Holds.CHOICE, lambda one: one.outcome, {one: finding_outcome(one) for one in OUTCOMES}),
        RowColumn("overdue", Holds.NUMBER, lambda one: one.overdue),
        RowColumn("due_on", Holds.DAY, lambda one: one.told.due_on),
        RowColumn("answered_on", Holds.DAY, lambda one: one.told.answered_on),
        RowColumn("exposed", Holds.CHOICE, lambda one: "yes" if one.told.exposed else "no", yes_or_no()),
        RowColumn("closed_on", Holds.DAY, lambda one: one.told.closed_on),
    ]


def yes_or_no() -> dict[str, str]:
    """What is either so or not: code → words."""
    return {"yes": _("yes"), "no": _("no")}


def sources(reading: Reading, shown: Iterable[FindingTold]) -> Mapping[tuple[int, int], ToldRow]:
    """By workbook and row where each of these findings is told of."""
    return told_rows.fetch(reading, told_rows.LEDGER, [(one.submission, one.row) for one in shown])


def cell_of(one: FindingTold, source: ToldRow) -> str:
    """The cell to look at: of the deadline that is past, else of the answer; else of the number."""
    wanted = ("due_on",) if one.outcome == "overdue" else ("answered_on",) if one.told.answered_on else ()
    return source.cell(*wanted, "number")
