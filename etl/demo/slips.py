"""Mistakes of the pen, made on the finished sheet: the truth and the layouts stay free of them."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.demo.sendings import Slip


def make(book: Workbook, slips: tuple[Slip, ...]) -> None:
    """Put each wrong value where the clerk typed it."""
    for slip in slips:
        sheet = next(sheet for sheet in book.worksheets if _row(sheet, slip.number))
        sheet.cell(_row(sheet, slip.number), _column(sheet, slip.heading)).value = slip.value


def _row(sheet: Worksheet, number: str) -> int:
    return next((cell.row for line in sheet.iter_rows() for cell in line if cell.value == number), 0)


def _column(sheet: Worksheet, heading: str) -> int:
    return next((cell.column for line in sheet.iter_rows() for cell in line if cell.value == heading), 0)
