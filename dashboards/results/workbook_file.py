"""Tables as .xlsx that a spreadsheet opens and never runs, written row by row: the one writer of all that goes out as .xlsx.

Numbers and days are numbers and days; a text that a spreadsheet would take for a formula gets an apostrophe (``data.harmless``),
for what is a text in .xlsx is one only until somebody saves it as CSV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from dashboards.method.frozen import as_in_a_cell
from dashboards.results import sheet_chart
from dashboards.results.cell_places import HEAD_ROW, cell_text
from dashboards.results.exported import Exported, Field, Written
from dashboards.results.further_sheet import FurtherSheet
from data.language import gettext as _

WIDEST, NARROWEST = 50, 10
WIDEST_NUMBER = 18
"""A longer head is wrapped."""
_A4 = 9
_PAGE_WIDE, _SMALLEST = 250, 60
"""Characters that a page can take before they are too small to be read, and per cent of its size at which a wider table goes
on over several pages.
"""
_TOLD_WIDE = 110
"""Characters of a line above a table; what is said of it goes on below where it is longer."""
_LINE, _LETTER, _PIXELS = 15.0, 7, 20
"""The height of a line in points; pixels of a character, and of a line."""
_BUTTON = 16.0
"""Points below the words of a head for its button."""
_ON_ONE_PAGE = 52
"""Lines that are put on one page with their chart."""
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}
_GREY, _LIGHT = "#A6A6A6", "#F2F2F2"
Formats = Mapping[Written, Any]


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
    _write_table(book, book.add_worksheet(_("all columns (sheet)") if further else None), made)
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
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        one: book.add_format({"num_format": one.value}) for one in dict.fromkeys(each.written for each in made.fields)
    }
    for place, one in enumerate(made.fields):
        sheet.set_column(place, place, _width(one))
    sheet.write_string(0, 0, cell_text(made.title), bold)
    if made.as_formerly:
        sheet.write_string(1, 0, cell_text(_("; ").join(made.said)))
    else:
        _say(sheet, made, book.add_format({"text_wrap": True, "valign": "top"}))
        sheet.set_row(HEAD_ROW, _head_height(made))
    last = _write_rows(sheet, made, head, formats)
    _print_set_up(sheet, made)
    if not made.as_formerly:
        _filter(sheet, made, last)
        sheet.print_area(0, 0, last + bool(made.mark), _last_column(made))


def _write_further(book: Any, of: FurtherSheet) -> None:
    """A sheet for people: ruled, its figures in the middle, its chart below."""
    sheet, made = book.add_worksheet(of.name), of.table
    ruled = {"border": 1, "border_color": _GREY, "valign": "vcenter"}
    head = book.add_format(
        {**ruled, "bold": True, "align": "center", "valign": "top", "text_wrap": True, "bg_color": _LIGHT}
    )
    kinds = dict.fromkeys(one.written for one in made.fields)
    formats = {one: book.add_format({**ruled, **_aligned(one), "num_format": one.value}) for one in kinds}
    for place, one in enumerate(made.fields):
        sheet.set_column(place, place, _width(one))
    sheet.set_row(0, 24)
    sheet.write_string(
        0, 0, cell_text(made.title), book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
    )
    _say(sheet, made, book.add_format({"text_wrap": True, "valign": "top", "font_size": 9, "font_color": "#595959"}))
    sheet.set_row(HEAD_ROW, _head_height(made))
    last = _write_rows(sheet, made, head, formats)
    _filter(sheet, made, last)
    _print_set_up(sheet, made)
    if of.chart is not None:
        wide = round(sum(map(_width, made.fields)) * _LETTER)
        chart = sheet_chart.drawn(book, of, of.chart, HEAD_ROW, wide)
        sheet.insert_chart(last + 2, 0, chart, {"object_position": 2})
        last += 2 + -(-sheet_chart.height(of.chart) // _PIXELS)
        if last <= _ON_ONE_PAGE:
            sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, last, _last_column(made))


def _aligned(written: Written) -> dict[str, Any]:
    return {"text_wrap": True, "align": "left"} if written is Written.TEXT else {"align": "center"}


def _write_rows(sheet: Any, made: Exported, head: Any, formats: Formats) -> int:
    """Heads, rows and the last line; the last row of the table, counted from 0."""
    for place, one in enumerate(made.fields):
        sheet.write_string(HEAD_ROW, place, cell_text(one.words), head)
    sheet.freeze_panes(HEAD_ROW + 1, made.keys)
    forms, row = [formats[one.written] for one in made.fields], HEAD_ROW
    for row, values in enumerate(made.rows, HEAD_ROW + 1):  # the last of them is told
        for place, value in enumerate(values):
            _write(sheet, row, place, value, forms[place])
    for place, text in enumerate(made.mark):
        _write(sheet, row + 1, place, text, forms[place])
    return row


def _say(sheet: Any, made: Exported, form: Any) -> None:
    """What is said of a table, over as many of its columns as a line is wide, and over several lines where it is long."""
    text, wide, last = cell_text(_("; ").join(made.said)), 0.0, -1
    while last < _last_column(made) and wide < _TOLD_WIDE:
        last += 1
        wide += _width(made.fields[last]) if made.fields else NARROWEST
    letters = sum(1 if letter.isascii() else 2 for letter in text)
    sheet.set_row(1, _LINE * -(-letters // max(round(wide) - 2, NARROWEST)))
    if last > 0:
        sheet.merge_range(1, 0, 1, last, "", form)
    sheet.write_string(1, 0, text, form)


def _head_height(made: Exported) -> float:
    """Of the row of heads, in points: as many lines as the longest head takes in its column, and its button below."""
    lines = [-(-(2 * len(one.words)) // max(round(_width(one)) - 1, 1)) for one in made.fields]
    return _LINE * max([*lines, 1]) + _BUTTON


def _filter(sheet: Any, made: Exported, last: int) -> None:
    if made.fields:
        sheet.autofilter(HEAD_ROW, 0, last, _last_column(made))


def _last_column(made: Exported) -> int:
    return max(len(made.fields) - 1, 0)


def _print_set_up(sheet: Any, made: Exported) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(0, HEAD_ROW)
    if sum(map(_width, made.fields)) <= _PAGE_WIDE or not made.keys:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(_SMALLEST)
        sheet.repeat_columns(0, made.keys - 1)
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


def _width(field: Field) -> float:
    if field.width is not None:
        return field.width
    head = 2 * len(field.words) + 2
    if field.written is Written.TEXT:
        return min(max(NARROWEST, head, 18), WIDEST)
    return min(max(NARROWEST, head), WIDEST_NUMBER)
