"""What papers to one unit say: every question and every sentence has its condition, and none is there without it."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboards.components.paper_links import link
from dashboards.meeting.column_widths import fitted
from dashboards.meeting.enterprise_fields import WORDING
from dashboards.meeting.enterprise_fields import questions as questions_to_enterprise
from dashboards.meeting.filling import filled_lines
from dashboards.meeting.month_place import PlaceTold
from dashboards.meeting.tables import AnnexTable
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER, NotSo, paper_period
from dashboards.meeting.unit_losses import PointsLost, losses
from dashboards.meeting.unit_questions import Answerable, questions
from dashboards.meeting.unit_records import MONTHS, cases_table, cases_told
from dashboards.pages.monthly_ranking import interview
from dashboards.results.cases import OpenCase, UnclosedCases
from data.people.scope import Role, Scope
from data.zone.periods import Month, Quarter
from data.zone.schemes import ScoresScheme, parse
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
    "zero enforcement": (Answerable([month("zero_enforcement", inspections=0)]), ["零执法"], "5月已报台账而没有检查记录"),
    "zero penalties": (Answerable([month("zero_penalty", problem_inspections=7)]), ["零处罚"], "5月7家次查出问题，没有作出行政处罚"),
    "nothing found": (Answerable([month("no_problem_found", inspections=9)]), ["查不出问题"], "5月检查9家次，没有查出问题"),
    "zero first": (Answerable([month("zero_then_filled")]), ["先零后补"], "5月先报零、后补报"),
    "closed too few": (Answerable([month(due_cases=10, closed_cases=7, closed_loop_rate=0.7)]), ["闭环率低"], "5月应闭环10件，按期闭环7件"),
    "closed enough": (Answerable([month(due_cases=10, closed_cases=8, closed_loop_rate=0.8)]), [], "没有需要专门"),
    "nothing fell due": (Answerable([month(due_cases=0, closed_cases=0, closed_loop_rate=None)]), [], "没有需要专门"),
    "overdue major hazards": (Answerable([month("overdue_major", overdue_major=2)]), ["逾期重大隐患"], "5月末重大隐患逾期未整改2件"),
    "no self-assessment": (Answerable([], quarter("not_reported", measures=None)), ["未报自评"], "没有报送十条措施自评表"),
    "a measure lost a quarter": (Answerable([], marked(8.5, 7.5)), ["措施失分"], "“一岗双责”得7.50分（满分10.00分）"),
    "milestones cost points": (Answerable([], lost=[PointsLost("重点任务", "重点任务", Decimal(0), Decimal(100), Decimal(10))]), ["重点任务"], "重点任务按期完成得0.00分（满分100.00分），失总分10.00分。哪些节点"),
    "enforcement cost points": (Answerable([], lost=[PointsLost("执法", "执法", Decimal(80), Decimal(100), Decimal(4))]), ["执法"], "本季度执法得80.00分"),
    "enforcement cost less than others": (Answerable([], lost=[*[PointsLost("措施", "甲", Decimal(7), Decimal(10), Decimal(2))] * 3, PointsLost("执法", "执法", Decimal(95), Decimal(100), Decimal(1))]), [], "没有需要专门"),
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
    "得分": "68.47", "名次": 2, "参评": 4, "单位数": 4, "全部并列": False, "组内可分": True, "名次可信": True, "可能名次": [2, 2],
    "最低分": "60.00", "最高分": "90.00", "等次": "合格", "分项": [], "加分": "", "扣分": "", "否决": "", "标注": [], "已报": True,
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
        "事故": [], "说明": [], "承诺": [], "附件": [], **other,
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
    "promised, on the notice": (
        LAST_SPEAKER, notice(承诺=[PROMISED]),
        ["2022年5月约谈时承诺（2022年6月30日前完成）：月底前补齐台账（期限已过）", "完成情况（由单位填写）：＿"], ["上次承诺事项及完成情况"],
    ),
    "an enterprise's cases": (
        LAST_SPEAKER, notice(企业=True, 数字=None, 事故=[ACCIDENT], 案件=cases_told(CASES), 附件=["清单"]),
        ["检查和案件", "查出隐患尚未闭环的检查3件，其中已过应闭环日1件（本年检查和尚未闭环案件的清单见附件）。", "并逐件说明尚未闭环案件的整改情况"], ["没有查出隐患"],
    ),
    "an enterprise's cases are closed": (
        LAST_SPEAKER, notice(企业=True, 数字=None, 事故=[ACCIDENT], 附件=["清单"]), ["没有查出隐患尚未闭环的检查（本年检查"], ["逐件说明"],
    ),
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


def ranked(*scores: float | None, rankability: float | None = 0.9, ends: tuple[int, int] | None = None) -> PlaceTold:
    """The place of the first of some units with these scores, best first, among all of its group."""
    told = [one for one in scores if one is not None]
    found = [
        {
            "unit": f"u{at}", "score": score, "rank": 1 + sum(other > score for other in told) if score is not None else len(told) + 1,
            "rank_interval": ends if at == 0 else None,
        }
        for at, score in enumerate(scores)
    ]  # fmt: skip
    return PlaceTold.of(
        {"groups": [{"group": "town", "rows": found, "reliability": {"rankability": rankability}}]}, "u0"
    )


PLACES = {
    "sure": (ranked(90.0, 80.0, 70.0, None, ends=(1, 1)), ["在本组有得分的3个单位中列第1"], ["仅供参考", "共4个", "可能在"], "1/3"),
    "not sure": (
        ranked(90.0, 80.0, 70.0, ends=(1, 2)), ["在本组有得分的3个单位中列第1，名次可能在第1至第2之间，仅供参考。"], ["差别多在"], "1/3",
    ),
    "the order bears no places": (
        ranked(92.35, 90.0, 85.0, None, rankability=0.0, ends=(1, 3)),
        ["本组3个单位得分在85.00分至92.35分之间。差别多在偶然范围以内，名次仅供参考，不点名首位和末位。本单位的名次可能在第1至第3之间。"], ["列第1", "本组第1", "共4个"],
        "1/3",
    ),
    "alone": (ranked(90.0, None), ["本组仅本单位有得分，不作比较。"], ["列第1", "仅供参考"], "1/1"),
    "all tie": (ranked(90.0, 90.0), ["本组2个单位得分相同，并列。"], ["列第1", "仅供参考"], "1/2"),
    "no score": (ranked(None, 90.0), [], ["列第", "仅供参考", "并列", "不作比较"], "—"),
}  # fmt: skip


@pytest.mark.parametrize(("placed", "there", "absent", "short"), PLACES.values(), ids=PLACES)
def test_place_of_a_month_is_told_as_the_bulletin_does(
    placed: PlaceTold, there: list[str], absent: list[str], short: str
) -> None:
    """Nothing that its interval and its group's order do not bear; whoever has no score has no place."""
    text = said(INTERVIEW, sheet(季度=False, 数字=FIGURES | placed.told))
    assert [words for words in there if words not in text] == [], text
    assert [words for words in absent if words in text] == [], text
    assert placed.short == short


