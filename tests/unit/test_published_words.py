"""What is said of what moved a publication: each cause by its name, none by its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dashboards.components.frozen_words import conclusion_said, figure_name, value_said
from dashboards.components.published_words import causes, moved_lines
from dashboards.method.frozen import ABSENT, figures
from dashboards.results.published import WorkbookBehind, figures_moved
from tests.integration.published_samples import REPORTS, sample
from tests.unit.test_recognise import ZONE

CAME = datetime.fromisoformat("2022-06-03T09:00:00+08:00")
LEDGER = "submissions.enforcement.2022-05.shuanglu"
OF_ONE, OF_ALL = "extensions.enforcement.2022-05.shuanglu", "extensions.self_assessment.2022Q2.all"


def _change(what: str, before: Any = ABSENT, after: Any = ABSENT) -> dict[str, Any]:
    return {"what": what, "before": before, "after": after}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_change(OF_ONE, after="2022-06-30"), ["双路街道2022年5月执法检查台账的报送期限延至2022年6月30日"]),
        (_change(OF_ONE, "2022-06-10", "2022-06-30"),
         ["双路街道2022年5月执法检查台账的报送期限延至2022年6月30日（此前2022年6月10日）"]),
        (_change(OF_ALL, after="2022-07-20"), ["全部单位2022年第2季度十条措施自评的报送期限延至2022年7月20日"]),
        (_change("marks[0]", after=7), ["安委办对有异议的评分作出决定"]),
        (_change("marks", []), ["安委办对有异议的评分作出决定"]),
        (_change("vetoes[1]", after=7), ["安委办对拟否决作出决定"]),
        (_change("months", {}), []),
        (_change("submissions", {}), []),
        (_change(LEDGER, "a", "b"), ["双路街道2022年5月执法检查台账更换为另一版"]),
    ],
)  # fmt: skip
def test_causes_have_names(change: dict[str, Any], said: list[str]) -> None:
    """Deadlines, decided marks and vetoes apart; that there had been none of something is no cause."""
    assert causes([change, change], ZONE, {}) == said


def test_version_that_counts_again_is_no_correction() -> None:
    """What was returned gave way to the version before it; what came later corrects, whether or not the former was returned."""
    first, second, third = (WorkbookBehind(number, CAME, None) for number in (1, 2, 3))
    returned = WorkbookBehind(2, CAME, CAME + timedelta(days=1))
    place = ("enforcement", "2022-05", "shuanglu")
    told = [
        causes([_change(LEDGER, "a", "b")], ZONE, {("a", *place): gone, ("b", *place): came})
        for gone, came in ((returned, first), (returned, third), (second, third))
    ]
    corrected = ["双路街道2022年5月执法检查台账有更正版"]
    again = ["双路街道2022年5月执法检查台账：第2号工作簿已退回，第1号工作簿重新计入"]
    assert told == [again, corrected, corrected]


IDENTITIES = {"report", "period", "group", "unit", "sector", "number", "indicator"}
"""What figures are known by, and never moves."""
TOWN, SCORES = "groups.town.rows.shuanglu", "groups.town.rows.longtanzi"


@pytest.mark.parametrize(
    ("place", "pair", "said"),
    [
        (f"{TOWN}.score", (75.5, 74.0), "双路街道得分：75.50 → 74.00"),
        (f"{TOWN}.rank", (1, 2), "双路街道名次：第1名 → 第2名"),
        (f"{TOWN}.rank", (1, ABSENT), "双路街道名次：第1名 → —"),
        (f"{TOWN}.indicators.closed_loop_rate", (0.625, 0.5), "双路街道三部曲闭环率：62.5% → 50.0%"),
        (f"{TOWN}.indicators.fines_yuan", (20000.0, 500.5), "双路街道罚款：20,000 → 500.50"),
        (f"{TOWN}.points.problem_rate", (12.5, 10.0), "双路街道问题发现率（得分）：12.50 → 10.00"),
        (f"{TOWN}.single_keys.inspections", (1, 2), "双路街道单看检查家次的名次：1 → 2"),
        (f"{TOWN}.previous.score", (1.5, 2.0), "双路街道上月：1.50 → 2.00"),
        (f"{TOWN}.measures.3.score", (8.0, 9.0), "双路街道第3条措施，计入得分：8.00 → 9.00"),
        (f"{TOWN}.grade", ("优秀", "良好"), "双路街道等次：优秀 → 良好"),
        ("units.shuanglu.light", ("green", "red"), "双路街道灯号：绿灯 → 红灯"),
        ("zone.deaths", (1, 2), "双桥经开区死亡：1 → 2"),
        ("zone.elapsed", (0.25, 0.5), "双桥经开区年度进度：25.0% → 50.0%"),
        (f"{TOWN}.single_keys.problem_rate", (1, 3), "双路街道单看问题发现率的名次：1 → 3"),
        ("goals.within_cap", (True, False), "目标“不突破全年亡人指标”：是 → 否"),
        ("goal_lights.within_cap", ("green", "red"), "目标“不突破全年亡人指标”，亮灯：绿灯 → 红灯"),
        ("accidents.事1.deaths", (1, 2), "事故事1的记录：1 → 2"),
    ],
)
def test_what_moved_has_names(place: str, pair: tuple[Any, Any], said: str) -> None:
    """Page and command say it alike: whose, which figure, as published and live; no key of the program's."""
    (line,) = moved_lines({place: pair}, ZONE)
    assert line == said
    assert not re.search(r"[a-z_]{3,}", line)


