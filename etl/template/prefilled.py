"""What a template can fill in beforehand, from what the database knows of the unit and the period.

Rows are what a clerk would have typed: names and not codes, 是 and 否, amounts in the column's own unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Row, case, or_, select

from data.rollup.enforcement import PASSED
from data.rollup.in_force import periods_in_force, submissions_in_force
from data.rollup.registers import registers_in_force
from data.schema.accidents import accident
from data.schema.enforcement import inspection, reinspection
from data.schema.enterprises import enterprise
from data.schema.quarterly import self_mark
from data.zone.accident_class import accident_class
from data.zone.periods import Period, months_of
from data.zone.schemes import ScoresScheme, schemes_of
from data.zone.zone import Unit, Zone
from etl.kinds.targets import WHOLE_ZONE
from etl.template import plan_rows, still_open, words
from etl.template.addressee import Addressee, PrefilledRow

_TEN_THOUSAND = Decimal(10_000)


class Enterprise(NamedTuple):
    """An enterprise as the unit's ledgers last wrote it; ``sector`` by name."""

    name: str
    credit_code: str
    sector: str


def lines(asked: Addressee, kind: str, table: str) -> Sequence[PrefilledRow]:
    """The rows of a table that are there before the clerk begins; of most tables none."""
    fill = _FILLED.get((kind, table))
    return fill(asked) if fill is not None else ()


def is_complete(kind: str, table: str) -> bool:
    """Whether the rows filled in beforehand are all that the table ever has."""
    return (kind, table) in _COMPLETE


def enterprises(asked: Addressee) -> list[Enterprise]:
    """Every enterprise that the unit's ledgers in force name, by name; of one with several writings the last."""
    own = inspection.c
    rows = asked.connection.execute(
        select(own.enterprise_key, own.enterprise, own.credit_code, own.sector)
        .where(own.zone == asked.zone.code, own.submission.in_(_ledgers(asked)))
        .order_by(own.period, own.row)
    )
    last = {
        row.enterprise_key: Enterprise(row.enterprise, row.credit_code or "", asked.zone.sectors[row.sector])
        for row in rows
    }
    return sorted({one.name: one for one in last.values()}.values())


def _ledgers(asked: Addressee, last: Period | None = None) -> list[int]:
    return submissions_in_force(
        asked.connection, asked.zone.code, "enforcement", unit=asked.unit.code, last=None if last is None else str(last)
    )


def _open_cases(asked: Addressee) -> list[PrefilledRow]:
    """Cases of earlier months that are not closed: hazards left to rectify, or no re-inspection that was passed."""
    before = months_of(asked.period)[0].plus(-1)
    ledgers = _ledgers(asked, before)
    own, told = inspection.c, reinspection.c
    cases = asked.connection.execute(
        select(inspection)
        .where(own.zone == asked.zone.code, own.submission.in_(ledgers), own.hazards > 0)
        .order_by(own.inspected_on, own.number_key)
    ).all()
    later: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in asked.connection.execute(
        select(reinspection)
        .where(told.zone == asked.zone.code, told.submission.in_(ledgers))
        .order_by(told.period, told.row)
    ):
        later[row.number_key].append(row)
    return [_open_case(case, later[case.number_key]) for case in cases if not _closed(case, later[case.number_key])]


def _rectified(case: Row[Any], later: Sequence[Row[Any]]) -> int:
    told = [row.rectified for row in (case, *later) if row.rectified is not None]
    return told[-1] if told else 0


def _last_look(case: Row[Any], later: Sequence[Row[Any]]) -> Row[Any] | None:
    """The row that tells of the last re-inspection; of two on one day the later told."""
    looked_at = [row for row in (case, *later) if row.reinspected_on is not None]
    last = max(enumerate(looked_at), key=lambda one: (one[1].reinspected_on, one[0]), default=None)
    return None if last is None else last[1]