def test_group_of_which_nothing_was_drawn_has_a_place() -> None:
    """A report may tell nothing of how reliable a group is."""
    row = {"unit": "u0", "score": 80.0, "rank": 1, "rank_interval": None}
    placed = PlaceTold.of({"groups": [{"group": "town", "rows": [row], "reliability": None}]}, "u0")
    assert (placed.bears, placed.is_sure, placed.interval) == (True, True, "—")


SCHEME = parse((Path(__file__).parents[2] / "data/reference/schemes/quarterly_scores.yaml").read_text(encoding="utf-8"))
YOUTING = {
    "score": 71.36, "components": {"ten_measures": 97.0, "enforcement": 85.55, "milestones": 0.0}, "deduction": 0.0,
    "measures": [{"name": "三部曲闭环执法", "full": 10.0, "score": 7.0}, {"name": "一岗双责", "full": 10.0, "score": 10.0}],
}  # fmt: skip


def lost(**other: Any) -> list[PointsLost]:
    """What cost a unit points."""
    assert isinstance(SCHEME, ScoresScheme)
    return losses({**YOUTING, **other}, SCHEME)


def test_what_cost_most_points_of_all_is_named_first() -> None:
    """Milestones of which none was done cost ten points, more than any measure; all add up to what is missing of the score."""
    assert [(one.kind, str(one.gone.quantize(Decimal("0.01")))) for one in lost()] == [
        ("重点任务", "10.00"), ("执法", "2.89"), ("措施", "2.10"),
    ]  # fmt: skip
    assert [one.kind for one in lost(deduction=3.0)] == ["重点任务", "扣分", "执法", "措施"]
    assert lost(score=None) == []


