"""Clean workbooks of all kinds: a test changes a cell of one and sends it. The enforcement ledger and the targets stand in ``ledgers``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from data.zone.schemes import ScoresScheme, shipped
from tests.integration.ledgers import Book, ledger, targets

SCHEME = next(one for _text, one in shipped() if isinstance(one, ScoresScheme))
NAMES = [measure.name for measure in SCHEME.measures]
ACCIDENTS_HEADER = [
    "事故编号", "发生时间", "事故单位", "属地", "行业领域", "行业主管部门", "事故类型", "死亡人数", "重伤人数", "下落不明人数", "轻伤人数",
    "直接经济损失(万元)", "事故等级", "计入指标", "认定状态", "引发稳定问题", "一案双查", "挂牌督办日期", "调查报告日期", "批准延期至", "追责人数",
    "移送司法日期", "结案日期", "备注",
]  # fmt: skip
BASELINE_HEADER = ["单位", "月份", "检查家次", "查出问题家次", "隐患数", "重大隐患数", "行政处罚", "罚款金额(元)"]

ENTERPRISES_HEADER = [
    "企业名称", "统一社会信用代码", "行业领域", "属地", "行业主管部门", "规模", "重点行业", "高危", "试点", "标准化等级", "主要负责人", "总工程师",
    "起始日期", "终止日期",
]  # fmt: skip

HAZARDS_HEADER = [
    "隐患编号", "发现日期", "企业名称", "统一社会信用代码", "行业领域", "属地", "隐患描述", "隐患等级", "责任层级", "整改期限", "整改措施",
    "销号日期", "备注",
]  # fmt: skip

FRONTLINE_HEADER = [
    "企业名称", "统一社会信用代码", "岗位数", "岗位风险清单", "岗位职责清单", "岗位操作卡", "岗位应急处置卡", "完成日期", "备注",
]  # fmt: skip

SUPERVISION_HEADER = [
    "编号", "日期", "方式", "被督查单位", "发现问题", "整改期限", "回复日期", "曝光", "销号日期", "备注",
]  # fmt: skip
TIPOFFS_HEADER = [
    "编号", "日期", "类型", "对象", "行业领域", "是否查实", "奖励金额(元)", "发放日期", "办结日期", "备注",
]  # fmt: skip
DISASTERS_HEADER = [
    "编号", "发生时间", "类型", "属地", "预警时间", "叫应时间", "应答时间", "反馈时间", "熔断措施", "转移人数", "死亡人数", "失踪人数", "责任事件",
    "需救助人数", "已保障人数", "备注",
]  # fmt: skip

TASKS_HEADER = ["任务编号", "对象", "应完成数", "已完成数", "发生日期", "完成日期", "进展情况", "佐证材料", "存在问题"]


def self_assessment(unit: str = "longtanzi", quarter: str = "2022Q2", mark: float = 9) -> Book:
    """The ten measures in rows 2 to 11 (分值 in D, 自评分 in E), each with the same mark."""
    rows = [[number, name, None, 10, mark, "已完成", None, None] for number, name in enumerate(NAMES, start=1)]
    header = ["序号", "措施", "工作要求", "分值", "自评分", "完成情况", "佐证材料", "扣分原因"]
    return Book(
        {"十条措施自评": [header, *rows]},
        {"kind": "self_assessment", "unit": unit, "period": quarter, "template": "1"},
    )


def review(quarter: str = "2022Q2", units: tuple[str, ...] = ("龙滩子街道办事处", "双路街道"), mark: float = 8) -> Book:
    """Ten rows a unit (rows 2 to 11, 12 to 21), and one row of 加减分与否决."""
    rows: list[list[Any]] = [[unit, name, mark, None] for unit in units for name in NAMES]
    extras = [["单位", "加分", "扣分", "一票否决", "事由"], ["龙滩子", 2, None, "否", "示范创建"]]
    return Book(
        {"十条措施评审": [["单位", "措施", "评审得分", "扣分原因"], *rows], "加减分与否决": extras},
        {"kind": "review", "unit": "emergency", "period": quarter, "template": "1"},
    )


def accident(
    number: str,
    at: date | str,
    dead: int = 1,
    *,
    town: str = "龙滩子街道",
    department: str | None = "经发局",
    **more: Any,
) -> list[Any]:
    """One row of the accident ledger; ``more`` are cells by their header."""
    row: dict[str, Any] = {
        "事故编号": number, "发生时间": at, "事故单位": "重庆宏达机械有限公司", "属地": town, "行业领域": "工贸", "行业主管部门": department,
        "事故类型": "机械伤害", "死亡人数": dead, "重伤人数": 0, "计入指标": "是", **more,
    }  # fmt: skip
    return [row.get(name) for name in ACCIDENTS_HEADER]


def accidents(period: str = "2022-05", *rows: list[Any]) -> Book:
    """These accidents, or two of them: one dead on 6 March (row 2), two seriously injured on 9 May (row 3)."""
    year = int(period[:4])
    usual = [
        accident("事1", f"{year}-03-06 23:59", 1, **{"直接经济损失(万元)": 80}),
        accident(
            "事2", date(year, 5, 9), 0, 重伤人数=2, 行业领域="道路交通", 事故类型="交通事故", 行业主管部门="交通局"
        ),
    ]
    return Book(
        {"生产安全事故台账": [[*ACCIDENTS_HEADER], *(rows or usual)]},
        {"kind": "accidents", "unit": "emergency", "period": period, "template": "1"},
    )


def baseline(year: int = 2021, *rows: list[Any]) -> Book:
    """These sums, or those of 龙滩子街道 in May (row 2) and June (row 3)."""
    usual = [["龙滩子街道", "5月", 12, 5, 9, 1, 2, 30000], ["龙滩子街道", f"{year}-06", 10, 4, 7, 0, None, None]]
    return Book(
        {"历史数据": [[*BASELINE_HEADER], *(rows or usual)]},
        {"kind": "baseline", "unit": "emergency", "period": str(year), "template": "1"},
    )


def enterprises(year: int = 2022, unit: str = "longtanzi", *rows: list[Any]) -> Book:
    """These rows, or three: one enterprise for ever (row 2), one that became another's from June on (rows 3 and 4)."""
    moved = ["重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W", "工贸"]
    usual = [
        ["重庆宏达机械有限公司", "91502914MA3FQEFLC0", "工贸", "龙滩子街道", "经发局", "规上工业", "是", "否", "是", "二级", "张三", "是", None, None],
        [*moved, "龙滩子街道", None, "其他", "否", "是", "否", None, None, "否", date(year - 1, 3, 1), date(year, 5, 31)],
        [*moved, "双路街道办事处", None, "其他", "否", "是", "否", None, None, "否", date(year, 6, 1), None],
    ]  # fmt: skip
    return Book(
        {"企业名录": [[*ENTERPRISES_HEADER], *(rows or usual)]},
        {"kind": "enterprises", "unit": unit, "period": str(year), "template": "1"},
    )


