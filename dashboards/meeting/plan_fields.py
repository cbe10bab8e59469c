"""The fields of the paper on the year's work plan, from the report as it is printed (METHOD section 5.8).

What the system computes is of the whole zone: it is told apart from what units tell of, and of no unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboards.meeting.day_fields import counted, day_head
from dashboards.meeting.deck_words import BAR
from dashboards.meeting.plan_dues import (
    GOALS,
    KEPT,
    PAST,
    STATES,
    DueDay,
    article_words,
    by_item,
    counted_by_article,
    counted_by_unit,
    in_state,
    is_told,
    named_behind,
    number,
    plan_dues,
    short_day,
    so_far,
)
from dashboards.meeting.source import Source, day_words
from dashboards.method.work_plan import DUE_WITHIN_DAYS
from dashboards.results import plan_names

Row = Mapping[str, Any]
_DEATHS = "casualties.zone.progress"
"""The goal that is told as deaths beside the year's cap."""
_MOST_AT_THE_TOP = 3


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    content, dues = source.content, plan_dues(source)
    items, as_of = content["items"], date.fromisoformat(content["as_of"])
    overdue, soon = in_state(dues, "overdue"), in_state(dues, "due")
    behind = _overdue_units(source)
    return {
        **day_head(source),
        "任务": len(items),
        "填报任务": sum(is_told(one) for one in items),
        "合计": _counts(dues),
        "填报": _counts(one for one in dues if one.is_told),
        "系统": _counts(one for one in dues if not one.is_told),
        "无从判定": sum(due["state"] is None for one in items for due in one["dues"]),
        "逾期条款": list(_by_article(source, [one for one in overdue if one.is_told])),
        "逾期单位": behind,
        "各计一次": sum(one["件数"] for one in behind) > sum(one.is_told for one in overdue),
        "系统逾期": _by_item(one for one in overdue if not one.is_told),
        "逾期最多": _most_overdue(source),
        "三十日": _within(as_of, as_of + timedelta(days=DUE_WITHIN_DAYS)),
        "将到期": [_told(source, one) for one in soon if one.is_told],
        "系统将到期": _by_item(one for one in soon if not one.is_told and one.item["article"] != GOALS),
        "目标将到期": any(one.item["article"] == GOALS for one in soon),
        "下次": _next(dues),
        "没有完成数的单位": _without_figures(source),
        "不符单位": counted(source, _unfit(content), "件数"),
        "目标": [_goal(one) for one in items if one["article"] == GOALS],
        "各单位": [_of_unit(source, unit, of) for unit, of in counted_by_unit(source).items()],
        "逾期表": [_line(source, one, (as_of - one.day).days) for one in overdue if one.is_told],
    }


def _counts(dues: Iterable[DueDay]) -> dict[str, int]:
    of = Counter(one.state for one in dues)
    names = ("按期", "补齐", "逾期", "将到期", "未到期")
    return {"时限": of.total(), **{name: of[state] for name, state in zip(names, STATES, strict=True)}}


def _by_article(source: Source, dues: Sequence[DueDay]) -> Iterator[dict[str, Any]]:
    """The articles in the plan's order, each with what of it is overdue and with whom."""
    for article in source.content["articles"]:
        own = [one for one in dues if one.item["article"] == article["article"]]
        if own:
            yield {
                "名称": plan_names.article(article["article"]),
                "全称": article_words(article),
                "任务": [_told(source, one) for one in own],
            }


def _told(source: Source, one: DueDay) -> dict[str, Any]:
    return {
        "编号": plan_names.item_number(one.item["number"]),
        "名称": one.item["title"],
        "时限": short_day(one.day),
        "单位": list(named_behind(source, one)),
        "全部": one.is_of_all,
    }


def _line(source: Source, one: DueDay, days: int) -> dict[str, Any]:
    return {**_told(source, one), "天数": days, "进度": so_far(one.item)}


def _by_item(dues: Iterable[DueDay]) -> list[dict[str, Any]]:
    """Items, what is due longest first, each with its due days and how far it has come."""
    return [
        {
            "编号": plan_names.item_number(own[0].item["number"]),
            "名称": own[0].item["title"],
            "时限": [short_day(one.day) for one in own],
            "进度": so_far(own[0].item),
        }
        for own in by_item(dues)
    ]


def _overdue_units(source: Source) -> list[dict[str, Any]]:
    """The units with anything overdue, most first, each with the articles of which it is."""
    told = [
        {
            "单位": source.unit_name(unit),
            "件数": sum(counts["overdue"] for counts in of.values()),
            "条款": [plan_names.article(article) for article, counts in of.items() if counts["overdue"]],
        }
        for unit, of in counted_by_unit(source).items()
    ]
    return sorted((one for one in told if one["件数"]), key=lambda one: -one["件数"])


def _most_overdue(source: Source) -> dict[str, Any] | None:
    """The articles of which most is overdue; None where it is none, all equally, or more than three."""
    behind = [(article, counts["overdue"]) for article, counts in counted_by_article(source) if counts["overdue"]]
    most = max((count for _article, count in behind), default=0)
    first = [plan_names.article(article["article"]) for article, count in behind if count == most]
    told = {"条数": len(behind), "个数": most}
    if not behind:
        return None
    return {**told, "名称": first if len(first) <= _MOST_AT_THE_TOP and len(first) < len(behind) else []}


def _within(day: date, until: date) -> str:
    return short_day(until) if until.year == day.year else day_words(until)


def _next(dues: Iterable[DueDay]) -> dict[str, Any] | None:
    """The first due day beyond 30 days, and how many fall on it."""
    days = Counter(one.day for one in dues if one.state == "upcoming")
    return {"日": short_day(min(days)), "个数": days[min(days)]} if days else None


def _without_figures(source: Source) -> list[str]:
    """Units of which every item that they file stands at nothing."""
    done: dict[str, list[float]] = {}
    for item in source.content["items"]:
        for unit in item["units"]:
            done.setdefault(unit["unit"], []).append(unit["numerator"])
    return [source.unit_name(unit) for unit in counted_by_unit(source) if not any(done[unit])]


def _unfit(content: Row) -> list[dict[str, Any]]:
    """Unit by unit what was told that does not fit the plan; of the object nothing, for anything may be typed there."""
    of = Counter(one["unit"] for one in content["findings"])
    return [{"unit": unit, "件数": count} for unit, count in of.items()]


def _goal(one: Row) -> dict[str, Any]:
    """A goal and where it stands; whether it was kept only from its due day on."""
    state = one["dues"][-1]["state"] if one["dues"] else None
    return {
        "名称": one["title"],
        "亡人": one["source"] == _DEATHS,
        "有记录": one["numerator"] is not None,
        "数": number(one["numerator"] or 0) if one["numerator"] else None,
        "控制数": None if one["denominator"] is None else number(one["denominator"]),
        "进度": so_far(one),
        "达到": state in KEPT if state in PAST else None,
    }


def _of_unit(source: Source, unit: str, of: Mapping[str, Counter[str]]) -> dict[str, Any]:
    counts = sum(of.values(), Counter())
    items = sum(any(own["unit"] == unit for own in one["units"]) for one in source.content["items"])
    return {"单位": source.unit_name(unit), "任务": items, "各状态": BAR.join(str(counts[state]) for state in STATES)}
