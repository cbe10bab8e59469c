"""The paper on the work plan: each sentence has its condition, units are named for what they tell of alone, and no day makes a foolish one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboards.meeting.bulletin import fields_of
from dashboards.meeting.day_charts import day_charts
from dashboards.meeting.day_files import tells_anything
from dashboards.meeting.day_tables import day_tables
from dashboards.meeting.deck import deck_slides
from dashboards.meeting.native_chart import ink_on
from dashboards.method import work_plan as method
from dashboards.results.day_reports import DayAsked
from dashboards.results.work_plan import PlanReport, as_dict
from data.zone.periods import Month, Year
from data.zone.work_plan import shipped
from tests.unit.plan_sample import YEAR, Content, item, plan_content, stand
from tests.unit.test_day_papers import FOOLISH, NAMES, emptied, said, source_of
from tests.unit.test_work_plan_laws import ZONE

Change = Callable[[Content], object]


def _items(change: Callable[[list[Content]], object]) -> Change:
    return lambda content: change(content["items"])


def _without(*numbers: str) -> Change:
    """The plan without some of its items."""
    return lambda content: content.update(items=[one for one in content["items"] if one["number"] not in numbers])


def _told_alone(content: Content) -> None:
    """The plan as one that the system computes nothing of."""
    content["items"] = [one for one in content["items"] if one["source"] == "tasks"]


def _all_in(state: str | None) -> Change:
    return lambda content: stand(content, state)


def _goal(number: int, **figures: Any) -> Change:
    return lambda content: content["items"][number].update(figures)


def _nobody_told(content: Content) -> None:
    for one in content["items"]:
        for unit in one["units"]:
            unit["numerator"] = 0


def _many_overdue(content: Content) -> None:
    """Nine articles with something overdue, of the eleventh four times."""
    units = {"economy": (0, 1, ["overdue"])}
    numbers = [*(f"{n}.8" for n in (5, 6, 8, 9, 10, 11, 12)), "11.5", "11.6", "11.7"]
    content["items"] += [item(one, f"事项{one}", ["2022-03-31"], ["overdue"], (0, 1), units=units) for one in numbers]
    content["articles"] += [{"article": str(n), "title": f"条款{n}", "items": 1} for n in (5, 6, 8, 9, 10, 12)]


def _goals_due_alone(content: Content) -> None:
    """Of the plan the goals alone, a fortnight before the year ends."""
    content["items"] = [
        item("goals.1", "不出现较大及以上亡人事故", [YEAR], ["due"], source="casualties.zone.major_accidents")
    ]


SENTENCES: list[tuple[Change, str, str]] = [
    (lambda _content: None, "按期完成1个（包括提前完成的），逾期后完成1个，逾期未完成5个；30天内到期（包括当日）的还有2个；其余6个尚未到期。另有1个时限", "没有按期完成"),
    (lambda _content: None, "工作要点分为10项任务，其中各单位填报的5项，系统依据各类台账计算的5项，可以判定的完成时限共15个。", "都由"),
    (_told_alone, "工作要点分为5项任务，都由各单位填报", "系统"),
    (_without("safeguards.2.1"), "其余6个尚未到期。", "无从判定"),
    (lambda _content: None, "不出现较大及以上亡人事故：目前为零；不突破全年亡人指标：死亡4人，全年控制数6人。", "达到目标。"),
    (_goal(1, numerator=0), "不突破全年亡人指标：没有人员死亡，全年控制数6人。", "死亡0人"),
    (_goal(1, numerator=None, denominator=None), "不突破全年亡人指标：没有记录。", "全年控制数"),
    (_goal(1, denominator=None), "不突破全年亡人指标：死亡4人。", "全年控制数"),
    (_goal(0, numerator=1), "不出现较大及以上亡人事故：目前为1起；", "目前为零"),
    (_goal(0, dues=[{"due": YEAR, "state": "done"}]), "亡人事故：目前为零，已达到目标；", "没有达到目标；"),
    (_goal(1, dues=[{"due": YEAR, "state": "overdue"}], numerator=7), "死亡7人，全年控制数6人，没有达到目标。", "已达到目标"),
    (lambda _content: None, "逾期未完成的时限2个。按单位：双路街道办事处2个，龙滩子街道办事处1个，应急管理局1个（几个单位都没有完成的各计一次）。", "经济发展局1个"),
    (lambda _content: None, "第2条 强化各级监管部门务实履职：2.1 业务工作与安全工作同部署（3月31日到期，双路街道办事处和应急管理局没有完成）。", "4个填报单位"),
    (lambda _content: None, "4.4 日周月隐患排查落实企业（3月31日到期，2个填报单位都没有完成）。", "4.4 日周月隐患排查落实企业（3月31日到期，龙滩子"),
    (_without("4.4"), "逾期未完成的时限1个。按单位：双路街道办事处1个，应急管理局1个（几个单位都没有完成的各计一次）。", "日周月"),
    (lambda _content: None, "有3项到期没有达到目标：3.4 督查问题按期整改回复（3月31日）；11.1 重大隐患销号（3月31日）；11.2 逾期未销号重大隐患（3月31日）。这些任务反映全区汇总的情况，不对应某一个单位。", "见附件）。这些"),
    (_without("2.1", "4.4"), "各单位填报的任务没有逾期未完成的。", "应逐项明确"),
    (_without("3.4", "11.1", "11.2"), "应逐项明确完成时间和措施", "到期没有达到目标"),
    (_without("2.1", "4.4", "3.4", "11.1", "11.2"), "没有逾期未完成的；30天内", "提请会议研究"),
    (_many_overdue, "涉及第2条、第4条、第11条、第5条、第6条、第8条、第9条、第10条和第12条，共9个条款，逐项见附件。", "事项5.8"),
    (lambda _content: None, "各单位填报的1个：7.6 干预执法记录（零报告也报）（5月15日，应急管理局）。\n系统计算的任务还有1项在此期间到期：11.2 逾期未销号重大隐患。", "工作目标也在"),
    (_without("7.6"), "30天内（至5月30日）各单位填报的任务没有到期的，系统计算的任务有1项到期：11.2", "各单位填报的1个"),
    (_without("7.6", "11.2"), "30天内（至5月30日）没有到期的时限。最近的完成时限是6月30日，共2个。", "系统计算的任务有"),
    (_all_in("due"), "工作目标也在此期间到期，届时判定。", "目标1 "),
    (_goals_due_alone, "30天内（至5月30日）到期的只有工作目标，届时判定。", "也在此期间"),
    (lambda content: content.update(as_of="2022-12-10"), "30天内（至2023年1月9日）", "至1月9日"),
    (_all_in("done"), "已全部按期完成。", "近期到期"),
    (_all_in("late"), "没有按期完成的，逾期后完成15个，没有逾期未完成的。", "提请会议研究"),
    (_all_in("overdue"), "没有按期完成的，逾期未完成15个。", "近期到期"),
    (_all_in("upcoming"), "没有按期完成的，没有逾期未完成的；其余15个尚未到期。", "逾期未完成的任务"),
    (_all_in(None), "没有可以判定的完成时限，进展情况无从统计。", "总体情况"),
    (_nobody_told, "各单位填报的任务都没有完成数。没有完成数不等于没有开展工作，应先核实是否漏报。", "没有完成数的单位："),
    (_without("2.1", "15.5"), "填报情况", "没有完成数的单位"),
    (_items(lambda items: items[2]["units"][3].update(numerator=0) or items[8]["units"][1].update(numerator=0)), "填报的各项任务都没有完成数的单位：经济发展局。没有完成数不等于", "各单位填报的任务都没有完成数"),
    (lambda _content: None, "填报内容与工作要点不符（应完成数不同，或者工作要点没有列出所填对象）的：经济发展局1处。", "某某"),
    (lambda content: content.update(findings=[]), "提请会议研究", "填报情况"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told", "untold"), SENTENCES)
def test_every_sentence_has_its_condition(change: Change, told: str, untold: str) -> None:
    """What a change of the figures makes it say, and no longer say; nothing foolish with it."""
    content = plan_content()
    change(content)
    text = said(content)
    assert told in text
    assert untold not in text
    _not_foolish(content)


def _not_foolish(content: Content) -> None:
    slides = [line for one in deck_slides(source_of(content)) for line in (one.title, *one.below, *one.notes)]
    assert [line for line in [*said(content).splitlines(), *slides] if FOOLISH.search(line)] == []


@pytest.mark.parametrize("month", range(1, 13))
def test_a_plan_of_which_nobody_tells_makes_no_foolish_sentence(month: int) -> None:
    """The shipped one as of each month's end: nobody told of anything, so that at last all is overdue."""
    content = _untold(Month(2022, month))
    _not_foolish(content)
    counts = fields_of(source_of(content))["合计"]
    assert counts == {
        "时限": sum(counts[one] for one in ("按期", "补齐", "逾期", "将到期", "未到期")),
        **{
            name: sum(one[state] for one in content["articles"])
            for name, state in (("按期", "done"), ("补齐", "late"), ("逾期", "overdue"), ("将到期", "due"), ("未到期", "upcoming"))
        },
    }  # fmt: skip
    assert "各单位填报的任务都没有完成数" in said(content)
    assert not tells_anything(content)