def _closed(case: Row[Any], later: Sequence[Row[Any]]) -> bool:
    last = _last_look(case, later)
    return last is not None and last.conclusion == PASSED and _rectified(case, later) >= case.hazards


def _open_case(case: Row[Any], later: Sequence[Row[Any]]) -> PrefilledRow:
    last = _last_look(case, later)
    again = words.NOT_YET if last is None else words.looked_at_again(last.reinspected_on, last.conclusion)
    rectified = _rectified(case, later)
    note = words.open_case(case.enterprise, case.inspected_on, case.hazards, rectified, case.rectify_by, again)
    return PrefilledRow({"number": case.number}, {"number": note})


def _accidents(asked: Addressee) -> list[PrefilledRow]:
    """The year's accidents as ledgers up to this month told them last, in the order of their days."""
    first = months_of(asked.period)[0]
    ledgers = submissions_in_force(
        asked.connection, asked.zone.code, "accidents", first=f"{first.year:04d}-01", last=str(asked.period)
    )
    own = accident.c
    rows = asked.connection.execute(
        select(accident)
        .where(own.zone == asked.zone.code, own.submission.in_(ledgers), own.year == first.year)
        .order_by(own.period, own.row)
    )
    last = {row.number_key: row for row in rows}
    return [_accident(asked.zone, row) for row in sorted(last.values(), key=lambda row: (row.happened_on, row.number))]


def _accident(zone: Zone, row: Row[Any]) -> PrefilledRow:
    computed = accident_class(row.dead + row.missing, row.serious_injuries, row.loss_yuan)
    flags = ("counted", "stability", "both_examined")
    plain = (
        "number", "happened_on", "enterprise", "type", "dead", "serious_injuries", "missing", "minor_injuries",
        "status", "supervised_on", "reported_on", "extended_to", "held_responsible", "transferred_on", "closed_on",
        "remark",
    )  # fmt: skip
    return PrefilledRow(
        {
            **{key: getattr(row, key) for key in plain},
            **{key: words.YES if getattr(row, key) else words.NO for key in flags},
            "territory": zone.unit_by_code[row.territory].name,
            "department": None if row.department is None else zone.unit_by_code[row.department].name,
            "sector": zone.sectors[row.sector],
            "loss_yuan": None if row.loss_yuan is None else row.loss_yuan / _TEN_THOUSAND,
            # A class that the figures make is left to them: it would contradict what the clerk corrects later.
            "class": None if row.accident_class == computed else row.accident_class,
        }
    )


def _own_list(asked: Addressee) -> list[PrefilledRow]:
    """The unit's list of this year, else of the latest year before it, without what ended before the year began."""
    lists = periods_in_force(
        asked.connection, asked.zone.code, "enterprises", unit=asked.unit.code, last=str(asked.period)
    )
    latest = max(lists, key=lists.__getitem__, default=0)
    own = enterprise.c
    rows = asked.connection.execute(
        select(enterprise).where(own.zone == asked.zone.code, own.submission == latest).order_by(own.row)
    ).all()
    first = asked.zone.calendar.first_day(asked.period)
    return [_listed(asked.zone, row) for row in rows if row.ends_on is None or row.ends_on >= first]


def _listed(zone: Zone, row: Row[Any]) -> PrefilledRow:
    flags = ("key_industry", "high_risk", "pilot", "chief_engineer")
    plain = ("name", "credit_code", "size", "grade", "head", "starts_on", "ends_on")
    return PrefilledRow(
        {
            **{key: getattr(row, key) for key in plain},
            **{key: words.YES if getattr(row, key) else words.NO for key in flags},
            "sector": zone.sectors[row.sector],
            "territory": zone.unit_by_code[row.territory].name,
            "department": None if row.department is None else zone.unit_by_code[row.department].name,
        }
    )


