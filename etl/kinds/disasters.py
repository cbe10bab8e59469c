"""``disasters``: warnings, how they were called through and answered, and disasters (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection

from data.rollup import told_columns
from data.schema.disasters import MEASURES, disaster
from etl.kinds.cross_field import NeededWith, NotAbove, NotAfterPeriod, NotAfterReceipt, Unique
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context, written
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem
from etl.table.values.moments import day_of, instant, lies_before

STEPS = ("warned_at", "called_at", "answered_at", "fed_back_at")
"""A warning's way, in its order."""
_MOMENTS = ("happened_at", *STEPS)
_PEOPLE = ("moved", "dead", "missing", "in_need", "helped")

LEDGER = TableSpec(
    "ledger",
    "灾害与预警台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("number", "编号", Cells.DOCUMENT, required=True,
               aliases=("灾害编号", "预警编号", "灾情编号", "事件编号", "灾害预警编号", "预警(灾害)编号"),
               example="双灾2022-01", hint="一次预警或灾害一个编号，以后各月保持不变"),
        Column("happened_at", "发生时间", Cells.MOMENT,
               aliases=("灾害发生时间", "灾情发生时间", "发生日期", "事发时间", "受灾时间", "灾害时间"),
               hint="没有发生灾害的不填；写到几时几分"),
        Column("type", "类型", required=True, personal=False,
               aliases=("灾害类型", "预警类型", "灾种", "灾害种类", "灾害类别", "预警种类", "灾害(预警)类型", "类别"),
               example="暴雨", hint="如暴雨、高温、大风、雷电、滑坡、内涝、森林火灾"),
        Column("territory", "属地", Cells.UNIT, required=True,
               aliases=("所在地", "所属镇街", "属地镇街", "所在镇街", "镇街", "属地单位", "发生地", "预警区域"),
               hint="预警或灾害所在的镇街，从下拉列表选取"),
        Column("warned_at", "预警时间", Cells.MOMENT,
               aliases=("预警发布时间", "发布预警时间", "预警日期", "发布时间", "接收预警时间"),
               hint="没有预警的不填；写到几时几分，不晚于发生时间"),
        Column("called_at", "叫应时间", Cells.MOMENT, not_before="warned_at",
               aliases=("叫应日期", "呼叫时间", "叫应", "预警叫应时间"),
               hint="叫应责任人的时间，写到几时几分"),
        Column("answered_at", "应答时间", Cells.MOMENT, not_before="called_at",
               aliases=("应答日期", "回应时间", "响应时间", "应答", "责任人应答时间"),
               hint="责任人应答的时间，写到几时几分"),
        Column("fed_back_at", "反馈时间", Cells.MOMENT, not_before="answered_at",
               aliases=("反馈日期", "落实反馈时间", "处置反馈时间", "反馈", "核实反馈时间"),
               hint="反馈处置和核实情况的时间，还没有反馈的不填"),
        Column("measures", "熔断措施", Cells.CHOICES, choices=MEASURES,
               other_words=(("禁止", "禁"), ("停止", "停"), ("停工", "停"), ("撤离", "撤"), ("疏散", "疏"), ("疏导", "疏")),
               aliases=("熔断", "熔断情况", "采取熔断措施", "熔断措施(禁停撤疏)", "禁停撤疏"),
               example="停、撤", hint="禁、停、撤、疏，有几项写几项，用顿号分开"),
        Column("moved", "转移人数", Cells.COUNT, aliases=("转移", "转移群众人数", "转移安置人数", "转移人员数", "避险转移人数"),
               example="120", hint="没有填 0"),
        Column("dead", "死亡人数", Cells.COUNT, aliases=("死亡", "死亡数", "因灾死亡人数", "因灾死亡"),
               example="0", hint="没有填 0"),
        Column("missing", "失踪人数", Cells.COUNT, aliases=("失踪", "失踪数", "因灾失踪人数", "因灾失踪", "下落不明人数"),
               example="0", hint="没有填 0，找到后更正"),
        Column("responsible", "责任事件", Cells.FLAG, aliases=("是否责任事件", "是否为责任事件", "责任事件认定", "是否属责任事件"),
               example="否", hint="因灾伤亡由责任造成的填“是”，空白按否"),
        Column("in_need", "需救助人数", Cells.COUNT, aliases=("需救助", "需救助群众人数", "需紧急救助人数", "应救助人数", "应保障人数"),
               example="40", hint="受灾需要救助的人数，没有填 0"),
        Column("helped", "已保障人数", Cells.COUNT, aliases=("已保障", "已救助人数", "已救助", "已保障群众人数", "保障人数"),
               example="40", hint="吃穿住医等基本生活已有保障的人数，不多于需救助人数"),
        Column("remark", "备注", aliases=("说明", "其他说明", "备注说明"), hint="需要说明的情况"),
    ),
    aliases=("灾害预警台账", "灾害台账", "预警台账", "灾害与预警", "灾害预警", "自然灾害与预警台账", "灾害预警叫应台账"),
    hint="本月的预警和灾害，一次一行。以前各月没有反馈的预警已经列出，有进展的接着填，没有变化的不必改动，也不必删除",
    rules=(
        NotAfterPeriod("happened_at"),
        NotAfterPeriod("warned_at"),
        NotAfterReceipt("called_at"),
        NotAfterReceipt("answered_at"),
        NotAfterReceipt("fed_back_at"),
        NeededWith("in_need", "helped"),
        NotAbove("helped", "in_need"),
        Unique("number"),
    ),
)  # fmt: skip


