"""Which penalty decision a row of 整改复查 tells of, by the ledgers in force (METHOD section 2).

A ledger that is returned or corrected takes with it what it told, so this is asked of the rows that count and
not kept from the day on which a row came in.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import CTE, Subquery, and_, case, false, func, or_, select

from data.rollup.in_force import in_ledgers
from data.schema.enforcement import inspection, reinspection
from data.store import among


@cache
def decisions_told() -> Subquery:
    """(submission, row, unit, number_key, period, decision_key, fine_yuan) of the rows of 整改复查 that tell of a decision.

    Of the ledgers in the parameters ``zone`` and ``ledgers``. 是否处罚 = 是 is never taken back, so a decision counts
    once its case was penalised; a fine without a number is of the decision last told of its case.
    """
    told = _numbered().c
    last_number = func.max(told.number).over(partition_by=(told.unit, told.number_key, told.numbers_so_far))
    key = func.coalesce(last_number, told.number_in_ledger).label("decision_key")
    tells = or_(told.number.is_not(None), and_(told.counts, told.fine_yuan.is_not(None)))
    columns = (told.submission, told.row, told.unit, told.number_key, told.period, told.fine_yuan)
    telling = select(*columns, key).where(tells).cte("telling")
    return select(telling).where(telling.c.decision_key.is_not(None)).subquery("decisions_told")


def _numbered() -> CTE:
    """The same rows with the number that each tells itself, where it counts, and how many were told of its case up to it."""
    rows = _penalised_by_then()
    told = rows.c
    number = case((and_(told.counts, told.decision.is_not(None)), told.decision_key))
    so_far = func.count(number).over(partition_by=(told.unit, told.number_key), order_by=(told.period, told.row))
    return select(rows, number.label("number"), so_far.label("numbers_so_far")).cte("numbered")


def _penalised_by_then() -> CTE:
    """The rows that speak of a penalty, each with whether its case was penalised by then, and what its ledger tells."""
    told, own = reinspection.c, inspection.c
    # Added to 0, the ledgers do not lead SQLite to go through all of their cases.
    of_case = and_(
        own.zone == told.zone,
        own.unit == told.unit,
        own.number_key == told.number_key,
        among(own.submission + 0, "ledgers"),
    )
    in_ledger = func.coalesce(own.penalised, false())
    later = func.max(case((told.penalised, 1), else_=0)).over(
        partition_by=(told.unit, told.number_key), order_by=(told.period, told.row)
    )
    columns = (
        told.submission, told.row, told.unit, told.number_key, told.period, told.decision, told.decision_key, told.fine_yuan,
    )  # fmt: skip
    return (
        select(*columns, own.decision_key.label("number_in_ledger"), or_(in_ledger, later == 1).label("counts"))
        .select_from(reinspection.outerjoin(inspection, of_case))
        .where(
            in_ledgers(reinspection), or_(told.penalised, told.decision.is_not(None), told.fine_yuan.is_not(None))
        )
        .cte("penalised_by_then")
    )  # fmt: skip
