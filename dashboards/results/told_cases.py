"""Cases as the rows of ledgers tell of them, of one unit or of several: with all that became of each, down to the cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    String,
    Table,
    and_,
    bindparam,
    select,
    union,
)

from dashboards.results.hiding import Viewpoint
from data.language import gettext as _
from data.rollup.decisions_told import decisions_told
from data.rollup.enforcement import PASSED, overdue_at
from data.rollup.in_force import among_ledgers, among_numbers, numbers_listed
from data.schema.enforcement import inspection, reinspection
from data.schema.intake import submission
from data.store import among, listed
from data.zone.periods import Month
from data.zone.zone import Zone


def states() -> dict[str, str]:
    """How a case may stand at the month's end, gravest first: code → words."""
    return {
        "overdue": _("major, overdue"),
        "not_closed": _("not closed"),
        "not_due": _("not due yet"),
        "closed": _("closed"),
        "no_hazards": _("no hazards"),
    }


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of one workbook that tells of a case; ``cells`` are its columns' cells as the clerk sees them."""

    sheet_kind: str
    period: str
    submission: int
    file_name: str
    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case as the month sees it: what ledgers of periods up to the month have told.

    ``new_decisions`` are those of its decisions that this month's ledger is the first to report: the month's
    penalties, where one over several cases stands with each of them; they are told only where penalties are asked
    for, since who reported first takes a look at the whole record. ``decided``: each of its decisions by its number as compared, with
    the fine that was told last; None where none was.
    """

    number: str
    inspected_on: date
    enterprise: str
    sector: str
    hazards: int
    major_hazards: int
    rectify_by: date | None
    due_on: date | None
    rectified: int | None
    decisions: tuple[str, ...]
    new_decisions: tuple[str, ...]
    fine_yuan: Decimal | None
    decided: Mapping[str, Decimal | None]
    last_reinspected_on: date | None
    conclusion: str | None
    closed: bool | None
    overdue: bool
    told: tuple[CaseRow, ...]

    def state(self, month_ends: date) -> str:
        """How it stands at the month's end, as a code of ``states``; what falls due later is not held against anyone."""
        if self.overdue:
            return "overdue"
        if self.closed:
            return "closed"
        if not self.hazards:
            return "no_hazards"
        return "not_due" if self.due_on is None or self.due_on > month_ends else "not_closed"


