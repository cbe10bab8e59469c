"""Where a table's header stands on a sheet, and which of its columns each heading names (CONTRACT, Taken as it comes).

Offices put titles above, set headings over headings, and name the unit of an amount in any of them. Of two headings for
one column the surer one is taken; the same heading twice is nobody's choice but the sender's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from data.intake.intake_decisions import NOT_OURS
from etl.reading.sheets import Sheet, letters
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.headings.names import (
    REMEMBERED,
    TEN_THOUSANDS,
    NamedColumn,
    Names,
    header_name,
    names_for,
    without_money,
)
from etl.table.values.money_units import MoneyUnit, money_of

HEADER_WITHIN = 15
MOST_LEVELS = 3
LONGEST_HEADER = 200
_LONGEST_JOINED = 20
_SHORT = 4
_LONGEST_GROUP = 12
_SUMS = frozenset({"合计", "总计", "小计", "总数", "总量", "数量", "个数", "数", "总数量", "合计数", "金额"})
_CALLED = frozenset({"名称", "全称"})
"""Words under a heading that leave it as it is: under one of numbers, under one of names."""
_GROUPS = ("基本情况", "情况", "信息", "内容", "部分", "方面", "事项", "栏", "类")
"""Words behind a heading over others that say nothing of them."""
_MOST_SECOND_HEADINGS = 3
"""So many required columns with a second heading each are no slip: two tables stand side by side."""
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_BLANK = frozenset({"", None})


class Twice(NamedTuple):
    """A column that two headings name alike."""

    key: str
    positions: tuple[int, int]


@dataclass(slots=True)
class Found:
    """Where a table stands on a sheet: header rows (counted from 0) and the sheet's column of each known column.

    ``unknown`` are the headers that name none of its columns, as written, with the sheet's column of each; ``twice`` the
    columns that stand there twice; ``money`` the units of its amounts; ``not_ours`` the headings (as compared) of which
    somebody said that they are none of ours.
    """

    sheet: Sheet
    spec: TableSpec
    header_top: int
    header_bottom: int
    columns: dict[str, int]
    ten_thousands: frozenset[str] = frozenset()
    unknown: list[tuple[int, str]] = field(default_factory=list)
    twice: list[Twice] = field(default_factory=list)
    money: dict[str, MoneyUnit] = field(default_factory=dict)
    not_ours: frozenset[str] = frozenset()

    @property
    def missing(self) -> list[Column]:
        """Required columns that the header does not have."""
        return [column for column in self.spec.columns if column.required and column.key not in self.columns]

    @property
    def bears(self) -> int:
        """How many of the required columns the header has."""
        return sum(1 for column in self.spec.columns if column.required and column.key in self.columns)

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
        required: [keys], titles: {key: title}}``; ``table`` is the sheet's title in our template, ``titles`` are all of
        its columns', ``required`` are those of the missing ones without which nothing is accepted.
        """
        return {
            "sheet": self.sheet.name,
            "table": self.spec.title,
            "titles": dict(self.spec.titles),
            "header_row": self.header_bottom + 1,
            "columns": {key: letters(position) for key, position in self.columns.items()},
            "unknown": [[letters(position), header] for position, header in self.unknown],
            "missing": [
                column.key
                for column in self.spec.columns
                if column.key not in self.columns and column.cells is not Cells.SERIAL
            ],
            "required": [column.key for column in self.missing],
        }


def find_table(sheet: Sheet, spec: TableSpec, remembered: Mapping[str, str] = _NO_HEADERS) -> Found | None:
    """The header that knows most of the table's columns; None where the sheet has none of them.

    Of two that know as many, the one with fewer levels, then the upper one. ``remembered`` are headers (as compared)
    that somebody once said to mean a column (by key), or to be none of ours; they hold where no header of the kind's
    own does.
    """
    area = _area(sheet)
    if remembered:
        best = _best(area, Names(spec, remembered))
    else:
        if id(spec) not in area.asked or area.asked[id(spec)][0] is not spec:
            area.asked[id(spec)] = spec, _best(area, names_for(spec))
        best = area.asked[id(spec)][1]
    if best is None:
        return None
    not_ours = frozenset(header for header, key in remembered.items() if key == NOT_OURS)
    return _found(sheet, spec, *best, not_ours)


def _best(area: _Area, names: Names) -> tuple[int, int, _Matched] | None:
    """First and last row of the header, and what it names."""
    best: tuple[int, int, _Matched] | None = None
    best_rank: tuple[int, int, int] = (0, 0, 0)
    for bottom, level in enumerate(area.levels):
        # Headings name at most as many columns as there are: what cannot win is not looked at.
        if (len(level), -1, -bottom) <= best_rank or not _may_be_lowest(area, bottom, names):
            continue
        for depth in range(1, min(MOST_LEVELS, bottom + 1) + 1):
            top = bottom - depth + 1
            if top >= HEADER_WITHIN or (depth > 1 and not any(area.levels[top])):
                continue
            headings = area.headings(top, bottom)
            if (sum(1 for one in headings if one.name), -depth, -bottom) <= best_rank:
                continue
            matched = _match(headings, names)
            rank = (len(matched.columns), -depth, -bottom)
            if matched.columns and rank > best_rank:
                best, best_rank = (top, bottom, matched), rank
    return best


