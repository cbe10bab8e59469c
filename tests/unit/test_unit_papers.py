"""What papers to one unit say: every question and every sentence has its condition, and none is there without it."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboards.meeting.filling import filled_lines
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER, NotSo, paper_period, place
from dashboards.meeting.unit_questions import Answerable, questions
from dashboards.meeting.unit_records import cases_table, cases_told
from dashboards.pages.monthly_ranking import interview
from dashboards.results.cases import OpenCase, UnclosedCases
from dashboards.web.paper_routes import link
from data.people.scope import Role, Scope
from data.zone.periods import Month, Quarter
from tests.unit.test_bulletin_words import as_text, published, rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "documents.md"
ACCIDENT = {
    "编号": "事1", "日期": "2022年5月9日", "企业": "某厂", "类型": "机械伤害", "死亡人数": 1, "重伤人数": 0, "等级": "一般", "结案": False,
    "报告逾期": False,
}  # fmt: skip


def month(*flags: str, **indicators: Any) -> tuple[str, dict[str, Any]]:
    """May of a unit with nothing to ask about, but for these flags and indicators."""
    row = deepcopy(rows(published("ranking"))[0])
    row["flags"] = list(flags)
    row["indicators"].update(indicators)
    return "5月", row


def unreported(*flags: str) -> tuple[str, dict[str, Any]]:
    """May of a unit of which no ledger counts."""
    return "5月", month(*flags)[1] | {"indicators": None, "score": None, "rank": None}


def quarter(*flags: str, **row: Any) -> dict[str, Any]:
    """A quarter of a unit with nothing to ask about, but for this."""
    made = deepcopy(rows(published("scores"))[0])
    return made | {"flags": list(flags)} | row


def marked(own: float | None, review: float) -> dict[str, Any]:
    """A quarter with one measure."""
    return quarter(
        measures=[{"number": 1, "name": "一岗双责", "full": 10.0, "self": own, "review": review, "score": review}]
    )


QUESTIONS: dict[str, tuple[Answerable, list[str], str]] = {
    "nothing": (Answerable([month()]), [], "没有需要专门询问的情形"),
    "not reported": (Answerable([unreported("not_reported")]), ["未报"], "5月没有报送执法检查台账"),
    "awaited": (Answerable([unreported("awaited")]), [], "没有需要专门询问的情形"),
    "refused is not called unreported": (Answerable([unreported("not_reported", "refused")]), ["被退回"], "5月台账未通过校核"),
    "late": (Answerable([month("late")]), ["迟报"], "5月台账迟报"),
    "late twice": (Answerable([month("late"), ("6月", month("late")[1])]), ["迟报"], "5月、6月台账迟报"),
    "zero enforcement": (Answerable([month("zero_enforcement", inspections=0)]), ["零执法"], "5月有检查计划而没有检查记录"),
    "zero penalties": (Answerable([month("zero_penalty", problem_inspections=7)]), ["零处罚"], "5月7家次查出问题，没有作出行政处罚"),
    "nothing found": (Answerable([month("no_problem_found", inspections=9)]), ["查不出问题"], "5月检查9家次，没有查出问题"),
    "zero first": (Answerable([month("zero_then_filled")]), ["先零后补"], "5月先报零、后补报"),
    "closed too few": (Answerable([month(due_cases=10, closed_cases=7, closed_loop_rate=0.7)]), ["闭环率低"], "5月应闭环10件，按期闭环7件"),
    "closed enough": (Answerable([month(due_cases=10, closed_cases=8, closed_loop_rate=0.8)]), [], "没有需要专门"),
    "nothing fell due": (Answerable([month(due_cases=0, closed_cases=0, closed_loop_rate=None)]), [], "没有需要专门"),
    "overdue major hazards": (Answerable([month("overdue_major", overdue_major=2)]), ["逾期重大隐患"], "5月末重大隐患逾期未整改2件"),
    "no self-assessment": (Answerable([], quarter("not_reported", measures=None)), ["未报自评"], "没有报送十条措施自评表"),
    "a measure lost a quarter": (Answerable([], marked(8.5, 7.5)), ["措施失分"], "“一岗双责”得7.50分（满分10.00分）"),
    "a measure lost less": (Answerable([], marked(8.5, 7.6)), [], "没有需要专门"),
    "marked itself higher": (Answerable([], marked(10.0, 8.0)), ["自评偏高"], "“一岗双责”自评10.00分、评审8.00分"),
    "marked itself a little higher": (Answerable([], marked(9.9, 8.0)), [], "没有需要专门"),
    "no mark of its own": (Answerable([], marked(None, 8.0)), [], "没有需要专门"),
    "vetoed": (Answerable([], quarter(veto="发生较大事故")), ["否决"], "被一票否决（发生较大事故）"),
    "a veto is proposed": (Answerable([], quarter("veto_proposed")), ["拟否决"], "拟作一票否决"),
    "open past their due day": (Answerable([], overdue=3), ["逾期案件"], "尚未闭环的案件3件"),
    "an accident": (Answerable([], accidents=[ACCIDENT]), ["事故"], "2022年5月9日机械伤害事故发生后"),
    "its report is overdue": (Answerable([], late_reports=[ACCIDENT]), ["调查报告逾期"], "（编号事1）的调查报告逾期未提交"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "kinds", "words"), QUESTIONS.values(), ids=QUESTIONS)
def test_each_question_follows_from_a_figure(asked: Answerable, kinds: list[str], words: str) -> None:
    """It is asked, and nothing else is; the wording has a sentence for it."""
    found = questions(asked)
    assert [one["类"] for one in found] == kinds
    text = said(INTERVIEW, sheet(提问=found))
    assert words in text
    assert len(re.findall(r"^\d+\. ", text, re.M)) == len(kinds)


def test_every_condition_stands_in_the_document() -> None:
    """docs/documents.md names each question, and none that there is not; each is tried here."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("| 类 | asked when |")[2].partition("\n\n")[0]
    told = set(re.findall(r"^\| ([^-| ]+) \|", section, re.M))
    assert told == {kind for _asked, kinds, _words in QUESTIONS.values() for kind in kinds}


