"""The cases of tip-offs, sanctions and crackdowns as a list, for the office and the unit that handles them: nobody else gets a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboards.method.tipoffs import CASE_STATES
from dashboards.results import told_rows
from dashboards.results.names import case_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.supervision_list import yes_or_no
from dashboards.results.tipoffs import TipoffsReport, TipoffTold
from dashboards.results.told_rows import ToldRow
from data.schema.tipoffs import TYPES

STEPS: Mapping[str, Callable[[TipoffTold], bool]] = {
    "closed": lambda one: one.closed,
    "substantiated": lambda one: one.closed and one.told.substantiated,
    "rewarded": lambda one: bool(one.told.reward_yuan),
    "paid": lambda one: one.paid,
}
"""How far cases come once they are received: the steps that the report counts."""
KINDS_OF_CASE: Mapping[str, Callable[[TipoffTold], bool]] = {
    **STEPS,
    "overdue": lambda one: one.state == "overdue",
    "not_closed": lambda one: not one.closed,
    "not_paid": lambda one: bool(one.told.reward_yuan) and not one.paid,
}
"""By what cases are chosen."""


@dataclass(frozen=True, slots=True)
class CasesNarrowed:
    """Which cases are wanted: of a type, a unit and a kind (``KINDS_OF_CASE``) where they are named."""

    type: str | None = None
    unit: str | None = None
    kind: str | None = None

    def takes(self, one: TipoffTold) -> bool:
        """Whether a case is wanted."""
        return (
            self.type in (None, one.told.type)
            and self.unit in (None, one.unit)
            and (self.kind is None or KINDS_OF_CASE[self.kind](one))
        )


def of(report: TipoffsReport, wanted: CasesNarrowed) -> list[TipoffTold]:
    """The cases that are wanted, what is overdue first; none for who reads none."""
    return [one for one in report.cases or () if wanted.takes(one)]


def rows(report: TipoffsReport, narrowing: CasesNarrowed, wanted: RowsWanted) -> tuple[int, list[TipoffTold]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    return chosen_rows(of(report, narrowing), columns(report), wanted)


def columns(report: TipoffsReport) -> list[RowColumn[TipoffTold]]:
    """What the list may be filtered and sorted by."""
    zone = report.zone
    units = {unit.code: unit.short_name for unit in zone.units}
    return [
        RowColumn("number", Holds.TEXT, lambda one: one.number, searched=True),
        RowColumn("received_on", Holds.DAY, lambda one: one.told.received_on),
        RowColumn("type", Holds.CHOICE, lambda one: one.told.type, {one: one for one in TYPES}, searched=True),
        RowColumn("unit", Holds.CHOICE, lambda one: one.unit, units, searched=True),
        RowColumn("object", Holds.TEXT, lambda one: one.object, searched=True),
        RowColumn("sector", Holds.CHOICE, lambda one: one.sector, zone.sectors, searched=True),
        RowColumn("state", Holds.CHOICE, lambda one: one.state, {one: case_state(one) for one in CASE_STATES}),
        RowColumn("open_days", Holds.NUMBER, lambda one: one.open_days),
        RowColumn("substantiated", Holds.CHOICE, lambda one: "yes" if one.told.substantiated else "no", yes_or_no()),
        RowColumn(
            "reward_yuan",
            Holds.NUMBER,
            lambda one: None if one.told.reward_yuan is None else float(one.told.reward_yuan),
        ),
        RowColumn("paid_on", Holds.DAY, lambda one: one.told.paid_on),
        RowColumn("closed_on", Holds.DAY, lambda one: one.told.closed_on),
    ]


def sources(reading: Reading, shown: Iterable[TipoffTold]) -> Mapping[tuple[int, int], ToldRow]:
    """By workbook and row where each of these cases is told of."""
    return told_rows.fetch(reading, told_rows.LEDGER, [(one.submission, one.row) for one in shown])


def cell_of(source: ToldRow) -> str:
    """The cell to look at: of the object, else of the number."""
    return source.cell("object", "number")
