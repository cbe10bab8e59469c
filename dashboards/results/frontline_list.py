"""The enterprises of front-line duty as a list to be searched, filtered and sorted, each with the row that told of it.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboards.method.columns import NEVER, Flags
from dashboards.method.frontline import DOCUMENTS, DUTY_STATES, Batch
from dashboards.method.frontline_columns import Duties
from dashboards.results import told_rows
from dashboards.results.columns_at_hand import (
    ColumnAtHand,
    ValuesAtHand,
    chosen_places,
    coded_values,
    day_values,
    text_values,
)
from dashboards.results.frontline import EnterpriseDuty, FrontlineReport, ListedDuties
from dashboards.results.names import duty_document, duty_state
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
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

    def of(self, report: FrontlineReport) -> ListedDuties:
        """The enterprises of a report that are wanted, in no order."""
        own = report.duties.columns
        fitting = own.members[self.batch]
        if self.town is not None:
            fitting = fitting & (own.territory == report.duties.read.units.index(self.town))
        if self.sector is not None:
            fitting = fitting & own.sector.among([self.sector])
        if self.kind is not None:
            fitting = fitting & _of_kind(own, self.kind)
        return report.duties.at(fitting)


def _of_kind(own: Duties, kind: str) -> Flags:
    if kind in own.lacks:
        return own.lacks[kind]
    fits: Flags = own.state == [*map(str, DUTY_STATES)].index(kind)
    return fits


def counts(found: ListedDuties) -> dict[str, int]:
    """How many of some enterprises are of each kind."""
    return {kind: int(_of_kind(found.columns, kind).sum()) for kind in KINDS_OF_DUTY}


def rows(report: FrontlineReport, narrowing: Narrowing, wanted: RowsWanted) -> tuple[int, list[EnterpriseDuty]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    found = narrowing.of(report)
    found = found.in_order(0, len(found))
    total, places = chosen_places(len(found), columns(report, found), wanted)
    return total, found.at(places).rows


def states() -> dict[str, str]:
    """How an enterprise may stand, who lacks most first: code → words."""
    return {state: duty_state(state) for state in DUTY_STATES}


def lacking_said(one: EnterpriseDuty) -> str:
    """The documents that an enterprise lacks, in words."""
    return _said(one.lacks)


def _said(documents: Iterable[str]) -> str:
    return _(", ").join(map(duty_document, documents))


def columns(report: FrontlineReport, found: ListedDuties) -> list[ColumnAtHand]:
    """What a list of these enterprises may be filtered and sorted by."""
    zone, own, read = report.zone, found.columns, found.read
    units = {unit.code: unit.short_name for unit in zone.units}
    listed = read.listed.at(own.entry)

    def of_lists(name: str) -> ValuesAtHand:
        return text_values(read.lists.texts(name, own.entry))

    return [
        ColumnAtHand("enterprise", Holds.TEXT, lambda: of_lists("name"), searched=True),
        ColumnAtHand("credit_code", Holds.TEXT, lambda: of_lists("credit_code"), searched=True),
        ColumnAtHand("territory", Holds.CHOICE, lambda: ValuesAtHand(own.territory, read.units), units, searched=True),
        ColumnAtHand("sector", Holds.CHOICE, lambda: coded_values(own.sector), zone.sectors, searched=True),
        ColumnAtHand("department", Holds.CHOICE, lambda: ValuesAtHand(listed.department, [*read.units, None]), units),
        ColumnAtHand("size", Holds.TEXT, lambda: coded_values(listed.size)),
        ColumnAtHand("state", Holds.CHOICE, lambda: ValuesAtHand(own.state, DUTY_STATES), states()),
        ColumnAtHand("lacks", Holds.TEXT, lambda: _lacking(own)),
        ColumnAtHand("completed_on", Holds.DAY, lambda: day_values(np.append(read.duty.completed_on, NEVER)[own.told])),
        ColumnAtHand("told_by", Holds.CHOICE, lambda: _of_books(found, [book.unit for book in read.ledgers.books]), units),
        ColumnAtHand("period", Holds.TEXT, lambda: _of_books(found, [book.period for book in read.ledgers.books])),
    ]  # fmt: skip


def _lacking(own: Duties) -> ValuesAtHand:
    """The documents that lack, in words: of some few documents there are some few more ways to lack them."""
    codes = np.zeros(len(own.entry), dtype=np.int32)
    for place, document in enumerate(DOCUMENTS):
        codes += own.lacks[document].astype(np.int32) << place
    ways = range(1 << len(DOCUMENTS))
    lacking = [[one for place, one in enumerate(DOCUMENTS) if way >> place & 1] for way in ways]
    return ValuesAtHand(codes, [_said(one) or None for one in lacking])


def _of_books(found: ListedDuties, of: Sequence[str]) -> ValuesAtHand:
    """What is the same for all rows of a ledger; of whom none tells there is none."""
    books = np.append(found.read.ledgers.book, len(of))[found.columns.told]
    return ValuesAtHand(books, [*of, None])


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
