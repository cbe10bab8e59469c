"""One table of a kind as an empty sheet that helps to fill it in: header, formats, choices, limits, print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.harmless import harmless
from data.zone.periods import Calendar, Period, Year, months_of
from data.zone.zone import Zone
from etl.kinds.cross_field import NotAfterPeriod, WithinPeriod
from etl.kinds.targets import WHOLE_ZONE
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.own_sheets import UNREAD
from etl.template import words
from etl.template.addressee import PrefilledRow
from etl.template.colours import NOTE, ORANGE, SOFT_GREY
from etl.template.sheet_layout import BOLD, BOX, FONT, LINE_HEIGHT, print_landscape, width_of

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1
LISTS = "_lists"
ENTERPRISE_NAMES = "enterprise_names"
ENTERPRISE_CODES = "enterprise_codes"
_LAST_ROW = 5_000
_ROWS_TO_PRINT = 30
_LONGEST_INLINE = 250
_DAY_ZERO = date(1899, 12, 30)

_REQUIRED = PatternFill("solid", fgColor=ORANGE)
_OPTIONAL = PatternFill("solid", fgColor=SOFT_GREY)
_TITLE_FONT = Font(name="黑体", size=16, bold=True)
_NOTE_FONT = Font(name="宋体", size=10, color=NOTE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)

Looks = dict[int, StyleArray]
"""Of the cells of each column, as the first one got them: to look each up for every cell takes half of a template's time."""

_TEXT_FORMAT = "@"
_FORMATS = {
    Cells.DATE: "yyyy-mm-dd",
    Cells.MOMENT: "yyyy-mm-dd hh:mm",
    Cells.COUNT: "0",
    Cells.MONEY: "#,##0.00",
    Cells.DOCUMENT: _TEXT_FORMAT,
    Cells.CREDIT_CODE: _TEXT_FORMAT,
    Cells.MONTH: _TEXT_FORMAT,
}
"""Numbers of documents and credit codes are text: typed as numbers they would lose digits."""
_WIDTHS = {
    Cells.SERIAL: 6, Cells.DATE: 12, Cells.MOMENT: 17, Cells.COUNT: 10, Cells.QUANTITY: 10, Cells.MONEY: 13, Cells.MARK: 9, Cells.MONTH: 12, Cells.FLAG: 8,
    Cells.CHOICE: 11, Cells.CHOICES: 11, Cells.SECTOR: 13, Cells.UNIT: 19, Cells.UNIT_OR_ZONE: 19, Cells.ACCIDENT_TYPE: 13,
    Cells.DOCUMENT: 23, Cells.CREDIT_CODE: 20, Cells.ANYTHING: 12,
}  # fmt: skip
_NARROWEST_TEXT, _WIDEST, _NARROWEST_TABLE = 12, 44, 80
_FEW_COLUMNS, _TEXT_AMONG_FEW = 10, 24
_NOTE_WIDTH, _NOTE_LINE, _NOTE_CHARACTERS = 320, 18, 46
"""A comment's width and a line's height, in pixels, and how many characters such a line holds."""


@dataclass(slots=True)
class Lists:
    """The workbook's dropdown lists: short ones stand in the validation itself, long ones on a hidden sheet."""

    book: Workbook
    count: int = 0

    def of(self, choices: Sequence[str]) -> str:
        """What a validation of type list takes as its formula."""
        inline = ",".join(choices)
        if len(inline) <= _LONGEST_INLINE and not any(mark in choice for choice in choices for mark in ',"'):
            return f'"{inline}"'
        sheet = self.book[LISTS] if LISTS in self.book.sheetnames else self._new_sheet()
        self.count += 1
        for row, choice in enumerate(choices, start=2):
            sheet.cell(row, self.count, choice)
        return name_range(self.book, f"list_{self.count}", sheet, self.count, 2, len(choices) + 1)

    def _new_sheet(self) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        sheet["A1"] = f"{words.CHOICES_TITLE}{UNREAD}"
        return sheet


