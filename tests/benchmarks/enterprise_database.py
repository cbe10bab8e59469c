"""A zone at its largest, put straight into the tables: its register, years of inspections, of hazards and of duties, tip-offs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from sqlalchemy import Connection, Table

from data.initial import initialise
from data.rollup import enterprise_names, of_ledgers, register_entries
from data.schema.enforcement import inspection, reinspection
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.schema.hazards import hazard
from data.schema.intake import submission
from data.schema.targets import inspection_plan
from data.schema.tipoffs import tipoff
from data.store import insert_columns, reader, write_transaction
from data.zone.normal import compact, document_key
from data.zone.periods import Month
from data.zone.zone import Zone, read_zone
from etl.kinds.registry import KINDS
from etl.reading.sheets import letters
from tests.benchmarks.ledgers import SECTORS, credit_code, ledger_rows

ZONE = "shuangqiao"
MONTHS = tuple(Month(2020, 12).plus(step) for step in range(24))
TODAY = date(2022, 12, 8)
"""When the last month's ledgers are in and due."""
PLANNED = 60
"""Inspections that a unit plans for a month: so long is its list of whom to inspect next."""
YEAR = "2022"
DUTY_MONTHS = MONTHS[-3:]
_CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TABLES = {
    "enforcement": inspection, "enterprises": enterprise, "frontline": frontline_duty, "hazards": hazard,
    "tipoffs": tipoff, "targets": inspection_plan,
}  # fmt: skip
"""Kind → where the rows of its workbooks are kept."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many enterprises are registered, how many inspections and rows of ledgers of hazards there are."""

    enterprises: int = 20_000
    inspections: int = 1_000_000
    hazards: int = 100_000


@dataclass(frozen=True, slots=True)
class _Registered:
    name: str
    credit_code: str
    sector: str
    territory: str
    department: str | None
    high_risk: bool


_Row = dict[str, Any]


