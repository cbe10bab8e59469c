"""Three ways of listing accidents: an old register, the printed table, the product's own form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook

from etl.demo.accidents import Fact
from etl.demo.layouts.hand import DAYS, Value, chinese_day, columns, in_order, square
from etl.demo.layouts.paper import Path, Row, add_sheet, dress, new_book, signatures, spread, tiers, title, under
from etl.demo.layouts.template import add_meta
from etl.demo.offices import COMMITTEE
from etl.demo.words import words

FIELDS = words(
    "事故编号 发生时间 事故单位 属地 行业领域 行业主管部门 事故类型 死亡人数 重伤人数 下落不明人数 轻伤人数 "
    "直接经济损失 事故等级 计入指标 认定状态 引发稳定问题 一案双查 挂牌督办日期 调查报告日期 批准延期至 "
    "追责人数 移送司法日期 结案日期 备注"
)
HEADINGS = {"直接经济损失": "直接经济损失(万元)"}

PATHS: tuple[Path, ...] = (
    *under("序号 事故编号 发生时间 事故单位 属地 行业领域 行业主管部门 事故类型"),
    *under("死亡人数 重伤人数 下落不明人数 轻伤人数", "伤亡情况"),
    *under("直接经济损失（万元） 事故等级"),
    *under("计入指标 认定状态", "认定情况"),
    *under("引发稳定问题"),
    *under("一案双查 挂牌督办日期 调查报告日期 批准延期至 追责人数 移送司法日期 结案日期", "调查处理情况"),
    *under("备注"),
)

REGISTER_FIELDS = words(
    "事故编号 事故类型 发生时间 属地 事故单位 行业领域 行业主管部门 死亡人数 下落不明人数 重伤人数 轻伤人数 "
    "直接经济损失 事故等级 认定状态 计入指标 一案双查 挂牌督办日期 调查报告日期 追责人数 移送司法日期 结案日期 备注"
)
REGISTER_HEADINGS = {
    "事故类型": "事故类别",
    "发生时间": "事故发生时间",
    "属地": "事发地",
    "事故单位": "事故发生单位",
    "行业领域": "所属行业",
    "行业主管部门": "行业监管部门",
    "死亡人数": "死亡（人）",
    "下落不明人数": "失踪（人）",
    "重伤人数": "重伤（人）",
    "轻伤人数": "轻伤（人）",
    "直接经济损失": "直接经济损失（元）",
    "认定状态": "统计状态",
    "计入指标": "是否计入指标",
    "一案双查": "是否一案双查",
    "挂牌督办日期": "挂牌督办时间",
    "调查报告日期": "调查报告时间",
    "追责人数": "追责问责人数",
    "移送司法日期": "移送司法时间",
    "结案日期": "结案时间",
}

_PEOPLE = words("死亡人数 重伤人数 下落不明人数 轻伤人数")
_FLAGS = words("计入指标 引发稳定问题 一案双查")
_OTHER_WORDS = {"建设施工": "建筑施工", "道路交通": "道路运输", "消防": "消防安全", "特种设备": "特种设备安全"}
_OTHER_KINDS = {"高处坠落": "高坠", "其他伤害": "其它伤害", "道路交通": "交通事故"}
_TEN_THOUSAND = 10_000
_MOMENT_FORMAT = "yyyy-mm-dd hh:mm"

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class AccidentLedger:
    """The accidents of a year up to a month's end, as known then, and the day on which the list was made out."""

    year: int
    month: int
    rows: tuple[Facts, ...]
    day: date


def template(ledger: AccidentLedger) -> Workbook:
    """The product's own form: days as days, the time with them."""
    book = new_book()
    form = columns(FIELDS, HEADINGS)
    body = [in_order(form, _complete(row)) for row in ledger.rows]
    sheet = add_sheet(book, "生产安全事故台账", [[heading for heading, _ in form], *body])
    for place in range(2, len(body) + 2):
        sheet.cell(place, FIELDS.index("发生时间") + 1).number_format = _MOMENT_FORMAT
    dress(sheet, FIELDS, head=range(1, 2), last=len(body) + 1)
    sheet.freeze_panes = "B2"
    add_meta(book, kind="accidents", unit=COMMITTEE.code, period=f"{ledger.year}-{ledger.month:02}")
    return book


