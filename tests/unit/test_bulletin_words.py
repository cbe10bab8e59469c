"""What bulletins say: every sentence has its condition, and none says what the places do not bear."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from dashboards.meeting import wording
from dashboards.meeting.bulletin import fields_of
from dashboards.meeting.filling import Unfillable, check_fields, filled_lines, listed, numeral
from dashboards.meeting.source import Source, of_publication
from dashboards.meeting.stationery import Stationery
from data.intake.stationery import Content as Kept

SAMPLES = Path(__file__).parents[1] / "samples" / "published"
NEXT = {"period": "2022-10", "day": "2022-11-05"}
"""Ahead of the day on which the samples were published, 8 October 2022."""
Content = dict[str, Any]
Own = str | Kept
"""What an office has in place of ours: a text, or a file."""
Change = Callable[[Content], object]


def published(report: str) -> Content:
    """A publication that is pinned."""
    content: Content = json.loads((SAMPLES / f"{report}.json").read_text(encoding="utf-8"))
    return content


def source(content: Content, **own: Own) -> Source:
    """A publication to make documents of; of a ranking it is known what is due next. ``own``: the office's wordings and master."""
    if content["report"] == "ranking":
        content["publication"].setdefault("next_due", NEXT)
    kept = {name.replace("_", "-"): one if isinstance(one, Kept) else Kept(text=one) for name, one in own.items()}
    return of_publication(content, Stationery(kept))


def as_text(document: str) -> str:
    """The wording that comes with the product, a paragraph a line behind its style."""
    return "\n".join(f"{line.style}｜{line.text}" if line.style else line.text for line in wording.shipped(document))


def said(content: Content) -> list[str]:
    """The paragraphs of its bulletin, without those that are blank."""
    fields = fields_of(source(content))
    told = filled_lines(as_text(content["report"]), fields)
    return [words for line in told if (words := line.partition("｜")[2])]


def rows(content: Content, group: str = "town") -> list[dict[str, Any]]:
    """The rows of a group."""
    found: list[dict[str, Any]] = next(one["rows"] for one in content["groups"] if one["group"] == group)
    return found


def scored(
    content: Content, *scores: float | None, intervals: list[list[int]] | None = None, last: float = 1.0
) -> None:
    """The towns with these scores, best first, their places sure unless intervals are given."""
    group = next(one for one in content["groups"] if one["group"] == "town")
    group["reliability"] = {"pairs": 6, "reliable": 6, "rankability": 0.9}
    template = rows(content)[0]
    made = []
    told = [one for one in scores if one is not None]
    for place, score in enumerate(scores):
        rank = None if score is None else 1 + sum(other > score for other in told)
        ends = None if rank is None else (intervals[place] if intervals else [rank, rank])
        made.append(
            deepcopy(template)
            | {
                "unit": f"u{place}", "name": f"{'甲乙丙丁戊己'[place]}镇", "rank": rank, "score": score, "flags": [], "of": len(told),
                "rank_interval": ends, "told_apart": intervals is None, "previous": None,
                "chance": None if rank is None else {"first": 0.0, "last": last if rank == len(told) else 0.0},
            }
        )  # fmt: skip
    group["rows"] = made


def flagged(content: Content, flag: str, **besides: Any) -> None:
    """The best town carries a flag."""
    rows(content)[0]["flags"] = [flag]
    rows(content)[0].update(besides)


def nobody(content: Content) -> None:
    """No unit reported."""
    for group in content["groups"]:
        for row in group["rows"]:
            row.update(rank=None, score=None, indicators=None, flags=["not_reported"], rank_interval=None, chance=None)


def alone(content: Content) -> None:
    """One unit in the zone."""
    scored(content, 80.0)
    content["groups"] = [one for one in content["groups"] if one["group"] == "town"]