def fill(url: str, size: Size) -> None:
    """An installation of a zone of this size."""
    initialise(url, ZONE)
    with reader(url).connect() as connection:
        zone = read_zone(connection, ZONE)
    towns = [unit.code for unit in zone.units if unit.group == "town"]
    register = list(_register(zone, towns, size.enterprises))
    with write_transaction(url) as connection:
        books = _Books(connection)
        for unit in zone.units:
            own = [one for one in register if unit.code in {one.territory, one.department}]
            if own:
                books.add("enterprises", unit.code, YEAR, [_listed(one) for one in own])
        each = size.inspections // (len(zone.units) * len(MONTHS))
        pick = _picked(register)
        for unit in zone.units:
            for month in MONTHS:
                books.add_ledger(zone, unit.code, month, _inspections(zone, unit.code, month, each, pick))
            _add_hazards(books, zone, unit.code, size.hazards // (len(zone.units) * len(MONTHS)), register)
            for month in MONTHS:
                books.add("tipoffs", unit.code, str(month), list(_tip_offs(unit.code, month, register)))
        for town in towns:
            own = [one for one in register if one.territory == town]
            for month in DUTY_MONTHS:
                books.add("frontline", town, str(month), [_duty(one, month) for one in own])
        for year in sorted({month.year for month in MONTHS}):
            books.add("targets", "emergency", str(year), _plans(zone, year))
    with write_transaction(url) as connection:
        of_ledgers.renew(connection, zone)
        register_entries.renew(connection, ZONE)
        enterprise_names.renew(connection, ZONE)


class _Books:
    """Workbooks that were accepted, each with its rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._number = 0

    def add(self, kind: str, unit: str, period: str, rows: Sequence[_Row]) -> None:
        """A workbook with these rows, laid out as its template is."""
        self._number += 1
        received = datetime.fromisoformat(f"{_told_in(period)}-03T10:00:00+08:00")
        told = {
            "zone": ZONE, "submission": self._number, "status": "accepted", "sha256": f"{self._number:064x}",
            "file_name": f"{unit}-{kind}-{period}.xlsx", "sender": "office", "received_at": received,
            "checked_at": received, "note": "", "kind": kind, "unit": unit, "period": period, "version": 1,
            "rows": len(rows), "layout": _layout(kind), "asks": False,
        }  # fmt: skip
        insert_columns(self._connection, submission, {name: [value] for name, value in told.items()})
        self._insert(_TABLES[kind], [{"unit": unit, "period": period, **row} for row in rows])

    def add_ledger(self, zone: Zone, unit: str, month: Month, rows: Sequence[_Row]) -> None:
        """A ledger of inspections; a twelfth of its cases with hazards is looked at again in the month's 整改复查."""
        self.add("enforcement", unit, str(month), rows)
        last = zone.calendar.last_day(month)
        self._insert(
            reinspection,
            [
                {
                    "unit": unit, "period": str(month), "row": place, "number": one["number"],
                    "number_key": one["number_key"], "reinspected_on": min(one["rectify_by"], last),
                    "conclusion": "合格" if place % 4 else "不合格",
                }
                for place, one in enumerate((row for row in rows if row["hazards"]), start=2)
                if place % 12 == 0
            ],
        )  # fmt: skip

    def _insert(self, table: Table, rows: Sequence[_Row]) -> None:
        names = [name for name in rows[0] if name in table.c] if rows else []
        columns: Mapping[str, list[Any]] = {name: [row[name] for row in rows] for name in names}
        own: Mapping[str, list[Any]] = {"zone": [ZONE] * len(rows), "submission": [self._number] * len(rows)}
        given = {} if "row" in columns else {"row": list(range(2, len(rows) + 2))}
        insert_columns(self._connection, table, {**own, **given, **columns})


def _layout(kind: str) -> dict[str, Any]:
    return {
        table.key: {
            "sheet": table.title,
            "header_row": 1,
            "columns": {column.key: letters(place) for place, column in enumerate(table.columns)},
        }
        for table in KINDS[kind].tables
    }


def _told_in(period: str) -> str:
    """The month in which a workbook comes: lists and plans in the first of their year, ledgers in the next."""
    return str(Month.parse(period).plus(1)) if "-" in period else f"{period}-01"


def _register(zone: Zone, towns: Sequence[str], number: int) -> Iterator[_Registered]:
    """Enterprises, a third of them under a department that lists them too."""
    chance = Random("register")
    departments = [unit.code for unit in zone.units if unit.group == "department"]
    trades = ("机械制造", "建材", "再生资源", "物流", "化工", "汽车零部件", "商贸", "食品", "包装", "建筑劳务")
    for place in range(number):
        yield _Registered(
            f"重庆{chance.choice('王李张刘陈杨黄赵')}{chance.choice('伟芳娜敏静丽强磊')}{chance.choice(trades)}有限公司{place:05}厂区",
            credit_code("91500" + "".join(chance.choices(_CODES, k=12))),
            zone.sector_names[chance.choice(SECTORS)],
            chance.choice(towns),
            chance.choice(departments) if chance.random() < 1 / 3 else None,
            chance.random() < 0.1,
        )


def _listed(one: _Registered) -> _Row:
    return {
        "name": one.name, "credit_code": one.credit_code, "sector": one.sector, "territory": one.territory,
        "department": one.department, "size": "其他", "key_industry": False, "high_risk": one.high_risk, "pilot": False,
        "chief_engineer": False,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Picked:
    """Who is inspected how often: some again and again, and every tenth never."""

    of: Sequence[_Registered]
    cumulated: Sequence[float]


def _picked(register: Sequence[_Registered]) -> _Picked:
    of = [one for place, one in enumerate(register) if place % 10]
    return _Picked(of, list(accumulate(1 + 1000 / (place + 50) for place in range(len(of)))))


def _inspections(zone: Zone, unit: str, month: Month, size: int, picked: _Picked) -> list[_Row]:
    """A ledger's rows, one of fifty without a credit code."""
    chance = Random(f"{unit} {month} picked")
    chosen = chance.choices(picked.of, cum_weights=picked.cumulated, k=size)
    return [
        _inspection(zone, told, one, coded=chance.random() >= 0.02)
        for told, one in zip(ledger_rows(unit, month, size), chosen, strict=True)
    ]


def _inspection(zone: Zone, told: tuple[Any, ...], one: _Registered, *, coded: bool) -> _Row:
    _serial, on, _name, _code, _sector, _place, method, people, number, hazards, major, by, rectified, penalised, decision, what, fine, again, conclusion, remark = told  # fmt: skip
    due = None if by is None else zone.calendar.due_day(by, on)
    return {
        "number": number, "number_key": document_key(number), "inspected_on": on, "enterprise": one.name,
        "enterprise_key": one.credit_code if coded else compact(one.name), "credit_code": one.credit_code if coded else None,
        "sector": one.sector, "territory": one.territory, "method": method, "inspectors": people, "hazards": hazards,
        "major_hazards": major, "rectify_by": by, "due_on": due,
        "due_month": None if due is None else str(zone.calendar.month_of(due)), "rectified": rectified,
        "penalised": penalised == "是", "decision": decision, "decision_key": None if decision is None else document_key(decision),
        "penalty_kind": what, "fine_yuan": fine, "reinspected_on": again, "conclusion": conclusion, "remark": remark,
    }  # fmt: skip


def _add_hazards(books: _Books, zone: Zone, unit: str, each: int, register: Sequence[_Registered]) -> None:
    """Month by month what was found, and of the month before what was crossed off, or is still open."""
    chance = Random(f"{unit} hazards")
    before: list[_Row] = []
    for month in MONTHS:
        first = zone.calendar.first_day(month)
        news = [
            {**row, "crossed_off_on": first + timedelta(days=chance.randrange(28)) if chance.random() < 0.9 else None}
            for row in before
        ]
        found = [
            _hazard(chance, f"{unit}隐〔{month.year}〕{month.month:02}{serial:04}号", first, chance.choice(register))
            for serial in range(each - len(news))
        ]
        books.add("hazards", unit, str(month), [*news, *found])
        before = found[: each // 3]


def _hazard(chance: Random, number: str, first: date, one: _Registered) -> _Row:
    on = first + timedelta(days=chance.randrange(28))
    return {
        "number": number, "number_key": document_key(number), "found_on": on, "enterprise": one.name,
        "credit_code": one.credit_code, "sector": one.sector, "territory": one.territory,
        "description": "安全出口堵塞，配电箱未接地", "grade": "重大" if chance.random() < 0.3 else "一般",
        "level": chance.choice(("镇街", "部门", None)), "rectify_by": on + timedelta(days=chance.randint(5, 40)),
        "measures": "限期整改",
        "crossed_off_on": on + timedelta(days=chance.randint(1, 20)) if chance.random() < 0.6 else None, "remark": None,
    }  # fmt: skip


def _tip_offs(unit: str, month: Month, register: Sequence[_Registered]) -> Iterator[_Row]:
    chance = Random(f"{unit} {month} tip-offs")
    for serial in range(10):
        on = date(month.year, month.month, chance.randint(1, 28))
        number = f"{unit}举〔{month.year}〕{month.month:02}{serial:03}号"
        yield {
            "number": number, "number_key": document_key(number), "received_on": on, "type": "举报",
            "object": chance.choice(register).name, "sector": None, "substantiated": False, "reward_yuan": None,
            "paid_on": None, "closed_on": on + timedelta(days=20) if chance.random() < 0.9 else None, "remark": None,
        }  # fmt: skip


def _duty(one: _Registered, month: Month) -> _Row:
    chance = Random(f"{one.credit_code} {month}")
    have = {name: chance.random() < 0.8 for name in ("risk_list", "duty_list", "operation_card", "response_card")}
    return {
        "enterprise": one.name, "credit_code": one.credit_code, "posts": chance.randint(1, 40), **have,
        "completed_on": None, "remark": None,
    }  # fmt: skip


def _plans(zone: Zone, year: int) -> list[_Row]:
    months = [month for month in (*MONTHS, MONTHS[-1].plus(1)) if month.year == year]
    return [
        {"row": place, "month": str(month), "unit": unit.code, "inspections": PLANNED}
        for place, unit in enumerate(zone.units, start=2)
        for month in months
    ]
