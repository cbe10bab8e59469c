"""A form older than the product: other headings, another order, 万元, full-width digits."""

from openpyxl import Workbook

from etl.demo.layouts.hand import (
    DAYS,
    Column,
    Filing,
    Hand,
    Value,
    case_cells,
    columns,
    follow_up_rows,
    in_order,
    wide,
)
from etl.demo.layouts.paper import Row, add_follow_ups, add_sheet, add_summary, dress, new_book
from etl.demo.truth import Case
from etl.demo.words import words
from etl.demo.workdays import YEAR

CONTENTS = {
    "建设施工": "临边防护、施工用电",
    "城镇燃气": "管线巡查、报警装置",
    "危险化学品": "储存条件、应急物资",
    "工贸": "机械防护、有限空间",
    "道路交通": "车辆例检、动态监控",
    "消防": "疏散通道、消防设施",
    "特种设备": "检验有效期、持证上岗",
}
_USUAL_CONTENT = "现场安全管理"
_TEN_THOUSAND = 10_000
_BIG_FINE = 20_000


FIELDS = words(
    "序号 被检查单位 统一社会信用代码 属地 行业领域 检查文书号 检查日期 检查人员 检查方式 检查内容 "
    "发现隐患数 其中重大隐患数 整改期限 已整改隐患数 复查日期 复查结论 "
    "是否处罚 处罚种类 罚款金额(元) 处罚决定书号 备注"
)
FOLLOW_UPS = words("检查文书号 已整改隐患数 复查日期 复查结论 是否处罚 处罚种类 罚款金额(元) 处罚决定书号 备注")
HEADINGS = {
    "检查文书号": "文书编号",
    "检查日期": "检查时间",
    "发现隐患数": "隐患数量",
    "其中重大隐患数": "其中：重大隐患",
    "罚款金额(元)": "罚款（万元）",
}


def build(filing: Filing) -> Workbook:
    """Label and value side by side, a blank line, the table; then later news under the same headings."""
    book = new_book()
    hand = _hand(filing)
    _add_ledger(book, filing, hand)
    news = columns(FOLLOW_UPS, HEADINGS)
    rows = follow_up_rows(hand, news, filing.ledger.follow_ups)
    if rows:
        add_follow_ups(book, "整改 复查", news, rows, above=[["整改复查情况"]])
    add_summary(book, filing)
    return book


def _add_ledger(book: Workbook, filing: Filing, hand: Hand) -> None:
    form = columns(FIELDS, HEADINGS | {"被检查单位": filing.office.habit.enterprise_heading})
    headings: Row = [heading for heading, _ in form]
    body = _with_gaps([_row(hand, form, case, order) for order, case in enumerate(filing.ledger.cases, 1)])
    month = f"{YEAR}年{filing.ledger.month:02}月"
    labels: Row = ["填报单位", filing.office.short, None, "填报月份", month]
    sheet = add_sheet(book, "Sheet1", [labels, [], headings, *body])
    dress(sheet, FIELDS, head=range(3, 4), last=3 + len(body))


def _hand(filing: Filing) -> Hand:
    habit = filing.office.habit
    yes, no = habit.marks
    return Hand(DAYS[habit.dates], wide, _fine, yes, no, nothing="/", word=filing.office.word)


def _fine(fine: int) -> Value:
    """Large fines carry their unit, small ones rely on the heading."""
    amount = fine / _TEN_THOUSAND
    return f"{amount:g}万元" if fine >= _BIG_FINE else amount


def _row(hand: Hand, form: tuple[Column, ...], case: Case, order: int) -> Row:
    cells = case_cells(hand, case, order) | {"检查内容": CONTENTS.get(case.enterprise.sector, _USUAL_CONTENT)}
    return in_order(form, cells)


def _with_gaps(rows: list[Row]) -> list[Row]:
    gapped: list[Row] = []
    for place, row in enumerate(rows):
        if place and place % 10 == 0:
            gapped.append([])
        gapped.append(row)
    return gapped
