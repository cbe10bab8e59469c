"""``accidents``: the office's ledger of accidents, every month the year to date (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.schema.accidents import accident
from data.zone.accident_class import CLASSES, accident_class, at_least
from etl.kinds import enterprise_names
from etl.kinds.cross_field import Unique, WithinPeriod
from etl.kinds.kind import Kind, Stored
from etl.table.context import Context, written
from etl.table.declaration import Cells, Column, TableSpec
from etl.table.problems import Problem

STATES = ("快报", "认定", "核销")

LEDGER = TableSpec(
    "ledger",
    "生产安全事故台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("number", "事故编号", Cells.DOCUMENT, required=True, aliases=("事故号", "事故代码", "事故文号", "事故序号", "编号"),
               example="双事〔2022〕1号", hint="一起事故一个编号，以后各月保持不变"),
        Column("happened_on", "发生时间", Cells.DATE, required=True,
               aliases=("事故发生时间", "发生日期", "事发时间", "事故时间", "事故日期", "时间"),
               hint="须在本年之内"),
        Column("enterprise", "事故单位", required=True, personal=False,
               aliases=("事故单位名称", "事故发生单位", "发生单位", "企业名称", "单位名称", "事故企业", "事故发生企业"),
               example="重庆宏达机械有限公司", hint="发生事故的单位全称"),
        Column("territory", "属地", Cells.UNIT, required=True,
               aliases=("所在地", "所属镇街", "属地镇街", "所在镇街", "镇街", "属地单位", "发生地", "事故发生地", "事发地", "属地责任单位"),
               hint="事故发生地的镇街，从下拉列表选取"),
        Column("sector", "行业领域", Cells.SECTOR, required=True, aliases=("行业", "领域", "所属行业", "行业类别", "所属行业领域", "事故领域"),
               hint="从下拉列表选取"),
        Column("department", "行业主管部门", Cells.UNIT,
               aliases=("主管部门", "监管部门", "行业监管部门", "行业部门", "行业主管单位", "负有监管职责的部门"),
               hint="从下拉列表选取"),
        Column("type", "事故类型", Cells.ACCIDENT_TYPE, required=True, aliases=("事故类别", "事故种类", "类型", "类别"),
               hint="从下拉列表选取"),
        Column("dead", "死亡人数", Cells.COUNT, required=True, aliases=("死亡", "死亡数", "死亡(人)", "亡人数", "死亡人员数"),
               example="1", hint="没有填 0；以后因伤死亡的在以后月份改人数"),
        Column("serious_injuries", "重伤人数", Cells.COUNT, required=True,
               aliases=("重伤", "重伤数", "重伤(人)", "重伤人数(含急性工业中毒)", "重伤(含急性工业中毒)"),
               example="0", hint="含急性工业中毒，没有填 0"),
        Column("missing", "下落不明人数", Cells.COUNT, aliases=("下落不明", "失踪人数", "失踪", "失联人数", "下落不明数"),
               example="0", hint="按死亡计算，找到后更正"),
        Column("minor_injuries", "轻伤人数", Cells.COUNT, aliases=("轻伤", "轻伤数", "轻伤(人)"),
               example="2", hint="没有填 0"),
        Column("loss_yuan", "直接经济损失(万元)", Cells.MONEY,
               aliases=("直接经济损失", "经济损失", "直接损失", "经济损失金额", "直接经济损失金额", "损失"),
               example="120", hint="以万元填写"),
        Column("class", "事故等级", Cells.CHOICE, choices=CLASSES, other_words=tuple((f"{one}事故", one) for one in CLASSES),
               aliases=("等级", "事故级别", "级别"),
               hint="可以不填，由系统计算；不得低于按伤亡和损失计算的等级"),
        Column("counted", "计入指标", Cells.FLAG, required=True,
               aliases=("是否计入指标", "是否计入", "计入考核指标", "纳入指标", "是否纳入指标", "是否计入亡人指标", "计入亡人指标"),
               example="是", hint="是否计入亡人指标"),
        Column("status", "认定状态", Cells.CHOICE, choices=STATES,
               other_words=(("已认定", "认定"), ("已核销", "核销"), ("认定核销", "核销")), aliases=("状态", "事故状态", "认定情况", "事故认定", "统计状态"),
               hint="空白按快报；认定后不计入的填核销，不要删去该行"),
        Column("stability", "引发稳定问题", Cells.FLAG, aliases=("是否引发稳定问题", "引发不稳定问题", "稳定问题", "是否影响稳定"),
               example="否", hint="空白按否"),
        Column("both_examined", "一案双查", Cells.FLAG, aliases=("是否一案双查", "一案双查情况", "是否开展一案双查"),
               example="是", hint="已开展的填是"),
        Column("supervised_on", "挂牌督办日期", Cells.DATE, aliases=("挂牌督办", "挂牌督办时间", "督办日期"), not_before="happened_on",
               hint="挂牌督办的填写"),
        Column("reported_on", "调查报告日期", Cells.DATE,
               aliases=("调查报告时间", "调查报告", "报告日期", "调查报告提交日期", "提交调查报告日期"), not_before="happened_on",
               hint="提交调查报告的日期"),
        Column("extended_to", "批准延期至", Cells.DATE, aliases=("延期至", "调查延期至", "延期", "批准延期"), not_before="happened_on",
               hint="经批准延长调查期限的填写"),
        Column("held_responsible", "追责人数", Cells.COUNT, aliases=("追责", "追究责任人数", "责任追究人数", "处理人数", "问责人数", "追责问责人数"),
               example="2", hint="被追究责任的人数"),
        Column("transferred_on", "移送司法日期", Cells.DATE,
               aliases=("移送司法", "移送司法机关日期", "移送日期", "移送司法时间"), not_before="happened_on",
               hint="移送司法机关的日期"),
        Column("closed_on", "结案日期", Cells.DATE, aliases=("结案时间", "结案", "批复结案日期"), not_before="happened_on",
               hint="批复结案的日期"),
        Column("remark", "备注", aliases=("说明", "事故简况", "事故概况", "简要经过", "事故经过", "备注说明"),
               hint="需要说明的情况"),
    ),
    aliases=("事故台账", "安全生产事故台账", "事故统计台账", "事故情况", "生产安全事故"),
    hint="本年 1 月至本月的全部事故。以前各月报过的已经列出，有变化的直接改，新发生的接着填；不要删去已报的事故",
    rules=(WithinPeriod("happened_on", year=True), Unique("number")),
)  # fmt: skip

_INTO_THE_CLASS = ("dead", "missing", "serious_injuries", "loss_yuan", "class")


def check(context: Context) -> Iterator[Problem]:
    """What an accident's cells say together."""
    yield from _classes(context)
    yield from _extensions(context)


