"""``baseline``: a past year's monthly sums, where its ledgers are not to be had (CONTRACT section 1)."""

from __future__ import annotations

from typing import Any

from data.schema.baseline import baseline_month
from etl.kinds.cross_field import NotAbove, Unique, WithinPeriod
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec

SUMS = TableSpec(
    "sums",
    "历史数据",
    (
        Column("unit", "单位", Cells.UNIT, required=True, aliases=("单位名称", "责任单位", "执法单位", "填报单位"),
               hint="从下拉列表选取"),
        Column("month", "月份", Cells.MONTH, required=True, aliases=("月", "统计月份", "所属月份", "时间"),
               example="5月", hint="数据所属的月份，须在本年之内"),
        Column("inspections", "检查家次", Cells.COUNT, aliases=("检查次数", "检查数", "执法检查家次", "检查家数"),
               example="32", hint="不掌握的留空，空白表示不详"),
        Column("problem_inspections", "查出问题家次", Cells.COUNT, aliases=("问题家次", "发现问题家次", "查出问题家数"),
               example="20", hint="不掌握的留空"),
        Column("hazards", "隐患数", Cells.COUNT, aliases=("发现隐患数", "隐患总数", "查出隐患数", "隐患数量"),
               example="56", hint="不掌握的留空"),
        Column("major_hazards", "重大隐患数", Cells.COUNT, aliases=("其中:重大隐患", "重大隐患", "其中重大隐患数", "重大隐患数量", "其中重大", "其中:重大"),
               example="1", hint="不得大于隐患数"),
        Column("penalties", "行政处罚", Cells.COUNT, aliases=("处罚", "处罚数", "行政处罚数", "处罚件数", "处罚起数", "立案处罚"),
               example="4", hint="处罚决定书的份数"),
        Column("fines_yuan", "罚款金额(元)", Cells.MONEY, aliases=("罚款", "罚款金额", "罚款数额", "处罚金额", "罚款额"),
               example="60000", hint="以元填写"),
    ),
    aliases=("历史数据表", "往年数据", "基数", "去年数据", "上年数据"),
    beforehand=("unit", "month"),
    hint="往年台账缺失时，补报各单位各月的汇总数。没有数据的行不必填写，也不必删除",
    rules=(
        WithinPeriod("month", year=True),
        Unique("month", by=("unit", "month")),
        NotAbove("major_hazards", "hazards", "major_above_hazards", named="hazards"),
    ),
)  # fmt: skip


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
    stored=(Stored(baseline_month, SUMS, ("unit", "month"), _columns),),
)
