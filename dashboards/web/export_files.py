"""Tables as files that a spreadsheet opens and never runs: .xlsx and CSV, written row by row, on disk where they are large.

Numbers and days are numbers and days; a text that a spreadsheet would take for a formula gets an apostrophe (``data.harmless``),
for what is a text in .xlsx is one only until somebody saves it as CSV.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import IO, Any

import xlsxwriter

from dashboards.components.exports import Exported, Field, Written
from dashboards.components.numbers import percent
from data.harmless import harmless
from data.language import gettext as _
from data.printing import csv_line

IN_MEMORY = 4 * 2**20
LONGEST_CELL = 32_000
"""Characters that a cell of .xlsx holds."""
WIDEST, NARROWEST = 50, 10


def as_xlsx(made: Exported) -> IO[bytes]:
    """The workbook: title, what is said of the table, its heads, its rows. Whoever sends it closes it."""
    return _kept(made, _write_xlsx)


def as_csv(made: Exported) -> IO[bytes]:
    """The same as CSV, which says that it is UTF-8."""
    return _kept(made, _write_csv)


def _kept(made: Exported, write: Callable[[Exported, IO[bytes]], None]) -> IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # it is sent after this
    try:
        write(made, file)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _write_xlsx(made: Exported, file: IO[bytes]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = [book.add_format({"num_format": one.written.value}) for one in made.fields]
    for place, one in enumerate(made.fields):
        sheet.set_column(place, place, _width(one))
    sheet.write_string(0, 0, _text(made.title), bold)
    sheet.write_string(1, 0, _text(_("; ").join(made.said)))
    for place, one in enumerate(made.fields):
        sheet.write_string(2, place, _text(one.words), head)
    sheet.freeze_panes(3, 0)
    for row, values in enumerate(made.rows, 3):
        for place, value in enumerate(values):
            _write(sheet, row, place, value, formats[place])
    book.close()


def _write_csv(made: Exported, file: IO[bytes]) -> None:
    file.write(b"\xef\xbb\xbf")
    for line in ([made.title], [_("; ").join(made.said)], [one.words for one in made.fields]):
        file.write(csv_line(line).encode("utf-8", "replace"))
    for values in made.rows:
        cells = [_plain(value, one) for value, one in zip(values, made.fields, strict=True)]
        file.write(csv_line(cells).encode("utf-8", "replace"))


def _write(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    match value:
        case None:
            return
        case bool() | str():
            sheet.write_string(row, place, _text(str(value)), form)
        case int() | float() | Decimal() | Fraction():
            sheet.write_number(row, place, float(value), form)
        case _:
            sheet.write_datetime(row, place, value, form)


def _text(value: str) -> str:
    """A text as a cell holds it."""
    told: str = harmless(value.encode("utf-8", "replace").decode())
    return told[:LONGEST_CELL]


def _plain(value: Any, field: Field) -> Any:
    """A value as CSV has it; spreadsheets read these as numbers, shares and days."""
    if field.written is Written.SHARE and isinstance(value, Fraction):
        return _Number(percent(value))
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return _Number(f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):f}")
    if isinstance(value, Decimal):
        return _Number(f"{value:f}")
    if isinstance(value, datetime):
        return _Number(f"{value:%Y-%m-%d %H:%M}")
    return _Number(value.isoformat()) if isinstance(value, date) else value


class _Number:
    """What is no text of anybody, however it begins: −3 stays a number."""

    def __init__(self, shown: str) -> None:
        self._shown = shown

    def __str__(self) -> str:
        return self._shown


def _width(field: Field) -> int:
    return min(max(NARROWEST, 2 * len(field.words) + 2, 18 if field.written is Written.TEXT else 0), WIDEST)


FORMS = {"xlsx": as_xlsx, "csv": as_csv}
MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