def _of_the_register(asked: Addressee) -> list[PrefilledRow]:
    """The enterprises of the register, at the period's end, of which the unit is territory or department, or lists them."""
    last = asked.zone.calendar.last_day(asked.period)
    lists = registers_in_force(asked.connection, asked.zone.code, last.year)
    own, code = enterprise.c, asked.unit.code
    rows = asked.connection.execute(
        select(own.credit_code, own.name)
        .where(
            own.zone == asked.zone.code,
            own.submission.in_(lists),
            or_(own.unit == code, own.territory == code, own.department == code),
            or_(own.starts_on.is_(None), own.starts_on <= last),
            or_(own.ends_on.is_(None), own.ends_on >= last),
        )
        .order_by(case((own.unit == code, 1), else_=0), own.unit.desc(), own.row.desc())
    )
    names = {row.credit_code: row.name for row in rows}
    by_name = sorted(names.items(), key=lambda one: (one[1], one[0]))
    return [PrefilledRow({"enterprise": name, "credit_code": code}) for code, name in by_name]


def _own_measures(asked: Addressee) -> list[PrefilledRow]:
    scheme = schemes_of(asked.connection, asked.zone.code).of_day(
        ScoresScheme, asked.zone.calendar.last_day(asked.period)
    )
    return [
        PrefilledRow({"serial": measure.number, "measure": measure.name, "full": measure.full})
        for measure in scheme.measures
    ]


def _marks_to_give(asked: Addressee) -> list[PrefilledRow]:
    """Every measure of every unit that assesses itself, with its own mark beside it."""
    scheme = schemes_of(asked.connection, asked.zone.code).of_day(
        ScoresScheme, asked.zone.calendar.last_day(asked.period)
    )
    period = str(asked.period)
    sent = submissions_in_force(asked.connection, asked.zone.code, "self_assessment", first=period, last=period)
    own = self_mark.c
    marks = {
        (row.unit, row.measure): row.mark
        for row in asked.connection.execute(
            select(own.unit, own.measure, own.mark).where(own.zone == asked.zone.code, own.submission.in_(sent))
        )
    }
    return [
        PrefilledRow({"unit": unit.name, "measure": measure.name, "self": marks.get((unit.code, measure.number))})
        for unit in _who_files(asked, "self_assessment")
        for measure in scheme.measures
    ]


def _who_files(asked: Addressee, kind: str) -> list[Unit]:
    return [unit for unit in asked.zone.units_of(asked.period) if asked.zone.deadline(kind, unit) is not None]


def _caps(asked: Addressee) -> list[PrefilledRow]:
    names = (WHOLE_ZONE, *(unit.name for unit in asked.zone.units_of(asked.period)))
    return [PrefilledRow({"unit": name}) for name in names]


def _plans(asked: Addressee) -> list[PrefilledRow]:
    return [PrefilledRow({"unit": unit.name}) for unit in _who_files(asked, "enforcement")]


def _months(asked: Addressee) -> list[PrefilledRow]:
    return [
        PrefilledRow({"unit": unit.name, "month": words.month(month)})
        for unit in _who_files(asked, "enforcement")
        for month in months_of(asked.period)
    ]


_FILLED: Mapping[tuple[str, str], Callable[[Addressee], Sequence[PrefilledRow]]] = {
    ("enforcement", "follow_ups"): _open_cases,
    ("accidents", "ledger"): _accidents,
    ("enterprises", "list"): _own_list,
    ("frontline", "ledger"): _of_the_register,
    ("hazards", "ledger"): still_open.hazards,
    ("supervision", "ledger"): still_open.findings,
    ("tipoffs", "ledger"): still_open.tipoffs,
    ("disasters", "ledger"): still_open.warnings,
    ("tasks", "ledger"): plan_rows.items,
    ("self_assessment", "measures"): _own_measures,
    ("review", "marks"): _marks_to_give,
    ("targets", "caps"): _caps,
    ("targets", "plans"): _plans,
    ("baseline", "sums"): _months,
}
_COMPLETE = {("self_assessment", "measures"), ("review", "marks"), ("baseline", "sums"), ("targets", "plans")}
