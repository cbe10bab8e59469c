"""Four ways of filling in the ten measures: our form, a titled one, an older one, one with Chinese numerals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from etl.demo.layouts.hand import Column, Value, chinese_day, columns, in_order, wide_mark
from etl.demo.layouts.paper import (
    Path,
    Row,
    add_sheet,
    dress,
    new_book,
    signatures,
    spread,
    tiers,
    title,
    under,
)
from etl.demo.layouts.template import add_meta
from etl.demo.marks import Assessment
from etl.demo.measures import FULL_MARK, MEASURES, Measure
from etl.demo.office_profile import Layout
from etl.demo.words import words
from etl.demo.workdays import YEAR

FIELDS = words("序号 措施 工作要求 分值 自评分 完成情况 佐证材料 扣分原因")
PATHS: tuple[Path, ...] = (
    *under("序号 措施 工作要求"),
    *under("分值 自评分", "评分"),
    *under("完成情况 扣分原因 佐证材料", "自评说明"),
)
OLDER_FIELDS = words("措施 工作要求 完成情况 分值 自评分 扣分原因 佐证材料")
OLDER_HEADINGS = {
    "措施": "考核内容",
    "工作要求": "考核要求",
    "完成情况": "落实情况",
    "分值": "标准分",
    "自评分": "自评得分",
    "扣分原因": "扣分说明",
    "佐证材料": "印证资料",
}
NUMERAL_FIELDS = words("序号 措施 分值 工作要求 完成情况 自评分 扣分原因 佐证材料")
NUMERAL_HEADINGS = {
    "措施": "工作措施",
    "分值": "标准\n分值",
    "工作要求": "具体要求",
    "完成情况": "工作完成情况",
    "自评分": "自评\n得分",
    "扣分原因": "扣分理由",
    "佐证材料": "佐证资料目录",
}
_NUMERALS = words("一 二 三 四 五 六 七 八 九 十")
_WELL, _FAIRLY = 9, 7

Builder = Callable[[Assessment, date], Workbook]


@dataclass(frozen=True, slots=True)
class Form:
    """One way of filling in, and the name that such a workbook bears."""

    build: Builder
    file_name: str


def build(assessment: Assessment, day: date) -> Workbook:
    """The self-assessment as this office writes it in that quarter, filled in on that day."""
    return _form(assessment).build(assessment, day)


def file_name(assessment: Assessment, addition: str = "") -> str:
    """The workbook's name; a corrected one bears an addition."""
    office, quarter = assessment.office, assessment.quarter
    stem = _form(assessment).file_name.format(
        name=office.name, short=office.short, q=quarter, numeral=_NUMERALS[quarter - 1]
    )
    return f"{stem}{addition}.xlsx"


def _form(assessment: Assessment) -> Form:
    return _FORMS[assessment.office.layout(3 * assessment.quarter)]


def _on_our_form(assessment: Assessment, _day: date) -> Workbook:
    """Header in the first row, no sum, and who, what and when on a hidden sheet."""
    book = new_book()
    form = columns(FIELDS)
    rows = [in_order(form, cells) for cells in _cells(assessment)]
    sheet = add_sheet(book, "十条措施自评", [list(FIELDS), *rows])
    dress(sheet, FIELDS, head=range(1, 2), last=len(rows) + 1)
    sheet.freeze_panes = "C2"
    period = f"{YEAR}Q{assessment.quarter}"
    add_meta(book, kind="self_assessment", unit=assessment.office.code, period=period)
    return book


def _titled(assessment: Assessment, day: date) -> Workbook:
    """A title, the unit and the quarter under it, a header in two levels, the sum, the signatures."""
    fields = [path[-1] for path in PATHS]
    above = _above(assessment, day, len(fields))
    head, merges = tiers(PATHS, top=len(above) + 1)
    form = columns(fields)
    body = [in_order(form, cells) for cells in _cells(assessment)]
    below = [_sum_row("序号", form, assessment), [], signatures(assessment.office, len(fields), columns=(1, 4, 7))]
    book = new_book()
    sheet = add_sheet(book, "十条措施自评", [*above, *head, *body, *below])
    first = len(above) + len(head)
    title(sheet, len(fields))
    for cells in merges:
        sheet.merge_cells(cells)
    dress(sheet, fields, head=range(len(above) + 1, first + 1), last=first + len(body) + 1)
    return book


