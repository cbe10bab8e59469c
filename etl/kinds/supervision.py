"""``supervision``: what the office found on its rounds, and what became of it (CONTRACT section 1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from data.rollup import told_columns
from data.schema.supervision import METHODS, supervision_finding
from etl.kinds.cross_field import NotAfterPeriod, NotAfterReceipt, NotBefore, Unique
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec

_OTHER_METHODS = (
    ("明察暗访", "明查暗访"), ("暗访", "明查暗访"), ("明查", "明查暗访"), ("暗访暗查", "明查暗访"), ("暗查暗访", "明查暗访"), ("四不两直", "明查暗访"),
    ("交叉检查", "交叉督查"), ("交叉互查", "交叉督查"), ("交叉督导", "交叉督查"),
    ("督办", "督办交办"), ("交办", "督办交办"), ("交办督办", "督办交办"), ("督办、交办", "督办交办"), ("挂牌督办", "督办交办"),
)  # fmt: skip

LEDGER = TableSpec(
    "ledger",
    "督查台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("number", "编号", Cells.DOCUMENT, required=True,
               aliases=("督查编号", "督办编号", "交办编号", "督查文号", "督办文号", "交办文号", "问题编号", "通知书编号", "文号"),
               example="督〔2022〕12号", hint="一个问题一个编号，以后各月保持不变"),
        Column("ordered_on", "日期", Cells.DATE, required=True,
               aliases=("督查日期", "督查时间", "督办日期", "督办时间", "交办日期", "交办时间", "下发日期", "下发时间", "检查日期", "检查时间", "时间"),
               hint="督查、督办或交办的那一天，不晚于填报月份"),
        Column("method", "方式", Cells.CHOICE, required=True, choices=METHODS, other_words=_OTHER_METHODS,
               aliases=("督查方式", "督查形式", "督查类型", "督导方式", "检查方式", "形式"), hint="从下拉列表选取"),
        Column("supervised", "被督查单位", Cells.UNIT, required=True,
               aliases=("被督查对象", "受督查单位", "被督办单位", "被交办单位", "被检查单位", "整改责任单位", "责任单位", "承办单位"),
               hint="从下拉列表选取"),
        Column("finding", "发现问题", required=True,
               aliases=("发现的问题", "问题描述", "存在问题", "存在的问题", "主要问题", "问题内容", "问题隐患", "督办事项", "交办事项", "督办内容", "交办内容", "问题"),
               example="重大隐患未闭环", hint="写明是什么问题；只有安委办和被督查单位可以看到"),
        Column("due_on", "整改期限", Cells.DATE, not_before="ordered_on",
               aliases=("整改时限", "整改截止日期", "办理期限", "办理时限", "回复期限", "回复时限", "完成时限", "期限", "时限"),
               hint="要求整改并回复的最后一天，没有期限的不填"),
        Column("answered_on", "回复日期", Cells.DATE, not_before="ordered_on",
               aliases=("回复时间", "答复日期", "答复时间", "整改回复日期", "整改回复时间", "书面回复日期", "反馈日期", "反馈时间"),
               hint="被督查单位回复的日期，尚未回复的不填"),
        Column("exposed", "曝光", Cells.FLAG, aliases=("是否曝光", "公开曝光", "是否公开曝光", "媒体曝光", "是否媒体曝光", "曝光情况"),
               example="否", hint="已经曝光的填“是”，空白按否"),
        Column("closed_on", "销号日期", Cells.DATE, not_before="ordered_on",
               aliases=("销号时间", "销号", "办结日期", "办结时间", "闭环日期", "闭环时间", "整改完成日期"),
               hint="问题销号的日期，尚未销号的不填"),
        Column("remark", "备注", aliases=("说明", "其他说明", "备注说明"), hint="需要说明的情况"),
    ),
    aliases=("督查督办台账", "督查督办", "督查情况", "督查问题台账", "督查交办台账", "督办交办台账"),
    hint="安委办督查发现的问题，一个问题一行。以前各月尚未回复或尚未销号的已经列出，有变化的直接改，新发现的接着填；同一编号以最近一月为准，整行替换",
    rules=(
        NotAfterPeriod("ordered_on"),
        Unique("number"),
        NotBefore("answered_on", "ordered_on"),
        NotBefore("closed_on", "ordered_on"),
        NotAfterReceipt("answered_on"),
        NotAfterReceipt("closed_on"),
    ),
)  # fmt: skip


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a finding."""
    size = len(context.tables["ledger"].rows)
    plain = (
        "number", "ordered_on", "method", "supervised", "finding", "due_on", "answered_on", "closed_on", "remark",
    )  # fmt: skip
    return {
        "row": context.tables["ledger"].rows,
        "period": [str(context.period)] * size,
        "number_key": context.keys("ledger"),
        "exposed": [bool(flag) for flag in context.column("ledger", "exposed")],
        **{key: context.column("ledger", key) for key in plain},
    }


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Keep the columns of a ledger."""
    told_columns.keep(connection, context.zone.code, KIND.code, submission)


KIND = Kind(
    code="supervision",
    title="督查台账",
    frequency="month",
    order=52,
    tables=(LEDGER,),
    stored=(Stored(supervision_finding, LEDGER, ("number_key",), _columns),),
    refresh=refresh,
)
