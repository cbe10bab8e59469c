"""Sheets of a template that are only to be read: how to fill it in, and which enterprises the unit already reported."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from data.harmless import harmless
from data.zone.periods import Period
from data.zone.zone import Zone
from etl.kinds.kind import Kind
from etl.table.own_sheets import UNREAD
from etl.template import words
from etl.template.prefilled import Enterprise
from etl.template.sheet_layout import BOLD, FONT, print_landscape
from etl.template.sheets import ENTERPRISE_CODES, ENTERPRISE_NAMES, example_of, name_range

_TITLE = Font(name="黑体", size=14, bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def add_legend(book: Workbook, kind: Kind, zone: Zone, period: Period) -> None:
    """The sheet 填表说明: what holds for the whole workbook, then every column of every table."""
    sheet: Worksheet = book.create_sheet(words.LEGEND)
    for letter, width in zip("ABCD", (24, 8, 60, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    _line(sheet, f"{words.LEGEND}{UNREAD}", font=_TITLE)
    for number, sentence in enumerate(words.GENERAL, start=1):
        _line(sheet, f"{number}．{sentence}")
    for spec in kind.tables:
        if spec.in_template:
            _line(sheet, "")
            _line(sheet, words.sheet_title(spec.title, required=spec.required), font=BOLD)
            _line(sheet, f"{spec.hint}。")
            sheet.append(words.LEGEND_HEADER)
            _style(sheet, BOLD)
            for column in spec.columns:
                example = example_of(spec, column, zone, period)
                sheet.append(
                    [column.title, words.REQUIRED if column.required else words.OPTIONAL, column.hint, example]
                )
                _style(sheet, FONT)
    print_landscape(sheet)


def _line(sheet: Worksheet, text: str, font: Font = FONT) -> None:
    sheet.append([text])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
    sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = font, _WRAPPED


def _style(sheet: Worksheet, font: Font) -> None:
    for cell in sheet[sheet.max_row]:
        cell.font, cell.alignment = font, _WRAPPED


def add_enterprises(book: Workbook, known: Sequence[Enterprise]) -> None:
    """The sheet 已知企业, from which the dropdowns of enterprise and credit code take their choices."""
    sheet: Worksheet = book.create_sheet(words.ENTERPRISES)
    for letter, width in zip("ABC", (44, 24, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([f"{words.ENTERPRISES_TITLE}{UNREAD}"])
    sheet.append(words.ENTERPRISES_HEADER)
    for one in known:
        sheet.append([harmless(text) for text in one])
        for cell in sheet[sheet.max_row]:
            cell.data_type, cell.font = "s", FONT
    for row in (1, 2):
        sheet.cell(row, 1).font = sheet.cell(row, 2).font = sheet.cell(row, 3).font = BOLD
    sheet.freeze_panes = "A3"
    name_range(book, ENTERPRISE_NAMES, sheet, 1, 3, len(known) + 2)
    name_range(book, ENTERPRISE_CODES, sheet, 2, 3, len(known) + 2)
