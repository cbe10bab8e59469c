"""Whole columns of cells → texts, choices and flags, and the problems among them; days, numbers and codes have modules of their own.

Ledgers repeat themselves (31 days, a dozen sectors), so every writing is understood once and remembered. What a person sees is
what counts: of a number whose format shows something else (``Shown``) the text, and of a text what is visible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from data.harmless import as_typed
from data.zone.normal import compact, has_marks, has_unseen, plain, visible
from etl.reading.sheets import SheetColumn, Shown

T = TypeVar("T")

EMPTY = frozenset({"", "无", "/", "—", "——", "-", "--", "―", "–", "\\"})
_LONGEST_EMPTY = max(map(len, EMPTY))
"""Of what is longer without its blanks none becomes one of these: NFKC makes none of their characters out of several."""
LONGEST_NAME = 1_000
LONGEST_TEXT = 5_000
"""Characters of what names something (an enterprise, a measure) and of what is only told, after NFKC, which makes eighteen of some."""
_MOST_OF_ONE = 18
DIGITS_LOST_FROM = 10**15
"""From here on a number in a cell has lost digits: spreadsheets keep 15."""
LONGEST_UNDERSTOOD = 1_000
"""Of what is longer nothing is a day, a number or a choice, whatever blanks stand around it: it is not looked at any closer."""
_YES = frozenset({"是", "√", "✓", "✔", "✅", "有", "Y", "YES", "1", "TRUE", "☑", "对"})
_NO = frozenset({"否", "×", "✗", "✘", "✕", "✖", "╳", "❌", "X", "无", "N", "NO", "0", "FALSE", "☐", "没有"})
ERROR_VALUES = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)


@dataclass(slots=True)
class Checked(Generic[T]):
    """A column after checking: values (None where empty or wrong), and (index, code, parameters) of what is wrong."""

    values: list[T | None]
    problems: list[tuple[int, str, dict[str, str | int]]] = field(default_factory=list)


class Refusal(NamedTuple):
    """Why a cell is wrong: the problem's code, and what its sentence needs to know."""

    code: str
    parameters: dict[str, str | int]


class Wrong(Exception):
    """A cell's writing cannot be understood; raised by what understands a cell, caught by what reads a column."""

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


def check_column(column: SheetColumn, understand: Callable[[Any], T | None]) -> Checked[T]:
    """Understand every cell of a column; each writing once. An error value (``#REF!``) is a formula_error everywhere.

    Of what is wrong no more is kept than why: an exception holds on to everything that its raising saw.
    """
    understood: list[Any] = [None] * len(column.cells)
    refusals: dict[tuple[Any, ...], Refusal] = {}
    wrong = False
    for code in set(column.codes):
        cell = column.cells[code]
        try:
            understood[code] = understand(cell)
        except Wrong as refused:
            why = refused.code, tuple(refused.parameters.items())
            understood[code] = refusals.setdefault(why, Refusal(refused.code, refused.parameters))
            wrong = True
    if not ERROR_VALUES.isdisjoint(column.cells):
        wrong = True
        for code, cell in enumerate(column.cells):
            if cell in ERROR_VALUES:
                understood[code] = Refusal("formula_error", {})
    values: list[Any] = list(map(understood.__getitem__, column.codes))
    if not wrong:
        return Checked(values)
    problems = []
    for index, found in enumerate(values):
        if found.__class__ is Refusal:
            problems.append((index, found.code, found.parameters))
            values[index] = None
    return Checked(values, problems)


def seen(cell: Any) -> Any:
    """The cell, or the text that its format shows instead of its number; of a day of which it shows a part that day."""
    if cell.__class__ is Shown:
        return cell.text if cell.day is None else cell.day
    return cell


def is_empty(cell: Any) -> bool:
    """Whether a cell says nothing: blank, 无, /, — and the like."""
    cell = seen(cell)
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > LONGEST_UNDERSTOOD:
        cell = cell.strip()
    if not cell or len(cell) > LONGEST_UNDERSTOOD:
        return not cell
    return len(said := visible(cell).strip()) <= _LONGEST_EMPTY and plain(said) in EMPTY


def says(cell: Any) -> str:
    """What stands in a cell that is empty: 无, a dash, or nothing."""
    return plain(written) if isinstance(written := seen(cell), str) else ""


def told(cell: Any) -> tuple[str | None, bool]:
    """What is quoted of a cell that is wrong, as far as anybody reads it, and whether characters stand in it that nobody sees."""
    return _told(cell[:LONGEST_UNDERSTOOD] if is_long(cell) else cell)


