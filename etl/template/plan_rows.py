"""What a template of 重点任务进展 holds beforehand: the unit's items and objects, what is owed, and what was told last.

A row that is left as it is says nothing, and what was told before goes on counting; so 已完成数 and 进展情况 are left blank, and what
was told last stands beside them. What the quarter's own workbook told is filled in whole, for a corrected one replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from data.rollup.in_force import submissions_in_force
from data.rollup.registers import registers_in_force
from data.schema.enforcement import enforcement_month
from data.schema.enterprises import register_entry
from data.schema.tasks import task_progress
from data.zone.normal import compact
from data.zone.periods import months_of
from data.zone.plan_sources import denominator_of_sector
from data.zone.work_plan import PlanItem, WorkPlan, plan_of
from etl.kinds.tasks import filed_items
from etl.template import words
from etl.template.addressee import Addressee, PrefilledRow

LAST = -1
"""The last due day of an item, by its place: what is owed by then is owed in the year."""
OF_ITEM = "plan."
INSPECTIONS = "enforcement.inspections"
Told = dict[str, dict[str, Row[Any]]]
"""The row that was told last, by item and by object as compared."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the unit's items: the plan, and what was told of them in earlier quarters of the year and in this one."""

    asked: Addressee
    plan: WorkPlan
    before: Told
    now: Told

    def last_told(self, item: str) -> Mapping[str, Row[Any]]:
        """Of an item the last row of each object, of whatever quarter."""
        return {**self.before.get(item, {}), **self.now.get(item, {})}


def items(asked: Addressee) -> list[PrefilledRow]:
    """One row an object of each item that lists objects; else one for each object that was told of, or one for the unit itself."""
    plan = plan_of(asked.connection, asked.zone.code, asked.period.year)
    if plan is None:
        return []
    known = _Known(asked, plan, *_told(asked))
    return [
        _row(known, item, key, name)
        for item in filed_items(plan, asked.unit, asked.zone).values()
        for key, name in _objects(known, item).items()
    ]


def _told(asked: Addressee) -> tuple[Told, Told]:
    """What the unit told of its items in earlier quarters of the year, and in the period's own workbook."""
    period = str(asked.period)
    sent = submissions_in_force(
        asked.connection, asked.zone.code, "tasks", unit=asked.unit.code, first=f"{asked.period.year}Q1", last=period
    )
    own = task_progress.c
    rows = asked.connection.execute(
        select(task_progress).where(own.zone == asked.zone.code, own.submission.in_(sent)).order_by(own.period, own.row)
    )
    before: Told = {}
    now: Told = {}
    for row in rows:
        (now if row.period == period else before).setdefault(row.item, {})[row.object_key] = row
    return before, now


def _objects(known: _Known, item: PlanItem) -> dict[str, str]:
    """The objects of an item as compared → as they are written; of those that it does not list what this quarter told."""
    unit = known.asked.unit
    listed = known.plan.objects(item, known.asked.zone)
    told = known.last_told(item.number) if listed is None else known.now.get(item.number, {})
    written = {key: row.object or unit.name for key, row in told.items()}
    if listed is None:
        return written or {unit.code: unit.name}
    return {**listed, **{key: name for key, name in written.items() if key not in listed}}


def _row(known: _Known, item: PlanItem, key: str, name: str) -> PrefilledRow:
    told = known.now.get(item.number, {}).get(key)
    earlier = known.before.get(item.number, {}).get(key)
    cells = {
        "item": item.number,
        "title": item.title,
        "object": name,
        "measure": item.unit_of_measure,
        "expected": told.expected if told is not None else _expected(known, item, name, earlier),
        "before": None if earlier is None else earlier.done,
    }
    if told is not None:
        of_the_clerk = ("done", "happened_on", "completed_on", "progress", "evidence", "trouble")
        cells |= {column: getattr(told, column) for column in of_the_clerk}
    return PrefilledRow(cells, {"item": _note(known, item, name)})


def _expected(known: _Known, item: PlanItem, name: str, earlier: Row[Any] | None) -> Decimal | None:
    """What is owed of an object by the last due day; of a share what it is a share of, as far as that is known."""
    owed: Fraction | Decimal | None
    if item.adds == "all_of":
        owed = item.each_on(LAST, name)
    elif item.adds == "ratio":
        owed = _denominator(known, item, name)
    else:
        owed = item.target_on(LAST, known.asked.unit)
    if owed is None:
        return None if earlier is None else earlier.expected
    return owed if isinstance(owed, Decimal) else Decimal(owed.numerator) / owed.denominator


def _denominator(known: _Known, item: PlanItem, name: str) -> Decimal | None:
    """What a share is divided by: a number of the plan, another item's, or a count of the register or of inspections."""
    if isinstance(item.of, Mapping):
        return item.of.get(name)
    of = item.of or ""
    if of.startswith(OF_ITEM):
        return _numerator(known, known.plan.item_by_number[of.removeprefix(OF_ITEM)])
    if of == INSPECTIONS:
        return _inspections(known.asked)
    return _enterprises(known.asked, of)


def _numerator(known: _Known, item: PlanItem) -> Decimal:
    """What the unit has told of another item, at least its target."""
    told = sum((row.done for row in known.last_told(item.number).values()), Decimal(0))
    target = item.target_on(LAST, known.asked.unit) or Fraction(0)
    return max(told, Decimal(target.numerator) / target.denominator)


def _inspections(asked: Addressee) -> Decimal | None:
    """The unit's inspections from 1 January to the quarter's end; None where it has reported no month."""
    own = enforcement_month.c
    until = str(months_of(asked.period)[-1])
    counted = select(func.sum(own.inspections)).where(
        own.zone == asked.zone.code, own.unit == asked.unit.code, own.month.between(f"{asked.period.year}-01", until)
    )
    found = asked.connection.execute(counted).scalar()
    return None if found is None else Decimal(found)


def _enterprises(asked: Addressee, of: str) -> Decimal | None:
    """The enterprises in the register at the quarter's end that are meant; None where nobody has listed any."""
    day = asked.zone.calendar.last_day(asked.period)
    if not registers_in_force(asked.connection, asked.zone.code, day.year):
        return None
    own = register_entry.c
    counted = select(func.count()).where(
        own.zone == asked.zone.code, own.from_day <= day, own.to_day >= day, _meant(asked, of)
    )
    return Decimal(asked.connection.execute(counted).scalar_one())


def _meant(asked: Addressee, of: str) -> ColumnElement[bool]:
    own = register_entry.c
    sector = denominator_of_sector(of)
    if sector is not None:
        return own.sector == asked.zone.sector_names[compact(sector)]
    return {
        "register.territory": own.territory == asked.unit.code,
        "register.department": own.department == asked.unit.code,
        "register.high_risk": own.high_risk.is_(True),
    }[of]


def _note(known: _Known, item: PlanItem, name: str) -> str:
    """What the plan says of an item, for who must tell of it."""
    dues = [(due, _owed(known, item, name, place)) for place, due in enumerate(item.dues)]
    return words.plan_item(item.sentence, dues, item.evidence, anew=item.is_level and len(item.dues) > 1)


def _owed(known: _Known, item: PlanItem, name: str, place: int) -> str:
    """What is owed by a due day, in words."""
    if item.adds == "all_of":
        return words.amount(item.each_on(place, name), item.unit_of_measure)
    target = item.target_on(place, known.asked.unit)
    if target is None:
        return ""
    return words.share(target) if item.adds == "ratio" else words.amount(target, item.unit_of_measure)
