"""Cells → table: which rows are the header, which columns are known, which rows are data (CONTRACT, Taken as it comes).

Offices put titles above, totals and signatures below, merge what belongs together, number the columns,
and leave a stray character far down. All of that is recognised here, once, for every kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from data.normal import compact, header_key
from etl.kinds.declaration import Cells, Column, TableSpec
from etl.reading.sheets import Sheet, SheetColumn, letters

HEADER_WITHIN = 15
MOST_LEVELS = 3
_DITTO = ("同上", "同 上", "同　上", "上同", "〃", "々", '"', "″", "''", "“", "”")
_AROUND = ("", " ", "\u3000")
_REPEATED = frozenset(f"{before}{mark}{after}" for mark in _DITTO for before in _AROUND for after in _AROUND)
_TOTAL = re.compile(r"(?:本?(?:月|页|期|季|季度|年|年度|表)?)(小计|合计|累计|总计|共计)[::]?")
_SIGNATURE = re.compile(
    r"(?:填表人|填报人|制表人|审核人|审批人|复核人|经办人|联系人|联系电话|单位负责人|分管领导|主要领导|单位\((?:盖章|公章|签章)\)).*"
    r"|(?:填报单位|制表|审核|负责人|填表日期|填报日期|填报时间|制表日期|注|说明|备注|填表说明|填报说明)(?:\(.*?\))?[::].*"
)
_SIGNATURE_STARTS = frozenset("填制审复经联单分主负注说备") | {""}
_CHINESE_NUMBERS = "甲乙丙丁戊己庚辛壬癸"
_UNIT_OF_MEASURE = re.compile(r"\((万元|元|家|项|处|起|人|件|个|家次|条|%)\)$")
_TEN_THOUSANDS = "万元"
_LONGEST_HEADER = 200
_LABEL_WITHIN = 4
_ENOUGH_TO_BE_A_ROW = 3
_EXACT, _ALIAS, _REMEMBERED = range(3)
_NO_TEXT = frozenset({""})
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


@dataclass(slots=True)
class Table:
    """The data rows of a found table, column by column.

    ``rows`` are the row numbers that the clerk sees; ``cells[key][i]`` belongs to ``rows[i]``.
    ``totals`` are rows of sums that were left out: (label, clerk's row, {key: value}, data rows above it).
    """

    found: Found
    rows: list[int]
    cells: dict[str, SheetColumn]
    totals: list[tuple[str, int, dict[str, Any], int]]

    def cell(self, key: str, index: int) -> str:
        """Name of the cell (``B3``) of a data row's column."""
        return f"{letters(self.found.columns[key])}{self.rows[index]}"

    def keep(self, indices: Sequence[int]) -> None:
        """Leave out all data rows but these."""
        self.rows = [self.rows[index] for index in indices]
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


def read_table(found: Found) -> Table:
    """The data rows below the header, with merged cells and 同上 filled in, totals and signatures left out.

    Below a signature only a row with all its required cells counts: a note there is none, a forgotten row is one.
    """
    sheet, first = found.sheet, found.header_bottom + 1
    identifying = [position for key, position in found.columns.items() if key != "serial"]
    required = [found.columns[one.key] for one in found.spec.columns if one.required and one.key in found.columns]
    needed = required[:4] or [-1]
    width = len(found.columns) + len(found.unknown)
    columns, covered = _merged_filled(sheet, first)
    coded = [(column.cells, column.codes) for column in columns]
    labelled = sorted(found.columns.values())[:_LABEL_WITHIN][-1] + 1
    labels = _total_labels(set[Any]().union(*(column.cells for column in columns[:labelled])))
    signers = {cell for cell in columns[0].cells if _may_sign(cell)}
    kept: list[int] = []
    totals: list[tuple[str, int, dict[str, Any], int]] = []
    after_gap = signed = False
    below_signature = len(required) >= _ENOUGH_TO_BE_A_ROW
    body = range(first, sheet.height)
    unsure = body if len(required) < 2 else _unsure(body, columns, needed, labels.keys() | signers, covered, labelled)
    sure_from = first
    for number in [*unsure, sheet.height]:
        if sure_from < number:
            if not signed or below_signature:
                kept.extend(range(sure_from, number))
            after_gap = False
        sure_from = number + 1
        if number == sheet.height:
            break
        row = [cells[codes[number]] for cells, codes in coded]
        if not labels.keys().isdisjoint(row[:labelled]):
            label = next(labels[cell] for cell in row[:labelled] if cell in labels)
            sums = {key: row[position] for key, position in found.columns.items()}
            totals.append((label, number + 1, sums, len(kept)))
            continue
        if row[0] in signers and _ends_table(row):
            signed = True
            continue
        lacking = any(row[position] == "" for position in needed)
        if not kept and not lacking and _counts_columns(row, width):
            continue
        if signed and (lacking or not below_signature):
            continue
        if lacking or number in covered or (after_gap and len(required) < 2):
            filled = _filled(sheet, number, identifying)
            if not filled or (filled == 1 and after_gap):
                after_gap = True
                continue
        kept.append(number)
        after_gap = False
    cells = {key: columns[position].select(kept).repeated(_REPEATED) for key, position in found.columns.items()}
    return Table(found, [number + 1 for number in kept], cells, totals)


def _blank(cell: Any) -> bool:
    return cell == "" or cell is None or (isinstance(cell, str) and not cell.strip())


def _filled(sheet: Sheet, number: int, positions: Sequence[int]) -> int:
    """How many cells of the row count as filled; a formula without a stored value was meant to be."""
    filled = sum(1 for position in positions if not _blank(sheet.columns[position][number]))
    if sheet.broken:
        filled += sum(1 for position in positions if f"{letters(position)}{number + 1}" in sheet.broken)
    return filled


def _unsure(
    body: range,
    columns: Sequence[SheetColumn],
    needed: Sequence[int],
    words: Set[Any],
    covered: Set[int],
    labelled: int,
) -> Sequence[int]:
    """The rows that must be looked at: all others have every required cell and nothing strange.

    The first complete row may number the columns.
    """
    lacking = {row for position in needed for row in columns[position].rows_with(_NO_TEXT)}
    first_complete = next((row for row in body if row not in lacking), body.start)
    strange = {first_complete, *lacking, *covered}
    for column in columns[:labelled]:
        strange.update(column.rows_with(words))
    return sorted(row for row in strange if row in body)


def _total_labels(cells: Iterable[Any]) -> dict[Any, str]:
    """The cells that say 小计, 合计 and the like → which of them."""
    labels = ((cell, _TOTAL.fullmatch(compact(cell))) for cell in cells if isinstance(cell, str) and "计" in cell)
    return {cell: match[1] for cell, match in labels if match}


def _may_sign(first: Any) -> bool:
    """Whether a row that begins so can be a signature; most rows begin with a number or a day."""
    return first is None or (first.__class__ is str and (not first or first.lstrip()[:1] in _SIGNATURE_STARTS))


def _ends_table(row: Sequence[Any]) -> bool:
    first = next((cell for cell in row if not _blank(cell)), "")
    return isinstance(first, str) and bool(_SIGNATURE.fullmatch(compact(first)))


def _counts_columns(row: Sequence[Any], width: int) -> bool:
    """A row under the header that only numbers the columns: 1, 2, 3 … or 甲, 乙, 1, 2 …; of two columns both."""
    cells = [
        compact(f"{cell:g}" if isinstance(cell, float) else str(cell)).strip("()") for cell in row if not _blank(cell)
    ]
    letters_first = [cell for cell in cells if cell in _CHINESE_NUMBERS]
    numbers = [cell for cell in cells if cell not in _CHINESE_NUMBERS]
    return (
        len(cells) >= min(3, width)
        and letters_first == list(_CHINESE_NUMBERS[: len(letters_first)])
        and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    )


def _merged_filled(sheet: Sheet, first: int) -> tuple[list[SheetColumn], set[int]]:
    """The sheet's columns, with the value of a merged cell in every row that it spans (first column only).

    And the rows from ``first`` on that hold such a value: what a clerk wrote there is on the sheet's own columns.
    """
    columns = list(sheet.columns)
    covered: set[int] = set()
    for (top, left), (bottom, _) in sheet.merged:
        if top >= first and bottom > top and top < sheet.height and left < len(columns):
            if columns[left] is sheet.columns[left]:
                columns[left] = columns[left].select(range(sheet.height))
            codes, below = columns[left].codes, range(top + 1, min(bottom + 1, sheet.height))
            for number in below:
                codes[number] = codes[top]
            covered.update(below)
    return columns, covered
