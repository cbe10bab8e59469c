"""A department's own form: an explanation first, the table on the second sheet, its columns numbered."""

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.demo.layouts.hand import Filing, Hand, Value, columns, follow_up_rows, ledger_rows
from etl.demo.layouts.paper import (
    FOLLOW_UP_FIELDS,
    Row,
    add_follow_ups,
    add_sheet,
    add_summary,
    dress,
    month_name,
    new_book,
    spread,
    title,
)
from etl.demo.words import words

FIELDS = words(
    "序号 检查文书号 被检查单位 统一社会信用代码 属地 行业领域 检查日期 检查人员 发现隐患数 其中重大隐患数 "
    "整改期限 已整改隐患数 复查日期 复查结论 是否处罚 处罚决定书号 处罚种类 罚款金额(元)"
)
HEADINGS = {"罚款金额(元)": "罚款金额（元）"}
_DAY_FORMAT = 'yyyy"年"m"月"d"日"'
_EXPLANATION = (
    "填表说明",
    "一、本表由各科室、站所逐案登记，综合科汇总后报送。",
    "二、检查日期填写现场检查记录所载日期，整改期限填写责令限期整改指令书所载日期。",
    "三、重大隐患按照行业重大事故隐患判定标准认定。",
    "四、行政处罚以决定书送达为准。",
)


def build(filing: Filing) -> Workbook:
    """The explanation, the ledger, later news, and totals where the office makes them."""
    book = new_book()
    if filing.office.habit.old_mac:
        book.epoch = CALENDAR_MAC_1904
    explanation: list[Row] = [[line] for line in _EXPLANATION]
    add_sheet(book, "说明", explanation).column_dimensions["A"].width = 80
    hand = Hand(word=filing.office.word)
    _add_ledger(book, filing, hand)
    news = columns(FOLLOW_UP_FIELDS[:-1], HEADINGS)
    add_follow_ups(book, "整改复查 ", news, follow_up_rows(hand, news, filing.ledger.follow_ups))
    add_summary(book, filing)
    return book


def _add_ledger(book: Workbook, filing: Filing, hand: Hand) -> None:
    form = columns(FIELDS, HEADINGS)
    above = _above(filing)
    headings: Row = [heading for heading, _ in form]
    body = ledger_rows(hand, form, filing.ledger.cases)
    rows = [*above, headings, _numbers(), *body]
    sheet = add_sheet(book, f"{filing.ledger.month}月 台账", rows, day_format=_DAY_FORMAT)
    title(sheet, len(FIELDS))
    dress(sheet, FIELDS, head=range(len(above) + 1, len(above) + 3), last=len(rows))


def _above(filing: Filing) -> list[Row]:
    office, month = filing.office.name, month_name(filing)
    labels: dict[int, Value] = {1: "填报单位：", 2: office, 7: "填报月份：", 8: month}
    return [
        [f"{office}行业安全监管执法台账"],
        ["注：本表一案一行，按检查日期排列；未发现隐患的检查也应登记。"],
        spread(len(FIELDS), labels),
        [],
    ]


def _numbers() -> Row:
    """The row that numbers the columns, its first two in the old way."""
    return ["甲", "乙", *range(1, len(FIELDS) - 1)]
