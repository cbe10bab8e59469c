"""The fields of the paper on front-line duty, from the report as it is printed (METHOD section 5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboards.meeting.day_fields import day_head, furthest_behind, plain_number
from dashboards.meeting.source import Source, day_words
from dashboards.meeting.tables import share
from dashboards.results.names import batch, duty_document

Row = Mapping[str, Any]


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    batches = [_batch(source, one) for one in source.content["batches"]]
    return {
        **day_head(source),
        "有名录": any(one["企业"] for one in batches),
        "各批次": [one for one in batches if one["企业"]],
        "没有企业的批次": [one["名称"] for one in batches if not one["企业"]],
        "逾期批次": [one for one in batches if one["状态"] == "overdue" and one["企业"]],
        "当前批次": next((one for one in batches if one["状态"] in {"due", "upcoming"} and one["企业"]), None),
    }


def _batch(source: Source, one: Row) -> dict[str, Any]:
    of, done = one["enterprises"], one["complete"]
    due, day = date.fromisoformat(one["due"]), date.fromisoformat(source.content["as_of"])
    lacking = {duty_document(key): number for key, number in one["lacking"].items() if number}
    most = max(lacking.values(), default=0)
    return {
        "名称": batch(one["batch"]),
        "期限": day_words(due),
        "状态": one["state"],
        "剩余天数": (due - day).days,
        "企业": of,
        "完成": done,
        "未完成": of - done,
        "完成率": share(one["coverage"]),
        "期限日完成率": None if one["on_due_day"] is None else share(one["on_due_day"]),
        "每周需完成": plain_number(one["needed_per_week"]) if one["needed_per_week"] else None,
        "无人报送": one["silent"],
        "缺项": [{"名称": name, "家数": number} for name, number in lacking.items()],
        "缺得最多": {"名称": [name for name, number in lacking.items() if number == most], "家数": most},
        "落后镇街": _behind([source.unit_name(part["unit"]) for part in one["towns"]], one["towns"]),
        "落后行业": _behind([part["sector"] for part in one["sectors"]], one["sectors"]),
    }  # fmt: skip


def _behind(names: list[str], parts: list[Row]) -> list[dict[str, Any]]:
    return furthest_behind(names, [part["complete"] for part in parts], [part["enterprises"] for part in parts])
