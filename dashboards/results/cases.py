"""The cases behind one indicator of one unit and month, down to the cell of the workbook that told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from dashboards.results import report_frames
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept
from data.indicators.declaration import Among, Cases
from data.indicators.enforcement import INDICATOR_BY_KEY, INDICATORS, OVERDUE_MAJOR, PROBLEM_INSPECTIONS
from data.rollup.decisions_told import decisions_told
from data.rollup.enforcement import PASSED, overdue_at, penalties_told
from data.rollup.in_force import submissions_in_force
from data.schema.enforcement import inspection, reinspection
from data.schema.intake import submission
from data.store import listed
from data.zone.normal import document_key
from data.zone.periods import Month
from data.zone.zone import Zone

if TYPE_CHECKING:
    from pandas import DataFrame

BEHIND = {one.key: one.cases for one in INDICATORS if one.cases is not None}
"""Key of an indicator → the cases behind it; of those that have any."""
MEASURES = tuple(BEHIND)
MOST_ON_A_PAGE = 200
_BEHIND_A_DEDUCTION = {"zero_penalty": PROBLEM_INSPECTIONS.key, "overdue_major": OVERDUE_MAJOR.key}


def measure_behind(key: str) -> str | None:
    """The measure whose cases are behind an indicator or a deduction; None where there are none."""
    found = INDICATOR_BY_KEY.get(key)
    measure = _BEHIND_A_DEDUCTION.get(key) or (found.behind or found.key if found is not None else "")
    return measure if measure in BEHIND else None


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
    for, since who reported first takes a look at the whole record.
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
    last_reinspected_on: date | None
    conclusion: str | None
    closed: bool | None
    overdue: bool
    told: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some of the cases behind an indicator of a unit and month; ``total`` counts all of them.

    ``opens`` says whether originals may be opened.
    """

    measure: str
    total: int
    page: int
    size: int
    cases: tuple[Case, ...]
    opens: bool = False
    unit: str = ""
    period: str = ""

    def frame(self) -> DataFrame:
        """One row a case of the page (``report_frames.CASES``)."""
        return report_frames.cases(self)


@kept
def fetch(
    reading: Reading,
    unit: str,
    month: Month,
    measure: str,
    *,
    page: int = 0,
    size: int = 20,
    known_by: date | None = None,
) -> CasePage:
    """One page of the cases that an indicator counts, in order of inspection; empty where the scope does not see the unit.

    ``measure`` is the indicator's key, one of ``MEASURES``.
    """
    size = min(max(size, 1), MOST_ON_A_PAGE)
    if not reading.scope.sees(unit):
        return CasePage(measure, 0, page, size, (), unit=unit, period=str(month))
    names = reading.scope.sees_names(unit)
    bound = reading.zone.calendar.end_of(known_by or reading.today)
    found = _Cases(reading.connection, reading.zone, unit, month, bound, Viewpoint(names))
    total, keys = found.numbers(BEHIND[measure], max(page, 0) * size, size)
    return CasePage(measure, total, page, size, tuple(found.shown(keys)), names, unit, str(month))


