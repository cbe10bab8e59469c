"""``tipoffs``: tip-offs with what was paid for them, sanctions for dishonesty and crackdowns (CONTRACT section 1).

Who was told on, and by whom, is for the office and the handling unit alone: every column of the ledger is marked as one
in which people are named, so that nobody else reads a cell of it anywhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from data.rollup import told_columns
from data.schema.tipoffs import TYPES, tipoff
from etl.kinds.cross_field import NeededWith, NotAfterPeriod, NotAfterReceipt, NotBefore, Unique
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec

_OTHER_TYPES = (
    ("举报奖励", "举报"), ("有奖举报", "举报"), ("投诉举报", "举报"), ("群众举报", "举报"), ("举报投诉", "举报"),
    ("失信", "失信惩戒"), ("失信联合惩戒", "失信惩戒"), ("联合惩戒", "失信惩戒"), ("惩戒", "失信惩戒"),
    ("打非治违", "打非"), ("打非案件", "打非"), ("打击非法违法", "打非"), ("打非打违", "打非"),
)  # fmt: skip

LEDGER = TableSpec(
    "ledger",
    "举报与失信惩戒",
    (
        Column("serial", "序号", Cells.SERIAL, personal=True, aliases=("行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("number", "编号", Cells.DOCUMENT, required=True, personal=True,
               aliases=("举报编号", "案件编号", "受理编号", "线索编号", "登记编号", "事项编号", "受理号", "案号"),
               example="举〔2022〕3号", hint="一件一个编号，以后各月保持不变"),
        Column("received_on", "日期", Cells.DATE, required=True, personal=True,
               aliases=("受理日期", "受理时间", "举报日期", "举报时间", "接报日期", "接报时间", "登记日期", "登记时间", "立案日期", "立案时间", "收到日期", "时间"),
               hint="收到举报、列入失信或立案的那一天，不晚于填报月份"),
        Column("type", "类型", Cells.CHOICE, required=True, personal=True, choices=TYPES, other_words=_OTHER_TYPES,
               aliases=("类别", "事项类型", "事项类别", "案件类型", "案件类别", "线索类型", "种类"), hint="从下拉列表选取"),
        Column("object", "对象", required=True, personal=True,
               aliases=("被举报对象", "被举报单位", "被举报企业", "被举报人", "举报对象", "惩戒对象", "查处对象", "失信主体", "当事人", "涉事单位", "涉案单位",
                        "企业名称", "单位名称", "对象名称"),
               example="重庆宏达机械有限公司", hint="被举报、惩戒或查处的单位或个人；只有本单位和安委办可以看到"),
        Column("sector", "行业领域", Cells.SECTOR, personal=True,
               aliases=("所属行业领域", "所属行业", "所属领域", "行业类别", "行业分类", "行业", "领域"), hint="从下拉列表选取"),
        Column("substantiated", "是否查实", Cells.FLAG, personal=True,
               aliases=("查实", "是否属实", "属实", "是否核实", "查实情况", "核查是否属实"),
               example="否", hint="经核查属实的填“是”，空白按否"),
        Column("reward_yuan", "奖励金额(元)", Cells.MONEY, personal=True,
               aliases=("奖励金额", "举报奖励金额", "奖励资金", "奖金金额", "奖励额", "奖金", "奖励", "兑现金额"),
               example="500", hint="决定给予举报人的奖励，没有的不填"),
        Column("paid_on", "发放日期", Cells.DATE, personal=True, not_before="received_on",
               aliases=("发放时间", "奖励发放日期", "奖励发放时间", "奖金发放日期", "兑现日期", "兑现时间", "支付日期", "领取日期"),
               hint="奖励发到举报人的日期，尚未发放的不填"),
        Column("closed_on", "办结日期", Cells.DATE, personal=True, not_before="received_on",
               aliases=("办结时间", "办结", "结案日期", "结案时间", "办理完结日期", "处理完成日期"),
               hint="办理完结的日期，尚未办结的不填"),
        Column("remark", "备注", personal=True, aliases=("说明", "其他说明", "备注说明"), hint="需要说明的情况"),
    ),
    aliases=("举报惩戒台账", "举报与失信惩戒台账", "举报台账", "举报奖励台账", "举报打非台账", "举报惩戒"),
    hint="举报、失信惩戒和打非，一件一行。以前各月尚未办结或奖励尚未发放的已经列出，有变化的直接改，新收到的接着填；同一编号以最近一月为准，整行替换。"
         "本表内容只有本单位和安委办可以看到",
    rules=(
        NotAfterPeriod("received_on"),
        Unique("number"),
        NeededWith("reward_yuan", "paid_on"),
        NotBefore("paid_on", "received_on"),
        NotBefore("closed_on", "received_on"),
        NotAfterReceipt("paid_on"),
        NotAfterReceipt("closed_on"),
    ),
)  # fmt: skip


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a case."""
    size = len(context.tables["ledger"].rows)
    plain = ("number", "received_on", "type", "object", "sector", "reward_yuan", "paid_on", "closed_on", "remark")
    return {
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("ledger"),
        "substantiated": [bool(flag) for flag in context.column("ledger", "substantiated")],
        **{key: context.column("ledger", key) for key in plain},
    }


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Keep the columns of a ledger."""
    told_columns.keep(connection, context.zone.code, KIND.code, submission)


KIND = Kind(
    code="tipoffs",
    title="举报与失信惩戒",
    frequency="month",
    order=54,
    tables=(LEDGER,),
    stored=(Stored(tipoff, LEDGER, ("number_key",), _columns),),
    refresh=refresh,
)
