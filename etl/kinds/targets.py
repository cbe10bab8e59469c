"""``targets``: the year's casualty caps and inspection plans, filed by the committee's office (CONTRACT section 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from data.schema.targets import casualty_cap, inspection_plan
from data.zone.normal import compact, has_marks
from data.zone.periods import Month, Year
from etl.kinds.cross_field import Unique
from etl.kinds.kind import Kind, Stored
from etl.table.cells import Wrong, seen, text
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem
from etl.table.values.numbers import count

WHOLE_ZONE = "全区"
MONTHS = tuple(f"m{month}" for month in range(1, 13))
_IN_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHANGE = re.compile(r"(?:较?(?:同比|上年|去年)(?:同期)?)(下降|减少|上升|增加|增长|持平)(?:(\d+(?:\.\d{1,2})?)%)?")
_DIGITS_APART = re.compile(r"[\d.]\s+[\d.]")
_LARGEST_CHANGE = 1000
_DOWN = {"下降", "减少"}

CAPS = TableSpec(
    "caps",
    "亡人指标",
    (
        Column(
            "unit",
            "单位",
            Cells.UNIT_OR_ZONE,
            required=True,
            aliases=("责任单位", "单位名称", "镇街", "属地"),
            hint="从下拉列表选取；没有这项指标的单位请删去整行",
        ),
        Column(
            "sector",
            "行业领域",
            Cells.SECTOR,
            aliases=("行业", "领域", "所属行业"),
            hint="一般不填；全区按行业领域分别下达的才填",
        ),
        Column(
            "cap",
            "全年亡人指标",
            Cells.ANYTHING,
            required=True,
            personal=False,
            aliases=("亡人指标", "全年指标", "死亡人数指标", "控制指标"),
            example="2",
            hint="全年死亡人数的上限，也可写“同比下降5%”；没有指标的单位请删去整行",
        ),
    ),
    aliases=("年度亡人指标", "亡人控制指标"),
    hint="全区和各单位的全年亡人指标。没有指标的单位请删去整行",
    rules=(Unique("unit", by=("unit", "sector"), optional=("sector",)),),
)

PLANS = TableSpec(
    "plans",
    "检查计划",
    (
        Column(
            "unit",
            "单位",
            Cells.UNIT,
            required=True,
            aliases=("责任单位", "单位名称", "执法单位"),
            hint="从下拉列表选取",
        ),
        *(
            Column(
                key,
                f"{month}月",
                Cells.COUNT,
                aliases=(
                    f"{month}月份",
                    f"{month}月计划",
                    f"{month:02d}月",
                    *(f"{_IN_CHINESE[month - 1]}{ending}" for ending in ("月", "月份", "月计划")),
                ),
                example="30",
                hint="该月计划检查的家次",
            )
            for month, key in enumerate(MONTHS, start=1)
        ),
        Column(
            "monthly",
            "月计划",
            Cells.COUNT,
            aliases=("每月计划", "月均计划", "每月检查计划", "每月"),
            example="30",
            hint="各月相同的只填这一格；某月另有数的填在该月",
        ),
    ),
    aliases=("执法检查计划", "年度检查计划", "月度检查计划"),
    beforehand=("unit",),
    hint="各单位全年各月的检查家次计划。没有计划的单位不必填写，也不必删除；计划为 0 的填 0",
    rules=(Unique("unit"),),
)


def check(context: Context) -> Iterator[Problem]:
    """Caps that can be read, months that are there."""
    yield from _check_caps(context)
    yield from _check_plans(context)


def _check_caps(context: Context) -> Iterator[Problem]:
    table = context.tables["caps"]
    for index, cell in enumerate(context.column("caps", "cap")):
        if context.complained("caps", index, "cap"):
            continue
        try:
            understand_cap(cell)
        except Wrong as wrong:
            yield Problem(
                wrong.code,
                table.found.sheet.name,
                table.cell("cap", index),
                "全年亡人指标",
                text(cell),
                wrong.parameters,
            )


def _check_plans(context: Context) -> Iterator[Problem]:
    table = context.tables["plans"]
    if not {"monthly", *MONTHS} & set(table.found.columns):
        yield Problem("missing_column", table.found.sheet.name, None, "月计划")


def understand_cap(cell: Any) -> tuple[int | None, Decimal | None]:
    """A cap as a number of deaths, or as a change on last year in per cent (``同比下降5%`` → -5); Wrong otherwise."""
    match = _CHANGE.fullmatch(compact(said)) if isinstance(said := seen(cell), str) else None
    if match is None:
        return count(cell), None
    if match[1] == "持平":
        return None, Decimal(0)
    if match[2] is None or has_marks(said) or _DIGITS_APART.search(said):
        raise Wrong("bad_number")
    percent = Decimal(match[2])
    if percent > _LARGEST_CHANGE or (match[1] in _DOWN and percent > 100):
        raise Wrong("bad_number")
    return None, -percent if match[1] in _DOWN else percent


def _cap_columns(context: Context) -> dict[str, list[Any]]:
    """One row a cap."""
    caps = [understand_cap(cell) for cell in context.column("caps", "cap")]
    return {
        "row": context.tables["caps"].rows,
        "unit": [None if unit == WHOLE_ZONE else unit for unit in context.column("caps", "unit")],
        "sector": context.column("caps", "sector"),
        "cap": [cap for cap, _ in caps],
        "change_percent": [change for _, change in caps],
    }


def _plan_columns(context: Context) -> dict[str, list[Any]]:
    """One row a unit and month."""
    plans = list(_plans(context))
    return {
        "row": [row for row, _, _, _ in plans],
        "unit": [unit for _, unit, _, _ in plans],
        "month": [month for _, _, month, _ in plans],
        "inspections": [number for _, _, _, number in plans],
    }


def _plans(context: Context) -> Iterable[tuple[int, str, str, int]]:
    """(row, unit, month, inspections) of every month that has a plan; a month's own cell wins over 月计划."""
    assert isinstance(context.period, Year)
    for index, (row, unit) in enumerate(
        zip(context.tables["plans"].rows, context.column("plans", "unit"), strict=True)
    ):
        every = context.column("plans", "monthly")[index]
        for month, key in enumerate(MONTHS, start=1):
            own = context.column("plans", key)[index]
            number = every if own is None else own
            if number is not None:
                yield row, unit, str(Month(context.period.year, month)), number


KIND = Kind(
    code="targets",
    title="年度指标",
    frequency="year",
    order=10,
    tables=(CAPS, PLANS),
    check=check,
    stored=(
        Stored(casualty_cap, CAPS, ("unit", "sector"), _cap_columns, {"change_percent": "同比变化(%)"}),
        Stored(inspection_plan, PLANS, ("unit", "month"), _plan_columns, {"month": "月份", "inspections": "检查计划"}),
    ),
)
