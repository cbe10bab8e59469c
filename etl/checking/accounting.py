"""What every cell of a workbook was taken for, in sums that must balance (CONTRACT, Nothing is passed over without a word).

Each filled row and cell is one thing: read, refused, or left out for one reason. How many there are is counted on the
sheets as they came, and apart from that by what they were taken for: the two must agree, else the program has lost
something, and that is its own fault and not the sender's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from string import ascii_uppercase

from data.zone.normal import compact
from etl.checking.locate import why_no_table
from etl.reading.sheets import Sheet, SheetColumn, Workbook, letters, row_and_column
from etl.table.headings.header import Found
from etl.table.layout import Table
from etl.table.left_out import LeftOut, Why, runs
from etl.table.own_sheets import META
from etl.table.problems import Problem
from etl.table.rows.words import blank_codes

MOST_LEFT_OUT = 500
READ, REFUSED, HEADINGS, SEEN = "read", "refused", "headings", "seen"
_NOT_LISTED = frozenset({Why.UNKNOWN_COLUMN, Why.SERIAL})


class Unbalanced(Exception):
    """More or fewer rows or cells were accounted for than there are: the program's own fault."""


@dataclass(slots=True)
class CellAccount:
    """Sums of rows and of cells by what they were taken for, and what was left out."""

    rows: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """``{"rows": {"seen": 20, "read": 6, …}, "cells": {…}}``; what is none is not named."""
        return {"rows": _named(self.rows), "cells": _named(self.cells)}

    def balance(self) -> None:
        """Unbalanced where anything was lost or counted twice."""
        for name, sums in (("rows", self.rows), ("cells", self.cells)):
            taken = sums.total() - sums[SEEN]
            if taken != sums[SEEN]:
                raise Unbalanced(f"{name}: {sums[SEEN]} seen, {taken} accounted for")


def _named(sums: Counter[str]) -> dict[str, int]:
    return {SEEN: sums[SEEN], **{name: number for name, number in sorted(sums.items()) if number and name != SEEN}}


def account_of(
    book: Workbook, found: Mapping[str, Found], tables: Mapping[str, Table], refused: Mapping[str, Set[int]]
) -> CellAccount:
    """Everything that a workbook's sheets hold. ``refused`` are rows with an error (as the clerk counts them) by sheet."""
    account = CellAccount()
    by_sheet = {id(one.sheet): key for key, one in found.items()}
    for sheet in book.sheets:
        filled = Filled(sheet)
        account.rows[SEEN] += filled.rows
        account.cells[SEEN] += filled.cells
        key = by_sheet.get(id(sheet))
        if key is not None and key in tables:
            _table(account, tables[key], filled, refused.get(sheet.name, frozenset()))
        else:
            _sheet(account, sheet, filled)
    account.left_out = _bounded(account.left_out)
    account.balance()
    return account


class Filled:
    """The cells of a sheet in which something stands: what can be seen, an error value, a formula without a result."""

    def __init__(self, sheet: Sheet) -> None:
        self._columns = [(column, blank_codes(column)) for column in sheet.columns]
        self._height = sheet.height
        self._broken = self._blank_but_broken(sheet)
        self.cells = sum(self.in_column(at, [(0, self._height - 1)]) for at in range(self.width))
        self.rows = self._filled_rows()

    def _blank_but_broken(self, sheet: Sheet) -> dict[int, list[int]]:
        """By column the rows (counted from 0) of the cells that hold no more than an error value or no result."""
        found: dict[int, list[int]] = {}
        for name in sheet.broken if self._height else ():
            row, at = row_and_column(name)
            column, blank = self._columns[at] if at < len(self._columns) else (None, frozenset[int]())
            if row < self._height and (column is None or column.codes[row] in blank):
                found.setdefault(at, []).append(row)
        return {at: sorted(rows) for at, rows in found.items()}

    def _filled_rows(self) -> int:
        """Rows with a filled cell; nearly always the first columns tell of nearly all."""
        unknown: Sequence[int] = range(self._height)
        for column, blank in self._columns:
            if len(blank) < len(column.cells):
                codes = column.codes
                unknown = [row for row in unknown if codes[row] in blank] if blank else []
            if not unknown:
                break
        return self._height - len(set(unknown).difference(*self._broken.values()))

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return max(len(self._columns), max(self._broken, default=-1) + 1)

    def in_column(self, at: int, where: Sequence[tuple[int, int]]) -> int:
        """Filled cells of a column in runs of rows (counted from 0)."""
        rows = self._broken.get(at)
        broken = sum(bisect_right(rows, last) - bisect_left(rows, first) for first, last in where) if rows else 0
        if at >= len(self._columns):
            return broken
        column, blank = self._columns[at]
        if len(blank) == len(column.cells):
            return broken
        return broken + sum(last + 1 - first - _count(column, first, last, blank) for first, last in where)

    def in_rows(self, rows: Iterable[int]) -> tuple[list[int], int]:
        """Those of some rows (counted from 0) that are filled, and how many cells they hold."""
        filled, cells = [], 0
        for row in rows:
            here = sum(column.codes[row] not in blank for column, blank in self._columns)
            here += sum(bisect_right(one, row) - bisect_left(one, row) for one in self._broken.values())
            if here:
                filled.append(row)
                cells += here
        return filled, cells


