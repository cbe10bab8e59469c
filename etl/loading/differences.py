"""A checked workbook against the version before it: rows that are new, changed (old → new), gone or the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, select

from data.schema.intake import row_difference
from data.store import insert_columns
from data.zone.zone import Zone
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells

NEW, CHANGED, GONE, SAME = "new", "changed", "gone", "same"
_AT_ONCE = 5_000
Texts = dict[str, str]
Known = dict[tuple[tuple[Any, ...], int], "_Row"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: what it is known by, and its texts by column title; of a changed row only what changed."""

    change: str
    sheet: str
    row: int
    identity: str
    before: Texts | None
    after: Texts | None


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    identity: str
    texts: tuple[str, ...]


def differences(connection: Connection, kind: Kind, context: Context, before: int | None) -> Iterator[Difference]:
    """Every row of every sheet that is kept, in order, then those that only the submission ``before`` has."""
    for stored in kind.stored:
        titles = _titles(stored)
        said = _speakers(stored, context.zone, titles)
        now = _rows(stored, stored.columns(context), said)
        was = _rows(stored, _kept(connection, stored, context.zone.code, before), said) if before is not None else {}
        names = list(titles.values())
        for key, row in now.items():
            yield _compared(stored.sheet.title, names, row, was.get(key))
        for key, row in was.items():
            if key not in now:
                yield Difference(GONE, stored.sheet.title, row.number, row.identity, _filled(names, row.texts), None)


def _compared(sheet: str, names: Sequence[str], row: _Row, was: _Row | None) -> Difference:
    if was is None:
        return Difference(NEW, sheet, row.number, row.identity, None, _filled(names, row.texts))
    if was.texts == row.texts:
        return Difference(SAME, sheet, row.number, row.identity, None, _filled(names, row.texts))
    changed = [place for place, text in enumerate(row.texts) if text != was.texts[place]]
    before = {names[place]: was.texts[place] for place in changed}
    return Difference(
        CHANGED, sheet, row.number, row.identity, before, {names[place]: row.texts[place] for place in changed}
    )


def _filled(names: Sequence[str], texts: Sequence[str]) -> Texts:
    return {name: text for name, text in zip(names, texts, strict=True) if text}


def _titles(stored: Stored) -> dict[str, str]:
    """Columns of the table that people know by a title, in the sheet's order."""
    there = set(stored.table.c.keys())
    of_sheet = {column.key: column.title for column in stored.sheet.columns if column.key in there}
    return {**of_sheet, **stored.titles}


def _speakers(stored: Stored, zone: Zone, titles: Mapping[str, str]) -> dict[str, Callable[[Any], str]]:
    """How each column's values are written for people: codes by their names."""
    cells = {column.key: column.cells for column in stored.sheet.columns}
    names: dict[Cells, Mapping[str, str]] = {
        Cells.SECTOR: zone.sectors,
        Cells.UNIT: {unit.code: unit.name for unit in zone.units},
        Cells.UNIT_OR_ZONE: {unit.code: unit.name for unit in zone.units},
    }
    return {key: _speaker(names.get(cells.get(key, Cells.TEXT), {}), zone.calendar.timezone) for key in titles}


def _speaker(names: Mapping[str, str], clocks: tzinfo) -> Callable[[Any], str]:
    def speak(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, datetime):
            return f"{value.astimezone(clocks):%Y-%m-%d %H:%M:%S}".removesuffix(":00")
        return value.isoformat() if isinstance(value, date) else names.get(value, str(value))

    return speak


def _kept(connection: Connection, stored: Stored, zone: str, submission: int) -> dict[str, list[Any]]:
    """The stored rows of an earlier submission, column by column."""
    table = stored.table
    rows = connection.execute(
        select(table).where(table.c.zone == zone, table.c.submission == submission).order_by(table.c.row)
    ).all()
    return {name: [row[place] for row in rows] for place, name in enumerate(table.c.keys())}


def _rows(stored: Stored, columns: Mapping[str, Sequence[Any]], said: Mapping[str, Callable[[Any], str]]) -> Known:
    """(identity, how many there were before with it) → row; a sheet that tells twice of one thing keeps its order."""
    if not columns:
        return {}
    texts = {key: _spoken(columns[key], speak) for key, speak in said.items()}
    shown = [texts.get(key.removesuffix("_key")) or _spoken(columns[key], str) for key in stored.identity]
    compared = zip(*(columns[key] for key in stored.identity), strict=True)
    seen: Counter[tuple[Any, ...]] = Counter()
    rows: Known = {}
    lines = zip(columns["row"], compared, zip(*shown, strict=True), zip(*texts.values(), strict=True), strict=True)
    for number, key, words, row in lines:
        rows[key, seen[key]] = _Row(number, " ".join(word for word in words if word), row)
        seen[key] += 1
    return rows


def _spoken(values: Sequence[Any], speak: Callable[[Any], str]) -> list[str]:
    """Texts of a column; values repeat, so each is spoken once."""
    known = {value: speak(value) for value in set(values)}
    return [known[value] for value in values]


def keep(connection: Connection, zone: str, submission: int, found: Iterable[Difference]) -> None:
    """Replace what is kept of a submission's differences."""
    table = row_difference.c
    connection.execute(delete(row_difference).where(table.zone == zone, table.submission == submission))
    rows, first = iter(found), 0
    while some := list(islice(rows, _AT_ONCE)):
        columns: dict[str, Sequence[Any]] = {
            "zone": [zone] * len(some),
            "submission": [submission] * len(some),
            "position": range(first, first + len(some)),
        }
        columns |= {field.name: [getattr(one, field.name) for one in some] for field in fields(Difference)}
        insert_columns(connection, row_difference, columns)
        first += len(some)
