"""The committee's office marks all units in one workbook: first on a form of its own, later on the product's."""

from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from etl.demo.layouts.hand import Value, chinese_day
from etl.demo.layouts.paper import Row, add_sheet, area, dress, new_book, signatures, spread, title
from etl.demo.layouts.template import add_meta
from etl.demo.marks import Assessment
from etl.demo.measures import FULL_MARK, MEASURES, Measure
from etl.demo.offices import COMMITTEE, OFFICES
from etl.demo.words import words
from etl.demo.workdays import YEAR

FIELDS = words("单位 措施 评审得分 扣分原因")
VERDICT_FIELDS = words("单位 加分 扣分 一票否决 事由")
MESSY_HEADINGS = words("被评单位 评审项目 满分 得分 扣分说明")
_MESSY_FIELDS = words("单位 措施 满分 评审得分 扣分原因")
_NUMERALS = "一二三四"
_WORTH_A_WORD = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is added, taken away or vetoed for one unit, and why."""

    unit: str
    bonus: float | None = None
    deduction: float | None = None
    veto: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The marks of a quarter; a unit whose `found` is shorter than the ten measures was looked at in part."""

    quarter: int
    assessments: tuple[Assessment, ...]
    verdicts: tuple[Verdict, ...]


def build(review: Review) -> Workbook:
    """The product's own form: one row a unit and measure, verdicts on the second sheet."""
    book = new_book()
    rows = [row for assessment in review.assessments for row in _rows(assessment, assessment.office.name)]
    sheet = add_sheet(book, "十条措施评审", [list(FIELDS), *rows])
    dress(sheet, FIELDS, head=range(1, 2), last=len(rows) + 1)
    sheet.freeze_panes = "A2"
    _add_verdicts(book, review, "加减分与否决", no="否")
    add_meta(book, kind="review", unit=COMMITTEE.code, period=f"{YEAR}Q{review.quarter}")
    return book


def build_messy(review: Review, day: date) -> Workbook:
    """The form as printed: a title, each unit's name once beside its ten measures and their 小计, signatures."""
    above = _above(review, day)
    body: list[Row] = []
    merges: list[str] = []
    for assessment in review.assessments:
        block = _block(assessment)
        top = len(above) + 2 + len(body)
        merges.append(area(top, 1, top + len(block) - 1, 1))
        body += block
    below: list[Row] = [[], signatures(COMMITTEE, len(MESSY_HEADINGS), columns=(1, 2, 5))]
    book = new_book()
    sheet = add_sheet(book, f"{_NUMERALS[review.quarter - 1]}季度评审", [*above, list(MESSY_HEADINGS), *body, *below])
    title(sheet, len(MESSY_HEADINGS))
    for cells in merges:
        sheet.merge_cells(cells)
    dress(sheet, _MESSY_FIELDS, head=range(len(above) + 1, len(above) + 2), last=len(above) + 1 + len(body))
    _add_verdicts(book, review, "加减分与否决 ", no="/")
    return book


def _above(review: Review, day: date) -> list[Row]:
    quarter = f"{YEAR}年第{_NUMERALS[review.quarter - 1]}季度"
    labels: dict[int, Value] = {
        1: f"填报单位：{COMMITTEE.name}（盖章）",
        2: f"填报季度：{quarter}",
        5: f"填报时间：{chinese_day(day)}",
    }
    return [[f"双桥经开区{quarter}十条措施落实情况评审结果"], spread(len(MESSY_HEADINGS), labels), []]


def _block(assessment: Assessment) -> list[Row]:
    """The unit's name beside its first measure only, and the sum of its marks at the end."""
    rows = _rows(assessment, assessment.office.short)
    marked = [
        [name if place == 0 else None, measure, FULL_MARK, *rest] for place, (name, measure, *rest) in enumerate(rows)
    ]
    return [*marked, [None, "小计", FULL_MARK * len(MEASURES), sum(assessment.found), None]]


def _rows(assessment: Assessment, name: str) -> list[Row]:
    pairs = zip(MEASURES, assessment.found, strict=False)
    return [[name, measure.name, mark, _word(measure, mark)] for measure, mark in pairs]


def _word(measure: Measure, mark: float) -> str | None:
    return measure.shortcoming if mark < _WORTH_A_WORD else None


def _add_verdicts(book: Workbook, review: Review, name: str, no: str) -> None:
    names = {office.code: office.name for office in OFFICES}
    rows: list[Row] = [
        [names[verdict.unit], verdict.bonus, verdict.deduction, "是" if verdict.veto else no, verdict.reason]
        for verdict in review.verdicts
    ]
    sheet = add_sheet(book, name, [list(VERDICT_FIELDS), *rows])
    dress(sheet, VERDICT_FIELDS, head=range(1, 2), last=len(rows) + 1)