@lru_cache(maxsize=256, typed=True)
def _told(cell: Any) -> tuple[str | None, bool]:
    """The same rubbish may stand in every row."""
    return text(cell) or says(cell) or None, isinstance(written := seen(cell), str) and has_unseen(written)


def is_long(cell: Any) -> bool:
    """Whether it is a text too long to be a day, a number or a choice."""
    return isinstance(cell, str) and len(cell) > LONGEST_UNDERSTOOD


def text(cell: Any) -> str | None:
    """A text as it is seen, without blanks around it; a whole number without its ``.0``.

    The apostrophe before what looks like a formula is ours (``data.harmless``): our template comes back with it.
    """
    cell = seen(cell)
    if isinstance(cell, str):
        written = visible(cell).strip()
        if len(written) <= _LONGEST_EMPTY and plain(written) in EMPTY:
            return None
        written = written.replace("\0", "").strip() if "\0" in written else written
        return as_typed(written) if written.startswith("'") else written
    if cell is None:
        return None
    if isinstance(cell, float):
        return digits(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return str(cell)


def digits(number: float) -> str:
    """A number as spreadsheets show it, with 15 digits: what lies behind them is how computers keep fractions."""
    return str(int(number)) if number.is_integer() else f"{number:.15g}"


def text_up_to(longest: int) -> Callable[[Any], str | None]:
    """A text as it is seen; Wrong('bad_choice') where it is longer than this in ordinary characters."""
    surely_short = longest // _MOST_OF_ONE

    def understand(cell: Any) -> str | None:
        written = text(cell)
        if written is not None and len(written) > surely_short and len(plain(written[: longest + 1])) > longest:
            raise Wrong("bad_choice", longest=longest)
        return written

    return understand


def flag(cell: Any) -> bool | None:
    """是 or 否 in any of their writings (无 is 否 here); an empty cell is None."""
    cell = seen(cell)
    if isinstance(cell, bool):
        return cell
    if is_long(cell) or (isinstance(cell, str) and has_marks(cell)):
        raise Wrong("bad_choice", choices="是、否")
    written = plain(cell).upper() if isinstance(cell, str) else text(cell) or ""
    if written in _YES:
        return True
    if written in _NO:
        return False
    if written in EMPTY:
        return None
    raise Wrong("bad_choice", choices="是、否")


def choice(
    choices: Iterable[str], other_words: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Any], str | None]:
    """One of a few words, or another word for one, written exactly but for width and blanks."""
    listed = tuple(choices)
    known = {compact(one): one for one in listed} | {compact(word): one for word, one in other_words.items()}

    def understand(cell: Any) -> str | None:
        cell = seen(cell)
        if is_empty(cell):
            return None
        found = None if is_long(cell) else known.get(compact(str(cell)))
        if found is None:
            raise Wrong("bad_choice", choices="、".join(listed))
        return found

    return understand


def several(
    choices: Iterable[str], other_words: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Any], str | None]:
    """Some of a few words of one character, or other words for them, separated as ``people`` are or not at all.

    Each once, in the order of the choices, joined by 、.
    """
    listed = tuple(choices)
    one = choice(listed, other_words)

    def understand(cell: Any) -> str | None:
        cell = seen(cell)
        if is_empty(cell):
            return None
        if is_long(cell):
            raise Wrong("bad_choice", choices="、".join(listed))
        words = people(str(cell))
        found = {one(each) for word in words for each in (word if set(word) <= set(listed) else (word,))}
        return "、".join(each for each in listed if each in found) or None

    return understand


def named(names: Mapping[str, str], titles: Iterable[str]) -> Callable[[Any], str | None]:
    """A code looked up by any of its names (sectors, units)."""
    listed = "、".join(titles)

    def understand(cell: Any) -> str | None:
        cell = seen(cell)
        if is_empty(cell):
            return None
        written = "" if is_long(cell) else compact(str(cell))
        found = names.get(written) or names.get(written.lower())
        if found is None:
            raise Wrong("bad_choice", choices=listed)
        return found

    return understand


_PEOPLE = re.compile(r"[、,;/\s]+")


def people(written: str) -> list[str]:
    """Names separated by 、 ， ； ; / or blanks; of a text that is no list of a party but a whole page, those at its beginning."""
    return [name for name in _PEOPLE.split(plain(written[:LONGEST_UNDERSTOOD])) if name]