def risen(content: Content) -> None:
    """The first was third."""
    scored(content, 90.0, 80.0, 70.0)
    rows(content)[0]["previous"] = {"rank": 3, "score": 60.0}
    content["publication"]["scheme_text"] = content["publication"]["scheme_text"].replace("2022-01-01", "2021-01-01")


def perhaps_risen(content: Content) -> None:
    """The first was third, and may well be third again."""
    risen(content)
    rows(content)[0]["rank_interval"] = [1, 3]


def revised(content: Content) -> None:
    """A mistake was put right."""
    content["published"] = 2
    content["publication"].update(kind="correction", reason="漏计一份台账")


def due(content: Content, period: str, day: str) -> None:
    """What is due next, as an older publication froze it: also what had passed."""
    content["publication"]["next_due"] = {"period": period, "day": day}


RANKING: dict[str, tuple[Change, list[str], list[str]]] = {
    "as it was": (lambda _content: None, ["名次仅供参考，不点名首位和末位", "应报单位15个，已报4个", "未报：通桥街道办事处"], ["得分最低"]),
    "first and last": (
        lambda it: scored(it, 90.0, 80.0, 70.0),
        ["本组3个单位参加排名。甲镇得分最高（90.00分）", "丙镇得分最低（70.00分）"], ["尚不足以", "之间，现有数据"],
    ),
    "the same score, another place": (
        lambda it: [scored(it, 100.0, 100.0, 80.0), rows(it)[1].update(rank=2, rank_interval=[2, 2])],
        ["甲镇列第1（100.00分，与其后单位同分，按方案规定的指标排列先后）"], ["甲镇得分最高"],
    ),
    "all of one score, placed apart": (
        lambda it: [scored(it, 95.0, 95.0, 95.0), [row.update(rank=n, rank_interval=[n, n]) for n, row in enumerate(rows(it), 1)]],
        ["本组3个单位得分相同（95.00分），并列。"], ["甲镇得分最高", "丙镇得分最低"],
    ),
    "most is lost by deductions": (
        lambda it: [scored(it, 90.0, 80.0, 70.0), rows(it)[2].update(deductions={"zero_penalty": 5, "overdue_major": 10})],
        ["丙镇得分最低（70.00分），失分主要在逾期重大隐患扣分和"], [],
    ),
    "the first over a thin basis": (
        lambda it: [scored(it, 90.0, 80.0, 70.0), rows(it)[0].update(flags=["thin_basis"])], ["甲镇得分最高（90.00分，可计分的指标较少）"], [],
    ),
    "overdue, and not reported": (
        lambda it: [nobody(it), rows(it)[0].update(flags=["not_reported", "overdue_major"])],
        ["重大隐患逾期未整改：龙滩子街道办事处（本月未报，件数待补报后核定）。"], ["None"],
    ),
    "overdue, one of them not reported": (
        lambda it: [
            [row.update(flags=[*row["flags"], "overdue_major"]) for row in rows(it)[:3]],
            [row["indicators"].update(overdue_major=n) for n, row in enumerate(rows(it), 1) if row["indicators"]],
            rows(it).insert(0, rows(it).pop(2)),
        ],
        ["重大隐患逾期未整改：龙滩子街道办事处1件，双路街道办事处2件，通桥街道办事处（本月未报，件数待补报后核定）。"], ["通桥街道办事处，"],
    ),
    "overdue, and refused": (
        lambda it: [nobody(it), rows(it)[0].update(flags=["not_reported", "refused", "overdue_major"])],
        ["重大隐患逾期未整改：龙滩子街道办事处（本月报表未通过校核，件数待重报后核定）。"], ["件数待补报"],
    ),
    "all are awaited": (
        lambda it: [nobody(it), [row.update(flags=["awaited"]) for group in it["groups"] for row in group["rows"]]],
        ["报送期限未到、尚未报送："], ["本月没有未报", "重点行业领域"],
    ),
    "two are first": (lambda it: scored(it, 90.0, 90.0, 70.0), ["甲镇和乙镇并列第1（90.00分）"], ["得分最高"]),
    "all tie": (lambda it: scored(it, 80.0, 80.0, 80.0), ["本组3个单位得分相同（80.00分），并列。"], ["得分最高", "得分最低"]),
    "the first is not sure": (
        lambda it: scored(it, 90.0, 80.0, 70.0, intervals=[[1, 2], [1, 2], [3, 3]]), ["尚不足以可靠分出先后"], [],
    ),
    "the last is not sure": (
        lambda it: scored(it, 90.0, 80.0, 70.0, intervals=[[1, 1], [2, 3], [2, 3]], last=0.6),
        ["末位在乙镇和丙镇之间，现有数据不足以确定，不单独点名。"], ["得分最低"],
    ),
    "nobody reported": (
        nobody, ["应报单位15个，已报0个。\n", "均无得分，不排名", "应报的15个单位均未报执法检查台账，请说明原因。", "各应报单位应尽快补报或重报。"], ["共检查", "得分最", "尚差"],
    ),
    "one unit": (alone, ["本组仅甲镇1个单位有得分（80.00分），不作比较。", "各镇街："], ["得分最", "部门"]),
    "one of them has a score": (lambda it: scored(it, 80.0, None), ["本组仅甲镇1个单位有得分"], ["得分最"]),
    "late": (lambda it: flagged(it, "late"), ["迟报：龙滩子街道办事处。"], ["零执法"]),
    "zero enforcement": (lambda it: flagged(it, "zero_enforcement"), ["零执法（本月没有检查）：龙滩子街道办事处。"], ["零处罚"]),
    "zero penalties": (lambda it: flagged(it, "zero_penalty"), ["零处罚（查出问题而没有处罚）：龙滩子街道办事处。"], ["零执法"]),
    "refused": (
        lambda it: [nobody(it), rows(it)[0].update(flags=["not_reported", "refused"])],
        ["报表未通过校核、尚未重报：龙滩子街道办事处。"], ["未报：龙滩子"],
    ),
    "overdue major hazards": (
        lambda it: [flagged(it, "overdue_major"), rows(it)[0]["indicators"].update(overdue_major=3)],
        ["重大隐患逾期未整改：龙滩子街道办事处3件。", "逐件销号"], [],
    ),
    "nothing to point out": (
        lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1])],
        ["本月没有未报、迟报、零执法、零处罚和逾期未整改重大隐患的情形。"], ["未报：", "补报"],
    ),
    "risen": (risen, ["与上月相比，甲镇由第3升至第1。"], []),
    "perhaps risen": (perhaps_risen, [], ["与上月相比"]),
    "corrected": (revised, ["本通报为第2次发布（更正），原因：漏计一份台账"], []),
    "very many are late": (
        lambda it: [rows(it).extend(deepcopy(rows(it)[0]) | {"name": f"第{n}镇"} for n in range(30)), [one.update(flags=["late"]) for one in rows(it)]],
        ["迟报：龙滩子街道办事处、双路街道办事处、通桥街道办事处、邮亭镇人民政府、第0镇等34个单位（名单见附件备注栏）。"], ["第29镇"],
    ),
    "what the meeting has to decide": (
        lambda it: [flagged(it, "overdue_major"), rows(it)[0]["indicators"].update(overdue_major=3), rows(it)[1].update(flags=["zero_enforcement"])],
        ["提请会议研究的事项\n龙滩子街道办事处有重大隐患逾期未整改，请说明原因；是否挂牌督办，请会议研究。", "双路街道办事处本月没有检查，请说明原因。", "未报执法检查台账，请说明原因。"],
        ["如何安排检查", "未通过校核"],
    ),
    "the meeting and who was refused": (
        lambda it: [nobody(it), rows(it)[0].update(flags=["not_reported", "refused"])], ["龙滩子街道办事处的报表未通过校核、尚未重报，请说明原因。"], ["如何安排检查"],
    ),
    "key sectors without an inspection, and all reported": (
        lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1])],
        ["提请会议研究的事项\n", "本月没有检查记录，如何安排检查，请会议研究。"], ["说明原因"],
    ),
    "nothing to decide": (
        lambda it: [scored(it, 90.0, 80.0), it.update(groups=it["groups"][:1], key_sectors_without_inspection=[])], ["下步工作"], ["提请会议研究"],
    ),
    "key sectors all inspected": (lambda it: it.update(key_sectors_without_inspection=[]), [], ["重点行业领域"]),
    "what is due": (lambda _content: None, ["2022年10月执法检查台账请于2022年11月5日（含当日）前报送。"], []),
}  # fmt: skip


