"""``review``: the committee's marks for all units' ten measures of a quarter, with bonuses, deductions and vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from data.schema.quarterly import review_extra, review_mark
from etl.kinds.cross_field import NotAbove, Unique
from etl.kinds.kind import Kind, Stored
from etl.kinds.measures import check_measures, full_marks
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem

_UNIT = Column("unit", "单位", Cells.UNIT, required=True,
               aliases=("被评审单位", "受评单位", "单位名称", "责任单位", "被考核单位", "被评单位", "考核单位", "被评估单位"),
               hint="从下拉列表选取")  # fmt: skip

MARKS = TableSpec(
    "marks",
    "十条措施评审",
    (
        _UNIT,
        Column("measure", "措施", required=True, personal=False,
               aliases=("措施名称", "十条措施", "工作措施", "考核措施", "评估措施", "措施内容", "考核内容", "考核项目", "评估项目", "评估内容",
                        "评审项目", "评审内容", "项目", "主要措施"),
               hint="措施的名称或序号，模板已填"),
        Column("self", "自评分", Cells.ANYTHING, aliases=("自评得分",),
               hint="单位的自评分，供对照，不读取"),
        Column("mark", "评审得分", Cells.MARK, required=True,
               aliases=("评审分", "评审分数", "审核得分", "考核得分", "评估得分", "复核得分", "评审成绩", "安委会评分", "得分"),
               example="9", hint="不得高于该措施的分值；本次不评审的措施请删去整行，删去的按自评分计"),
        Column("reason", "扣分原因", aliases=("扣分说明", "扣分理由", "失分原因", "扣分情况", "评审意见", "扣分依据", "备注"),
               example="佐证材料不全", hint="未得满分的写明原因"),
    ),
    aliases=("十条措施评审表", "评审表", "评审得分表", "评审"),
    hint="全部单位的十条措施已经列出，逐行填评审得分；本次不评审的请删去整行",
    rules=(
        Unique("measure", by=("unit", "number")),
        NotAbove("mark", "allowed", "mark_above_full", named="full"),
    ),
)  # fmt: skip

EXTRAS = TableSpec(
    "extras",
    "加减分与否决",
    (
        _UNIT,
        Column("bonus", "加分", Cells.MARK, aliases=("加分值", "奖励加分", "加分分值", "加分项得分"),
               example="2", hint="没有的不填"),
        Column("deduction", "扣分", Cells.MARK, aliases=("减分", "扣分值", "减分值", "扣分分值", "倒扣分"),
               example="1", hint="没有的不填"),
        Column("veto", "一票否决", Cells.FLAG, aliases=("是否否决", "是否一票否决", "否决", "一票否决(是/否)"),
               example="否", hint="填“是”即为已确认的否决"),
        Column("reason", "事由", aliases=("原因", "加减分事由", "加扣分事由", "理由", "说明", "依据", "备注"),
               example="工作经验在全市推广", hint="加分、扣分、否决的依据"),
    ),
    required=False,
    aliases=("加减分", "加减分及否决", "加扣分与否决", "加减分和一票否决"),
    hint="只填有加分、扣分或一票否决的单位；没有的不填",
)  # fmt: skip


def prepare(context: Context) -> None:
    """Which measure of the scheme each row names, and the full mark that it then has."""
    full_marks(context, "marks", None)


def check(context: Context) -> Iterator[Problem]:
    """Every row names one of the scheme's measures."""
    yield from check_measures(context, "marks")


def _marks(context: Context) -> dict[str, list[Any]]:
    """One row a mark."""
    return {
        **_common(context, "marks"),
        "measure": context.values["marks"]["number"],
        "mark": context.column("marks", "mark"),
        "reason": context.column("marks", "reason"),
    }


def _extras(context: Context) -> dict[str, list[Any]]:
    """One row a row of 加减分与否决."""
    if "extras" not in context.tables:
        return {}
    return {
        **_common(context, "extras"),
        "bonus": [points or Decimal(0) for points in context.column("extras", "bonus")],
        "deduction": [points or Decimal(0) for points in context.column("extras", "deduction")],
        "veto": [bool(flag) for flag in context.column("extras", "veto")],
        "reason": context.column("extras", "reason"),
    }


def _common(context: Context, table: str) -> dict[str, list[Any]]:
    size = len(context.tables[table].rows)
    return {
        "row": list(context.tables[table].rows),
        "unit": context.column(table, "unit"),
        "period": [str(context.period)] * size,
    }


KIND = Kind(
    code="review",
    title="十条措施评审",
    frequency="quarter",
    order=40,
    tables=(MARKS, EXTRAS),
    prepare=prepare,
    check=check,
    stored=(
        Stored(review_mark, MARKS, ("unit", "measure"), _marks),
        Stored(review_extra, EXTRAS, ("unit",), _extras),
    ),
)