def _may_be_lowest(area: _Area, bottom: int, names: Names) -> bool:
    """Whether a row names a column, alone or together with the row above it: 日期, 结论 under 复查.

    A row with numbers or days is hardly a header: in most sheets it is the data, so it is not looked at as closely.
    """
    if not area.words[bottom]:
        return any(names.plainly(name) for name in area.levels[bottom] if name)
    if any(names.named(name) for name in area.levels[bottom] if name):
        return True
    return bottom > 0 and any(one.over and _known(one, names) for one in area.headings(bottom - 1, bottom))


def _found(sheet: Sheet, spec: TableSpec, top: int, bottom: int, matched: _Matched, not_ours: frozenset[str]) -> Found:
    found = Found(sheet, spec, top, bottom, dict(matched.columns), not_ours=not_ours)
    found.unknown = [(position, _as_written(found, position, over)) for position, over in matched.unknown]
    found.twice = [one for one in matched.twice if not _is_blank_below(found, one.positions[1])]
    for column in spec.columns:
        if column.cells is Cells.MONEY and column.key in found.columns:
            found.money[column.key] = money_of(found, column, matched.measures.get(column.key))
    found.ten_thousands = frozenset(key for key, money in found.money.items() if money.unit == TEN_THOUSANDS)
    return found


def _as_written(found: Found, position: int, over: Sequence[str]) -> str:
    """The header of a column as a person reads it: in one line, behind the heading over it."""
    cell = found.sheet.columns[position][found.header_row(position)]
    return " ".join(" ".join([*over[:1], str(cell)]).replace("\0", "").split())[:LONGEST_HEADER]


class _Heading(NamedTuple):
    """What stands over a column: the lowest filled heading, and those over that, the nearest first."""

    name: str
    over: tuple[str, ...]


class _Area:
    """The first rows of a sheet as headings would be compared; every kind asks for them, so they are kept with the sheet.

    ``words`` tells of each row whether it holds nothing but texts; ``asked`` is what was found for whoever asked, by the
    table's identity: which kind it is and where its tables stand are two questions with one answer.
    """

    def __init__(self, sheet: Sheet) -> None:
        first = sheet.rows(HEADER_WITHIN + MOST_LEVELS - 1)
        self.levels = [[header_name(cell) for cell in row] for row in first]
        self.words = [all(isinstance(cell, str) or cell is None for cell in row) for row in first]
        self._groups = _groups(sheet, self.levels)
        self._spans = [_spans(row) for row in self._groups]
        self._headings: dict[tuple[int, int], list[_Heading]] = {}
        self.asked: dict[int, tuple[TableSpec, tuple[int, int, _Matched] | None]] = {}

    def headings(self, top: int, bottom: int) -> list[_Heading]:
        """What stands over each column of the sheet in these rows."""
        if (top, bottom) not in self._headings:
            self._headings[top, bottom] = self._together(top, bottom)
        return self._headings[top, bottom]

    def _together(self, top: int, bottom: int) -> list[_Heading]:
        if top == bottom:
            return [_Heading(name, ()) for name in self.levels[top]]
        headings = []
        for position, lowest in enumerate(self.levels[bottom]):
            name, row = lowest, bottom
            while not name and row > top:
                row -= 1
                name = self.levels[row][position]
            over: tuple[str, ...] = ()
            for above in range(row - 1, top - 1, -1):
                group = self._groups[above][position]
                if group and group != name and (len(name) <= _SHORT or self._spans[above][position]):
                    over += (group,)
            headings.append(_Heading(name, over))
        return headings


def _area(sheet: Sheet) -> _Area:
    if sheet.header_area is None:
        sheet.header_area = _Area(sheet)
    area: _Area = sheet.header_area
    return area


def _spans(row: Sequence[str]) -> list[bool]:
    """For each column whether the heading over it spans a neighbour too."""
    return [name in {left, right} for left, name, right in zip(["", *row[:-1]], row, [*row[1:], ""], strict=True)]