def name_range(book: Workbook, name: str, sheet: Worksheet, column: int, first: int, last: int) -> str:
    """Name a column's cells, for validations of other sheets; the name."""
    letter = get_column_letter(column)
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!${letter}${first}:${letter}${last}")
    return name


def choices_of(column: Column, zone: Zone) -> tuple[str, ...]:
    """What a column's cells may say, by name; empty where it is not a choice."""
    units = tuple(unit.name for unit in zone.units)
    match column.cells:
        case Cells.FLAG:
            return (words.YES, words.NO)
        case Cells.SECTOR:
            return tuple(zone.sectors.values())
        case Cells.UNIT:
            return units
        case Cells.UNIT_OR_ZONE:
            return (WHOLE_ZONE, *units)
        case Cells.ACCIDENT_TYPE:
            return tuple(dict.fromkeys(zone.accident_types.values()))
        case Cells.CHOICES:
            return ()  # a dropdown takes one of them alone
        case _:
            return column.choices


def example_of(spec: TableSpec, column: Column, zone: Zone, period: Period) -> str:
    """A cell as a clerk would fill it in for this period; empty where there is none to give."""
    if column.example:
        return column.example
    if column.cells in {Cells.DATE, Cells.MOMENT}:
        first = zone.calendar.first_day(months_of(period)[0])
        day = first + timedelta(days=11 if _bounds_of(spec, column) else 21)
        return str(day) if column.cells is Cells.DATE else f"{day} {words.TIME_OF_DAY}"
    return next(iter(choices_of(column, zone)), "")


def _bounds_of(spec: TableSpec, column: Column) -> WithinPeriod | None:
    """The rule by which a day must lie in the period, or in its year."""
    return next((rule for rule in spec.rules if isinstance(rule, WithinPeriod) and rule.key == column.key), None)


