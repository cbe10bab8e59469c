"""A workbook that somebody holds beside the sheet made anew of what was published: what its reader finds in a cell, not what is stored.

A number shown with more digits, or with fewer that are the same, is the same; with others it is another.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import Any

from dashboards.method.frozen import ABSENT, as_in_a_cell, same_in_a_cell, same_text
from dashboards.results import sheet_chart
from dashboards.results.cell_places import HEAD_ROW, address, cell_text
from dashboards.results.document_cells import CellLooks, ChartLooks, DocumentCells, SheetCells
from dashboards.results.document_marks import MARK_PLACE, same_mark, whole
from dashboards.results.exported import Exported, Field, Written
from dashboards.results.further_sheet import FurtherSheet
from dashboards.results.report_sheet import published_sheet, ways_of, without_witness
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
_TOLD = 1
"""The row in which a sheet says what it is."""


@dataclass(frozen=True, slots=True)
class _Expected:
    """A sheet as it is given out: its rows, its last line (none: it has none), its columns, and what else may be said of it."""

    rows: Sequence[Sequence[Any]]
    mark: Sequence[str]
    fields: Sequence[Field]
    said: Sequence[str]
    formerly: Sequence[str] = ()


def differing_cells(of: Publication, found: DocumentCells, further: Sequence[FurtherSheet] = ()) -> Differing:
    """The cells of a workbook that differ, by their address, beyond its first sheet with the sheet's name; of sheets that are not
    ours all that stands there. ``further``: what is given out beside the first sheet, now that workbooks have several.

    Of a cell that is hidden, looks otherwise and holds another value it is said which value.
    """
    first, *others = found.sheets
    names = {one.name for one in further}
    told = first.rows[_TOLD] if len(first.rows) > _TOLD else []
    heads = first.rows[HEAD_ROW] if len(first.rows) > HEAD_ROW else []
    whole_book = _as_given_out(of, [one.name for one in further], heads)
    if not list(_different(_TOLD, [_told(whole_book)], told)) or any(one.name in names and one.rows for one in others):
        expected, beside = _expected(whole_book), list(further)
    else:
        alone = _as_given_out(of, (), heads)
        expected, beside = _expected(alone, [_told(without_witness(alone))]), []
    yield from _on_sheet(expected, first.rows, first.looks or CellLooks())
    yield from _without_charts(first.looks or CellLooks())
    for one in beside:
        held = next((sheet for sheet in others if sheet.name == one.name), None)
        yield from ((f"{one.name}!{place}", pair) for place, pair in _on_further(one, held))
    yield from _on_other_sheets(found, [one for one in others if one.name not in {each.name for each in beside}])


def _as_given_out(of: Publication, others: Sequence[str], heads: Sequence[Any]) -> Exported:
    """Its first sheet in the way whose headings are nearest to those that are held."""
    ways = [published_sheet(of, others, one) for one in ways_of(of)]
    return min(ways, key=lambda one: len(list(_different(HEAD_ROW, [each.words for each in one.fields], heads))))


def _on_further(one: FurtherSheet, held: SheetCells | None) -> Differing:
    """What differs on a sheet that stands beside the first one."""
    if held is None or held.looks is None:
        yield "A1", (one.table.title, ABSENT if held is None else _("hidden from sight"))
    if held is not None:
        looks = held.looks or CellLooks()
        expected = _expected(one.table)
        yield from _on_sheet(expected, held.rows, looks)
        yield from _without_charts(looks) if one.chart is None else _chart(one, looks.charts, expected)


def _on_sheet(expected: _Expected, rows: Sequence[Sequence[Any]], looks: CellLooks) -> Differing:
    """What differs in the cells of one sheet, and on its pages."""
    seen = [*expected.rows, *([expected.mark] if expected.mark else [])]
    every = {
        **dict(_hidden(looks, seen)),
        **dict(_hindered(looks, seen)),
        **dict(_shown_otherwise(expected, looks.shown)),
        **dict(_values(expected, rows)),
    }
    yield from sorted(every.items(), key=lambda one: _order(one[0]))
    yield from _on_pages(looks, expected.said)


def _without_charts(looks: CellLooks) -> Differing:
    """Charts on a sheet that has none."""
    for one in looks.charts:
        yield address(*one.begins), (ABSENT, _("covered by a picture or a note"))


def _chart(of: FurtherSheet, found: Sequence[ChartLooks], expected: _Expected) -> Differing:
    """What the chart of a sheet tells otherwise, what it covers, and charts beside it."""
    if of.chart is None:
        return
    own = sheet_chart.told(of, of.chart, HEAD_ROW)
    place = _("chart")
    true = next((one for one in found if list(one.lines) == own), found[0] if found else None)
    if true is None:
        yield place, (of.chart.title, ABSENT)
        return
    for number, (line, other) in enumerate(zip_longest(own, true.lines, fillvalue=ABSENT), 1):
        if line != other:
            yield f"{place} {number}", (line, other)
    for row, values in enumerate(expected.rows):
        for column, value in enumerate(values):
            inside = true.begins[0] <= row <= true.ends[0] and true.begins[1] <= column <= true.ends[1]
            if inside and value not in (None, ""):
                yield address(row, column), (value, _("covered by a picture or a note"))
    for one in found:
        if one is not true:
            yield address(*one.begins), (ABSENT, _("covered by a picture or a note"))


def _order(place: str) -> tuple[int, int, str]:
    """Row by row as they stand, the last line at the end."""
    letters = place.rstrip("0123456789")
    return (int(place[len(letters) :]), len(letters), letters) if letters != place else (sys.maxsize, 0, place)


def _values(expected: _Expected, rows: Sequence[Sequence[Any]]) -> Differing:
    """Cells that hold another value; what the sheet says of itself may be as it was said formerly."""
    own_rows, mark = expected.rows, expected.mark
    for number in range(max(len(own_rows) + bool(mark), len(rows))):
        own, other = (some[number] if number < len(some) else [] for some in (own_rows, rows))
        if mark and number == len(own_rows):
            if not same_mark(mark, [whole(str(cell)) for cell in other if cell is not None]):
                yield MARK_PLACE, (",".join(mark), ",".join(str(cell) for cell in other if cell is not None))
        elif number != _TOLD or not expected.formerly or list(_different(number, expected.formerly, other)):
            yield from _different(number, own, other)


def _expected(made: Exported, formerly: Sequence[str] = ()) -> _Expected:
    heads = [one.words for one in made.fields]
    rows = [[made.title], [_told(made)], heads, *made.rows]
    return _Expected(rows, [str(cell) for cell in made.mark], made.fields, made.said, formerly)


def _told(made: Exported) -> str:
    with speaking(LANGUAGES[0]):
        return _("; ").join(made.said)


def _shown_otherwise(expected: _Expected, shown: Mapping[str, str]) -> Differing:
    """Cells in which another number is seen than was published, whatever they hold."""
    for row, values in enumerate(expected.rows[HEAD_ROW + 1 :], HEAD_ROW + 1):
        for column, published in enumerate(values):
            text = shown.get(address(row, column))
            if (
                text is not None
                and published not in (None, "")
                and not shows(published, text, expected.fields[column].written)
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


def _hidden(looks: CellLooks, expected: Sequence[Sequence[Any]]) -> Differing:
    """What was published and nobody sees: a row by its first cell, a column by its head's."""
    heads = expected[HEAD_ROW]
    rows = [(row, 0) for row in looks.hidden_rows if row < len(expected)]
    columns = [(HEAD_ROW, column) for column in looks.hidden_columns if column < len(heads)]
    for row, column in [*rows, *columns]:
        yield address(row, column), (expected[row][column], _("hidden from sight"))


def _hindered(looks: CellLooks, expected: Sequence[Sequence[Any]]) -> Differing:
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
    for place, why in looks.hindered.items():
        if place in own or why in {"above", "formula"}:
            yield place, (own.get(place, ABSENT), words[why])


def _on_pages(looks: CellLooks, said: Sequence[str]) -> Differing:
    """What is printed at the head or the foot of pages beside the sheet's own words and the number of the page."""
    place, own = _("head or foot of the pages"), " ".join("".join(said[:1]).split())
    for text in looks.printed:
        if not _NUMBERING.fullmatch(text.replace(own, " ")):
            yield place, (own, text)
    if looks.printed_picture:
        yield place, (own, _("a picture"))


def _on_other_sheets(found: DocumentCells, others: Sequence[SheetCells]) -> Differing:
    for one in others:
        for number, row in enumerate(one.rows):
            for place, pair in _different(number, [], row):
                yield f"{one.name}!{place}", pair
        looks = one.looks or CellLooks()
        lying = [place for place, why in looks.hindered.items() if why == "above"]
        for place in [*lying, *(address(*each.begins) for each in looks.charts)]:
            yield f"{one.name}!{place}", (ABSENT, _("covered by a picture or a note"))
    for name in found.beside:
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
