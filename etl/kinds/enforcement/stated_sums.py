"""The sums that a sheet 汇总 states, in whatever words and layout an office has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from etl.reading.sheets import Cell, Sheet, Shown, letters
from etl.table.headings.names import TEN_THOUSANDS, header_name, money_within, writings

FINES = "罚款金额"
_NAMES = {
    "检查家次": ("检查家数", "检查次数", "执法检查家次", "执法检查次数", "检查户次", "检查企业家次", "检查单位家次", "检查总家次", "检查数"),
    "查出问题家次": ("问题家次", "发现问题家次", "查出问题家数", "存在问题家次", "有问题家次", "查出隐患家次"),
    "隐患数": ("发现隐患数", "隐患总数", "查出隐患数", "发现隐患", "隐患数量", "隐患", "排查隐患数", "隐患合计", "发现隐患总数"),
    "重大隐患数": ("其中重大隐患数", "其中重大隐患", "其中:重大隐患", "其中:重大隐患数", "重大隐患", "重大事故隐患数", "重大事故隐患", "重大隐患数量",
             "其中重大", "其中:重大"),
    "行政处罚": ("行政处罚数", "处罚数", "处罚起数", "行政处罚起数", "处罚件数", "行政处罚件数", "立案处罚", "处罚决定书数", "处罚"),
    FINES: ("罚款", "罚款数额", "处罚金额", "罚款总额", "罚没金额", "罚款合计", "罚款额", "行政罚款"),
}  # fmt: skip
_MEASURES = {header_name(name): measure for measure, names in _NAMES.items() for name in (measure, *names)}
_LOOKED_THROUGH = 100


class WrittenSum(NamedTuple):
    """One of the sums, and whether its writing says that money is in 万元."""

    name: str
    ten_thousands: bool


class StatedSum(NamedTuple):
    """A sum on a sheet: the cell of its name, and the figure that can be no other one's with its cell, or neither."""

    measure: WrittenSum
    at: str
    figure: Cell
    cell: str | None


def measure_of(name: Any) -> WrittenSum | None:
    """Which of the sums this is a name of."""
    for written, unit in writings(header_name(name)):
        if written in _MEASURES:
            return WrittenSum(_MEASURES[written], unit == TEN_THOUSANDS)
    return None


def stated_on(sheet: Sheet) -> list[StatedSum]:
    """Every sum named on the sheet, with its figure: the one number beside it, or the one below it."""
    rows = sheet.rows(_LOOKED_THROUGH)
    ten_thousands = any(money_within(header_name(cell)) == TEN_THOUSANDS for row in rows for cell in row)
    found = [
        (measure if unit_is_said(cell) else WrittenSum(measure.name, ten_thousands), row, column)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for measure in [measure_of(cell)]
        if measure is not None
    ]
    named = [measure.name for measure, _, _ in found]
    stated = []
    for measure, row, column in found:
        place = _figure(rows, row, column) if named.count(measure.name) == 1 else None
        at = f"{letters(column)}{row + 1}"
        if place is None:
            stated.append(StatedSum(measure, at, "", None))
        else:
            below, beside = place
            stated.append(StatedSum(measure, at, rows[below][beside], f"{letters(beside)}{below + 1}"))
    return stated


def unit_is_said(name: Any) -> bool:
    """Whether the name of a sum says in which unit it is."""
    return any(unit is not None for _, unit in writings(header_name(name)))


def _figure(rows: Sequence[Sequence[Cell]], row: int, column: int) -> tuple[int, int] | None:
    """Where the figure of a sum stands: beside its name, or below it, and alone there."""
    beside = [_is_figure(rows[row][at]) if at < len(rows[row]) else False for at in (column + 1, column + 2)]
    if any(beside):
        return (row, column + 1) if beside == [True, False] else None
    below = [_is_figure(rows[at][column]) if at < len(rows) else False for at in (row + 1, row + 2)]
    return (row + 1, column) if below == [True, False] else None


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return measure_of(cell) is None and any(letter.isdigit() for letter in cell)
    return isinstance(cell, float | int | Shown) and not isinstance(cell, bool)
