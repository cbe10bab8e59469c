"""One form in the hand of any office: printed, grown by hand, under other headings, or as the product asks for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook

from etl.demo.layouts.forms import Form
from etl.demo.layouts.hand import DAYS, Value, chinese_day, columns, in_order, wide
from etl.demo.layouts.paper import (
    Path,
    Row,
    add_sheet,
    area,
    dress,
    new_book,
    signatures,
    spread,
    tiers,
    title,
)
from etl.demo.layouts.template import add_meta
from etl.demo.office_profile import Layout, Office
from etl.demo.workdays import YEAR

Fact = str | int | float | bool | date | datetime | None
Facts = Mapping[str, Fact]
"""A row by column, as it is in truth; what is not told is left out."""

_MONTH_OF_LISTS = 3
_MONTHS_IN_QUARTER = 3
_ROWS_A_PAGE = 10
_SHARED = ("属地", "任务编号")
_MOMENT_FORMAT = "yyyy-mm-dd hh:mm"
_LONG_HEADING = 4


@dataclass(frozen=True, slots=True)
class Paper:
    """A form, who fills it in for which month or quarter (None of both: for the year), what with, and on which day.

    ``way``: how it is written where that is not the office's way.
    """

    form: Form
    office: Office
    month: int | None
    rows: tuple[Facts, ...]
    day: date
    quarter: int | None = None
    way: Layout | None = None

    @property
    def layout(self) -> Layout:
        """The way of writing: the office's at that time, where nothing else is said."""
        if self.way is not None:
            return self.way
        last = self.month or (self.quarter and _MONTHS_IN_QUARTER * self.quarter)
        return self.office.layout(last or _MONTH_OF_LISTS)

    @property
    def period(self) -> str:
        """The period as the product writes it."""
        if self.quarter:
            return f"{YEAR}Q{self.quarter}"
        return f"{YEAR}-{self.month:02}" if self.month else str(YEAR)

    @property
    def period_name(self) -> str:
        """The period as people say it."""
        if self.quarter:
            return f"{YEAR}年第{self.quarter}季度"
        return f"{YEAR}年{self.month}月" if self.month else f"{YEAR}年"

    @property
    def period_label(self) -> str:
        """What stands before the period."""
        if self.quarter:
            return "填报季度"
        return "填报月份" if self.month else "填报年度"


@dataclass(frozen=True, slots=True)
class _Pen:
    """How days, moments and counts are put down; ``nothing`` stands for a day that is not there."""

    day: Callable[[date], Value]
    moment: Callable[[datetime], Value]
    count: Callable[[int], Value]
    yes: str
    no: str
    nothing: Value


def build(paper: Paper) -> Workbook:
    """The workbook as its office makes it out at that time."""
    return _WAYS[paper.layout](paper)


def _template(paper: Paper) -> Workbook:
    """Header in the first row, Excel days, and who, what and when on a hidden sheet."""
    book = new_book()
    fields = paper.form.fields
    body = _body(paper, _Pen(lambda day: day, lambda at: at, int, "是", "否", None))
    sheet = add_sheet(book, paper.form.title, [list(fields), *body])
    for cell in (cell for line in sheet.iter_rows(min_row=2) for cell in line if isinstance(cell.value, datetime)):
        cell.number_format = _MOMENT_FORMAT
    dress(sheet, fields, head=range(1, 2), last=len(body) + 1)
    sheet.freeze_panes = "C2"
    add_meta(book, kind=paper.form.kind, unit=paper.office.code, period=paper.period)
    return book


def _titled(paper: Paper) -> Workbook:
    return _printed(paper, paper.form.paths)


def _three_level(paper: Paper) -> Workbook:
    """Whatever has a heading over it gets one more."""
    over = f"{paper.form.title[:-2]}情况"
    return _printed(paper, [(over, *path) if len(path) > 1 else path for path in paper.form.paths])


def _printed(paper: Paper, paths: Sequence[Path]) -> Workbook:
    """Title, labels, a header of several levels, the table, how many there are, signatures."""
    book = new_book()
    fields = paper.form.fields
    above = _above(paper, len(fields))
    head, merges = tiers(paths, top=len(above) + 1)
    body = _body(paper, _pen(paper, nothing="—"))
    total: list[Row] = [["合计", f"{len(body)}{paper.form.measure}"]] if body else []
    below = [*total, spread(len(fields), {}), _signed(paper)]
    sheet = add_sheet(book, paper.form.title, [*above, *head, *body, *below])
    title(sheet, len(fields))
    for cells in merges:
        sheet.merge_cells(cells)
    first = len(above) + len(head)
    dress(sheet, fields, head=range(len(above) + 1, first + 1), last=first + len(body) + len(total))
    return book


def _aliased(paper: Paper) -> Workbook:
    """Label and value side by side, other headings, full-width digits, a blank line after every ten rows."""
    book = new_book()
    form = columns(paper.form.fields, paper.form.other_headings)
    labels: Row = ["填报单位", paper.office.short, None, paper.period_label, paper.period_name]
    body = _with_gaps(_body(paper, _pen(paper, nothing="/", count=wide)))
    sheet = add_sheet(book, paper.form.title, [labels, [], [heading for heading, _ in form], *body])
    dress(sheet, paper.form.fields, head=range(3, 4), last=3 + len(body))
    return book


