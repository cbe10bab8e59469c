"""Forms of what offices file besides inspections, marks and accidents: their columns, and what older forms call them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.demo.layouts.paper import Path, under


@dataclass(frozen=True, slots=True)
class Form:
    """A table by the product's name for its kind and by its title; ``paths`` are its columns and what stands over them.

    ``other_headings`` are those of the form that was in use before; a row counts as one ``measure``.
    """

    kind: str
    title: str
    measure: str
    paths: tuple[Path, ...]
    other_headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns, left to right."""
        return tuple(path[-1] for path in self.paths)


ENTERPRISES = Form(
    "enterprises",
    "企业名录",
    "家",
    (
        *under("序号 企业名称 统一社会信用代码 行业领域 属地 行业主管部门"),
        *under("规模 重点行业 高危 试点 标准化等级", "分类管理"),
        *under("主要负责人 总工程师", "负责人员"),
        *under("起始日期 终止日期", "存续时间"),
    ),
    {
        "企业名称": "生产经营单位名称",
        "统一社会信用代码": "信用代码",
        "行业领域": "所属行业",
        "属地": "属地镇街",
        "行业主管部门": "主管部门",
        "规模": "企业规模",
        "重点行业": "是否重点行业",
        "高危": "是否高危企业",
        "试点": "是否试点",
        "总工程师": "是否设总工程师",
    },
)
FRONTLINE = Form(
    "frontline",
    "一线责任制台账",
    "家",
    (
        *under("序号 企业名称 统一社会信用代码 岗位数"),
        *under("岗位风险清单 岗位职责清单", "两单"),
        *under("岗位操作卡 岗位应急处置卡", "两卡"),
        *under("完成日期 备注"),
    ),
    {
        "企业名称": "单位名称",
        "统一社会信用代码": "社会信用代码",
        "岗位数": "一线岗位数",
        "岗位风险清单": "风险清单",
        "岗位职责清单": "职责清单",
        "岗位操作卡": "操作卡",
        "岗位应急处置卡": "应急处置卡",
        "完成日期": "完成时间",
    },
)
HAZARDS = Form(
    "hazards",
    "重大隐患台账",
    "条",
    (
        *under("序号 隐患编号 发现日期"),
        *under("企业名称 统一社会信用代码 行业领域 属地", "隐患单位"),
        *under("隐患描述 隐患等级 责任层级", "隐患情况"),
        *under("整改期限 整改措施 销号日期", "整改销号"),
        *under("备注"),
    ),
    {"隐患编号": "编号", "发现日期": "发现时间", "企业名称": "单位名称", "隐患等级": "等级", "销号日期": "销号时间"},
)
SUPERVISION = Form(
    "supervision",
    "督查台账",
    "条",
    (
        *under("序号 编号 日期 方式 被督查单位 发现问题"),
        *under("整改期限 回复日期 曝光 销号日期", "整改落实"),
        *under("备注"),
    ),
)
TIPOFFS = Form(
    "tipoffs",
    "举报与失信惩戒",
    "件",
    (
        *under("序号 编号 日期 类型 对象 行业领域 是否查实"),
        *under("奖励金额(元) 发放日期", "奖励"),
        *under("办结日期 备注"),
    ),
    {"日期": "受理日期", "奖励金额(元)": "奖励金额（元）", "办结日期": "办结时间"},
)
DISASTERS = Form(
    "disasters",
    "灾害与预警台账",
    "次",
    (
        *under("序号 编号 发生时间 类型 属地"),
        *under("预警时间 叫应时间 应答时间 反馈时间", "预警叫应"),
        *under("熔断措施 转移人数", "避险"),
        *under("死亡人数 失踪人数 责任事件", "损失"),
        *under("需救助人数 已保障人数", "救助"),
        *under("备注"),
    ),
    {"发生时间": "灾害发生时间", "类型": "灾害类型", "熔断措施": "采取熔断措施", "责任事件": "是否责任事件"},
)
TASKS = Form(
    "tasks",
    "重点任务进展",
    "项",
    (
        *under("序号 任务编号 对象"),
        *under("应完成数 已完成数", "完成情况"),
        *under("发生日期 完成日期", "时间"),
        *under("进展情况 佐证材料 存在问题"),
    ),
    {
        "任务编号": "任务序号",
        "应完成数": "目标任务数",
        "已完成数": "累计完成数",
        "完成日期": "完成时间",
        "进展情况": "工作进展",
        "存在问题": "存在问题和困难",
    },
)