def _count(column: SheetColumn, first: int, last: int, codes: Set[int]) -> int:
    part = column.codes[first : last + 1]
    if part.typecode == "B":
        held = part.tobytes()
        return sum(held.count(code) for code in codes)
    return sum(map(part.count, codes))


def _table(account: CellAccount, table: Table, filled: Filled, refused: Set[int]) -> None:
    """A sheet with a table: what stands above its header, the header, its data rows and all others."""
    found, name = table.found, table.found.sheet.name
    _rows(account, filled, name, Why.TITLE, range(found.header_top))
    heading, cells = filled.in_rows(range(found.header_top, found.header_bottom + 1))
    account.rows[HEADINGS] += len(heading)
    account.cells[HEADINGS] += cells
    for why, rows in table.left.items():
        _rows(account, filled, name, why, [row - 1 for row in rows])
    _data(account, table, filled, refused)


def _rows(account: CellAccount, filled: Filled, name: str, why: Why, rows: Iterable[int]) -> None:
    there, cells = filled.in_rows(rows)
    account.rows[why.value] += len(there)
    account.cells[why.value] += cells
    if why not in _NOT_LISTED:
        account.left_out += [LeftOut(name, why, first + 1, last + 1) for first, last in runs(there)]


def _data(account: CellAccount, table: Table, filled: Filled, refused: Set[int]) -> None:
    """The data rows: the cells of known columns are read or refused, those of others belong to no column of the kind."""
    found = table.found
    wrong = [row for row in table.rows if row in refused] if refused else []
    right = [row for row in table.rows if row not in refused] if wrong else table.rows
    serial = found.columns.get("serial")
    known = set(found.columns.values())
    strange = {at for at, _ in found.unknown}
    for name, rows in ((READ, right), (REFUSED, wrong)):
        account.rows[name] += len(rows)
        where = [(first - 1, last - 1) for first, last in runs(rows)]
        for at in range(filled.width):
            kind = Why.SERIAL.value if at == serial else name if at in known else Why.UNKNOWN_COLUMN.value
            cells = filled.in_column(at, where)
            account.cells[kind] += cells
            if cells and at not in known:
                strange.add(at)
    account.left_out += [LeftOut(found.sheet.name, Why.UNKNOWN_COLUMN, column=letters(at)) for at in sorted(strange)]


def _sheet(account: CellAccount, sheet: Sheet, filled: Filled) -> None:
    """A sheet without a table of the kind: our own, hidden, or nothing to do with it."""
    why = why_no_table(sheet)
    account.rows[why.value] += filled.rows
    account.cells[why.value] += filled.cells
    if filled.cells and not (why is Why.OWN_SHEET and sheet.hidden) and compact(sheet.name) != META:
        account.left_out.append(LeftOut(sheet.name, why))


def _bounded(left_out: list[LeftOut]) -> list[LeftOut]:
    """At most so many entries; of what is beyond, those of one sheet and kind are one that reaches from first to last."""
    if len(left_out) <= MOST_LEFT_OUT:
        return left_out
    kept = left_out[: MOST_LEFT_OUT // 2]
    rest: dict[tuple[str, Why, bool], LeftOut] = {}
    for one in left_out[MOST_LEFT_OUT // 2 :]:
        key = (one.sheet, one.why, one.column is None)
        before = rest.setdefault(key, one)
        if before is not one and one.first is not None:
            rest[key] = LeftOut(one.sheet, one.why, before.first, one.last)
    return [*kept, *list(rest.values())[: MOST_LEFT_OUT // 2]]


def refused_rows(problems: Iterable[Problem], into: dict[str, set[int]]) -> Iterator[Problem]:
    """The problems as they come; rows in which a cell is wrong are noted by sheet."""
    for problem in problems:
        if problem.is_error and problem.sheet is not None:
            for cell in problem.cells or ((problem.cell,) if problem.cell else ()):
                into.setdefault(problem.sheet, set()).add(int(cell.lstrip(ascii_uppercase)))
        yield problem