def frontline(period: str = "2022-05", unit: str = "longtanzi", *rows: list[Any]) -> Book:
    """These rows, or two: an enterprise that has all four since the 9th (row 2), one that lacks a card (row 3)."""
    year, month = map(int, period.split("-"))
    usual = [
        ["重庆宏达机械有限公司", "91502914MA3FQEFLC0", 12, "是", "是", "是", "是", date(year, month, 9), None],
        ["重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W", None, "是", "否", "是", "是", None, "职责清单在编"],
    ]
    return Book(
        {"一线责任制台账": [[*FRONTLINE_HEADER], *(rows or usual)]},
        {"kind": "frontline", "unit": unit, "period": period, "template": "1"},
    )


def hazards(period: str = "2022-05", unit: str = "longtanzi", *rows: list[Any]) -> Book:
    """These rows, or two: one crossed off the day before its deadline, the 16th (row 2), a major one that is open (row 3)."""
    year, month = map(int, period.split("-"))
    usual = [
        ["龙隐〔2022〕1号", date(year, month, 6), "重庆宏达机械有限公司", "91502914MA3FQEFLC0", "工贸", "龙滩子街道", "有限空间未设警示", "一般",
         "部门级", date(year, month, 16), "限期整改", date(year, month, 15), None],
        ["龙隐〔2022〕2号", date(year, month, 12), "重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W", "消防", "双路街道办事处", "消防通道堵塞", "重大",
         None, date(year, month, 28), None, None, "已交办"],
    ]  # fmt: skip
    return Book(
        {"重大隐患台账": [[*HAZARDS_HEADER], *(rows or usual)]},
        {"kind": "hazards", "unit": unit, "period": period, "template": "1"},
    )


