"""What decks say: every slide's title is a sentence with its condition, and none says what the places do not bear."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from dashboards.meeting import slide_measures as on
from dashboards.meeting.deck import deck_slides
from dashboards.meeting.deck_charts import charts, evenly
from dashboards.meeting.deck_words import WordedSlide, slides_of
from dashboards.meeting.filling import Unfillable, first_few
from dashboards.meeting.source import Source
from tests.unit.test_bulletin_words import (
    Change,
    Content,
    alone,
    before,
    due,
    flagged,
    larger,
    no_death,
    nobody,
    of_three,
    published,
    revised,
    rows,
    scored,
    source,
    vetoed,
)

REPORTS = ("ranking", "scores", "casualties")


def slides(content: Content) -> list[WordedSlide]:
    """The slides of its deck."""
    return deck_slides(source(content))


def said(slide: WordedSlide) -> str:
    """All that is read on a slide, without its notes."""
    table = [] if slide.table is None else ["｜".join(row) for row in [slide.table.head, *slide.table.rows]]
    return "\n".join([slide.title, *slide.below, *table])


def weak(content: Content) -> None:
    """A measure that hardly anybody did."""
    for row in rows(content):
        for one in row["measures"]:
            if one["number"] == 3 and one["score"] is not None:
                one["score"] = 3.0


SAID: dict[str, tuple[str, Change, list[str], list[str]]] = {
    "a month whose places bear nothing": (
        "ranking", lambda _content: None,
        ["15个单位应报，已报4个；共检查12家次，查出隐患20处", "镇街组：2个单位得分在84.38分至95.00分之间，名次仅供参考，不点名首位和末位",
         "发展中心组本月没有两个以上单位有得分，不排名", "需要指出：未报11个单位", "2022年10月台账请于2022年11月5日（含当日）前报送"],
        ["得分最高", "得分最低"],
    ),
    "first and last": (
        "ranking", lambda it: scored(it, 90.0, 80.0, 70.0), ["镇街组：甲镇得分最高（90.00分），丙镇得分最低（70.00分）"], ["不单独点名", "尚不足以"],
    ),
    "the last is not sure": (
        "ranking", lambda it: scored(it, 90.0, 80.0, 70.0, intervals=[[1, 1], [2, 3], [2, 3]], last=0.6), ["末位不单独点名"], ["得分最低"],
    ),
    "the first is not sure": (
        "ranking", lambda it: scored(it, 90.0, 80.0, 70.0, intervals=[[1, 2], [1, 2], [3, 3]]), ["但与其后单位的差距尚不足以可靠分出先后"], [],
    ),
    "all tie": ("ranking", lambda it: scored(it, 80.0, 80.0, 80.0), ["镇街组：3个单位得分相同（80.00分），并列"], ["甲镇得分最", "得分最低"]),
    "three are first": ("ranking", lambda it: scored(it, 90.0, 90.0, 90.0, 70.0), ["镇街组：甲镇、乙镇等3个单位并列第1（90.00分）"], ["得分最高（90"]),
    "nobody reported": (
        "ranking", nobody, ["已报0个；共检查0家次", "镇街组、部门组和发展中心组本月没有两个以上单位有得分，不排名", "未报15个单位"], ["查出隐患0处\n", "得分最", "得分在"],
    ),
    "one unit": ("ranking", alone, ["仅甲镇有得分（80.00分），不作比较"], ["得分最", "部门组"]),
    "late": ("ranking", lambda it: flagged(it, "late"), ["迟报｜1｜龙滩子街道办事处", "，迟报1个单位"], ["零执法"]),
    "refused": ("ranking", lambda it: [scored(it, 90.0, 80.0), flagged(it, "refused")], ["报表未通过校核、尚未重报｜1｜甲镇"], []),
    "overdue major hazards": (
        "ranking", lambda it: [flagged(it, "overdue_major"), rows(it)[0]["indicators"].update(overdue_major=3)],
        ["重大隐患逾期未整改｜1｜龙滩子街道办事处3件", "逐件销号｜龙滩子街道办事处"], [],
    ),
    "overdue, and not reported": (
        "ranking", lambda it: [nobody(it), rows(it)[0].update(flags=["not_reported", "overdue_major"])],
        ["重大隐患逾期未整改｜1｜龙滩子街道办事处（本月未报，件数待补报后核定）"], ["None"],
    ),
    "very many are late": (
        "ranking",
        lambda it: [rows(it).extend(deepcopy(rows(it)[0]) | {"name": f"第{n}镇"} for n in range(30)), [one.update(flags=["late"]) for one in rows(it)]],
        ["迟报34个单位", "第7镇等34个单位"], ["第8镇", "名单见附件"],
    ),
    "nothing to point out": (
        "ranking", lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1])],
        ["本月没有未报、迟报、零执法、零处罚和逾期未整改重大隐患的情形"], ["需要指出", "补报"],
    ),
    "only awaited": (
        "ranking", lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1]), flagged(it, "awaited")],
        ["报送期限未到，尚有1个单位未报送", "期限未到、尚未报送｜1｜甲镇"], ["需要指出", "未报｜"],
    ),
    "key sectors all inspected": ("ranking", lambda it: it.update(key_sectors_without_inspection=[]), ["重点行业领域本月都有检查记录"], ["没有检查记录"]),
    "the deadline has passed": (
        "ranking", lambda it: due(it, "2022-09", "2022-10-05"), ["下步工作：补齐报表，完成整改和复查", "尽快补报或重报｜"], ["2022年9月", "10月5日"],
    ),
    "the quarter's deadline has passed": (
        "scores", lambda it: due(it, "2022Q3", "2022-10-05"), ["下步工作：13个单位尽快补报自评"], ["第三季度", "10月5日"],
    ),
    "the quarter's deadline is ahead": (
        "scores", lambda it: due(it, "2022Q4", "2023-01-05"), ["下步工作：2022年第四季度自评表请于2023年1月5日（含当日）前报送"], [],
    ),
    "corrected": ("ranking", revised, ["第2版（更正）"], []),
    "a quarter": (
        "scores", lambda _content: None,
        ["参加评估的单位15个，有得分的2个：合格2个", "龙滩子街道办事处得分最高（71.26分），双路街道办事处得分最低（68.47分）", "各条措施的平均得分率都不低于80%",
         "14家作末位发言", "末位发言｜本组得分末位｜双路街道办事处"], ["否决", "得分率较低"],
    ),
    "a weak measure": ("scores", weak, ["得分率较低的措施：“三管三必须和监管职责落实”（30.0%）"], ["都不低于"]),
    "a veto": (
        "scores", vetoed, ["是否对双路街道办事处作一票否决", "一票否决｜1｜龙滩子街道办事处：发生较大事故", "一票否决｜尚待决定｜双路街道办事处"], ["龙滩子街道办事处得分"],
    ),
    "nobody scored": (
        "scores", lambda it: [row.update(rank=None, score=None, grade=None) for group in it["groups"] for row in group["rows"]],
        ["参加评估的单位15个，有得分的0个\n", "均无得分"], ["得分最", "平均得分率", "等次"],
    ),
    "deaths": (
        "casualties", lambda _content: None, ["今年以来发生亡人事故1起，死亡1人；全年控制数6人，距控制数5人", "亡人事故1起，尚未结案1起", "没有单位和行业领域达到或超出控制数"],
        ["剩余", "还可", "预测", "概率"],
    ),
    "a year without a death": ("casualties", no_death, ["今年以来未发生计入指标的亡人事故", "全年控制数｜6"], ["死亡0人", "距控制数", "事故类型"]),
    "beyond the cap": ("casualties", lambda it: it["zone"].update(deaths=8), ["已超出2人"], ["距控制数-"]),
    "no cap": ("casualties", lambda it: it["zone"].update(cap=None), ["全年控制数尚未下达"], ["None"]),
    "a unit beyond its cap": ("casualties", lambda it: it["units"][0].update(deaths=3), ["龙滩子街道办事处死亡人数已超出控制数", "｜3｜2｜超出1｜"], []),
    "what the month's meeting has to decide": (
        "ranking", lambda it: [flagged(it, "overdue_major"), rows(it)[0]["indicators"].update(overdue_major=3)],
        ["提请会议研究：1个单位的逾期重大隐患是否挂牌督办；11个单位说明原因", "重大隐患逾期未整改：说明原因，研究是否挂牌督办｜龙滩子街道办事处"], ["安排检查"],
    ),
    "key sectors without an inspection, and all reported": (
        "ranking", lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1])], ["提请会议研究：重点行业领域如何安排检查", "没有检查记录：研究如何安排检查｜"], ["说明原因"],
    ),
    "nothing to decide": (
        "ranking", lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1], key_sectors_without_inspection=[])], [], ["提请会议研究"],
    ),
    "better than in the quarter before": (
        "scores", before, ["与2022年第一季度相比，等次上升的有甲镇和乙镇", "单位｜2022年第一季度｜2022年第二季度", "甲镇｜合格｜良好"], ["丙镇｜优秀"],
    ),
    "casualties and what is due": (
        "casualties", lambda it: due(it, "2022-10", "2022-11-05"), ["下步工作：2022年10月生产安全事故台账的报送期限为2022年11月5日（含当日）", "尚未结案的事故完成调查处理｜依法按期"], [],
    ),
    "casualties, and the deadline has passed": (
        "casualties", lambda it: due(it, "2022-09", "2022-10-05"), ["下步工作：尚未结案的事故依法按期完成调查处理"], ["10月5日", "生产安全事故台账"],
    ),
    "casualties, and nothing is open or due": ("casualties", lambda it: it["accidents"][0].update(closed=True), [], ["下步工作"]),
    "the gravest accident killed nobody": (
        "casualties", larger,
        ["全区亡人指标为红灯：发生较大及以上事故1起（2022年5月9日中毒和窒息较大事故，重伤12人）", "2022年5月9日｜中毒和窒息｜较大｜0｜12｜尚未结案"], ["剩余", "还可"],
    ),
    "the same, and no cap is set": (
        "casualties", lambda it: [it["zone"].update(cap=None), larger(it)], ["\n发生较大及以上事故1起（"], ["红灯", "None"],
    ),
    "no larger accident": ("casualties", lambda it: it["zone"].update(deaths=8, light="red"), [], ["较大及以上"]),
    "a unit at its cap": ("casualties", lambda it: it["units"][0].update(deaths=2), ["龙滩子街道办事处死亡人数已达到控制数", "｜2｜2｜0｜"], ["超出"]),
}  # fmt: skip


@pytest.mark.parametrize(("report", "change", "there", "absent"), SAID.values(), ids=SAID)
def test_slides_say_what_is_so_and_nothing_else(
    report: str, change: Change, there: list[str], absent: list[str]
) -> None:
    """Ties, one unit, nobody, no death: no foolish sentence."""
    content = published(report)
    change(content)
    text = "\n".join(said(slide) for slide in slides(content)) + "\n"
    assert [words for words in there if words not in text] == [], text
    assert [words for words in absent if words in text] == [], text


@pytest.mark.parametrize("report", REPORTS)
def test_every_slide_is_explained_and_shows_one_thing(report: str) -> None:
    """A sentence of its own, one chart or one table, and notes."""
    cover, *others = slides(published(report))
    assert cover.is_cover
    assert cover.below[0] == "双桥经开区安全生产委员会办公室"
    assert len({slide.title for slide in others}) == len(others)
    for slide in others:
        assert slide.notes
        assert (slide.chart is None) != (slide.table is None)
        assert slide.table is None or slide.table.rows


def test_notes_of_a_quarter_say_why() -> None:
    """Why the first leads and the last is last; nothing of either where all tie."""
    content = published("scores")
    of_three(content)
    notes = "\n".join(note for slide in slides(content) for note in slide.notes)
    assert "甲镇：比其后单位高7.00分，差距主要在十条措施。" in notes
    assert "丙镇：比其前单位低6.70分，差距主要在重点任务，得分率最低的措施是“有奖举报和联合惩戒”。" in notes
    for row in rows(content):
        row["score"] = 80.0
    assert "差距" not in "\n".join(note for slide in slides(content) for note in slide.notes)


def test_draft_says_so_on_its_cover() -> None:
    """Where a publication has its day."""
    live = published("ranking") | {"published": None, "sha256": None}
    made = Source(live, "双桥经开区", live["publication"]["scheme_text"], [])
    assert deck_slides(made)[0].below[-1] == "草稿，未发布"
    assert slides(published("ranking"))[0].below[-1] == "2022年10月8日发布"


def test_chart_has_those_that_are_compared() -> None:
    """A unit under a veto stands last whatever its score: it is not compared."""
    content = published("scores")
    (whole,) = charts(["得分", "镇街组"], source(content))
    assert list(whole.categories) == ["龙滩子街道办事处", "双路街道办事处"]
    vetoed(content)
    (left,) = charts(["得分", "镇街组"], source(content))
    assert list(left.categories) == ["双路街道办事处"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("图｜得分｜镇街组", "图｜得分｜镇街组"),
        ("张｜一句话\n副题｜没有封面", "副题｜没有封面"),
        ("张｜一句话\n行｜没有表头", "行｜没有表头"),
        ("张｜一句话\n话｜没有这一项", "话｜没有这一项"),
        ("张｜一句话\n表｜单位\n图｜得分｜镇街组", "图｜得分｜镇街组"),
        ("张｜{{ 第一名 }}", "第一名"),
    ],
)
def test_wording_that_cannot_be_understood_is_refused_with_its_words(text: str, words: str) -> None:
    """Nothing is left out in silence."""
    with pytest.raises(Unfillable, match=words.replace("｜", "[｜]")):
        deck_slides(source(published("ranking"), ranking_deck=text))


def test_chart_that_there_is_not_is_refused_with_those_there_are() -> None:
    """Of another report, too."""
    for asked in (["名次"], ["累计死亡"], ["得分"]):
        with pytest.raises(Unfillable, match="可用的图有：得分"):
            charts(asked, source(published("ranking")))


def test_rows_have_the_cells_of_their_head() -> None:
    """A name may hold the mark between cells; what is not there is left blank."""
    (slide,) = slides_of("张｜一句话\n表｜单位｜得分\n行｜甲镇\n行｜乙镇｜90｜分", {})
    assert slide.table is not None
    assert slide.table.rows == [["甲镇", ""], ["乙镇", "90｜分"]]


def test_few_names_begin_a_list() -> None:
    """And how many there are."""
    told: list[tuple[Any, str]] = [
        (first_few(["甲", "乙"], 2), "甲和乙"), (first_few(["甲", "乙", "丙"], 2), "甲、乙等3个单位"),
        (first_few(["甲", "乙", "丙"], 2, "个重点行业领域"), "甲、乙等3个重点行业领域"),
    ]  # fmt: skip
    assert [one for one, wanted in told if one != wanted] == []


@pytest.mark.parametrize(
    ("units", "pages"), [(0, []), (1, [1]), (25, [25]), (26, [13, 13]), (60, [20, 20, 20]), (51, [17, 17, 17])]
)
def test_bars_are_shared_out_evenly(units: int, pages: list[int]) -> None:
    """No page with one bar."""
    assert [len(page) for page in evenly(list(range(units)), 25)] == pages


@pytest.mark.parametrize(("characters", "size"), [(10, 28), (33, 24), (50, 28), (65, 24), (80, 20), (90, 18)])
def test_title_gets_smaller_where_it_is_long(characters: int, size: int) -> None:
    """In steps; a little smaller rather than a second line of a word."""
    assert on.fitting_title("安" * characters, on.TITLE) == ("安" * characters, size)


def test_title_too_long_for_any_size_is_cut_and_keeps_which_page_it_is() -> None:
    """Two lines and no more."""
    told, size = on.fitting_title("安" * 300, on.TITLE, tail="（1/3）")
    assert told.endswith("……（1/3）")
    assert (size, on.lines_of(told, on.TITLE.width, size)) == (18, 2)


def test_long_table_goes_on_and_no_row_is_lost() -> None:
    """About equally full pages, in a type that can be read."""
    rows_of = [[f"第{place}街道办事处", str(place), "甲镇、" * 20] for place in range(40)]
    plan = on.planned(["单位", "数", "名单"], rows_of, on.CONTENT.width, on.CONTENT.height)
    assert [row for page in plan.pages for row in page.rows] == rows_of
    assert len(plan.pages) > 1
    assert plan.size >= 12
    sizes = [len(page.rows) for page in plan.pages]
    assert max(sizes) - min(sizes) <= 2
    assert sum(plan.widths) == pytest.approx(on.CONTENT.width)