CASES = UnclosedCases(
    date(2022, 10, 8), 3, 1, (OpenCase("检1", "甲厂", date(2022, 9, 30), 2), OpenCase("检2", "乙厂", date(2022, 10, 8)))
)
NO_CASES = cases_told(UnclosedCases(date(2022, 10, 8)))
FIGURES = {
    "得分": "68.47", "名次": 2, "参评": 4, "等次": "合格", "分项": [], "加分": "", "扣分": "", "否决": "", "标注": [], "已报": True,
    "检查": 3, "有问题": 2, "隐患": 5, "重大隐患": 0, "处罚": 1, "应闭环": 0, "已闭环": 0, "逾期重大隐患": 0,
}  # fmt: skip
_HEAD = {
    "地区": "双桥经开区",
    "单位": "双路街道办事处",
    "期间": "2022年第二季度",
    "发文机关": "办公室",
    "成文日期": "2022年10月8日",
    "草稿": False,
}
CONTEST = {
    "类": "异议", "期间": "2022年第一季度", "措施": "一岗双责", "评审": "8.00", "理由": "漏看佐证", "日期": "2022年7月5日", "已决定": False,
    "维持": False, "决定": "",
}  # fmt: skip
EXTENDED = {"类": "延期", "报表": "执法检查台账", "期间": "2022年5月", "至": "2022年6月15日", "理由": "停电"}


def notice(**other: Any) -> dict[str, Any]:
    """The fields of a notice to speak last."""
    return {
        **_HEAD, "企业": False, "原因": "本组得分末位", "会议": {"日期": "", "时间": "", "地点": ""}, "数字": FIGURES, "失分": [], "案件": NO_CASES,
        "事故": [], "说明": [], "附件": [], **other,
    }  # fmt: skip


def sheet(**other: Any) -> dict[str, Any]:
    """The fields of an interview sheet."""
    return {
        **_HEAD, "季度": True, "数字": FIGURES, "失分": [], "扣分": [], "案件": NO_CASES, "异议": [], "否决": None, "事故": [], "提问": [],
        "说明": [], "承诺": [], "表": {"各月": "各月", "案件": ""}, **other,
    }  # fmt: skip


def said(which: str, fields: dict[str, Any]) -> str:
    """The paragraphs of a paper, without those that are blank."""
    told = filled_lines(as_text(which), fields)
    return "\n".join(words for line in told if (words := line.partition("｜")[2]))