def supervision(period: str = "2022-05", *rows: list[Any]) -> Book:
    """These findings, or two: one answered and crossed off (row 2), one of the month before that is open (row 3)."""
    first = date.fromisoformat(f"{period}-01")
    usual = [
        ["督〔2022〕1号", first.replace(day=6), "明查暗访", "龙滩子街道", "重大隐患未闭环", first.replace(day=20), first.replace(day=18), "是",
         first.replace(day=25), None],
        ["督〔2022〕2号", first - timedelta(days=3), "督办交办", "经发局", "值班脱岗", first.replace(day=10), None, "否", None, "已催办"],
    ]  # fmt: skip
    return Book(
        {"督查台账": [[*SUPERVISION_HEADER], *(rows or usual)]},
        {"kind": "supervision", "unit": "emergency", "period": period, "template": "1"},
    )


def tipoffs(period: str = "2022-05", unit: str = "longtanzi", *rows: list[Any]) -> Book:
    """These cases, or two: a tip-off that was rewarded and paid (row 2), a crackdown that goes on (row 3)."""
    first = date.fromisoformat(f"{period}-01")
    usual = [
        ["举1", first.replace(day=4), "举报", "重庆宏达机械有限公司", "工贸", "是", 500, first.replace(day=25), first.replace(day=20), None],
        ["案2", first.replace(day=9), "打非", "重庆华泰永再生资源有限公司", None, None, None, None, None, "现场核查中"],
    ]  # fmt: skip
    return Book(
        {"举报与失信惩戒": [[*TIPOFFS_HEADER], *(rows or usual)]},
        {"kind": "tipoffs", "unit": unit, "period": period, "template": "1"},
    )


def disaster(number: str, happened: Any = None, warned: Any = None, **more: Any) -> list[Any]:
    """One row of the ledger of disasters; ``more`` are cells by their header."""
    row: dict[str, Any] = {
        "编号": number, "发生时间": happened, "类型": "暴雨", "属地": "龙滩子街道", "预警时间": warned, "责任事件": "否", **more,
    }  # fmt: skip
    return [row.get(name) for name in DISASTERS_HEADER]


def disasters(period: str = "2022-05", unit: str = "longtanzi", *rows: list[Any]) -> Book:
    """These rows, or two: rain after a warning that was called through (row 2), a landslide after one that nobody was told of (row 3)."""
    steps = {"叫应时间": f"{period}-09 22:40", "应答时间": f"{period}-09 23:05", "反馈时间": f"{period}-10 06:00"}
    people = {"转移人数": 120, "死亡人数": 0, "失踪人数": 0, "需救助人数": 40, "已保障人数": 12}
    usual = [
        disaster("灾1", f"{period}-10 02:30", f"{period}-09 22:30", **steps, **people, 熔断措施="停、撤"),
        disaster("灾2", f"{period}-12 14:00", f"{period}-12 10:00", 类型="滑坡", 死亡人数=1, 备注="已处置"),
    ]
    return Book(
        {"灾害与预警台账": [[*DISASTERS_HEADER], *(rows or usual)]},
        {"kind": "disasters", "unit": unit, "period": period, "template": "1"},
    )


def tasks(quarter: str = "2022Q2", unit: str = "longtanzi", *rows: list[Any]) -> Book:
    """These rows, or two: of an item told by itself, since 25 May (row 2), and of one told by who ordered it (row 3)."""
    usual = [
        ["7.6", None, 4, 2, None, date(2022, 5, 25), "正在推进", "登记簿", None],
        ["10.1", "上级安排", 4, 1, date(2022, 4, 20), None, "正在推进", None, "人手不足"],
    ]
    return Book(
        {"重点任务进展": [[*TASKS_HEADER], *(rows or usual)]},
        {"kind": "tasks", "unit": unit, "period": quarter, "template": "1"},
    )


CLEAN: dict[str, Callable[[], Book]] = {
    "enforcement": ledger, "targets": targets, "self_assessment": self_assessment, "review": review, "accidents": accidents,
    "baseline": baseline, "enterprises": enterprises, "frontline": frontline, "hazards": hazards, "supervision": supervision,
    "tipoffs": tipoffs, "disasters": disasters, "tasks": tasks,
}  # fmt: skip
"""A clean workbook of every kind that there is."""
