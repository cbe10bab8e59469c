"""The sums of the year before, on the product's own form: one row a unit and month."""

from collections.abc import Iterable

from openpyxl import Workbook

from etl.demo.history import LAST_YEAR, MonthSums
from etl.demo.layouts.paper import Row, add_sheet, dress, new_book
from etl.demo.layouts.template import add_meta
from etl.demo.offices import COMMITTEE
from etl.demo.words import words

FIELDS = words("单位 月份 检查家次 查出问题家次 隐患数 重大隐患数 行政处罚 罚款金额(元)")


def build(sums: Iterable[MonthSums]) -> Workbook:
    """Every unit's months, one below the other."""
    book = new_book()
    rows = [_row(month) for month in sums]
    sheet = add_sheet(book, "历史数据", [list(FIELDS), *rows])
    dress(sheet, FIELDS, head=range(1, 2), last=len(rows) + 1)
    sheet.freeze_panes = "C2"
    add_meta(book, kind="baseline", unit=COMMITTEE.code, period=str(LAST_YEAR))
    return book


def _row(sums: MonthSums) -> Row:
    return [
        sums.office.name,
        f"{sums.month}月",
        sums.inspections,
        sums.problems,
        sums.hazards,
        sums.major,
        sums.penalties,
        sums.fines,
    ]
