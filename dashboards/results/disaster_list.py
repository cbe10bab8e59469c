"""The warnings as a list to be searched, filtered and sorted, each with the row that told of it; and where disasters are told of.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from dashboards.method.columns import Flags, Numbers
from dashboards.method.disasters import DisasterTold
from dashboards.method.warning_steps import STEPS, WARNING_STATES, StepKey, WarningColumns, WarningWay
from dashboards.results import disasters, told_rows, told_texts
from dashboards.results.columns_at_hand import (
    ColumnAtHand,
    ValuesAtHand,
    chosen_places,
    coded_values,
    number_values,
    text_values,
)
from dashboards.results.disasters import DisastersReport, FoundDisasters
from dashboards.results.hiding import Viewpoint
from dashboards.results.names import warning_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.told_rows import ToldRow
from data.people.scope import Scope
from data.schema.disasters import disaster
from data.zone.moments import moment_of

IN_TIME, SLOW = "in_time", "slow"
KINDS_OF_WARNING = (*WARNING_STATES, IN_TIME, SLOW)
"""By what warnings are chosen: how far they got, or whether the answer came in time."""


@dataclass(frozen=True, slots=True)
class WarningsWanted:
    """Which warnings are wanted: of the unit that told of them, of a type, of a kind (``KINDS_OF_WARNING``), where they are named."""

    unit: str | None = None
    type: str | None = None
    kind: str | None = None

    def of(self, report: DisastersReport) -> FoundDisasters:
        """The warnings of a report that are wanted, the latest first."""
        found = self._of_unit_and_type(report.warnings)
        return found if self.kind is None else found.at(_of_kind(report.steps(found), self.kind))

    def disasters_of(self, report: DisastersReport) -> FoundDisasters:
        """The disasters of the same unit and type, the latest first."""
        return self._of_unit_and_type(report.struck)

    def _of_unit_and_type(self, found: FoundDisasters) -> FoundDisasters:
        if self.unit is not None:
            found = found.at(found.columns.unit.among([self.unit]))
        return found if self.type is None else found.at(found.columns.type.among([self.type]))


def _of_kind(ways: WarningColumns, kind: str) -> Flags:
    if kind == SLOW:
        return ways.slow
    if kind == IN_TIME:
        return ways.took("answered") & ~ways.slow
    fits: Flags = ways.state == [*map(str, WARNING_STATES)].index(kind)
    return fits


def counts(ways: WarningColumns) -> dict[str, int]:
    """How many of some warnings are of each kind."""
    return {kind: int(_of_kind(ways, kind).sum()) for kind in KINDS_OF_WARNING}


def rows(
    reading: Reading, report: DisastersReport, narrowing: WarningsWanted, wanted: RowsWanted
) -> tuple[int, list[WarningWay]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    found = narrowing.of(report)
    total, places = chosen_places(len(found), columns(reading, report, found), wanted)
    return total, disasters.ways(reading, report, found.at(places))


def columns(reading: Reading, report: DisastersReport, found: FoundDisasters) -> list[ColumnAtHand]:
    """What a list of these warnings may be filtered and sorted by, as its reader sees it."""
    own, ways = found.columns, report.steps(found)
    units = {unit.code: unit.short_name for unit in report.zone.units}
    states: dict[str, str] = {state: warning_state(state) for state in WARNING_STATES}

    def warned_on() -> ValuesAtHand:
        moments, codes = np.unique(own.warned_at, return_inverse=True)
        return ValuesAtHand(codes, [report.zone.calendar.day_of(moment_of(one)) for one in moments.tolist()])

    def minutes(seconds: Numbers, step: StepKey) -> Callable[[], ValuesAtHand]:
        return lambda: number_values(seconds / 60, ways.took(step))

    def numbers() -> ValuesAtHand:
        written = told_texts.of_books(reading, disaster, "number", found.told)
        views = {unit: Viewpoint(reading.scope.sees_names(unit)) for unit in own.unit.names}
        texts = map(written.__getitem__, found.told.row_keys(found.places))
        return text_values(
            views[unit].document(text or "") for unit, text in zip(own.unit.values(), texts, strict=True)
        )

    return [
        ColumnAtHand("warned_at", Holds.DAY, warned_on),
        ColumnAtHand("type", Holds.TEXT, lambda: coded_values(own.type), searched=True),
        ColumnAtHand("territory", Holds.CHOICE, lambda: coded_values(own.territory), units, searched=True),
        ColumnAtHand("told_by", Holds.CHOICE, lambda: coded_values(own.unit), units, searched=True),
        ColumnAtHand("state", Holds.CHOICE, lambda: ValuesAtHand(ways.state, WARNING_STATES), states),
        ColumnAtHand("to_call", Holds.NUMBER, minutes(ways.to_call, "called")),
        ColumnAtHand("to_answer", Holds.NUMBER, minutes(ways.to_answer, "answered")),
        ColumnAtHand("to_feedback", Holds.NUMBER, minutes(ways.to_feedback, "fed_back")),
        ColumnAtHand("measures", Holds.TEXT, lambda: coded_values(own.measures)),
        ColumnAtHand("moved", Holds.NUMBER, lambda: number_values(own.moved, np.ones(len(own), dtype=bool))),
        ColumnAtHand("number", Holds.TEXT, numbers, searched=True),
    ]


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
