"""The sheets of an enforcement ledger: 执法检查台账, 整改复查 and 汇总, with their columns in all their writings."""

from etl.kinds.cross_field import (
    CheckDigit,
    InRegister,
    NeededWith,
    NotAbove,
    NotAfterReceipt,
    NotBefore,
    NotLongAfter,
    Unique,
    WithinPeriod,
)
from etl.table.declaration import Cells, Column, TableSpec

FAR_DEADLINE_DAYS = 90
METHODS = ("日常检查", "专项检查", "明查暗访", "交叉检查", "举报核查")
CONCLUSIONS = ("合格", "不合格")
NUMBER = Column(
    "number", "检查文书号", Cells.DOCUMENT, required=True,
    aliases=("检查文书编号", "检查文书字号", "检查记录编号", "检查记录号", "现场检查记录编号", "现场检查记录文书号", "执法文书号",
             "执法文书编号", "文书编号", "文书号", "文书字号", "检查文书"),
             example="（渝双）应急检记〔2022〕501号", hint="照检查文书填写；台账中一个文书号只能有一行，整改复查中写原检查的文书号",
)  # fmt: skip
_REINSPECTED = Column(
    "reinspected_on", "复查日期", Cells.DATE,
    aliases=("复查时间", "整改复查日期", "整改复查时间", "复检日期", "复查日", "复核日期"),
    not_before="inspected_on",
                   hint="已复查的才填，不早于检查日期",
)  # fmt: skip
_CONCLUSION = Column(
    "conclusion", "复查结论", Cells.CHOICE, choices=CONCLUSIONS,
    aliases=("整改复查结论", "复查结果", "整改复查结果", "复检结论", "复查意见", "复查情况"),
                  hint="填了复查日期的必填",
)  # fmt: skip
_RECTIFIED = Column(
    "rectified", "已整改隐患数", Cells.COUNT,
    aliases=("已整改隐患数量", "已整改数", "已完成整改数", "整改隐患数", "整改完成数", "整改数", "已整改隐患", "已整改"),
                 example="2", hint="截至目前已整改的总数，不得大于发现隐患数",
)  # fmt: skip
_PENALTY = (
    Column("decision", "处罚决定书号", Cells.DOCUMENT,
           aliases=("行政处罚决定书号", "处罚决定书文号", "处罚决定书编号", "行政处罚决定书文号", "行政处罚决定书编号", "决定书号",
                    "决定书文号", "处罚文书号", "处罚文号", "处罚决定书", "行政处罚文书号", "行政处罚文号"),
           example="（渝双）应急罚〔2022〕5号", hint="是否处罚填“是”的必填，照决定书填写"),
    Column("penalty_kind", "处罚种类", aliases=("处罚类型", "处罚类别", "行政处罚种类", "处罚方式"),
           example="罚款", hint="如警告、罚款、责令停产停业"),
    Column("fine_yuan", "罚款金额(元)", Cells.MONEY,
           aliases=("罚款金额", "罚款数额", "罚款额", "处罚金额", "罚没金额", "罚没款", "罚款数", "行政罚款", "罚款"),
           example="20000", hint="按决定书上的数额以元填写，没有罚款的不填"),
)  # fmt: skip
_PENALISED_ALIASES = (
    "是否行政处罚",
    "是否给予处罚",
    "是否实施处罚",
    "是否立案处罚",
    "处罚与否",
    "行政处罚",
    "是否罚款",
)
_REINSPECTION = (
    NeededWith("conclusion", "reinspected_on", "reinspection_without_conclusion", named="day"),
    NeededWith("reinspected_on", "conclusion", "conclusion_without_reinspection", named="conclusion"),
    NotBefore("reinspected_on", "inspected_on", "reinspection_before_inspection", named="inspected"),
    NotAfterReceipt("reinspected_on", "reinspection_after_receipt"),
)
_REMARK = Column("remark", "备注", aliases=("说明", "其他说明", "备 注"), hint="需要说明的情况")

