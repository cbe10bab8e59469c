"""A file's problems, counted whole and kept bounded whatever is in it (CONTRACT section 2, ``load --json``).

Problems are yielded by the hundred thousand where a workbook is rubbish; nobody reads as many, and no page, answer or
database should have to hold them. They are taken one by one into groups by code, sheet and column. A group keeps the
first cells and their number; a few unlike problems stay sentences of their own, many become one that gives an example.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from string import digits
from typing import Any

from data.people.scope import TOLD_TO_THE_OFFICE
from etl.table.problems import FROM_PERIOD, OF_MANY, Problem

MOST_CELLS = 50
"""Cells that an entry names; the others are counted."""
MOST_APART = 10
"""Unlike problems of one code in one column that are still said one by one; with more nobody would read them all."""
MOST_REST = 60
MOST_ERRORS, MOST_NOTES, MOST_FOR_THE_OFFICE = 250, 170, 80
"""Entries of errors, of notes, and of notes that the office alone is told: these crowd out nothing that others read."""
MOST_ENTRIES = MOST_ERRORS + MOST_NOTES + MOST_FOR_THE_OFFICE
FEWEST_ROWS = 20
"""From here on a column that is wrong in more than half of its rows is wrong as a column."""
LONGEST_VALUE = 60
LONGEST_NAME = 100
LONGEST_PARAMETER = 400
LONGEST_LIST = 2_000
"""Of what is shown of a cell, of a sheet's or column's name, and of what fills a sentence; a cell holds 32,767 characters."""

MOST_PARTS = 6
"""Of what is said part by part, such as all that names another unit."""
_OUR_LISTS = frozenset({"choices", "kinds"})
_MOST_VALUES = 3
_ONE_LINE_A_VALUE = frozenset({"busy_inspectors"})

Place = tuple[int, int, str]
"""Row and column of a cell, so that they can be put in order."""


def entries(problems: Iterable[Problem], rows: Mapping[str, int] | None = None) -> list[Problem]:
    """The problems as a file's answer has them: at most MOST_ENTRIES, in order of first appearance.

    ``rows`` tells how many data rows each sheet has; it is looked at when all problems have come.
    """
    found = ProblemGroups()
    for problem in problems:
        found.add(problem)
    return found.entries(rows or {})


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """A text as far as it is shown."""
    return text if len(text) <= longest else text[:longest] + "…"


class ProblemGroups:
    """Takes problems as they come; what it holds does not grow with their number."""

    def __init__(self) -> None:
        self._errors = _Bounded(MOST_ERRORS)
        self._notes = _Bounded(MOST_NOTES)
        self._for_the_office = _Bounded(MOST_FOR_THE_OFFICE)
        self._taken = 0

    def add(self, problem: Problem) -> None:
        """Take one more."""
        if problem.code in TOLD_TO_THE_OFFICE:
            groups = self._for_the_office
        else:
            groups = self._errors if problem.is_error else self._notes
        groups.group_of(problem).add(problem, self._taken)
        self._taken += 1

    def entries(self, rows: Mapping[str, int]) -> list[Problem]:
        """What is told of them."""
        told = [one for groups in (self._errors, self._notes, self._for_the_office) for one in groups.entries(rows)]
        return [problem for _, problem in sorted(told, key=lambda one: one[0])]


class _Bounded:
    """Groups of which at most so many entries are told; what has no place of its own is one group a code (there are few)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._groups: dict[Hashable, _Group] = {}

    def group_of(self, problem: Problem) -> _Group:
        """The group that a problem belongs to."""
        key: Hashable = (problem.code, problem.sheet, problem.column, problem.parameters.get(FROM_PERIOD))
        found = self._groups.get(key)
        if found is not None:
            return found
        rest = len(self._groups) >= self._most - MOST_REST
        return self._groups.setdefault(problem.code if rest else key, _Group(problem, rest=rest))

    def entries(self, rows: Mapping[str, int]) -> list[tuple[int, Problem]]:
        """Entries with their order; with fewer sentences a group where there would be too many in all."""
        told: list[tuple[int, Problem]] = []
        for apart in (MOST_APART, MOST_APART // 2, 2, 1):
            told = [entry for group in self._groups.values() for entry in group.entries(apart, rows)]
            if len(told) <= self._most:
                break
        return told


@dataclass(slots=True)
class _Places:
    """The first cells of those that come, by place."""

    _first: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, place: Place, cell: str) -> None:
        first = self._first
        if len(first) < MOST_CELLS:
            insort(first, (place, cell))
        elif place < first[-1][0]:
            first.pop()
            insort(first, (place, cell))

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell for _, cell in self._first)


@dataclass(slots=True)
class _Alike:
    """Problems of a group with one sentence between them: the same value and parameters."""

    problem: Problem
    order: int
    values: dict[str, None] = field(default_factory=dict)
    places: _Places = field(default_factory=_Places)
    count: int = 0
    last: str | None = None

    def entry(self) -> Problem:
        cells = self.places.cells
        cell = cells[0] if cells else None
        return replace(self.problem, cell=cell, value=_joined(self.values), cells=cells, count=self.count)


