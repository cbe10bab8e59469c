"""What offices put between, above and below a table's rows, put in at random, each with what it must be taken for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from etl.reading.workbook import Sheet, Workbook
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.left_out import Why
from tests.integration.generated_layouts import Laid, Truth
from tests.integration.in_memory import as_read

SUMMED = {Cells.COUNT, Cells.QUANTITY, Cells.MONEY, Cells.MARK}
NOTES = (
    "注：以上数据截至月底。", "说明：下列各行已核对", "以下空白", "续表", "请各科室于5日前填好；逾期不候", "※ 已报分管领导", "备注：补报一件",
)  # fmt: skip
SIGNATURES: tuple[list[Any], ...] = (
    ["填表人：张三", None, "审核人：李四", "联系电话：023-43780000"], ["填表人", "张三", "审核人", "李四"], ["审核人：", "李四"],
    ["填表人：张三", "审核人：李四", "2022年6月2日"], ["单位负责人：王五", None, "填报日期：2022-6-2"], ["制表：张三", "复核：李四"],
)  # fmt: skip
EXAMPLES = ("例", "示例", "（示例）", "填写示例", "样例")
LABELS = ("合计", "合　计", "总计：", "合计（{n}家）", "5月合计", "全部合计", "承前页", "过次页")
TO_DATE = ("累计（1-5月）", "本年累计", "1-5月累计")


@dataclass
class Strewn:
    """A workbook with such rows: which rows are data, and what each other one must be taken for, by sheet."""

    book: Workbook
    data: dict[str, list[int]] = field(default_factory=dict)
    others: dict[str, dict[int, set[Why]]] = field(default_factory=dict)
    sheets: dict[str, Why] = field(default_factory=dict)


Line = tuple[list[Any], set[Why] | None]
"""A row's cells, and what it must be taken for; None: data."""


def strewn(chance: Random, told: Truth, laid: Laid, *, unlabelled: bool = True) -> Strewn:
    """The plain workbook with rows of all kinds among its own, and with sheets and rows that nobody sees.

    ``unlabelled``: sums without a label among them, which are none any more when a row above them changes.
    """
    specs = {spec.title: spec for spec in told.kind.tables}
    result = Strewn(Workbook([]))
    sheets: dict[str, list[list[Any]]] = {}
    for name, rows in laid.book.sheets.items():
        lines = _lines(chance, specs[name], rows, unlabelled=unlabelled)
        sheets[name] = [cells for cells, _ in lines]
        header = next(number for number, (cells, _) in enumerate(lines) if cells == rows[0])
        result.data[name] = [at + 1 for at, (_, whys) in enumerate(lines) if at > header and whys is None]
        result.others[name] = {at + 1: whys for at, (_, whys) in enumerate(lines) if whys}
    laid.book.sheets = sheets
    result.book = as_read(laid.book)
    for name, sheet in zip(sheets, result.book.sheets, strict=False):
        if chance.random() < 0.3:
            sheet.hidden_rows = frozenset(row - 1 for row in result.data[name] if chance.random() < 0.4)
    if chance.random() < 0.5:
        result.book.sheets.append(Sheet.of("通讯录", [["姓名", "分机"], ["张三", 8001.0]]))
        result.sheets["通讯录"] = Why.UNRELATED_SHEET
    if chance.random() < 0.5:
        hidden = Sheet.of("草稿", [["随手记", ""], ["", 1.0]])
        hidden.hidden = True
        result.book.sheets.append(hidden)
        result.sheets["草稿"] = Why.HIDDEN_SHEET
    return result


