"""A workbook that somebody holds beside the sheet made anew of what was published: what its reader finds in a cell, not what is stored.

A number shown with more digits, or with fewer that are the same, is the same; with others it is another.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboards.method.frozen import ABSENT, as_in_a_cell, same_in_a_cell, same_text
from dashboards.results.document_cells import DocumentCells
from dashboards.results.document_marks import MARK_PLACE, address, same_mark, whole
from dashboards.results.exported import Exported, Written
from dashboards.results.report_sheet import published_sheet, without_witness
from dashboards.results.workbook_file import HEAD_ROW, cell_text
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _

Pair = tuple[Any, Any]
Differing = Iterator[tuple[str, Pair]]
_PLACES = {Written.COUNT: 0, Written.AMOUNT: 2, Written.SHARE: 3}
"""Decimals that a published sheet shows of a number; of a share as a fraction of 1."""
_AS_GENERAL = 10
"""Digits of a number that a cell without a format shows, those before the point counted."""
_WIDEST = 30
"""Digits before or behind the point beyond which no figure of ours is read."""
_NUMBERING = re.compile(r"(?:第|页|共|[Pp]age|of|[\s/|,，.。:：·()（）—–-])*")
"""What stands around the number of a page."""
_NOTHING = frozenset({"-", "–", "—"})
"""What formats of amounts show for 0."""


def differing_cells(of: Publication, found: DocumentCells) -> Differing:
    """The cells of a workbook that differ, by their address; of other sheets all that stands there.

    Of a cell that is hidden, looks otherwise and holds another value it is said which value.
    """
    made = published_sheet(of)
    expected, mark = _expected(made)
    (_name, rows), *others = found.sheets
    differing = dict(_values(expected, [_told(without_witness(made))], mark, rows))
    every = {
        **dict(_hidden(found, [*expected, mark])),
        **dict(_hindered(found, [*expected, mark])),
        **dict(_shown_otherwise(expected, found.looks.shown, made)),
        **differing,
    }
    yield from sorted(every.items(), key=lambda one: _order(one[0]))
    yield from _on_pages(found, made.said)
    yield from _on_other_sheets(found, others)


def _order(place: str) -> tuple[int, int, str]:
    """Row by row as they stand, the last line at the end."""
    letters = place.rstrip("0123456789")
    return (int(place[len(letters) :]), len(letters), letters) if letters != place else (sys.maxsize, 0, place)


def _values(
    expected: Sequence[Sequence[Any]], formerly: Sequence[str], mark: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Differing:
    """Cells that hold another value; what the sheet says of itself may be as it was said formerly."""
    for number in range(max(len(expected) + 1, len(rows))):
        own, other = (some[number] if number < len(some) else [] for some in (expected, rows))
        if number == len(expected):
            if not same_mark(mark, [whole(str(cell)) for cell in other if cell is not None]):
                yield MARK_PLACE, (",".join(mark), ",".join(str(cell) for cell in other if cell is not None))
        elif number != _TOLD or list(_different(number, formerly, other)):
            yield from _different(number, own, other)


_TOLD = 1
"""The row in which a sheet says what it is."""


def _expected(made: Exported) -> tuple[list[Sequence[Any]], list[str]]:
    """The rows of the sheet, and its last line."""
    *lines, mark = made.rows
    heads = [one.words for one in made.fields]
    return [[made.title], [_told(made)], heads, *lines], [str(cell) for cell in mark]


def _told(made: Exported) -> str:
    with speaking(LANGUAGES[0]):
        return _("; ").join(made.said)


def _shown_otherwise(expected: Sequence[Sequence[Any]], shown: Mapping[str, str], made: Exported) -> Differing:
    """Cells in which another number is seen than was published, whatever they hold."""
    for row, values in enumerate(expected[HEAD_ROW + 1 :], HEAD_ROW + 1):
        for column, published in enumerate(values):
            text = shown.get(address(row, column))
            if (
                text is not None
                and published not in (None, "")
                and not shows(published, text, made.fields[column].written)
            ):
                yield address(row, column), (published, text or ABSENT)


def shows(published: Any, text: str, written: Written) -> bool:
    """Whether a text is how a published value may be read: all digits that the sheet itself shows of it, or those that are not 0."""
    if isinstance(published, str):
        return same_text(cell_text(published), text)
    value = Decimal(f"{as_in_a_cell(float(published)):.15g}")
    if not value and text in _NOTHING:
        return True
    read = _number(text)
    if read is None:
        return False
    quantum = Decimal(1).scaleb(int(read.as_tuple().exponent))
    if abs(read - value) * 2 > quantum:
        return False
    least = Decimal(1).scaleb(-_places(value, written))
    return quantum <= least or value.quantize(least, ROUND_HALF_UP) == read


def _places(value: Decimal, written: Written) -> int:
    if written in _PLACES:
        return _PLACES[written]
    return max(0, _AS_GENERAL - len(str(int(abs(value)))))


def _number(text: str) -> Decimal | None:
    """A number as it is read, per cent as a fraction of 1; None where it is none."""
    plain = text.replace(",", "")
    try:
        read = Decimal(plain.removesuffix("%"))
    except ArithmeticError:
        return None
    if not read.is_finite() or max(abs(read.adjusted()), abs(int(read.as_tuple().exponent))) > _WIDEST:
        return None
    return read.scaleb(-2) if plain.endswith("%") else read


def _hidden(found: DocumentCells, expected: Sequence[Sequence[Any]]) -> Differing:
    """What was published and nobody sees: a row by its first cell, a column by its head's."""
    heads = expected[HEAD_ROW]
    rows = [(row, 0) for row in found.looks.hidden_rows if row < len(expected)]
    columns = [(HEAD_ROW, column) for column in found.looks.hidden_columns if column < len(heads)]
    for row, column in [*rows, *columns]:
        yield address(row, column), (expected[row][column], _("hidden from sight"))


