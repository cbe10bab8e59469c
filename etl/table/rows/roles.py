"""What one row below a table's header is: data, or why it is none (CONTRACT, Nothing is passed over without a word).

A row with two filled cells besides 序号 and what was filled in beforehand is data, unless it is a total, a header again,
column numbers or an example. Where it cannot be told for certain the row stays data, with what was seen as its doubt:
then it is refused in these words and nobody loses it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from etl.table.declaration import Cells, TableSpec
from etl.table.headings.names import is_measure
from etl.table.left_out import Why
from etl.table.rows.words import (
    BROKEN,
    TotalLabel,
    counts_columns,
    has_value,
    is_example,
    is_flag,
    is_note,
    is_number,
    is_ordinal,
    is_pairs,
    is_stray,
    is_zero,
    may_be_enterprise,
    may_be_unit,
    says_nothing_happened,
    total_label,
)

Row = Sequence[tuple[int, Any]]
"""The filled cells of a row from left to right, each with the sheet's column."""

SUMMED_OR_ANY = frozenset({Cells.COUNT, Cells.QUANTITY, Cells.MONEY, Cells.MARK, Cells.ANYTHING})
_OF_UNITS = frozenset({Cells.UNIT, Cells.UNIT_OR_ZONE})
_LONGEST_HEADING = 30
_FEWEST_AGAIN = 3
_DIGIT = re.compile(r"\d")


class Open(StrEnum):
    """What only the other rows decide, and data."""

    DATA = "data"
    BLANK = "blank"
    ONLY_NUMBERS = "only_numbers"
    NOTHING_HAPPENED = "nothing_happened"
    AS_ABOVE = "as_above"


class Doubt(NamedTuple):
    """Why a row may be no data: the rule of its sentence, and the column and the text that it rests on."""

    rule: str
    position: int
    text: str = ""
    refuses: bool = False


class RowRole(NamedTuple):
    """What a row was taken for."""

    what: Open | Why
    doubt: Doubt | None = None


