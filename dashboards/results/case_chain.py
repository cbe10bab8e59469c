"""Where the chain from an inspection to a passed re-inspection breaks: one unit's cases of a year, followed to a month's end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import case as when

from dashboards.results.frames import NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from dashboards.results.inspection_days import ledgers_of_year
from dashboards.results.reading import Reading, kept
from data.indicators.declaration import number_of
from data.rollup.decisions_told import decisions_told
from data.rollup.enforcement import PASSED
from data.rollup.in_force import in_ledgers
from data.schema.enforcement import inspection, reinspection
from data.store import among, listed
from data.zone.periods import Month
from data.zone.zone import Unit

if TYPE_CHECKING:
    from pandas import DataFrame

End = Literal["passed", "passed_late", "not_due", "failed", "never"]
"""How a case with problems stands: passed by its due day and told in time (what METHOD counts as closed), passed later or told
later, not due yet, due and last re-inspected without passing, due and never re-inspected."""
ENDS: tuple[End, ...] = get_args(End)
BROKEN: tuple[End, ...] = ("failed", "never")
"""Cases that are due and not done with."""
LAYOUT = FrameLayout(
    (UNIT, PERIOD),
    (
        NAME,
        FrameColumn("problems", "boolean", "", "whether the inspection found a hazard"),
        FrameColumn("penalised", "boolean", "", "whether a penalty decision was told of it; missing without problems"),
        FrameColumn(
            "end", "string", "", "`passed`, `passed_late`, `not_due`, `failed`, `never`; missing without problems"
        ),
        FrameColumn(
            "cases", "Int64", "cases", "cases of January to the period's month that are so at its end, or today"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class CaseChain:
    """One unit's cases inspected from January to a month, by what followed up to its end or today, as its ledgers up to then tell.

    ``flow`` counts the cases with problems by (penalised, how it stands); ``months_filed`` are the ledgers they rest on.
    """

    unit: Unit
    month: Month
    months_filed: int
    without_problems: int
    flow: Mapping[tuple[bool, End], int]

    @property
    def inspections(self) -> int:
        """All cases."""
        return self.without_problems + self.with_problems

    @property
    def with_problems(self) -> int:
        """Cases in which a hazard was found."""
        return sum(self.flow.values())

    @property
    def penalised(self) -> int:
        """Cases with problems of which a penalty decision was told."""
        return sum(cases for (penalised, _end), cases in self.flow.items() if penalised)

    def ended(self, *ends: End, penalised: bool | None = None) -> int:
        """Cases with problems that stand so; of those penalised, or not, if asked."""
        return sum(
            cases
            for (fined, end), cases in self.flow.items()
            if end in ends and (penalised is None or fined == penalised)
        )

    def frame(self) -> DataFrame:
        """One row a way that cases took (``LAYOUT``); ways that none took are left out."""
        same = {"unit": self.unit.code, "period": str(self.month), "name": self.unit.short_name}
        none = [{**same, "problems": False, "cases": self.without_problems}] if self.without_problems else []
        return LAYOUT.frame(
            [
                *none,
                *({**same, "problems": True, "penalised": penalised, "end": end, "cases": cases}
                  for (penalised, end), cases in self.flow.items()),
            ]
        )  # fmt: skip


@kept
def fetch(reading: Reading, unit: str, month: Month) -> CaseChain | None:
    """The unit's cases from January to the month, as known today; None where the scope does not see the unit."""
    zone, connection = reading.zone, reading.connection
    found = zone.unit_by_code.get(unit)
    if found is None or not reading.scope.sees(unit):
        return None
    ledgers = reading.once(ledgers_of_year, unit, month, zone.calendar.end_of(reading.today))
    asked = {"zone": zone.code, "ledgers": listed(ledgers)}
    calm = connection.execute(_without_problems(), asked).scalar_one()
    day = min(zone.calendar.last_day(month), reading.today)
    rows = connection.execute(_flow(), {**asked, "day": day})
    flow = {(bool(row.penalised), cast("End", row.end)): row.cases for row in rows}
    in_order = {(penalised, end): flow[penalised, end] for end in ENDS for penalised in (True, False)
                if (penalised, end) in flow}  # fmt: skip
    return CaseChain(found, month, len(ledgers), calm, in_order)