def _hindered(found: DocumentCells, expected: Sequence[Sequence[Any]]) -> Differing:
    """Cells of which something else is read than they hold, and why."""
    words = {
        "unseen": _("written so that nobody can read it"), "struck": _("struck out"), "repeated": _("repeated across its cell"),
        "format": _("hidden by its format"), "formula": _("a formula, whose result may become another"),
        "condition": _("written otherwise under a condition"), "covered": _("covered by another cell"),
        "above": _("covered by a picture or a note"), "zero": _("a zero that is not shown"),
    }  # fmt: skip
    own = {
        address(row, column): value
        for row, values in enumerate(expected)
        for column, value in enumerate(values)
        if value not in (None, "")
    }
    for place, why in found.looks.hindered.items():
        if place in own or why in {"above", "formula"}:
            yield place, (own.get(place, ABSENT), words[why])


def _on_pages(found: DocumentCells, said: Sequence[str]) -> Differing:
    """What is printed at the head or the foot of pages beside the sheet's own words and the number of the page."""
    place, own = _("head or foot of the pages"), " ".join("".join(said[:1]).split())
    for text in found.looks.printed:
        if not _NUMBERING.fullmatch(text.replace(own, " ")):
            yield place, (own, text)
    if found.looks.printed_picture:
        yield place, (own, _("a picture"))


def _on_other_sheets(found: DocumentCells, others: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> Differing:
    for name, rows in others:
        for number, row in enumerate(rows):
            for place, pair in _different(number, [], row):
                yield f"{name}!{place}", pair
    for name in found.looks.beside:
        yield f"{name}!A1", (ABSENT, _("a sheet that holds no table"))


def _different(number: int, own: Sequence[Any], other: Sequence[Any]) -> Differing:
    for column in range(max(len(own), len(other))):
        pair = tuple(cells[column] if column < len(cells) else None for cells in (own, other))
        if not _same_cell(*pair):
            yield (
                address(number, column),
                (ABSENT if pair[0] is None else pair[0], ABSENT if pair[1] is None else pair[1]),
            )


def _same_cell(published: Any, found: Any) -> bool:
    """Whether a cell is what was published; a number that became a text is the same figure."""
    if published in {None, ""} or found in {None, ""}:
        return published in {None, ""} and found in {None, ""}
    if isinstance(published, str):
        return same_text(cell_text(published), str(found))
    return not isinstance(found, bool) and same_in_a_cell(published, found)