def check(context: Context) -> Iterator[Problem]:
    """What the moments of a row say together."""
    yield from _neither(context)
    yield from _left_out(context)
    yield from _out_of_order(context)


def _neither(context: Context) -> Iterator[Problem]:
    """A row tells of a warning or of what happened."""
    happened, warned = context.column("ledger", "happened_at"), context.column("ledger", "warned_at")
    other = LEDGER.titles["warned_at"]
    at = [
        index
        for index, told in enumerate(zip(happened, warned, strict=True))
        if told == (None, None) and not context.complained("ledger", index, "happened_at", "warned_at")
    ]
    if at and "happened_at" not in context.tables["ledger"].found.columns:
        yield context.column_problem("ledger", at, "happened_at", "number", "missing_value", "neither", other=other)
        return
    for index in at:
        yield context.problem("ledger", index, "happened_at", "missing_value", "neither", other=other)


def _left_out(context: Context) -> Iterator[Problem]:
    """No step was taken without the one before; of a step that the sheet has no column for that is told once."""
    for place, step in enumerate(STEPS[:-1]):
        later = STEPS[place + 1 :]
        there = zip(*(context.column("ledger", key) for key in later), strict=True)
        lacking = {
            index: next((key, told) for key, told in zip(later, values, strict=True) if told is not None)
            for index, (own, values) in enumerate(zip(context.column("ledger", step), there, strict=True))
            if own is None and any(values) and not context.complained("ledger", index, step)
        }
        if lacking and step not in context.tables["ledger"].found.columns:
            key = next(iter(lacking.values()))[0]
            other = LEDGER.titles[key]
            yield context.column_problem(
                "ledger", list(lacking), step, key, "inconsistent", "needed_column", other=other
            )
            continue
        for index, (key, told) in lacking.items():
            given = written(told) or ""
            yield context.problem(
                "ledger", index, step, "inconsistent", "needed_with", other=LEDGER.titles[key], given=given
            )


def _out_of_order(context: Context) -> Iterator[Problem]:
    """No step was taken before the last one before it, and no warning given when it had happened."""
    steps = zip(*(context.sound("ledger", key) for key in STEPS), strict=True)
    for index, (happened, moments) in enumerate(zip(context.sound("ledger", "happened_at"), steps, strict=True)):
        taken = [(key, moment) for key, moment in zip(STEPS, moments, strict=True) if moment is not None]
        for (key, before), (later, moment) in pairwise(taken):
            if lies_before(moment, before):
                yield _against(context, index, later, "not_before", moment, key, before)
            elif later == "answered_at" and not isinstance(moment, datetime) and moment == day_of(before):
                yield context.problem("ledger", index, later, "bad_date", "no_time", moment, other=LEDGER.titles[key])
        if happened is not None and moments[0] is not None and lies_before(happened, moments[0]):
            yield _against(context, index, "warned_at", "not_after", moments[0], "happened_at", happened)


def _against(context: Context, index: int, key: str, says: str, moment: object, other: str, limit: object) -> Problem:
    named = {"other": LEDGER.titles[other], "limit": written(limit) or ""}
    return context.problem("ledger", index, key, "inconsistent", says, moment, **named)


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a warning, a disaster, or both."""
    size = len(context.tables["ledger"].rows)
    zone = context.zone.calendar.timezone
    return {
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("ledger"),
        "responsible": [bool(flag) for flag in context.column("ledger", "responsible")],
        **{key: [instant(moment, zone) for moment in context.column("ledger", key)] for key in _MOMENTS},
        **{key: [number or 0 for number in context.column("ledger", key)] for key in _PEOPLE},
        **{key: context.column("ledger", key) for key in ("number", "type", "territory", "measures", "remark")},
    }


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Keep the columns of a ledger."""
    told_columns.keep(connection, context.zone.code, KIND.code, submission)


KIND = Kind(
    code="disasters",
    title="灾害与预警台账",
    frequency="month",
    order=45,
    tables=(LEDGER,),
    check=check,
    stored=(Stored(disaster, LEDGER, ("number_key",), _columns),),
    refresh=refresh,
)
