"""The warnings as a list to be searched, filtered and sorted, each with the row that told of it; and where disasters are told of.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.method.disasters import DisasterTold
from dashboards.method.warning_steps import STEPS, WARNING_STATES, WarningWay
from dashboards.results import told_rows
from dashboards.results.disasters import DisastersReport
from dashboards.results.hiding import Viewpoint
from dashboards.results.names import warning_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.told_rows import ToldRow
from data.people.scope import Scope

IN_TIME, SLOW = "in_time", "slow"
KINDS_OF_WARNING = (*WARNING_STATES, IN_TIME, SLOW)
"""By what warnings are chosen: how far they got, or whether the answer came in time."""


@dataclass(frozen=True, slots=True)
class WarningsWanted:
    """Which warnings are wanted: of the unit that told of them, of a type, of a kind (``KINDS_OF_WARNING``), where they are named."""

    unit: str | None = None
    type: str | None = None
    kind: str | None = None

    def of_which(self, told: DisasterTold) -> bool:
        """Whether a row is of the unit and the type."""
        return self.unit in (None, told.unit) and self.type in (None, told.type)

    def takes(self, one: WarningWay) -> bool:
        """Whether a warning is wanted."""
        return self.of_which(one.told) and (self.kind is None or self.kind in kinds(one))


def kinds(one: WarningWay) -> tuple[str, ...]:
    """What a warning is chosen by: how far it got, and of one that was answered whether in time."""
    return (one.state,) if one.state in ("not_called", "not_answered") else (one.state, SLOW if one.slow else IN_TIME)


def of(report: DisastersReport, wanted: WarningsWanted) -> list[WarningWay]:
    """The warnings that are wanted, the latest first."""
    return [one for one in report.warnings if wanted.takes(one)]


def disasters_of(report: DisastersReport, wanted: WarningsWanted) -> list[DisasterTold]:
    """The disasters of the same unit and type, the latest first."""
    return [row for row in report.struck if wanted.of_which(row)]


def rows(
    report: DisastersReport, scope: Scope, narrowing: WarningsWanted, wanted: RowsWanted
) -> tuple[int, list[WarningWay]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    return chosen_rows(of(report, narrowing), columns(report, scope), wanted)


def columns(report: DisastersReport, scope: Scope) -> list[RowColumn[WarningWay]]:
    """What the list may be filtered and sorted by, as its reader sees it."""
    units = {unit.code: unit.short_name for unit in report.zone.units}
    states: dict[str, str] = {state: warning_state(state) for state in WARNING_STATES}
    day_of = report.zone.calendar.day_of

    def warned_on(one: WarningWay) -> date:
        return day_of(one.steps[0].at)

    return [
        RowColumn("warned_at", Holds.DAY, warned_on),
        RowColumn("type", Holds.TEXT, lambda one: one.told.type, searched=True),
        RowColumn("territory", Holds.CHOICE, lambda one: one.told.territory, units, searched=True),
        RowColumn("told_by", Holds.CHOICE, lambda one: one.told.unit, units, searched=True),
        RowColumn("state", Holds.CHOICE, lambda one: one.state, states),
        RowColumn("to_call", Holds.NUMBER, lambda one: _minutes(one, "called")),
        RowColumn("to_answer", Holds.NUMBER, lambda one: _minutes(one, "answered")),
        RowColumn("to_feedback", Holds.NUMBER, lambda one: _minutes(one, "fed_back")),
        RowColumn("measures", Holds.TEXT, lambda one: one.told.measures),
        RowColumn("moved", Holds.NUMBER, lambda one: one.told.moved),
        RowColumn("number", Holds.TEXT, lambda one: number_of(one.told, scope), searched=True),
    ]


def _minutes(one: WarningWay, key: str) -> float | None:
    found = next((each.minutes for each in one.steps if each.key == key), None)
    return None if found is None else float(found)


def number_of(told: DisasterTold, scope: Scope) -> str:
    """A row's 编号, as its reader may know it."""
    return Viewpoint(scope.sees_names(told.unit)).document(told.number)


def sources(reading: Reading, shown: Iterable[DisasterTold]) -> Mapping[tuple[int, int], ToldRow]:
    """By workbook and row where each of these rows stands."""
    return told_rows.fetch(reading, told_rows.LEDGER, [place_of(one) for one in shown])


def place_of(told: DisasterTold) -> tuple[int, int]:
    """The workbook's number, and the row."""
    return told.submission, told.row


def cell_of(one: WarningWay, source: ToldRow) -> str:
    """The cell to look at: of the step that lacks, of an answer that came late, else of the last step taken."""
    key = one.lacks or ("answered" if one.slow else STEPS[-1])
    return next((source.cells[name] for name in (f"{key}_at", "number") if name in source.cells), str(source.row))


def cell_of_disaster(told: DisasterTold, source: ToldRow) -> str:
    """The cell to look at: of the dead or missing where there are any, else of the moment."""
    wanted = ("dead" if told.dead else "missing" if told.missing else "happened_at", "happened_at", "number")
    return next((source.cells[name] for name in wanted if name in source.cells), str(source.row))