@pytest.mark.parametrize(("change", "there", "absent"), RANKING.values(), ids=RANKING)
def test_month_says_what_is_so_and_nothing_else(change: Change, there: list[str], absent: list[str]) -> None:
    """Ties, one unit, nobody: no foolish sentence."""
    content = published("ranking")
    change(content)
    text = "\n".join(said(content))
    assert [words for words in there if words not in text] == [], text
    assert [words for words in absent if words in text] == [], text


def vetoed(content: Content) -> None:
    """A unit is vetoed, and another is to be."""
    first, second = rows(content)[:2]
    first.update(grade="否决", veto="发生较大事故")
    second["flags"] = ["veto_proposed"]


def no_death(content: Content) -> None:
    """A year without a death."""
    for one in (content["zone"], *content["units"], *content["sectors"]):
        one.update(deaths=0, fatal_accidents=0)
    content["accidents"] = []


def larger(content: Content, **besides: Any) -> None:
    """The accident without a death injured twelve: of a larger class, for which the zone's light is red."""
    content["accidents"][1].update({"serious_injuries": 12, "class": "较大", "type": "中毒和窒息"} | besides)
    is_red = content["accidents"][1]["counted"] and content["zone"]["cap"] is not None
    content["zone"]["light"] = "red" if is_red else None
    content["light_reasons"] = ["major_accident"] if is_red else []


