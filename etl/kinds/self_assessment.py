"""``self_assessment``: a unit's own marks for the ten measures of a quarter (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.schema.quarterly import self_mark
from etl.kinds.cross_field import NotAbove, Unique
from etl.kinds.kind import Kind, Stored
from etl.kinds.measures import check_measures, full_marks
from etl.table.context import Context, written
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem

MEASURES = TableSpec(
    "measures",
    "十条措施自评",
    (
        Column("serial", "序号", Cells.ANYTHING, aliases=("编号", "项次", "措施序号", "条目"),
               example="1", hint="措施的序号，模板已填"),
        Column("measure", "措施", required=True, personal=False,
               aliases=("措施名称", "十条措施", "工作措施", "考核措施", "评估措施", "措施内容", "考核内容", "考核项目", "评估项目", "评估内容",
                        "项目", "主要措施", "考评内容"),
               hint="模板已填，请勿改动"),
        Column("wanted", "工作要求", aliases=("要求", "考核要求", "具体要求", "评分标准", "考核标准", "评估标准", "任务要求", "工作内容"),
               hint="可以不填"),
        Column("full", "分值", Cells.MARK, required=True,
               aliases=("标准分", "满分", "标准分值", "满分值", "总分值", "应得分", "基本分", "权重分", "分数"),
               example="10", hint="评估方案规定的分值，模板已填，请勿改动"),
        Column("mark", "自评分", Cells.MARK, required=True,
               aliases=("自评得分", "自评分数", "自评分值", "自评", "自查得分", "自评成绩", "自查自评得分", "单位自评分", "得分"),
               example="9.5", hint="不得高于分值，可带小数"),
        Column("done", "完成情况", aliases=("落实情况", "工作完成情况", "完成情况说明", "工作落实情况", "开展情况", "进展情况", "自评说明"),
               example="召开安委会会议 3 次，研究部署 6 项", hint="写明做了什么、做到什么程度"),
        Column("evidence", "佐证材料", aliases=("佐证", "印证材料", "印证资料", "佐证资料目录", "支撑材料", "证明材料", "佐证资料", "附件"),
               example="会议纪要、签到表", hint="写材料名称，原件备查"),
        Column("reason", "扣分原因", aliases=("扣分说明", "扣分理由", "失分原因", "扣分情况", "扣分依据", "备注"),
               example="1 次会议纪要未及时印发", hint="未得满分的写明原因"),
    ),
    aliases=("十条措施自评表", "自评表", "自评", "自评打分表"),
    hint="十条措施各填一行，自评分都要填；不得删去措施，漏列的措施按 0 分计",
    rules=(
        Unique("measure", by=("number",)),
        NotAbove("mark", "allowed", "mark_above_full", named="full"),
    ),
)  # fmt: skip


def prepare(context: Context) -> None:
    """Which measure of the scheme each row names, and the full mark that it then has."""
    full_marks(context, "measures", context.column("measures", "full"))


def check(context: Context) -> Iterator[Problem]:
    """Every row is one of the scheme's measures, with the scheme's full mark."""
    yield from check_measures(context, "measures")
    rows = zip(context.column("measures", "full"), context.column("measures", "allowed"), strict=True)
    for index, (full, allowed) in enumerate(rows):
        if full is not None and full != allowed:
            yield context.problem(
                "measures", index, "full", "inconsistent", "other_full_mark", full, full=written(allowed) or ""
            )


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a measure."""
    size = len(context.tables["measures"].rows)
    return {
        "row": context.tables["measures"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "measure": context.values["measures"]["number"],
        **{key: context.column("measures", key) for key in ("mark", "done", "evidence", "reason")},
    }


KIND = Kind(
    code="self_assessment",
    title="十条措施自评",
    frequency="quarter",
    order=30,
    tables=(MEASURES,),
    prepare=prepare,
    check=check,
    stored=(Stored(self_mark, MEASURES, ("measure",), _columns),),
)
