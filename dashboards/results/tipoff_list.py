"""The cases of tip-offs, sanctions and crackdowns as a list, for the office and the unit that handles them: nobody else gets a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.method import tipoffs as method
from dashboards.method.columns import Flags
from dashboards.method.tipoffs import CASE_STATES, TipoffColumns
from dashboards.results import tipoffs, told_rows, told_texts
from dashboards.results.columns_at_hand import (
    ColumnAtHand,
    ValuesAtHand,
    chosen_places,
    coded_values,
    day_values,
    number_values,
    text_values,
)
from dashboards.results.names import case_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.supervision_list import flag_values, yes_or_no
from dashboards.results.tipoffs import FoundCases, TipoffsReport, TipoffTold
from dashboards.results.told_rows import ToldRow
from data.rollup.told_columns import NEVER, WIDE
from data.schema.tipoffs import TYPES, tipoff

STEPS = ("closed", "substantiated", "rewarded", "paid")
"""How far cases come once they are received: the steps that the report counts."""
KINDS_OF_CASE = (*STEPS, "overdue", "not_closed", "not_paid")
"""By what cases are chosen."""


@dataclass(frozen=True, slots=True)
class CasesNarrowed:
    """Which cases are wanted: of a type, a unit and a kind (``KINDS_OF_CASE``) where they are named."""

    type: str | None = None
    unit: str | None = None
    kind: str | None = None

    def of(self, report: TipoffsReport) -> FoundCases | None:
        """The cases of a report that are wanted, in its order; None for who reads none."""
        found = report.cases
        if found is not None and self.type is not None:
            found = found.at(found.columns.type.among([self.type]))
        if found is not None and self.unit is not None:
            found = found.at(found.columns.unit.among([self.unit]))
        if found is not None and self.kind is not None:
            found = found.at(_of_kind(found.columns, self.kind, report))
        return found


def _of_kind(own: TipoffColumns, kind: str, report: TipoffsReport) -> Flags:
    day = report.asked.as_of
    closed, paid = own.closed_by(day), own.paid_by(day)
    overdue: Flags = method.states(own, day, report.scheme) == CASE_STATES.index("overdue")
    flags = {
        "closed": closed, "substantiated": closed & own.substantiated, "rewarded": own.rewarded, "paid": paid,
        "overdue": overdue, "not_closed": ~closed, "not_paid": own.rewarded & ~paid,
    }  # fmt: skip
    return flags[kind]


def rows(
    reading: Reading, report: TipoffsReport, narrowing: CasesNarrowed, wanted: RowsWanted
) -> tuple[int, list[TipoffTold]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    found = narrowing.of(report)
    if found is None:
        return 0, []
    total, places = chosen_places(len(found), columns(reading, report, found), wanted)
    return total, tipoffs.rows(reading, found.at(places), report)


def columns(reading: Reading, report: TipoffsReport, found: FoundCases) -> list[ColumnAtHand]:
    """What a list of these cases may be filtered and sorted by."""
    zone, own, day = report.zone, found.columns, report.asked.as_of
    units = {unit.code: unit.short_name for unit in zone.units}
    state_codes = method.states(own, day, report.scheme)
    states: dict[str, str] = {one: case_state(one) for one in CASE_STATES}
    age, fen = day.toordinal() - own.received_on, found.told.numbers("reward_yuan", found.places)

    def written(name: str) -> ValuesAtHand:
        texts = told_texts.of_books(reading, tipoff, name, found.told)
        return text_values(map(texts.__getitem__, found.told.row_keys(found.places)))

    return [
        ColumnAtHand("number", Holds.TEXT, lambda: written("number"), searched=True),
        ColumnAtHand("received_on", Holds.DAY, lambda: day_values(own.received_on)),
        ColumnAtHand("type", Holds.CHOICE, lambda: coded_values(own.type), {one: one for one in TYPES}, searched=True),
        ColumnAtHand("unit", Holds.CHOICE, lambda: coded_values(own.unit), units, searched=True),
        ColumnAtHand("object", Holds.TEXT, lambda: written("object"), searched=True),
        ColumnAtHand("sector", Holds.CHOICE, lambda: coded_values(found.told.coded_or_empty("sector", found.places)), zone.sectors, searched=True),
        ColumnAtHand("state", Holds.CHOICE, lambda: ValuesAtHand(state_codes, CASE_STATES), states),
        ColumnAtHand("open_days", Holds.NUMBER, lambda: number_values(age, ~own.closed_by(day))),
        ColumnAtHand("substantiated", Holds.CHOICE, lambda: flag_values(own.substantiated), yes_or_no()),
        ColumnAtHand("reward_yuan", Holds.NUMBER, lambda: number_values(fen / 100, fen != NEVER[WIDE])),
        ColumnAtHand("paid_on", Holds.DAY, lambda: day_values(own.paid_on)),
        ColumnAtHand("closed_on", Holds.DAY, lambda: day_values(own.closed_on)),
    ]  # fmt: skip


def sources(reading: Reading, shown: Iterable[TipoffTold]) -> Mapping[tuple[int, int], ToldRow]:
    """By workbook and row where each of these cases is told of."""
    return told_rows.fetch(reading, told_rows.LEDGER, [(one.submission, one.row) for one in shown])


def cell_of(source: ToldRow) -> str:
    """The cell to look at: of the object, else of the number."""
    return source.cell("object", "number")