def faster(content: Content) -> None:
    """That, and more deaths than by the pace."""
    larger(content)
    content["zone"].update(pace=0.5)
    content["light_reasons"] += ["above_pace", "breach_possible"]


def marked(content: Content, *told: dict[str, Any]) -> None:
    """Towns with the parts of their scores, best first: ``marks`` of the ten measures, ``enforcement``, ``milestones``, ``bonus``, ``deduction``."""
    template, made = deepcopy(rows(content)[0]), []
    for place, one in enumerate(told):
        marks = one.get("marks", [8.0] * 10)
        parts = {
            "ten_measures": sum(marks),
            "enforcement": one.get("enforcement", 80),
            "milestones": one.get("milestones", 100),
        }
        extras = {name: one.get(name, 0.0) for name in ("bonus", "deduction")}
        score = (
            0.7 * parts["ten_measures"]
            + 0.2 * parts["enforcement"]
            + 0.1 * parts["milestones"]
            + extras["bonus"]
            - extras["deduction"]
        )
        measures = [
            each | {"score": mark, "review": mark} for each, mark in zip(template["measures"], marks, strict=True)
        ]
        made.append(
            template | extras | {"unit": f"u{place}", "name": f"{'甲乙丙丁'[place]}镇", "rank": place + 1, "score": round(score, 2), "flags": [],
                                 "grade": "良好", "components": parts, "measures": measures}
        )  # fmt: skip
    next(one for one in content["groups"] if one["group"] == "town")["rows"] = made


def of_three(content: Content) -> None:
    """The first leads by its marks, the last is behind by its milestones and one of its marks."""
    marked(content, {"marks": [9.0] * 10}, {}, {"marks": [8.0] * 9 + [7.0], "milestones": 40})


