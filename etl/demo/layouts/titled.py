"""The form of a neat office: title, labels, a header in two levels, a total and signatures."""

from collections.abc import Sequence

from openpyxl import Workbook

from etl.demo.layouts.hand import DAYS, Filing, Hand, chinese_day, columns, follow_up_rows, ledger_rows
from etl.demo.layouts.paper import (
    FOLLOW_UP_FIELDS,
    Path,
    Row,
    add_follow_ups,
    add_sheet,
    add_summary,
    dress,
    month_name,
    new_book,
    signatures,
    spread,
    sum_row,
    tiers,
    title,
    under,
)

PATHS: tuple[Path, ...] = (
    *under("序号 检查日期 被检查单位 统一社会信用代码 行业领域 属地 检查方式 检查人员 检查文书号"),
    *under("发现隐患数 其中重大隐患数", "隐患情况"),
    *under("整改期限 已整改隐患数", "整改情况"),
    *under("复查日期 复查结论", "复查情况"),
    *under("是否处罚 处罚决定书号 处罚种类 罚款金额(元)", "处罚情况"),
    *under("备注"),
)


def build(filing: Filing) -> Workbook:
    """A title over all columns, the unit and the month under it, the table, its total, its signatures."""
    yes, no = filing.office.habit.marks
    hand = Hand(day=DAYS[filing.office.habit.dates], yes=yes, no=no, nothing="—", word=filing.office.word)
    book = new_book()
    add_titled_ledger(book, filing, hand, PATHS, name="执法检查台账")
    above: list[Row] = [["整改复查情况"]]
    news = columns(FOLLOW_UP_FIELDS)
    rows = follow_up_rows(hand, news, filing.ledger.follow_ups)
    add_follow_ups(book, "整改复查", news, rows, above=above)
    add_summary(book, filing)
    return book


def add_titled_ledger(book: Workbook, filing: Filing, hand: Hand, paths: Sequence[Path], *, name: str) -> None:
    """The ledger under a header of as many levels as its headings have."""
    fields = [path[-1] for path in paths]
    above = _above(filing, len(fields))
    head, merges = tiers(paths, top=len(above) + 1)
    body = ledger_rows(hand, columns(fields), filing.ledger.cases)
    below = _below(filing, fields)
    sheet = add_sheet(book, name, [*above, *head, *body, *below])
    first = len(above) + len(head)
    title(sheet, len(fields))
    for cells in merges:
        sheet.merge_cells(cells)
    dress(sheet, fields, head=range(len(above) + 1, first + 1), last=first + len(body) + (1 if body else 0))


def _above(filing: Filing, width: int) -> list[Row]:
    office = filing.office
    labels = {
        1: f"填报单位：{office.name}（盖章）",
        8: f"填报月份：{month_name(filing)}",
        15: f"填报时间：{chinese_day(filing.day)}",
    }
    heading = f"{office.name}{month_name(filing)}安全生产执法检查台账"
    return [[heading], spread(width, labels), spread(width, {})]


def _below(filing: Filing, fields: Sequence[str]) -> list[Row]:
    cases = filing.ledger.cases
    total = [sum_row("合计", fields, cases)] if cases else []
    return [*total, spread(len(fields), {}), signatures(filing.office, len(fields))]