def titled(ledger: AccidentLedger) -> Workbook:
    """The table as printed: a header in two levels, days as text, the sum under it, signatures."""
    fields = [_TITLED_FIELDS.get(path[-1], path[-1]) for path in PATHS]
    above = _above(ledger, len(fields))
    head, merges = tiers(PATHS, top=len(above) + 1)
    form = columns(fields)
    body = [in_order(form, _typed(row, order)) for order, row in enumerate(ledger.rows, start=1)]
    below = [in_order(form, _sums(ledger.rows)), [], signatures(COMMITTEE, len(fields))]
    book = new_book()
    sheet = add_sheet(book, "事故统计", [*above, *head, *body, *below])
    title(sheet, len(fields))
    for cells in merges:
        sheet.merge_cells(cells)
    first = len(above) + len(head)
    dress(sheet, fields, head=range(len(above) + 1, first + 1), last=first + len(body) + 1)
    return book


_TITLED_FIELDS = {"直接经济损失（万元）": "直接经济损失"}


def register(ledger: AccidentLedger) -> Workbook:
    """The register of former years: other headings, another order, people as 1人, money in yuan."""
    book = new_book()
    form = columns(REGISTER_FIELDS, REGISTER_HEADINGS)
    labels: Row = ["填报单位", COMMITTEE.name, None, "填报月份", f"{ledger.year}年{ledger.month}月"]
    body = [in_order(form, _registered(row)) for row in ledger.rows]
    sheet = add_sheet(book, "事故登记", [labels, [], [heading for heading, _ in form], *body])
    dress(sheet, REGISTER_FIELDS, head=range(3, 4), last=len(body) + 3)
    return book


def _above(ledger: AccidentLedger, width: int) -> list[Row]:
    month = f"{ledger.year}年{ledger.month}月"
    labels: dict[int, Value] = {
        1: f"填报单位：{COMMITTEE.name}（盖章）",
        8: f"填报月份：{month}",
        15: f"填报时间：{chinese_day(ledger.day)}",
    }
    return [[f"双桥经开区{ledger.year}年生产安全事故统计表（截至{ledger.month}月底）"], spread(width, labels), []]


def _complete(row: Facts) -> dict[str, Value]:
    return {field: row.get(field) for field in FIELDS}


def _typed(row: Facts, order: int) -> dict[str, Value]:
    """As somebody types it from the telephone: other words, marks for yes and no, strokes for what is not there."""
    cells = {field: _written(row.get(field), DAYS["dotted"], "/") for field in FIELDS}
    marks: dict[str, Value] = {flag: "√" if row.get(flag) == "是" else "×" for flag in _FLAGS}
    return {
        **cells,
        **_in_other_words(row),
        **marks,
        "序号": order,
        "发生时间": _moment(row, "{day}{at:%H}时{at:%M}分"),
    }


def _registered(row: Facts) -> dict[str, Value]:
    cells = {field: _written(row.get(field), DAYS["compact"], None) for field in FIELDS}
    people: dict[str, Value] = {field: f"{row[field]}人" for field in _PEOPLE}
    loss = row.get("直接经济损失")
    yuan = f"{loss * _TEN_THOUSAND:,}元" if isinstance(loss, int | float) else "—"
    return {**cells, **people, "直接经济损失": yuan, "发生时间": _moment(row, "{at:%Y/%m/%d %H:%M}")}


def _in_other_words(row: Facts) -> dict[str, Value]:
    sector, kind = str(row["行业领域"]), str(row["事故类型"])
    return {
        "事故编号": square(str(row["事故编号"])),
        "行业领域": _OTHER_WORDS.get(sector, sector),
        "事故类型": _OTHER_KINDS.get(kind, kind),
    }


def _written(fact: Fact, day: Callable[[date], str], nothing: Value) -> Value:
    if fact is None:
        return nothing
    return day(fact) if isinstance(fact, date) else fact


def _moment(row: Facts, form: str) -> str:
    at = row["发生时间"]
    assert isinstance(at, datetime)
    return form.format(at=at, day=chinese_day(at))


def _sums(rows: Iterable[Facts]) -> dict[str, Value]:
    empty: dict[str, Value] = dict.fromkeys(FIELDS)
    sums: dict[str, Value] = {
        field: sum(_number(row.get(field)) for row in rows) for field in (*_PEOPLE, "直接经济损失")
    }
    return {**empty, **sums, "序号": "合计"}


def _number(fact: Fact) -> float:
    return fact if isinstance(fact, int | float) else 0