def test_a_months_set_has_it_once_any_unit_told_of_it() -> None:
    """Numbers of the plan that nobody confirmed or works by are no news of a month; one unit's figure is, or one that does not fit."""
    content = plan_content()
    assert tells_anything(content)
    _nobody_told(content)
    assert tells_anything(content)
    assert not tells_anything(content | {"findings": []})


def _untold(month: Month) -> Content:
    """The shipped plan as of a month's end in a zone whose units send nothing."""
    ((_text, plan),) = (one for one in shipped() if one[1].year == month.year)
    day = ZONE.calendar.last_day(month)
    standing = method.standing(plan, ZONE, [], lambda _name, _unit, _day: 3, day, lambda _source, _day: None)
    asked = DayAsked(Year(month.year), day, date(2022, 12, 31), month, datetime(2023, 1, 1, tzinfo=UTC))
    return as_dict(PlanReport(ZONE, asked, plan, standing, None, None))


def test_what_the_system_computes_is_of_no_unit() -> None:
    """No unit stands beside it: not in the annex, not on a slide; and who is named is behind with what it files itself."""
    source = source_of(plan_content())
    tables = {one.caption: one.rows for one in day_tables(source)}
    assert list(tables) == [
        "工作要点各条款完成时限情况", "各单位各条款完成时限（已完成/应完成）", "各单位填报任务逾期未完成的时限",
        "系统计算任务到期没有达到目标的情况", "30天内到期的任务",
    ]  # fmt: skip
    assert tables["各单位填报任务逾期未完成的时限"] == [
        ["2.1", "业务工作与安全工作同部署", "3月31日", "双路街道办事处（0/4）、应急管理局（3/4）", "30天", "6/16次"],
        [
            "4.4",
            "日周月隐患排查落实企业",
            "3月31日",
            "龙滩子街道办事处（20/30）、双路街道办事处（11/30）",
            "30天",
            "31/60家",
        ],
    ]
    missed = tables["系统计算任务到期没有达到目标的情况"]
    assert [row[0] for row in missed] == ["3.4", "11.1", "11.2"]
    assert [row[3] for row in missed] == ["42/55（76.4%）", "0/8（0%）", "16条"]
    assert not [row for row in missed if any(name in "".join(row) for name in NAMES.values())]
    assert tables["30天内到期的任务"][1][3] == "系统汇总计算"
    assert tables["各单位各条款完成时限（已完成/应完成）"] == [
        ["应完成", "4", "2", "2", "2"], ["已完成", "3", "0", "1", "2"],
        ["第2条", "2/2", "0/1", "0/1", "1/1"], ["第4条", "0/1", "0/1", "", ""], ["第7条", "", "", "1/1", ""], ["第15条", "1/1", "", "", "1/1"],
    ]  # fmt: skip