def test_every_figure_that_is_published_has_a_name() -> None:
    """Of each report that was given out, every place: no key of the program's stands in a line."""
    known = {one["sector"]: one["name"] for one in sample("ranking").content["sectors"]}
    known_units = {row["unit"] for group in sample("ranking").content["groups"] for row in group["rows"]}
    zone = replace(ZONE, sectors=known)
    for report in REPORTS:
        for place, value in figures(sample(report).content).items():
            if place.rpartition(".")[2] in IDENTITIES or str(value) in known_units:
                continue
            for one in figures_moved({place: (value, ABSENT)}):
                said = figure_name(one.figure), value_said(one.figure, one.published, zone)
                assert not re.search(r"[a-z_]{3,}", "".join(said)), (place, said)


def test_marks_of_a_unit_are_said_together_and_what_weighs_first() -> None:
    """Their places in a list tell nothing: which went, and which came."""
    moved = {
        f"{TOWN}.indicators.hazards": (3, 4), f"{TOWN}.flags[0]": ("late", "not_reported"), f"{TOWN}.flags[1]": ("thin_basis", ABSENT),
        f"{SCORES}.flags": ([], ABSENT), f"{SCORES}.flags[0]": (ABSENT, "late"), f"{TOWN}.rank": (1, 2), f"{TOWN}.score": (80, 70.5),
    }  # fmt: skip
    assert moved_lines(moved, ZONE) == [
        "双路街道得分：80 → 70.50", "双路街道名次：第1名 → 第2名", "双路街道备注：迟报、依据不足 → 未报", "龙滩子街道备注：— → 迟报",
        "双路街道隐患数：3 → 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("conclusion", "before", "after", "said"),
    [
        ("town.first", ["longtanzi"], ["shuanglu"], "镇街组第一名：龙滩子街道 → 双路街道"),
        ("town.may_be_last", [], ["longtanzi", "shuanglu"], "镇街组可能末位：无 → 龙滩子街道、双路街道"),
        ("last_speakers", ["重庆宏达机械有限公司"], [], "末位发言：重庆宏达机械有限公司 → 无"),
        ("shuanglu.grade", "优秀", None, "双路街道等次：优秀 → —"),
        ("zone.light", "green", "red", "双桥经开区灯号：绿灯 → 红灯"),
        ("goal.within_cap", "green", "unknown", "目标“不突破全年亡人指标”，亮灯：绿灯 → 不亮灯"),
    ],
)
def test_conclusions_are_sentences(conclusion: str, before: Any, after: Any, said: str) -> None:
    """The one way in which pages say that a conclusion is another."""
    assert conclusion_said({"conclusion": conclusion, "before": before, "after": after}, ZONE) == said
