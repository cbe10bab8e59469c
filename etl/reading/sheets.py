"""A workbook as sheets of typed cells: dates, numbers, texts; blank cells are ``""``.

A sheet is kept column by column, of each column its different cells once: ledgers repeat themselves (31 days, a dozen
sectors), so this is less to hand over and to keep, and each cell is understood once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from string import digits
from typing import Any, Self

Cell = Any
"""A value as read: str, float, int, bool, date, datetime, time, timedelta, Shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number whose format shows something else than that number: ``text`` is what a person sees (``5.50万元``, ``007``).

    ``day`` is the day that the number counts where its format shows a part of a day, or words around one: in a table
    that day counts, in a label what is shown.
    """

    stored: float
    text: str
    day: date | None = None

    def __hash__(self) -> int:
        """Cells are looked up by the million, and a text keeps its hash."""
        return hash(self.text)

    def __reduce__(self) -> tuple[type[Shown], tuple[Any, ...]]:
        """There may be as many of them as cells: said in few words."""
        return Shown, (self.stored, self.text) if self.day is None else (self.stored, self.text, self.day)


Merged = tuple[tuple[int, int], tuple[int, int]]
"""(first row, first column), (last row, last column) of a merged cell, counted from 0."""

Portion = list[tuple[list[Cell], bytes]]
"""Some more rows of a sheet: of every column the cells that it did not have yet, and the codes of its rows."""

_ROWS_OF_A_PORTION = 1024
"""What fits into the processor's own memory is faster."""
_ROWS_OF_LONG_TEXTS = 16
_MUCH_TEXT = 2**20
"""After a portion with so many characters of long texts the next one is of few rows."""
_LONG_TEXT = 512
"""Texts beyond that come again by their digest: whoever hands them over need not keep them."""


class SheetColumn(Sequence[Cell]):
    """One column of a sheet: ``cells``, each different one once, and ``codes``, which of them stands in each row.

    Of ``cells`` some may stand in no row (any more).
    """

    __slots__ = ("cells", "codes")

    def __init__(self, cells: list[Cell], codes: array[int]) -> None:
        self.cells = cells
        self.codes = codes

    def extend(self, cells: Sequence[Cell], codes: bytes) -> None:
        """Put some more rows below: ``cells`` that are new, and codes as wide as all cells together need."""
        self.cells.extend(cells)
        width = _width_of_codes(len(self.cells))
        if self.codes.typecode != width:
            self.codes = array(width, self.codes)
        self.codes.frombytes(codes)

    def select(self, rows: Sequence[int]) -> SheetColumn:
        """Some of the rows, in ascending order."""
        if rows and len(rows) == rows[-1] - rows[0] + 1:
            return SheetColumn(self.cells, self.codes[rows[0] : rows[-1] + 1])
        return SheetColumn(self.cells, array(self.codes.typecode, map(self.codes.__getitem__, rows)))

    def repeated(self, wanted: Set[Cell]) -> SheetColumn:
        """The column with the cell above in place of each of these; in the first row they are blank."""
        if wanted.isdisjoint(self.cells):
            return self
        again = {code for code, cell in enumerate(self.cells) if cell in wanted}
        cells = [*self.cells, ""]
        above = len(self.cells)
        codes = array(_width_of_codes(len(cells)))
        for code in self.codes:
            above = above if code in again else code
            codes.append(above)
        return SheetColumn(cells, codes)

    def rows_with(self, wanted: Set[Cell]) -> list[int]:
        """The rows (counted from 0) in which one of these cells stands."""
        if wanted.isdisjoint(self.cells):
            return []
        codes = {code for code, cell in enumerate(self.cells) if cell in wanted}
        return [row for row, code in enumerate(self.codes) if code in codes]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: Any) -> Cell:
        return self.cells[self.codes[row]]

    def __iter__(self) -> Iterator[Cell]:
        return map(self.cells.__getitem__, self.codes)


class ColumnCoder:
    """Codes one column's cells as they come."""

    def __init__(self) -> None:
        self._codes = _Codes()

    @property
    def long_texts(self) -> int:
        """Characters of the long texts that have come."""
        return self._codes.long_texts

    def code(self, values: Sequence[Cell]) -> tuple[list[Cell], bytes]:
        """The cells among these that have not come before, and the code of each of these."""
        codes = self._codes
        if bool in set(map(type, values)):
            # True and 1.0 are equal as keys and different as cells.
            values = [_Flag(cell) if cell.__class__ is bool else cell for cell in values]
        coded = list(map(codes.__getitem__, values))
        new, codes.new = codes.new, []
        cells = [cell.value if cell.__class__ is _Flag else cell for cell in new]
        return cells, array(_width_of_codes(len(codes)), coded).tobytes()


def portions(rows: Iterable[Sequence[Cell]], width: int) -> Iterator[Portion]:
    """Rows, all of one length, coded as they come."""
    coders = [ColumnCoder() for _ in range(width)]
    left = iter(rows)
    wanted, before = _ROWS_OF_LONG_TEXTS, 0
    while some := list(islice(left, wanted)):
        yield _coded(some, coders)
        long_texts = sum(coder.long_texts for coder in coders)
        wanted = _ROWS_OF_A_PORTION if long_texts - before < _MUCH_TEXT else _ROWS_OF_LONG_TEXTS
        before = long_texts


