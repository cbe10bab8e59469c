"""A sheet grown by hand in WPS: one enterprise over several rows, page totals, measure words, no years."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.demo.layouts.hand import (
    DAYS,
    Filing,
    Hand,
    Value,
    case_cells,
    columns,
    follow_up_rows,
    in_order,
    square,
)
from etl.demo.layouts.paper import (
    FOLLOW_UP_FIELDS,
    Row,
    add_follow_ups,
    add_sheet,
    add_summary,
    area,
    dress,
    month_name,
    new_book,
    signatures,
    spread,
    sum_row,
    title,
)
from etl.demo.truth import Case, FollowUp
from etl.demo.words import words

FIELDS = words(
    "序号 被检查单位 统一社会信用代码 属地 行业领域 检查日期 检查方式 检查人员 检查文书号 "
    "发现隐患数 其中重大隐患数 整改期限 已整改隐患数 是否处罚 处罚决定书号 处罚种类 罚款金额(元) "
    "复查日期 复查结论 备注"
)
HEADINGS = {
    "序号": "序 号",
    "被检查单位": "被检查\n单　位",
    "统一社会信用代码": "统一社会\n信用代码",
    "属地": "属 地",
    "行业领域": "行业\n领域",
    "检查日期": "检查\n日期",
    "检查方式": "检查\n方式",
    "检查人员": "检查 人员",
    "检查文书号": "检查\n文书号",
    "发现隐患数": "发现\n隐患数",
    "其中重大隐患数": "其中重大\n隐患数",
    "整改期限": "整改\n期限",
    "已整改隐患数": "已整改\n隐患数",
    "罚款金额(元)": "罚款金额\n（元）",
    "备注": "备 注",
}
FORM = columns(FIELDS, HEADINGS)
_REPEATED = words("被检查单位 属地")
_HEAD_ROW = 3
_PAGE = 10
_STRAY_ROWS_BELOW = 120

Block = list[Case]


def build(filing: Filing) -> Workbook:
    """The ledger by enterprise, page by page; later news with document numbers retyped."""
    book = new_book()
    sheet = _add_ledger(book, filing)
    _leave_a_stray_mark(sheet, filing)
    news = columns(FOLLOW_UP_FIELDS, HEADINGS)
    rows = follow_up_rows(_hand(filing), news, _retyped(filing))
    if rows:
        add_follow_ups(book, "整改复查", news, rows)
    add_summary(book, filing)
    return book


def _hand(filing: Filing) -> Hand:
    yes, no = filing.office.habit.marks
    return Hand(DAYS[filing.office.habit.dates], _items, _yuan, yes, no, nothing="/", word=filing.office.word)


def _items(count: int) -> Value:
    return f"{count}项" if count else 0


def _yuan(fine: int) -> Value:
    return f"{fine:,}元"


def _add_ledger(book: Workbook, filing: Filing) -> Worksheet:
    body, merges = _body(filing, _blocks(filing.ledger.cases))
    headings: Row = [heading for heading, _ in FORM]
    below: list[Row] = [[], signatures(filing.office, len(FORM))]
    sheet = add_sheet(book, "Sheet1", [*_above(filing), headings, *body, *below])
    title(sheet, len(FORM))
    dress(sheet, FIELDS, head=range(_HEAD_ROW, _HEAD_ROW + 1), last=_HEAD_ROW + len(body))
    for cells in merges:
        sheet.merge_cells(cells)
    return sheet


def _above(filing: Filing) -> list[Row]:
    office = filing.office
    labels: dict[int, Value] = {1: f"填报单位：{office.name}（盖章）", 9: f"填报月份：{month_name(filing)}"}
    return [[f"{office.short}安全生产检查台账"], spread(len(FORM), labels)]


def _blocks(cases: Sequence[Case]) -> list[Block]:
    """The visits of one enterprise together, in the order in which enterprises were first visited."""
    first = {case.enterprise.name: place for place, case in reversed(list(enumerate(cases)))}
    ordered = sorted(cases, key=lambda case: first[case.enterprise.name])
    return [list(block) for _, block in groupby(ordered, key=lambda case: case.enterprise.name)]


def _body(filing: Filing, blocks: Sequence[Block]) -> tuple[list[Row], list[str]]:
    """Rows and merged cells; every page ends with 小计 and a blank row, the table with 合　计."""
    rows: list[Row] = []
    merges: list[str] = []
    order = 1
    for page in _pages(blocks):
        for block in page:
            merges += _merged_down(filing, block, top=_HEAD_ROW + len(rows) + 1)
            rows += [_row(filing, case, order + step, repeated=step > 0) for step, case in enumerate(block)]
            order += len(block)
        rows += [sum_row("小计", FIELDS, [case for block in page for case in block]), []]
    total = sum_row("合　计", FIELDS, filing.ledger.cases)
    return ([*rows, total] if rows else []), merges


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = []
    for block in blocks:
        if not pages or sum(map(len, pages[-1])) >= _PAGE:
            pages.append([])
        pages[-1].append(block)
    return pages


def _row(filing: Filing, case: Case, order: int, *, repeated: bool) -> Row:
    cells = case_cells(_hand(filing), case, order)
    if repeated:
        cells |= dict.fromkeys(_REPEATED, filing.office.habit.same)
    return in_order(FORM, cells)


def _merged_down(filing: Filing, block: Block, top: int) -> list[str]:
    """The cells that one enterprise shares, unless this office writes 同上 into each."""
    if len(block) == 1 or filing.office.habit.same:
        return []
    columns = [FIELDS.index(field) + 1 for field in _REPEATED]
    return [area(top, column, top + len(block) - 1, column) for column in columns]


def _retyped(filing: Filing) -> list[FollowUp]:
    return [replace(row, number=square(row.number)) for row in filing.ledger.follow_ups]


def _leave_a_stray_mark(sheet: Worksheet, filing: Filing) -> None:
    """Somebody's finger slipped far below the table."""
    column = 2 + filing.ledger.month % 4
    sheet.cell(sheet.max_row + _STRAY_ROWS_BELOW, column).value = "、" if filing.ledger.month % 2 else "."
