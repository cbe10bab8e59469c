"""The cases behind one indicator of one unit and month, down to the cell of the workbook that told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select, union

from dashboards.results import report_frames
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept
from dashboards.results.record_list import FURTHEST, Holds, ListColumn, ListColumns, RowsWanted, from_the_end
from data.indicators.declaration import Among, Cases
from data.indicators.enforcement import INDICATOR_BY_KEY, INDICATORS, OVERDUE_MAJOR, PROBLEM_INSPECTIONS
from data.language import gettext as _
from data.rollup.decisions_told import decisions_told
from data.rollup.enforcement import PASSED, overdue_at, penalties_told
from data.rollup.in_force import submissions_in_force
from data.schema.enforcement import inspection, reinspection
from data.schema.intake import submission
from data.store import among, listed
from data.zone.periods import Month
from data.zone.zone import Zone

if TYPE_CHECKING:
    from pandas import DataFrame

BEHIND = {one.key: one.cases for one in INDICATORS if one.cases is not None}
"""Key of an indicator → the cases behind it; of those that have any."""
MEASURES = tuple(BEHIND)
MOST_ON_A_PAGE = 200
READ_AT_ONCE = 10_000
_LATEST = reinspection.alias()
"""The rows of 整改复查 among which the last one about a case is looked for; made once, for that takes longer than to look."""
_BEHIND_A_DEDUCTION = {"zero_penalty": PROBLEM_INSPECTIONS.key, "overdue_major": OVERDUE_MAJOR.key}


def measure_behind(key: str) -> str | None:
    """The measure whose cases are behind an indicator or a deduction; None where there are none."""
    found = INDICATOR_BY_KEY.get(key)
    measure = _BEHIND_A_DEDUCTION.get(key) or (found.behind or found.key if found is not None else "")
    return measure if measure in BEHIND else None


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
    page = min(max(page, 0), FURTHEST // size - 1)
    return fetch_rows(reading, unit, month, measure, RowsWanted(page * size, (page + 1) * size), known_by=known_by)


def fetch_rows(
    reading: Reading, unit: str, month: Month, measure: str, wanted: RowsWanted, *, known_by: date | None = None
) -> CasePage:
    """Those of the cases that an indicator counts which somebody wants, in the order that he wants, then of inspection.

    Unasked where a list of cases has no such column, filter or order.
    """
    page, size = wanted.start // wanted.size, wanted.size
    if not reading.scope.sees(unit):
        return CasePage(measure, 0, page, size, (), unit=unit, period=str(month))
    names = reading.scope.sees_names(unit)
    bound = reading.zone.calendar.end_of(known_by or reading.today)
    found = _Cases(reading, unit, month, bound, Viewpoint(names))
    total, keys = found.numbers(BEHIND[measure], wanted)
    return CasePage(measure, total, page, size, tuple(found.shown(keys)), names, unit, str(month))


def fetch_all(
    reading: Reading, unit: str, month: Month, measure: str, wanted: RowsWanted
) -> tuple[int, bool, Iterator[Case]]:
    """As ``fetch_rows`` of many cases: how many there are, whether originals may be opened, and the cases, read bit by bit."""
    if not reading.scope.sees(unit):
        return 0, False, iter(())
    names = reading.scope.sees_names(unit)
    bound = reading.zone.calendar.end_of(reading.today)
    found = _Cases(reading, unit, month, bound, Viewpoint(names))
    total, keys = found.numbers(BEHIND[measure], wanted)
    some = (keys[start : start + READ_AT_ONCE] for start in range(0, len(keys), READ_AT_ONCE))
    return total, names, chain.from_iterable(map(found.shown, some))


def fetch_numbered(reading: Reading, unit: str, numbers: Sequence[str]) -> tuple[Case, ...]:
    """The cases of a unit with these numbers as compared, in this order, by all its ledgers up to today.

    None where the scope does not see the unit.
    """
    if not reading.scope.sees(unit):
        return ()
    bound = reading.zone.calendar.end_of(reading.today)
    names = Viewpoint(reading.scope.sees_names(unit))
    telling = _ledgers_that_tell(reading, unit, numbers, reading.once(_in_force, unit, bound))
    return tuple(_Cases(reading, unit, reading.present_month, bound, names, telling).shown(numbers))


def _ledgers_that_tell(reading: Reading, unit: str, numbers: Sequence[str], ledgers: Sequence[int]) -> list[int]:
    """Of these ledgers those in which a row tells of one of the cases: few, whatever the unit's record has grown to."""
    tables = (inspection.c, reinspection.c)
    found = union(
        *(
            select(own.submission).where(
                own.zone == reading.zone.code, own.unit == unit, among(own.number_key, "numbers"),
                among(own.submission + 0, "ledgers"),
            )
            for own in tables
        )
    )  # fmt: skip
    rows = reading.connection.execute(found, {"numbers": listed(numbers), "ledgers": listed(ledgers)})
    return list(rows.scalars())


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that falls due and whose last re-inspection up to today, if there was one, was not passed."""

    number: str
    enterprise: str
    due_on: date
    major_hazards: int = 0


@dataclass(frozen=True, slots=True)
class UnclosedCases:
    """A unit's cases that are still open on a day, first those that fell due first; ``total`` and ``overdue`` count all of them."""

    day: date
    total: int = 0
    overdue: int = 0
    cases: tuple[OpenCase, ...] = ()