def _own_form(paper: Paper) -> Workbook:
    """An explanation first, the table on the second sheet, its columns numbered."""
    book = new_book()
    fields = paper.form.fields
    lines: list[Row] = [["填表说明"], ["一、本表由各科室、站所逐项登记，综合科汇总后报送。"], ["二、没有的栏目不填。"]]
    add_sheet(book, "说明", lines).column_dimensions["A"].width = 60
    labels: dict[int, Value] = {
        1: "填报单位：",
        2: paper.office.name,
        5: f"{paper.period_label}：",
        6: paper.period_name,
    }
    above: list[Row] = [[f"{paper.office.name}{paper.form.title}"], spread(len(fields), labels), []]
    numbers: Row = ["甲", "乙", *range(1, len(fields) - 1)]
    body = _body(paper, _pen(paper, nothing=None))
    sheet = add_sheet(book, f"{paper.form.title} ", [*above, list(fields), numbers, *body])
    title(sheet, len(fields))
    dress(sheet, fields, head=range(4, 6), last=5 + len(body))
    return book


def _wps(paper: Paper) -> Workbook:
    """Headings broken over two lines; what one row shares with that above is merged, or written 同上."""
    book = new_book()
    fields = paper.form.fields
    above = _above(paper, len(fields))[:2]
    body = _body(paper, _pen(paper, nothing="/"))
    head = len(above) + 1
    merges = _shared(paper, body, first=head + 1)
    sheet = add_sheet(book, "Sheet1", [*above, [_broken(field) for field in fields], *body, [], _signed(paper)])
    title(sheet, len(fields))
    for cells in merges:
        sheet.merge_cells(cells)
    dress(sheet, fields, head=range(head, head + 1), last=head + len(body))
    return book


_WAYS: Mapping[Layout, Callable[[Paper], Workbook]] = {
    "template": _template,
    "titled": _titled,
    "three_level": _three_level,
    "aliased": _aliased,
    "own_form": _own_form,
    "wps": _wps,
}


def _pen(paper: Paper, *, nothing: Value, count: Callable[[int], Value] = int) -> _Pen:
    habit = paper.office.habit
    yes, no = habit.marks
    usual = DAYS[habit.dates]

    def day(on: date) -> Value:
        """Who leaves out the year writes it where it is another one."""
        return usual(on) if on.year == YEAR else chinese_day(on)

    return _Pen(day, lambda at: f"{at:%Y-%m-%d %H:%M}", count, yes, no, nothing)


def _body(paper: Paper, pen: _Pen) -> list[Row]:
    form = columns(paper.form.fields)
    return [in_order(form, _cells(paper, pen, facts, order)) for order, facts in enumerate(paper.rows, start=1)]


def _cells(paper: Paper, pen: _Pen, facts: Facts, order: int) -> dict[str, Value]:
    sector = facts.get("行业领域")
    cells: dict[str, Value] = {name: _written(name, facts.get(name), pen) for name in paper.form.fields}
    return cells | {"序号": order} | ({"行业领域": paper.office.word(sector)} if isinstance(sector, str) else {})


def _written(name: str, fact: Fact, pen: _Pen) -> Value:
    match fact:
        case bool():
            return pen.yes if fact else pen.no
        case datetime():
            return pen.moment(fact)
        case date():
            return pen.day(fact)
        case int():
            return pen.count(fact)
        case None if name.endswith(("日期", "期限")):
            return pen.nothing
        case _:
            return fact


def _above(paper: Paper, width: int) -> list[Row]:
    labels: dict[int, Value] = {
        1: f"填报单位：{paper.office.name}（盖章）",
        5: f"{paper.period_label}：{paper.period_name}",
        8: f"填报时间：{chinese_day(paper.day)}",
    }
    return [[f"{paper.office.name}{paper.period_name}{paper.form.title}"], spread(width, labels), []]


def _signed(paper: Paper) -> Row:
    return signatures(paper.office, len(paper.form.fields), (1, 4, 7))


def _with_gaps(rows: Sequence[Row]) -> list[Row]:
    return [row for place, one in enumerate(rows) for row in _after_a_gap(place, one)]


def _after_a_gap(place: int, row: Row) -> Iterable[Row]:
    return ([], row) if place and place % _ROWS_A_PAGE == 0 else (row,)


def _broken(heading: str) -> str:
    middle = len(heading) // 2
    return f"{heading[:middle]}\n{heading[middle:]}" if len(heading) >= _LONG_HEADING else heading


def _shared(paper: Paper, body: list[Row], first: int) -> list[str]:
    """Where one town or task stands in several rows on end: its mark in each but the first, or the cells to merge."""
    shared = next((field for field in _SHARED if field in paper.form.fields), None)
    if shared is None:
        return []
    column = paper.form.fields.index(shared)
    merges, top = [], 0
    towns = [row[column] for row in body]
    for place in range(1, len(towns) + 1):
        if place < len(towns) and towns[place] == towns[top]:
            body[place][column] = paper.office.habit.same
            continue
        if place - top > 1 and not paper.office.habit.same:
            merges.append(area(first + top, column + 1, first + place - 1, column + 1))
        top = place
    return merges
