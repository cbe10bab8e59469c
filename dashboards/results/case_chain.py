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
from dashboards.results.reading import Reading
from data.indicators.declaration import number_of
from data.rollup.decisions_told import decisions_told
from data.rollup.enforcement import PASSED
from data.rollup.in_force import in_ledgers
from data.schema.enforcement import inspection, reinspection
from data.store import listed
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
    cases, seen = _cases(), _seen(_cases())
    decided = select(decisions_told().c.number_key).distinct().subquery("decided")
    due = or_(cases.c.due_on.is_(None), cases.c.due_on > bindparam("day", type_=Date))
    end = when(
        (seen.c.in_time == 1, _text("passed")),
        (seen.c.last_passed == 1, _text("passed_late")),
        (due, _text("not_due")),
        (seen.c.row.is_not(None), _text("failed")),
        else_=_text("never"),
    )
    penalised = when((or_(cases.c.decision_key.is_not(None), decided.c.number_key.is_not(None)), 1), else_=0)
    same = and_(seen.c.submission == cases.c.submission, seen.c.row == cases.c.row)
    each = (
        select(penalised.label("penalised"), end.label("end"))
        .select_from(cases.outerjoin(seen, same).outerjoin(decided, decided.c.number_key == cases.c.number_key))
        .subquery("each_case")
    )
    return select(each.c.penalised, each.c.end, func.count().label("cases")).group_by(each.c.penalised, each.c.end)


def _text(end: End) -> ColumnElement[str]:
    return literal(end, String)


@cache
def _cases() -> CTE:
    own = inspection.c
    columns = (own.submission, own.row, own.number_key, own.period, own.due_on, own.due_month, own.decision_key,
               own.reinspected_on, own.conclusion)  # fmt: skip
    return select(*columns).where(in_ledgers(inspection), own.hazards > 0).cte("cases")


def _seen(cases: CTE) -> Any:
    """Of each case that was re-inspected: whether the last one up to its due day passed, and the last of all.

    A re-inspection by the due day that only a ledger after the due month told is not in time (METHOD section 2).
    """
    told = reinspection.c
    ours = cases.c
    tellings = union_all(
        select(ours.number_key, ours.reinspected_on.label("seen_on"), ours.conclusion, ours.period, literal(0, Integer).label("sheet"), ours.row)
        .where(ours.reinspected_on.is_not(None)),
        select(told.number_key, told.reinspected_on, told.conclusion, told.period, literal(1, Integer), told.row)
        .where(in_ledgers(reinspection), told.reinspected_on.is_not(None)),
    ).subquery("tellings")  # fmt: skip
    one = tellings.c
    in_time = when((and_(one.seen_on <= ours.due_on, one.period <= ours.due_month), 1), else_=0)
    timed = (
        select(ours.submission, ours.row, one.conclusion, in_time.label("in_time"), one.seen_on, one.period, one.sheet,
               one.row.label("told_in"))
        .join_from(cases, tellings, one.number_key == ours.number_key)
        .subquery("timed")
    ).c  # fmt: skip
    latest = (timed.seen_on.desc(), timed.period.desc(), timed.sheet.desc(), timed.told_in.desc())
    case_key = (timed.submission, timed.row)
    ranked = select(
        *case_key,
        timed.in_time,
        timed.conclusion,
        func.row_number().over(partition_by=case_key, order_by=latest).label("place"),
        func.row_number().over(partition_by=(*case_key, timed.in_time), order_by=latest).label("place_in_time"),
    ).subquery("ranked")
    passed = ranked.c.conclusion == PASSED
    return (
        select(
            ranked.c.submission,
            ranked.c.row,
            func.max(when((and_(ranked.c.in_time == 1, ranked.c.place_in_time == 1, passed), 1), else_=0)).label("in_time"),
            func.max(when((and_(ranked.c.place == 1, passed), 1), else_=0)).label("last_passed"),
        )
        .group_by(ranked.c.submission, ranked.c.row)
        .subquery("seen")
    )  # fmt: skip