def _above(assessment: Assessment, day: date, width: int) -> list[Row]:
    office, quarter = assessment.office, f"{YEAR}年第{assessment.quarter}季度"
    labels = {1: f"填报单位：{office.name}（盖章）", 4: f"填报季度：{quarter}", 7: f"填报时间：{chinese_day(day)}"}
    return [[f"{office.name}{quarter}十条措施落实情况自评表"], spread(width, labels)]


def _older(assessment: Assessment, _day: date) -> Workbook:
    """Nothing is numbered, the digits are wide, and the sum stands where a measure would."""
    form = columns(OLDER_FIELDS, OLDER_HEADINGS)
    quarter = f"{YEAR}年第{_NUMERALS[assessment.quarter - 1]}季度"
    above: list[Row] = [["填报单位", assessment.office.short, None, "填报季度", quarter], []]
    wide = [
        cells | {"分值": wide_mark(FULL_MARK), "自评分": wide_mark(mark)}
        for cells, mark in zip(_cells(assessment), assessment.claimed, strict=True)
    ]
    body = [in_order(form, cells) for cells in wide]
    rows = [*above, _headings(form), *body, _sum_row("措施", form, assessment)]
    book = new_book()
    sheet = add_sheet(book, "Sheet1", rows)
    dress(sheet, OLDER_FIELDS, head=range(3, 4), last=len(rows))
    return book


def _in_numerals(assessment: Assessment, day: date) -> Workbook:
    """Chinese numerals, line breaks in the headings, the sum above the signatures, an empty sheet behind."""
    form = columns(NUMERAL_FIELDS, NUMERAL_HEADINGS)
    office, numeral = assessment.office, _NUMERALS[assessment.quarter - 1]
    above: list[Row] = [
        [f"十条措施落实情况自评表（{YEAR}年{numeral}季度）"],
        [f"填报单位：{office.name}    填报季度：{YEAR}年{numeral}季度    填报时间：{day.year}.{day.month}.{day.day}"],
    ]
    numbered = [cells | {"序号": _NUMERALS[order]} for order, cells in enumerate(_cells(assessment))]
    body = [in_order(form, cells) for cells in numbered]
    below = [_sum_row("措施", form, assessment), signatures(office, len(form), columns=(2, 5, 7))]
    book = new_book()
    sheet = add_sheet(book, "自评表 ", [*above, _headings(form), *body, *below])
    title(sheet, len(form))
    title(sheet, len(form), row=2)
    dress(sheet, NUMERAL_FIELDS, head=range(3, 4), last=len(body) + 4)
    add_sheet(book, "Sheet2", [])
    return book


def _headings(form: tuple[Column, ...]) -> Row:
    return [heading for heading, _ in form]


def _cells(assessment: Assessment) -> list[dict[str, Value]]:
    return [_measure_cells(measure, mark) for measure, mark in zip(MEASURES, assessment.claimed, strict=True)]


def _measure_cells(measure: Measure, mark: float) -> dict[str, Value]:
    return {
        "序号": measure.number,
        "措施": measure.name,
        "工作要求": measure.requirement,
        "分值": FULL_MARK,
        "自评分": mark,
        "完成情况": _how_far(mark),
        "佐证材料": measure.evidence,
        "扣分原因": measure.shortcoming if mark < FULL_MARK else None,
    }


def _how_far(mark: float) -> str:
    if mark >= _WELL:
        return "已完成"
    return "基本完成" if mark >= _FAIRLY else "正在推进"


def _sum_row(labelled: str, form: tuple[Column, ...], assessment: Assessment) -> Row:
    sums: dict[str, Value] = {"分值": FULL_MARK * len(MEASURES), "自评分": sum(assessment.claimed)}
    return [sums.get(field, "合计" if field == labelled else None) for _, field in form]


_FORMS: Mapping[Layout, Form] = {
    "template": Form(_on_our_form, "{short}-2022Q{q}-十条措施自评"),
    "titled": Form(_titled, "{name}2022年第{q}季度十条措施自评表"),
    "three_level": Form(_titled, "{short}2022年第{q}季度自评表（盖章）"),
    "aliased": Form(_older, "2022年{numeral}季度十条措施自评-{short}"),
    "wps": Form(_older, "{short}十条措施落实情况自查自评（{numeral}季度）"),
    "own_form": Form(_in_numerals, "附件：{short}十条措施自评表2022年{numeral}季度"),
}
