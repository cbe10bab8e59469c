"""Where the work plan's figures come from and where they are seen: the columns or the act that hold them, METHOD's section, the page.

Said once for every source and denominator that a plan may name; the page of an item leads on by it, and ``docs/work-plan.md`` is
written from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.components.page_list import (
    CALENDAR,
    CASUALTIES,
    COVERAGE,
    DISASTERS,
    ENTERPRISE,
    FRONTLINE,
    HAZARDS,
    PUBLICATIONS,
    RANKING,
    SCORES,
    SUBMISSIONS,
    SUPERVISION,
    TIPOFFS,
    WORK_PLAN,
    Page,
)
from data.language import gettext as _
from data.zone.plan_sources import (
    DENOMINATOR_OF_SECTORS,
    denominator_of_sector,
    divided_by_item,
    figure_of_sector,
    reached_item,
)
from data.zone.work_plan import TASKS, PlanItem


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a kind of workbook, by their titles on one of its sheets."""

    kind: str
    sheet: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActOfTheSystem:
    """What is done in the system itself and is in no workbook."""

    said: Callable[[], str]


Held = Columns | ActOfTheSystem


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """What holds a figure, in which section METHOD computes it, and on which page it is seen beside the item's own."""

    held: tuple[Held, ...]
    section: str
    page: Page


def _accidents(*titles: str) -> Columns:
    return Columns("accidents", "生产安全事故台账", ("事故编号", "发生时间", *titles))


def _register(*titles: str) -> Columns:
    return Columns("enterprises", "企业名录", ("统一社会信用代码", *titles, "起始日期", "终止日期"))


def _frontline(*titles: str) -> Columns:
    return Columns("frontline", "一线责任制台账", ("统一社会信用代码", *titles, "完成日期"))


def _hazards(*titles: str) -> Columns:
    return Columns("hazards", "重大隐患台账", ("隐患编号", "发现日期", *titles))


def _supervision(*titles: str) -> Columns:
    return Columns("supervision", "督查台账", ("编号", "日期", *titles))


def _tipoffs(*titles: str) -> Columns:
    return Columns("tipoffs", "举报与失信惩戒", ("编号", "日期", "类型", *titles))


def _disasters(*titles: str) -> Columns:
    return Columns("disasters", "灾害与预警台账", ("编号", *titles))


def _inspections(*titles: str) -> Columns:
    return Columns("enforcement", "执法检查台账", titles)


_TOLD = Columns("tasks", "重点任务进展", ("任务编号", "对象", "应完成数", "已完成数", "完成日期", "佐证材料"))
_CAP = Columns("targets", "亡人指标", ("单位", "全年亡人指标"))
_DEATHS = ("死亡人数", "下落不明人数", "计入指标", "认定状态")
_FOUR = ("岗位风险清单", "岗位职责清单", "岗位操作卡", "岗位应急处置卡")
_CASES = (
    _inspections("检查日期", "检查文书号", "发现隐患数", "整改期限", "已整改隐患数", "复查日期", "复查结论"),
    Columns("enforcement", "整改复查", ("检查文书号", "复查日期", "复查结论", "已整改隐患数")),
)
_REPORTED = ("调查报告日期", "批准延期至")
_PLANNED = Columns("targets", "检查计划", ("单位", "月计划"))
_FILED_EVALUATION = Columns("self_assessment", "十条措施自评", ("措施", "自评分"))
_PUBLISHED_MONTH = ActOfTheSystem(lambda: _("publication of the monthly ranking"))
_PUBLISHED_QUARTER = ActOfTheSystem(lambda: _("publication of the quarterly scores"))
_SPEECH = ActOfTheSystem(lambda: _("calendar: speeches recorded as held"))
_VETO = ActOfTheSystem(lambda: _("decision on a proposed veto"))

