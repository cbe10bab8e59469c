"""``hazards``: what a unit found wrong where, told again whenever there is news of it, until it is crossed off (CONTRACT section 1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from data.rollup import month_ends, told_columns
from data.schema.hazards import GRADES, hazard
from data.zone.periods import Month
from etl.kinds import enterprise_names
from etl.kinds.cross_field import CheckDigit, CodeGiven, InRegister, NotAfterPeriod, NotAfterReceipt, NotBefore, Unique
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context
from etl.table.declaration import Cells, Column, TableSpec

_OTHER_GRADES = tuple(
    (f"{grade}{word}", grade) for grade in GRADES for word in ("隐患", "事故隐患", "安全隐患", "级", "问题隐患")
)

LEDGER = TableSpec(
    "ledger",
    "重大隐患台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("number", "隐患编号", Cells.DOCUMENT, required=True,
               aliases=("重大隐患编号", "隐患台账编号", "隐患代码", "隐患号", "隐患文号", "隐患序号", "编号"),
               example="龙隐〔2022〕1号", hint="一处隐患一个编号，以后各月保持不变"),
        Column("found_on", "发现日期", Cells.DATE, required=True,
               aliases=("隐患发现日期", "隐患发现时间", "发现时间", "发现日", "查出日期", "查出时间", "排查日期", "排查时间"),
               hint="不晚于填报月份；以前发现的隐患可以再报"),
        Column("enterprise", "企业名称", required=True, personal=False,
               aliases=("企业全称", "企业名", "隐患单位名称", "隐患单位", "隐患所在单位", "生产经营单位名称", "生产经营单位", "被检查单位", "受检单位",
                        "单位名称", "企业", "名称"),
               example="重庆宏达机械有限公司", hint="写营业执照上的全称"),
        Column("credit_code", "统一社会信用代码", Cells.CREDIT_CODE,
               aliases=("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "机构代码"),
               example="91502914MA3FQEFLC0", hint="18 位，与企业名录一致"),
        Column("sector", "行业领域", Cells.SECTOR, required=True,
               aliases=("所属行业领域", "所属行业", "所属领域", "行业类别", "行业分类", "行业", "领域"),
               hint="从下拉列表选取"),
        Column("territory", "属地", Cells.UNIT,
               aliases=("所属属地", "属地镇街", "所属镇街", "所在镇街", "属地街道", "属地单位", "镇街", "所在地"),
               hint="隐患所在的镇街，从下拉列表选取"),
        Column("description", "隐患描述", required=True,
               aliases=("隐患内容", "隐患情况", "隐患具体描述", "隐患具体情况", "隐患基本情况", "隐患概况", "隐患简述", "隐患问题", "存在的隐患",
                        "存在隐患", "问题隐患", "主要隐患", "重大隐患描述"),
               example="有限空间未设警示", hint="部位和问题，一行一处隐患"),
        Column("grade", "隐患等级", Cells.CHOICE, required=True, choices=GRADES, other_words=_OTHER_GRADES,
               aliases=("隐患级别", "隐患分级", "隐患等次", "等级", "级别"), hint="从下拉列表选取；一般隐患也可以报"),
        Column("level", "责任层级", personal=False,
               aliases=("责任级别", "责任主体层级", "整改责任层级", "监管层级", "管理层级", "督办层级"),
               example="部门级", hint="负责督促整改的层级，如企业级、部门级、管委会级；各月写法要一致"),
        Column("rectify_by", "整改期限", Cells.DATE, required=True, not_before="found_on",
               aliases=("限期整改日期", "整改截止日期", "整改时限", "整改到期日", "限期整改时间", "整改限期", "要求整改时间", "整改完成期限"),
               hint="不早于发现日期"),
        Column("measures", "整改措施",
               aliases=("整改方案", "整改要求", "整改内容", "整改落实措施", "治理措施", "管控措施", "防范措施"),
               example="限期整改", hint="如停用更换、限期整改"),
        Column("crossed_off_on", "销号日期", Cells.DATE, not_before="found_on",
               aliases=("销号时间", "销号日", "整改销号日期", "整改销号时间", "验收销号日期", "验收销号时间", "销案日期", "销案时间", "销号"),
               hint="验收合格、已经销号的才填"),
        Column("remark", "备注", aliases=("说明", "其他说明", "备 注"), hint="需要说明的情况"),
    ),
    aliases=("隐患台账", "安全隐患台账", "事故隐患台账", "重大事故隐患台账", "隐患整改台账", "隐患排查治理台账", "重大隐患清单", "隐患清单"),
    hint="本月发现的隐患，以及以前发现、有新情况的隐患，一处一行。尚未销号的已经列出，销号的填销号日期，没有变化的不必改动；"
         "同一编号以最近一个月所报的整行为准",
    rules=(
        NotAfterPeriod("found_on"),
        Unique("number"),
        NotBefore("rectify_by", "found_on"),
        NotBefore("crossed_off_on", "found_on"),
        NotAfterReceipt("crossed_off_on"),
        CodeGiven("credit_code", "no_code_of_hazard"),
        CheckDigit("credit_code"),
        InRegister("credit_code", on="found_on"),
    ),
)  # fmt: skip


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row a hazard."""
    size = len(context.tables["ledger"].rows)
    plain = (
        "number", "found_on", "enterprise", "credit_code", "sector", "territory", "description", "grade", "level",
        "rectify_by", "measures", "crossed_off_on", "remark",
    )  # fmt: skip
    return {
        "row": context.tables["ledger"].rows,
        "unit": [context.unit.code] * size,
        "period": [str(context.period)] * size,
        "number_key": context.keys("ledger"),
        **{key: context.column("ledger", key) for key in plain},
    }


def refresh(connection: Connection, context: Context, submission: int) -> None:
    """Recompute how the enterprises of these hazards stand at a month's end; keep the names of which a ledger tells, and its columns."""
    assert isinstance(context.period, Month)
    month_ends.refresh_of_hazards(connection, context.zone, context.unit.code, context.period)
    enterprise_names.remember(connection, context, submission)
    told_columns.keep(connection, context.zone.code, KIND.code, submission)


KIND = Kind(
    code="hazards",
    title="重大隐患台账",
    frequency="month",
    order=27,
    tables=(LEDGER,),
    stored=(Stored(hazard, LEDGER, ("number_key",), _columns),),
    refresh=refresh,
)
