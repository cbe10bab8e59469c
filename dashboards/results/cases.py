"""The cases behind one indicator of one unit and month, down to the cell of the workbook that told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from dashboards.results import report_frames
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading, kept
from dashboards.results.record_list import FURTHEST, Holds, ListColumn, ListColumns, RowsWanted, from_the_end
from dashboards.results.told_cases import Case, CaseKey, CaseRecord, ledgers_that_tell, states
from data.indicators.declaration import Among, Cases
from data.indicators.enforcement import INDICATOR_BY_KEY, INDICATORS, OVERDUE_MAJOR, PROBLEM_INSPECTIONS
from data.rollup.enforcement import PASSED, penalties_told
from data.rollup.in_force import submissions_in_force
from data.schema.enforcement import inspection, reinspection
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


def fetch_numbered(reading: Reading, wanted: Sequence[CaseKey]) -> dict[CaseKey, Case]:
    """Some cases, in this order, by all ledgers of their units up to today; none of a unit that the scope does not see."""
    scope = reading.scope
    seen = [key for key in wanted if scope.sees(key.unit)]
    names = {unit: Viewpoint(scope.sees_names(unit)) for unit in {key.unit for key in seen}}
    ledgers = reading.once(_in_force, scope.unit, reading.zone.calendar.end_of(reading.today))
    telling = ledgers_that_tell(reading.connection, reading.zone.code, seen, ledgers)
    return CaseRecord(reading.connection, reading.zone, reading.present_month, telling).read(seen, names)


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


def _in_force(connection: Connection, zone: Zone, unit: str | None, bound: datetime) -> list[int]:
    """The ledgers of a unit or of all that count, as known before a moment."""
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
    ) -> None:
        connection, zone = reading.connection, reading.zone
        self._names = names
        self._connection = connection
        self._zone = zone
        self._unit = unit
        self._month = month
        ledgers = reading.once(_in_force, unit, bound)
        self._ledgers = ledgers
        self._bound = bound
        self._new: dict[str, list[str]] = {}
        """Case → its decisions that the month's ledger is the first to report, once penalties are asked for."""
        self._own = and_(
            inspection.c.zone == zone.code, inspection.c.submission.in_(ledgers), inspection.c.period <= str(month)
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
        record = CaseRecord(self._connection, self._zone, self._month, self._ledgers)
        return record.read([CaseKey(self._unit, key) for key in keys], {self._unit: self._names}, self._new).values()
