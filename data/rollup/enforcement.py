"""The sums of METHOD section 2, from the rows of the ledgers in force.

One definition serves three: the rollup that a load refreshes, the check that rollup = recomputation, and a
report as known by an earlier day. A month's sums depend on ledgers of periods up to it, never on later ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    Delete,
    Integer,
    Label,
    Row,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data.indicators.declaration import Sum, number_of, total_of
from data.indicators.enforcement import INDICATORS
from data.rollup.decisions_told import decisions_told
from data.rollup.in_force import in_ledgers, periods_in_force
from data.schema.base import exact_sum
from data.schema.enforcement import FIELDS, Sums, enforcement_month, inspection, reinspection
from data.store import among, insert_columns, listed
from data.zone.periods import Calendar, Month
from data.zone.zone import Zone

PASSED = "合格"


Recomputed = dict[tuple[str, str], Sums]
"""(unit, month) → sums."""


def refresh(connection: Connection, zone: Zone, unit: str, month: Month) -> None:
    """Recompute the unit's rollup from this month on; earlier months cannot have changed."""
    connection.execute(_outdated(), {"zone": zone.code, "of_unit": unit, "since": str(month)})
    _keep(connection, zone, recompute(connection, zone, unit=unit, since=month))


def as_told(sums: Recomputed) -> dict[str, dict[str, int | str]]:
    """The sums of one unit by month, as JSON keeps them: money as text, for it is exact."""
    return {
        month: {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(one).items()}
        for (_unit, month), one in sorted(sums.items())
    }


def of_told(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Sums]:
    """What ``as_told`` made, by month."""
    return {month: Sums(**{**one, "fines_yuan": Decimal(one["fines_yuan"])}) for month, one in told.items()}


def renew(connection: Connection, zone: Zone) -> None:
    """Make the zone's whole rollup anew: a new program may count the same rows otherwise."""
    connection.execute(delete(enforcement_month).where(enforcement_month.c.zone == zone.code))
    _keep(connection, zone, recompute(connection, zone))


def kept(connection: Connection, zone: Zone, until: Month | None = None) -> Recomputed:
    """The zone's rollup as it stands, of all months or of those up to one."""
    table = enforcement_month.c
    up_to = [] if until is None else [table.month <= str(until)]
    rows = connection.execute(
        select(table.unit, table.month, *(table[name] for name in FIELDS)).where(table.zone == zone.code, *up_to)
    )
    return {(unit, month): Sums(*sums) for unit, month, *sums in rows}


def _keep(connection: Connection, zone: Zone, sums: Recomputed) -> None:
    own = {
        "zone": [zone.code] * len(sums),
        "unit": [unit for unit, _ in sums],
        "month": [month for _, month in sums],
    }
    figures = {name: [getattr(one, name) for one in sums.values()] for name in FIELDS}
    insert_columns(connection, enforcement_month, {**own, **figures})


@cache
def _outdated() -> Delete:
    table = enforcement_month.c
    of_unit = and_(table.zone == bindparam("zone", type_=String), table.unit == bindparam("of_unit", type_=String))
    return delete(enforcement_month).where(of_unit, table.month >= _SINCE)


def recompute(
    connection: Connection,
    zone: Zone,
    *,
    unit: str | None = None,
    since: Month | None = None,
    known_by: datetime | None = None,
) -> Recomputed:
    """Sums from the rows themselves, of all units and months or of one unit since a month."""
    ledgers = periods_in_force(connection, zone.code, "enforcement", unit=unit, known_by=known_by)
    return sums_of(connection, zone, ledgers, since)


def sums_of(connection: Connection, zone: Zone, periods: Mapping[int, str], since: Month | None = None) -> Recomputed:
    """Sums from the rows of these ledgers, each with the period that it is of, as if they were those in force."""
    start = "" if since is None else str(since)
    rows = {"zone": zone.code, "ledgers": listed(periods), "since": start}
    own = [submission for submission, period in periods.items() if period >= start]
    totals: _Totals = defaultdict(lambda: defaultdict(int))
    for row in connection.execute(_inspected(), {"zone": zone.code, "ledgers": listed(own)}).mappings():
        _add(totals[row["unit"], row["month"]], row)
    for statement in (_penalised(), due(), _told_later()):
        for row in connection.execute(statement, rows).mappings():
            _add(totals[row["unit"], row["month"]], row)
    changes = _overdue_changes(connection.execute(_major(), rows).all(), zone.calendar, since)
    for (owner, month), change in changes.items():
        if month >= start:
            totals[owner, month]["overdue_major_change"] += change
    return {key: Sums(**total) for key, total in totals.items() if any(total.values())}


_Totals = dict[tuple[str, str], dict[str, Any]]
"""(unit, month) → what was added up so far, by the name of the sum."""


def _add(total: dict[str, Any], row: Mapping[Any, Any]) -> None:
    for name, value in row.items():
        if name in FIELDS and value is not None:
            total[name] += value


# The statements are built once: which rows they look at comes as parameters (the zone, the ledgers in force,
# the first month asked for), for building one costs more than a small ledger's sums.
_SINCE = bindparam("since", type_=String)


