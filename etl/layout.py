"""Cells → header: which rows are a table's header, and which columns are known (CONTRACT, Taken as it comes).

Which of the rows below it are data is in ``table_rows``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from data.normal import header_key
from etl.kinds.declaration import Cells, Column, TableSpec
from etl.left_out import Why
from etl.reading.sheets import Sheet, SheetColumn, letters
from etl.row_roles import Doubt
from etl.row_words import TotalLabel

HEADER_WITHIN = 15
MOST_LEVELS = 3
_UNIT_OF_MEASURE = re.compile(r"\((万元|元|家|项|处|起|人|件|个|家次|条|%)\)$")
_TEN_THOUSANDS = "万元"
_LONGEST_HEADER = 200
_EXACT, _ALIAS, _REMEMBERED = range(3)
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Found:
    """Where a table stands on a sheet: header rows (counted from 0) and the sheet's column of each known column.

    ``unknown`` are the headers that name none of its columns, as written, with the sheet's column of each.
    """

    sheet: Sheet
    spec: TableSpec
    header_top: int
    header_bottom: int
    columns: dict[str, int]
    ten_thousands: frozenset[str] = frozenset()
    unknown: list[tuple[int, str]] = field(default_factory=list)

    @property
    def missing(self) -> list[Column]:
        """Required columns that the header does not have."""
        return [column for column in self.spec.columns if column.required and column.key not in self.columns]

    def header_row(self, position: int) -> int:
        """The row (counted from 0) in which the header of a column of the sheet stands: the lowest filled one."""
        levels = range(self.header_bottom, self.header_top - 1, -1)
        return next((row for row in levels if header_name(self.sheet.columns[position][row])), self.header_bottom)

    def header_cell(self, position: int) -> str:
        """Name of the cell (``B3``) that holds the header of a column of the sheet."""
        return f"{letters(position)}{self.header_row(position) + 1}"

    def as_stored(self) -> dict[str, Any]:
        """Where the table stood, for who asks later: where a value came from, which header may be which column.

        ``{sheet, table, header_row, columns: {key: letters}, unknown: [[letters, header as written]], missing: [keys],
        titles: {key: title}}``; ``table`` is the sheet's title in our template, ``titles`` are all of its columns'.
        """
        return {
            "sheet": self.sheet.name,
            "table": self.spec.title,
            "titles": {column.key: column.title for column in self.spec.columns},
            "header_row": self.header_bottom + 1,
            "columns": {key: letters(position) for key, position in self.columns.items()},
            "unknown": [[letters(position), header] for position, header in self.unknown],
            "missing": [
                column.key
                for column in self.spec.columns
                if column.key not in self.columns and column.cells is not Cells.SERIAL
            ],
        }


@dataclass(frozen=True, slots=True)
class Total:
    """A row of sums that was left out: its label, the clerk's row, its cells, and how many data rows stand above it.

    ``since`` are the data rows (counted from 0) from which its group may begin, the likeliest first.
    """

    label: TotalLabel
    row: int
    cells: Mapping[str, Any]
    above: int
    since: tuple[int, ...] = (0,)


@dataclass(slots=True)
class Table:
    """The data rows of a found table, column by column.

    ``rows`` are the row numbers that the clerk sees; ``cells[key][i]`` belongs to ``rows[i]``. ``totals`` are rows of
    sums that were left out, ``left`` all rows below the header that were, by why (as the clerk counts them); ``doubts``
    are what was seen of data rows that may be none; ``hidden`` are the data rows that its sender does not see.
    """

    found: Found
    rows: list[int]
    cells: dict[str, SheetColumn]
    totals: list[Total] = field(default_factory=list)
    left: dict[Why, list[int]] = field(default_factory=dict)
    doubts: dict[int, Doubt] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    elsewhere: int | None = None

    def cell(self, key: str, index: int) -> str:
        """Name of the cell (``B3``) of a data row's column."""
        return f"{letters(self.found.columns[key])}{self.rows[index]}"

    def keep(self, indices: Sequence[int]) -> None:
        """Leave out all data rows but these: in the others only what was filled in beforehand is filled."""
        kept = [self.rows[index] for index in indices]
        self.left.setdefault(Why.PREFILLED, []).extend(sorted(set(self.rows).difference(kept)))
        self.rows = kept
        self.cells = {key: column.select(indices) for key, column in self.cells.items()}


def header_name(text: Any) -> str:
    """A header as compared: NFKC, no blanks or line breaks, brackets alike, without marks of required fields."""
    return header_key(text) if isinstance(text, str) else ""


