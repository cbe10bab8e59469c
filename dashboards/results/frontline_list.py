"""The enterprises of front-line duty as a list to be searched, filtered and sorted, each with the row that told of it.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboards.method.frontline import DOCUMENTS, DUTY_STATES, Batch
from dashboards.results import told_rows
from dashboards.results.frontline import EnterpriseDuty, FrontlineReport
from dashboards.results.names import duty_document, duty_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.rows_at_hand import RowColumn, chosen_rows
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _

KINDS_OF_DUTY = (*DUTY_STATES, *DOCUMENTS)
"""By what enterprises are chosen: how they stand, or which document they lack."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which enterprises are wanted: of a batch, and of a town, a sector and a kind (``KINDS_OF_DUTY``) where they are named."""

    batch: Batch
    town: str | None = None
    sector: str | None = None
    kind: str | None = None

    def takes(self, one: EnterpriseDuty) -> bool:
        """Whether an enterprise of the batch is wanted."""
        return (
            self.town in (None, one.listed.territory)
            and self.sector in (None, one.listed.sector)
            and (self.kind in (None, one.state) or self.kind in one.lacks)
        )


def of(report: FrontlineReport, wanted: Narrowing) -> list[EnterpriseDuty]:
    """The enterprises that are wanted, who lacks most first."""
    codes = report.members[wanted.batch]
    return [one for one in report.duties if one.listed.credit_code in codes and wanted.takes(one)]


def rows(report: FrontlineReport, narrowing: Narrowing, wanted: RowsWanted) -> tuple[int, list[EnterpriseDuty]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    return chosen_rows(of(report, narrowing), columns(report), wanted)


def states() -> dict[str, str]:
    """How an enterprise may stand, who lacks most first: code → words."""
    return {state: duty_state(state) for state in DUTY_STATES}


def lacking_said(one: EnterpriseDuty) -> str:
    """The documents that an enterprise lacks, in words."""
    return _(", ").join(map(duty_document, one.lacks))


def columns(report: FrontlineReport) -> list[RowColumn[EnterpriseDuty]]:
    """What the list may be filtered and sorted by."""
    zone = report.zone
    units = {unit.code: unit.short_name for unit in zone.units}
    return [
        RowColumn("enterprise", Holds.TEXT, lambda one: one.listed.name, searched=True),
        RowColumn("credit_code", Holds.TEXT, lambda one: one.listed.credit_code, searched=True),
        RowColumn("territory", Holds.CHOICE, lambda one: one.listed.territory, units, searched=True),
        RowColumn("sector", Holds.CHOICE, lambda one: one.listed.sector, zone.sectors, searched=True),
        RowColumn("department", Holds.CHOICE, lambda one: one.listed.department, units),
        RowColumn("size", Holds.TEXT, lambda one: one.listed.size),
        RowColumn("state", Holds.CHOICE, lambda one: one.state, states()),
        RowColumn("lacks", Holds.TEXT, lambda one: lacking_said(one) or None),
        RowColumn("completed_on", Holds.DAY, completed_on),
        RowColumn("told_by", Holds.CHOICE, lambda one: one.unit, units),
        RowColumn("period", Holds.TEXT, lambda one: one.period),
    ]


def completed_on(one: EnterpriseDuty) -> date | None:
    """When all four were there, as the row that counts tells it."""
    return None if one.told is None else one.told.completed_on


def sources(reading: Reading, shown: Iterable[EnterpriseDuty]) -> Mapping[str, ToldRow]:
    """By credit code where each of these enterprises is told of: in a ledger, or where nobody told of it in the list that has it."""
    rows = list(shown)
    told = told_rows.fetch(reading, told_rows.LEDGER, [_ledger(one) for one in rows if one.told is not None])
    lists = told_rows.fetch(reading, told_rows.LIST, [_list(one) for one in rows if one.told is None])
    return {one.listed.credit_code: lists[_list(one)] if one.told is None else told[_ledger(one)] for one in rows}


def _ledger(one: EnterpriseDuty) -> tuple[int, int]:
    return (0, 0) if one.told is None else (one.told.submission, one.told.row)


def _list(one: EnterpriseDuty) -> tuple[int, int]:
    return one.listed.submission, one.listed.row


def cell_of(one: EnterpriseDuty, source: ToldRow) -> str:
    """The cell to look at: of the first document that lacks, else of the day, else the enterprise's own name."""
    return source.cell(*one.lacks, "completed_on", "enterprise", "name")
