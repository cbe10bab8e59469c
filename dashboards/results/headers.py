"""How a workbook's tables were understood, which of its headers nobody knows, and what was said of such headers before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dashboards.results.reading import Reading
from dashboards.results.workbooks import FoundProblem, Sent
from data.schema.intake import header_match, submission
from data.zone.normal import header_key


@dataclass(frozen=True, slots=True)
class OurColumn:
    """A column of one of our tables."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class UnknownHeader:
    """A header that names none of our columns; ``near`` is the missing column that it is probably meant to be."""

    letters: str
    written: str
    near: str | None

    @property
    def compared(self) -> str:
        """As it is remembered."""
        return header_key(self.written)


@dataclass(frozen=True, slots=True)
class UnderstoodTable:
    """Where a table stood: sheet, row of its header, its columns as (letters, title), and what was left over."""

    key: str
    title: str
    sheet: str
    header_row: int
    columns: tuple[tuple[str, str], ...]
    unknown: tuple[UnknownHeader, ...]
    missing: tuple[OurColumn, ...]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class RememberedHeader:
    """A header that somebody said to be one of our columns, for this unit and kind."""

    table: str
    header: str
    written: str
    column: OurColumn


def understood(sent: Sent) -> list[UnderstoodTable]:
    """The tables of a workbook, as the loader found them."""
    return [_table(key, told, sent.problems) for key, told in sent.layout.items()]


def to_match(sent: Sent) -> list[UnderstoodTable]:
    """The tables of which a header may be a missing column, where its sender's side can say so."""
    if not sent.again or sent.status == "withdrawn" or sent.kind is None or sent.unit is None:
        return []
    return [table for table in understood(sent) if table.unknown and table.missing]


def _table(key: str, told: Mapping[str, Any], problems: Sequence[FoundProblem]) -> UnderstoodTable:
    titles: Mapping[str, str] = told.get("titles", {})
    missing = [OurColumn(one, titles.get(one, one)) for one in told.get("missing", ())]
    near = dict(_suggestions(told["sheet"], missing, problems))
    asked = {
        problem.column for problem in problems if problem.code == "missing_column" and problem.sheet == told["sheet"]
    }
    return UnderstoodTable(
        key,
        told.get("table", told["sheet"]),
        told["sheet"],
        told["header_row"],
        tuple((letters, titles.get(one, one)) for one, letters in told["columns"].items()),
        tuple(UnknownHeader(letters, header, near.get(header)) for letters, header in told.get("unknown", ())),
        tuple(missing),
        frozenset(one.key for one in missing if one.title in asked or one.key in told.get("required", ())),
    )


def _suggestions(
    sheet: str, missing: Sequence[OurColumn], problems: Sequence[FoundProblem]
) -> Iterator[tuple[str, str]]:
    """(header as written, key of the column that it probably is), as the check told them."""
    keys = {column.title: column.key for column in missing}
    for problem in problems:
        if problem.sheet != sheet:
            continue
        if problem.code == "near_header":
            header, title = problem.value, problem.column
        elif problem.near is not None:  # as it was told before such a heading was an error of its own
            header, title = (
                (problem.near, problem.column) if problem.code == "missing_column" else (problem.value, problem.near)
            )
        else:
            continue
        if header and title in keys:
            yield header, keys[title]


def remembered(reading: Reading, unit: str, kind: str) -> list[RememberedHeader]:
    """What holds at present for a unit and kind that the scope sends for, in the order in which it was said."""
    if not reading.scope.files_for(unit):
        return []
    table = header_match.c
    wanted = table.zone == reading.scope.zone, table.unit == unit, table.kind == kind
    statement = select(header_match).where(*wanted).order_by(table.entry)
    said = {(row.table, row.header): row for row in reading.connection.execute(statement)}
    titles = _titles(reading, unit, kind) if said else {}
    return [
        RememberedHeader(
            row.table, row.header, row.written, OurColumn(row.column, titles.get((row.table, row.column), row.column))
        )
        for row in said.values()
        if row.column is not None
    ]


def _titles(reading: Reading, unit: str, kind: str) -> dict[tuple[str, str], str]:
    """(table, column) → its title, as the unit's last workbook of the kind has it."""
    table = submission.c
    statement = (
        select(table.layout)
        .where(table.zone == reading.scope.zone, table.unit == unit, table.kind == kind, table.layout.is_not(None))
        .order_by(table.submission.desc())
        .limit(1)
    )
    layout = reading.connection.execute(statement).scalar() or {}
    return {(key, column): title for key, told in layout.items() for column, title in told.get("titles", {}).items()}