def test_nothing_that_was_typed_as_an_object_is_in_it() -> None:
    """It may be anybody's name: of what does not fit the plan the units are counted."""
    source = source_of(plan_content())
    assert "某某" not in str([fields_of(source), deck_slides(source), day_tables(source)])


def test_chart_has_each_due_day_once() -> None:
    """Article by article, a part a state; states in which none is and articles of which none can be judged are not there."""
    (one,) = day_charts(source_of(plan_content()))
    assert (one.chart.kind, one.chart.categories[:2]) == ("stack", ["工作目标", "第2条 强化各级监管部门务实履职"])
    assert [name for name, _values in one.chart.series] == ["按期完成", "逾期后完成", "逾期", "30天内到期", "未到期"]
    assert sum(sum(values) for _name, values in one.chart.series) == 15
    assert one.chart.highest == 3
    assert not [name for name in one.chart.categories if "资金" in name]
    content = stand(plan_content(), "done")
    (whole,) = day_charts(source_of(content))
    assert [name for name, _values in whole.chart.series] == ["按期完成"]
    assert day_charts(source_of(emptied(content))) == []


def test_figures_within_bars_are_read_on_their_colour() -> None:
    """White on dark, black on light."""
    assert [ink_on(colour) for colour in ("1F3864", "B03A2E", "F0C35A", "E3E6EB")] == [
        "FFFFFF",
        "FFFFFF",
        "000000",
        "000000",
    ]
