"""``tasks``: how far the items of the year's work plan have come that a unit files, quarter by quarter (CONTRACT section 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data.schema.tasks import task_progress
from data.zone.normal import compact
from data.zone.work_plan import PlanItem, WorkPlan, object_key
from data.zone.zone import Unit, Zone
from etl.kinds.cross_field import NotAfterPeriod, NotAfterReceipt
from etl.kinds.kind import Kind, Stored
from etl.table.cells import Wrong, seen
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem
from etl.table.values import numbers

FIGURES = ("expected", "done")
_CHAPTERS = {"目标": "goals", "保障": "safeguards"}
_ALIAS = re.compile(r"(目标|保障)\.?(\d.*)")

LEDGER = TableSpec(
    "ledger",
    "重点任务进展",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("item", "任务编号", required=True, personal=False,
               aliases=("重点任务编号", "工作任务编号", "任务序号", "任务代码", "任务号", "事项编号", "条款编号", "指标编号", "项目编号", "编号"),
               example="2.1", hint="年度工作要点分解的编号，模板已填；每项的要求、期限和佐证见该格批注"),
        Column("title", "任务名称", Cells.ANYTHING,
               aliases=("重点任务名称", "工作任务名称", "任务内容", "任务事项", "工作任务", "重点任务", "具体任务", "目标任务", "重点工作", "任务"),
               hint="模板已填，供对照，不读取"),
        Column("object", "对象",
               aliases=("任务对象", "工作对象", "责任对象", "具体对象", "完成对象", "涉及对象", "对象名称"),
               hint="列明对象的任务照模板所列，一个对象一行；其他任务不填或填本单位，也可以分开写，如“上级安排”“自行开展”"),
        Column("measure", "计量单位", Cells.ANYTHING, aliases=("数量单位", "度量单位"),
               hint="模板已填，供对照，不读取"),
        Column("expected", "应完成数", Cells.QUANTITY, required=True,
               aliases=("应完成数量", "应完成任务数", "应完成总数", "应完成", "应办数", "目标任务数", "目标数", "目标值", "计划完成数", "计划数",
                        "任务总数", "任务数", "全年目标数", "全年目标", "年度目标", "年度任务数"),
               example="4", hint="全年应完成的总数，模板已填，请勿改动"),
        Column("before", "上次已完成数", Cells.ANYTHING,
               aliases=("上季度已完成数", "上季度完成数", "上期已完成数", "上次完成数", "截至上季度已完成数", "截至上季度末已完成数"),
               hint="以前各季度最近一次所报的已完成数，供对照，不读取"),
        Column("done", "已完成数", Cells.QUANTITY, required=True,
               aliases=("已完成数量", "已完成总数", "已完成任务数", "累计已完成数", "累计完成数", "累计完成数量", "累计完成", "实际完成数", "实际完成数量",
                        "实际完成", "已完成", "完成数量", "完成数", "已办结数", "已办数"),
               example="1", hint="1 月 1 日以来累计完成的总数，不是本季度新增的数"),
        Column("happened_on", "发生日期", Cells.DATE,
               aliases=("发生时间", "开展日期", "开展时间", "实施日期", "实施时间", "开始日期", "开始时间"),
               hint="开展工作的日期，不晚于本季度最后一天，可以不填"),
        Column("completed_on", "完成日期", Cells.DATE,
               aliases=("完成时间", "实际完成日期", "实际完成时间", "办结日期", "办结时间", "完成日"),
               hint="达到所填已完成数的日期，按时与否看这一天；不填按本季度最后一天计"),
        Column("progress", "进展情况", required=True,
               aliases=("工作进展情况", "任务进展情况", "工作进展", "任务进展", "推进情况", "工作推进情况", "进展说明", "进展", "落实情况", "完成情况说明",
                        "完成情况"),
               example="正在推进", hint="写明做了什么、做到什么程度"),
        Column("evidence", "佐证材料",
               aliases=("佐证材料名称", "佐证资料", "印证材料", "印证资料", "支撑材料", "证明材料", "佐证资料目录", "佐证", "附件"),
               example="会议纪要", hint="写材料名称，原件备查；扫描件可以在“数据报送”页附在本表之后"),
        Column("trouble", "存在问题",
               aliases=("存在的问题", "存在问题和困难", "存在的问题和困难", "存在困难和问题", "存在的困难和问题", "问题和困难", "困难和问题", "存在困难",
                        "存在不足", "主要问题", "未完成原因", "问题"),
               hint="没有的不填"),
    ),
    aliases=("重点任务进展情况", "重点任务进展表", "重点任务进展情况表", "重点任务进展台账", "重点任务推进情况", "重点任务完成情况", "重点任务台账",
             "重点任务", "任务进展"),
    beforehand=("item", "object"),
    beside=("title", "measure", "expected", "before"),
    hint="本单位承担的重点任务，已全部列出，一个对象一行。有进展的填已完成数、进展情况等；没有进展的不必填写，也不必删除，以前所报继续有效。"
         "同一任务同一对象以最近所报为准；已完成数是 1 月 1 日以来的累计数",
    rules=(NotAfterPeriod("happened_on"), NotAfterReceipt("completed_on")),
)  # fmt: skip


def item_number(written: str) -> str:
    """A 任务编号 as the plan has it, from what the cell shows: any width, without blanks; 目标1 and 保障2.1 by their chapter."""
    number = compact(written).replace("。", ".").lower()
    alias = _ALIAS.fullmatch(number)
    return number if alias is None else f"{_CHAPTERS[alias[1]]}.{alias[2]}"


def filed_items(plan: WorkPlan, unit: Unit, zone: Zone) -> dict[str, PlanItem]:
    """The items that a unit tells of in its workbooks, by number, in the plan's order."""
    return {item.number: item for item in plan.items if item.is_told and unit in plan.filers(item, zone)}


