"""``frontline``: which enterprises have the two lists and two cards of front-line duty (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from data.rollup import told_columns
from data.schema.frontline import frontline_duty
from etl.kinds import enterprise_names
from etl.kinds.cross_field import CheckDigit, InRegister, NotAfterReceipt
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem

_DOCUMENTS = ("risk_list", "duty_list", "operation_card", "response_card")

LEDGER = TableSpec(
    "ledger",
    "一线责任制台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("编号", "行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("enterprise", "企业名称", required=True, personal=False,
               aliases=("企业全称", "企业名", "生产经营单位名称", "生产经营单位", "单位名称", "企业", "名称"),
               example="重庆宏达机械有限公司", hint="写营业执照上的全称"),
        Column("credit_code", "统一社会信用代码", Cells.CREDIT_CODE, required=True,
               aliases=("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "机构代码"),
               example="91502914MA3FQEFLC0", hint="18 位，与企业名录一致"),
        Column("posts", "岗位数", Cells.COUNT, aliases=("岗位数量", "一线岗位数", "岗位总数", "岗位个数"),
               example="12", hint="一线岗位的个数，不掌握的不填"),
        Column("risk_list", "岗位风险清单", Cells.FLAG, required=True,
               aliases=("风险清单", "岗位安全风险清单", "岗位风险清单是否完成", "是否有岗位风险清单"),
               example="是", hint="全部岗位都有的填“是”，否则填“否”"),
        Column("duty_list", "岗位职责清单", Cells.FLAG, required=True,
               aliases=("职责清单", "岗位安全职责清单", "岗位责任清单", "责任清单", "岗位职责清单是否完成", "是否有岗位职责清单"),
               example="是", hint="全部岗位都有的填“是”，否则填“否”"),
        Column("operation_card", "岗位操作卡", Cells.FLAG, required=True,
               aliases=("操作卡", "岗位安全操作卡", "安全操作卡", "岗位操作卡是否完成", "是否有岗位操作卡"),
               example="是", hint="全部岗位都有的填“是”，否则填“否”"),
        Column("response_card", "岗位应急处置卡", Cells.FLAG, required=True,
               aliases=("应急处置卡", "岗位应急卡", "应急卡", "处置卡", "岗位应急处置卡是否完成", "是否有岗位应急处置卡"),
               example="是", hint="全部岗位都有的填“是”，否则填“否”"),
        Column("completed_on", "完成日期", Cells.DATE, aliases=("完成时间", "完成日", "全部完成日期", "建立完成日期"),
               hint="四项都完成的那一天；有一项是“否”的不填"),
        Column("remark", "备注", aliases=("说明", "其他说明", "备 注"), hint="需要说明的情况"),
    ),
    aliases=("一线责任制", "一线责任台账", "两单两卡台账", "两单两卡", "一线岗位责任制台账"),
    beforehand=("enterprise", "credit_code"),
    hint="两单两卡的建立情况，一家企业一行。企业名录中属于本单位的企业已经列出，没有变化的行不必填写，也不必删除；填了的以最近一次为准",
    rules=(CheckDigit("credit_code"), InRegister("credit_code"), NotAfterReceipt("completed_on")),
)  # fmt: skip


def check(context: Context) -> Iterator[Problem]:
    """Nobody completed what lacks a document: the day stands only beside four times 是."""
    documents = {key: context.column("ledger", key) for key in _DOCUMENTS}
    titles = LEDGER.titles
    for index, day in enumerate(context.column("ledger", "completed_on")):
        if day is None:
            continue
        lacking = [titles[key] for key, told in documents.items() if told[index] is False]
        if lacking:
            yield context.problem(
                "ledger", index, "completed_on", "inconsistent", "completed_without", day, lacking="、".join(lacking)
            )


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row an enterprise."""
    size = len(context.tables["ledger"].rows)
    plain = ("enterprise", "credit_code", "posts", *_DOCUMENTS, "completed_on", "remark")
    return {
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        **{key: context.column("ledger", key) for key in plain},
    }


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Keep the names of which a ledger tells, and its columns."""
    enterprise_names.remember(connection, context, submission)
    told_columns.keep(connection, context.zone.code, KIND.code, submission)


KIND = Kind(
    code="frontline",
    title="一线责任制台账",
    frequency="month",
    order=25,
    tables=(LEDGER,),
    check=check,
    stored=(Stored(frontline_duty, LEDGER, ("credit_code",), _columns),),
    refresh=refresh,
)
