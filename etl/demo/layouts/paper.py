"""Sheets as clerks leave them: rows, merged cells, ruled lines; a layout then shows only its quirks."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from itertools import chain, groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.demo.layouts.hand import Column, Filing, Value
from etl.demo.office_profile import Office
from etl.demo.truth import Case, fines_as_summed, hazards, majors, totals
from etl.demo.words import words
from etl.demo.workdays import YEAR

Path = tuple[str, ...]
Row = list[Value]

FOLLOW_UP_FIELDS = words("检查文书号 复查日期 复查结论 已整改隐患数 是否处罚 处罚决定书号 处罚种类 罚款金额(元) 备注")

_RULE = Side(style="thin", color="808080")
_BOX = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_BODY_FONT = Font(name="宋体", size=11)
_HEAD_FONT = Font(name="宋体", size=11, bold=True)
_TITLE_FONT = Font(name="方正小标宋简体", size=18)
_HEAD_FILL = PatternFill("solid", fgColor="EAF1DD")
_USUAL = 14.0
_WIDTHS: Mapping[str, float] = {
    "序号": 6,
    "被检查单位": 34,
    "事故单位": 34,
    "事故编号": 20,
    "发生时间": 22,
    "单位": 22,
    "措施": 36,
    "工作要求": 36,
    "佐证材料": 24,
    "扣分原因": 28,
    "事由": 44,
    "统一社会信用代码": 22,
    "检查人员": 22,
    "检查文书号": 28,
    "处罚决定书号": 26,
    "备注": 18,
}


def new_book() -> Workbook:
    """A workbook without the sheet that every new one starts with."""
    book = Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    return book


def add_sheet(book: Workbook, title: str, rows: Iterable[Row], *, day_format: str = "yyyy-mm-dd") -> Worksheet:
    """A sheet with these rows from its first line on."""
    sheet: Worksheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    for cell in (cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, date)):
        cell.number_format = day_format
    return sheet


def dress(sheet: Worksheet, fields: Sequence[str], *, head: range, last: int) -> None:
    """Rule the table from its header to its last row, and give every column room."""
    body = sheet.iter_rows(min_row=head.start, max_row=max(last, head.stop - 1), max_col=len(fields))
    _style(chain.from_iterable(body), border=_BOX, alignment=_MIDDLE, font=_BODY_FONT)
    heads = sheet.iter_rows(min_row=head.start, max_row=head.stop - 1, max_col=len(fields))
    _style(chain.from_iterable(heads), font=_HEAD_FONT, fill=_HEAD_FILL)
    for place, field in enumerate(fields, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(field, _USUAL)


def _style(cells: Iterable[Any], **looks: object) -> None:
    """Give cells these looks. To look each up for every cell takes longer than all else: what looked alike does so after."""
    alike: dict[tuple[int, ...], StyleArray] = {}
    for cell in cells:
        before = tuple(cell._style or ())  # noqa: SLF001  # openpyxl has no other name for all looks of a cell together
        if before in alike:
            cell._style = copy(alike[before])  # noqa: SLF001  # the same
            continue
        for name, look in looks.items():
            setattr(cell, name, look)
        alike[before] = cell._style  # noqa: SLF001  # the same


def title(sheet: Worksheet, width: int, row: int = 1) -> None:
    """Spread the heading in this row over the whole table."""
    sheet.merge_cells(area(row, 1, row, width))
    cell = sheet.cell(row, 1)
    cell.font, cell.alignment = _TITLE_FONT, _MIDDLE
    sheet.row_dimensions[row].height = 32


def area(top: int, left: int, bottom: int, right: int) -> str:
    """A range of cells by its corners, counted from 1."""
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def tiers(paths: Sequence[Path], top: int) -> tuple[list[Row], list[str]]:
    """A header of several levels: its rows, and the cells to merge when it starts in row `top`."""
    depth = max(len(path) for path in paths)
    rows: list[Row] = [[None] * len(paths) for _ in range(depth)]
    merges: list[str] = []
    for level in range(depth):
        for label, left, right in _runs(paths, level):
            rows[level][left] = label
            lowest = depth - 1 if len(paths[left]) == level + 1 else level
            if (lowest, right) != (level, left):
                merges.append(area(top + level, left + 1, top + lowest, right + 1))
    return rows, merges


def under(fields: str, *stem: str) -> tuple[Path, ...]:
    """These columns, and the headings that stand over them."""
    return tuple((*stem, field) for field in words(fields))


def _runs(paths: Sequence[Path], level: int) -> list[tuple[str, int, int]]:
    """Neighbouring columns under one heading of this level: heading, first column, last column."""
    found = []
    for stem, columns in groupby(range(len(paths)), key=lambda column: paths[column][: level + 1]):
        places = list(columns)
        if len(stem) == level + 1:
            found.append((stem[level], places[0], places[-1]))
    return found


def spread(width: int, cells: Mapping[int, Value]) -> Row:
    """A row that is empty but for a few cells, counted from 1."""
    return [cells.get(column) for column in range(1, width + 1)]


def sum_row(label: str, fields: Sequence[str], cases: Sequence[Case]) -> Row:
    """小计 or 合计 under the columns that can be added up."""
    sums: dict[str, Value] = {
        "序号": label,
        "发现隐患数": hazards(cases),
        "其中重大隐患数": majors(cases),
        "罚款金额(元)": fines_as_summed(cases),
    }
    return [sums.get(field) for field in fields]


def signatures(office: Office, width: int, columns: tuple[int, int, int] = (1, 6, 11)) -> Row:
    """The line under the table by which somebody answers for it."""
    says = (f"填表人：{office.people[-1]}", f"审核人：{office.people[0]}", "联系电话：023-00000000")
    return spread(width, dict(zip(columns, says, strict=True)))


def month_name(filing: Filing) -> str:
    """The month that the ledger is about, as labels have it."""
    return f"{YEAR}年{filing.ledger.month}月"


def add_follow_ups(
    book: Workbook, name: str, form: Sequence[Column], rows: Sequence[Row], *, above: Sequence[Row] = ()
) -> None:
    """The sheet 整改复查 under the office's own headings."""
    headings: Row = [heading for heading, _ in form]
    sheet = add_sheet(book, name, [*above, headings, *rows])
    head = len(above) + 1
    dress(sheet, [field for _, field in form], head=range(head, head + 1), last=head + len(rows))


def add_summary(book: Workbook, filing: Filing) -> None:
    """The sheet 汇总, where the office makes one."""
    if not filing.office.habit.summary:
        return
    figures: list[Row] = [[name, figure] for name, figure in totals(filing.ledger).items()]
    sheet = add_sheet(book, "汇总", [["指标", "数值"], *figures])
    dress(sheet, ["指标", "数值"], head=range(1, 2), last=len(figures) + 1)