ORIGINS: dict[str, FigureOrigin] = {
    TASKS: FigureOrigin((_TOLD,), "5.8", WORK_PLAN),
    "casualties.zone.major_accidents": FigureOrigin(
        (_accidents(*_DEATHS, "重伤人数", "直接经济损失(万元)", "事故等级"),), "4", CASUALTIES
    ),
    "casualties.zone.progress": FigureOrigin(
        (_accidents(*_DEATHS), _CAP), "4", CASUALTIES
    ),
    "casualties.zone.stability_incidents": FigureOrigin((_accidents("引发稳定问题"),), "4", CASUALTIES),
    "casualties.accidents.reported_in_time_rate": FigureOrigin((_accidents(*_REPORTED),), "4", CASUALTIES),
    "casualties.accidents.double_checked_rate": FigureOrigin((_accidents("一案双查", *_REPORTED),), "4", CASUALTIES),
    "casualties.accidents.held_responsible_rate": FigureOrigin((_accidents("追责人数", *_REPORTED),), "4", CASUALTIES),
    "casualties.accidents.listed_rate": FigureOrigin((_accidents(*_DEATHS, "挂牌督办日期"),), "4", CASUALTIES),
    "casualties.accidents.handed_over": FigureOrigin((_accidents("移送司法日期"),), "4", CASUALTIES),
    "casualties.accidents.closed_rate": FigureOrigin((_accidents("结案日期", *_REPORTED),), "4", CASUALTIES),
    "register.without_department": FigureOrigin((_register("行业主管部门"),), "5.1", ENTERPRISE),
    "register.standardised.rate": FigureOrigin((_register("标准化等级"),), "5.1", ENTERPRISE),
    "register.high_risk.chief_engineer.rate": FigureOrigin((_register("高危", "总工程师"),), "5.1", ENTERPRISE),
    "register.inspection.sectors.{}.rate": FigureOrigin(
        (_inspections("检查日期", "统一社会信用代码"), _register("行业领域")), "5.7", COVERAGE
    ),
    "frontline.pilot.coverage": FigureOrigin((_frontline(*_FOUR), _register("试点")), "5.2", FRONTLINE),
    "frontline.key.coverage": FigureOrigin((_frontline(*_FOUR), _register("规模", "重点行业")), "5.2", FRONTLINE),
    "frontline.all.coverage": FigureOrigin((_frontline(*_FOUR), _register()), "5.2", FRONTLINE),
    "frontline.all.duty_list.rate": FigureOrigin((_frontline("岗位职责清单"), _register()), "5.2", FRONTLINE),
    "frontline.all.response_card.rate": FigureOrigin((_frontline("岗位应急处置卡"), _register()), "5.2", FRONTLINE),
    "frontline.all.sectors.{}.coverage": FigureOrigin((_frontline(*_FOUR), _register("行业领域")), "5.2", FRONTLINE),
    "hazards.zone.major.crossed_off_rate": FigureOrigin((_hazards("隐患等级", "销号日期"),), "5.3", HAZARDS),
    "hazards.zone.major.overdue": FigureOrigin((_hazards("隐患等级", "整改期限", "销号日期"),), "5.3", HAZARDS),
    "hazards.zone.major.with_level.rate": FigureOrigin((_hazards("隐患等级", "责任层级"),), "5.3", HAZARDS),
    "hazards.sectors.{}.all.crossed_off_rate": FigureOrigin((_hazards("行业领域", "销号日期"),), "5.3", HAZARDS),
    "supervision.quarter.methods_used": FigureOrigin((_supervision("方式"),), "5.4", SUPERVISION),
    "supervision.zone.exposed": FigureOrigin((_supervision("曝光"),), "5.4", SUPERVISION),
    "supervision.zone.in_time_rate": FigureOrigin((_supervision("整改期限", "回复日期"),), "5.4", SUPERVISION),
    "tipoffs.举报.received": FigureOrigin((_tipoffs(),), "5.5", TIPOFFS),
    "tipoffs.举报.overdue": FigureOrigin((_tipoffs("办结日期"),), "5.5", TIPOFFS),
    "tipoffs.举报.payment_rate": FigureOrigin((_tipoffs("奖励金额(元)", "发放日期"),), "5.5", TIPOFFS),
    "tipoffs.失信惩戒.overdue": FigureOrigin((_tipoffs("办结日期"),), "5.5", TIPOFFS),
    "tipoffs.打非.sectors": FigureOrigin((_tipoffs("行业领域"),), "5.5", TIPOFFS),
    "ranking.closed_loop_rate": FigureOrigin(_CASES, "2", RANKING),
    "ranking.rectification_rate": FigureOrigin(_CASES, "2", RANKING),
    "ranking.inspections_to_last_year": FigureOrigin(
        (_inspections("检查日期"), Columns("baseline", "历史数据", ("单位", "月份", "检查家次"))), "2", RANKING
    ),
    "ranking.published_months": FigureOrigin((_PUBLISHED_MONTH,), "6", PUBLICATIONS),
    "ranking.zero_enforcement_units": FigureOrigin((_inspections("检查日期"), _PLANNED), "2", RANKING),
    "ranking.no_problem_found_units": FigureOrigin((_inspections("检查日期", "发现隐患数"),), "2", RANKING),
    "scores.published_quarters": FigureOrigin((_PUBLISHED_QUARTER,), "6", PUBLICATIONS),
    "scores.last_speakers.spoken_rate": FigureOrigin((_PUBLISHED_QUARTER, _SPEECH), "3", CALENDAR),
    "scores.vetoes.decided_rate": FigureOrigin(
        (_VETO, Columns("review", "加减分与否决", ("单位", "一票否决", "事由")), _accidents("属地", "行业主管部门", *_DEATHS, "事故等级"), _CAP),
        "3",
        SCORES,
    ),
    "submissions.self_assessment.rate": FigureOrigin((_FILED_EVALUATION,), "3", SUBMISSIONS),
    "submissions.tasks.rate": FigureOrigin((_TOLD,), "5.8", SUBMISSIONS),
    "disasters.mass_events": FigureOrigin((_disasters("发生时间", "预警时间", "责任事件", "死亡人数", "失踪人数"),), "5.6", DISASTERS),
    "disasters.helped_rate": FigureOrigin((_disasters("发生时间", "需救助人数", "已保障人数"),), "5.6", DISASTERS),
    "disasters.closed_loop_rate": FigureOrigin((_disasters("预警时间", "叫应时间", "应答时间", "反馈时间"),), "5.6", DISASTERS),
    "disasters.answered_in_time_rate": FigureOrigin((_disasters("预警时间", "叫应时间", "应答时间"),), "5.6", DISASTERS),
    "disasters.measures": FigureOrigin((_disasters("发生时间", "预警时间", "熔断措施"),), "5.6", DISASTERS),
}  # fmt: skip
"""By source; figures that any sector has by their form (``plan_sources.FIGURES_OF_SECTORS``)."""
_OF_SECTOR = f"{DENOMINATOR_OF_SECTORS}{{}}"
DIVIDED_BY: dict[str, Columns] = {
    "register.territory": _register("属地"),
    "register.department": _register("行业主管部门"),
    "register.high_risk": _register("高危"),
    _OF_SECTOR: _register("行业领域"),
    "enforcement.inspections": _inspections("检查日期"),
}
"""What a ratio of what units tell is divided by, but for the plan's own numbers and items."""


def origin_of(source: str) -> FigureOrigin:
    """Where a source comes from; LookupError for one that no plan may name."""
    if reached_item(source) is not None:
        return ORIGINS[TASKS]
    of_sector = figure_of_sector(source)
    return ORIGINS[source if of_sector is None else of_sector[0]]


def held(item: PlanItem) -> tuple[Held, ...]:
    """All that holds an item's figure, with what it is divided by."""
    whole = item.of if isinstance(item.of, str) and divided_by_item(item.of) is None else None
    if whole is None:
        return origin_of(item.source).held
    return (*origin_of(item.source).held, DIVIDED_BY[_OF_SECTOR if denominator_of_sector(whole) is not None else whole])
