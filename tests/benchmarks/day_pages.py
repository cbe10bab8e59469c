"""The pages of what stands on a day, in a zone at its largest: a register, front-line duty, hazards, supervision, tip-offs, warnings.

They are put beside the inspections of a database that ``databases.fill`` made, and each page is timed beside the ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from statistics import median
from time import process_time
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import Connection, Table, insert

from data.rollup import enterprise_names, enterprises_inspected, month_ends, register_entries, told_columns
from data.schema.disasters import MEASURES, disaster
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.schema.hazards import GENERAL, MAJOR, hazard
from data.schema.intake import submission
from data.schema.supervision import METHODS, supervision_finding
from data.schema.tipoffs import TYPES, tipoff
from data.store import insert_columns, reader, write_transaction
from data.zone.normal import document_key
from data.zone.periods import Month
from data.zone.zone import Zone, read_zone
from etl.reading.sheets import letters
from tests.benchmarks.databases import DAY_AFTER, MONTHS, ZONE
from tests.benchmarks.ledgers import enterprises


class PageAsked(NamedTuple):
    """A page: under which queries it is asked for, and what is on it where there is anything to show."""

    queries: tuple[str, ...]
    shows: str


_NEW_YEARS_EVE = f"?day={DAY_AFTER.year - 1}-12-31"
_AS_OPENED_AND_OF_A_YEAR = ("", _NEW_YEARS_EVE)
PAGES = {
    "overview": PageAsked((f"?period={MONTHS[-1]}",), "overview-message"),
    "unit": PageAsked((f"?period={MONTHS[-1]}&unit=construction",), "unit-profile-message"),
    "scores": PageAsked((f"?period={MONTHS[-1].year}Q4",), "quarterly-scores-message"),
    "work-plan": PageAsked((_NEW_YEARS_EVE,), "work-plan-message"),
    "calendar": PageAsked((f"?period={MONTHS[-1]}",), "calendar-message"),
    "frontline": PageAsked(_AS_OPENED_AND_OF_A_YEAR, "frontline-duty-grid"),
    "hazards": PageAsked(_AS_OPENED_AND_OF_A_YEAR, "hazards-grid"),
    "supervision": PageAsked(_AS_OPENED_AND_OF_A_YEAR, "supervision-grid"),
    "tipoffs": PageAsked(_AS_OPENED_AND_OF_A_YEAR, "tipoffs-grid"),
    "disasters": PageAsked(_AS_OPENED_AND_OF_A_YEAR, "disasters-grid"),
    "inspection-coverage": PageAsked(("", "?list=repeated"), "inspection-coverage-message"),
    "inspection-lists": PageAsked(("",), "inspection-lists-message"),
    "enterprise": PageAsked(("?q=91500", f"?q={quote('公司')}", "?q=777"), "enterprise-found"),
}
"""By their addresses."""
NOT_PROMISED = frozenset({"work-plan", "calendar"})
"""What these show of a whole year is computed as of each of its due days; the server keeps it until the next workbook."""
_TIMES, _UNMEASURED = 9, 2
_LAST_DAY = date(MONTHS[-1].year, MONTHS[-1].month, 31)
_TOLD = range(3, 7)
"""In how many months ledgers of front-line duty tell of an enterprise."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DaySizes:
    """How many enterprises, how many hazards, and how many findings, cases and warnings each."""

    enterprises: int = 20_000
    hazards: int = 100_000
    others: int = 20_000


@dataclass(slots=True)
class _Books:
    """The workbooks that are written, each with its number, and the chance that makes their rows."""

    connection: Connection
    zone: Zone
    chance: Random = field(default_factory=lambda: Random("pages of a day"))
    numbers: Iterator[int] = field(default_factory=lambda: count(100_000))

    def write(self, kind: str, unit: str, period: object, table: Table, rows: Sequence[Row]) -> None:
        """A workbook of these rows, received on the third day of the month after."""
        number, size = next(self.numbers), len(rows)
        keys = list(rows[0]) if rows else []
        columns = {key: letters(place) for place, key in enumerate(keys)}
        received = datetime.fromisoformat(
            f"{period.plus(1) if isinstance(period, Month) else f'{period}-02'}-03T10:00:00+08:00"
        )
        self.connection.execute(
            insert(submission).values(
                zone=ZONE, submission=number, status="accepted", sha256=f"{number:064x}", file_name=f"{kind}-{unit}-{period}.xlsx",
                sender="office", received_at=received, checked_at=received, note="", kind=kind, unit=unit, period=str(period), version=1,
                rows=size, layout={told: {"sheet": "台账", "header_row": 1, "columns": columns} for told in ("ledger", "list")},
            )
        )  # fmt: skip
        common: dict[str, Sequence[Any]] = {
            "zone": [ZONE] * size,
            "submission": [number] * size,
            "row": range(2, size + 2),
            "period": [str(period)] * size,
        }
        owned: dict[str, Sequence[Any]] = {"unit": [unit] * size} if "unit" in table.c else {}
        insert_columns(self.connection, table, {**common, **owned, **{key: [row[key] for row in rows] for key in keys}})

    def write_each(self, kind: str, table: Table, rows: Mapping[tuple[str, Month], list[Row]]) -> None:
        """A workbook of each unit and month."""
        for (unit, month), own in rows.items():
            self.write(kind, unit, month, table, own)

    def some_day(self, month: Month) -> date:
        """One of the first 28 of a month."""
        return date(month.year, month.month, self.chance.randint(1, 28))

    def maybe(self, share: float) -> bool:
        """True in so many cases."""
        return self.chance.random() < share


