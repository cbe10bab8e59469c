"""Databases with any number of ledger rows, put straight into the tables: what the pages are timed against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import chain
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from data.indicators.unit_month import State, UnitMonth
from data.initial import initialise
from data.rollup.of_ledgers import refresh
from data.schema.enforcement import Sums, inspection, reinspection
from data.schema.intake import submission
from data.store import insert_columns, reader, write_transaction
from data.zone.normal import document_key
from data.zone.periods import Month
from data.zone.zone import Unit, Zone, read_zone
from etl.reading.sheets import letters
from tests.benchmarks.ledgers import SECTORS, TITLES, Enterprise, ledger_rows

ZONE = "shuangqiao"
MONTHS = tuple(Month(2021, 1).plus(step) for step in range(24))
LAST_MONTH = MONTHS[-1]
CASES_OF = "emergency"
DAY_AFTER = datetime.fromisoformat("2023-01-08T12:00:00+08:00")

_KEYS = (
    "serial", "inspected_on", "enterprise", "credit_code", "sector", "territory", "method", "inspectors", "number",
    "hazards", "major_hazards", "rectify_by", "rectified", "penalised", "decision", "penalty_kind", "fine_yuan",
    "reinspected_on", "conclusion", "remark",
)  # fmt: skip


def fill(url: str, rows: int, inspected: Sequence[Enterprise] = ()) -> None:
    """An installation whose units filed a ledger for each of 24 months, of so many rows in all.

    ``inspected``: among whom each unit chooses its own; without them all units inspect the same on the same days.
    """
    initialise(url, ZONE)
    with reader(url).connect() as connection:
        zone = read_zone(connection, ZONE)
    each = rows // (len(zone.units) * len(MONTHS))
    columns = _columns_of_one_unit(zone, each)
    with write_transaction(url) as connection:
        for place, unit in enumerate(zone.units):
            numbers = [place * len(MONTHS) + step + 1 for step in range(len(MONTHS))]
            for number, month in zip(numbers, MONTHS, strict=True):
                _add_submission(connection, unit, month, number, each)
            own = {"unit": [unit.code] * each * len(MONTHS), "submission": list(_each(numbers, each))}
            own |= _inspected(unit, inspected, each * len(MONTHS)) if inspected else {}
            insert_columns(connection, inspection, {**columns, **own})
            refresh(connection, zone, unit.code, MONTHS[0])


def _inspected(unit: Unit, among: Sequence[Enterprise], rows: int) -> dict[str, list[str]]:
    """Whom a unit inspects: the columns of ``inspection`` that name them."""
    chosen = Random(f"inspected by {unit.code}").choices(among, k=rows)
    codes = [one.credit_code for one in chosen]
    return {"enterprise": [one.name for one in chosen], "credit_code": codes, "enterprise_key": codes}


def fill_cases(url: str, cases: int) -> None:
    """An installation where one unit filed so many cases in the last month, a fifth of them looked at again since."""
    initialise(url, ZONE)
    with reader(url).connect() as connection:
        zone = read_zone(connection, ZONE)
    unit = zone.unit_by_code[CASES_OF]
    columns = _columns_of_one_unit(zone, cases, [LAST_MONTH])
    owned = {"unit": [unit.code] * cases, "submission": [1] * cases}
    again = [place for place in range(0, cases, 5) if columns["rectify_by"][place] is not None]
    told = {key: [columns[key][place] for place in again] for key in ("zone", "row", "period", "number", "number_key")}
    news = {
        "reinspected_on": [columns["rectify_by"][place] for place in again],
        "conclusion": ["合格" if place % 3 else "不合格" for place in again],
        "unit": [unit.code] * len(again),
        "submission": [1] * len(again),
    }
    with write_transaction(url) as connection:
        _add_submission(connection, unit, LAST_MONTH, 1, cases)
        insert_columns(connection, inspection, {**columns, **owned})
        insert_columns(connection, reinspection, {**told, **news})


def fill_workbooks(url: str, workbooks: int) -> None:
    """An installation that received so many workbooks: each unit one a month, again and again."""
    initialise(url, ZONE)
    with reader(url).connect() as connection:
        zone = read_zone(connection, ZONE)
    places = range(workbooks)
    units, months = [unit.code for unit in zone.units], [str(month) for month in MONTHS]
    of = [(units[place % len(units)], months[place // len(units) % len(months)]) for place in places]
    received = [datetime.fromisoformat("2022-01-03T10:00:00+08:00") + timedelta(minutes=place) for place in places]
    accepted = [place % 7 > 0 for place in places]
    columns: dict[str, list[Any]] = {
        "zone": [ZONE] * workbooks,
        "submission": [place + 1 for place in places],
        "status": ["accepted" if one else "rejected" for one in accepted],
        "sha256": [f"{place:064x}" for place in places],
        "file_name": [f"台账-{place:06}.xlsx" for place in places],
        "sender": [f"clerk{place % 30}" for place in places],
        "received_at": received,
        "note": [""] * workbooks,
        "kind": ["enforcement"] * workbooks,
        "unit": [unit for unit, _month in of],
        "period": [month for _unit, month in of],
        "version": [place + 1 if one else None for place, one in zip(places, accepted, strict=True)],
        "rows": [place % 300 for place in places],
        "asks": [False] * workbooks,
    }
    with write_transaction(url) as connection:
        insert_columns(connection, submission, columns)


def unit_months(units: int, month: Month) -> list[UnitMonth]:
    """So many units that reported a month, each with figures of its own."""
    chance = Random(f"{units} {month}")
    return [_unit_month(f"u{number:05}", chance) for number in range(units)]


def _unit_month(code: str, chance: Random) -> UnitMonth:
    inspections, due = chance.randint(5, 40), chance.randint(0, 30)
    problems = chance.randint(0, inspections)
    sums = Sums(
        inspections=inspections, problem_inspections=problems, hazards=problems, penalties=chance.randint(0, problems),
        due_cases=due, closed_cases=chance.randint(0, due), due_hazards=2 * due, rectified_hazards=chance.randint(0, 2 * due),
    )  # fmt: skip
    return UnitMonth(
        code, code, may_penalise=True, state=State.REPORTED, sums=sums, overdue_major=chance.randint(0, 2),
        plan=chance.randint(1, 40), timeliness=Fraction(1),
    )  # fmt: skip


def _columns_of_one_unit(zone: Zone, each: int, months: Sequence[Month] = MONTHS) -> dict[str, list[Any]]:
    """The columns of ``inspection`` that all units share; their numbers may agree, for no page compares units' numbers."""
    rows = list(chain.from_iterable(ledger_rows("same", month, each) for month in months))
    columns: dict[str, list[Any]] = dict(zip(_KEYS, map(list, zip(*rows, strict=True)), strict=True))
    days = zip(columns["rectify_by"], columns["inspected_on"], strict=True)
    due = [None if by is None else zone.calendar.due_day(by, on) for by, on in days]
    codes = dict(zip(SECTORS, (zone.sector_names[name] for name in SECTORS), strict=True))
    return {
        **{key: values for key, values in columns.items() if key != "serial"},
        "zone": [zone.code] * len(rows),
        "row": [serial + 1 for serial in columns["serial"]],
        "period": list(_each([str(month) for month in months], each)),
        "number_key": [document_key(number) for number in columns["number"]],
        "enterprise_key": columns["credit_code"],
        "sector": [codes[name] for name in columns["sector"]],
        "due_on": due,
        "due_month": [None if day is None else str(zone.calendar.month_of(day)) for day in due],
        "penalised": [word == "是" for word in columns["penalised"]],
        "decision_key": [None if number is None else document_key(number) for number in columns["decision"]],
    }


def _each(values: list[Any], times: int) -> chain[Any]:
    return chain.from_iterable([value] * times for value in values)


def _add_submission(connection: Connection, unit: Unit, month: Month, number: int, rows: int) -> None:
    received = datetime.fromisoformat(f"{month.plus(1)}-03T10:00:00+08:00")
    layout = {
        "sheet": "执法检查台账",
        "header_row": 1,
        "columns": {key: letters(place) for place, key in enumerate(_KEYS[: len(TITLES)])},
    }
    connection.execute(
        insert(submission).values(
            zone=ZONE,
            submission=number,
            status="accepted",
            sha256=f"{number:064x}",
            file_name=f"{unit.code}-{month}.xlsx",
            sender="office",
            received_at=received,
            checked_at=received,
            note="",
            kind="enforcement",
            unit=unit.code,
            period=str(month),
            version=1,
            rows=rows,
            layout={"ledger": layout, "follow_ups": {**layout, "sheet": "整改复查"}},
        )
    )