@kept
def fetch_unclosed(reading: Reading, unit: str, most: int) -> UnclosedCases:
    """All cases of a unit with a due day that are open today, whenever they fall due, by all its ledgers up to today.

    None where the scope does not see the unit.
    """
    if not reading.scope.sees(unit):
        return UnclosedCases(reading.today)
    bound = reading.zone.calendar.end_of(reading.today)
    names = Viewpoint(reading.scope.sees_names(unit))
    return _Cases(reading, unit, reading.present_month, bound, names).unclosed(reading.today, most)


def fetch_open(reading: Reading, unit: str, month: Month, most: int) -> tuple[int, tuple[OpenCase, ...]]:
    """How many cases of a unit fall due in a month and are still open today, and the first of them to fall due.

    One closed after its due day was not closed in time, and is open no more. None where the scope does not see the unit.
    """
    if not reading.scope.sees(unit):
        return 0, ()
    names = Viewpoint(reading.scope.sees_names(unit))
    bound = reading.zone.calendar.end_of(reading.today)
    return _Cases(reading, unit, month, bound, names).still_open(reading.today, most)


def _in_force(connection: Connection, zone: Zone, unit: str, bound: datetime) -> list[int]:
    """The unit's ledgers that count, as known before a moment."""
    return submissions_in_force(connection, zone.code, "enforcement", unit=unit, known_by=bound)


