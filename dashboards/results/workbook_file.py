"""Tables as .xlsx that a spreadsheet opens and never runs, written row by row: the one writer of all that goes out as .xlsx.

Numbers and days are numbers and days; a text that a spreadsheet would take for a formula gets an apostrophe (``data.harmless``),
for what is a text in .xlsx is one only until somebody saves it as CSV.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from dashboards.method.frozen import as_in_a_cell
from dashboards.results.exported import Exported, Field, Written
from data.harmless import harmless
from data.language import gettext as _

LONGEST_CELL = 32_000
"""Characters that a cell of .xlsx holds."""
WIDEST, NARROWEST = 50, 10
WIDEST_NUMBER = 18
"""A longer head is wrapped."""
HEAD_ROW = 2
"""The row of the columns' heads, counted from 0: title and what is said stand above it, all else below."""
_A4 = 9
_PAGE_WIDE, _SMALLEST = 250, 60
"""Characters that a page can take before they are too small to be read, and per cent of its size at which a wider table goes
on over several pages.
"""


def write_xlsx(made: Exported, file: IO[bytes]) -> None:
    """The workbook: title, what is said of the table, its heads, its rows; set up for printing."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    _name(book, made)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = [book.add_format({"num_format": one.written.value}) for one in made.fields]
    for place, one in enumerate(made.fields):
        sheet.set_column(place, place, _width(one))
    sheet.write_string(0, 0, cell_text(made.title), bold)
    sheet.write_string(1, 0, cell_text(_("; ").join(made.said)))
    for place, one in enumerate(made.fields):
        sheet.write_string(HEAD_ROW, place, cell_text(one.words), head)
    sheet.freeze_panes(HEAD_ROW + 1, made.keys)
    _print_set_up(sheet, made)
    for row, values in enumerate(made.rows, HEAD_ROW + 1):
        for place, value in enumerate(values):
            _write(sheet, row, place, value, formats[place])
    book.close()


def _name(book: Any, made: Exported) -> None:
    """What the document says of itself; without a moment of its own the one at which it is written."""
    told: dict[str, Any] = {"title": made.title}
    if made.made_at is not None:
        told["created"] = made.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(told)
    for name, value in made.properties.items():
        book.set_custom_property(name, value, "text")


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


def cell_text(value: str) -> str:
    """A text as a cell holds it."""
    told: str = harmless(value.encode("utf-8", "replace").decode())
    return told[:LONGEST_CELL]


def _width(field: Field) -> int:
    head = 2 * len(field.words) + 2
    if field.written is Written.TEXT:
        return min(max(NARROWEST, head, 18), WIDEST)
    return min(max(NARROWEST, head), WIDEST_NUMBER)
