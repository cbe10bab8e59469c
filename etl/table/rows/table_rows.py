"""Which rows below a table's header are data (CONTRACT, Taken as it comes), for every kind.

Offices put totals and signatures between and below, begin each printed page anew, merge what belongs together, number
the columns, and leave a stray character far down. Whole columns are looked at at once: a row that has what it must have
and none of the words that stand in other rows is data; only the others are looked at one by one (``row_roles``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from data.zone.normal import header_keys
from etl.reading.sheets import SheetColumn, letters
from etl.table.cells import is_empty
from etl.table.declaration import Cells, TableSpec
from etl.table.headings.header import Found
from etl.table.headings.names import header_name, names_of
from etl.table.layout import Table, Total
from etl.table.left_out import Why
from etl.table.rows.roles import SUMMED_OR_ANY, Doubt, Open, Row, RowRole, Shape, role_of
from etl.table.rows.said_once import merged_filled, with_repeated
from etl.table.rows.stated_sums import ColumnSums
from etl.table.rows.words import (
    BROKEN,
    Span,
    TotalLabel,
    blank_codes,
    is_blank,
    is_example,
    is_zero,
    label_codes,
    may_hold_total,
    points_elsewhere,
    total_label,
)

_MOST_NEEDED = 4
_FEW_NEEDED = 3
_MANY = 2_000
_MOST_ENDS = 3
_FEW_CODES = 8
_FAR_BELOW = 10
_LONGEST_EMPTY = 8
_LONGEST_HEADER = 60
_ENDING_GROUPS = frozenset({Span.GROUP, Span.EITHER})
_UNLABELLED = TotalLabel("", "", Span.EITHER)


def read_table(found: Found, *, without_hidden: bool = False) -> Table:
    """The data rows below the header, with merged cells and 同上 filled in; and what all other rows were taken for.

    Nothing ends the table: what stands below a note or a signature is data like what stands above. Hidden rows are
    read and named; ``without_hidden`` takes them out.
    """
    sheet, first = found.sheet, found.header_bottom + 1
    columns, covered = merged_filled(sheet, first)
    body = _Body(found, columns, covered, range(first, sheet.height))
    taken = body.taken()
    if without_hidden and sheet.hidden_rows:
        hidden = [number for number in taken.data if number in sheet.hidden_rows]
        taken.data = [number for number in taken.data if number not in sheet.hidden_rows]
        taken.leave(Why.HIDDEN_ROWS, hidden)
    table = taken.table(found, columns)
    if sheet.hidden_rows:
        table.hidden = [number for number in table.rows if number - 1 in sheet.hidden_rows]
    return table


@dataclass(slots=True)
class _Taken:
    """What the rows (counted from 0) were taken for."""

    data: list[int] = field(default_factory=list)
    left: dict[Why, list[int]] = field(default_factory=dict)
    totals: list[tuple[TotalLabel, int]] = field(default_factory=list)
    doubts: dict[int, Doubt] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    elsewhere: int | None = None

    def leave(self, why: Why, rows: Iterable[int]) -> None:
        self.left.setdefault(why, []).extend(rows)

    def table(self, found: Found, columns: Sequence[SheetColumn]) -> Table:
        """The table: its rows as the clerk counts them."""
        cells = {key: with_repeated(columns[position].select(self.data)) for key, position in found.columns.items()}
        return Table(
            found,
            [number + 1 for number in self.data],
            cells,
            [self._total(found, columns, label, number) for label, number in sorted(self.totals, key=_by_row)],
            {why: [number + 1 for number in sorted(rows)] for why, rows in self.left.items() if rows},
            {number + 1: doubt for number, doubt in self.doubts.items()},
            elsewhere=None if self.elsewhere is None else self.elsewhere + 1,
        )

    def _total(self, found: Found, columns: Sequence[SheetColumn], label: TotalLabel, number: int) -> Total:
        cells = {key: columns[position][number] for key, position in found.columns.items()}
        return Total(label, number + 1, cells, bisect_left(self.data, number), self.since(number))

    def since(self, number: int) -> tuple[int, ...]:
        """The data rows (counted from 0) from which a group that ends above a row may begin, the likeliest first."""
        place = bisect_left(self.sums, number)
        last = self.sums[place - 1] if place else -1
        ends = self.ends[
            max(bisect_left(self.ends, last), bisect_left(self.ends, number) - _MOST_ENDS) : bisect_left(
                self.ends, number
            )
        ]
        return tuple(dict.fromkeys(bisect_left(self.data, row) for row in (last, *reversed(ends))))

    def add_total(self, label: TotalLabel, number: int) -> None:
        """Leave out a row of sums."""
        self.leave(Why.TOTAL, [number])
        self.totals.append((label, number))
        if label.span in _ENDING_GROUPS:
            insort(self.sums, number)


def _by_row(total: tuple[TotalLabel, int]) -> int:
    return total[1]


class _Body:
    """The rows below a header, while it is found out what they are."""

    def __init__(self, found: Found, columns: Sequence[SheetColumn], covered: set[int], rows: range) -> None:
        self._found = found
        self._columns = columns
        self._covered = covered
        self._rows = rows
        self._broken = found.sheet.broken
        self.shape = shape_of(found)
        required = [found.columns[one.key] for one in found.spec.columns if one.required and one.key in found.columns]
        self._needed = required[:_MOST_NEEDED]
        self._told = [at for at, kind in self.shape.cells.items() if at != self.shape.serial and kind is not Cells.FLAG]
        self._empties: dict[int, set[int]] = {}
        self._filled = [
            (at, column.cells, column.codes)
            for at, column in enumerate(columns)
            if len(column.cells) > 1 or not all(map(is_blank, column.cells))
        ]

    def taken(self) -> _Taken:
        """What each row is."""
        taken, open_rows = self._by_themselves()
        self._settle(taken, open_rows)
        return taken

    def _by_themselves(self) -> tuple[_Taken, dict[Open, list[tuple[int, RowRole]]]]:
        """The rows by their own cells, and those that only the others decide."""
        taken, unsettled = _Taken(), dict[Open, list[tuple[int, RowRole]]]()
        after_header, sure_from = True, self._rows.start
        for number in [*self._unsure(), self._rows.stop]:
            if sure_from < number:
                taken.data.extend(range(sure_from, number))
                after_header = False
            sure_from = number + 1
            if number == self._rows.stop:
                break
            row = self.row(number)
            role = role_of(row, self.shape, header_name, may_count=after_header)
            if role.what is Open.DATA:
                taken.data.append(number)
                if role.doubt is not None:
                    taken.doubts[number] = role.doubt
            elif isinstance(role.what, Open):
                if role.what is not Open.BLANK:
                    unsettled.setdefault(role.what, []).append((number, role))
            else:
                self._leave(taken, role.what, number, row)
            after_header = role.what is Why.HEADER_AGAIN or (after_header and role.what is not Open.DATA)
        return taken, unsettled

    @staticmethod
    def _leave(taken: _Taken, why: Why, number: int, row: Row) -> None:
        if why is Why.TOTAL:
            taken.add_total(next(label for _, cell in row if (label := total_label(cell)) is not None), number)
            return
        taken.leave(why, [number])
        if why in {Why.SECTION, Why.HEADER_AGAIN}:
            taken.ends.append(number)
        if (
            why in {Why.SECTION, Why.NOTE}
            and taken.elsewhere is None
            and any(points_elsewhere(cell) for _, cell in row)
        ):
            taken.elsewhere = number

    def _settle(self, taken: _Taken, unsettled: Mapping[Open, Sequence[tuple[int, RowRole]]]) -> None:
        """What only the other rows decide: numbers that are their sums, what was copied down from them, and 无."""
        back: dict[int, Doubt | None] = {}
        sums = ColumnSums(self._found, self._columns, taken.data)
        for number, _ in unsettled.get(Open.ONLY_NUMBERS, ()):
            row = self.row(number)
            if sums.are_stated(row, bisect_left(taken.data, number), {*taken.since(number), 0}):
                taken.add_total(_UNLABELLED, number)
            elif len(row) == 1 and taken.data and number > taken.data[-1] + _FAR_BELOW:
                taken.leave(Why.STRAY, [number])
            else:
                back[number] = Doubt("like_sums", row[0][0])
        for number, role in unsettled.get(Open.AS_ABOVE, ()):
            if self._is_as_above(number, taken.data):
                taken.leave(Why.PREFILLED, [number])
            else:
                back[number] = role.doubt
        if back:
            taken.data = sorted([*taken.data, *back])
            taken.doubts.update({number: doubt for number, doubt in back.items() if doubt is not None})
        nothing = [number for number, _ in unsettled.get(Open.NOTHING_HAPPENED, ())]
        taken.leave(Why.NOTE if taken.data else Why.DECLARED_ZERO, nothing)
        last = taken.data[-1] if taken.data else -1
        sections = taken.left.pop(Why.SECTION, [])
        for number in sections:
            taken.leave(Why.NOTE if number > last and len(self.row(number)) == 1 else Why.SECTION, [number])

    def _is_as_above(self, number: int, data: Sequence[int]) -> bool:
        """Whether the row's one value was copied down from the data row above it."""
        place = bisect_left(data, number)
        if place == 0:
            return False
        return all(
            self._columns[at][data[place - 1]] == cell
            for at, cell in self.row(number)
            if at in self.shape.cells and at != self.shape.serial and self.shape.cells[at] is not Cells.FLAG
        )

    def row(self, number: int) -> Row:
        """The filled cells of a row; a formula without a value was meant to be one."""
        row = [
            (at, cell)
            for at, cells, codes in self._filled
            if (cell := cells[codes[number]]) != "" and not is_blank(cell)
        ]
        if self._covered and number in self._covered and not self._has_own(number):
            return []
        if self._broken:
            broken = {at for at in self.shape.cells if f"{letters(at)}{number + 1}" in self._broken}
            if broken:
                row = [*((at, cell) for at, cell in row if at not in broken), *((at, BROKEN) for at in broken)]
                row.sort(key=lambda one: one[0])
        return row

    def _has_own(self, number: int) -> bool:
        """Whether a row that merged cells reach into has a filled cell of its own."""
        return any(not is_blank(column[number]) for column in self._found.sheet.columns)

    def _unsure(self) -> Sequence[int]:
        """The rows that must be looked at: all others say enough to be data, and nothing strange.

        Right below a header the columns may be numbered, and a header may have several rows.
        """
        strange = set(self._covered)
        for at, column in enumerate(self._columns):
            strange.update(_rows_holding(column, self._words(at), self._rows.start))
        for again in self._headers_again():
            strange.update((again, again + 1))
        lacking = self._lacking()
        strange.update(lacking)
        strange.add(next((number for number in self._rows if number not in lacking), self._rows.start))
        return sorted(number for number in strange if number in self._rows)

    def _words(self, at: int) -> set[int]:
        """The codes of a column's cells with which a row may be no data although nothing is missing in it.

        Labels of a signature are looked for in the first columns, and where a column has few different cells.
        """
        cells = self._columns[at].cells
        texts = [cell for cell in cells if cell.__class__ is str]
        together = "\n".join(texts)
        words: set[int] = set()
        if may_hold_total(together):
            words |= {code for code, cell in enumerate(cells) if total_label(cell) is not None}
        if "例" in together:
            words |= {code for code, cell in enumerate(cells) if is_example(cell)}
        if len(texts) <= _MANY or at <= self.shape.first:
            words |= label_codes(self._columns[at])
        return words

    def _lacking(self) -> set[int]:
        """Rows that do not say enough to be data without a closer look.

        Enough are the first required cells; else half of the required ones, three at least and one of them no number.
        With one required column it takes that one and another.
        """
        if len(self._needed) < 2:
            alone: Sequence[int] = self._rows
            for at in self._told:
                if at not in self._needed:
                    codes, nothing = self._columns[at].codes, self._empty(at)
                    alone = [number for number in alone if codes[number] in nothing]
            return {*alone, *(self._rows_empty(self._needed[0]) if self._needed else self._rows)}
        lacking: set[int] = set()
        for at in self._needed:
            lacking.update(self._rows_empty(at))
        enough = max(_FEW_NEEDED, (len(self.shape.required) + 1) // 2)
        required = [at for at in self._told if at in self.shape.required]
        if not lacking or len(required) <= enough:
            return lacking
        told = [(self._columns[at].codes, self._empty(at), at in self.shape.identity) for at in required]
        return {
            number
            for number in lacking
            if sum(codes[number] not in nothing for codes, nothing, _ in told) < enough
            or all(codes[number] in nothing for codes, nothing, names in told if names)
        }

    def _empty(self, at: int) -> set[int]:
        """The codes of a column's cells that say nothing; where it says what a row is about, a linked 0 does not either."""
        if at not in self._empties:
            column, names = self._columns[at], at in self.shape.identity
            self._empties[at] = blank_codes(column) | {
                code
                for code, cell in enumerate(column.cells)
                if cell.__class__ is not str or len(cell) < _LONGEST_EMPTY
                if (names and is_zero(cell)) or (cell.__class__ is str and is_empty(cell))
            }
        return self._empties[at]

    def _rows_empty(self, at: int) -> Iterator[int]:
        """The rows in which a column says nothing."""
        return _rows_holding(self._columns[at], self._empty(at), self._rows.start)

    def _headers_again(self) -> Iterator[int]:
        """Rows in which a required column holds a header: its own in any writing, where there are many cells as written."""
        for at in self._needed:
            column, many = self._columns[at], len(self._columns[at].cells) > _MANY
            own = {column[row] for row in range(self._found.header_top, self._found.header_bottom + 1)} - {""}
            may_be = self.shape.may_be_header(at).fullmatch
            short = [
                (code, cell)
                for code, cell in enumerate(column.cells)
                if cell.__class__ is str and len(cell) <= _LONGEST_HEADER and (cell in own if many else may_be(cell))
            ]
            names = header_keys([cell for _, cell in short])
            codes = {code for (code, _), name in zip(short, names, strict=True) if self.shape.is_header(at, name)}
            yield from _rows_holding(column, codes, self._rows.start)


@lru_cache(maxsize=64)
def _names_by_column(spec: TableSpec) -> Mapping[str, Set[str]]:
    """Every writing of a table's headers, by column."""
    names: dict[str, set[str]] = {}
    for name, match in names_of(spec).items():
        names.setdefault(match.key, set()).add(name)
    return names


def shape_of(found: Found) -> Shape:
    """What the header says of the table's columns."""
    spec, sheet = found.spec, found.sheet
    kinds = {column.key: column.cells for column in spec.columns}
    names = _names_by_column(spec)
    above = range(found.header_bottom + 1)
    cells = {position: kinds[key] for key, position in found.columns.items()}
    required = {found.columns[one.key] for one in spec.columns if one.required and one.key in found.columns}
    return Shape(
        spec,
        cells,
        found.columns.get("serial"),
        min(cells, default=0),
        frozenset(required),
        frozenset(at for at in required if cells[at] not in SUMMED_OR_ANY and cells[at] is not Cells.FLAG),
        frozenset(found.columns[key] for key in spec.beforehand if key in found.columns),
        frozenset(found.columns[key] for key in spec.beside if key in found.columns),
        {at: {name for row in above if (name := header_name(column[row]))} for at, column in enumerate(sheet.columns)},
        {position: names.get(key, set()) for key, position in found.columns.items()},
        len(found.columns) + len(found.unknown),
    )


def _rows_holding(column: SheetColumn, codes: Set[int], start: int) -> Iterator[int]:
    """The rows from ``start`` on that hold one of these codes; a few codes are looked for, not looked through for."""
    found: array[int] = column.codes
    if len(codes) > _FEW_CODES:
        yield from (row for row in range(start, len(found)) if found[row] in codes)
        return
    for code in codes:
        row = start - 1
        while True:
            try:
                row = found.index(code, row + 1)
            except ValueError:
                break
            yield row
