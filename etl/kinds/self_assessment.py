"""``self_assessment``: a unit's own marks for the ten measures of a quarter (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.schema.quarterly import self_mark
from etl.context import Context
from etl.kinds.declaration import Cells, Column, Kind, Stored, TableSpec, nothing_more, nothing_to_refresh
from etl.kinds.measures import check_measures, measures
from etl.problems import Problem

MEASURES = TableSpec(
    "measures",
    "十条措施自评",
    (
        Column("serial", "序号", Cells.ANYTHING, aliases=("编号", "项次", "措施序号", "条目")),
        Column("measure", "措施", required=True,
               aliases=("措施名称", "十条措施", "工作措施", "考核措施", "评估措施", "措施内容", "考核内容", "考核项目", "评估项目", "评估内容",
                        "项目", "主要措施", "考评内容")),
        Column("wanted", "工作要求", aliases=("要求", "考核要求", "具体要求", "评分标准", "考核标准", "评估标准", "任务要求", "工作内容")),
        Column("full", "分值", Cells.MARK, required=True,
               aliases=("标准分", "满分", "标准分值", "满分值", "总分值", "应得分", "基本分", "权重分", "分数")),
        Column("mark", "自评分", Cells.MARK, required=True,
               aliases=("自评得分", "自评分数", "自评分值", "自评", "自查得分", "自评成绩", "自查自评得分", "单位自评分", "得分")),
        Column("done", "完成情况", aliases=("落实情况", "工作完成情况", "完成情况说明", "工作落实情况", "开展情况", "进展情况", "自评说明")),
        Column("evidence", "佐证材料", aliases=("佐证", "印证材料", "印证资料", "佐证资料目录", "支撑材料", "证明材料", "佐证资料", "附件")),
        Column("reason", "扣分原因", aliases=("扣分说明", "扣分理由", "失分原因", "扣分情况", "扣分依据", "备注")),
    ),
    aliases=("十条措施自评表", "自评表", "自评", "自评打分表"),
)  # fmt: skip


def check(context: Context) -> Iterator[Problem]:
    """Every row is one of the scheme's measures, none twice; full marks are the scheme's, no mark is above them."""
    scheme = context.known.scores_scheme(context.zone.calendar.last_day(context.period))
    found = measures(context, "measures", scheme)
    context.values["measures"]["number"] = found
    yield from check_measures(context, "measures", scheme, found)
    yield from context.repeated("measures", "measure", found)
    rows = zip(found, context.column("measures", "full"), context.column("measures", "mark"), strict=True)
    for index, (number, full, mark) in enumerate(rows):
        allowed = scheme.measure_by_number[number].full if number is not None else full
        if number is not None and full is not None and full != allowed:
            yield context.problem(
                "measures", index, "full", "inconsistent", "other_full_mark", full,
                full=f"{allowed.normalize():f}",
            )  # fmt: skip
        if mark is not None and allowed is not None and mark > allowed:
            yield context.problem(
                "measures", index, "mark", "inconsistent", "mark_above_full", mark, full=f"{allowed.normalize():f}"
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
    check=check,
    check_sums=nothing_more,
    stored=(Stored(self_mark, MEASURES, ("measure",), _columns),),
    refresh=nothing_to_refresh,
)
