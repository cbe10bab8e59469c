"""Papers and decks on what stands on a day: every sentence follows from a figure, and no month makes a foolish one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from dashboards.meeting import wording
from dashboards.meeting.bulletin import fields_of
from dashboards.meeting.day_fields import furthest_behind
from dashboards.meeting.deck import deck_slides
from dashboards.meeting.filling import filled_lines
from dashboards.meeting.source import Source
from data.intake.stationery import DOCUMENTS
from tests.unit.plan_sample import plan_content
from tests.unit.test_bulletin_words import as_text

EXPECTED = json.loads(
    (Path(__file__).parents[1] / "samples" / "register" / "expected.json").read_text(encoding="utf-8")
)
REPORTS = ("frontline", "hazards", "supervision", "tipoffs", "disasters", "register", "plan")
FULL_YEAR = "2022-04-30"
"""The last month of the samples: all has happened by then."""
FOOLISH = re.compile(
    r"None|nan|—|\{|（）|[，、：；。][，、：；。]|(?<![0-9.,])0(?:家|件|次|人|天|元|个)|共0处|其中(?:今年发现|逾期)?0|有0处|（?(?<![0-9.])0%|等0"
)
NAMES = {
    "longtanzi": "龙滩子街道办事处",
    "shuanglu": "双路街道办事处",
    "emergency": "应急管理局",
    "economy": "经济发展局",
}
Content = dict[str, Any]
Change = Callable[[Content], object]


def stood(report: str, day: str = FULL_YEAR) -> Content:
    """A report of the samples as of a day."""
    if report == "plan":
        return plan_content()
    found = deepcopy(EXPECTED[report][day])
    return {**found, "report": report, "period": found["period"], "known_by": found.get("known_by", "2022-10-08")}


def source_of(content: Content) -> Source:
    """The report to make documents of."""
    return Source(content, "双桥经开区", "", (), units=NAMES)


def emptied(value: Any) -> Any:
    """A report of which every figure is 0, and every list of single things empty: nobody sent anything."""
    match value:
        case dict():
            gone = {"findings", "reconciliation", "burn_down", "items"}
            null = {"median", "p90", "median_age", "median_days", "months_to_zero", "needed_per_week"}
            kept = {
                key: [] if key in gone else None if key in null or key.endswith("rate") else emptied(one)
                for key, one in value.items()
            }
            return kept | {key: None for key in ("coverage", "on_due_day") if key in kept}
        case list():
            return [emptied(one) for one in value]
        case bool():
            return True
        case str() | None:
            return value
    return 0


def said(content: Content) -> str:
    """The paragraphs of its paper, one behind the other."""
    fields = fields_of(source_of(content))
    told = filled_lines(as_text(content["report"]), fields)
    return "\n".join(words for line in told if (words := line.partition("｜")[2]))


def _every() -> Iterator[Any]:
    for report in REPORTS:
        for day in EXPECTED.get(report, (FULL_YEAR,)):
            yield pytest.param(stood(report, day), id=f"{report}-{day}")
        yield pytest.param(emptied(stood(report)), id=f"{report}-nothing")


@pytest.mark.parametrize("content", [*_every()])
def test_no_month_makes_a_foolish_sentence(content: Content) -> None:
    """Neither on paper nor as a slide's sentence or its notes: no figure of nothing, no gap, no list of nobody."""
    slides = [line for one in deck_slides(source_of(content)) for line in (one.title, *one.below, *one.notes)]
    assert [line for line in [*said(content).splitlines(), *slides] if FOOLISH.search(line)] == []
    assert all(
        slide.is_cover or slide.chart or (slide.table and slide.table.rows)
        for slide in deck_slides(source_of(content))[:-1]
    )


def _batch(**figures: Any) -> Change:
    """The batch of key enterprises with other figures, its towns and sectors as far as they were."""
    return lambda content: content["batches"][1].update(figures)


def _hazard(grade: str, **figures: Any) -> Change:
    return lambda content: content["zone"][grade].update(figures)


def _set(**figures: Any) -> Change:
    return lambda content: content.update(figures)


def _alone(content: Content) -> None:
    """One town and one sector: nobody can be behind."""
    for one in content["batches"]:
        one["towns"], one["sectors"] = one["towns"][:1], one["sectors"][:1]


def _tipoff(**figures: Any) -> Change:
    return lambda content: content["types"][0].update(figures)