@cache
def _inspected() -> Select[Any]:
    """What the month's own rows add up to; a ledger at a time, in the order of the table's key, so that nothing is sorted."""
    own = inspection.c
    return (
        select(
            func.min(own.unit).label("unit"),
            func.min(own.period).label("month"),
            *_of_own_rows(),
        )
        .where(in_ledgers(inspection))
        .group_by(own.submission)
    )


def _of_own_rows() -> list[Label[Any]]:
    """The sums that indicators declare of the month's own rows, each by its indicator's key."""
    return [
        one.made_of.rows.label(one.key)
        for one in INDICATORS
        if isinstance(one.made_of, Sum) and one.made_of.rows is not None
    ]


@cache
def _penalised() -> Select[Any]:
    """Decisions in the month whose ledger is the first to report them, each with its fine as last told there."""
    told = tellings().c
    first_period_last_fine = (told.period, told.fine_yuan.is_(None), told.sheet.desc(), told.row.desc())
    ranked = select(
        told.unit,
        told.period.label("month"),
        told.fine_yuan,
        func.row_number()
        .over(partition_by=(told.unit, told.decision_key), order_by=first_period_last_fine)
        .label("place"),
    ).subquery("ranked")
    return (
        select(
            ranked.c.unit,
            ranked.c.month,
            func.count().label("penalties"),
            exact_sum(ranked.c.fine_yuan).label("fines_yuan"),
        )
        .where(ranked.c.place == 1, ranked.c.month >= _SINCE)
        .group_by(ranked.c.unit, ranked.c.month)
    )


def tellings() -> Subquery:
    """Every row of either sheet that tells of a decision."""
    counts = and_(in_ledgers(inspection), inspection.c.decision_key.is_not(None))
    return union_all(
        *(
            select(
                table.c.unit,
                table.c.number_key,
                table.c.period,
                table.c.decision_key,
                table.c.fine_yuan,
                literal(order, Integer).label("sheet"),
                table.c.row,
            ).where(tells)
            for order, (table, tells) in enumerate(((inspection, counts), (decisions_told(), literal(True))))
        )
    ).subquery("tellings")


@cache
def due(*by: str) -> Select[Any]:
    """Cases whose due day falls in the month, as their own ledger tells of them: closed by that day, hazards rectified.

    ``by``: columns of ``inspection`` by whose values they are added up besides.
    """
    own = inspection.c
    parts = [own.unit, *(own[name] for name in by)]
    return (
        select(
            *parts,
            own.due_month.label("month"),
            func.count().label("due_cases"),
            number_of(_closed_in_its_ledger(own)).label("closed_cases"),
            total_of(own.hazards).label("due_hazards"),
            total_of(func.coalesce(own.rectified, 0)).label("rectified_hazards"),
        )
        .where(in_ledgers(inspection), own.due_month >= _SINCE)
        .group_by(*parts, own.due_month)
    )


def _closed_in_its_ledger(own: Any) -> ColumnElement[bool]:
    return and_(own.reinspected_on <= own.due_on, own.conclusion == PASSED)


@cache
def _told_later() -> CompoundSelect[Any]:
    """By how much 整改复查 changes what the ledgers tell of their cases due in the month."""
    return union_all(closed_later(), _rectified_later())


@cache
def closed_later(*by: str) -> Select[Any]:
    """By how many cases due in the month the re-inspections change what their ledgers tell.

    Of each case the last one counts that 整改复查 told up to its due month, dated up to its due day; the ledger's own
    one if that is later and dated up to the due day as well.
    """
    told, own = _told().c, inspection.c
    last = _last_told(
        told.reinspected_on <= own.due_on,
        (told.reinspected_on.desc(), told.period.desc(), told.row.desc()),
        *(own[name] for name in by),
        own.due_on, own.reinspected_on, own.conclusion, told.reinspected_on.label("again_on"), told.conclusion.label("again"),
    )  # fmt: skip
    counts = or_(last.reinspected_on.is_(None), last.reinspected_on > last.due_on, last.again_on >= last.reinspected_on)
    change = number_of(last.again == PASSED) - number_of(_closed_in_its_ledger(last))
    return (
        select(
            *(last[name] for name in ("unit", *by)),
            last.due_month.label("month"),
            change.label("closed_cases"),
            literal(0, BigInteger).label("rectified_hazards"),
        )
        .where(last.place == 1, counts)
        .group_by(*(last[name] for name in ("unit", *by)), last.due_month)
    )


def _rectified_later() -> Select[Any]:
    """By how much the last number of rectified hazards that 整改复查 told up to a case's due month changes its ledger's."""
    told, own = _told().c, inspection.c
    last = _last_told(
        told.rectified.is_not(None),
        (told.period.desc(), told.row.desc()),
        (told.rectified - func.coalesce(own.rectified, 0)).label("more"),
    )
    return (
        select(last.unit, last.due_month.label("month"), literal(0, Integer), total_of(last.more))
        .where(last.place == 1)
        .group_by(last.unit, last.due_month)
    )


@cache
def _told() -> CTE:
    """The rows of 整改复查 in the ledgers, taken first: they are few, and SQLite would look for them at every due case."""
    return select(reinspection).where(in_ledgers(reinspection)).cte("told").prefix_with("MATERIALIZED")


