"""The product's own form, filled in as asked: what every ledger would look like if all offices used it."""

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.demo.cases import MANNERS
from etl.demo.layouts.hand import Filing, Hand, columns, follow_up_rows, ledger_rows
from etl.demo.layouts.paper import (
    FOLLOW_UP_FIELDS,
    add_follow_ups,
    add_sheet,
    add_summary,
    dress,
    new_book,
)
from etl.demo.words import words
from etl.demo.workdays import YEAR

FIELDS = words(
    "序号 检查日期 被检查单位 统一社会信用代码 行业领域 属地 检查方式 检查人员 检查文书号 "
    "发现隐患数 其中重大隐患数 整改期限 已整改隐患数 是否处罚 处罚决定书号 处罚种类 罚款金额(元) "
    "复查日期 复查结论 备注"
)
_LAST_ROW_WITH_CHOICES = 500
_CHOICES = (("G", ",".join(MANNERS)), ("N", "是,否"), ("S", "合格,不合格"))


def build(filing: Filing) -> Workbook:
    """Header in the first row, Excel dates, and who, what and when on a hidden sheet."""
    book = new_book()
    hand = Hand(word=filing.office.word)
    rows = ledger_rows(hand, columns(FIELDS), filing.ledger.cases)
    sheet = add_sheet(book, "执法检查台账", [list(FIELDS), *rows])
    dress(sheet, FIELDS, head=range(1, 2), last=len(rows) + 1)
    sheet.freeze_panes = "D2"
    _offer_choices(sheet)
    news = columns(FOLLOW_UP_FIELDS)
    add_follow_ups(book, "整改复查", news, follow_up_rows(hand, news, filing.ledger.follow_ups))
    add_summary(book, filing)
    add_meta(book, kind="enforcement", unit=filing.office.code, period=f"{YEAR}-{filing.ledger.month:02}")
    return book


def _offer_choices(sheet: Worksheet) -> None:
    for letter, choices in _CHOICES:
        offer = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        offer.add(f"{letter}2:{letter}{_LAST_ROW_WITH_CHOICES}")
        sheet.add_data_validation(offer)


def add_meta(book: Workbook, *, kind: str, unit: str, period: str) -> None:
    """The hidden sheet by which the product knows its own form."""
    sheet = add_sheet(book, "_meta", [["kind", kind], ["unit", unit], ["period", period], ["template", "1"]])
    sheet.sheet_state = "hidden"