class Match(NamedTuple):
    """Which column a header names, how surely (our template's own writing, an alias, remembered), and whether the
    template's writing is in 万元.
    """

    key: str
    rank: int
    ten_thousands: bool


@lru_cache(maxsize=64)
def names_of(spec: TableSpec) -> Mapping[str, Match]:
    """Every writing of a table's headers → the column that it names."""
    aliases: dict[str, Match] = {}
    titles: dict[str, Match] = {}
    for column in spec.columns:
        title, measure = bare(header_name(column.title))
        in_ten_thousands = measure == _TEN_THOUSANDS
        aliases |= {header_name(alias): Match(column.key, _ALIAS, in_ten_thousands) for alias in column.aliases}
        titles[title] = Match(column.key, _EXACT, in_ten_thousands)
    return aliases | titles


def bare(name: str) -> tuple[str, str | None]:
    """A header without its unit of measure, and that unit."""
    match = _UNIT_OF_MEASURE.search(name)
    return (name[: match.start()], match[1]) if match else (name, None)


def find_table(sheet: Sheet, spec: TableSpec, remembered: Mapping[str, str] = _NOTHING) -> Found | None:
    """The header that knows most of the table's columns; None where the sheet has none of them.

    Of two that know as many, the one with fewer levels, then the upper one. ``remembered`` are headers (as compared)
    that somebody once said to mean a column (by key); they hold where no header of the kind's own does.
    """
    names = {**_remembered_names(spec, remembered), **names_of(spec)} if remembered else names_of(spec)
    best: Found | None = None
    best_rank: tuple[int, int, int] = (0, 0, 0)
    levels = _header_names(sheet)
    for bottom, lowest in enumerate(levels):
        if not any(name in names or bare(name)[0] in names for name in lowest if name):
            continue
        for depth in range(1, min(MOST_LEVELS, bottom + 1) + 1):
            top = bottom - depth + 1
            if top >= HEADER_WITHIN:
                continue
            columns, ten_thousands, unknown = _match(_lowest_filled(levels[top : bottom + 1]), names)
            rank = (len(columns), -depth, -bottom)
            if columns and rank > best_rank:
                best_rank = rank
                best = Found(sheet, spec, top, bottom, columns, frozenset(ten_thousands), [])
                best.unknown = [(position, _as_written(best, position)) for position in unknown]
    return best


def _remembered_names(spec: TableSpec, remembered: Mapping[str, str]) -> dict[str, Match]:
    in_ten_thousands = {column.key: bare(header_name(column.title))[1] == _TEN_THOUSANDS for column in spec.columns}
    return {
        header: Match(key, _REMEMBERED, in_ten_thousands[key])
        for header, key in remembered.items()
        if key in in_ten_thousands
    }


def _as_written(found: Found, position: int) -> str:
    """The header of a column as a person reads it: in one line."""
    cell = found.sheet.columns[position][found.header_row(position)]
    return " ".join(str(cell).replace("\0", "").split())[:_LONGEST_HEADER]


def _header_names(sheet: Sheet) -> list[list[str]]:
    """The first rows as headers would be compared; every kind asks for them, so they are kept with the sheet."""
    if sheet.header_names is None:
        first = sheet.rows(HEADER_WITHIN + MOST_LEVELS - 1)
        sheet.header_names = [[header_name(cell) for cell in row] for row in first]
    return sheet.header_names


def _lowest_filled(levels: Sequence[Sequence[str]]) -> list[str]:
    return [next((name for name in reversed(column) if name), "") for column in zip(*levels, strict=True)]


def _match(header: Sequence[str], names: Mapping[str, Match]) -> tuple[dict[str, int], set[str], list[int]]:
    """Known columns, those in 万元, and the rest.

    Of two headers for one column the exact writing wins, then an alias, then what is remembered; then the left.
    """
    columns: dict[str, int] = {}
    known = [
        (position, name, names.get(name) or names.get(bare(name)[0])) for position, name in enumerate(header) if name
    ]
    matched = [(match, position) for position, _, match in known if match is not None]
    for match, position in sorted(matched, key=lambda item: item[0].rank):
        columns.setdefault(match.key, position)
    used = set(columns.values())
    ten_thousands = {
        match.key for position, name, match in known if match and position in used and _in_ten_thousands(name, match)
    }
    return columns, ten_thousands, [position for position, _, _ in known if position not in used]


def _in_ten_thousands(name: str, match: Match) -> bool:
    """The header's own unit wins; without one our template's holds."""
    measure = bare(name)[1]
    return match.ten_thousands if measure is None else measure == _TEN_THOUSANDS