def _lines(chance: Random, spec: TableSpec, rows: Sequence[list[Any]], *, unlabelled: bool) -> list[Line]:
    """Titles, the header, and below it the rows with others among them."""
    header, *data = rows
    makers = _makers(spec)
    lines: list[Line] = [(["双桥经开区安全生产报表"], {Why.TITLE})] * chance.randint(0, 2) + [(header, None)]
    above: list[list[Any]] = []
    since = 0
    for row in [*data, None]:
        while chance.random() < 0.25:
            make, why = chance.choice(makers)
            lines.append((make(chance, header, spec), why))
            if why == {Why.HEADER_AGAIN}:
                since = len(above)
        if above and len(above) > since and chance.random() < 0.15:
            lines.append((_sums(chance, "小计", spec, above[since:]), {Why.TOTAL}))
            since = len(above)
        if chance.random() < 0.1:
            lines.append(([None] * len(header), set()))
        if row is not None:
            lines.append((row, None))
            above.append(row)
    if above and chance.random() < 0.6:
        label = chance.choice(LABELS).format(n=len(above))
        lines.append((_sums(chance, label, spec, above), {Why.TOTAL}))
    if unlabelled and above and chance.random() < 0.3 and any(sums := _only_sums(spec, above)):
        lines.append((sums, {Why.TOTAL, Why.PREFILLED}))
    if above and chance.random() < 0.3:
        lines.append((_sums(chance, chance.choice(TO_DATE), spec, [*above, *above]), {Why.TOTAL}))
    return lines


def _makers(spec: TableSpec) -> list[tuple[Callable[[Random, list[Any], TableSpec], list[Any]], set[Why]]]:
    one_cell = {Why.NOTE, Why.SECTION}
    makers: list[tuple[Callable[[Random, list[Any], TableSpec], list[Any]], set[Why]]] = [
        (_note, one_cell), (_signature, {Why.SIGNATURE}), (_again, {Why.HEADER_AGAIN}), (_example, {Why.EXAMPLE}),
    ]  # fmt: skip
    if spec.columns[0].cells is Cells.SERIAL:
        makers += [(_section, one_cell), (_prefilled, {Why.PREFILLED})]
    return makers


def _note(chance: Random, header: list[Any], _spec: TableSpec) -> list[Any]:
    row: list[Any] = [None] * len(header)
    row[chance.randint(0, len(header) - 1)] = chance.choice(NOTES)
    return row


def _signature(chance: Random, _header: list[Any], _spec: TableSpec) -> list[Any]:
    return [*chance.choice(SIGNATURES)]


def _again(_chance: Random, header: list[Any], _spec: TableSpec) -> list[Any]:
    return [*header]


def _example(chance: Random, header: list[Any], _spec: TableSpec) -> list[Any]:
    return [chance.choice(EXAMPLES), date(2022, 5, 1), "某某公司", *[None] * (len(header) - 4), "否"][: len(header)]


def _section(chance: Random, header: list[Any], _spec: TableSpec) -> list[Any]:
    row: list[Any] = [chance.choice(("工贸类", "双路街道", "二、建设施工")), *[None] * (len(header) - 1)]
    if chance.random() < 0.5:
        row[chance.randint(1, len(header) - 1)] = "3家"
    return row


def _prefilled(chance: Random, _header: list[Any], spec: TableSpec) -> list[Any]:
    linked = chance.random() < 0.5
    return [
        17 if column.cells is Cells.SERIAL else "否" if column.cells is Cells.FLAG else 0 if linked else None
        for column in spec.columns
    ]


def _sums(chance: Random, label: str, spec: TableSpec, rows: Sequence[list[Any]]) -> list[Any]:
    """A row of right sums; its label stands in a column that has none."""
    row = [_sum(column, at, rows) for at, column in enumerate(spec.columns)]
    free = [at for at, column in enumerate(spec.columns) if column.cells not in SUMMED]
    row[chance.choice(free[:8])] = label
    return row


def _only_sums(spec: TableSpec, rows: Sequence[list[Any]]) -> list[Any]:
    return [_sum(column, at, rows) for at, column in enumerate(spec.columns)]


def _sum(column: Column, at: int, rows: Sequence[list[Any]]) -> Any:
    return float(sum(row[at] or 0 for row in rows)) if column.cells in SUMMED else None
