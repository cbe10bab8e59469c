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
from etl.template.prefilled import Enterprise
from etl.template.sheet_layout import print_landscape
from etl.template.sheets import ENTERPRISE_CODES, ENTERPRISE_NAMES, ENTERPRISES, example_of, name_range

LEGEND = "填表说明"
_TITLE = Font(name="黑体", size=14, bold=True)
_BOLD = Font(name="宋体", size=11, bold=True)
_FONT = Font(name="宋体", size=11)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_GENERAL = (
    "橙色、名称前带 * 的列，填写了的每一行都必须填；其他列有则填、无则空。",
    "不要改动表头文字和隐藏的工作表；列的顺序可以调整，行不够时接着往下填。",
    "没有可填内容的，保留表头、不填任何行报送，即为零报告（须逐行打分的表除外）。",
    "文书号、信用代码的单元格已设为文本，粘贴时请选“只粘贴值”，以免丢失末尾数字和下拉选项。",
    "本表已写明填报单位和期间，不要改作其他单位或其他期间使用；需要时请重新下载模板。",
    "填好后保存，在“数据报送”页上传即可，不必改文件名。",
)


def add_legend(book: Workbook, kind: Kind, zone: Zone, period: Period) -> None:
    """The sheet 填表说明: what holds for the whole workbook, then every column of every table."""
    sheet: Worksheet = book.create_sheet(LEGEND)
    for letter, width in zip("ABCD", (24, 8, 60, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    _line(sheet, f"{LEGEND}{UNREAD}", font=_TITLE)
    for number, sentence in enumerate(_GENERAL, start=1):
        _line(sheet, f"{number}．{sentence}")
    for spec in kind.tables:
        if spec.in_template:
            _line(sheet, "")
            _line(sheet, f"工作表“{spec.title}”{'' if spec.required else '（没有可以不填）'}", font=_BOLD)
            _line(sheet, f"{spec.hint}。")
            sheet.append(["表头", "必填", "怎样填写", "示例"])
            _style(sheet, _BOLD)
            for column in spec.columns:
                example = example_of(spec, column, zone, period)
                sheet.append([column.title, "必填" if column.required else "选填", column.hint, example])
                _style(sheet, _FONT)
    print_landscape(sheet)


def _line(sheet: Worksheet, text: str, font: Font = _FONT) -> None:
    sheet.append([text])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
    sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = font, _WRAPPED


def _style(sheet: Worksheet, font: Font) -> None:
    for cell in sheet[sheet.max_row]:
        cell.font, cell.alignment = font, _WRAPPED


def add_enterprises(book: Workbook, known: Sequence[Enterprise]) -> None:
    """The sheet 已知企业, from which the dropdowns of enterprise and credit code take their choices."""
    sheet: Worksheet = book.create_sheet(ENTERPRISES)
    for letter, width in zip("ABC", (44, 24, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([f"本单位台账中已有的企业，供选取和复制{UNREAD}"])
    sheet.append(["企业名称", "统一社会信用代码", "行业领域"])
    for one in known:
        sheet.append([harmless(text) for text in one])
        for cell in sheet[sheet.max_row]:
            cell.data_type, cell.font = "s", _FONT
    for row in (1, 2):
        sheet.cell(row, 1).font = sheet.cell(row, 2).font = sheet.cell(row, 3).font = _BOLD
    sheet.freeze_panes = "A3"
    name_range(book, ENTERPRISE_NAMES, sheet, 1, 3, len(known) + 2)
    name_range(book, ENTERPRISE_CODES, sheet, 2, 3, len(known) + 2)