PROMISED = {"期间": "2022年5月", "承诺": "月底前补齐台账", "至": "2022年6月30日", "已到期": True}
SENTENCES: dict[str, tuple[str, dict[str, Any], list[str], list[str]]] = {
    "nothing promised": (INTERVIEW, sheet(), ["没有记录上次承诺事项"], ["约谈时承诺"]),
    "promised": (
        INTERVIEW, sheet(承诺=[PROMISED, PROMISED | {"承诺": "配齐人员", "至": "", "已到期": False}]),
        ["2022年5月约谈时承诺（2022年6月30日前完成）：月底前补齐台账（期限已过）", "2022年5月约谈时承诺：配齐人员", "完成情况：＿"], ["没有记录上次承诺事项"],
    ),
    "published": (LAST_SPEAKER, notice(), ["绩效评估结果，请你单位", "原因是：本组得分末位", "得分68.47分，本组第2（共4个单位），等次为合格。"], ["尚未发布"]),
    "a draft": (LAST_SPEAKER, notice(草稿=True), ["绩效评估情况（尚未发布）"], ["评估结果"]),
    "meeting left blank": (LAST_SPEAKER, notice(), ["时间：＿＿＿＿年＿＿月＿＿日", "地点：＿＿"], []),
    "meeting told": (
        LAST_SPEAKER, notice(会议={"日期": "2022年10月20日", "时间": "14时30分", "地点": "三楼"}), ["时间：2022年10月20日14时30分", "地点：三楼"], ["＿年"],
    ),
    "no cases": (LAST_SPEAKER, notice(), ["没有尚未闭环的案件"], ["附件", "逐件说明"]),
    "cases": (
        LAST_SPEAKER, notice(案件=cases_told(CASES), 附件=["清单"]),
        ["截至2022年10月8日，尚未闭环的案件3件，其中已过应闭环日1件（清单见附件，列出应闭环日在前的2件）。", "附件：清单", "逐件说明"], ["没有尚未闭环"],
    ),
    "no score": (LAST_SPEAKER, notice(数字=FIGURES | {"得分": "", "名次": None, "标注": ["未报"]}), ["没有得分（未报）。"], ["本组第"]),
    "vetoed": (LAST_SPEAKER, notice(数字=FIGURES | {"等次": "否决", "否决": "瞒报"}), ["被一票否决", "一票否决：瞒报。"], ["等次为"]),
    "an enterprise": (
        LAST_SPEAKER, notice(企业=True, 数字=None, 事故=[ACCIDENT, ACCIDENT]), ["你单位发生亡人事故2起", "死亡1人，一般事故（编号事1，未结案）。"],
        ["案件", "得分", "绩效评估结果"],
    ),
    "nothing said before": (LAST_SPEAKER, notice(), ["上次承诺事项及完成情况（由单位填写）：\n＿＿"], ["异议", "延至"]),
    "said before": (
        LAST_SPEAKER, notice(说明=[CONTEST, EXTENDED]),
        ["对2022年第一季度“一岗双责”的评审得分（8.00分）提出异议，理由：漏看佐证。", "2022年5月执法检查台账报送期限经批准延至2022年6月15日，理由：停电。"], [],
    ),
    "a quarter's sheet": (INTERVIEW, sheet(), ["得分68.47分，本组第2（共4个单位），等次为合格。", "本次约谈意见和承诺"], ["异议和否决", "今年以来的事故", "失分情况"]),
    "a month's sheet": (INTERVIEW, sheet(季度=False), ["检查3家次，其中2家次查出问题，查出隐患5处，作出行政处罚1件。"], ["应闭环案件", "等次", "重大隐患"]),
    "a month without inspections": (INTERVIEW, sheet(季度=False, 数字=FIGURES | {"检查": 0}), ["检查0家次。"], ["其中"]),
    "a month without a ledger": (INTERVIEW, sheet(季度=False, 数字=FIGURES | {"已报": False, "得分": ""}), ["没有得分"], ["家次"]),
    "contested, open": (INTERVIEW, sheet(异议=[CONTEST]), ["提出异议，理由：漏看佐证。尚待决定。"], ["决定维持"]),
    "contested, upheld": (INTERVIEW, sheet(异议=[CONTEST | {"已决定": True, "维持": True}]), ["办公室决定维持。"], ["尚待"]),
    "contested, changed": (INTERVIEW, sheet(异议=[CONTEST | {"已决定": True, "决定": "9.00"}]), ["办公室决定改为9.00分。"], ["尚待"]),
    "a veto is proposed": (
        INTERVIEW, sheet(否决={"期间": "2022年第二季度", "已定": False, "原因": "", "已发布": False}), ["拟作一票否决，尚待决定。"], ["一票否决（"],
    ),
    "nobody died": (INTERVIEW, sheet(事故=[ACCIDENT | {"死亡人数": 0, "重伤人数": 2}]), ["重伤2人"], ["死亡"]),
}  # fmt: skip