DATA, BLANK = RowRole(Open.DATA), RowRole(Open.BLANK)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the header says of a table's columns, by the sheet's column: the kind of their cells, and which are required.

    ``first`` is the leftmost of them; ``identity`` are the required ones that say what a row is about, ``beforehand``
    those that our template fills in, ``beside`` those in which it may tell something. ``headers`` are
    the writings (as compared) in and above the header of each column, ``names`` every writing that means it.
    """

    spec: TableSpec
    cells: Mapping[int, Cells]
    serial: int | None
    first: int
    required: frozenset[int]
    identity: frozenset[int]
    beforehand: frozenset[int]
    beside: frozenset[int]
    headers: Mapping[int, Collection[str]]
    names: Mapping[int, Collection[str]]
    width: int

    def may_be_header(self, position: int) -> re.Pattern[str]:
        """What every cell is like that ``is_header`` holds of: quickly asked of thousands that are none."""
        names = [*self.headers.get(position, ()), *self.names.get(position, ())]
        return _ends_like(frozenset(name[-1:] for name in names), any(map(_DIGIT.search, names)))

    def is_untouched(self, filled: Row) -> bool:
        """Whether a row has all that our template fills in, and nothing of what else it must have."""
        told = {at for at, _ in filled if at != self.serial} - self.beside
        return bool(told) and told == self.beforehand and not self.required <= told | self.beside

    def is_header(self, position: int, name: str) -> bool:
        """Whether the text is what stands in the header over it."""
        return name in self.headers.get(position, ()) or name in self.names.get(position, ())


@lru_cache(maxsize=256)
def _ends_like(ends: frozenset[str], holds_digits: bool) -> re.Pattern[str]:
    """Texts that end as one of the headings does, or in what may be nothing when it is compared."""
    before = "." if holds_digits else r"\D"
    one_of = re.escape("".join(sorted(ends)))
    return re.compile(rf"{before}*(?:[^0-9A-Za-z\u4e00-\u9fff]|[{one_of}*])", re.DOTALL)


def role_of(row: Row, shape: Shape, header_name: Any, *, may_count: bool) -> RowRole:
    """What a row is by its own cells; ``may_count``: right below a header, where columns are numbered."""
    if not row:
        return BLANK
    cells = [cell for _, cell in row]
    again = _header_again(row, shape, header_name)
    if again is not None:
        return again
    if may_count and counts_columns(cells, shape.width):
        return RowRole(Why.COLUMN_NUMBERS)
    if may_count and (
        all(map(is_measure, cells)) or all(_is_lower_heading(at, cell, shape, header_name) for at, cell in row)
    ):
        return RowRole(Why.HEADER_AGAIN)
    if any(map(is_example, cells)):
        return RowRole(Why.EXAMPLE)
    for at, cell in row:
        label = total_label(cell)
        if label is not None and (shape.spec.counted or not label.of):
            return _total(row, shape, at, label)
    if any(cell is BROKEN for cell in cells):
        return DATA
    pairs = is_pairs(cells)
    if pairs is not None:
        return RowRole(Why(pairs))
    return _by_what_is_said(row, shape)


def _header_again(row: Row, shape: Shape, header_name: Any) -> RowRole | None:
    """A header again, or one in which a heading stands over another of our columns: what follows would be misread."""
    there, moved = 0, dict[int, str]()
    for place, (at, cell) in enumerate(row):
        name = header_name(cell) if isinstance(cell, str) else ""
        if name and shape.is_header(at, name):
            there += 1
        elif name and any(name in names for one, names in shape.names.items() if one != at):
            moved[at] = cell
        elif (place + 1 - there - len(moved)) * 3 > len(row):
            return None
    if there + len(moved) < min(len(row), _FEWEST_AGAIN) or (moved and there + len(moved) < _FEWEST_AGAIN):
        return None
    if not moved:
        return RowRole(Why.HEADER_AGAIN)
    at, cell = next(iter(moved.items()))
    return RowRole(Open.DATA, Doubt("other_header", at, " ".join(cell.split()), refuses=True))


def _is_lower_heading(at: int, cell: Any, shape: Shape, header_name: Any) -> bool:
    """Whether a text is the rest of the heading over it: 编号 below 检查文书."""
    name = header_name(cell) if isinstance(cell, str) else ""
    return bool(name) and any(f"{over}{name}" in shape.names.get(at, ()) for over in shape.headers.get(at, ()))


def _total(row: Row, shape: Shape, at: int, label: TotalLabel) -> RowRole:
    """A row with the label of sums: such a row says nothing else of what a row of data says, or at most whose sum it is."""
    others = shape.identity - {at}
    said = [one for one, cell in row if one in others and has_value(cell) and not is_zero(cell) and not is_number(cell)]
    complete = at not in shape.identity and bool(others) and len(said) == len(others)
    if len(said) <= 1 and not (complete and at != shape.serial):
        return RowRole(Why.TOTAL)
    return RowRole(Open.DATA, Doubt("like_a_total", at, label.written, refuses=at in {shape.serial, shape.first}))


def _by_what_is_said(row: Row, shape: Shape) -> RowRole:
    known = [(at, cell) for at, cell in row if at in shape.cells]
    strange = len(row) - len(known)
    told = [
        (at, cell)
        for at, cell in known
        if at != shape.serial and not (shape.cells[at] is Cells.FLAG and (is_flag(cell) or not has_value(cell)))
    ]
    marks = [(at, cell) for at, cell in told if not has_value(cell)]
    said = [(at, cell) for at, cell in told if has_value(cell) and not is_zero(cell)]
    serial = next((cell for at, cell in known if at == shape.serial), None)
    if not known:
        return _alone(row[0], shape) if len(row) == 1 else RowRole(Why.UNKNOWN_COLUMN)
    if shape.is_untouched(known):
        return RowRole(Why.PREFILLED)
    there = {at for at, cell in known if has_value(cell) and not (at in shape.identity and is_zero(cell))}
    if shape.required and shape.required.issubset(there):
        return _alone(row[0], shape) if len(row) == 1 and _is_remark(*row[0], shape) else DATA
    if _says_nothing_happened(said, shape) and (serial is None or is_ordinal(serial)):
        return RowRole(Open.NOTHING_HAPPENED)
    if not said:
        return _says_nothing(marks, serial, shape)
    if len(said) + len(marks) == 1:
        return _one_cell(row, said[0], serial, strange, shape)
    if _only_numbers(said, serial, shape):
        return RowRole(Open.ONLY_NUMBERS)
    if serial is not None and is_ordinal(serial) and shape.required.isdisjoint(at for at, _ in said):
        return RowRole(Open.AS_ABOVE, _doubt(said, serial, shape))
    if len(said) == 2 and not marks and _heads_a_group(said, serial, shape):
        return RowRole(Why.SECTION)
    return RowRole(Open.DATA, _doubt(said, serial, shape))


def _says_nothing_happened(said: Row, shape: Shape) -> bool:
    """Whether one cell says that there is nothing to report, and the others at most why."""
    nothing = [at for at, cell in said if says_nothing_happened(cell)]
    return bool(nothing) and all(
        at in nothing or (at not in shape.required and isinstance(cell, str)) for at, cell in said
    )


def _says_nothing(marks: Row, serial: Any, shape: Shape) -> RowRole:
    """Nothing but 序号, flags, zeros and marks of empty cells; a text in 序号 is a heading or a remark."""
    if any(says_nothing_happened(cell) for _, cell in marks):
        return RowRole(Open.NOTHING_HAPPENED)
    if serial is not None and says_nothing_happened(serial):
        return RowRole(Open.NOTHING_HAPPENED)
    if serial is not None and not is_ordinal(serial) and has_value(serial):
        return _alone((shape.first if shape.serial is None else shape.serial, serial), shape)
    return RowRole(Why.PREFILLED)


def _one_cell(row: Row, only: tuple[int, Any], serial: Any, strange: int, shape: Shape) -> RowRole:
    """One cell besides 序号 and what was filled in beforehand."""
    at, cell = only
    if is_note(cell):
        return RowRole(Why.NOTE)
    if serial is not None and not is_ordinal(serial):
        if is_note(serial):
            return RowRole(Open.DATA, _doubt([only], serial, shape))
        heading = not may_be_enterprise(serial) and not may_be_enterprise(cell) and len(serial) <= _LONGEST_HEADING
        return RowRole(Why.SECTION) if heading else RowRole(Open.DATA, _doubt([only], serial, shape))
    if shape.cells[at] in SUMMED_OR_ANY and is_number(cell):
        return RowRole(Open.ONLY_NUMBERS) if serial is None else RowRole(Open.DATA, _doubt([only], serial, shape))
    if len(row) > 1 and at not in shape.required:
        return RowRole(Open.AS_ABOVE, _doubt([only], serial, shape))
    if len(row) > 1 or strange or (at in shape.identity and _is_its_value(cell, at, shape)):
        return RowRole(Open.DATA, _doubt([only], serial, shape))
    return _alone(only, shape)


def _is_its_value(cell: Any, at: int, shape: Shape) -> bool:
    """Whether a lone cell of a required column is more likely a row begun and not ended than a remark."""
    kind = shape.cells[at]
    if kind in _OF_UNITS:
        return may_be_unit(cell)
    if kind is Cells.DOCUMENT:
        return any(character.isdigit() for character in str(cell))
    return not shape.spec.counted or may_be_enterprise(cell)


def _alone(only: tuple[int, Any], shape: Shape) -> RowRole:
    """The one filled cell of a row, by what it says and where it stands."""
    at, cell = only
    if is_stray(cell):
        return RowRole(Why.STRAY)
    if says_nothing_happened(cell):
        return RowRole(Open.NOTHING_HAPPENED)
    if isinstance(cell, str) and not is_note(cell) and at in {shape.serial, shape.first}:
        return RowRole(Why.SECTION) if len(cell) <= _LONGEST_HEADING else RowRole(Why.NOTE)
    return RowRole(Why.NOTE if isinstance(cell, str) else Why.STRAY)


def _is_remark(at: int, cell: Any, shape: Shape) -> bool:
    """Whether the lone cell of the one required column is none of its values."""
    if is_note(cell) or is_stray(cell) or says_nothing_happened(cell):
        return True
    if shape.cells[at] in _OF_UNITS:
        return not may_be_unit(cell)
    return shape.cells[at] is Cells.DOCUMENT and not any(character.isdigit() for character in str(cell))


def _only_numbers(said: Row, serial: Any, shape: Shape) -> bool:
    return serial is None and all(shape.cells[at] in SUMMED_OR_ANY and is_number(cell) for at, cell in said)


def _heads_a_group(said: Row, serial: Any, shape: Shape) -> bool:
    """``双路街道 … 3家`` where 序号 is not: a text in the first column that is none of its values, and one value."""
    (at, heading), (other, value) = said
    if serial is not None or at != shape.first or not isinstance(heading, str) or len(heading) > _LONGEST_HEADING:
        return False
    if shape.cells[at] in _OF_UNITS or is_ordinal(heading) or may_be_enterprise(heading) or may_be_enterprise(value):
        return False
    if shape.cells[at] in {Cells.TEXT, Cells.ANYTHING} and at in shape.required:
        return is_number(value) and shape.cells[other] in SUMMED_OR_ANY
    return not (shape.cells[at] is Cells.DOCUMENT and any(character.isdigit() for character in heading))


def _doubt(said: Row, serial: Any, shape: Shape) -> Doubt | None:
    """A row of which most is missing may be none."""
    filled = {at for at, _ in said}
    if len(filled & shape.required) * 2 >= len(shape.required):
        return None
    at, cell = said[0]
    if serial is None and all(shape.cells[one] in SUMMED_OR_ANY and is_number(value) for one, value in said):
        return Doubt("like_sums", at, str(cell))
    text = serial if isinstance(serial, str) and not is_ordinal(serial) else cell
    return Doubt("like_a_heading", at, " ".join(str(text).split()))