def test_weight_of_what_is_not_defined_is_borne_by_the_others() -> None:
    """As the score is made: without milestones a measure costs seven ninths of its marks."""
    without = lost(components=YOUTING["components"] | {"milestones": None})  # type: ignore[operator]
    assert [(one.kind, str(one.gone.quantize(Decimal("0.01")))) for one in without] == [
        ("执法", "3.21"),
        ("措施", "2.33"),
    ]
    unmarked = lost(components={"ten_measures": None, "enforcement": 50.0, "milestones": 100.0})
    assert [one.kind for one in unmarked] == ["执法"]


def test_losses_stand_in_both_papers() -> None:
    """Each with its marks and the points that it cost."""
    told = [one.told for one in lost(deduction=3.0)]
    text = said(LAST_SPEAKER, notice(失分=told))
    assert (
        "失分较多的是：重点任务得0.00分（满分100.00分），失总分10.00分；扣分，失总分3.00分；执法得85.55分（满分100.00分），失总分2.89分；“三部曲闭环执法”"
        in text
    )
    text = said(INTERVIEW, sheet(失分=told))
    assert "重点任务：得0.00分（满分100.00分），失总分10.00分。" in text
    assert "扣分：失总分3.00分。" in text


CASE_TABLE = cases_table(
    UnclosedCases(
        date(2022, 10, 8), 12, 0, (OpenCase("（渝双双路）检记〔2022〕140号", "厂" * 30, date(2022, 1, 28)),) * 12
    ),
    "案件",
)
MONTH_TABLE = AnnexTable(
    "各月", MONTHS, [["12月", "10/12", "10–12", "100.00", "1000", "100.5%", "99.9%", "10", "逾期重大隐患；迟报"]]
)


@pytest.mark.parametrize("family", ["DejaVu Serif", "Times"])
@pytest.mark.parametrize(("table", "width"), [(CASE_TABLE, 156.0), (CASE_TABLE, 225.0), (MONTH_TABLE, 156.0)])
def test_no_number_date_or_short_head_breaks(table: AnnexTable, width: float, family: str) -> None:
    """With the metrics of Times New Roman, and of a wider typeface in its place; the table is no wider than the line."""
    made = fitted(table, width)
    assert sum(one.width for one in made.columns) == pytest.approx(width)
    for at, column in enumerate(made.columns):
        room = column.width - 2 * 1.91
        texts = [column.head] if len(column.head) <= 2 else []
        texts += [] if column.name else [row[at] for row in made.rows]
        assert [text for text in texts if ems(text, family) * 10.5 * 25.4 / 72 > room] == [], column
        assert room > 10.5 * 25.4 / 72 * 2


def ems(text: str, family: str) -> float:
    """The width of a text by a typeface's advance widths, of Chinese an em each."""
    digits, signs = (0.636, {"-": 0.338, "/": 0.337, "%": 0.95, ".": 0.318, "–": 0.5, "—": 1.0})
    if family == "Times":
        digits, signs = (0.5, {"-": 0.333, "/": 0.278, "%": 0.833, ".": 0.25, "–": 0.5, "—": 1.0})
    return sum(digits if one.isdigit() else signs.get(one, 1.0) for one in text)


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