def _filled_up(rows: Iterable[Sequence[Cell]], width: int) -> Iterator[Sequence[Cell]]:
    """The rows, each of this length; those that repeat and are one list stay one."""
    before: Sequence[Cell] | None = None
    filled: Sequence[Cell] = ()
    for row in rows:
        if row is not before:
            before = row
            filled = row if len(row) == width else [*row, *[""] * (width - len(row))]
        yield filled


def _coded(rows: Sequence[Sequence[Cell]], coders: Sequence[ColumnCoder]) -> Portion:
    """Some rows; those that repeat and are one list are looked at once."""
    if all(row is rows[0] for row in rows):
        once = [coder.code([cell]) for coder, cell in zip(coders, rows[0], strict=True)]
        return [(cells, code * len(rows)) for cells, code in once]
    return [coder.code(cells) for coder, cells in zip(coders, zip(*rows, strict=True), strict=True)]


def _width_of_codes(cells: int) -> str:
    """The type of an array that holds the codes of so many cells: of one, two or four bytes."""
    return "B" if cells <= 2**8 else "H" if cells <= 2**16 else "I"


class _Codes(dict[Cell, int]):
    """cell → code; a cell that is asked for the first time gets the next one and is noted as ``new``."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[Cell] = []
        self.long_texts = 0

    def __missing__(self, cell: Cell) -> int:
        key = cell
        if cell.__class__ is str and len(cell) > _LONG_TEXT:
            key = blake2b(cell.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            self.long_texts += len(cell)
            code = self.get(key)
            if code is not None:
                return code
        self.new.append(cell)
        code = self[key] = len(self)
        return code


@dataclass(frozen=True, slots=True)
class _Flag:
    """A cell of Excel's own type for true and false."""

    value: bool


@dataclass(slots=True)
class Sheet:
    """One sheet from its first cell on: ``columns[c][r]`` is the cell at row r + 1, column c + 1.

    ``merged`` are its merged cells; ``broken`` the cells (``B3``, as the clerk sees them) with an error value, or ""
    for a formula without a result. ``hidden`` and ``hidden_rows`` (counted from 0) are what its sender does not see.
    ``header_area`` is where ``etl.table.headings.header`` keeps what it made of the first rows. ``written_as``: what the file is where
    it is no workbook's own format (``web_page``, ``plain_text``), so that only a table that is known makes it one.
    """

    name: str
    columns: list[SheetColumn] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    written_as: str = ""
    header_area: Any = None

    @classmethod
    def of(
        cls,
        name: str,
        rows: Sequence[Sequence[Cell]],
        merged: list[Merged] | None = None,
        broken: dict[str, str] | None = None,
    ) -> Self:
        """The sheet with these rows, all of one length."""
        sheet = cls(name, [], merged or [], broken or {})
        for portion in portions(rows, len(rows[0]) if rows else 0):
            sheet.extend(portion)
        return sheet

    @classmethod
    def of_ragged(cls, name: str, rows: Sequence[Sequence[Cell]]) -> Self:
        """The sheet with these rows of unequal lengths: blanks are put behind each as it comes, never behind all at once."""
        width = max(map(len, rows), default=0)
        sheet = cls(name)
        for portion in portions(_filled_up(rows, width), width):
            sheet.extend(portion)
        return sheet

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.columns[0]) if self.columns else 0

    def rows(self, stop: int | None = None) -> list[list[Cell]]:
        """All rows, or those before ``stop``."""
        wanted = range(self.height if stop is None else min(stop, self.height))
        return [list(cells) for cells in zip(*(column.select(wanted) for column in self.columns), strict=True)]

    def extend(self, portion: Portion) -> None:
        """Put some more rows below."""
        if not self.columns:
            self.columns = [SheetColumn([], array("B")) for _ in portion]
        for column, (cells, codes) in zip(self.columns, portion, strict=True):
            column.extend(cells, codes)


@dataclass(slots=True)
class Workbook:
    """All sheets of one workbook, in order."""

    sheets: list[Sheet]


Part = Sheet | Portion
"""What a workbook is handed over in: a sheet without its columns, followed by portions of them."""


def in_parts(sheet: Sheet) -> Iterator[Part]:
    """A sheet that is there as a whole: all of its cells come with the first rows."""
    yield replace(sheet, columns=[])
    for start in range(0, sheet.height, _ROWS_OF_A_PORTION):
        rows = slice(start, start + _ROWS_OF_A_PORTION)
        yield [(column.cells if start == 0 else [], column.codes[rows].tobytes()) for column in sheet.columns]


def assembled(parts: Iterable[Part]) -> Workbook:
    """The workbook of these parts."""
    sheets: list[Sheet] = []
    for part in parts:
        if isinstance(part, Sheet):
            sheets.append(part)
        else:
            sheets[-1].extend(part)
    return Workbook(sheets)


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def row_and_column(cell: str) -> tuple[int, int]:
    """``(4, 1)`` for ``B5``: counted from 0."""
    named = cell.rstrip(digits)
    column = 0
    for letter in named:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(named) :]) - 1, column - 1
