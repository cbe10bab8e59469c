"""``baseline``: a past year's monthly sums, where its ledgers are not to be had (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.schema.baseline import baseline_month
from etl.context import Context
from etl.kinds.declaration import Cells, Column, Kind, Stored, TableSpec, nothing_more, nothing_to_refresh
from etl.problems import Problem

SUMS = TableSpec(
    "sums",
    "历史数据",
    (
        Column("unit", "单位", Cells.UNIT, required=True, aliases=("单位名称", "责任单位", "执法单位", "填报单位")),
        Column("month", "月份", Cells.MONTH, required=True, aliases=("月", "统计月份", "所属月份", "时间")),
        Column("inspections", "检查家次", Cells.COUNT, aliases=("检查次数", "检查数", "执法检查家次", "检查家数")),
        Column("problem_inspections", "查出问题家次", Cells.COUNT, aliases=("问题家次", "发现问题家次", "查出问题家数")),
        Column("hazards", "隐患数", Cells.COUNT, aliases=("发现隐患数", "隐患总数", "查出隐患数", "隐患数量")),
        Column("major_hazards", "重大隐患数", Cells.COUNT, aliases=("其中:重大隐患", "重大隐患", "其中重大隐患数", "重大隐患数量")),
        Column("penalties", "行政处罚", Cells.COUNT, aliases=("处罚", "处罚数", "行政处罚数", "处罚件数", "处罚起数", "立案处罚")),
        Column("fines_yuan", "罚款金额(元)", Cells.MONEY, aliases=("罚款", "罚款金额", "罚款数额", "处罚金额", "罚款额")),
    ),
    aliases=("历史数据表", "往年数据", "基数", "去年数据", "上年数据"),
)  # fmt: skip


def check(context: Context) -> Iterator[Problem]:
    """Months of the table's year, none twice for a unit; no more major hazards than hazards."""
    year = context.period.year
    months = context.column("sums", "month")
    for index, month in enumerate(months):
        if month is not None and month.year != year:
            yield context.problem("sums", index, "month", "out_of_period", "other_year", str(month), year=year)
    pairs = list(zip(context.column("sums", "unit"), months, strict=True))
    yield from context.repeated("sums", "month", [None if None in pair else pair for pair in pairs])
    for index, (hazards, major) in enumerate(
        zip(context.column("sums", "hazards"), context.column("sums", "major_hazards"), strict=True)
    ):
        if hazards is not None and major is not None and major > hazards:
            yield context.problem(
                "sums", index, "major_hazards", "inconsistent", "major_above_hazards", major, hazards=hazards
            )


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a unit and month."""
    counts = ("inspections", "problem_inspections", "hazards", "major_hazards", "penalties", "fines_yuan")
    return {
        "row": context.tables["sums"].rows,
        "unit": context.column("sums", "unit"),
        "month": [str(month) for month in context.column("sums", "month")],
        **{key: context.column("sums", key) for key in counts},
    }


KIND = Kind(
    code="baseline",
    title="历史数据",
    frequency="year",
    order=15,
    tables=(SUMS,),
    check=check,
    check_sums=nothing_more,
    stored=(Stored(baseline_month, SUMS, ("unit", "month"), _columns),),
    refresh=nothing_to_refresh,
)
