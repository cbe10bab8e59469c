"""The form of an office whose superior likes order: a header in three levels."""

from openpyxl import Workbook

from etl.demo.layouts.hand import DAYS, Filing, Hand, columns, follow_up_rows
from etl.demo.layouts.paper import FOLLOW_UP_FIELDS, Path, Row, add_follow_ups, add_summary, new_book, under
from etl.demo.layouts.titled import add_titled_ledger

_VISIT, _RESULT = "检查基本情况", "检查结果及处理情况"
_PLACE, _WORK = "检查对象", "检查实施"
_FOUND, _MENDED, _PUNISHED = "隐患情况", "整改及复查情况", "行政处罚情况"

PATHS: tuple[Path, ...] = (
    *under("序号"),
    *under("被检查单位 统一社会信用代码 行业领域 属地", _VISIT, _PLACE),
    *under("检查日期 检查方式 检查人员 检查文书号", _VISIT, _WORK),
    *under("发现隐患数 其中重大隐患数", _RESULT, _FOUND),
    *under("整改期限 已整改隐患数 复查日期 复查结论", _RESULT, _MENDED),
    *under("是否处罚 处罚种类 罚款金额(元) 处罚决定书号", _RESULT, _PUNISHED),
    *under("备注"),
)


def build(filing: Filing) -> Workbook:
    """As the neat offices do it, one level deeper and with the columns in another order."""
    yes, no = filing.office.habit.marks
    hand = Hand(day=DAYS[filing.office.habit.dates], yes=yes, no=no, nothing="/", word=filing.office.word)
    book = new_book()
    add_titled_ledger(book, filing, hand, PATHS, name="执法检查台账")
    above: list[Row] = [["整改复查情况"], []]
    news = columns(FOLLOW_UP_FIELDS)
    rows = follow_up_rows(hand, news, filing.ledger.follow_ups)
    add_follow_ups(book, "整改复查", news, rows, above=above)
    add_summary(book, filing)
    return book