def before(content: Content, **besides: Any) -> None:
    """The grades of the quarter before, as its publication told them: those of the first two were worse."""
    of_three(content)
    content["publication"]["quarter_before"] = {
        "period": "2022Q1", "sha256": "0" * 64, "scheme": content["scheme"]["sha256"], "grades": {"u0": "合格", "u1": "不合格", "u2": "优秀"},
    } | besides  # fmt: skip


OTHERS: dict[str, tuple[str, Change, list[str], list[str]]] = {
    "a quarter": ("scores", lambda _content: None, ["有得分的2个。其中：合格2个。", "龙滩子街道办事处得分最高（71.26分），比其后单位高2.79分，差距主要在加分和执法；双路街道办事处得分最低（68.47分）。",
                                                   "作末位发言：因本组得分末位，双路街道办事处；因未报，通桥街道办事处"], ["否决", "得分率较低"]),
    "a veto": (
        "scores", vetoed,
        ["龙滩子街道办事处：一票否决，原因：发生较大事故。", "是否对双路街道办事处作一票否决。", "龙滩子街道办事处被一票否决，列于末位。", "未被否决的单位中，仅双路街道办事处1个单位有得分"],
        ["龙滩子街道办事处得分", "本组仅"],
    ),
    "all of one score in a quarter": (
        "scores", lambda it: [row.update(score=71.26) for row in rows(it) if row["score"] is not None], ["本组2个单位得分相同（71.26分），并列。"], ["得分最"],
    ),
    "the last over a thin basis": ("scores", lambda it: rows(it)[1].update(flags=["thin_basis"]), ["龙滩子街道办事处得分最高"], ["得分最低"]),
    "the first by its own marks": (
        "scores", lambda it: rows(it)[0].update(flags=["unreviewed"]), ["龙滩子街道办事处得分最高（71.26分，未经评审，暂按自评），双路街道办事处得分最低（68.47分）"], ["差距主要在"],
    ),
    "a veto in a sentence of its own": ("scores", lambda it: rows(it)[0].update(veto="发生较大事故。"), ["一票否决，原因：发生较大事故。"], []),
    "last year": ("casualties", lambda it: it["publication"].update(published_at="2023-01-10T09:00:00+08:00"), ["2022年发生计入指标的亡人事故1起"], ["今年以来"]),
    "one speaks last for two reasons": (
        "scores", lambda it: it.update(last_speakers=[{"unit": "shuanglu", "reason": "事故多发（一季度内两起以上亡人事故）；一票否决", "reasons": ["many_accidents", "vetoed"]}]),
        ["作末位发言：因事故多发（一季度内两起以上亡人事故）和一票否决，双路街道办事处。"], ["））", "（事故多发"],
    ),
    "why the first leads and the last is last": (
        "scores", of_three,
        ["甲镇得分最高（89.00分），比其后单位高7.00分，差距主要在十条措施；丙镇得分最低（75.30分），比其前单位低6.70分，差距主要在重点任务，得分率最低的措施是“有奖举报和联合惩戒”。"],
        ["等次上升"],
    ),
    "the last by what was taken off": (
        "scores", lambda it: marked(it, {"bonus": 3.0}, {}, {"deduction": 4.0}),
        ["比其后单位高3.00分，差距主要在加分；丙镇得分最低（78.00分），比其前单位低4.00分，差距主要在扣分。"], ["得分率最低的措施"],
    ),
    "many measures are equally weak": (
        "scores", lambda it: marked(it, {"marks": [9.0] * 10}, {}, {"marks": [7.0] * 10}), ["丙镇得分最低（75.00分），比其前单位低7.00分，差距主要在十条措施。"],
        ["得分率最低的措施"],
    ),
    "a part that the next does not have": (
        "scores", lambda it: [of_three(it), rows(it)[1]["components"].update(milestones=None)], ["甲镇得分最高（89.00分），丙镇得分最低（75.30分），得分率"], ["差距主要"],
    ),
    "parts that do not add up": (
        "scores", lambda it: [of_three(it), rows(it)[0].update(score=100.0)], ["甲镇得分最高（100.00分），丙镇得分最低"], ["比其后单位"],
    ),
    "two are next": (
        "scores", lambda it: [of_three(it), rows(it).append(deepcopy(rows(it)[1]) | {"unit": "u9", "name": "丁镇"}), rows(it)[2].update(rank=4)],
        ["甲镇得分最高（89.00分），丙镇得分最低（75.30分），得分率"], ["差距主要"],
    ),
    "better than in the quarter before": (
        "scores", before, ["与2022年第一季度相比，等次上升：甲镇由合格升为良好，乙镇由不合格升为良好。"], ["丙镇由"],
    ),
    "better by another scheme": ("scores", lambda it: before(it, scheme="1" * 64), [], ["等次上升"]),
    "no better than before": ("scores", lambda it: before(it, grades={"u0": "良好", "u1": "优秀"}), [], ["等次上升"]),
    "better by its own marks": ("scores", lambda it: [before(it), rows(it)[0].update(flags=["unreviewed"])], ["等次上升：乙镇由不合格升为良好。"], ["甲镇由"]),
    "very many of one grade, of whom the measures are done to 80%": (
        "scores", lambda it: rows(it).extend(deepcopy(rows(it)[0]) | {"unit": f"n{n}", "name": f"第{n}镇"} for n in range(58)),
        ["第2镇等60个单位（名单见附件等次栏）。"], ["备注栏", "得分率较低的措施"],
    ),
    "nobody filed": (
        "scores", lambda it: [row.update(rank=1, score=None, grade=None, flags=["not_reported"]) for group in it["groups"] for row in group["rows"]],
        ["各参评单位应尽快补报自评。"], ["循环经济发展中心应尽快"],
    ),
    "no veto any more, and one now": (
        "scores", lambda it: [before(it, grades={"u0": "否决", "u1": "合格"}), rows(it)[1].update(grade="否决", veto="瞒报")], [], ["等次上升"],
    ),
    "casualties and what is due": (
        "casualties", lambda it: due(it, "2022-10", "2022-11-05"), ["下步工作\n尚未结案的事故应依法按期完成调查处理。\n2022年10月生产安全事故台账的报送期限为2022年11月5日（含当日）。"], [],
    ),
    "casualties, and the deadline has passed": ("casualties", lambda it: due(it, "2022-09", "2022-10-05"), ["尚未结案的事故"], ["10月5日", "生产安全事故台账"]),
    "casualties, and nothing is open or due": ("casualties", lambda it: it["accidents"][0].update(closed=True), [], ["下步工作"]),
    "nobody scored": (
        "scores", lambda it: [row.update(rank=None, score=None, grade=None) for group in it["groups"] for row in group["rows"]],
        ["有得分的0个。", "均无得分，不排名"], ["其中：", "得分最", "等次"],
    ),
    "deaths": ("casualties", lambda _content: None, ["亡人事故1起，死亡1人；去年同期没有死亡，同比增加1人。全年控制数6人，距控制数5人。", "尚未结案1起"],
               ["剩余", "还可", "预测", "概率"]),
    "the missing among the dead": (
        "casualties", lambda it: it["accidents"][0].update(missing=1), ["死亡1人（含下落不明1人）；", "机械伤害，死亡1人（含下落不明1人），一般事故。"], [],
    ),
    "a year without a death": ("casualties", no_death, ["今年以来未发生计入指标的亡人事故；去年同期没有死亡。全年控制数6人。"], ["事故情况", "单位和行业", "距控制数"]),
    "beyond the cap": ("casualties", lambda it: it["zone"].update(deaths=8), ["已超出2人", "全区死亡人数已超出全年控制数，应分析原因"], ["距控制数-"]),
    "at the cap": ("casualties", lambda it: it["zone"].update(deaths=6), ["，已达到控制数。", "全区死亡人数已达到全年控制数，应研究防范措施。"], ["距控制数0"]),
    "no cap": ("casualties", lambda it: it["zone"].update(cap=None), ["全年控制数尚未下达"], ["None"]),
    "the gravest accident killed nobody": (
        "casualties", larger,
        ["死亡1人；去年同期", "较大及以上事故1起：2022年5月9日中毒和窒息较大事故，重伤12人，没有人员死亡。", "全区亡人指标为红灯，原因是发生较大及以上事故。",
         "2022年5月9日，中毒和窒息，重伤12人，没有人员死亡，较大事故，尚未结案。", "以上亡人事故尚未结案1起。",
         "2022年5月9日中毒和窒息较大事故，应听取调查处理进展，研究防范措施。"],
        ["剩余", "还可", "死亡0人", "快于时序进度"],
    ),
    "the same, and it is closed": (
        "casualties", lambda it: larger(it, closed=True), ["没有人员死亡，较大事故，已结案。", "应检查整改和责任追究落实情况。"], ["听取调查"],
    ),
    "the same, and it does not count": ("casualties", lambda it: larger(it, counted=False), [], ["较大", "红灯", "提请会议研究"]),
    "the same, and no cap is set": (
        "casualties", lambda it: [it["zone"].update(cap=None), larger(it)], ["较大及以上事故1起", "全年控制数尚未下达"], ["红灯", "None"],
    ),
    "the same in a year without a death": (
        "casualties", lambda it: [larger(it), it["zone"].update(deaths=0, fatal_accidents=0), it["accidents"].pop(0)],
        ["今年以来未发生计入指标的亡人事故", "重伤12人，没有人员死亡", "全区亡人指标为红灯"], ["以上亡人事故", "死亡0人"],
    ),
    "a larger accident with deaths": (
        "casualties", lambda it: [it["accidents"][0].update({"deaths": 3, "serious_injuries": 2, "class": "较大"}), it["zone"].update(deaths=3, light="red")],
        ["2022年3月6日机械伤害较大事故，死亡3人、重伤2人。", "2022年3月6日，机械伤害，死亡3人、重伤2人，较大事故。", "红灯，原因是发生较大及以上事故。"],
        ["没有人员死亡", "以上亡人事故"],
    ),
    "red and faster than the pace": (
        "casualties", faster, ["原因是发生较大及以上事故；死亡人数同时快于时序进度（死亡1人，按时序进度不超过0人）。"], ["可能", "概率"],
    ),
    "red for deaths alone": (
        "casualties", lambda it: it["zone"].update(deaths=8, light="red"), ["全区亡人指标为红灯，原因是死亡人数已超出全年控制数。"], ["较大", "，且"],
    ),
    "red for both": (
        "casualties", lambda it: [it["zone"].update(deaths=8), larger(it)], ["原因是死亡人数已超出全年控制数，且发生较大及以上事故。"], [],
    ),
    "yellow for what is foreseen": (
        "casualties", lambda it: [it["zone"].update(light="orange"), it.update(light_reasons=["breach_likely"])], [], ["灯", "可能"],
    ),
    "a unit beyond its cap": (
        "casualties", lambda it: it["units"][0].update(deaths=3),
        ["龙滩子街道办事处：死亡3人，控制数2人，已超出1人，去年同期0人。", "龙滩子街道办事处死亡人数已超出控制数"], ["已达到控制数"],
    ),
    "a unit at its cap": (
        "casualties", lambda it: it["units"][0].update(deaths=2),
        ["龙滩子街道办事处：死亡2人，控制数2人，已达到控制数，去年同期0人。", "提请会议研究的事项\n龙滩子街道办事处死亡人数已达到控制数，应研究防范措施。"], ["距控制数0", "超出"],
    ),
    "a unit below its cap": (
        "casualties", lambda _content: None, ["龙滩子街道办事处：死亡1人，控制数2人，距控制数1人，去年同期0人。"], ["已达到", "提请会议研究", "剩余", "还可"],
    ),
    "a unit and a sector at their caps": (
        "casualties", lambda it: [one.update(deaths=2) for one in (it["units"][0], it["sectors"][0])],
        ["龙滩子街道办事处和建设施工死亡人数已达到控制数，应研究防范措施。"], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("report", "change", "there", "absent"), OTHERS.values(), ids=OTHERS)
def test_quarter_and_deaths_say_what_is_so(report: str, change: Change, there: list[str], absent: list[str]) -> None:
    """Of deaths no forecast, no chance, and nothing that is left of a cap."""
    content = published(report)
    change(content)
    text = "\n".join(said(content))
    assert [words for words in there if words not in text] == [], text
    assert [words for words in absent if words in text] == [], text


@pytest.mark.parametrize(
    ("report", "period", "words"),
    [("ranking", "2022-09", "2022年9月执法检查台账请于"), ("scores", "2022Q3", "2022年第三季度自评表请于")],
)
def test_what_had_passed_on_the_day_of_the_document_is_not_asked_for(report: str, period: str, words: str) -> None:
    """By the day of publication, whenever the document is made: on the last day itself it is still asked for."""
    for day, is_asked in (("2022-10-08", True), ("2022-10-07", False), ("2022-10-05", False)):
        content = published(report)
        due(content, period, day)
        text = "\n".join(said(content))
        assert (words in text, "10月5日" in text) == (is_asked, False), text
        assert "下步工作" in text, "who has not filed is still asked to"


def test_section_on_what_comes_next_stands_only_over_something() -> None:
    """Nobody is missing, nothing is overdue, and the deadline has passed."""
    for report, period in (("ranking", "2022-09"), ("scores", "2022Q3")):
        content = published(report)
        due(content, period, "2022-10-05")
        content["groups"] = content["groups"][:1]
        for row in rows(content):
            row["flags"] = []
            if row.get("indicators"):
                row["indicators"]["closed_cases"] = row["indicators"]["due_cases"]
        assert [line for line in said(content) if "下步工作" in line] == []


@pytest.mark.parametrize("report", ["ranking", "scores", "casualties"])
def test_headings_are_numbered_without_a_gap(report: str) -> None:
    """Whatever is left out."""
    heads = [line for line in said(published(report)) if line[1:2] == "、" and line[0] in "一二三四五六七八九"]
    assert [head[0] for head in heads] == list("一二三四五六七"[: len(heads)])
    assert heads


def test_names_stand_side_by_side() -> None:
    """、 between them, 和 before the last."""
    assert [listed(one) for one in ([], ["甲"], ["甲", "乙"], ["甲", "乙", "丙"])] == ["", "甲", "甲和乙", "甲、乙和丙"]


def test_numbers_of_headings() -> None:
    """As they are written in Chinese."""
    assert [numeral(one) for one in (1, 9, 10, 11, 20, 21, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]


def test_template_with_an_unknown_field_is_refused_by_name() -> None:
    """With the fields that there are."""
    fields = fields_of(source(published("ranking")))
    check_fields("{{ 期间 }}{% for 组 in 各组 %}{{ 组.名称 }}{% endfor %}", fields)
    with pytest.raises(Unfillable, match=r"不存在的字段：第一名.*可用的字段有：.*期间"):
        check_fields("{{ 第一名 }}", fields)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 期间.__class__.__mro__ }}",
        "{% for x in (1).__class__.__subclasses__() %}{% endfor %}",
        "{{ 未报.append(1) }}",
    ],
)
def test_template_reaches_nothing_but_its_fields(text: str) -> None:
    """It may be anybody's."""
    with pytest.raises(Unfillable):
        filled_lines(text, fields_of(source(published("ranking"))))