def add_sheet(
    lists: Lists,
    spec: TableSpec,
    zone: Zone,
    unit: str,
    period: Period,
    lines: Sequence[PrefilledRow],
    *,
    complete: bool,
) -> Worksheet:
    """The sheet of one table, with the lines that are known beforehand; ``complete``: there are no others."""
    sheet: Worksheet = lists.book.create_sheet(spec.title)
    _write_head(sheet, spec, zone, unit, period)
    for position, column in enumerate(spec.columns, start=1):
        _write_header(sheet, position, column, example_of(spec, column, zone, period))
    rows = len(lines) if complete else max(_ROWS_TO_PRINT, len(lines) + 5)
    looks: Looks = {}
    for row in range(FIRST_ROW, FIRST_ROW + rows):
        line = lines[row - FIRST_ROW] if row - FIRST_ROW < len(lines) else PrefilledRow({})
        for position, column in enumerate(spec.columns, start=1):
            _write_cell(sheet, row, position, column, line, looks)
    widths = _widths(spec, lines)
    for position, (column, width) in enumerate(zip(spec.columns, widths, strict=True), start=1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = width
        dimension.number_format = _FORMATS.get(column.cells, "General")
        dimension.font, dimension.alignment = FONT, _alignment(column)
    for row, line in enumerate(lines, start=FIRST_ROW):
        sheet.row_dimensions[row].height = LINE_HEIGHT * _lines_of(spec, line, widths)
    for validation in _validations(lists, spec, zone, period):
        sheet.add_data_validation(validation)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    _set_up_print(sheet)
    return sheet


def _write_head(sheet: Worksheet, spec: TableSpec, zone: Zone, unit: str, period: Period) -> None:
    width = len(spec.columns)
    half = (width + 1) // 2
    for row, first, last, text, font, alignment in (
        (1, 1, width, f"{zone.name}{spec.title}", _TITLE_FONT, _MIDDLE),
        (2, 1, half, words.unit_label(unit), FONT, _LEFT),
        (2, half + 1, width, words.period_label(period), FONT, _LEFT),
        (3, 1, width, words.NOTE, _NOTE_FONT, _LEFT),
    ):
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        cell = sheet.cell(row, first, text)
        cell.font, cell.alignment, cell.number_format = font, alignment, "General"
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = sheet.row_dimensions[3].height = 18


def _write_header(sheet: Worksheet, position: int, column: Column, example: str) -> None:
    cell = sheet.cell(HEADER_ROW, position, f"*{column.title}" if column.required else column.title)
    cell.font, cell.alignment, cell.border = BOLD, _MIDDLE, BOX
    cell.fill = _REQUIRED if column.required else _OPTIONAL
    said = words.how_to_fill_in(column.hint, example, required=column.required)
    cell.comment = Comment(said, words.LEGEND, height=110, width=260)
    sheet.row_dimensions[HEADER_ROW].height = 45


def _write_cell(sheet: Worksheet, row: int, position: int, column: Column, line: PrefilledRow, looks: Looks) -> None:
    cell: Any = sheet.cell(row, position)
    if position in looks:
        cell._style = copy(looks[position])  # noqa: SLF001  # openpyxl has no other name for all looks of a cell together
    else:
        cell.border, cell.font, cell.alignment = BOX, FONT, _alignment(column)
        cell.number_format = _FORMATS.get(column.cells, "General")
        looks[position] = copy(cell._style)  # noqa: SLF001  # the same
    value = line.cells.get(column.key)
    if column.cells is Cells.SERIAL and line.cells:
        value = row - HEADER_ROW
    if value is not None:
        _put(cell, value)
    if column.key in line.notes:
        note = line.notes[column.key]
        cell.comment = Comment(note, words.LEGEND, height=max(90, _NOTE_LINE * _lines_of_note(note)), width=_NOTE_WIDTH)


def _lines_of_note(note: str) -> int:
    return sum(-(-max(1, width_of(line)) // _NOTE_CHARACTERS) for line in note.splitlines())


def _put(cell: Any, value: Any) -> None:
    """A value as it is; a text that begins like a formula stays a text, in any file that is made of this one."""
    cell.value = float(value) if isinstance(value, Decimal) else harmless(value)
    if isinstance(value, str):
        cell.data_type = "s"


def _alignment(column: Column) -> Alignment:
    return _LEFT if column.cells in {Cells.TEXT, Cells.DOCUMENT} else _MIDDLE


def _widths(spec: TableSpec, lines: Sequence[PrefilledRow]) -> list[float]:
    """Widths in characters; a table of few columns is spread, so that title and labels above it have room."""
    narrowest = _TEXT_AMONG_FEW if len(spec.columns) <= _FEW_COLUMNS else _NARROWEST_TEXT
    widths = [_width(column, lines, narrowest) for column in spec.columns]
    spread = max(1.0, _NARROWEST_TABLE / sum(widths))
    return [round(width * spread, 1) for width in widths]


def _width(column: Column, lines: Sequence[PrefilledRow], narrowest: int) -> float:
    usual = _WIDTHS.get(column.cells) or max(width_of(column.example) + 2, narrowest)
    written = max((width_of(str(line.cells.get(column.key) or "")) + 2 for line in lines), default=0)
    return min(max(usual, written, width_of(column.title) / 2 + 2), _WIDEST)


def _lines_of(spec: TableSpec, line: PrefilledRow, widths: Sequence[float]) -> int:
    """How many lines the longest text of a row takes in its column."""
    texts = [str(line.cells.get(column.key) or "") for column in spec.columns]
    return max(-(-(width_of(text) + 2) // int(width)) for text, width in zip(texts, widths, strict=True))


def _set_up_print(sheet: Worksheet) -> None:
    print_landscape(sheet)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    left, right = sheet.oddFooter.left, sheet.oddFooter.right  # type: ignore[union-attr]  # a new sheet has them
    left.text, right.text = words.FOOTER


def _validations(lists: Lists, spec: TableSpec, zone: Zone, period: Period) -> Iterator[DataValidation]:
    place = {column.key: get_column_letter(number) for number, column in enumerate(spec.columns, start=1)}
    for column in spec.columns:
        validation = _validation(lists, spec, column, zone, period, place)
        if validation is not None:
            validation.allow_blank = True
            validation.add(f"{place[column.key]}{FIRST_ROW}:{place[column.key]}{_LAST_ROW}")
            yield validation


def _validation(
    lists: Lists, spec: TableSpec, column: Column, zone: Zone, period: Period, place: dict[str, str]
) -> DataValidation | None:
    known = words.ENTERPRISES in lists.book.sheetnames and {"enterprise", "credit_code"} <= place.keys()
    if known and column.key == "enterprise":
        return DataValidation("list", formula1=ENTERPRISE_NAMES, showErrorMessage=False)
    if known and column.key == "credit_code":
        chosen = f"MATCH(${place['enterprise']}{FIRST_ROW},{ENTERPRISE_NAMES},0)"
        return DataValidation("list", formula1=f"INDEX({ENTERPRISE_CODES},{chosen})", showErrorMessage=False)
    choices = choices_of(column, zone)
    if choices:
        return _told(DataValidation("list", formula1=lists.of(choices)), column, words.CHOOSE)
    match column.cells:
        case Cells.DATE | Cells.MOMENT:
            return _days(spec, column, zone.calendar, period, place)
        case Cells.COUNT:
            whole = DataValidation("whole", operator="between", formula1="0", formula2="1000000")
            return _told(whole, column, words.WHOLE_NUMBER)
        case Cells.QUANTITY:
            number = DataValidation("decimal", operator="between", formula1="0", formula2="1000000")
            return _told(number, column, words.QUANTITY)
        case Cells.MONEY | Cells.MARK:
            most = "1000" if column.cells is Cells.MARK else "9999999999999"
            number = DataValidation("decimal", operator="between", formula1="0", formula2=most)
            return _told(number, column, words.NUMBER)
        case Cells.CREDIT_CODE:
            length = DataValidation("textLength", operator="equal", formula1="18")
            return _told(length, column, words.CREDIT_CODE)
        case _:
            return None


def _days(spec: TableSpec, column: Column, calendar: Calendar, period: Period, place: dict[str, str]) -> DataValidation:
    rule = _bounds_of(spec, column)
    if rule is not None:
        bounds = Year(period.year) if rule.year else period
        first, last = calendar.first_day(bounds), calendar.last_day(bounds)
        between = DataValidation("date", operator="between", formula1=_serial(first), formula2=f"{_serial(last)}.99999")
        return _told(between, column, words.day_between(first, last))
    if column.not_before in place:
        earliest = f"${place[column.not_before]}{FIRST_ROW}"
        after = DataValidation("date", operator="greaterThanOrEqual", formula1=earliest)
        return _told(after, column, words.LATER_DAY if column.cells is Cells.DATE else words.LATER_MOMENT)
    if column.cells is Cells.DATE and _ends_with_the_period(spec, column):
        last = calendar.last_day(period)
        until = DataValidation("date", operator="between", formula1=_FIRST_DAY, formula2=f"{_serial(last)}.99999")
        return _told(until, column, words.day_until(last))
    any_day = DataValidation("date", operator="between", formula1=_FIRST_DAY, formula2=_serial(date(2100, 12, 31)))
    return _told(any_day, column, words.ANY_DAY if column.cells is Cells.DATE else words.ANY_MOMENT)


def _ends_with_the_period(spec: TableSpec, column: Column) -> bool:
    return any(isinstance(rule, NotAfterPeriod) and rule.key == column.key for rule in spec.rules)


def _serial(day: date) -> str:
    return str((day - _DAY_ZERO).days)


_FIRST_DAY = _serial(date(1980, 1, 1))


def _told(validation: DataValidation, column: Column, what_to_do: str) -> DataValidation:
    validation.errorTitle, validation.error = column.title, what_to_do
    validation.showErrorMessage = True
    return validation