@cache
def _without_problems() -> Select[Any]:
    return select(func.coalesce(number_of(inspection.c.hazards == 0), 0)).where(in_ledgers(inspection))


@cache
def _flow() -> Select[Any]:
    """Cases with problems, counted by whether they were penalised and how they stand."""
    own, seen = inspection.c, _seen().c
    due = or_(own.due_on.is_(None), own.due_on > bindparam("day", type_=Date))
    end = when(
        (seen.in_time == 1, _text("passed")),
        (seen.last_passed == 1, _text("passed_late")),
        (due, _text("not_due")),
        (seen.row.is_not(None), _text("failed")),
        else_=_text("never"),
    )
    penalised = when((or_(own.decision_key.is_not(None), own.number_key.in_(_decided())), 1), else_=0)
    same = and_(seen.submission == own.submission, seen.row == own.row)
    each = (
        select(penalised.label("penalised"), end.label("end"))
        .select_from(inspection.outerjoin(_seen(), same))
        .where(in_ledgers(inspection), own.hazards > 0)
        .subquery("each_case")
    )
    return select(each.c.penalised, each.c.end, func.count().label("cases")).group_by(each.c.penalised, each.c.end)


def _text(end: End) -> ColumnElement[str]:
    return literal(end, String)


@cache
def _decided() -> Select[Any]:
    """The cases of which 整改复查 told a decision: a list and no join, for SQLite would go through all of it at every case."""
    return select(decisions_told().c.number_key)


@cache
def _tellings() -> Subquery:
    """Every re-inspection told of a case with problems, by the ledger itself or by 整改复查; these are found from their own few rows."""
    own = inspection.c
    told_again = (
        select(reinspection)
        .where(in_ledgers(reinspection), reinspection.c.reinspected_on.is_not(None))
        .cte("told_again")
        .prefix_with("MATERIALIZED")
    )
    told = told_again.c
    case_of = (own.submission, own.row, own.due_on, own.due_month)
    # Added to 0, the ledgers do not lead SQLite to go through all of their cases.
    same = and_(own.zone == told.zone, own.unit == told.unit, own.number_key == told.number_key)
    counts = among(own.submission + 0, "ledgers")
    return union_all(
        select(*case_of, own.reinspected_on.label("seen_on"), own.conclusion, own.period, literal(0, Integer).label("sheet"),
               own.row.label("told_in"))
        .where(in_ledgers(inspection), own.hazards > 0, own.reinspected_on.is_not(None)),
        select(*case_of, told.reinspected_on, told.conclusion, told.period, literal(1, Integer), told.row)
        .join_from(told_again, inspection, same)
        .where(counts, own.hazards > 0),
    ).subquery("tellings")  # fmt: skip


@cache
def _seen() -> CTE:
    """Of each case that was re-inspected: whether the last one up to its due day passed, and the last of all.

    A re-inspection by the due day that only a ledger after the due month told is not in time (METHOD section 2).
    """
    one = _tellings().c
    in_time = when((and_(one.seen_on <= one.due_on, one.period <= one.due_month), 1), else_=0)
    latest = (one.seen_on.desc(), one.period.desc(), one.sheet.desc(), one.told_in.desc())
    case_key = (one.submission, one.row)
    ranked = select(
        *case_key,
        in_time.label("in_time"),
        one.conclusion,
        func.row_number().over(partition_by=case_key, order_by=latest).label("place"),
        func.row_number().over(partition_by=(*case_key, in_time), order_by=latest).label("place_in_time"),
    ).subquery("ranked")
    passed = ranked.c.conclusion == PASSED
    last_in_time = and_(ranked.c.in_time == 1, ranked.c.place_in_time == 1, passed)
    return (
        select(
            ranked.c.submission,
            ranked.c.row,
            func.max(when((last_in_time, 1), else_=0)).label("in_time"),
            func.max(when((and_(ranked.c.place == 1, passed), 1), else_=0)).label("last_passed"),
        )
        .group_by(ranked.c.submission, ranked.c.row)
        .cte("seen")
        .prefix_with("MATERIALIZED")
    )