@pytest.mark.parametrize(("which", "fields", "there", "absent"), SENTENCES.values(), ids=SENTENCES)
def test_papers_say_what_is_so(which: str, fields: dict[str, Any], there: list[str], absent: list[str]) -> None:
    """And nothing else; of deaths no forecast and nothing that is left of a cap."""
    text = said(which, fields)
    assert [words for words in there if words not in text] == [], text
    assert [words for words in [*absent, "None", "剩余", "还可"] if words in text] == [], text


@pytest.mark.parametrize("which", [LAST_SPEAKER, INTERVIEW])
def test_headings_are_numbered_without_a_gap(which: str) -> None:
    """Whatever is left out."""
    text = said(which, notice() if which == LAST_SPEAKER else sheet())
    heads = re.findall(r"^([一二三四五六七八九])、", text, re.M)
    assert heads == list("一二三四五六七八九"[: len(heads)])
    assert len(heads) > 3


def test_case_on_its_due_day_is_not_overdue() -> None:
    """Number, enterprise, due day, and how it stands; major hazards are counted."""
    assert cases_table(CASES, "案件").rows == [
        ["1", "检1", "甲厂", "2022-09-30", "逾期；重大隐患2处"],
        ["2", "检2", "乙厂", "2022-10-08", "未到期"],
    ]


@pytest.mark.parametrize(
    ("which", "text", "period"),
    [
        (LAST_SPEAKER, "2022Q2", Quarter(2022, 2)),
        (INTERVIEW, "2022Q2", Quarter(2022, 2)),
        (INTERVIEW, "2022-08", Month(2022, 8)),
    ],
)
def test_periods_of_papers(which: str, text: str, period: object) -> None:
    """A quarter, of an interview also a month."""
    assert paper_period(which, text) == period


@pytest.mark.parametrize(
    ("which", "text"), [(LAST_SPEAKER, "2022-08"), (INTERVIEW, "2022"), (INTERVIEW, "八月"), (INTERVIEW, "")]
)
def test_no_other_periods(which: str, text: str) -> None:
    """Said in Chinese."""
    with pytest.raises(NotSo, match=r"[一-鿿]"):
        paper_period(which, text)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"rank": 2, "of": 4, "score": 80.0}, "2/4"),
        ({"rank": 1, "of": 4, "score": None}, "—"),
        ({"rank": None, "of": 0, "score": 80.0}, "—"),
    ],
)
def test_place_is_told_of_a_score_alone(row: dict[str, Any], said: str) -> None:
    """Where nobody reported all share the first place, which says nothing."""
    assert place(row) == said


def test_links_lead_to_the_papers() -> None:
    """A name of an enterprise is written so that any of its characters comes back; the card of a unit offers both files."""
    assert (
        link(LAST_SPEAKER, "甲/乙?厂", Quarter(2022, 2), "pdf")
        == "/paper/last-speaker/%E7%94%B2%2F%E4%B9%99%3F%E5%8E%82.pdf?period=2022Q2"
    )
    shown = str(interview.offered("shuanglu", Month(2022, 8)))
    assert "/paper/interview/shuanglu.docx?period=2022-08" in shown
    assert "/paper/interview/shuanglu.pdf?period=2022-08" in shown


def test_who_makes_papers() -> None:
    """The office, and who reads for the committee; no unit, and nobody for his accounts' sake."""
    assert {role for role in Role if Scope("z", role, "a", "u").calls_in} == {Role.OFFICE, Role.VIEWER}
