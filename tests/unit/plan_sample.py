"""A small work plan as of 30 April 2022, as it is printed: something of each state, told by units and computed by the system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.meeting.plan_dues import STATES

Content = dict[str, Any]
ARTICLES = {
    "goals": "总体要求：工作目标", "2": "强化各级监管部门务实履职", "3": "强化督查考核问责问效", "4": "推动企业主要负责人依法履职",
    "7": "坚持“一案双查”和“三责同追”", "11": "推进“两重大一突出”专项整治", "15": "抓好应急预案修订完善", "safeguards.2": "强化资金支持",
}  # fmt: skip
Q1, MAY, JUNE, YEAR = "2022-03-31", "2022-05-15", "2022-06-30", "2022-12-31"


def _dues(days: Sequence[str], states: Sequence[str | None]) -> list[Content]:
    return [{"due": day, "state": state} for day, state in zip(days, states, strict=True)]


def item(
    number: str,
    title: str,
    days: Sequence[str],
    states: Sequence[str | None],
    so_far: tuple[float | None, float | None] = (0, None),
    *,
    measure: str = "次",
    source: str = "tasks",
    units: Mapping[str, tuple[float, float, Sequence[str | None]]] | None = None,
) -> Content:
    """An item; ``so_far``: its numerator and denominator; ``units``: of each numerator, denominator and its states."""
    numerator, denominator = so_far
    return {
        "number": number, "title": title, "article": number.rpartition(".")[0], "unit_of_measure": measure, "source": source,
        "target": 1, "numerator": numerator, "denominator": denominator, "progress": None, "dues": _dues(days, states),
        "units": [
            {"unit": unit, "numerator": done, "denominator": of, "progress": done / of, "dues": _dues(days, own)}
            for unit, (done, of, own) in (units or {}).items()
        ],
    }  # fmt: skip


def plan_content() -> Content:
    """The whole report."""
    items = [
        item("goals.1", "不出现较大及以上亡人事故", [YEAR], ["upcoming"], (0, None), measure="起", source="casualties.zone.major_accidents"),
        item("goals.2", "不突破全年亡人指标", [YEAR], ["upcoming"], (4, 6), measure="比例", source="casualties.zone.progress"),
        item(
            "2.1", "业务工作与安全工作同部署", [Q1, JUNE, YEAR], ["overdue", "upcoming", "upcoming"], (6, 16), units={
                "longtanzi": (2, 4, ["done", "done", "upcoming"]), "shuanglu": (0, 4, ["overdue", "upcoming", "upcoming"]),
                "emergency": (3, 4, ["overdue", "upcoming", "upcoming"]), "economy": (1, 4, ["late", "upcoming", "upcoming"]),
            },
        ),
        item("3.4", "督查问题按期整改回复", [Q1, JUNE], ["overdue", "upcoming"], (42, 55), measure="比例", source="supervision.zone.in_time_rate"),
        item(
            "4.4", "日周月隐患排查落实企业", [Q1], ["overdue"], (31, 60), measure="家",
            units={"longtanzi": (20, 30, ["overdue"]), "shuanglu": (11, 30, ["overdue"])},
        ),
        item("7.6", "干预执法记录（零报告也报）", [Q1, MAY, YEAR], ["late", "due", "upcoming"], (1, 3), units={"emergency": (1, 3, ["late", "due", "upcoming"])}),
        item("11.1", "重大隐患销号", [Q1], ["overdue"], (0, 8), measure="比例", source="hazards.zone.major.crossed_off_rate"),
        item("11.2", "逾期未销号重大隐患", [Q1, MAY], ["overdue", "due"], (16, None), measure="条", source="hazards.zone.major.overdue"),
        item("15.5", "现场处置方案演练", [Q1], ["done"], (5, 4), units={"longtanzi": (3, 2, ["done"]), "economy": (2, 2, ["done"])}),
        item("safeguards.2.1", "专项资金", [YEAR], [None], (0, 0), measure="万元", units={}),
    ]  # fmt: skip
    return {
        "report": "plan", "period": "2022-04", "as_of": "2022-04-30", "known_by": "2022-10-08", "items": items,
        "findings": [{"unit": "economy", "number": "2.1", "object": "某某", "told": 9, "target": 4}], "articles": articles_of(items),
    }  # fmt: skip


def articles_of(items: Sequence[Content]) -> list[Content]:
    """How many due days of each article are in which state."""
    told = []
    for article, title in ARTICLES.items():
        own = [one for one in items if one["article"] == article]
        counts = Counter(due["state"] for one in own for due in one["dues"])
        told.append(
            {"article": article, "title": title, "items": len(own), **{state: counts[state] for state in STATES}}
        )
    return told


def stand(content: Content, state: str | None) -> Content:
    """The same plan with every due day that can be judged in one state, in the zone and with each unit."""
    for one in content["items"]:
        for due in [*one["dues"], *(due for unit in one["units"] for due in unit["dues"])]:
            due["state"] = due["state"] and state
    return content | {"articles": articles_of(content["items"])}
