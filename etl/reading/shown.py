"""Which cells are shown as something else than what is stored (CONTRACT, What the sheet shows is what counts).

A number whose format writes it as a number (0, 0.00, #,##0.00, with ¥, rounded) stays that number. What a period's label
or a plan's number looks like depends on more: 2022.1 shown as 2022.10 is October, 12.1 shown as 12.10 is another task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from math import isfinite
from typing import Any

from etl.reading.format_sections import Section, Shows
from etl.reading.limits import MOST_ROWS, MOST_SHOWN, Unreadable
from etl.reading.number_format import GENERAL, NumberFormat, number_format
from etl.reading.sheets import Cell, Shown
from etl.reading.shown_moments import counted_from, moment_of

LABELS_WITHIN = 18
"""Rows in which titles and labels stand."""
WRITTEN_WITHIN = 2_000
"""Rows in which 12.10 may be the number of a task; a longer table is a ledger, and its numbers are amounts."""
_MOST_KEPT, _MOST_CODES = 50_000, 4_096
_YEARS = range(1900, 2200)
_SIGNS = str.maketrans("", "", "¥￥+ \u00a0")
_STARTS = frozenset("0123456789.,-+()¥￥—–")
"""What a number that is merely written begins and ends with."""
_PLAIN = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?")
_BRACKETED = re.compile(r"\((.+)\)")
_NOTHING_SHOWN = frozenset({"", "-", "—", "–"})
_YEAR_OR_MONTH = re.compile(r"\d{4}年(?:\d{1,2}月)?")
_NO_DAY_SAYS = re.compile(r"[^\d\s\-/.:：,，年月日号时分秒上下午星期周一二三四五六七八九十〇零○０-９A-Za-z]")
_TOKENS_OF_A_DAY = frozenset({"date", "literal", "/", "."})
_BETWEEN_YEAR_AND_DAY = frozenset("-/.年月日")
_PLAIN_TOKENS = frozenset({"digit", ".", "thousands", "literal"})
_PLAIN_LITERALS = re.compile(r"[¥￥()\-+ ]*")


class Heed(IntEnum):
    """In which rows a format has to be looked at."""

    NOWHERE = 0
    LABELS = 1
    WRITTEN = 2
    EVERYWHERE = 3


def like(row: int) -> int:
    """The first row in which cells are understood as they are in this one (counted from 0)."""
    return 0 if row < LABELS_WITHIN else LABELS_WITHIN if row < WRITTEN_WITHIN else WRITTEN_WITHIN


def number_as_shown(stored: float, text: str, row: int) -> Cell:
    """A number of a row, or that number with what is shown in its place."""
    if text and not (_STARTS.issuperset(text[0]) and _STARTS.issuperset(text[-1])):
        return Shown(stored, text)
    written = text.translate(_SIGNS)
    bracketed = _BRACKETED.fullmatch(written)
    match = _PLAIN.fullmatch(f"-{bracketed[1]}" if bracketed else written)
    if match is None or (match[2] is None and not match[3]):
        return stored if stored == 0 and written in _NOTHING_SHOWN else Shown(stored, text)
    whole, decimals = match[2] or "0", match[3] or ""
    shown = Decimal(f"{match[1]}{whole.replace(',', '')}.{decimals or '0'}")
    exact = Decimal(f"{stored:.15g}")
    if whole[0] == "0" and len(whole) > 1:
        return Shown(stored, text)
    if shown != exact:
        if abs(shown - exact) * 2 > Decimal(1).scaleb(-len(decimals)):
            return Shown(stored, text)
        is_label = row < LABELS_WITHIN and int(stored) in _YEARS
        return Shown(stored, text) if is_label and not stored.is_integer() else stored
    is_written = row < WRITTEN_WITHIN and decimals.endswith("0") and decimals.strip("0") and text == written
    return Shown(stored, text) if is_written and "," not in text else stored


number_known_as_shown = lru_cache(maxsize=4096)(number_as_shown)
"""The same for tables that repeat themselves; asked with a row that ``like`` gives."""


def moment_as_shown(stored: date, text: str, row: int) -> Cell:
    """A day, or among the labels that day with what is shown in its place: a month, a year, or words around it."""
    if row >= LABELS_WITHIN:
        return stored
    written = "".join(text.split())
    if _YEAR_OR_MONTH.fullmatch(written) or _NO_DAY_SAYS.search(written):
        return Shown(counted_from(stored), text, stored)
    return stored


def day_counted(number: float, *, from_1904: bool = False) -> Cell:
    """What a number in a format of days is: a day, a moment, a time of day; the number where no calendar has it."""
    moment = moment_of(number, from_1904=from_1904)
    if moment is None:
        return number
    if 0 < number < 1:
        return moment.time()
    return moment.date() if moment.time() == time.min else moment


class Formats:
    """The number formats of a workbook's styles, by the number of the style.

    ``days_are_known``: whoever reads the cells knows days by their formats already, where that is easy.
    """

    def __init__(self, codes: Sequence[str], *, from_1904: bool = False, days_are_known: bool = True) -> None:
        first = set(islice(dict.fromkeys(codes), _MOST_CODES))  # no honest workbook has more: the others say nothing
        codes = [code if code in first else GENERAL for code in codes]
        self._formats = list(map(number_format, codes))
        heeds = [_heed(code, days_are_known) for code in codes]
        self._heeded = {
            least: frozenset(style for style, heed in enumerate(heeds) if heed >= least) for least in Heed if least
        }
        self._from_1904 = from_1904
        self._left = MOST_SHOWN
        self._known = {row: _Known(self, row) for row in (0, LABELS_WITHIN, WRITTEN_WITHIN)}

    def heeded(self, least: Heed) -> frozenset[int]:
        """The styles that have to be looked at in so many rows."""
        return self._heeded[least]

    def heeded_in(self, row: int) -> frozenset[int]:
        """The styles that have to be looked at in a row (counted from 0)."""
        return self._heeded[
            Heed.LABELS if row < LABELS_WITHIN else Heed.WRITTEN if row < WRITTEN_WITHIN else Heed.EVERYWHERE
        ]

    @property
    def rows_heeded(self) -> int:
        """How many rows have to be looked at, at most."""
        if self._heeded[Heed.EVERYWHERE]:
            return MOST_ROWS
        return WRITTEN_WITHIN if self._heeded[Heed.WRITTEN] else LABELS_WITHIN if self._heeded[Heed.LABELS] else 0

    def cell(self, style: int, stored: Cell, row: int) -> Cell:
        """What is read of a cell of a row."""
        return self.in_rows_like(like(row))[style, stored] if stored.__class__ is not bool else stored

    def in_rows_like(self, row: int) -> Mapping[tuple[int, Cell], Cell]:
        """(style, what is stored) → what is read, in rows like this one. Sheets repeat themselves: each is understood once."""
        return self._known[row]

    def count_characters(self, characters: int) -> None:
        """A format is written once and shown with every number: so much as no ledger shows is too large."""
        self._left -= characters
        if self._left < 0:
            raise Unreadable("too_large")

    def understood(self, style: int, stored: Cell, row: int) -> Cell:
        """What is read of a cell, looked at anew."""
        format_ = self._formats[style]
        if stored.__class__ is str:
            return format_.shown_text(stored).strip() or stored if stored else stored
        if isinstance(stored, timedelta) or format_.is_span:
            return stored
        if isinstance(stored, date | time) and not format_.is_date:
            stored = self._number(stored)  # a reader took a letter of the format for a day's
        if isinstance(stored, int | float) and format_.is_date:
            stored = day_counted(stored, from_1904=self._from_1904)
        if isinstance(stored, date):
            moment = stored if isinstance(stored, datetime) else datetime.combine(stored, time.min)
            return moment_as_shown(stored, format_.shown_moment(moment), row)
        if isinstance(stored, int | float) and isfinite(stored):
            shown = number_as_shown(float(stored), format_.shown(stored), row)
            return shown if shown.__class__ is Shown else stored
        return stored

    def _number(self, stored: date | time) -> float:
        if isinstance(stored, time):
            return timedelta(hours=stored.hour, minutes=stored.minute, seconds=stored.second) / timedelta(days=1)
        return counted_from(stored, from_1904=self._from_1904)


class _Known(dict[tuple[int, Cell], Cell]):
    """What is read of cells in rows of one sort; what is asked for the first time is looked at."""

    def __init__(self, formats: Formats, row: int) -> None:
        super().__init__()
        self._formats = formats
        self._row = row

    def __missing__(self, key: tuple[int, Cell]) -> Cell:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[key] = self._formats.understood(*key, self._row)
        if found.__class__ is Shown:
            self._formats.count_characters(len(found.text))
        return found


@lru_cache(maxsize=4096)
def _heed(code: str, days_are_known: bool) -> Heed:
    format_ = number_format(code)
    if code in {"", GENERAL, "@"} or format_.is_span:
        return Heed.NOWHERE
    if format_.of_texts is not None and format_.of_texts.literals:
        return Heed.EVERYWHERE
    if format_.is_date:
        if not days_are_known or not _surely_a_day(code):
            return Heed.EVERYWHERE
        return Heed.NOWHERE if _is_whole_day(format_) else Heed.LABELS
    zero = format_.sections[2:]
    hides_zeros = zero and zero[0].shows is Shows.LITERAL and zero[0].literals in _NOTHING_SHOWN
    if _surely_a_day(code) or not all(map(_is_plain, format_.sections[:2] if hides_zeros else format_.sections)):
        return Heed.EVERYWHERE
    decimals = max(map(_decimals, format_.sections))
    grouped = any(token.kind == "thousands" for section in format_.sections for token in section.tokens)
    return Heed.WRITTEN if decimals > 1 and not grouped else Heed.LABELS


def _is_whole_day(format_: NumberFormat) -> bool:
    """Whether it shows year, month and day in that order and nothing else of meaning: then a day is shown as that day."""
    section = format_.sections[0]
    dates = "".join(token.text[0].lower() for token in section.tokens if token.kind == "date")
    return (
        len(format_.sections) == 1
        and section.numerals == section.locale == 0
        and {token.kind for token in section.tokens} <= _TOKENS_OF_A_DAY
        and dates == "ymd"
        and section.tokens[0].text.lower() == "yyyy"
        and _BETWEEN_YEAR_AND_DAY.issuperset(section.literals)
    )


def _surely_a_day(code: str) -> bool:
    """Whether a reader that only looks for letters outside quotes and brackets takes this for a day's format."""
    first = re.split(r";", re.sub(r'"[^"]*"?|\\.|_.|\[[^\]]*\]', "", code))[0]
    letters = re.search(r"[admhys]", first, re.IGNORECASE)
    return letters is not None and letters[0] not in "aA"