def add_what_stands(url: str, sizes: DaySizes) -> None:
    """Add all of it to a database with inspections."""
    with reader(url).connect() as connection:
        zone = read_zone(connection, ZONE)
    with write_transaction(url) as connection:
        books = _Books(connection, zone)
        listed = _register(books, sizes.enterprises)
        _duty(books, listed)
        _hazards(books, listed, sizes.hazards)
        _findings(books, sizes.others)
        _cases(books, sizes.others)
        _warnings(books, sizes.others)
        register_entries.renew(connection, ZONE)
        enterprise_names.renew(connection, ZONE)
        enterprises_inspected.renew(connection, ZONE)
        told_columns.renew(connection, ZONE)
        month_ends.renew(connection, zone)


def _register(books: _Books, size: int) -> list[Row]:
    """The lists of all units: an enterprise is on that of its town or its department, a few on both."""
    zone, chance = books.zone, books.chance
    towns, others = _towns(zone), [unit.code for unit in zone.units if unit.group != "town"]
    lists: dict[str, list[Row]] = {unit.code: [] for unit in zone.units}
    rows = []
    for one in enterprises(size):
        row = {
            "name": one.name, "credit_code": one.credit_code, "sector": chance.choice(list(zone.sectors)), "territory": chance.choice(towns),
            "department": chance.choice([None, *others]), "size": chance.choice(["规上工业", "限上商贸", "资质建筑", "其他", "其他", "其他"]),
            "key_industry": books.maybe(0.2), "high_risk": books.maybe(0.1), "pilot": books.maybe(0.1), "chief_engineer": False,
            "starts_on": books.some_day(chance.choice(MONTHS[12:])) if books.maybe(0.05) else None, "ends_on": None,
        }  # fmt: skip
        by = [row["territory"] if row["department"] is None or books.maybe(0.6) else row["department"]]
        by += [row["territory"]] if by[0] != row["territory"] and books.maybe(0.05) else []
        for unit in by:
            lists[unit].append(row)
        rows.append(row)
    for unit, listed in lists.items():
        books.write("enterprises", unit, MONTHS[0].year, enterprise, listed)
    return rows