def prepare(context: Context) -> None:
    """Which of its items each row of the unit names, and the figures in what the item is measured in."""
    values = context.values["ledger"]
    plan = context.known.work_plan(context.period.year)
    filed = {} if plan is None else filed_items(plan, context.unit, context.zone)
    numbers_of = {one: item_number(one) for one in set(context.column("ledger", "item")) if one is not None}
    items = [filed.get(numbers_of.get(one, "")) for one in context.column("ledger", "item")]
    values["plan_item"] = items
    for key in FIGURES:
        figures = context.column("ledger", key)
        values[f"{key}_as_read"] = figures
        values[key] = [_number(figure, item) for figure, item in zip(figures, items, strict=True)]


def _number(figure: numbers.Figure | None, item: PlanItem | None) -> Decimal | None:
    """The figure in what its item is measured in; None where it is none of that (``check`` says so)."""
    try:
        return None if figure is None else _measured(figure, item)
    except Wrong:
        return None


def _measured(figure: numbers.Figure, item: PlanItem | None) -> Decimal:
    if item is None:
        return figure.number
    return numbers.measured(figure, item.unit_of_measure, whole=not item.told_in_fractions)


def check(context: Context) -> Iterator[Problem]:
    """Every row names an item of the unit, with an object where the item lists them, and figures that it can have."""
    yield from _check_items(context)
    yield from _check_objects(context)
    yield from _check_figures(context)


def _check_items(context: Context) -> Iterator[Problem]:
    plan = context.known.work_plan(context.period.year)
    written = context.column("ledger", "item")
    at = [index for index, one in enumerate(written) if one is not None]
    if plan is None:
        if at:
            year = context.period.year
            yield context.column_problem("ledger", at, "item", "item", "bad_choice", "no_plan", year=year)
        return
    own = filed_items(plan, context.unit, context.zone)
    cells = context.tables["ledger"].cells["item"]
    for index in at:
        if context.values["ledger"]["plan_item"][index] is None and not context.complained("ledger", index, "item"):
            yield _strange_item(context, plan, own, index, cells[index])