ENTERPRISE: dict[str, Any] = {
    **_HEAD, "单位": "某厂", "代码": "", "末位发言": [], "案件": NO_CASES | {"应列": 0}, "处罚": [], "单证": None, "事故": [], "承诺": [],
    "检查": {"次数": 0, "有问题": 0, "隐患": 0, "重大隐患": 0, "单位": [], "最近": ""}, "表": {"案件": ""},
    "隐患": {"合计": 0, "未销号": 0, "逾期": 0, "重大未销号": 0},
    "关闭": {"近": False, "到": False, "半年内": 0, "一年内": 0, "半年天数": 180},
}  # fmt: skip
FINED = {"单位": "甲镇", "文书号": "罚1", "罚款": "5000", "重大": True, "检查日期": ["2022年8月4日"]}
OF_ENTERPRISES: dict[str, tuple[dict[str, Any], list[str], list[str], list[str]]] = {
    "nothing known": ({}, [], ["今年以来（截至2022年10月8日）没有检查记录。", "没有查出隐患尚未闭环的检查。", "没有需要专门询问的情形"], ["在册隐患", "行政处罚", "单证", "事故", "末位发言", "信用代码"]),
    "inspected": (
        {"代码": "C1", "检查": {"次数": 3, "有问题": 2, "隐患": 5, "重大隐患": 1, "单位": ["甲镇", "乙局"], "最近": "2022年8月4日"}}, [],
        ["统一社会信用代码C1。", "甲镇和乙局共检查3次，查出问题2次、隐患5处（重大隐患1处）。最近一次检查在2022年8月4日。"], ["没有检查记录"],
    ),
    "nothing promised": ({}, [], ["没有记录上次承诺事项"], ["约谈时承诺"]),
    "promised": ({"承诺": [PROMISED]}, [], ["2022年5月约谈时承诺（2022年6月30日前完成）：月底前补齐台账（期限已过）", "完成情况："], ["没有记录上次承诺事项"]),
    "it speaks last": ({"末位发言": ["事故多发"]}, [], ["2022年第二季度列入末位发言，原因是：事故多发。"], []),
    "cases past their due day": (
        {"案件": {"截止日": "2022年10月8日", "合计": 3, "逾期": 2, "未到期": 1, "列出": 60, "应列": 70}, "表": {"案件": "检查和案件"}}, ["逾期案件"],
        ["尚未闭环的检查3件，其中已过应闭环日2件。", "（共70件，列出60件）", "尚未闭环的检查2件。逐件说明"], ["没有查出隐患"],
    ),
    "hazards on record": (
        {"隐患": {"合计": 3, "未销号": 2, "逾期": 1, "重大未销号": 1}}, ["逾期隐患"], ["未销号2处（重大隐患1处），其中已过整改期限1处。", "未销号1处。采取了哪些"], ["均已销号"],
    ),
    "hazards crossed off": ({"隐患": {"合计": 3, "未销号": 0, "逾期": 0, "重大未销号": 0}}, [], ["在册隐患3处，均已销号。"], ["未销号"]),
    "fined": ({"处罚": [FINED, FINED | {"罚款": "", "重大": False}]}, [], ["罚1（甲镇，2022年8月4日检查，存在重大隐患），罚款5000元。", "罚1（甲镇，2022年8月4日检查）。"], ["第一百一十三条"]),
    "one short of closure": (
        {"关闭": {"近": True, "到": False, "半年内": 2, "一年内": 2, "半年天数": 180}}, ["屡次处罚"], ["180日内2次，一年内2次，距安全生产法第一百一十三条规定的提请关闭的次数差1次。"], ["已达到"],
    ),
    "closure is reached": ({"关闭": {"近": False, "到": True, "半年内": 3, "一年内": 3, "半年天数": 180}}, ["屡次处罚"], ["已达到安全生产法第一百一十三条"], ["差1次"]),
    "documents lacking": ({"单证": {"期间": "2022年5月", "缺": ["操作卡", "处置卡"]}}, ["单证不全"], ["缺操作卡和处置卡。", "何时补齐"], ["齐全"]),
    "documents whole": ({"单证": {"期间": "2022年5月", "缺": []}}, [], ["两单两卡齐全。"], ["何时补齐"]),
    "an accident": ({"事故": [ACCIDENT]}, ["事故"], ["死亡1人，一般事故（编号事1，未结案）。", "机械伤害事故（编号事1）发生后"], []),
}  # fmt: skip


@pytest.mark.parametrize(("other", "kinds", "there", "absent"), OF_ENTERPRISES.values(), ids=OF_ENTERPRISES)
def test_sheet_of_an_enterprise_says_and_asks_what_is_so(
    other: dict[str, Any], kinds: list[str], there: list[str], absent: list[str]
) -> None:
    """Each sentence has its condition, each question its figure."""
    fields = ENTERPRISE | other
    asked = list(questions_to_enterprise(fields))
    assert [one["类"] for one in asked] == kinds
    text = said(WORDING, fields | {"提问": asked})
    assert [words for words in there if words not in text] == [], text
    assert [words for words in [*absent, "None", "剩余"] if words in text] == [], text
    assert len(re.findall(r"^\d+\. ", text, re.M)) == len(kinds)