def _duty(books: _Books, listed: Sequence[Row]) -> None:
    """Most enterprises are told of in some months, mostly by their town, and have all documents from some month on."""
    chance, rows = books.chance, _of_units_and_months(books.zone)
    for one in listed:
        done = chance.randint(len(MONTHS) // 4, len(MONTHS) + 6)
        for at in sorted(chance.sample(range(len(MONTHS)), chance.choice(_TOLD))) if books.maybe(0.95) else ():
            documents = [at >= done or books.maybe(0.5) for _ in range(4)]
            rows[one["territory"] if books.maybe(0.9) else chance.choice([*books.zone.unit_by_code]), MONTHS[at]].append({
                "enterprise": one["name"], "credit_code": one["credit_code"],
                **dict(zip(("risk_list", "duty_list", "operation_card", "response_card"), documents, strict=True)),
                "completed_on": books.some_day(MONTHS[at]) if all(documents) and books.maybe(0.9) else None,
            })  # fmt: skip
    books.write_each("frontline", frontline_duty, rows)


def _hazards(books: _Books, listed: Sequence[Row], size: int) -> None:
    """A tenth of them major; nine of ten are crossed off in time, and a fifth of all is told again when that is."""
    chance, zone, rows = books.chance, books.zone, _of_units_and_months(books.zone)
    for number in range(size):
        at, unit, one = chance.randrange(len(MONTHS)), chance.choice([*zone.unit_by_code]), chance.choice(listed)
        found_on = books.some_day(MONTHS[at])
        off: date | None = found_on + timedelta(days=chance.randint(1, 120))
        off = off if off is not None and off <= _LAST_DAY and books.maybe(0.9) else None
        told = {
            "number": f"{unit}隐〔{found_on.year}〕{number}号", "number_key": document_key(f"{unit}隐〔{found_on.year}〕{number}号"),
            "found_on": found_on, "enterprise": one["name"], "credit_code": one["credit_code"], "sector": one["sector"],
            "territory": one["territory"], "description": f"消防通道堆放杂物{number}处", "grade": MAJOR if books.maybe(0.1) else GENERAL,
            "level": chance.choice([None, "企业级", "部门级", "管委会级"]), "rectify_by": found_on + timedelta(days=chance.choice([7, 15, 30, 60, 90])),
            "measures": "限期整改", "crossed_off_on": off,
        }  # fmt: skip
        later = off is not None and Month.of(off) != MONTHS[at] and books.maybe(0.25)
        rows[unit, MONTHS[at]].append({**told, "crossed_off_on": None} if later else told)
        if later and off is not None:
            rows[unit, Month.of(off)].append(told)
    books.write_each("hazards", hazard, rows)


def _findings(books: _Books, size: int) -> None:
    chance, units = books.chance, [*books.zone.unit_by_code]
    for month in MONTHS:
        rows = []
        for number in range(size // len(MONTHS)):
            ordered_on = books.some_day(month)
            due_on = ordered_on + timedelta(days=15)
            answered_on = due_on + timedelta(days=chance.randint(-10, 10)) if books.maybe(0.85) else None
            rows.append({
                "number": f"督〔{month}〕{number}号", "number_key": document_key(f"督〔{month}〕{number}号"), "ordered_on": ordered_on,
                "method": chance.choice(METHODS), "supervised": chance.choice(units), "finding": f"值班记录缺{number}页", "due_on": due_on,
                "answered_on": answered_on, "exposed": books.maybe(0.1), "closed_on": answered_on,
            })  # fmt: skip
        office = next(unit.code for unit in books.zone.units if unit.office)
        books.write("supervision", office, month, supervision_finding, rows)


def _cases(books: _Books, size: int) -> None:
    chance, rows = books.chance, _of_units_and_months(books.zone)
    for number, (unit, month) in zip(range(size), _in_turn(list(rows)), strict=False):
        received_on = books.some_day(month)
        closed_on = received_on + timedelta(days=chance.randint(1, 90)) if books.maybe(0.8) else None
        reward = Decimal(chance.randint(1, 50) * 100) if books.maybe(0.3) else None
        rows[unit, month].append({
            "number": f"举〔{month}〕{number}号", "number_key": document_key(f"举〔{month}〕{number}号"), "received_on": received_on,
            "type": chance.choice(TYPES), "object": f"某{number}公司", "sector": chance.choice(list(books.zone.sectors)),
            "substantiated": books.maybe(0.5), "reward_yuan": reward, "closed_on": closed_on,
            "paid_on": closed_on if reward is not None and books.maybe(0.7) else None,
        })  # fmt: skip
    books.write_each("tipoffs", tipoff, rows)


def _warnings(books: _Books, size: int) -> None:
    """Each step after the one before, a tenth of them not taken; every tenth warning is followed by a disaster."""
    chance, towns = books.chance, _towns(books.zone)
    rows: dict[tuple[str, Month], list[Row]] = {(town, month): [] for town in towns for month in MONTHS}
    for number, (town, month) in zip(range(size), _in_turn(list(rows)), strict=False):
        warned = datetime.fromisoformat(
            f"{books.some_day(month)}T{chance.randrange(24):02}:{chance.randrange(60):02}:00+08:00"
        )
        steps: list[datetime | None] = [warned]
        for longest in (20, 60, 600):
            before = steps[-1]
            taken = before is not None and books.maybe(0.9)
            steps.append(
                before + timedelta(minutes=chance.randint(1, longest)) if before is not None and taken else None
            )
        struck = warned + timedelta(hours=12) if books.maybe(0.1) else None
        rows[town, month].append({
            "number": f"灾〔{month}〕{number}号", "number_key": document_key(f"灾〔{month}〕{number}号"), "happened_at": struck,
            "type": chance.choice(["暴雨", "大风", "地质灾害", "高温"]), "territory": town,
            **dict(zip(("warned_at", "called_at", "answered_at", "fed_back_at"), steps, strict=True)),
            "measures": chance.choice([None, *MEASURES]), "moved": chance.randint(0, 50) if struck else 0, "dead": 0, "missing": 0,
            "responsible": False, "in_need": 10 if struck else 0, "helped": 8 if struck else 0,
        })  # fmt: skip
    books.write_each("disasters", disaster, rows)


def _towns(zone: Zone) -> list[str]:
    return [unit.code for unit in zone.units if unit.group == "town"]


def _of_units_and_months(zone: Zone) -> dict[tuple[str, Month], list[Row]]:
    return {(unit.code, month): [] for unit in zone.units for month in MONTHS}


def _in_turn(keys: list[tuple[str, Month]]) -> Iterator[tuple[str, Month]]:
    while True:
        yield from keys


def timed(ask: Callable[[str, str], None], ranking: str) -> dict[str, float]:
    """Seconds of the server's own time for each page, by its name, and for the ranking of a query; the pages take turns.

    Of several queries of a page the slower one counts.
    """
    asked = {
        "ranking": [("/ranking", ranking)],
        **{name: [(f"/{name}", query) for query in page.queries] for name, page in PAGES.items()},
    }
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(_TIMES + _UNMEASURED):
        for address in (one for addresses in asked.values() for one in addresses):
            started = process_time()
            ask(*address)
            if turn >= _UNMEASURED:
                took.setdefault(address, []).append(process_time() - started)
    return {name: max(median(took[one]) for one in addresses) for name, addresses in asked.items()}
