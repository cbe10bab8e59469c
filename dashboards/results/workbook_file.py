"""Tables as .xlsx that a spreadsheet opens and never runs, written row by row: the one writer of all that goes out as .xlsx.

Numbers and days are numbers and days; a text that a spreadsheet would take for a formula gets an apostrophe (``data.harmless``),
for what is a text in .xlsx is one only until somebody saves it as CSV.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil
from typing import IO, Any

from dashboards.method.frozen import as_in_a_cell
from dashboards.results import sheet_chart
from dashboards.results.cell_places import HEAD_ROW, cell_text
from dashboards.results.exported import Exported, Field, Written
from dashboards.results.further_sheet import FurtherSheet
from data.language import gettext as _

WIDEST, NARROWEST = 50, 10
WIDEST_NUMBER = 18
"""A longer head was wrapped formerly."""
_WIDTHS = {
    Written.COUNT: 9.0, Written.NUMBER: 11.0, Written.SHARE: 10.0, Written.AMOUNT: 12.0, Written.DAY: 12.0, Written.MOMENT: 17.0,
}  # fmt: skip
"""Of columns of figures and days: their heads are wrapped."""
_A4 = 9
_PAGE_WIDE, _SMALLEST = 250, 60
"""Characters that a page can take before they are too small to be read, and per cent of its size at which a wider table goes
on over several pages.
"""
_TOLD_WIDE = 110
"""Characters of a line above a table; what is said of it goes on below where it is longer."""
_LINE, _LETTER, _PIXELS = 15.0, 7, 20
"""The height of a line in points; pixels of a character, and of a line."""
_BUTTON, _BETWEEN = 16.0, 4.0
"""Points below the words of a head for its button, and those between the lines of a ruled table."""
_ROOM = 1.15
"""By how much letters may be wider than they are counted: each machine has its own."""
_MOST_HEIGHTS = 5_000
"""Rows whose height is told: every one that is takes memory, and nobody prints more."""
_ON_ONE_PAGE = 52
"""Lines that are put on one page with their chart."""
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}
_WORD = re.compile(r"[!-~]+|.")
_GREY, _LIGHT, _SOFT = "A6A6A6", "F2F2F2", "595959"


def write_xlsx(made: Exported, file: IO[bytes], further: Sequence[FurtherSheet] = ()) -> None:
    """The workbook: title, what is said of the table, its heads, its rows, set up for printing; and the sheets that stand beside it."""
    import xlsxwriter

    options: dict[str, Any] = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    if not made.as_formerly:
        options["default_format_properties"] = {"font_name": sheet_chart.FACE, "font_size": 11}
    book = xlsxwriter.Workbook(file, options)
    _name(book, made)
    _write_table(book, book.add_worksheet((made.sheet or _("all columns (sheet)")) if further else None), made)
    for one in further:
        _write_further(book, one)
    book.close()


def _name(book: Any, made: Exported) -> None:
    """What the document says of itself; without a moment of its own the one at which it is written."""
    told: dict[str, Any] = {"title": made.title}
    if made.made_at is not None:
        told["created"] = made.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(told)
    for name, value in made.properties.items():
        book.set_custom_property(name, value, "text")


def _write_table(book: Any, sheet: Any, made: Exported) -> None:
    """A table as it is: its heads in bold, nothing ruled."""
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = [book.add_format(_plain(one, made)) for one in made.fields]
    widths = _widths(made)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, cell_text(made.title), bold)
    if made.as_formerly:
        sheet.write_string(1, 0, cell_text(_("; ").join(made.said)))
    else:
        _say(sheet, made, widths, book.add_format({"text_wrap": True, "valign": "top"}))
    _write_heads(sheet, made, widths, head)
    last = HEAD_ROW
    for last, values in enumerate(made.rows, HEAD_ROW + 1):
        lines = 1 if made.as_formerly or last > _MOST_HEIGHTS else _lines(values, widths)
        if lines > 1:
            sheet.set_row(last, _LINE * lines + _BETWEEN)
        for place, value in enumerate(values):
            _write(sheet, last, place, value, formats[place])
    of_mark = [book.add_format({"num_format": one.written.value}) for one in made.fields]
    for place, text in enumerate(made.mark):
        _write(sheet, last + 1, place, text, of_mark[place])
    _print_set_up(sheet, made, widths)
    if not made.as_formerly:
        _filter(sheet, widths, last)
        sheet.print_area(0, 0, last + bool(made.mark), max(len(widths) - 1, 0))


def _plain(field: Field, made: Exported) -> dict[str, Any]:
    """How a column is written; its texts go on below, for beyond the next column and the page nobody sees them."""
    written = {"num_format": field.written.value}
    if made.as_formerly:
        return written
    return {**written, "valign": "vcenter", "text_wrap": field.written is Written.TEXT}


def _write_further(book: Any, of: FurtherSheet) -> None:
    """A sheet for people: ruled, its figures in the middle, its chart below."""
    sheet, made = book.add_worksheet(of.name), of.table
    widths = _widths(made)
    ruled = {"border": 1, "border_color": f"#{_GREY}", "text_wrap": True}
    head = book.add_format({**ruled, "bold": True, "align": "center", "valign": "top", "bg_color": f"#{_LIGHT}"})
    formats = [book.add_format({**ruled, "valign": "vcenter", **_aligned(one)}) for one in made.fields]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 24)
    sheet.write_string(
        0, 0, cell_text(made.title), book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
    )
    _say(
        sheet,
        made,
        widths,
        book.add_format({"text_wrap": True, "valign": "top", "font_size": 9, "font_color": f"#{_SOFT}"}),
    )
    _write_heads(sheet, made, widths, head)
    last = HEAD_ROW
    for last, values in enumerate(made.rows, HEAD_ROW + 1):
        sheet.set_row(last, _LINE * _lines(values, widths) + _BETWEEN)
        for place, value in enumerate(values):
            _write(sheet, last, place, value, formats[place])
    _filter(sheet, widths, last)
    _print_set_up(sheet, made, widths)
    if of.chart is not None:
        chart = sheet_chart.drawn(book, of, of.chart, HEAD_ROW, round(sum(widths) * _LETTER))
        sheet.insert_chart(last + 2, 0, chart, {"object_position": 2})
        ends = last + 2 + -(-sheet_chart.height(of.chart) // _PIXELS)
        if ends <= _ON_ONE_PAGE:
            sheet.fit_to_pages(1, 1)
        else:
            sheet.set_h_pagebreaks([last + 1])
        last = ends
    sheet.print_area(0, 0, last, len(widths) - 1)


def _aligned(field: Field) -> dict[str, Any]:
    centred = field.centred or field.written is not Written.TEXT
    return {"align": "center" if centred else "left", "num_format": field.written.value}


def _write_heads(sheet: Any, made: Exported, widths: Sequence[float], form: Any) -> None:
    """The heads, which stay in sight; below the words of each is room for its button."""
    heads = [cell_text(one.words) for one in made.fields]
    if not made.as_formerly:
        sheet.set_row(HEAD_ROW, _LINE * _lines(heads, widths) + _BUTTON)
    for place, text in enumerate(heads):
        sheet.write_string(HEAD_ROW, place, text, form)
    sheet.freeze_panes(HEAD_ROW + 1, made.keys)


def _say(sheet: Any, made: Exported, widths: Sequence[float], form: Any) -> None:
    """What is said of a table, over as many of its columns as a line is wide, and over several lines where it is long; of a table
    that goes on over several pages over those that stand on each.
    """
    text = cell_text(_("; ").join(made.said))
    sums = list(accumulate(widths))
    last = next((place for place, wide in enumerate(sums) if wide >= _TOLD_WIDE), len(widths) - 1)
    if _goes_on(made, widths):
        last = made.keys - 1
    sheet.set_row(1, _LINE * _lines_said(text, sums[last] if sums else _TOLD_WIDE))
    if last > 0:
        sheet.merge_range(1, 0, 1, last, "", form)
    sheet.write_string(1, 0, text, form)


def _goes_on(made: Exported, widths: Sequence[float]) -> bool:
    """Whether a table is too wide to be read on one page."""
    return sum(widths) > _PAGE_WIDE and made.keys > 0


def _lines(values: Sequence[Any], widths: Sequence[float]) -> int:
    """How many lines a row is high: those of its longest text in its column. It is told, for not every program finds it by itself."""
    most = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str) and (2 * len(value) > width or "\n" in value):
            # in this writing a Chinese letter is two, as it is twice as wide as others
            letters = [len(line.encode("gb18030", "replace")) for line in value.splitlines()]
            most = max(most, sum(max(1, ceil((one - 1) / width)) for one in letters))
    return most


def _lines_said(text: str, width: float) -> int:
    """Lines of a text with hashes, which are never broken."""
    lines, filled, room = 1, 0.0, width - 1
    for word in _WORD.findall(text):
        wide = sum(_ROOM if letter.isascii() else 2 for letter in word)
        if filled and filled + wide > room:
            lines, filled = lines + 1, 0.0
        more, filled = divmod(filled + wide, room)
        lines += int(more)
    return lines


def _filter(sheet: Any, widths: Sequence[float], last: int) -> None:
    if widths:
        sheet.autofilter(HEAD_ROW, 0, last, len(widths) - 1)


def _print_set_up(sheet: Any, made: Exported, widths: Sequence[float]) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(0, HEAD_ROW)
    if _goes_on(made, widths):
        sheet.set_print_scale(_SMALLEST)
        sheet.repeat_columns(0, made.keys - 1)
    else:
        sheet.fit_to_pages(1, 0)
    stamp = "".join(made.said[:1]).replace("&", "&&")
    sheet.set_footer(f"&L{stamp}&R&P / &N")
    if not made.as_formerly:
        sheet.set_margins(**_MARGINS)


def _write(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    match value:
        case None:
            return
        case bool() | str():
            sheet.write_string(row, place, cell_text(str(value)), form)
        case int() | float() | Decimal() | Fraction():
            sheet.write_number(row, place, as_in_a_cell(float(value)), form)
        case _:
            sheet.write_datetime(row, place, value, form)


def _widths(made: Exported) -> list[float]:
    """Of the columns, in characters."""
    return [(_former_width if made.as_formerly else _width)(one) for one in made.fields]


def _width(field: Field) -> float:
    if field.width is not None:
        return field.width
    if field.written is Written.TEXT:
        return _former_width(field)
    return _WIDTHS[field.written]


def _former_width(field: Field) -> float:
    head = 2 * len(field.words) + 2
    if field.written is Written.TEXT:
        return min(max(NARROWEST, head, 18), WIDEST)
    return min(max(NARROWEST, head), WIDEST_NUMBER)