def _last_told(wanted: Any, order: Any, *more: Any) -> Any:
    """Columns of the due cases, each with every row of 整改复查 told of it up to its due month; ``place`` 1 is the last."""
    told, own = _told().c, inspection.c
    place = func.row_number().over(partition_by=(own.submission, own.row), order_by=order)
    # Added to 0, the ledgers do not lead SQLite to go through all of their cases.
    counts = among(own.submission + 0, "ledgers")
    return (
        select(own.unit, own.due_month, *more, place.label("place"))
        .join_from(_told(), inspection, and_(own.zone == told.zone, _same_case(own, told)))
        .where(counts, own.due_month >= _SINCE, told.period <= own.due_month, wanted)
        .subquery("last_told")
        .c
    )


def _same_case(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(one.unit == other.unit, one.number_key == other.number_key)


@cache
def _major() -> Select[Any]:
    """Cases with a major hazard, each with every re-inspection told of it; a case without any appears once."""
    own = inspection.c
    tellings = union_all(
        *(
            select(
                table.c.unit,
                table.c.number_key,
                table.c.period,
                table.c.reinspected_on,
                table.c.conclusion,
                literal(order, Integer).label("sheet"),
                table.c.row,
            ).where(in_ledgers(table), table.c.reinspected_on.is_not(None), wanted)
            for order, (table, wanted) in enumerate(
                ((inspection, own.major_hazards > 0), (reinspection, literal(True)))
            )
        )
    ).subquery("tellings")
    told = tellings.c
    # Not IS NOT NULL: for that SQLite takes the index of all due cases and reads fifty rows for every major one.
    has_due_month = func.coalesce(own.due_month, "") != ""
    return (
        select(own.unit, own.number_key, own.due_month, told.period, told.reinspected_on, told.conclusion)
        .outerjoin(tellings, _same_case(own, told))
        .where(in_ledgers(inspection), own.major_hazards > 0, has_due_month)
        .order_by(own.unit, own.number_key, told.reinspected_on, told.period, told.sheet, told.row)
    )


def _overdue_changes(
    rows: Sequence[Row[Any]], calendar: Calendar, since: Month | None = None
) -> dict[tuple[str, str], int]:
    """(unit, month) → how many more major cases are overdue at its end than at the end of the month before.

    Of months before ``since`` not every change is there.
    """
    changes: dict[tuple[str, str], int] = defaultdict(int)
    for (unit, _number), case_rows in groupby(rows, key=attrgetter("unit", "number_key")):
        tellings = list(case_rows)
        if since is None or not _told_before(tellings, str(since), calendar.first_day(since)):
            for month, change in overdue_changes_of_case(tellings, calendar):
                changes[unit, month] += change
    return changes


def _told_before(tellings: Sequence[Any], month: str, first_day: date) -> bool:
    """Whether a case was due and everything told of it was seen before a month: from then on nothing of it changes."""
    return tellings[0].due_month < month and all(
        one.reinspected_on is None or (one.period < month and one.reinspected_on < first_day) for one in tellings
    )


def overdue_changes_of_case(tellings: Sequence[Any], calendar: Calendar) -> Iterable[tuple[str, int]]:
    """When one case becomes overdue (+1) and ceases to be (-1); ``tellings`` in order of date, then of telling."""
    due_month: str = tellings[0].due_month
    told = [one for one in tellings if one.reinspected_on is not None]
    later = {month for one in told if (month := _seen_from(one, calendar)) > due_month}
    overdue = False
    for month in sorted({due_month, *later}):
        now = overdue_at(Month.parse(month), due_month, told, calendar)
        if now != overdue:
            yield month, 1 if now else -1
            overdue = now


def overdue_at(month: Month, due_month: str, told: Sequence[Any], calendar: Calendar) -> bool:
    """Whether a case is overdue at a month's end: due by then, and the last re-inspection seen by then not passed.

    ``told`` are its re-inspections in order of date, then of telling. One is seen from the month of its ledger
    or of its date, whichever is later.
    """
    if due_month > str(month):
        return False
    seen = [one.conclusion for one in told if _seen_from(one, calendar) <= str(month)]
    return not seen or seen[-1] != PASSED


def _seen_from(telling: Any, calendar: Calendar) -> str:
    period: str = telling.period
    return max(period, str(calendar.month_of(telling.reinspected_on)))


def penalties_told(connection: Connection, zone: str, ledgers: Sequence[int], month: str) -> list[tuple[str, str]]:
    """(number of the case, decision) of every row in the month that tells of a decision told for the first time then."""
    rows = connection.execute(_told_first_in(), {"zone": zone, "ledgers": listed(ledgers), "month": month})
    return [(row.number_key, row.decision_key) for row in rows]


@cache
def _told_first_in() -> Select[Any]:
    month = bindparam("month", type_=String)
    told = tellings().c
    first = select(told.decision_key).group_by(told.decision_key).having(func.min(told.period) == month)
    return select(told.number_key, told.decision_key).where(told.period == month, told.decision_key.in_(first))