class _Cases:
    """Reads one unit's cases as one month sees them; ``names`` hides what its reader may not read."""

    def __init__(
        self, connection: Connection, zone: Zone, unit: str, month: Month, bound: datetime, names: Viewpoint
    ) -> None:
        self._names = names
        self._connection = connection
        self._zone = zone
        self._unit = unit
        self._month = month
        ledgers = submissions_in_force(connection, zone.code, "enforcement", unit=unit, known_by=bound)
        self._ledgers = ledgers
        self._new: list[tuple[str, str]] = []
        this_month = submissions_in_force(
            connection, zone.code, "enforcement", unit=unit, known_by=bound, first=str(month), last=str(month)
        )
        self._of_month = inspection.c.submission.in_(this_month)
        self._own = and_(
            inspection.c.zone == zone.code, inspection.c.submission.in_(ledgers), inspection.c.period <= str(month)
        )
        self._told = and_(
            reinspection.c.zone == zone.code,
            reinspection.c.submission.in_(ledgers),
            reinspection.c.period <= str(month),
        )

    def numbers(self, behind: Cases, start: int, size: int) -> tuple[int, list[str]]:
        """How many cases the indicator counts, and the numbers of some of them, in order of inspection."""
        if behind.among is Among.PENALISED:
            return self._some(self._penalised(), start, size)
        if behind.among is Among.CLOSED:
            closed = [case for case in self.cases(self._all(behind)) if case.closed]
            return self._some([document_key(case.number) for case in closed], start, size)
        if behind.among is Among.OVERDUE:
            overdue = [case for case in self.cases(self._all(behind)) if case.overdue]
            return self._some([document_key(case.number) for case in overdue], start, size)
        counted = select(func.count()).select_from(inspection).where(self._own, self._condition(behind))
        return (
            self._connection.execute(counted).scalar_one(),
            list(self._connection.execute(self._numbers(behind).offset(start).limit(size)).scalars()),
        )

    def _some(self, keys: Sequence[str], start: int, size: int) -> tuple[int, list[str]]:
        return len(keys), list(keys[start : start + size])

    def _all(self, behind: Cases) -> list[str]:
        return list(self._connection.execute(self._numbers(behind)).scalars())

    def _numbers(self, behind: Cases) -> Select[Any]:
        own = inspection.c
        condition = self._condition(behind)
        return select(own.number_key).where(self._own, condition).order_by(own.inspected_on, own.number_key)

    def _condition(self, behind: Cases) -> ColumnElement[bool]:
        """In which cases to look: whether one is closed or overdue, its re-inspections say."""
        own = inspection.c
        month = str(self._month)
        among: dict[Among, ColumnElement[bool]] = {
            Among.INSPECTED: self._of_month,
            Among.DUE: own.due_month == month,
            Among.CLOSED: own.due_month == month,
            Among.OVERDUE: own.due_month <= month,
        }
        return among[behind.among] if behind.where is None else and_(among[behind.among], behind.where)

    def _penalised(self) -> list[str]:
        """Cases of the decisions that this month's ledger is the first to report."""
        self._new = penalties_told(self._connection, self._zone.code, self._ledgers, str(self._month))
        return sorted({number_key for number_key, _decision in self._new})

    def shown(self, keys: Sequence[str]) -> Iterable[Case]:
        """These cases, in this order, as they may be read."""
        for case in self.cases(keys):
            decisions = tuple(map(self._names.document, case.decisions))
            yield replace(case, number=self._names.document(case.number), decisions=decisions)

    def cases(self, keys: Sequence[str]) -> Iterable[Case]:
        """These cases, in this order."""
        found = dict(self._as_cases(keys))
        return [found[key] for key in keys if key in found]

    def _as_cases(self, keys: Sequence[str]) -> list[tuple[str, Case]]:
        own = self._rows(select(inspection).where(self._own), inspection.c.number_key, keys)
        later: dict[str, list[Row[Any]]] = defaultdict(list)
        told = decisions_told().c
        decided = and_(told.submission == reinspection.c.submission, told.row == reinspection.c.row)
        columns = [column for column in reinspection.c if column is not reinspection.c.decision_key]
        statement = select(*columns, told.decision_key).outerjoin(decisions_told(), decided).where(self._told)
        for row in self._rows(statement, reinspection.c.number_key, keys):
            later[row.number_key].append(row)
        sources = self._sources(
            {row.submission for row in own} | {row.submission for rows in later.values() for row in rows}
        )
        return [(row.number_key, self._case(row, _in_order(later[row.number_key]), sources)) for row in own]

    def _rows(self, statement: Select[Any], column: Any, keys: Sequence[str]) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        for start in range(0, len(keys), 5_000):
            some = statement.where(column.in_(keys[start : start + 5_000]))
            found.extend(self._connection.execute(some, {"zone": self._zone.code, "ledgers": listed(self._ledgers)}))
        return found

    def _sources(self, numbers: set[int]) -> dict[int, Row[Any, Any, Any]]:
        rows = self._connection.execute(
            select(submission.c.submission, submission.c.file_name, submission.c.layout).where(
                submission.c.zone == self._zone.code, submission.c.submission.in_(sorted(numbers))
            )
        )
        return {row.submission: row for row in rows}

    def _case(self, own: Row[Any], later: Sequence[Row[Any]], sources: Mapping[int, Any]) -> Case:
        tellings = [own, *later]
        again = sorted((row for row in tellings if row.reinspected_on is not None), key=lambda row: row.reinspected_on)
        in_time = [row for row in again if own.due_on is not None and row.reinspected_on <= own.due_on]
        rectified = [row.rectified for row in tellings if row.rectified is not None]
        fines = {row.decision_key: row.fine_yuan for row in tellings if row.fine_yuan is not None}
        decisions = {
            row.decision_key: row.decision or row.decision_key for row in reversed(tellings) if row.decision_key
        }
        return Case(
            number=own.number,
            inspected_on=own.inspected_on,
            enterprise=own.enterprise,
            sector=self._zone.sectors.get(own.sector, own.sector),
            hazards=own.hazards,
            major_hazards=own.major_hazards,
            rectify_by=own.rectify_by,
            due_on=own.due_on,
            rectified=rectified[-1] if rectified else None,
            decisions=tuple(reversed(decisions.values())),
            new_decisions=tuple(decision for number_key, decision in self._new if number_key == own.number_key),
            fine_yuan=sum(fines.values(), Decimal(0)) if fines else None,
            last_reinspected_on=again[-1].reinspected_on if again else None,
            conclusion=again[-1].conclusion if again else None,
            closed=None if own.due_on is None else bool(in_time) and in_time[-1].conclusion == PASSED,
            overdue=own.major_hazards > 0
            and own.due_month is not None
            and overdue_at(self._month, own.due_month, again, self._zone.calendar),
            told=tuple(_told(row, sources[row.submission], self._names) for row in tellings),
        )


def _in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda row: (row.period, row.row))


def _told(row: Row[Any], source: Any, names: Viewpoint) -> CaseRow:
    sheet_kind = "ledger" if hasattr(row, "inspected_on") else "follow_ups"
    layout = names.layout(source.layout)[sheet_kind]
    cells = {key: f"{letter}{row.row}" for key, letter in layout["columns"].items()}
    return CaseRow(
        sheet_kind, row.period, row.submission, names.file(source.file_name), layout["sheet"], row.row, cells
    )