class _Cases:
    """Reads one unit's cases as one month sees them; ``names`` hides what its reader may not read."""

    def __init__(
        self,
        reading: Reading,
        unit: str,
        month: Month,
        bound: datetime,
        names: Viewpoint,
        ledgers: Sequence[int] | None = None,
    ) -> None:
        """``ledgers``: those of the unit's that tell of the cases which are wanted; None: all that count."""
        connection, zone = reading.connection, reading.zone
        self._names = names
        self._connection = connection
        self._zone = zone
        self._unit = unit
        self._month = month
        if ledgers is None:
            ledgers = reading.once(_in_force, unit, bound)
        self._ledgers = ledgers
        self._bound = bound
        self._new: dict[str, list[str]] = {}
        """Case → its decisions that the month's ledger is the first to report, once penalties are asked for."""
        self._own = and_(
            inspection.c.zone == zone.code, inspection.c.submission.in_(ledgers), inspection.c.period <= str(month)
        )
        self._told = and_(
            reinspection.c.zone == zone.code,
            reinspection.c.submission.in_(ledgers),
            reinspection.c.period <= str(month),
        )

    @property
    def _of_month(self) -> ColumnElement[bool]:
        """The rows of the month's own ledger."""
        month = str(self._month)
        this_month = submissions_in_force(
            self._connection, self._zone.code, "enforcement", unit=self._unit, known_by=self._bound, first=month, last=month
        )  # fmt: skip
        return inspection.c.submission.in_(this_month)

    def numbers(self, behind: Cases, wanted: RowsWanted) -> tuple[int, list[str]]:
        """How many of the cases that an indicator counts are wanted, and the numbers of those of one page."""
        columns, own = ListColumns(self._columns() if wanted.by_columns else ()), inspection.c
        counted = and_(self._own, self._condition(behind), columns.condition(wanted))
        given = {
            "ledgers": listed(self._ledgers),
            "penalised": listed(sorted(self._new)),
        }
        total = self._connection.execute(
            select(func.count()).select_from(inspection).where(counted), given
        ).scalar_one()
        back = from_the_end(wanted, total)
        cut = back or wanted
        order = columns.order(wanted, own.inspected_on, own.number_key, back=back is not None)
        statement = select(own.number_key).where(counted).order_by(*order).offset(cut.start).limit(cut.size)
        keys = list(self._connection.execute(statement, given).scalars())
        return total, keys[::-1] if back else keys

    def still_open(self, today: date, most: int) -> tuple[int, tuple[OpenCase, ...]]:
        """How many fall due in the month and are still open today, and the first of them."""
        own = inspection.c
        shown = self._names.document_in(own.number).label("number")
        statement = (
            select(shown, own.enterprise, own.due_on, func.count().over().label("total"))
            .where(self._own, own.due_month == str(self._month), self._last_conclusion(today) != PASSED)
            .order_by(own.due_on, own.number_key)
            .limit(most)
        )
        rows = self._connection.execute(statement, {"ledgers": listed(self._ledgers)}).all()
        return rows[0].total if rows else 0, tuple(OpenCase(row.number, row.enterprise, row.due_on) for row in rows)

    def unclosed(self, today: date, most: int) -> UnclosedCases:
        """The cases with a due day, whenever it is, that are still open today, and the first of them."""
        own = inspection.c
        shown = self._names.document_in(own.number).label("number")
        late = func.sum(case((own.due_on < today, 1), else_=0)).over().label("late")
        statement = (
            select(shown, own.enterprise, own.due_on, own.major_hazards, func.count().over().label("total"), late)
            .where(self._own, own.due_on.is_not(None), self._last_conclusion(today) != PASSED)
            .order_by(own.due_on, own.number_key)
            .limit(most)
        )
        rows = self._connection.execute(statement, {"ledgers": listed(self._ledgers)}).all()
        found = tuple(OpenCase(row.number, row.enterprise, row.due_on, row.major_hazards or 0) for row in rows)
        return UnclosedCases(today, rows[0].total, int(rows[0].late), found) if rows else UnclosedCases(today)

    def _columns(self) -> Sequence[ListColumn]:
        """What a list of cases may be filtered and sorted by, as its reader sees it."""
        own, sectors = inspection.c, self._zone.sectors
        return [
            ListColumn("number", Holds.TEXT, self._names.document_in(own.number), searched=True),
            ListColumn("enterprise", Holds.TEXT, own.enterprise, searched=True),
            ListColumn("sector", Holds.CHOICE, own.sector, sectors, searched=True),
            ListColumn("inspected_on", Holds.DAY, own.inspected_on),
            ListColumn("hazards", Holds.NUMBER, own.hazards),
            ListColumn("major_hazards", Holds.NUMBER, own.major_hazards),
            ListColumn("rectify_by", Holds.DAY, own.rectify_by),
            ListColumn("due_on", Holds.DAY, own.due_on),
            ListColumn("last_reinspected_on", Holds.DAY, self._last_reinspected_on()),
            ListColumn("state", Holds.CHOICE, self._state(), states()),
        ]

    def _condition(self, behind: Cases) -> ColumnElement[bool]:
        """Which cases an indicator counts."""
        own = inspection.c
        month = str(self._month)
        among_those: ColumnElement[bool]
        match behind.among:
            case Among.INSPECTED:
                among_those = self._of_month
            case Among.PENALISED:
                for number, decision in penalties_told(self._connection, self._zone.code, self._ledgers, month):
                    self._new.setdefault(number, []).append(decision)
                among_those = among(own.number_key, "penalised")
            case Among.DUE:
                among_those = own.due_month == month
            case Among.CLOSED:
                among_those = and_(own.due_month == month, self._closed())
            case Among.OVERDUE:
                among_those = and_(own.due_month <= month, self._overdue())
        return among_those if behind.where is None else and_(among_those, behind.where)

    def _state(self) -> ColumnElement[str]:
        """``Case.state`` of every case, in SQL."""
        own, month_ends = inspection.c, self._zone.calendar.last_day(self._month)
        return case(
            (self._overdue(), "overdue"),
            (self._closed(), "closed"),
            (own.hazards == 0, "no_hazards"),
            (or_(own.due_on.is_(None), own.due_on > month_ends), "not_due"),
            else_="not_closed",
        )

    def _closed(self) -> ColumnElement[bool]:
        """Whether the last re-inspection by the due day was passed."""
        return and_(inspection.c.due_on.is_not(None), self._last_conclusion(inspection.c.due_on) == PASSED)

    def _overdue(self) -> ColumnElement[bool]:
        """Whether a major hazard was due by the month's end and the last re-inspection up to then was not passed."""
        month_ends = self._zone.calendar.last_day(self._month)
        due = and_(inspection.c.major_hazards > 0, inspection.c.due_month <= str(self._month))
        return and_(due, self._last_conclusion(month_ends) != PASSED)

    def _last_conclusion(self, until: Any) -> ColumnElement[str]:
        """What the last re-inspection up to a day came to, by the case's own row or later ones; empty where there was none."""
        own = inspection.c
        own_counts = and_(own.reinspected_on.is_not(None), own.reinspected_on <= until)
        later_day = self._latest("reinspected_on", until)
        own_is_last = and_(own_counts, or_(later_day.is_(None), later_day < own.reinspected_on))
        return func.coalesce(case((own_is_last, own.conclusion), else_=self._latest("conclusion", until)), "")

    def _last_reinspected_on(self) -> ColumnElement[date]:
        """The day of the last re-inspection that was told of."""
        own, later = inspection.c.reinspected_on, self._latest("reinspected_on")
        return case((or_(later.is_(None), own > later), own), else_=later)

    def _latest(self, what: str, until: Any = None) -> ColumnElement[Any]:
        """One thing that the last row of 整改复查 about a case tells, of those up to a day."""
        own, told = inspection.c, _LATEST.c
        of_case = and_(told.zone == own.zone, told.unit == own.unit, told.number_key == own.number_key)
        by_then = [] if until is None else [told.reinspected_on <= until]
        return (
            select(told[what])
            .where(of_case, among(told.submission, "ledgers"), told.period <= str(self._month))
            .where(told.reinspected_on.is_not(None), *by_then)
            .order_by(told.reinspected_on.desc(), told.period.desc(), told.row.desc())
            .limit(1)
            .correlate(inspection)
            .scalar_subquery()
        )

    def shown(self, keys: Sequence[str]) -> Iterable[Case]:
        """These cases, in this order, as they may be read."""
        for one in self.cases(keys):
            decisions = tuple(map(self._names.document, one.decisions))
            yield replace(one, number=self._names.document(one.number), decisions=decisions)

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
            new_decisions=tuple(self._new.get(own.number_key, ())),
            fine_yuan=sum(fines.values(), Decimal(0)) if fines else None,
            decided={key: fines.get(key) for key in reversed(decisions)},
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