def _is_plain(section: Section) -> bool:
    """Whether it shows a number as that number, at most rounded, without anything of meaning around it."""
    if section.shows is Shows.GENERAL:
        return not section.literals and not section.numerals
    if section.shows is not Shows.NUMBER or section.numerals or section.condition is not None:
        return False
    point = next((place for place, token in enumerate(section.tokens) if token.kind == "."), len(section.tokens))
    zeros = sum(1 for token in section.tokens[:point] if token.kind == "digit" and token.text == "0")
    apart = "".join("x" if token.kind in {"digit", "thousands", "."} else " " for token in section.tokens).split()
    return (
        all(token.kind in _PLAIN_TOKENS for token in section.tokens)
        and zeros <= 1
        and len(apart) == 1
        and _PLAIN_LITERALS.fullmatch(section.literals) is not None
    )


def _decimals(section: Section) -> int:
    point = next((place for place, token in enumerate(section.tokens) if token.kind == "."), len(section.tokens))
    return sum(1 for token in section.tokens[point:] if token.kind == "digit")


Noted = tuple[tuple[int, int], ...]
"""(column, style) of some cells of one row."""


class NotedCells:
    """Cells of a sheet whose formats have to be looked at. Rows that are alike are noted as one."""

    def __init__(self) -> None:
        self.rows: dict[int, Noted] = {}
        self._alike: dict[Noted, Noted] = {}
        self._row = -1
        self._styles: dict[int, int] = {}

    def note(self, row: int, column: int, style: int) -> None:
        """One more cell."""
        if row != self._row:
            self.end_row()
            self._row = row
        self._styles[column] = style

    def end_row(self) -> None:
        """All cells of the row have been noted."""
        if self._styles:
            before = self.rows.get(self._row)
            cells = tuple(({**dict(before), **self._styles} if before else self._styles).items())
            self.rows[self._row] = self._alike.setdefault(cells, cells)
            self._styles = {}


def as_shown(rows: Iterator[Sequence[Any]], noted: Mapping[int, Noted], formats: Formats) -> Iterator[Sequence[Any]]:
    """The first rows of a sheet, down to the last noted cell, with what is shown in the noted ones; the others follow."""
    known = formats.in_rows_like(0)
    for number, row in enumerate(islice(rows, max(noted, default=-1) + 1)):
        if number in (LABELS_WITHIN, WRITTEN_WITHIN):
            known = formats.in_rows_like(number)
        cells = noted.get(number)
        if cells is None:
            yield row
            continue
        changed = list(row)
        for column, style in cells:
            if column < len(changed):
                stored = changed[column]
                if stored != "" and stored.__class__ is not bool:
                    changed[column] = known[style, stored]
        yield changed