LEDGER = TableSpec(
    "ledger",
    "执法检查台账",
    (
        Column("serial", "序号", Cells.SERIAL, aliases=("编号", "行号", "No", "NO.", "项次"),
               example="1", hint="从 1 起顺次编号，可以不填"),
        Column("inspected_on", "检查日期", Cells.DATE, required=True,
               aliases=("检查日", "执法检查日期", "检查时间", "执法检查时间", "执法日期", "执法时间"),
               hint="须在填报月份之内"),
        Column("enterprise", "被检查单位", required=True, personal=False,
               aliases=("被检查单位名称", "被检单位", "受检单位", "受检单位名称", "被检查企业", "被检查企业名称", "受检企业", "受检企业名称",
                        "被检查对象", "检查对象", "企业名称", "生产经营单位名称", "生产经营单位", "企业", "单位名称"),
               example="重庆宏达机械有限公司", hint="写营业执照上的全称；本单位报过的可从下拉列表选取"),
        Column("credit_code", "统一社会信用代码", Cells.CREDIT_CODE,
               aliases=("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "机构代码"),
               example="91502914MA3FQEFLC0", hint="18 位，照营业执照填写；单位选自下拉列表的，代码也可从下拉列表选取"),
        Column("sector", "行业领域", Cells.SECTOR, required=True,
               aliases=("所属行业领域", "行业(领域)", "所属行业", "所属领域", "行业类别", "行业分类", "行业", "领域"),
               hint="从下拉列表选取"),
        Column("territory", "属地", aliases=("所属属地", "属地镇街", "所属镇街", "所在镇街", "属地街道", "所属街道", "镇街", "所在地"),
               example="龙滩子街道", hint="被检查单位所在的镇街"),
        Column("method", "检查方式", Cells.CHOICE, choices=METHODS, aliases=("检查类型", "检查类别", "执法方式", "检查形式", "检查性质"),
               hint="从下拉列表选取"),
        Column("inspectors", "检查人员", personal=True, aliases=("检查人", "执法人员", "检查人员姓名", "检查组成员", "执法检查人员"),
               example="张伟、李娜", hint="不少于两人，用顿号隔开"),
        NUMBER,
        Column("hazards", "发现隐患数", Cells.COUNT, required=True,
               aliases=("发现隐患数量", "发现隐患总数", "查出隐患数", "排查隐患数", "隐患总数", "隐患数", "隐患数量", "隐患个数", "发现问题隐患数",
                        "一般隐患和重大隐患数", "发现问题数", "问题数", "发现隐患", "查出隐患", "发现隐患数(含重大隐患)"),
               example="2", hint="查出的隐患总数（含重大隐患），没有查出的填 0"),
        Column("major_hazards", "其中重大隐患数", Cells.COUNT,
               aliases=("其中:重大隐患", "重大隐患", "重大隐患数", "其中:重大隐患数", "其中重大隐患", "重大隐患数量", "重大事故隐患数",
                        "重大事故隐患", "其中:重大事故隐患", "其中重大", "其中:重大"),
               example="0", hint="不得大于发现隐患数"),
        Column("rectify_by", "整改期限", Cells.DATE, not_before="inspected_on",
               aliases=("限期整改日期", "整改截止日期", "整改时限", "整改到期日", "限期整改时间", "整改限期", "要求整改时间", "整改完成期限"),
               hint="查出隐患的必填，不早于检查日期"),
        _RECTIFIED,
        Column("penalised", "是否处罚", Cells.FLAG, required=True, aliases=_PENALISED_ALIASES,
               example="是", hint="作出行政处罚决定的填“是”，并填处罚决定书号"),
        *_PENALTY,
        _REINSPECTED,
        _CONCLUSION,
        _REMARK,
    ),
    aliases=("执法台账", "检查台账", "安全生产执法检查台账", "执法检查"),
    hint="本月每次检查一行。本月没有检查的，保留表头、不填任何行报送（零报告）",
    rules=(
        WithinPeriod("inspected_on"),
        Unique("number"),
        NotAbove("major_hazards", "hazards", "major_above_hazards", named="hazards"),
        NotAbove("rectified", "hazards", "rectified_above_hazards", named="hazards"),
        NeededWith("rectify_by", "hazards", "hazards_without_deadline", named="hazards"),
        NotBefore("rectify_by", "inspected_on", "deadline_before_inspection", named="inspected"),
        NotLongAfter("rectify_by", "inspected_on", FAR_DEADLINE_DAYS, "far_deadline"),
        NeededWith("decision", "penalised", "penalty_without_decision"),
        *_REINSPECTION,
        CheckDigit("credit_code"),
        InRegister("credit_code", on="inspected_on"),
    ),
)  # fmt: skip

FOLLOW_UPS = TableSpec(
    "follow_ups",
    "整改复查",
    (
        NUMBER,
        Column(
            "reinspected_on", "复查日期", Cells.DATE, aliases=_REINSPECTED.aliases, hint="已复查的才填，不早于检查日期"
        ),
        _CONCLUSION,
        _RECTIFIED,
        Column(
            "penalised",
            "是否处罚",
            Cells.FLAG,
            aliases=_PENALISED_ALIASES,
            example="是",
            hint="作出行政处罚决定的填“是”，并填处罚决定书号",
        ),
        *_PENALTY,
        _REMARK,
    ),
    required=False,
    aliases=("整改复查情况", "复查台账", "复查情况", "整改情况"),
    beforehand=("number",),
    rules=(NotAbove("rectified", "hazards", "rectified_above_hazards", named="hazards"), *_REINSPECTION),
    hint="以前月份的检查，本月复查、整改、补罚的情况。未闭环的检查文书号已经列出，本月没有进展的行不必填写，也不必删除",
)

SUMMARY = TableSpec(
    "summary",
    "汇总",
    (
        Column("measure", "指标", required=True, aliases=("项目", "统计指标", "指标名称")),
        Column("figure", "数值", Cells.ANYTHING, required=True, aliases=("数量", "合计", "本月数", "统计数", "数据")),
    ),
    required=False,
    counted=False,
    aliases=("汇总表", "统计汇总"),
    in_template=False,
)