def _strange_item(context: Context, plan: WorkPlan, own: dict[str, PlanItem], index: int, cell: Any) -> Problem:
    """Why a number is none that the unit files, and which those are."""
    written = context.column("ledger", "item")[index]
    named: dict[str, str | int] = {"unit": context.unit.name, "items": "、".join(own), "year": plan.year}
    item = plan.item_by_number.get(item_number(written))
    if isinstance(seen(cell), date | datetime):
        rule = "item_turned_into_date"
    elif item is None:
        rule = "item_unknown"
    elif not item.is_told:
        rule, named["title"] = "item_of_the_system", item.title
    else:
        rule, named["title"] = "item_of_others", item.title
        named["filers"] = "、".join(unit.name for unit in plan.filers(item, context.zone))
    return context.problem("ledger", index, "item", "bad_choice", rule, written, **named)


def _check_objects(context: Context) -> Iterator[Problem]:
    """An item that lists its objects is told of one of them; of a sheet without the column that is told once."""
    plan = context.known.work_plan(context.period.year)
    items: Sequence[PlanItem | None] = context.values["ledger"]["plan_item"]
    lacking = [
        (index, item)
        for index, (item, written) in enumerate(zip(items, context.column("ledger", "object"), strict=True))
        if item is not None and item.listed is not None and written is None
        if not context.complained("ledger", index, "object")
    ]
    if lacking and "object" not in context.tables["ledger"].found.columns:
        at = [index for index, _ in lacking]
        other = LEDGER.titles["item"]
        yield context.column_problem("ledger", at, "object", "item", "missing_value", "needed_column", other=other)
        return
    for index, item in lacking:
        objects = plan.objects(item, context.zone) if plan is not None else None
        listed = "、".join((objects or {}).values())
        named = {"item": item.number, "title": item.title, "objects": listed}
        yield context.problem("ledger", index, "object", "missing_value", "object_needed", **named)


def _check_figures(context: Context) -> Iterator[Problem]:
    """Whole numbers of what is counted, and no unit that the item is not measured in."""
    items: Sequence[PlanItem | None] = context.values["ledger"]["plan_item"]
    for key in FIGURES:
        cells = context.tables["ledger"].cells.get(key)
        for index, figure in enumerate(context.values["ledger"][f"{key}_as_read"]):
            item = items[index]
            if figure is None or item is None or cells is None:
                continue
            try:
                _measured(figure, item)
            except Wrong as wrong:
                yield _wrong_figure(context, key, index, item, wrong)


def _wrong_figure(context: Context, key: str, index: int, item: PlanItem, wrong: Wrong) -> Problem:
    cell = context.tables["ledger"].cells[key][index]
    parameters = dict(wrong.parameters)
    rule = str(parameters.pop("reason", "")) or "other_measure_of_item"
    if rule == "not_whole" and not isinstance(cell, str):
        rule = "stored_fraction"
    named = {**parameters, "item": item.number, "measure": item.unit_of_measure}
    return context.problem("ledger", index, key, "bad_number", rule, seen(cell), **named)


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a row: of an object that stands in several the later counts, and each is kept."""
    size = len(context.tables["ledger"].rows)
    objects = context.column("ledger", "object")
    plain = ("expected", "done", "happened_on", "completed_on", "progress", "evidence", "trouble")
    return {
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "item": [item.number for item in context.values["ledger"]["plan_item"]],
        "object": objects,
        "object_key": [object_key(context.zone, written, filer=context.unit) for written in objects],
        **{key: context.column("ledger", key) for key in plain},
    }


KIND = Kind(
    code="tasks",
    title="重点任务进展",
    frequency="quarter",
    order=56,
    tables=(LEDGER,),
    prepare=prepare,
    check=check,
    stored=(Stored(task_progress, LEDGER, ("item", "object_key"), _columns),),
)