SENTENCES: list[tuple[str, Change, str, str]] = [
    ("frontline", _set(), "应落实企业26家，已完成11家，占42.3%，尚有15家未完成。距期限还有153天，此后平均每周需完成0.7家。", "期限已过"),
    ("frontline", _set(), "缺岗位职责清单和岗位应急处置卡的最多，各有12家", "各各"),
    ("frontline", _set(), "进度最慢的行业领域：教育（2家均未完成）、特种设备（1家均未完成）。", "完成0家"),
    ("frontline", _set(as_of="2022-09-30"), "尚有15家未完成。期限为当日。", "还有0天"),
    ("frontline", _batch(state="overdue", on_due_day=0.4, needed_per_week=None, due="2022-03-31"), "期限已过30天，期限当日完成率为40%。", "重点企业须在"),
    ("frontline", _batch(state="done", complete=26, silent=0, on_due_day=None, coverage=1.0), "应落实企业26家，已全部完成。", "尚有0家"),
    ("frontline", _batch(complete=0, coverage=0.0, silent=26), "还没有单位报送其中任何一家的情况，完成情况不明", "尚有26家未完成"),
    ("frontline", _batch(enterprises=0, complete=0, silent=0, coverage=None), "名录中没有属于重点企业这一批次的企业。", "二、重点企业"),
    ("frontline", _alone, "应落实企业26家", "最慢"),
    ("hazards", _set(), "有逾期未销号重大隐患的单位：经济发展局3处，social1处。", "清零约需"),
    ("hazards", _set(months_to_zero=7.25), "清零约需7.3个月；推算只供安排工作参考。", "无法推算"),
    ("hazards", _set(reconciliation=[]), "逾期的4处重大隐患，应逐处明确", "台账核对"),
    ("hazards", _hazard("all", open=1, overdue=1, median_age=9), "未销号1处，均已逾期。", "中位数为9天"),
    ("hazards", _hazard("all", crossed_off=108, open=0, overdue=0), "已全部销号。", "清零"),
    ("hazards", _hazard("major", found=0), "台账中没有重大隐患的记录。", "重大隐患0处"),
    ("hazards", _set(units=[]), "台账共记录隐患108处", "有逾期未销号重大隐患的单位"),
    ("supervision", _set(), "逾期未回复5件：龙滩子街道办事处1件，经济发展局1件", "没有逾期"),
    ("supervision", lambda of: [one.update(overdue=0, exposed=0) for one in of["units"]], "没有逾期未回复的问题。\n没有曝光的问题。", "在会上说明原因"),
    ("supervision", lambda of: of["zone"].update(due=0), "都还没有到期限。", "已到期限的0件"),
    ("tipoffs", _set(), "给予奖励4件，金额1,100元；已发放3件，占75%，金额900元，尚有1件没有发放。", "重庆"),
    ("tipoffs", _tipoff(received=1, closed=1, substantiated=1, rewarded=0, overdue=0), "登记1件，已办结，已查实。", "中位数为45天"),
    ("tipoffs", _tipoff(paid=4, payment_rate=1), "已全部发放。", "尚有0件"),
    ("disasters", _set(), "灾害造成6人死亡、4人失踪。对遇难者表示深切哀悼，向其家属表示慰问。", "没有因灾死亡"),
    ("disasters", _set(dead=0, missing=2), "灾害造成2人失踪。搜寻和家属安抚工作应当继续。", "遇难"),
    ("disasters", _set(dead=0, missing=0, no_mass_disaster=True), "台账中没有因灾死亡和失踪的记录。", "群死群伤"),
    ("disasters", _set(fed_back=34), "全部叫应、应答并反馈，形成闭环", "提请会议研究"),
    ("register", _set(), "高危企业9家，已检查1家，占11.1%，没有检查过的8家。", "高危企业0家"),
    ("register", lambda of: of["inspection"].update(inspected=57, never=0), "今年以来已全部检查。", "最低"),
    ("register", _set(findings=[]), "应优先安排检查", "名录核对"),
]  # fmt: skip


@pytest.mark.parametrize(("report", "change", "told", "untold"), SENTENCES)
def test_every_sentence_has_its_condition(report: str, change: Change, told: str, untold: str) -> None:
    """What a change of the figures makes it say, and no longer say."""
    content = stood(report)
    change(content)
    assert told in said(content)
    assert untold not in said(content)


def test_who_is_furthest_behind_is_named_only_where_somebody_is() -> None:
    """Not where all are equally far, where one alone has anything to do, or where half the zone would be named."""
    names = ["甲", "乙", "丙", "丁", "戊"]
    assert [one["名称"] for one in furthest_behind(names, [1, 2, 1, 0, 9], [3, 6, 2, 0, 9])] == ["甲", "乙"]
    assert furthest_behind(names, [1, 2, 1, 2, 1], [3, 6, 3, 6, 3]) == []
    assert furthest_behind(names, [0, 0, 1, 0, 0], [0, 0, 9, 0, 0]) == []
    assert furthest_behind(names, [0, 0, 0, 0, 1], [1, 1, 1, 1, 1]) == []


@pytest.mark.parametrize("report", REPORTS)
def test_wordings_come_with_the_product_and_have_no_versions(report: str) -> None:
    """They are no documents whose wording an office keeps; of no person and no object is there a field."""
    assert wording.shipped(report)
    assert not {report, f"{report}-deck"} & {*DOCUMENTS}
    assert not {"对象", "企业名称", "姓名"} & set(re.findall(r"'(\w+)':", str(fields_of(source_of(stood(report))))))
