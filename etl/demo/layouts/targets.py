"""The office's workbook of January: the deaths that the zone allows itself, the inspections it asks for."""

from openpyxl import Workbook

from etl.demo.layouts.paper import Row, add_sheet, dress, new_book
from etl.demo.layouts.template import add_meta
from etl.demo.words import words
from etl.demo.workdays import YEAR
from etl.demo.year import CAPS, all_plans

_CAP_HEADINGS = words("单位 行业领域 全年亡人指标")
_PLAN_HEADINGS = ("单位", *(f"{month}月" for month in range(1, 13)))


def build() -> Workbook:
    """Caps and plans, on the product's own form."""
    book = new_book()
    _add_table(book, "亡人指标", _CAP_HEADINGS, [list(cap) for cap in CAPS])
    _add_table(book, "检查计划", _PLAN_HEADINGS, [[name, *months] for name, months in all_plans().items()])
    add_meta(book, kind="targets", unit="emergency", period=str(YEAR))
    return book


def _add_table(book: Workbook, name: str, headings: tuple[str, ...], rows: list[Row]) -> None:
    sheet = add_sheet(book, name, [list(headings), *rows])
    dress(sheet, headings, head=range(1, 2), last=len(rows) + 1)
    sheet.column_dimensions["A"].width = 26