class _Group:
    """Problems of one code in one column of a sheet; of the ``rest`` of one code, wherever."""

    def __init__(self, problem: Problem, *, rest: bool) -> None:
        self._sheet = problem.sheet
        self._rest = rest
        self._alike: dict[Hashable, _Alike] | None = {}
        self._example: tuple[Place | None, Problem] = (None, problem)
        self._order = -1
        self._values: dict[str, None] = {}
        self._places = _Places()
        self._rows: dict[str, bytearray] = {}
        self._count = 0
        self._of_a_column = False

    def add(self, problem: Problem, order: int) -> None:
        if self._order < 0:
            self._order = order
        self._of_a_column = self._of_a_column or bool(problem.cells)
        cells = problem.cells or (() if problem.cell is None else (problem.cell,))
        places = [_place(cell) for cell in cells] if problem.sheet == self._sheet else []
        value = None if problem.value is None else cut(problem.value)
        _note(self._values, value)
        self._count += max(1, len(cells)) if self._rest or not places else sum(map(self._is_new, places))
        for place, cell in zip(places, cells, strict=False):
            self._places.add(place, cell)
        if places and (self._example[0] is None or places[0] < self._example[0]):
            self._example = places[0], problem
        if self._alike is not None and not self._rest:
            self._add_alike(problem, value, cells, places, order)

    def _add_alike(
        self, problem: Problem, value: str | None, cells: tuple[str, ...], places: list[Place], order: int
    ) -> None:
        assert self._alike is not None
        told_apart = problem.is_error or problem.code in _ONE_LINE_A_VALUE
        key = value if told_apart else None, tuple(problem.parameters.items())
        alike = self._alike.get(key)
        if alike is None:
            if len(self._alike) == MOST_APART:
                self._alike = None
                return
            alike = self._alike[key] = _Alike(_shortened(problem), order)
        _note(alike.values, value)
        if not cells:
            alike.count += 1
        for place, cell in zip(places, cells, strict=False):
            if cell != alike.last:
                alike.last = cell
                alike.count += 1
                alike.places.add(place, cell)

    def _is_new(self, place: Place) -> bool:
        """Whether this cell has not been complained of in this group before: two rules may name one cell."""
        row, _, letters = place
        seen = self._rows.setdefault(letters, bytearray())
        byte, bit = row >> 3, 1 << (row & 7)
        if byte >= len(seen):
            seen.extend(bytes(byte + 1 - len(seen) + (len(seen) >> 2)))
        if seen[byte] & bit:
            return False
        seen[byte] |= bit
        return True

    def entries(self, apart: int, rows: Mapping[str, int]) -> list[tuple[int, Problem]]:
        if self._rest:
            return [(self._order, self._one_of_many("rest"))]
        if self._is_whole(rows):
            return [(self._order, self._one_of_many("column"))]
        if self._alike is None or len(self._alike) > apart:
            how = "cells" if self._example[1].is_error else "notes"
            return [(self._order, self._one_of_many(how if self._places.cells else "places"))]
        return [(alike.order, alike.entry()) for alike in self._alike.values()]

    def _is_whole(self, rows: Mapping[str, int]) -> bool:
        """Whether the column is wrong as such, and nobody has said so yet."""
        height = rows.get(self._sheet or "", 0)
        return (
            height >= FEWEST_ROWS
            and self._count * 2 > height
            and bool(self._places.cells)
            and self._example[1].is_error
            and not self._of_a_column
        )

    def _one_of_many(self, how: str) -> Problem:
        """One entry for all of the group, with one of its problems as the example."""
        problem = _shortened(self._example[1])
        cells = self._places.cells
        cell = cells[0] if cells else None
        more = {"value": problem.value or "", "cell": cell or "", "count": f"{self._count:,}", OF_MANY: how}
        return replace(
            problem,
            cell=cell,
            value=_joined(self._values),
            parameters={**problem.parameters, **more},
            cells=cells,
            count=self._count,
        )


def _place(cell: str) -> Place:
    letters = cell.rstrip(digits)
    return int(cell[len(letters) :]), len(letters), letters


def _note(values: dict[str, None], value: str | None) -> None:
    if value is not None and len(values) <= _MOST_VALUES:
        values[value] = None


def _joined(values: Iterable[str]) -> str | None:
    """The values of one entry's cells, the first few of many."""
    given = list(values)
    shown = "；".join(given[:_MOST_VALUES])
    return None if not given else f"{shown}…" if len(given) > _MOST_VALUES else shown


def _shortened(problem: Problem) -> Problem:
    """The problem without the length of what somebody wrote into a cell, a heading or a sheet's name."""
    longest = {**dict.fromkeys(problem.parameters, LONGEST_PARAMETER), **dict.fromkeys(_OUR_LISTS, LONGEST_LIST)}
    return replace(
        problem,
        sheet=None if problem.sheet is None else cut(problem.sheet, LONGEST_NAME),
        column=None if problem.column is None else cut(problem.column, LONGEST_NAME),
        value=None if problem.value is None else cut(problem.value),
        parameters={name: _short(value, longest[name]) for name, value in problem.parameters.items()},
    )


def _short(value: Any, longest: int) -> Any:
    """A text cut; of what is to be said the first parts, with their texts cut."""
    if isinstance(value, tuple):
        return tuple(
            (message, tuple((name, _short(filled, LONGEST_NAME)) for name, filled in pairs))
            for message, pairs in value[:MOST_PARTS]
        )
    return cut(value, longest) if isinstance(value, str) else value