class CaseKey(NamedTuple):
    """What names a case: the unit whose ledgers tell of it, and its number as compared."""

    unit: str
    number: str


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """The ledgers in which cases are read, and the month as which they are seen: later ones tell it nothing."""

    connection: Connection
    zone: Zone
    month: Month
    ledgers: Sequence[int]

    def read(
        self, wanted: Iterable[CaseKey], names: Mapping[str, Viewpoint], new: Mapping[str, Sequence[str]] | None = None
    ) -> dict[CaseKey, Case]:
        """Those of some cases of which the ledgers tell, in the order in which they are wanted, as whoever asks may read each unit's.

        ``new``: of a case the decisions that the month's ledger is the first to report, where these are asked for.
        """
        keys = list(dict.fromkeys(wanted))
        own = {CaseKey(row.unit, row.number_key): row for row in self._rows(_own_rows(), keys)}
        later: dict[CaseKey, list[Row[Any]]] = defaultdict(list)
        for row in self._rows(_later_rows(), keys):
            later[CaseKey(row.unit, row.number_key)].append(row)
        tellings = {
            key: [own[key], *sorted(later[key], key=lambda row: (row.period, row.row))] for key in keys if key in own
        }
        books = self._books({row.submission for rows in tellings.values() for row in rows})
        return {
            key: self._case(rows, (new or {}).get(key.number, ()), names[key.unit], books)
            for key, rows in tellings.items()
        }

    def _rows(self, rows: Select[Any], keys: Sequence[CaseKey]) -> list[Row[Any]]:
        asked = {
            "zone": self.zone.code,
            "ledgers": listed(self.ledgers),
            "until": str(self.month),
            **numbers_listed(keys),
        }
        wanted = set(keys)
        found = self.connection.execute(rows, asked)
        return [row for row in found if CaseKey(row.unit, row.number_key) in wanted]

    def _books(self, numbers: set[int]) -> dict[int, Row[Any]]:
        asked = {"zone": self.zone.code, "workbooks": listed(sorted(numbers))}
        return {row.submission: row for row in self.connection.execute(_books(), asked)}

    def _case(
        self, tellings: Sequence[Row[Any]], new: Sequence[str], names: Viewpoint, books: Mapping[int, Row[Any]]
    ) -> Case:
        own = tellings[0]
        again = sorted((row for row in tellings if row.reinspected_on is not None), key=lambda row: row.reinspected_on)
        in_time = [row for row in again if own.due_on is not None and row.reinspected_on <= own.due_on]
        rectified = [row.rectified for row in tellings if row.rectified is not None]
        fines = {row.decision_key: row.fine_yuan for row in tellings if row.fine_yuan is not None}
        decisions = {
            row.decision_key: row.decision or row.decision_key for row in reversed(tellings) if row.decision_key
        }
        return Case(
            number=names.document(own.number),
            inspected_on=own.inspected_on,
            enterprise=own.enterprise,
            sector=self.zone.sectors.get(own.sector, own.sector),
            hazards=own.hazards,
            major_hazards=own.major_hazards,
            rectify_by=own.rectify_by,
            due_on=own.due_on,
            rectified=rectified[-1] if rectified else None,
            decisions=tuple(map(names.document, reversed(decisions.values()))),
            new_decisions=tuple(new),
            fine_yuan=sum(fines.values(), Decimal(0)) if fines else None,
            decided={key: fines.get(key) for key in reversed(decisions)},
            last_reinspected_on=again[-1].reinspected_on if again else None,
            conclusion=again[-1].conclusion if again else None,
            closed=None if own.due_on is None else bool(in_time) and in_time[-1].conclusion == PASSED,
            overdue=own.major_hazards > 0
            and own.due_month is not None
            and overdue_at(self.month, own.due_month, again, self.zone.calendar),
            told=tuple(_told(row, books[row.submission], names) for row in tellings),
        )


def _told(row: Row[Any], book: Row[Any], names: Viewpoint) -> CaseRow:
    sheet_kind = "ledger" if hasattr(row, "inspected_on") else "follow_ups"
    layout = names.layout(book.layout)[sheet_kind]
    cells = {key: f"{letter}{row.row}" for key, letter in layout["columns"].items()}
    return CaseRow(sheet_kind, row.period, row.submission, names.file(book.file_name), layout["sheet"], row.row, cells)


@cache
def _own_rows() -> Select[Any]:
    """The rows that tell of the inspections themselves."""
    return select(inspection).where(_of_cases(inspection))


@cache
def _later_rows() -> Select[Any]:
    """The rows of 整改复查: one for each of the decisions that a row tells of, if it tells of any."""
    told, own = decisions_told().c, reinspection.c
    columns = [column for column in own if column is not own.decision_key]
    decided = and_(told.submission == own.submission, told.row == own.row)
    return select(*columns, told.decision_key).outerjoin(decisions_told(), decided).where(_of_cases(reinspection))


def _of_cases(table: Table) -> ColumnElement[bool]:
    return and_(among_ledgers(table), among_numbers(table), table.c.period <= bindparam("until", type_=String))


@cache
def _books() -> Select[Any]:
    own = submission.c
    of_it = own.zone == bindparam("zone", type_=String)
    return select(own.submission, own.file_name, own.layout).where(of_it, among(own.submission, "workbooks"))


def ledgers_that_tell(
    connection: Connection, zone: str, wanted: Sequence[CaseKey], ledgers: Sequence[int]
) -> list[int]:
    """Of some ledgers those in which a row tells of one of these cases: few, whatever the record of their units has grown to."""
    asked = {"zone": zone, "ledgers": listed(ledgers), **numbers_listed(wanted)}
    return list(connection.execute(_telling(), asked).scalars())


@cache
def _telling() -> CompoundSelect[Any]:
    return union(
        *(
            select(table.c.submission).where(among_ledgers(table), among_numbers(table))
            for table in (inspection, reinspection)
        )
    )