def _extensions(context: Context) -> Iterator[Problem]:
    """No investigation is extended further than the scheme has it (METHOD section 4)."""
    scheme = context.known.casualty_scheme(context.zone.calendar.last_day(context.period))
    days = zip(context.column("ledger", "happened_on"), context.column("ledger", "extended_to"), strict=True)
    for index, (happened_on, extended_to) in enumerate(days):
        if happened_on is None or extended_to is None or extended_to <= scheme.longest_extension(happened_on):
            continue
        longest = written(scheme.longest_extension(happened_on)) or ""
        yield context.problem("ledger", index, "extended_to", "long_extension", "", extended_to, longest=longest)


def _classes(context: Context) -> Iterator[Problem]:
    """No accident is of a class below the one that its figures make."""
    for index, (submitted, computed) in enumerate(
        zip(context.column("ledger", "class"), _computed(context), strict=True)
    ):
        if submitted is None or submitted == computed or context.complained("ledger", index, *_INTO_THE_CLASS):
            continue
        if at_least(submitted, computed):
            yield context.problem("ledger", index, "class", "class_above_criteria", "", submitted, computed=computed)
        else:
            yield context.problem(
                "ledger", index, "class", "inconsistent", "class_below_criteria", submitted, computed=computed
            )


def _computed(context: Context) -> list[str]:
    """The class that each row's figures make; the missing count as dead."""
    columns = (context.column("ledger", key) for key in ("dead", "missing", "serious_injuries", "loss_yuan"))
    return [
        accident_class((dead or 0) + (missing or 0), injured or 0, loss)
        for dead, missing, injured, loss in zip(*columns, strict=True)
    ]


def _columns(context: Context) -> dict[str, list[Any]]:
    """One row an accident."""
    size = len(context.tables["ledger"].rows)
    submitted = zip(context.column("ledger", "class"), _computed(context), strict=True)
    plain = (
        "number", "happened_on", "enterprise", "territory", "sector", "department", "type", "dead", "serious_injuries",
        "loss_yuan", "supervised_on", "reported_on", "extended_to", "held_responsible", "transferred_on", "closed_on",
        "remark",
    )  # fmt: skip
    return {
        "row": context.tables["ledger"].rows,
        "period": [str(context.period)] * size,
        "year": [context.period.year] * size,
        "number_key": context.keys("ledger"),
        "accident_class": [written or computed for written, computed in submitted],
        "status": [status or STATES[0] for status in context.column("ledger", "status")],
        **{key: [number or 0 for number in context.column("ledger", key)] for key in ("missing", "minor_injuries")},
        **{
            key: [bool(flag) for flag in context.column("ledger", key)]
            for key in ("counted", "stability", "both_examined")
        },
        **{key: context.column("ledger", key) for key in plain},
    }


KIND = Kind(
    code="accidents",
    title="生产安全事故台账",
    frequency="month",
    order=50,
    tables=(LEDGER,),
    check=check,
    stored=(Stored(accident, LEDGER, ("number_key",), _columns, {"accident_class": "事故等级"}),),
    refresh=enterprise_names.remember,
)