def _groups(sheet: Sheet, levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Row by row, for each column the heading in whose span it lies; "" where there is none.

    A heading spans what is merged with it; in a row without such cells, the blank cells to its right that have a heading
    of their own below. A label with its value (填报单位：…) is no heading.
    """
    groups = [["" if _is_label(name) else name for name in row] for row in levels]
    merged: set[int] = set()
    for (top, left), (bottom, right) in sheet.merged:
        if right > left and top < len(groups) and left < len(groups[top]):
            for row in range(top, min(bottom + 1, len(groups))):
                spanned = range(left, min(right + 1, len(groups[row])))
                groups[row][spanned.start : spanned.stop] = [groups[top][left]] * len(spanned)
                merged.add(row)
    for row, (names, below) in enumerate(pairwise(levels)):
        if row not in merged:
            for position in range(1, len(names)):
                if not names[position] and below[position] and below[position - 1]:
                    groups[row][position] = groups[row][position - 1]
    return groups


def _is_label(name: str) -> bool:
    if ":" not in name:
        return False
    before, colon, behind = without_money(name).partition(":")
    return bool(colon and behind) and not before.startswith(("其中", "单位"))


@dataclass(slots=True)
class _Matched:
    """Which column of the sheet each known column is, the units that their headings say, and the columns left over."""

    columns: dict[str, int]
    measures: dict[str, str]
    unknown: list[tuple[int, tuple[str, ...]]]
    twice: list[Twice]


class _Candidate(NamedTuple):
    """A heading that may be a column: how surely, its place, and the name under which it is known."""

    rank: int
    joined: int
    place: int
    position: int
    key: str
    name: str
    measure: str


def _match(headings: Sequence[_Heading], names: Names) -> _Matched:
    """NamedColumn columns and the rest.

    Of two headings for one column the exact writing wins, then an alias (the earlier declared), then what is remembered;
    then the left. Two that are one name are the same column twice, and so are many columns with a second heading each.
    """
    found = [(position, heading, _known(heading, names)) for position, heading in enumerate(headings) if heading.name]
    candidates = sorted(_rank(known, position) for position, _, known in found if known is not None)
    chosen: dict[str, _Candidate] = {}
    again: list[tuple[_Candidate, _Candidate]] = []
    for one in candidates:
        if chosen.setdefault(one.key, one) is not one:
            again.append((chosen[one.key], one))
    used = {one.position for one in chosen.values()}
    return _Matched(
        {key: one.position for key, one in chosen.items()},
        {key: one.measure for key, one in chosen.items() if one.measure},
        [
            (position, heading.over if known is None else ())
            for position, heading, known in found
            if position not in used
        ],
        list(_twice(again, names.columns)),
    )


def _twice(again: Sequence[tuple[_Candidate, _Candidate]], columns: Mapping[str, Column]) -> Iterator[Twice]:
    """The columns of which nobody can say which heading is meant; numbers of rows are nobody's loss."""
    data = [(first, second) for first, second in again if columns[first.key].cells is not Cells.SERIAL]
    doubled = {first.key for first, _ in data if columns[first.key].required}
    side_by_side = len(doubled) >= _MOST_SECOND_HEADINGS
    for first, second in data:
        if second.rank != REMEMBERED and (first.name == second.name or (side_by_side and first.key in doubled)):
            yield Twice(first.key, (first.position, second.position))


def _rank(known: tuple[NamedColumn, int], position: int) -> _Candidate:
    (name, match, measure), joined = known
    return _Candidate(match.rank, joined, match.place, position, match.key, name, measure or "")


def _known(heading: _Heading, names: Names) -> tuple[NamedColumn, int] | None:
    """What a heading names: together with those over it where that is a name, else alone, else as a part of those."""
    if not heading.over or len(heading.name) > _LONGEST_JOINED:
        known = names.named(heading.name)
        return None if known is None else (known, 0)
    for joined, written in _together(heading):
        known = names.named(written)
        if known is not None:
            return known, joined
    nearest = names.named(heading.over[0])
    if nearest is not None and heading.name.strip("()") in _as_it_is(names.columns[nearest.match.key]):
        return nearest, 2
    return None


def _as_it_is(column: Column) -> Set[str]:
    if column.cells in {Cells.COUNT, Cells.QUANTITY, Cells.MONEY, Cells.MARK}:
        return _SUMS
    return _CALLED if column.cells is Cells.TEXT else frozenset()


def _together(heading: _Heading) -> Iterator[tuple[int, str]]:
    """The writings of a heading with those over it, the surest first: 复查 over 日期, alone, 发现隐患数 over 其中重大."""
    cores = [_core(name) for name in heading.over]
    for core, name in zip(cores, heading.over, strict=True):
        yield 1, f"{name}{heading.name}"
        yield 1, f"{core}{heading.name}"
    if len(cores) > 1:
        yield 1, f"{cores[1]}{cores[0]}{heading.name}"
    yield 0, heading.name
    for core in cores:
        if len(core) > _LONGEST_GROUP:
            continue
        yield 2, f"{heading.name}{core}"
        for start in range(1, len(core) - 1):
            yield 2, f"{core[start:]}{heading.name}"
            yield 2, f"{heading.name}{core[start:]}"


@lru_cache(maxsize=1024)
def _core(name: str) -> str:
    """A heading over others without unit, remarks, and words that say nothing."""
    core = without_money(name).partition("(")[0] or name
    return next((core.removesuffix(word) for word in _GROUPS if core.endswith(word) and core != word), core)


def _is_blank_below(found: Found, position: int) -> bool:
    column = found.sheet.columns[position]
    codes = set(column.codes[found.header_bottom + 1 :])
    return all(
        cell in _BLANK or (isinstance(cell, str) and not cell.strip()) for cell in map(column.cells.__getitem__, codes)
    )
